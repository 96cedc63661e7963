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

    window: (lowest, highest) of each variable, the part worth seeing; one pair means that v is a
    number.
    """

    name: str
    cost: Callable
    gradient: Callable
    window: tuple = ((-1.0, 1.0), (-1.0, 1.0))


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
    steps = arguments.whole_number("steps", steps, at_least=0)
    gradient = _checked(function).gradient
    return walk(function, start, eta, (gradient for _ in range(steps)))


def walk(function, start, eta, gradients):
    """The Path from `start` of one step v -> v - eta gradient(v) for each of the gradients.

    gradients: functions of v, the exact gradient of the function or estimates of it. Costs and
    gradients in the Path are those of the function.  The rest is as in `gradient_descent`.
    """
    v, eta = _point(_checked(function), start), arguments.learning_rate(eta, np.float64)
    points, diverged = [v], False
    with np.errstate(over="ignore", invalid="ignore"):
        for gradient in _functions(gradients):
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


def _checked(function):
    """function, if it has what is asked of a Function."""
    if not all(hasattr(function, part) for part in ("cost", "gradient", "window")):
        raise ValueError(f"function is {arguments.short(function)}: expected a descent.Function")
    return function


def _functions(gradients):
    """The gradients one by one; ValueError for what is none."""
    for gradient in gradients if np.iterable(gradients) else [gradients]:
        if not callable(gradient):
            raise ValueError(
                f"gradients holds {arguments.short(gradient)}: expected a list of functions of v"
            )
        yield gradient


def _point(function, start):
    """start as a float array, if the function takes such a point and is finite there."""
    try:
        v = np.asarray(start, dtype=float)
    except (TypeError, ValueError, OverflowError):
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
