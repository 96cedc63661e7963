"""Everything that the prose tells stands in the lesson's list, is true, and stands nowhere else."""

import importlib
import inspect
from collections import Counter

import pytest

from tests.told import prose, truths
from tools.store_notebooks import lessons

LESSONS = [path.stem[:2] for path in lessons()]


@pytest.fixture(params=LESSONS)
def lesson(request):
    return request.param


@pytest.fixture
def page(lesson):
    return prose.of_lesson(truths.lesson_path(lesson))


@pytest.fixture
def told(lesson):
    return importlib.import_module(f"tests.told.lessons.lesson{lesson}")


def places(text, quote):
    """Where a quote stands in a text: (start, end) of each."""
    starts, at = [], text.find(quote)
    while at >= 0:
        starts.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return starts


def test_every_number_of_the_prose_is_told_once_more(page, told):
    covered = [place for quote, *_ in told.NUMBERS for place in places(page.text, quote)]
    alone = [
        f"{text!r} in ...{page.around(place)}..."
        for place, text in page.numbers()
        if not any(start <= place < end for start, end in covered)
    ]
    assert not alone, "\n".join(alone)


def test_every_quote_stands_in_the_prose_once(page, told):
    counts = {quote: len(places(page.text, quote)) for quote, *_ in told.NUMBERS}
    assert len(counts) == len(told.NUMBERS), "a quote stands twice in the list"
    assert not {quote: count for quote, count in counts.items() if count != 1}


def test_every_number_is_true(page, told):
    for quote, *values in told.NUMBERS:
        (place,) = places(page.text, quote)
        found = [text for at, text in page.numbers() if place[0] <= at < place[1]]
        assert len(found) == len(values), f"{quote!r} has the numbers {found}, not {values}"
        for text, value in zip(found, values):
            assert truths.agrees(value, text), f"{quote!r} says {text}; it is {value}"


def test_every_formula_is_told_once_more(page, told):
    here = Counter(formula for formula in page.formulas if not prose.is_bare(formula))
    there = Counter({formula: (*times, 1)[0] for formula, _, *times in told.FORMULAS})
    assert len(there) == len(told.FORMULAS), "a formula stands twice in the list"
    assert here == there, f"only on the page: {here - there}; only in the list: {there - here}"


def test_every_formula_is_true(told):
    for formula, truth, *_ in told.FORMULAS:
        if isinstance(truth, str):
            assert len(truth.split()) >= 2, f"say what {formula} is"
        else:
            assert truth(), f"{formula} does not hold"


def test_every_table_is_told_once_more(page, told):
    there = [[[str(cell) for cell in row] for row in table] for table in told.TABLES]
    assert page.tables == there


def test_code_in_the_prose_runs_or_stands_in_the_lesson(lesson, page, told):
    shown = truths.code_of(lesson)
    for code in page.code:
        known = code in told.CODE or code in shown or truths.is_name(code, lesson)
        assert known, f"`{code}` is in no cell, is no name, and is not in the list"
    assert not set(told.CODE) - set(page.code), "code that the prose does not have"
    for code, truth in told.CODE.items():
        assert isinstance(truth, str) or truth(), f"`{code}` does not hold"


def test_blocks_of_code_are_those_of_a_source(lesson, page, told):
    sources = truths.code_of(lesson) + "".join(map(inspect.getsource, told.SOURCES))
    for block in page.fenced:
        for line in filter(str.strip, block.splitlines()):
            assert line.strip() in sources, f"{line!r} stands in no source"


def test_a_link_leads_to_the_lesson_that_it_names(page):
    for number, target in prose.LINK.findall(page.text):
        assert target.startswith(f"{number}_"), f"{number} leads to {target}"
