"""Run notebooks from top to bottom and store clean outputs.

    python -m tools.store_notebooks            all lessons
    python -m tools.store_notebooks 07 03      those whose file name starts so

Outputs keep the picture and the sentence of every live figure, and nothing that changes from run
to run: no widget views or state, no times, no kernel version. A notebook says which digits and
which arithmetic it was computed with. One that fails, or writes a warning, is left as it was.
"""

import argparse
import os
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from course.paths import LESSONS

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def lessons(prefixes=()):
    """Paths of the notebooks whose names start with one of the prefixes; all without prefixes."""
    found = sorted(LESSONS.glob("*.ipynb"))
    return [path for path in found if not prefixes or path.name.startswith(tuple(prefixes))]


def execute(notebook):
    """Run all cells of a notebook in its folder, in place."""
    from tools import arithmetic  # not above: NumPy must see ONE_THREAD first

    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        resources={"metadata": {"path": str(LESSONS)}},
        record_timing=False,
        store_widget_state=False,
    )
    client.execute(env=arithmetic.environment())


def clean(notebook):
    """Take out of the outputs and the metadata what changes from run to run."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            kept = [kept for kept in map(_clean_output, cell.outputs) if kept is not None]
            cell.outputs = _joined(kept)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    return notebook


def warnings_in(notebook):
    """What the cells wrote to the standard error stream."""
    return [
        output.text
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    ]


def store(path):
    """Run, clean and write one notebook; what is wrong with it, or None."""
    from tools import arithmetic  # see above

    notebook = nbformat.read(path, as_version=4)
    try:
        execute(notebook)
    except CellExecutionError as error:
        return str(error)
    if found := warnings_in(notebook):
        return "a cell wrote to the error stream:\n" + "\n".join(found)
    clean(notebook).metadata["computed_with"] = arithmetic.of_kernels()
    nbformat.write(notebook, path)
    return None


def _clean_output(output):
    """An output without its widget view; None if nothing else was in it."""
    if "data" in output:
        output.data.pop(WIDGET_VIEW, None)
        if not output.data:
            return None
    return output


def _joined(outputs):
    """The outputs with what was printed in several pieces, as time would have it, as one."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output.get("name") and last.get("name") == output.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def main():
    """Store the lessons named on the command line, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("prefixes", nargs="*", help="start of the file name, for example 07")
    paths = lessons(parser.parse_args().prefixes)
    if not paths:
        sys.exit("No notebook has such a name; look into notebooks/")
    os.environ |= ONE_THREAD | {"NNLIB_PROGRESS": "off"}  # what is stored is nobody's record
    failed = 0
    for path in paths:
        problem = store(path)
        failed += problem is not None
        print(f"{path.name}: {problem or 'stored'}", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
