"""The margins that are kept: none under three, each of a comparison that a lesson makes today."""

import nbformat
import pytest

from tests.machines import margins
from tests.machines.report import LEAST, Row
from tools.store_notebooks import lessons


@pytest.fixture(scope="module")
def kept():
    return margins.read()


def test_no_margin_is_too_small_and_each_is_of_many_runs(kept):
    assert len({row["lesson"] for row in kept}) >= 6
    assert not [row for row in kept if row["margin"] < LEAST]
    assert min(row["runs"] for row in kept) >= 10


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_every_comparison_still_stands_in_its_lesson(path, kept):
    cells = nbformat.read(path, as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code" and "assert" in cell.source]
    made = set().union(*map(margins.comparisons, code))
    gone = [row for row in kept if row["lesson"] == path.name[:2] and row["comparison"] not in made]
    command = f"python -m tests.machines --notebooks {path.name[:2]}, then --record"
    assert not gone, f"{gone}\nmeasure again: {command}"


def row(place, text, margin, **changes):
    numbers = {"n": 12, "value": 0.93, "limit": 0.9, "deviation": 0.004, "margin": margin}
    return Row(place, text, (), **numbers | changes)


def test_of_a_loop_the_closest_pass_is_kept(tmp_path):
    rows = [
        row("05 full cell 3 line 1", "a < 'x, y'", 7.5),
        row("05 full cell 3 line 1 pass 2", "a < 'x, y'", 4.25),
        row("05 small cell 3 line 1", "a < 'x, y'", 8.0),
        row("05 full cell 9 line 1", "seconds < 5", 1.0, judged=False),
        row("05 full cell 9 line 2", "rounding < 1", 1e6),
        row("te full cell 0 line 0", "x < 1", 5.0),
    ]
    margins.write(rows, tmp_path / "margins.csv")
    found = margins.read(tmp_path / "margins.csv")
    assert [(each["data"], each["margin"]) for each in found] == [("full", 4.25), ("small", 8.0)]
    assert found[0]["comparison"] == "a < 'x, y'"
    assert (found[0]["value"], found[0]["limit"], found[0]["runs"]) == ("0.93", "0.9", 12)


def test_comparisons_are_written_as_a_run_writes_them():
    source = "for x in xs:\n    assert 0.9 < x[1] < 0.95 and not (f(x) > 2)"
    found = margins.comparisons(source)
    assert {"0.9 < x[1]", "x[1] < 0.95", "f(x) > 2 (not)"} <= found
