"""The student's copy: made, brought up to date, and never a word lost, whatever happens."""

import copy
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import __main__ as command
from course import launcher, paths, student_copy
from course.merge_notebooks import SAID

NAME = "05_steps.ipynb"
ANSWER = {"tags": ["answer"], "exercise": "05-x"}


def lesson(*more):
    """The cells of a small lesson, outputs and evidence included."""
    run = {"outputs": [new_output("stream", text="hi")], "execution_count": 7}
    return [
        new_markdown_cell("# Steps", id="title"),
        new_code_cell("look()", id="look", **run),
        new_code_cell("assert 1", id="proof", metadata={"tags": ["evidence"]}, **run),
        new_code_cell("answer = ...", id="answer", metadata=ANSWER),
        *more,
    ]


def give(course, cells, name=NAME):
    """Write a lesson of the course."""
    nbformat.write(new_notebook(cells=copy.deepcopy(cells)), course / name)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The folder of a course with one small lesson."""
    folder = tmp_path / "course" / "notebooks"
    folder.mkdir(parents=True)
    give(folder, lesson())
    monkeypatch.setattr(paths, "LESSONS", folder)
    monkeypatch.setattr(paths, "ROOT", folder.parent)
    return folder


@pytest.fixture
def student(course):
    """The folder of a student who has begun: an answer, an edited text and a cell of their own."""
    folder = course.parent / "my_lessons"
    student_copy.update(folder)
    work(folder)
    return folder


def work(folder):
    """Write into the copy as a student would with JupyterLab."""
    notebook = read(folder)
    notebook.cells[0].source += "\nmy note"
    notebook.cells[-1].source = "answer = 42"
    notebook.cells.append(new_code_cell("my_own()"))
    nbformat.write(notebook, folder / NAME)


def read(folder, name=NAME):
    return nbformat.read(folder / name, as_version=4)


def sources(folder, name=NAME):
    return [cell.source for cell in read(folder, name).cells]


def state(folder):
    """Every file below a folder, with its bytes and the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


WORK = ["# Steps\nmy note", "look()", "answer = 42", "my_own()"]


def test_made_without_outputs_and_evidence(course, tmp_path):
    folder = tmp_path / "deep" / "copy"
    assert student_copy.update(folder) == ["Your own copy of the lessons is made, 1 in all."]
    assert sources(folder) == ["# Steps", "look()", "answer = ..."]
    look = read(folder).cells[1]
    assert (look.outputs, look.execution_count) == ([], None)
    nbformat.validate(read(folder))
    assert read(folder).cells[2].metadata == ANSWER


def test_where_nothing_changed_nothing_is_written(course, student):
    (student / "mine.txt").write_text("not the course's")
    before = state(student.parent)
    assert student_copy.update(student) == []
    assert state(student.parent) == before


def test_where_only_outputs_and_evidence_changed_the_copy_is_not_written(course, student):
    before = state(student)[student / NAME]
    cells = lesson(new_code_cell("assert 2", metadata={"tags": ["evidence"]}))
    cells[1].outputs = []
    give(course, cells)
    assert student_copy.update(student) == []
    assert state(student)[student / NAME] == before


def test_a_newer_course_comes_in_and_says_so(course, student):
    cells = lesson(new_markdown_cell("end"))
    cells[1].source = "look(closer=True)"
    give(course, cells)
    [line] = student_copy.update(student)
    assert line == f"{NAME}: 1 cell new, 1 changed; your answer and 2 own cells stay"
    assert sources(student) == [WORK[0], "look(closer=True)", "answer = 42", "my_own()", "end"]
    assert student_copy.update(student) == []
    before = student / paths.MEMORY / "before"
    assert sources(before) == WORK  # as it was before


def test_several_are_counted_in_words(course, student):
    give(course, [*lesson()[:1], new_code_cell("a"), new_code_cell("b"), lesson()[3]])
    [line] = student_copy.update(student)
    assert line == f"{NAME}: 2 cells new, 1 gone; your answer and 2 own cells stay"


def test_changed_by_both(course, student):
    cells = lesson()
    cells[0].source = "# Better steps"
    give(course, cells)
    [line] = student_copy.update(student)
    assert "1 changed by both, where the course's version stands after yours" in line
    assert sources(student)[:3] == [WORK[0], SAID + "# Better steps", "look()"]


def test_outputs_of_the_student_stay_where_the_source_does(course, student):
    notebook = read(student)
    run = new_output("stream", text="run")
    notebook.cells[1].outputs = [run]
    notebook.cells[2].outputs = [run]
    nbformat.write(notebook, student / NAME)
    cells = lesson()
    cells[1].source = "look(closer=True)"
    give(course, cells)
    student_copy.update(student)
    assert [len(cell.outputs) for cell in read(student).cells[1:]] == [0, 1, 0]


def test_metadata_that_jupyterlab_writes_makes_nothing_the_students(course, student):
    notebook = read(student)
    notebook.metadata.language_info = {"name": "python", "version": "3.99"}
    notebook.cells[1].metadata.scrolled = True
    nbformat.write(notebook, student / NAME)
    cells = lesson()
    cells[1].source = "look(closer=True)"
    give(course, cells)
    student_copy.update(student)
    assert read(student).metadata.language_info.version == "3.99"
    assert read(student).cells[1].source == "look(closer=True)"


@pytest.mark.parametrize("cut", [0, 1, 300, -3])  # -3: a line may end in two characters
@pytest.mark.parametrize("newer", [False, True])
def test_a_damaged_copy_is_kept_aside(course, student, cut, newer):
    data = (student / NAME).read_bytes()[:cut]
    (student / NAME).write_bytes(data)
    (student / "05_steps.damaged-1.ipynb").write_text("an earlier one")
    if newer:
        give(course, lesson(new_markdown_cell("end")))
    [line] = student_copy.update(student)
    assert line == f"{NAME}: yours was damaged and is kept as 05_steps.damaged-2.ipynb; new"
    assert (student / "05_steps.damaged-2.ipynb").read_bytes() == data
    assert sources(student)[:3] == ["# Steps", "look()", "answer = ..."]
    assert student_copy.update(student) == []


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        '{"cells": [{"source": 1}], "metadata": {}}',
        '{"cells": [1], "metadata": {}}',
        "null",
        "\x00",
    ],
)
def test_a_file_that_is_no_notebook_is_damaged(course, student, text):
    (student / NAME).write_text(text)
    assert "damaged" in student_copy.update(student)[0]


@pytest.mark.parametrize("damage", ["", "[]", '{"version": "", "notebook": {}}', None])
def test_without_the_memory_all_that_differs_is_the_students(course, student, damage):
    memory = student / paths.MEMORY / f"{NAME}.json"
    memory.unlink() if damage is None else memory.write_text(damage)
    cells = lesson(new_markdown_cell("end"))
    cells[1].source = "look(closer=True)"
    give(course, cells)
    [line] = student_copy.update(student)
    assert "what the course gave is not known, so all that differs is yours" in line
    assert set(WORK) <= set(sources(student))
    assert student_copy.update(student) == []


def test_without_the_whole_memory_nothing_is_lost(course, student):
    for path in sorted((student / paths.MEMORY).rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (student / paths.MEMORY).rmdir()
    student_copy.update(student)
    assert set(WORK) <= set(sources(student))


def test_a_lesson_that_the_student_deleted_or_renamed_is_made_anew(course, student):
    (student / NAME).rename(student / "mine.ipynb")
    assert student_copy.update(student) == ["Your own copy of the lessons is made, 1 in all."]
    assert sources(student, "mine.ipynb") == WORK
    assert sources(student)[-1] == "answer = ..."


def test_a_lesson_that_the_course_dropped_stays(course, student):
    give(course, [new_code_cell("other", id="other")], "06_other.ipynb")
    (course / NAME).unlink()
    lines = student_copy.update(student)
    assert lines[1:] == [f"{NAME}: no longer in the course; yours stays as it is"]
    assert sources(student) == WORK
    assert student_copy.update(student) == []


def test_a_lesson_that_the_course_renamed_takes_the_work_along(course, student):
    (course / NAME).rename(course / "06_steps.ipynb")
    before = state(student)[student / NAME]
    lines = student_copy.update(student)
    assert lines[0].startswith(f"06_steps.ipynb: made from {NAME}, as the lesson was called before")
    assert sources(student, "06_steps.ipynb") == WORK
    assert state(student)[student / NAME] == before
    assert student_copy.update(student) == []


def test_files_that_lessons_show_and_the_index_come_along(course, student):
    (course / "images").mkdir()
    (course / "images" / "a b.png").write_bytes(b"png")
    (course / "secret.txt").write_text("not linked")
    (course.parent / "outside.txt").write_text("not below the lessons")
    (course / "README.md").write_text("one")
    linked = "![](images/a%20b.png) [](../outside.txt) [](https://x.y) [](06_no.ipynb)"
    give(course, lesson(new_markdown_cell(linked)))
    student_copy.update(student)
    given = [path.name for path in student.rglob("*.*") if paths.MEMORY not in path.parts]
    assert sorted(given) == [NAME, "README.md", "a b.png"]
    (course / "README.md").write_text("two")
    assert student_copy.update(student) == []
    assert (student / "README.md").read_text() == "two"


def test_an_index_that_the_student_changed_stays(course, student):
    (course / "README.md").write_text("one")
    student_copy.update(student)
    (student / "README.md").write_text("mine")
    assert student_copy.update(student) == []
    (course / "README.md").write_text("two")
    words = "README.md: the course has a newer one; yours stays, since you changed it"
    assert student_copy.update(student) == [words]
    assert (student / "README.md").read_text() == "mine"
    assert student_copy.update(student) == []


class Killed(BaseException):
    """In place of a signal that ends the process."""


def kill_at(monkeypatch, number, after):
    """End the process at its n-th change of a name, before it or after it."""
    count = iter(range(1000))
    for module, name in ((os, "replace"), (Path, "rename"), (Path, "replace")):
        monkeypatch.setattr(module, name, _killing(getattr(module, name), count, number, after))


def _killing(function, count, number, after):
    def changed(*words):
        last = next(count) == number
        if last and not after:
            raise Killed
        result = function(*words)
        if last:
            raise Killed
        return result

    return changed


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_each_write_of_an_update(course, student, after, monkeypatch, tmp_path):
    give(course, lesson(), "04_before.ipynb")
    (course / "README.md").write_text("index")
    cells = lesson(new_markdown_cell("end"))
    cells[0].source = "# Better steps"
    give(course, [cells[3], *cells[:3], *cells[4:]])
    whole = tmp_path / "whole"
    subprocess.run(["cp", "-a", student, whole], check=True)
    student_copy.update(whole)
    for number in range(20):
        folder = tmp_path / f"killed-{number}"
        subprocess.run(["cp", "-a", student, folder], check=True)
        with monkeypatch.context() as patch:
            kill_at(patch, number, after)
            try:
                student_copy.update(folder)
            except Killed:
                assert set(WORK) <= set(sources(folder))
            else:
                break
        student_copy.update(folder)
        assert sources(folder) == sources(whole)
        assert sources(folder, "04_before.ipynb") == sources(whole, "04_before.ipynb")
        assert student_copy.update(folder) == []
    assert number == 7  # two lessons and an index, the memory of each, and one as it was before


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_each_write_of_the_first_start(course, after, monkeypatch, tmp_path):
    (course / student_copy.PROGRESS).write_text("{}")
    for number in range(20):
        folder = tmp_path / f"killed-{number}"
        with monkeypatch.context() as patch:
            patch.setattr(paths, "ROOT", tmp_path)
            kill_at(patch, number, after)
            try:
                student_copy.update(folder)
            except Killed:
                pass
            else:
                break
        student_copy.update(folder)
        assert sources(folder) == ["# Steps", "look()", "answer = ..."]
        assert (folder / student_copy.PROGRESS).read_text() == "{}"
    assert number == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_ended_by_a_signal_at_any_moment(course, student, tmp_path):
    cells = lesson(*(new_code_cell(f"x = {number}") for number in range(300)))
    give(course, cells)
    script = (
        "import sys, pathlib; from course import paths, student_copy; "
        "paths.LESSONS = pathlib.Path(sys.argv[1]); print('begun', flush=True); "
        "student_copy.update(pathlib.Path(sys.argv[2]))"
    )
    for wait in (0, 0.01, 0.03, 0.1):
        words = [sys.executable, "-c", script, str(course), str(student)]
        with subprocess.Popen(words, cwd=Path.cwd(), stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        assert set(WORK) <= set(sources(student))
    student_copy.update(student)
    assert len(sources(student)) == 304
    assert student_copy.update(student) == []


def test_saved_at_the_same_moment_nothing_is_overwritten(course, student, monkeypatch):
    give(course, lesson(new_markdown_cell("end")))
    merge = student_copy.merge

    def meanwhile(*books):
        (student / NAME).write_text("saved by JupyterLab")
        return merge(*books)

    monkeypatch.setattr(student_copy, "merge", meanwhile)
    [line] = student_copy.update(student)
    assert line.startswith(f"{NAME}: yours stays as it is. It was saved at this moment. Type: ")
    assert (student / NAME).read_text() == "saved by JupyterLab"


def test_one_lesson_that_cannot_be_brought_does_not_hold_up_the_others(course, student):
    (course / NAME).write_text("<<<<<<< HEAD")
    give(course, lesson(), "06_more.ipynb")
    lines = student_copy.update(student)
    assert lines[0].startswith(f"{NAME}: yours stays as it is. The file is no notebook")
    assert lines[1] == "06_more.ipynb: new"
    assert sources(student) == WORK


def test_without_lessons(course, tmp_path):
    (course / NAME).unlink()
    with pytest.raises(FileNotFoundError, match="no lessons in .*start from a copy of the whole"):
        student_copy.update(tmp_path / "copy")


def test_progress_of_an_earlier_course_goes_on(course, tmp_path):
    (course / student_copy.PROGRESS).write_text("old")
    folder = course.parent / "my_lessons"
    assert student_copy.update(folder)[0].startswith("Your progress, which was kept in ")
    assert (
        (folder / student_copy.PROGRESS).read_text()
        == (course / student_copy.PROGRESS).read_text()
        == "old"
    )
    (folder / student_copy.PROGRESS).unlink()
    assert student_copy.update(folder) == []  # only on the first start
    assert not (folder / student_copy.PROGRESS).exists()


def test_progress_that_is_there_already_is_kept(course):
    folder = course.parent / "my_lessons"
    folder.mkdir()
    (folder / student_copy.PROGRESS).write_text("new")
    (course / student_copy.PROGRESS).write_text("old")
    student_copy.update(folder)
    assert (folder / student_copy.PROGRESS).read_text() == "new"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows does not say whose a file is")
def test_progress_of_somebody_else_is_not_taken(course, tmp_path, monkeypatch):
    (course / student_copy.PROGRESS).write_text("old")
    monkeypatch.setattr(paths, "user", lambda: "another")
    student_copy.update(tmp_path / "home" / "my_lessons")
    assert not (tmp_path / "home" / "my_lessons" / student_copy.PROGRESS).exists()


def test_no_folder_can_be_written(course, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(paths.NAMED, str(tmp_path / "file" / "copy"))
    with pytest.raises(PermissionError) as refused:
        student_copy.choose()
    assert str(tmp_path / "file" / "copy") in str(refused.value)
    typed = {
        "posix": "export NNLIB_MY_LESSONS=/my/folder",
        "nt": r"$env:NNLIB_MY_LESSONS = 'C:\my_lessons'",
    }
    line = str(refused.value).splitlines()[-1]
    assert line.startswith(f"{typed[os.name]}; ")
    assert line.endswith("-m course")


def test_the_lessons_of_the_course_are_nobodys_copy(course, monkeypatch):
    monkeypatch.setenv(paths.NAMED, str(course))
    with pytest.raises(PermissionError, match="holds the course's own lessons"):
        student_copy.choose()
    assert [path.name for path in course.iterdir()] == [NAME]


def test_where_the_first_folder_refuses_the_next_is_taken(course, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    places = [tmp_path / "file" / "copy", tmp_path / "next"]
    monkeypatch.setattr(paths, "places", lambda: places)
    assert student_copy.choose() == places[1]
    assert list(places[1].iterdir()) == []


def test_the_command_says_what_it_did(course, student, monkeypatch, capsys):
    monkeypatch.setenv(paths.NAMED, str(student))
    command.main(["update"])
    assert capsys.readouterr().out == f"Your lessons are in {student}.\nAll is up to date.\n"
    give(course, lesson(new_markdown_cell("end")))
    command.main(["update"])
    told = capsys.readouterr().out.splitlines()
    assert told[1] == f"{NAME}: 1 cell new; your answer and 2 own cells stay"
    assert told[2] == command.RELOAD


def test_a_normal_start_brings_a_newer_course_too(course, student, monkeypatch, capsys):
    monkeypatch.setenv(paths.NAMED, str(student))
    begun = []
    monkeypatch.setattr(launcher, "become", lambda *words: begun.append(words))
    give(course, lesson(new_markdown_cell("end")))
    command.main(["--no-browser"])
    assert f"{NAME}: 1 cell new" in capsys.readouterr().out
    [(words, folder)] = begun
    assert (words[-1], folder) == ("--no-browser", student)


def test_a_start_where_nothing_changed_is_quick(tmp_path):
    """Half a second for the real lessons; the time of the processor, since others use it too."""
    student_copy.update(tmp_path)
    script = (
        "import pathlib, sys, time; from course import __main__, student_copy; "
        "folder = pathlib.Path(sys.argv[1]); start = time.process_time(); "
        "assert student_copy.update(folder) == []; print(time.process_time() - start); "
        "assert 'nbformat' not in sys.modules and 'numpy' not in sys.modules"
    )
    words = [sys.executable, "-c", script, str(tmp_path)]
    assert float(subprocess.check_output(words, text=True)) < 0.5


def test_the_real_lessons_as_a_student_gets_them(tmp_path):
    student_copy.update(tmp_path)
    for path in paths.LESSONS.glob("*.ipynb"):
        notebook = nbformat.read(tmp_path / path.name, as_version=4)
        nbformat.validate(notebook)
        assert json.loads((tmp_path / path.name).read_bytes())["nbformat_minor"] >= 5
        for cell in notebook.cells:
            assert "evidence" not in cell.metadata.get("tags", [])
            assert not cell.get("outputs")
        links = re.findall(
            r"\]\(([^)#:\s]+)[^):]*\)",
            "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown"),
        )
        assert [link for link in links if not (tmp_path / link).exists()] == []
