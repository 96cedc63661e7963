"""What lesson 11 tells below its first guesses, beside the faces and the kept runs that say so."""

import re

import numpy as np
import pytest

from course.lesson11 import face, questions
from course.measured import hidden
from nnlib.network import Network
from tests.course.truths import right, told


def runs(size, *names):
    """The rows of data/hidden.csv with so many hidden neurons, of one set or of both."""
    table = hidden.read()
    return table[(table.hidden == size) & np.isin(table["data"], names or ["full", "mini"])]


def band(text, words):
    """The two numbers before these words, as in "1 to 7 of the 30"."""
    (found,) = re.findall(rf"([\d.]+) to ([\d.]+) {re.escape(words)}", text)
    return [float(number) for number in found]


def ends(values, unit=1):
    """The least and the largest of some values, equal to numbers that are rounded to the unit."""
    return pytest.approx([values.min(), values.max()], abs=unit / 2 + 1e-9)


def test_only_the_move_makes_it_no_face():
    changes = {"left eye": {"without": ["left eye"]}, "hair": {"without": ["hair"]}}
    changes |= {"sunglasses": {"sunglasses": True}, "3 pixels to the right": {"right": 3}}
    for word, change in changes.items():
        _, _, (is_face,) = face.answers(face.draw(**change))
        assert bool(is_face) == (word not in right(questions.which_change))


def test_the_size_of_the_face_network():
    network = Network([2304, 15, 5, 1])
    weights, biases = (sum(p.size for p in ps) for ps in (network.weights, network.biases))
    question = questions.face_numbers
    assert weights + biases == question.right_answer
    assert f"{weights:,} weights" in told(question)
    assert f"{biases} biases" in told(question)
    assert weights in question.mistakes
    nonzero = sum(np.count_nonzero(q.weights) for q in face.LAYERS[0])
    assert nonzero in question.mistakes


def test_how_many_neurons_are_active_on_one_digit():
    found, text = runs(30), told(questions.one_digit)
    assert found.one_digit.max() < 10
    assert band(text, "of the 30 in ten runs") == ends(found.one_digit)
    assert band(text, "are active on four digits") == ends(found.four_digits)
    assert len(found) == 10


def test_what_a_neuron_is_worth():
    found, text = runs(30), told(questions.without_one)
    assert found.cheap.min() > 15
    assert band(text, "of the 30 neurons") == ends(found.cheap)
    assert band(text, "points, though") == ends(found.median_cost, 0.1)
    assert band(text, "% of the images") == ends(found.changed, 0.1)
    assert band(text, "points. The network") == ends(found.largest_cost, 0.1)
    found = runs(300)
    assert band(text, "are 0 on every image") == ends(found.silent)
    assert "no single one costs more than 1 point" in text
    assert found.largest_cost.max() <= 1


def test_how_much_favorites_have_in_common():
    text = " ".join(questions.which_rows.outcome().markdown.split())
    for name, neurons, mixes in (
        ("full", "% of a neuron's", "%; on the small set"),
        ("mini", "% and", "%."),
    ):
        found = runs(30, name)
        assert band(text, neurons) == ends(100 * found.share_neurons)
        assert band(text, mixes) == ends(100 * found.share_mixes)
        assert (found.share_mixes > found.share_neurons - 0.05).all()


def test_which_rows_are_the_mixes():
    order = np.random.default_rng(11).permutation(8)  # as in the cell that draws them
    letters = sorted("ABCDEFGH"[row] for row in range(8) if order[row] >= 4)
    assert "The mixes are {}, {}, {} and {}.".format(*letters) in str(
        questions.which_rows.outcome()
    )
