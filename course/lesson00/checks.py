"""Lesson 00: the truths, and what tells one wrong answer from another."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong


def shapes(answer, says):
    """Compare two shapes of weights, each (next, previous)."""
    given = compare.numbers(answer)
    if given.shape != (2, 2):
        raise Wrong(says["expected-two-shapes"])
    if np.array_equal(given, [(30, 10), (784, 30)]):
        return says["begin-table-next"]
    return compare.arrays(
        answer,
        [(30, 784), (10, 30)],
        misconceptions=[
            (
                [(784, 30), (30, 10)],
                says["shape-two-numbers"],
            ),
            (
                [(10, 30), (30, 784)],
                says["both-shapes-right"],
            ),
            (
                [(30, 1), (10, 1)],
                says["these-tables-column"],
            ),
        ],
    )


def nothing(answer, says):
    """Check the two percentages of a program that never says yes."""
    right, found = compare.unpack(answer, "percent_right", "percent_found")
    percentage = {0.01: "Is it a percentage?"}
    return compare.arrays(
        right,
        92,
        "`percent_right`",
        factors=percentage,
        misconceptions=[
            (8, says["percentage-nines-program"]),
            (0, says["program-finds-no"]),
            (100, says["would-mean-no"]),
        ],
    ) or compare.arrays(
        found,
        0,
        "`percent_found`",
        misconceptions=[
            (8, says["many-nines-many"]),
            (92, says["again-percentage-right"]),
            (100, says["find-means-say"]),
        ],
    )
