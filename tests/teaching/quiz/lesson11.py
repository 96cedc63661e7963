"""Lesson 11: the numbers of the quiz, by going back, on and across one step at a time."""

from functools import reduce

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnlib.neurons import sigmoid


def slope(cost, z=0.0, h=1e-6):
    """The centered difference of a cost at z."""
    return (cost(z + h) - cost(z - h)) / (2 * h)


def quadratic(z):
    """The cost of an output neuron with the target 0."""
    return sigmoid(z) ** 2 / 2


def cross_entropy(z):
    """The same with the cross-entropy."""
    return -np.log(1 - sigmoid(z))


first_hidden = reduce(lambda speed, layer: speed / 6, range(3), 1.0)
places = sliding_window_view(np.zeros((28, 28)), (3, 3)).shape[:2]

NUMBERS = {
    1: 1 / first_hidden,
    2: reduce(lambda v, step: 0.6 * v + 1, range(200), 0.0),
    3: 8 * np.prod(places),
    4: slope(cross_entropy) / slope(quadratic),
}
