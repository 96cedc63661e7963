"""Hidden neurons and mixes, on networks small enough to compute by hand, and the stored table."""

import copy

import numpy as np
import pytest

from course.measured import hidden
from course.measured.habits import ReLUNetwork
from nnlib import diagnosis, mnist
from nnlib.network import Network


@pytest.fixture
def network():
    """Three hidden neurons, of which the second alone decides between the two outputs."""
    network = Network([2, 3, 2], rng=0, dtype=np.float64)
    network.weights = [np.array([[1.0, 0], [0, 9], [1, 1]]), np.array([[0.0, 9, 0], [0, -9, 0]])]
    network.biases = [np.array([[0.0], [-4], [0]]), np.array([[-4.0], [4]])]
    return network


IMAGES = np.array([[0.0, 0], [1, 0], [0, 1], [1, 1]])
LABELS = np.array([1, 1, 0, 0])


def test_activations_are_those_of_the_hidden_layers():
    network = Network([2, 3, 4, 2], rng=1, dtype=np.float64)
    first, second = hidden.activations(network, IMAGES)
    right = 1 / (1 + np.exp(-(network.weights[0] @ IMAGES.T + network.biases[0])))
    np.testing.assert_allclose(first, right)
    right = 1 / (1 + np.exp(-(network.weights[1] @ first + network.biases[1])))
    np.testing.assert_allclose(second, right)


@pytest.mark.parametrize("n", [1, 2, 30])
def test_mixes_are_directions_at_right_angles(n):
    mixes = hidden.mixes(n, seed=3)
    np.testing.assert_allclose(mixes @ mixes.T, np.eye(n), atol=1e-12)
    np.testing.assert_array_equal(mixes, hidden.mixes(n, seed=3))
    assert n == 1 or not np.allclose(mixes, hidden.mixes(n))


def test_means_by_digit():
    values, labels = np.arange(40.0).reshape(2, 20), np.arange(20) % 10
    means = hidden.by_digit(values, labels)
    assert means.shape == (2, 10)
    np.testing.assert_array_equal(means, [np.arange(10) + 5, np.arange(10) + 25])


def test_favorites_are_the_largest_first():
    values = np.array([[0.1, 0.9, 0.5, 0.7], [4, 3, 2, 1]])
    np.testing.assert_array_equal(hidden.favorites(values, 3), [[1, 3, 2], [0, 1, 2]])


def test_the_share_of_the_most_frequent_digit():
    labels = np.array([7, 7, 7, 1, 2, 3])
    values = np.array([[6.0, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 6], [9, 1, 1, 9, 9, 9]])
    np.testing.assert_allclose(hidden.share_of_one_digit(values, labels, 4), [0.75, 0.25, 0.25])


def test_switching_off_the_neuron_that_decides(network):
    (a,) = hidden.activations(network, IMAGES)
    before = diagnosis.predictions(network, IMAGES)
    np.testing.assert_array_equal(before, LABELS)
    for k, right in ((0, LABELS), (1, [1, 1, 1, 1]), (2, LABELS)):
        np.testing.assert_array_equal(hidden.answers_without(network, a, 0, np.eye(3)[k]), right)
    np.testing.assert_allclose(
        hidden.costs(network, (mnist.Split(IMAGES, LABELS)), 0, np.eye(3)), [0, 50, 0]
    )


def test_a_neuron_switched_off_is_one_with_weights_of_zero():
    network = Network([4, 6, 5, 3], rng=142, dtype=np.float64)  # gives all three answers
    images = np.random.default_rng(0).normal(0, 3, (200, 4))
    activations = hidden.activations(network, images)
    for layer, k in ((0, 5), (1, 0)):
        found = hidden.answers_without(
            network, activations[layer], layer, np.eye(len(activations[layer]))[k]
        )
        assert np.bincount(found, minlength=3).min() > 20
        other = copy.deepcopy(network)
        other.weights[layer + 1][:, k] = 0
        np.testing.assert_array_equal(found, diagnosis.predictions(other, images))


def test_a_mix_switched_off_leaves_nothing_along_it(network):
    (a,) = hidden.activations(network, IMAGES)
    direction = hidden.mixes(3)[0]
    left = a - np.outer(direction, direction @ a)
    np.testing.assert_allclose(direction @ left, 0, atol=1e-12)
    outputs = network.weights[1] @ left + network.biases[1]
    np.testing.assert_array_equal(
        hidden.answers_without(network, a, 0, direction), outputs.argmax(axis=0)
    )


def test_all_answers_are_those_of_the_network_and_without_each_direction(network):
    found = hidden.all_answers(network, IMAGES, 0, np.eye(3))
    np.testing.assert_array_equal(found, [LABELS, LABELS, [1, 1, 1, 1], LABELS])


DIGITS = mnist.Split(np.tile(np.eye(10), (6, 1)), np.arange(60) % 10)  # each pixel is a digit


@pytest.fixture
def three_rectified():
    """One neuron for the 3, one for 0 to 3, one that is silent; it answers 3, 0 or else 9."""
    network = ReLUNetwork([10, 3, 10], rng=0, dtype=np.float64)
    network.weights = [np.zeros((3, 10)), np.zeros((10, 3))]
    network.weights[0][0, 3] = network.weights[0][1, :4] = network.weights[1][0, 1] = 1
    network.weights[0][0, 7] = 0.5  # its mean on the 7 is not above 0.5
    network.weights[0][2, 5] = -9  # where it is silent, its z differs
    network.weights[1][3, 0] = 2
    network.biases = [np.array([[0.0], [0], [-1]]), np.zeros((10, 1))]
    network.biases[1][9] = 0.5
    return network


def test_what_is_found_in_three_neurons(three_rectified):
    found = hidden.examine(three_rectified, DIGITS)
    assert tuple(found) == hidden.FOUND
    (a,), labels = hidden.activations(three_rectified, DIGITS.images), DIGITS.labels
    counts = []
    for values in np.concatenate([hidden.mixes(3, seed) @ a for seed in range(5)]):
        best = sorted(range(60), key=lambda n: -values[n])[:20]
        counts.append(max(list(labels[best]).count(digit) for digit in range(10)))
    assert found.pop("share_mixes") == pytest.approx(np.mean(counts) / 20, abs=0.001)
    assert found == {
        "one_digit": 1,
        "four_digits": 1,
        "silent": 1,
        "median_cost": 10,  # without the first neuron each 3 is a 0
        "largest_cost": 10,  # without the second each 0 is a 9, as 1 and 2 are, wrong as before
        "cheap": 1,
        "changed": 20,  # without the first neuron each 7 is a 9, before it was a 3
        "share_neurons": 0.275,  # 6 of 20 favorites, and 5 of 20
    }


def test_favorites_of_saturated_neurons_are_told_by_their_weighted_inputs():
    network = Network([10, 1, 10], rng=0, dtype=np.float64)
    network.weights = [np.full((1, 10), 40.0), np.zeros((10, 1))]
    network.biases = [np.zeros((1, 1)), np.zeros((10, 1))]
    network.weights[0][0, 3] = 50
    assert np.all(hidden.activations(network, DIGITS.images)[0] == 1)
    assert hidden.examine(network, DIGITS)["share_neurons"] == 0.3  # all six 3s, of 20 favorites


def test_a_cost_of_one_point_is_not_less_than_one():
    labels = np.zeros(500, int)
    given = np.zeros((2, 500), int)
    for before in range(0, 495, 9):
        given[:, :before], given[1, before : before + 5] = 1, 1
        assert hidden._points(given, labels).tolist() == [1.0]


def test_cheap_is_less_than_one_point(three_rectified, monkeypatch):
    monkeypatch.setattr(hidden, "_points", lambda given, labels: np.array([0.99, 1.0, 5.0]))
    found = hidden.examine(three_rectified, DIGITS)
    assert [found[name] for name in ("cheap", "median_cost", "largest_cost")] == [1, 1.0, 5.0]


# The stored table


@pytest.fixture(scope="module")
def table():
    return hidden.read()


def test_the_stored_table_has_every_network_once_in_order(table):
    expected = [(name, *one) for name in ("full", "mini") for one in hidden.settings()]
    columns = (table[name].tolist() for name in ("data", *hidden.SETTING))
    assert list(zip(*columns)) == expected
    assert len(table) == 20


def test_the_numbers_of_the_stored_table_fit_together(table):
    assert (table.one_digit + table.four_digits + table.silent <= table.hidden).all()
    assert (table.silent[table.hidden == 30] == 0).all()
    assert (table.median_cost <= table.largest_cost).all()
    assert ((table.cheap == table.hidden) == (table.largest_cost < 1)).all()
    assert (table.median_cost <= table.changed + 0.01).all()  # both are rounded
    for name in ("share_neurons", "share_mixes"):
        assert ((table[name] > 0.22) & (table[name] <= 1)).all()


def test_the_share_of_images_picked_at_random(table):
    labels, values = mnist.load("mini").test.labels, np.random.default_rng(0).random((300, 500))
    assert hidden.share_of_one_digit(values, labels).mean() == pytest.approx(0.22, abs=0.01)


# Making it


NEAR = {"accuracy": 4, "one_digit": 5, "four_digits": 7, "largest_cost": 3, "cheap": 9}
NEAR |= {"median_cost": 1, "changed": 1, "share_neurons": 0.1, "share_mixes": 0.1}


@pytest.mark.trains
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_row_comes_out_again(table, seed):
    again = hidden.measure((30, "", 3.0, seed), mnist.load("mini"))
    assert list(again) == hidden.COLUMNS
    (stored,) = table[(table["data"] == "mini") & (table.hidden == 30) & (table.seed == seed)]
    assert {name: stored[name] for name in hidden.SETTING} == {
        name: again[name] for name in hidden.SETTING
    }
    for name, width in NEAR.items():
        assert again[name] == pytest.approx(stored[name], abs=width), name


@pytest.mark.trains
@pytest.mark.usefixtures("full")
def test_the_command_writes_the_table_and_prints_each_row(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(hidden, "settings", lambda: [(12, "momentum", 0.3, 7)])
    monkeypatch.setattr(hidden, "EPOCHS", 1)
    path = tmp_path / "table.csv"
    assert hidden.main(["--path", str(path)]) == 0
    found = hidden.read(path)
    assert found["data"].tolist() == ["full", "mini"]
    assert (found.hidden == 12).all()
    assert (found.accuracy > 50).all()
    assert path.read_text().startswith("# python -m course.measured.hidden\n")
    assert capsys.readouterr().out.count("seed 7, accuracy") == 2
