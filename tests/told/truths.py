"""What makes a number of the prose true: an exact value, a band, an output, an assertion."""

import ast
import importlib.util
import re
from dataclasses import dataclass
from functools import cache

import nbformat

from course.paths import LESSONS, ROOT
from nnlib.gradients import quadratic_cost
from nnlib.network import Network
from tests.told import prose


@dataclass(frozen=True)
class Near:
    """A value that the prose rounds more than its digits tell: "about 25,000" of 23,860.

    within: how far the told number may be from it, in the same unit.
    """

    value: float
    within: float

    def agrees(self, told, _):
        return abs(told - self.value) <= self.within


@dataclass(frozen=True)
class Output:
    """A number in the stored outputs of the lesson: the one group of a pattern found once.

    scale: what to multiply it by.  within: how far the told number may be from it; None is half a
    unit of the last digit that is told.
    """

    lesson: str
    pattern: str
    scale: float = 1
    within: float | None = None

    def agrees(self, told, half_unit):
        room = half_unit if self.within is None else self.within
        return abs(told - self.scale * self.shown()) <= room + 1e-9

    def shown(self):
        """The number that the pattern finds."""
        found = re.findall(self.pattern, self.searched())
        assert len(set(found)) == 1, f"{self.pattern!r} is found {len(found)} times: {found}"
        return prose.value(found[0].replace("_", ""))[0]

    def searched(self):
        """The text in which the pattern is looked for."""
        return outputs(self.lesson)


@dataclass(frozen=True)
class Setting(Output):
    """A number in the code cells of the lesson, such as the learning rate of a run."""

    def searched(self):
        return code_of(self.lesson)


@dataclass(frozen=True)
class Evidence:
    """An assertion, as it stands in an evidence cell of the lesson, whose limits hold the number.

    text: a comparison such as "0.94 < accuracy < 0.96" or "misses > 3".  scale: what its limits are
    multiplied by.
    """

    lesson: str
    text: str
    scale: float = 1

    def agrees(self, told, _):
        assert self.text in evidence(self.lesson), f"no evidence cell has {self.text!r}"
        return all(self.inside(told, side) for side in sides(self.text))

    def inside(self, told, side):
        op, limit, limit_is_left = side
        limit *= self.scale
        if isinstance(op, ast.Eq):
            return abs(told - limit) <= 1e-9 * max(1, abs(limit))
        return (
            told >= limit if isinstance(op, (ast.Lt, ast.LtE)) == limit_is_left else told <= limit
        )


@dataclass(frozen=True)
class Limit:
    """A limit itself of an assertion that stands in an evidence cell: "above 8".

    text: the comparison as it stands there.  place: which of its numbers.  scale: what to multiply
    it by.
    """

    lesson: str
    text: str
    place: int = 0
    scale: float = 1

    def agrees(self, told, half_unit):
        return abs(told - self.number()) <= half_unit

    def number(self):
        """The limit, in the unit of the prose."""
        assert self.text in evidence(self.lesson), f"no evidence cell has {self.text!r}"
        compared = ast.parse(self.text, mode="eval").body
        terms = map(literal, [compared.left, *compared.comparators])
        return self.scale * [number for number in terms if number is not None][self.place]


@dataclass(frozen=True)
class Treats:
    """The number of the lesson whose page has these words: a cross reference."""

    lesson: str
    words: str

    def agrees(self, told, _):
        page = prose.of_lesson(lesson_path(self.lesson)).text
        assert self.words in page, f"lesson {self.lesson} does not have {self.words!r}"
        return told == int(self.lesson)


def sides(text):
    """(operator, limit, whether the limit stands on its left) for each limit of a comparison."""
    compared = ast.parse(text.strip(), mode="eval").body
    terms = [compared.left, *compared.comparators]
    found = []
    for left, op, right in zip(terms, compared.ops, terms[1:]):
        for term, is_left in ((left, True), (right, False)):
            number = literal(term)
            found += [] if number is None else [(op, number, is_left)]
    assert found, f"{text!r} has no limit that is a number"
    return found


def literal(term):
    """The number that a term is written as; None if it is none."""
    try:
        number = ast.literal_eval(term)
    except ValueError:
        return None
    return number if isinstance(number, (int, float)) else None


def lesson_path(lesson):
    """The notebook of a lesson such as "05"."""
    (path,) = LESSONS.glob(f"{lesson}_*.ipynb")
    return path


@cache
def outputs(lesson):
    """All stored texts of a lesson, the sentences of its pictures and tables among them."""
    cells = nbformat.read(lesson_path(lesson), as_version=4).cells
    found = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join(text for output in found for text in texts(output))


def texts(output):
    yield output.get("text", "")
    for kind in ("text/plain", "text/markdown"):
        yield output.get("data", {}).get(kind, "")


@cache
def evidence(lesson):
    """The source of all evidence cells, and of assertions in other cells, of a lesson."""
    cells = nbformat.read(lesson_path(lesson), as_version=4).cells
    return "\n".join(cell.source for cell in cells if "assert" in cell.source)


def is_path(path):
    """Whether the course has this file or folder, named from its own folder."""
    return (ROOT / path).exists()


def is_module(name):
    """Whether `python -m` finds a module of this name."""
    return importlib.util.find_spec(name) is not None


def parameters(sizes):
    """How many weights and biases a network with these layer sizes has."""
    net = Network(sizes, rng=0)
    return sum(part.size for part in net.weights + net.biases)


def cost_of(a, y):
    """The quadratic cost as `nnlib` has it, of a network whose outputs are `a` whatever comes."""
    net = Network([1, len(a)], rng=0)
    net.feedforward = lambda x: a
    return quadratic_cost(net, None, y)


def agrees(truth, text):
    """Whether a number as it is told is that of a truth: a plain number or one of the classes."""
    told, half_unit = prose.value(text)
    if hasattr(truth, "agrees"):
        return truth.agrees(told, half_unit)
    return abs(told - truth) <= half_unit * (1 + 1e-6) + 1e-12


@cache
def code_of(lesson):
    """The source of all code cells of a lesson."""
    cells = nbformat.read(lesson_path(lesson), as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def is_name(code, lesson):
    """Whether quoted code is a name of Python, nnlib or the lesson: `np`, `SGD()`, `net.cost`."""
    plain = re.sub(r"\(\)$", "", code)
    if not re.fullmatch(r"[A-Za-z_][\w.]*", plain):
        return False
    return all(re.search(rf"\b{re.escape(part)}\b", known(lesson)) for part in plain.split("."))


@cache
def known(lesson):
    """The lesson's code and nnlib: where the names that prose may quote come from."""
    files = sorted((ROOT / "nnlib").rglob("*.py"))
    return code_of(lesson) + "\n".join(path.read_text(encoding="utf-8") for path in files)
