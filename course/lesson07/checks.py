"""Lesson 07: the truths, and what tells one wrong answer from another."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong

CLASS_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)  # test images of each digit


def dead_digits(answer, says):
    """Compare three digits with the class counts of the test set."""
    digits = compare.numbers(answer, None, "`answer`").ravel()
    if len(digits) != 3:
        raise Wrong(says["not-three"])
    if np.array_equal(digits, [892, 1009, 982]):
        return says["class-counts"]
    wrong = [
        percent for percent, digit in zip((8.92, 10.09, 9.82), digits) if not _fits(percent, digit)
    ]
    if not wrong:
        return None
    if np.array_equal(digits + 1, [5, 9, 4]) or np.array_equal(digits - 1, [5, 9, 4]):
        return says["off-by-one"]
    return (
        f"{len(wrong)} of the three {'is' if len(wrong) == 1 else 'are'} not right, first the one "
        f"for {wrong[0]} %. Of 10,000 images, how many are that? Look for this count in the table."
    )


def _fits(percent, digit):
    return digit in range(10) and CLASS_COUNTS[int(digit)] == round(100 * percent)
