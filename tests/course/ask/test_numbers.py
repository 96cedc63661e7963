"""Numbers that people give to each question that asks for one, and what is said to them."""

from fractions import Fraction

import numpy as np
import pytest

from course import exercises
from course.ask import Number

NUMBERS = [one for one in exercises.all() if isinstance(one, Number)]
WIDE = Number(
    "99-wide",
    "Wide",
    question="How many?",
    answer=88,
    tolerance=20,
    mistakes={150: "All of them.", 9.4: "The root.", 110: "Near.", 784: "Every pixel."},
    low="More.",
    high="Less.",
    solution="It is 88.",
    hints=["Count."],
    right="So it is.",
)


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")


def every(questions):
    return pytest.mark.parametrize("question", questions, ids=lambda one: one.name)


def plain(number):
    """A number as a person types it: without an exponent, whole ones without a point."""
    return str(number) if isinstance(number, int) else np.format_float_positional(number, trim="-")


def right_ones(question):
    truth, room = question.right_answer, question.tolerance
    exact = Fraction(plain(truth))
    yield from (truth, [[truth]], np.array(truth), np.float64(truth), (truth,), exact)
    yield from (
        plain(truth),
        f" {plain(truth)} ",
        f"= {plain(truth)}",
        f"{plain(truth)}{question.unit}",
    )
    yield f"{2 * exact.numerator}/{2 * exact.denominator}"
    yield from (truth + 0.99 * room, truth - 0.99 * room, truth + room / 3)


@every(NUMBERS)
def test_right_ones_in_many_styles(question):
    for answer in right_ones(question):
        assert question.judge(answer).outcome == "right", answer


@every(NUMBERS)
def test_a_mistake_is_told_in_many_styles(question):
    for wrong, words in question.mistakes.items():
        for answer in (
            wrong,
            float(wrong),
            [wrong],
            np.array([wrong]),
            plain(wrong),
            f"= {plain(wrong)}",
        ):
            feedback = question.judge(answer)
            assert (feedback.outcome, feedback.message) == ("wrong", words), answer


@every(NUMBERS)
def test_what_is_just_not_right_gets_no_words_of_a_mistake(question):
    """Unless a mistake is just there."""
    truth, room = question.right_answer, question.tolerance
    step = max(room, abs(truth) * 1e-3, 1e-3) / 50
    for side, said in ((-1, question.low), (1, question.high)):
        value = truth + side * (room + step)
        if all(abs(value - wrong) > 2 * step for wrong in question.mistakes):
            assert question.judge(value).message == said


@every(NUMBERS)
def test_half_way_to_a_mistake_gets_no_words_of_it(question):
    said = [*question.mistakes.values(), question.low, question.high]
    for wrong, words in question.mistakes.items():
        if said.count(words) > 1:
            continue
        edge = question.right_answer + np.sign(wrong - question.right_answer) * question.tolerance
        feedback = question.judge((wrong + edge) / 2)
        assert feedback.outcome == "wrong"
        assert feedback.message != words


@every(NUMBERS)
def test_seeded_numbers_are_right_within_the_tolerance_only(question):
    truth, room = question.right_answer, question.tolerance
    rng = np.random.default_rng(14)
    width = 3 * room + abs(truth) + 1
    for value in truth + width * rng.uniform(-1, 1, 40):
        right = abs(value - truth) <= room
        assert (question.judge(value).outcome == "right") == right, value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (88, "So it is."),
        (68, "So it is."),
        (108, "So it is."),
        ("88", "So it is."),
        (109, "Less."),
        (109.6, "Near."),
        (110, "Near."),
        (108.4, "Less."),
        (112, "Less."),
        (120, "Less."),
        (140, "All of them."),
        (150, "All of them."),
        (139, "Less."),
        (9.4, "The root."),
        (8, "The root."),
        (9.38, "The root."),
        (12, "More."),
        (29, "More."),
        (60, "More."),
        (67.9, "More."),
        (-9.4, "More."),
        (784, "Every pixel."),
        (770, "Every pixel."),
        (700, "Less."),
    ],
)
def test_a_wide_tolerance_is_that_of_the_right_answer(value, said):
    """A mistake has as many percent; what is right is right first."""
    assert WIDE.judge(value).message == said


def test_of_two_mistakes_the_nearer_one_is_told():
    question = next(one for one in NUMBERS if one.name == "09-spread-of-400")
    for wrong in (14.18, 14.14, 20, 20.02):
        assert question.judge(wrong).message == question.mistakes[wrong]


def test_a_mistake_with_more_digits_than_it_is_written_with_is_known():
    question = next(one for one in NUMBERS if one.name == "06-forward")
    assert question.judge(-0.03788).message == question.mistakes[-0.0379]
    assert question.judge(-0.0377).message == question.high, "half of the last digit is the limit"
