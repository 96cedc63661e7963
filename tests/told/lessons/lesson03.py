"""Lesson 03: what its prose tells, and what makes it true."""

import ast
import inspect
import re

import numpy as np
import pytest

from course.lesson03 import figures
from course.measured import codes
from nnlib import mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid
from tests.told import truths
from tests.told.truths import Limit, Near, Output, Setting, Treats, parameters

RNG = np.random.default_rng(3)
SMALL = mnist.load("mini")
PIXELS = SMALL.train.images[0].size
SIDE = round(PIXELS**0.5)
PAPER, INK = SMALL.train.images.min(), SMALL.train.images.max()
DIGITS = 10
SIZES = [2, 3, 1]
N_IN, N_OUT, M = 2, 3, 5  # of the layer that the lesson draws, and of the batch
W, A, B = RNG.normal(size=(N_OUT, N_IN)), RNG.normal(size=(N_IN, 1)), RNG.normal(size=(N_OUT, 1))
ACTIVATIONS = ast.literal_eval(
    re.search(r"a = np\.array\((\[0\.02.*?\])\)", truths.code_of("03"))[1]
)
HIDDEN = Setting("03", r"net = Network\(\[784, (\d+), 10\], rng=0, dtype")
QUARTERS = Setting("03", r"by_hand = Network\(\[784, (\d), 1\]\)")
LABELED = Setting("03", r"images\[:(\d{4})\]")
WEIGHT = Setting("03", r"np\.full\(\(1, 4\), ([\d.]+)\)").shown()
BIAS = Setting("03", r"np\.array\(\[\[(-[\d.]+)\]\]\)").shown()
REVERSED = W.T.copy()  # weights in reading order
BATCH = RNG.normal(size=(N_IN, M))
IN_GENERAL = {
    "a": r"$(n_\text{in}, 1)$",
    "w": r"$(n_\text{out}, n_\text{in})$",
    "b": r"$(n_\text{out}, 1)$",
}
MOST_DRAWN = inspect.signature(figures.draw_network).parameters["most"].default
MISTAKEN = {
    "quarters": Output("03", r"four quarters: .* found, ([\d.]+) % mistaken"),
    "halfway": Output("03", r"halfway: .* found, ([\d.]+) % mistaken"),
}
BITS = int(np.ceil(np.log2(DIGITS)))  # to spell a digit
SECOND = 30 * 30 + 30  # numbers of the second hidden layer
ONE_MORE = 4096 + 1 + 10  # numbers of one more hidden neuron
# Measured on the full set with ten seeds each: how far ten outputs are ahead, at least and at most.
TRIED = {"hidden": (10, 100), "eta": (0.3, 6), "seeds": 10, "lead": (2, 10)}  # 1.91 to 10.37


def median(data, kind):
    """The middle of the seeds in the measured table, in %."""
    runs = codes.read()
    return float(np.median(runs[(runs["data"] == data) & (runs.code == kind)].nearest))


def regained(data):
    """The share of the lead over four bits that ten random bits win back."""
    one, four, ten = (median(data, codes.KINDS[place]) for place in (0, 1, 3))
    return (ten - four) / (one - four)


def apart():
    """In how many bits two random codes of ten bits differ, on average."""
    drawn = [codes.code("ten random bits", seed) for seed in codes.SEEDS]
    return np.mean(
        [(code[i] != code[j]).sum() for code in drawn for i in range(10) for j in range(i)]
    )


def refusal(left, right):
    """The message with which NumPy refuses to multiply matrices of these shapes."""
    with pytest.raises(ValueError, match="mismatch") as caught:
        np.ones(left) @ np.ones(right)
    return str(caught.value)


def entries(w, a, b):
    """z of a layer, each entry a sum over k as in the formula."""
    return [[sum(w[j, k] * a[k, 0] for k in range(N_IN)) + b[j, 0]] for j in range(N_OUT)]


def feedforward(a):
    """What nnlib makes of a in the layer that the lesson draws."""
    network = Network([N_IN, N_OUT], dtype=np.float64)
    network.weights, network.biases = [W], [B]
    return network.feedforward(a)


NUMBERS = [
    ("# 03 Architecture: from neurons", 3),
    ("layer sizes [2, 3, 1] from nothing,", *SIZES),
    ("many, - recognize two mistakes with", 2),
    (
        "[lesson 02](02_sigmoid_neuron.ipynb):",
        Treats("02", "The **sigmoid neuron** has inputs, weights and a bias"),
    ),
    ("[lesson 00](00_start_here.ipynb)", Treats("00", "`zip` walks through two lists at once")),
    ("48 minutes to read and try, about 15", 48, 15),
    ("and the exercises, 45 minutes in", 45),
    ("lessons.** Up to three questions that", 3),
    ("written digit has 28 × 28 pixels. We", SIDE, SIDE),
    ("the lesson tries two of them. First", 2),
    ("nor output. - Three lines leave", Setting("03", r"draw_network\(ax, \[6, 4, (\d), 1\]")),
    (
        "activation, sent to three places. Such",
        Setting("03", r"draw_network\(ax, \[6, 4, (\d), 1\]"),
    ),
    ("between 0 (paper) and 1 (ink),", PAPER, INK),
    ("of its own. Three dots stand for", 3),
    ("0, so neuron 7 stands for the digit 7.", 0, 7, 7),
    ("answer off ten activations. The", len(ACTIVATIONS)),
    ("ten numbers need not add up to 1.", len(ACTIVATIONS), 1),
    ("Neuron 5 is quite active too,", np.argsort(ACTIVATIONS)[-2]),
    ("it sees a 9. **Hidden layers.**", 9),
    ("[lesson 07](07_training_mnist.ipynb).", Treats("07", "**hidden size**")),
    (
        "lesson 02; lessons 05 and 06 open",
        Treats("02", "The next cell trains one, in a second or two"),
        Treats("05", "SGD"),
        Treats("06", "backpropagation"),
    ),
    ("30 hidden neurons, each with all 784 pixels, then the ten", HIDDEN, PIXELS, DIGITS),
    ("each with all 30 activations. What", HIDDEN),
    ("red, in lines dashed. 1. Stop at a", 1),
    ("sum consist of? 2. Play to the", 2),
    ("the largest? 3. Choose *random*", 3),
    ("how many are right now? 4.", 4),
    ("is. Answers: (1) Of 784 products", 1, PIXELS),
    ("above and below 0 mostly cancel.", 0),
    ("mostly cancel. (2) For most images", 2),
    ("(3) No more than by guessing, which gets 1 of 10.", 3, 1, DIGITS),
    ("(4) Each is full or empty. Of", 4),
    ("which of the two holds most of", 2),
    ("numbers. All but 310 of the numbers", parameters([30, 10])),
    (
        "four bytes for each number it fills less than 100",
        np.dtype(np.float32).itemsize,
        Near(parameters([784, 30, 10]) * 4 / 1000, 5),
    ),
    ("the farther from 0, the wider.", 0),
    ("seven are drawn as six neurons and three", MOST_DRAWN, MOST_DRAWN - 1, 3),
    ("the numbers: 1. *hidden layers*", 1),
    ("*hidden layers* to 0. How many", 0),
    ("and biases are left? 2. Back to", 2),
    ("Back to 1, then to 2. How many", 1, 2),
    ("layer of 30 is added? 3. Make `[3,", Setting("03", r"count\(\[784, 30, (\d+), 10\]\)"), 3),
    ("3, *hidden size* 4, *hidden layers* 1, *outputs* 2.", 3, 4, 1, 2),
    ("4. *inputs*", 4),
    (
        "4096, *hidden size* 100, *outputs* 10.",
        4096,
        Setting("03", r"count\(\[4096, (\d+), 10\]\) -"),
        10,
    ),
    (
        "*hidden size* from 99 to 100 to see",
        Setting("03", r"- count\(\[4096, (\d+), 10\]\)"),
        Setting("03", r"count\(\[4096, (\d+), 10\]\) -"),
    ),
    ("and do the four sums: A second", 4),
    ("first with its 23,550. One more", parameters([784, 30])),
    ("4,096 inputs costs more than four", 4096, ONE_MORE // SECOND),
    ("weight needs two indices: where", 2),
    ("We count from 0, as Python does.", 0),
    (r"$(n_\text{in}, 1)$ | (2, 1) | |", N_IN, 1),
    (r"(3, 2) | | $b$ | biases, a column | $(n_\text{out}, 1)$ | (3, 1)", N_OUT, N_IN, N_OUT, 1),
    (r"$(n_\text{out}, 1)$ | (3, 1) | | $a'$", N_OUT, 1),
    (r"$(n_\text{out}, 1)$ | (3, 1) | $\sigma$", N_OUT, 1),
    ("[2, 3, 1] Now all of it, in four", *SIZES, 4),
    (
        "distribution. Lessons 04 to 06 make",
        Treats("04", "gradient descent"),
        Treats("06", "backpropagation"),
    ),
    ("next. One step, twice: The same", 2),
    ("Now you want two hidden layers.", 2),
    ("you like. ## Two mistakes with", 2),
    ("(2, 3) meets the column x of shape (2, 1).", 2, 3, 2, 1),
    (
        "*size 2 is different from 3*. In",
        *map(int, re.findall(r"size (\d) is different from (\d)", refusal((2, 3), (2, 1)))[0]),
    ),
    (
        "(3, **2**) @ (**2**, 1) fits, (2, **3**) @ (**2**, 1)",
        *W.shape,
        *A.shape,
        *W.T.shape,
        *A.shape,
    ),
    ("has the shape (784,), one axis", PIXELS),
    ("a column with two axes. Here is", 2),
    ("with (2,) in place of (2, 1). **Predict.**", N_IN, *A.shape),
    ("above are (3, 2) and (3, 1). This", *W.shape, *B.shape),
    ("network returns three outputs where", Output("03", r"\(1, (\d)\) instead of \(1, 1\)")),
    (
        "five inputs side by side as the **columns** of a matrix of shape (2,",
        Setting("03", r"random\(\(2, (\d)\)\)"),
        N_IN,
    ),
    ("5). **Predict.** `feedforward`", M),
    ("`feedforward` gets all five at once.", M),
    ("the first half of `nnlib.network.Network`.", 0.5),
    ("of four bytes with about seven", np.dtype(np.float32).itemsize, round(24 * np.log10(2))),
    ("numbers of eight bytes. `Network`", np.dtype(np.float64).itemsize),
    ("of the next three lessons. ##", 3),
    ("lessons. ## Ten outputs or four? Back", DIGITS, BITS),
    ("Four are enough to spell 0 to 9", BITS, 0, DIGITS - 1),
    ("did we take ten? One argument goes", DIGITS),
    ('this. "Is it a 3?" is a question', 3),
    (
        '1?" means "is it a 1, 3, 5, 7 or 9?", and these five',
        1,
        *(n for n in range(DIGITS) if n % 2),
        sum(n % 2 for n in range(DIGITS)),
    ),
    ("are four ways to give the digit 3", len(codes.KINDS), 3),
    ("The binary number 0011 is written", int(f"{3:04b}")),
    ("30 hidden neurons and learn from the same 4,000", codes.HIDDEN, codes.TRAINING_IMAGES),
    ("little, so there are 20 of each kind,", len(codes.SEEDS)),
    ("numbers, then ten random bits.", codes.code("ten random bits").shape[1]),
    (
        "Ten random bits win back about half of the lead (on the small set two",
        DIGITS,
        Near(regained("full"), 0.1),
        Near(3 * regained("mini"), 0.2),
    ),
    ("for a digit. Six more outputs give", DIGITS - BITS),
    ("mistakes**. Two codes of four bits", 2, BITS),
    ("Two random codes of ten bits differ in five", 2, DIGITS, Near(apart(), 0.2)),
    ("random codes of four bits do no", BITS),
    ("right side of 0.5. **Predict.** Do", 0.5),
    ("**Predict.** Do ten outputs still", DIGITS),
    ("is gone, and ten random bits come", DIGITS),
    ('Ten times "is it a 3?" is as often right, all together, as four', DIGITS, 3, BITS),
    ("easier to learn. **Ten outputs win", DIGITS),
    ("10 and with 100 hidden neurons, with `eta` from 0.3 to 6", *TRIED["hidden"], *TRIED["eta"]),
    (
        "ten outputs beat four bits in binary with each of ten seeds, by about 2 to 10 points",
        DIGITS,
        BITS,
        TRIED["seeds"],
        *TRIED["lead"],
    ),
    (
        "ten outputs have 310 numbers in the last layer, four have 124.",
        DIGITS,
        parameters([30, 10]),
        BITS,
        parameters([30, 4]),
    ),
    ("is a story. A 0 is a ring. Cut", 0),
    ("four quarters, and let each of four", QUARTERS, QUARTERS),
    ("look for one quarter. If at least", 1 / QUARTERS.shown()),
    ('three of them find their part, the output says "a 0".', -BIAS // WEIGHT + 1, 0),
    ("0 minus the average of all images, inside one quarter, and zero", 0, 0.25, 0),
    ("speak for a 0, red pixels (the", 0),
    ("it sees in a 0 and in another digit.", 0),
    ("4 and bias -10: it is above 0.5 when the four", WEIGHT, BIAS, sigmoid(0), QUARTERS),
    ("to more than 2.5. Nothing here", -BIAS / WEIGHT),
    ("come from 4,000 labeled images.", LABELED),
    ("template, all four quarters together,", QUARTERS),
    ("is, the more 0s are found, and", 0),
    ("four quarters do, counted on the 4,000", QUARTERS, LABELED),
    ("four hidden neurons bought? The four", QUARTERS, QUARTERS),
    (
        "more 0s, but mistakes about three",
        0,
        Near(MISTAKEN["halfway"].shown() / MISTAKEN["quarters"].shown(), 0.3),
    ),
    (
        "4,000 images either: on the full set we took the templates from twelve",
        LABELED,
        50_000 // LABELED.shown(),
    ),
    ("4,000, and the shares of unseen 0s", LABELED, 0),
    ("by less than 2 points. So parts", Limit("03", "abs(whole[0] - quarters[0]) < 2")),
    ("[Lesson 01](01_perceptron.ipynb)", Treats("01", "**XOR**")),
    (
        "[lesson 07](07_training_mnist.ipynb) you",
        Treats("07", "The weights of one hidden neuron are 784 numbers"),
    ),
    ("input of shape (784,).** It must", PIXELS),
    ("10]` has 40 biases, not 824. -", 30 + 10, 784 + 30 + 10),
    ("Count them: 23,860 numbers here.", parameters([784, 30, 10])),
    ("did better than four bits in our", BITS),
    ("04](04_gradient_descent.ipynb)", Treats("04", "gradient descent")),
]

FORMULAS = [
    (r"n_\text{out}", "the neurons of a layer", 2),
    (r"n_\text{in}", "the neurons of the layer before"),
    (
        r"n_\text{out} \cdot n_\text{in}",
        lambda: Network([N_IN, N_OUT]).weights[0].size == N_OUT * N_IN,
    ),
    ("a'_j", "one activation of the next layer"),
    (
        r"z_j = \sum_k w_{jk}\, a_k + b_j, \qquad a'_j = \sigma(z_j).",
        lambda: np.allclose(feedforward(A), sigmoid(np.array(entries(W, A, B)))),
    ),
    ("a'", "the activations of the next layer", 2),
    (r"w\,a", lambda: (W @ A).shape == (N_OUT, 1)),
    (r"\sum_k w_{jk}\, a_k", lambda: np.allclose(entries(W, A, 0 * B), W @ A)),
    (r"a' = \sigma(w\,a + b)", lambda: np.allclose(feedforward(A), sigmoid(W @ A + B)), 2),
    (r"(n_\text{in}, 1)", lambda: A.shape == (N_IN, 1)),
    (
        r"(n_\text{out}, n_\text{in})",
        lambda: Network([N_IN, N_OUT]).weights[0].shape == (N_OUT, N_IN),
    ),
    (r"(n_\text{out}, 1)", lambda: Network([N_IN, N_OUT]).biases[0].shape == (N_OUT, 1), 3),
    (r"z = w\,a + b", lambda: np.allclose(entries(W, A, B), W @ A + B)),
    ("j = 2", lambda: W.shape[0] - 1 == 2),
    (r"(n_\text{in}, m)", lambda: BATCH.shape == (N_IN, M)),
    (r"(n_\text{out}, m)", lambda: feedforward(BATCH).shape == (N_OUT, M)),
]

TABLES = [
    [
        ["symbol", "meaning", "shape in general", "here"],
        ["$a$", "activations of the layer before, a column", IN_GENERAL["a"], str(A.shape)],
        ["$w$", "weights, one row for each neuron", IN_GENERAL["w"], str(W.shape)],
        ["$b$", "biases, a column", IN_GENERAL["b"], str(B.shape)],
        [r"$z = w\,a + b$", "weighted inputs, a column", IN_GENERAL["b"], str((W @ A + B).shape)],
        [
            "$a'$",
            "activations of the layer, a column",
            IN_GENERAL["b"],
            str(feedforward(A).shape),
        ],
    ]
]

CODE = {
    "w.T @ a": lambda: np.allclose(REVERSED.T @ A, W @ A),
    "(n_in, n_out)": lambda: REVERSED.shape == (N_IN, N_OUT),
    'codes.measure("ten random bits", 20, data)': lambda: (
        [*inspect.signature(codes.measure).parameters] == ["kind", "seed", "data"]
        and "ten random bits" in codes.KINDS
        and 20 not in codes.SEEDS
    ),
    "x.reshape(784, 1)": lambda: SMALL.train.images[0].reshape(784, 1).shape == (PIXELS, 1),
}

SOURCES = []
