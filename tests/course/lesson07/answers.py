"""Answers for the exercises of lesson 07."""

import numpy as np

from tests.course.answers import Cases

CASES = {
    "07-dead-digits": Cases(
        right=[
            ([5], [9], [4]),
            np.array([[5, 9, 4]]),
            (np.int8(5), 9, np.float64(4)),
            [5, 9, 4],
            (5.0, 9.0, 4.0),
            np.array([5, 9, 4], np.float32),
        ],
        wrong=[
            ([5, 9, 4, 0], "Give three digits"),
            (594, "Give three digits"),
            ("594", "without quotes"),
            ({5, 9, 4}, "use list(...)"),
            ([4, 5, 9], "3 of the three are not right"),
            ([5, 4, 9], "2 of the three are not right, first the one for 10.09 %"),
            ([5, 5, 5], "2 of the three are not right"),
            ([4, 8, 3], "off by one"),
            ([-5, 9, 4], "1 of the three is not right"),
            ([0.0892, 0.1009, 0.0982], "Look for this count"),
            ([5, 3, 4], "1 of the three is not right, first the one for 10.09 %"),
            ([6, 10, 5], "off by one"),
            ([892, 1009, 982], "These are the counts"),
            ([5, 9], "Give three digits"),
            (["five", "nine", "four"], "expected numbers only"),
            ([5.5, 9, 4], "first the one for 8.92 %"),
            ([1, 2, -1], "3 of the three are not right"),
        ],
        raises=(type("Odd", (list,), {"__len__": lambda self: 1 // 0})([5]), "ZeroDivisionError"),
        blank=[[..., ..., ...], [5, ..., 4], [5, None, 4]],
    ),
}
