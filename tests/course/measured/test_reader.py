"""The reader's recipe: what the pictures are, how it is trained, and what is measured of it."""

import re

import numpy as np
import pytest

from course.measured import reader
from course.paths import ROOT
from nnlib import handwriting, mnist
from tests.course.measured import prints

RECIPE = reader.Recipe(images=30, copies=2, drawn=50, no_digits=20, hidden=5, epochs=3)
PRINTS = [  # of copies, drawn digits, and pictures of no digit; see `prints`
    [86.927, 62.634, 121.52, 122.067, 1659.172],
    [91.598, 69.858, 126.889, 128.954, 1787.344],
    [84.835, 61.306, 118.386, 118.744, 1642.695],
]


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


@pytest.fixture(scope="module")
def pictures(mini):
    return reader.examples(RECIPE, mini.train, jobs=1)


def test_the_recipe_is_the_one_that_data_readme_tells():
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    said = text[text.index("## The reader") : text.index("## Measured tables")]
    numbers = [float(each.replace(",", "")) for each in re.findall(r"[\d,]*\d(?:\.\d+)?", said)]
    kept = reader.KEPT
    assert handwriting.reader().sizes == [784, kept.hidden, 10]
    told = (kept.images, kept.images * kept.copies, kept.drawn, kept.no_digits, kept.epochs)
    told += (kept.mini_batch_size, kept.eta, kept.last_eta, reader.SEED)
    assert set(told) <= set(numbers)
    assert "eta from 0.5 down to 0.01" in " ".join(said.split())
    assert (kept.eta, kept.last_eta, kept.epochs, kept.mini_batch_size) == (0.5, 0.01, 16, 10)


def test_the_parts_stand_one_behind_the_other(pictures, mini):
    images, targets = pictures
    assert images.shape == (30 + 60 + 50 + 20, 784)
    assert targets.shape == (160, 10)
    assert images.dtype == targets.dtype == np.float32
    np.testing.assert_array_equal(images[:30], mini.train.images[:30])
    labels = mini.train.labels[:30]
    drawn = np.arange(50) // 4 % 10  # four in a row, so that each kind of pen meets each digit
    np.testing.assert_array_equal(targets[:140].argmax(axis=1), [*labels, *labels, *labels, *drawn])
    np.testing.assert_array_equal(targets.sum(axis=1), [1] * 140 + [0] * 20)


def test_the_same_seed_makes_the_same_pictures(pictures):
    images = pictures[0].reshape(-1, 28, 28)
    parts = np.split(images[30:], (60, 110))
    made = [prints.of_pictures(part) for part in parts]
    np.testing.assert_allclose(np.array(made)[:, 2:], PRINTS, rtol=1e-3)


def test_batches_hold_every_number_once():
    parts = reader._batches(np.arange(6000))
    assert [len(part) for part in parts] == [2500, 2500, 1000]
    assert np.concatenate(parts).tolist() == list(range(6000))


def test_it_learns_at_a_rate_that_falls_by_the_same_factor(monkeypatch, pictures):
    calls, heard = [], []
    monkeypatch.setattr(
        reader.CrossEntropyNetwork,
        "SGD",
        lambda self, data, epochs, size, eta, on_epoch: calls.append((data, epochs, size, eta)),
    )
    network = reader.train(RECIPE, pictures, report=heard.append)
    assert network.sizes == [784, 5, 10]
    assert heard == [0, 1, 2]
    assert [call[1:3] for call in calls] == 3 * [(1, 10)]
    assert [call[3] for call in calls] == pytest.approx([0.5, 0.5 / np.sqrt(50), 0.01])
    assert all(call[0] is pictures for call in calls)
    scaled = reader.CrossEntropyNetwork([784, 5, 10], init="scaled", rng=reader.SEED)
    np.testing.assert_array_equal(network.weights[0], scaled.weights[0])


def test_what_is_measured_has_its_name_and_is_counted(monkeypatch, mini):
    asked = []
    monkeypatch.setattr(reader, "read_right", lambda *words: asked.append(words[2:]) or 7)
    few = mini.test.first(40)
    found = dict(reader.measure(handwriting.reader(), few, numbers=9, seed=4))
    assert list(found) == list(reader.load())
    right = handwriting.reader().evaluate(few)
    assert found["test digits"] == (right, 40)
    assert found["test digits, normalised"][0] >= right - 1
    assert found["digits of other writers"][1] == 1797
    others = reader.load()["digits of other writers"].right
    assert abs(found["digits of other writers"][0] - others) <= 3
    assert found["3 touching digits"] == (7, 9)
    assert asked == [(n, apart, 9, 4) for apart in ((2, 8), (-3, 0)) for n in range(2, 8)]


def test_a_number_is_right_if_all_of_its_digits_are(monkeypatch, mini):
    written = []
    monkeypatch.setattr(
        reader.composed, "number", lambda images, rng, apart: written.append((images, apart))
    )
    said = iter(["12", "1", "", "99"])

    class Found:
        @property
        def text(self):
            return next(said)

    monkeypatch.setattr(handwriting, "read_number", lambda sheet, network: Found())
    ones = mnist.Split(mini.test.images[:3], np.array([9, 9, 9]))
    assert reader.read_right(None, ones, 2, (1, 5), numbers=4) == 1
    assert [(images.shape, apart) for images, apart in written] == 4 * [((2, 28, 28), (1, 5))]


def test_a_row_is_a_measurement_and_percent_of_it():
    row = reader.load()["2 touching digits"]
    assert row.percent == pytest.approx(100 * row.right / row.of)
    assert row.of == 400


def test_the_command_keeps_what_it_trains_and_measures(monkeypatch, tmp_path, mini, capsys):
    monkeypatch.setattr(reader, "KEPT", RECIPE)
    monkeypatch.setattr(reader, "PATH", tmp_path / "reader.csv")
    monkeypatch.setattr(handwriting, "READER_FILE", tmp_path / "reader.npz")
    monkeypatch.setattr(mnist, "load", lambda name: mini)
    monkeypatch.setattr(reader, "examples", lambda recipe, train: tuple(train.first(200)))
    trained, train = [], reader.train
    monkeypatch.setattr(
        reader,
        "train",
        lambda *words, **named: trained.append(train(*words, **named)) or trained[0],
    )
    monkeypatch.setattr(reader, "measure", lambda network, test: [("test digits", (3, 5))])
    handwriting._kept.cache_clear()
    assert reader.main([]) == 0
    kept = handwriting.reader()
    handwriting._kept.cache_clear()
    assert kept.sizes == [784, 5, 10]
    for one, other in zip(kept.weights + kept.biases, trained[0].weights + trained[0].biases):
        np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-6)
    assert reader.load(tmp_path / "reader.csv")["test digits"][:3] == ("test digits", 3, 5)
    said = capsys.readouterr().out
    assert "epoch 2 of 3" in said
    assert "test digits: 3 of 5" in said
