"""Answers for the exercises of lesson 08."""

import numpy as np
from scipy.special import expit

from tests.course.answers import Cases


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


def network(rule):
    def outputs(weights, biases, x):
        for w, b in zip(weights, biases):
            x = rule(w @ x + b)
        return x

    return outputs


def with_loops(weights, biases, x):
    a = [float(one) for one in x[:, 0]]
    for w, b in zip(weights, biases):
        zs = [sum(w[j, k] * a[k] for k in range(len(a))) + b[j, 0] for j in range(len(b))]
        a = [0.0 if z < 0 else 1.0 if z > 0 else 0.5 for z in zs]
    return [[one] for one in a]


def in_float32(weights, biases, x):
    a = x.astype(np.float32)
    for w, b in zip(weights, biases):
        a = (np.sign(w.astype(np.float32) @ a + b.astype(np.float32)) + 1) / 2
    return a


def half_at_the_end(weights, biases, x):
    a = network(lambda z: (z > 0).astype(int))(weights[:-1], biases[:-1], x)
    return network(lambda z: np.heaviside(z, 0.5))(weights[-1:], biases[-1:], a)


def first_layer_only(weights, biases, x):
    a = np.heaviside(weights[0] @ x + biases[0], 0.5)
    return network(expit)(weights[1:], biases[1:], a)


def changes_x(weights, biases, x):
    result = with_loops(weights, biases, x)
    x[:] = 0
    return result


def wrong_product(weights, biases, x):
    return weights[0] @ np.ones((99, 1))


class Limit:
    def __call__(self, weights, biases, x):
        return network(lambda z: (1 + np.sign(z)) / 2)(weights, biases, x).tolist()

    def by_recursion(self, weights, biases, x):
        if not weights:
            return x
        z = sum(weights[0][:, [k]] * x[k] for k in range(len(x))) + biases[0]
        return self.by_recursion(weights[1:], biases[1:], np.select([z > 0, z == 0], [1, 0.5]))


def with_large(c):
    def outputs(weights, biases, x):
        with np.errstate(all="ignore"):
            return network(lambda z: expit(c * z))(weights, biases, x)

    return outputs


CASES = {
    "02-steep": Cases(
        right=[
            Limit(),
            Limit().by_recursion,
            network(np.vectorize(lambda z: 0.5 if z == 0 else float(z > 0))),
            network(lambda z: np.heaviside(z, 0.5)),
            network(lambda z: np.where(np.isclose(z, 0), 0.5, z > 0)),
            network(lambda z: np.where(z > 0, 1, np.where(z < 0, 0, 0.5))),
            with_loops,
            in_float32,
        ],
        wrong=[
            (with_large(1e15), "right for some of them only"),
            (with_large(1e100), "right for some of them only"),
            (with_large(1e300), "right for some of them only"),
            (network(lambda z: np.tanh(1e12 * z)), "The sign is −1"),
            (network(lambda z: np.where(abs(z) < 1e-2, 0.5, z > 0)), "very small z above 0"),
            (network(lambda z: np.full(z.shape, 0.5)), "a network in which no z is 0"),
            (network(lambda z: np.clip(z, 0, 1)), "a network in which no z is 0"),
            (
                lambda weights, biases, x: network(np.sign)(
                    weights[-1:], biases[-1:], np.ones((weights[-1].shape[1], 1))
                ),
                "a network in which no z is 0",
            ),
            (
                lambda weights, biases, x: Limit()(weights, biases, x)[::-1],
                "three layers in which z is 0 in the first",
            ),
            (
                lambda weights, biases, x: [int(one) for (one,) in Limit()(weights, biases, x)],
                ".reshape(3, 1)",
            ),
            (Limit, "The answer is a class"),
            (network(lambda z: (z > 0).astype(int)), "outputs of the perceptrons"),
            (network(lambda z: (z >= 0).astype(int)), "does the output go to 1?"),
            (half_at_the_end, "hands on"),
            (network(expit), "for c = 1"),
            (network(lambda z: expit(10 * z)), "Did you put in one large c?"),
            (network(lambda z: expit(30 * z)), "Did you put in one large c?"),
            (network(lambda z: expit(1e4 * z)), "Did you put in one large c?"),
            (network(lambda z: expit(1e9 * z)), "right for some of them only"),
            (first_layer_only, "Only the first layer"),
            (network(np.sign), "The sign is −1"),
            (network(lambda z: np.heaviside(-z, 0.5)), "goes to 1 where z is below 0"),
            (network(lambda z: np.heaviside(z, 0.25)), "z is 0 in the last layer only"),
            (lambda weights, biases, x: with_loops(weights, biases, x)[0], "shape (1,)"),
            (lambda weights, biases, x: np.heaviside(x, 0.5), "shape (2, 1): expected (3, 1)"),
            (changes_x, "changes what it is given"),
            (0.5, "expected a function"),
        ],
        raises=(wrong_product, "ValueError"),
        blank=[lambda weights, biases, x: ...],
    ),
    "02-differ": Cases(
        right=[
            np.array([1, -1, 4, -1, 1]),
            (7, 0, -3, 1, 0),
            (1e300, -1e300, 1e300, -1, 1),
            (0.1, -0.1, 4, -1, True),
            (1, -1, 4, 0, 1),
            (1, -1, 4, -1, 1),
            [0, 0, -2.0, 0.5, 1],
            (5, 0, 1, 0, 0),
            tuple(np.float32([1, -1, 4, -1, 1])),
            ([1], [-1], np.array([[4]]), np.array([-1]), True),
        ],
        wrong=[
            ((0.3, -(0.1 + 0.2), 4, -1, 1), "the computer stores these fractions rounded"),
            ((1, -1.0000001, 4, -1, 1), "z = -1e-07"),
            ((1, -1, -4, 0.0, 1), "gives 0 with perceptrons"),
            ((1, -1, 1, -0.5, 1), "z = 0 as well"),
            ((1, -2, 4, -1, 2), "The input of a perceptron is 0 or 1"),
            ((1, -1, 4, -1, 1, 0), "6 parts"),
            (("1", -1, 4, -1, 1), "without quotes"),
            ({"w1": 1, "b1": -1}, "expected 5 things"),
            ((1, -1, float("nan"), -1, 1), "finite"),
            ((0, 1, 4, -1, 0), "The hidden neuron has z = 1"),
            ((1, 0, 4, -1, 1), "The hidden neuron has z = 1"),
            ((1, -1, 4, -1, 0), "The hidden neuron has z = -1"),
            ((1, -1, 0, -1, 1), "does not react"),
            ((1, -1, 2, -1, 1), "z = 0 as well"),
            ((1, -1, -2, 1, 1), "z = 0 as well"),
            ((1, -1, 4, -3, 1), "gives 0 with perceptrons and approaches 0"),
            ((1, -1, 4, 1, 1), "gives 1 with perceptrons and approaches 1"),
            ((1, -1, -4, 0, 1), "gives 0 with perceptrons and approaches 0"),
            ((1, -0.5, 4, -1, 0.5), "The input of a perceptron is 0 or 1"),
            ((1, -1, 4, float("inf"), 1), "finite"),
            ((1, -1, 4, -1), "4 parts"),
            (([1, 2], -1, 4, -1, 1), "`w1` has shape (2,): expected a single number"),
        ],
        raises=((1, -1, Unreadable(), -1, 1), "no numbers in here"),
        blank=[(..., ..., ..., ..., ...), (1, -1, ..., ..., 1), (1, -1, 4, None, 1)],
    ),
}
