"""The formulas, tables and quoted code of lesson 07, once more."""

import ast
import re

import numpy as np

from course.measured import ledger, sweep
from nnlib import mnist
from nnlib.examples import Examples
from nnlib.mnist._originals import counts
from nnlib.network import Network, descend
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.told.truths import Output, code_of, cost_of, is_module, is_path


def listed(name):
    """The list that the lesson's code assigns to a name."""
    return ast.literal_eval(re.search(rf"{name} = (\[.*?\])", code_of("07"))[1])


SIZES = [784, 30, 10]
MNIST, TEST = counts()
MINI = mnist.load("mini")
SMALL = [len(pile.labels) for pile in (MINI.train, MINI.validation, MINI.test)]
TRAIN, VALIDATION = (
    int(Output("07", rf"(?m)^([\d,]+) {pile} images").shown())
    for pile in ("training", "validation")
)
CLASS_COUNTS = listed("in_the_table")  # an evidence cell compares it with the labels
RUNS = ledger.read()
THIRTY = ledger.runs(RUNS, ledger.ENTRIES[0])

RNG = np.random.default_rng(7)
NET = Network([3, 4, 2], rng=7, dtype=np.float64)
X, Y = RNG.uniform(size=(3, 1)), RNG.uniform(size=(2, 1))
Z, STEP = np.linspace(-4, 4, 9), 1e-6


def slope_of_weights():
    """Whether dC/dw of the first layer is delta_j x_k, and 0 where x is."""
    x = X * [[0], [1], [1]]
    nabla_b, nabla_w = NET.backprop(x, Y)
    return np.allclose(nabla_w[0], nabla_b[0] * x.T) and not nabla_w[0][:, 0].any()


def slope_is_of_outputs():
    """Whether sigma'(z) is a (1 - a), and what the sigmoid climbs."""
    a = sigmoid(Z)
    climbed = (sigmoid(Z + STEP) - sigmoid(Z - STEP)) / (2 * STEP)
    return np.allclose(climbed, a * (1 - a)) and np.allclose(
        NET.activation_derivative(a), sigmoid_prime(Z)
    )


def weighted(w, x, b):
    """Whether a neuron's output is sigma of w . x + b."""
    net = Network([3, 1], rng=0, dtype=np.float64)
    net.weights[0][:], net.biases[0][:] = w, b
    return np.allclose(net.feedforward(x), sigmoid(np.dot(w, x) + b))


def spreads_like(p, n):
    """Whether shares of n with probability p have the standard deviation sqrt(p (1 - p) / n)."""
    shares = np.random.default_rng(0).binomial(n, p, 20_000) / n
    return abs(shares.std() / np.sqrt(p * (1 - p) / n) - 1) < 0.03


def descends():
    """Whether `descend` does what `w -= eta * nabla` does."""
    w, nabla = RNG.uniform(size=(2, 3)), RNG.uniform(size=(2, 3))
    stepped = w.copy()
    descend(stepped, nabla, 0.3)
    return np.allclose(stepped, w - 0.3 * nabla)


def three_sizes(data):
    """The cell that the reader puts in, as it stands on the page."""
    # fmt: off
    settings = sweep.grid(
        sizes=[[784, 10], [784, 30, 10], [784, 60, 10]],
        seed=range(4), training_images=10_000, epochs=3,
    )
    by_size = sweep.run(settings, data, score="validation")
    sweep.summary(by_size, "sizes")
    # fmt: on


FORMULAS = [
    (
        r"\eta = 3",
        lambda: THIRTY.eta[0] == 3 and "net.SGD(data.train, 30, 10, 3.0" in code_of("07"),
    ),
    ("x = 0", lambda: weighted([[0.3, -2, 1]], np.zeros((3, 1)), 0.7)),
    (r"z = w \cdot x + b", lambda: weighted([[0.3, -2, 1]], X, 0.7)),
    (r"\partial C/\partial w_{jk} = \delta_j\, x_k", slope_of_weights),
    (
        r"\sqrt{n_\text{in}}",
        lambda: np.allclose(
            Network(SIZES, rng=0).weights[0] / np.sqrt(784),
            Network(SIZES, init="scaled", rng=0).weights[0],
        ),
    ),
    (
        r"\frac{1}{2} \cdot 1^2 = \frac{1}{2}",
        lambda: 1 / 2 * 1**2 == 1 / 2 == cost_of(np.zeros((10, 10)), np.eye(10)),
    ),
    (r"\sigma'(z) = a(1 - a)", slope_is_of_outputs, 2),
    (r"\sqrt{p(1-p)/n}", lambda: spreads_like(0.95, 10_000) and spreads_like(0.3, 500)),
    (r"\sigma(z)", lambda: np.allclose(NET.activation(Z), 1 / (1 + np.exp(-Z)))),
    (r"\sigma'(z)", slope_is_of_outputs),
    ("a(1 - a)", lambda: np.allclose(NET.activation_derivative(0.3), 0.3 * (1 - 0.3))),
    ("a - y", lambda: np.allclose(NET.cost_derivative(Y * Y, Y), Y * Y - Y)),
    ("(x, y)", "a pair of columns, an image and its target"),
]

PILES = (
    ("training", TRAIN, "the gradient is computed on these"),
    ("validation", VALIDATION, "to *choose*: learning rate, hidden size, when to stop"),
    ("test", TEST, "to *report*, once, when everything has been chosen"),
)
TABLES = [
    [
        ["pile", "full set", "small set", "what it is for"],
        *([name, f"{n:,}", f"{few:,}", what] for (name, n, what), few in zip(PILES, SMALL)),
    ],
    [["digit", *range(10)], [f"of {TEST:,} test images", *CLASS_COUNTS]],
    [
        ["what", "where"],
        ["the class that you built in lessons 03 to 06", "`nnlib/network.py`"],
        [
            "finding, checking and splitting the digits",
            "`nnlib/mnist/`, `nnlib/mnist_loader.py`",
        ],
        ["recall, confusion matrix, lost digits", "`nnlib/diagnosis.py`"],
        ["guessing, darkness, support vector machine", "`course/measured/baselines.py`"],
        ["many runs side by side; the ledger", "`course/measured/`"],
    ],
]

CODE = {
    "data/etas.csv": lambda: is_path("data/etas.csv"),
    "data/starts.csv": lambda: is_path("data/starts.csv"),
    "data/baselines.csv": lambda: is_path("data/baselines.csv"),
    "%run -m course.measured.baselines": lambda: is_module("course.measured.baselines"),
    "data/ledger.csv": lambda: is_path("data/ledger.csv"),
    "nnlib/network.py": lambda: is_path("nnlib/network.py"),
    "nnlib/mnist/": lambda: is_path("nnlib/mnist/"),
    "nnlib/mnist_loader.py": lambda: is_path("nnlib/mnist_loader.py"),
    "nnlib/diagnosis.py": lambda: is_path("nnlib/diagnosis.py"),
    "course/measured/baselines.py": lambda: is_path("course/measured/baselines.py"),
    "course/measured/": lambda: is_path("course/measured/"),
    "nnlib/examples.py": lambda: Examples.__module__ == "nnlib.examples",
    "w -= eta * nabla": descends,
    "questions.dead_digits.solution()": "a call of an exercise, which shows its worked solution",
    'by_size[["sizes", "seed", "lost"]]': lambda: (
        RUNS[["sizes", "seed", "lost"]].dtype.names == ("sizes", "seed", "lost")
    ),
    "%run -m course.measured.ledger": lambda: is_module("course.measured.ledger"),
}
SOURCES = [three_sizes]
