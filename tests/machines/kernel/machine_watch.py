"""In the kernel of a machine run: every comparison in an assertion is recorded as it is made.

Each `assert` of a cell is rewritten before it runs. `assert lost and 0.9 < x < 0.95` becomes

    assert watch.end(watch.begin(7), watch.truth(7, 0, lost)
                     and (watch.pair(7, 1, 0.9, x) and watch.then(7, 2, 0.95)))

so all is evaluated once, in the same order, and fails as before. Recorded are comparisons on which
the outcome rests: also under `not`, within all(...), any(...), .all(), .any(), np.allclose and
np.isclose, but not those that only compute a value, such as np.mean(a == b). Of arrays and loops
within one assertion the element closest to its limit counts. `x > 1 or not full` records nothing
where `not full` decides.

distance: how far inside its limit a comparison is, in its own units; below 0 it does not hold.
"""

import ast
import builtins
import json
import math
import operator
import os
import zlib
from collections.abc import Sized
from dataclasses import dataclass, field
from numbers import Real
from pathlib import Path

import machine_shake
import numpy as np

NAME = "__watch__"  # how the cells reach it, in builtins
NOTEBOOK = "MACHINES_NOTEBOOK"  # environment variable: path of the notebook that is run
OPERATORS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda left, right: left in right,
    "not in": lambda left, right: left not in right,
}
SYMBOLS = dict(
    zip(
        (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn),
        OPERATORS,
    )
)
INSIDE = {
    "<": lambda left, right: right - left,
    "<=": lambda left, right: right - left,
    ">": lambda left, right: left - right,
    ">=": lambda left, right: left - right,
    "==": lambda left, right: -abs(left - right),
    "!=": lambda left, right: abs(left - right),
}
CLOSE = {"allclose", "isclose"}  # of NumPy


@dataclass
class Comparison:
    """One comparison of an assertion.

    want: what it must be, False under `not`.  every: whether it must be so for all elements (or
    passes of a loop) or for one of them.  group: the same number for the sides of an `or`.
    """

    text: str
    op: str
    want: bool
    every: bool
    group: int | None


@dataclass
class Assertion:
    """An assertion of a cell: the number of the code cell from 0, the line in it from 1."""

    cell: int
    line: int
    text: str
    comparisons: list = field(default_factory=list)


class Pass:
    """One evaluation of an assertion: what has been measured so far, by comparison."""

    def __init__(self):
        self.measured, self.spared, self.last = {}, set(), None

    def add(self, number, comparison, measure):
        """Keep a measure; of several the one closest to its limit, or a text made of all."""
        known = self.measured.get(number)
        if known and measure["distance"] is None:
            measure = known | {"left": brief([known["left"], measure["left"]])}
        elif known:
            closest = min if comparison.every else max
            measure = closest(known, measure, key=lambda each: each["distance"])
        self.measured[number] = measure


class Watch:
    """What the rewritten assertions call; `write` gets a dict for each comparison."""

    def __init__(self, write):
        self.write, self.assertions, self.passes = write, [], {}

    def begin(self, n):
        self.passes[n] = Pass()
        return n

    def end(self, n, result):
        """Write down what was measured and hand on the result of the assertion."""
        assertion = self.assertions[n]
        for number, measure in sorted(self.passes[n].measured.items()):
            if number in self.passes[n].spared:
                continue
            comparison = assertion.comparisons[number]
            facts = {"comparison": number, "text": comparison.text, "group": comparison.group}
            place = {"cell": assertion.cell, "line": assertion.line, "assertion": assertion.text}
            self.write(place | facts | measure)
        return result

    def pair(self, n, number, left, right):
        """The first two operands of a comparison."""
        comparison, current = self.assertions[n].comparisons[number], self.passes[n]
        current.last = right
        result = OPERATORS[comparison.op](left, right)
        current.add(number, comparison, measure(comparison, left, right))
        return result

    def then(self, n, number, right):
        """A chain goes on: what stood at the right of the last comparison stands at the left."""
        return self.pair(n, number, self.passes[n].last, right)

    def truth(self, n, number, value):
        """Anything else that must be true; of what has a length, the length counts."""
        comparison = self.assertions[n].comparisons[number]
        if (size := amount(value)) is not None:
            self.passes[n].add(number, comparison, measure(comparison, size, 0))
        return value

    def close(self, n, number, function, a, b, *args, **options):
        """np.allclose or np.isclose: |a - b| against its tolerance; others as `truth`."""
        result = function(a, b, *args, **options)
        if function not in (np.allclose, np.isclose):
            return self.truth(n, number, result)
        comparison = self.assertions[n].comparisons[number]
        rtol, atol = (*args, *(1e-5, 1e-8)[len(args) :])[:2]
        rtol, atol = options.get("rtol", rtol), options.get("atol", atol)
        a, b = (np.asarray(side, dtype=float) for side in (a, b))
        found = measure(comparison, abs(a - b), atol + rtol * abs(b))
        self.passes[n].add(number, comparison, found)
        return result

    def spare(self, n, numbers, *others):
        """Forget these comparisons in this pass if another side of their `or` decides."""
        if any(others):
            self.passes[n].spared |= set(numbers)
        return False


def amount(value):
    """The length of a list and the like, 1 or 0 for other things; None for arrays."""
    if hasattr(value, "dtype") and np.ndim(value):
        return None
    return len(value) if isinstance(value, Sized) else int(bool(value))


def numbers(value):
    """An array of float of a number or of an array of numbers; None for everything else."""
    if not (isinstance(value, Real) or hasattr(value, "dtype")):
        return None
    array = np.asarray(value)
    return array.astype(float) if array.dtype.kind in "iuf" else None


def alike(left, right):
    """Two arrays of numbers in one shape; None if they have no such shape, or no element."""
    if left is None or right is None or not left.size * right.size:
        return None
    try:
        return np.broadcast_arrays(left, right)
    except ValueError:
        return None


def brief(value):
    """Text that is the same for equal values, not longer than a line."""
    if hasattr(value, "dtype"):
        array = np.asarray(value)
        return f"{array.dtype}{list(array.shape)} {zlib.crc32(repr(array.tolist()).encode()):08x}"
    text = repr(sorted(map(repr, value)) if isinstance(value, (set, frozenset)) else value)
    if " at 0x" in text:
        return type(value).__name__
    return text if len(text) <= 60 else f"{text[:50]}... {zlib.crc32(text.encode()):08x}"


def measure(comparison, left, right):
    """The two sides and the distance; of arrays those of the element that decides.

    What are no numbers have no distance, and their text for sides.
    """
    sides = alike(numbers(left), numbers(right))
    if comparison.op not in INSIDE or sides is None:
        return sides_and_distance(comparison, brief(left), brief(right), None)
    left, right = sides
    with np.errstate(invalid="ignore"):
        distance = np.nan_to_num(INSIDE[comparison.op](left, right), nan=-math.inf)
    distance = distance if comparison.want else -distance
    at = np.argmin(distance) if comparison.every else np.argmax(distance)
    return sides_and_distance(
        comparison, *(float(each.flat[at]) for each in (left, right, distance))
    )


def sides_and_distance(comparison, left, right, distance):
    """The form in which a measure is written down."""
    op = comparison.op if comparison.want else f"not {comparison.op}"
    return {"op": op, "left": left, "right": right, "distance": distance}


class Rewriting(ast.NodeTransformer):
    """Of a whole cell: every assertion is rewritten, wherever it stands; see the module."""

    def __init__(self, watch, cell_number=lambda: 0):
        self.watch, self.cell_number = watch, cell_number

    def visit_Assert(self, node):
        assertion = Assertion(self.cell_number(), node.lineno, ast.unparse(node))
        n = len(self.watch.assertions)
        self.watch.assertions.append(assertion)
        test = Test(n, assertion).must(node.test)
        node.test = call("end", call("begin", n), test)
        return ast.fix_missing_locations(node)


class Test:
    """The rewriting of what one assertion asserts."""

    def __init__(self, n, assertion):
        self.n, self.comparisons, self.groups = n, assertion.comparisons, 0

    def must(self, node, want=True, every=True, group=None, fallback=True):
        """The expression, rewritten so that what decides on it is recorded.

        want, every, group: see `Comparison`.  fallback: whether an expression that is no
        comparison is recorded as what it is, true or not.
        """
        here = (want, every, group)
        if isinstance(node, ast.Compare):
            return self.compared(node, *here)
        if isinstance(node, ast.BoolOp):
            return self.joined(node, *here)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
            turned = self.must(node.operand, not want, every, group, fallback)
            return ast.copy_location(ast.UnaryOp(node.op, turned), node)
        if isinstance(node, ast.IfExp):
            branches = (self.must(each, *here) for each in (node.body, node.orelse))
            return ast.IfExp(node.test, *branches)
        if isinstance(node, ast.Call):
            return self.called(node, *here, fallback)
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            sides = (self.must(each, *here, fallback=False) for each in (node.left, node.right))
            left, right = sides
            return ast.BinOp(left, node.op, right)
        return self.new("truth", node, ">", *here, node) if fallback else node

    def new(self, method, node, op, want, every, group, *operands):
        """A call that records a new comparison."""
        self.comparisons.append(Comparison(ast.unparse(node), op, want, every, group))
        return call(method, self.n, len(self.comparisons) - 1, *operands)

    def compared(self, node, want, every, group):
        """`a < b < c` is `a < b and b < c`, with b evaluated once."""
        sides, calls = [node.left, *node.comparators], []
        if len(node.ops) > 1 and not want:
            group = self.new_group()
        for op, left, right in zip(node.ops, sides, sides[1:]):
            link = ast.Compare(left, [op], [right])
            method, operands = ("then", [right]) if calls else ("pair", [left, right])
            symbol = SYMBOLS[type(op)]
            calls.append(self.new(method, link, symbol, want, every, group, *operands))
        return calls[0] if len(calls) == 1 else ast.BoolOp(ast.And(), calls)

    def joined(self, node, want, every, group):
        """`and` and `or`; where one side is enough, the comparisons of both are of one group."""
        either = isinstance(node.op, ast.Or) == want
        here = (want, every, self.new_group() if either else group)
        plain = [each for each in node.values if is_plain(each)] if either and want else []
        if len(plain) == len(node.values):
            return self.new("truth", node, ">", *here, node)
        first = len(self.comparisons)
        values = [each if each in plain else self.must(each, *here) for each in node.values]
        if plain:
            mine = ast.Constant(tuple(range(first, len(self.comparisons))))
            values.insert(0, call("spare", self.n, mine, *plain))
        return ast.BoolOp(node.op, values)

    def called(self, node, want, every, group, fallback):
        """all(...), any(...), x.all(), x.any(), np.allclose(...); else whether it is true."""
        name = getattr(node.func, "attr", getattr(node.func, "id", None))
        if name in ("all", "any"):
            inner = (want, (name == "all") == want, group)
            before = len(self.comparisons)
            rewritten = self.quantified(node, inner)
            if len(self.comparisons) > before:
                return rewritten
        if name in CLOSE and len(node.args) >= 2:
            every = want if name == "allclose" else every
            operands = [node.func, *node.args]
            recording = self.new("close", node, "<=", want, every, group, *operands)
            recording.keywords = node.keywords
            return recording
        return self.new("truth", node, ">", want, every, group, node) if fallback else node

    def quantified(self, node, inner):
        """all or any of something: its argument, or of a method what stands before the point."""
        args, func = node.args, node.func
        if args:
            args = [self.element(args[0], inner), *args[1:]]
        elif isinstance(func, ast.Attribute):
            func = ast.Attribute(self.element(func.value, inner), func.attr, func.ctx)
        return ast.Call(func, args, node.keywords)

    def element(self, node, inner):
        """An array, or what a loop makes in each pass."""
        if isinstance(node, (ast.GeneratorExp, ast.ListComp)):
            return type(node)(self.must(node.elt, *inner), node.generators)
        return self.must(node, *inner, fallback=False)

    def new_group(self):
        self.groups += 1
        return self.groups


def is_plain(node):
    """Whether it is made of names only, so that looking at it changes nothing."""
    allowed = (ast.Name, ast.Load, ast.UnaryOp, ast.Not, ast.BoolOp, ast.And, ast.Or, ast.Constant)
    return all(isinstance(each, allowed) for each in ast.walk(node))


def call(method, *operands):
    """The tree of `__watch__.method(operands)`; numbers stand for themselves."""
    nodes = [each if isinstance(each, ast.AST) else ast.Constant(each) for each in operands]
    target = ast.Attribute(ast.Name(NAME, ast.Load()), method, ast.Load())
    return ast.Call(target, nodes, [])


def code_cells(path):
    """The sources of the code cells of a notebook."""
    cells = json.loads(Path(path).read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def start(shell):
    """Watch the assertions of all cells that this IPython shell is going to run."""
    sources, now = code_cells(os.environ[NOTEBOOK]), [None]
    watch = Watch(lambda facts: machine_shake.note("assertion", **facts))
    setattr(builtins, NAME, watch)
    shell.events.register("pre_run_cell", lambda info: now.__setitem__(0, info.raw_cell))
    number = {source: place for place, source in reversed(list(enumerate(sources)))}
    shell.ast_transformers.append(Rewriting(watch, lambda: number.get(now[0], -1)))
