"""Gradient descent on functions of one and two variables, with every point of the way kept.

A point v is a number, or an array of shape (2,) for two variables. Costs and gradients also take
whole grids, shape (2, ...), whose first axis tells the variables apart. A way that runs off to
infinity ends early and says so in `Path.diverged`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnlib import arguments

FAR_AWAY = 1e6  # a point farther than this from 0 has left for good


@dataclass(frozen=True)
class Function:
    """A function to go down on: `cost(v)` and its exact `gradient(v)`.

    formula: LaTeX of the cost.  window: (lowest, highest) of each variable, the part worth seeing;
    one pair means that v is a number.  start: a point from which the way down is worth seeing.
    """

    name: str
    cost: Callable
    gradient: Callable
    formula: str = ""
    window: tuple = ((-1.0, 1.0), (-1.0, 1.0))
    start: tuple | float = (-0.8, 0.6)

    def inside(self, v):
        """Whether v lies in the window."""
        return all(low <= x <= high for x, (low, high) in zip(np.ravel(v), self.window))

    def grid(self, n=61):
        """(v, costs) on n points a variable across the window: v is (n,) or (2, n, n)."""
        axes = [np.linspace(low, high, n) for low, high in self.window]
        v = axes[0] if len(axes) == 1 else np.array(np.meshgrid(*axes))
        return v, self.cost(v)


@dataclass(frozen=True)
class Path:
    """The way of a descent: point 0 is the start, point k the one after k steps.

    points: (steps + 1,) for one variable or (steps + 1, 2).  gradients: the same shape.
    costs: (steps + 1,).  diverged: whether it ended early because it ran off to infinity.
    """

    points: np.ndarray
    costs: np.ndarray
    gradients: np.ndarray
    diverged: bool

    @property
    def steps(self):
        """How many steps were taken; fewer than asked for if the path diverged."""
        return len(self.costs) - 1

    @property
    def step_lengths(self):
        """Length of each step, shape (steps,)."""
        return _lengths(np.diff(self.points, axis=0))

    @property
    def slopes(self):
        """Length of the gradient at each point, shape (steps + 1,)."""
        return _lengths(self.gradients)


def gradient_descent(function, start, eta, steps):
    """Take `steps` steps v -> v - eta gradient(v) from `start`; return the Path.

    function: a `Function`.  start: a number or (2,).  eta: the learning rate, any finite number.
    Raises ValueError for arguments that make no descent.
    """
    v = _point(function, start)
    eta = arguments.learning_rate(eta, np.float64)
    steps = arguments.whole_number("steps", steps, at_least=0)
    return _walk(function, v, eta, (function.gradient for _ in range(steps)))


def stochastic_gradient_descent(function, start, eta, epochs, mini_batch_size, rng=None):
    """Descend on a `PointSum` with the gradient of one mini-batch per step; return the Path.

    Each epoch goes through the terms once in a new random order; the last mini-batch of an epoch
    may be smaller. Costs and gradients in the Path are those of the whole sum.
    epochs: from 0 up.  mini_batch_size: from 1 up.  rng: a seed or a numpy.random.Generator.
    Raises ValueError for arguments that make no descent.
    """
    v = _point(function, start)
    eta = arguments.learning_rate(eta, np.float64)
    epochs = arguments.whole_number("epochs", epochs, at_least=0)
    m = arguments.whole_number("mini_batch_size", mini_batch_size, at_least=1)
    batches = _mini_batches(len(function.centers), epochs, m, np.random.default_rng(rng))
    estimates = (lambda v, batch=batch: function.gradient(v, batch) for batch in batches)
    return _walk(function, v, eta, estimates)


@dataclass(frozen=True, eq=False)
class PointSum:
    """C(v) = (1/n) sum over x of ||v - p_x||^2: the mean of n bowls, each with its own center p_x.

    centers: the n points p_x, shape (n, 2), or (n,) for one variable. The lowest point of the mean
    is their mean.
    """

    centers: np.ndarray
    name = "sum of many bowls"
    formula = r"\frac{1}{n} \sum_x \|v - p_x\|^2"

    @property
    def window(self):
        """Lowest and highest value to draw, for each variable."""
        return ((-1.0, 1.0),) * self.centers[0].size

    @property
    def start(self):
        """A point to start from."""
        return (-0.8, 0.6) if self.centers.ndim == 2 else -0.8

    def cost(self, v, batch=slice(None)):
        """Mean over the terms of the batch, all by default, at v of shape (2, ...) or (...)."""
        squares = self._differences(v, batch) ** 2
        return (squares.sum(axis=1) if self.centers.ndim == 2 else squares).mean(axis=0)

    def gradient(self, v, batch=slice(None)):
        """Gradient of `cost`, shaped like v: for a part of the terms it is an estimate."""
        return 2 * self._differences(v, batch).mean(axis=0)

    def _differences(self, v, batch):
        """v - p_x for each term of the batch, shape (m, 2, ...) or (m, ...)."""
        v, centers = np.asarray(v, float), self.centers[batch]
        return v - centers.reshape(centers.shape + (1,) * (v.ndim - centers.ndim + 1))


def noisy_sum(n=100, spread=0.4, rng=0, variables=2):
    """A `PointSum` of n terms of two variables, or of one.

    The centers are normal around (0.2, -0.2), or around 0.2, with standard deviation `spread`.
    """
    middle, shape = (np.array([0.2, -0.2]), (n, 2)) if variables == 2 else (0.2, (n,))
    return PointSum(middle + spread * np.random.default_rng(rng).standard_normal(shape))


def _walk(function, v, eta, gradients):
    """The Path from v, one step v -> v - eta gradient(v) for each of the gradient functions."""
    points, diverged = [v], False
    with np.errstate(over="ignore", invalid="ignore"):
        for gradient in gradients:
            v = v - eta * gradient(v)
            finite = np.isfinite(v).all() and np.isfinite(function.cost(v))
            if finite:
                points.append(v)
            diverged = not finite or np.linalg.norm(v) > FAR_AWAY
            if diverged:
                break
    points = np.array(points)
    costs = np.array([function.cost(v) for v in points])
    return Path(points, costs, np.array([function.gradient(v) for v in points]), diverged)


def _mini_batches(n, epochs, m, rng):
    """The indices of one mini-batch after the other, in a new order each epoch."""
    for _ in range(epochs):
        order = rng.permutation(n)
        yield from (order[start : start + m] for start in range(0, n, m))


def _point(function, start):
    """start as a float array, if the function takes such a point and is finite there."""
    try:
        v = np.asarray(start, dtype=float)
    except (TypeError, ValueError):
        v = np.full((), np.nan)
    shape = () if len(function.window) == 1 else (len(function.window),)
    if v.shape != shape or not np.isfinite(v).all():
        expected = "two finite numbers, for example (-0.8, 0.6)" if shape else "one finite number"
        raise ValueError(f"start is {start!r}: expected {expected}, for {function.name!r}")
    if np.shape(function.gradient(v)) != shape:
        raise ValueError(
            f"the gradient of {function.name!r} has shape {np.shape(function.gradient(v))}: "
            f"expected {shape}, like v; type np.array([...]) around its two parts"
        )
    return v


def _lengths(vectors):
    """Length of each row; of numbers, their size."""
    return np.abs(vectors) if vectors.ndim == 1 else np.linalg.norm(vectors, axis=1)


_PARTS = [
    Function(
        "bowl",
        cost=lambda v: v[0] ** 2 + v[1] ** 2,
        gradient=lambda v: np.array([2 * v[0], 2 * v[1]]),
        formula=r"v_1^2 + v_2^2",
    ),
    Function(
        "stretched valley",
        cost=lambda v: v[0] ** 2 / 10 + v[1] ** 2,
        gradient=lambda v: np.array([v[0] / 5, 2 * v[1]]),
        formula=r"\frac{1}{10} v_1^2 + v_2^2",
    ),
    Function(
        "saddle",
        cost=lambda v: v[0] ** 2 - v[1] ** 2,
        gradient=lambda v: np.array([2 * v[0], -2 * v[1]]),
        formula=r"v_1^2 - v_2^2",
        start=(-0.8, 0.05),
    ),
    Function(
        "two minima",
        cost=lambda v: v[0] ** 4 - v[0] ** 2 + v[0] / 10 + v[1] ** 2 / 2,
        gradient=lambda v: np.array([4 * v[0] ** 3 - 2 * v[0] + 0.1, v[1]]),
        formula=r"v_1^4 - v_1^2 + \frac{1}{10} v_1 + \frac{1}{2} v_2^2",
        start=(0.2, 0.8),
    ),
]
TWO_VARIABLES = {function.name: function for function in _PARTS}
BOWL, VALLEY, SADDLE, TWO_MINIMA = _PARTS

_LINE = ((-1.2, 1.2),)
_CURVES = [
    Function(
        "parabola",
        cost=lambda v: v**2,
        gradient=lambda v: 2 * v,
        formula="v^2",
        window=_LINE,
        start=-1.0,
    ),
    Function(
        "two valleys",
        cost=lambda v: v**4 - v**2,
        gradient=lambda v: 4 * v**3 - 2 * v,
        formula="v^4 - v^2",
        window=_LINE,
        start=0.1,
    ),
    Function(
        "cubic",
        cost=lambda v: v**3,
        gradient=lambda v: 3 * v**2,
        formula="v^3",
        window=_LINE,
        start=1.0,
    ),
]
ONE_VARIABLE = {function.name: function for function in _CURVES}
PARABOLA, TWO_VALLEYS, CUBIC = _CURVES
