"""Lesson 00: the numbers of mistakes, solutions and words once more, each as what gives it."""

MISTAKES = {"found": [100 * 15 / 25, 100 * 15 / 200, 100 * 20 / 25, 100 * 25 / 200]}
TOLD = {
    "found": [f"{15}/{20} = {100 * 15 / 20:g} %", f"{15}/{25} = {100 * 15 / 25:g} %"],
    "nothing": [f"100 − {8} = {100 - 8} of 100", f"finds {0} of the {8} nines"],
    "slices": ["2 with 3, and 3 with 4"],
    "one_line": [f"({2}, {3}) and ({3}, {4})", "3 rows and 2 columns, the next one 4 rows and 3"],
    "shapes": ["30 neurons with 784 weights each, then 10 neurons with 30 weights each"],
}
