"""The numerical gradient against an independent backprop, and what the check says about bugs."""

import numpy as np
import pytest

from benchmarks import textbook
from nnlib import gradients
from nnlib.network import Network

pytestmark = pytest.mark.trains

SIZES = [[3, 2], [2, 2, 1], [4, 5, 3], [3, 4, 4, 2]]


def example(sizes, m=3, seed=0):
    rng = np.random.default_rng(seed)
    network = Network(sizes, rng=rng, dtype=np.float64)
    return network, rng.random((sizes[0], m)), rng.random((sizes[-1], m))


class Faulty(Network):
    """A network whose gradient is changed by a function of (nabla_b, nabla_w)."""

    fault = None

    def backprop(self, x, y):
        return self.fault(*super().backprop(x, y))


def faulty(fault, sizes=(2, 3, 2)):
    network, x, y = example(list(sizes))
    network.__class__ = type("Changed", (Faulty,), {"fault": staticmethod(fault)})
    return network, x, y


def test_cost_is_half_the_mean_squared_length():
    network, x, y = example([4, 5, 3])
    errors = [network.feedforward(x[:, [k]]) - y[:, [k]] for k in range(3)]
    expected = np.mean([0.5 * np.linalg.norm(error) ** 2 for error in errors])
    assert gradients.quadratic_cost(network, x, y) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("m", [1, 4])
def test_numerical_gradient_is_the_textbooks(sizes, m):
    network, x, y = example(sizes, m)
    slow = gradients.numerical_gradient(network, x, y)
    fast = textbook.mean_gradient(network.weights, network.biases, x, y)
    for found, expected in zip(slow, fast):
        assert [a.shape for a in found] == [a.shape for a in expected]
        np.testing.assert_allclose(
            np.concatenate([a.ravel() for a in found]),
            np.concatenate([a.ravel() for a in expected]),
            rtol=1e-6,
            atol=1e-9,
        )


def test_network_is_left_as_it_was():
    network, x, y = example([3, 4, 2])
    before = [p.copy() for p in network.biases + network.weights]
    gradients.gradient_check(network, x, y)
    assert all(map(np.array_equal, before, network.biases + network.weights))


def test_network_is_left_as_it_was_after_an_interrupt():
    network, x, y = example([3, 4, 2])
    before = [p.copy() for p in network.biases + network.weights]
    calls = iter(range(9))

    class Interrupted(Network):
        def feedforward(self, a):
            if next(calls) == 8:
                raise KeyboardInterrupt
            return super().feedforward(a)

    network.__class__ = Interrupted
    with pytest.raises(KeyboardInterrupt):
        gradients.numerical_gradient(network, x, y)
    assert all(map(np.array_equal, before, network.biases + network.weights))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (np.array([3.0, 4.0]), np.array([3.0, 4.0]), 0),
        (np.zeros(2), np.zeros(2), 0),
        (np.array([3.0, 4.0]), np.array([6.0, 8.0]), 1 / 2),
        (np.array([6.0, 8.0]), np.array([3.0, 4.0]), 1 / 2),
        (np.array([3.0, 4.0]), np.array([-3.0, -4.0]), 2),
        (np.array([3.0, 4.0]), np.zeros(2), 1),
        ([np.array([3.0]), np.array([[4.0]])], [np.array([3.0]), np.array([[9.0]])], 5 / 90**0.5),
    ],
)
def test_relative_difference(first, second, expected):
    assert gradients.relative_difference(first, second) == pytest.approx(expected, abs=1e-15)


@pytest.mark.parametrize("other", [0.0, 3.0, np.nan])
def test_nan_is_never_good(other):
    first, second = np.array([np.nan, other]), np.array([other, 0.0])
    assert gradients.verdict(gradients.relative_difference(first, second)) == "wrong"
    assert gradients.verdict(gradients.relative_difference(second, first)) == "wrong"


@pytest.mark.parametrize("second", [np.zeros((2, 1)), [np.zeros(2), np.zeros(2)]])
def test_relative_difference_needs_equal_shapes(second):
    with pytest.raises(ValueError, match="same ones"):
        gradients.relative_difference(np.zeros(2), second)


@pytest.mark.parametrize(
    ("difference", "expected"),
    [
        (0, "good"),
        (9.9e-8, "good"),
        (1e-7, "unclear"),
        (1e-2, "unclear"),
        (1.01e-2, "wrong"),
        (2, "wrong"),
        (np.nan, "wrong"),
    ],
)
def test_verdict_at_the_limits(difference, expected):
    assert gradients.verdict(difference) == expected


@pytest.mark.parametrize("sizes", SIZES, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_backprop_passes(sizes, seed):
    check = gradients.gradient_check(*example(sizes, seed=seed))
    assert check.verdict == "good"
    assert check.difference < 1e-8
    layers = range(len(sizes) - 1)
    assert list(check.parts) == [f"{name}[{k}]" for name in ("biases", "weights") for k in layers]
    assert all(gradients.verdict(part) == "good" for part in check.parts.values())


def test_a_factor_of_two_shows_as_one_half():
    check = gradients.gradient_check(*faulty(lambda b, w: ([2 * g for g in b], [2 * g for g in w])))
    assert check.verdict == "wrong"
    assert [check.difference, *check.parts.values()] == pytest.approx([0.5] * 5, abs=1e-7)


def test_a_wrong_array_is_named():
    check = gradients.gradient_check(*faulty(lambda b, w: (b, [-w[0], w[1]])))
    assert check.verdict == "wrong"
    wrong = [name for name, part in check.parts.items() if gradients.verdict(part) == "wrong"]
    assert wrong == ["weights[0]"]
    assert check.parts["weights[0]"] == pytest.approx(2, abs=1e-7)


def test_a_small_fault_is_unclear():
    check = gradients.gradient_check(*faulty(lambda b, w: (b, [w[0], 1.0001 * w[1]])))
    assert check.verdict == "unclear"
    assert check.parts["weights[1]"] == pytest.approx(1e-4, rel=1e-3)


def test_printed_check_has_no_rounding_noise():
    lines = repr(gradients.gradient_check(*faulty(lambda b, w: (b, [2 * w[0], w[1]])))).splitlines()
    assert lines[1:] == [
        "biases[0]       below 1e-07   good",
        "biases[1]       below 1e-07   good",
        "weights[0]      0.5           wrong",
        "weights[1]      below 1e-07   good",
    ]
    assert lines[0].startswith("whole gradient  0.")
    assert lines[0].endswith("wrong")


@pytest.mark.parametrize("fault", [lambda b, w: (b[:1], w), lambda b, w: (w, b)])
def test_missing_or_swapped_arrays_are_named(fault):
    with pytest.raises(ValueError, match="same ones"):
        gradients.gradient_check(*faulty(fault))


def test_float32_is_refused():
    network = Network([2, 2, 1], rng=0)
    with pytest.raises(ValueError, match="dtype=np.float64"):
        gradients.gradient_check(network, np.zeros((2, 1)), np.zeros((1, 1)))


@pytest.mark.parametrize("h", [0, -1e-5, np.nan, np.inf])
def test_bad_h(h):
    with pytest.raises(ValueError, match="h is .*for example h=1e-5"):
        gradients.numerical_gradient(*example([2, 2, 1]), h=h)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (np.zeros(2), np.zeros((1, 1)), r"x.reshape\(2, 1\)"),
        (np.zeros((2, 1)), np.zeros((1, 2)), "y has shape"),
        (np.full((2, 1), np.nan), np.zeros((1, 1)), "finite"),
    ],
)
def test_bad_x_and_y(x, y, message):
    network, _, _ = example([2, 2, 1])
    with pytest.raises(ValueError, match=message):
        gradients.gradient_check(network, x, y)
