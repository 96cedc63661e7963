"""What the predictions of lesson 06 call right, each found by doing it."""

import numpy as np
import pytest

from course.ask import Choice
from course.lesson06 import questions
from course.lesson06.lab import all_numbers, worked_network
from nnlib import mnist
from nnlib.network import Network


def right(question):
    """The text of the right option."""
    return question.letters[question.right_answer]


def numbers(w=2.0, x=(1.0, 0.5), y=1.0):
    return all_numbers(worked_network(w), np.array(x).reshape(2, 1), np.array([[y]]))


def test_the_network_on_paper():
    values = numbers()
    assert questions.forward.right_answer == round(values["z3"].item(), 4)
    delta = values["delta3"].item()
    sign = "Negative" if delta < 0 else "Positive"
    assert right(questions.output_too_low) == f"{sign}, about {delta:.2f}".replace("-", "−")
    assert [np.sign(one) for one in values["delta2"].ravel()] == [-1, 1]
    assert right(questions.hidden_signs) == "The first is negative, the second positive"


def test_three_changes_in_the_lab():
    assert numbers(y=0.0)["delta3"].item() > 0
    assert right(questions.target_zero) == "It becomes positive"
    assert np.array_equal(numbers(w=0.0)["delta2"].ravel() == 0, [True, False])
    assert right(questions.cut_off) == "That of the first hidden neuron"
    assert np.array_equal(numbers(x=(0.0, 0.5))["nabla_w2"] == 0, [[True, False], [True, False]])
    assert right(questions.dark_input) == "Those of the two weights from the first input"


def test_counts():
    net = Network([784, 30, 10])
    weights = sum(w.size for w in net.weights)
    assert questions.passes.right_answer == 2 * (weights + sum(b.size for b in net.biases))
    assert questions.written.right_answer == 100 * weights / weights
    assert weights in questions.written.mistakes
    assert 100 * weights in questions.written.mistakes


def test_the_blank_pixels_of_the_first_image():
    """The small set is a part of the full one: its first image is the first of both."""
    blank = 100 * np.mean(mnist.load("mini").train.images[0] == 0)
    assert questions.blank_weights.right_answer == pytest.approx(blank, abs=0.05)
    assert 100 - blank == pytest.approx(21.2, abs=0.05)


def test_right_letters_are_spread():
    letters = [one.right_answer for one in questions if isinstance(one, Choice)]
    assert all(letters.count(letter) in (2, 3) for letter in "abcd")
    assert not any(a == b == c for a, b, c in zip(letters, letters[1:], letters[2:]))


def test_the_pictures_of_the_gradient():
    """Each row of the gradient of one image is in proportion to the image, and no two are alike."""
    data = mnist.load("mini").train
    net = Network([784, 30, 10], init="scaled", rng=0, dtype=np.float64)
    image = data.images[:1].T.astype(np.float64)
    _, (rows, _) = net.backprop(image, np.eye(10)[:, data.labels[:1]])
    factors = rows.sum(axis=1) / image.sum()
    np.testing.assert_allclose(rows, np.outer(factors, image), rtol=1e-9, atol=1e-15)
    assert len(set(factors)) == 30
    assert (factors > 0).any()
    assert (factors < 0).any()
    assert right(questions.gradient_pictures) == "The digit itself, in each of them"
