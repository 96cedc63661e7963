"""The hikes of the fog game: true slopes, walks by the rule, and bests that nothing beats."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize

from course.lesson04 import hikes

HIKES = pytest.mark.parametrize("hike", hikes.HIKES.values(), ids=lambda hike: hike.name)


@HIKES
def test_gradients_are_exact_on_points_and_grids(hike):
    places = np.random.default_rng(1).uniform(-1.5, 1.5, (2, 10))
    slopes = hike.gradient(places)
    assert slopes.shape == (2, 10)
    for v, slope in zip(places.T, slopes.T):
        assert slope == pytest.approx(approx_fprime(v, hike.cost, 1e-7), abs=1e-5)
        assert hike.gradient(v) == pytest.approx(slope)


@HIKES
def test_the_lowest_cost_is_the_lowest(hike):
    grid, costs = hike.grid(61)
    start = grid.reshape(2, -1)[:, costs.argmin()]
    assert minimize(hike.cost, start).fun == pytest.approx(hike.lowest, abs=5e-4)


@HIKES
def test_a_walk_follows_the_rule(hike):
    walk, v = hikes.walk(hike, (0.05, 0.1, 0.02)), np.array(hike.start)
    assert walk.points[0].tolist() == list(hike.start)
    for k, eta in enumerate((0.05, 0.1, 0.02)):
        v = v - eta * hike.gradient(v)
        assert walk.points[k + 1] == pytest.approx(v)
        assert walk.costs[k + 1] == pytest.approx(hike.cost(v))
        assert walk.slopes[k + 1] == pytest.approx(np.linalg.norm(hike.gradient(v)))
    assert (walk.steps, walk.end) == (3, "")


@HIKES
def test_it_is_fair(hike):
    """A walk begins inside, not at rest; small etas lower the cost; the lowest place is flat."""
    start = hikes.walk(hike, ())
    assert (start.steps, start.end) == (0, "")
    assert start.slopes[0] > 10 * hikes.FLAT
    assert np.abs(hike.start).max() < 1.3
    assert (np.diff(hikes.walk(hike, [0.02] * 30).costs) < 0).all()
    assert -1 < hike.lowest < start.costs[0] < 2.6  # the axis of costs


@HIKES
def test_the_best_with_one_eta_by_trying_all(hike):
    reach = {}
    for eta in hikes.ETAS:
        v, steps = np.array(hike.start), 0
        while (np.abs(v) <= 1.5).all() and np.linalg.norm(hike.gradient(v)) > 0.05 and steps < 30:
            v, steps = v - eta * hike.gradient(v), steps + 1
        low = hike.cost(v) < hike.lowest + 0.02 and np.linalg.norm(hike.gradient(v)) <= 0.05
        if low and (np.abs(v) <= 1.5).all():
            reach[eta] = steps
    best = hikes.best(hike.name)
    assert len(set(best.etas)) == 1
    assert reach[best.etas[0]] == best.steps == min(reach.values())


def test_an_eta_that_is_not_on_the_slider_can_be_better():
    walk = hikes.walk(hikes.HIKES["hike 2"], [0.375] * hikes.MOST_STEPS)
    assert hikes.reaches_the_lowest(hikes.HIKES["hike 2"], walk)
    assert walk.steps < hikes.best("hike 2").steps  # so the words say "of the slider"


@HIKES
def test_no_etas_reach_the_lowest_place_sooner(hike):
    assert hikes.reaches_the_lowest(hike, hikes.walk(hike, hike.shortest))
    assert set(hike.shortest) <= set(hikes.ETAS)
    assert len(hike.shortest) <= hikes.best(hike.name).steps
    for etas in product(hikes.ETAS, repeat=len(hike.shortest) - 1):
        assert not hikes.reaches_the_lowest(hike, hikes.walk(hike, etas))


def test_how_walks_end():
    bowl, valleys = hikes.HIKES["hike 1"], hikes.HIKES["hike 4"]
    assert hikes.walk(bowl, [0.7] * 9).end == "rests"
    assert hikes.walk(bowl, [0.7] * 9).steps == 2
    assert hikes.walk(bowl, [5.0] * 9).end == "leaves"
    assert hikes.walk(bowl, [0.02] * 40).end == "tires"
    assert hikes.walk(bowl, [0.02] * 40).steps == hikes.MOST_STEPS
    high = hikes.walk(valleys, [0.2] * 30)
    assert high.end == "rests"
    assert not hikes.reaches_the_lowest(valleys, high)
