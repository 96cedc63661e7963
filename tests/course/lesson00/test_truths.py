"""The truths behind the questions of lesson 00, each computed in another way."""

import random

import numpy as np
import pytest
from scipy import ndimage

from course.lesson00 import questions
from nnlib import mnist
from nnlib.network import Network
from tests.course.truths import is_right, right

pytestmark = pytest.mark.trains


def test_what_zip_gives():
    pairs = zip([1, 2, 3], [4, 5, 6])
    next(pairs)
    assert questions.next_pair.right_answer == len(list(pairs))
    pairs = zip([2, 3], [3, 4])
    assert right(questions.zip_twice) == f"{list(pairs)}, then {list(pairs)}"


def test_the_shapes_are_those_of_a_network():
    shapes = [w.shape for w in Network([784, 30, 10]).weights]
    assert is_right(questions.shapes, shapes)
    assert not is_right(questions.shapes, [w.T.shape for w in Network([784, 30, 10]).weights])


def test_a_program_that_never_says_yes():
    is_nine = np.arange(100) < 8
    said = np.zeros(100, bool)
    answer = (100 * np.mean(said == is_nine), 100 * np.mean(said[is_nine]))
    assert is_right(questions.nothing, answer)
    for wrong in [(answer[0], answer[0]), (100 - answer[0], 0), answer[::-1]]:
        assert not is_right(questions.nothing, wrong)


@pytest.mark.parametrize("block", range(12))
def test_what_the_repaired_rule_gains_in_each_block_of_images(full, block):
    gained, total = _gains(full.train[4000 * block : 4000 * block + 4000])
    more_nines = {0: True, 1: True, 9: True, 10: True}
    assert (gained[0] > 0) == more_nines.get(block, False)
    assert gained[1] > 0.07
    if block == 0:
        assert 0.03 < total < 0.04


def test_what_the_repaired_rule_gains_in_the_small_set():
    data = mnist.load("mini")
    gained, total = _gains(data.train)
    assert gained.min() > 0
    assert 0.03 < total < 0.04
    lost, won = _gains(data.validation)[0]
    assert lost < 0 < won


def _gains(part):
    """By how much the repaired rule finds more nines, and has more right alarms, than the first.

    And by how much the first rule is ahead of always saying no.
    """
    is_nine = part.labels == 9
    shares = []
    for ink, row in [(0.5, 14), (0.3, 13)]:
        said = np.array([_has_high_hole(image, ink, row) for image in part.images])
        shares.append([said[is_nine].mean(), is_nine[said].mean(), (said == is_nine).mean()])
    first, repaired = np.array(shares)
    return (repaired - first)[:2], first[2] - (~is_nine).mean()


def _has_high_hole(image, ink, row):
    regions, count = ndimage.label(image.reshape(28, 28) < ink)
    return count == 2 and ndimage.center_of_mass(regions == 2)[0] < row


def test_a_wrong_shuffle_changes_nothing_once_in_24_times():
    kept = []
    for seed in range(5000):
        random.seed(seed)
        rows = np.arange(8).reshape(4, 2)
        random.shuffle(rows)
        kept.append(len(np.unique(rows, axis=0)) == 4)
        assert not kept[-1] or (rows.ravel() == range(8)).all()
    assert abs(np.mean(kept) - 1 / 24) < 0.012


def test_shapes_and_seeds():
    rng = np.random.default_rng(0)
    one, row, table = rng.standard_normal(), rng.standard_normal(3), rng.standard_normal((2, 3))
    assert isinstance(one, float)
    (rows, columns), (count,) = table.shape, row.shape
    words = f"One number, a row of {count} numbers, a table of {rows} rows and {columns} columns"
    assert right(questions.three_shapes) == words
    networks = [Network([2, 3]), Network([2, 3]), *(Network([2, 3], rng=0) for _ in range(2))]
    weights = [network.weights[0] for network in networks]
    pairs = [(i, j) for i in range(4) for j in range(i) if np.array_equal(weights[i], weights[j])]
    assert pairs == [(3, 2)]
    assert right(questions.same_start) == "The two with a seed"
