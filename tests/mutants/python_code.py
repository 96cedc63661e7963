"""Faults in Python: each kind is a function of a node that yields the edits that plant it."""

import ast
import re
from itertools import combinations, pairwise

from tests.mutants.mutant import Edit
from tests.mutants.names import (
    CHOICES,
    FACTORS,
    LABELS,
    LIMITS,
    LOOKS,
    NO_MATTER,
    OTHERS,
    SIGNS,
    SYMMETRIC,
    TURNED,
    WORDS_ONLY,
    WRITERS,
)

TOLD = re.compile(r"(?<!\{)\{([a-z_][\w.]*(?:\[[^\]{}]*\])?)(?=[:}])")  # {w} and {state['w']:.2f}
MESSAGE = 20  # characters, with a blank among them


class Source:
    """A text of Python with the places of its nodes."""

    def __init__(self, text):
        self.text = text
        self.tree = ast.parse(text)
        lines = text.splitlines(keepends=True)
        self._lines = lines
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))

    def at(self, line, column):
        """Characters before a place that a node tells as line and bytes in it."""
        before = self._lines[line - 1].encode()[:column].decode() if column else ""
        return self._starts[line - 1] + len(before)

    def span(self, node):
        begin = self.at(node.lineno, node.col_offset)
        return begin, self.at(node.end_lineno, node.end_col_offset)

    def of(self, node):
        begin, end = self.span(node)
        return self.text[begin:end]

    def replaced(self, node, new):
        return (Edit(*self.span(node), new),)

    def between(self, left, right, old, new):
        """The operator between two nodes exchanged; nothing if it is not found there."""
        begin, end = self.span(left)[1], self.span(right)[0]
        place = self.text.find(old, begin, end)
        return (Edit(place, place + len(old), new),) if place >= 0 else ()

    def swapped(self, one, other):
        return (Edit(*self.span(one), self.of(other)), Edit(*self.span(other), self.of(one)))


def faults(text):
    """All faults of a Python text, as pairs (kind, edits)."""
    source = Source(text)
    for node in meant(source.tree):
        for kind, make in KINDS:
            for edits in make(source, node):
                if edits and edits[0].new != text[edits[0].start : edits[0].end]:
                    yield kind, edits


def meant(node):
    """The nodes whose change makes a fault: no docstring, no error's words, nothing of the look."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        if isinstance(node, ast.ExceptHandler) and name == "type":
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.JoinedStr):
                yield child  # before Python 3.12 the places inside are wrong
            elif isinstance(child, ast.AST) and not left_out(child):
                inside = list(meant(child))
                yield from inside[1:] if has_no_order(node, name, child) else inside


def has_no_order(node, name, child):
    """Whether a collection is only asked what is in it, as in x in (1, 2)."""
    if not isinstance(child, ast.Tuple | ast.List | ast.Set):
        return False
    if isinstance(node, ast.Compare):
        return name == "comparators" and isinstance(node.ops[0], ast.In | ast.NotIn)
    return isinstance(node, ast.Call) and name_of(node) in ("isinstance", "startswith", "endswith")


def left_out(node):
    if isinstance(node, WORDS_ONLY) or (isinstance(node, ast.keyword) and node.arg in LOOKS):
        return True
    if isinstance(node, ast.FunctionDef) and re.match(r"__(repr|str|dir)__", node.name):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or name_of(node.value) in NO_MATTER
    if isinstance(node, ast.If) and isinstance(node.test, ast.Compare):
        return getattr(node.test.left, "id", "") == "__name__"
    names = [getattr(each, "id", "") for each in getattr(node, "targets", [])]
    return any(name == "__all__" or name.endswith(("DPI", "SECONDS")) for name in names)


def name_of(call):
    """The last name of what is called."""
    function = getattr(call, "func", None)
    return getattr(function, "attr", getattr(function, "id", ""))


def atom(source, node):
    text = source.of(node)
    return text if isinstance(node, ast.Name | ast.Constant | ast.Call) else f"({text})"


def number(node):
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def sign(source, node):
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield source.between(node.left, node.right, *SIGNS[type(node.op)])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield source.replaced(node, atom(source, node.operand))
    if isinstance(node, ast.AugAssign) and type(node.op) in SIGNS:
        old, new = SIGNS[type(node.op)]
        yield source.between(node.target, node.value, f"{old}=", f"{new}=")


def factor(source, node):
    if isinstance(node, ast.BinOp) and type(node.op) in FACTORS and not has_text(node):
        yield source.between(node.left, node.right, *FACTORS[type(node.op)])
        yield source.replaced(node, atom(source, node.left))
    if isinstance(node, ast.Return) and isinstance(node.value, ast.BinOp) and not has_text(node):
        yield source.replaced(node.value, f"2 * ({source.of(node.value)})")


def has_text(node):
    """Whether a text is in it, as in the parts of a path, whose stroke divides nothing."""
    return any(isinstance(getattr(each, "value", None), str) for each in ast.walk(node))


def dropped_term(source, node):
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield source.replaced(node, atom(source, node.left))
        if isinstance(node.op, ast.Add):
            yield source.replaced(node, atom(source, node.right))


def off_by_one(source, node):
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in LIMITS:
        yield source.between(node.left, node.comparators[0], *LIMITS[type(node.ops[0])])
    if isinstance(node, ast.Call) and name_of(node) in ("range", "linspace") and node.args:
        for each in node.args[:2]:
            yield source.replaced(each, f"{atom(source, each)} + 1")
    if isinstance(node, ast.Slice):
        for bound in filter(None, (node.lower, node.upper)):
            yield source.replaced(bound, f"{atom(source, bound)} + 1")
    if isinstance(node, ast.Subscript) and number(node.slice) and type(node.slice.value) is int:
        yield source.replaced(node.slice, str(node.slice.value + 1))


def transpose(source, node):
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield source.replaced(node, source.of(node.value))
    if isinstance(node, ast.keyword) and node.arg == "axis" and number(node.value):
        yield source.replaced(node.value, "1" if node.value.value == 0 else "0")
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        yield source.swapped(node.left, node.right)


def constant(source, node):
    if number(node):
        yield source.replaced(node, str(node.value + 1 if node.value in (0, 1) else 2 * node.value))
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield source.replaced(node, str(not node.value))


def other_choice(source, node):
    """Another set of images, another start, another scale or map of colors."""
    if isinstance(node, ast.Constant) and node.value in CHOICES:
        yield source.replaced(node, f'"{CHOICES[node.value]}"')


def negated(source, node):
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TURNED:
        yield source.between(node.left, node.comparators[0], *TURNED[type(node.ops[0])])
    if isinstance(node, ast.If | ast.While) and not isinstance(node.test, ast.Compare):
        yield source.replaced(node.test, f"not ({source.of(node.test)})")
    if isinstance(node, ast.IfExp):
        yield source.swapped(node.body, node.orelse)
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield source.replaced(test, f"not ({source.of(test)})")
    if isinstance(node, ast.BoolOp):
        words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        yield source.between(node.values[0], node.values[1], *words)
        yield source.replaced(node, f"({source.of(node.values[0])})")


def alike(one, other):
    """Whether two nodes could stand for each other: names, or constants of one type."""
    if isinstance(one, ast.Constant) and isinstance(other, ast.Constant):
        return type(one.value) is type(other.value)
    return isinstance(one, ast.Name | ast.Attribute) and isinstance(other, ast.Name | ast.Attribute)


def swapped_arguments(source, node):
    if isinstance(node, ast.Call) and name_of(node) not in SYMMETRIC:
        for one, other in pairwise(node.args):
            if alike(one, other):
                yield source.swapped(one, other)


def swapped_settings(source, node):
    """Values of keywords, of a dictionary, and of what is unpacked; colors and labels are those."""
    if isinstance(node, ast.Call):
        values = [each.value for each in node.keywords if each.arg and each.arg not in LOOKS]
    elif isinstance(node, ast.Dict):
        values = [value for key, value in zip(node.keys, node.values) if key]
    elif isinstance(node, ast.Tuple | ast.List):
        values = node.elts
    else:
        values = []
    for one, other in pairwise(values):
        if alike(one, other) or (isinstance(one, ast.Call) and isinstance(other, ast.Call)):
            yield source.swapped(one, other)


def stale(source, node):
    """Something older stays: what is kept in an attribute or a place of an array is not set."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript):
        yield source.replaced(node, "pass")
    if isinstance(node, ast.AugAssign):
        begin, end = source.span(node)
        equals = source.text.index("=", source.span(node.target)[1], end)
        yield (Edit(source.span(node.target)[1], equals + 1, " ="),)


def dropped_call(source, node):
    """A call for its effect is left out; one of a base class's constructor would never run."""
    call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if call and "super()" not in source.of(node) and name_of(node.value) != "print":
        yield source.replaced(node, "pass")


def swapped_messages(source, node):
    """Two sentences of one function exchanged, and two messages that are named."""
    if isinstance(node, ast.FunctionDef):
        inside = list(meant(node))
        texts = [each for each in inside if is_message(each)]
        named = [each for each in inside if is_named_message(each)]
        for found in (texts, named):
            for one, other in pairwise(found):
                if not overlap(source.span(one), source.span(other)):
                    yield source.swapped(one, other)


def is_message(node):
    if isinstance(node, ast.JoinedStr):
        return True
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return text and len(node.value) >= MESSAGE and " " in node.value


def is_named_message(node):
    return isinstance(node, ast.Subscript) and getattr(node.value, "id", "") in ("says", "SAYS")


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]


def wrong_number_told(source, node):
    """A number in a text of the lab ten times as large, or exchanged with the next one."""
    if isinstance(node, ast.JoinedStr):
        begin, end = source.span(node)
        found = list(TOLD.finditer(source.text, begin, end))
        for each in found:
            if not each[1].endswith(("name", "title", "path", "error", "words")):
                yield (Edit(*each.span(1), f"10 * {each[1]}"),)
        for one, other in pairwise(found):
            yield (Edit(*one.span(1), other[1]), Edit(*other.span(1), one[1]))


def other_function(source, node):
    """Another function of the same form, or another set of images."""
    if isinstance(node, ast.Attribute) and node.attr in OTHERS and node.attr != "T":
        begin, end = source.span(node)
        yield (Edit(end - len(node.attr), end, OTHERS[node.attr]),)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OTHERS:
        yield source.replaced(node.func, OTHERS[node.func.id])


def swapped_colors(source, node):
    """Two colors of one function exchanged, in whatever calls they stand."""
    if isinstance(node, ast.FunctionDef):
        colors = [each for each in meant(node) if is_color(each)]
        for one, other in combinations(colors, 2):
            if source.of(one) != source.of(other):
                yield source.swapped(one, other)


def swapped_labels(source, node):
    """The texts of two labels, titles or descriptions of one function exchanged."""
    if isinstance(node, ast.FunctionDef):
        labels = [text for call in meant(node) for text in labels_of(call)]
        for one, other in pairwise(labels):
            if source.of(one) != source.of(other):
                yield source.swapped(one, other)


def labels_of(call):
    """The texts that a call writes into a picture or beside a control."""
    if not isinstance(call, ast.Call):
        return
    named = [each.value for each in call.keywords if each.arg in LABELS]
    plain = call.args if name_of(call) in WRITERS else []
    for node in [*named, *plain]:
        if isinstance(node, ast.JoinedStr) or isinstance(getattr(node, "value", None), str):
            yield node


def other_argument(source, node):
    """An argument of a function stands where another one should: the wrong slider."""
    if isinstance(node, ast.FunctionDef):
        names = [each.arg for each in [*node.args.args, *node.args.kwonlyargs]]
        names = [name for name in names if name not in ("self", "cls", "ax", "fig", "rng")]
        others = dict(zip(names, names[1:] + names[:1])) if len(names) > 1 else {}
        for each in (inner for part in node.body for inner in meant(part)):
            if isinstance(each, ast.Name) and each.id in others and isinstance(each.ctx, ast.Load):
                yield source.replaced(each, others[each.id])


def is_color(node):
    name = getattr(node, "attr", getattr(node, "id", ""))
    return bool(re.fullmatch(r"BLUE|SKY|ORANGE|RED|GREEN|PURPLE|YELLOW|BLACK|GREY", name))


KINDS = [
    ("sign", sign),
    ("factor", factor),
    ("dropped term", dropped_term),
    ("off by one", off_by_one),
    ("transpose or axis", transpose),
    ("constant", constant),
    ("other choice", other_choice),
    ("negated condition", negated),
    ("swapped arguments", swapped_arguments),
    ("swapped settings", swapped_settings),
    ("swapped colors", swapped_colors),
    ("swapped labels", swapped_labels),
    ("other argument", other_argument),
    ("stale value", stale),
    ("dropped call", dropped_call),
    ("swapped messages", swapped_messages),
    ("wrong number told", wrong_number_told),
    ("other function", other_function),
]
