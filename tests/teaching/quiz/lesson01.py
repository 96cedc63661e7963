"""Lesson 01: the numbers of the quiz, by nnlib's perceptron and one step of the rule."""

import numpy as np

from nnlib.neurons import perceptron

weighted_sums = np.arange(-20, 21)  # to try


def bias_of(threshold):
    """The whole bias that says yes to the same weighted sums as a threshold does."""
    yes = weighted_sums > threshold
    return next(b for b in range(-20, 21) if np.array_equal(weighted_sums > -b, yes))


def learned(x, target):
    """Weights and bias, (3,), after one step of the rule from zeros."""
    error = target - perceptron(x, [0, 0], 0)
    return error * np.array([*x, 1])


NUMBERS = {1: perceptron([1, 0, 0], [3, 1, 1], -3), 2: bias_of(7), 5: learned((1, 0), 1)}
