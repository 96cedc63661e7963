"""Lesson 10: the numbers of the quiz, by the functions of the library and by trying all ways."""

from itertools import chain, combinations

import numpy as np

from nnlib import handwriting

STEPS = {(0, 1): -0.5, (1, 2): -0.4, (2, 3): -2.0, (0, 2): -1.5, (1, 3): -1.0, (0, 3): -1.8}
rows = np.array([[1.0], [0.0], [3.0]])
all_cuts = chain.from_iterable(combinations(range(3), n) for n in range(4))
places = [(0, *between, 3) for between in [(), (1,), (2,), (1, 2)]]

NUMBERS = {
    1: handwriting.center_of_mass(rows)[0],
    2: handwriting.scale(np.ones((60, 15))).shape[1],
    3: len(list(all_cuts)),
    4: max(sum(STEPS[step] for step in zip(way, way[1:])) for way in places),
}
