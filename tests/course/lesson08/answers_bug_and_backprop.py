"""Answers for the exercises of lesson 08."""

import math

import numpy as np

from course.lesson08 import questions
from nnlib import gradients
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


class Gradient:
    def __call__(self, weights, biases, x, y):
        pair = np.empty(2, dtype=object)
        pair[0], pair[1] = matrix_form(weights, biases, x, y)
        return pair

    def of(self, weights, biases, x, y):
        return tuple(map(tuple, matrix_form(weights, biases, x, y)))


def neuron_by_neuron(weights, biases, x, y):
    """Loops over everything, and floats of Python."""
    shapes = [p.shape for p in (*biases, *weights)]
    b2, b3, w2, w3 = (np.zeros(shape) for shape in shapes)
    m, (n_hidden, n_out) = x.shape[1], map(len, biases)
    for i in range(m):
        a2 = [activation(weights[0][j], x[:, i], biases[0][j, 0]) for j in range(n_hidden)]
        a3 = [activation(weights[1][j], a2, biases[1][j, 0]) for j in range(n_out)]
        late = [(a - float(t)) * a * (1 - a) for a, t in zip(a3, y[:, i])]
        early = [
            sum(float(weights[1][j, k]) * late[j] for j in range(n_out)) * a * (1 - a)
            for k, a in enumerate(a2)
        ]
        for b, w, errors, before in ((b2, w2, early, x[:, i]), (b3, w3, late, a2)):
            for j, error in enumerate(errors):
                b[j, 0] += error / m
                for k, a in enumerate(before):
                    w[j, k] += error * a / m
    return [b2, b3], [w2, w3]


def activation(w, a, b):
    return 1 / (1 + math.exp(-sum(float(x * y) for x, y in zip(w, a)) - float(b)))


def from_the_exponential(weights, biases, x, y):
    (w2, w3), (b2, b3) = weights, biases
    e2 = np.exp(-(w2 @ x + b2))
    e3 = np.exp(-(w3 @ (1 / (1 + e2)) + b3))
    late = (1 / (1 + e3) - y) * e3 / (1 + e3) ** 2
    early = w3.T @ late * e2 / (1 + e2) ** 2
    share = np.full((x.shape[1], 1), 1 / x.shape[1])
    return (early @ share, late @ share), (
        (early * share.T) @ x.T,
        (late * share.T) @ (1 / (1 + e2)).T,
    )


def loaded(weights, biases, x):
    network = Network([len(x), *map(len, biases)], rng=0, dtype=np.float64)
    network.weights = [w.astype(float) for w in weights]
    network.biases = [b.astype(float) for b in biases]
    return network


def by_network(weights, biases, x, y):
    return loaded(weights, biases, x).backprop(x.astype(float), y.astype(float))


def by_library_differences(weights, biases, x, y):
    network = loaded(weights, biases, x)
    return gradients.numerical_gradient(network, x.astype(float), y.astype(float))


def by_one_sided_nudges(weights, biases, x, y):
    network, found = loaded(weights, biases, x), []

    def cost():
        return np.sum((y - network.feedforward(x.astype(float))) ** 2) / (2 * x.shape[1])

    now = cost()
    for array in network.biases + network.weights:
        slopes = np.zeros(array.shape)
        for place in np.ndindex(array.shape):
            array[place] += 1e-7
            slopes[place] = (cost() - now) / 1e-7
            array[place] -= 1e-7
        found.append(slopes)
    return found[:2], found[2:]


def with_body(*lines):
    """A class whose backprop has these lines only."""
    body = "\n".join(f"        {line}" for line in lines)
    head = "from nnlib import gradients\nfrom nnlib.network import Network\n"
    return defined_by(f"{head}class Suspect(Network):\n    def backprop(self, x, y):\n{body}\n")


Inherited = defined_by("from nnlib.network import Network\nclass Suspect(Network):\n    pass\n")
Super = with_body("return super().backprop(x, y)")
OnNetwork = with_body("return Network.backprop(self, x, y)")
Assigned = type("Suspect", (Network,), {"backprop": Network.backprop})
Differences = with_body("return gradients.numerical_gradient(self, x, y)")
Another = with_body(
    "other = Network(self.sizes, dtype=self.dtype)",
    "other.weights, other.biases = self.weights, self.biases",
    "return other.backprop(x, y)",
)
ByColumns = defined_by(FAULTY.replace("x.shape[0]", "len(x.T)"))
ByTargets = defined_by(FAULTY.replace("x.shape[0]", "y.shape[1]"))
DividedFirst = defined_by(
    FAULTY.replace("delta2 @ x.T / x.shape[0]", "(delta2 / a2.shape[1]) @ x.T")
)
BySeven = defined_by(FAULTY.replace("x.shape[0]", "7"))
BySize = defined_by(FAULTY.replace("x.shape[0]", "x.size"))
ByLarger = defined_by(FAULTY.replace("x.shape[0]", "max(x.shape)"))


class MendedAgain(Mended):
    """A class that is made from the student's own."""


class Nudging(Network):
    def backprop(self, x, y):
        return by_nudging(self.weights, self.biases, x, y)


class ByLoop(Network):
    def backprop(self, x, y):
        return one_by_one(self.weights, self.biases, x, y)


CASES = {
    "06-backprop": Cases(
        right=[
            Gradient(),
            Gradient().of,
            neuron_by_neuron,
            from_the_exponential,
            matrix_form,
            one_by_one,
        ],
        wrong=[
            (by_nudging, "as differences of costs do"),
            (by_one_sided_nudges, "as differences of costs do"),
            (by_network, "it is the library that computes them"),
            (by_library_differences, "it is the library that computes them"),
            (changed(lambda b, w, x: (b, [p * x.shape[1] for p in w])), "every entry is 7 times"),
            (changed(lambda b, w, x: ([abs(p) for p in b], w)), "right in size"),
            (changed(lambda b, w, x: (b, [p * x.shape[1] / len(x) for p in w])), "`nabla_w[0]`"),
            (
                lambda weights, biases, x, y: matrix_form(weights, biases, x[:, :1], y[:, :1]),
                "7 examples",
            ),
            (changed(lambda b, w, x: {"biases": b, "weights": w}), "expected 2 things"),
            (changed(lambda b, w, x: (b, [w[0]])), "has 1 part"),
            (variant(lambda z, a: a, lambda z, a: a), "`nabla_b[0]` for the example"),
            (Gradient, "The answer is a class"),
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
        right=[
            (8, ByColumns),
            ([8], ByTargets),
            np.array([8, DividedFirst], dtype=object),
            (8, MendedAgain),
            (8, Mended),
            [np.float32(8), ByMean],
            (8.0, ByLoop),
            (np.array(8), Mended),
        ],
        wrong=[
            ((8, Inherited), "it is the library that computes it now"),
            ((8, Super), "it is the library that computes it now"),
            ((8, OnNetwork), "it is the library that computes it now"),
            ((8, Assigned), "it is the library that computes it now"),
            ((8, Differences), "it is the library that computes it now"),
            ((8, Another), "it is the library that computes it now"),
            ((8, Nudging), "as differences of costs do"),
            ((8, Network), "expected the class `Suspect` itself"),
            ((8, BySeven), "for 1 example"),
            ((8, BySize), "every entry is 0.25 times"),
            ((8, ByLarger), "for 1 example"),
            ((4, BySize), "Line 4 makes the hidden errors"),
            ({"line": 8, "Suspect": Mended}, "expected 2 things"),
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
