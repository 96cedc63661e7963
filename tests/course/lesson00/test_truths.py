"""The truths behind the questions of lesson 00, each computed in another way."""

import numpy as np
import pytest
from scipy import ndimage

from course.lesson00 import questions, rule
from nnlib import mnist
from nnlib.network import Network
from tests.course.truths import is_right, right, told

pytestmark = pytest.mark.trains


def test_found_and_right_when_said():
    is_nine, said = np.arange(200) < 20, (np.arange(200) >= 5) & (np.arange(200) < 30)
    assert [is_nine.sum(), said.sum(), (said & is_nine).sum()] == [20, 25, 15]
    assert questions.found.right_answer == 100 * said[is_nine].mean()
    assert 100 * is_nine[said].mean() in questions.found.mistakes


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


@pytest.mark.parametrize("name", ["full", "mini"])
def test_networks_beat_every_rule_in_both_numbers(request, name):
    """The shares that are told of 20 networks, with more than three deviations to each limit."""
    data = request.getfixturevalue("full") if name == "full" else mnist.load("mini")
    choose_by, new = data.train.first(4000), data.validation.first(4000)
    lowest_found, lowest_right = {"full": (81, 81), "mini": (84, 88)}[name]
    for seed in (1, 2):
        said = rule.network_says_nine(rule.train(choose_by, seed), new.images)
        found, is_right = 100 * rule.shares(said, new.labels)
        assert lowest_found < found < {"full": 93, "mini": 101}[name]
        assert lowest_right < is_right < {"full": 93, "mini": 101}[name]
    assert "finds more nines, and more of its alarms" in right(questions.machine)


@pytest.mark.parametrize("name", ["full", "mini"])
def test_what_is_told_of_the_rules_on_new_images(request, name):
    data = request.getfixturevalue("full") if name == "full" else mnist.load("mini")
    new = data.validation.first(4000)
    shares = []
    for ink, row in [(0.5, 14), (0.3, 13)]:
        said = np.array([_has_high_hole(image, ink, row) for image in new.images])
        is_nine = new.labels == 9
        shares += [said[is_nine].mean(), is_nine[said].mean()]
    a, b, c, d = [round(100 * share) for share in shares]
    words = f"{a} and {b}" if name == "full" else f"({a} and {b})"
    assert words in told(questions.machine)
    assert (f"{c} and {d}" if name == "full" else f"({c} and {d})") in told(questions.machine)


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
