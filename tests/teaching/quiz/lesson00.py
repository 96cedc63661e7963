"""Lesson 00: the numbers of the quiz, counted on made-up images and by running the cells."""

import numpy as np

from nnlib.network import Network

IS_NINE = np.arange(1000) < 100
SAID_NINE = (np.arange(1000) >= 40) & (np.arange(1000) < 120)  # 80 alarms, 60 of them right


def after_cells(*cells):
    """What x is after these cells were run in this order."""
    names = {}
    for cell in cells:
        exec(cell, names)
    return names["x"]


SET, DOUBLE = "x = 5", "x = x * 2"
NUMBERS = {
    1: 100 * SAID_NINE[IS_NINE].mean(),
    2: 100 * (~IS_NINE).mean(),
    4: after_cells(SET, DOUBLE, DOUBLE, SET, DOUBLE),
    5: [w.shape for w in Network([5, 4, 3]).weights],
}
