"""Lesson 09: the numbers of the quiz, from the push itself and from many drawn neurons."""

import numpy as np

from nnlib.neurons import sigmoid, sigmoid_prime

DRAWN = 100_000  # neurons


def push(z):
    """The size of the error of a neuron that should answer 1."""
    return (1 - sigmoid(z)) * sigmoid_prime(z)


def spread(weight, inputs=99):
    """The measured spread of z, all inputs 1, for weights of this spread and a bias of spread 1."""
    rng = np.random.default_rng(0)
    z = rng.standard_normal(DRAWN) + sum(weight * rng.standard_normal(DRAWN) for _ in range(inputs))
    return z.std()


NUMBERS = {
    1: round(push(-6.0) / push(-8.0)),
    2: round(spread(1.0), 1),
    3: round(spread(1 / np.sqrt(99)), 2),
}
