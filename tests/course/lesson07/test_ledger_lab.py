"""The lab of the ledger: rows, runs one after the other, what it says and draws."""

import csv

import numpy as np
import pytest

from course.lesson07.ledger_lab import LedgerLab
from course.measured import ledger
from tests.course.labs import as_at_first
from tests.course.pictures import shows_the_same


@pytest.fixture(scope="module")
def shared():
    return LedgerLab(row=6)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def stored(**setting):
    """The rows of the file with these cells, by seed."""
    with open(ledger.PATH, encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    rows = [row for row in csv.DictReader(lines) if setting.items() <= row.items()]
    return sorted(rows, key=lambda row: int(row["seed"]))


NO_HIDDEN = {"sizes": "784-10", "eta": "1.0", "init": "gaussian"}


def test_at_first_there_is_only_what_was_published(lab):
    assert lab.sentence == ("[784, 10], eta 1; published: 75.83 %. No run yet: press Next seed.")
    assert not len(lab.state["finals"])
    assert not lab.state["recall"].any()
    assert lab._title.get_text() == "no run yet"


@pytest.mark.parametrize("runs", [1, 2, 10])
def test_runs_are_those_of_the_file(lab, runs):
    lab.controls["runs"].value = runs
    rows = stored(**NO_HIDDEN)[:runs]
    assert lab.state["finals"].tolist() == [float(row["final"]) for row in rows]
    lost = [[int(digit) for digit in row["lost"].split()] for row in rows]
    assert lab.state["lost"] == lost
    recall = [float(rows[-1][f"recall_{digit}"]) / 100 for digit in range(10)]
    np.testing.assert_allclose(lab.state["recall"], recall)
    assert f"Seed {runs - 1}: {float(rows[-1]['final']):.2f} %, lost digits: " in lab.sentence
    assert f"lost digits: {', '.join(map(str, lost[-1]))}. " in lab.sentence
    assert lab.sentence.endswith(f"{runs} of {runs} lost a digit.")
    assert lab.sentence in lab.caption.value


def test_next_seed_stops_at_the_last(lab):
    lab.controls["runs"].value = 8
    for expected in (9, 10, 10):
        lab.next_seed.click()
        assert lab.controls["runs"].value == len(lab.state["finals"]) == expected


def test_every_row_has_its_name_and_all_its_runs(lab):
    lab.controls["runs"].value = lab.controls["runs"].max
    for row, (name, _) in enumerate(lab.controls["row"].options):
        lab.controls["row"].value = row
        setting = ledger.ENTRIES[row].setting
        assert name.startswith(f"{setting['sizes']}, eta {setting['eta']:g}")
        assert ("scaled" in name) == (setting.get("init") == "scaled")
        assert len(lab.state["finals"]) == 10
        assert lab.state["published"] == [value for value, _ in ledger.ENTRIES[row].published]


def test_crosses_for_runs_that_lost_digits_circles_for_others(lab):
    lab.controls["row"].value = 4
    lab.controls["runs"].value = 10
    kept, losers = lab._chart._kept, lab._chart._losers
    assert losers.get_xydata().tolist() == [[83.78, 7]]
    assert len(kept.get_xydata()) == 9
    (line,) = lab._chart._published.get_segments()
    assert set(line[:, 0]) == {83.97}
    words = [text.get_text() for text in lab._chart._words]
    assert words == [""] * 7 + ["4"] + [""] * 2


def test_going_back_takes_runs_away(lab):
    lab.controls["runs"].value = 3
    before = lab.picture.value
    lab.controls["runs"].value = 10
    lab.controls["runs"].value = 3
    assert shows_the_same(lab.picture.value, before)


def test_a_row_without_published_values(lab):
    lab.controls["row"].value = 12
    lab.controls["runs"].value = 1
    assert "published: nothing." in lab.sentence
    assert "lost digits: none. Of the runs so far, 0 of 1 lost a digit." in lab.sentence
