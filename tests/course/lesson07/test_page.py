"""What the page says in one place must fit what it says, or has not yet said, in another."""

import nbformat
import pytest

from course.lesson07 import questions
from course.measured import baselines, ledger
from course.paths import LESSONS
from tests.course.truths import told


@pytest.fixture(scope="module")
def cells():
    return nbformat.read(LESSONS / "07_training_mnist.ipynb", as_version=4).cells


def first(cells, words, kind="markdown"):
    """The number of the first cell of a kind with these words."""
    return next(
        i for i, cell in enumerate(cells) if cell.cell_type == kind and words in cell.source
    )


def test_the_ledger_is_not_mentioned_before_its_section(cells):
    begin = first(cells, "## The ledger")
    assert first(cells, "ledger") == begin
    assert first(cells, "how_many_right.outcome()", "code") < begin
    assert "ledger" not in told(questions.how_many_right)


def test_losers_are_explained_before_they_are_counted(cells):
    assert first(cells, "*Losers* are") < first(cells, "many = sweep.read(", "code")


def test_three_settings_changed_at_once(cells):
    """Between the row of 83.97 % and that of the notes with eta 3."""
    usual = {"eta": 3.0, "mini_batch_size": 10, "epochs": 30}
    one, other = (usual | ledger.ENTRIES[row].setting for row in (0, 4))
    assert {name for name in one if one[name] != other[name]} == set(usual)
    assert (95.02, "notes") in ledger.ENTRIES[0].published
    assert "that of the notes with eta 3 **three settings" in cells[first(cells, "83.78")].source


def test_what_tuned_means(cells):
    """C is 10 in all that was tried, gamma has four values."""
    settings = [dict(pair.split("=") for pair in one.split()) for one in baselines.TRIED]
    assert {one["C"] for one in settings} == {"10"}
    assert len({one["gamma"] for one in settings}) == 4
    assert "another, C, was set to 10" in cells[first(cells, "*Tuned* means")].source
