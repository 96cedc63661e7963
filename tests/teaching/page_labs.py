"""A lab as its page makes it: the page's own statements, but only those that it needs."""

import ast
import os
from functools import cache

import nbformat

from course.paths import LESSONS
from nnlib import threads
from tests.course.labs import as_at_first

NOT_THE_LESSON = {"figure", "evidence", "answer"}
TRAIN = {"BatchLab", "DepthLab", "HabitsLab", "SaturationLab", "TrainingLab"}
FOR_THE_LAST_RUN = 120  # seconds


@cache
def statements(number):
    """The statements of a lesson's own code cells, in the order of the page."""
    (path,) = LESSONS.glob(f"{number}_*.ipynb")
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    own = [cell for cell in code if not NOT_THE_LESSON & set(cell.metadata.get("tags", ()))]
    return [one for cell in own for one in ast.parse(cell.source).body]


def names(tree, context):
    """The names that a piece of code reads (ast.Load) or sets (ast.Store)."""
    found = [one for one in ast.walk(tree) if isinstance(one, ast.Name)]
    return {one.id for one in found if isinstance(one.ctx, context)}


def changes(statement):
    """The names that a statement sets, or whose object it may change."""
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {(one.asname or one.name).split(".")[0] for one in statement.names}
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    if isinstance(statement, ast.For):  # for net in nets: net.SGD(...) changes what is in nets
        inside = [changes(one) for one in statement.body]
        return names(statement, ast.Store).union(names(statement.iter, ast.Load), *inside)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        called = statement.value.func  # net.SGD(...) may change net, print(net) does not
        return names(called, ast.Load) if isinstance(called, ast.Attribute) else set()
    return names(statement, ast.Store)


def needed(body, call):
    """The statements of `body` that the expression `call` depends on, in their order."""
    wanted, found = names(call, ast.Load), []
    for statement in reversed(body):
        if changes(statement) & wanted:
            wanted |= names(statement, ast.Load)
            found.append(statement)
    return found[::-1]


def is_call(tree, lab):
    """Whether a piece of code is this call; a name alone stands for any call of it."""
    return isinstance(tree, ast.Call) and lab in (ast.unparse(tree), ast.unparse(tree.func))


def find(number, lab):
    """The statements that stand above a lab on its page, and the call that makes it."""
    body = statements(number)
    for n, statement in enumerate(body):
        value = getattr(statement, "value", None)
        if is_call(value, lab):
            return body[:n], value
    raise LookupError(f"lesson {number} has no lab {lab} on its page")


def needs_training(number, lab):
    """Whether a network has to be trained before a lab of a page can be made, or by the lab."""
    above, call = find(number, lab)
    code = [ast.unparse(one) for one in needed(above, call)]
    return lab in TRAIN or any(".SGD(" in one for one in code)


@cache
def make(number, lab, folder=None):
    """The lab of a lesson's page: the first of that name, or the one made by exactly this call.

    folder: where the digits come from, NNLIB_DATA; each has labs of its own.
    """
    above, call = find(number, lab)
    world = {}
    with threads.one_blas_thread():
        for statement in needed(above, call):
            exec(compile(ast.Module([statement], []), lab, "exec"), world)
        return eval(compile(ast.Expression(call), lab, "eval"), world)


def said(number, lab, settings):
    """What a lab says when the controls are set to this, one after the other."""
    made = as_at_first(make(number, lab, os.environ.get("NNLIB_DATA")))
    for name, value in settings.items():
        made.controls[name].value = value
    if hasattr(made, "job"):
        assert made.job.wait(FOR_THE_LAST_RUN)
    return made.sentence
