"""The lab of the maps: every control at both ends, beside loops over the places."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from course.lesson11.maps_lab import MapsLab, moved
from course.measured import habits
from nnlib.network import Network
from tests.course.labs import as_at_first


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
    assert lab._map.get_clim() == (0, pytest.approx(max(z.max(), 1e-9), abs=1e-5))
    assert [title.get_text() for title in lab._titles] == [
        f"window {now['window']}",
        f"its map: {state['a']:.2f} here",
    ]
    x, y = lab._on_digit.get_xy()
    assert (y + 0.5, x + 0.5) == (2 * at[0], 2 * at[1])
    x, y = lab._on_map.get_xy()
    assert (y + 0.5, x + 0.5) == at
    outputs = network.feedforward(image.reshape(784, 1)).ravel()
    assert f"the network reads {outputs.argmax()}, output {outputs.max():.2f}." in lab.sentence
    assert f"Window {now['window']} at row {now['row']}, column {now['column']}" in lab.sentence
    label = data.test.labels[now["digit"] - 1]
    assert f"z = {state['z']:.2f}, so the neuron answers {state['a']:.2f}. " in lab.sentence
    assert f"The digit is a {label}" in lab.sentence


def test_where_z_is_below_0_the_neuron_answers_0(lab, network):
    biases = network.biases[0].ravel()
    lab.controls["window"].value = int(biases.argmin()) + 1
    lab.controls["row"].value = lab.controls["column"].value = 1  # the digit has a margin
    assert f"z = {biases.min():.2f}, so the neuron answers 0.00." in lab.sentence
    assert lab._titles[1].get_text() == "its map: 0.00 here"


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


def test_all_maps_stand_where_the_frame_says(lab):
    maps = lab.state["maps"]
    for k in range(5):
        lab.controls["window"].value = k + 1
        picture = np.ma.filled(lab._all.get_array(), np.nan)
        x, y = (int(c + 0.5) for c in lab._on_all.get_xy())
        np.testing.assert_allclose(picture[y : y + 12, x : x + 12], maps[k] / maps.max())
    assert np.isnan(picture[12]).all()


@pytest.mark.parametrize(
    ("right", "down", "words"),
    [
        (0, 0, "The digit is a 7; the network"),
        (4, 0, "a 7, moved 4 to the right and 0 down; the"),
        (-3, 2, "a 7, moved 3 to the left and 2 down; the"),
        (0, -4, "a 7, moved 0 to the right and 4 up; the"),
    ],
)
def test_where_it_has_been_moved_in_words(lab, right, down, words):
    lab.controls["right"].value, lab.controls["down"].value = right, down
    assert words in lab.sentence


def test_a_network_without_a_convolution_is_refused(data):
    with pytest.raises(ValueError, match=r"network is Network\(\[784, 30, 10\]\) without a conv"):
        MapsLab(Network([784, 30, 10]), data)


def test_the_network_is_shown_as_it_was(data):
    network = habits.network_class("convolution ReLU")([784, 288, 9, 10], init="scaled", rng=0)
    lab = MapsLab(network, data)
    before = lab.compute(**lab.settings)["outputs"]
    network.SGD(data.train.first(100), 1, 10, 0.1, on_epoch=None)
    np.testing.assert_array_equal(lab.compute(**lab.settings)["outputs"], before)


def test_without_data_it_loads_digits(network):
    assert MapsLab(network).state["digit"].shape == (28, 28)
