"""Lesson 11: the truths, and what tells one wrong answer from another."""

import numpy as np
from scipy.special import xlogy

from course.ask import compare
from course.ask.feedback import Wrong, capital
from nnlib.neurons import sigmoid_prime


def right_cross_entropy_slope(a, y):
    """dC/da of the cross-entropy for activations and targets (n_out, m), as float64 (n_out, m)."""
    a, y = np.asarray(a, float), np.asarray(y, float)
    return -y / a + (1 - y) / (1 - a)


def _drawn_outputs(rng):
    """words -> (a, y), activations strictly between 0 and 1 with their targets, random."""
    targets = np.eye(10)[:, rng.integers(10, size=6)]

    def draw(*shape):
        return rng.uniform(0.05, 0.95, shape)

    return {
        "a mini-batch of 6": (draw(10, 6), targets),
        "as many examples as outputs": (draw(3, 3), np.eye(3)),
        "targets between 0 and 1": (draw(4, 2), draw(4, 2)),
        "float32 arrays": (draw(10, 6).astype(np.float32), targets.astype(np.float32)),
    }


SLOPE_CASES = {
    "an output of 0.9 with the target 0": (np.array([[0.9]]), np.array([[0.0]])),
    "an output of 0.9 with the target 1": (np.array([[0.9]]), np.array([[1.0]])),
    **_drawn_outputs(np.random.default_rng(11)),
}
NEAR_THE_ENDS = (  # float32 holds these exactly
    np.array([[2.0**-30, 2.0**-20, 1 - 2.0**-20]] * 2),
    np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]),
)
SLOPE_MISTAKES = {
    "ones-only": lambda a, y: -y / a,
    "inner-sign": lambda a, y: -y / a - (1 - y) / (1 - a),
    "swapped": lambda a, y: right_cross_entropy_slope(a, 1 - y),
    "already-dz": lambda a, y: a - y,
    "quadratic-dz": lambda a, y: (a - y) * a * (1 - a),
    "the-cost": lambda a, y: -(xlogy(y, a) + xlogy(1 - y, 1 - a)),
    "mean-of-examples": lambda a, y: right_cross_entropy_slope(a, y) / a.shape[1],
    "twice-the-difference": lambda a, y: 2 * (a - y),
    "only-0-and-1": lambda a, y: np.where(y > 0.5, -1 / a, 1 / (1 - a)),
    "two-logarithms": lambda a, y: right_cross_entropy_slope(a, y) / np.log(2),
    "slope-at-a": lambda a, y: (a - y) / sigmoid_prime(a),
}


def cross_entropy_slope(f, says):
    """Compare dC/da for right and wrong outputs, one example and mini-batches."""
    ends = {"outputs very near 0 and 1": NEAR_THE_ENDS}

    def same(given, expected, name):
        return compare.arrays(given, expected, name) and says["near-the-ends"]

    exact = {words: case for words, case in SLOPE_CASES.items() if "float32" not in words}
    known = compare.named(SLOPE_MISTAKES, says)
    known.append((lambda a, y: np.where(y == 1, -1 / a, 1 / (1 - a)), says["only-0-and-1"]))
    return (
        compare.function(f, exact, right_cross_entropy_slope, misconceptions=known)
        or compare.function(f, ends, right_cross_entropy_slope, same=same)
        or compare.function(f, SLOPE_CASES, right_cross_entropy_slope, fresh=_drawn_outputs)
    )


def right_convolution_sizes(side, windows, window, stride):
    """(neurons, weights and biases that are shared, those of a full layer), three whole numbers."""
    return _sizes(side, windows, window, (side - window) // stride + 1)


def _sizes(side, windows, window, places):
    """The three numbers, from the places that a window takes in each direction."""
    neurons = windows * places**2
    return neurons, windows * (window**2 + 1), neurons * (side**2 + 1)


def _with_places(places):
    """The three numbers from other places; places: a function of side, window and stride."""
    return lambda side, windows, window, stride: _sizes(
        side, windows, window, places(side, window, stride)
    )


def _changed(change):
    """The right numbers, changed; change: a function of them and of windows, window and side."""
    return lambda side, windows, window, stride: change(
        *right_convolution_sizes(side, windows, window, stride), windows, window, side
    )


SIZES_CASES = [
    (28, 16, 5, 2),
    (28, 20, 5, 1),
    (6, 3, 3, 1),
    (7, 2, 3, 3),
    (8, 2, 3, 3),
    (10, 4, 4, 5),
    (5, 2, 5, 1),
    (5, 3, 2, 10),
    (4, 1, 1, 1),
    (100, 64, 7, 3),
]


def _drawn_sizes(rng):
    """Tuples (side, windows, window, stride); the stride does not fit in most of them."""
    sides = rng.integers(8, 60, 6)
    return [(int(side), *map(int, rng.integers((2, 2, 2), (20, 8, 5)))) for side in sides]


SIZES_MISTAKES = {
    "stride-left-out": _with_places(lambda side, window, stride: side - window + 1),
    "one-place-missing": _with_places(lambda side, window, stride: (side - window) // stride),
    "over-the-edge": _with_places(lambda side, window, stride: -((window - side) // stride) + 1),
    "window-left-out": _with_places(lambda side, window, stride: side // stride),
    "one-direction": lambda side, windows, window, stride: (
        windows * (n := (side - window) // stride + 1),
        windows * (window**2 + 1),
        windows * n * (side**2 + 1),
    ),
    "one-window": _changed(lambda n, shared, full, k, w, s: (n, w**2 + 1, full)),
    "one-side": _changed(lambda n, shared, full, k, w, s: (n, shared, n * (s + 1))),
    "parts-swapped": _changed(lambda n, shared, full, k, w, s: (n, full, shared)),
    "one-map": _changed(lambda n, shared, full, windows, w, s: (n // windows, shared, full)),
    "no-biases": _changed(lambda n, shared, full, k, w, s: (n, k * w**2, n * s**2)),
    "no-shared-biases": _changed(lambda n, shared, full, k, w, s: (n, k * w**2, full)),
    "a-bias-for-each-neuron": _changed(lambda n, shared, full, k, w, s: (n, k * w**2 + n, full)),
    "one-bias": _changed(lambda n, shared, full, k, w, s: (n, k * w**2 + 1, full)),
    "nothing-shared": _changed(lambda n, shared, full, k, w, s: (n, n * (w**2 + 1), full)),
    "no-full-biases": _changed(lambda n, shared, full, k, w, s: (n, shared, n * s**2)),
    "windows-in-the-full-layer": _changed(
        lambda n, shared, full, k, w, s: (n, shared, n * (w**2 + 1))
    ),
}


def convolution_sizes(f, says):
    """Compare neurons, shared and full on ten layers, also where the stride does not fit."""
    return compare.function(
        f,
        SIZES_CASES,
        right_convolution_sizes,
        fresh=_drawn_sizes,
        same=compare.part_by_part("neurons", "shared", "full"),
        misconceptions=compare.named(SIZES_MISTAKES, says),
    )


def right_dead_relu(w, b):
    """Whether max(0, w x + b) is 0 for all x in [0, 1]^n; w (n,), b a number."""
    return bool(_highest(w, b) <= 0)


def _highest(w, b):
    """The largest z: inputs are 1 where the weight is positive, otherwise 0."""
    return np.maximum(w, 0).sum() + b


def _neurons():
    """words -> (w, b); whole numbers, halves and quarters, so that z = 0 is exact."""
    rng = np.random.default_rng(3)
    many = rng.integers(-4, 5, 784) / 4
    few = np.where(np.arange(784) % 160 == 7, 0.5, -1.0)  # random inputs never switch these on
    return {
        "two positive weights, b = -2": (np.array([2.0, 1.0]), -2.0),
        "negative weights, b = -0.5": (np.array([-1.0, -2.0]), -0.5),
        "negative weights, b = 0.5": (np.array([-1.0, -2.0]), 0.5),
        "the weights 3, -5 and -1, b = -2": (np.array([3.0, -5.0, -1.0]), -2.0),
        "the weights 1 and -5, b = -2": (np.array([1.0, -5.0]), -2.0),
        "the weights 1, 1 and -4, b = -2": (np.array([1.0, 1.0, -4.0]), -2.0),
        "the weights 0 and 0, b = 0": (np.array([0.0, 0.0]), 0.0),
        "784 weights and a bias far below 0": (many, -784.0),
        "784 weights and a bias a little below 0": (many, -2.0),
        "784 weights, five of them above 0, b = -2": (few, -2.0),
        "784 weights, five of them above 0, b = -2.5": (few, -2.5),
        "one weight of 1, b = -1": (np.array([1.0]), -1.0),
        "one weight of 1, b = -0.5": (np.array([1.0]), -0.5),
        "three weights of 1, b = -2": (np.ones(3), -2.0),
    }


def _drawn_neurons(rng):
    """words -> (w, b), quarters; the bias is a little below, at and above the limit."""
    found = {}
    for n in (2, 5, 30):
        w = rng.integers(-8, 9, n) / 4
        limit = -np.maximum(w, 0).sum()
        for words, b in (("a little below", limit - 0.25), ("at", limit), ("above", limit + 0.25)):
            found[f"{n} weights, b {words} the limit"] = (w, float(b))
    return found


DEAD_CASES = _neurons()
DEAD_MISTAKES = {
    "bias-only": lambda w, b: b <= 0,
    "all-inputs-on": lambda w, b: w.sum() + b <= 0,
    "absolute": lambda w, b: np.abs(w).sum() + b <= 0,
    "fires-at-zero": lambda w, b: _highest(w, b) < 0,
    "reversed": lambda w, b: _highest(w, b) > 0,
    "largest-weight": lambda w, b: w.max() + b <= 0,
    "bias-left-out": lambda w, b: _highest(w, 0) <= 0,
    "half-inputs": lambda w, b: _highest(w / 2, b) <= 0,
    "mean-weight": lambda w, b: w.mean() + b <= 0,
    "two-largest": lambda w, b: sum(sorted(w)[-2:]) + b <= 0,
    "signs-only": lambda w, b: bool((w <= 0).all() and b <= 0),
}


def _same_verdict(given, expected, name):
    """None if a verdict, True or False, is the expected one, otherwise what is wrong with it."""
    if isinstance(given, str):
        return f"{capital(name)} is text (str): expected True or False, without quotes."
    try:
        verdict = compare.numbers(given, (), name).item()
    except Wrong as wrong:
        return str(wrong)
    if verdict not in (0, 1):
        return f"{capital(name)} is {verdict:g}: expected True or False."
    if verdict == expected:
        return None
    reason = "some inputs from 0 to 1 make" if verdict else "no inputs from 0 to 1 make"
    return f"{capital(name)} is {bool(verdict)}, but {reason} this neuron fire."


def dead_relu(f, says):
    """Compare the verdicts on 14 neurons."""
    return compare.function(
        f,
        DEAD_CASES,
        right_dead_relu,
        fresh=_drawn_neurons,
        same=_same_verdict,
        misconceptions=compare.named(DEAD_MISTAKES, says),
    )
