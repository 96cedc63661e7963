"""Answers for the exercises of lesson 08."""

import numpy as np

from nnlib import diagnosis
from tests.course.answers import Cases


def with_the_library(confusion):
    lost = diagnosis.lost_digits(confusion)
    return lost, 100 - 100 * confusion[lost].sum() / confusion.sum()


def with_loops(confusion):
    rows = confusion.tolist()
    lost, possible, total = [], 0, 0
    for digit, row in enumerate(rows):
        images = sum(row)
        total += images
        if images > 0 and row[digit] / images < 1 / 20:
            lost.append(digit)
        else:
            possible += images
    return [lost, 100 * possible / total]


def with_masks(confusion):
    images = confusion.sum(1).astype(np.float32)
    is_lost = (images > 0) & (20 * confusion.diagonal() < images)
    digits = np.flatnonzero(is_lost)[::-1]  # in any order
    return digits, np.float32(100) * images[~is_lost].sum() / images.sum()


def ceiling_of(confusion, lost):
    images = confusion.sum(axis=1)
    return 100 * (images.sum() - images[lost].sum()) / images.sum()


def judging_by(rule):
    def diagnose(confusion):
        lost = [digit for digit in range(10) if rule(confusion, digit)]
        return lost, ceiling_of(confusion, lost)

    return diagnose


def accuracy_now(confusion):
    return with_loops(confusion)[0], 100 * np.mean(np.trace(confusion) / confusion.sum())


def ten_points_each(confusion):
    lost = with_loops(confusion)[0]
    return lost, 100 - 10 * len(lost)


def writes_into_it(confusion):
    answer = with_loops(confusion)
    confusion[:] = 0
    return answer


def changed(new):
    return lambda confusion: new(*with_loops(confusion))


def divides_integers(confusion):
    lost = [d for d in range(10) if int(confusion[d, d]) / int(confusion[d].sum()) < 0.05]
    return lost, ceiling_of(confusion, lost)


def empty_columns(confusion):
    return judging_by(lambda c, d: not c[:, d].any())(confusion)


def precision(c, d):
    return not c[:, d].any() or c[d, d] / c[:, d].sum() < 0.05


def sums_with_at(weights, biases):
    return (-weights, biases + weights @ np.ones((weights.shape[1], 1)))


def neuron_by_neuron(weights, biases):
    new_weights, new_biases = [], []
    for w, (b,) in zip(weights, biases):
        new_weights.append([-one for one in w])
        new_biases.append([b + sum(w)])
    return [new_weights, new_biases]


def in_float32(weights, biases):
    w, b = weights.astype(np.float32), biases.astype(np.float32)
    return np.negative(w), b + w.sum(1).reshape(-1, 1)


def in_place(weights, biases):
    biases += weights.sum(axis=1, keepdims=True)
    weights *= -1
    return weights, biases


def row_sums(weights):
    return weights.sum(axis=1, keepdims=True)


def one_dimensional(weights, biases):
    return -weights, biases + weights.sum(axis=1)


def not_yet(*arguments):
    raise NotImplementedError


def with_recall(confusion):
    rates = diagnosis.recall(confusion)  # NaN for a digit without images
    lost = tuple(digit for digit, rate in enumerate(rates) if rate < 0.05)
    return np.array([*lost, *[]]), ceiling_of(confusion, list(lost))


class Doctor:
    def __call__(self, confusion):
        return with_loops(confusion)

    def in_floats(self, confusion):
        lost, ceiling = with_loops(confusion.astype(float))
        return [float(digit) for digit in lost], [ceiling]


def by_renamed(confusion, find=diagnosis.lost_digits):
    lost = find(confusion)
    return lost, ceiling_of(confusion, lost)


def recognized_count(confusion):
    lost, ceiling = with_loops(confusion)
    kept = sum(confusion[digit, digit] for digit in lost)
    return lost, ceiling + 100 * kept / confusion.sum()


def from_columns(confusion):
    lost = with_loops(confusion)[0]
    return lost, 100 - 100 * confusion[:, lost].sum() / confusion.sum()


def as_mask(confusion):
    images = confusion.sum(axis=1)
    return 20 * confusion.diagonal() < images, with_loops(confusion)[1]


def from_probes(weights, biases):
    """What the new layer must give for a white sheet, and for each single pixel of ink."""
    n = weights.shape[1]
    white = weights @ np.ones((n, 1)) + biases
    pixels = weights @ (1 - np.eye(n)) + biases
    return np.array(pixels - white), white


class Inverter:
    def __call__(self, weights, biases):
        return [-weights, biases + row_sums(weights)]


def with_biases(change):
    """Right weights, and biases made by change(sums of the rows, biases)."""
    return lambda w, b: (-w, change(row_sums(w), b))


CASES = {
    "09-which-digit": Cases(
        right=[with_recall, Doctor(), Doctor().in_floats, with_loops, with_masks],
        wrong=[
            (with_the_library, "`lost_digits` of the library"),
            (by_renamed, "`lost_digits` of the library"),
            (recognized_count, "counts the few images of lost digits"),
            (from_columns, "in their columns"),
            (as_mask, "says True or False for each digit"),
            (judging_by(lambda c, d: c[d, d] < 0.1 * c[d].sum()), "just above 1 in 20"),
            (
                changed(lambda lost, ceiling: (lost, 100 - ceiling)),
                "the percentage of their images",
            ),
            (changed(lambda lost, ceiling: (lost, int(ceiling))), "Was something rounded?"),
            (changed(lambda lost, ceiling: (lost, ceiling - 1)), "too small"),
            (changed(lambda lost, ceiling: (lost[:1], ceiling)), "leaves out a digit"),
            (changed(lambda lost, ceiling: (" ".join(map(str, lost)), ceiling)), "without quotes"),
            (lambda confusion: with_loops(confusion.T), "leaves out a digit"),
            (empty_columns, "if its column is empty"),
            (judging_by(precision), "divides by the sum of the column"),
            (judging_by(lambda c, d: c[d, d] == 0), "a digit without images is not lost"),
            (judging_by(lambda c, d: c[d].any() and c[d, d] == 0), "1 in 20 is enough."),
            (judging_by(lambda c, d: c[d].any() and c[d, d] <= c[d].sum() / 20), "*fewer than*"),
            (judging_by(lambda c, d: 20 * c[d, d] < max(c[d].sum(), 1)), "has no recall"),
            (judging_by(lambda c, d: c[d, d] < c[d].sum() / 2), "which is not lost"),
            (judging_by(lambda c, d: False), "leaves out a digit"),
            (accuracy_now, "accuracy that the network has now"),
            (ten_points_each, "exactly a tenth of the images"),
            (changed(lambda lost, ceiling: (lost, ceiling / 100)), "asked for in percent"),
            (changed(lambda lost, ceiling: (lost * 2, ceiling)), "names a digit twice"),
            (changed(lambda lost, ceiling: (lost or -1, ceiling)), "not a list of digits"),
            (changed(lambda lost, ceiling: (set(lost), ceiling)), "use list(...)"),
            (changed(lambda lost, ceiling: lost), "expected 2 things, (lost, ceiling)"),
            (changed(lambda lost, ceiling: (lost or None, ceiling)), "is None"),
            (changed(lambda lost, ceiling: None), "`return`"),
            (writes_into_it, "changes what it is given"),
            ([[5], 91.4], "expected a function"),
        ],
        raises=(divides_integers, "For images without a single 6, your function raised"),
        blank=[not_yet, lambda confusion: ..., lambda confusion: ([...], 100)],
    ),
    "09-inverted-images": Cases(
        right=[
            from_probes,
            Inverter(),
            lambda w, b: (0 - w, w.shape[1] * w.mean(1, keepdims=True) + b),
            sums_with_at,
            neuron_by_neuron,
            in_float32,
        ],
        wrong=[
            (with_biases(lambda sums, b: b + 1), "stands beside a weight"),
            (with_biases(lambda sums, b: 1 - b), "not the biases by 1 − b"),
            (with_biases(lambda sums, b: sums - b), "keeps its sign"),
            (with_biases(lambda sums, b: b + abs(sums)), "`biases` in the result for 3 neurons"),
            (with_biases(lambda sums, b: b + sums / 2), "`biases` in the result for 3 neurons"),
            (with_biases(lambda sums, b: b + 255 * sums), "too large"),
            (with_biases(lambda sums, b: (b + sums).T), "Rows and columns have changed places"),
            (lambda w, b: (b + row_sums(w), -w), "stand in reverse order"),
            (lambda w, b: (w[:, ::-1], b), "`weights` in the result for 3 neurons"),
            (lambda w, b: (-w, b + 784 * w.mean(axis=1, keepdims=True)), "`biases`"),
            (lambda w, b: {"weights": -w, "biases": b}, "expected 2 things"),
            (Inverter, "The answer is a class"),
            (lambda w, b: (-w, b), "constant part"),
            (lambda w, b: (-w, -b), "−z in place of z"),
            (lambda w, b: (-w, b - row_sums(w)), "in the wrong direction"),
            (lambda w, b: (w, b - row_sums(w)), "weights of the old sign"),
            (lambda w, b: (w, b), "This is the old layer"),
            (lambda w, b: (1 - w, b), "not the weights by 1 − w"),
            (lambda w, b: (-w, b + w.sum()), "one and the same sum"),
            (lambda w, b: (-w, b + w.mean(axis=1, keepdims=True)), "not a mean"),
            (lambda w, b: (w, b + row_sums(w)), "wrong sign everywhere"),
            (lambda w, b: (-w.T, b + row_sums(w)), "expected (3, 5). Rows and columns have"),
            (lambda w, b: (-w, (b + row_sums(w)).ravel()), ".reshape(3, 1)"),
            (one_dimensional, "spreads out into (n, n)"),
            (in_place, "changes what it is given"),
            (lambda w, b: -w, "expected 2 things, (weights, biases)"),
            ((np.zeros((30, 784)), np.zeros((30, 1))), "expected a function"),
        ],
        raises=(lambda w, b: (-w, b + w @ np.ones(w.shape[0])), "ValueError"),
        blank=[not_yet, lambda w, b: ..., lambda w, b: (..., ...)],
    ),
}
