"""Lesson 08: the numbers of the quiz, from a network, from walks and from the runs themselves."""

import numpy as np

from nnlib.network import Network

network = Network([5, 4, 4, 2], rng=0)


def comes_nearer(eta, k=5.0, v=1.0):
    """Whether one step on (k/2) v^2, with the slope measured, ends nearer to 0."""
    slope = k / 2 * ((v + 1e-6) ** 2 - (v - 1e-6) ** 2) / 2e-6
    return abs(v - eta * slope) < v - 1e-9


NUMBERS = {
    2: sum(part.size for part in network.weights + network.biases),
    3: next(eta for eta in np.arange(1, 400) / 100 if not comes_nearer(eta)),
    5: np.quantile([91.9, 74.4, 92.1, 92.0], 0.5),
}
