"""Answers for the exercises of lesson 04."""

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
            (0.125, 0.25),
            [np.float32(1 / 8), np.array(0.25)],
            (1 / 8, np.float64(2) / 8),
        ],
        wrong=[
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
            (([0.125], 0.25), "has shape (1,): expected a single number"),
            ((float("nan"), 0.25), "`one_step` is nan"),
        ],
        raises=((Unreadable(), 0.25), "no numbers in here"),
        blank=[(..., ...), (0.125, ...)],
    ),
    "04-short-step": Cases(
        right=[
            ([-0.006, 0.008], -0.05),
            [(-0.006, 0.008), -0.05],
            (np.array([-0.006, 0.008], np.float32), np.float32(-0.05)),
        ],
        wrong=[
            ([-0.006, 0.008], "`step` is a single number: expected an array of shape (2,)"),
            (([0.006, -0.008], -0.05), "straight uphill"),
            (([-0.03, 0.04], -0.25), "A steeper gradient should not make it longer"),
            (([-0.6, 0.8], -5), "A vector of length 1 is a good beginning"),
            (([-0.01, 0.01], -0.07), "every variable equally far"),
            (([0, 0.01], -0.04), "one variable only"),
            (([0.008, 0.006], 0), "does not go down"),
            (([[-0.006], [0.008]], -0.05), "shape (2, 1): expected (2,)"),
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
            ("saddle", "cubic", "two minima"),
            {"Two valleys", "saddle ", "cubic"},
            ["two minima", "two valleys", "saddle", "cubic"],
        ],
        wrong=[
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
        blank=[(..., ..., ...)],
    ),
}
