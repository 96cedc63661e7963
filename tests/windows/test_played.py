"""What holds on Windows, and where it is played: as `emulated` has it, and as our code meets it."""

import importlib
import os
import signal
import sys

import pytest

from nnlib import commands, locks, storage

pytestmark = pytest.mark.skipif(os.name != "nt", reason="this is not Windows, nor is it played")


def test_the_system_is_another():
    assert (os.name, sys.platform) == ("nt", "win32")
    assert not hasattr(os, "fork")
    assert not hasattr(signal, "SIGALRM")
    for name in ("fcntl", "resource"):
        with pytest.raises(ImportError):
            exec(f"import {name}", {"__name__": __name__})


def test_what_is_absent_can_be_lent(monkeypatch):
    with monkeypatch.context() as lent:
        lent.setattr(os, "getuid", lambda: 7, raising=False)
        lent.setattr(os, "getcwd", lambda: "here")
        assert (os.getuid(), os.getcwd()) == (7, "here")
    assert not hasattr(os, "getuid")
    assert os.getcwd() != "here"


def test_text_has_its_encoding_and_its_ends_of_lines(tmp_path):
    for path, write in (
        (tmp_path / "a", lambda: (tmp_path / "a").write_text("\u20ac\n")),
        (tmp_path / "b", lambda: write_line(tmp_path / "b")),
    ):
        write()
        assert path.read_bytes() == b"\x80\r\n"
        assert path.read_text() == "\u20ac\n"
    with pytest.raises(UnicodeEncodeError):
        (tmp_path / "c").write_text("\u03b7")


def write_line(path):
    with open(path, "w") as file:
        file.write("\u20ac\n")


def test_an_open_file_stays_where_it_is(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    there.touch()
    with open(here, "w"):
        for move in (
            lambda: os.replace(there, here),
            lambda: here.rename(tmp_path / "else"),
            here.unlink,
            lambda: os.remove(here),
        ):
            with pytest.raises(PermissionError, match="another process"):
                move()
    os.replace(there, here)


@pytest.mark.parametrize("name", ["a:b", "con", "NUL.txt", "what?", "a|b", "end.", "end "])
def test_a_name_that_it_does_not_take_is_refused(tmp_path, name):
    for make in ((tmp_path / name).touch, (tmp_path / name).mkdir):
        with pytest.raises(OSError, match="syntax is incorrect"):
            make()


def test_a_lock_is_held_by_one(tmp_path):
    assert locks.fcntl is None
    with open(tmp_path / "lock", "a+b") as one, open(tmp_path / "lock", "a+b") as other:
        assert locks.take(one)
        assert not locks.take(other)
    with open(tmp_path / "lock", "a+b") as later:
        assert locks.take(later)


def test_a_file_that_somebody_reads_is_not_lost(tmp_path):
    path = tmp_path / "network.npz"
    storage.save_arrays(path, {"w": [1, 2]})
    with open(path, "rb"), pytest.raises(PermissionError, match="could not be written: .* it"):
        storage.save_arrays(path, {"w": [3, 4]})
    assert storage.load_arrays(path)["w"].tolist() == [1, 2]
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_what_is_typed_is_for_powershell(monkeypatch):
    monkeypatch.setattr(sys, "executable", r"C:\Program Files\Python\python.exe")
    said = commands.run("nnlib.mnist")
    assert '& "C:\\Program Files\\Python\\python.exe" -m nnlib.mnist' in said


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("course.teach.answer_runner", "COPIES", False),
        ("course.teach.limits", "resource", None),
        ("nnlib.commands", "WINDOWS", True),
    ],
)
def test_each_module_knows_where_it_is(module, name, value):
    assert getattr(importlib.import_module(module), name) is value
