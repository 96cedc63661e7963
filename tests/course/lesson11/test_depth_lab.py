"""The depth lab: every control at both ends and one step, against runs made by hand."""

import time
from functools import partial

import numpy as np
import pytest

from course.lesson11 import depth_lab
from course.lesson11.depth_lab import DepthLab
from course.measured.habits import ReLUNetwork
from nnlib.network import Network
from tests.course.labs import as_at_first, computed
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def shared(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(depth_lab, "LAST", 400)
        yield DepthLab(data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(data, settings, steps):
    """(speeds, accuracy) after so many mini-batches, backpropagated image by image."""
    kind = {"sigmoid": Network, "ReLU": ReLUNetwork}[settings["neurons"]]
    sizes = [784, *[30] * settings["layers"], 10]
    network = kind(sizes, init=settings["init"], rng=settings["seed"])
    order = network.rng.permutation(4000)
    for start in range(0, 10 * steps, 1000):
        some = order[start : start + 1000]
        part = data.train.images[some], data.train.labels[some]
        network.SGD(part, 1, 10, settings["eta"], on_epoch=None)
    total = [0] * (len(sizes) - 1)
    for image, label in zip(data.train.images[:500], data.train.labels[:500]):
        deltas, _ = network.backprop(image[:, None], np.eye(10, dtype=np.float32)[:, [label]])
        total = [before + delta.astype(float) / 500 for before, delta in zip(total, deltas)]
    outputs = network.feedforward(data.validation.images[:500].T)
    accuracy = np.mean(outputs.argmax(axis=0) == data.validation.labels[:500])
    return np.array([np.sqrt((mean**2).sum()) for mean in total]), accuracy


CHANGES = [
    ("layers", 1),
    ("layers", 4),
    ("layers", 5),
    ("neurons", "ReLU"),
    ("init", "gaussian"),
    ("eta", 0.1),
    ("eta", 1.0),
    ("eta", 10.0),
    ("seed", 1),
    ("seed", 20),
]


@pytest.mark.parametrize(("name", "value"), CHANGES, ids=str)
def test_control(lab, data, name, value):
    before = bytes(lab.picture.value)
    lab.controls[name].value = value
    assert lab.job.wait(60)
    assert lab.job.error is None
    found, layers = lab.state, lab.settings["layers"]
    assert found["done"].tolist() == [0, 100, 200, 300, 400]
    assert found["speeds"].shape == (5, layers + 1)
    for moment in (0, 4):
        speeds, accuracy = by_hand(data, lab.settings, 100 * moment)
        np.testing.assert_allclose(found["speeds"][moment], speeds, rtol=0.02, atol=1e-7)
        assert found["accuracy"][moment] == pytest.approx(accuracy, abs=0.01)
    np.testing.assert_allclose(found["ratio"], found["speeds"][:, -1] / found["speeds"][:, 0])
    assert bytes(lab.picture.value) != before
    assert f"eta {lab.settings['eta']:g}, seed {lab.settings['seed']}." in lab.sentence
    assert f"{100 * found['accuracy'][-1]:.1f} % at the end" in lab.sentence
    last = depth_lab._short(found["ratio"][-1])
    assert f"after 400 mini-batches {last} times as fast; half" in lab.sentence
    assert lab.sentence in lab.caption.value


def test_it_begins_with_the_settings_that_are_given(data, monkeypatch):
    monkeypatch.setattr(depth_lab, "LAST", 100)
    first = {"layers": 5, "neurons": "ReLU", "init": "gaussian", "eta": 0.3, "seed": 7}
    assert DepthLab(data, **first).settings == first
    assert DepthLab(data, layers=2).settings["layers"] == 2
    with pytest.raises(TypeError, match="depth"):
        DepthLab(data, depth=2)


def test_controls_have_the_ends_that_are_tested(lab):
    ends = {name: (c.min, c.max) for name, c in lab.controls.items() if hasattr(c, "min")}
    assert ends == {"layers": (1, 5), "seed": (0, 20)}
    etas = [value for _, value in lab.controls["eta"].options]
    assert (etas[0], etas[-1]) == (0.1, 10.0)
    assert lab.controls["neurons"].options == ("sigmoid", "ReLU")
    assert not any(lab.controls[name].continuous_update for name in ("layers", "eta", "seed"))


@pytest.mark.parametrize("name", ["full", "data"])
def test_the_states_of_the_lesson_make_their_points(request, monkeypatch, name):
    """On every processor: hence bands."""
    monkeypatch.setattr(depth_lab, "LAST", 3000)
    lab = DepthLab(request.getfixturevalue(name))
    three = lab.state
    assert three["done"][-1] == 3000
    assert 100 < three["ratio"][0] < 145
    assert three["ratio"][-1] < 4
    assert (three["accuracy"][:6] < 0.35).all()
    assert three["accuracy"][-1] > 0.75
    five = lab.compute(**lab.settings | {"layers": 5})
    assert five["ratio"][0] > 2000
    assert (five["accuracy"] < 0.25).all()
    rectified = lab.compute(**lab.settings | {"layers": 5, "neurons": "ReLU", "eta": 0.3})
    assert rectified["ratio"][0] < 10
    assert rectified["accuracy"][-1] > 0.7


def test_compute_gives_what_the_lab_shows(lab, data):
    for settings in (lab.settings, lab.settings | {"layers": 1, "seed": 2}):
        for name, value in settings.items():
            lab.controls[name].value = value
        lab.job.wait(60)
        found = computed(lab, **settings)
        assert found.keys() == lab.state.keys()
        for name, value in found.items():
            np.testing.assert_array_equal(value, lab.state[name])


def test_pictures_show_the_state(lab):
    lab.controls["layers"].value = 2
    lab.job.wait(60)
    drawn = [curve.get_ydata() for curve in lab._curves]
    shown = [data for data in drawn if len(data)]
    np.testing.assert_allclose(shown, lab.state["speeds"].T)
    assert [curve.get_label() for curve, y in zip(lab._curves, drawn) if len(y)] == [
        "first hidden",
        "between",
        "output",
    ]
    np.testing.assert_allclose(lab._accuracy.get_ydata(), 100 * lab.state["accuracy"])
    ratio, accuracy = (text.get_text() for text in lab._numbers)
    assert ratio.split()[3] == f"{lab.state['ratio'][0]:.0f}"
    assert accuracy == f"{100 * lab.state['accuracy'][-1]:.0f}"


def shown(lab, **changes):
    """The lab, showing its state with other numbers."""
    lab.show(lab.state | {name: np.array(value) for name, value in changes.items()})
    return lab


def test_a_layer_that_has_stopped_is_drawn_at_the_edge_and_said(lab):
    speeds = lab.state["speeds"].copy()
    speeds[-1] = 0
    ratio = [*lab.state["ratio"][:-1], np.nan]
    shown(lab, speeds=speeds, ratio=ratio)
    assert lab._curves[0].get_ydata()[-1] == 1e-6
    assert lab._numbers[0].get_text().endswith("→ –")
    assert "after 400 mini-batches that one has stopped;" in lab.sentence


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (2691.4, "2,691 times as"),
        (9.96, "10 times as"),
        (1.04, "1.0 times as"),
        (0.0014, "0.0014 times as"),
    ],
)
def test_ratios_in_words(lab, ratio, words):
    shown(lab, ratio=[ratio] * 5)
    assert f"learns {words} fast as the first of 3 hidden layers" in lab.sentence


def test_when_half_of_the_digits_are_read_right(lab):
    shown(lab, accuracy=[0.1, 0.2, 0.5, 0.51, 0.4])
    assert "half of the digits are read right after 300 mini-batches, 40.0 % at" in lab.sentence
    shown(lab, accuracy=[0.1] * 5)
    assert "half of the digits are never read right, 10.0 % at the end." in lab.sentence


def test_stop_keeps_what_is_done(lab, monkeypatch):
    quick = depth_lab.readings

    def waiting(*args, **options):
        for reading in quick(*args, **options):
            yield reading
            time.sleep(0.2)

    monkeypatch.setattr(depth_lab, "readings", waiting)
    lab.controls["seed"].value = 5
    end = time.monotonic() + 20
    while lab.stop.disabled and time.monotonic() < end:
        time.sleep(0.01)
    lab.stop.click()
    assert lab.job.wait(20)
    assert 1 <= len(lab.state["done"]) < 5
    assert lab.state["seed"] == 5
    assert lab.stop.disabled


def test_quick_moves_end_at_the_last_setting(lab):
    for seed in (3, 9, 12, 4):
        lab.controls["seed"].value = seed
    lab.job.wait(60)
    assert lab.state["seed"] == 4
    np.testing.assert_array_equal(lab.state["speeds"], computed(lab, **lab.settings)["speeds"])


def move(lab, name, value):
    lab.controls[name].value = value
    assert lab.job.wait(60)


def test_a_run_of_the_deepest_takes_little_processor_time(data, monkeypatch):
    monkeypatch.setattr(depth_lab, "LAST", 3000)
    lab = DepthLab(data)
    runs = [partial(move, lab, "layers", layers) for layers in (5, 4, 5)]
    assert processor_seconds(runs) < 4.3


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert bundle["text/plain"] == lab.sentence
    assert stored_picture(bundle)[1] == 840
