"""Answers for the exercises of lesson 08."""

import math

import numpy as np
from scipy.special import expit

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


CASES = {
    "03-parameters": Cases(
        right=[with_arrays, by_recursion, by_building],
        wrong=[
            (weights_only, "weights only"),
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
            (np.where(BIT, 10.0, -10.0), np.zeros((4, 1))),
            ((20 * BIT).tolist(), [-10, -10, -10, -10]),
            [np.where(BIT, 1, -1).astype(np.float32), np.zeros(4, np.float32)],
            (np.where(BIT, 1e308, -1e308), np.zeros(4)),
            (BIT, np.full((4, 1), -0.5)),
        ],
        wrong=[
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
        right=[two_loops, over_rows, products_in_place],
        wrong=[
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
