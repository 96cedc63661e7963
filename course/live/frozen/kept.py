"""Frozen labs kept from one build of the pages to the next, as long as nothing changes in them.

A lab hangs on the cells of its lesson up to the one that shows it, on the code and the questions
that its kernel had loaded by then, on the files in data/, on which set of digits is here, and on
the libraries that draw. All this is noted beside it, and compared the next time.
"""

import hashlib
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
import PIL

from course.live.frozen.fragment import Fragment
from course.paths import ROOT
from nnlib import mnist

FOLDER = "NNLIB_FROZEN"  # environment variable: where they are kept, in place of build/frozen
# They write the page around what is frozen, and do not change it.
OF_THE_PAGE = {"fragment.py", "hook.py", "kept.py", "lesson_run.py", "__init__.py"}


def folder():
    """Where labs of the digits that are here are kept."""
    return Path(os.environ.get(FOLDER) or ROOT / "build" / "frozen") / _digits()


@cache
def _digits():
    return mnist.load().name


def inputs(cells):
    """What a lab that is shown now hangs on; cells: sources of the code cells so far."""
    modules = [getattr(module, "__file__", None) for module in list(sys.modules.values())]
    files = {Path(file) for file in modules if file and _is_ours(Path(file))}
    files |= {file.parent / "questions.md" for file in files if file.stem == "__init__"}
    files |= {file for file in (ROOT / "data").iterdir() if file.suffix in (".csv", ".npz")}
    return {"cells": digest(cells), "libraries": _libraries(), "files": _digests(files)}


def _is_ours(file):
    page = file.parent == Path(__file__).parent and file.name in OF_THE_PAGE
    return not page and any(file.is_relative_to(ROOT / name) for name in ("nnlib", "course"))


def _libraries():
    return [np.__version__, matplotlib.__version__, PIL.__version__]


def _digests(files):
    return {str(file.relative_to(ROOT)): _digest_of(file) for file in sorted(files)}


def _digest_of(file):
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None


def digest(cells):
    """A word for these sources."""
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def load(name, cells, folder_of_packs):
    """The `Fragment` of a lab that is kept under this name and is as it was; otherwise None.

    cells: sources of the code cells up to the lab.  Its pack is copied to `folder_of_packs`.
    """
    noted = _read(f"{name}.json")
    if noted is None or noted["inputs"]["cells"] != digest(cells) or not _holds(noted["inputs"]):
        return None
    pack = Path(folder_of_packs) / f"{name}.js"
    shutil.copyfile(folder() / pack.name, pack)
    return Fragment(noted["look"], pack)


def save(fragment, inputs):
    """Keep a frozen lab with what it hangs on."""
    folder().mkdir(parents=True, exist_ok=True)
    name = fragment.look["name"]
    shutil.copyfile(fragment.pack, folder() / f"{name}.js")
    _write(f"{name}.json", {"inputs": inputs, "look": fragment.look})


def places(lesson, cells):
    """Names of the labs by the number of their code cell, if all cells are as they were."""
    noted = _read(f"{lesson}.json")
    if noted is None or noted["cells"] != digest(cells):
        return None
    return {int(cell): names for cell, names in noted["labs"].items()}


def save_places(lesson, cells, labs):
    """Keep which code cells show which labs."""
    folder().mkdir(parents=True, exist_ok=True)
    _write(f"{lesson}.json", {"cells": digest(cells), "labs": labs})


def _holds(noted):
    files = {ROOT / name for name in noted["files"]}
    return noted["libraries"] == _libraries() and noted["files"] == _digests(files)


def _read(name):
    file = folder() / name
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None


def _write(name, content):
    (folder() / name).write_text(json.dumps(content), encoding="utf-8")
