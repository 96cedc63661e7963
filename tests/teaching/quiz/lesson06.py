"""Lesson 06: the numbers of the quiz, from costs alone, by centered differences."""

import numpy as np

from nnlib.network import Network
from nnlib.neurons import sigmoid


def slope(cost, z, h=1e-6):
    """The centered difference of a cost at z."""
    return (cost(z + h) - cost(z - h)) / (2 * h)


def quadratic(z):
    """The cost of an output neuron with the target 0."""
    return sigmoid(z) ** 2 / 2


def passed_on(z):
    """What two outputs with the errors 0.1 and -0.2 make of a hidden neuron's nudge."""
    return 0.1 * 3 * sigmoid(z) - 0.2 * 2 * sigmoid(z)


small = Network([3, 2, 1], rng=0)

NUMBERS = {
    1: slope(quadratic, np.log(0.6 / 0.4)),
    2: slope(passed_on, 0.0),
    4: 2 * sum(part.size for part in small.weights + small.biases),
}
