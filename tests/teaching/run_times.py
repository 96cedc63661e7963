"""How long the lessons take to run on this computer, as a student gets them.

python -m tests.teaching.run_times         all lessons, as rows of the table in TEACHING.md
python -m tests.teaching.run_times 04 07   some of them
"""

import sys
import time

import nbformat

from tools import store_notebooks


def seconds(path):
    """The seconds that a lesson needs from the first cell to the last, its kernel started anew."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [
        cell for cell in notebook.cells if "evidence" not in cell.metadata.get("tags", ())
    ]
    started = time.perf_counter()
    store_notebooks.execute(notebook)
    return time.perf_counter() - started


def main():
    """Print a row for each lesson that is asked for."""
    for path in store_notebooks.lessons(tuple(sys.argv[1:])):
        print(f"| {path.name[:2]} | {seconds(path):.0f} |", flush=True)


if __name__ == "__main__":
    main()
