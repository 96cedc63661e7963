"""Answers for the exercises of lesson 00."""

import numpy as np

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


CASES = {
    "00-shapes": Cases(
        right=[
            [(30, 784), (10, 30)],
            ((30, 784), (10, 30)),
            [[30.0, 784.0], [10.0, 30.0]],
            np.array([[30, 784], [10, 30]], dtype=np.float32),
            [np.zeros((30, 784)).shape, np.zeros((10, 30)).shape],
        ],
        wrong=[
            ([(784, 30), (30, 10)], "the next layer comes first"),
            ([(10, 30), (30, 784)], "their order is not"),
            ([(30, 10), (784, 30)], "Begin with the table next to the input"),
            ([(30, 1), (10, 1)], "one weight for each neuron of the layer before"),
            ([(30, 784)], "Expected two shapes"),
            ((30, 784), "Expected two shapes"),
            ([(30, 784), (10, 30), (10, 10)], "has two tables of weights"),
            ([(30, 784), (10, 31)], "row 1, column 1"),
            ("(30, 784), (10, 30)", "expected numbers"),
            (zip([30, 10], [784, 30]), "use list(...)"),
        ],
        raises=(Unreadable(), "no numbers in here"),
        blank=[[..., ...], [(30, 784), ...], [(30, ...), (10, 30)]],
    ),
    "00-nothing": Cases(
        right=[
            (92, 0),
            [92.0, 0.0],
            (np.float32(92), np.int64(0)),
            (np.array([92]), np.array(0)),
        ],
        wrong=[
            ((0.92, 0), "Is it a percentage?"),
            ((8, 0), "percentage of nines"),
            ((0, 0), "finds no 9"),
            ((100, 0), "no 9 at all"),
            ((92, 8), "how many nines there are"),
            ((92, 92), "again the percentage of right answers"),
            ((92, 100), "What does this program say?"),
            ((0, 92), "finds no 9"),
            ((91, 0), "`percent_right` is 91"),
            ((-92, 0), "wrong sign"),
            ((92, 1), "`percent_found` is 1: too large"),
            ((92, 0, 0), "3 parts"),
            (92, "expected 2 things"),
            (("92 %", 0), "text"),
        ],
        raises=((Unreadable(), 0), "no numbers in here"),
        blank=[(92, ...), (..., 0), (..., ...)],
    ),
}
