"""Lesson 07: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math

ERROR = math.sqrt(0.95 * 0.05 / 10_000)
MISTAKES = {
    "darkness": [100 / 10, 100 / 2],
    "without_five": [
        100 - 100 / 10,
        100 * 892 / 10_000,
        100,
        10_000 - 892,
        round(100 - 8.92),
        round(100 - 8.92, 1),
    ],
}
RIGHT = {"without_five": 100 * (10_000 - 892) / 10_000}
WORDS = {
    "sure_and_unsure": "nearly all of the sure ones, about half of the unsure ones",
    "shuffled_pixels": "ten or more of 100",
    "thirty_pictures": "something else",
    "nearly_white": "The network does not use them",
    "order_of_etas": "3, 0.1, and 0.001 and 100 far behind",
    "two_costs": "with 0.001 it falls, with 100 it stands still; that of 100 is lower",
    "best_median": "3 or 10: four seeds do not tell which of the two is better",
    "twenty_seeds": "neither: the medians differ by less than 1 point",
    "against_svm": "The SVM is better by more than 2 points",
    "two_low_rows": "run it again with other seeds, and look at the recall of each digit",
}
TOLD = {
    "best_of_ten": [
        f"= {ERROR:.4f}$, {100 * ERROR:.1f} points",
        f"about {1.5 * 100 * ERROR:.1f} points",
    ],
    "without_five": [f"(10,000 − 892) / 10,000 = {100 * (10_000 - 892) / 10_000:.2f} %"],
    "dead_digits": [f"{100 * share:g} %" for share in (0.0892, 0.1009, 0.0982)]
    + ["892, the number of fives", "1,009, the number of nines", "982, the number of fours"],
}
