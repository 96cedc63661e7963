"""Lesson 00: the truths, and what tells one wrong answer from another."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong

SHAPES_MISTAKES = {
    "previous-layer-first": [(784, 30), (30, 10)],
    "output-table-first": [(10, 30), (30, 784)],
    "one-column": [(30, 1), (10, 1)],
}


def shapes(answer, says):
    """Compare two shapes of weights, each (next, previous)."""
    given = compare.numbers(answer)
    if given.shape != (2, 2):
        raise Wrong(says["not-two-shapes"])
    if np.array_equal(given, [(30, 10), (784, 30)]):
        return says["order-and-sizes-swapped"]
    return compare.arrays(
        answer,
        [(30, 784), (10, 30)],
        misconceptions=compare.named(SHAPES_MISTAKES, says),
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
