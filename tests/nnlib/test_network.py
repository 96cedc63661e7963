"""The network: the book's interface, gradients against two slower ways, errors, saving."""

import io
import signal
import warnings
from contextlib import redirect_stdout

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import textbook
from nnlib import examples, gradients, storage
from nnlib import network as network_module
from nnlib.network import Network
from nnlib.neurons import perceptron, sigmoid, sigmoid_prime

pytestmark = pytest.mark.trains

SIZES = [[784, 30, 10], [5, 4, 3, 2], [3, 2]]


def columns(rng, sizes, m):
    return rng.random((sizes[0], m)), rng.random((sizes[-1], m))


def toy_data(n=60, n_in=5, n_out=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.random((n, n_in), dtype=np.float32), rng.integers(0, n_out, n)


def parameters(network):
    return [array.copy() for array in network.biases + network.weights]


def same(first, second):
    return all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def relative_difference(found, expected):
    found, expected = (np.concatenate([a.ravel() for a in arrays]) for arrays in (found, expected))
    return np.linalg.norm(found - expected) / np.linalg.norm(expected)


# Gradients


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("m", [1, 2, 10])
@pytest.mark.parametrize("init", ["gaussian", "scaled"])
def test_gradient_is_the_mean_of_the_textbooks(sizes, m, init):
    network = Network(sizes, init=init, rng=1, dtype=np.float64)
    x, y = columns(np.random.default_rng(2), sizes, m)
    nabla_b, nabla_w = network.backprop(x, y)
    slow_b, slow_w = textbook.mean_gradient(network.weights, network.biases, x, y)
    assert relative_difference(nabla_b, slow_b) < 1e-10
    assert relative_difference(nabla_w, slow_w) < 1e-10
    assert [b.shape for b in nabla_b] == [b.shape for b in network.biases]
    assert [w.shape for w in nabla_w] == [w.shape for w in network.weights]


def cost(network, x, y):
    return 0.5 * np.sum((network.feedforward(x) - y) ** 2) / x.shape[1]


@pytest.mark.parametrize("sizes", SIZES, ids=str)
def test_gradient_agrees_with_centred_differences(sizes):
    rng = np.random.default_rng(3)
    network = Network(sizes, init="scaled", rng=rng, dtype=np.float64)
    x, y = columns(rng, sizes, 10)
    nabla_b, nabla_w = network.backprop(x, y)
    step, found, expected = 1e-4, [], []
    for array, gradient in zip(network.biases + network.weights, nabla_b + nabla_w):
        for _ in range(12):
            place = tuple(rng.integers(0, n) for n in array.shape)
            middle, costs = array[place], []
            for moved in (middle + step, middle - step):
                array[place] = moved
                costs.append(cost(network, x, y))
            array[place] = middle
            found.append(gradient[place])
            expected.append((costs[0] - costs[1]) / (2 * step))
    assert relative_difference([np.array(found)], [np.array(expected)]) < 1e-7


@settings(max_examples=40)
@given(
    st.lists(st.integers(1, 6), min_size=2, max_size=5), st.integers(1, 8), st.integers(0, 2**32)
)
def test_gradient_for_any_small_network(sizes, m, seed):
    rng = np.random.default_rng(seed)
    network = Network(sizes, rng=rng, dtype=np.float64)
    x, y = columns(rng, sizes, m)
    slow = textbook.mean_gradient(network.weights, network.biases, x, y)
    for found, expected in zip(network.backprop(x, y), slow):
        for a, b in zip(found, expected):
            np.testing.assert_allclose(a, b, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("m", [1, 7, 60, 1000])
def test_training_equals_the_textbooks_loop(m):
    images, labels = toy_data()
    network = Network([5, 4, 3], rng=4, dtype=np.float64)
    weights, biases = [w.copy() for w in network.weights], [b.copy() for b in network.biases]
    # A copy of the generator tells the order in which the network will see the examples.
    order = Network([5, 4, 3], rng=4, dtype=np.float64).rng.permutation(60)
    network.SGD((images, labels), 1, m, 2.0, on_epoch=None)
    textbook.train_epoch(weights, biases, images[order].astype(float), np.eye(3)[labels[order]], m, 2.0)  # fmt: skip # noqa: E501
    assert relative_difference(network.weights, weights) < 1e-10
    assert relative_difference(network.biases, biases) < 1e-10


# The interface of the book


def pairs(one_hot=True, n=60):
    images, labels = toy_data(n)
    answers = [np.eye(3)[label].reshape(3, 1) for label in labels] if one_hot else list(labels)
    return [(image.reshape(5, 1), answer) for image, answer in zip(images, answers)]


def test_list_of_pairs_and_arrays_train_alike():
    by_list, by_arrays, by_zip = (Network([5, 4, 3], rng=0) for _ in range(3))
    by_list.SGD(pairs(), 2, 10, 3.0, on_epoch=None)
    by_arrays.SGD(toy_data(), 2, 10, 3.0, on_epoch=None)
    images, targets = zip(*pairs())
    by_zip.SGD(zip(images, targets), 2, 10, 3.0, on_epoch=None)
    assert same(parameters(by_list), parameters(by_arrays))
    assert same(parameters(by_list), parameters(by_zip))


def test_second_run_on_the_same_variables_learns_on():
    network, data = Network([5, 4, 3], rng=0), pairs()
    network.SGD(data, 1, 10, 3.0, on_epoch=None)
    once = parameters(network)
    network.SGD(data, 1, 10, 3.0, on_epoch=None)
    assert not same(once, parameters(network))


def test_used_up_zip_is_refused_and_named():
    network = Network([5, 4, 3], rng=0)
    data = zip(*zip(*pairs()))
    network.SGD(data, 1, 10, 3.0, on_epoch=None)
    with pytest.raises(ValueError, match="zip can be read only once.*list"):
        network.SGD(data, 1, 10, 3.0, on_epoch=None)


def test_printed_lines():
    network, out = Network([5, 4, 3], rng=0), io.StringIO()
    with redirect_stdout(out):
        network.SGD(pairs(), 2, 10, 3.0, test_data=pairs(one_hot=False, n=30))
        network.SGD(pairs(), 1, 10, 3.0)
    first, second, third = out.getvalue().splitlines()
    right = network_score_after(2)
    assert first.startswith("Epoch 0: ")
    assert second == f"Epoch 1: {right} / 30"
    assert third == "Epoch 0 complete"


def network_score_after(epochs):
    network = Network([5, 4, 3], rng=0)
    network.SGD(pairs(), epochs, 10, 3.0, on_epoch=None)
    return network.evaluate(pairs(one_hot=False, n=30))


def test_callback_sees_every_epoch_and_can_stop():
    seen = []

    def on_epoch(network, epoch, correct, total):
        seen.append((epoch, correct, total))
        return epoch == 2

    network = Network([5, 4, 3], rng=0)
    network.SGD(toy_data(), 10, 10, 3.0, test_data=toy_data(20), on_epoch=on_epoch)
    assert [epoch for epoch, _, _ in seen] == [0, 1, 2]
    assert seen[-1] == (2, network.evaluate(toy_data(20)), 20)


def test_it_learns():
    rng = np.random.default_rng(0)
    images = rng.random((500, 2), dtype=np.float32)
    labels = (images.sum(axis=1) > 1).astype(int)
    network = Network([2, 8, 2], rng=0)
    network.SGD((images, labels), 30, 10, 3.0, on_epoch=None)
    assert network.evaluate((images, labels)) > 480


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("eta", [3, 3.0, np.float64(3), np.float32(3), np.int64(3)])
def test_dtype_is_kept(dtype, eta):
    network = Network([5, 4, 3], rng=0, dtype=dtype)
    network.SGD(toy_data(), 1, 10, eta, on_epoch=None)
    network.update_mini_batch(pairs()[:10], eta)
    arrays = network.biases + network.weights + sum(network.backprop(*columns(network.rng, [5, 3], 2)), [])  # fmt: skip # noqa: E501
    assert {array.dtype for array in arrays} == {np.dtype(dtype)}
    assert network.feedforward(np.ones((5, 1))).dtype == dtype


def test_float32_images_are_not_copied():
    images, labels = toy_data()
    assert examples.training((images, labels), [5, 3], np.float32).images is images


def test_same_seed_same_network_and_order():
    a, b, c = Network([5, 4, 3], rng=7), Network([5, 4, 3], rng=7), Network([5, 4, 3], rng=8)
    for network in (a, b, c):
        network.SGD(toy_data(), 2, 10, 3.0, on_epoch=None)
    assert same(parameters(a), parameters(b))
    assert not same(parameters(a), parameters(c))


def test_both_types_start_alike():
    single, double = (Network([5, 4, 3], rng=1, dtype=t) for t in (np.float32, np.float64))
    assert same([w.astype(np.float32) for w in double.weights], single.weights)


def test_scaled_start_divides_weights_by_root_of_inputs():
    plain, scaled = (Network([784, 30, 10], rng=0, init=i) for i in ("gaussian", "scaled"))
    for n_in, w, v in zip([784, 30], plain.weights, scaled.weights):
        np.testing.assert_allclose(w / np.sqrt(n_in), v, rtol=1e-6)
    assert same(plain.biases, scaled.biases)


def test_update_is_eta_times_the_gradient():
    network = Network([5, 4, 3], rng=0, dtype=np.float64)
    before = parameters(network)
    images, labels = toy_data(10)
    nabla_b, nabla_w = network.backprop(images.T, np.eye(3)[labels].T)
    network.update_mini_batch((images, labels), 0.5)
    for old, new, nabla in zip(before, network.biases + network.weights, nabla_b + nabla_w):
        np.testing.assert_allclose(new, old - 0.5 * nabla, rtol=1e-12, atol=1e-15)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer signals")
def test_interrupt_keeps_a_usable_network():
    network = Network([784, 30, 10], rng=0)
    rng = np.random.default_rng(0)
    images, labels = rng.random((20000, 784), dtype=np.float32), rng.integers(0, 10, 20000)
    before = parameters(network)
    previous = signal.signal(signal.SIGPROF, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_PROF, 0.3)  # of the processor, which others may have as well
        with pytest.raises(KeyboardInterrupt):
            network.SGD((images, labels), 100, 10, 3.0, on_epoch=None)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
    assert not same(before, parameters(network))
    assert all(np.isfinite(array).all() for array in parameters(network))
    assert 0 <= network.evaluate((images[:100], labels[:100])) <= 100
    network.SGD((images[:100], labels[:100]), 1, 10, 3.0, on_epoch=None)


def test_no_warning_at_any_eta():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for eta in (0, 1e-6, 100, 1e6):
            network = Network([5, 4, 3], rng=0)
            network.SGD(toy_data(), 3, 1, eta, on_epoch=None)
            assert all(np.isfinite(array).all() for array in parameters(network))


# What is refused, and that nothing changes


@pytest.mark.parametrize(
    "sizes", [[], [784], [784, 0, 10], [784, -3, 10], [784, 3.5, 10], ["a", 2], None, [3, True]]
)  # fmt: skip
def test_bad_sizes(sizes):
    with pytest.raises(ValueError, match=r"sizes is .*expected at least two layers.*Network\("):
        Network(sizes)


def test_good_sizes_of_other_types():
    assert Network((3, np.int64(2))).sizes == [3, 2]
    assert Network(np.array([3, 2])).sizes == [3, 2]


@pytest.mark.parametrize("options", [{"init": "xavier"}, {"init": None}, {"dtype": int}, {"dtype": "x"}])  # fmt: skip # noqa: E501
def test_bad_options(options):
    with pytest.raises(ValueError, match="expected"):
        Network([3, 2], **options)


BAD_X = {
    "flat": (np.ones(784), r"reshape\(784, 1\)"),
    "row": (np.ones((1, 784)), r"type x\.T"),
    "rows": (np.ones((5, 784)), r"type x\.T"),
    "square pictures": (np.ones((5, 28, 28)), r"reshape\(-1, 784\)\.T"),
    "wrong length": (np.ones((783, 1)), r"expected \(784, m\)"),
    "no column": (np.ones((784, 0)), r"expected \(784, m\)"),
    "NaN": (np.full((784, 1), np.nan), "NaN"),
    "infinity": (np.full((784, 1), np.inf), "infinity"),
    "text": ("a digit", "expected an array of numbers, found 'a digit'"),
    "nothing": (None, "x has shape"),
}


@pytest.mark.parametrize(("x", "message"), BAD_X.values(), ids=BAD_X)
def test_bad_x(x, message):
    network = Network([784, 3, 10], rng=0)
    before = parameters(network)
    with pytest.raises(ValueError, match=message):
        network.feedforward(x)
    if message not in ("NaN", "infinity"):  # backprop runs at every step and looks at shapes only
        with pytest.raises(ValueError, match=message):
            network.backprop(x, np.zeros((10, 1)))
    assert same(before, parameters(network))


@pytest.mark.parametrize("y", [np.zeros(10), np.zeros((10, 2)), np.zeros((1, 10)), 3])  # fmt: skip # noqa: E501
def test_bad_y(y):
    with pytest.raises(ValueError, match="y "):
        Network([784, 3, 10], rng=0).backprop(np.ones((784, 1)), y)


IMAGES, LABELS = toy_data()
BAD_TRAINING = {
    "empty list": ([], "empty"),
    "empty arrays": ((IMAGES[:0], LABELS[:0]), "empty"),
    "lengths differ": ((IMAGES, LABELS[:-1]), "60 images and 59 labels"),
    "label too large": ((IMAGES, np.full(60, 3)), "label 3.*0 to 2"),
    "label negative": ((IMAGES, np.full(60, -1)), "label -1"),
    "label not whole": ((IMAGES, np.full(60, 1.5)), "label 1.5"),
    "label NaN": ((IMAGES, np.full(60, np.nan)), "label nan"),
    "NaN": ((np.full((60, 5), np.nan), LABELS), "NaN"),
    "infinity": ((np.full((60, 5), np.inf), LABELS), "infinity"),
    "columns": ((IMAGES.T.copy(), LABELS), r"images\.T"),
    "pictures": ((np.ones((60, 1, 5)), LABELS), r"reshape\(-1, 5\)"),
    "wrong targets": ((IMAGES, np.ones((60, 4))), r"targets of shape \(60, 4\)"),
    "NaN targets": ((IMAGES, np.full((60, 3), np.nan)), "NaN"),
    "flat x": ([(np.ones(5), np.ones((3, 1)))], r"reshape\(5, 1\)"),
    "not pairs": ([1, 2, 3, 4], "not every element is a pair"),
    "triples": ([(1, 2, 3)], "not every element is a pair"),
    "mixed": ([(np.ones((5, 1)), 1), (np.ones((5, 1)), np.ones((3, 1)))], "mixes"),
    "number": (5, "expected a list"),
    "text": ("abc", "pair|numbers"),
}


@pytest.mark.parametrize(("data", "message"), BAD_TRAINING.values(), ids=BAD_TRAINING)
def test_bad_training_data_changes_nothing(data, message):
    network = Network([5, 4, 3], rng=0)
    before, state = parameters(network), network.rng.bit_generator.state
    with pytest.raises(ValueError, match=message):
        network.SGD(data, 1, 10, 3.0, on_epoch=None)
    with pytest.raises(ValueError, match=message):
        network.update_mini_batch(data, 3.0)
    assert same(before, parameters(network))
    assert network.rng.bit_generator.state == state


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"epochs": -1}, "epochs is -1"),
        ({"epochs": 2.5}, "epochs is 2.5"),
        ({"mini_batch_size": 0}, "mini_batch_size is 0"),
        ({"mini_batch_size": -5}, "mini_batch_size is -5"),
        ({"mini_batch_size": 10.0}, "mini_batch_size is 10.0"),
        ({"eta": np.nan}, "eta is nan"),
        ({"eta": np.inf}, "eta is inf"),
        ({"eta": 1e39}, "eta is 1e"),
        ({"eta": "3"}, "eta is '3'"),
        ({"eta": None}, "eta is None"),
        ({"test_data": []}, "test_data is empty"),
        ({"test_data": (IMAGES, np.full(60, 10))}, "test_data has the label 10"),
        ({"test_data": (IMAGES, LABELS[:5])}, "test_data has 60 images and 5 labels"),
    ],
    ids=str,
)
def test_bad_arguments_change_nothing(changed, message):
    network = Network([5, 4, 3], rng=0)
    before, state = parameters(network), network.rng.bit_generator.state
    arguments = {"epochs": 1, "mini_batch_size": 10, "eta": 3.0} | changed
    with pytest.raises(ValueError, match=message):
        network.SGD(toy_data(), **arguments)
    assert same(before, parameters(network))
    assert network.rng.bit_generator.state == state


def test_zero_epochs_and_a_batch_larger_than_the_data():
    network = Network([5, 4, 3], rng=0)
    before = parameters(network)
    network.SGD(toy_data(), 0, 10, 3.0)
    assert same(before, parameters(network))
    other = Network([5, 4, 3], rng=0)
    network.SGD(toy_data(), 1, 60, 3.0, on_epoch=None)
    other.SGD(toy_data(), 1, 10**9, 3.0, on_epoch=None)
    assert same(parameters(network), parameters(other))


def test_evaluate_takes_every_form():
    network = Network([5, 4, 3], rng=0)
    forms = toy_data(), pairs(one_hot=False), pairs(), (IMAGES, np.eye(3)[LABELS])
    assert len({network.evaluate(form) for form in forms}) == 1


# The method that is read is the method that runs


class Frozen(Network):
    def backprop(self, x, y):
        nabla_b, nabla_w = super().backprop(x, y)
        return [0 * b for b in nabla_b], [0 * w for w in nabla_w]


class Counting(Network):
    """Counts what is called, and changes nothing."""

    def __init__(self, *sizes, **options):
        super().__init__(*sizes, **options)
        self.calls = dict.fromkeys(("backprop", "update_mini_batch", "feedforward", "evaluate"), 0)

    def backprop(self, x, y):
        self.calls["backprop"] += 1
        return super().backprop(x, y)

    def update_mini_batch(self, mini_batch, eta):
        self.calls["update_mini_batch"] += 1
        super().update_mini_batch(mini_batch, eta)

    def feedforward(self, a):
        self.calls["feedforward"] += 1
        return super().feedforward(a)

    def evaluate(self, test_data):
        self.calls["evaluate"] += 1
        return super().evaluate(test_data)


class BooksOwn(Network):
    """The update as the book has it: one example after the other."""

    def update_mini_batch(self, mini_batch, eta):
        sums = [np.zeros_like(p) for p in self.biases], [np.zeros_like(p) for p in self.weights]
        for x, y in mini_batch:
            gradient = self.backprop(x, y)
            sums = [[a + d for a, d in zip(s, g)] for s, g in zip(sums, gradient)]
        share = eta / len(mini_batch)
        self.biases = [b - share * nabla for b, nabla in zip(self.biases, sums[0])]
        self.weights = [w - share * nabla for w, nabla in zip(self.weights, sums[1])]


class Inverted(Network):
    def feedforward(self, a):
        return 1 - super().feedforward(a)


class HalfSlope(Network):
    def activation_derivative(self, a):
        return super().activation_derivative(a) / 2


class Rectified(Network):
    def activation(self, z):
        return np.maximum(0, z)

    def activation_derivative(self, a):
        return (a > 0).astype(a.dtype)


class Momentum(Network):
    """Keeps arrays of its own that it returns as gradient: they must not be changed."""

    def __init__(self, *sizes, **options):
        super().__init__(*sizes, **options)
        self.velocity = [0 * b for b in self.biases], [0 * w for w in self.weights]

    def backprop(self, x, y):
        gradient = super().backprop(x, y)
        self.velocity = tuple(
            [0.5 * v + nabla for v, nabla in zip(*pair)] for pair in zip(self.velocity, gradient)
        )
        return self.velocity


def test_a_backprop_of_zeros_does_not_learn():
    network = Frozen([5, 4, 3], rng=0)
    before = parameters(network)
    network.SGD(toy_data(), 2, 10, 3.0, on_epoch=None)
    network.update_mini_batch(toy_data(), 3.0)
    assert same(before, parameters(network))


@pytest.mark.parametrize("zeros", [np.zeros, lambda shape: np.zeros(shape, int)])
def test_zeros_of_another_type_do_not_change_the_type(zeros):
    class Zeros(Network):
        def backprop(self, x, y):
            return [zeros(b.shape) for b in self.biases], [zeros(w.shape) for w in self.weights]

    network = Zeros([5, 4, 3], rng=0)
    before = parameters(network)
    network.SGD(toy_data(), 2, 10, 3.0, on_epoch=None)
    assert same(before, parameters(network))
    assert {p.dtype for p in network.biases + network.weights} == {np.dtype(np.float32)}


def test_every_method_on_the_way_is_called():
    network, plain = Counting([5, 4, 3], rng=0), Network([5, 4, 3], rng=0)
    for net in (network, plain):
        net.SGD(toy_data(60), 2, 7, 3.0, test_data=toy_data(30), on_epoch=None)
    steps = 2 * 9  # 60 examples in mini-batches of 7: eight of them and one of 4
    assert network.calls == {
        "backprop": steps, "update_mini_batch": steps, "feedforward": 2, "evaluate": 2
    }  # fmt: skip
    assert same(parameters(network), parameters(plain))


def test_the_update_of_the_book_works_in_place_of_ours():
    theirs, ours = (c([5, 4, 3], rng=0, dtype=np.float64) for c in (BooksOwn, Network))
    for network in (theirs, ours):
        network.SGD(toy_data(), 2, 7, 3.0, on_epoch=None)
    for a, b in zip(parameters(theirs), parameters(ours), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-14)


def test_evaluate_uses_the_feedforward_of_a_subclass():
    plain, inverted = Network([5, 4, 2], rng=0), Inverted([5, 4, 2], rng=0)
    images, labels = toy_data(n_out=2)
    assert inverted.evaluate((images, labels)) == 60 - plain.evaluate((images, labels))


def test_slopes_of_a_subclass_are_used_once_a_hidden_layer():
    plain, half = (c([5, 4, 4, 3], rng=0, dtype=np.float64) for c in (Network, HalfSlope))
    x, y = columns(np.random.default_rng(0), [5, 3], 4)
    for layer, power in ((0, 4), (1, 2), (2, 1)):
        np.testing.assert_allclose(
            half.backprop(x, y)[1][layer] * power, plain.backprop(x, y)[1][layer]
        )


def test_another_neuron_needs_two_methods():
    network = Rectified([5, 4, 3], rng=3, dtype=np.float64)
    x, y = columns(np.random.default_rng(0), [5, 3], 4)
    hidden = np.maximum(0, network.weights[0] @ x + network.biases[0])
    outputs = sigmoid(network.weights[1] @ hidden + network.biases[1])
    np.testing.assert_allclose(network.feedforward(x), outputs)
    assert gradients.gradient_check(network, x, y).verdict == "good"


def test_arrays_that_backprop_returns_are_left_alone():
    network = Momentum([5, 4, 3], rng=0, dtype=np.float64)
    data = examples.training(toy_data(), network.sizes, network.dtype)
    expected = [w.copy() for w in network.weights]
    for _ in range(3):
        network.update_mini_batch(data, 2.0)
        expected = [w - 2.0 * v for w, v in zip(expected, network.velocity[1])]
    for found, w in zip(network.weights, expected):
        np.testing.assert_allclose(found, w, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize(
    "gradient",
    [
        lambda b, w: (w, b),
        lambda b, w: (b, [p.T for p in w]),
        lambda b, w: ([p[0] for p in b], w),
        lambda b, w: (b[:1], w),
        lambda b, w: (b, w[:1]),
        lambda b, w: None,
        lambda b, w: b,
    ],
)
def test_a_backprop_that_returns_something_else_is_told_so(gradient):
    class Wrong(Network):
        def backprop(self, x, y):
            return gradient(*super().backprop(x, y))

    network = Wrong([5, 4, 3], rng=0)
    before = parameters(network)
    with pytest.raises(ValueError, match=r"backprop returned.*'weights': \[\(4, 5\), \(3, 4\)\]"):
        network.SGD(toy_data(), 1, 10, 3.0, on_epoch=None)
    assert same(before, parameters(network))


@pytest.mark.parametrize("step", ["SGD", "update_mini_batch", "examples"])
def test_arrays_from_before_a_call_never_change(step):
    network = Network([5, 4, 3], rng=0)
    held, copies = (network.biases, network.weights), parameters(network)
    arrays = network.biases + network.weights
    if step == "SGD":
        network.SGD(toy_data(), 2, 10, 3.0, test_data=toy_data(), on_epoch=None)
    else:
        data = toy_data()
        if step == "examples":
            data = examples.training(data, network.sizes, network.dtype)
        network.update_mini_batch(data, 3.0)
    assert same(copies, arrays)
    assert same(copies, [*held[0], *held[1]])
    assert not same(copies, parameters(network))


def test_what_a_callback_keeps_does_not_change_later():
    kept, copies = [], []

    def keep(network, *_):
        kept.extend(network.biases + network.weights)
        copies.extend(parameters(network))

    Network([5, 4, 3], rng=0).SGD(toy_data(), 3, 10, 3.0, on_epoch=keep)
    assert same(kept, copies)


# Weights and biases set by hand

BY_HAND = [
    lambda net: setattr(net, "weights", [[[1, 2], [3, 4]], [[-1, 1]]]),
    lambda net: setattr(net, "weights", ([[1, 2], [3, 4]], np.array([[-1, 1]]))),
    lambda net: net.weights.__setitem__(slice(None), [[[1, 2], [3, 4]], [[-1, 1]]]),
    lambda net: setattr(net, "weights", [np.array([[1, 3], [2, 4]]).T, np.array([[-1.0, 1.0]])]),
    lambda net: setattr(net, "weights", [np.array([[1, 3], [2, 4]], "f").T, [[-1, 1]]]),
]


@pytest.mark.parametrize("change", BY_HAND)
@pytest.mark.parametrize("use", ["feedforward", "backprop", "SGD", "update", "save"])
def test_weights_set_by_hand_become_arrays_of_the_network(change, use, tmp_path):
    network = Network([2, 2, 1], rng=0)
    change(network)
    network.biases = [[[0], [0]], [[1]]]
    data, x = (np.ones((4, 2)), [0, 1, 1, 0]), np.ones((2, 1))
    {
        "feedforward": lambda: network.feedforward(x),
        "backprop": lambda: network.backprop(x, [[1]]),
        "SGD": lambda: network.SGD(data, 1, 2, 0, on_epoch=None),
        "update": lambda: network.update_mini_batch(data, 0.0),
        "save": lambda: network.save(tmp_path / "net.npz"),
    }[use]()
    assert network.weights[0].tolist() == [[1, 2], [3, 4]]
    assert network.weights[1].tolist() == [[-1, 1]]
    assert {p.dtype for p in network.weights + network.biases} == {np.dtype(np.float32)}
    expected = sigmoid(sigmoid(7.0) - sigmoid(3.0) + 1)
    assert network.feedforward(x).item() == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("weights", np.ones((2, 2)), "expected a list of 2"),
        ("weights", None, "expected a list of 2"),
        ("weights", [np.ones((2, 2))], "1 arrays: expected a list of 2"),
        ("weights", [np.ones((2, 2)), np.ones((1, 2)), [[1]]], "3 arrays: expected a list of 2"),
        ("weights", [np.ones((3, 2)), np.ones((1, 2))], r"weights\[0\] has shape \(3, 2\)"),
        ("weights", [np.ones((2, 2)), np.ones((2, 1))], r"type net\.weights\[1\] = net\..*\.T$"),
        ("weights", [[[1], [2, 3]], [[1, 1]]], r"weights\[0\]: expected an array of numbers"),
        ("weights", ["ab", [[1, 1]]], r"weights\[0\]: expected an array of numbers, found 'ab'"),
        ("weights", [None, None], r"weights\[0\] has shape \(\)"),
        ("biases", [[1, 2], [[1]]], r"type net\.biases\[0\] = np\.reshape\(.*, \(2, 1\)\)$"),
        ("biases", [np.ones((2, 1)), 3], r"biases\[1\] has shape \(\)"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("use", ["feedforward", "backprop", "SGD", "update", "save"])
def test_weights_that_fit_nowhere_are_refused(name, value, message, use, tmp_path):
    network = Network([2, 2, 1], rng=0)
    setattr(network, name, value)
    data, x = (np.ones((4, 2)), [0, 1, 1, 0]), np.ones((2, 1))
    uses = {
        "feedforward": lambda: network.feedforward(x),
        "backprop": lambda: network.backprop(x, [[1]]),
        "SGD": lambda: network.SGD(data, 1, 2, 0, on_epoch=None),
        "update": lambda: network.update_mini_batch(data, 0.0),
        "save": lambda: network.save(tmp_path / "net.npz"),
    }
    with pytest.raises(ValueError, match=message):
        uses[use]()


def test_the_advice_for_flat_biases_and_turned_weights_works_as_typed():
    net = Network([2, 3, 1], rng=0)
    net.biases[0], net.weights[0] = [1, 2, 3], np.ones((2, 3))
    net.biases[0] = np.reshape(net.biases[0], (3, 1))
    net.weights[0] = net.weights[0].T
    assert net.feedforward(np.ones((2, 1))).shape == (1, 1)


# Small things that programs for the book's network use


def test_sigmoid_and_its_slope_are_there_as_in_the_book():
    assert (network_module.sigmoid, network_module.sigmoid_prime) == (sigmoid, sigmoid_prime)


def test_repr_shows_the_sizes():
    assert repr(Network([784, 30, 10])) == "Network([784, 30, 10])"


@pytest.mark.parametrize("rng", ["a", -1, 1.5, [1.5], {}])
def test_a_seed_that_is_none_is_refused(rng):
    with pytest.raises(ValueError, match="rng is .*rng=0"):
        Network([3, 2], rng=rng)


@pytest.mark.parametrize("eta", [10**400, True, [3.0], np.array(3.0), 1j])
def test_an_eta_that_is_no_number_changes_nothing(eta):
    network = Network([5, 4, 3], rng=0)
    before = parameters(network)
    for use in (
        lambda: network.SGD(toy_data(), 1, 10, eta),
        lambda: network.update_mini_batch(toy_data(), eta),
    ):
        with pytest.raises(ValueError, match="eta is .*for example eta=3.0") as caught:
            use()
        assert len(str(caught.value)) < 150
    assert same(before, parameters(network))


def test_a_callback_that_cannot_be_called_is_refused_before_training():
    network = Network([5, 4, 3], rng=0)
    before = parameters(network)
    with pytest.raises(ValueError, match="on_epoch is 5: expected a function"):
        network.SGD(toy_data(), 1, 10, 3.0, on_epoch=5)
    assert same(before, parameters(network))


def test_a_pair_given_to_feedforward_is_told_what_it_is():
    with pytest.raises(
        ValueError, match=r"a tuple of 2 things; give one of them, for example x\[0\]"
    ):
        Network([5, 3], rng=0).feedforward(pairs()[0])


# Saving


def test_what_load_would_refuse_save_refuses_first(tmp_path):
    network = Network([5, 4, 3], rng=0)
    network.weights[1][0, 0] = np.nan
    with pytest.raises(ValueError, match=r"cannot be saved: weights\[1\].*NaN"):
        network.save(tmp_path / "net.npz")
    assert not list(tmp_path.iterdir())


def test_load_on_a_network_says_that_it_makes_a_new_one(tmp_path):
    network = Network([5, 4, 3], rng=0)
    network.save(tmp_path / "net.npz")
    with pytest.raises(TypeError, match=r'type for example net = Network\.load\("net.npz"\)'):
        network.load(tmp_path / "net.npz")
    assert isinstance(Rectified.load(tmp_path / "net.npz"), Rectified)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_saved_network_comes_back(tmp_path, dtype):
    network = Network([5, 4, 3], rng=0, dtype=dtype)
    network.save(tmp_path / "net.npz")
    again = Network.load(tmp_path / "net.npz", sizes=[5, 4, 3])
    assert (again.sizes, again.num_layers, again.dtype) == ([5, 4, 3], 3, np.dtype(dtype))
    assert same(parameters(network), parameters(again))
    again.SGD(toy_data(), 1, 10, 3.0, on_epoch=None)


def test_a_loaded_network_goes_on_in_the_order_of_its_seed(tmp_path):
    Network([5, 4, 3], rng=0).save(tmp_path / "net.npz")
    trained = []
    for seed in (3, 3, 4):
        network = Network.load(tmp_path / "net.npz", rng=seed)
        network.SGD(toy_data(), 1, 10, 3.0, on_epoch=None)
        trained.append(parameters(network))
    assert same(trained[0], trained[1])
    assert not same(trained[0], trained[2])


def saved(tmp_path, **changed):
    path = tmp_path / "net.npz"
    Network([5, 4, 3], rng=0).save(path)
    if changed:
        arrays = storage.load_arrays(path) | changed
        storage.save_arrays(path, {k: v for k, v in arrays.items() if v is not None})
    return path


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sizes": None}, "no array 'sizes'"),
        ({"sizes": np.array([5])}, r"'sizes' are \[5\]"),
        ({"sizes": np.array([5, 6, 3])}, r"'biases_1' should be floats of shape \(6, 1\)"),
        ({"weights_2": None}, "'weights_2'"),
        ({"weights_2": np.ones((3, 4), int)}, "found int64"),
        ({"weights_2": np.full((3, 4), np.nan, np.float32)}, "NaN"),
        ({"weights_2": np.ones((3, 4))}, "mixes"),
    ],
    ids=str,
)
def test_wrong_weights_file(tmp_path, changed, message):
    with pytest.raises(ValueError, match=message):
        Network.load(saved(tmp_path, **changed))


def test_weights_of_another_architecture(tmp_path):
    with pytest.raises(ValueError, match=r"\[5, 4, 3\], not \[784, 30, 10\]"):
        Network.load(saved(tmp_path), sizes=[784, 30, 10])


def test_cut_off_weights_file(tmp_path):
    path = saved(tmp_path)
    whole = path.read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ValueError, match="net.npz"):
            Network.load(path)


def test_weights_file_with_objects_is_never_unpickled(tmp_path):
    path = tmp_path / "net.npz"
    np.savez(path, sizes=np.array([5, 3]), biases_1=np.array([{}], dtype=object))
    with pytest.raises(ValueError, match="net.npz"):
        Network.load(path)


def test_missing_weights_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere.npz"):
        Network.load(tmp_path / "nowhere.npz")


# Neurons


def test_perceptron_is_strict_at_equality():
    assert perceptron([1, 1], [2, -2], 0) == 0
    assert perceptron([1, 0], [2, -2], 0) == 1
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    assert perceptron(rows, [-2, -2], 3).tolist() == [1, 1, 1, 0]
    with pytest.raises(ValueError, match="one weight per input"):
        perceptron([1, 0, 1], [2, -2], 0)


@given(st.floats(-1e4, 1e4))
def test_sigmoid(z):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a = sigmoid(z)
    assert 0 <= a <= 1
    assert a + sigmoid(-z) == pytest.approx(1)
    assert 0 <= sigmoid_prime(z) <= 0.25
    if abs(z) < 30:
        assert a == pytest.approx(1 / (1 + np.exp(-z)), rel=1e-12)
