"""Answers for the exercises of lesson 08."""

import math
import warnings

import numpy as np
from numpy import matmul as product
from scipy.special import expit

from nnlib.network import Network
from tests.course.answers import Cases

BIT = np.array([[(digit >> power) & 1 for digit in range(10)] for power in (3, 2, 1, 0)])


def with_arrays(sizes):
    sizes = np.array(sizes)
    return (sizes[1:] * (sizes[:-1] + 1)).sum()


def by_recursion(sizes):
    first, second, *rest = sizes
    here = float(second + first * second)
    return here + by_recursion([second, *rest]) if rest else here


def by_building(sizes):
    shapes = [np.zeros((m, n + 1)) for n, m in zip(sizes[:-1], sizes[1:])]
    return sum(w.size for w in shapes)


def weights_only(sizes):
    return sum(n * m for n, m in zip(sizes, sizes[1:]))


def every_pair_of_layers(sizes):
    joined = sum(a * b for k, a in enumerate(sizes) for b in sizes[k + 1 :])
    return joined + sum(sizes[1:])


def first_pair_only(sizes):
    return (sizes[0] + 1) * sizes[1]


def shrinks_its_input(sizes):
    total = 0
    while len(sizes) > 1:
        n = sizes.pop(0)
        total += (n + 1) * sizes[0]
    return total


def forgets_to_return(sizes):
    with_arrays(sizes)


def one_too_far(sizes):
    return sum(sizes[k] * sizes[k + 1] for k in range(len(sizes)))


def only_a_docstring(sizes):
    """Later."""


def not_yet(sizes):
    raise NotImplementedError


def two_loops(w, a, b):
    result = []
    for j in range(len(b)):
        z = b[j, 0]
        for k in range(len(a)):
            z += w[j, k] * a[k, 0]
        result.append([1 / (1 + math.exp(-z))])
    return result


def over_rows(w, a, b):
    zs = [sum(w_jk * a_k for w_jk, a_k in zip(row, a)) + b_j for row, b_j in zip(w, b)]
    return np.array([1 / (1 + np.exp(-z)) for z in zs], dtype=np.float32)


def products_in_place(w, a, b):
    z = b.copy()
    for k, a_k in enumerate(a[:, 0]):
        z += w[:, [k]] * a_k
    return tuple(map(tuple, expit(z)))


def with_rule(z_of, after=lambda a, b: a):
    return lambda w, a, b: after(expit(z_of(w, a, b)), b)


def sum_runs_on(w, a, b):
    z, result = 0, []
    for j in range(len(b)):
        for k in range(len(a)):
            z += w[j, k] * a[k, 0]
        z += b[j, 0]
        result.append([expit(z)])
    return result


def matrix_inside(w, a, b):
    return [expit(np.dot(w[j], a) + b[j]) for j in range(len(b))]


def changes_b(w, a, b):
    for j in range(len(b)):
        for k in range(len(a)):
            b[j] += w[j, k] * a[k]
    return expit(b)


def overwrites(w, a, b):
    return [[expit(w[j, -1] * a[-1, 0] + b[j, 0])] for j in range(len(b))]


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


class Counter:
    def __call__(self, sizes):
        return np.array(with_arrays(sizes))

    def count(self, sizes):
        return float(np.dot(sizes[1:], sizes[:-1]) + sum(sizes[1:]))


def by_network(sizes):
    network = Network(sizes, rng=0)
    return sum(array.size for array in network.weights + network.biases)


def by_shapes(sizes):
    shapes = Network.parameter_shapes(sizes)
    return sum(math.prod(shape) for kind in shapes for shape in shapes[kind])


def each_pair_once(sizes):
    return sum((n + 1) * m for n, m in set(zip(sizes, sizes[1:])))


def up_to_three_layers(sizes):
    return sum((n + 1) * m for n, m in list(zip(sizes, sizes[1:]))[:2])


def from_a_table(sizes):
    known = {(784, 10): 7850, (784, 30, 10): 23860, (2, 3, 1): 13, (1, 1): 2}
    return known.get(tuple(sizes), 0)


class Layer:
    def __call__(self, w, a, b):
        return two_loops(w, a, b)

    def by_while(self, w, a, b):
        result, j = [], 0
        while j < len(w):
            z, k = b[j][0], 0
            while k < len(a):
                z, k = z + w[j][k] * a[k][0], k + 1
            result.append([expit(z)])
            j += 1
        return np.array(result)


def dot(first, second):
    return sum(x * y for x, y in zip(first, second))


def with_own_dot(w, a, b):
    return [[float(expit(dot(row, a[:, 0]) + b_j))] for row, (b_j,) in zip(w, b)]


def one_neuron_at_a_time(w, a, b):
    result = np.zeros_like(b)
    for j in range(len(b)):
        result[j] = expit(np.sum(w[j] * a[:, 0]) + b[j, 0])
    return result


def with_lists(w, a, b):
    w, a, b = w.tolist(), a.ravel().tolist(), b.ravel().tolist()
    zs = [sum(map(lambda x, y: x * y, row, a), start) for row, start in zip(w, b)]
    return tuple((1 / (1 + math.exp(-z)),) for z in zs)


def all_at_once(w, a, b):
    return expit((w * a.T).sum(axis=1, keepdims=True) + b)


def last_of_cumsum(w, a, b):
    return expit(np.cumsum(w * a[:, 0], axis=1)[:, -1:] + b)


def outer_layer(w, a, b):
    return expit(w @ a + b)


def through_a_helper(w, a, b):
    return outer_layer(w, a, b)


def with_another_name(w, a, b):
    return expit(product(w, a) + b)


def with_matrices(w, a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        return expit(np.asarray(np.asmatrix(w) * np.asmatrix(a)) + b)


def with_network(w, a, b):
    network = Network([w.shape[1], w.shape[0]], rng=0, dtype=np.float64)
    network.weights, network.biases = [w.astype(float)], [b.astype(float)]
    return network.feedforward(a.astype(float))


CASES = {
    "03-parameters": Cases(
        right=[
            Counter(),
            Counter().count,
            lambda sizes: np.float32(with_arrays(sizes)),
            with_arrays,
            by_recursion,
            by_building,
        ],
        wrong=[
            (by_network, "it is the library that knows the shapes"),
            (by_shapes, "it is the library that knows the shapes"),
            (each_pair_once, "`sizes = [3, 3, 3, 3]`"),
            (up_to_three_layers, "`sizes = [5, 4, 4, 3, 2]` is 44: too small"),
            (from_a_table, "`sizes = [5, 4, 4, 3, 2]` is 0"),
            (lambda sizes: weights_only(sizes) + sum(sizes[1:-1]), "is 7840: too small"),
            (lambda sizes: sum((n + 1) * (m + 1) for n, m in zip(sizes, sizes[1:])), "too large"),
            (lambda sizes: math.prod(sizes), "is 7840: too small"),
            (lambda sizes: (weights_only(sizes), sum(sizes[1:])), "expected a single number"),
            (lambda sizes: sum((n + 1) * n for n in sizes[:-1]), "too large"),
            (Counter, "The answer is a class"),
            (weights_only, "weights only"),
            (every_pair_of_layers, "every layer with every later one"),
            (lambda sizes: with_arrays(sizes) + sizes[0], "bias to the inputs"),
            (lambda sizes: sum(sizes), "counts the neurons"),
            (lambda sizes: weights_only(sizes) + len(sizes) - 1, "one single bias"),
            (lambda sizes: weights_only(sizes) + 1, "`sizes = [784, 10]` is 7841: too small"),
            (lambda sizes: sum(sizes[1:]), "biases only"),
            (lambda sizes: -with_arrays(sizes), "wrong sign"),
            (lambda sizes: 2 * with_arrays(sizes), "exactly twice"),
            (lambda sizes: [with_arrays(sizes)] * 3, "shape (3,): expected a single number"),
            (lambda sizes: str(with_arrays(sizes)), "is text"),
            (first_pair_only, "`sizes = [784, 30, 10]` is 23550: too small"),
            (shrinks_its_input, "changes what it is given"),
            (forgets_to_return, "`return`"),
            (23860, "expected a function"),
        ],
        raises=(one_too_far, "IndexError: list index out of range"),
        blank=[only_a_docstring, not_yet, lambda sizes: ...],
    ),
    "03-bits": Cases(
        right=[
            [np.where(BIT, 3, -3), [[0]] * 4],
            (np.where(BIT, 0, -20), [10] * 4),
            (BIT == 1, [-0.9] * 4),
            (np.where(BIT, 10, -1), [0] * 4),
            (10 * BIT, np.full((4, 1), -1)),
            (BIT * np.array([[1e6], [1], [1e-6], [5]]), -0.5 * np.array([1e6, 1, 1e-6, 5])),
            (np.where(BIT, 10.0, -10.0), np.zeros((4, 1))),
            ((20 * BIT).tolist(), [-10, -10, -10, -10]),
            [np.where(BIT, 1, -1).astype(np.float32), np.zeros(4, np.float32)],
            (np.where(BIT, 1e308, -1e308), np.zeros(4)),
            (BIT, np.full((4, 1), -0.5)),
        ],
        wrong=[
            ((BIT, [-0.05] * 4), "gets z = 0"),
            ((BIT, [-0.9901] * 4), "in the worst case that is allowed"),
            (
                (np.where(np.roll(BIT, 1, axis=1), 10, -10), [0] * 4),
                "Digit 0, for a perfect output",
            ),
            ((BIT[1:], [0] * 3), "(3, 10): expected (4, 10)"),
            ((BIT, np.zeros((4, 10))), "(4, 10): expected (4, 1)"),
            ((BIT.astype(str).tolist(), [0] * 4), "expected numbers only"),
            ((np.where(BIT, 10, -0.4), [0] * 4), "Digit 0, in the worst case"),
            ((np.where(BIT, 10, -10), [20] * 4), "for a perfect output"),
            ({"weights": BIT, "biases": [0] * 4}, "expected 2 things"),
            ((BIT, [float("inf")] * 4), "finite"),
            (10 * BIT, "expected 2 things"),
            ((BIT.T, np.zeros(4)), "(10, 4): expected (4, 10). Rows and columns have changed"),
            ((BIT, np.zeros((1, 4))), "expected (4, 1). Rows and columns have changed places"),
            ((BIT, 0), "`biases` is a single number"),
            ((-20 * BIT, np.full(4, 10)), "the wrong way round"),
            ((20 * BIT[::-1], np.full(4, -10)), "reverse order"),
            ((BIT, np.zeros((4, 1))), "Without a negative weight or bias"),
            ((0 * BIT, np.zeros(4)), "All weights and biases are 0"),
            ((BIT, np.full(4, -1.0)), "for a perfect output"),
            ((BIT, np.full(4, -0.99)), "gets z = 0"),
            ((BIT, np.full(4, -0.995)), "Digit 1, in the worst case that is allowed"),
            ((BIT, np.full(4, -0.04)), "Digit 0, in the worst case that is allowed"),
            ((BIT * np.nan, np.zeros(4)), "finite"),
            (([[1] * 10, [1] * 9, [1] * 10, [1] * 10], [0] * 4), "differ in length"),
        ],
        raises=((Unreadable(), [0] * 4), "no numbers in here"),
        blank=[(..., ...), (BIT, ...), ([[...] * 10] * 4, [0] * 4)],
    ),
    "03-components": Cases(
        right=[
            Layer(),
            Layer().by_while,
            with_own_dot,
            one_neuron_at_a_time,
            with_lists,
            two_loops,
            over_rows,
            products_in_place,
        ],
        wrong=[
            (all_at_once, "computed at once, without a loop"),
            (last_of_cumsum, "computed at once, without a loop"),
            (through_a_helper, "this is the matrix form"),
            (with_another_name, "this is the matrix form"),
            (with_matrices, "this is the matrix form"),
            (with_network, "this is the matrix form"),
            (lambda w, a, b: expit(np.einsum("jk,ki->ji", w, a) + b), "this is the matrix form"),
            (lambda w, a, b: expit(w.dot(a) + b), "this is the matrix form"),
            (lambda w, a, b: np.tanh(w @ a + b), "too small"),
            (lambda w, a, b: np.maximum(w @ a + b, 0), "too small"),
            (lambda w, a, b: expit(w @ a - b), "two neurons and two inputs"),
            (Layer, "The answer is a class"),
            (with_rule(lambda w, a, b: w.T @ a + b), "changed places"),
            (with_rule(lambda w, a, b: w @ a), "The bias is missing"),
            (with_rule(lambda w, a, b: w @ a + len(a) * b), "once for every input"),
            (lambda w, a, b: w @ a + b, "This is z"),
            (with_rule(lambda w, a, b: w @ a, lambda a, b: a + b), "comes after σ"),
            (with_rule(lambda w, a, b: -(w @ a + b)), "sign in the exponent"),
            (with_rule(lambda w, a, b: w.sum(axis=1, keepdims=True) + b), "sum of the weights"),
            (lambda w, a, b: expit(w * a.T + b).sum(axis=1, keepdims=True), "inside the sum"),
            (lambda w, a, b: expit(w * a.T).sum(axis=1, keepdims=True) + b, "of each product"),
            (overwrites, "each product overwrites"),
            (sum_runs_on, "Start again from 0"),
            (lambda w, a, b: expit(w @ a + b), "this is the matrix form"),
            (matrix_inside, "this is the matrix form"),
            (changes_b, "changes what it is given"),
            (lambda w, a, b: two_loops(w, a, b)[0], "expected (2, 1)"),
            (lambda w, a, b: [one[0] for one in two_loops(w, a, b)], ".reshape(2, 1)"),
            (with_rule(lambda w, a, b: (w @ a)[:, 0] + b), "spreads out"),
            (lambda w, a, b: np.round(two_loops(w, a, b), 3), "Was something rounded?"),
            (0.5, "expected a function"),
        ],
        raises=(lambda w, a, b: w[:, 5], "IndexError"),
        blank=[only_a_docstring, lambda w, a, b: ...],
    ),
}
