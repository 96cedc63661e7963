"""Is there an answer, is it of a size to work with, and a copy that may be changed."""

import dis
import functools
import types

import numpy as np

LARGEST = 10_000_000  # entries; calls of compiled code on more could not be stopped in time
IDLE = {"RESUME", "NOP", "POP_TOP", "COPY_FREE_VARS", "MAKE_CELL", "CACHE", "RETURN_VALUE"}
CONSTANTS = {"LOAD_CONST", "RETURN_CONST"}


def is_blank(answer):
    """Whether an answer is None, `...`, a collection of nothing else, or an empty function."""
    if answer is None or answer is ...:
        return True
    if type(answer) in (tuple, list):
        return 0 < len(answer) < 100 and all(part is None or part is ... for part in answer)
    if type(answer) is functools.partial:
        return is_blank(answer.func)
    if type(answer) is types.MethodType:
        return is_blank(answer.__func__)
    return type(answer) is types.FunctionType and _does_nothing(answer.__code__)


def has_blank(answer, depth=4):
    """Whether `...` or None stands anywhere in nested lists or tuples."""
    if type(answer) in (tuple, list) and depth:
        return any(has_blank(part, depth - 1) for part in answer)
    return answer is None or answer is ...


def is_huge(value, depth=4):
    """Whether a list, tuple or array has more than LARGEST entries, or holds one that has."""
    if type(value) in (tuple, list) and depth:
        if len(value) > 10_000:
            return len(value) > LARGEST
        return any(is_huge(part, depth - 1) for part in value)
    return isinstance(value, np.ndarray) and value.size > LARGEST


def _does_nothing(code):
    """Whether a function's body is only `...`, `pass` or a docstring."""
    return all(
        step.opname in IDLE
        or (step.opname in CONSTANTS and (step.argval is None or step.argval is ...))
        for step in dis.get_instructions(code)
    )


def snapshot(answer, copies=None, depth=50):
    """A copy of arrays, lists, tuples and dictionaries, nested ones too; anything else as it is.

    copies: id -> copy of what was met already, since a list may hold itself.
    """
    copies = {} if copies is None else copies
    if id(answer) in copies or not depth:
        return copies.get(id(answer), answer)
    if type(answer) is np.ndarray:
        copies[id(answer)] = answer.copy()
    elif type(answer) is list:
        copies[id(answer)] = made = []
        made.extend(snapshot(part, copies, depth - 1) for part in answer)
    elif type(answer) is tuple:
        copies[id(answer)] = tuple(snapshot(part, copies, depth - 1) for part in answer)
    elif type(answer) is dict:
        copies[id(answer)] = made = {}
        made.update((key, snapshot(part, copies, depth - 1)) for key, part in answer.items())
    return copies.get(id(answer), answer)
