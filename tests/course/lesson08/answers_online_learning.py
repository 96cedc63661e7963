"""Answers for the exercises of lesson 08."""

from fractions import Fraction

import numpy as np

from tests.course.answers import Cases


def with_range(n, m, epochs):
    return epochs * len(range(0, n, m))


def with_a_loop(n, m, epochs):
    count = 0
    for _ in range(epochs):
        left = n
        while left > 0:
            left -= m
            count += 1
    return np.float32(count)


def with_negative_division(n, m, epochs):
    return np.array([-(-n // m) * epochs])


def forgets_the_rest(n, m, epochs):
    return n // m * epochs


def never_rounds(n, m, epochs):
    return n / m * epochs


def joins_epochs(n, m, epochs):
    return -(-(n * epochs) // m)


def always_one_more(n, m, epochs):
    return (n // m + 1) * epochs


def one_epoch(n, m, epochs):
    return with_range(n, m, 1)


def swaps(n, m, epochs):
    return epochs * len(range(0, m, n))


def divides_by_epochs(n, m, epochs):
    return with_range(n, m, epochs) + 0 / epochs


def with_divmod(n, m, epochs):
    whole, rest = divmod(n, m)
    return np.array(epochs * (whole + (rest > 0)))


def with_ceil(n, m, epochs):
    return float(epochs * np.ceil(n / m))


class Count:
    def updates(self, n, m, epochs):
        return epochs * ((n + m - 1) // m)


def adding(almost_one):
    return lambda n, m, epochs: epochs * int(n / m + almost_one)


class Unreadable:
    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("no numbers in here")


SLOPES = np.r_[-np.ones(19), np.full(21, 20.0)]


CASES = {
    "05-updates": Cases(
        right=[
            with_divmod,
            with_ceil,
            Count().updates,
            with_range,
            with_a_loop,
            with_negative_division,
        ],
        wrong=[
            (adding(0.99), "`n = 50001` and `m = 5000`"),
            (adding(0.9999), "`n = 1000001`"),
            (lambda n, m, epochs: epochs * round(n / m + 0.49), "`n = 50001`"),
            (lambda n, m, epochs: epochs * round(n / m), "`n = 12`"),
            (lambda n, m, epochs: epochs * round(n / m + 0.5), "`n = 1` and `m = 1`"),
            (lambda n, m, epochs: epochs * max(1, n // m), "`n = 12`"),
            (lambda n, m, epochs: with_range(n, m, epochs) if n > m else 0, "`n = 7`"),
            (lambda n, m, epochs: with_range(n, m, epochs or 1), "`epochs = 0`"),
            (lambda n, m, epochs: [with_range(n, m, 1)] * epochs, "expected a single number"),
            (lambda n, m, epochs: f"{with_range(n, m, epochs):,}", "is text"),
            (Count, "The answer is a class"),
            (forgets_the_rest, "do not fill a mini-batch"),
            (never_rounds, "not always a whole number"),
            (joins_epochs, "Each epoch is cut by itself"),
            (always_one_more, "There is none if m divides n"),
            (lambda n, m, epochs: n * epochs, "right for m = 1 only"),
            (one_epoch, "This is one epoch"),
            (swaps, "`n = 1000` and `m = 20` and `epochs = 1` is 1: too small"),
            (lambda n, m, epochs: -with_range(n, m, epochs), "wrong sign"),
            (lambda n, m, epochs: 2 * with_range(n, m, epochs), "exactly twice"),
            (lambda n, m, epochs: range(0, n, m), "expected a single number"),
            (50, "expected a function"),
        ],
        raises=(divides_by_epochs, "ZeroDivisionError"),
        blank=[lambda n, m, epochs: ...],
    ),
    "05-slopes": Cases(
        right=[
            SLOPES.reshape(40, 1),
            [-1e-9] * 19 + [1] * 21,
            np.r_[-np.linspace(1, 2, 19), np.full(21, 50)],
            [-1] * 19 + [19.01] + [20] * 20,
            SLOPES,
            SLOPES[::-1].astype(np.float32),
            [-0.5] * 19 + [9.75] * 21,
            tuple([20] * 20 + [-1] * 19 + [1e6]),
            [-1e306] * 19 + [1.7e308] * 21,
            [-1] * 19 + [Fraction(58, 3)] * 21,
            [-1] * 19 + [20] + [1e15] * 20,
            [-i for i in range(1, 20)] + [191] * 21,
        ],
        wrong=[
            ([-1] * 19 + [18.99] * 21, "the worst one has a mean below 0"),
            ([-1] * 19 + [1] * 21, "the worst one has a mean below 0"),
            ([-1] * 19 + [0] * 21, "is not above 0"),
            (range(-19, 21), "the worst one has a mean below 0"),
            ([-1] * 18 + [-0.0] + [25] * 21, "exactly 0 is not below 0"),
            ([-1] * 19 + [25] * 22, "has 41 numbers"),
            ([True] * 40, "0 of the slopes are below 0"),
            (["-1"] * 40, "expected numbers only"),
            ((one for one in SLOPES), "use list(...)"),
            ([-1] * 19 + [float("nan")] + [25] * 20, "finite"),
            (SLOPES.reshape(20, 2), "a plain list of 40 numbers"),
            (SLOPES[:39], "has 39 numbers"),
            (-1, "has shape ()"),
            (
                -SLOPES,
                "21 of the slopes are below 0: expected 19. Did you mean the opposite signs?",
            ),
            ([0] + [-1] * 18 + [20] * 21, "exactly 0 is not below 0"),
            ([0] * 40, "0 of the slopes are below 0"),
            ([-1] * 20 + [30] * 20, "20 of the slopes are below 0: expected 19."),
            ([-1] * 19 + [0.5] * 21, "is not above 0"),
            ([-1] * 19 + [2] * 21, "the worst one has a mean below 0"),
            ([-1] * 19 + [19] * 21, "has the mean 0, and takes no step"),
            ([-0.1] * 19 + [1.9] * 21, "has the mean 0, and takes no step"),
            ([-0.7] * 19 + [13.3] * 21, "has the mean 0, and takes no step"),
            ([-1] * 19 + [5] + [100] * 20, "the worst one has a mean below 0"),
            ([-1] * 19 + [float("inf")] * 21, "finite"),
            ("-1, 20", "is text"),
            ({-1: 19, 20: 21}, "expected numbers"),
        ],
        raises=(Unreadable(), "no numbers in here"),
        blank=[[...] * 40, [-1] * 19 + [...] * 21],
    ),
}
