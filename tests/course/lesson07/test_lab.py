"""The training lab: every control at both ends and one step, its buttons, what it shows."""

import time
from functools import partial

import numpy as np
import pytest

from course.lesson07 import lab as training
from course.lesson07.lab import LiveCurve, TrainingLab
from course.live import progress
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def shared(data):
    return TrainingLab(data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def quick_parts(data):
    return data.train.first(2000), data.validation.first(1000)


def trained_by_hand(data, settings):
    """The same run, without the lab."""
    train, check = quick_parts(data)
    hidden = [settings["hidden"]] if settings["hidden"] else []
    network = Network([784, *hidden, 10], init=settings["init"], rng=settings["seed"])
    accuracies = []
    network.SGD(
        train, settings["epochs"], settings["mini_batch"], settings["eta"], test_data=check,
        on_epoch=lambda net, epoch, correct, total: accuracies.append(correct / total),
    )  # fmt: skip
    return network, accuracies


CHANGES = [
    ("eta", 0.001),
    ("eta", 100.0),
    ("eta", 5.0),
    ("hidden", 0),
    ("hidden", 100),
    ("hidden", 31),
    ("mini_batch", 5),
    ("mini_batch", 100),
    ("epochs", 1),
    ("epochs", 30),
    ("epochs", 11),
    ("seed", 20),
    ("seed", 1),
    ("init", "scaled"),
]


@pytest.mark.parametrize(("name", "value"), CHANGES, ids=str)
def test_control(shared, data, name, value):
    lab = as_at_first(shared)
    before = lab.picture.value
    lab.controls[name].value = value
    assert lab.job.wait(60)
    assert lab.job.error is None
    network, accuracies = trained_by_hand(data, lab.settings)
    assert lab.state["accuracies"] == accuracies
    assert lab.state["sizes"] == network.sizes
    assert all(np.array_equal(a, b) for a, b in zip(lab.network.weights, network.weights))
    labels = data.validation.labels
    right = network.feedforward(data.validation.images.T).argmax(axis=0) == labels
    recall = [right[labels == digit].mean() for digit in range(10)]
    np.testing.assert_allclose(lab.state["recall"], recall)
    assert lab.state["lost"] == [digit for digit in range(10) if recall[digit] < 0.05]
    assert lab.picture.value != before
    assert f"accuracy {100 * accuracies[-1]:.1f} %" in lab.sentence
    epochs = "1 epoch" if lab.settings["epochs"] == 1 else f"{lab.settings['epochs']} epochs"
    assert f"after {epochs} on 2,000;" in lab.sentence
    lost = ", ".join(str(digit) for digit in lab.state["lost"]) or "none"
    assert f"number of lost digits: {len(lab.state['lost'])}; lost digits: {lost}." in lab.sentence
    assert lab._titles[1].get_text() == f"number of lost digits: {len(lab.state['lost'])}"
    assert lab.sentence in lab.caption.value


def test_a_lost_digit_0_does_not_read_as_none(lab, data):
    lab.controls["eta"].value = 0.3
    lab.job.wait(60)
    network, _ = trained_by_hand(data, lab.settings)
    labels = data.validation.labels
    answers = network.feedforward(data.validation.images.T).argmax(axis=0)
    lost = [digit for digit in range(10) if np.mean(answers[labels == digit] == digit) < 0.05]
    assert lost[0] == 0
    assert f"number of lost digits: {len(lost)}; lost digits: 0" in lab.sentence
    assert list(lab._bars[1].get_xdata()) == lost


def test_smallest_mini_batch(lab, data):
    lab.controls["epochs"].value = 1
    lab.controls["mini_batch"].value = 1
    lab.job.wait(60)
    assert lab.state["accuracies"] == trained_by_hand(data, lab.settings)[1]


def test_ends_of_the_sliders():
    assert (training.ETAS[0], training.ETAS[-1]) == (0.001, 100)
    steps = np.diff(np.log10(training.ETAS))
    assert steps.min() > 0.15
    assert steps.max() < 0.35


def test_release_to_new_curve_within_a_second(lab):
    def release(hidden):
        lab.controls["hidden"].value = hidden
        assert lab.job.wait(60)

    assert processor_seconds([partial(release, hidden) for hidden in (100, 99, 100)]) < 2.2


def test_earlier_runs_stay_in_gray(data):
    lab = TrainingLab(data)
    first = lab.state["accuracies"]
    lab.controls["eta"].value = 5.0
    lab.job.wait(60)
    assert lab.earlier == [first]
    assert np.allclose(lab._gray[0].get_ydata(), 100 * np.array(first))
    assert lab.sentence.endswith(f"The run before ended at {100 * first[-1]:.1f} %.")
    for seed in range(1, 9):
        before = lab.state["accuracies"]
        lab.controls["seed"].value = seed
        lab.job.wait(60)
    assert len(lab.earlier) == training.EARLIER_RUNS
    assert np.allclose(lab._gray[0].get_ydata(), 100 * np.array(before))  # the dashed one
    assert lab._gray[0].get_linestyle() == "--" != lab._gray[1].get_linestyle()
    for line, run in zip(lab._gray, reversed(lab.earlier), strict=True):
        assert np.allclose(line.get_ydata(), 100 * np.array(run))


def test_a_new_setting_replaces_a_run_that_is_still_going_on(lab, data):
    lab.controls["epochs"].value = 30
    for hidden in (90, 95, 100, 40):
        lab.controls["hidden"].value = hidden
    lab.job.wait(60)
    assert lab.state["sizes"] == [784, 40, 10]
    assert lab.state["accuracies"] == trained_by_hand(data, lab.settings)[1]


def test_train_on_everything_and_stop(lab, data):
    lab.controls["epochs"].value = 2
    lab.job.wait(60)
    lab.train_all.click()
    lab.job.wait(60)
    assert lab.state["train_images"] == len(data.train.labels)
    assert lab.state["validation_images"] == len(data.validation.labels)
    right = lab.network.evaluate(data.validation)
    assert lab.state["accuracies"][-1] == right / len(data.validation.labels)
    assert not lab.controls["eta"].disabled
    assert lab.stop.disabled
    lab.controls["epochs"].value = 30
    lab.job.wait(60)
    before = lab.run
    lab.train_all.click()
    end = time.monotonic() + 30
    while (lab.run is before or not lab.run.accuracies) and time.monotonic() < end:
        time.sleep(0.01)
    assert lab.controls["eta"].disabled
    lab.stop.click()
    assert lab.stop.disabled  # at once, not when the epoch has ended
    assert lab.job.wait(30)
    assert 1 <= len(lab.state["accuracies"]) < 30
    assert lab.network.evaluate(data.validation) > 0
    kept = [*lab.earlier]
    assert kept[-1] == before.accuracies
    lab.controls["epochs"].value = 1
    lab.job.wait(60)
    assert lab.state["train_images"] == 2000
    assert lab.earlier == kept  # without the run that was stopped
    assert lab.sentence.endswith(f"The run before ended at {100 * kept[-1][-1]:.1f} %.")


def test_mime_bundle_has_picture_and_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence
    assert "application/vnd.jupyter.widget-view+json" in data
    assert stored_picture(data)[1] == 960


def test_live_curve(monkeypatch):
    shown = []
    monkeypatch.setattr(progress, "display", lambda view, raw: shown.append(view))
    live = LiveCurve(epochs=3)
    for epoch, correct in enumerate([50, 80, 70]):
        assert not live(None, epoch, correct, 100)
    assert live.accuracies == [0.5, 0.8, 0.7]
    assert len(shown) == 1
    assert live.caption.value == "After epoch 1 of 3, 50.0 % of the images are read right."
    assert live.shown.children[-2:] == (live, live.caption)
    assert live.shown.layout.display == "none"
    words = "from 50.0 % after the first epoch to 70.0 % after epoch 3; the best epoch had 80.0 %."
    assert live.picture().text.endswith(words)


def test_live_curve_begins_below_its_lowest_point():
    live = LiveCurve(epochs=3)
    live.accuracies = [0.98, 0.912, 0.95]
    assert "goes from 98.0 %" in live.picture().text
    assert live.axes.get_ylim() == (85, 100)
    live.accuracies = [0.3, 0.0, 0.4]
    live.picture()
    assert live.axes.get_ylim() == (0, 100)


def test_live_curve_without_test_data_says_what_to_type():
    network = Network([4, 2], rng=0)
    with pytest.raises(ValueError, match="test_data="):
        network.SGD((np.zeros((3, 4)), np.zeros(3, int)), 1, 1, 1.0, on_epoch=LiveCurve(1))
