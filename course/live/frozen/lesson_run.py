"""A lesson run in a kernel of its own, in which every lab is frozen when its cell shows it."""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course.paths import LESSONS, ROOT

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
START_UP = "__import__('course.live.frozen.hook').live.frozen.hook.start(get_ipython())\n"
FOLDER, LESSON = "NNLIB_FROZEN_FOLDER", "NNLIB_FROZEN_LESSON"


def notebook(path, folder, timeout=3600):
    """A lesson in whose outputs the labs are frozen; everything else in it is as it was stored.

    path: of a notebook.  folder: where the packs of its labs go, `NN-M.js`, M counting from 1.
    timeout: seconds for one cell.
    """
    stored = nbformat.read(path, as_version=4)
    run = nbformat.read(path, as_version=4)
    Path(folder).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        execute(run, timeout, _environment(Path(profile), Path(folder), Path(path)))
    for kept, done in zip(stored.cells, run.cells):
        if any(_is_frozen(output) for output in done.get("outputs", [])):
            kept.outputs = [output for output in done.outputs if _is_frozen(output)]
    return stored


def execute(lesson, timeout, environment):
    """Run all cells of a notebook in the folder of the lessons, in place."""
    client = NotebookClient(
        lesson,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": str(LESSONS)}},
        store_widget_state=False,
    )
    client.execute(env=environment)


def _environment(profile, folder, path):
    """The variables of the kernel: its start-up, and where the packs go."""
    start_up = profile / "profile_default" / "startup"
    start_up.mkdir(parents=True)
    (start_up / "freeze.py").write_text(START_UP, encoding="utf-8")
    return (
        os.environ
        | ONE_THREAD
        | {
            "IPYTHONDIR": str(profile),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
            "NNLIB_PROGRESS": "off",
            FOLDER: str(folder.resolve()),
            LESSON: path.name[:2],
        }
    )


def _is_frozen(output):
    return "data-frozen" in output.get("data", {}).get("text/html", "")
