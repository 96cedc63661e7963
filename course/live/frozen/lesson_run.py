"""A lesson run in a kernel of its own, in which every lab is frozen when its cell shows it."""

import os
import re
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from course.live.frozen import kept
from course.live.frozen.hook import FOLDER, LESSON
from course.paths import ROOT

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
START_UP = "from course.live.frozen import hook\n\nhook.start(get_ipython())\ndel hook\n"


def notebook(path, folder, timeout=3600):
    """A lesson in whose outputs the labs are frozen; everything else in it is as it was stored.

    path: of a notebook whose name begins with the number of the lesson.  folder: where the packs
    of its labs go, `NN-M.js`, M counting from 1.  timeout: seconds for one cell.
    Labs that are kept from an earlier run are not made again, and if all are no cell is run.
    Raises nbclient's CellExecutionError if a cell fails.
    """
    lesson, folder = nbformat.read(path, as_version=4), Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    number = Path(path).name[:2]
    shown = _kept(lesson, number, folder) or _made(path, number, folder, timeout)
    for place, cell in enumerate(_code(lesson)):
        if place in shown:
            cell.outputs = shown[place]
    return lesson


def _code(lesson):
    """The cells that a kernel runs."""
    return [cell for cell in lesson.cells if cell.cell_type == "code" and cell.source.strip()]


def _kept(lesson, number, folder):
    """Outputs of the cells with labs by the number of the code cell; None if one is not kept."""
    sources = [cell.source for cell in _code(lesson)]
    shown = {}
    for place, names in (kept.places(number, sources) or {}).items():
        found = [kept.load(name, sources[: place + 1], folder) for name in names]
        if None in found:
            return None
        shown[place] = [_output(one) for one in found]
    return shown


def _output(fragment):
    data = {"text/html": fragment.html, "text/plain": fragment.text}
    return nbformat.v4.new_output("display_data", data)


def _made(path, number, folder, timeout):
    """The same outputs, from a run of the lesson."""
    lesson = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as private:
        execute(lesson, timeout, private, _environment(Path(private), folder, number))
    labs, shown = {}, {}
    for place, cell in enumerate(_code(lesson)):
        shown[place] = [one for one in map(_frozen, cell.outputs) if one]
        names = re.findall('data-frozen="(.+?)"', str(shown[place]))
        if names:
            labs[place] = names
    kept.save_places(number, [cell.source for cell in _code(lesson)], labs)
    return {place: shown[place] for place in labs}


def _frozen(output):
    """The output as it is stored, if it shows a frozen lab."""
    if "data-frozen" in output.get("data", {}).get("text/html", ""):
        return nbformat.v4.new_output("display_data", output.data)
    return None


def execute(lesson, timeout, working_folder, environment):
    """Run all cells of a notebook, in place; what they write goes to the working folder."""
    client = NotebookClient(
        lesson,
        timeout=timeout,
        kernel_name="python3",
        resources={"metadata": {"path": working_folder}},
        store_widget_state=False,
    )
    client.execute(env=environment)


def _environment(private, folder, number):
    """The variables of the kernel: its start-up, and where the packs go."""
    start_up = private / "profile_default" / "startup"
    start_up.mkdir(parents=True)
    (start_up / "freeze.py").write_text(START_UP, encoding="utf-8")
    own = {
        "IPYTHONDIR": str(private),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
        "NNLIB_PROGRESS": "off",  # what is frozen is nobody's record
        FOLDER: str(folder.resolve()),
        LESSON: number,
    }
    return os.environ | ONE_THREAD | own
