"""The two artificial neurons of the course: the perceptron and the sigmoid neuron."""

import numpy as np
from scipy.special import expit


def perceptron(x, w, b):
    """Output of a perceptron: 1 if w . x + b is above 0, otherwise 0 (0 at equality).

    x: inputs, each 0 or 1, shape (n,) or, for m examples at once, (m, n).
    w: weights, shape (n,).  b: bias, a number; it is minus the threshold.
    Returns an int, or an integer array of shape (m,).
    Raises ValueError for inputs other than 0 and 1, for a weight or bias that is not a finite
    number, and if the last axis of x does not have one value per weight.
    """
    x, w, b = _numbers("x", x, finite=False), _numbers("w", w), _numbers("b", b)
    if x.ndim not in (1, 2) or x.shape[-1:] != w.shape:
        raise ValueError(
            f"perceptron needs one weight per input: x has shape {x.shape}, w has shape {w.shape}; "
            "give x the shape (n,) or (m, n) and w the shape (n,)"
        )
    if b.ndim:
        raise ValueError(f"b has shape {b.shape}: expected one number, for example b=-5")
    if not np.isin(x, (0, 1)).all():
        wrong = x[~np.isin(x, (0, 1))][0]
        raise ValueError(
            f"perceptron got the input {wrong:g}: expected only 0 and 1; "
            "type sigmoid(x @ w + b) for a neuron whose inputs may be any numbers"
        )
    fires = x @ w + b > 0
    return fires.astype(int) if fires.ndim else int(fires)


def sigmoid(z):
    """sigma(z) = 1 / (1 + e^-z), element by element, between 0 and 1; z of any shape.

    SciPy's `expit` computes the same function without overflow for large negative z, and keeps
    float32 as float32.
    """
    try:
        return expit(z)
    except (TypeError, ValueError):
        raise TypeError(f"z is {z!r:.60}: expected a number, or an array of numbers") from None


def sigmoid_prime(z):
    """Slope of the sigmoid, sigma'(z) = sigma(z) (1 - sigma(z)), at most 1/4; z of any shape."""
    a = sigmoid(z)
    return a * (1 - a)


def _numbers(name, value, *, finite=True):
    """value as an array of floats; NaN and infinity only if finite is False."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(
            f"{name} is {value!r:.60}: expected numbers, for example x=[0, 1], w=[-2, -2], b=3"
        ) from None
    if finite and not np.isfinite(array).all():
        raise ValueError(f"{name} is {value!r}: expected finite numbers; it has a NaN or infinity")
    return array
