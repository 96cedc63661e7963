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


class Layer:
    def __call__(self, w_next, delta_next, z):
        return by_matrices(w_next, delta_next, z)

    def errors(self, w_next, delta_next, z):
        return tuple(map(tuple, by_matrices(w_next, delta_next, z)))


def with_einsum(w_next, delta_next, z):
    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
    return np.einsum("kj,km->jm", w_next, delta_next) * slope


def untransposed_if_square(w_next, delta_next, z):
    square = w_next.shape[0] == w_next.shape[1]
    return ((w_next if square else w_next.T) @ delta_next) * sigmoid_prime(z)


CASES = {
    "06-hidden-error": Cases(
        right=[Layer(), Layer().errors, with_einsum, by_matrices, by_loops, in_float32],
        wrong=[
            (
                lambda w, delta, z: by_matrices(w, delta, z) / z.shape[1],
                "shared out over the examples",
            ),
            (lambda w, delta, z: w.T @ delta / 4, "steep the sigmoid is only at z = 0"),
            (lambda w, delta, z: w.T @ delta * (1 - np.tanh(z) ** 2), "slope of tanh"),
            (untransposed_if_square, "four neurons before four"),
            (lambda w, delta, z: w.T @ delta * sigmoid_prime(z[:, :1]), "five examples is"),
            (lambda w, delta, z: abs(by_matrices(w, delta, z)), "right in size"),
            (lambda w, delta, z: by_matrices(w, delta, z).mean(), "is a single number"),
            (lambda w, delta, z: np.round(by_matrices(w, delta, z), 3), "Was something rounded?"),
            (lambda w, delta, z: by_matrices(w[:1], delta[:1], z), "two neurons before three is"),
            (Layer, "The answer is a class"),
            (lambda w, delta, z: w.T @ delta, "change the neuron's own activation"),
            (lambda w, delta, z: w.T @ delta * sigmoid(z), "multiplies by the activation"),
            (lambda w, delta, z: w.T @ delta * sigmoid_prime(sigmoid(z)), "taken at the activ"),
            (lambda w, delta, z: w.T @ delta * z * (1 - z), "if z were the activation"),
            (lambda w, delta, z: -by_matrices(w, delta, z), "wrong sign everywhere"),
            (lambda w, delta, z: 2 * by_matrices(w, delta, z), "exactly twice"),
            (lambda w, delta, z: by_matrices(w, delta, z).T, "(1, 2): expected (2, 1)"),
            (lambda w, delta, z: by_matrices(w, delta, z)[:, 0], "Use .reshape(2, 1)"),
            (lambda w, delta, z: by_matrices(w, delta, z).mean(1, keepdims=True), "(7, 1): expec"),
            (slope_of_the_next, "the network of the lesson"),
            (in_place, "changes what it is given"),
            (lambda w, delta, z: None if z.size else 0, "`return`"),
            (0.5, "expected a function"),
        ],
        raises=(not_transposed, "For the network of the lesson, your function raised `ValueError"),
        blank=[lambda w_next, delta_next, z: ...],
    ),
}
