import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib import descent
from nnlib.descent import BOWL, PARABOLA, VALLEY

GALLERY = [
    *descent.ONE_VARIABLE.values(),
    *descent.TWO_VARIABLES.values(),
    descent.noisy_sum(),
    descent.noisy_sum(variables=1),
]
START = (-0.8, 0.6)


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


def test_the_sum_of_bowls_is_the_mean_of_its_terms():
    total = descent.noisy_sum(n=30, rng=5)
    v = np.array([0.3, -0.7])
    terms = [np.sum((v - p) ** 2) for p in total.centers]
    assert total.cost(v) == pytest.approx(np.mean(terms))
    assert total.cost(v, [2, 7]) == pytest.approx((terms[2] + terms[7]) / 2)
    assert total.gradient(total.centers.mean(axis=0)) == pytest.approx([0, 0])
    assert total.gradient(v, [4]) == pytest.approx(2 * (v - total.centers[4]))
    spread = np.mean(np.sum((total.centers - total.centers.mean(axis=0)) ** 2, axis=1))
    distance = np.sum((v - total.centers.mean(axis=0)) ** 2)
    assert total.cost(v) == pytest.approx(distance + spread)


def test_noisy_sum_is_reproducible_and_spreads_as_asked():
    assert (descent.noisy_sum(rng=3).centers == descent.noisy_sum(rng=3).centers).all()
    centers = descent.noisy_sum(n=20000, spread=0.4, rng=1).centers
    assert centers.mean(axis=0) == pytest.approx([0.2, -0.2], abs=0.02)
    assert centers.std(axis=0) == pytest.approx([0.4, 0.4], abs=0.02)


def test_one_batch_of_everything_is_gradient_descent():
    total = descent.noisy_sum()
    path = descent.stochastic_gradient_descent(total, START, 0.1, 6, 100, rng=0)
    np.testing.assert_allclose(
        path.points, descent.gradient_descent(total, START, 0.1, 6).points, rtol=1e-12
    )


def test_every_epoch_uses_every_term_once_in_a_new_order():
    """With eta 1/2 and single terms, each step lands on the center of the term it used."""
    total = descent.noisy_sum(n=7)
    path = descent.stochastic_gradient_descent(total, START, 0.5, 2, 1, rng=2)
    epochs = path.points[1:8], path.points[8:]
    for visited in epochs:
        np.testing.assert_allclose(np.sort(visited, axis=0), np.sort(total.centers, axis=0))
    assert not np.allclose(*epochs)


def test_the_last_mini_batch_may_be_smaller():
    total = descent.noisy_sum(n=7)
    assert descent.stochastic_gradient_descent(total, START, 0.1, 3, 3, rng=0).steps == 9


def test_a_small_mini_batch_can_raise_the_full_cost():
    total = descent.noisy_sum()
    near = total.centers.mean(axis=0)
    path = descent.stochastic_gradient_descent(total, near, 0.1, 1, 1, rng=0)
    assert path.costs[1] > path.costs[0]
    assert path.costs == pytest.approx([total.cost(v) for v in path.points])


def test_stochastic_descent_follows_its_seed_and_refuses_nonsense():
    total = descent.noisy_sum()
    first, again, other = (
        descent.stochastic_gradient_descent(total, START, 0.1, 1, 10, rng=seed)
        for seed in (1, 1, 2)
    )
    assert (first.points == again.points).all()
    assert not (first.points == other.points).all()
    for epochs, m, words in ((-1, 10, "epochs is -1"), (1, 0, "mini_batch_size is 0")):
        with pytest.raises(ValueError, match=words):
            descent.stochastic_gradient_descent(total, START, 0.1, epochs, m)
    with pytest.raises(ValueError, match="expected two finite numbers"):
        descent.stochastic_gradient_descent(total, 1.0, 0.1, 1, 10)


def test_stochastic_descent_in_one_variable():
    total = descent.noisy_sum(n=30, rng=5, variables=1)
    middle = total.centers.mean()
    assert total.cost(0.7) == pytest.approx(np.mean((0.7 - total.centers) ** 2))
    assert total.gradient(0.7) == pytest.approx(2 * (0.7 - middle))
    assert total.cost(np.linspace(-1, 1, 5)).shape == (5,)
    whole = descent.stochastic_gradient_descent(total, total.start, 0.5, 1, 30, rng=0)
    assert whole.points[-1] == pytest.approx(middle)
    small = descent.stochastic_gradient_descent(total, total.start, 0.05, 20, 3, rng=0)
    assert len(small.points) == 201
    assert abs(small.points[-1] - middle) < 0.2
    assert small.costs[-1] == pytest.approx(total.cost(small.points[-1]))
