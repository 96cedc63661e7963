"""What a path came to: facts of the functions of lesson 04."""

import warnings

import numpy as np
import pytest

from course.lesson04 import landscapes, walks
from course.lesson04.landscapes import (
    BOWL,
    CUBIC,
    PARABOLA,
    SADDLE,
    TWO_MINIMA,
    TWO_VALLEYS,
    VALLEY,
)
from course.lesson05 import many_bowls
from nnlib import descent

GALLERY = [
    *landscapes.ONE_VARIABLE.values(),
    *landscapes.TWO_VARIABLES.values(),
    many_bowls.noisy_sum(),
    many_bowls.noisy_sum(variables=1),
]
START = (-0.8, 0.6)


@pytest.mark.parametrize(
    ("eta", "costs", "outcome"),
    [(0.5, [1, 0, 0, 0], "rests"), (1.0, [1, 1, 1, 1], "oscillates"), (1.1, None, "grows")],
)
def test_measured_facts_of_the_bowl(eta, costs, outcome):
    path = descent.gradient_descent(BOWL, START, eta, 3)
    assert path.costs == pytest.approx(costs or [1, 1.44, 1.44**2, 1.44**3])
    assert walks.outcome(path) == outcome


def test_rest_is_where_the_gradient_stays_short():
    path = descent.gradient_descent(BOWL, START, 0.1, 60)
    lengths = np.linalg.norm(path.gradients, axis=1)
    after = walks.at_rest_after(path)
    assert lengths[after] <= walks.AT_REST < lengths[after - 1]
    assert walks.outcome(path) == "rests"
    assert walks.at_rest_after(descent.gradient_descent(BOWL, START, 0.1, after - 1)) is None
    assert walks.at_rest_after(descent.gradient_descent(BOWL, (0, 0), 0.1, 5)) == 0


def test_a_short_gradient_on_the_way_is_no_rest():
    """This path touches the saddle's flat middle and leaves it."""
    path = descent.gradient_descent(SADDLE, (-0.8, 1e-7), 0.25, 60)
    assert np.linalg.norm(path.gradients, axis=1).min() < walks.AT_REST
    assert walks.at_rest_after(path) is None


def test_divergence_is_reported_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for function in GALLERY:
            path = descent.gradient_descent(function, function.start, 50.0, 2000)
            assert path.diverged, function.name
            assert walks.outcome(path) == "diverges"
            assert 0 < path.steps < 2000
            for values in (path.points, path.costs, path.gradients):
                assert np.isfinite(values).all()


@pytest.mark.parametrize(
    ("function", "start", "eta", "steps", "outcome"),
    [
        (BOWL, START, 0.1, 0, "starts"),
        (BOWL, START, 0.1, 1, "descends"),
        (VALLEY, START, 0.9, 15, "descends"),
        (SADDLE, (-0.8, 0.05), 0.1, 20, "descends"),
        (SADDLE, (-0.8, 0.0), 0.1, 60, "rests"),
        (TWO_MINIMA, (0.2, 0.8), 0.6, 60, "oscillates"),
        (TWO_MINIMA, (0.2, 0.8), 0.3, 60, "rests"),
        (BOWL, START, 1.2, 60, "diverges"),
        (SADDLE, START, 0.5, 60, "diverges"),
    ],
)
def test_outcomes(function, start, eta, steps, outcome):
    assert walks.outcome(descent.gradient_descent(function, start, eta, steps)) == outcome


def test_factors_compare_the_last_two_steps():
    path = descent.gradient_descent(VALLEY, START, 1.1, 7)
    steps = np.linalg.norm(np.diff(path.points, axis=0), axis=1)
    assert walks.factors(path) == pytest.approx(
        (steps[-1] / steps[-2], path.costs[-1] / path.costs[-2])
    )
    assert np.isnan(walks.factors(descent.gradient_descent(BOWL, START, 1.1, 0))).all()
    longer, higher = walks.factors(descent.gradient_descent(BOWL, START, 1.1, 1))
    assert np.isnan(longer)
    assert higher == pytest.approx(1.44)


def test_swinging_means_that_the_last_step_led_back():
    assert walks.swings(descent.gradient_descent(BOWL, START, 0.9, 5))
    assert not walks.swings(descent.gradient_descent(BOWL, START, 0.1, 5))
    assert not walks.swings(descent.gradient_descent(BOWL, START, 0.9, 1))
    assert walks.swings(descent.gradient_descent(PARABOLA, -1.0, 0.9, 2))


def test_lower_nearby_tells_low_points_from_tops_and_saddles():
    low = descent.gradient_descent(TWO_MINIMA, (0.2, 0.8), 0.3, 200).points[-1]
    assert not walks.lower_nearby(TWO_MINIMA, low)
    assert not walks.lower_nearby(VALLEY, (0, 0))
    assert not walks.lower_nearby(PARABOLA, 0.0)
    assert walks.lower_nearby(SADDLE, (0, 0))
    assert walks.lower_nearby(TWO_VALLEYS, 0.0)
    assert walks.lower_nearby(CUBIC, 0.0)
    assert walks.lower_nearby(CUBIC, 0.5)
