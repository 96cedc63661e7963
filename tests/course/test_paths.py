"""The student's folder is found again from everywhere, and is never that of somebody else.

Root may write everywhere, so refusals are real ones, met by a child process that becomes another
user (`as_user`). Only root can do that: other users skip those tests.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course import launcher, paths, student_copy
from course.ask import record

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
ROOT_ONLY = pytest.mark.skipif(not IS_ROOT, reason="only root can become other users")
ADA, BEN = 4001, 4002


@pytest.fixture
def place(monkeypatch):
    """A folder that all users may look into: course/ with a lesson, and a home for each user."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    (folder / "course" / "notebooks").mkdir(parents=True)
    text = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    (folder / "course" / "notebooks" / launcher.FIRST_LESSON).write_text(text)
    for user in (ADA, BEN):
        (folder / str(user)).mkdir()
        if IS_ROOT:
            os.chown(folder / str(user), user, user)
    monkeypatch.delenv(paths.NAMED, raising=False)
    monkeypatch.delenv("NNLIB_PROGRESS", raising=False)
    monkeypatch.setattr(paths, "ROOT", folder / "course")
    monkeypatch.setattr(paths, "LESSONS", folder / "course" / "notebooks")
    for home in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(home, str(folder / str(ADA)))
    monkeypatch.chdir(folder / "course")
    yield folder
    shutil.rmtree(folder)


def as_user(user, place, action):
    """The text that action() returns, or the words of its error, in a process of another user."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            os.environ["HOME"] = str(place / str(user))
            answer = str(action())
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(writes, answer.encode())
        os._exit(0)
    os.close(writes)
    os.waitpid(child, 0)
    with os.fdopen(reads) as file:
        return file.read()


def start():
    """What a start does with files; the folder."""
    folder = student_copy.choose()
    student_copy.update(folder)
    return folder


def test_it_is_beside_the_lessons(place):
    assert paths.my_lessons() == place / "course" / "my_lessons"
    assert start() == paths.my_lessons()
    assert record.location() == paths.my_lessons() / "my_progress.json"


@pytest.mark.parametrize("where", ["course", "course/notebooks", "course/my_lessons", "4001", "/"])
def test_progress_is_found_wherever_the_kernel_starts(place, monkeypatch, where):
    folder = start()
    monkeypatch.chdir(place / where)
    assert record.location() == folder / "my_progress.json"


def test_a_copy_that_was_moved_is_found_from_inside(place, monkeypatch):
    folder = start().rename(place / "elsewhere")
    monkeypatch.chdir(folder)
    assert record.location() == folder / "my_progress.json"


def test_a_named_folder_comes_first(place, monkeypatch):
    start()
    monkeypatch.setenv(paths.NAMED, "~/other")
    assert paths.places() == [place / str(ADA) / "other"]
    assert start() == place / str(ADA) / "other"
    monkeypatch.setenv(paths.NAMED, "here")
    assert paths.my_lessons() == place / "course" / "here"
    monkeypatch.setenv(paths.NAMED, "")
    assert paths.my_lessons() == place / "course" / "my_lessons"


def test_without_a_home_or_a_current_folder(place, monkeypatch):
    def none():
        raise RuntimeError("no home")

    gone = place / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(Path, "home", none)
    assert paths.my_lessons() == place / "course" / "my_lessons"
    os.chdir(place)


def test_a_copy_in_the_home_folder_stays_in_use(place, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda path, _: not Path(path).is_relative_to(paths.ROOT))
        assert start() == place / str(ADA) / "my_lessons"
    assert paths.my_lessons() == place / str(ADA) / "my_lessons"  # though the other can be made


def test_any_folder_of_that_name_in_the_home_folder_is_no_copy(place):
    (place / str(ADA) / "my_lessons").mkdir()
    assert paths.my_lessons() == place / "course" / "my_lessons"


def test_where_every_file_seems_to_have_one_owner_the_copy_says_whose_it_is(place, monkeypatch):
    monkeypatch.setattr(paths, "user", lambda: "ada")
    folder = start()
    assert paths.my_lessons() == folder
    monkeypatch.setattr(paths, "user", lambda: "ben")
    assert paths.my_lessons() == place / str(ADA) / "my_lessons"


def test_windows_does_not_say_whose_a_file_is(place, monkeypatch):
    monkeypatch.delattr(os, "getuid", raising=False)
    monkeypatch.setattr(paths.getpass, "getuser", lambda: "ada")
    folder = place / "course" / "my_lessons"
    folder.mkdir()
    assert paths.my_lessons() == folder
    assert start() == folder
    monkeypatch.setattr(paths.getpass, "getuser", lambda: "ben")
    assert paths.my_lessons() == place / str(ADA) / "my_lessons"


@ROOT_ONLY
def test_a_course_folder_that_can_only_be_read(place):
    home = place / str(ADA) / "my_lessons"
    assert as_user(ADA, place, paths.my_lessons) == str(home)
    assert as_user(ADA, place, start) == str(home)
    assert as_user(ADA, place, start) == str(home)
    assert as_user(ADA, place, lambda: record.location().parent) == str(home)
    assert as_user(ADA, place, lambda: record.note("05-x", "right")) == ""
    assert (home / "my_progress.json").exists()


@ROOT_ONLY
@pytest.mark.parametrize("mode", [0o700, 0o755, 0o777])
def test_two_students_on_one_machine(place, mode):
    (place / "course").chmod(0o777)
    first, second = place / "course" / "my_lessons", place / str(BEN) / "my_lessons"
    assert as_user(ADA, place, start) == str(first)
    first.chmod(mode)
    assert as_user(BEN, place, start) == str(second)
    assert as_user(ADA, place, start) == str(first)
    assert as_user(BEN, place, lambda: os.chdir(place) or record.location().parent) == str(second)


@ROOT_ONLY
def test_neither_folder_can_be_written(place):
    (place / str(ADA)).chmod(0o555)
    os.chown(place / str(ADA), 0, 0)
    said = as_user(ADA, place, start)
    assert said.startswith("PermissionError: Your own copy of the lessons cannot be made in ")
    assert f"{place / 'course' / 'my_lessons'} nor in {place / str(ADA) / 'my_lessons'}" in said
    assert f"export {paths.NAMED}=/my/folder; " in said
    assert "could not be saved" in as_user(ADA, place, lambda: record.note("05-x", "right"))


def test_a_kernel_finds_the_package_and_data_from_any_folder(tmp_path):
    code = "import course, nnlib; from nnlib import mnist; print(len(mnist.load('mini').test[1]))"
    words = [sys.executable, "-W", "ignore", "-c", code]
    assert int(subprocess.check_output(words, cwd=tmp_path, text=True, timeout=100)) > 0
