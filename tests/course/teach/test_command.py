"""The commands for teachers: report, solve, clear."""

import csv
import io
import json
import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course import __main__ as cli
from course import exercises
from course.teach import copies, report
from tests.course.answers import all_cases
from tests.course.teach import classes

BITS, PARAMETERS = exercises.get("03-bits"), exercises.get("03-parameters")


def progress(**states):
    entries = {
        name.replace("_", "-").strip("-"): {"state": state, "tries": 2}
        for name, state in states.items()
    }
    return json.dumps({"version": 1, "exercises": entries})


@pytest.fixture
def school(tmp_path):
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "my_progress.json").write_text(progress(_03_bits="done"))
    (folder / "ada" / "my_progress.damaged-1.json").write_text("{")
    (folder / "=bob.json").write_text(
        progress(_03_bits="tried", _03_parameters="done", _99_x="done")
    )
    (folder / "Cy.json").write_text('{"exercises": {"03-bits"')
    (folder / "notes.txt").write_text("not a progress file")
    return folder


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_report(school, capsys):
    cli.main(["report", str(school)])
    printed = capsys.readouterr()
    bob, ada, cy = rows_of(printed.out)
    assert (ada["student"], ada["done"], ada["tried"], ada["checks"]) == ("ada", "1", "0", "2")
    assert (ada["03-bits"], ada["03-parameters"]) == ("done", "")
    assert (bob["student"], bob["done"], bob["tried"], bob["checks"]) == ("'=bob", "1", "1", "4")
    assert (cy["student"], cy["done"], cy["remark"]) == ("Cy", "", "damaged file")
    assert "Cy.json is not a progress file, or is damaged" in printed.err
    names = [one.name for one in exercises.all()]
    assert list(ada) == ["student", "done", "tried", "checks", *names, "remark"]


def test_report_into_a_file(school, tmp_path, capsys):
    cli.main(["report", str(school), "--output", str(tmp_path / "table.csv")])
    assert capsys.readouterr().out == ""
    assert len(rows_of((tmp_path / "table.csv").read_text())) == 3


def test_report_of_nothing(tmp_path):
    for folder, words in ((tmp_path, "no progress files"), (tmp_path / "no", "There is no folder")):
        with pytest.raises(SystemExit, match=words):
            cli.main(["report", str(folder)])


def test_a_report_drops_nobody(tmp_path, capsys):
    done = classes.progress(_03_bits="done")
    files = {
        "ada/lessons/my_progress (1).json": done,
        "ada/lessons/my_progress.json": classes.progress(),
        "bob.zip": classes.zipped({"bob/my_progress.json": done}),
        "Зоя.JSON": done,
        "dan/": b"",
        "eve/08_exercises.ipynb": classes.notebook({}),
    }
    cli.main(["report", str(classes.write(tmp_path, files))])
    printed = capsys.readouterr()
    found = {row["student"]: (row["03-bits"], row["remark"]) for row in rows_of(printed.out)}
    assert found == {
        "ada": ("done", ""),
        "bob": ("done", ""),
        "Зоя": ("done", ""),
        "dan": ("", "no progress file"),
        "eve": ("", "no progress file"),
    }
    assert "ada: 2 progress files. Taken: ada/lessons/my_progress (1).json." in printed.err


def test_a_report_on_a_terminal_of_another_alphabet(tmp_path):
    classes.write(tmp_path, {"Зоя/my_progress.json": classes.progress(), "Зоя/b.7z": b""})
    run = subprocess.run(
        [sys.executable, "-m", "course", "report", str(tmp_path)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        check=True,
    )
    assert rb"\u0417\u043e\u044f,0,0,0" in run.stdout
    assert rb"\u0417\u043e\u044f/b.7z: not opened" in run.stderr


def test_a_report_reads_what_a_check_writes(tmp_path, monkeypatch):
    (tmp_path / "eve").mkdir()
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "eve" / "my_progress.json"))
    PARAMETERS.check(all_cases()[PARAMETERS.name].right[0])
    rows, problems = report.table(tmp_path)
    assert rows[1][:4] == ["eve", 1, 0, 1]
    assert not problems


def answer_cell(source, name="03-bits", **metadata):
    cell = new_code_cell(
        source, metadata={"tags": ["answer"], "exercise": name} | metadata, execution_count=2
    )
    cell.outputs = [new_output("stream", text="old")]
    return cell


@pytest.fixture
def originals(tmp_path):
    folder = tmp_path / "originals"
    folder.mkdir()
    other = new_code_cell("1 + 1", execution_count=1)
    other.outputs = [new_output("stream", text="kept")]
    check = new_code_cell("questions.bits.check(answer)", execution_count=3)
    check.outputs = [new_output("stream", text="Not attempted yet.")]
    cells = [new_markdown_cell("# Title"), other, answer_cell("answer = 'mine'"), check]
    nbformat.write(new_notebook(cells=cells), folder / "03.ipynb")
    untouched = [answer_cell(PARAMETERS.starter, "03-parameters")]
    nbformat.write(new_notebook(cells=untouched), folder / "04.ipynb")
    return folder


def sources(folder, name):
    return [cell.source for cell in nbformat.read(folder / name, as_version=4).cells]


def test_solve(originals, tmp_path, capsys):
    before = {path.name: path.read_bytes() for path in originals.iterdir()}
    target = tmp_path / "deep" / "solved"
    cli.main(["solve", str(target), "--notebooks", str(originals)])
    assert capsys.readouterr().out == f"2 notebooks in {target}, 2 answer cells changed\n"
    assert {path.name: path.read_bytes() for path in originals.iterdir()} == before

    old = nbformat.read(originals / "03.ipynb", as_version=4)
    new = nbformat.read(target / "03.ipynb", as_version=4)
    nbformat.validate(new)
    assert [cell.id for cell in new.cells] == [cell.id for cell in old.cells]
    assert new.cells[2].source == BITS.solution_code.rstrip()
    assert new.cells[2].outputs == new.cells[3].outputs == []
    assert new.cells[2].execution_count is None
    assert new.cells[1].outputs[0].text == "kept"
    assert new.metadata == old.metadata
    assert new.cells[2].metadata == old.cells[2].metadata


def test_clear(originals, tmp_path):
    cli.main(["clear", str(tmp_path / "cleared"), "--notebooks", str(originals)])
    assert sources(tmp_path / "cleared", "03.ipynb")[2] == BITS.starter
    unchanged = nbformat.read(tmp_path / "cleared" / "04.ipynb", as_version=4)
    assert unchanged.cells[0].outputs[0].text == "old"


def test_clear_undoes_solve(originals, tmp_path):
    for name in ("first", "second"):
        source = originals if name == "first" else tmp_path / "solved"
        copies.write_copies(tmp_path / name, copies.clear, source)
        if name == "first":
            copies.write_copies(tmp_path / "solved", copies.solve, originals)
    for name in ("03.ipynb", "04.ipynb"):
        assert sources(tmp_path / "first", name) == sources(tmp_path / "second", name)


def test_originals_are_never_overwritten(originals):
    before = (originals / "03.ipynb").read_bytes()
    for target in (originals, originals / ".." / originals.name):
        with pytest.raises(SystemExit, match="holds the originals"):
            cli.main(["solve", str(target), "--notebooks", str(originals), "--force"])
    assert (originals / "03.ipynb").read_bytes() == before


def test_other_notebooks_are_only_replaced_by_force(originals, tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    (target / "03.ipynb").symlink_to(originals / "03.ipynb")
    before = (originals / "03.ipynb").read_bytes()
    command = ["solve", str(target), "--notebooks", str(originals)]
    with pytest.raises(SystemExit, match="holds notebooks already"):
        cli.main(command)
    cli.main([*command, "--force"])
    assert sources(target, "03.ipynb")[2].startswith("import numpy")
    assert (originals / "03.ipynb").read_bytes() == before


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (answer_cell("", "03-bitz"), "no exercise named '03-bitz'. Try '03-bits'"),
        (new_code_cell("", metadata={"tags": ["answer"]}), "no 'exercise' in its metadata"),
    ],
)
def test_a_cell_that_names_no_exercise(originals, tmp_path, cell, words):
    nbformat.write(new_notebook(cells=[cell]), originals / "05.ipynb")
    with pytest.raises(SystemExit) as stopped:
        cli.main(["solve", str(tmp_path / "x"), "--notebooks", str(originals)])
    assert words in str(stopped.value)
    assert not (tmp_path / "x").exists()


def test_nothing_to_copy_and_a_file_in_the_way(originals, tmp_path):
    with pytest.raises(SystemExit, match="no notebooks in"):
        cli.main(["clear", str(tmp_path / "x"), "--notebooks", str(tmp_path / "y")])
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit, match="is a file"):
        cli.main(["clear", str(tmp_path / "file"), "--notebooks", str(originals)])


def test_the_command_itself(school):
    command = [sys.executable, "-m", "course", "report", str(school)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.startswith("student,done,tried,checks,")
    assert "damaged" in run.stderr
