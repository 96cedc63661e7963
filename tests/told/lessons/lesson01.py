"""Lesson 01: what its prose tells, and what makes it true."""

import inspect
from itertools import product

import numpy as np

from course.lesson01 import questions
from nnlib import neurons
from nnlib.circuits import half_adder
from nnlib.neurons import perceptron
from tests.told import truths
from tests.told.truths import Output, Setting, Treats

BITS = list(product([0, 1], repeat=2))
GATES = {
    "AND": [x1 & x2 for x1, x2 in BITS],
    "OR": [x1 | x2 for x1, x2 in BITS],
    "NAND": [1 - (x1 & x2) for x1, x2 in BITS],
    "XOR": [x1 ^ x2 for x1, x2 in BITS],
    "first alone": [x1 & (1 - x2) for x1, x2 in BITS],
    "second alone": [x2 & (1 - x1) for x1, x2 in BITS],
}
TABLE = [
    [*bits, *(GATES[name][row] for name in ("AND", "OR", "NAND"))] for row, bits in enumerate(BITS)
]
IN_A_ROW = [entry for row in TABLE for entry in row]
SETTINGS = list(product(range(-4, 5), repeat=3))  # w1, w2, b
THREE = list(product([0, 1], repeat=3))
WEIGHTS = [6, 2, 2]
SIX, FRIEND, FREE = [
    Setting("01", rf"weights = \[{before}(\d)") for before in ("", r"\d, ", r"\d, \d, ")
]
CLOUDY = np.dot([0, 1, 1], WEIGHTS)
WIRES = half_adder(0, 0)
GATES_IN_IT = len(WIRES) - 2
# Published.
NEWS = 8, 1958, 25  # New York Times, July 8, 1958, page 25: New Navy Device Learns By Doing
BOOK = 1969  # Minsky and Papert, Perceptrons, MIT Press
DISPUTE = 26, 1996, 611, 659  # Olazaran, Social Studies of Science 26 (3), 611-659
BACKPROPAGATION = 1986  # Rumelhart, Hinton and Williams, Nature 323, 533-536


def computes(gate, *setting):
    """The weights and the bias, if a perceptron with them computes the gate."""
    *w, b = setting
    assert [int(np.dot(x, w) + b > 0) for x in BITS] == GATES[gate], f"{setting} is not {gate}"
    return setting


def biases(gate, *w):
    """The whole numbers that make a perceptron with these weights compute the gate."""
    return [b for b in range(-5, 6) if perceptron(BITS, w, b).tolist() == GATES[gate]]


def on_all(claim):
    """Whether a claim on w1, w2 and b holds for many whole numbers."""
    return all(claim(*setting) for setting in SETTINGS)


def output(x, w, threshold):
    """The rule of the first formula, summed term by term."""
    return 1 if sum(w_i * x_i for w_i, x_i in zip(w, x, strict=True)) > threshold else 0


def gives(x1, x2):
    """What a perceptron gives at a corner, as a function of w1, w2 and b."""
    return lambda w1, w2, b: perceptron([x1, x2], [w1, w2], b)


def passes(targets):
    """The pass of Rosenblatt's rule without a mistake, then the weights and the bias."""
    w, b = np.zeros(2, dtype=int), 0
    for number in range(1, 20):
        mistakes = 0
        for x, t in zip(np.array(BITS), targets):
            a = int(w @ x + b > 0)
            w, b, mistakes = w + (t - a) * x, b + (t - a), mistakes + (t != a)
        if not mistakes:
            return f"{number} {w} {b}"
    raise AssertionError("a mistake in every pass")


def xor_by_hand(w1, w2, b):
    """Whether the four corners of XOR are right."""
    return b <= 0 and w1 + b > 0 and w2 + b > 0 and w1 + w2 + b <= 0


def wired(x1, x2):
    """The half adder of the formula, with N written out."""

    def n(p, q):
        return 1 - p * q

    n1 = n(x1, x2)
    n2, n3 = n(x1, n1), n(x2, n1)
    return {"n1": n1, "n2": n2, "n3": n3, "sum": n(n2, n3), "carry": n(n1, n1)}


NUMBERS = [
    ("# 01 The perceptron: a neuron that", 1),
    ("neuron from the 1950s, see its", 1950),
    ("that three of them can, wire five", 3, GATES_IN_IT),
    ("a perceptron with two inputs as", 2),
    ("[lesson 00](00_start_here.ipynb).", 0),
    ("40 minutes to read and try, about 10 for the exercises, 45", 40, 10, 45),
    ("three in the morning to watch it? Three", 3, 3),
    ("lessons.** Up to three questions that", 3),
    ("Each is 0 (no) or 1 (yes). Each", 0, 1),
    ("6, the friend 2, the free morning 2.", SIX, FRIEND, FREE),
    ("a comparison. Three inputs can", len(WEIGHTS)),
    ("weighted sum is 4. Now take threshold", CLOUDY),
    ("take threshold 4. **At equality", CLOUDY),
    ("equality the output is 0.** This is a", perceptron([0, 1, 1], WEIGHTS, -CLOUDY)),
    ("again in lesson 02. **Change.** Try", Treats("02", "At $z = 0$ it gives 0")),
    (
        "3.9 and 4.1 in the cell that has just printed 0.",
        CLOUDY - 0.1,
        CLOUDY + 0.1,
        output([0, 1, 1], WEIGHTS, CLOUDY),
    ),
    ("to dot product Two changes of notation", 2),
    ("the formula shorter. 1. Move the", 1),
    ("the perceptron says 1 easily.", 1),
    ("easily. 2. Collect inputs and", 2),
    ("and weights in two vectors of shape", 2),
    (
        "(At threshold 5: friend 6, sky 5 or less.)",
        5,
        6 * perceptron([1], [6], -5),
        5 * (1 - perceptron([1], [5], -5)),
    ),
    ("the lab above to 6, 2, 2 again.", *WEIGHTS),
    ("is compared with 0 is called the", 0),
    ("two is an array, you may write `w @ x` instead; with two", 2, 2),
    (
        "speaks of comes in lesson 02. ##",
        Treats("02", "The smooth curve is the **sigmoid function**"),
    ),
    ("Two inputs: the decision is a line With two", 2, 2),
    ("everything. The four possible inputs", len(BITS)),
    ("both weights are 0). On one side", 0),
    (
        "1, on the other side, and on the line itself, it is 0.",
        perceptron([1], [1], 0),
        perceptron([1], [1], -1),
    ),
    ("1? Ask the corner $(0, 0)$: there $z = b$, so its side has output 1", 1, 1),
    ("is your turn. Three buttons of", len(TABLE[0]) - 2),
    ("0 | 0 | 0 | 0 | 1 | | 0 | 1 | 0 | 1 | 1 | | 1 | 0 | 0 | 1 | 1 | | 1", *IN_A_ROW[:16]),
    ("| 1 | 1 | 1 | 0 | **Predict.**", *IN_A_ROW[16:]),
    ("OR is wanted. Two corners are wrong,", Output("01", r"OR wants 0, 1, 1, 1: (\d) of 4 wrong")),
    ("bring it to *0 of 4 wrong*. After", 0, len(BITS)),
    (
        "1, `w2` = 1, `b` = -1, where the line runs through two",
        1,
        1,
        -1,
        sum(x1 + x2 - 1 == 0 for x1, x2 in BITS),
    ),
    ("0)$: with `b` = -1 or 0 it is OR.", *biases("OR", 2, 2)),
    ("OR. For NAND the 1 must be on the", GATES["NAND"][0]),
    ("negative: -2, -2 and bias 3, for", *computes("NAND", -2, -2, 3)),
    ("so the output 0. ## Exactly one", perceptron([1], [1], -1)),
    ('two **XOR**, "exclusive or", is 1 if **exactly one** of the two', 2, 1, 2),
    ("inputs is 1. **Predict.** How", 1),
    ("number, then take two minutes for", 2),
    ("that gets all four right? The computer", len(BITS)),
    ("$11^3 = 1{,}331$. None for XOR.", Output("01", r"XOR +\[0, 1, 1, 0\]: +(\d+) settings")),
    ("whole numbers from -5 to 5. Here is", Setting("01", r"values = range\((-\d+), "), 5),
    ("four corners say: - $(0, 0)$ gives 0,", len(BITS), GATES["XOR"][0]),
    ("- $(1, 0)$ gives 1, so $w_1 + b", GATES["XOR"][2]),
    ("- $(0, 1)$ gives 1, so $w_2 + b", GATES["XOR"][1]),
    ("- $(1, 1)$ gives 0, so $w_1 + w_2", GATES["XOR"][3]),
    ("second and the third: $w_1 + w_2", 0.333333),
    ("two opposite corners of a square on one side and the other two", 2, 2),
    ("perceptron is 0 or 1, just what", 0, 1),
    ("third perceptron sees nothing but $h_1$ and $h_2$: for it, the four", 0.333333, len(BITS)),
    ("of these two numbers. **Predict.**", 2),
    ("two perceptrons, on the right what the third", 2, 0.333333),
    ("wants 1 of the blue circles and 0", 1, 0),
    ("Then look for two other lines that", 2),
    ("two corners of which XOR wants a 1", sum(GATES["XOR"]), 1),
    ("show this. The third perceptron is", 0.333333),
    (
        "2, -2 and -2, 2 and both biases -1; then the third",
        *computes("first alone", 2, -2, -1)[:2],
        *computes("second alone", -2, 2, -1),
        0.333333,
    ),
    (
        "for, in lesson 03 and in every",
        Treats("03", "Every layer in between is a **hidden layer**"),
    ),
    ("carry the same 0 or 1. ## NAND", 0, 1),
    ("weights -2, -2 and the bias 3.", *computes("NAND", -2, -2, 3)),
    (
        "four inputs the weighted input $z$ is 3, 1, 1, -1.",
        len(BITS),
        *(-2 * x1 - 2 * x2 + 3 for x1, x2 in BITS),
    ),
    ("each row with a 1, say with AND", 1),
    ('no row has a 1, take "$x_1$ and', 1),
    ("**bit** is a 0 or a 1. Adding", 0, 1),
    (
        "two bits $x_1 + x_2$ gives 0, 1 or 2, in binary 00, 01 or 10.",
        2,
        0,
        1,
        2,
        *(int(f"{number:b}") for number in (0, 1, 2)),
    ),
    ("this is called a **half adder**.", 0.5),
    ("adder**. Five NANDs, each written", GATES_IN_IT),
    ("weights −2, −2 and the bias +3.", *computes("NAND", -2, -2, 3)),
    ("is 1, a dashed orange one 0. A", 1, 0),
    ("to 1, which of the seven wires", 1, len(WIRES)),
    ("first. Now all four sums, with", len(BITS)),
    ("is 0, 1, 1, 0 for the four inputs.", *(wired(*bits)["sum"] for bits in BITS), len(BITS)),
    ("alone, four of them in three layers:", GATES_IN_IT - 1, 3),
    (
        "networks from lesson 03 on it may",
        Treats("03", "takes the activations of **all** neurons in the layer before it"),
    ),
    ("it may not. Two details of the", 2),
    ("**twice**, with the weights -2 and -2.", 2, -2, -2),
    ("with the weight -4 does the same.", -2 + -2),
    ("depending on three numbers. And", 3),
    ("the weights, and 1 to the bias.", 1),
    ("the weights, and 1 from the bias.", 1),
    ("targets. For XOR none do: from", Output("01", r"XOR +\[0, 1, 1, 0\]: +(\d+) settings")),
    ("in three sentences.** In 1958 Rosenblatt", 3, NEWS[1]),
    ('existence" (8 July 1958, page 25).', *NEWS),
    ("In 1969 Marvin Minsky and Seymour", BOOK),
    ("For more than ten years few people", 10),
    ("Science* 26, 1996, pages 611 to 659).", *DISPUTE),
    ("only in the 1980s. This course", BACKPROPAGATION - BACKPROPAGATION % 10),
    ("output flips. Lesson 02 mends that.", Treats("02", "answer a small change of a weight")),
    (
        "for the other two. If the bias",
        2,
    ),
    ("the bias is doubled as well, something", 2),
    ("exercises of lesson 08 come back", Treats("08", "where a factor c > 0 changes nothing")),
    ("first. - **Output 1 at equality.**", 1),
    ("= 0$ gives 0. - **Testing equality", perceptron([1], [1], -1)),
    ("them: 0.1 + 0.2 exceeds 0.3 by", 0.1, 0.2, 0.3),
    ("threshold of 5 is a bias of -5. -", 5, -5),
    ("layers. ## Summary 1. A perceptron", 1),
    (
        r"1 if $z = w \cdot x + b$ is above 0, otherwise 0,",
        perceptron([1], [1], 0),
        0,
        perceptron([1], [1], -1),
    ),
    ("at equality too. 2. With", 2),
    ("With two inputs the decision is", 2),
    ("cannot compute it. 3. A network", 3),
    ("two fold the plane so that one line is enough for the third.", 2, 0.333333),
    ("[lesson 02](02_sigmoid_neuron.ipynb),", 2),
]

FORMULAS = [
    (r"x_1, x_2, \dots, x_n", "the inputs"),
    (r"w_1, w_2, \dots, w_n", "the weights"),
    (
        r"\text{output} = \begin{cases} 1 & \text{if } w_1 x_1 + w_2 x_2 + \dots + w_n x_n > "
        r"\text{threshold} \\ 0 & \text{otherwise} \end{cases}",
        lambda: all(
            perceptron(x, WEIGHTS, -threshold) == output(x, WEIGHTS, threshold)
            for x in THREE
            for threshold in range(-2, 12)
        ),
    ),
    ("2^3 = 8", lambda: 2**3 == len(THREE) == 8),
    (
        r"b = -\text{threshold}",
        lambda: all(perceptron(x, WEIGHTS, -5) == output(x, WEIGHTS, 5) for x in THREE),
    ),
    ("(n,)", "the shape of a vector"),
    (r"x = (x_1, \dots, x_n)", "the inputs as a vector"),
    (r"w = (w_1, \dots, w_n)", "the weights as a vector"),
    (
        r"w \cdot x = w_1 x_1 + \dots + w_n x_n",
        lambda: all(np.dot(WEIGHTS, x) == 6 * x[0] + 2 * x[1] + 2 * x[2] for x in THREE),
    ),
    (
        r"z = w \cdot x + b, \qquad \text{output} = \begin{cases} 1 & \text{if } z > 0 \\ 0 & "
        r"\text{if } z \le 0 \end{cases}",
        lambda: [perceptron([1], [z], 0) for z in (-1, 0, 1)] == [0, 0, 1],
    ),
    ("(m, n)", "the shape of a table of m inputs"),
    ("(8, 3)", lambda: np.shape(THREE) == (8, 3)),
    ("w_1 x_1 + w_2 x_2 + b = 0", "the line, by its definition"),
    ("(0, 0)", "a corner of the square", 3),
    ("z = b", lambda: on_all(lambda w1, w2, b: np.dot([w1, w2], [0, 0]) + b == b), 2),
    ("b > 0", lambda: on_all(lambda w1, w2, b: gives(0, 0)(w1, w2, b) == (b > 0))),
    ("w = (2, 2)", lambda: computes("AND", 2, 2, -3)),
    ("b = -3", lambda: computes("AND", 2, 2, -3)),
    ("x_1 + x_2 = 1.5", lambda: 3 / 2 == 1.5),  # of 2 x1 + 2 x2 - 3 = 0
    ("(1, 1)", "a corner of the square", 2),
    ("z = 0", lambda: perceptron([1], [0], 0) == 0, 2),
    ("11^3 = 1{,}331", lambda: len(range(-5, 6)) ** 3 == 11**3 == 1331),
    ("w_1, w_2, b", "the three numbers of a perceptron"),
    (r"b \le 0", lambda: on_all(lambda w1, w2, b: (gives(0, 0)(w1, w2, b) == 0) == (b <= 0))),
    ("(1, 0)", "a corner of the square"),
    ("w_1 + b > 0", lambda: on_all(lambda w1, w2, b: gives(1, 0)(w1, w2, b) == (w1 + b > 0))),
    ("(0, 1)", "a corner of the square"),
    ("w_2 + b > 0", lambda: on_all(lambda w1, w2, b: gives(0, 1)(w1, w2, b) == (w2 + b > 0))),
    (
        r"w_1 + w_2 + b \le 0",
        lambda: on_all(lambda w1, w2, b: (gives(1, 1)(w1, w2, b) == 0) == (w1 + w2 + b <= 0)),
    ),
    (
        "w_1 + w_2 + 2b > 0",
        lambda: on_all(lambda w1, w2, b: (w1 + b) + (w2 + b) == w1 + w2 + 2 * b),
    ),
    (
        "w_1 + w_2 + b > -b",
        lambda: on_all(lambda w1, w2, b: (w1 + w2 + 2 * b > 0) == (w1 + w2 + b > -b)),
    ),
    (r"-b \ge 0", lambda: on_all(lambda w1, w2, b: (b <= 0) == (-b >= 0))),
    ("w_1 + w_2 + b > 0", lambda: on_all(lambda *setting: not xor_by_hand(*setting))),
    ("h_1", "the output of the first perceptron", 3),
    ("h_2", "the output of the second perceptron", 3),
    ("x_1", "the first input", 5),
    ("x_2", "the second input", 2),
    ("x_1 + x_2", lambda: all(x1 + x2 == 2 * (x1 & x2) + (x1 ^ x2) for x1, x2 in BITS)),
    (
        r"n_1 = N(x_1, x_2), \quad n_2 = N(x_1, n_1), \quad n_3 = N(x_2, n_1), \quad "
        r"\text{sum} = N(n_2, n_3), \quad \text{carry} = N(n_1, n_1)",
        lambda: all(wired(*bits).items() <= half_adder(*bits).items() for bits in BITS),
    ),
    ("0 + 0", lambda: not any(half_adder(0, 0)[name] for name in ("sum", "carry"))),
    ("1 + 0", lambda: truths.code_of("01").count("HalfAdderLab(x1=1, x2=0)") == 1),
    ("n_1", "the output of the first gate", 3),
    ("n_2", "the output of the second gate", 2),
    ("n_3", "the output of the third gate"),
    ("a = t", "no mistake: nothing changes"),
    ("a = 0", "the output is too small"),
    ("t = 1", "the target is 1"),
    ("a = 1", "the output is too large"),
    ("t = 0", "the target is 0"),
    (
        r"x \cdot x + 1",
        lambda: on_all(
            lambda w1, w2, b: all(
                np.dot(np.add([w1, w2], x), x) + b + 1 - (np.dot([w1, w2], x) + b)
                == np.dot(x, x) + 1
                for x in BITS
            )
        ),
    ),
    (
        r"w \to w + (t - a)\,x, \qquad b \to b + (t - a)",
        lambda: all(
            f"{name} {passes(GATES[name])}\n" in truths.outputs("01")
            for name in ("AND", "OR", "NAND")
        ),
    ),
    (
        r"z = w \cdot x + b",
        lambda: all(perceptron(x, [2, 2], -3) == (2 * x[0] + 2 * x[1] - 3 > 0) for x in BITS),
    ),
]

TABLES = [[["x1", "x2", "AND: both", "OR: at least one", "NAND: not both"], *TABLE]]

CODE = {
    "w @ x": lambda: np.array(WEIGHTS) @ [0, 1, 1] == CLOUDY,
    "nnlib.neurons.perceptron(x, w, b)": lambda: (
        [*inspect.signature(neurons.perceptron).parameters] == ["x", "w", "b"]
    ),
    "questions.threshold.solution()": lambda: callable(questions.threshold.solution),
}

SOURCES = []
