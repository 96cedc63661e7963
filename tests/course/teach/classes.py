"""Classes of made students: their notebooks with as few cells as an answer needs."""

import functools
import importlib
import io
import json
import zipfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from course import exercises
from course.teach import handed_answers
from tests.course import answers


def answer(name, source, **metadata):
    """An answer cell as the course gives it, with a student's source."""
    return new_code_cell(source, metadata={"tags": ["answer"], "exercise": name} | metadata)


def check(name, argument=None):
    """The cell that checks an exercise."""
    exercise = exercises.get(name)
    return new_code_cell(f"questions.{exercise.attribute}.check({argument or exercise.variable})")


def notebook(sources, page="08"):
    """The bytes of a notebook: the import of a lesson, and for each exercise answer and check."""
    cells = [new_code_cell(f"from course.lesson{page} import questions")]
    for name, source in sources.items():
        cells += [answer(name, source), check(name)]
    return of_cells(cells)


def of_cells(cells):
    """The bytes of a notebook with these cells."""
    return nbformat.writes(new_notebook(cells=cells)).encode()


@functools.cache
def solved():
    """name -> solution of every exercise that is graded."""
    return {name: one.solution_code for name, one in handed_answers.graded().items()}


@functools.cache
def tables():
    """name of the exercise -> the module of the tests that has its table of answers."""
    found = {}
    for path in sorted(Path(answers.__file__).parent.glob("lesson*/answers*.py")):
        module = f"tests.course.{path.parent.name}.{path.stem}"
        found |= dict.fromkeys(importlib.import_module(module).CASES, module)
    return found


def from_table(name, kind, number):
    """The source of an answer that the tests of the course know; kind: "right" or "wrong"."""
    variable = exercises.get(name).variable
    entry = f"CASES[{name!r}].{kind}[{number}]{'[0]' if kind == 'wrong' else ''}"
    return f"from {tables()[name]} import CASES\n{variable} = {entry}"


def write(folder, files):
    """Write files, path below the folder -> bytes; a path that ends in / is an empty folder."""
    for path, data in files.items():
        if path.endswith("/"):
            (folder / path).mkdir(parents=True, exist_ok=True)
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def zipped(files):
    """The bytes of a zip with these files, name -> bytes."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


def progress(**states):
    """The bytes of a progress file: _03_lines="done"."""
    entries = {
        name.replace("_", "-").strip("-"): {"state": state, "tries": 2}
        for name, state in states.items()
    }
    return json.dumps({"version": 1, "exercises": entries}).encode()
