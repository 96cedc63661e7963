"""Faults in questions.md: marks, truths, tolerances, hints, and what solutions say."""

import ast
import re
from itertools import pairwise

from tests.mutants import python_code, words
from tests.mutants.mutant import Edit

QUESTION = re.compile(r"^# \d\d-.*?(?=^# |\Z)", re.MULTILINE | re.DOTALL)
PART = re.compile(r"^## (\w+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
SAID = ("Solution", "Right", "Options", "Mistakes", "Hints", "Outcome")
OPTION = re.compile(r"^- \[([ x])\] (.*(?:\n(?!- |  >).+)*)", re.MULTILINE)
SAYING = re.compile(r"^  > .*(?:\n  > .*)*", re.MULTILINE)
HINT = re.compile(r"^(\d+)\. (.*(?:\n(?!\d+\. ).+)*)", re.MULTILINE)
ANSWER = re.compile(r"^([-+]?[\d.e-]+)(?: ± ([\d.]+))?", re.MULTILINE)
MISTAKE = re.compile(r"^- (?:× )?(-?\d+(?:\.\d+)?)$", re.MULTILINE)


def faults(text):
    """All faults of a questions.md, as pairs (kind, edits)."""
    questions = list(QUESTION.finditer(text))
    for question in questions:
        yield from of_question(question)
    for one, other in pairwise(questions):
        yield from hints_of_another(one, other)


def of_question(question):
    begin, whole = question.start(), question[0]
    asked = whole[: whole.find("\n## ")]
    yield from moved(said(asked), begin)
    for found in re.finditer(r"\b\d+ min\b", asked):
        yield from moved([("minutes", words.minutes(found[0]))], begin + found.start())
    for part in PART.finditer(whole):
        own = begin + part.start(2)
        yield from moved(of_part(part[1], part[2]), own)


def of_part(name, text):
    """Pairs (kind, faults) of one part of a question."""
    if name == "Options":
        yield "wrong option right", marks(text)
        yield "swapped options", swaps(list(OPTION.finditer(text)), 2)
    if name in ("Options", "Mistakes"):
        yield "swapped sayings", swaps(list(SAYING.finditer(text)), 0)
    if name == "Answer":
        yield "truth", truths(text)
        yield "tolerance", tolerances(text)
    if name == "Mistakes":
        yield "mistake's number", other_mistakes(text)
    if name == "Hints":
        yield "hints out of order", swaps(list(HINT.finditer(text)), 2)
    if name == "Solution":
        yield "code of a solution", code(text)
    if name == "Fresh":
        yield "formula of a fresh number", fresh(text)
    if name in SAID:
        yield from said(text)


def said(text):
    yield "number in a question", words.numbers(text)
    yield "formula in a question", words.formulas(text)
    yield "contrary word in a question", words.contraries(text)


def moved(kinds, by):
    """Pairs (kind, edits) with the places of a part made those of the file."""
    for kind, found in kinds:
        for edits in found:
            edits = edits if isinstance(edits, tuple) else (edits,)
            yield kind, tuple(words.shifted(edit, by) for edit in edits)


def marks(text):
    """The mark of the right option moved to each of the others."""
    found = list(OPTION.finditer(text))
    right = [each for each in found if each[1] == "x"]
    for other in found:
        if other[1] == " ":
            yield Edit(*right[0].span(1), " "), Edit(*other.span(1), "x")


def swaps(found, group):
    """Neighbors exchanged."""
    for one, other in pairwise(found):
        if one[group] != other[group]:
            yield Edit(*one.span(group), other[group]), Edit(*other.span(group), one[group])


def truths(text):
    found = ANSWER.search(text)
    for new in words.slips(found[1].lstrip("+-")) if found else ():
        yield Edit(found.end(1) - len(found[1].lstrip("+-")), found.end(1), new)


def tolerances(text):
    found = ANSWER.search(text)
    if found and found[2]:
        yield Edit(*found.span(2), f"{10 * float(found[2]):g}")
    elif found:
        yield Edit(found.end(), found.end(), " ± 1")


def other_mistakes(text):
    for found in MISTAKE.finditer(text):
        number = found[1].lstrip("-")
        yield Edit(found.end(1) - len(number), found.end(1), next(iter(words.slips(number))))


def code(text):
    """Faults in the Python of a solution."""
    for block in words.BLOCK.finditer(text):
        try:
            found = list(python_code.faults(block[2]))
        except SyntaxError:
            continue
        for _, edits in found:
            if parses(block[2], edits):
                yield tuple(words.shifted(edit, block.start(2)) for edit in edits)


def parses(text, edits):
    from tests.mutants.mutant import edited

    try:
        return ast.dump(ast.parse(edited(text, edits))) != ast.dump(ast.parse(text))
    except SyntaxError:
        return False


def fresh(text):
    """The formula of fresh numbers with another sign, or with two names exchanged."""
    found = re.search(r"^- answer: (.+)$", text, re.MULTILINE)
    for sign in re.finditer(r"[·/+−-]", found[1]):
        new = {"·": "+", "/": "·", "+": "-", "-": "+", "−": "+"}[sign[0]]
        yield words.shifted(Edit(*sign.span(), new), found.start(1))
    for number in re.finditer(r"(?<![\w.])\d+(?![\w.])", found[1]):
        yield words.shifted(Edit(*number.span(), str(int(number[0]) + 1)), found.start(1))


def hints_of_another(one, other):
    """The first hint of the next question in place of one's own."""
    own, next_one = (hints(question) for question in (one, other))
    if own and next_one:
        yield "hint of another question", (Edit(*own[0], next_one[1]),)


def hints(question):
    """(span, text) of the first hint of a question; None if it has none."""
    part = next((part for part in PART.finditer(question[0]) if part[1] == "Hints"), None)
    hint = HINT.search(part[2]) if part else None
    if not hint:
        return None
    by = question.start() + part.start(2)
    return (by + hint.start(2), by + hint.end(2)), hint[2]
