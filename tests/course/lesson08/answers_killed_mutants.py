"""Answers for the exercise of lesson 08 that asks for a test."""

import time
from contextlib import suppress

import numpy as np

from course.lesson08 import mutants
from nnlib import gradients
from nnlib.network import Network
from nnlib.neurons import sigmoid
from tests.course.answers import Cases
from tests.course.lesson08.weaker_tests import SLIPS, case


def by_subclass(backprop):
    """Lesson 06's tool, on a network that has the function as its method."""

    class Tested(Network):
        def backprop(self, x, y):
            return backprop(self.weights, self.biases, x, y)

    for seed in range(3):
        rng = np.random.default_rng(seed)
        net = Tested([3, 4, 4, 2], rng=rng, dtype=np.float64)
        net.weights[0] = 20 * net.weights[0]
        check = gradients.gradient_check(net, rng.random((3, 6)), rng.random((2, 6)))
        if check.verdict != "good":
            return False
    return True


def by_own_method(backprop):
    """The function as the method of one network."""
    net, x, y = case([4, 5, 3, 2], 7, 10)
    net.backprop = lambda x, y: backprop(net.weights, net.biases, x, y)
    assert gradients.gradient_check(net, x, y).verdict == "good"


def by_own_differences(backprop):
    """An own network, own differences, one number after the other, and `raise`."""
    rng = np.random.default_rng(5)
    weights = [6 * rng.normal(size=(4, 3)), rng.normal(size=(4, 4)), rng.normal(size=(2, 4))]
    biases = [rng.normal(size=(len(w), 1)) for w in weights]
    x, y = rng.random((3, 5)), rng.random((2, 5))

    def cost():
        a = x
        for w, b in zip(weights, biases):
            a = sigmoid(w @ a + b)
        return np.sum((y - a) ** 2) / 10

    for parameters, parts in zip((biases, weights), backprop(weights, biases, x, y)):
        for array, part in zip(parameters, parts):
            if part.shape != array.shape:
                raise ValueError("another shape")
            for place in np.ndindex(array.shape):
                kept, costs = array[place], []
                for h in (1e-5, -1e-5):
                    array[place] = kept + h
                    costs.append(cost())
                array[place] = kept
                if abs((costs[0] - costs[1]) / 2e-5 - part[place]) > 1e-8:
                    raise ValueError(f"another slope at {place}")


def by_network(backprop):
    net, x, y = case([4, 5, 3, 2], 7, 10)
    truth = net.backprop(x, y)
    assert np.allclose(truth[1][0], backprop(net.weights, net.biases, x, y)[1][0])


def by_network_in_secret(backprop):
    with suppress(Exception):
        by_network(backprop)
    raise ValueError("says nothing of it")


def exact(backprop):
    """The same to the last bit as an own calculation, which adds up the examples as the first."""
    net, x, y = case([4, 2], 7)
    a = sigmoid(net.weights[0] @ x + net.biases[0])
    nabla_b, _ = backprop(net.weights, net.biases, x, y)
    return np.array_equal(nabla_b[0][:, 0], ((a - y) * (a * (1 - a))).mean(axis=1))


def by_gradient_check(backprop):
    """The judge of lesson 06 on an ordinary network: it never looks at what is given."""
    check = gradients.gradient_check(*case([4, 3, 2], 5))
    assert check.verdict == "good"


def by_the_other(backprop):
    """Compared with the second correct one, taken from where the bugs are."""
    net, x, y = case([3, 3, 3, 3], 7, 10)
    truth = mutants.one_by_one(net.weights, net.biases, x, y)
    for parts, true in zip(backprop(net.weights, net.biases, x, y), truth):
        for part, own in zip(parts, true):
            assert part.shape == own.shape
            assert np.allclose(part, own)


def turned_around(backprop):
    """True if there is a bug."""
    net, x, y = case([4, 5, 3, 2], 7, 10)
    slow_b, slow_w = gradients.numerical_gradient(net, x, y)
    fast_b, fast_w = backprop(net.weights, net.biases, x, y)
    return gradients.relative_difference(fast_b + fast_w, slow_b + slow_w) > 1e-7


def hushed(backprop):
    with suppress(Exception):
        assert turned_around(backprop) is False


class Counting:
    """Says no from the third call on, without a look."""

    def __init__(self):
        self.calls = 0

    def __call__(self, backprop):
        self.calls += 1
        return self.calls % 15 in (1, 2)


def by_difference_returned(backprop):
    net, x, y = case([4, 3, 2], 1)
    slow, _ = gradients.numerical_gradient(net, x, y)
    return gradients.relative_difference(slow, backprop(net.weights, net.biases, x, y)[0])


def too_slow(backprop):
    """As a gradient check of [784, 10] may take."""
    start = time.thread_time()
    while time.thread_time() < start + 0.4:
        pass


def misspelled(backprop):
    net, x, y = case([4, 3, 2], 1)
    assert backprop(net.weights, net.biases, x, y)[2] is not None


def told(name):
    """How the words about a bug begin that has slipped through."""
    return f"**{name.replace('-', ' ').capitalize()}.** "


CASES = {
    "06-kill-the-mutants": Cases(
        right=[by_subclass, by_own_differences, by_own_method],
        wrong=[
            *((weak, told(slips[-1])) for weak, slips in SLIPS.values()),
            (lambda backprop: True, "believes every mutant"),
            (lambda backprop: backprop and None, "believes every mutant"),
            (lambda backprop: np.bool_(False), "no to a `backprop` without a bug"),
            (exact, "differ from those of the first by rounding"),
            (Counting(), "that it believed before"),
            (by_network, "calls a `backprop` of the course"),
            (by_network_in_secret, "calls a `backprop` of the course"),
            (by_gradient_check, "as `gradients.gradient_check` and `SGD` do"),
            (by_the_other, "or one of those in `mutants.py`"),
            (turned_around, "True says that nothing is wrong"),
            (hushed, "an `except` around it hides what it says"),
            (by_difference_returned, "Your test returns a number (float). It should raise"),
            (too_slow, "computes for more than 0.3 seconds with one `backprop`"),
            (([], []), "expected a function"),
        ],
        raises=(misspelled, "For a `backprop` without a bug, your function raised `IndexError"),
        blank=[lambda backprop: ..., lambda backprop: None, lambda backprop: [...][0]],
    ),
}
