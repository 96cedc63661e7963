"""A cut of `python -m tests.faults`: wherever work is interrupted, nothing is lost."""

import contextlib

import pytest

from tests.faults import interruptions
from tests.faults.interruptions import JOBS, Interruption

CUT = interruptions.plan(30, seed=16)


@pytest.mark.parametrize("one", CUT, ids=lambda one: f"{one.job}-{one.how}-{one.where:.3f}")
def test_an_interruption_leaves_all_whole(one):
    interruptions.interrupt(one)


def test_every_job_is_interrupted_and_one_in_eight_is_a_kill():
    many = interruptions.plan(300)
    assert {one.job for one in many} == set(JOBS)
    assert sum(one.how == "kill" for one in many) == 300 // 8
    assert len({one.job for one in many if one.how == "kill"}) == 3


@contextlib.contextmanager
def half_written(path):
    """As `storage.replacing`, but into the file itself."""
    with open(path, "wb") as file:
        yield file


def test_a_file_that_is_written_in_its_place_is_noticed(monkeypatch):
    monkeypatch.setattr(interruptions.storage, "replacing", half_written)
    monkeypatch.setattr(interruptions, "_lines", {})  # which are other ones now
    with pytest.raises((AssertionError, ValueError)):  # noqa: PT012
        lines = interruptions.lines_of("saving", "write")
        for line in reversed(range(lines // 2)):  # of the first of two saves
            interruptions.interrupt(Interruption("saving", "write", line / lines))
