"""A lesson as a page or a deck shows it: without a kernel, and without what only the tests need.

What stands in a prepared cell is told by `cell.metadata["shows"]`: "question", "outcome" or
"exercise" (a code cell whose source is not shown and whose one output is HTML), "answer" (the
start of an answer), or nothing for a cell of the lesson itself.
"""

import copy
import re

import nbformat

from course import ask
from course.ask.exercise import Exercise
from course.site import asked, markup

DUE = "questions.due"
DUE_WORDS = "**Back from earlier lessons.**"
CALL = re.compile(r"questions\.(?P<name>\w+)(?P<call>|\.outcome\(\)|\.check\([^()]*\))")
LONG = 60  # rows of a table, from which on it is folded
FIGURES = {"folded": "hide-input", "gone": "remove-input"}


def prepare(notebook, number, figures="folded"):
    """A new notebook: evidence and what is due gone, questions as HTML.

    notebook: an nbformat notebook with its outputs, as stored or with frozen labs.
    number: of the lesson, such as "03".  figures: whether the sources of the cells that draw are
    "folded" or "gone".  Raises LookupError for a question that the lesson does not have.
    """
    made = copy.copy(notebook)
    questions = ask.load(f"course.lesson{number}")
    kept = [cell for cell in _without_due(notebook.cells) if not _has(cell, "evidence")]
    cells = [_cell(copy.deepcopy(cell), questions, FIGURES[figures]) for cell in kept]
    made.cells = [cell for cell in cells if cell is not None]
    return made


def _without_due(cells):
    """The cells without `questions.due` and the sentence before it."""
    return [
        cell
        for cell in cells
        if cell.source.strip() != DUE and not cell.source.startswith(DUE_WORDS)
    ]


def _has(cell, tag):
    return tag in cell.metadata.get("tags", [])


def _cell(cell, questions, figure_tag):
    """The cell as it is shown, or None if it is not."""
    if cell.cell_type != "code":
        return cell
    if found := CALL.fullmatch(cell.source.strip()):
        return _answering(cell, _named(questions, found["name"]), found["call"])
    if _has(cell, "figure"):
        cell.metadata.tags = [*cell.metadata.tags, figure_tag]
    if _has(cell, "answer"):
        cell.metadata["shows"] = "answer"
    for output in cell.outputs:
        _draw_markdown(output.get("data", {}))
    return cell


def _draw_markdown(data):
    """Give an output in Markdown its HTML, a very long table folded, in place."""
    if "text/markdown" not in data:
        return
    data["text/html"] = html = markup.block(data["text/markdown"])
    if (rows := html.count("<tr>")) > LONG:
        data["text/html"] = f"<details><summary>Show all {rows} rows</summary>{html}</details>"


def _named(questions, name):
    try:
        return vars(questions)[name]
    except KeyError:
        raise LookupError(f"a cell shows questions.{name}, which is not in questions.md") from None


def _answering(cell, one, call):
    """A question, what came out, or an exercise as HTML; None for a check, which needs a kernel."""
    if call.startswith(".check"):
        return None
    shows = "outcome" if call else "exercise" if type(one) is Exercise else "question"
    data = {"text/html": getattr(asked, shows)(one), "text/plain": repr(one)}
    cell.metadata = nbformat.from_dict({"tags": ["remove-input"], "shows": shows})
    cell.metadata["question"] = one.name
    cell.outputs = [nbformat.v4.new_output("display_data", data)]
    return cell
