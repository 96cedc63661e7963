"""The student's own copy of the lessons: made once, brought up to date, never overwritten.

In the copy outputs are cleared and the cells with the tag "evidence" are left out. What belongs to
the student: every cell whose source is not what the course gave, every cell that they added, and
the place of each. The folder remembers what the course gave (`.course/`), so the two can be told
apart when a newer course comes.
"""

import nbformat

from course.paths import LESSONS
from nnlib import storage


def update(folder):
    """Bring the lessons of the course into the student's folder; sentences that say what was done.

    The folder is made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [line for path in sorted(LESSONS.glob("*.ipynb")) for line in _bring(path, folder)]


def handout(notebook):
    """The notebook as a student gets it, changed in place."""
    notebook.cells = [
        cell for cell in notebook.cells if "evidence" not in cell.metadata.get("tags", [])
    ]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _bring(path, folder):
    if (folder / path.name).exists():
        return
    text = nbformat.writes(handout(nbformat.read(path, as_version=4)))
    with storage.replacing(folder / path.name) as file:
        file.write(text.encode())
    yield f"{path.name}: new"
