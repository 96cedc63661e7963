"""Reading a number: score every piece that may be a digit, and take the best way through."""

from typing import NamedTuple

import numpy as np

from nnlib.handwriting import pieces
from nnlib.handwriting.normalising import center, crop, scale

WIDEST = 1.3  # of the height: no digit is wider
SMALLEST = 0.35  # of the height: no digit has both sides smaller
CUTTING = 0.5  # what a cut costs for each stroke that it divides,
EACH = 0.25  # and what any cut costs
NEVER = 1e-4  # an activation counts as at least so far from 0 and 1


class Piece(NamedTuple):
    """A run of atoms that may be a digit.

    start, stop: the atoms, stop excluded.  box: (top, left, bottom, right) on the sheet.
    image: (28, 28), normalised.  outputs: the ten activations.  digit: the most active.
    score: the logarithm of how likely it is this digit and no other, less what its cut costs.
    """

    start: int
    stop: int
    box: tuple
    image: np.ndarray
    outputs: np.ndarray
    digit: int
    score: float


def candidates(atoms, height, network):
    """Every run of atoms that is not too wide and not too small, as a list of `Piece`."""
    runs = [run for start in range(len(atoms)) for run in _runs(atoms, start, height)]
    if not runs:
        return []
    images = [center(scale(crop(pieces.join(atoms[i:j])))) for i, j, _ in runs]
    outputs = network.feedforward(np.reshape(images, (len(runs), 784)).T).T  # (runs, 10)
    return [
        Piece(i, j, box, image, a, int(a.argmax()), _fit(a) - _cost(atoms, i))
        for (i, j, box), image, a in zip(runs, images, outputs)
    ]


def _runs(atoms, start, height):
    """(start, stop, box) of the runs that begin with one atom."""
    for stop in range(start + 1, len(atoms) + 1):
        top, left, bottom, right = box = pieces.box(atoms[start:stop])
        if right - left > WIDEST * height:
            return
        if max(right - left, bottom - top) >= SMALLEST * height:
            yield start, stop, box


def _fit(outputs):
    """log a_k + the sum of log(1 - a_j) over the others: one is on, and all the others are off."""
    a = np.clip(outputs, NEVER, 1 - NEVER)
    off = np.log(1 - a)
    k = a.argmax()
    return float(np.log(a[k]) + off.sum() - off[k])


def _cost(atoms, start):
    """What the cut to the left of an atom costs, if it divides a connected part."""
    cut = pieces.cut_before(atoms, start)
    return EACH + CUTTING * cut.strokes if cut else 0.0


def best_path(scores, n):
    """The best way from 0 to n: the keys (start, stop) with the largest sum of scores.

    scores: a dictionary from (start, stop) to a number, 0 <= start < stop <= n. Each step of a
    way begins where the one before ended. Returns a list of keys, [] if no way leads to n.
    Dynamic programming: the best way to a place goes over the best way to the place before it.
    """
    best, last = {0: 0.0}, {}  # for each place, the largest sum, and the step that led there
    for start, stop in sorted(scores):
        if start in best and best[start] + scores[start, stop] > best.get(stop, -np.inf):
            best[stop], last[stop] = best[start] + scores[start, stop], (start, stop)
    way, place = [], n
    while place in last:
        way.insert(0, last[place])
        place = last[place][0]
    return way
