"""Copies of the notebooks with all answers filled in, or with all answers cleared.

An answer cell has the tag "answer" and the metadata {"exercise": "03-bits"}.
"""

from pathlib import Path

import nbformat

from course.exercises import get
from course.paths import LESSONS
from course.student_copy import parsed
from nnlib import storage


def solve(cell):
    """The source that an answer cell has when it is solved."""
    return get(cell.metadata["exercise"]).solution_code.rstrip("\n")


def clear(cell):
    """The source that an answer cell has before the student has begun."""
    return get(cell.metadata["exercise"]).starter.rstrip("\n")


def answer_cells(notebook):
    """The cells for answers. Raises ValueError if one does not name its exercise."""
    cells = [cell for cell in notebook.cells if "answer" in cell.metadata.get("tags", [])]
    for cell in cells:
        if "exercise" not in cell.metadata:
            raise ValueError(
                f"cell {cell.get('id')} has the tag 'answer' but no 'exercise' in its metadata"
            )
    return cells


def change(notebook, new_source):
    """Fill every answer cell with new_source(cell), in place; the number of changed cells.

    The outputs of changed cells go, and those of the cells that check, since they would be of the
    old answers. Cell ids stay.
    """
    changed = [cell for cell in answer_cells(notebook) if cell.source != new_source(cell)]
    for cell in changed:
        cell.source = new_source(cell)
    checks = [cell for cell in notebook.cells if changed and ".check(" in cell.source]
    for cell in changed + checks:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return len(changed)


def _read(path):
    """A notebook of a file. Raises ValueError that names the file if it is none, or is damaged."""
    with storage.opened(path) as file:
        data = file.read()
    try:
        parsed(data)
        return nbformat.reads(data.decode(), as_version=4)
    except Exception as error:  # nbformat raises errors of many classes
        why = str(error).splitlines()[0]
        raise ValueError(f"{path} cannot be copied: {why} Get this file again.") from error


def write_copies(target, new_source, source=LESSONS, force=False):
    """Write changed copies of all notebooks of the folder `source` into the folder `target`.

    Returns the number of notebooks and of changed cells. The originals are never written to.
    Raises ValueError if there is nothing to copy, if target is source, or if target holds
    notebooks already, unless `force` allows to replace those; then nothing is written.
    """
    source, target = Path(source), Path(target)
    paths = sorted(source.glob("*.ipynb"))
    if not paths:
        raise ValueError(f"There are no notebooks in {source}. Name their folder: --notebooks ...")
    if target.resolve() == source.resolve():
        raise ValueError(f"{target} holds the originals. Name another folder for the copies.")
    if target.exists() and not target.is_dir():
        raise ValueError(f"{target} is a file. Name a folder.")
    if not force and list(target.glob("*.ipynb")):
        raise ValueError(
            f"{target} holds notebooks already. Name an empty folder, or add --force to replace "
            "them."
        )
    copies = {path.name: _read(path) for path in paths}
    cells = sum(change(notebook, new_source) for notebook in copies.values())
    storage.make_folder(target)
    for name, notebook in copies.items():
        if (target / name).is_symlink():  # it may lead to an original
            (target / name).unlink()
        with storage.replacing(target / name) as file:
            file.write((nbformat.writes(notebook).rstrip("\n") + "\n").encode())
    return len(copies), cells
