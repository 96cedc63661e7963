"""Twenty numbers in ways of writing that MNIST hardly has, each point moved by an unsteady hand."""

import numpy as np

from course.lesson10 import written

PAD = (760, 190)
NUMBERS = [  # the digits with their styles, height, slant, how shaky, line width
    (["1, with a foot", "7, crossed"], 120, 0.0, 1.0, 12),
    (["4, open", "2"], 110, 0.15, 1.0, 10),
    (["9, straight", "0"], 130, 0.0, 2.0, 14),
    (["3", "8"], 90, 0.3, 1.0, 9),
    (["6", "5", "4"], 120, 0.0, 3.5, 12),
    (["7, crossed", "7, crossed", "1"], 110, 0.1, 1.5, 8),
    (["2", "0", "4, open"], 100, -0.15, 1.0, 12),
    (["1, with a foot", "1, with a foot", "9"], 120, 0.0, 1.0, 14),
    (["5", "3", "9, straight"], 80, 0.25, 1.0, 7),
    (["8", "6", "0"], 130, 0.0, 2.5, 16),
    (["1", "9, straight", "8", "4, open"], 100, 0.2, 1.0, 10),
    (["2", "0", "2", "6"], 110, 0.0, 3.0, 12),
    (["4, open", "4", "4, open", "4"], 90, 0.0, 1.5, 9),
    (["7", "7, crossed", "7", "1, with a foot"], 100, 0.3, 1.0, 8),
    (["3", "1", "4, open", "1"], 120, -0.1, 1.0, 11),
    (["6", "9, straight", "6", "9, straight", "6"], 90, 0.0, 2.0, 10),
    (["1, with a foot", "0", "1, with a foot", "0", "1"], 80, 0.1, 1.0, 8),
    (["5", "8", "2", "3", "7, crossed"], 100, 0.15, 2.0, 10),
    (["5", "0", "4, open", "1", "9, straight", "2"], 90, 0.0, 2.5, 9),
    (["9", "8", "7, crossed", "6", "5", "4, open"], 80, 0.25, 1.0, 8),
]


def by_another_hand(names, height, slant, shaky, rng):
    """Strokes of a number, every point of them moved at random by about `shaky` units."""
    strokes = written.number(names, (20, 20), height, gap=24, slant=slant)
    return [(np.array(one) + rng.normal(0, shaky, np.shape(one))).tolist() for one in strokes]


def digits_right(wanted, read):
    """How many digits of a number are read right: of those read, in order, without the rest."""
    best = np.zeros((len(wanted) + 1, len(read) + 1), int)  # the longest common subsequence
    for i, a in enumerate(wanted, 1):
        for j, b in enumerate(read, 1):
            best[i, j] = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + (a == b))
    return best[-1, -1]


def twenty():
    """(digits, strokes, line width) of each number."""
    rng = np.random.default_rng(10)
    for names, height, slant, shaky, line_width in NUMBERS:
        strokes = by_another_hand(names, height, slant, shaky, rng)
        yield "".join(name[0] for name in names), strokes, line_width


def enough_right(pairs):
    """Whether four digits in five of (written, read) are read right, and words for it."""
    pairs = list(pairs)
    total = sum(len(wanted) for wanted, _ in pairs)
    right = sum(digits_right(*pair) for pair in pairs)
    wrong = [f"{wanted} as {read or 'nothing'}" for wanted, read in pairs if wanted != read]
    words = f"{right} of {total} digits; misread: {', '.join(wrong) or 'none'}"
    return len(pairs) == 20 and right >= 0.8 * total, words
