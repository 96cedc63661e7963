"""The two artificial neurons of the course: the perceptron and the sigmoid neuron."""

import numpy as np
from scipy.special import expit


def perceptron(x, w, b):
    """Output of a perceptron: 1 if w . x + b is above 0, otherwise 0 (0 at equality).

    x: inputs, shape (n,) or, for m examples at once, (m, n).
    w: weights, shape (n,).  b: bias, a number; it is minus the threshold.
    Returns an int, or an integer array of shape (m,).
    Raises ValueError if the last axis of x does not have one value per weight.
    """
    x, w = np.asarray(x), np.asarray(w)
    if x.ndim == 0 or x.shape[-1:] != w.shape:
        raise ValueError(
            f"perceptron needs one weight per input: x has shape {x.shape}, w has shape {w.shape}; "
            "give x the shape (n,) or (m, n) and w the shape (n,)"
        )
    fires = x @ w + b > 0
    return fires.astype(int) if fires.ndim else int(fires)


def sigmoid(z):
    """sigma(z) = 1 / (1 + e^-z), element by element, between 0 and 1; z of any shape.

    SciPy's `expit` computes the same function without overflow for large negative z, and keeps
    float32 as float32.
    """
    return expit(z)


def sigmoid_prime(z):
    """Slope of the sigmoid, sigma'(z) = sigma(z) (1 - sigma(z)), at most 1/4; z of any shape."""
    a = sigmoid(z)
    return a * (1 - a)
