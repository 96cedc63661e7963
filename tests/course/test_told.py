"""Everything that questions tell, against its second listing; their hints, and their equations."""

import re
from itertools import pairwise

import pytest

from course.ask import Choice, Number, typed
from course.ask.reading import load, read
from tests.course.told import BLOCK, LESSONS, listed, reasoning, texts, told

EVERY = [(lesson, one) for lesson in LESSONS for one in load(f"course.{lesson}")]
QUESTIONS = [one for _, one in EVERY]
HINTED = [one for one in QUESTIONS if one.hints]
ANSWERED = [one for one in HINTED if isinstance(one, Choice | Number)]
NUMBER = r"[−√(]*(?!0\d)\d+(?:,\d{3})*(?:\.\d+)?[)²]*"
SIDE = rf"{NUMBER}(?: ?[·/+−] ?{NUMBER})*(?: %)?"
BEFORE = r"(?<![\w)′'^·/+−(.,])(?<![·/+−] )(?<!ln )(?<!dot )"
EQUATION = re.compile(rf"{BEFORE}(?:{SIDE} [=≈] )+{SIDE}(?! ?[·/+])(?![\w^²(])")

SHARED_HINTS = {  # how it begins: the questions
    "How many points are missing, c": ["09-this-curve", "09-how-many-lost"],
    "Follow the order of the checkl": [f"09-patient-{n}" for n in range(2, 7)],
    "The sentence under *images* ha": ["09-patient-3", "09-patient-5"],
}


def every(questions):
    return pytest.mark.parametrize("question", questions, ids=lambda one: one.name)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_list_has_every_question_of_the_lesson_in_its_order(lesson):
    assert list(listed(lesson)) == [one.name for one in load(f"course.{lesson}")]


@pytest.mark.parametrize(("lesson", "question"), EVERY, ids=lambda one: getattr(one, "name", one))
def test_a_question_tells_what_is_listed(lesson, question):
    assert told(question) == listed(lesson)[question.name]


WHOLE = """\
# 03-lines: Lines between layers

number, prediction, 2 min, difficulty 1, comes back

How many lines are there in [6, 4, 3, 1], at $x = 2$?

## Answer

39 ± 0.5 %

## Right

Each pair of layers counts once.

## Mistakes

- 24
  > This is the first layer to the second.
- 14
  > These are the neurons.
- × 0.01
  > Give it in percent.
- too low
  > There are more.
- too high
  > There are fewer.

## Hints

1. Count the lines from the first layer.
2. Then the next pair.

## Solution

6·4 + 4·3 + 3·1 = 39, which is above 38, and not 40.

## Fresh

How many lines are there in [{a}, {b}]?

- a: 2 to 9
- b: 3, 5
- answer: {a}·{b} ± 0.1


# 03-signs: Signs

choice, 1 min, difficulty 1

Which sign has $a - y$ where `a < y`?

## Options

- [ ] Positive, as a sum
  > The target is larger. So?
- [x] Negative, as a difference
  > So the output has to rise.

## Hints

1. Subtract the larger one.

## Solution

It is below 0.
"""
PLANTED = [  # what stands there, what a slip makes of it
    ("39 ±", "38 ±"),
    ("± 0.5 %", "± 5 %"),
    ("± 0.5 %", "± 0.5"),
    ("[6, 4, 3, 1]", "[6, 4, 3, 2]"),
    ("$x = 2$", "$x = -2$"),
    ("- 24\n", "- 42\n"),
    ("> This is the first layer to the second.\n- 14\n  > These are the neurons.",
     "> These are the neurons.\n- 14\n  > This is the first layer to the second."),
    ("× 0.01", "× 0.1"),
    ("There are more.\n- too high\n  > There are fewer.",
     "There are fewer.\n- too high\n  > There are more."),
    ("1. Count the lines from the first layer.\n2. Then the next pair.",
     "1. Then the next pair.\n2. Count the lines from the first layer."),
    ("2. Then the next pair.\n", ""),
    ("4·3 + 3·1", "4·3 − 3·1"),
    ("above 38", "below 38"),
    ("and not 40", "and 40"),
    ("a: 2 to 9", "a: 2 to 8"),
    ("{a}·{b} ±", "{a} + {b} ±"),
    ("± 0.1", "± 1"),
    ("number, prediction,", "number,"),
    (", comes back", ""),
    ("- [ ] Positive, as a sum\n  > The target is larger. So?\n- [x]",
     "- [x] Positive, as a sum\n  > The target is larger. So?\n- [ ]"),
    ("The target is larger. So?\n- [x] Negative, as a difference\n  > So the output has to rise.",
     "So the output has to rise.\n- [x] Negative, as a difference\n  > The target is larger. So?"),
    ("$a - y$", "$a + y$"),
    ("`a < y`", "`a > y`"),
    ("1. Subtract the larger one.", "1. Count the lines from the first layer."),
]  # fmt: skip


def lines_of(tmp_path, text):
    path = tmp_path / "questions.md"
    path.write_text(text, encoding="utf-8")
    return [line for one in read(path, lambda: None) for line in told(one)]


@pytest.mark.parametrize(("old", "new"), PLANTED)
def test_the_list_tells_a_slip(tmp_path, old, new):
    assert WHOLE.count(old) == 1
    assert lines_of(tmp_path, WHOLE.replace(old, new)) != lines_of(tmp_path, WHOLE)


def test_other_words_for_the_same_are_no_slip(tmp_path):
    reworded = WHOLE.replace("so the output has to rise", "that is why the output has to rise")
    reworded = reworded.replace("Each pair of layers counts", "Each pair of layers is counted")
    assert lines_of(tmp_path, reworded) == lines_of(tmp_path, WHOLE)


def equations(question):
    """The equations between numbers in all of its texts."""
    for _, text in texts(question):
        found = [one[0] for one in EQUATION.finditer(" ".join(BLOCK.sub(" ", text).split()))]
        yield from (one for one in found if all(map(is_whole, one.split("="))))


def is_whole(side):
    """Whether each bracket of a side is closed: a pair such as (3, −4) is cut at its comma."""
    return side.count("(") == side.count(")")


def test_the_equations_between_numbers_hold():
    found = [(one.name, equation) for one in QUESTIONS for equation in equations(one)]
    assert len(found) > 45
    assert [pair for pair in found if not holds(pair[1])] == []


def holds(equation):
    """Whether all sides are the same number, up to the last digit that is shown."""
    sides = re.split(r" [=≈] ", equation)
    return all(is_near(*both) for both in pairwise(sides))


def is_near(left, right):
    value, shown = (typed.readings(f"0 + {side}")[0] for side in (left, right))
    plain = re.fullmatch(r"−?[\d,]+(?:\.(\d+))?( %)?", right)
    digits = len(plain[1] or "") + 2 * bool(plain[2]) if plain else 12
    return abs(value - shown) <= 0.5001 * 10.0**-digits


@pytest.mark.parametrize(
    "wrong", ["15/20 = 74 %", "6·4 + 4·3 = 24 − 12 = 36", "√20 ≈ 4.4", "0.5·0.02 = 0.02"]
)
def test_an_equation_that_does_not_hold(wrong):
    assert EQUATION.fullmatch(wrong)
    assert not holds(wrong)
    assert holds("3·2,500 = 7,500")


def test_a_hint_belongs_to_one_question_or_to_patients_and_curves_alike():
    owners = {}
    for one in HINTED:
        for hint in one.hints:
            owners.setdefault(hint, []).append(one.name)
    shared = {hint[:30]: names for hint, names in owners.items() if len(names) > 1}
    assert shared == SHARED_HINTS


@every(ANSWERED)
def test_no_hint_gives_the_answer_away(question):
    """Not in the words of the right option, nor as the number that is right."""
    given = " ".join(question.question.split())
    for hint in question.hints:
        assert answer_in(question, hint) <= answer_in(question, given), hint


def answer_in(question, text):
    """Whether the right answer stands in a text."""
    if isinstance(question, Choice):
        return question.letters[question.right_answer].lower() in text.lower()
    shown = re.escape(f"{question.right_answer:,}".replace("-", "−"))
    return bool(re.search(rf"(?<![\w.,/·-]){shown}(?![\w/·]|[.,]\d)", text))


@every(QUESTIONS)
def test_the_solution_has_the_reasons(question):
    assert len(reasoning(question).split()) >= 5
