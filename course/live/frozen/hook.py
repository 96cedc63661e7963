"""What a kernel imports when it starts to run a lesson whose labs are to be frozen."""

import itertools
import os

from course.live.frozen import kept
from course.live.frozen.freezing import freeze
from course.live.labs import Lab

FOLDER, LESSON = "NNLIB_FROZEN_FOLDER", "NNLIB_FROZEN_LESSON"  # for packs; number of the lesson


def start(shell):
    """Show every lab as a frozen one from now on."""
    cells, numbers, lesson = [], itertools.count(1), os.environ[LESSON]
    shell.events.register("pre_run_cell", lambda info: cells.append(info.raw_cell))

    def show(lab, **_):
        fragment = frozen(lab, f"{lesson}-{next(numbers)}", cells)
        return {"text/html": fragment.html, "text/plain": fragment.text}

    Lab._repr_mimebundle_ = show


def frozen(lab, name, cells):
    """The `Fragment` of a lab, kept from the last time or made now."""
    folder = os.environ[FOLDER]
    found = kept.load(name, cells, folder)
    if found is None:
        found = freeze(lab, folder, name)
        kept.save(found, kept.inputs(cells))
    return found
