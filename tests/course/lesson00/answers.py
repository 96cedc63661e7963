"""Answers for the exercises of lesson 00."""

from fractions import Fraction

import numpy as np

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


CASES = {
    "00-shapes": Cases(
        right=[
            (np.array([30, 784]), np.array([10, 30])),
            [np.array((30, 784), dtype=np.int16), (np.float32(10), np.int64(30))],
            [(30, 784), (10, 30)],
            ((30, 784), (10, 30)),
            [[30.0, 784.0], [10.0, 30.0]],
            np.array([[30, 784], [10, 30]], dtype=np.float32),
            [np.zeros((30, 784)).shape, np.zeros((10, 30)).shape],
        ],
        wrong=[
            ([(30, 784), (30, 10)], "In one of the shapes the two numbers"),
            ([(784, 30), (10, 30)], "In one of the shapes the two numbers"),
            ([(31, 784), (10, 30)], "The first shape is not right"),
            ([(60, 1568), (20, 60)], "The first shape is not right"),
            ([(-30, 784), (10, 30)], "The first shape is not right"),
            ([(30, 784), (10, 784)], "joins the hidden neurons with the outputs"),
            ([(30, 785), (10, 31)], "one column too many"),
            ([30, 784, 10, 30], "Expected two shapes"),
            ([784, 30, 10], "Expected two shapes"),
            ([np.zeros((30, 784)), np.zeros((10, 30))], "These are tables"),
            (["30x784", "10x30"], "expected numbers only"),
            ([(784, 30), (30, 10)], "In each shape the two numbers"),
            ([(10, 30), (30, 784)], "their order is not"),
            ([(30, 10), (784, 30)], "Begin with the table next to the input"),
            ([(30, 1), (10, 1)], "one weight for each neuron of the layer before"),
            ([(30, 784)], "Expected two shapes"),
            ((30, 784), "Expected two shapes"),
            ([(30, 784), (10, 30), (10, 10)], "has two tables of weights"),
            ([(30, 784), (10, 31)], "The first shape is right, the second is not"),
            ("(30, 784), (10, 30)", "expected numbers"),
            (zip([30, 10], [784, 30]), "use list(...)"),
        ],
        raises=(Unreadable(), "no numbers in here"),
        blank=[[..., ...], [(30, 784), ...], [(30, ...), (10, 30)]],
    ),
    "00-nothing": Cases(
        right=[
            np.array([92, 0]),
            (Fraction(92), -0.0),
            (100 - 8, False),
            (92, 0),
            [92.0, 0.0],
            (np.float32(92), np.int64(0)),
            (np.array([92]), np.array(0)),
        ],
        wrong=[
            ((91.9, 0), "`percent_right` is 91.9: too small"),
            ((92.5, 0), "`percent_right` is 92.5: too large"),
            ((46, 0), "exactly half"),
            ((92, 50), "`percent_found` is 50: too large"),
            ((92, 0.08), "`percent_found` is 0.08"),
            ((92, float("nan")), "divided by zero"),
            ({"right": 92, "found": 0}, "expected 2 things"),
            (np.array(92), "expected 2 things"),
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
