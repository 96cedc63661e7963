"""The statements of a notebook that an answer needs: what makes the names that it takes from there.

An answer may use an import, a function or a value of an earlier cell. To run all those cells would
train networks for minutes; of each cell only the statements are taken that make a needed name, or
change what it stands for, with what these need in turn.
"""

import ast
import builtins
import functools
import re
import symtable
from dataclasses import dataclass

BUILT_IN = set(dir(builtins)) | {"__name__", "display", "get_ipython"}
ANY = "*"  # what `from numpy import *` makes: it may be any name
TIMING = re.compile(r"%%(time|timeit|capture|prun)\b.*\n?")


@dataclass(frozen=True)
class Statement:
    """One statement of a cell: its text, the names that it makes or changes, and those it takes.

    binds: the names that it makes and not only changes.  first: those that it takes before it or
    what stands below it could make them, as w in w = 2 * w; a function takes names when called.
    """

    text: str
    makes: frozenset[str]
    takes: frozenset[str]
    binds: frozenset[str]
    first: frozenset[str]


@functools.lru_cache(maxsize=10_000)  # most cells of a class are those of the course
def statements(source):
    """The statements of a cell; none if it cannot be read as Python.

    What speaks to the course's questions or to IPython is left out.
    """
    try:
        found = [_statement(node) for node in ast.parse(as_python(source)).body]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [one for one in found if not one.takes & {"questions", "get_ipython"}]


def as_python(source):
    """The source of a cell without what only IPython knows: %time, !pip, and the like."""
    source = TIMING.sub("", source, count=1) if source.startswith("%%") else source
    if not re.search(r"(?m)^\s*[%!?]|[?]\s*$", source):
        return source
    from IPython.core.inputtransformer2 import TransformerManager  # only such a cell needs it

    return TransformerManager().transform_cell(source)


def needed(own, above, below):
    """The texts of the statements that `own` needs, in the order of the page.

    own, above, below: lists of Statements: of the answer, and of the cells above it and below it.
    What is not made above, a student may have run from below.
    """
    chosen, wanted = _chosen(_lacking(own), above)
    missing = wanted - frozenset().union(*(one.makes for one in chosen))
    if missing - BUILT_IN:
        chosen, _ = _chosen(wanted, [*above, *below])
    return [one.text for one in chosen]


def _lacking(own):
    """The names that an answer takes and does not make, or makes too late."""
    made, wanted = frozenset(), frozenset()
    for one in own:
        wanted |= one.first - made
        made |= one.binds
    return wanted.union(*(one.takes - made for one in own)) - BUILT_IN


def _chosen(wanted, statements):
    """(the statements that make wanted names, and what those take; all names wanted then)."""
    before = None
    while before != wanted:
        before = wanted
        chosen = [one for one in statements if one.makes & (wanted and wanted | {ANY})]
        wanted = wanted.union(*(one.takes for one in chosen)) - BUILT_IN
    return chosen, wanted


def _statement(node):
    text = ast.unparse(node)
    own_names_apart = ast.unparse(_Generators().visit(ast.parse(text)))
    table = symtable.symtable(own_names_apart, "cell", "exec")
    binds = frozenset(
        one.get_name() for one in table.get_symbols() if one.is_assigned() or one.is_imported()
    )
    at_once = {one.get_name() for one in table.get_symbols() if one.is_referenced()}
    takes = at_once.union(_globals_of(table))
    first = (at_once - binds) | (_renewed(node) & binds)
    makes = binds | _changed(node) | _starred(node)
    return Statement(text, makes, frozenset(takes), binds, frozenset(first))


class _Generators(ast.NodeTransformer):
    """Makes generators of lists, sets and dicts: since Python 3.12 only they keep their names."""

    def generic_visit(self, node):
        super().generic_visit(node)
        if isinstance(node, (ast.ListComp, ast.SetComp)):
            return ast.GeneratorExp(node.elt, node.generators)
        if isinstance(node, ast.DictComp):
            pair = ast.Tuple([node.key, node.value], ast.Load())
            return ast.GeneratorExp(pair, node.generators)
        return node


def _globals_of(table):
    """The global names that functions and classes in a table take."""
    for child in table.get_children():
        yield from (one.get_name() for one in child.get_symbols() if one.is_global())
        yield from _globals_of(child)


def _changed(node):
    """The names whose values a statement may change: x[0] = 1, x.append(1), net.SGD(...)."""
    found = set()
    for one in ast.walk(node):
        if isinstance(one, (ast.Subscript, ast.Attribute)) and not isinstance(one.ctx, ast.Load):
            found.add(_root(one))
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            found.add(_root(one.value.func) if isinstance(one.value.func, ast.Attribute) else None)
    return found - {None}


def _starred(node):
    """{ANY} if a statement imports all names of a module."""
    imports = (one for one in ast.walk(node) if isinstance(one, ast.ImportFrom))
    return {alias.name for one in imports for alias in one.names} & {ANY}


def _renewed(node):
    """The names that one assignment takes and makes: w = 2 * w, w += 1."""
    found = set()
    for one in ast.walk(node):
        if isinstance(one, (ast.Assign, ast.AugAssign)):
            names = [name for name in ast.walk(one) if isinstance(name, ast.Name)]
            made = {name.id for name in names if isinstance(name.ctx, ast.Store)}
            taken = {name.id for name in names if isinstance(name.ctx, ast.Load)}
            found |= made if isinstance(one, ast.AugAssign) else made & taken
    return found


def _root(node):
    """The name at the beginning of x.y[0].z, or None."""
    while isinstance(node, (ast.Subscript, ast.Attribute)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None
