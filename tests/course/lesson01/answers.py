"""Answers for the exercises of lesson 01."""

from fractions import Fraction

import numpy as np

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


CASES = {
    "01-threshold": Cases(
        right=[
            [[7]],
            (np.float64(7.5),),
            np.array([[6.25]], np.float32),
            7,
            6,
            7.999,
            np.float32(6.5),
            [7],
            np.array(6),
            Fraction(13, 2),
        ],
        wrong=[
            (4.5, "neither of the other reasons"),
            (True, "under a cloudy sky"),
            (8.000001, "sky is clear and a friend comes"),
            (-6.5, "Is this the bias?"),
            (float("inf"), "finite"),
            (range(6, 8), "expected a single number"),
            ({7}, "use list(...)"),
            (7j, "complex"),
            (lambda: 7, "is a function"),
            (8, "What happens at equality?"),
            (8.5, "sky is clear and a friend comes"),
            (5, "neither of the other reasons"),
            (5.999, "neither of the other reasons"),
            (4, "neither of the other reasons"),
            (3, "under a cloudy sky"),
            (0, "under a cloudy sky"),
            (-7, "Is this the bias?"),
            (10, "What is the weighted sum in this case?"),
            (float("nan"), "finite"),
            ([6, 2, 2], "expected a single number"),
            ("7", "text"),
        ],
        raises=(Unreadable(), "no numbers in here"),
        blank=[[...]],
    ),
    "01-not": Cases(
        right=[
            np.array([-2, 1]),
            ([[-2]], [[1]]),
            (-1, 1),
            (Fraction(-3, 2), Fraction(1, 2)),
            (-2, 1),
            ([-1], 1),
            (np.array([-3.0], dtype=np.float32), np.float32(0.5)),
            [-1e300, 1e-300],
        ],
        wrong=[
            ((1, -1), "Which of your numbers is this?"),
            ((-0.5, 1), "Should w be negative?"),
            ((0, 1), "Should w be negative?"),
            (("-2", "1"), "without quotes"),
            ({"w": -2, "b": 1}, "expected 2 things"),
            (np.array([-2, 1, 0]), "3 parts"),
            ((-2, float("nan")), "finite"),
            ((-1, 0), "at z = 0 a perceptron gives 0"),
            ((1, 0), "at z = 0 a perceptron gives 0"),
            ((2, -1), "z is -1"),
            ((-1, 2), "Should w be negative?"),
            ((-0.3, 0.1 + 0.2), "Use whole numbers"),
            ((1, 1), "z is 2"),
            (([-2, -2], 3), "`w` has shape (2,): expected (1,)"),
            ((float("-inf"), 1), "finite"),
            (-2, "expected 2 things"),
        ],
        raises=((Unreadable(), 1), "no numbers in here"),
        blank=[(..., 1), (-2, ...), (..., ...)],
    ),
    "01-weights-only": Cases(
        right=[
            ([[2]], -3, [[1]]),
            (np.array([[1], [1]]), -3, np.array([[1], [1]])),
            ([3], -3, [1]),
            ([1, 1, 1], -2, (1, 1, 0)),
            ([2], -3, [1]),
            (2, -3, 1),
            ((-2, -2), 3, (1, 0)),
            (np.array([1.0, 5.0]), -1, np.array([1, 0])),
            (np.float32([1]), np.float32(-1.5), [True]),
            ([1e308, 1e308], -1.7e308, [1, 0]),
        ],
        wrong=[
            (([1], -2, [1]), "z is -1 before and 0 after"),
            ((-3, [2], [1]), "Both give the output 0"),
            (([2], -3, [2]), "0 or 1"),
            (([2, 0], -3, [1]), "same length"),
            (([2], -3, "1"), "without quotes"),
            (([], -3, []), "same length"),
            (([2], -5, [1]), "z is -3 before and -1 after"),
            (([2], -4, [1]), "z is -2 before and 0 after"),
            (([2], 3, [1]), "Both give the output 1"),
            (([2], 0, [1]), "With a bias of 0"),
            (([2], -3, [0]), "w·x is 0"),
            (([2, -2], -3, [1, 1]), "w·x is 0"),
            (([2, 2], -3, [1]), "same length"),
            (([2], -3, [0.5]), "0 or 1"),
            (([1e308] * 2, 1, [1, 1]), "too large a number to show"),
            (([float("nan")], -3, [1]), "finite"),
            (([2], -3), "2 parts"),
            (([[2, 1], [1, 2]], -3, [[1, 0], [0, 1]]), "two lists of the same length"),
        ],
        raises=(([2], Unreadable(), [1]), "no numbers in here"),
        blank=[(..., ..., ...), ([2], -3, ...), ([...], -3, [1])],
    ),
}
