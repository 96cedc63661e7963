"""Lesson 05: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math


def cost(c):
    """Half the squares of ten outputs that are all c: one target is 1, the others are 0."""
    return ((1 - c) ** 2 + 9 * c**2) / 2


MISTAKES = {
    "steps": [12 // 5, 12 / 5, 12, 5, 12 * 5],
    "same_answer": [0, 1 / 2, 1, 9 / 10, cost(0.1)],
    "count": [50_000 // 20, 3 * 50_000, 50_000, 3, 3 * 50_000 * 20, 3 * 20],
    "one_fifth": [10 * 5, 10 / 5, 10 / 25, 10 * math.sqrt(5), 10**2, 5**2],
    "sum": [3 * 10, 3, 10, 1 / 10],
}
RIGHT = {
    "steps": math.ceil(12 / 5),
    "count": 3 * 50_000 // 20,
    "one_fifth": 10 * 5**2,
    "sum": 3 / 10,
}
WORDS = {
    "late_miss": "By its whole length or more",
    "three_epochs": "More than 400",
    "rises": "About 85",
    "lowest": "m = 1 at 0.5, and m = 10 at 5",
    "cost_half": "About 100",
    "uphill": "With m = 1, five times as many or more",
    "two_rates": "At eta 3, by far",
}
SPREADS = [f"{math.sqrt(0.5 * 0.5 / m):.2f}" for m in (10, 40, 160)]
TOLD = {
    "poll": [f"the spread is divided by {math.sqrt(4):g}", "{}, {} and {}".format(*SPREADS)],
    "clouds": [f"the square root of 10 is {math.sqrt(10):.1f}"],
    "same_answer": [
        "(1 − c)² + 9·c²",
        "−(1 − c) + 9·c = 10·c − 1",
        f"0 at c = {1 / 10}",
        f"(0.81 + 9·0.01)/2 = {cost(0.1):.2f}",
        f"less than the {cost(0):g} of",
    ],
    "count": [f"50,000 / 20 = {50_000 // 20:,}", f"3·2,500 = {3 * 50_000 // 20:,}"],
    "one_fifth": [f"m must be {5**2} times as large, so {10 * 5**2}"],
    "sum": [f"the same step: {3 / 10}"],
    "any_eta": ["both 2η and 2η² are above 0"],
    "calls": [f"{20} times as many calls: {1000:,} and {1000 // 20}"],
}
