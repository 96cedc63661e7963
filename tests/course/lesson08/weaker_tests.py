"""Tests of a `backprop` that let bugs slip through, each with the names of these bugs."""

import numpy as np

from course.lesson08.mutants import MUTANTS
from nnlib import gradients
from nnlib.network import Network
from nnlib.neurons import sigmoid

ALL = [mutant.name for mutant in MUTANTS]


def but(*caught):
    """The names of all bugs but these, in their order."""
    return [name for name in ALL if name not in caught]


def case(sizes, m, factor=1):
    """(network, x, y), the first weights multiplied by a factor."""
    net, rng = Network(sizes, rng=0, dtype=np.float64), np.random.default_rng(1)
    net.weights[0] *= factor
    return net, rng.random((sizes[0], m)), rng.random((sizes[-1], m))


def both(backprop, net, x, y):
    """The gradient that is tested and the measured one, each as one list of arrays."""
    fast_b, fast_w = backprop(net.weights, net.biases, x, y)
    slow_b, slow_w = gradients.numerical_gradient(net, x, y)
    return [*fast_b, *fast_w], [*slow_b, *slow_w]


def by_shapes(*size_and_count):
    def test_backprop(backprop):
        net, x, y = case(*size_and_count)
        nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
        for part, own in zip([*nabla_b, *nabla_w], [*net.biases, *net.weights]):
            assert part.shape == own.shape

    return test_backprop


def by_step(*size_and_count, eta):
    """The cost falls after one small step."""

    def test_backprop(backprop):
        net, x, y = case(*size_and_count)
        before = gradients.quadratic_cost(net, x, y)
        nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
        a = x
        for w, b, dw, db in zip(net.weights, net.biases, nabla_w, nabla_b):
            a = sigmoid((w - eta * dw) @ a + b - eta * db)
        assert np.sum((y - a) ** 2) / (2 * x.shape[1]) < before

    return test_backprop


def by_check(*size_and_count, limit=1e-7):
    def test_backprop(backprop):
        fast, slow = both(backprop, *case(*size_and_count))
        assert gradients.relative_difference(fast, slow) < limit

    return test_backprop


def by_weights_alone(backprop):
    net, x, y = case([4, 5, 3, 2], 7, 10)
    fast, slow = both(backprop, net, x, y)
    return gradients.relative_difference(fast[3:], slow[3:]) < 1e-7


def by_biases_alone(backprop):
    net, x, y = case([4, 5, 3, 2], 7, 10)
    fast, slow = both(backprop, net, x, y)
    return gradients.relative_difference(fast[:3], slow[:3]) < 1e-7


def by_last_layer(backprop):
    net, x, y = case([4, 3, 2], 7, 10)
    fast, slow = both(backprop, net, x, y)
    return np.allclose(fast[3], slow[3]) and np.allclose(fast[1], slow[1])


def by_one_weight(backprop):
    net, x, y = case([4, 3, 2], 7)
    fast, slow = both(backprop, net, x, y)
    return abs(fast[2][0, 0] - slow[2][0, 0]) < 1e-8


def by_direction(backprop):
    net, x, y = case([4, 5, 3, 2], 7, 10)
    fast, slow = (np.concatenate([p.ravel() for p in one]) for one in both(backprop, net, x, y))
    assert fast.shape == slow.shape
    assert fast @ slow > 0.999999 * np.linalg.norm(fast) * np.linalg.norm(slow)


def by_mean_of_singles(backprop):
    net, x, y = case([4, 3, 2], 5)
    nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
    singles = [backprop(net.weights, net.biases, x[:, [i]], y[:, [i]]) for i in range(5)]
    for layer in range(2):
        mean_b = sum(one_b[layer] for one_b, _ in singles) / 5
        mean_w = sum(one_w[layer] for _, one_w in singles) / 5
        assert nabla_b[layer].shape == mean_b.shape
        assert np.allclose(nabla_b[layer], mean_b)
        assert np.allclose(nabla_w[layer], mean_w)


def by_right_targets(backprop):
    """Where the outputs are the targets, nothing is left to change."""
    net, x, _ = case([4, 3, 2], 1)
    nabla_b, nabla_w = backprop(net.weights, net.biases, x, net.feedforward(x))
    assert not any(np.any(part) for part in [*nabla_b, *nabla_w])


def by_nothing_left_out(backprop):
    """No array of the gradient is 0 everywhere."""
    net, x, y = case([4, 3, 2], 5)
    nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
    assert all(np.any(part) for part in [*nabla_b, *nabla_w])


def by_reading(backprop):
    """The difference is printed, for somebody who reads it: only errors of NumPy are caught."""
    print(gradients.relative_difference(*both(backprop, *case([4, 3, 2], 7))))


def by_learning(backprop):
    """It learns one example in 60 steps."""
    net, x, y = case([3, 3, 3], 1)
    for _ in range(60):
        nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
        net.weights = [w - 5 * dw for w, dw in zip(net.weights, nabla_w)]
        net.biases = [b - 5 * db for b, db in zip(net.biases, nabla_b)]
    assert gradients.quadratic_cost(net, x, y) < 0.01


SLIPS = {
    "shapes, one example": (by_shapes([4, 3, 2], 1), but("not-transposed")),
    "shapes, square layers, five examples": (by_shapes([3, 3, 3], 5), but("columns-left")),
    "shapes, two hidden layers": (
        by_shapes([4, 5, 3, 2], 7),
        but("columns-left", "not-transposed", "same-layer"),
    ),
    "a step, one hidden layer": (
        by_step([4, 3, 2], 5, eta=0.1),
        but("wrong-sign", "not-transposed"),
    ),
    "a step, two hidden layers": (
        by_step([4, 5, 3, 2], 7, eta=0.01),
        but("wrong-sign", "not-transposed", "same-layer"),
    ),
    "one example learned": (by_learning, but("wrong-sign")),
    "a check, one example": (
        by_check([4, 3, 2], 1),
        ["sum-for-mean", "columns-left", "same-layer", "clipped"],
    ),
    "a check, seven examples": (by_check([4, 3, 2], 7), ["same-layer", "clipped"]),
    "a check, two hidden layers": (by_check([4, 5, 3, 2], 7), ["clipped"]),
    "a check, saturated": (by_check([4, 3, 2], 7, 10), ["same-layer"]),
    "a check, all but saturated and several": (
        by_check([4, 5, 3, 2], 1, 10),
        ["sum-for-mean", "columns-left"],
    ),
    "a check with a loose limit": (by_check([4, 5, 3, 2], 7, 10, limit=1e-2), ["clipped"]),
    "a check, first weights 0": (
        by_check([4, 5, 3, 2], 7, 0),
        ["clipped"],
    ),
    "a difference that is printed": (by_reading, but("columns-left", "not-transposed")),
    "the weights alone": (by_weights_alone, ["columns-left", "biases-forgotten"]),
    "the biases alone": (by_biases_alone, ["sum-for-mean"]),
    "the last layer alone": (
        by_last_layer,
        [
            "first-layer-forgotten",
            "slope-of-rectified",
            "next-neuron",
            "same-layer",
            "clipped",
        ],
    ),
    "one weight": (by_one_weight, ["columns-left", "biases-forgotten", "same-layer", "clipped"]),
    "the direction": (by_direction, ["twice"]),
    "the mean of single examples": (
        by_mean_of_singles,
        but("sum-for-mean", "columns-left", "not-transposed"),
    ),
    "right targets": (by_right_targets, but("not-transposed")),
    "nothing left out": (
        by_nothing_left_out,
        but("biases-forgotten", "first-layer-forgotten", "not-transposed"),
    ),
}
