"""A lesson whose labs are frozen when a kernel shows them, and kept while nothing changes."""

import nbformat
import pytest

from course.live import frozen
from course.live.frozen import kept, lesson_run

MAKES = "from course.lesson01 import HalfAdderLab\n\nadder = HalfAdderLab(x1=1, x2=0)\nadder"
USES = "print(adder.state['sum'])"


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    """Path of a lesson with one lab, whose outputs are stored."""
    monkeypatch.setenv(kept.FOLDER, str(tmp_path / "kept"))
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    return write(tmp_path, MAKES, USES)


def write(folder, *sources):
    cells = [nbformat.v4.new_markdown_cell("A lab."), nbformat.v4.new_code_cell("")]
    for source in sources:
        output = nbformat.v4.new_output("stream", text=f"stored by {len(cells)}")
        cells.append(nbformat.v4.new_code_cell(source, outputs=[output]))
    path = folder / "01_tiny.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


def html(lesson):
    (output,) = lesson.cells[2].outputs
    return output.data["text/html"]


@pytest.fixture
def no_run(monkeypatch):
    """A function after whose call no lesson may be run."""

    def refuse(*_):
        raise AssertionError("a kernel was started")

    return lambda: monkeypatch.setattr(lesson_run, "execute", refuse)


def test_labs_are_frozen_kept_and_made_anew_when_something_changes(lesson, tmp_path, no_run):
    first = frozen.notebook(lesson, tmp_path / "packs")
    assert 'data-frozen="01-1"' in html(first)
    assert first.cells[2].outputs[0].data["text/plain"].startswith("1 + 0 = binary 01")
    assert first.cells[3].outputs[0].text == "stored by 3"
    assert (tmp_path / "packs" / "01-1.js").exists()
    no_run()
    again = frozen.notebook(lesson, tmp_path / "others")
    assert html(again) == html(first)
    packs = [tmp_path / folder / "01-1.js" for folder in ("packs", "others")]
    assert packs[0].read_bytes() == packs[1].read_bytes()
    write(tmp_path, MAKES.replace("x2=0", "x2=1"), USES)
    with pytest.raises(AssertionError, match="a kernel was started"):
        frozen.notebook(lesson, tmp_path / "packs")


def test_a_lab_hangs_on_the_cells_before_it_and_on_the_code(lesson, tmp_path, monkeypatch):
    frozen.notebook(lesson, tmp_path)
    assert kept.load("01-1", [MAKES], tmp_path)
    assert kept.load("01-1", ["x = 1", MAKES], tmp_path) is None
    assert kept.load("01-2", [MAKES], tmp_path) is None
    monkeypatch.setattr(kept, "_libraries", lambda: ["another"])
    assert kept.load("01-1", [MAKES], tmp_path) is None


def test_what_a_lab_hangs_on_is_the_code_that_was_loaded_not_the_page_around_it():
    files = kept.inputs([])["files"]
    assert {"course/live/labs.py", "course/live/frozen/pack.py", "nnlib/network.py"} <= set(files)
    assert {"data/ledger.csv", "course/lesson01/questions.md"} & set(files)
    assert not [file for file in files if file.endswith(("fragment.py", "hook.py"))]


def test_a_cell_that_fails_is_told(lesson, tmp_path):
    write(tmp_path, "1 / 0")
    with pytest.raises(Exception, match="ZeroDivisionError"):
        frozen.notebook(lesson, tmp_path)
