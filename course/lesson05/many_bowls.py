"""A mean of many bowls, and stochastic gradient descent on it, to be watched from above."""

from dataclasses import dataclass

import numpy as np

from nnlib import arguments, descent


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


def stochastic_gradient_descent(function, start, eta, epochs, mini_batch_size, rng=None):
    """Descend on a `PointSum` with the gradient of one mini-batch per step; return the Path.

    Each epoch goes through the terms once in a new random order; the last mini-batch of an epoch
    may be smaller. Costs and gradients in the Path are those of the whole sum.
    epochs: from 0 up.  mini_batch_size: from 1 up.  rng: a seed or a numpy.random.Generator.
    Raises ValueError for arguments that make no descent.
    """
    epochs = arguments.whole_number("epochs", epochs, at_least=0)
    m = arguments.whole_number("mini_batch_size", mini_batch_size, at_least=1)
    batches = _mini_batches(len(function.centers), epochs, m, np.random.default_rng(rng))
    estimates = (lambda v, batch=batch: function.gradient(v, batch) for batch in batches)
    return descent.walk(function, start, eta, estimates)


def _mini_batches(n, epochs, m, rng):
    """The indices of one mini-batch after the other, in a new order each epoch."""
    for _ in range(epochs):
        order = rng.permutation(n)
        yield from (order[start : start + m] for start in range(0, n, m))
