"""The option that a person means, and what is asked about because it may mean another."""

import pytest

from course import exercises
from course.ask import Wrong, chosen

LETTERS = {
    "a": "Both are negative",
    "b": "Both are positive",
    "c": "$z = 0$",
    "d": "None of them",
    "e": "It’s “large” – really: 2 × 3",
    "f": "`step` and *sigmoid*",
    "g": "28",
}
MEANT = {
    "a": [
        "a", "A", " a ", "a)", "(a)", "a.", "A:", "[a]", "answer a", "Answer: A", "option a",
        "the answer is a", "I think a", "it's a", "It is (a).", "a!", "a?", "letter a", "ａ", "а",
        "my guess is a", "both are negative", "BOTH ARE NEGATIVE.", "Both  are\tnegative",
        "both are neg", "“Both are negative”", "a) Both are negative", "(a): both are negative",
        "'a'", '"a"', "`a`", "*a*", "i choose a", "a,",
    ],
    "b": ["b", "B.", "(B)", "В", "option B)", "both are positive", "both are p", "b. Both are pos"],
    "c": ["c", "C", "с", "z=0", "z = 0", "$z=0$", "Z = 0.", "$z$ = 0", "choice c"],
    "d": ["d", "none", "None", "NONE!", "none of them", "None of", "d: none of them"],
    "e": [
        "e", "it's", "It's \"large\" - really: 2 x 3", "its large", "it’s “large” — really: 2×3",
        "It's 'large' − really", "е",
    ],
    "f": ["f", "step and sigmoid", "`step` and sigmoid", "Step", "step and"],
    "g": ["g", "28", " 28 ", "28.", "２８"],
}  # fmt: skip
UNCLEAR = ["both", "Both are", "both are ", "a) both are positive", "b: none", "(c) 28"]
SEVERAL = [
    "a and b",
    "a, b",
    "a/b",
    "a or c",
    "b c",
    "(a) and (b)",
    "a, b, c",
    "A & B",
    "a;b",
    "b b",
]
NONE = [
    "z", "h", "1", "2.", "ab", "not a", "no", "?", "", "x = 1", "it", "positive", "aa", "a-b-c-d",
    "the first", "third", "I do not know", "-", "\0", "\ud800", "🙂", "z" * 5000, "0",
    "all of them", "29", "answer", "option", "( )", "b) is wrong", "a) ",
]  # fmt: skip
NONE.remove("a) ")  # a letter with a space


@pytest.mark.parametrize(("letter", "typed"), [(k, t) for k, texts in MEANT.items() for t in texts])
def test_the_option_that_is_meant(letter, typed):
    assert chosen.option(typed, LETTERS) == LETTERS[letter]


@pytest.mark.parametrize("typed", UNCLEAR)
def test_what_fits_two_is_asked_about(typed):
    with pytest.raises(Wrong, match="may be . or .: give the letter of one"):
        chosen.option(typed, LETTERS)


@pytest.mark.parametrize("typed", SEVERAL)
def test_several_letters_are_asked_about(typed):
    with pytest.raises(Wrong, match="names more than one option: give the letter of one"):
        chosen.option(typed, LETTERS)


@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_option_is_refused_with_the_letters(typed):
    with pytest.raises(
        Wrong, match="is not one of the options: expected a, b, c, d, e, f, g"
    ) as it:
        chosen.option(typed, LETTERS)
    assert len(str(it.value)) < 140


def test_there_are_sixty_cases():
    assert sum(map(len, MEANT.values())) >= 60
    assert len(UNCLEAR + SEVERAL + NONE) >= 40


@pytest.mark.parametrize(
    "question",
    [one for one in exercises.all() if one.answered_by == "option"],
    ids=lambda q: q.name,
)
def test_every_option_of_the_course_is_read_as_itself(question):
    plain = str.maketrans("−–—’“”", '---\'""', "*`$")
    for letter, text in question.letters.items():
        forms = [
            letter,
            f"{letter})",
            f"({letter.upper()})",
            f"answer {letter}",
            text,
            text.upper(),
        ]
        forms += [
            f"{letter}) {text}",
            text.translate(plain),
            f" {text}. ",
            " ".join(text.split(" ")),
        ]
        assert {chosen.option(form, question.letters) for form in forms} == {text}
