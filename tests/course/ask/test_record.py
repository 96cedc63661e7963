"""Progress: kept, merged between kernels, never lost, and not written while tests run."""

import json
import os
import subprocess
import sys
import threading

import pytest

from course import exercises, paths
from course.ask import record
from nnlib import locks
from tests.course.answers import all_cases

CASES = all_cases()
FIRST, SECOND = (one for one in exercises.all() if one.name in ("03-bits", "03-parameters"))
RIGHT = {one.name: CASES[one.name].right[0] for one in (FIRST, SECOND)}


def do(exercise):
    """Give a right answer."""
    return exercise.check(RIGHT[exercise.name])


def fail(exercise):
    """Give a wrong answer that raises nothing."""
    return exercise.check("no numbers")


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def states(path):
    return {name: entry["state"] for name, entry in record.load(path).items()}


def test_checks_are_noted(path):
    assert FIRST.check(...).note == ""
    assert not path.exists()
    fail(FIRST)
    fail(FIRST)
    do(SECOND)
    assert states(path) == {FIRST.name: "tried", SECOND.name: "done"}
    assert record.load(path)[FIRST.name]["tries"] == 2


def test_an_error_counts_as_tried(path):
    SECOND.check(lambda sizes: 1 / 0)
    assert states(path) == {SECOND.name: "tried"}


def test_what_is_done_stays_done(path):
    do(SECOND)
    fail(SECOND)
    assert states(path) == {SECOND.name: "done"}


def test_the_file_stands_beside_the_lessons_wherever_the_kernel_was_started(tmp_path, monkeypatch):
    lessons = tmp_path / "mine"
    monkeypatch.delenv("NNLIB_PROGRESS", raising=False)
    monkeypatch.setenv("NNLIB_MY_LESSONS", str(lessons))
    for folder in ("one", "another"):
        (tmp_path / folder).mkdir()
        monkeypatch.chdir(tmp_path / folder)
        fail(FIRST)
        assert os.listdir() == []
    assert states(lessons / "my_progress.json") == {FIRST.name: "tried"}
    assert record.load(lessons / "my_progress.json")[FIRST.name]["tries"] == 2
    assert FIRST.name in json.loads((lessons / "my_progress.json").read_text())["exercises"]


def test_without_a_word_from_outside_the_file_is_in_the_students_copy(monkeypatch):
    for name in ("NNLIB_PROGRESS", "NNLIB_MY_LESSONS"):
        monkeypatch.delenv(name, raising=False)
    assert record.location() == paths.my_lessons() / "my_progress.json"


def test_off_means_off(tmp_path, monkeypatch):
    (tmp_path / "my_progress.json").write_text('{"exercises": {"03-bits": {}}}')
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    monkeypatch.chdir(tmp_path)
    fail(FIRST)
    assert "0 of" in repr(exercises.progress())
    assert "no progress" in repr(exercises.start_over())
    assert os.listdir(tmp_path) == ["my_progress.json"]


def test_the_table(path):
    total = len(exercises.all())
    do(SECOND)
    fail(FIRST)
    table = exercises.progress()
    assert table.count("done") == table.count("tried") == 1
    assert table.count("not yet") == total - 2
    assert table.count("done", "03") == 1
    left = sum(one.minutes for one in exercises.all()) - SECOND.minutes
    assert table.summary == f"1 of {total} done, 1 tried; about {left} minutes are left."
    text, markdown = repr(table), table._repr_markdown_()
    for one in exercises.all():
        assert one.name in text
        assert f"| {one.name} | {one.title} | {one.minutes} |" in markdown
    assert f"| {SECOND.minutes} | **done** |" in markdown


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[1, 2]", b'{"exercises": {"03-bits": {"state": "great"}}}',
     b'{"exercises": {"03-bits": 5}}', b"[" * 100_000, b'{"exercises": 7}'],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside_and_named(path, content):
    path.write_bytes(content)
    feedback = fail(FIRST)
    assert feedback.outcome == "wrong"
    assert feedback.note == (
        "my_progress.json was damaged. It is kept as my_progress.damaged-1.json, and a new one "
        "was begun."
    )
    assert path.with_name("my_progress.damaged-1.json").read_bytes() == content
    assert states(path) == {FIRST.name: "tried"}
    assert fail(FIRST).note == ""


def test_the_table_says_so_too(path):
    for number in (1, 2):
        path.write_bytes(b"{")
        assert f"my_progress.damaged-{number}.json" in repr(exercises.progress())


def test_start_over_keeps_a_backup(path):
    fail(FIRST)
    before = path.read_bytes()
    assert "my_progress.backup-1.json" in repr(exercises.start_over())
    assert not path.exists()
    assert path.with_name("my_progress.backup-1.json").read_bytes() == before
    assert exercises.progress().count("tried") == 0
    fail(FIRST)
    assert "my_progress.backup-2.json" in repr(exercises.start_over())


def test_a_crash_while_writing_loses_nothing(path, monkeypatch):
    fail(FIRST)
    before = path.read_bytes()

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        fail(SECOND)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.part"))


def test_a_full_disk_is_told_and_the_feedback_stays(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    feedback = do(SECOND)
    assert feedback.outcome == "right"
    assert feedback.note.startswith("Your progress could not be saved: ")
    assert feedback.note.endswith("the disk is full. Make room on it and try again.")
    assert "could not be saved" in repr(feedback)


def test_a_folder_that_is_missing_is_made_and_one_that_cannot_be_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "new" / "p.json"))
    assert fail(FIRST).note == ""
    assert states(tmp_path / "new" / "p.json") == {FIRST.name: "tried"}
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "file" / "p.json"))
    assert "could not be saved" in fail(FIRST).note
    assert exercises.progress().count("done") == 0


WRITER = """
import sys
from course.ask import record
for number in range(25):
    record.note(f"{sys.argv[1]}-{number}", "wrong")
    record.note("00-both", "wrong")
"""


def test_two_processes_lose_nothing(path):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, name], stderr=subprocess.PIPE)
        for name in ("01", "02")
    ]
    for writer in writers:
        assert writer.communicate(timeout=60)[1] == b""
    entries = record.load(path)
    assert len(entries) == 51
    assert entries["00-both"]["tries"] == 50


def test_two_threads_lose_nothing(path):
    def write(name):
        for number in range(20):
            record.note(f"{name}-{number}", "right")

    threads = [threading.Thread(target=write, args=(name,)) for name in ("01", "02")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(record.load(path)) == 40


def test_a_lock_that_is_never_given_back_does_not_stop_anyone(path, monkeypatch):
    monkeypatch.setattr(locks, "WAIT", 0.1)
    monkeypatch.setattr(locks, "take", lambda file: False)
    fail(FIRST)
    assert states(path) == {FIRST.name: "tried"}


def test_judge_notes_nothing(path):
    FIRST.judge("no numbers")
    assert not path.exists()


def test_names_of_other_versions_are_kept(path):
    entry = {"state": "done", "tries": 1, "when": "2024-01-01 10:00"}
    path.write_text(json.dumps({"version": 1, "exercises": {"00-older": entry}}))
    fail(FIRST)
    assert record.load(path)["00-older"] == entry


def test_a_lesson_without_exercises_of_its_own_is_not_listed(path):
    table = record.Table([], {})
    assert repr(table) == "0 of 0 done, 0 tried; about 0 minutes are left."


def test_guesses_are_kept_beside_what_is_done_and_one_replaces_the_other(path):
    fail(FIRST)
    assert record.guess("09-x") is None
    assert record.keep_guess("09-x", "the first") == record.keep_guess("09-x", "the second") == ""
    do(FIRST)
    assert record.guess("09-x") == "the second"
    assert states(path) == {FIRST.name: "done"}
    assert "guesses" in json.loads(path.read_text())
    assert exercises.progress().count("done") == 1


def test_a_file_of_an_older_course_knows_no_guesses(path):
    path.write_text('{"version": 1, "exercises": {}}')
    assert record.guess("09-x") is None
    record.keep_guess("09-x", "mine")
    assert record.guess("09-x") == "mine"


@pytest.mark.parametrize("guesses", ["5", "[1]", '{"09-x": 5}', '{"09-x": null}'])
def test_damaged_guesses_make_a_damaged_file(path, guesses):
    path.write_text(f'{{"exercises": {{}}, "guesses": {guesses}}}')
    assert record.guess("09-x") is None
    assert "my_progress.damaged-1.json" in record.keep_guess("09-x", "mine")
    assert record.guess("09-x") == "mine"


def test_a_guess_that_cannot_be_saved_is_kept_in_memory_and_told(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert "could not be saved" in record.keep_guess("09-y", "mine")
    assert record.guess("09-y") == "mine"
    record.keep_guess("09-y", "another")
    assert record.guess("09-y") == "another"
    exercises.start_over()
    assert record.guess("09-y") is None


def test_with_off_a_guess_is_kept_in_memory_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    monkeypatch.setenv("NNLIB_MY_LESSONS", str(tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    assert record.keep_guess("09-z", "mine") == ""
    assert record.guess("09-z") == "mine"
    assert os.listdir(tmp_path) == []
