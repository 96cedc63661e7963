"""Lost digits and inverted images: the truths, and what tells wrong answers apart."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong
from nnlib.diagnosis import lost_digits


def lost_and_ceiling(confusion):
    """Digits with a recall below 1/20, and the percent of all images that are of other digits.

    confusion: (10, 10), row = true digit, column = answer, with at least one image. A digit without
    images has no recall and is not lost.
    """
    confusion = np.asarray(confusion)
    images = confusion.sum(axis=1)
    lost = [d for d in range(10) if 20 * confusion[d, d] < images[d]]
    return lost, 100 * (1 - images[lost].sum() / images.sum())


def _ceiling(confusion, lost):
    images = np.sum(confusion, axis=1)
    return 100 * (1 - images[lost].sum() / images.sum())


def _judging_by(rule):
    """The same function with another rule for lost digits: rule(confusion, digit) -> bool."""

    def mistaken(confusion):
        confusion = np.asarray(confusion)
        lost = [d for d in range(10) if rule(confusion, d)]
        return lost, _ceiling(confusion, lost)

    return mistaken


def _accuracy_now(confusion):
    return lost_and_ceiling(confusion)[0], 100 * np.trace(confusion) / np.sum(confusion)


def _keeps_recognized(confusion):
    """A ceiling that counts the few images of lost digits that are recognized."""
    lost, ceiling = lost_and_ceiling(confusion)
    recognized = sum(confusion[d, d] for d in lost)
    return lost, ceiling + 100 * recognized / np.sum(confusion)


def _by_answers(confusion):
    lost = lost_and_ceiling(confusion)[0]
    return lost, 100 * (1 - np.sum(np.asarray(confusion)[:, lost]) / np.sum(confusion))


def _lost_share(confusion):
    lost, ceiling = lost_and_ceiling(confusion)
    return lost, 100 - ceiling


def _ten_points_each(confusion):
    lost = lost_and_ceiling(confusion)[0]
    return lost, 100 - 10 * len(lost)


def _matrix(images, moved=()):
    """A confusion matrix of a network that is right, but for some images of the digits.

    images: how many of each digit, (10,).  moved: triples (digit, answer, count of its images).
    """
    confusion = np.diag(images)
    for digit, answer, count in moved:
        confusion[digit, digit] -= count
        confusion[digit, answer] += count
    return confusion


FEW_FIVES = [50, 50, 50, 50, 50, 5, 50, 50, 50, 50]

UNEVEN = [97, 116, 99, 103, 98, 86, 98, 106, 101, 96]

MISTAKES = [(2, 7, 4), (3, 8, 6), (4, 9, 9), (8, 5, 3), (9, 4, 5)]

CONFUSIONS = {
    "a network without a lost digit": (_matrix(UNEVEN, MISTAKES),),
    "a network that never answers 5": (
        _matrix(UNEVEN, [*MISTAKES[:3], (5, 3, 61), (5, 8, 25), (9, 4, 5)]),
    ),
    "a network that has lost two digits": (
        _matrix(UNEVEN, [(2, 1, 70), (2, 3, 29), (8, 3, 80), (8, 5, 21), (4, 9, 7), (6, 8, 1)]),
    ),
    "a few images of 5, and too many answers 5": (
        _matrix(FEW_FIVES, [(3, 5, 45), (8, 5, 44), (0, 5, 30), (2, 5, 30)]),
    ),
    "a recall just above 1 in 20, and others": (
        _matrix([100] * 10, [(3, 5, 93), (7, 1, 94), (2, 7, 40)]),
    ),
    "a thousand images, three digits lost": (
        _matrix(
            np.random.default_rng(2).integers(80, 120, 10).tolist(),
            [(0, 6, 78), (5, 3, 76), (9, 4, 79), (1, 7, 30)],
        ),
    ),
    "a recall of exactly 1 in 20": (_matrix([100] * 10, [(7, 1, 95), (4, 9, 96)]),),
    "images without a single 6": (_matrix([50, 50, 50, 50, 50, 50, 0, 50, 50, 50], [(1, 7, 50)]),),
    "a single digit without mistakes": (_matrix([0, 0, 0, 7] + [0] * 6),),
    "a network that always answers 1": (
        _matrix(UNEVEN, [(d, 1, UNEVEN[d]) for d in range(10) if d != 1]),
    ),
    "images of 0 only, none of them recognized": (_matrix([20] + [0] * 9, [(0, 6, 20)]),),
}


def _drawn_confusions(rng):
    """words -> (confusion,) of random networks, three of whose digits are lost, at and near 1/20.

    One recall is exactly 1 in 20, which is not lost.
    """

    def draw():
        images = 20 * rng.integers(3, 8, 10)
        digits = rng.permutation(10)
        moved = [(d, (d + 1) % 10, int(0.98 * images[d])) for d in digits[:3]]
        moved += [(digits[3], digits[0], images[digits[3]] * 19 // 20)]
        return (_matrix(images, moved),)

    return {"a network that lost three digits": draw(), "another that lost three": draw()}


def _same_diagnosis(given, expected, name):
    """None if (lost digits in any order, ceiling) is the expected pair, otherwise a message."""
    if not isinstance(given, (tuple, list)) or len(given) != 2 or given[0] is None:
        return compare.part_by_part("lost", "ceiling")(given, expected, name)
    return _same_digits(given[0], expected[0], name) or compare.arrays(
        given[1],
        expected[1],
        f"`ceiling` in {name}",
        factors={0.01: "It is asked for in percent, from 0 to 100."},
    )


def _same_digits(given, expected, name):
    try:
        digits = compare.numbers(given, None, f"`lost` in {name}")
    except Wrong as wrong:
        return str(wrong)
    if isinstance(given, np.ndarray) and given.dtype.kind == "b":
        return (
            f"`lost` in {name} says True or False for each digit. The digits themselves are asked "
            "for: np.flatnonzero gives the places that are True."
        )
    if digits.ndim != 1:
        return f"`lost` in {name} is not a list of digits. It is a list also for one digit or none."
    extra, missing = (sorted(a) for a in (set(digits) - set(expected), set(expected) - set(digits)))
    if extra:
        return (
            f"`lost` in {name} names {extra[0]:g}, which is not lost. How many images of this "
            "digit are there, and how many of these are recognized?"
        )
    if missing:
        return f"`lost` in {name} leaves out a digit: its recall is below 1/20."
    return None if len(digits) == len(expected) else f"`lost` in {name} names a digit twice."


WHICH_DIGIT_MISTAKES = {
    "empty-column": _judging_by(lambda c, d: c[:, d].sum() == 0),
    "precision-not-recall": _judging_by(
        lambda c, d: c[d, d] < 0.05 * c[:, d].sum() or not c[:, d].any()
    ),
    "zero-or-no-images": _judging_by(lambda c, d: c[d, d] == 0),
    "none-recognized": _judging_by(lambda c, d: c[d].sum() > 0 and c[d, d] == 0),
    "at-most-1-in-20": _judging_by(lambda c, d: c[d].sum() > 0 and c[d, d] <= 0.05 * c[d].sum()),
    "no-images": _judging_by(lambda c, d: c[d, d] < 0.05 * max(c[d].sum(), 1)),
    "accuracy-now": _accuracy_now,
    "ten-points-each": _ten_points_each,
    "keeps-recognized": _keeps_recognized,
    "share-of-answers": _by_answers,
    "share-of-the-lost": _lost_share,
}


def which_digit(f, says):
    """Compare a diagnosis on matrices with traps: no images, a favored answer, exactly 1 in 20."""
    return compare.function(
        f,
        CONFUSIONS,
        lost_and_ceiling,
        fresh=_drawn_confusions,
        same=_same_diagnosis,
        misconceptions=compare.named(WHICH_DIGIT_MISTAKES, says),
        shortcuts=(lost_digits,),
        instead=says["by-the-library"],
    )


def invert(weights, biases):
    """First layer (w, b) for the images 1 - x with the same z as (weights, biases) for x."""
    return -weights, biases + weights.sum(axis=1, keepdims=True)


def _first_layer(n_out, n_in, seed, dtype=float):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n_out, n_in)).astype(dtype), rng.standard_normal((n_out, 1))


LAYERS_TO_INVERT = {
    "3 neurons with 5 inputs": _first_layer(3, 5, seed=1),
    "one neuron with one input": (np.array([[2.0]]), np.array([[0.5]])),
    "4 neurons with 4 inputs": _first_layer(4, 4, seed=2),
    "weights that are all 0": (np.zeros((2, 3)), np.array([[1.0], [-1.0]])),
    "weights that add up to 0": (np.array([[1.5, -1.5], [2.0, -2.0]]), np.ones((2, 1))),
    "one neuron with six inputs": _first_layer(1, 6, seed=4),
    "six neurons with one input": _first_layer(6, 1, seed=5),
    "30 neurons with 784 inputs in float32": _first_layer(30, 784, 3, np.float32),
}


def _drawn_layers(rng):
    """words -> (weights, biases), random."""
    seeds = rng.integers(10**6, size=3).tolist()
    sizes = ((2, 6), (5, 3), (4, 4))
    return {
        f"{n_out} neurons with {n_in} inputs": _first_layer(n_out, n_in, seed)
        for (n_out, n_in), seed in zip(sizes, seeds)
    }


INVERTED_IMAGES_MISTAKES = {
    "biases-unchanged": lambda w, b: (-w, b),
    "whole-sum-negated": lambda w, b: (-w, -b),
    "sum-subtracted": lambda w, b: (-w, b - w.sum(axis=1, keepdims=True)),
    "weights-not-negated": lambda w, b: (w, b - w.sum(axis=1, keepdims=True)),
    "nothing-changed": lambda w, b: (w, b),
    "weights-inverted": lambda w, b: (1 - w, b),
    "one-sum-for-all": lambda w, b: (-w, b + w.sum()),
    "mean-not-sum": lambda w, b: (-w, b + w.mean(axis=1, keepdims=True)),
    "one-added": lambda w, b: (-w, b + 1),
    "biases-inverted": lambda w, b: (-w, 1 - b),
    "old-bias-negated": lambda w, b: (-w, w.sum(axis=1, keepdims=True) - b),
}


def inverted_images(f, says):
    """Compare a first layer for inverted images with the true one, which is unique."""
    return compare.function(
        f,
        LAYERS_TO_INVERT,
        invert,
        fresh=_drawn_layers,
        same=compare.part_by_part("weights", "biases"),
        misconceptions=compare.named(INVERTED_IMAGES_MISTAKES, says),
    )
