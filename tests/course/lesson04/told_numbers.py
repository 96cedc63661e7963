"""Lesson 04: the numbers of mistakes, solutions and words once more, each as what gives it."""

FACTOR = 1 - 1.1 * 2
WALK = [f"{-((-0.8) ** n):.{3 if n == 3 else 2}f}".rstrip("0").rstrip(".") for n in range(6)]
WALK = [point.replace("-", "−") for point in WALK]

MISTAKES = {
    "worst_cost": [10, 1, 1 / 2, 10 / 2 * 500, 10**2 / 2],
    "bowl_cost": [-FACTOR, FACTOR, FACTOR**2 - 1, (1 - 2) ** 2, 0, (1 - 1.1) ** 2, FACTOR**4],
    "off_by": [10, 1, 10 + 10, 10**3],
}
RIGHT = {"bowl_cost": FACTOR**2, "off_by": 10**2, "worst_cost": 10 / 2}
WORDS = {
    "frequent": "About a quarter more",
    "first_cost": "Between 1 and 3",
    "one_weight": "A staircase: level, with jumps",
    "ten_biases": "The cost falls below 1, and about as many are right",
}
TOLD = {
    "worst_cost": [f"so {10 * 1**2}.", f"the factor 1/2 leaves {10 / 2:g}"],
    "first_cost": [f"squares is {0.5**2:g}, and half of their sum is {10 * 0.5**2 / 2:g}"],
    "eta_09": [", ".join(WALK)],
    "bowl_cost": [f"1 − 1.1·2 = −{-FACTOR:.1f}", f"(−1.2)² = {FACTOR**2:.2f}"],
    "off_by": ["2·v·s + s²", f"s² {10**2} times smaller"],
    "steepest": [
        f"(−{0.2 * 0.8:g}, {2 * 0.6:g})",
        f"({0.2 * 0.8:g}, −{2 * 0.6:g})",
        "(0.8, −0.6)",
        "(0.2·v1, 2·v2)",
    ],
    "parabola": [
        f"so k = {2 * 4}",
        "1 − 8·eta",
        f"1/8 = {1 / 8}",
        f"2/8 = {2 / 8}",
        f"Above {2 / 8}",
    ],
    "short_step": [
        f"√(9 + 16) = {(3**2 + 4**2) ** 0.5:g}",
        f"({3 / 5}, −{4 / 5})",
        f"(−{0.01 * 3 / 5}, {0.01 * 4 / 5})",
        f"−{3 * 0.006:g} − {4 * 0.008:g} = −{3 * 0.006 + 4 * 0.008:g}",
        "minus 0.01 times 5",
    ],
}
