"""Lesson 02: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


SLOPE = sigmoid(0) * (1 - sigmoid(0))
STEEP = math.log(0.99 / 0.01)
X, DW, DB = (0.638, 0.25), (0.3, -0.2), 0.1  # of the page, with w = (2, -1) and b = -0.5
Z = 2 * X[0] - X[1] - 0.5
MOVED = DW[0] * X[0] + DW[1] * X[1] + DB


def _off(size):
    """By how many percent the tangent is off."""
    actual = sigmoid(Z + size * MOVED) - sigmoid(Z)
    return 100 * (size * sigmoid(Z) * sigmoid(-Z) * MOVED / actual - 1)


def _five(w):
    """The outputs of the five perceptrons of the page: h1, h2, h3, h4, y."""
    h1, h2 = int(w + 1 - 3 > 1e-9), int(-2 + 2 + 1 > 0)
    h3, h4 = int(4 * h1 - 2 * h2 + 1 > 0), int(-4 * h1 + h2 + 0.5 > 0)
    return h1, h2, h3, h4, int(4 * h3 - 4 * h4 - 1 > 0)


MISTAKES = {
    "largest_slope": [sigmoid(0), 1, 0],
    "one_neuron": [4 * 0.5 - 2 * 0.5 - 1, 4 * 0.5 - 2 * 0.5],
    "small_changes": [
        0.04,
        0.5 * 0.04,
        SLOPE * (0.5 * 0.02 + 0.5 * 0.02 + 0.04),
        SLOPE * (0.5 * 0.02 + 0.04),
        SLOPE * (-0.5 * 0.02 + 0.04),
        SLOPE / 2 * 0.04,
        0.5 + SLOPE * 0.04,
    ],
    "steepness": [math.floor(STEEP / 0.1), math.ceil(STEEP / 1), STEEP, math.ceil(STEEP / 0.01)],
}
WORDS = {
    "digits_flip": "In fewer than 1 of 1,000",
    "off_by_ten": "At 10 only" if _off(10) > 10 > _off(1) else "",
}
TOLD = {
    "five_outputs": [
        "w + 1 − 3 = w − 2",
        ", ".join(f"{w / 10 - 2:g}" for w in range(18, 23)).replace("-", "−"),
    ],
    "how_many_flip": [
        f"At w = 2.0 the outputs of h1, h2, h3, h4, y are {str(_five(2.0))[1:-1]}",
        f"At w = 2.1 they are {str(_five(2.1))[1:-1]}",
    ],
    "off_by_ten": [
        f"off by {_off(0.01):.2f}, {_off(0.1):.2f} and {_off(1):.2f} %",
        f"it is off by {_off(10):.0f} %",
        f"z moves by {10 * MOVED:.1f}",
    ],
    "three_places": [
        f"c·z is −{1000 * 0.1:g}, 0 and {1000 * 0.1:g}",
        f"σ(0) is 1/{1 / sigmoid(0):g}",
    ],
    "largest_slope": [f"the largest value is 1/{1 / SLOPE:g}", "1/4 − (a − 1/2)²"],
    "small_changes": [f"The exact change is {sigmoid(0.04) - 0.5:.6f}"],
    "steepness": [
        f"10·ln 99 ≈ {10 * STEEP:.2f}",
        f"is {math.ceil(10 * STEEP)}",
        f"has to be {math.ceil(100 * STEEP)}",
    ],
    "which_learn": ["w = −0.2", f"w = {2 + 0.1:g}"],
}
