"""No lesson is longer than it says, and no stretch of it leaves the reader with nothing to do."""

import re

import nbformat
import pytest

from course.ask import load
from course.paths import LESSONS
from tests.notebooks import minutes
from tools.store_notebooks import lessons

LONGEST_LESSON = 50
LONGEST_STRETCH = 6
NEAR = 0.2  # of what is measured: how far the stated minutes may be from it
STATED = re.compile(
    r"\*\*Time\*\*: (\d+) minutes to read and try"
    r"(?:, about (\d+) for (?:\*Deeper\* and )?the exercises)?, (\d+) minutes in class"
)
ROW = r"\]\({}\) \| (\d+)(?:, and about (\d+) for [^|]*)? \| (\d+)"


def near(stated, measured):
    return abs(stated - measured) <= max(1, NEAR * measured)


@pytest.fixture(params=lessons(), ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def cells(path):
    return nbformat.read(path, as_version=4).cells


@pytest.fixture
def steps(path, cells):
    questions = {one.attribute: one for one in load(f"course.lesson{path.name[:2]}")}
    return minutes.steps(cells, questions)


def one_sitting(steps):
    return sum(step.reading + step.guessing for step in steps if not step.at_home)


def afterwards(steps):
    at_home = sum(step.reading + step.guessing for step in steps if step.at_home)
    return at_home + sum(step.exercise for step in steps)


def test_no_stretch_has_nothing_to_do(steps):
    longest, ends = max(minutes.stretches(steps), key=lambda found: found[0])
    assert longest <= LONGEST_STRETCH, f"{longest:.1f} minutes of reading before {ends.start!r}"


def test_a_lesson_fits_one_sitting(steps):
    assert one_sitting(steps) <= LONGEST_LESSON


def test_the_stated_minutes_are_true(cells, steps):
    stated = STATED.search(" ".join(cells[0].source.split()))
    assert stated, f"{STATED.pattern} is not in the first cell"
    read, more, _ = (int(found or 0) for found in stated.groups())
    assert near(read, one_sitting(steps)), (read, one_sitting(steps))
    assert near(more, afterwards(steps)), (more, afterwards(steps))


def test_the_index_says_the_same_minutes(path, cells):
    index = (LESSONS / "README.md").read_text(encoding="utf-8")
    row = re.search(ROW.format(re.escape(path.name)), index)
    assert row.groups() == STATED.search(" ".join(cells[0].source.split())).groups()


def test_the_index_asks_for_the_same_lessons_all_earlier_ones(path, cells):
    index = (LESSONS / "README.md").read_text(encoding="utf-8")
    [row] = [line for line in index.splitlines() if f"]({path.name})" in line]
    said = " ".join(cells[0].source.split("**You need**")[1].split("**Time**")[0].split())
    said, all_before, _ = said.partition("and those before it")
    asked = set(re.findall(r"\[lesson (\d\d)\]", said))
    assert set(re.findall(r"\b\d\d\b", row.split("|")[4])) == (set() if all_before else asked)
    assert max(asked, default="") < path.name[:2]


def test_what_is_counted():
    words = " ".join(["word"] * 400)
    picture = nbformat.v4.new_output("display_data", {"text/html": "<img alt='a line'>"})
    new = nbformat.v4
    cells = [
        new.new_markdown_cell(f"# Title\n\n{words} [link](to/a/file.md)"),
        new.new_code_cell("a = 1\n\nb = 2"),
        new.new_code_cell("figures.draw()", outputs=[picture], metadata={"tags": ["figure"]}),
        new.new_markdown_cell(f"## Deeper\n\n{words}"),
        new.new_code_cell("assert a < b", metadata={"tags": ["evidence"]}),
        new.new_code_cell("Lab()", outputs=[picture]),
    ]
    found = minutes.steps(cells, {})
    read = [round(step.reading, 2) for step in found]
    assert read == [2.01, 0.2, 0, 2.0, 0, 0.1]
    assert [step.stops for step in found] == [False, False, True, False, False, True]
    assert [round(stretch, 2) for stretch, _ in minutes.stretches(found)] == [2.21, 2.1, 0]
    assert (round(one_sitting(found), 2), round(afterwards(found), 2)) == (2.21, 2.1)
