"""Lesson 10: the numbers of mistakes, solutions and words once more, each as what gives it."""

import math

SCORES = {(0, 1): -0.1, (1, 2): -3.0, (2, 3): -0.2, (0, 2): -0.9, (1, 3): -2.4, (0, 3): -2.0}
FOUR, NINE, STROKES = math.log(0.9), math.log(1 - 0.2), 0.5 * 0.4


def way(*places):
    """The sum of the scores of a way."""
    return sum(SCORES[step] for step in zip(places, places[1:]))


MISTAKES = {
    "center_by_hand": [(2 + 2 * 2) / 4, (1 + 2 + 2) / 3, 1.75 + 1, 1 + 2 * 3, 7 / 3, 7 / 9],
    "ways": [14, 14 * 2, 14**2, 2**15, 15 * 16 // 2],
    "best_way": [-way(0, 2, 3), way(0, 1, 3), way(0, 3), way(0, 1, 2, 3), -0.1 - 0.2],
    "cut_score": [
        FOUR + NINE,
        FOUR + NINE + STROKES,
        FOUR + NINE - STROKES - 0.25,
        FOUR + NINE - 0.4,
        FOUR - STROKES,
        FOUR + math.log(0.2) - STROKES,
    ],
}
RIGHT = {
    "center_by_hand": (1 * 1 + 2 * 3) / 4,
    "ways": 2**14,
    "best_way": way(0, 2, 3),
    "cut_score": FOUR + NINE - STROKES,
}
WORDS = {
    "small_seven": "not 7",
    "where_is_the_middle": "all of them",
    "three_pixels": "about 50",
    "no_step_cures": "slanted",
    "shifted_copies": "3 pixels off: much better; in the middle: about the same",
    "scribbles": "about 60",
    "five_digits": "20 to 50",
    "threshold": "there is none",
    "other_writers": "about 70",
    "why_20": "so that there is room to move its center of mass into the middle",
}
TOLD = {
    "center_by_hand": [f"7/4 = {7 / 4}", f"(1·2 + 2·2) / 4 = {6 / 4}"],
    "ways": [f"$2^{{14}} = {2**14:,}$".replace(",", "{,}"), f"15 \\cdot 16 / 2 = {15 * 16 // 2}$"],
    "best_way": [
        f"0-1-2-3: −0.1 − 3.0 − 0.2 = −{-way(0, 1, 2, 3):.1f}",
        f"0-1-3: −0.1 − 2.4 = −{-way(0, 1, 3):.1f}",
        f"0-2-3: −0.9 − 0.2 = −{-way(0, 2, 3):.1f}",
        f"0-3: −{-way(0, 3):.1f}",
        f"you end at −{-max(way(0, 1, 3), way(0, 1, 2, 3)):.1f}",
    ],
    "best_path": [f"{15 * 16 // 2} for 15 pieces, in place of {2**14:,} ways"],
    "cut_score": [f"-{-FOUR:.3f} - {-NINE:.3f} - {STROKES} = -{STROKES - FOUR - NINE:.2f}$"],
    "why_20": [f"With 20 there are {(28 - 20) // 2} pixels on each side"],
}
