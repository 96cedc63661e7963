"""The loader of the book: the MNIST digits in the two forms that its programs take."""

import operator

import numpy as np

from nnlib import mnist
from nnlib.examples import Examples, one_hot


def load_data(which=None):
    """(training_data, validation_data, test_data), each a pair (images, labels) of arrays.

    images: (n, 784) float32 in [0, 1]; labels: (n,) int64. which: as in `mnist.load`.
    """
    return tuple(mnist.load(which))


def load_data_wrapper(which=None):
    """(training_data, validation_data, test_data), each a list with one pair for each digit.

    training_data: pairs (x, y) of columns, x (784, 1) and y (10, 1) float32, y being
    `vectorized_result(label)`. validation_data and test_data: pairs (x, label), label an int.
    The columns share the memory of one array of images. which: as in `mnist.load`.
    """
    train, *others = mnist.load(which)
    return (
        list(Examples(train.images, one_hot(train.labels, 10, np.float32))),
        *(list(zip(split.images[:, :, np.newaxis], split.labels.tolist())) for split in others),
    )


def vectorized_result(j):
    """The wanted output for digit j: (10, 1) float32, 1 in place j and 0 elsewhere.

    Raises ValueError unless j is a whole number from 0 to 9.
    """
    try:
        digit = -1 if isinstance(j, (bool, np.bool_)) else operator.index(j)
    except TypeError:
        digit = -1
    if not 0 <= digit <= 9:
        raise ValueError(f"j is {j!r}: expected a digit, a whole number from 0 to 9")
    column = np.zeros((10, 1), np.float32)
    column[digit] = 1.0
    return column
