"""The answers in a student's notebooks, each with the code of the notebook that it needs.

An answer is the cell that the metadata name, or the course's id of the cell; where both were lost,
the cell above the one that checks it. What stands between it and that check belongs to it.
"""

import ast
import functools
import json
import re
from dataclasses import dataclass

from course import exercises, merge_notebooks, paths, student_copy
from course.ask.exercise import Prediction
from course.teach import needed_code

CHECK = re.compile(r"\bquestions\.(?P<attribute>\w+)\.check\(")
PAGE = re.compile(r"\bcourse\.lesson(?P<page>\d\d)\b")


@dataclass(frozen=True)
class Answer:
    """What a student answered to one exercise.

    source: the code.  needs: statements of the notebook to run before it.  target: an expression
    for what is checked.  place: notebook and cell.  found: how, if the cell had lost its mark.
    near: another cell by it that makes what is checked; it is not taken.
    """

    exercise: str
    source: str
    needs: tuple[str, ...]
    target: str
    place: str
    found: str = ""
    near: str = ""

    @property
    def is_blank(self):
        """Whether it is what the course gave."""
        return self.source.strip() == graded()[self.exercise].starter.strip()


@functools.cache
def graded():
    """name -> Exercise, of all that are answered in code."""
    return {one.name: one for one in exercises.all() if not isinstance(one, Prediction)}


def collect(notebooks):
    """(name of the exercise -> Answer, sentences on what had to be decided or cannot be read).

    notebooks: Documents, those that count more later. Of several answers to an exercise the last
    one that is not blank is taken.
    """
    found, warnings = {}, []
    for document in notebooks:
        try:
            answers = _in_notebook(document)
        except (OSError, ValueError) as error:
            warnings.append(f"{document.label}: not graded. {error}")
            continue
        for answer in answers:
            found.setdefault(answer.exercise, []).append(answer)
            if answer.found and not answer.is_blank:
                warnings.append(f"{answer.place}: {answer.exercise}, {answer.found}.")
    return {name: _taken(answers, warnings) for name, answers in found.items()}, warnings


def _taken(answers, warnings):
    """The last answer that is not blank; a warning if there are others that say something else."""
    filled = [answer for answer in answers if not answer.is_blank] or answers[-1:]
    if filled[-1].is_blank and filled[-1].near:
        warnings.append(
            f"{filled[-1].place}: {filled[-1].exercise} is as the course gave it, but "
            f"{filled[-1].near} makes `{filled[-1].target}`. That cell was not graded."
        )
    others = [answer for answer in filled if answer.source != filled[-1].source]
    if others:
        warnings.append(
            f"{answers[0].exercise} is answered {len(filled)} times. Taken: {filled[-1].place}; "
            f"not taken: {', '.join(dict.fromkeys(answer.place for answer in others))}."
        )
    return filled[-1]


def _in_notebook(document):
    """The answers in one notebook, in the order of its cells."""
    cells = [cell for cell in student_copy.parsed(document.read_bytes())["cells"] if _is_code(cell)]
    sources = [merge_notebooks.text(cell) for cell in cells]
    page = next((one["page"] for one in map(PAGE.search, sources) if one), None)
    checks = _checks(sources, page)
    marked = [_named(cell) for cell in cells]
    lost = {name for name in checks if name not in [one for one, _ in marked]}
    for name in lost:
        if (place := _above(checks[name], sources, marked)) is not None:
            marked[place] = name, "found by the check below it, for its mark was lost"
    statements = [needed_code.statements(source) for source in sources]
    return [
        _answer(document, number, marked, sources, statements, checks)
        for number, (name, _) in enumerate(marked)
        if name
    ]


def _is_code(cell):
    """Whether a cell is run: code but for proofs, and an answer that was made text by a slip."""
    evidence = "evidence" in merge_notebooks.tags(cell)
    return (cell["cell_type"] == "code" and not evidence) or bool(_named(cell)[0])


def _named(cell):
    """(the exercise that a cell says it answers or None, how it was found if not by that)."""
    name = cell["metadata"].get("exercise")
    if isinstance(name, str) and name in graded():
        return name, ""
    name = _ids().get(cell.get("id"))
    return name, "found by the id of its cell, for its mark was lost" if name else ""


@functools.cache
def _ids():
    """id of the cell -> exercise, as the course gives them."""
    found = {cell.get("id"): merge_notebooks.exercise(cell) for cell in _course_cells()}
    return {key: name for key, name in found.items() if key and name in graded()}


@functools.cache
def _given():
    """The sources of all cells of the course."""
    return {merge_notebooks.text(cell) for cell in _course_cells()}


def _course_cells():
    for path in sorted(paths.LESSONS.glob("*.ipynb")):
        yield from json.loads(path.read_bytes())["cells"]


def _checks(sources, page):
    """exercise -> number of the cell that checks it."""
    by_attribute = {one.attribute: name for name, one in graded().items() if one.page == page}
    found = {}
    for number, source in enumerate(sources):
        for call in CHECK.finditer(source):
            if name := by_attribute.get(call["attribute"]):
                found.setdefault(name, number)
    return found


def _above(check, sources, marked):
    """The number of the cell above a check that may be the answer, or None."""
    if check and not marked[check - 1][0] and "questions." not in sources[check - 1]:
        return check - 1
    return None


def _answer(document, number, marked, sources, statements, checks):
    """The Answer that begins in the cell of this number and ends before its check."""
    name, found = marked[number]
    end = checks.get(name, number)
    if end <= number or any(other for other, _ in marked[number + 1 : end]):
        end = number
    first = sources[number]
    first = first if needed_code.as_python(first) == first else _plain(statements[number])
    inside = [first, *(_plain(statements[k]) for k in range(number + 1, end + 1))]
    own = [one for k in range(number, end + 1) for one in statements[k]]
    above = [one for part in statements[:number] for one in part]
    below = [one for part in statements[end + 1 :] for one in part]
    target = graded()[name].variable
    if own and not any(target in one.makes for one in own):
        target = _argument(sources[end], name) or target
    source = "\n\n".join(part for part in inside if part)
    needs = needed_code.needed([*own, *needed_code.statements(target)], above, below)
    place = f"{document.label}, cell {number + 1}"
    near = _near(number, end, target, marked, sources, checks)
    return Answer(name, source, tuple(needs), target, place, found, near)


def _near(start, end, target, marked, sources, checks):
    """A student's own cell by this exercise, before any other one, that makes the target, or ""."""
    borders = {
        -1,
        len(marked),
        *checks.values(),
        *(k for k, (name, _) in enumerate(marked) if name),
    }
    first = max(k for k in borders if k < start) + 1
    last = min(k for k in borders if k > end)
    for k in [*range(end + 1, last), *range(start - 1, first - 1, -1)]:
        own = sources[k] not in _given()
        if own and any(target in one.binds for one in needed_code.statements(sources[k])):
            return f"cell {k + 1}"
    return ""


def _plain(statements):
    return "\n".join(one.text for one in statements)


def _argument(source, name):
    """What the check of an exercise is called with, as text, or None."""
    try:
        nodes = list(ast.walk(ast.parse(needed_code.as_python(source))))
    except (SyntaxError, ValueError, RecursionError):
        return None
    wanted = f"questions.{graded()[name].attribute}.check"
    calls = [one for one in nodes if isinstance(one, ast.Call) and one.args]
    found = [ast.unparse(one.args[0]) for one in calls if ast.unparse(one.func) == wanted]
    return found[-1] if found else None
