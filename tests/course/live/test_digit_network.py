"""What the labs of lessons 02 and 03 share, against nnlib and by hand."""

import numpy as np
import pytest

from course.lesson03.feedforward_lab import FeedforwardLab
from course.live import digit_network
from nnlib import mnist
from nnlib.network import Network


@pytest.fixture(scope="module")
def split():
    return mnist.load("mini").test


@pytest.fixture(scope="module")
def network():
    return Network([784, 12, 10], rng=4)


@pytest.fixture(scope="module")
def lab(network, split):
    return FeedforwardLab(network, split)


def test_step_is_0_at_0_and_below():
    assert digit_network.step(np.array([-1, 0, 1e-300])).tolist() == [0, 0, 1]


def test_images_to_choose_show_each_digit_twice(lab, split):
    shown = [lab.forward(number, "trained", "perceptrons") for number in range(20)]
    assert [state["label"] for state in shown] == [*range(10), *range(10)]
    assert len({state["image"].tobytes() for state in shown}) == 20
    first = split.images[np.flatnonzero(split.labels == 3)[0]]
    assert np.array_equal(shown[3]["image"], first)


@pytest.mark.parametrize("weights", ["trained", "random"])
def test_forward_is_what_nnlib_computes(lab, network, split, weights):
    there = network if weights == "trained" else Network(network.sizes, rng=0, dtype=np.float64)
    for number in (0, 13):
        state = lab.forward(number, weights, "sigmoid neurons")
        column = state["image"].reshape(784, 1)
        np.testing.assert_allclose(state["a"][1], there.feedforward(column)[:, 0], atol=1e-5)
        z = there.weights[0] @ column + there.biases[0]
        np.testing.assert_allclose(state["z"][0], z[:, 0], atol=1e-4)
    assert state["right"] == pytest.approx(there.evaluate(split), abs=1)
    assert state["counted"] == len(split.labels)


def test_perceptrons_compute_with_the_step(lab, network):
    state = lab.forward(8, "trained", "perceptrons")
    hidden = (network.weights[0] @ state["image"] + network.biases[0][:, 0] > 0) * 1
    outputs = (network.weights[1] @ hidden + network.biases[1][:, 0] > 0) * 1
    assert state["a"][0].tolist() == hidden.tolist()
    assert state["a"][1].tolist() == outputs.tolist()
    assert state["answer"] == outputs.argmax()


def test_the_network_is_copied(network, split):
    other = Network([784, 3, 10], rng=5)
    lab = FeedforwardLab(other, split)
    before = lab.compute(**lab.settings | {"computed": 5})["z"][0].tolist()
    other.weights[0][:] = 0
    assert lab.compute(**lab.settings | {"computed": 5})["z"][0].tolist() == before


@pytest.mark.parametrize("sizes", [[784, 31, 10], [784, 10], [783, 30, 10], [784, 5, 5, 10]])
def test_another_network_is_refused_with_words(split, sizes):
    with pytest.raises(ValueError, match=r"layer sizes .*: expected 784 inputs, one hidden layer"):
        FeedforwardLab(Network(sizes, rng=0), split)


def test_images_without_all_digits_are_refused_with_words(network, split):
    few = split.first(5)
    with pytest.raises(ValueError, match=r"of the digits 0 to 9: expected at least two of each"):
        FeedforwardLab(network, few)
