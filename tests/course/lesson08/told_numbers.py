"""Lesson 08: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math

HIDDEN, OUTPUT = 784 * 30 + 30, 30 * 10 + 10


def nand(a, b):
    return 1 - a * b


def _row(x1, x2):
    """A row of the table of four gates."""
    u = nand(x1, x2)
    p, q = nand(x1, u), nand(x2, u)
    return f"| {x1} | {x2} | {u} | {p} | {q} | {nand(p, q)} |"


MISTAKES = {
    "fourth_power": [2**2, 1, math.sqrt(2), 2 * math.sqrt(2), -2, 0, 2**4],
    "cost_falls": [12, 0],
    "keeps_ten": [8, 8 / 2],
    "this_curve": [0, 1, 2, 4, 10],
}
RIGHT = {"fourth_power": math.sqrt(2 / (1 / 8) / 4), "cost_falls": 1 + 3}
WORDS = {
    "growing_factor": "Each toward 0 or 1",
    "three_walks": "A walks, B jumps, C diverges",
    "how_many_lost": "two",
    "inverted_at_test": "clearly fewer than 10",
    "inverted_in_both": "it learns badly, and with a smaller eta much better",
}
TOLD = {
    "nand_xor": [_row(x1, x2) for x1 in (0, 1) for x2 in (0, 1)] + ["weights −2, −2 and bias 3"],
    "differ": [
        "with x = 1, w1 = 1 and b1 = −1",
        f"w2 = 4 and b2 = −1 they are −1 and {4 // 2 - 1}",
    ],
    "parameters": [
        f"784·30 + 30 = {HIDDEN:,}",
        f"30·10 + 10 = {OUTPUT}",
        f"together {HIDDEN + OUTPUT:,}",
        "m·n + m numbers",
    ],
    "bits": [
        f"at least 10·0.99 = {10 * 0.99:g}",
        f"at most 9·10·0.01 = {9 * 10 * 0.01:g}",
        f"z is at least {10 * 0.99 - 9 * 10 * 0.01:.1f}",
        f"sigmoid(9) is about {1 / (1 + math.exp(-9)):.4f}",
        f"20·0.99 − 10 = {20 * 0.99 - 10:g}",
        f"5·20·0.01 = {5 * 20 * 0.01:.1f}",
        f"z is at most −{10 - 5 * 20 * 0.01:g}",
    ],
    "fourth_power": ["v − v³/2 = (1 − v²/2)·v", f"v² = {2 * 2} and r = {math.sqrt(2 * 2):g}"],
    "updates": [
        f"m = 20 makes {50_000 // 20:,} updates an epoch, m = 1 makes {50_000:,}",
        f"**{50_000 // (50_000 // 20)} times as many**",
    ],
    "slopes": [
        "Its sum is s − 19",
        f"Take 20: the worst sum is {20 - 19}",
        f"(21·20 − 19)/40 = {(21 * 20 - 19) / 40:.3f}",
        f"√20, about {math.sqrt(20):.1f}",
    ],
    "online": [f"√20 ≈ {math.sqrt(20):.1f}"],
    "cost_falls": ["The other eight point downhill"],
    "how_many_lost": [f"92.0 − 74.4 = {92.0 - 74.4:.1f}"],
    "inverted_images": [f"$\\sqrt{{668}}$, about {math.sqrt(668):.0f}", "in place of 9.4"],
    "one_variable": ["(1 − ηk)·v", "ηk > 2 or ηk < 0", "η > 2/k"],
    "scaling": ["(c·w)·x + c·b = c·(w·x + b) = c·z"],
    "best_step": ["−ε·g/‖g‖", "ε² − 2ε² + ε² = 0", "‖g + d‖² = 2 + 2·g·d", "‖g − d‖² = 2 − 2·g·d"],
}
