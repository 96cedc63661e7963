"""The truths behind the questions of lesson 11, each computed in another way."""

import itertools
import re

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view
from scipy.differentiate import derivative
from scipy.optimize import linprog
from scipy.special import expit, logit, xlogy

from course.lesson11 import checks, questions
from course.measured import depth, ledger
from course.measured.habits import ReLUNetwork
from nnlib.diagnosis import weighted_inputs
from tests.course.truths import is_right, right, told

pytestmark = pytest.mark.trains


def slope(f, x):
    return derivative(f, np.asarray(x, float)).df


def test_the_factor_between_two_costs():
    rng = np.random.default_rng(0)
    for m in (1, 10, 32):
        a, y = rng.random((10, m)), np.eye(10)[:, rng.integers(10, size=m)]
        ours = np.mean([0.5 * np.linalg.norm(y[:, i] - a[:, i]) ** 2 for i in range(m)])
        assert np.isclose(ours / np.square(y - a).mean(), questions.mean_squared.right_answer)
    assert "our 0.6" in told(questions.mean_squared)
    assert np.isclose(3 / questions.mean_squared.right_answer, 0.6)


def test_the_feed_forward_part_of_a_transformer_is_a_layer_of_rectified_neurons_and_one_of_sums():
    assert "max(0, x W₁ + b₁) W₂ + b₂" in right(questions.in_a_transformer)
    network = ReLUNetwork([6, 8, 6], rng=0, dtype=np.float64)
    words = np.random.default_rng(1).standard_normal((5, 6))  # one row for each word
    (w1, w2), (b1, b2) = network.weights, network.biases
    by_formula = np.maximum(0, words @ w1.T + b1.T) @ w2.T + b2.T
    assert np.allclose(weighted_inputs(network, words)[-1].T, by_formula)


def test_around_three_layers():
    def chain(x):
        for _ in range(3):
            x = x + expit(x)
        return x

    factors = slope(chain, np.linspace(-40, 40, 801))
    least = questions.around_the_layer.right_answer
    assert (factors > least - 1e-9).all()
    assert abs(factors.min() - least) < 1e-6
    assert factors.max() <= 125 / 64
    assert 125 / 64 in questions.around_the_layer.mistakes


def test_what_three_sigmoids_let_through():
    def chain(x, b2, b3):
        return expit(expit(expit(x) + b2) + b3)

    most = questions.vanishing_factor.right_answer
    assert np.isclose(slope(lambda x: chain(x, -0.5, -0.5), 0.0), most)
    h, (x, b2, b3) = 1e-4, np.random.default_rng(2).uniform(-3, 3, (3, 2000))
    factors = (chain(x + h, b2, b3) - chain(x - h, b2, b3)) / (2 * h)
    assert most / 2 < factors.max() < most


def test_the_errors_of_one_neuron_with_two_costs():
    def ratio(a):
        z = logit(a)
        quadratic = slope(lambda z: 0.5 * expit(z) ** 2, z)
        return slope(lambda z: -np.log(1 - expit(z)), z) / quadratic

    question = questions.two_errors
    assert abs(ratio(0.8) - question.right_answer) < question.tolerance / 2
    assert round(float(ratio(0.999))) == 1001
    assert "1,001" in told(question)


@pytest.mark.parametrize("words", checks.SLOPE_CASES)
def test_the_slope_of_the_cross_entropy(words):
    """Against measured derivatives by a, and by z, where the slope of the sigmoid has gone."""
    a, y = (np.asarray(part, float) for part in checks.SLOPE_CASES[words])

    def cost(a):
        return -(xlogy(y, a) + xlogy(1 - y, 1 - a))

    h, z = 1e-6, logit(a)
    by_a = (cost(a + h) - cost(a - h)) / (2 * h)
    by_z = (cost(expit(z + h)) - cost(expit(z - h))) / (2 * h)
    assert np.allclose(checks.right_cross_entropy_slope(a, y), by_a, rtol=1e-6, atol=1e-7)
    assert np.allclose(by_z, a - y, atol=1e-7)
    assert is_right(questions.cross_entropy_slope, lambda a, y: (a - y) / a / (1 - a))


def maps(side, window, stride):
    """Places of a window on an image, as an array of them, counted by NumPy."""
    views = sliding_window_view(np.zeros((side, side)), (window, window))
    return views[::stride, ::stride]


@pytest.mark.parametrize("case", checks.SIZES_CASES)
def test_the_sizes_of_a_convolution(case):
    side, windows, window, stride = case
    places = maps(side, window, stride)
    neurons = windows * places.shape[0] * places.shape[1]
    weights = [np.zeros((windows, *places.shape[2:])), np.zeros(windows)]
    full = np.zeros(side * side + 1).size * neurons
    counted = (neurons, sum(one.size for one in weights), full)
    assert checks.right_convolution_sizes(*case) == counted


def test_what_the_convolution_of_the_lesson_has_to_learn():
    question = questions.convolution_parameters
    places = maps(28, 5, 2)
    assert question.right_answer == 16 * (places[0, 0].size + 1)
    neurons = 16 * places.shape[0] * places.shape[1]
    full = neurons * (784 + 1)
    assert {neurons, full, 26 * neurons} <= question.mistakes.keys()
    assert f"{neurons:,}" in told(question)
    assert f"{full:,}" in told(question)
    assert full > 4000 * question.right_answer


@pytest.mark.parametrize("words", checks.DEAD_CASES)
def test_a_dead_neuron_by_linear_programming(words):
    w, b = checks.DEAD_CASES[words]
    highest = -linprog(-w, bounds=(0, 1)).fun + b
    assert checks.right_dead_relu(w, b) == (max(0, round(highest, 9)) == 0)


@pytest.mark.parametrize("words", [one for one in checks.DEAD_CASES if "the weights" in one])
def test_a_neuron_has_the_weights_that_its_words_say(words):
    *w, b = map(float, re.findall(r"-?\d+", words))
    assert (checks.DEAD_CASES[words][0].tolist(), checks.DEAD_CASES[words][1]) == (w, b)


def test_a_dead_neuron_at_all_corners():
    rng = np.random.default_rng(4)
    corners = np.array(list(itertools.product([0, 1], repeat=4)))
    verdicts = set()
    for w, b in zip(rng.integers(-3, 4, (200, 4)), rng.integers(-6, 2, 200)):
        dead = bool((np.maximum(0, corners @ w + b) == 0).all())
        assert checks.right_dead_relu(w, b) == dead
        verdicts.add(dead)
    assert len(verdicts) == 2


def test_a_neuron_that_is_silent_for_every_image_stays_as_it_is():
    network = ReLUNetwork([5, 3, 2], rng=0, dtype=np.float64)
    network.biases[0][1] = -50
    before = [p.copy() for p in network.weights + network.biases]
    rng = np.random.default_rng(5)
    network.SGD((rng.random((40, 5)), rng.integers(2, size=40)), 3, 10, 1.0, on_epoch=None)
    after = network.weights + network.biases
    assert np.array_equal(before[0][1], after[0][1])
    assert np.array_equal(before[2][1], after[2][1])
    assert not np.isclose(before[0][[0, 2]], after[0][[0, 2]]).all()
    assert right(questions.stays_silent).startswith("Its slope is 0 for every image")


@pytest.mark.parametrize("data", ["full", "mini"])
def test_what_the_table_says_of_deep_networks(data):
    table = depth.read()
    table = table[(table["data"] == data) & (table.init == "scaled")]
    sigmoid = table[table.neurons == "sigmoid"]
    three, five = (depth.ratios(sigmoid[sigmoid.layers == n], 0) for n in (3, 5))
    question = questions.three_layers
    assert abs(np.median(three) - question.right_answer) < question.tolerance / 10
    where = {"full": "the full set", "mini": "the small one"}[data]
    assert f"{np.median(three):.0f} on {where}" in told(question)
    assert 86 <= round(three.min()) <= round(three.max()) <= 183
    assert 2500 < np.median(five) < 3500
    last = sigmoid[sigmoid.layers == 5]
    assert depth.ratios(last, 3_000).min() > 100
    assert (np.abs(last.accuracy_3000 - 10) < 3).all()
    rectified = table[(table.neurons == "ReLU") & (table.layers == 5)]
    found = depth.ratios(rectified, 0)
    assert abs(np.median(found) - 8) < 0.5
    assert 2.5 < found.min() < found.max() < 16.5


def test_what_the_ledger_says_of_the_large_network():
    runs = ledger.read()
    runs = runs[runs.sizes == "784-500-10"]
    mistakes = np.round(100 * (100 - runs.final))
    question = questions.large_network
    assert len(runs) == 20
    assert abs(np.median(mistakes) - question.right_answer) < 1
    assert f"{mistakes.min():.0f} to {mistakes.max():.0f} in 20 runs" in told(question)
    assert (runs.lost == "").all()
