"""Lesson 06: the truths, and what tells one wrong answer from another."""

import numpy as np

from course.ask import compare
from nnlib.neurons import sigmoid, sigmoid_prime


def right_hidden_error(w_next, delta_next, z):
    """delta of a layer from that of the next one: (n_next, n), (n_next, m), (n, m) -> (n, m)."""
    return _hidden_error(w_next, delta_next, z, sigmoid_prime(np.asarray(z, float)))


def _hidden_error(w_next, delta_next, z, slope):
    return (np.asarray(w_next, float).T @ np.asarray(delta_next, float)) * slope


def _drawn_errors(rng):
    """words -> (w_next, delta_next, z), random."""

    def draw(n_next, n, m, dtype=np.float64):
        shapes = ((n_next, n), (n_next, m), (n, m))
        return tuple(rng.standard_normal(shape).astype(dtype) for shape in shapes)

    return {
        "two neurons before three": draw(3, 2, 1),
        "four neurons before four": draw(4, 4, 1),
        "one neuron before one": draw(1, 1, 1),
        "one neuron before seven, five examples": draw(1, 7, 5),
        "30 neurons before ten": draw(10, 30, 4),
        "weighted inputs of 0": (*draw(2, 3, 2)[:2], np.zeros((3, 2))),
        "weighted inputs far from 0": (*draw(2, 2, 2)[:2], np.array([[9.0, -9.0], [-7.0, 8.0]])),
        "a mini-batch of 6": draw(2, 3, 6),
        "a mini-batch as large as the layers": draw(3, 3, 3),
        "float32 arrays": draw(5, 4, 2, np.float32),
    }


OF_THE_LESSON = (np.array([[2.0, -1.0]]), np.array([[-0.1426]]), np.array([[1.0], [0.0]]))
ERRORS_CASES = {"the network of the lesson": OF_THE_LESSON}
ERRORS_CASES |= _drawn_errors(np.random.default_rng(6))


HIDDEN_ERROR_MISTAKES = {
    "no-slope": lambda w, delta, z: _hidden_error(w, delta, z, 1.0),
    "activation-for-slope": lambda w, delta, z: _hidden_error(w, delta, z, sigmoid(z)),
    "slope-at-activation": lambda w, delta, z: _hidden_error(
        w, delta, z, sigmoid_prime(sigmoid(z))
    ),
    "mean-of-examples": lambda w, delta, z: right_hidden_error(w, delta, z) / z.shape[1],
    "largest-slope": lambda w, delta, z: _hidden_error(w, delta, z, 0.25),
    "slope-of-tanh": lambda w, delta, z: _hidden_error(w, delta, z, 1 - np.tanh(z) ** 2),
    "slope-from-z": lambda w, delta, z: _hidden_error(w, delta, z, z * (1 - z)),
}


def hidden_error(f, says):
    """Compare one step back on several layers, one example and mini-batches."""
    return compare.function(
        f,
        ERRORS_CASES,
        right_hidden_error,
        fresh=_drawn_errors,
        misconceptions=compare.named(HIDDEN_ERROR_MISTAKES, says),
    )
