"""Answers for the exercises of lesson 08."""

import numpy as np

from course.lesson08 import questions
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.course.answers import Cases


def matrix_form(weights, biases, x, y):
    zs, activations = [], [x]
    for w, b in zip(weights, biases):
        zs.append(w @ activations[-1] + b)
        activations.append(sigmoid(zs[-1]))
    delta = (activations[-1] - y) * sigmoid_prime(zs[-1])
    before = (weights[1].T @ delta) * sigmoid_prime(zs[0])
    deltas = (before, delta)
    return (
        [d.mean(axis=1, keepdims=True) for d in deltas],
        [d @ a.T / x.shape[1] for d, a in zip(deltas, activations)],
    )


def one_by_one(weights, biases, x, y):
    """A loop over examples, tuples in place of lists, an own sigmoid."""
    m = x.shape[1]
    sums = [np.zeros(p.shape) for p in (*biases, *weights)]
    for i in range(m):
        first, target = x[:, i], y[:, i]
        hidden = 1 / (1 + np.exp(-(weights[0] @ first + biases[0][:, 0])))
        output = 1 / (1 + np.exp(-(weights[1] @ hidden + biases[1][:, 0])))
        late = (output - target) * output * (1 - output)
        early = late @ weights[1] * hidden * (1 - hidden)
        parts = (early[:, None], late[:, None], np.outer(early, first), np.outer(late, hidden))
        sums = [total + part / m for total, part in zip(sums, parts)]
    return (sums[0], sums[1]), (sums[2], sums[3])


def by_nudging(weights, biases, x, y):
    """Centered differences: slow and right."""
    weights, biases = [w.astype(float) for w in weights], [b.astype(float) for b in biases]

    def cost():
        hidden = sigmoid(weights[0] @ x + biases[0])
        return np.sum((y - sigmoid(weights[1] @ hidden + biases[1])) ** 2) / (2 * x.shape[1])

    def slopes(array):
        result = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            kept, ends = array[place], []
            for nudge in (1e-5, -1e-5):
                array[place] = kept + nudge
                ends.append(cost())
            array[place] = kept
            result[place] = (ends[0] - ends[1]) / 2e-5
        return result

    return [slopes(b) for b in biases], [slopes(w) for w in weights]


def changed(change):
    """A wrong backprop: change(nabla_b, nabla_w, x) of a right one."""
    return lambda weights, biases, x, y: change(*matrix_form(weights, biases, x, y), x)


def variant(output=lambda z, a: a * (1 - a), hidden=lambda z, a: a * (1 - a), back=None):
    """A backprop with other slopes, or with something else than delta3 carried back."""

    def backprop(weights, biases, x, y):
        z2 = weights[0] @ x + biases[0]
        a2 = sigmoid(z2)
        z3 = weights[1] @ a2 + biases[1]
        a3 = sigmoid(z3)
        delta3 = (a3 - y) * output(z3, a3)
        delta2 = weights[1].T @ (back(a3, y) if back else delta3) * hidden(z2, a2)
        m = x.shape[1]
        biases = [d.sum(axis=1, keepdims=True) / m for d in (delta2, delta3)]
        return biases, [delta2 @ x.T / m, delta3 @ a2.T / m]

    return backprop


def columns_kept(weights, biases, x, y):
    nabla_b, nabla_w = matrix_form(weights, biases, x, y)
    return [np.repeat(b, x.shape[1], axis=1) for b in nabla_b], nabla_w


def forgets_to_transpose(weights, biases, x, y):
    a2 = sigmoid(weights[0] @ x + biases[0])
    a3 = sigmoid(weights[1] @ a2 + biases[1])
    delta3 = (a3 - y) * a3 * (1 - a3)
    return [delta3 * 0, delta3], [delta3 @ x, delta3 @ a2]


def updates_at_once(weights, biases, x, y):
    nabla_b, nabla_w = matrix_form(weights, biases, x, y)
    for w, step in zip(weights, nabla_w):
        w -= step
    return nabla_b, nabla_w


def defined_by(source):
    names = {}
    exec(source, names)
    return names["Suspect"]


FAULTY = questions.find_the_bug.starter
Faulty = defined_by(FAULTY.replace("line = ...", "line = 0"))

Mended = defined_by(FAULTY.replace("x.shape[0]", "x.shape[1]"))

ByMean = defined_by(
    FAULTY.replace("delta2 @ x.T / x.shape[0]", "(delta2[:, None] * x[None]).mean(axis=2)")
)

Summed = defined_by(FAULTY.replace(" / x.shape[0]", ""))

Mistyped = defined_by(FAULTY.replace("x.shape[0]", "x.shape[2]"))

Empty = defined_by(FAULTY.split("        (w2")[0] + "        ...")


class ByLoop(Network):
    def backprop(self, x, y):
        return one_by_one(self.weights, self.biases, x, y)


CASES = {
    "06-backprop": Cases(
        right=[matrix_form, one_by_one, by_nudging],
        wrong=[
            (
                changed(lambda b, w, x: ([p * x.shape[1] for p in b], [p * x.shape[1] for p in w])),
                "it is the sum over the examples",
            ),
            (
                variant(lambda z, a: sigmoid_prime(a), lambda z, a: sigmoid_prime(a)),
                "taken at the activation",
            ),
            (variant(output=lambda z, a: 1), "The output error here is a − y"),
            (variant(hidden=lambda z, a: 1), "the slope of the hidden neurons is missing"),
            (variant(lambda z, a: 1, lambda z, a: 1), "in neither layer"),
            (variant(back=lambda a, y: a - y), "What you carry back is the difference"),
            (changed(lambda b, w, x: ([-p for p in b], [-p for p in w])), "`nabla_b[0]` for the"),
            (changed(lambda b, w, x: ([-p for p in b], [-p for p in w])), "wrong sign everywhere"),
            (changed(lambda b, w, x: ([2 * p for p in b], [2 * p for p in w])), "exactly twice"),
            (changed(lambda b, w, x: (b, [w[0], 3 * w[1]])), "`nabla_w[1]` for the example"),
            (changed(lambda b, w, x: (w, b)), "the list of weights first"),
            (changed(lambda b, w, x: (b[::-1], w[::-1])), "the output layer first"),
            (changed(lambda b, w, x: (b, [w[0].T, w[1]])), "rows and columns exchanged"),
            (changed(lambda b, w, x: ([p[:, 0] for p in b], w)), "Use .reshape(2, 1)"),
            (changed(lambda b, w, x: (*b, *w)), "expected 2 things, (nabla_b, nabla_w)"),
            (changed(lambda b, w, x: ([np.concatenate(b)], w)), "(nabla_b[0], nabla_b[1])"),
            (
                columns_kept,
                "`nabla_b[0]` for 7 examples, sizes [4, 3, 2] has shape (3, 7), one col",
            ),
            (updates_at_once, "changes what it is given"),
            (changed(lambda b, w, x: print(end="")), "`return`"),
            (([], []), "expected a function"),
        ],
        raises=(forgets_to_transpose, "ValueError: matmul"),
        blank=[lambda weights, biases, x, y: ..., lambda weights, biases, x, y: None],
    ),
    "06-find-the-bug": Cases(
        right=[(8, Mended), [np.float32(8), ByMean], (8.0, ByLoop), (np.array(8), Mended)],
        wrong=[
            (8, "expected 2 things, (line, Suspect)"),
            ((8, Faulty), "The line is right, and the gradient is still wrong. `nabla_w[0]` for 7"),
            ((8, Summed), "every entry is 7 times"),
            *(((line, Faulty), f"Line {line} makes") for line in range(1, 8)),
            ((4, Mended), "the bug was not in line 4"),
            ((9, Mended), "`line` is 9: expected one of the numbers"),
            ((7.5, Mended), "`line` is 7.5"),
            (("8", Mended), "`line` is text"),
            ((8, Mended([2, 2, 1])), "expected the class `Suspect` itself"),
            ((8, matrix_form), "The second part is a function"),
            ((8, int), "made with `class Suspect(Network):`"),
            ((8, Empty), "returns None"),
        ],
        raises=((8, Mistyped), "IndexError"),
        blank=[(..., Faulty), (8, ...), (..., ...)],
    ),
}
