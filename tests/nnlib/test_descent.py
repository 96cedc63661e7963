import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import descent

BOWL = descent.Function(
    "bowl", lambda v: v[0] ** 2 + v[1] ** 2, lambda v: np.array([2 * v[0], 2 * v[1]])
)
PARABOLA = descent.Function("parabola", lambda v: v**2, lambda v: 2 * v, window=((-1, 1),))
START = (-0.8, 0.6)


@given(eta=st.floats(-0.4, 1.2), start=st.tuples(*[st.floats(-1, 1)] * 2), steps=st.integers(0, 20))
def test_on_the_bowl_every_step_multiplies_the_point_by_one_factor(eta, start, steps):
    path = descent.gradient_descent(BOWL, start, eta, steps)
    factor = (1 - 2 * eta) ** np.arange(steps + 1)
    assert path.steps == steps
    np.testing.assert_allclose(path.points, factor[:, None] * np.array(start), atol=1e-9)
    np.testing.assert_allclose(path.costs, (path.points**2).sum(axis=1))
    np.testing.assert_allclose(path.gradients, 2 * path.points)


def test_one_variable_has_points_without_axes():
    path = descent.gradient_descent(PARABOLA, -1, 0.1, 3)
    assert path.points.shape == path.costs.shape == path.gradients.shape == (4,)
    assert path.points == pytest.approx([-1, -0.8, -0.64, -0.512])
    assert path.step_lengths == pytest.approx([0.2, 0.16, 0.128])


def test_lengths_of_steps_and_gradients_are_one_a_point():
    path = descent.gradient_descent(BOWL, (3, 4), 0.25, 3)
    assert path.step_lengths == pytest.approx([2.5, 1.25, 0.625])
    assert path.slopes == pytest.approx([10, 5, 2.5, 1.25])
    assert descent.gradient_descent(PARABOLA, -3, 0.5, 1).slopes.tolist() == [6, 0]


def test_a_walk_takes_the_gradients_it_is_given_and_tells_those_of_the_function():
    path = descent.walk(PARABOLA, 4, 0.5, [lambda v: 2, lambda v: v])
    assert path.points.tolist() == [4, 3, 1.5]
    assert path.gradients.tolist() == [8, 6, 3]
    assert path.costs.tolist() == [16, 9, 2.25]


@pytest.mark.parametrize(("eta", "points"), [(9e5, 3), (1.1e6, 2), (6e5, 3), (1e6, 3)])
def test_a_path_ends_at_the_first_point_farther_than_a_million(eta, points):
    slope = descent.Function("slope", lambda v: -v, lambda v: -1.0, window=((-1, 1),))
    path = descent.gradient_descent(slope, 0, eta, 9)
    assert path.diverged
    assert path.points.tolist() == [n * eta for n in range(points)]
    assert not descent.gradient_descent(slope, 0, 1e5, 9).diverged


def test_a_cost_that_overflows_at_once_ends_the_path_at_its_start():
    steep = descent.Function("steep", np.exp, np.exp, window=((-1, 1),))
    path = descent.gradient_descent(steep, 5.0, -100.0, 10)
    assert path.diverged
    assert path.points.tolist() == [5.0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (((1, 2, 3), 0.1, 5), r"start is \(1, 2, 3\): expected two finite numbers"),
        ((0.5, 0.1, 5), "expected two finite numbers"),
        (((0.5, np.nan), 0.1, 5), "expected two finite numbers"),
        (("here", 0.1, 5), "expected two finite numbers"),
        ((START, "big", 5), "eta is 'big'"),
        ((START, np.inf, 5), "eta is inf"),
        ((START, 0.1, -1), "steps is -1"),
        ((START, 0.1, 2.5), "steps is 2.5"),
    ],
)
def test_what_makes_no_descent_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        descent.gradient_descent(BOWL, *arguments)


def test_one_variable_takes_no_pair_and_a_wrong_gradient_is_named():
    with pytest.raises(ValueError, match="expected one finite number"):
        descent.gradient_descent(PARABOLA, START, 0.1, 5)
    wrong = descent.Function("wrong", BOWL.cost, lambda v: 2 * v[0])
    with pytest.raises(ValueError, match=r"gradient of 'wrong' has shape \(\)"):
        descent.gradient_descent(wrong, START, 0.1, 5)


def test_the_start_is_not_changed():
    start = np.array(START)
    descent.gradient_descent(BOWL, start, 0.1, 5)
    assert start.tolist() == list(START)
