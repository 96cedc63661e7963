"""Lesson 03: the numbers of mistakes, solutions and words once more, each as what gives it."""

import numpy as np

RNG = np.random.default_rng(3)  # as on the page
W, B, A = RNG.standard_normal((3, 2)), RNG.standard_normal(3), np.array([0.20, 0.90])
SHOWN = [0.02, 0.01, 0.10, 0.71, 0.00, 0.64, 0.03, 0.02, 0.30, 0.05]
Z = W @ A + B
ROUNDED = W.round(2) @ A + B.round(2)
HIDDEN, OUTPUT = 784 * 30 + 30, 30 * 10 + 10
LARGE = 4096 * 50 + 50 + 50 + 1

MISTAKES = {
    "inputs": [1, 28, 28 + 28, 2**8 - 1, 2**8],
    "lines": [6 * 4, 6 + 4 + 3 + 1, 4 + 3 + 1, 6 * 4 * 3, 6 * 4 + 4 * 3, 39 + 4 + 3 + 1],
    "which_digit": [SHOWN.index(max(SHOWN)) + 1, 5, 6, max(SHOWN), 8],
    "on_paper": [
        784 * 30 + 30 * 10,
        784 * 30,
        HIDDEN,
        HIDDEN + OUTPUT - 10,
        HIDDEN + OUTPUT - 30,
        HIDDEN + OUTPUT + 784,
        784 + 30 + 10,
        784 * 30 * 10,
    ],
    "second_layer": [
        30 * 30,
        30,
        784 * 30 + 30,
        30 * 30 + 30 + 30 * 10 + 10,
        30 * 30 + 30 + 30 * 10,
        HIDDEN + 30 * 30 + 30 + OUTPUT,
    ],
    "one_more": [4096, 4096 + 1, 4096 + 10, 1, 4097 * 100 + 101 * 10],
    "last_entry": [
        W[2] @ A,
        W[2].round(2) @ A[::-1] + B[2].round(2),
        Z[1],
        Z[0],
        1 / (1 + np.exp(-Z[2])),
    ],
    "nine_or_not": [4096 * 50 + 50, 4096 * 50, LARGE + 4096, LARGE - 1, 4096 + 50 + 1],
}
RIGHT = {
    "last_entry": Z[2],
    "second_layer": 30 * 30 + 30,
    "one_more": 4096 + 1 + 10,
    "nine_or_not": LARGE,
}
TOLD = {
    "how_many": [
        f"{HIDDEN + OUTPUT:,} with ten outputs",
        f"784 weights each have {30 * 784:,} weights",
    ],
    "which_digit": [
        f"The largest activation is {max(SHOWN)}",
        f"to neuron {SHOWN.index(max(SHOWN))}",
    ],
    "another_task": [f"64·64 = {64 * 64:,}"],
    "on_paper": [
        f"30·784 weights and 30 biases, together {HIDDEN:,}",
        f"10·30 weights and 10 biases, {OUTPUT}",
        f"Together these are {HIDDEN + OUTPUT:,}",
    ],
    "second_layer": [f"30·30 weights and 30 biases: {30 * 30 + 30}"],
    "one_more": [f"4,096 + 1 + 10 = {4096 + 1 + 10:,}"],
    "last_entry": [
        "−0.45·0.20 − 0.22·0.90 − 0.87",
        f"= −{-ROUNDED[2]:.2f} with two decimals, −{-Z[2]:.2f} with all",
    ],
    "nine_or_not": [
        f"50·4096 weights and 50 biases, together {4096 * 50 + 50:,}",
        f"50 weights and a bias, {50 + 1}",
        f"Together these are {LARGE:,}",
    ],
    "four_shapes": ["2 → 3 and 3 → 1", "(3, 2) and (1, 3)", "(3, 1) and (1, 1)"],
    "five_at_once": ["(3, 2) @ (2, 5) is (3, 5)", "(1, 3) @ (3, 5) is (1, 5)"],
    "from_shapes": [
        "from 8 inputs to 5 neurons",
        "these 5 to 4 outputs",
        "[8, 5, 4]",
        "(5, 1) and (4, 1)",
    ],
}
