"""The instruments, against calculations that share nothing with them, and at the edges."""

import math

import numpy as np
import pytest

from nnlib import diagnosis, mnist
from nnlib.diagnosis import History
from nnlib.network import Network, print_epoch

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def split():
    data = mnist.load("mini")
    return mnist.Split(data.validation.images[::8], data.validation.labels[::8])


@pytest.fixture
def network():
    return Network([784, 12, 10], rng=3, dtype=np.float64)


def test_no_images_give_zeros_and_no_lost_digit():
    confusion = diagnosis.confusion_matrix([], [])
    assert confusion.shape == (10, 10)
    assert confusion.sum() == 0
    assert np.isnan(diagnosis.recall(confusion)).all()
    assert diagnosis.lost_digits(confusion) == []


def test_a_digit_is_lost_below_one_in_twenty_and_not_at_it():
    confusion = np.diag([1, 1, 0, 3])
    confusion[0, 1], confusion[1, 0], confusion[2, 0] = 19, 20, 5  # recall 1/20, 1/21, 0, 1
    assert diagnosis.recall(confusion).tolist() == [1 / 20, 1 / 21, 0, 1]
    assert diagnosis.lost_digits(confusion) == [1, 2]


def test_a_neuron_is_saturated_below_the_threshold_and_not_at_it(network, split):
    network.weights = [np.zeros_like(w) for w in network.weights]
    network.biases = [np.zeros_like(b) for b in network.biases]  # every slope is 1/4
    network.biases[1][:3] = 9
    assert diagnosis.saturation(network, split.images, 0.25).tolist() == [0, 0.3]
    assert diagnosis.saturation(network, split.images).tolist() == [0, 0.3]


def test_small_integers_do_not_overflow():
    label, answer = np.array([29], np.uint8), np.array([28], np.uint8)
    confusion = diagnosis.confusion_matrix(answer, label, classes=30)
    assert confusion[29, 28] == confusion.sum() == 1


def neuron_by_neuron(network, image):
    """z of each layer for one image, with nothing but loops and math."""
    a, layers = [float(pixel) for pixel in image], []
    for w, b in zip(network.weights, network.biases):
        layers.append([math.fsum(map(float.__mul__, map(float, row), a)) + float(bias)
                       for row, bias in zip(w, b[:, 0])])  # fmt: skip
        a = [1 / (1 + math.exp(-z)) for z in layers[-1]]
    return layers


@pytest.fixture
def by_loops(network, split):
    """z as arrays (neurons, images), one for each layer, computed neuron by neuron."""
    rows = [neuron_by_neuron(network, image) for image in split.images]
    return [np.array([row[layer] for row in rows]).T for layer in range(2)]


def test_weighted_inputs(network, split, by_loops):
    found = diagnosis.weighted_inputs(network, split.images)
    assert [z.shape for z in found] == [(12, 63), (10, 63)]
    for z, expected in zip(found, by_loops):
        np.testing.assert_allclose(z, expected, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("threshold", [0.001, 0.01, 0.2])
def test_saturation_counts_neurons_far_from_the_middle(network, split, by_loops, threshold):
    # sigma' < t where |z| is above the logarithm of a / (1 - a), with a (1 - a) = t
    a = (1 + math.sqrt(1 - 4 * threshold)) / 2
    expected = [np.mean(np.abs(z) > math.log(a / (1 - a))) for z in by_loops]
    found = diagnosis.saturation(network, split.images, threshold)
    np.testing.assert_allclose(found, expected, atol=1e-12)
    assert 0 < found[0] < 1


def test_every_neuron_lies_below_the_largest_slope(network, split):
    assert (diagnosis.saturation(network, split.images, 0.25) == 1).all()


def test_spread(network, split, by_loops):
    expected = [math.sqrt(np.mean((z - z.mean()) ** 2)) for z in by_loops]
    np.testing.assert_allclose(diagnosis.examine(network, split).spread, expected, rtol=1e-10)


def test_gradient_norms_are_those_of_the_numerical_gradient(split):
    network = Network([5, 3, 10], rng=1, dtype=np.float64)
    images, labels, h = split.images[:7, 300:305].astype(float), split.labels[:7], 1e-5

    def cost():
        y = np.eye(10)[labels].T
        return np.sum((network.feedforward(images.T) - y) ** 2) / 2 / 7

    for w, found in zip(network.weights, diagnosis.gradient_norms(network, images, labels)):
        total = 0.0
        for place in np.ndindex(w.shape):
            w[place] += h
            above = cost()
            w[place] -= 2 * h
            total += ((above - cost()) / (2 * h)) ** 2
            w[place] += h
        assert found == pytest.approx(math.sqrt(total), rel=1e-6)


def test_examine_reads_every_instrument(network, split):
    found = diagnosis.examine(network, split)
    answers = network.feedforward(split.images.T.astype(float)).argmax(axis=0)
    recall = [np.mean(answers[split.labels == digit] == digit) for digit in range(10)]
    assert found.accuracy == np.mean(answers == split.labels)
    np.testing.assert_allclose(found.recall, recall)
    assert found.lost == [digit for digit in range(10) if recall[digit] < 0.05]
    assert found.saturation.tolist() == diagnosis.saturation(network, split.images).tolist()
    norms = diagnosis.gradient_norms(network, split.images, split.labels)
    assert found.gradient_norms.tolist() == norms.tolist()


def test_history_follows_a_run(split):
    network, twin = (Network([784, 12, 10], rng=5) for _ in range(2))
    history = History(split)
    history.look(network)
    start = diagnosis.examine(twin, split)
    network.SGD(split, 3, 10, 3.0, on_epoch=history)
    twin.SGD(split, 3, 10, 3.0, on_epoch=None)
    end = diagnosis.examine(twin, split)
    assert history.epochs == [0, 1, 2, 3]
    assert history.recall.shape == (4, 10)
    assert (
        history.saturation.shape == history.spread.shape == history.gradient_norms.shape == (4, 2)
    )
    for row, expected in ((0, start), (-1, end)):
        assert history.accuracies[row] == expected.accuracy
        assert history.lost[row] == expected.lost
        for name in ("recall", "saturation", "spread", "gradient_norms"):
            np.testing.assert_array_equal(getattr(history, name)[row], getattr(expected, name))


def test_looking_does_not_change_the_run(split):
    watched, alone = (Network([784, 12, 10], rng=5) for _ in range(2))
    watched.SGD(split, 2, 10, 3.0, on_epoch=History(split))
    alone.SGD(split, 2, 10, 3.0, on_epoch=None)
    assert all(np.array_equal(a, b) for a, b in zip(watched.weights, alone.weights))


def test_history_passes_on_to_another_callback(split, capsys):
    network, history = Network([784, 10], rng=0), History(split, then=print_epoch)
    network.SGD(split, 2, 10, 1.0, test_data=split, on_epoch=history)
    right = round(63 * history.accuracies[-1])
    assert capsys.readouterr().out.endswith(f"Epoch 1: {right} / 63\n")


def test_history_returns_what_ends_training_early(split):
    sign = object()
    history = History(split, then=lambda *_: sign)
    assert history(Network([784, 10], rng=0), 0, None, None) is sign
    history = History(split, then=lambda network, epoch, *_: epoch == 1)
    Network([784, 10], rng=0).SGD(split, 9, 10, 1.0, on_epoch=history)
    assert history.epochs == [1, 2]


@pytest.mark.parametrize("epoch", [2, 1, 0])
def test_an_epoch_that_is_not_later_is_refused(split, epoch):
    network, history = Network([784, 10], rng=0), History(split)
    history.look(network, epoch=2)
    with pytest.raises(ValueError, match=f"reached epoch 2 and cannot go back to {epoch}"):
        history.look(network, epoch=epoch)
    assert history.epochs == [2]


def test_one_history_for_two_runs_is_refused(split):
    network, history = Network([784, 10], rng=0), History(split)
    network.SGD(split, 2, 10, 1.0, on_epoch=history)
    with pytest.raises(ValueError, match="reached epoch 2 .* new History"):
        network.SGD(split, 2, 10, 1.0, on_epoch=history)


@pytest.mark.parametrize(
    ("shape", "hint"),
    [((784, 3), "images.T"), ((784,), "reshape"), ((3, 28, 28), "reshape"), ((0, 784), "row per")],
)
def test_images_of_the_wrong_shape(network, shape, hint):
    for instrument in (diagnosis.weighted_inputs, diagnosis.saturation):
        with pytest.raises(ValueError, match=hint):
            instrument(network, np.zeros(shape))


def test_images_that_are_no_numbers(network, split):
    with pytest.raises(ValueError, match="not a finite number"):
        diagnosis.saturation(network, np.full((2, 784), np.nan))
    with pytest.raises(ValueError, match="one label per image"):
        diagnosis.gradient_norms(network, split.images, split.labels[:5])
    with pytest.raises(ValueError, match="label"):
        diagnosis.examine(network, mnist.Split(split.images, split.labels + 5))


@pytest.mark.parametrize("threshold", [0, -1, 0.3, math.nan])
def test_threshold_outside_the_slopes_of_a_sigmoid(network, split, threshold):
    with pytest.raises(ValueError, match="threshold"):
        diagnosis.saturation(network, split.images, threshold)
