"""Lesson 00: the truths, and what tells one wrong answer from another."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong

SHAPES = [(30, 784), (10, 30)]

SHAPES_MISTAKES = {
    "order-and-sizes-swapped": [(30, 10), (784, 30)],
    "biases-as-columns": [(30, 785), (10, 31)],
    "previous-layer-first": [(784, 30), (30, 10)],
    "output-table-first": [(10, 30), (30, 784)],
    "one-column": [(30, 1), (10, 1)],
}


def shapes(answer, says):
    """Compare two shapes of weights, each (next, previous)."""
    try:
        given = compare.numbers(answer)
    except Wrong:
        if _is_list_of_arrays(answer):
            return says["tables-themselves"]
        raise
    if given.shape != (2, 2):
        raise Wrong(says["not-two-shapes"])
    wrong = next((k for k in (0, 1) if tuple(given[k]) != SHAPES[k]), None)
    if wrong is None:
        return None
    known = compare.named(SHAPES_MISTAKES, says)
    swapped = says["swapped-in-one"] if tuple(given[wrong][::-1]) == SHAPES[wrong] else None
    found = (words for shapes, words in known if np.array_equal(given, shapes))
    return next(found, swapped or says["first-wrong" if wrong == 0 else "second-wrong"])


def _is_list_of_arrays(answer):
    return isinstance(answer, (list, tuple)) and any(
        isinstance(part, np.ndarray) and part.ndim == 2 for part in answer
    )


RIGHT_MISTAKES = {
    "percent-of-nines": 8,
    "right-for-no-image": 0,
    "never-wrong": 100,
}

FOUND_MISTAKES = {
    "counts-the-nines": 8,
    "percent-right-again": 92,
    "finds-all": 100,
}


def nothing(answer, says):
    """Check the two percentages of a program that never says yes."""
    right, found = compare.unpack(answer, "percent_right", "percent_found")
    percentage = {0.01: "Is it a percentage?"}
    return compare.arrays(
        right,
        92,
        "`percent_right`",
        factors=percentage,
        misconceptions=compare.named(RIGHT_MISTAKES, says),
    ) or compare.arrays(
        found,
        0,
        "`percent_found`",
        misconceptions=compare.named(FOUND_MISTAKES, says),
    )
