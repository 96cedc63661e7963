"""The grades of a class as one page of HTML that needs nothing else."""

import re
from html import escape
from pathlib import Path
from string import Template

from course.teach import grade_tables, grading, ideas

TEMPLATE = Path(__file__).with_suffix(".html")
SIGNS = {"right": "✓", "wrong": "✗", "error": "!", "none": "–"}


def page(graded, names, seed, out_of, warnings):
    """The whole page as a text."""
    parts = [
        f"<p>{escape(grade_tables.summary(graded, names, seed))}</p>",
        _legend(),
        _class(graded, names, out_of),
        _ideas(graded, names),
        _said(graded),
        _warned([*warnings, *(words for one in graded for words in one.warnings)]),
    ]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(body="\n".join(parts))


def _legend():
    words = {"right": "right", "wrong": "not yet right", "error": "an error", "none": "no answer"}
    signs = (f'<span class="{mark}">{SIGNS[mark]}</span> {words[mark]}' for mark in SIGNS)
    return f"<p>{', '.join(signs)}. The pointer on a sign shows what the answer was told.</p>"


def _class(graded, names, out_of):
    """The table of the class: a row for each student, a column for each exercise."""
    head = "".join(f'<th scope="col" class="exercise">{escape(name)}</th>' for name in names)
    counts = ideas.counts(graded, names)
    feet = "".join(f"<td>{counts[name]['right']}</td>" for name in names)
    rows = "\n".join(_row(one, names, out_of) for one in graded)
    return (
        '<div class="wide students" tabindex="0" role="region" aria-label="Students">\n'
        f'<table class="class">\n<thead><tr><th scope="col">student</th><th scope="col">points of '
        f"{out_of:g}</th>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n"
        f'<tfoot><tr><th scope="row">right</th><td></td>{feet}</tr></tfoot>\n</table>\n</div>'
    )


def _row(one, names, out_of):
    cells = "".join(_cell(one.results[name]) for name in names)
    number = grade_tables.points(one, len(names), out_of)
    return (
        f'<tr><th scope="row">{escape(one.student.name)}</th><td class="number">{number}</td>'
        f"{cells}</tr>"
    )


def _cell(result):
    mark = grade_tables.MARKS[result.outcome]
    said = escape(f"{result.outcome}. {result.message}".strip())
    sign = f'<span role="img" aria-label="{result.outcome}">{SIGNS[mark]}</span>'
    return f'<td class="mark {mark}" title="{said}">{sign}</td>'


def _ideas(graded, names):
    """The wrong ideas of the class, those that most students had first."""
    found = ideas.ranked(graded, names)
    if not found:
        return "<h2>Wrong ideas</h2>\n<p>There were none.</p>"
    rows = "\n".join(
        f'<tr><td class="number">{len(idea.students)} of {len(graded)}</td>'
        f"<td>{escape(idea.exercise)}</td><td>{_with_code(idea.words)}</td>"
        f"<td>{_with_code(idea.message.partition(chr(10))[0])}</td>"
        f"<td>{escape(', '.join(idea.students))}</td></tr>"
        for idea in found
    )
    heads = ("students", "exercise", "wrong idea", "what the first of them was told", "who")
    head = "".join(f'<th scope="col">{words}</th>' for words in heads)
    return (
        "<h2>Wrong ideas</h2>\n"
        '<div class="wide" tabindex="0" role="region" aria-label="Wrong ideas">\n'
        f'<table class="ideas">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _with_code(text):
    """A text with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _said(graded):
    said = [one for one in graded if one.said is not None]
    if not said:
        return ""
    total = len(grading.questions())
    items = "".join(f"<li>{escape(one.student.name)}: {one.said} of {total}</li>" for one in said)
    return (
        "<h2>Said by the student's own file</h2>\n<p>Questions with a short answer that are done. "
        f"A file can be edited, so this is no part of the points.</p>\n<ul>{items}</ul>"
    )


def _warned(warnings):
    items = "".join(f"<li>{escape(words)}</li>" for words in warnings)
    return f"<h2>Look at these</h2>\n<ul>{items}</ul>" if warnings else ""
