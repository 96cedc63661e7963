"""The numbers of questions, computed a second time: what is right, each mistake, and solutions.

The tables are in told_numbers.py of each lesson: MISTAKES, what each known mistake gives, in the
order of the page; RIGHT, what is right; WORDS, the right option; TOLD, what the solution says.
"""

import importlib

import pytest

from course.ask import Choice, Number
from course.ask.reading import load
from tests.course.told import LESSONS, reasoning
from tests.course.truths import right

TABLES = {name: importlib.import_module(f"tests.course.{name}.told_numbers") for name in LESSONS}
COUNTED = {"fewest_wrong", "wires", "how_many_flip"}  # their mistakes are other small counts


def rows(table):
    """(question, what the table has for it) of all lessons."""
    return [
        pytest.param(getattr(load(f"course.{lesson}"), name), row, id=f"{lesson[-2:]}-{name}")
        for lesson, module in TABLES.items()
        for name, row in getattr(module, table, {}).items()
    ]


def half_digit(number):
    """Half of the last digit of a number as it is written."""
    return 0.5001 * 10.0 ** -len(str(number).partition(".")[2])


@pytest.mark.parametrize(("question", "computed"), rows("MISTAKES"))
def test_each_known_mistake_gives_its_number(question, computed):
    assert len(question.mistakes) == len(computed)
    for listed, value in zip(question.mistakes, computed):
        assert abs(listed - value) <= half_digit(listed), (listed, value)


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_number_with_mistakes_is_computed(lesson):
    asked = {one.attribute for one in load(f"course.{lesson}") if isinstance(one, Number)}
    assert asked - COUNTED <= set(getattr(TABLES[lesson], "MISTAKES", {}))


@pytest.mark.parametrize(("question", "truth"), rows("RIGHT"))
def test_what_is_right_is_within_a_third_of_the_tolerance(question, truth):
    room = max(question.tolerance / 3, 1e-9)
    assert abs(question.right_answer - truth) <= room
    for listed in question.mistakes:
        assert abs(listed - truth) > question.tolerance, "a mistake is taken for right"


@pytest.mark.parametrize(("question", "words"), rows("WORDS"))
def test_the_right_option_has_these_words(question, words):
    assert isinstance(question, Choice)
    assert right(question) == words


@pytest.mark.parametrize(("question", "pieces"), rows("TOLD"))
def test_the_solution_tells_what_is_computed(question, pieces):
    told = " ".join(reasoning(question).split())
    assert [piece for piece in pieces if piece not in told] == []
