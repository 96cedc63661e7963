"""Every plan has the parts of the form, and what it names is there."""

import ast
import importlib
import re

import numpy as np
import pytest

from course.ask import load
from course.paths import LESSONS
from tests.notebooks import minutes
from tests.notebooks.test_minutes import STATED
from tests.teaching import pages, plans

PARTS = [
    "Afterwards the class can",
    "45 minutes",
    "On your own",
    "Questions to ask",
    "In the labs",
    "When it breaks",
    "Homework",
    "Quiz",
    "On the board",
]
NEAR = 1.5  # minutes: how far a row of self-study may be from what is counted on the page
ASKED = re.compile(r"^- \*\*(Right|Wrong)\*\*: (.+?)(?=^- |\Z)", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"\(?[-\d][\d.,() e-]*")  # an option that is nothing else has to be computed


def number(option):
    """The number in an option like `23,860`, or the numbers in one like `(2, 1)`."""
    return ast.literal_eval(option if option.startswith("(") else option.replace(",", ""))


@pytest.fixture(params=plans.PLANS, ids=lambda path: path.stem)
def plan(request):
    return plans.read(request.param)


@pytest.fixture
def cells(plan):
    return pages.cells(plan.number)


@pytest.fixture
def stated(cells):
    """Minutes to read, for the exercises, and in class, as the lesson states them."""
    return [int(one or 0) for one in STATED.search(" ".join(cells[0].source.split())).groups()]


def test_there_is_a_plan_for_each_lesson():
    assert [path.stem for path in plans.PLANS] == [
        path.name[:2] for path in sorted(LESSONS.glob("[0-9]*.ipynb"))
    ]


def test_the_parts_stand_in_order(plan):
    without_pairs = [re.sub("^(First|Second) ", "", name) for name in plan.parts]
    single = list(dict.fromkeys(without_pairs))
    assert [name for name in single if name != "Without a computer"] == PARTS


def test_the_classes_add_up(plan, stated):
    for table in plan.classes:
        assert sum(int(row[0]) for row in table) == 45
        assert all(len(row) == 4 and all(row) for row in table)
    assert 45 * len(plan.classes) == stated[2]


def test_sections_that_are_named_exist(plan, cells):
    own = pages.headings(cells)
    tables = [row[3] for table in plan.classes for row in table]
    tables += [row[1] for row in plans.rows(plan.part("On your own"))]
    named = [name for cell in tables for name in plans.named(cell)]
    assert named
    assert [name for name in named if name not in own] == []


def test_minutes_of_self_study_are_those_of_the_page(plan, cells, stated):
    questions = {one.attribute: one for one in load(f"course.lesson{plan.number}")}
    takes = pages.minutes_by_section(minutes.steps(cells, questions))
    rows = plans.rows(plan.part("On your own"))
    for row in rows:
        counted = sum(takes[name] for name in plans.named(row[1]))
        assert abs(int(row[0]) - counted) <= max(NEAR, 0.2 * counted), (row, counted)
    assert abs(sum(int(row[0]) for row in rows) - sum(stated[:2])) <= 5


def test_every_question_has_right_and_wrong_answers_and_a_reply(plan):
    for heading, text in plans.parts(plan.part("Questions to ask"), 3).items():
        found = ASKED.findall(text)
        assert {kind for kind, _ in found} == {"Right", "Wrong"}, heading
        assert all(" Say: " in " ".join(words.split()) for _, words in found), heading


def test_questions_that_are_named_exist(plan):
    known = {one.name for path in pages.LESSON_FOLDERS for one in load(f"course.{path}")}
    named = {name for name in plans.code(plan.text) if re.fullmatch(r"\d\d-[a-z0-9-]+", name)}
    assert named
    assert named - known == set()


def test_the_quiz_has_a_key_and_a_reason_for_each_wrong_option(plan):
    assert 4 <= len(plan.quiz) <= 6
    for item in plan.quiz:
        assert len(item.options) >= 3
        assert len(set(item.options.values())) == len(item.options)
        assert item.explained == item.options.keys() - {item.right}
    assert len({item.right for item in plan.quiz}) >= 3


def test_numbers_of_the_quiz_are_computed_again(plan):
    numbered = {
        n: item for n, item in enumerate(plan.quiz, 1) if NUMBER.fullmatch(item.options[item.right])
    }
    computed = {}
    if numbered:
        computed = importlib.import_module(f"tests.teaching.quiz.lesson{plan.number}").NUMBERS
    assert computed.keys() == numbered.keys()
    for n, item in numbered.items():
        for letter, option in item.options.items():
            if NUMBER.fullmatch(option):
                same = np.array_equal(np.shape(number(option)), np.shape(computed[n]))
                same = same and np.allclose(number(option), computed[n])
                assert same == (letter == item.right), (n, letter, computed[n])
