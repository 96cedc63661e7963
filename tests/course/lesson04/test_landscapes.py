import re

import numpy as np
import pytest

from course.lesson04 import landscapes
from course.lesson04.landscapes import PARABOLA, VALLEY
from course.lesson05 import many_bowls

GALLERY = [
    *landscapes.ONE_VARIABLE.values(),
    *landscapes.TWO_VARIABLES.values(),
    many_bowls.noisy_sum(),
    many_bowls.noisy_sum(variables=1),
]


def centered_difference(function, v, h=1e-5):
    if np.ndim(v) == 0:
        return (function.cost(v + h) - function.cost(v - h)) / (2 * h)
    sides = h * np.eye(2)
    return [(function.cost(v + side) - function.cost(v - side)) / (2 * h) for side in sides]


def value_of_latex(formula, v):
    """What the formula on the page says, worked out from its LaTeX."""
    python = re.sub(r"\\frac\{(\d+)\}\{(\d+)\} ", r"\1/\2*", formula).replace("^", "**")
    python = python.replace("v_1", "v[0]").replace("v_2", "v[1]")
    return eval(python, {"v": v})


@pytest.mark.parametrize("function", GALLERY, ids=lambda function: function.name)
def test_gradients_are_exact(function):
    for v in np.random.default_rng(1).uniform(-1.2, 1.2, (20, len(function.window))):
        v = v if len(v) == 2 else v[0]
        assert function.gradient(v) == pytest.approx(centered_difference(function, v), abs=1e-8)


@pytest.mark.parametrize("function", GALLERY[:-2], ids=lambda function: function.name)
def test_the_formula_on_the_page_is_the_one_that_runs(function):
    for v in np.random.default_rng(2).uniform(-1.2, 1.2, (5, len(function.window))):
        v = v if len(v) == 2 else v[0]
        assert function.cost(v) == pytest.approx(value_of_latex(function.formula, v))


@pytest.mark.parametrize("function", GALLERY, ids=lambda function: function.name)
def test_whole_grids_give_the_values_of_single_points(function):
    v = np.random.default_rng(3).uniform(-1, 1, (2, 3, 4) if len(function.window) == 2 else (3, 4))
    costs, gradients = function.cost(v), function.gradient(v)
    assert costs.shape == (3, 4)
    assert gradients.shape == v.shape
    assert costs[1, 2] == pytest.approx(function.cost(v[..., 1, 2]))
    assert gradients[..., 1, 2] == pytest.approx(function.gradient(v[..., 1, 2]))


def test_the_grid_spans_the_window():
    v, costs = VALLEY.grid(21)
    assert v.shape == (2, 21, 21)
    assert (v[:, 0, 0].tolist(), v[:, -1, -1].tolist()) == ([-1, -1], [1, 1])
    assert costs[0, 20] == pytest.approx(1.1)
    v, costs = PARABOLA.grid(5)
    assert v.tolist() == pytest.approx([-1.2, -0.6, 0, 0.6, 1.2])
    assert costs[0] == pytest.approx(1.44)
