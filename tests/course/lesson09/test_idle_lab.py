"""The hunt for idle neurons: switches, both ways of being off, and what is counted."""

from functools import partial

import numpy as np
import pytest

from course.lesson09.idle_lab import IdleLab
from nnlib import diagnosis
from nnlib.network import Network
from nnlib.neurons import sigmoid
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def networks(data):
    made = {}
    for init in ("gaussian", "scaled"):
        made[init] = Network([784, 30, 10], init=init, rng=0)
        made[init].SGD(data.train, 1, 10, 3.0, on_epoch=None)
    return made


@pytest.fixture(scope="module")
def shared(networks, data):
    return IdleLab(networks, data.validation)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(network, split, off, held):
    """Answers of a copy whose output layer does not hear the neurons that are off."""
    hidden = sigmoid(network.weights[0] @ split.images.T + network.biases[0])
    weights, biases = network.weights[1].copy(), network.biases[1].copy()
    if held == "at its mean":
        biases += weights[:, off] @ hidden[off].mean(axis=1, keepdims=True)
    weights[:, off] = 0
    return (weights @ hidden + biases).argmax(axis=0)


OFF = [[], [0], [29], [3, 7, 11], list(range(30))]


@pytest.mark.parametrize("held", ["at 0", "at its mean"])
@pytest.mark.parametrize("start", ["gaussian", "scaled"])
@pytest.mark.parametrize("off", OFF, ids=str)
def test_switches(lab, networks, data, off, start, held):
    lab.controls["network"].value, lab.controls["held"].value = start, held
    for number in off:
        lab.controls[str(number)].value = True
    answers = by_hand(networks[start], data.validation, off, held)
    labels = data.validation.labels
    before = diagnosis.predictions(networks[start], data.validation.images)
    found = lab.state
    assert np.flatnonzero(found["off"]).tolist() == off
    assert found["total"] == len(labels) == 500
    assert found["changed"] == pytest.approx(np.sum(answers != before), abs=1)  # rounding
    assert found["accuracy"] == pytest.approx(np.mean(answers == labels), abs=0.003)
    threes = labels == 3
    assert found["recall"][3] == pytest.approx(np.mean(answers[threes] == 3), abs=0.03)
    assert f"With {len(off)} of the 30 hidden neurons off" in lab.sentence
    assert f"{100 * found['changed'] / 500:.2f} % of the answers change" in lab.sentence
    assert lab._counts.get_text() == f"changed: {found['changed']} of 500"


def test_nothing_changes_while_all_are_on(lab):
    assert lab.state["changed"] == 0


def test_the_picture_shows_what_each_neuron_says(lab, networks, data):
    images, labels = data.validation
    hidden = sigmoid(networks["gaussian"].weights[0] @ images.T + networks["gaussian"].biases[0])
    shown = lab._means.get_array()
    np.testing.assert_allclose(shown[4], hidden[:, labels == 4].mean(axis=1), rtol=1e-5)
    lab.controls["5"].value = True
    assert not lab._means.get_array()[:, 5].any()
    lab.controls["held"].value = "at its mean"
    np.testing.assert_allclose(lab._means.get_array()[:, 5], hidden[5].mean(), rtol=1e-5)
    assert [line[0][0] for line in lab._off.get_segments()] == [5]


def test_all_on_draws_once(lab, monkeypatch):
    for number in range(30):
        press(lab, number)
    drawn = []
    monkeypatch.setattr(lab, "draw", drawn.append)
    lab.all_on.click()
    assert len(drawn) == 1
    assert not drawn[0]["off"].any()
    assert not any(lab.controls[str(number)].value for number in range(30))


def test_other_sizes_are_refused(data):
    with pytest.raises(ValueError, match=r"\[784, 10\].*Network\(\[784, 30, 10\]\)"):
        IdleLab({"none": Network([784, 10], rng=0)}, data.validation)


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert bundle["text/plain"] == lab.sentence
    assert stored_picture(bundle)[1] == 960


def press(lab, number):
    lab.controls[str(number)].value = True


def test_a_switch_takes_little_processor_time(lab):
    assert processor_seconds([partial(press, lab, number) for number in range(30)]) < 0.15
