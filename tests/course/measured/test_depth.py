"""Speed of layers: against gradients by hand, what theory says of it, and the stored table."""

import dataclasses
import statistics

import numpy as np
import pytest

from course.measured import depth, tables
from course.measured.habits import ReLUNetwork
from nnlib import diagnosis, gradients, mnist
from nnlib.network import Network

SETS = ("full", "mini")
KINDS = {(neurons, init): eta for neurons, init, eta in depth.KINDS}


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


@pytest.fixture(scope="module")
def table():
    return depth.read()


def runs(table, name, layers, neurons="sigmoid", init="scaled"):
    """The ten rows of one kind of network on one set."""
    found = table[(table["data"] == name) & (table.layers == layers)]
    found = found[(found.neurons == neurons) & (found.init == init)]
    assert found.seed.tolist() == list(range(10))
    return found


def ratio(network, split):
    speeds, _ = depth.gradient_lengths(network, split)
    return speeds[-1] / speeds[0]


# Measuring


@pytest.mark.parametrize(("neurons", "kind"), [("sigmoid", Network), ("ReLU", ReLUNetwork)])
def test_a_network_has_so_many_hidden_layers_of_thirty_neurons(neurons, kind):
    network = depth.make_network(2, neurons, "scaled", 3)
    assert type(network) is kind
    assert network.sizes == [784, 30, 30, 10]
    same = Network([784, 30, 30, 10], init="scaled", rng=3)
    np.testing.assert_array_equal(network.weights[1], same.weights[1])


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"neurons": "relu"}, "'sigmoid' or 'ReLU'"), ({"layers": 1.5}, "layers is 1.5: expected a")],
)
def test_what_makes_no_network_is_named(wrong, words):
    right = {"layers": 2, "neurons": "ReLU", "init": "scaled", "seed": 0}
    with pytest.raises(ValueError, match=words):
        depth.make_network(**right | wrong)


@pytest.mark.parametrize("kind", [Network, ReLUNetwork])
def test_lengths_are_those_of_the_numerical_gradient(kind):
    network = kind([5, 4, 3, 10], rng=1, dtype=np.float64)
    split = mnist.Split(np.random.default_rng(0).random((6, 5)), np.arange(6))
    targets = np.zeros((10, 6))
    targets[split.labels, range(6)] = 1
    slow = gradients.numerical_gradient(network, split.images.T, targets)
    for found, layers in zip(depth.gradient_lengths(network, split), slow):
        lengths = [np.sqrt((layer**2).sum()) for layer in layers]
        np.testing.assert_allclose(found, lengths, rtol=1e-5)


def test_lengths_of_the_weight_gradients_are_those_of_lesson_09(mini):
    network, split = depth.make_network(3, "sigmoid", "gaussian", 0), mini.train.first(50)
    _, by_weights = depth.gradient_lengths(network, split)
    expected = diagnosis.gradient_norms(network, split.images, split.labels)
    np.testing.assert_allclose(by_weights, expected, rtol=1e-5)


class Noting(Network):
    """A network that notes what it is given in place of learning from it."""

    def SGD(self, training_data, epochs, mini_batch_size, eta, **_):  # noqa: N802
        self.given.append([training_data, epochs, mini_batch_size, eta])


def test_every_image_is_seen_once_before_any_is_seen_again():
    network = Noting([1, 10], rng=0)
    network.given = []
    images = np.arange(70.0)[:, None]
    train = mnist.Split(images, np.arange(70) % 10)
    assert list(depth.moments(network, train, 3.0, every=2, last=12)) == [0, 2, 4, 6, 8, 10, 12]
    seen = [split[0][:, 0].tolist() for split, *_ in network.given]
    assert [len(part) for part in seen] == [20] * 6
    for three in (seen[:3], seen[3:]):
        assert len(set(sum(three, []))) == 60  # the other ten wait
    assert seen[0] != seen[3] != sorted(seen[3])
    for (numbers, answers), *how in network.given:
        assert (answers == numbers[:, 0] % 10).all()
        assert how == [1, 10, 3.0]


def test_nothing_is_trained_that_nobody_asks_for(mini):
    network = depth.make_network(1, "sigmoid", "scaled", 0)
    steps = depth.moments(network, mini.train.first(100), 3.0, 10, 20)
    before = network.weights[0]
    assert next(steps) == 0
    assert network.weights[0] is before
    assert next(steps) == 10
    assert not np.array_equal(network.weights[0], before)


# What holds before training, on every processor


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(
    ("neurons", "init", "layers", "low", "high"),
    [
        ("sigmoid", "scaled", 1, 4, 7),
        ("sigmoid", "scaled", 2, 18, 33),
        ("sigmoid", "scaled", 3, 80, 190),
        ("sigmoid", "scaled", 5, 1500, 11000),
        ("sigmoid", "gaussian", 1, 2.5, 6),
        ("sigmoid", "gaussian", 3, 6.5, 32),
        ("ReLU", "scaled", 3, 2, 7.5),
        ("ReLU", "scaled", 5, 2.5, 22),
        ("ReLU", "gaussian", 3, 0.01, 0.06),
    ],
)
def test_how_fast_layers_are_before_training(request, name, neurons, init, layers, low, high):
    split = request.getfixturevalue(name).train.first(1000)
    networks = [depth.make_network(layers, neurons, init, seed) for seed in range(10)]
    found = [ratio(network, split) for network in networks]
    assert low < min(found)
    assert max(found) < high
    if (neurons, init) == ("sigmoid", "scaled"):  # each layer takes four fifths
        assert statistics.median(found) == pytest.approx(5**layers, rel=0.1)


# The stored table


def test_the_stored_table_has_every_run_once_in_order(table):
    expected = [(name, *setting) for name in SETS for setting in depth.settings()]
    columns = (table[name] for name in ("data", *depth.SETTING))
    assert list(zip(*(column.tolist() for column in columns))) == expected
    assert len(table) == 240
    assert all(KINDS[row.neurons, row.init] == row.eta for row in table)


def test_the_stored_table_is_small():
    assert depth.PATH.stat().st_size < 40_000


@pytest.mark.parametrize("name", SETS)
def test_the_stored_table_says_what_the_lesson_says(table, name):
    for layers in (1, 2, 3, 5):
        for (neurons, init), _ in KINDS.items():
            some = runs(table, name, layers, neurons, init)
            assert (depth.ratios(some, 0) > 1).all()
            assert (some.accuracy_0 < 25).all()
    three, five = runs(table, name, 3), runs(table, name, 5)
    assert np.median(depth.ratios(three, 0)) == pytest.approx(125, rel=0.1)
    assert np.median(depth.ratios(three, 3000)) < 2
    assert (three.accuracy_3000 > 80).all()
    assert (three.half >= 700).all()
    assert np.isnan(five.half).all()
    assert (five.accuracy_3000 < 20).all()
    assert (depth.ratios(five, 3000) > 50).all()
    gaussian = runs(table, name, 5, "sigmoid", "gaussian")
    rectified = runs(table, name, 5, "ReLU", "scaled")
    assert (gaussian.accuracy_3000 > 70).all()
    assert (rectified.half <= 700).all()
    assert (rectified.accuracy_3000 > 75).all()


def test_the_summary_is_what_the_rows_say(table):
    full = table[table["data"] == "full"]
    summary = depth.summary(full)
    assert len(summary) == 12
    (row,) = summary[
        (summary.layers == 3) & (summary.neurons == "sigmoid") & (summary.start == "scaled")
    ]
    mine = runs(table, "full", 3)
    first_and_last = [(float(text.split()[0]), float(text.split()[-1])) for text in mine.speeds_0]
    expected = statistics.median(last / first for first, last in first_and_last)
    assert row.ratio_0 == pytest.approx(expected, abs=0.051)
    assert row.half == statistics.median(mine.half)
    assert row["median"] == pytest.approx(statistics.median(mine.accuracy_3000), abs=0.051)
    assert (row["min"], row["max"]) == (min(mine.accuracy_3000), max(mine.accuracy_3000))
    assert np.isnan(summary[(summary.layers == 5) & (summary.start == "scaled")].half[0])


@pytest.mark.parametrize(("never", "expected"), [(4, 300), (5, np.nan), (6, np.nan)])
def test_half_is_empty_in_the_summary_if_half_of_the_runs_never_get_there(table, never, expected):
    full = table[table["data"] == "full"].copy()
    mine = (full.layers == 3) & (full.neurons == "sigmoid") & (full.init == "scaled")
    full.half[mine] = [np.nan] * never + [300] * (10 - never)
    np.testing.assert_equal(depth.summary(full)[7].half, expected)


# Making it


@pytest.mark.trains
def test_a_row_comes_out_again(table, mini):
    setting = (2, "sigmoid", "scaled", 3.0, 4)
    again = depth.measure(setting, depth.few(mini))
    assert list(again) == depth.COLUMNS
    stored = runs(table, "mini", 2)[4]
    assert (again["data"], tuple(again[name] for name in depth.SETTING)) == ("mini", setting)
    numbers = [np.array(text.split(), float) for text in (again["speeds_0"], stored.speeds_0)]
    np.testing.assert_allclose(*numbers, rtol=0.006)  # three digits are kept
    assert float(again["weights_0"]) == pytest.approx(stored.weights_0, rel=0.006)
    assert again["half"] == pytest.approx(stored.half, abs=100)
    assert again["accuracy_3000"] == pytest.approx(stored.accuracy_3000, abs=4)


class Improving(Network):
    """A network that reads one image more at each look, whatever it is given."""

    looks = 0

    def SGD(self, *_, **__):  # noqa: N802
        pass

    def evaluate(self, _):
        self.looks += 1
        return self.looks


def test_half_is_the_first_look_at_more_than_half(mini, monkeypatch):
    network = Improving([784, 30, 10], init="scaled", rng=0)
    monkeypatch.setattr(depth, "make_network", lambda *_: network)
    digits = depth.Digits("mini", mini.train.first(1000), mini.validation.first(20))
    row = depth.measure((1, "sigmoid", "scaled", 3.0, 0), digits)
    assert row["half"] == 1000  # the eleventh look: ten of twenty are not more than half
    assert [row[f"accuracy_{done}"] for done in depth.MOMENTS] == [5, 55, 155]
    biases, weights = depth.gradient_lengths(network, digits.train)
    assert row["speeds_0"] == " ".join(f"{speed:.3g}" for speed in biases)
    assert row["weights_0"] == f"{weights[1] / weights[0]:.3g}"


@pytest.mark.trains
def test_a_run_that_never_gets_half_right_has_an_empty_cell(mini, tmp_path):
    few = depth.few(dataclasses.replace(mini, train=mini.train.first(1000)))
    row = depth.measure((5, "sigmoid", "scaled", 3.0, 0), few)
    assert row["half"] is None
    path = tmp_path / "table.csv"
    tables.save_table(path, depth.COLUMNS, [row.values()])
    assert np.isnan(depth.read(path).half).all()


@pytest.mark.trains
@pytest.mark.usefixtures("full")
def test_the_command_writes_the_table_and_prints_a_summary_of_each_set(
    tmp_path, monkeypatch, capsys
):
    chosen = [(1, *kind, 0) for kind in depth.KINDS]
    monkeypatch.setattr(depth, "settings", lambda: chosen)
    path = tmp_path / "table.csv"
    assert depth.main(["--workers", "1", "--path", str(path)]) == 0
    found = depth.read(path)
    assert found["data"].tolist() == ["full"] * 3 + ["mini"] * 3
    assert path.read_text().startswith("# python -m course.measured.depth\n")
    assert capsys.readouterr().out.count("ratio_3000") == 2
