"""Answers for the exercises of lesson 06."""

import numpy as np

from nnlib.neurons import sigmoid, sigmoid_prime
from tests.course.answers import Cases


def by_matrices(w_next, delta_next, z):
    a = sigmoid(z)
    return np.dot(w_next.T, delta_next) * a * (1 - a)


def by_loops(w_next, delta_next, z):
    result = []
    for j in range(w_next.shape[1]):
        row = []
        for i in range(z.shape[1]):
            total = sum(w_next[k, j] * delta_next[k, i] for k in range(len(w_next)))
            row.append(float(total * np.exp(-z[j, i]) / (1 + np.exp(-z[j, i])) ** 2))
        result.append(row)
    return result


def in_float32(w_next, delta_next, z):
    return by_matrices(*(a.astype(np.float32) for a in (w_next, delta_next, z)))


def not_transposed(w_next, delta_next, z):
    return (w_next @ delta_next) * sigmoid_prime(z)


def slope_of_the_next(w_next, delta_next, z):
    return w_next.T @ (delta_next * sigmoid_prime(delta_next))


def in_place(w_next, delta_next, z):
    result = by_matrices(w_next, delta_next, z)
    z *= 0
    return result


CASES = {
    "06-hidden-error": Cases(
        right=[by_matrices, by_loops, in_float32],
        wrong=[
            (lambda w, delta, z: w.T @ delta, "change the neuron's own activation"),
            (lambda w, delta, z: w.T @ delta * sigmoid(z), "multiplies by the activation"),
            (lambda w, delta, z: w.T @ delta * sigmoid_prime(sigmoid(z)), "taken at the activ"),
            (lambda w, delta, z: w.T @ delta * z * (1 - z), "if z were the activation"),
            (lambda w, delta, z: -by_matrices(w, delta, z), "wrong sign everywhere"),
            (lambda w, delta, z: 2 * by_matrices(w, delta, z), "exactly twice"),
            (lambda w, delta, z: by_matrices(w, delta, z).T, "(1, 2): expected (2, 1)"),
            (lambda w, delta, z: by_matrices(w, delta, z)[:, 0], "Use .reshape(2, 1)"),
            (lambda w, delta, z: by_matrices(w, delta, z).mean(1, keepdims=True), "(3, 1): expec"),
            (slope_of_the_next, "the network of the lesson"),
            (in_place, "changes what it is given"),
            (lambda w, delta, z: None if z.size else 0, "`return`"),
            (0.5, "expected a function"),
        ],
        raises=(not_transposed, "For the network of the lesson, your function raised `ValueError"),
        blank=[lambda w_next, delta_next, z: ...],
    ),
}
