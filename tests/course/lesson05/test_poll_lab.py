from types import SimpleNamespace

import numpy as np
import pytest

from course.lesson05 import PollLab, poll_lab
from nnlib import examples, mnist
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import stored_picture

pytestmark = pytest.mark.trains

N = 120


@pytest.fixture(scope="module")
def data():
    return SimpleNamespace(train=mnist.load("mini").train.first(N))


@pytest.fixture(scope="module")
def shared(data):
    return PollLab(data=data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


@pytest.fixture(scope="module")
def gradients(data):
    """The gradient of every image, one long row each, in float64."""
    single = Network([784, 30, 10], init="scaled", rng=0)
    exact = Network([784, 30, 10], dtype=np.float64)
    exact.weights = [w.astype(float) for w in single.weights]
    exact.biases = [b.astype(float) for b in single.biases]
    pairs = examples.training(data.train, exact.sizes, exact.dtype)
    rows = [exact.backprop(x, y) for x, y in pairs]
    return np.array([np.concatenate([p.ravel() for p in b + w]) for b, w in rows])


def test_inner_products_are_those_of_the_long_gradients(data, gradients):
    network = Network([784, 30, 10], init="scaled", rng=0)
    products = poll_lab.inner_products(network, data.train)
    np.testing.assert_allclose(products, gradients @ gradients.T, rtol=1e-3, atol=1e-5)


def test_inner_products_of_a_deeper_network(data):
    network = Network([784, 8, 6, 10], init="scaled", rng=1, dtype=np.float64)
    pairs = examples.training(data.train, network.sizes, network.dtype)
    rows = [network.backprop(x, y) for x, y in pairs]
    long = np.array([np.concatenate([p.ravel() for p in b + w]) for b, w in rows])
    np.testing.assert_allclose(poll_lab.inner_products(network, data.train), long @ long.T)


def test_coordinates_are_a_shadow_on_a_plane_with_the_mean(gradients):
    """Along the mean, and along the first principal direction of what is across it."""
    places = poll_lab.coordinates(gradients @ gradients.T)
    mean = gradients.mean(axis=0)
    length = np.linalg.norm(mean)
    along = gradients @ mean / length
    across = gradients - np.outer(along, mean / length)
    first = np.linalg.svd(across, full_matrices=False)[2][0]
    np.testing.assert_allclose(places[:, 0], along / length)
    np.testing.assert_allclose(np.abs(places[:, 1]), np.abs(across @ first) / length, atol=1e-6)
    np.testing.assert_allclose(places.mean(axis=0), (1, 0), atol=1e-9)


@pytest.mark.parametrize("m", [1, 2, 100, 500, 1000])
def test_tips_and_misses_are_those_of_the_polls(lab, gradients, m):
    lab.controls["m"].value = m
    rng = np.random.default_rng(0)
    polls = [rng.permutation(N)[:m] for _ in range(40)]
    full = gradients.mean(axis=0)
    off = [np.linalg.norm(gradients[poll].mean(axis=0) - full) for poll in polls]
    miss = np.sqrt(np.mean(np.square(off))) / np.linalg.norm(full)
    place = poll_lab.SIZES.index(m)
    assert lab.state["misses"][place] == pytest.approx(miss, rel=1e-3, abs=1e-5)
    places = poll_lab.coordinates(lab._products)
    np.testing.assert_allclose(lab.state["tips"], [places[poll].mean(axis=0) for poll in polls])
    assert lab.sentence.startswith(f"40 polls of m = {m:,}: ")
    assert f"by {100 * lab.state['misses'][place]:.0f} % of its length" in lab.sentence


def test_the_picture_shows_the_state(lab):
    before = bytes(lab.picture.value)
    lab.controls["m"].value = 10
    ends = [segment[1] for segment in lab._arrows.get_segments()]
    np.testing.assert_allclose(ends, lab.state["tips"])
    np.testing.assert_allclose(np.transpose(lab._tips.get_data()), lab.state["tips"])
    sizes, percents = lab._dots.get_data()
    assert list(sizes) == [1, 2, 5, 10]
    np.testing.assert_allclose(percents, 100 * lab.state["misses"][:4])
    assert bytes(lab.picture.value) != before


def test_every_single_image_of_a_new_network_stays_in_the_picture():
    lab = PollLab()
    (left, right), (low, high) = lab.picture.axes[0].get_xlim(), lab.picture.axes[0].get_ylim()
    along, across = lab._places.T
    assert left < along.min()
    assert along.max() < right
    assert low < across.min()
    assert across.max() < high


def test_asking_again_asks_other_images(lab):
    lab.controls["m"].value = 10
    tips, asked = lab.state["tips"], lab.state["asked"]
    lab.controls["asked"].click()
    assert lab.state["asked"] == asked + 1
    assert not np.allclose(lab.state["tips"], tips)
    lab.controls["asked"].value = asked
    np.testing.assert_array_equal(lab.state["tips"], tips)


def test_controls_have_the_ends_that_are_tested(lab):
    sizes = [m for _, m in lab.controls["m"].options]
    assert (sizes[0], sizes[1], sizes[-1]) == (1, 2, 1000)
    assert lab.settings == {"m": 1, "asked": 0}


def test_compute_depends_on_the_settings_alone(lab):
    first, again = lab.compute(20, 3), lab.compute(20, 3)
    np.testing.assert_array_equal(first["tips"], again["tips"])
    np.testing.assert_array_equal(first["misses"], again["misses"])
    assert lab.settings == {"m": 1, "asked": 0}


def test_the_network_of_the_reader_is_polled_as_it_is(data):
    network = Network([784, 30, 10], init="scaled", rng=0, dtype=np.float64)
    network.SGD(data.train, 5, 10, 3.0, on_epoch=None)
    learned = [w.copy() for w in network.weights]
    lab = PollLab(network, data)
    assert lab.state["misses"][3] > 0.5  # early it is a third
    assert all(np.array_equal(a, b) for a, b in zip(network.weights, learned))
    low, high = lab.picture.axes[0].get_xlim()
    assert low < 0 < 1 < high


def test_the_small_set_has_the_images_that_are_asked():
    assert len(mnist.load("mini").train.images) >= poll_lab.IMAGES == poll_lab.SIZES[-1]


def test_bundle_has_a_picture_and_a_sentence(lab):
    data = lab._repr_mimebundle_()
    assert bytes(lab.picture.value).startswith(b"\x89PNG")
    assert data["text/plain"] == lab.sentence
    assert stored_picture(data)[1] == 940
