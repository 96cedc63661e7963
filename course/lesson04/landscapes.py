"""Functions to go down on: the curves and the surfaces of lesson 04, by name and in their order."""

from dataclasses import dataclass

import numpy as np

from nnlib.descent import Function


@dataclass(frozen=True)
class Landscape(Function):
    """A Function to be drawn.

    formula: LaTeX of the cost.  start: a point from which the way down is worth seeing.
    """

    formula: str = ""
    start: tuple | float = (-0.8, 0.6)

    def inside(self, v):
        """Whether v lies in the window."""
        return all(low <= x <= high for x, (low, high) in zip(np.ravel(v), self.window))

    def grid(self, n=61):
        """(v, costs) on n points a variable across the window: v is (n,) or (2, n, n)."""
        axes = [np.linspace(low, high, n) for low, high in self.window]
        v = axes[0] if len(axes) == 1 else np.array(np.meshgrid(*axes))
        return v, self.cost(v)


_SURFACES = [
    Landscape(
        "bowl",
        cost=lambda v: v[0] ** 2 + v[1] ** 2,
        gradient=lambda v: np.array([2 * v[0], 2 * v[1]]),
        formula=r"v_1^2 + v_2^2",
    ),
    Landscape(
        "stretched valley",
        cost=lambda v: v[0] ** 2 / 10 + v[1] ** 2,
        gradient=lambda v: np.array([v[0] / 5, 2 * v[1]]),
        formula=r"\frac{1}{10} v_1^2 + v_2^2",
    ),
    Landscape(
        "saddle",
        cost=lambda v: v[0] ** 2 - v[1] ** 2,
        gradient=lambda v: np.array([2 * v[0], -2 * v[1]]),
        formula=r"v_1^2 - v_2^2",
        start=(-0.8, 0.05),
    ),
    Landscape(
        "two minima",
        cost=lambda v: v[0] ** 4 - v[0] ** 2 + v[0] / 10 + v[1] ** 2 / 2,
        gradient=lambda v: np.array([4 * v[0] ** 3 - 2 * v[0] + 0.1, v[1]]),
        formula=r"v_1^4 - v_1^2 + \frac{1}{10} v_1 + \frac{1}{2} v_2^2",
        start=(0.2, 0.8),
    ),
]
TWO_VARIABLES = {function.name: function for function in _SURFACES}
BOWL, VALLEY, SADDLE, TWO_MINIMA = _SURFACES

_LINE = ((-1.2, 1.2),)
_CURVES = [
    Landscape(
        "parabola",
        cost=lambda v: v**2,
        gradient=lambda v: 2 * v,
        formula="v^2",
        window=_LINE,
        start=-1.0,
    ),
    Landscape(
        "two valleys",
        cost=lambda v: v**4 - v**2,
        gradient=lambda v: 4 * v**3 - 2 * v,
        formula="v^4 - v^2",
        window=_LINE,
        start=0.1,
    ),
    Landscape(
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
