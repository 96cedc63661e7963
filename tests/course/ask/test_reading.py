"""Reading questions.md: what is read, and that every fault is named with its file and line."""

import inspect
import re
import time

import pytest

from course import exercises, paths
from course.ask import Choice, Exercise, Guess, Number, reading

FILES = sorted((paths.ROOT / "course").glob("lesson*/questions.md"))

WHOLE = """\
# 03-lines: Lines between layers

number, 2 min, difficulty 1

How many lines are there in [6, 4, 3, 1]?

## Answer

39 ± 0.5 %

## Right

Each pair of layers has as many lines
as the product of their sizes.

## Mistakes

- 24
  > This is the first layer to the second.
  > How many are there between the others?
- × 0.01
  > Give it in percent.
- too low
  > There are more.

## Hints

1. Count the lines
   from the first layer.
2. Then the next pair.

## Solution

6·4 + 4·3 + 3·1 = 39.


# 03-shapes: Shapes

choice, prediction, 1 min, difficulty 3

Which shapes?

## Options

- [ ] (2, 3)
  > The other way round.
- [x] `(3, 2)`
  > Next layer first.

## Hints

1. Which comes first?

## Solution

Next layer first.


# 03-not: Write not

exercise, 4 min, difficulty 2

Write `not_(x)`:

```python
# a comment, and no heading
## nor this
1 - x
```

## Start

```python
# here
def not_(x):
    ...
```

## Mistakes

- sign
  > Look at the sign.

## Solution

Turn it round.

```python
def not_(x):
    # from 1
    return 1 - x
```


# 03-look: Look

guess, 1 min, difficulty 1

What will you see?

## Outcome

A *loop*.
"""


class Checks:
    @staticmethod
    def not_(answer, says):
        return None if answer == 1 else says["sign"]


def read(text, tmp_path, checks=lambda: Checks):
    path = tmp_path / "questions.md"
    path.write_text(text, encoding="utf-8")
    return reading.read(path, checks)


def test_all_kinds_are_read(tmp_path):
    lines, shapes, not_, look = read(WHOLE, tmp_path)
    assert isinstance(lines, Number)
    assert (lines.name, lines.title) == ("03-lines", "Lines between layers")
    assert (lines.minutes, lines.difficulty, lines.prediction) == (2, 1, False)
    assert lines.question == "How many lines are there in [6, 4, 3, 1]?"
    assert (lines.right_answer, lines.tolerance, lines.unit) == (39, 0.5, "%")
    assert lines.right == "Each pair of layers has as many lines as the product of their sizes."
    both = "This is the first layer to the second. How many are there between the others?"
    assert lines.mistakes == {24: both}
    assert lines.factors == {0.01: "Give it in percent."}
    assert (lines.low, lines.high) == ("There are more.", "Too high.")
    assert lines.hints == ["Count the lines from the first layer.", "Then the next pair."]
    assert lines.reason == "6·4 + 4·3 + 3·1 = 39."

    assert isinstance(shapes, Choice)
    assert shapes.prediction
    assert shapes.options == {"(2, 3)": "The other way round.", "`(3, 2)`": "Next layer first."}
    assert shapes.letters[shapes.right_answer] == "`(3, 2)`"

    assert type(not_) is Exercise
    assert not_.variable == not_.attribute == "not_"
    assert "# a comment, and no heading\n## nor this" in not_.question
    assert not_.starter == "# here\ndef not_(x):\n    ..."
    assert "# from 1" in not_.solution_code
    assert not_.check(1).outcome == "right"
    assert not_.check(0).message == "Look at the sign."

    assert isinstance(look, Guess)
    assert look.prediction
    assert look.reason == "A *loop*."


def test_each_question_knows_its_place(tmp_path):
    for question in read(WHOLE, tmp_path):
        number = int(re.search(r"questions\.md, line (\d+)$", question.place)[1])
        assert WHOLE.splitlines()[number - 1].startswith(f"# {question.name}: ")


def test_checks_are_imported_when_an_answer_is_checked(tmp_path):
    def fail():
        raise ImportError("too early")

    *_, not_, _ = read(WHOLE, tmp_path, fail)
    assert "too early" in not_.check(1).message


FAULTS = {  # words -> (old, new, what the faulty line begins with, what is said)
    "no heading": ("# 03-lines", "03-lines", "03-lines", "a heading for each question"),
    "a file without a question": (WHOLE, "\n\nWords.\n", "Words", "a heading for each question"),
    "an empty file": (WHOLE, "", None, "a heading for each question"),
    "only empty lines": (WHOLE, "\n\n", None, "a heading for each question"),
    "a heading without a title": ("# 03-look: Look", "# 03-look:", "# 03-look", "Four bits"),
    "a heading without a number": ("# 03-look: Look", "# look: Look", "# look", "Four bits"),
    "a heading in capitals": ("# 03-look: Look", "# 03-Look: Look", "# 03-Look", "Four bits"),
    "a name that ends in -": ("# 03-look: Look", "# 03-look-: Look", "# 03-look-", "Four bits"),
    "a heading of no question": ("# 03-look: Look", "# Look", "# Look", "Four bits"),
    "an unknown kind": ("guess, 1 min", "poem, 1 min", "poem, 1", "found 'poem, 1 min"),
    "no minutes": ("guess, 1 min", "guess", "guess, diff", "found 'guess, difficulty"),
    "no difficulty": ("guess, 1 min, difficulty 1", "guess, 1 min", "guess, 1", "found 'guess"),
    "difficulty 4": ("difficulty 3", "difficulty 4", "choice, pred", "found 'choice"),
    "no facts": ("guess, 1 min, difficulty 1\n\n", "", "What will you see", "found 'What will"),
    "facts alone": ("What will you see?\n\n", "", "guess, 1", "nothing is asked"),
    "an exercise as a prediction": (
        "exercise, 4", "exercise, prediction, 4", "exercise, pre", "is no prediction"),
    "nothing below a heading": (
        WHOLE[WHOLE.index("guess, 1") :], "", "# 03-look", "found ''"),
    "an unknown part": ("## Outcome", "## Outcomes", "## Outcomes", "no part 'Outcomes', only"),
    "a part of another kind": ("## Outcome", "## Options", "## Options", "a guess has no part"),
    "a part of another kind too": ("## Start", "## Answer", "## Answer", "exercise has no part"),
    "hints of a guess": ("A *loop*.", "A.\n\n## Hints\n\n1. B.", "## Hints", "has no part 'Hints'"),
    "a missing part": ("## Outcome\n\nA *loop*.\n", "", "# 03-look", "no part '## Outcome'"),
    "a missing solution": (
        "## Solution\n\nNext layer first.\n", "", "# 03-shapes", "no part '## Solution'"),
    "an empty part": ("A *loop*.", "", "## Outcome", "'Outcome' is empty"),
    "a doubled part": (
        "## Right\n\nEach", "## Answer\n\n3\n\n## Right\n\nEach", 2 * ["## Answer"],
        "a second part"),
    "no right option": ("- [x]", "- [ ]", "## Options", "one '- \\[x\\] text'"),
    "two right options": ("- [ ] (2", "- [x] (2", "- [x] `(3", "one '- \\[x\\] text'"),
    "an option without a box": ("- [ ] (2", "- (2", "- (2, 3)", "expected '- \\[ \\] text'"),
    "an option with another mark": ("- [ ] (2", "- [X] (2", "- [X] (2, 3)", "expected '- \\[ \\]"),
    "an option without words": ("  > Next layer first.\n", "", "- [x] `(3", "needs words"),
    "an option with words not marked": ("  > Next layer", "  Next layer", "  Next la", "  > words"),
    "words before an option": ("- [ ] (2", "  > Well.\n- [ ] (2", "  > Well.", "expected '- text'"),
    "two equal options": ("- [ ] (2, 3)", "- [x] `(3, 2)`", 2 * ["- [x] `(3"], "a second"),
    "an option with both marks": ("- [ ] (2, 3)", "- [ ] `(3, 2)`", "## Options", "the same text"),
    "one option": (
        "- [ ] (2, 3)\n  > The other way round.\n", "", "## Options", "for each option"),
    "hints out of order": ("2. Then", "3. Then", "3. Then", "expected '2. hint'"),
    "hints that begin with 0": ("1. Which", "0. Which", "0. Which", "expected '1. hint'"),
    "hints without a number": ("1. Which", "Which", "Which", "expected '1. hint'"),
    "a hint that is not indented": ("   from the", "from the", "from the", "expected '2. hint'"),
    "a bad answer": ("39 ± 0.5 %", "thirty", "thirty", "expected one number"),
    "an answer with a comma": ("39 ± 0.5 %", "39,5", "39,5", "expected one number"),
    "two answers": ("39 ± 0.5 %", "39\n40", "39", "expected one number"),
    "a bad tolerance": ("39 ± 0.5 %", "39 ± e %", "39 ±", "expected one number"),
    "a bad exponent": ("39 ± 0.5 %", "1e", "1e", "expected one number"),
    "a bad key of a mistake": ("- 24\n", "- about 24\n", "- about 24", "nor is it 'too low'"),
    "a bad factor": ("- × 0.01", "- × a", "- × a", "nor is it 'too low'"),
    "an infinite mistake": ("- 24\n", "- inf\n", "- inf", "nor is it 'too low'"),
    "a doubled mistake": ("- × 0.01", "- 24", 2 * ["- 24"], "a second '24'"),
    "a mistake without words": ("  > There are more.\n", "", "- too low", "needs words"),
    "a doubled name": (
        "# 03-look", "# 03-lines", 2 * ["# 03-lines"], "questions.lines is .*line 1 "),
    "a name that reads the same": (
        "# 03-look", "# 05-lines", "# 05-lines", "questions.lines is .*line 1 "),
    "a name that is taken": ("# 03-look", "# 03-due", "# 03-due", "take another name"),
    "a guess that comes back": (
        "guess, 1 min, difficulty 1", "guess, 1 min, difficulty 1, comes back", "guess, 1",
        "only a choice or a number comes back"),
    "a start that is no code": (
        "def not_(x):\n    ...", "def not_(x:", "## Start", "Start: expected code"),
    "a start without a name": (
        "def not_(x):\n    ...", "1 + 1", "## Start", "Start: expected code"),
    "a solution without code": (
        WHOLE[WHOLE.index("```python\ndef not_(x):\n    #") : WHOLE.index("# 03-look")], "",
        "## Solution", "one ```python block"),
    "code in the solution of a choice": (
        "\nNext layer first.\n\n\n", "\n```python\nx = 1\n```\n\n\n",
        "# 03-shapes", "one ```python"),
    "code without an end": (
        "1 - x\n```\n", "1 - x\n", "```python", "no end"),
    "code without an end in the last question": (
        "A *loop*.\n", "```\nA *loop*.\n", 3 * ["```\n"] + ["```"], "no end"),
}  # fmt: skip


@pytest.mark.parametrize("words", FAULTS)
def test_every_fault_is_named_with_file_and_line(tmp_path, words):
    old, new, faulty, said = FAULTS[words]
    assert old in WHOLE
    text = WHOLE.replace(old, new, 1)
    with pytest.raises(ValueError, match=said) as caught:
        read(text, tmp_path)
    start, number = re.match(r"(.*), line (\d+): ", str(caught.value)).groups()
    assert start == str(tmp_path / "questions.md")
    if faulty is None:
        assert int(number) == 1
    else:
        line = text.splitlines()[int(number) - 1]
        start = faulty if isinstance(faulty, str) else faulty[-1]
        assert line.startswith(start.rstrip("\n")), line
        if isinstance(faulty, list) and words.startswith("a doubled"):
            before = text.splitlines()[: int(number) - 1]
            assert any(one.startswith(start) for one in before), "the second one is the faulty one"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_line_of_the_real_files_is_read(path):
    """A round trip: each word of a file stands in what was made from it, and nothing is added."""
    questions = reading.read(path, lambda: None)
    text = path.read_text(encoding="utf-8")
    said = "\n".join(_everything(question) for question in questions)
    missing = [line for line in text.splitlines() if _bare(line) not in _bare(said)]
    forms = r"|".join([
        r"## \w+", r"\w+(, prediction)?, \d+ min, difficulty \d(, comes back)?",
        r"```(python)?", r"- [\w-]+", r"- [a-z]+: (\d+ to \d+|[\d., ]+)", r"- answer: .+ ± [\d.]+",
        r"- (× )?[-+.\de]+", r"- too (low|high)", r"[-+.\de]+( ± [-+.\de]+)?( \S+)?",
    ])  # fmt: skip
    assert [line for line in missing if not re.fullmatch(forms, line)] == []
    assert len(questions) == len(re.findall(r"^# \d\d-", text, re.M))


def _everything(question):
    """All words of a question, in the form in which the file has them."""
    said = [f"# {question.name}: {question.title}", question.question, question.right]
    said += [f"{number}. {hint}" for number, hint in enumerate(question.hints, 1)]
    if isinstance(question, Choice):
        right = question.letters[question.right_answer]
        for text, words in question.options.items():
            said += [f"- [{'x' if text == right else ' '}] {text}", words]
        said.append(question.reason)
    elif isinstance(question, Number):
        said += [*question.mistakes.values(), *question.factors.values()]
        said += [question.low, question.high, question.reason]
        if question.fresh:
            said += [question.fresh.text, f"- answer: {question.fresh.formula}"]
    elif isinstance(question, Guess):
        said.append(question.reason)
    else:
        said += [question.starter, question.solution().markdown]
        said += list(inspect.getclosurevars(question._check).nonlocals["says"].values())
    return "\n".join(said)


def _bare(text):
    """The text without what lays it out."""
    return " ".join(re.sub(r"^ *> ?", "", text, flags=re.M).split())


def test_all_questions_are_read_quickly():
    began = time.process_time()
    count = sum(len(reading.read(path, lambda: None)) for path in FILES)
    assert time.process_time() - began < 1  # 0.05 s on a usual computer
    assert count == len(exercises.all())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_what_is_said_to_mistakes_is_what_the_checks_say(path):
    """Each key under Mistakes of an exercise is used by its check, and no check uses another."""
    files = [*path.parent.glob("checks*.py"), *path.parent.glob("checks/*.py")]
    files += path.parent.glob("mutants.py")  # the bugs of an exercise, by the names of their words
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    written = [
        key
        for question in reading.read(path, lambda: None)
        if type(question) is Exercise
        for key in inspect.getclosurevars(question._check).nonlocals["says"]
    ]
    named = set(re.findall(r"""["']([\w-]+)["']""", source))
    assert [key for key in written if key not in named] == []
    assert set(re.findall(r"""says\[["']([^"']+)["']\]""", source)) <= set(written)


def test_a_lesson_is_loaded_once():
    assert reading.load("course.lesson03") is reading.load("course.lesson03")
    from course.lesson03 import questions

    assert questions is reading.load("course.lesson03")


def test_questions_list_themselves(tmp_path):
    questions = reading.Questions(read(WHOLE, tmp_path))
    assert dir(questions) == ["due", "lines", "look", "not_", "shapes"]
    assert [one.name for one in questions] == ["03-lines", "03-shapes", "03-not", "03-look"]
    assert repr(questions).splitlines()[0] == (
        "Question 03-lines: Lines between layers (2 minutes, difficulty 1)"
    )
