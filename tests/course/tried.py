"""What the check of an exercise on a function tries: the words of each case, and what it gives."""

from unittest.mock import patch

import numpy as np

from course.ask import variants

MOST = 6  # entries of a list that are listed one by one


def tried(exercise):
    """One line for each case on which the check tries the solution, each once."""
    found, names = {}, {}
    exec(exercise.solution_code, names)
    with patch.object(variants, "more", lambda cases, _: found.update(_lines(cases)) or cases):
        exercise._check(names[exercise.variable])  # without the time limit of a student's answer
    return list(found)


def _lines(cases):
    if isinstance(cases, dict):
        return {f"{words}: {_short(args)}": None for words, args in cases.items()}
    return {_short(args): None for args in cases}


def _short(thing):
    """Numbers and texts as they are, of arrays the shape, of what is long how much it is."""
    if isinstance(thing, np.ndarray):
        return f"shape {thing.shape}"
    if isinstance(thing, dict) or (isinstance(thing, list | tuple) and len(thing) > MOST):
        return f"{len(thing)} entries"
    if isinstance(thing, list | tuple):
        return f"[{', '.join(map(_short, thing))}]"
    return f"{thing:.6g}" if isinstance(thing, float) else repr(thing)
