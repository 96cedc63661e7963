"""Answers for the exercises of lesson 11."""

import numpy as np

from nnlib.neurons import sigmoid_prime
from tests.course.answers import Cases


def one_fraction(a, y):
    return (a - y) / (a * (1 - a))


def slope_in_loops(a, y):
    return [
        [float((1 - t) / (1 - o) - t / o) for o, t in zip(outputs, targets)]
        for outputs, targets in zip(a, y)
    ]


def slope_in_float32(a, y):
    return one_fraction(a.astype(np.float32), y.astype(np.float32))


def slope_in_place(a, y):
    result = one_fraction(a, y)
    y -= a
    return result


def slope_of_the_first(a, y):
    return one_fraction(a, y)[:, :1]


def product(a, y):
    return a @ np.ones((11, 1)) - y


def by_steps(side, windows, window, stride):
    places = len(range(0, side - window + 1, stride))
    neurons = windows * places * places
    return [neurons, windows * window * window + windows, neurons * side * side + neurons]


def as_array(side, windows, window, stride):
    return np.array(by_steps(side, windows, window, stride), dtype=float)


def with_places(places):
    def sizes(side, windows, window, stride):
        neurons = windows * places(side, window, stride) ** 2
        return neurons, windows * (window**2 + 1), neurons * (side**2 + 1)

    return sizes


def changed(change):
    def sizes(side, windows, window, stride):
        return change(*by_steps(side, windows, window, stride), windows, window, side)

    return sizes


def highest(w, b):
    return sum(max(float(one), 0.0) for one in w) + b


def dead_in_loops(w, b):
    return highest(w, b) <= 0


def dead_at_the_corner(w, b):
    return np.maximum(0, w @ (w > 0) + b) == 0


def dead_as_number(w, b):
    return int(w[w > 0].sum() <= -b)


class Slope:
    def __call__(self, a, y):
        return np.vectorize(lambda o, t: -t / o + (1 - t) / (1 - o))(a, y)

    def of(self, a, y):
        return tuple(map(tuple, (1 - y) / (1 - a) - y / a))


def costs(a, y):
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def by_nudging(h):
    def slope(a, y):
        with np.errstate(all="ignore"):
            return (costs(a + h, y) - costs(a - h, y)) / (2 * h)

    return slope


def made_safe(a, y):
    return (a - y) / (a * (1 - a) + 1e-8)


def clipped(a, y):
    return one_fraction(np.clip(a, 1e-4, 1 - 1e-4), y)


class Convolution:
    def __call__(self, side, windows, window, stride):
        return tuple(np.int64(number) for number in by_steps(side, windows, window, stride))

    def by_counting(self, side, windows, window, stride):
        places = [
            (row, column)
            for row in range(0, side, stride)
            for column in range(0, side, stride)
            if row + window <= side and column + window <= side
        ]
        neurons = windows * len(places)
        return [neurons, sum([window**2 + 1] * windows), neurons * (side * side + 1)]


def by_rounding_up(side, windows, window, stride):
    return with_places(lambda s, w, t: -(-(s - w + 1) // t))(side, windows, window, stride)


class Judge:
    def __call__(self, w, b):
        return [bool(w[w > 0].sum() + b <= 0)]

    def is_dead(self, w, b):
        return np.array(float(w.clip(min=0).sum()) <= -b)


def by_many_tries(w, b):
    tries = np.random.default_rng(0).random((500, len(w)))
    return bool((tries @ w + b <= 0).all())


def by_many_corners(w, b):
    tries = np.random.default_rng(0).integers(0, 2, (500, len(w)))
    return bool((tries @ w + b <= 0).all())


CASES = {
    "11-cross-entropy-slope": Cases(
        right=[
            Slope(),
            Slope().of,
            lambda a, y: np.divide(a - y, a - a**2),
            one_fraction,
            slope_in_loops,
            slope_in_float32,
        ],
        wrong=[
            (by_nudging(1e-6), "a difference of two costs is not"),
            (by_nudging(1e-5), "very near 0 and 1"),
            (made_safe, "added to be safe"),
            (clipped, "very near 0 and 1"),
            (lambda a, y: np.where(y > 0.5, -1 / a, 1 / (1 - a)), "A target between them"),
            (lambda a, y: np.where(y == 1, -1 / a, 1 / (1 - a)), "A target between them"),
            (lambda a, y: 2 * (a - y), "the derivative of (y − a)²"),
            (lambda a, y: one_fraction(a, y) / np.log(2), "base 2"),
            (lambda a, y: (a - y) / sigmoid_prime(a), "σ′ is taken at a"),
            (lambda a, y: abs(one_fraction(a, y)), "wrong sign"),
            (lambda a, y: one_fraction(a, y).sum(axis=0), "shape (1,): expected (1, 1)"),
            (lambda a, y: np.round(one_fraction(a, y), 2), "Was something rounded?"),
            (Slope, "The answer is a class"),
            (lambda a, y: -y / a, "right where y is 1"),
            (lambda a, y: -(y / a + (1 - y) / (1 - a)), "inner derivative"),
            (lambda a, y: y / (1 - a) - (1 - y) / a, "changed places"),
            (lambda a, y: a - y, "what remains in the end"),
            (lambda a, y: (a - y) * a * (1 - a), "of the quadratic cost"),
            (lambda a, y: -(y * np.log(a) + (1 - y) * np.log(1 - a)), "This is C itself"),
            (lambda a, y: one_fraction(a, y) / a.shape[1], "shared out"),
            (lambda a, y: -one_fraction(a, y), "wrong sign"),
            (lambda a, y: 2 * one_fraction(a, y), "exactly twice"),
            (lambda a, y: one_fraction(a, y).T, "(6, 10): expected (10, 6)"),
            (slope_of_the_first, "(10, 1): expected (10, 6)"),
            (slope_in_place, "changes what it is given"),
            (0.9, "expected a function"),
        ],
        raises=(product, "your function raised `ValueError"),
        blank=[lambda a, y: ...],
    ),
    "11-convolution-sizes": Cases(
        right=[
            Convolution(),
            Convolution().by_counting,
            by_rounding_up,
            by_steps,
            as_array,
            with_places(lambda s, w, stride: 1 + (s - w) // stride),
        ],
        wrong=[
            (changed(lambda n, a, b, k, w, s: (n, w * w + 1, b)), "counts one window"),
            (changed(lambda n, a, b, k, w, s: (n, a, n * (s + 1))), "side × side pixels"),
            (changed(lambda n, a, b, k, w, s: (n, b, a)), "have changed places"),
            (changed(lambda n, a, b, k, w, s: (b, a, n)), "stand in reverse order"),
            (changed(lambda n, a, b, k, w, s: (n, k * (w + 1), b)), "`shared` in the result"),
            (changed(lambda n, a, b, k, w, s: (n, a, n * s * s + 1)), "is 1806337: too small"),
            (changed(lambda n, a, b, k, w, s: (k * 144, a, k * 144 * 785)), "is 2880"),
            (
                lambda s, k, w, t: (n := k * ((s - w) // t + 1), k * (w * w + 1), n * (s * s + 1)),
                "and** down",
            ),
            (with_places(lambda s, w, stride: (s - w) // stride + 2), "too large"),
            (with_places(lambda s, w, stride: s - w // stride + 1), "too large"),
            (lambda *layer: dict(zip("nsf", by_steps(*layer))), "expected 3 things"),
            (Convolution, "The answer is a class"),
            (with_places(lambda s, w, stride: s - w + 1), "moved pixel by pixel"),
            (with_places(lambda s, w, stride: (s - w) // stride), "One place is missing"),
            (with_places(lambda s, w, stride: -((w - s) // stride) + 1), "over the edge"),
            (with_places(lambda s, w, stride: s // stride), "windows of a single pixel"),
            (with_places(lambda s, w, stride: (s - w) / stride + 1), "`neurons` in the result"),
            (with_places(lambda s, w, stride: round((s - w) / stride + 1)), "`side = 8`"),
            (changed(lambda n, a, b, k, w, s: (n // k, a, b)), "neurons of one map"),
            (changed(lambda n, a, b, k, w, s: (n, k * w * w, n * s * s)), "in both kinds"),
            (changed(lambda n, a, b, k, w, s: (n, k * w * w, b)), "`shared` has no biases"),
            (changed(lambda n, a, b, k, w, s: (n, k * w * w + n, b)), "bias for each neuron"),
            (changed(lambda n, a, b, k, w, s: (n, k * w * w + 1, b)), "bias for all windows"),
            (changed(lambda n, a, b, k, w, s: (n, n * w * w + n, b)), "new weights for each"),
            (changed(lambda n, a, b, k, w, s: (n, a, n * s * s)), "`full` has no biases"),
            (changed(lambda n, a, b, k, w, s: (n, a, n * w * w + n)), "connected to all pixels"),
            (changed(lambda n, a, b, k, w, s: (n, a)), "returns 2 things"),
            (416, "expected a function"),
        ],
        raises=(lambda side, windows: 0, "your function raised `TypeError"),
        blank=[lambda side, windows, window, stride: ...],
    ),
    "11-dead-relu": Cases(
        right=[
            Judge(),
            Judge().is_dead,
            lambda w, b: all(p <= 0 for p in [sum(x for x in w if x > 0) + b]),
            dead_in_loops,
            dead_at_the_corner,
            dead_as_number,
        ],
        wrong=[
            (by_many_tries, "784 weights, five of them above 0"),
            (by_many_corners, "784 weights, five of them above 0"),
            (lambda w, b: highest(w / 2, b) <= 0, "as large as 1"),
            (lambda w, b: w.mean() + b <= 0, "the mean of the weights"),
            (lambda w, b: sum(sorted(w)[-2:]) + b <= 0, "two inputs only"),
            (lambda w, b: bool((w <= 0).all() and b <= 0), "How high can z get?"),
            (lambda w, b: all(one + b <= 0 for one in w), "one input only"),
            (lambda w, b: round(highest(w, b)) <= 0, "is True, but"),
            (lambda w, b: max(0, 2 * highest(w, b)), "expected True or False"),
            (lambda w, b: str(highest(w, b) <= 0), "without quotes"),
            (lambda w, b: [w.sum() <= 0, b <= 0], "expected a single number"),
            (Judge, "The answer is a class"),
            (lambda w, b: b <= 0, "looks at the bias alone"),
            (lambda w, b: w.sum() + b <= 0, "with all inputs at 1"),
            (lambda w, b: abs(w).sum() + b <= 0, "cannot lift z"),
            (lambda w, b: highest(w, b) < 0, "at 0?"),
            (lambda w, b: highest(w, b) > 0, "neurons that can fire"),
            (lambda w, b: max(w) + b <= 0, "one input only"),
            (lambda w, b: not (w > 0).any(), "The bias is missing"),
            (lambda w, b: True, "is True, but some inputs from 0 to 1 make"),
            (lambda w, b: False, "is False, but no inputs from 0 to 1 make"),
            (lambda w, b: 5, "expected True or False"),
            (lambda w, b: w > 0, "expected a single number"),
            (lambda w, b: "dead", "without quotes"),
            (True, "expected a function"),
        ],
        raises=(lambda w, b: w @ [1, 1, 1], "your function raised `ValueError"),
        blank=[lambda w, b: ...],
    ),
}
