"""Lesson 04: the numbers of the quiz, from costs alone, by centered differences."""

import numpy as np


def step(cost, v, eta):
    """Where one step of gradient descent leads from v (n,)."""
    h = 1e-6 * np.eye(len(v))
    slopes = [(cost(v + one) - cost(v - one)) / 2e-6 for one in h]
    return v - eta * np.array(slopes)


def square(v):
    return v @ v


def oval(v):
    return v[0] ** 2 + 3 * v[1] ** 2


PLACE = np.array([2.0, 1.0])
NUMBERS = {
    1: step(square, np.array([3.0]), 0.1)[0],
    2: square(step(square, np.array([1.0]), 2.0)),
    3: step(oval, PLACE, 0.1) - PLACE,
}
