"""Faults in notebooks: prose, formulas, tables, code, assertions, stored outputs and pictures."""

import ast
import json
import re
from itertools import pairwise

from tests.mutants import python_code, words
from tests.mutants.mutant import Edit, got
from tests.mutants.question_files import parses

ALT = re.compile(r'(?<=<img alt=")[^"]*(?=")')
PIXELS = re.compile(r"(?<=base64,)[\w+/=]+")
STORED = re.compile(r"\d[\d,]*(?:\.\d+)?(?:e[-+]\d+)?")
LIMIT = re.compile(r"(?<![\w.])(?:[-+]?\d+(?:\.\d+)?(?:e-?\d+)?)(?![\w.])")
CODE_OF_FIGURES = {"swapped colors", "swapped settings", "swapped arguments", "dropped call"}


def faults(text):
    """All faults of a notebook, as pairs (kind, edits)."""
    notebook = json.loads(text)
    pictures = []
    for n, cell in enumerate(notebook["cells"]):
        source = ("cells", n, "source")
        if cell["cell_type"] == "markdown":
            yield from in_part(prose(got(notebook, source)), source)
        else:
            tags = cell["metadata"].get("tags", [])
            yield from in_part(code(got(notebook, source), tags), source)
            yield from sentences(notebook, n)
            yield from stored(notebook, n)
            pictures += pictures_of(notebook, n)
    yield from exchanged(pictures)


def in_part(kinds, part):
    for kind, found in kinds:
        for edits in found:
            edits = edits if isinstance(edits, tuple) else (edits,)
            yield kind, placed(edits, part)


def placed(edits, part):
    return tuple(Edit(edit.start, edit.end, edit.new, part) for edit in edits)


def prose(text):
    tables = r"^\|.*\|$"
    plain = re.sub(tables, lambda found: " " * len(found[0]), text, flags=re.MULTILINE)
    yield "number in prose", words.numbers(plain)
    yield "formula in prose", words.formulas(text)
    yield "number in a table", numbers_of_tables(text)
    yield "cells of a table swapped", words.cells_of_tables(text)
    yield "contrary word in prose", words.contraries(text)
    yield "code in prose", words.code_in_prose(text)
    yield "lesson named", words.lessons(text)
    yield "link", words.links(text)
    yield "minutes", words.minutes(text)


def numbers_of_tables(text):
    for row in re.finditer(r"^\|.*\|$", text, re.MULTILINE):
        yield from (words.shifted(edit, row.start()) for edit in words.numbers(row[0]))


def code(text, tags):
    """Faults of a code cell; what the cell magics hold is no Python."""
    try:
        ast.parse(text)
    except SyntaxError:
        return
    yield "assertion weakened", weakened(text)
    if "figure" in tags:
        found = [edits for kind, edits in python_code.faults(text) if kind in CODE_OF_FIGURES]
        yield "code of a figure", (edits for edits in found if parses(text, edits))
    elif "evidence" not in tags:
        found = [edits for _, edits in python_code.faults(text)]
        yield "code of a lesson", (edits for edits in found if parses(text, edits))


def weakened(text):
    """Assertions removed, made empty, and widened."""
    source = python_code.Source(text)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Assert):
            yield source.replaced(node, "pass")
            yield source.replaced(node.test, "True")
            yield from widened(source, node.test)


def widened(source, test):
    """A lower limit lower, an upper one higher, an equality a comparison, a tolerance wider."""
    for node in ast.walk(test):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for (left, right), operator in zip(pairwise(sides), node.ops):
                yield from wider(source, left, right, operator)
        if isinstance(node, ast.keyword) and node.arg in ("atol", "rtol", "abs", "rel"):
            yield source.replaced(node.value, f"10 * ({source.of(node.value)})")


def wider(source, left, right, operator):
    up = isinstance(operator, ast.Lt | ast.LtE)
    if isinstance(operator, ast.Lt | ast.LtE | ast.Gt | ast.GtE):
        if python_code.number(right):
            yield source.replaced(right, limit(right.value, up))
        if python_code.number(left):
            yield source.replaced(left, limit(left.value, not up))
    if isinstance(operator, ast.Eq):
        yield source.between(left, right, "==", ">=")


def limit(value, up):
    """A limit that lets pass much more, on one of its sides."""
    if not value:
        return "1" if up else "-1"
    return f"{value * 10 if up == (value > 0) else value / 10:g}"


def sentences(notebook, n):
    """A picture's sentence with a wrong number or word, in the code and in what is stored."""
    source = ("cells", n, "source")
    text = got(notebook, source)
    for m, part in texts_of_outputs(notebook, n):
        if m != "text/html" or "<img alt" not in (html := got(notebook, part)):
            continue
        alt = ALT.search(html)
        for edit in [*words.all_numbers(alt[0]), *words.contraries(alt[0])]:
            old = alt[0][edit.start : edit.end]
            place = text.rfind(around(alt[0], edit))
            if place < 0 or len(around(alt[0], edit)) < 2 + len(old):
                continue  # made by the code from what it computed
            begin = place + len(before(alt[0], edit))
            plain = (*part[:-1], "text/plain")
            yield (
                "sentence of a picture",
                (
                    Edit(begin, begin + len(old), edit.new, source),
                    Edit(alt.start() + edit.start, alt.start() + edit.end, edit.new, part),
                    Edit(edit.start, edit.end, edit.new, plain),
                ),
            )


def before(text, edit):
    return text[max(0, edit.start - 12) : edit.start]


def around(text, edit):
    """A changed word with the letters around it, to find it in another text."""
    return before(text, edit) + text[edit.start : edit.end + 6]


def texts_of_outputs(notebook, n):
    """Pairs (form, part) of the stored texts of a code cell."""
    for number, output in enumerate(notebook["cells"][n]["outputs"]):
        way = ("cells", n, "outputs", number)
        if "text" in output:
            yield "text/plain", (*way, "text")
        for form in output.get("data", {}):
            yield form, (*way, "data", form)


def stored(notebook, n):
    """Numbers of stored outputs, and the sentence under a stored picture."""
    for form, part in texts_of_outputs(notebook, n):
        text = got(notebook, part)
        if form == "text/html" and (alt := ALT.search(text)):
            found = words.all_numbers(alt[0])
            changes = [words.shifted(edit, alt.start()) for edit in found]
            yield from in_part([("alt text stored", changes)], part)
        elif form == "text/plain":
            yield from in_part([("number stored", words.all_numbers(text))], part)


def pictures_of(notebook, n):
    """(part, span, pixels) of each stored picture."""
    for form, part in texts_of_outputs(notebook, n):
        if form == "text/html" and (found := PIXELS.search(got(notebook, part))):
            yield part, found.span(), found[0]


def exchanged(pictures):
    """The picture of the next cell in place of one's own."""
    for (part, span, _), (_, _, other) in pairwise(pictures):
        yield "picture of another cell", (Edit(*span, other, part),)
