"""Locks: one process at a time, and nobody waits for ever."""

import os
import subprocess
import sys

import pytest

from nnlib import locks

pytestmark = pytest.mark.skipif(locks.fcntl is None, reason="these are locks of POSIX systems")
HOLD = """
import sys
from nnlib import locks
with locks.locked(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock of tmp_path/table."""
    command = [sys.executable, "-c", HOLD, str(tmp_path / "table")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def is_free(path):
    with open(path.with_name(f".{path.name}.lock"), "a+b") as file:
        return locks.take(file)


def test_a_lock_excludes_others_until_its_process_ends(tmp_path, holder):
    assert not is_free(tmp_path / "table")
    assert is_free(tmp_path / "another")
    holder.kill()
    holder.wait()
    assert is_free(tmp_path / "table")


def test_two_names_of_a_file_have_one_lock(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "table")
    with locks.locked(tmp_path / "link"):
        assert not is_free(tmp_path / "table")
    assert is_free(tmp_path / "table")


def test_a_lock_that_is_not_given_back_is_waited_for_and_no_longer(tmp_path, holder, monkeypatch):
    monkeypatch.setattr(locks, "WAIT", 0.1)
    with locks.locked(tmp_path / "table"):
        assert not is_free(tmp_path / "table")


def test_where_no_lock_file_can_be_made_work_goes_on(tmp_path):
    with locks.locked(tmp_path / "missing" / "table"):
        assert os.listdir(tmp_path) == []
