"""The saturation lab: every control at both ends and one step, against runs made by hand."""

import dataclasses
import math
import time
from functools import partial

import numpy as np
import pytest

from course.lesson09 import lab as saturation
from course.lesson09.lab import SaturationLab
from nnlib import mnist
from nnlib.network import Network
from tests.course.labs import as_at_first, computed
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def small(data):
    """Enough to lose digits, and quick."""
    check = mnist.Split(data.validation.images[::3], data.validation.labels[::3])
    return dataclasses.replace(data, train=data.train.first(500), validation=check)


@pytest.fixture(scope="module")
def shared(small):
    return SaturationLab(small)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(data, settings):
    """The same run by the library's own loop; z = log(a / (1 - a)) from float64 activations."""
    hidden = [settings["hidden"]] if settings["hidden"] else []
    network = Network([784, *hidden, 10], init=settings["init"], rng=settings["seed"])
    network.SGD(data.train, settings["epoch"], 10, settings["eta"], on_epoch=None)
    a = data.validation.images.T
    for w, b in zip(network.weights, network.biases):
        z = w @ a + b
        a = (1 / (1 + np.exp(-z.astype(float)))).astype(np.float32)
    return z


def expected(data, settings):
    z, labels = by_hand(data, settings), data.validation.labels
    edge = math.log((1 + math.sqrt(0.96)) / (1 - math.sqrt(0.96)))  # sigma' = 0.01
    own = np.array([z[label, k] for k, label in enumerate(labels)])
    answers = z.argmax(axis=0)
    recall = [np.mean(answers[labels == digit] == digit) for digit in range(10)]
    return {
        "saturated": np.mean(np.abs(z) > edge),
        "stuck": np.mean(own < -edge),
        "accuracy": np.mean(answers == labels),
        "recall": recall,
        "lost": [d for d in range(10) if recall[d] < 0.05] if settings["epoch"] else [],
    }


CHANGES = [
    ("epoch", 0),
    ("epoch", 1),
    ("init", "scaled"),
    ("hidden", 0),
    ("hidden", 99),
    ("eta", 0.1),
    ("eta", 5.0),
    ("eta", 10.0),
    ("seed", 1),
    ("seed", 20),
]


@pytest.mark.parametrize(("name", "value"), CHANGES, ids=str)
def test_control(shared, small, name, value):
    lab = as_at_first(shared)
    before = bytes(lab.picture.value)
    lab.controls[name].value = value
    assert lab.job.wait(60)
    assert lab.job.error is None
    found, right = lab.state, expected(small, lab.settings)
    for number in ("saturated", "stuck", "accuracy"):
        assert found[number] == pytest.approx(right[number], abs=2e-3), number
    np.testing.assert_allclose(found["recall"], right["recall"])
    assert found["lost"] == right["lost"]
    assert bytes(lab.picture.value) != before
    assert f"eta {lab.settings['eta']:g}, seed {lab.settings['seed']}" in lab.sentence
    assert f"{100 * found['saturated']:.1f} % of the output activations" in lab.sentence
    assert f"accuracy {100 * right['accuracy']:.1f} %" in lab.sentence
    assert lab.sentence in lab.caption.value


def test_controls_have_the_ends_that_are_tested(lab):
    ends = {name: (c.min, c.max) for name, c in lab.controls.items() if hasattr(c, "min")}
    assert ends == {"epoch": (0, 10), "hidden": (0, 100), "seed": (0, 20)}
    etas = [value for _, value in lab.controls["eta"].options]
    assert (etas[0], etas[-1]) == (0.1, 10.0)
    assert not any(lab.controls[name].continuous_update for name in ("hidden", "eta", "seed"))


def test_default_state_makes_the_point(data):
    lab = SaturationLab(data)
    at_end = lab.state
    assert at_end["epoch"] == 10
    assert at_end["lost"]
    assert f"number of lost digits: {len(at_end['lost'])}; lost digits: " in lab.sentence
    lab.controls["epoch"].value = 0
    assert lab.state["saturated"] > 0.3
    lab.controls["init"].value = "scaled"
    lab.job.wait(60)
    assert lab.state["saturated"] < 0.01
    lab.controls["epoch"].value = 10
    assert lab.state["lost"] == []
    assert lab.state["accuracy"] > 0.85 > at_end["accuracy"]


def test_epoch_slider_steps_through_one_run_without_training(lab, monkeypatch):
    monkeypatch.setattr(saturation, "output_inputs", None)
    accuracies = []
    for epoch in range(11):
        lab.controls["epoch"].value = epoch
        assert lab.state["epoch"] == epoch
        accuracies.append(lab.state["accuracy"])
    assert len(lab.run) == 11
    assert len(set(accuracies)) > 5


def test_pictures_show_the_state(lab):
    left, middle, _ = lab.picture.axes
    values = lab._steps["own", left].get_data().values
    assert values.sum() == pytest.approx(100)
    below_zero = 100 * np.mean(lab.state["own"] < 0)
    assert values[:15].sum() == pytest.approx(below_zero, abs=0.01)
    pairs = lab._steps["own", middle].get_data().values[0] + (
        9 * lab._steps["others", middle].get_data().values[0]
    )
    assert pairs / 10 == pytest.approx(100 * lab.state["saturated"], abs=0.5)
    bars, marks = lab._bars
    np.testing.assert_allclose(bars.get_data().values[::2], 100 * lab.state["recall"])
    assert list(marks.get_xdata()) == lab.state["lost"]
    numbers = [lab._epoch.get_text(), *(title.get_text() for title in lab._numbers)]
    shares = [f"{100 * lab.state[name]:.0f} %" for name in ("stuck", "saturated")]
    assert numbers == ["10", *shares, str(len(lab.state["lost"]))]


def test_before_training_no_digit_is_called_lost(lab):
    lab.controls["epoch"].value = 0
    assert lab.state["lost"] == []
    assert lab._numbers[2].get_text() == "none yet"
    assert lab.sentence.startswith("Before training nothing is learned yet; ")
    assert len(lab._bars[1].get_xdata()) == 0


def test_compute_gives_what_the_lab_shows(lab):
    lab.controls["epoch"].value = 3
    found = computed(lab, **lab.settings)
    assert found.keys() == lab.state.keys()
    for name, value in found.items():
        np.testing.assert_array_equal(value, lab.state[name])


def test_stop_keeps_the_epochs_that_are_done(lab, monkeypatch):
    slow = saturation.output_inputs

    def waiting(*args, **options):
        for z in slow(*args, **options):
            yield z
            time.sleep(0.2)

    monkeypatch.setattr(saturation, "output_inputs", waiting)
    lab.controls["seed"].value = 5
    end = time.monotonic() + 20
    while lab.stop.disabled and time.monotonic() < end:
        time.sleep(0.01)
    lab.stop.click()
    assert lab.job.wait(20)
    assert 1 <= len(lab.run) < 11
    assert lab.state["epoch"] == len(lab.run) - 1
    assert lab.stop.disabled


def test_quick_moves_end_at_the_last_setting(lab, small):
    for seed in (3, 9, 12, 4):
        lab.controls["seed"].value = seed
    lab.controls["epoch"].value = 6
    lab.job.wait(60)
    assert (lab.state["seed"], lab.state["epoch"]) == (4, 6)
    assert lab.state["accuracy"] == expected(small, lab.settings)["accuracy"]


def move(lab, name, value):
    lab.controls[name].value = value
    assert lab.job.wait(60)


def test_a_run_takes_little_processor_time(data):
    lab = SaturationLab(data)
    runs = [partial(move, lab, "seed", seed) for seed in (1, 2, 3)]
    assert processor_seconds(runs) < 2.3


def test_a_step_of_the_epoch_slider_takes_little_processor_time(data):
    lab = SaturationLab(data)
    steps = [partial(move, lab, "epoch", epoch) for epoch in [*range(10), *range(10, 0, -1)]]
    assert processor_seconds(steps) < 0.077


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert bundle["text/plain"] == lab.sentence
    assert stored_picture(bundle)[1] == 960
