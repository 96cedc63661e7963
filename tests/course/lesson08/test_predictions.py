"""What the predictions of lesson 08 call right, found by doing it, and its keys for mistakes."""

import numpy as np

from course.ask import Choice
from course.lesson04.landscapes import PARABOLA
from course.lesson08 import questions
from course.lesson08.checks import best_steps
from course.lesson08.mutants import MUTANTS
from nnlib import gradients
from nnlib.network import Network


def test_three_walks_in_the_words_of_the_exercise():
    words = [best_steps.fate(2, eta, -0.8) for eta in (0.2, 0.85, 1.05)]
    told = ", ".join(f"{name} {word}" for name, word in zip("ABC", words))
    question = questions.three_walks
    assert question.letters[question.right_answer] == told
    assert PARABOLA.cost(3.0) == 9.0  # so k is 2


def test_right_letters_are_spread():
    letters = [one.right_answer for one in questions if isinstance(one, Choice)]
    assert all(letters.count(letter) in (1, 2) for letter in "abcd")
    assert not any(a == b == c for a, b, c in zip(letters, letters[1:], letters[2:]))


def cost_after_a_step(backprop, seed):
    """How the cost of the page's test changes from another start, or the error that it meets."""
    net, rng = Network([4, 5, 3, 2], rng=seed, dtype=np.float64), np.random.default_rng(seed + 1)
    x, y = rng.random((4, 7)), rng.random((2, 7))
    before = gradients.quadratic_cost(net, x, y)
    try:
        nabla_b, nabla_w = backprop(net.weights, net.biases, x, y)
        net.weights = [w - 0.01 * dw for w, dw in zip(net.weights, nabla_w)]
        net.biases = [b - 0.01 * db for b, db in zip(net.biases, nabla_b)]
        return gradients.quadratic_cost(net, x, y) - before
    except ValueError:
        return ValueError


def test_what_the_cost_after_a_step_catches_from_any_start():
    misfits = {"columns-left", "not-transposed", "same-layer"}
    for mutant in MUTANTS:
        changes = [cost_after_a_step(mutant.backprop(), seed) for seed in range(20)]
        if mutant.name in misfits:
            assert set(changes) == {ValueError}
        else:
            assert all((change > 0) == (mutant.name == "wrong-sign") for change in changes)
    assert questions.cost_falls.right_answer == len(misfits) + 1
