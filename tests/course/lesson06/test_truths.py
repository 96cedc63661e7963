"""The truths behind the questions of lesson 06, each computed in another way."""

import numpy as np
import pytest
from scipy.differentiate import derivative
from scipy.optimize import brentq
from scipy.special import expit

from course.lesson06 import checks, questions
from tests.course.truths import is_right, right

pytestmark = pytest.mark.trains


def test_the_error_of_a_measured_slope():
    truth = expit(1) * expit(-1)
    steps = np.logspace(-1, -13, 25)
    errors = np.abs((expit(1 + steps) - expit(1 - steps)) / (2 * steps) - truth)
    lowest = errors.argmin()
    assert 4 < lowest < 20
    assert (np.diff(errors[: lowest - 2]) < 0).all()
    assert errors[-1] > 100 * errors[lowest]
    assert 1e-6 < steps[lowest] < 1e-4
    assert right(questions.step_h) == "It shrinks at first, and then grows again"


def test_passes_neuron_by_neuron():
    sizes = [784, 30, 10]
    numbers = sum(1 + before for before, n in zip(sizes, sizes[1:]) for _ in range(n))
    assert questions.passes.right_answer == 2 * numbers


def test_the_error_of_an_output_neuron_is_a_slope():
    slope = derivative(lambda z: 0.5 * (1 - expit(z)) ** 2, 0.0).df
    assert abs(slope - questions.output_error.right_answer) < 1e-8


def test_the_signs_of_the_hidden_errors():
    """The cost as a function of both hidden weighted inputs, nudged one after the other."""

    def cost(z):
        return 0.5 * (1 - expit(2 * expit(z[0]) - expit(z[1]) - 2)) ** 2

    z, h = np.array([1.0, 0.0]), 1e-6
    errors = [(cost(z + h * e) - cost(z - h * e)) / (2 * h) for e in np.eye(2)]
    words = ["negative" if error < 0 else "positive" for error in errors]
    assert right(questions.hidden_signs) == f"The first is {words[0]}, the second {words[1]}"


def test_the_factor_of_a_friend():
    rng = np.random.default_rng(0)
    mine = rng.standard_normal(20)

    def difference(factor):
        friends = factor * mine
        longer = max(np.linalg.norm(mine), np.linalg.norm(friends))
        return np.linalg.norm(friends - mine) / longer

    factor = brentq(lambda f: difference(f) - 0.5, 1, 10)
    assert abs(factor - questions.friend.right_answer) < 1e-6


def _relu_gradient(w2, b2, w3, b3, x, y, slope):
    """[b2, b3, w2, w3] of the derivatives; slope: function of the rectified values."""
    hidden = np.maximum(0, w2 @ x + b2)
    a = expit(w3 @ hidden + b3)
    delta3 = (a - y) * a * (1 - a)
    delta2 = (w3.T @ delta3) * slope(hidden)
    return [delta2, delta3, delta2 @ x.T, delta3 @ hidden.T]


def test_the_bug_of_the_rectified_neurons():
    rng = np.random.default_rng(1)
    parts = [rng.standard_normal(shape) for shape in ((5, 4), (5, 1), (3, 5), (3, 1))]
    x, y = rng.standard_normal((4, 1)), np.eye(3)[:, [1]]

    def cost():
        hidden = np.maximum(0, parts[0] @ x + parts[1])
        return 0.5 * np.sum((expit(parts[2] @ hidden + parts[3]) - y) ** 2)

    def measured(part):
        result = np.zeros_like(part)
        for index in np.ndindex(part.shape):
            kept, both = part[index], []
            for h in (1e-6, -1e-6):
                part[index] = kept + h
                both.append(cost())
            part[index] = kept
            result[index] = (both[0] - both[1]) / 2e-6
        return result

    truth = [measured(parts[k]) for k in (1, 3, 0, 2)]
    with_bug = _relu_gradient(*parts, x, y, lambda output: output >= 0)
    mended = _relu_gradient(*parts, x, y, lambda output: output > 0)
    assert [np.allclose(*pair, atol=1e-8) for pair in zip(mended, truth)] == [True] * 4
    assert [np.allclose(*pair, atol=1e-8) for pair in zip(with_bug, truth)] == [
        False, True, False, True,
    ]  # fmt: skip
    assert right(questions.relu_bug) == "`return output >= 0`"


@pytest.mark.parametrize("words", checks.ERRORS_CASES)
def test_one_step_back_against_measured_derivatives(words):
    """The cost grows by delta_next for each nudge of the next z, which is w_next a."""
    w_next, delta_next, z = (np.asarray(a, float) for a in checks.ERRORS_CASES[words])
    truth = checks.right_hidden_error(w_next, delta_next, z)
    for j, i in np.ndindex(z.shape):

        def cost(value, j=j, i=i):
            column = z[:, i].copy()
            column[j] = value
            return sum(
                delta_next[k, i] * sum(w_next[k, n] * expit(column[n]) for n in range(len(column)))
                for k in range(len(w_next))
            )

        h = 1e-5
        slope = (cost(z[j, i] + h) - cost(z[j, i] - h)) / (2 * h)
        assert abs(slope - truth[j, i]) < 1e-8


def test_one_step_back_in_loops_is_right():
    def in_loops(w_next, delta_next, z):
        result = np.zeros(np.shape(z))
        for j, i in np.ndindex(np.shape(z)):
            total = sum(w_next[k][j] * delta_next[k][i] for k in range(len(w_next)))
            result[j, i] = total * expit(z[j][i]) * expit(-z[j][i])
        return result

    assert is_right(questions.hidden_error, in_loops)


def test_100_columns_at_once():
    """The page's backprop for one example, written out anew, gets 100."""
    rng = np.random.default_rng(3)
    w2, b2, w3, b3 = (rng.standard_normal(shape) for shape in ((5, 4), (5, 1), (3, 5), (3, 1)))
    x, y = rng.random((4, 100)), np.eye(3)[:, rng.integers(3, size=100)]

    def both(x, y):
        a2 = expit(w2 @ x + b2)
        a3 = expit(w3 @ a2 + b3)
        delta3 = (a3 - y) * a3 * (1 - a3)
        delta2 = w3.T @ delta3 * a2 * (1 - a2)
        return [delta2, delta3], [delta2 @ x.T, delta3 @ a2.T]

    errors, weights = both(x, y)
    assert [error.shape[1] for error in errors] == [100, 100]
    one_by_one = [both(x[:, [i]], y[:, [i]])[1] for i in range(100)]
    for layer in range(2):
        assert np.allclose(weights[layer], sum(one[layer] for one in one_by_one))
    words = "100 columns of errors, and weight gradients summed over the examples"
    assert right(questions.hundred_columns) == words
