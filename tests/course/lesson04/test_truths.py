"""The truths behind the questions of lesson 04, each computed in another way."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize

from course.lesson04 import landscapes, questions
from nnlib import mnist, network
from tests.course.truths import is_right, right

pytestmark = pytest.mark.trains

PLACE = np.array([-0.8, 0.6])


def walk(cost, v, eta, steps):
    """The points of gradient descent, with slopes that are measured."""
    points = [float(v)]
    for _ in range(steps):
        v, h = points[-1], 1e-6
        points.append(v - eta * (cost(v + h) - cost(v - h)) / (2 * h))
    return np.array(points)


def test_the_largest_cost_by_trying_every_corner():
    """The cost of one image is convex in each output, so it is largest in a corner."""
    corners = np.array(list(product([0, 1], repeat=10)))
    worst = [0.5 * ((corners - y) ** 2).sum(axis=1).max() for y in np.eye(10)]
    worst_of_all = [0.5 * ((corners - y) ** 2).sum(axis=1).max() for y in corners]
    assert max(worst) == max(worst_of_all) == np.mean(worst) == questions.worst_cost.right_answer


def test_five_steps_with_eta_09():
    points = walk(lambda v: v * v, -1, 0.9, 5)
    assert (np.sign(points[1:]) == -np.sign(points[:-1])).all()
    assert (np.abs(np.diff(np.abs(points))) > 0.05).all()
    nearer = "nearer to" if abs(points[-1]) < abs(points[0]) else "farther from"
    assert right(questions.eta_09) == f"They jump from side to side and get {nearer} 0"


def test_one_step_on_the_bowl():
    def bowl(v):
        return v @ v

    assert bowl(PLACE) == pytest.approx(1)
    after = PLACE - 1.1 * approx_fprime(PLACE, bowl)
    assert abs(bowl(after) - questions.bowl_cost.right_answer) < 1e-6


def test_how_the_error_of_the_estimate_shrinks():
    errors = []
    for eta in (0.1, 0.01, 0.001):
        step = -eta * 2 * PLACE
        actual = (PLACE + step) @ (PLACE + step) - PLACE @ PLACE
        errors.append(actual - 2 * PLACE @ step)
    factor = questions.off_by.right_answer
    assert np.allclose([errors[0] / errors[1], errors[1] / errors[2]], factor, rtol=1e-6)


def test_the_steepest_way_down_in_the_valley():
    downhill = -approx_fprime(PLACE, lambda v: v[0] ** 2 / 10 + v[1] ** 2)
    angles = np.linspace(0, 2 * np.pi, 3601)
    steps = 1e-4 * np.column_stack([np.cos(angles), np.sin(angles)])
    costs = ((PLACE + steps) ** 2) @ [0.1, 1]
    best = steps[costs.argmin()] / 1e-4
    assert best @ downhill > 0.999 * np.linalg.norm(downhill)
    assert abs(best[1]) > 5 * abs(best[0])
    assert best @ -PLACE < 0.8, "it does not point to the middle"
    assert right(questions.steepest) == "Almost straight across the valley"


def test_all_numbers_go_down_together():
    """The descent once more, written out for one hidden layer, from three starts."""
    part = mnist.load("mini").train
    x, labels = part.images[:500].T.astype(float), part.labels[:500]
    y = (np.arange(10)[:, None] == labels).astype(float)
    for seed in (1, 5, 6):
        start = network.Network([784, 30, 10], init="scaled", rng=seed, dtype=np.float64)
        (w1, w2), (b1, b2) = start.weights, start.biases
        counts = []
        for _ in range(101):
            h = 1 / (1 + np.exp(-(w1 @ x + b1)))
            a = 1 / (1 + np.exp(-(w2 @ h + b2)))
            counts.append(np.sum(a.argmax(axis=0) == labels))
            back = (a - y) * a * (1 - a) / 500  # (10, 500)
            further = (w2.T @ back) * h * (1 - h)
            w2, b2 = w2 - 3 * back @ h.T, b2 - 3 * back.sum(axis=1, keepdims=True)
            w1, b1 = w1 - 3 * further @ x.T, b1 - 3 * further.sum(axis=1, keepdims=True)
        assert 30 < counts[1] < 80
        assert 400 < counts[-1] < 480
    assert right(questions.all_numbers) == "About 50, and more than 400"


def test_two_learning_rates_of_a_parabola():
    def cost(v):
        return 4 * v * v

    etas = np.arange(1, 200) / 400
    after = np.array([abs(walk(cost, 1, eta, 1)[-1]) for eta in etas])
    one_step, limit = etas[after.argmin()], etas[after >= 1 - 1e-6].min()
    assert is_right(questions.parabola, (one_step, limit))
    assert not is_right(questions.parabola, (limit, one_step))
    for other in etas[::7]:
        assert is_right(questions.parabola, (other, limit)) == (other == one_step)
        assert is_right(questions.parabola, (one_step, other)) == (other == limit)


def test_the_best_short_step_of_all_directions():
    gradient, epsilon = np.array([3.0, -4.0]), 0.01
    found = minimize(
        lambda v: gradient @ v,
        [0.0, 0.0],
        constraints={"type": "ineq", "fun": lambda v: epsilon**2 - v @ v},
        options={"ftol": 1e-14},
    )
    assert is_right(questions.short_step, (found.x, found.fun))
    for angle in np.linspace(0, 2 * np.pi, 40):
        step = epsilon * np.array([np.cos(angle), np.sin(angle)])
        assert gradient @ step >= found.fun - 1e-9
        assert not is_right(questions.short_step, (step, gradient @ step))


def _rests_above_the_lowest_point(function):
    """Whether somewhere in the window the gradient is 0 and the cost above the lowest one."""
    grid = np.linspace(-1.6, 1.6, 65)
    two = function.name in landscapes.TWO_VARIABLES
    places = np.array(list(product(grid, grid))) if two else grid[:, None]

    def cost(v):
        return float(function.cost(v if two else v[0]))

    def slope(v):
        return np.sum(approx_fprime(v, cost, 1e-7) ** 2)

    lowest = min(map(cost, places))
    steep = np.array([slope(v) for v in places])
    for v in places[steep.argsort()[:30]]:
        rest = minimize(slope, v, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-15}).x
        if slope(rest) < 1e-9 and cost(rest) > lowest + 1e-4:
            return True
    return False


def test_where_a_walk_can_rest_above_the_lowest_point():
    functions = [*landscapes.ONE_VARIABLE.values(), *landscapes.TWO_VARIABLES.values()]
    rests = {one.name: _rests_above_the_lowest_point(one) for one in functions}
    yes = [name for name, found in rests.items() if found]
    no = [name for name, found in rests.items() if not found]
    assert len(yes) == 4
    for left_out in yes:
        three = [name for name in yes if name != left_out]
        assert is_right(questions.at_rest, three)
        for name in no:
            assert not is_right(questions.at_rest, [*three[:2], name])
            assert not is_right(questions.at_rest, [*three, name])
