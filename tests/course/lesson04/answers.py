"""Answers for the exercises of lesson 04."""

from fractions import Fraction

import numpy as np

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


class Trap(list):
    def __iter__(self):
        raise RuntimeError("no names in here")


CASES = {
    "04-parabola": Cases(
        right=[
            ([0.125], np.array([[0.25]])),
            np.array([0.125, 0.25]),
            (Fraction(1, 8), Fraction(1, 4)),
            (0.125, 0.25),
            [np.float32(1 / 8), np.array(0.25)],
            (1 / 8, np.float64(2) / 8),
        ],
        wrong=[
            ((0.25, 0.25), "from v = 1 to v = -1"),
            ((0.0625, 0.125), "from v = 1 to v = 0.5"),
            ((0.13, 0.25), "from v = 1 to v = -0.04"),
            ((0.125, 0.125), "how far from 0 should that be?"),
            ((0.125, 0.5), "from v = 1 to v = -3"),
            ((0.125, -0.25), "from v = 1 to v = 3"),
            ((0.125, 0.2499), "v = -0.9992"),
            ((0.125, float("inf")), "`limit` is inf"),
            ((0.125, 0.25, 0.5), "3 parts"),
            (0.125, "expected 2 things, (one_step, limit)"),
            ((0.25, 0.125), "changed places"),
            ((0.25, 0.5), "right for k = 4"),
            ((0.5, 1), "parabola v² of the lesson"),
            ((1, 2), "without k"),
            ((8, 16), "steeper parabola"),
            ((0.2, 0.25), "leads from v = 1 to v = -0.6"),
            ((-0.125, 0.25), "from v = 1 to v = 2"),
            ((0.125, 0.2), "`one_step` is right. `limit` is 0.2"),
            ((0.125, 0), "no step is taken at all"),
            ((0.125, "0.25"), "`limit` is text"),
            (([0.125, 0.5], 0.25), "has shape (2,): expected a single number"),
            ((float("nan"), 0.25), "`one_step` is nan"),
        ],
        raises=((Unreadable(), 0.25), "no numbers in here"),
        blank=[(..., ...), (0.125, ...)],
    ),
    "04-short-step": Cases(
        right=[
            ([[-0.006], [0.008]], [-0.05]),
            (np.array([[-0.006, 0.008]]), np.array(-0.05)),
            ([Fraction(-6, 1000), Fraction(8, 1000)], Fraction(-1, 20)),
            ([-0.006, 0.008], -0.05),
            [(-0.006, 0.008), -0.05],
            (np.array([-0.006, 0.008], np.float32), np.float32(-0.05)),
        ],
        wrong=[
            (([-0.008, 0.006], -0.05), "only 96.0 %"),
            (([-0.00601, 0.0079925], -0.05), "not quite all"),
            (([-3, 4], -25), "it is 5 long"),
            (([0, 0], 0), "has length 0"),
            (([-0.006, 0.008], -0.0505), "too small"),
            (([-0.006, 0.008], -0.0005), "too large"),
            (([-0.006, 0.008], 25), "too large"),
            (([-0.006, 0.008], "-0.05"), "without quotes"),
            (({-0.006, 0.008}, -0.05), "use list(...)"),
            (([float("nan"), 0.008], -0.05), "not a finite number"),
            ([-0.006, 0.008], "`step` is a single number: expected an array of shape (2,)"),
            (([0.006, -0.008], -0.05), "straight uphill"),
            (([-0.03, 0.04], -0.25), "A steeper gradient should not make it longer"),
            (([-0.6, 0.8], -5), "A vector of length 1 is a good beginning"),
            (([-0.01, 0.01], -0.07), "every variable equally far"),
            (([0, 0.01], -0.04), "one variable only"),
            (([0.008, 0.006], 0), "does not go down"),
            (([[-0.006, 0], [0, 0.008]], -0.05), "shape (2, 2): expected (2,)"),
            (([-0.006, 0.008], 0.05), "`change` has the wrong sign"),
            (([-0.006, 0.008], -5), "a step of length 1"),
            (([-0.006, 0.008], -0.01), "minus the length of the step"),
            (([-0.006, 0.008], -0.25), "belongs to a longer step"),
            (([-0.006, 0.008], -0.002), "Should it?"),
            (([-0.006, 0.008], -0.07), "too small"),
        ],
        raises=((Unreadable(), -0.05), "no numbers in here"),
        blank=[(..., ...), ([-0.006, 0.008], ...), ([..., ...], -0.05)],
    ),
    "04-at-rest": Cases(
        right=[
            np.array(["saddle", "cubic", "two minima"]),
            {"saddle": 1, "cubic": 2, "two minima": 3}.keys(),
            ("two_minima", "Two-Valleys", "the saddle"),
            ['"saddle"', "CUBIC", "two  minima."],
            frozenset({"saddle", "cubic", "two valleys"}),
            ("saddle", "cubic", "two minima"),
            {"Two valleys", "saddle ", "cubic"},
            ["two minima", "two valleys", "saddle", "cubic"],
        ],
        wrong=[
            ("saddle, cubic, two minima", "each in quotes"),
            ([("saddle", "cubic", "two minima")], "expected text in quotes"),
            ((len, len, len), "is a function"),
            (("two valley", "saddle", "cubic"), 'There is no "two valley"'),
            ((name for name in ["saddle", "cubic"]), "each in quotes"),
            (("the bowl", "saddle", "cubic"), "is no example"),
            (np.array(["saddle", "two_valleys"]), "this is 2 of the three"),
            (3, "expected three names"),
            ("saddle", "expected three names"),
            (("saddle", "cubic"), "this is 2 of the three names"),
            (("saddle", "saddle", "saddle"), "this is 1 of the three names"),
            (("saddle", "bowl", "cubic"), 'The function "bowl" is no example'),
            (("parabola", "saddle", "cubic"), "slope is 0 is its lowest point"),
            (("saddle", "stretched valley", "cubic"), "it is slow"),
            (("saddle", "pass", "cubic"), 'There is no "pass" in the two figures'),
            ((1, 2, 3), "expected text in quotes"),
            ([], "no name in it yet"),
        ],
        raises=(Trap(["saddle"]), "no names in here"),
        blank=[(..., ..., ...), ("saddle", ..., "cubic")],
    ),
}
