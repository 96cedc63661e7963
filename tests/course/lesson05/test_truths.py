"""The truths behind the questions of lesson 05, each computed in another way."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.stats import binom, hypergeom

from course.lesson05 import questions
from nnlib import mnist
from nnlib.network import Network
from tests.course.truths import right

pytestmark = pytest.mark.trains


def updates(n, m, epochs=1):
    """Taking m images at a time, until none is left."""
    count = 0
    for _ in range(epochs):
        left = n
        while left > 0:
            left, count = left - m, count + 1
    return count


def test_counts_of_steps():
    assert questions.steps.right_answer == updates(12, 5)
    assert questions.count.right_answer == updates(50_000, 20, 3)
    calls = f"{updates(1000, 1):,} and {updates(1000, 20)} times"
    assert right(questions.calls).startswith(calls)


def test_spreads_of_polls():
    spreads = [binom(m, 0.3).std() / m for m in (10, 40, 160)]
    assert np.allclose(np.divide(spreads[1:], spreads[:-1]), 0.5)
    assert right(questions.poll) == "It falls to a half"
    tenth = binom(10, 0.3).std() / 10
    enough = [m for m in range(1, 2000) if np.isclose(binom(m, 0.3).std() / m, tenth / 5)]
    assert enough == [questions.one_fifth.right_answer]


def test_spreads_of_gradients_drawn_without_repetition():
    """From 1 to 100 of 1,000 images, as in the lesson."""
    one, ten, hundred = (hypergeom(1000, 300, m).std() / m for m in (1, 10, 100))
    assert one / ten == pytest.approx(3.2, abs=0.1)
    assert ten / hundred == pytest.approx(3.2, abs=0.15)
    assert "about a third as wide" in right(questions.clouds)


def test_a_sum_in_the_place_of_a_mean():
    rng = np.random.default_rng(0)
    x, y = rng.random((4, 10)), np.eye(3)[:, rng.integers(3, size=10)]
    mine, friends = (Network([4, 3], rng=1, dtype=np.float64) for _ in range(2))
    mine.update_mini_batch([(x[:, [k]], y[:, [k]]) for k in range(10)], 3.0)
    for k in range(10):  # from one and the same place
        start = Network([4, 3], rng=1, dtype=np.float64)
        (b,), (w,) = start.backprop(x[:, [k]], y[:, [k]])
        friends.weights[0] = friends.weights[0] - questions.sum.right_answer * w
        friends.biases[0] = friends.biases[0] - questions.sum.right_answer * b
    assert np.allclose(mine.weights[0], friends.weights[0])
    assert np.allclose(mine.biases[0], friends.biases[0])


def test_no_learning_rate_is_small_enough():
    """Terms (v - x)^2 / 2: from v = 3 that of x = 5 pulls up, the mean of all, 2, pulls down."""

    def mean_cost(v):
        return (v - 2) ** 2 / 2

    for eta in np.logspace(-6, 3, 200):
        after = 3 - eta * (3 - 5)
        change = mean_cost(after) - mean_cost(3)
        assert np.isclose(change, 2 * eta + 2 * eta**2)
        assert change > 0
    assert right(questions.any_eta) == "None above 0"


def test_two_steps_with_all_images_push_the_outputs_down(request):
    """At eta 10, from each of the ten starts of the page, on both sets."""
    for data in (mnist.load("mini"), request.getfixturevalue("full")):
        train = data.train.first(1000)
        for seed in range(10):
            network = Network([784, 30, 10], init="scaled", rng=seed)
            network.SGD(train, 2, len(train.labels), 10, on_epoch=None)
            outputs = network.feedforward(train.images.T)
            assert outputs.max() < 0.2
            assert np.median(outputs) < 0.03
            assert network.evaluate(train) < 150
    assert right(questions.cost_half) == "About 100"


def test_the_best_of_all_equal_answers():
    targets = np.eye(10)
    best = minimize_scalar(lambda c: np.mean([0.5 * np.sum((y - c) ** 2) for y in targets]))
    assert abs(best.x - questions.same_answer.right_answer) < 1e-6
    assert best.fun == pytest.approx(0.45)
