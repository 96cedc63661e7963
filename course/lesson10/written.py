"""Digits written by hand, as strokes for the drawing pad, in more styles than MNIST's writers had.

    pad.strokes = written.DIGIT_7
    pad.strokes = written.number(["4, open", "2"])

One style stands for each digit under its own name, others under names such as "4, open". They are
other strokes than those of course.measured.drawn, from which the reader learned.
"""

import numpy as np

HEIGHT = 140  # of the box that digits are written in; it is about 100 wide
STYLES = {  # strokes of points (x, y): x to the right, y down
    "0": [[(52, 4), (28, 12), (10, 40), (5, 75), (14, 112), (38, 136), (64, 134), (86, 110),
           (95, 72), (88, 34), (70, 10), (48, 4)]],
    "1": [[(50, 4), (48, 70), (46, 136)]],
    "1, with a foot": [[(22, 34), (38, 22), (52, 6), (53, 70), (52, 134)], [(22, 135), (84, 134)]],
    "2": [[(12, 38), (20, 14), (46, 3), (74, 10), (84, 34), (74, 62), (48, 92), (10, 134),
           (40, 132), (92, 133)]],
    "3": [[(14, 16), (40, 3), (70, 8), (80, 30), (68, 54), (40, 64), (72, 72), (90, 98), (78, 126),
           (46, 138), (12, 124)]],
    "4": [[(64, 4), (36, 48), (8, 92), (50, 91), (96, 89)], [(66, 6), (67, 70), (68, 136)]],
    "4, open": [[(18, 6), (14, 40), (12, 76), (44, 80), (88, 74)], [(78, 10), (74, 76), (70, 138)]],
    "5": [[(24, 6), (20, 34), (16, 62), (44, 52), (76, 62), (88, 92), (76, 124), (44, 138),
           (10, 126)], [(24, 6), (54, 8), (86, 4)]],
    "6": [[(70, 4), (40, 26), (18, 62), (10, 98), (24, 128), (52, 138), (82, 122), (86, 94),
           (66, 76), (38, 80), (14, 104)]],
    "7": [[(8, 10), (46, 8), (90, 6), (70, 50), (50, 94), (38, 138)]],
    "7, crossed": [[(8, 10), (46, 8), (90, 6), (70, 50), (50, 94), (38, 138)],
                   [(28, 74), (84, 66)]],
    "8": [[(78, 20), (54, 4), (26, 12), (20, 36), (44, 60), (74, 82), (84, 110), (62, 136),
           (32, 134), (16, 112), (30, 84), (60, 60), (82, 36), (78, 20)]],
    "9": [[(82, 34), (62, 8), (32, 8), (14, 34), (24, 62), (54, 66), (78, 46), (84, 28), (84, 70),
           (74, 110), (56, 138)]],
    "9, straight": [[(78, 36), (58, 8), (30, 10), (14, 36), (26, 64), (56, 64), (78, 40)],
                    [(80, 8), (80, 72), (80, 138)]],
}  # fmt: skip


def number(names, corner=(30, 35), height=120, gap=14, slant=0.0):
    """Strokes of some digits in a row, each a list of [x, y].

    names: of the `STYLES`, from left to right.  corner: left and top of the row, height: of its
    digits, gap: from one digit to the next, negative where they overlap; all in units of the pad.
    slant: how far a digit leans to the right for each unit of its height.
    """
    left, top = corner
    strokes = []
    for name in names:
        digit = [_leaning(stroke, slant, height / HEIGHT) for stroke in STYLES[name]]
        start = left - min(points[:, 0].min() for points in digit)
        strokes += [(points + [start, top]).tolist() for points in digit]
        left = max(points[:, 0].max() for points in digit) + start + gap
    return strokes


def _leaning(stroke, slant, factor):
    """The points (n, 2) of a stroke, leaning to the right and `factor` times as large."""
    x, y = _rounded(np.array(stroke, float)).T
    return np.round(factor * np.stack([x + slant * (HEIGHT - y), y], axis=1), 1)


def _rounded(points):
    """More points (m, 2) of a stroke (n, 2), whose corners are cut off twice: a hand's curve."""
    for _ in range(2):
        near, far = points[:-1], points[1:]
        between = np.stack([0.8 * near + 0.2 * far, 0.2 * near + 0.8 * far], axis=1)
        points = np.concatenate([points[:1], between.reshape(-1, 2), points[-1:]])
    return points


DIGIT_7 = number(["7"], (64, 40), 140)  # for Pad(224, 224)
DIGIT_4_OPEN = number(["4, open"], (64, 40), 140)
NUMBER_504192 = [  # for Pad(760, 190); 4 and 1 touch each other
    *number("504", (70, 35), gap=26),
    *number("192", (338, 35), gap=26),
]
