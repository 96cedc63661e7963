"""Lesson 01: the numbers of mistakes, solutions and words once more, each as what gives it."""

from itertools import product

ROWS = list(product([0, 1], repeat=3))
SUMS = [6 * sky + 2 * friend + 2 * free for sky, friend, free in ROWS]
WANTED = [bool(sky and (friend or free)) for sky, friend, free in ROWS]
ONES = {t: sum(z > t for z in SUMS) for t in (3, 5)}
NAMES = {3: "three", 4: "four", 5: "five"}


def _passes(outputs):
    """Passes of the perceptron rule over the four corners until one has no mistake."""
    corners, w1, w2, b = list(product([0, 1], repeat=2)), 0, 0, 0
    for passes in range(1, 100):
        mistakes = 0
        for (x1, x2), wanted in zip(corners, outputs):
            error = wanted - (w1 * x1 + w2 * x2 + b > 0)
            w1, w2, b, mistakes = w1 + error * x1, w2 + error * x2, b + error, mistakes + abs(error)
        if not mistakes:
            return passes
    return None


def _half_adder(x1, x2):
    """The seven wires: x1, x2, n1, n2, n3, sum, carry."""
    n1 = 1 - x1 * x2
    n2, n3 = 1 - x1 * n1, 1 - x2 * n1
    return x1, x2, n1, n2, n3, 1 - n2 * n3, 1 - n1 * n1


CHANGED = sum(a != b for a, b in zip(_half_adder(1, 0), _half_adder(1, 1)))
RIGHT = {"wires": CHANGED, "fewest_wrong": 1}
WORDS = {  # the right option, put together from what was counted
    "ones": f"{NAMES[ONES[5]].capitalize()} at 5, {NAMES[ONES[3]]} at 3",
    "always": f"For all below {min(SUMS)}",
    "equality": str(int(4 > 4)),
    "rounded": f"{int(1 + 2 > 3)} on paper, {int(0.1 + 0.2 > 0.3)} on the computer",
    "fold": "In three places: (0, 1) and (1, 0) lie on one another",
}
TOLD = {
    "go_or_stay": [f"6·0 + 2·1 + 2·1 = {SUMS[ROWS.index((0, 1, 1))]}", "not exceed 5", "exceeds 3"],
    "ones": [
        f"At threshold 5 there are {NAMES[ONES[5]]}",
        f"At threshold 3 there are {NAMES[ONES[3]]}",
    ],
    "equality": ["4 > 4"],
    "always": [
        f"weighted sums is {min(SUMS)}",
        f"The largest is {max(SUMS)}: with every threshold of",
    ],
    "one_slider": [
        f"2 − 3 = −{3 - 2}",
        f"With b = −1 they have z = {2 - 1}, and (0, 0) has z = −1",
    ],
    "fewest_wrong": ["OR is wrong about (1, 1)", "NAND about (0, 0)"],
    "fold": [
        "OR is 0, 1, 1, 1 and NAND is 1, 1, 1, 0",
        "(0, 0) comes to lie at (0, 1), (1, 1) at (1, 0)",
    ],
    "wires": [
        "n1 becomes {2}, n2 becomes {3}, the sum {5} and the carry {6}".format(*_half_adder(1, 1))
    ],
    "passes": [
        f"AND and NAND take {_passes([0, 0, 0, 1])} passes, OR takes {_passes([0, 1, 1, 1])}"
    ],
    "threshold": [
        f"(weighted sum {SUMS[ROWS.index((1, 1, 0))]})",
        f"with the free morning ({SUMS[ROWS.index((1, 0, 1))]})",
        f"and with both ({max(SUMS)})",
        f"the other five rows is {max(z for z, yes in zip(SUMS, WANTED) if not yes)}",
    ],
    "not_": [f"w = −{2} and b = {1}"],
    "weights_only": [f"z is −{3 - 2} before", f"and {2 * 2 - 3} after", "−2w < b ≤ −w"],
}
