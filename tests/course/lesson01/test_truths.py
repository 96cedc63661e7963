"""The truths behind the questions of lesson 01, each computed in another way."""

from itertools import product

import numpy as np
import pytest

from course.lesson01 import questions
from nnlib.neurons import perceptron as fires
from tests.course.truths import is_right, right

pytestmark = pytest.mark.trains

HALVES = np.arange(-4, 5) / 2


def test_thresholds_against_the_truth_table():
    X = np.array(list(product([0, 1], repeat=3)))
    wanted = X[:, 0] & (X[:, 1] | X[:, 2])
    for t in [*np.arange(-2, 13, 0.25), 7.9999, 5.9999]:
        fits = np.array_equal(fires(X, [6, 2, 2], -t), wanted)
        assert is_right(questions.threshold, t) == fits, t


def test_not_gates_against_the_perceptron():
    for w, b in product(HALVES, HALVES):
        fits = [fires([x], [w], b) for x in (0, 1)] == [1, 0]
        assert is_right(questions.not_, (w, b)) == fits, (w, b)


def test_doubled_weights_against_the_perceptron():
    for w1, w2, b in product(HALVES[::2], HALVES[::2], HALVES):
        for x in product([0, 1], repeat=2):
            fits = fires(x, [w1, w2], b) != fires(x, [2 * w1, 2 * w2], b)
            assert is_right(questions.weights_only, ([w1, w2], b, x)) == fits


def test_go_or_stay():
    went = ["go" if fires([0, 1, 1], [6, 2, 2], -t) else "stay" for t in (5, 3)]
    assert right(questions.go_or_stay) == f"You {went[0]} at 5 and {went[1]} at 3"
    assert right(questions.equality) == str(int(fires([0, 1, 1], [6, 2, 2], -4)))


def test_one_slider_from_the_start_to_or():
    """Each slider is moved alone, as far as the lab lets it and farther."""
    corners = np.array(list(product([0, 1], repeat=2)))
    found = set()
    for name, index in [("w1", 0), ("w2", 1), ("b", 2)]:
        for change in np.arange(-12, 12.25, 0.25):
            w1, w2, b = (value + change * (k == index) for k, value in enumerate((2, 2, -3)))
            if np.array_equal(fires(corners, [w1, w2], b), [0, 1, 1, 1]):
                found.add(f"{'Raise' if change > 0 else 'Lower'} {name}")
    assert found == {right(questions.one_slider)}
