"""Answers for the exercises of lesson 11."""

import numpy as np

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


CASES = {
    "11-cross-entropy-slope": Cases(
        right=[one_fraction, slope_in_loops, slope_in_float32],
        wrong=[
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
        right=[by_steps, as_array, with_places(lambda s, w, stride: 1 + (s - w) // stride)],
        wrong=[
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
        right=[dead_in_loops, dead_at_the_corner, dead_as_number],
        wrong=[
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
