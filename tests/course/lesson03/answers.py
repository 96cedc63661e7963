"""Answers for the exercises of lesson 03."""

import numpy as np

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


CASES = {
    "03-from-shapes": Cases(
        right=[
            ([8, 5, 4], [(5, 1), (4, 1)]),
            ((8, 5, 4), ((5, 1), (4, 1))),
            [np.array([8, 5, 4], np.float32), np.array([[5, 1], [4, 1]])],
        ],
        wrong=[
            (([4, 5, 8], [(5, 1), (4, 1)]), "The order is reversed"),
            (([5, 8, 4], [(5, 1), (4, 1)]), "stands in both shapes"),
            (([8, 5, 5, 4], [(5, 1), (4, 1)]), "shape (4,): expected (3,)"),
            (([8, 5, 4], [(4, 1), (5, 1)]), "their order is not"),
            (([8, 5, 4], [(8, 1), (5, 1)]), "to which the weights lead"),
            (([8, 5, 4], [(1, 5), (1, 4)]), "Biases are columns"),
            (([8, 5, 4], [(5, 8), (4, 5)]), "These are the weights"),
            (([8, 5, 4], [5, 4]), "expected (2, 2)"),
            (([8, 5, 4], [(5,), (4,)]), "expected (2, 2)"),
            ([8, 5, 4], "3 parts"),
        ],
        raises=(([8, 5, 4], Unreadable()), "no numbers in here"),
        blank=[(..., ...), ([8, 5, 4], ...), ([8, ..., 4], [(5, 1), (4, 1)])],
    ),
}
