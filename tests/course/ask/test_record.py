"""Progress: kept, merged between kernels, never lost, and not written while tests run."""

import json
import os
import subprocess
import sys
import threading

import pytest

from course import exercises
from course.ask import Exercise, record
from course.lesson03 import questions as architecture


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def states(path):
    return {name: entry["state"] for name, entry in record.load(path).items()}


def test_checks_are_noted(path):
    assert architecture.bits.check(...).note == ""
    assert not path.exists()
    architecture.bits.check(5)
    architecture.bits.check(5)
    architecture.parameters.check(architecture.count_parameters)
    assert states(path) == {"03-bits": "tried", "03-parameters": "done"}
    assert record.load(path)["03-bits"]["tries"] == 2


def test_an_error_counts_as_tried(path):
    architecture.parameters.check(lambda sizes: 1 / 0)
    assert states(path) == {"03-parameters": "tried"}


def test_what_is_done_stays_done(path):
    architecture.parameters.check(architecture.count_parameters)
    architecture.parameters.check(len)
    assert states(path) == {"03-parameters": "done"}


def test_the_file_stands_in_the_current_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("NNLIB_PROGRESS", raising=False)
    monkeypatch.chdir(tmp_path)
    architecture.bits.check(5)
    assert states(tmp_path / "my_progress.json") == {"03-bits": "tried"}
    assert "03-bits" in json.loads((tmp_path / "my_progress.json").read_text())["exercises"]


def test_off_means_off(tmp_path, monkeypatch):
    (tmp_path / "my_progress.json").write_text('{"exercises": {"03-bits": {}}}')
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    monkeypatch.chdir(tmp_path)
    architecture.bits.check(5)
    assert "0 of" in repr(exercises.progress())
    assert "no progress" in repr(exercises.start_over())
    assert os.listdir(tmp_path) == ["my_progress.json"]


def test_the_table(path):
    total = len(exercises.all())
    architecture.parameters.check(architecture.count_parameters)
    architecture.bits.check(5)
    table = exercises.progress()
    assert table.count("done") == table.count("tried") == 1
    assert table.count("not yet") == total - 2
    assert table.count("done", "03") == 1
    left = sum(one.minutes for one in exercises.all()) - architecture.parameters.minutes
    assert table.summary == f"1 of {total} done, 1 tried; about {left} minutes are left."
    text, markdown = repr(table), table._repr_markdown_()
    for one in exercises.all():
        assert one.name in text
        assert f"| {one.name} | {one.title} | {one.minutes} |" in markdown
    assert "| 8 | **done** |" in markdown


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[1, 2]", b'{"exercises": {"03-bits": {"state": "great"}}}',
     b'{"exercises": {"03-bits": 5}}', b"[" * 100_000, b'{"exercises": 7}'],
)  # fmt: skip
def test_a_damaged_file_is_kept_aside_and_named(path, content):
    path.write_bytes(content)
    feedback = architecture.bits.check(5)
    assert feedback.outcome == "wrong"
    assert feedback.note == (
        "my_progress.json was damaged. It is kept as my_progress.damaged-1.json, and a new one "
        "was begun."
    )
    assert path.with_name("my_progress.damaged-1.json").read_bytes() == content
    assert states(path) == {"03-bits": "tried"}
    assert architecture.bits.check(5).note == ""


def test_the_table_says_so_too(path):
    for number in (1, 2):
        path.write_bytes(b"{")
        assert f"my_progress.damaged-{number}.json" in repr(exercises.progress())


def test_start_over_keeps_a_backup(path):
    architecture.bits.check(5)
    before = path.read_bytes()
    assert "my_progress.backup-1.json" in repr(exercises.start_over())
    assert not path.exists()
    assert path.with_name("my_progress.backup-1.json").read_bytes() == before
    assert exercises.progress().count("tried") == 0
    architecture.bits.check(5)
    assert "my_progress.backup-2.json" in repr(exercises.start_over())


def test_a_crash_while_writing_loses_nothing(path, monkeypatch):
    architecture.bits.check(5)
    before = path.read_bytes()

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        architecture.parameters.check(len)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.part"))


def test_a_full_disk_is_told_and_the_feedback_stays(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    feedback = architecture.parameters.check(architecture.count_parameters)
    assert feedback.outcome == "right"
    assert feedback.note.startswith("Your progress could not be saved: ")
    assert feedback.note.endswith("the disk is full. Make room on it and try again.")
    assert "could not be saved" in repr(feedback)


def test_a_folder_that_is_missing_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "nowhere" / "p.json"))
    assert "could not be saved" in architecture.bits.check(5).note
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
    monkeypatch.setattr(record, "LOCK_WAIT", 0.1)
    monkeypatch.setattr(record, "_lock", lambda file: False)
    architecture.bits.check(5)
    assert states(path) == {"03-bits": "tried"}


def test_judge_notes_nothing(path):
    architecture.bits.judge(5)
    assert not path.exists()


def test_names_of_other_versions_are_kept(path):
    entry = {"state": "done", "tries": 1, "when": "2024-01-01 10:00"}
    path.write_text(json.dumps({"version": 1, "exercises": {"00-older": entry}}))
    architecture.bits.check(5)
    assert record.load(path)["00-older"] == entry


def test_a_lesson_without_exercises_of_its_own_is_not_listed(path):
    table = record.Table([], {})
    assert repr(table) == "0 of 0 done, 0 tried; about 0 minutes are left."
    assert isinstance(architecture.bits, Exercise)
