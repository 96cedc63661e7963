"""How long the lessons take to run on this computer, as a student gets them.

    python -m tests.teaching.run_times         all lessons, as rows of the table in TEACHING.md
    python -m tests.teaching.run_times 04 07   some of them

Seconds are those of the processor, so that other programs do not count. A computer that has nothing
else to do needs about as long by the clock.
"""

import argparse

import nbformat

from tools import store_notebooks

USED = "import time\n\nprint(time.process_time())"


def seconds(path):
    """The processor's seconds for a lesson, from the start of its kernel to the last cell."""
    notebook = nbformat.read(path, as_version=4)
    cells = [one for one in notebook.cells if "evidence" not in one.metadata.get("tags", ())]
    notebook.cells = [*cells, nbformat.v4.new_code_cell(USED)]
    store_notebooks.execute(notebook)
    return float(notebook.cells[-1].outputs[0].text)


def main():
    """Print a row for each lesson that is asked for."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("notebooks", nargs="*", metavar="NN", help="starts of their names (all)")
    for path in store_notebooks.lessons(parser.parse_args().notebooks):
        print(f"| {path.name[:2]} | {seconds(path):.0f} |", flush=True)


if __name__ == "__main__":
    main()
