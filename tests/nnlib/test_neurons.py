"""The perceptron: every binary input against plain Python, and the words for bad arguments."""

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.neurons import perceptron

weights = st.lists(st.integers(-9, 9), min_size=1, max_size=4)


@given(weights, st.integers(-20, 20))
def test_every_binary_input_agrees_with_a_plain_sum(w, b):
    rows = list(product([0, 1], repeat=len(w)))
    expected = [1 if sum(wi * xi for wi, xi in zip(w, x)) > -b else 0 for x in rows]
    assert [perceptron(x, w, b) for x in rows] == expected
    assert perceptron(rows, w, b).tolist() == expected


def test_result_is_an_int_or_an_array_of_ints():
    assert type(perceptron([True, False], [1.5, 2], -1)) is int
    assert perceptron(np.ones((3, 2), dtype=np.float32), [1, 1], -1).dtype.kind == "i"
    assert perceptron([], [], 3) == 1
    assert perceptron([], [], 0) == 0


def test_the_shapes_that_it_tells_to_give_are_right():
    with pytest.raises(ValueError, match=r"give x the shape .* and w the shape") as refused:
        perceptron(np.zeros((3, 2, 2)), np.ones(2), 0)
    *of_x, of_w = re.findall(r"\(([nm, ]+)\)", str(refused.value).split("give x")[1])
    sizes = {"n": 2, "m": 3}
    shaped = [[sizes[one] for one in text.replace(",", " ").split()] for text in (*of_x, of_w)]
    for shape in shaped[:-1]:
        assert np.shape(perceptron(np.zeros(shape), np.ones(shaped[-1]), 0)) == tuple(shape[:-1])
    assert len(of_x) == 2


@pytest.mark.parametrize(
    ("x", "w", "b", "message"),
    [
        ([0, 0.638], [1, 1], 0, r"got the input 0\.638: expected only 0 and 1"),
        ([0, -1], [1, 1], 0, "got the input -1"),
        ([[0, 1], [2, 1]], [1, 1], 0, "got the input 2"),
        ([0, np.nan], [1, 1], 0, "got the input nan"),
        ([0, 1], [1, np.nan], 0, "w is .* NaN or infinity"),
        ([0, 1], [1, np.inf], 0, "w is .* NaN or infinity"),
        ([0, 1], [1, 1], np.nan, "b is nan"),
        ([0, 1], [1, 1], [1, 1], r"b has shape \(2,\)"),
        ([0, 1], [1, 1], None, "b is None|b is nan"),
        ([0, 1], [1, 1, 1], 0, "one weight per input"),
        ([[0], [1]], [[1], [1]], 0, "one weight per input"),
        (1, 1, 0, "one weight per input"),
        (np.zeros((2, 2, 2)), [1, 1], 0, r"shape \(2, 2, 2\)"),
        (["yes", "no"], [1, 1], 0, "x is .*expected numbers"),
        ([[0, 1], [0]], [1, 1], 0, "x is .*expected numbers"),
    ],
)
def test_bad_arguments_are_named(x, w, b, message):
    with pytest.raises(ValueError, match=message):
        perceptron(x, w, b)
