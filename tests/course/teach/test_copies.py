"""The answer cells of the lessons: empty as shipped, and right in a solved copy."""

import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from course import exercises
from course.teach import copies
from tools.store_notebooks import lessons

pytestmark = pytest.mark.trains

NO_HISTORY = Config(HistoryManager={"enabled": False})  # it would start a thread


def read(path):
    return nbformat.read(path, as_version=4)


WITH_ANSWERS = [path for path in lessons() if copies.answer_cells(read(path))]
if not WITH_ANSWERS:
    pytest.skip("no lesson has answer cells yet", allow_module_level=True)


@pytest.fixture(params=WITH_ANSWERS, ids=lambda path: path.stem)
def path(request):
    return request.param


def outputs(cells):
    """The text of the outputs of some cells."""
    return "\n".join(
        str(output.get("text") or output.get("data", {}).get("text/plain"))
        for cell in cells
        for output in cell.get("outputs", [])
    )


def checks(notebook):
    """(cells that come after an answer cell and check it, by the name of the exercise)."""
    found, current = {}, None
    for cell in notebook.cells:
        if "answer" in cell.metadata.get("tags", []):
            current = cell.metadata["exercise"]
        elif current and ".check(" in cell.source:
            found[current], current = cell, None
    return found


def test_answer_cells_hold_the_starter(path):
    for cell in copies.answer_cells(read(path)):
        assert cell.source == copies.clear(cell), "run: python -m course clear"


def test_every_answer_is_checked_in_a_cell_after_it(path):
    notebook = read(path)
    named = [cell.metadata["exercise"] for cell in copies.answer_cells(notebook)]
    assert list(checks(notebook)) == named
    for name, cell in checks(notebook).items():
        assert f"({exercises.get(name).variable})" in cell.source
        assert "Not attempted yet." in outputs([cell])


@pytest.mark.filterwarnings("ignore::nnlib.mnist.SmallDataWarning")
def test_a_solved_copy_is_right_everywhere(path, monkeypatch):
    """Only what exercises need is run, in this process: imports, answers and checks."""
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    notebook = read(path)
    copies.change(notebook, copies.solve)
    answers, checking = copies.answer_cells(notebook), list(checks(notebook).values())
    shell = InteractiveShell(config=NO_HISTORY)
    for cell in notebook.cells:
        is_import = cell.cell_type == "code" and cell.source.startswith(("from", "import"))
        is_import = is_import and "evidence" not in cell.metadata.get("tags", [])
        if is_import or cell in answers or cell in checking:
            result = shell.run_cell(cell.source)
            result.raise_error()
            if cell in checking:
                assert repr(result.result).startswith("Right."), cell.source
