"""Answers for the exercises of lesson 03."""

import numpy as np

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


CASES = {
    "03-from-shapes": Cases(
        right=[
            (np.array([[8], [5], [4]]), [np.zeros((5, 1)).shape, np.zeros((4, 1)).shape]),
            ([8.0, 5.0, 4.0], np.array([[5, 1], [4, 1]], np.int8)),
            ([8, 5, 4], [(5, 1), (4, 1)]),
            ((8, 5, 4), ((5, 1), (4, 1))),
            [np.array([8, 5, 4], np.float32), np.array([[5, 1], [4, 1]])],
        ],
        wrong=[
            (([8, 4], [(5, 1), (4, 1)]), "`sizes` has 2 numbers"),
            (([8, 5, 5], [(5, 1), (4, 1)]), "The middle is right"),
            (([4, 5, 4], [(5, 1), (4, 1)]), "The middle is right"),
            (([16, 10, 8], [(5, 1), (4, 1)]), "stands in both shapes"),
            (([8, 5, 4], [(8, 1), (5, 1), (4, 1)]), "Which layers have biases?"),
            (([8, 5, 4], 9), "should be two shapes"),
            (([8, 5, 4], [np.zeros((5, 1)), np.zeros((4, 1))]), "These are biases"),
            (([8, 5, 4], [(5, 5), (4, 4)]), "How many numbers does a neuron add?"),
            (([8, 5, 4], [(5, 1), (5, 1)]), "a row for each neuron"),
            (("8, 5, 4", [(5, 1), (4, 1)]), "without quotes"),
            ({"sizes": [8, 5, 4]}, "expected 2 things"),
            (([4, 5, 8], [(5, 1), (4, 1)]), "The order is reversed"),
            (([5, 8, 4], [(5, 1), (4, 1)]), "stands in both shapes"),
            (([8, 5, 5, 4], [(5, 1), (4, 1)]), "`sizes` has 4 numbers"),
            (([8, 5, 4], [(4, 1), (5, 1)]), "their order is not"),
            (([8, 5, 4], [(8, 1), (5, 1)]), "to which the weights lead"),
            (([8, 5, 4], [(1, 5), (1, 4)]), "Biases are columns"),
            (([8, 5, 4], [(5, 8), (4, 5)]), "These are the weights"),
            (([8, 5, 4], [5, 4]), "should be two shapes"),
            (([8, 5, 4], [(5,), (4,)]), "should be two shapes"),
            ([8, 5, 4], "3 parts"),
        ],
        raises=(([8, 5, 4], Unreadable()), "no numbers in here"),
        blank=[(..., ...), ([8, 5, 4], ...), ([8, ..., 4], [(5, 1), (4, 1)])],
    ),
}
