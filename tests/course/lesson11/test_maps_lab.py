"""The lab of the maps: every control at both ends, beside loops over the places."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from course.lesson11 import figures
from course.lesson11.maps_lab import MapsLab, moved
from course.measured import habits
from nnlib import mnist
from tests.course.labs import as_at_first


@pytest.fixture(scope="module")
def data():
    return mnist.load("mini")


@pytest.fixture(scope="module")
def network():
    kind = habits.network_class("convolution ReLU")
    made, rng = kind([784, 720, 9, 10], init="scaled", rng=0), np.random.default_rng(1)
    made.biases = [rng.normal(0, 0.2, b.shape) for b in made.biases]
    return made


@pytest.fixture(scope="module")
def shared(network, data):
    return MapsLab(network, data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


ENDS = [
    (name, end)
    for name in ("digit", "window", "row", "column", "right", "down")
    for end in ("min", "max")
]


@pytest.mark.parametrize(("name", "end"), [*ENDS, (None, None)])
def test_numbers_and_picture_at_both_ends(lab, network, data, name, end):
    if name:
        lab.controls[name].value = getattr(lab.controls[name], end)
    now, state = lab.settings, lab.state
    image = np.zeros((28 + 8, 28 + 8))
    top, left = 4 + now["down"], 4 + now["right"]
    image[top : top + 28, left : left + 28] = data.test.images[now["digit"] - 1].reshape(28, 28)
    image = image[4:-4, 4:-4]
    np.testing.assert_array_equal(state["digit"], image)
    w = network.weights[0][now["window"] - 1].reshape(5, 5)
    b = network.biases[0][now["window"] - 1, 0]
    z = correlate2d(image, w, "valid")[::2, ::2] + b
    np.testing.assert_allclose(state["maps"][now["window"] - 1], np.maximum(z, 0), atol=1e-5)
    at = now["row"] - 1, now["column"] - 1
    assert state["z"] == pytest.approx(z[at], abs=1e-5)
    assert state["a"] == pytest.approx(max(z[at], 0), abs=1e-5)
    np.testing.assert_array_equal(lab._digit.get_array(), image)
    np.testing.assert_allclose(lab._map.get_array(), np.maximum(z, 0), atol=1e-5)
    np.testing.assert_array_equal(lab._window.get_array(), w)
    x, y = lab._on_digit.get_xy()
    assert (y + 0.5, x + 0.5) == (2 * at[0], 2 * at[1])
    x, y = lab._on_map.get_xy()
    assert (y + 0.5, x + 0.5) == at
    outputs = network.feedforward(image.reshape(784, 1)).ravel()
    assert f"the network reads {outputs.argmax()}, output {outputs.max():.2f}." in lab.sentence
    assert f"Window {now['window']} at row {now['row']}, column {now['column']}" in lab.sentence
    assert f"z = {state['z']:.2f}" in lab.sentence


def test_the_maps_move_one_place_for_two_pixels(lab):
    before = lab.state["maps"]
    lab.controls["right"].value = 2
    np.testing.assert_allclose(lab.state["maps"][:, :, 2:], before[:, :, 1:-1], atol=1e-5)


def test_it_opens_where_the_first_digit_is_answered_most(lab):
    assert lab.state["a"] == lab.state["maps"].max() > 0


def test_what_leaves_the_picture_is_cut_off():
    image = np.arange(784.0).reshape(28, 28) + 1
    found = moved(image, 4, -3)
    assert (found[:25, 4:] == image[3:, :24]).all()
    assert not found[25:].any()
    assert not found[:, :4].any()


def test_all_maps_stand_where_the_frame_says(lab, network):
    tiling = figures.map_tiling(5)
    picture = figures.tiled(lab.state["maps"], tiling)
    for k in range(5):
        x, y = (int(c + 0.5) for c in figures.tile_corner(k, tiling, 12))
        assert (picture[y : y + 12, x : x + 12] == lab.state["maps"][k]).all()
    assert np.isnan(picture[12]).all()


def test_without_data_it_loads_digits(network):
    assert MapsLab(network).state["digit"].shape == (28, 28)
