"""The margins that are kept: of each comparison the closest pass, and words to find it by."""

from tests.machines import margins
from tests.machines.report import Row


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
