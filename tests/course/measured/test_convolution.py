"""The convolution, against loops over its places."""

import numpy as np
import pytest
from scipy.signal import correlate2d

from course.measured import convolution
from course.measured.convolution import ConvolutionNetwork
from nnlib.network import Network

STARTS = "gaussian", "scaled"


@pytest.fixture
def network():
    made = ConvolutionNetwork([784, 432, 7, 10], init="scaled", rng=0, dtype=np.float64)
    rng = np.random.default_rng(1)
    made.biases = [rng.normal(0, 0.5, b.shape) for b in made.biases]
    return made


@pytest.fixture
def x():
    return np.random.default_rng(0).random((784, 2))


def test_patches_are_what_the_windows_see(x):
    seen = convolution.patches(x)
    assert seen.shape == (25, 144 * 2)
    for row, column, image in ((0, 0, 0), (3, 7, 1), (11, 11, 0)):
        expected = x[:, image].reshape(28, 28)[2 * row : 2 * row + 5, 2 * column : 2 * column + 5]
        found = seen.reshape(5, 5, 12, 12, 2)[:, :, row, column, image]
        assert (found == expected).all()


def test_maps_are_those_of_scipy(network, x):
    _, maps, _, _ = network.layers(x)
    for image in range(2):
        for k, (w, b) in enumerate(zip(network.weights[0], network.biases[0])):
            full = correlate2d(x[:, image].reshape(28, 28), w.reshape(5, 5), "valid")
            z = full[::2, ::2] + b
            found = maps.reshape(3, 12, 12, 2)[k, :, :, image]
            np.testing.assert_allclose(found, network.activation(z))


def test_it_is_a_full_layer_whose_weights_are_shared(network, x):
    """The same network as a plain one, with a 0 where a window does not look."""
    full = Network([784, 432, 7, 10], dtype=np.float64)
    wide = np.zeros((3, 12, 12, 28, 28))
    for row in range(12):
        for column in range(12):
            window = wide[:, row, column, 2 * row : 2 * row + 5, 2 * column : 2 * column + 5]
            window[:] = network.weights[0].reshape(3, 5, 5)
    full.weights = [wide.reshape(432, 784), *network.weights[1:]]
    full.biases = [np.repeat(network.biases[0], 144, axis=0), *network.biases[1:]]
    np.testing.assert_allclose(network.feedforward(x), full.feedforward(x))
    y = np.eye(10)[:, [3, 1]]
    shared = network.backprop(x, y)
    plain = full.backprop(x, y)
    for one, other in zip(shared[0][1:] + shared[1][1:], plain[0][1:] + plain[1][1:]):
        np.testing.assert_allclose(one, other)
    summed = plain[0][0].reshape(3, 144).sum(axis=1)
    np.testing.assert_allclose(shared[0][0][:, 0], summed)


def test_what_sharing_buys():
    sizes = [784, 2304, 100, 10]
    network = ConvolutionNetwork(sizes)
    first = network.weights[0].size + network.biases[0].size
    assert first == 16 * 25 + 16
    assert not any(b.any() for b in network.biases)


def test_the_scaled_start_counts_the_pixels_of_a_window():
    plain, scaled = (ConvolutionNetwork([784, 2304, 9, 10], init=init, rng=0) for init in STARTS)
    for gaussian, divided, inputs in zip(plain.weights, scaled.weights, (25, 2304, 9)):
        np.testing.assert_allclose(divided, gaussian / np.sqrt(inputs), rtol=1e-6)
    assert np.std(plain.weights[0]) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("sizes", [[784, 30, 10], [784, 2300, 100, 10], [100, 144, 9, 10]])
def test_sizes_that_make_no_convolution(sizes):
    with pytest.raises(ValueError, match=r"type for example \[784, 2304, 100, 10\]"):
        ConvolutionNetwork(sizes)


def test_one_image_is_refused_in_words_if_it_does_not_fit(network):
    with pytest.raises(ValueError, match="784"):
        network.feedforward(np.zeros((28, 28)))
