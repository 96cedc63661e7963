"""The truths behind the questions of lesson 02, each computed in another way."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import minimize_scalar
from scipy.special import expit

from course.lesson02 import questions
from nnlib import mnist
from nnlib.network import Network
from nnlib.neurons import perceptron as fires
from tests.course.truths import right, told

pytestmark = pytest.mark.trains


def test_numbers_of_lesson_02():
    w, b, x = np.array([4, -2]), -1, np.array([0.5, 0.5])
    assert questions.one_neuron.right_answer == expit(w @ x + b)
    change = expit((w + [0.02, -0.02]) @ x + b + 0.04) - expit(w @ x + b)
    assert abs(questions.small_changes.right_answer - change) < 1e-5
    assert f"{change:.6f}" in told(questions.small_changes)
    steepest = minimize_scalar(lambda z: -expit(z) * (1 - expit(z)))
    assert np.isclose(-steepest.fun, questions.largest_slope.right_answer)
    enough = [np.argmax(expit(np.arange(1000) * z) > 0.99) for z in (0.1, 0.01, 1)]
    assert enough == [questions.steepness.right_answer, 460, 5]
    outputs = [fires([1, 1], [w, 1], -3) for w in [1.8, 1.9, 2.0, 2.1, 2.2]]
    assert right(questions.five_outputs) == str([int(a) for a in outputs])[1:-1]


def _trials(part, test, seed):
    """What a weight that grows by 0.1 does in a network of lesson 02, in shares of the trials.

    A perceptron of the first layer flips, an output flips, a sigmoid output moves by 10^-6.
    """
    network = Network([784, 30, 10], rng=seed, dtype=np.float64)
    network.SGD(part, 10, 10, 3.0, on_epoch=None)
    (_, w2), (_, b2) = network.weights, network.biases
    x = test.images.T.astype(float)
    z = network.weights[0] @ x + network.biases[0]
    rng = np.random.default_rng(0)
    inks = np.array([rng.choice(image[image > 0], 20) for image in x.T])
    flips, answers = [], []
    for rule, shares in [(lambda z: (z > 0) * 1, flips), (expit, answers)]:
        hidden = rule(z)
        before = rule(w2 @ hidden + b2)
        for ink, j in product(inks.T, range(30)):
            kept, hidden[j] = hidden[j].copy(), rule(z[j] + 0.1 * ink)
            moved = abs(rule(w2 @ hidden + b2) - before).max(axis=0)
            hidden[j] = kept
            assert rule is not expit or moved.max() < 0.05
            shares.append((moved > 1e-6).mean())
    first = np.mean([(z > 0) != (z + 0.1 * ink > 0) for ink in inks.T])
    return first, np.mean(flips), np.mean(answers)


@pytest.mark.parametrize("seed", range(2))  # 0 to 9 were tried; each takes a second
@pytest.mark.parametrize("name", ["full", "mini"])
def test_what_one_weight_flips_in_a_network_that_reads_digits(request, name, seed):
    data = request.getfixturevalue("full") if name == "full" else mnist.load("mini")
    first, flips, answers = _trials(data.train.first(4000), data.test.first(1000), seed)
    assert 0.001 < first < 0.003
    assert 0.0001 < flips < 0.0006
    assert 0.60 < 1 - flips / first < 0.95
    assert 0.35 < answers < 0.50


def _chain(activation, w):
    """h1 to h4 and y of the network of the lesson, written out anew, neuron by neuron."""
    h1 = activation(w + 1 - 3)
    h2 = activation(-2 + 2 + 1)
    h3 = activation(4 * h1 - 2 * h2 + 1)
    h4 = activation(-4 * h1 + h2 + 0.5)
    return h1, h2, h3, h4, activation(4 * h3 - 4 * h4 - 1)


def test_a_small_step_in_both_networks():
    before, after = (_chain(lambda z: int(z > 1e-12), w) for w in (2.0, 2.1))
    flipped = [one for one, other in zip(before, after) if one != other]
    assert questions.how_many_flip.right_answer == len(flipped)
    moved = _chain(expit, 2.1)[-1] - _chain(expit, 2.0)[-1]
    assert 0.02 < moved < 0.03
    assert right(questions.small_step) == "By about 0.03 or less"


def test_a_steep_neuron_near_0():
    outputs = [f"{expit(1000 * z):.2f}" for z in (-0.1, 0, 0.1)]
    sharp = [str(int(z > 0)) for z in (-0.1, 0, 0.1)]
    words = f"{outputs[0]}, {outputs[1]} and {outputs[2]}; the perceptron {', '.join(sharp)}"
    assert right(questions.three_places) == words


def test_numbers_that_are_too_large():
    with np.errstate(over="ignore"):
        large = np.exp(800.0)
        small = 1 / (1 + large)
    assert large == np.inf
    assert small == 0
    assert right(questions.too_large) == 'Something that stands for "too large", and then 0'


def test_which_neurons_learn_by_trying():
    reached = []
    for name, rule in [
        ("sigmoid", expit),
        ("relu", lambda z: max(0, z)),
        ("step", lambda z: int(z > 0)),
    ]:
        tenths = 25  # w is kept in whole tenths
        for _ in range(100):
            tenths = min(
                [tenths, tenths - 1, tenths + 1], key=lambda t: abs(rule(t / 10 - 2) - 0.1)
            )
        if abs(rule(tenths / 10 - 2) - 0.1) < 0.01:
            reached.append(f"`{name}`")
    assert right(questions.which_learn) == " and ".join(reached)
