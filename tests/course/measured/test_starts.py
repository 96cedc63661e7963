"""Many starts: on networks small enough to follow by hand, and the stored table."""

import numpy as np
import pytest

from course.measured import starts
from nnlib import diagnosis, mnist
from nnlib.network import Network


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


# Measuring


@pytest.mark.parametrize(
    ("scaled", "layers"), [("none", []), ("hidden", [0]), ("output", [1]), ("all", [0, 1])]
)
def test_scaled_layers_begin_with_their_weights_divided(scaled, layers):
    found, plain = starts.make_network(5, scaled, 3), Network([784, 5, 10], rng=3)
    for layer, (w, gaussian) in enumerate(zip(found.weights, plain.weights)):
        shrunk = np.sqrt([784, 5][layer]) if layer in layers else 1
        np.testing.assert_allclose(w, gaussian / shrunk, rtol=1e-6)


def test_without_hidden_neurons_there_is_one_layer_of_weights():
    found, scaled = starts.make_network(0, "all", 3), Network([784, 10], init="scaled", rng=3)
    assert found.sizes == [784, 10]
    np.testing.assert_allclose(found.weights[0], scaled.weights[0], rtol=1e-6)


def test_another_word_for_the_layers_is_refused():
    with pytest.raises(ValueError, match="scaled is 'both': expected 'none' or 'hidden'"):
        starts.make_network(5, "both", 3)


def test_the_first_mini_batches_are_taken_in_order_and_the_network_stays(mini):
    network, by_hand = (Network([784, 3, 10], rng=1) for _ in range(2))
    before = network.weights[0].copy()
    early = starts.after_first(network, mini.train, 2.0)
    for start in range(0, 200, 10):
        some = mini.train.images[start : start + 10], mini.train.labels[start : start + 10]
        by_hand.update_mini_batch(some, 2.0)
    np.testing.assert_array_equal(early.weights[0], by_hand.weights[0])
    np.testing.assert_array_equal(network.weights[0], before)


def test_the_own_images_of_an_output_are_those_of_its_digit():
    network = Network([10, 10], rng=0, dtype=np.float64)
    network.weights = [np.diag(np.arange(10.0) + 1)]
    network.biases = [np.zeros((10, 1))]
    images = np.concatenate([0.5 * np.eye(10), np.eye(10), 4 * np.eye(10)])
    split = mnist.Split(images, np.tile(np.arange(10), 3))
    np.testing.assert_allclose(starts.own_z(network, split), np.arange(10.0) + 1)


def test_idle_neurons_by_hand():
    network = Network([2, 3, 2], rng=0, dtype=np.float64)
    network.weights = [np.array([[9.0, 0], [0, 0], [0.1, 0]]), np.zeros((2, 3))]
    network.biases = [np.array([[-4.0], [0], [6]]), np.array([[0.01], [0]])]
    images = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    assert starts.idle_neurons(network, images) == (2, 0)  # all but the first
    network.weights[1][1, 2] = 100  # the last moves a little, which is now enough for one answer
    network.biases[1][0] = 100 * (1 / (1 + np.exp(-6.05)))
    assert starts.idle_neurons(network, images)[1] > 0
    network.weights[0][:] = 9 * np.eye(3, 2)
    network.weights[0][2] = 9
    assert starts.idle_neurons(network, images)[0] == 1


def test_shares_of_sure_and_unsure_answers_by_hand():
    class Told:
        def feedforward(self, x):
            return x

    highest = [0.95, 0.95, 0.92, 0.7, 0.4, 0.4, 0.45]
    images = np.full((7, 10), 0.01)
    images[:, 3] = highest
    labels = np.array([3, 3, 1, 1, 3, 2, 1])
    assert starts.shares_right(Told(), mnist.Split(images, labels)) == (66.7, 33.3, 3)
    images[:, 3] = 0.7
    assert starts.shares_right(Told(), mnist.Split(images, labels)) == (None, None, 0)


@pytest.mark.trains
def test_a_run_is_what_the_lessons_do(mini):
    row = starts.measure((100, "hidden", 2000, 5, 3.0, 2), mini)
    assert list(row) == starts.COLUMNS
    few, check = mini.train.first(2000), mini.validation.first(1000)
    network = starts.make_network(100, "hidden", 2)
    network.SGD(few, 5, 10, 3.0, on_epoch=None)
    found = diagnosis.examine(network, check)
    assert row["accuracy"] == round(100 * found.accuracy, 1)
    assert row["lost"] == len(found.lost)
    early = starts.after_first(starts.make_network(100, "hidden", 2), few, 3.0)
    z_hidden, z = diagnosis.weighted_inputs(early, check.images)
    assert row["pressed"] == pytest.approx(np.median(z), abs=0.05)
    slopes = 1 / (1 + np.exp(-z_hidden)) * (1 - 1 / (1 + np.exp(-z_hidden)))
    assert row["saturated"] == pytest.approx(100 * np.mean(slopes < 0.01), abs=0.1)
    own = [starts.own_z(start, check) for start in (starts.make_network(100, "hidden", 2), early)]
    lost = np.isin(range(10), found.lost)
    for name, z, which in zip(
        ("kept_0", "lost_0", "kept_20", "lost_20"), np.repeat(own, 2, axis=0), [~lost, lost] * 2
    ):
        assert row[name] == pytest.approx(np.median(z[which]), abs=0.05)
    blank = network.feedforward(np.zeros((784, 1)))
    assert row["blank"] == pytest.approx(blank.max(), abs=0.001)


# The stored table


@pytest.fixture(scope="module")
def table():
    return starts.read()


def test_the_stored_table_has_every_run_once_in_order(table):
    expected = [(name, *one) for name in ("full", "mini") for one in starts.settings()]
    columns = (table[name].tolist() for name in ("data", *starts.SETTING))
    assert list(zip(*columns)) == expected
    assert len(table) == 2 * sum(group[-1] for group in starts.GROUPS)


def test_groups_are_those_of_the_table(table):
    for hidden, scaled, images, epochs, eta, seeds in starts.GROUPS:
        for data in ("full", "mini"):
            found = starts.group(table, data, hidden, scaled, images, epochs, eta)
            assert found.seed.tolist() == list(range(seeds))


def test_the_numbers_of_the_stored_table_fit_together(table):
    with_hidden = table[table.hidden > 0]
    assert (with_hidden.idle.astype(float) <= with_hidden.hidden).all()
    assert (with_hidden.changed.astype(float)[with_hidden.idle.astype(float) == 0] == 0).all()
    assert ((table.blank >= 0) & (table.blank <= 1)).all()
    assert ((table.lost >= 0) & (table.lost <= 10)).all()
    assert (table.accuracy <= 100 - 5 * table.lost).all()  # a lost digit is about a tenth of them


@pytest.mark.trains
@pytest.mark.parametrize("number", [0, 25, 400])
def test_a_row_comes_out_again(table, number):
    (stored,) = table[table["data"] == "mini"][number % 388 :][:1]
    setting = tuple(stored[name].item() for name in starts.SETTING)
    again = starts.measure(setting, mnist.load("mini"))
    for name, width in {"accuracy": 12, "lost": 2, "pressed": 0.3, "kept_0": 0.1}.items():
        assert again[name] == pytest.approx(float(stored[name]), abs=width), name


# Making it


@pytest.mark.trains
@pytest.mark.usefixtures("full")
def test_the_command_writes_the_table(tmp_path, monkeypatch):
    monkeypatch.setattr(starts, "settings", lambda: [(5, "all", 300, 1, 0.5, 7)])
    path = tmp_path / "table.csv"
    assert starts.main(["--path", str(path), "--workers", "1"]) == 0
    found = starts.read(path)
    assert found["data"].tolist() == ["full", "mini"]
    assert found.seed.tolist() == [7, 7]
    assert path.read_text().startswith("# python -m course.measured.starts\n")
