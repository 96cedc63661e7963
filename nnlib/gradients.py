"""Slow gradients to check fast ones: centered differences, and the comparison with `backprop`.

Cost, where no other is named: C = 1/2 ||y - a||^2 of one example, averaged over the examples, as
in `nnlib.network`. Whoever leaves out the 1/2 finds gradients twice as large.
"""

import numbers
from dataclasses import dataclass
from functools import partial

import numpy as np

from nnlib import arguments

GOOD_BELOW, WRONG_ABOVE = 1e-7, 1e-2  # relative differences; rules of thumb for float64


def quadratic_cost(network, x, y):
    """C = 1/2 ||y - a||^2, averaged over the m columns of x (n_in, m) and y (n_out, m)."""
    a = arguments.network(network).feedforward(x)  # (n_out, m)
    y = arguments.columns(y, len(a), a.dtype, m=a.shape[1], name="y")
    return float(0.5 * np.sum((y - a) ** 2) / a.shape[1])


def numerical_gradient(network, x, y, h=1e-5, cost=quadratic_cost):
    """Gradient of a cost by centered differences, (C(p + h) - C(p - h)) / 2h.

    Two forward passes for every weight and every bias p: slow, but it uses nothing except
    `network.feedforward`. The network is left as it was.

    network: a float64 Network, or anything with its sizes, weights, biases and feedforward.
    x: inputs, shape (n_in, m).  y: targets, shape (n_out, m).  h: the nudge, above 0.
    cost: called as cost(network, x, y), a number.
    Returns (nabla_b, nabla_w), lists shaped like `biases` and `weights`, as `backprop` does.
    Raises ValueError for a float32 network, and for h, x or y that do not fit.
    """
    arguments.network(network)
    if any(p.dtype != np.float64 for p in [*network.biases, *network.weights]):
        raise ValueError(
            "the network computes in float32, whose rounding hides so small a change of the cost; "
            "make it with Network(sizes, dtype=np.float64)"
        )
    if not callable(cost):
        raise ValueError(f"cost is {arguments.short(cost)}: expected a function of (network, x, y)")
    if not 0 < arguments.number(h) < np.inf:
        raise ValueError(
            f"h is {arguments.short(h)}: expected a small number above 0, for example h=1e-5"
        )
    x, y = arguments.mini_batch(x, y, network.sizes, np.float64)
    arguments.finite(x, "x")
    arguments.finite(y, "y")

    now = partial(cost, network, x, y)
    return (
        [_slopes(now, b, h) for b in network.biases],
        [_slopes(now, w, h) for w in network.weights],
    )


def relative_difference(first, second):
    """Length of the difference of two gradients, divided by the length of the longer one.

    The length is the square root of the sum of all squares.
    first, second: arrays, or lists of arrays, of the same shapes.
    Returns 0 for equal gradients (two zero gradients included), 1/2 if one is twice the other,
    2 if one is minus the other: the largest value there is.  NaN stays NaN.
    Raises ValueError if the shapes differ.
    """
    shapes = [
        _shapes(name, gradient) for name, gradient in zip(("first", "second"), (first, second))
    ]
    if shapes[0] != shapes[1]:
        raise ValueError(
            f"the gradients have shapes {shapes[0]} and {shapes[1]}: expected the same ones; "
            "a gradient is shaped like the weights or biases that it belongs to"
        )
    first, second = (np.concatenate([np.ravel(a) for a in g]) for g in (first, second))
    difference = np.linalg.norm(first - second)
    longer = max(np.linalg.norm(first), np.linalg.norm(second))
    return float(difference / longer) if difference else 0.0


def verdict(difference):
    """What a relative difference says: "good", "unclear" or "wrong"; NaN is wrong."""
    if not isinstance(difference, numbers.Real):
        raise ValueError(
            f"difference is {arguments.short(difference)}: expected a number, such as "
            "relative_difference returns"
        )
    if difference < GOOD_BELOW:
        return "good"
    return "unclear" if difference <= WRONG_ABOVE else "wrong"


@dataclass(frozen=True, repr=False)
class GradientCheck:
    """Relative differences between `backprop` and the numerical gradient.

    difference: of the whole gradient.  parts: of each array, by name, such as "weights[0]".
    """

    difference: float
    parts: dict

    @property
    def verdict(self):
        """The verdict on the whole gradient: "good", "unclear" or "wrong"."""
        return verdict(self.difference)

    def __repr__(self):
        lines = [("whole gradient", self.difference), *self.parts.items()]
        return "\n".join(f"{name:<16}{_in_words(value)}" for name, value in lines)


def gradient_check(network, x, y, h=1e-5, cost=quadratic_cost):
    """Compare `network.backprop(x, y)` with the numerical gradient, as a whole and by array.

    Arguments and errors: see `numerical_gradient`; a ValueError also if `backprop` returns other
    shapes than those of biases and weights, in this order.  Returns a GradientCheck; print it.
    A good verdict is about these weights and these examples: use several random ones.
    """
    slow_b, slow_w = numerical_gradient(network, x, y, h, cost)
    fast_b, fast_w = network.backprop(x, y)
    whole = relative_difference([*fast_b, *fast_w], [*slow_b, *slow_w])
    named = {"biases": (fast_b, slow_b), "weights": (fast_w, slow_w)}
    parts = {
        f"{name}[{layer}]": relative_difference(fast, slow)
        for name, pair in named.items()
        for layer, (fast, slow) in enumerate(zip(*pair))
    }
    return GradientCheck(whole, parts)


def _shapes(name, gradient):
    """The shapes of the arrays of one gradient."""
    try:
        arrays = [np.asarray(a, dtype=float) for a in gradient]
    except (TypeError, ValueError, OverflowError):
        raise ValueError(
            f"{name} is {arguments.short(gradient)}: expected a gradient, a list of arrays"
        ) from None
    return [a.shape for a in arrays]


def _slopes(cost, parameters, h):
    """dC/dp for each number p of an array that `cost` depends on, by centered differences."""
    slopes = np.empty_like(parameters)
    for place in np.ndindex(parameters.shape):
        kept = parameters[place]
        try:
            parameters[place] = kept + h
            above = cost()
            parameters[place] = kept - h
            below = cost()
        finally:
            parameters[place] = kept
        slopes[place] = (above - below) / (2 * h)
    return slopes


def _in_words(difference):
    """A difference with its verdict; rounding noise, which differs by machine, is not printed."""
    shown = f"below {GOOD_BELOW:.0e}" if verdict(difference) == "good" else f"{difference:.2g}"
    return f"{shown:<14}{verdict(difference)}"
