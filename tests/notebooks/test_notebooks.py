"""What nbval does not prove: that the notebooks were run, whole, in order, and stored clean."""

import hashlib
import io
import os
import re
import statistics
from pathlib import Path

import nbformat
import pytest
from PIL import Image

from course.paths import LESSONS, ROOT
from tests.course.pictures import has_picture, stored_picture
from tools.store_notebooks import clean, lessons

NOTEBOOKS = lessons()
MAX_OUTPUT = 200_000  # bytes
MACHINE_PATHS = (str(ROOT), os.path.expanduser("~") + os.sep, "/tmp/", "site-packages", "C:\\")


def read(path):
    return nbformat.read(path, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def outputs(notebook):
    return [(cell, output) for cell in code_cells(notebook) for output in cell.outputs]


def test_there_are_lessons():
    assert len(NOTEBOOKS) >= 2


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return read(request.param)


def test_format_is_valid_and_cells_have_ids(notebook):
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_every_code_cell_was_run_in_order(notebook):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))
    assert all(cell.source.strip() for cell in notebook.cells), "an empty cell"


def test_errors_only_where_the_cell_is_tagged_for_one(notebook):
    for cell, output in outputs(notebook):
        tagged = "raises-exception" in cell.metadata.get("tags", [])
        assert tagged or output.output_type != "error", cell.source
    for cell in code_cells(notebook):
        if "raises-exception" in cell.metadata.get("tags", []):
            assert any(output.output_type == "error" for output in cell.outputs), cell.source


def test_ignored_outputs_have_a_reason(notebook):
    for cell in code_cells(notebook):
        ignored = {"nbval-ignore-output", "nbval-skip"} & set(cell.metadata.get("tags", []))
        assert not ignored or cell.metadata.get("reason"), cell.source
        if "nbval-skip" in ignored:
            assert "skip-execution" in cell.metadata.tags
        assert not re.search(r"#\s*(NBVAL|PYTEST_VALIDATE)", cell.source), cell.source


def test_nothing_is_stored_that_changes_from_run_to_run(notebook):
    assert set(notebook.metadata) == {"kernelspec", "language_info", "computed_with"}
    for cell, output in outputs(notebook):
        assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {}), cell.source
        assert output.get("name") != "stderr", cell.source
        assert "execution" not in cell.metadata
        text = output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))
        assert "Warning" not in text, cell.source
        assert not re.search(r" object at 0x|<Figure size", text), cell.source


def test_what_a_cell_printed_is_one_output(notebook):
    for cell in code_cells(notebook):
        names = [output.get("name") for output in cell.outputs]
        assert not [name for name, after in zip(names, names[1:]) if name and name == after]


def test_pieces_that_were_printed_are_stored_as_one():
    texts = "Epoch 0", "\n", "Epoch 1\n", "Epoch 0"
    first, second, third, last = (nbformat.v4.new_output("stream", text=text) for text in texts)
    picture = nbformat.v4.new_output("display_data", {"text/plain": "picture"})
    cell = nbformat.v4.new_code_cell("print()", outputs=[first, second, third, picture, last])
    stored = clean(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs
    assert [output.get("text") for output in stored] == ["Epoch 0\nEpoch 1\n", None, "Epoch 0"]


def test_no_path_of_a_machine(request, notebook):
    text = nbformat.writes(notebook)
    assert not [path for path in MACHINE_PATHS if path in text]


def test_outputs_are_small(notebook):
    for cell, output in outputs(notebook):
        assert len(str(output)) < MAX_OUTPUT, cell.source


def test_every_picture_is_real_and_has_a_sentence(notebook):
    for cell, output in outputs(notebook):
        data = output.get("data", {})
        assert "image/png" not in data, "a second copy of a picture"
        if not has_picture(data):
            continue
        alt, _, png = stored_picture(data)
        assert alt == data["text/plain"]
        assert len(alt.split()) >= 8, cell.source
        image = Image.open(io.BytesIO(png))
        assert image.width >= 400
        assert len(image.convert("L").getcolors(256)) > 3, "an empty picture"
    for cell in notebook.cells:
        for alt in re.findall(r"!\[(.*?)\]\(", cell.source):
            assert len(alt.split()) >= 5, cell.source
        assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", cell.source)), cell.source


def test_two_cells_have_the_same_picture_only_where_they_show_the_same_lab():
    made = {}
    for cell, output in (pair for path in NOTEBOOKS for pair in outputs(read(path))):
        if has_picture(output.get("data", {})):
            pixels = Image.open(io.BytesIO(stored_picture(output.data)[2])).tobytes()
            lab = re.search(r"\w+Lab\(.*\)", cell.source)
            makers = made.setdefault(hashlib.sha256(pixels).digest(), set())
            makers.add(lab[0] if lab else cell.id)
    assert len(made) > 100
    assert not [makers for makers in made.values() if len(makers) > 1]


def test_all_lessons_were_computed_with_the_same(notebook):
    assert notebook.metadata.computed_with == read(NOTEBOOKS[0]).metadata.computed_with
    assert notebook.metadata.computed_with.digits == "full"


def test_code_cells_are_short(notebook):
    lengths = [
        len([line for line in cell.source.splitlines() if line.strip()])
        for cell in code_cells(notebook)
    ]
    assert max(lengths) <= 20
    assert statistics.median(lengths) <= 6


def test_no_trailing_semicolon(notebook):
    for cell in code_cells(notebook):
        assert not cell.source.rstrip().endswith(";"), cell.source


def test_shape_of_a_lesson(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert notebook.cells[0].source.startswith("# ")
    for part in ("You will learn", "You need", "minutes", "## Summary", "Common mistakes", "Next"):
        assert part in text, f"the lesson has no {part!r}"


def test_links_between_lessons_exist(notebook):
    for cell in notebook.cells:
        for target in re.findall(r"\]\(([\w./-]+\.(?:ipynb|md))\)", cell.source):
            assert (LESSONS / Path(target)).exists(), target


@pytest.mark.parametrize("index", ["README.md", "notebooks/README.md"])
def test_minutes_of_the_indexes_are_the_lessons_own(index):
    text = (ROOT / index).read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d\d) .*?\)\s*\| (\d+)[ ,|]", text, flags=re.MULTILINE)
    assert len(rows) >= 9
    for number, minutes in rows:
        (path,) = [path for path in NOTEBOOKS if path.name.startswith(number)]
        told = re.search(r"(\d+) minutes", "\n".join(cell.source for cell in read(path).cells))
        assert told.group(1) == minutes, path.name
