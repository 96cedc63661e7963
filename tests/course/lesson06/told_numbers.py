"""Lesson 06: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


H1, H2 = sigmoid(1), sigmoid(0)
Z3 = 2 * H1 - H2 - 2
A3 = sigmoid(Z3)
NUMBERS = 784 * 30 + 30 + 30 * 10 + 10
WEIGHTS = 784 * 30 + 30 * 10

MISTAKES = {
    "passes": [NUMBERS, NUMBERS + 1, 2 * WEIGHTS, WEIGHTS, 2],
    "forward": [
        Z3 + 2,
        Z3 + 4,
        2 * H1 + H2 - 2,
        2 * 1 - 0 - 2,
        2 * H2 - H1 - 2,
        Z3,
        A3,
    ],
    "blank_weights": [0, 100 - 78.8, 50, 100],
    "output_error": [0.5 * 0.25, 0.5 - 1, 1 - 0.5, -0.25, 0.25, -0.5 * 0.25, -0.5 * 0.25, 0],
    "friend": [1 / 2, 1 + 1 / 2, 1, -1, 4],
    "written": [1, WEIGHTS, 100 * WEIGHTS, 1 / 100],
}
RIGHT = {
    "passes": 2 * NUMBERS,
    "forward": Z3,
    "output_error": (0.5 - 1) * 0.5 * 0.5,
    "written": 100,
}
WORDS = {
    "does_it_learn": "Yes: from every start to more than 60 %",
    "slip": "No error, but other numbers",
    "mended": "The median moves by less than 3 points",
}
TOLD = {
    "three_runs": [f"{2 * NUMBERS:,} runs"],
    "passes": [f"784·30 + 30 + 30·10 + 10 = {NUMBERS:,}"],
    "forward": [f"{H1:.4f} against {H2}", f"is −{-Z3:.4f}, or −{2 + H2 - 2 * round(H1, 4):.4f}"],
    "output_too_low": [f"{A3:.4f} − 1 = −{1 - A3:.4f}", f"−{(1 - A3) * A3 * (1 - A3):.4f} of it"],
    "target_zero": [f"the output, {A3:.4f} as before"],
    "output_error": [
        f"a = σ(0) = {sigmoid(0)}",
        f"0.5·(1 − 0.5) = {0.5 * 0.5}",
        f"(0.5 − 1)·0.25 = −{0.5 * 0.25}",
        "(a − y)·σ′(z)",
    ],
    "friend": ["(f − 1)/f", f"This is {(2 - 1) / 2} for f = 2"],
    "written": [f"writes {WEIGHTS:,} numbers: {100 * WEIGHTS:,} in all", f"once: {WEIGHTS:,}"],
    "blank_weights": ["its 30 weights"],
    "hidden_signs": ["2·(negative) and of −1·(negative): negative and positive"],
    "hundred_columns": ["(n, 100) times (100, k) is (n, k)"],
}
