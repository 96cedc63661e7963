"""Lesson 02: what its prose tells, and what makes it true."""

import ast
import re

import numpy as np
from scipy.special import expit

from nnlib import mnist, neurons
from nnlib.neurons import perceptron
from tests.told import truths
from tests.told.truths import Limit, Output, Setting, Treats

RNG = np.random.default_rng(2)
Z = RNG.normal(0, 3, 50)
X, W, B = RNG.normal(size=3), RNG.normal(size=3), RNG.normal()
H = 1e-6  # of a centered difference
ENDLESS = 1e3  # a z, or a steepness, as good as infinite
NEURONS = ["h1", "h2", "h3", "h4", "y"]
PIXELS = mnist.load("mini").train.images[0].size
HIDDEN = Setting("02", r"Network\(\[784, (\d+), 10\]")
OUTPUTS = Setting("02", r"Network\(\[784, 30, (\d+)\]")
TURNED = Output("02", r"is turned by ([\d.]+) \(trained")
FLIPS = "0.0001 < flips.mean() < 0.0006 < 0.001 < first < 0.003"
STEPS = ast.literal_eval(re.search(r"in (\[1\.8.*?\])", truths.code_of("02"))[1])
TIMES = ast.literal_eval(re.search(r"sizes = np\.array\((.*?)\)", truths.code_of("02"))[1])
# Measured on ten networks and both data sets, 20 pixels of each image, all hidden neurons, in %.
FLIPS_DIE_OUT = 60, 95
MOVED = 35, 50


def step(z):
    return np.where(np.asarray(z) > 0, 1, 0)


def sigma(z):
    """The formula of the lesson, written with tanh instead."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def network(rule, w, x1=1, x2=1):
    """The outputs of the five neurons."""
    h1, h2 = rule(w * x1 + x2 - 3), rule(-2 * x1 + 2 * x2 + 1)
    h3, h4 = rule(4 * h1 - 2 * h2 + 1), rule(-4 * h1 + h2 + 0.5)
    return dict(zip(NEURONS, (h1, h2, h3, h4, rule(4 * h3 - 4 * h4 - 1))))


def moved(rule):
    """How far each neuron moves when w goes from 2.0 to 2.1."""
    before, after = network(rule, 2.0), network(rule, 2.1)
    return {name: abs(after[name] - before[name]) for name in NEURONS}


def flip(**inputs):
    """The two places of the slider between which the perceptrons flip."""
    ws = np.arange(41) / 10
    outputs = [int(network(step, w, **inputs)["y"]) for w in ws]
    return ws[outputs.index(1) - 1], ws[outputs.index(1)]


def slope(f, at):
    return (f(at + H) - f(at - H)) / (2 * H)


def close(left, right):
    return np.allclose(left, right, rtol=1e-6, atol=1e-8)


def single(w):
    """z of the neuron with two inputs, both 1, that the lesson begins with."""
    return np.dot([w, 1], [1, 1]) - 3


def output(dw, db):
    """The activation when the weights and the bias change by so much."""
    return expit((W + dw) @ X + B + db)


def linear_response():
    """The slopes of the formula, against differences, and their sum, against the true change."""
    prime = neurons.sigmoid_prime(W @ X + B)
    measured = [(output(H * one, 0) - output(-H * one, 0)) / (2 * H) for one in np.eye(3)]
    dw, db = 1e-5 * RNG.normal(size=3), 2e-5
    true = output(dw, db) - output(0, 0)
    return (
        close(measured, prime * X)
        and close((output(0, H) - output(0, -H)) / (2 * H), prime)
        and np.isclose(true, sum(prime * X[j] * dw[j] for j in range(3)) + prime * db, 1e-3, 0)
    )


def fractions(z):
    """The four terms of the formula of the slope."""
    e = np.exp(-z)
    return e / (1 + e) ** 2, 1 / (1 + e) * (e / (1 + e)), sigma(z) * (1 - sigma(z))


NUMBERS = [
    ("# 02 The sigmoid neuron After this", 2),
    (
        "[lesson 01](01_perceptron.ipynb):",
        Treats("01", "A **perceptron** takes several **inputs**"),
    ),
    ("40 minutes to read and try, about 13 for the exercises, 45", 40, 13, 45),
    ("lessons.** Up to three questions that", 3),
    ("the weight by 0.1, and look at", 0.1),
    ("reminder from lesson 01. A perceptron", Treats("01", "is called the **weighted input** $z$")),
    ("gives 1 if $z > 0$, and 0 otherwise.", perceptron([1], [1], 0), perceptron([1], [-1], 0)),
    ("otherwise. At $z = 0$ it gives 0. Take", perceptron([1], [1], -1)),
    ("two inputs that are both 1, the weights $w$ and 1,", 2, 1, 1),
    ("from 1.8 to 2.2 in steps of 0.1.", STEPS[0], STEPS[-1], STEPS[1] - STEPS[0]),
    (
        "Three of the four steps change",
        int(np.sum(np.diff([perceptron([1, 1], [w, 1], -3) for w in STEPS]) == 0)),
        len(STEPS) - 1,
    ),
    (
        "2.0 to 2.1 the output jumps from 0 to 1.",
        *flip(),
        network(step, 2.0)["y"],
        network(step, 2.1)["y"],
    ),
    ("nothing between 0 and 1. **Change.**", 0, 1),
    ("**Change.** Put 2.01 and 2.001 into", 2.01, 2.001),
    ("the output jumps by 1 or does not", moved(step)["y"]),
    ("network of five perceptrons. $h_1$", len(NEURONS)),
    ("2.0 to 2.1, with both inputs 1.", *flip(), 1),
    ("one image of a 9. If no output", 9),
    ("jumping from 0 to 1, the output", 0, 1),
    ("perceptron's output there, 0. The empty", step(0)),
    ("circle says: not 1. The smooth", 1),
    ("Far from 0 the two rules nearly", 0, 2),
    ("nearly agree. Near 0 they differ.", 0),
    (r"$\sigma(z)$ never reaches 0 or 1. To read", 0, 1),
    ('if it is above 0.5". That is the', sigma(0)),
    ("and bias says 1. ### Inputs may", perceptron([1], [1], 0)),
    ("lesson 01 had inputs 0 and 1. A", Treats("01", "Each is 0 (no) or 1 (yes)"), 0, 1),
    ("neuron also takes 0.638, the gray", Setting("02", r"\[1, 0\], \[([\d.]+), 0\.25\]")),
    ('lie between 0 and 1 "because the', 0, 1),
    ("two kinds of neurons The sigmoid twin of the five", 2, len(NEURONS)),
    ("give 0, the sigmoid neurons 0.736.", network(step, 2.0)["y"], network(sigma, 2.0)["y"]),
    ("of both networks. 1. Click the", 1),
    ("on the right? 2. Set *input x2*", 2),
    ("Set *input x2* to 0 and find the", 0),
    ("perceptrons flip now. 3. Set *input", 3),
    ("Set *input x1* to 0 and move *w*.", 0),
    ("*steepness c* at 1 for now. Answers:", 1),
    (
        "(1) on the left all but $h_2$ flip; on the right the same four",
        1,
        sum(change > 0 for change in moved(step).values()),
    ),
    ("move, each by less than 0.03.", np.ceil(100 * max(moved(sigma).values())) / 100),
    ("(2) Between 3.0 and 3.1; $h_3$", 2, *flip(x2=0)),
    ("longer takes part. (3) $w$ is multiplied", 3),
    ("digits The five perceptrons were", len(NEURONS)),
    ("two; you will do so yourself in lesson 07,", 2, Treats("07", "`SGD`")),
    ("30 **hidden neurons**, which read all 784", HIDDEN, PIXELS),
    ("10 output neurons, which read these 30,", OUTPUTS, HIDDEN),
    ("one of the 30 hidden neurons, and", HIDDEN),
    ("this neuron by 0.1. Then look at", TURNED),
    ("at the ten outputs. **Predict.**", OUTPUTS),
    ("this trial on 1,000 digits that", Output("02", r"Of ([\d,]+) digits the outputs")),
    ("neuron, turned by +0.1. A black", TURNED),
    ("says what its ten outputs do. A", OUTPUTS),
    ("dot is tiny. 1. Click the handle", 1),
    ("and press → ten times. How many", 10),
    ("all eleven times together? 2. Choose", 10 + 1, 2),
    ("do it again. 3. Choose the weight", 3),
    (
        "1 to 3 of 1,000 trials: its $z$ grows by at most 0.1, and half",
        Limit("02", FLIPS, 2, 1000),
        Limit("02", FLIPS, 3, 1000),
        1000,
        TURNED,
        0.5,
    ),
    ("more than 8 away from 0. Most of", Limit("02", "np.median(abs(z_first)) > 8"), 0),
    ("out: the other 29 inputs of each", HIDDEN.shown() - 1),
    ("as in the five perceptrons is the", len(NEURONS)),
    ("it jumps, by 1. **The sigmoid neurons", moved(step)["y"]),
    ("0: more than half of them are below a millionth, and none", 0, 0.5, 0),
    ("is above 0.05. But a computer", Limit("02", "moves.max() < 0.05")),
    ("a millionth from 0, too, and every", 0),
    ("(3): where perceptrons move, they jump by 1;", 3, moved(step)["y"]),
    (
        "ten of them, on both data sets, we tried 20",
        10,
        Setting("02", r"rng\.choice\(image\[image > 0\], (\d+)\)"),
    ),
    (
        "30 neurons: an output of the perceptrons flips in 0.01 to 0.06",
        HIDDEN,
        Limit("02", FLIPS, 0, 100),
        Limit("02", FLIPS, 1, 100),
    ),
    ("the trials, and 60 to 95 % of the", *FLIPS_DIE_OUT),
    ("a millionth in 35 to 50 % of the", *MOVED),
    ("it never becomes 0, but far out", 0),
    ("in lesson 09 saturated neurons", Treats("09", "saturated")),
    ("$w_j$ grows by 1, $z$ grows by", 1),
    ("them by 0.01, 0.1, 1 and 10 times", *TIMES),
    ("predicts 0.01, 0.1, 1 and 10 times", *TIMES),
    ("10 it predicts an output above 1,", TIMES[-1], 1),
    ("network of five neurons responds", len(NEURONS)),
    ("a step of 0.1. The perceptrons", Setting("02", r"predicted \{([\d.]+) \* slope")),
    ("a slope too: 0. It is correct,", Output("02", r"step +predicted ([\d.]+),")),
    ("04](04_gradient_descent.ipynb)", Treats("04", "gradient descent")),
    ("[lesson 06](06_backpropagation.ipynb)", Treats("06", "backpropagation")),
    ("0 left of 0, and to 1 right of 0,", 0, sigma(-ENDLESS), sigma(ENDLESS), 0),
    ("$z$ is exactly 0**. Now the live", 0),
    ("lines are tangents. 1. Move *z*", 1),
    ("Move *z* to 6 and back. Where", 6),
    ("And the right one? 2. Set *z* to", 2),
    ("Set *z* to 0. What do the", 0),
    ("two neurons give there, and with which slope? 3.", 2, 3),
    ("at 0.1, raise *c* to 100. Output", 0.1, 100),
    ("to each? Answers: (1) the left", 1),
    ("one is flat at every $z$ but 0.", 0),
    ("(2) 0.500 with slope 0.250; the perceptron gives 0", 2, sigma(0), slope(sigma, 0), step(0)),
    ("jump. (3) The output approaches 1.", 3, sigma(100 * 0.1)),
    (
        "1, *steepness c* to 100 and $w$ to 2.0.",
        1,
        100,
        Output("02", r"networks differ at w = ([\d.]+)"),
    ),
    (
        "gives 1, the perceptrons give 0.",
        network(lambda z: sigma(100 * z), 2.0)["y"],
        network(step, 2.0)["y"],
    ),
    ("$h_1$ is exactly 0. The sigmoid", single(2.0)),
    ("perceptron $h_1$ gives 0, and the", network(step, 2.0)["h1"]),
    (r"+ \text{inf})$ is 0.0. By luck", Output("02", r"sigmoid\(-800\): +([\d.]+)")),
    ("result lies between 0 and 1. For $z", 0, 1),
    ("rule of lesson 01 teaches one perceptron", Treats("01", "Frank Rosenblatt")),
    ("$-2$ should give 0.1. Try $w -", Setting("02", r"try_and_keep\(rule, 2\.5, ([\d.]+)\)")),
    ("closer to 0.1. **Predict.** All", Setting("02", r"try_and_keep\(rule, 2\.5, ([\d.]+)\)")),
    ("**Predict.** All three neurons", 3),
    ("that are not 0 where it works.", 0),
    (
        "0: `try_and_keep(relu, 1.5, 0.9)` stays at 1.5.)",
        0,
        Limit("02", "try_and_keep(relu, 1.5, 0.9) == 1.5"),
    ),
    ("lie between 0 and 1, and because", 0, 1),
    (
        "three functions of lessons 01 and 02:",
        len([neurons.perceptron, neurons.sigmoid, neurons.sigmoid_prime]),
        1,
        2,
    ),
    ("slope that is not 0 where it works.", 0),
    ("lie between 0 and 1 because the", 0, 1),
    ('0.7 means a probability of 70 %."** It is a number between 0 and 1.', 0.7, 100 * 0.7, 0, 1),
    ("it is right in 70 % of the cases", 100 * 0.7),
    ("## Summary 1. Perceptrons answer", 1),
    ("a small change. 2. For small changes,", 2),
    (r"at most $\tfrac14$. 3. As $c$ grows,", 3),
    ("[lesson 03](03_architecture.ipynb)", 3),
]

FORMULAS = [
    (
        r"z = w \cdot x + b = w_1 x_1 + w_2 x_2 + \dots + b,",
        lambda: close(np.dot(W, X) + B, W[0] * X[0] + W[1] * X[1] + W[2] * X[2] + B),
    ),
    ("z > 0", lambda: np.array_equal(sigma(Z) > 0.5, step(Z) == 1) and step(1) == 1, 2),
    ("z = 0", lambda: step(0) == 0 and sigma(0) == 0.5, 7),
    ("-3", lambda: truths.code_of("02").count("[w, 1], -3") == 1),
    ("z = w + 1 - 3", lambda: all(close(single(w), w + 1 - 3) for w in STEPS)),
    ("h_1", "the first neuron of the first layer", 8),
    ("h_2", "the second neuron of the first layer", 4),
    ("x_1", "the first input", 2),
    ("x_2", "the second input"),
    ("h_3", "the first neuron of the second layer", 3),
    ("h_4", "the second neuron of the second layer", 2),
    (r"z = w \cdot x + b", lambda: close(neurons.sigmoid(W @ X + B), sigma(sum(W * X) + B))),
    (r"\sigma(z) = \frac{1}{1 + e^{-z}}", lambda: close(1 / (1 + np.exp(-Z)), sigma(Z))),
    (r"e \approx 2.718", lambda: abs(np.e - 2.718) < 0.0005),
    (
        r"a = \sigma(z), \qquad z = w \cdot x + b.",
        lambda: close(neurons.sigmoid(np.dot(W, X) + B), sigma(W @ X + B)),
    ),
    ("(n,)", lambda: X.shape == W.shape == (len(X),)),
    ("e^{-z}", lambda: np.exp(-30) < 1e-12 and np.exp(30) > 1e12, 2),
    (r"\sigma(z) \approx 1/1 = 1", lambda: close(sigma(40), 1)),
    (r"\sigma(z) \approx 1/\text{huge} = 0", lambda: close(sigma(-40), 0)),
    ("e^0 = 1", lambda: np.exp(0) == 1),
    (r"\sigma(0) = 1/(1 + 1) = \tfrac12", lambda: sigma(0) == 1 / (1 + 1) == 1 / 2),
    (r"\sigma(z)", "the output, which stays between 0 and 1"),
    ("w = 2.0", lambda: flip()[0] == 2.0 and single(2.0) == 0, 2),
    ("x_1 = 0", lambda: network(sigma, 0.0, x1=0) == network(sigma, 4.0, x1=0)),
    (r"\sigma'(z)", "the slope of the curve", 2),
    (
        r"\sigma'(z) = \frac{e^{-z}}{(1 + e^{-z})^2} = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}"
        r"{1 + e^{-z}} = \sigma(z)\,\bigl(1 - \sigma(z)\bigr).",
        lambda: all(np.allclose(slope(sigma, Z), term, atol=1e-8) for term in fractions(Z)),
    ),
    (
        r"\frac{e^{-z}}{1 + e^{-z}} = 1 - \frac{1}{1 + e^{-z}}",
        lambda: close(np.exp(-Z) / (1 + np.exp(-Z)), 1 - 1 / (1 + np.exp(-Z))),
    ),
    ("a(1 - a)", lambda: np.allclose(slope(sigma, Z), sigma(Z) * (1 - sigma(Z)), atol=1e-8)),
    (r"\tfrac14", lambda: neurons.sigmoid_prime(0) == 1 / 4 >= slope(sigma, Z).max(), 2),
    (r"j = 1, \dots, n", "the numbers of the weights"),
    (r"\Delta w_j", "the change of a weight"),
    (r"\Delta b", "the change of the bias"),
    (r"\partial a / \partial w_j", "the slope for one weight"),
    (
        r"\frac{\partial a}{\partial w_j} = \sigma'(z)\, x_j, \qquad \frac{\partial a}{\partial b} "
        r"= \sigma'(z), \qquad \Delta a \approx \sum_{j=1}^n \frac{\partial a}{\partial w_j} "
        r"\Delta w_j + \frac{\partial a}{\partial b} \Delta b.",
        linear_response,
    ),
    ("=", "the sign that would say too much"),
    ("w = 1.5", lambda: truths.code_of("02").count('network(rule, 1.5)["y"]') == 1),
    ("w = 2", lambda: flip()[0] == 2),
    ("c > 0", "steepness is positive"),
    (
        r"a = \sigma(cz)",
        lambda: close(network(lambda z: sigma(3 * z), 1.0)["h1"], sigma(3 * single(1.0))),
    ),
    (r"cz = (cw) \cdot x + cb", lambda: close(3 * (W @ X + B), (3 * W) @ X + 3 * B)),
    (r"c \cdot 0 = 0", lambda: ENDLESS * 0 == 0),
    (r"\tfrac12", lambda: sigma(ENDLESS * 0) == sigma(100 * single(2.0)) == 1 / 2, 2),
    (
        r"\lim_{c \to \infty} \sigma(cz) = \begin{cases} 0 & z < 0 \\ \tfrac12 & z = 0 \\ 1 & "
        r"z > 0. \end{cases}",
        lambda: sigma(ENDLESS * np.array([-0.1, 0, 0.1])).round(9).tolist() == [0, 1 / 2, 1],
    ),
    ("1/(1 + e^{-z})", lambda: close(1 / (1 + np.exp(-Z)), sigma(Z))),
    (r"1.8 \cdot 10^{308}", lambda: f"{np.finfo(float).max:.1e}" == "1.8e+308"),
    ("z = -800", lambda: "sigmoid(-800)" in truths.code_of("02")),
    ("e^{800}", lambda: np.log(np.finfo(float).max) < 800),
    ("10^{347}", lambda: int(800 / np.log(10)) == 347),
    (r"1/(1 + \text{inf})", lambda: 1 / (1 + np.inf) == 0),
    ("e^{-800}", lambda: np.exp(-800) == 0),
    ("e^z/(1 + e^z)", lambda: close(np.exp(Z) / (1 + np.exp(Z)), sigma(Z))),
    ("z = 800", lambda: "np.exp(800) / (1 + np.exp(800))" in truths.code_of("02")),
    (r"z \ge 0", lambda: (np.exp(-abs(Z[Z >= 0])) == np.exp(-Z[Z >= 0])).all()),
    ("z < 0", lambda: (np.exp(-abs(Z[Z < 0])) == np.exp(Z[Z < 0])).all()),
    ("e^{-|z|}", lambda: (np.exp(-abs(Z)) <= 1).all()),
    (r"\text{relu}(z) = \max(0, z)", lambda: "return np.maximum(0, z)" in truths.code_of("02")),
    ("x = 1", "the one input"),
    ("-2", lambda: "abs(rule(v - 2) - target)" in truths.code_of("02")),
    ("w - 0.1", lambda: "[w, w - 0.1, w + 0.1]" in truths.code_of("02")),
    ("w + 0.1", lambda: "[w, w - 0.1, w + 0.1]" in truths.code_of("02")),
    ("w = 2.5", lambda: "try_and_keep(rule, 2.5, 0.1)" in truths.code_of("02"), 2),
    ("z = 0.5", lambda: 2.5 - 2 == 0.5),
    ("a(1-a)", lambda: np.allclose(slope(sigma, Z), sigma(Z) * (1 - sigma(Z)), atol=1e-8)),
    (
        r"a = \sigma(w \cdot x + b)",
        lambda: close(neurons.sigmoid(np.dot(W, X) + B), sigma(W @ X + B)),
    ),
    (r"\Delta a", "the change of the activation"),
    (
        r"\sigma' = a(1 - a)",
        lambda: np.allclose(slope(sigma, Z), sigma(Z) * (1 - sigma(Z)), atol=1e-8),
    ),
    (r"\sigma(cz)", "a sigmoid that is as steep as c says"),
    ("|z|", "how far z is from 0"),
]

TABLES = []

CODE = {
    "nnlib/neurons.py": lambda: neurons.__name__ == "nnlib.neurons",
    "import math": "the line after which exp(-z) is no name",
    "expit(z)": lambda: np.allclose(expit(Z), sigma(Z)),
    "with np.errstate(...)": lambda: callable(np.errstate().__enter__),
}

SOURCES = []
