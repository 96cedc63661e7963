"""README tells numbers and names files: each is counted again here."""

import importlib
import re

import nbformat
import numpy as np
import pytest

from course import exercises
from course.ask.exercise import Exercise
from course.measured import ledger
from course.paths import ROOT
from nnlib.network import Network
from tools.store_notebooks import lessons

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = {  # what a row of the table says of start and habits, and where its runs stand
    "gaussian start, as in the book": {"sizes": [784, 30, 10], "eta": 3.0},
    "gaussian start": {"sizes": [784, 100, 10], "eta": 3.0},
    "scaled start": {"sizes": [784, 100, 10], "eta": 3.0, "init": "scaled"},
    "scaled start and four habits more": ledger.habit_entries()[-2].setting,
    "the same, with a convolution": ledger.habit_entries()[-1].setting,
}


def row(words, setting):
    """A row of the table of README as the ledger has it."""
    table = ledger.runs(ledger.read(), ledger.Entry(setting))
    low, middle, high = (f"{f(table.final):.1f}" for f in (np.min, np.median, np.max))
    lost = np.count_nonzero(table.lost != "")
    cells = setting["sizes"], words, len(table), f"{middle} %", f"{low} to {high} %", lost
    return f"| {' | '.join(map(str, cells))} |"


@pytest.mark.parametrize("words", ROWS)
def test_the_measured_table_is_the_ledgers(words):
    assert row(words, ROWS[words]) in README.splitlines()


def test_the_measured_table_has_no_other_rows():
    assert len(re.findall(r"^\| \[784, ", README, re.MULTILINE)) == len(ROWS)


def test_habits_are_counted_right():
    large = ROWS["scaled start and four habits more"]
    assert len(large["habits"].split()) == 4
    assert large["init"] == "scaled"
    assert ROWS["the same, with a convolution"]["habits"] == f"{large['habits']} convolution"


def labs():
    names = [
        name for n in range(12) for name in dir(importlib.import_module(f"course.lesson{n:02}"))
    ]
    return [name for name in names if name.endswith("Lab")]


def test_what_is_counted_in_readme():
    questions = exercises.all()
    code = [one for one in questions if type(one) is Exercise]
    told = f"{len(labs())} labs", f"{len(questions)} questions", f"{len(code)} of them take code"
    assert [one for one in told if one not in " ".join(README.split())] == []


def test_evidence_cells_are_about_as_many_as_readme_says():
    cells = [cell for path in lessons() for cell in nbformat.read(path, as_version=4).cells]
    evidence = [cell for cell in cells if "evidence" in cell.metadata.get("tags", [])]
    (told,) = re.findall(r"More\s+than (\d+) cells", README)
    assert int(told) < len(evidence) < int(told) + 50


def test_numbers_of_the_network_of_the_lessons():
    net = Network([784, 30, 10])
    count = sum(array.size for array in [*net.weights, *net.biases])
    assert f"{count:,} numbers" in README


def test_every_file_that_readme_leads_to_is_there():
    named = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    named += re.findall(r'(?:src|srcset)="([^"]+)"', README)
    assert len(named) >= 25
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_lesson_has_its_row_in_reading_order():
    told = re.findall(r"^\| \[\d\d .+?\]\(notebooks/(.+?)\)", README, re.MULTILINE)
    assert told == [path.name for path in lessons()]
