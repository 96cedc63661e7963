import itertools
import random

import numpy as np
import pytest

from nnlib import mnist, mnist_loader


@pytest.fixture(scope="module")
def wrapped():
    return mnist_loader.load_data_wrapper("mini")


@pytest.fixture(scope="module")
def plain():
    return mnist_loader.load_data("mini")


def test_load_data_gives_three_pairs_of_arrays(plain):
    assert isinstance(plain, tuple)
    assert [(images.shape, labels.shape) for images, labels in plain] == [
        ((4000, 784), (4000,)),
        ((500, 784), (500,)),
        ((500, 784), (500,)),
    ]


def test_training_data_is_a_list_of_columns(wrapped, plain):
    training_data = wrapped[0]
    assert isinstance(training_data, list)
    images, labels = plain[0]
    for (x, y), image, label in zip(training_data, images, labels, strict=True):
        assert (x.shape, x.dtype, y.shape, y.dtype) == ((784, 1), np.float32, (10, 1), np.float32)
        assert np.array_equal(x[:, 0], image)
        assert np.array_equal(y, mnist_loader.vectorized_result(label))


@pytest.mark.parametrize("place", [1, 2])
def test_validation_and_test_data_have_plain_labels(wrapped, plain, place):
    assert isinstance(wrapped[place], list)
    for (x, label), image, expected in zip(wrapped[place], *plain[place], strict=True):
        assert x.shape == (784, 1)
        assert np.array_equal(x[:, 0], image)
        assert type(label) is int
        assert label == expected


def test_columns_are_views_into_one_array(wrapped):
    for column in (0, 1):
        bases = {id(pair[column].base) for pair in wrapped[0]}
        assert len(bases) == 1
    x0, x1 = wrapped[0][0][0], wrapped[0][1][0]
    assert x1.ctypes.data - x0.ctypes.data == 784 * 4


def test_lists_can_be_used_again_cut_and_shuffled(wrapped):
    training_data = wrapped[0]
    assert len(list(training_data)) == len(list(training_data)) == 4000
    assert len(training_data[:10]) == 10
    mixed = random.Random(1).sample(training_data, 4000)
    assert sum(int(y.argmax()) for _, y in mixed) == 400 * sum(range(10))


def test_the_set_may_be_chosen_and_the_choice_is_passed_on(monkeypatch):
    asked = []
    small = mnist.load("mini")
    monkeypatch.setattr(mnist, "load", lambda which: asked.append(which) or small)
    for function, which in itertools.product(
        (mnist_loader.load_data, mnist_loader.load_data_wrapper), ("full", "mini")
    ):
        function(which)
        function()
        assert asked == [which, None]
        asked.clear()


@pytest.mark.parametrize("kind", [int, np.int64, np.uint8, np.array])
def test_vectorized_result_has_one_one(kind):
    for j in range(10):
        column = mnist_loader.vectorized_result(kind(j))
        assert column.dtype == np.float32
        assert np.array_equal(column, np.eye(10)[:, [j]])


@pytest.mark.parametrize("j", [10, -1, 3.5, 3.0, "3", None, True, np.True_, [3], float("nan")])
def test_vectorized_result_refuses_what_is_no_digit(j):
    with pytest.raises(ValueError, match="expected a digit, a whole number from 0 to 9"):
        mnist_loader.vectorized_result(j)
