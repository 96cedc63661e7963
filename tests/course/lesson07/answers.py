"""Answers for the exercises of lesson 07."""

import numpy as np

from tests.course.answers import Cases

CASES = {
    "07-dead-digits": Cases(
        right=[[5, 9, 4], (5.0, 9.0, 4.0), np.array([5, 9, 4], np.float32)],
        wrong=[
            ([5, 3, 4], "1 of the three is not right, first the one for 10.09 %"),
            ([6, 10, 5], "off by one"),
            ([892, 1009, 982], "These are the counts"),
            ([5, 9], "shape (2,): expected (3,)"),
            (["five", "nine", "four"], "expected numbers only"),
            ([5.5, 9, 4], "first the one for 8.92 %"),
            ([1, 2, -1], "3 of the three are not right"),
        ],
        raises=(type("Odd", (list,), {"__len__": lambda self: 1 // 0})([5]), "ZeroDivisionError"),
        blank=[[..., ..., ...], [5, ..., 4], [5, None, 4]],
    ),
}
