"""Lesson 03: the truths, and what tells one wrong answer from another."""

import numpy as np

from course.ask import compare

BIAS_SHAPES_MISTAKES = {
    "output-biases-first": [(4, 1), (5, 1)],
    "biases-of-inputs": [(8, 1), (5, 1)],
    "columns-counted": [(1, 5), (1, 4)],
    "weights-as-biases": [(5, 8), (4, 5)],
}


def from_shapes(answer, says):
    """Layer sizes from the shapes (5, 8) and (4, 5), then the shapes of the biases."""
    sizes, shapes = compare.unpack(answer, "sizes", "bias_shapes")
    return _wrong_sizes(sizes, says) or _wrong_shapes(shapes, says)


def _wrong_sizes(sizes, says):
    given = compare.numbers(sizes, None, "`sizes`").ravel().tolist()
    if given == [8, 5, 4]:
        return None
    if len(given) != 3:
        return f"`sizes` has {len(given)} numbers. {says['number-of-layers']}"
    if given == [4, 5, 8]:
        return says["outputs-first"]
    return says["wrong-end" if given[1] == 5 else "wrong-middle"]


def _wrong_shapes(shapes, says):
    pairs = isinstance(shapes, (list, tuple)) and len(shapes) == 2
    if pairs and all(isinstance(one, np.ndarray) and one.ndim == 2 for one in shapes):
        return says["biases-themselves"]
    given = compare.numbers(shapes, None, "`bias_shapes`")
    if given.shape != (2, 2):
        return says["not-two-shapes"]
    known = compare.named(BIAS_SHAPES_MISTAKES, says)
    found = (words for wrong, words in known if np.array_equal(given, wrong))
    if given.tolist() == [[5, 1], [4, 1]]:
        return None
    ending = "not-one-column" if (given[:, 1] != 1).any() else "wrong-rows"
    return next(found, says[ending])
