"""What the prose of lesson 06 tells, once more."""

import ast

import numpy as np

from course.ask import schedule
from course.lesson06.lab import MOST_STEPS, all_numbers, descend, worked_network
from nnlib import gradients, mnist
from nnlib.mnist._originals import counts
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.told.truths import Near, Output, Setting, code_of, cost_of, parameters

SIZES = [784, 30, 10]
PARAMETERS = parameters(SIZES)
WEIGHTS = PARAMETERS - sum(SIZES[1:])
LEARNED_FROM = counts()[0] - 10_000  # mnist.load() keeps 10,000 for validation
IMAGES = mnist.load("mini").train
DIGITS = {kind: np.finfo(kind).nmant * np.log10(2) for kind in (np.float32, np.float64)}

X, Y = np.array([[1.0], [0.5]]), np.array([[1.0]])
PAPER = all_numbers(worked_network(), X, Y)
WALK = [
    (gradients.quadratic_cost(net, X, Y), net.feedforward(X).item())
    for net in descend(worked_network(), X, Y)
]  # (cost, output) after each step
COSTS, OUTPUTS = zip(*WALK)
NINE = parameters(worked_network().sizes)
STEPS_TO_HALF = next(n for n, output in enumerate(OUTPUTS) if output > 0.5)

DEEP = Network([3, 4, 4, 2], rng=6, dtype=np.float64)
RNG = np.random.default_rng(6)
XS, YS = RNG.uniform(size=(3, 5)), RNG.uniform(size=(2, 5))
ONE = XS[:, :1], YS[:, :1]
HALF_OF_SQUARES = sum((y - a) ** 2 for y, a in zip(YS[0, :3], XS[:, 0])) / 2
BY_BACKPROP = 2 * WEIGHTS + SIZES[1] * SIZES[2]  # multiplications
MEASURED_B, MEASURED_W = gradients.numerical_gradient(DEEP, *ONE)


def lines_of(name):
    """How many lines the body of a function has in the lesson."""
    (found,) = [f for f in ast.parse(code_of("06")).body if getattr(f, "name", "") == name]
    return found.end_lineno - found.lineno


def passed(x):
    """Weighted inputs and activations of DEEP, layer by layer: two lists."""
    zs, activations = [], [x]
    for w, b in zip(DEEP.weights, DEEP.biases):
        zs.append(w @ activations[-1] + b)
        activations.append(sigmoid(zs[-1]))
    return zs, activations


def feeds_forward():
    """Whether the outputs of a network come from z = w a + b and a = sigma(z), layer by layer."""
    return np.allclose(passed(XS)[1][-1], DEEP.feedforward(XS))


def output_error():
    """Whether the measured slopes in the last z are (a - y) sigma'(z)."""
    zs, activations = passed(ONE[0])
    told = (activations[-1] - ONE[1]) * sigmoid_prime(zs[-1])
    return np.allclose(told, MEASURED_B[-1], atol=1e-8)


def carried_back():
    """Whether the errors of each layer come from those of the next, as matrices and neuron wise."""
    zs, _ = passed(ONE[0])
    for w, delta_next, z, delta in zip(DEEP.weights[1:], MEASURED_B[1:], zs, MEASURED_B):
        sums = [sum(w[k, j] * delta_next[k, 0] for k in range(len(w))) for j in range(len(z))]
        neuron_wise = np.array(sums)[:, None] * sigmoid_prime(z)
        matrices = (w.T @ delta_next) * sigmoid_prime(z)
        if not (np.allclose(neuron_wise, delta, atol=1e-8) and np.allclose(matrices, neuron_wise)):
            return False
    return True


def products():
    """Whether the measured slopes in the weights are errors times activations before them."""
    _, activations = passed(ONE[0])
    pairs = zip(MEASURED_B, activations, MEASURED_W)
    return all(np.allclose(delta @ a.T, w, atol=1e-8) for delta, a, w in pairs)


def nudged(change):
    """Cost of the paper network when one of its numbers is changed by hand."""
    net = worked_network()
    change(net)
    return gradients.quadratic_cost(net, X, Y)


def errors_are_slopes():
    """Whether delta is the slope of the cost in a weighted input, measured at a bias."""
    up = nudged(lambda net: net.biases[0].__setitem__((0, 0), -1 + 1e-5))
    down = nudged(lambda net: net.biases[0].__setitem__((0, 0), -1 - 1e-5))
    return np.isclose((up - down) / 2e-5, PAPER["delta2"][0, 0], rtol=1e-6)


def means():
    """Whether the gradient of a mini-batch is the mean over its columns, summed by the product."""
    singles = [gradients.numerical_gradient(DEEP, XS[:, [i]], YS[:, [i]]) for i in range(5)]
    deltas, last = np.hstack([b[-1] for b, _ in singles]), passed(XS)[1][-2]
    b, w = DEEP.backprop(XS, YS)
    in_column = np.allclose(deltas.sum(axis=1, keepdims=True) / 5, b[-1], atol=1e-8)
    return in_column and np.allclose(deltas @ last.T / 5, w[-1], atol=1e-8)


def first_error():
    """Whether delta of the first hidden neuron is the product of the three slopes on its way."""
    told = PAPER["delta3"] * PAPER["w3"][0, 0] * sigmoid_prime(PAPER["z2"][0, 0])
    return np.isclose(told.item(), PAPER["delta2"][0, 0])


def slope_in(a, y):
    """The measured slope of (y - a)^2 / 2 in a."""
    return ((y - a - 1e-5) ** 2 - (y - a + 1e-5) ** 2) / 2 / 2e-5


def falls(power, centered):
    """How many times the error of a measured slope falls when h goes from 10^power to a tenth."""
    h = 10.0 ** np.array([power, power - 1])
    below = sigmoid(1 - h) if centered else sigmoid(1.0)
    measured = (sigmoid(1 + h) - below) / (2 * h if centered else h)
    first, second = abs(measured - sigmoid_prime(1.0))
    return first / second


def off_in_float32(seed):
    """How far the measured gradient of one image is off if the network computes in float32, in %.

    A pixel without ink moves nothing, so only the inked ones are kept.
    """
    image, label = IMAGES.images[0], IMAGES.labels[0]
    whole = Network(SIZES, rng=seed, dtype=np.float32)
    network = Network([np.count_nonzero(image), *SIZES[1:]], dtype=np.float32)
    network.weights = [whole.weights[0][:, image > 0], whole.weights[1]]
    network.biases = whole.biases
    x, y = image[image > 0][:, None], np.eye(10, dtype=np.float32)[:, [label]]
    parameters = network.biases + network.weights
    measured = [
        gradients._slopes(
            lambda: np.sum((network.feedforward(x) - y) ** 2) / 2, p, np.float32(1e-5)
        )
        for p in parameters
    ]
    b, w = network.backprop(x, y)
    true, found = (np.concatenate([one.ravel() for one in many]) for many in (b + w, measured))
    return 100 * np.linalg.norm(found - true) / np.linalg.norm(true)


def terms(j):
    """What is added up for a hidden neuron on paper: (weight, input) pairs, and the bias."""
    pairs = zip(PAPER["w2"][j].tolist(), X[:, 0].tolist())
    return [*pairs, PAPER["b2"][j, 0]]


def shape(*names):
    """The shapes of numbers on paper, as the table writes them."""
    return ", ".join(str(PAPER[name].shape) for name in names)


def rectified(z):
    """max(0, z), and its slope by centered differences."""
    slope = (np.maximum(0, z + 1e-5) - np.maximum(0, z - 1e-5)) / 2e-5
    return np.maximum(0, z), slope


def transposed_differ():
    """Whether `delta * a.T` is the matrix product for one column, and fails for two."""
    delta, a = np.arange(3.0), np.arange(2.0, 6.0)
    one = np.array_equal(delta[:, None] * a[None], delta[:, None] @ a[None])
    return one and (np.ones((3, 2)) @ np.ones((2, 3)) == 2).all()


OFF = [off_in_float32(seed) for seed in range(4)]
NUMBERS = [
    ("# 06 Backpropagation: what every", 6),
    ("write `backprop` in eight lines, for", lines_of("backprop")),
    ("[lesson 03](03_architecture.ipynb)", 3),
    ("[lesson 04](04_gradient_descent.ipynb)", 4),
    ("[lesson 05](05_stochastic_gradient_descent.ipynb)", 5),
    ("48 minutes to read and try, about 25", 48, 25),
    ("and the exercises, 90 minutes in", 90),
    ("lessons.** Up to three questions that", schedule.MOST),
    ("network of sizes [784, 30, 10] has 23,860", *SIZES, PARAMETERS),
    ("all 23,860 answers for about the work of three runs", PARAMETERS, 3),
    ("- **Out**: two lists. `nabla_b`", len(DEEP.backprop(XS, YS))),
    ("by a factor of 2, or of the number", 2),
    ("gradient of [784, 30, 10] take?", *SIZES),
    ("for paper Two inputs, two hidden neurons", *worked_network().sizes[:2]),
    ("layer 1 is the input, layer 2 the hidden layer, layer 3 the output", 1, 2, 3),
    ("| inputs | (2, 1) | |", *PAPER["x"].shape),
    ("weights and biases into layer 2 |", 2),
    ("| (2, 2), (2, 1) | `weights[0]`,", *PAPER["w2"].shape, *PAPER["b2"].shape),
    ("weights and bias into layer 3 |", 3),
    ("| (1, 2), (1, 1) |", *PAPER["w3"].shape, *PAPER["b3"].shape),
    ("weighted inputs of layer $l$ | (2, 1), (1, 1)", *PAPER["z2"].shape, *PAPER["z3"].shape),
    ("activations of layer $l$ | (2, 1), (1, 1)", *PAPER["a2"].shape, *PAPER["a3"].shape),
    ("As in lesson 03, $w_{jk}$ goes", 3),
    ("Will the output be above one half?", 0.5),
    ("The output is 0.2616 and should be 1. Who", PAPER["a3"].item(), Y.item()),
    ("the output are 2 and −1, and the", *PAPER["w3"].ravel()),
    ("slope in $b_j$ is 1, and its slope", 1),
    ("All nine derivatives, from one", NINE),
    ("has come nearer to 1, and the cost", Y.item()),
    ("slider, go to 0 and use the", 0),
    ("all digits and shown with four. Then", 4),
    ("the output is above one half? Four: the", 0.5, STEPS_TO_HALF),
    ("falls from 0.2726 to 0.2253, 0.1763, 0.1323 and 0.0981. After", *COSTS[:5]),
    ("After 20 steps the output says 0.86.", MOST_STEPS, OUTPUTS[MOST_STEPS]),
    ("Go back to 0 steps taken. Three changes", 0, 3),
    ("## The five steps 1. **Input**:", Setting("06", r"  # (\d) gradient\n"), 1),
    ("2. **Feedforward**: for each", 2),
    ("3. **Output error**:", 3),
    ("4. **Backpropagate**: layer", 4),
    ("5. **Gradient**:", 5),
    ("Now [784, 30, 10] and one image", *SIZES),
    ("of the derivatives are exactly 0? You", 0),
    ("with the input of 0. A pixel", 0),
    ("The 784 derivatives for one hidden neuron belong to 784 pixels", SIZES[0], SIZES[0]),
    ("What do the 30 pictures show,", SIZES[1]),
    ("the network said 9,", Setting("06", r"for state in states\] == \[(\d), 5, 5\]")),
    ("after one step it says 5.", Setting("06", r"for state in states\] == \[9, (\d), 5\]")),
    ("Its output 5 goes", Output("06", r"the image is a (\d), its output")),
    ("goes from 0.72 to", Output("06", r"the image is a 5, its output (0\.\d+) and")),
    ("to 0.86 and", Setting("06", r"np\.array\(\[0\.72, (0\.\d+), 0\.\d+\]\)")),
    ("and 0.90, and the pictures", Setting("06", r"np\.array\(\[0\.72, 0\.\d+, (0\.\d+)\]\)")),
    ("it says 9 to every one", Setting("06", r"in zip\(states, \((\d), \d\)\)")),
    ("after it 5 to every one", Setting("06", r"in zip\(states, \(\d, (\d)\)\)")),
    ("gradient: two forward passes for every number", 2),
    ("gets 100 columns. It", Setting("06", r"X = data\.train\.images\[:(\d+)\]")),
    ("So steps 1 to 4 stay **as", 1, 4),
    ("Only step 5 changes, because", 5),
    ("and puts out 0 otherwise. Its slope", rectified(-0.7)[0]),
    ("Its slope is 1 where $z > 0$ and 0", rectified(0.7)[1], rectified(-0.7)[1]),
    ("slope; we take 0 there. The class", 0),
    ("replaces two methods of `Network`:", 2),
    ("stays and calls these two. Somewhere", 2),
    ("takes a second or two.) (Half of", 2, 0.5),
    ("of the ten values lie below", Setting("06", r"for seed in range\((\d+)\)")),
    ("*median*, half above.)", 0.5),
    ("Layer 3 is right, `biases[1]`", 3),
    ("Layer 2 is wrong, biases", 2),
    ("## Check yourself Two numbers and", 2),
    ("It keeps about 7 digits;", Near(DIGITS[np.float32], 0.2)),
    ("gradient of a [784, 30, 10] network, for", *SIZES),
    ("was off by more than 10 % of its length,", min(OFF) // 10 * 10),
    ("from each of four starts", len(OFF)),
    ("differences need two forward passes for each", 2),
    ("stands once, in step 5. In", 5),
    ("finds it. The four formulas of steps 3 to 5, for", 4, 3, 5),  # BP1 to BP4 of the book
    ("[chapter 2](http://neural", 2),
    ("[lesson 07](07_training_mnist.ipynb)", 7),
    ("network on 50,000 handwritten digits.", LEARNED_FROM),
    ("per factor of ten, the one-sided", 10),
    ("error falls ten times and the", Near(falls(-1, centered=False), 1)),
    ("centered error a hundred times. That", Near(falls(-1, centered=True), 10)),
    ("A computer keeps about 16 digits", Near(DIGITS[np.float64], 0.5)),
    ("difference of two nearly equal numbers", 2),
    ("neuron**. In step 4 it is that", 4),
    ("Below your guess two cells take", 2),
    ("It takes about 1 to 10 seconds and", 1, 10),
    ("can take more than three runs' worth.", 3),
    ("else it is doing, so none is stored", 0),
    ("the two gradients agree, in all 23,860 numbers", 2, PARAMETERS),
    ("loop over the 100 examples makes", 100),
    ("And 100 trips to Python", Setting("06", r"    for i in range\((\d+)\):")),
    ("it was 20 to 40 where this page", 20, 40),  # measured there, stored nowhere
    ("(A second or two again.) Which", 2),
    ("ahead from 9 of", Output("06", r"with the bug: (\d+) % of the starts", scale=0.1)),
    ("the 10 starts, with", Setting("06", r"for seed in range\((\d+)\)")),
    ("with the small set from 5. So", 5),  # measured with it, stored nowhere
    ("lift its hidden biases by 4: No", Setting("06", r"lifted\.biases\[0\] \+= (\d)")),
]

Z = "z^{(l)} = w^{(l)} a^{(l-1)} + b^{(l)}"
FORMULAS = [
    (r"(n_\text{in}, 1)", "the shape of a column of inputs"),
    (r"(n_\text{out}, 1)", "the shape of a column of outputs", 2),
    (
        r"C = \tfrac12 \lVert y - a \rVert^2 = \tfrac12 \sum_j (y_j - a_j)^2 ,",
        lambda: np.isclose(cost_of(XS[:, :1], YS[0, :3, None]), HALF_OF_SQUARES),
    ),
    (
        r"w \to w - \eta \nabla w",
        lambda: all(after < before for before, after in zip(COSTS, COSTS[1:])),
        2,
    ),
    (
        r"\frac{\partial C}{\partial p} \approx \frac{C(p + h) - C(p - h)}{2h} .",
        errors_are_slopes,
    ),
    ("10^{-5}", lambda: "def numerical(array, cost, h=1e-5):" in code_of("06")),
    ("z^{(2)}", "an example of how layers are numbered"),
    ("a^{(1)} = x", lambda: passed(XS)[1][0] is XS, 2),
    ("w^{(2)}, b^{(2)}", lambda: (PAPER["w2"] == worked_network().weights[0]).all()),
    ("w^{(3)}, b^{(3)}", lambda: (PAPER["w3"] == worked_network().weights[1]).all()),
    (Z, feeds_forward, 2),
    (r"a^{(l)} = \sigma(z^{(l)})", feeds_forward, 2),
    (
        r"z^{(2)}_1 = 1 \cdot 1 + 2 \cdot 0.5 - 1",
        lambda: (
            np.isclose(1 * 1 + 2 * 0.5 - 1, PAPER["z2"][0, 0])
            and terms(0) == [(1, 1), (2, 0.5), -1]
        ),
    ),
    (
        r"z^{(2)}_2 = -1 \cdot 1 + 1 \cdot 0.5 + 0.5",
        lambda: (
            np.isclose(-1 * 1 + 1 * 0.5 + 0.5, PAPER["z2"][1, 0])
            and terms(1) == [(-1, 1), (1, 0.5), 0.5]
        ),
    ),
    (r"\sigma(1) = 0.7311", lambda: abs(sigmoid(1.0) - 0.7311) < 5e-5),
    (r"\sigma(0) = 0.5", lambda: sigmoid(0.0) == 0.5),
    ("z^{(3)}", "the weighted input of the output", 4),
    (r"\delta^{(l)}_j = \frac{\partial C}{\partial z^{(l)}_j} ,", errors_are_slopes),
    (r"\delta^{(l)}", "the errors of a layer", 3),
    ("z^{(l)}", lambda: PAPER["delta2"].shape == PAPER["z2"].shape, 2),
    ("a - y", lambda: np.isclose(slope_in(0.3, 0.9), 0.3 - 0.9), 2),
    ("a^{(3)}", "the output"),
    (r"\sigma'(z^{(3)})", "the slope of the output at its weighted input"),
    (r"\tfrac12 (y - a)^2", lambda: np.isclose(slope_in(0.3, 0.9), 0.3 - 0.9)),
    (r"\delta^{(3)} = (a^{(3)} - y) \; \sigma'(z^{(3)}) .", output_error),
    (r"\delta^{(3)}", "the error of the output", 2),
    ("b^{(3)}", "the bias of the output"),
    ("z^{(2)}_1", "the weighted input of the first hidden neuron"),
    ("a^{(2)}_1", "the activation of the first hidden neuron", 2),
    (r"\sigma'(z^{(2)}_1)", "the slope of the first hidden neuron"),
    ("w^{(3)}_{11}", "the weight from the first hidden neuron to the output"),
    (r"\delta^{(2)}_1 = \delta^{(3)} \cdot w^{(3)}_{11} \cdot \sigma'(z^{(2)}_1) .", first_error),
    (
        r"\delta^{(l)}_j = \Bigl(\sum_k w^{(l+1)}_{kj} \, \delta^{(l+1)}_k\Bigr) \, "
        r"\sigma'(z^{(l)}_j) \qquad\text{for all } j:\qquad "
        r"\delta^{(l)} = \bigl(w^{(l+1)T} \delta^{(l+1)}\bigr) \odot \sigma'(z^{(l)}) .",
        carried_back,
    ),
    (r"z_j = \sum_k w_{jk} a_k + b_j", feeds_forward),
    (
        r"\frac{\partial C}{\partial b^{(l)}_j} = \delta^{(l)}_j , \qquad "
        r"\frac{\partial C}{\partial w^{(l)}_{jk}} = \delta^{(l)}_j \, a^{(l-1)}_k , "
        r"\qquad\text{as a matrix}\qquad "
        r"\frac{\partial C}{\partial w^{(l)}} = \delta^{(l)} a^{(l-1)T} .",
        products,
    ),
    ("(2, 1)", lambda: PAPER["delta2"].shape == (2, 1)),
    ("(1, 2)", lambda: PAPER["x"].T.shape == (1, 2)),
    ("(2, 2)", lambda: (PAPER["delta2"] @ PAPER["x"].T).shape == (2, 2)),
    (r"\eta = 1", lambda: Output("06", r"cost .* -> (0\.\d+)").agrees(COSTS[1], 5e-5), 2),
    (r"\delta = (a - y) \odot \sigma'(z)", output_error),
    (r"\delta^{(l)} = (w^{(l+1)T} \delta^{(l+1)}) \odot \sigma'(z^{(l)})", carried_back),
    (r"\delta^{(l)} a^{(l-1)T}", products),
    (r"\delta^{(2)} x^T", products),
    ("2 P W", lambda: Output("06", r"([\d,]{5,}) against").agrees(2 * PARAMETERS * WEIGHTS, 0)),
    (r"\delta a^T", products, 2),
    (r"w^T \delta", lambda: Output("06", r"against ([\d,]+): ").agrees(BY_BACKPROP, 0)),
    ("3 W", lambda: BY_BACKPROP < 3 * WEIGHTS),
    (r"(n_\text{in}, m)", "the shape of m inputs side by side"),
    (r"(n_\text{out}, m)", "the shape of m outputs side by side"),
    ("a^{(l)}", "activations, one column for each example"),
    (
        r"\frac{\partial C}{\partial b^{(l)}} = \frac1m \sum_{i=1}^m \delta^{(l)}_{\cdot i} , "
        r"\qquad \frac{\partial C}{\partial w^{(l)}} = \frac1m \, \delta^{(l)} a^{(l-1)T} .",
        means,
    ),
    (r"\delta^{(l)}_{\cdot i}", "the column of one example"),
    (r"\frac1m", means),
    ("(n, m)", lambda: (np.ones((3, 5)) @ np.ones((5, 4)) == 5).all()),
    ("(m, k)", lambda: (np.ones((3, 5)) @ np.ones((5, 4))).shape == (3, 4)),
    ("10^{-7}", lambda: gradients.GOOD_BELOW == 1e-7),
    ("10^{-2}", lambda: gradients.WRONG_ABOVE == 1e-2),
    (r"a = \max(0, z)", lambda: "np.maximum(0, self.weights[0] @ x" in code_of("06")),
    ("z > 0", lambda: np.isclose(rectified(0.3)[1], 1)),
    ("z < 0", lambda: rectified(-0.3)[1] == 0),
    ("z = 0", lambda: np.isclose(rectified(0.0)[1], 0.5)),  # no slope: the sides differ
    (r"\sigma'(z)", lambda: np.isclose(sigmoid_prime(0.4), sigmoid(0.4) * (1 - sigmoid(0.4)))),
    ("a (1 - a)", lambda: np.isclose(DEEP.activation_derivative(0.3), 0.3 * (1 - 0.3))),
    (r"\sigma'", "the slope of the sigmoid", 2),
    ("h = 10^{-5}", lambda: "h=1e-5" in code_of("06"), 2),
    (r"\delta = \partial C / \partial z", errors_are_slopes),
    (r"\bigl(C(p + h) - C(p)\bigr) / h", lambda: 9 < falls(-3, centered=False) < 11),
    (
        r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))",
        lambda: np.isclose((sigmoid(0.40001) - sigmoid(0.39999)) / 2e-5, sigmoid_prime(0.4)),
    ),
    (r"\delta^{(l+1)}_k", "an error of the next layer"),
    (r"\sigma'(z_k)", "the slip: the slope of a neuron of the next layer"),
]

TABLES = [
    [
        ["symbol", "what it is", "shape here", "in `Network`"],
        ["$a^{(1)} = x$", "inputs", shape("x"), ""],
        [
            "$w^{(2)}, b^{(2)}$",
            "weights and biases into layer 2",
            shape("w2", "b2"),
            "`weights[0]`, `biases[0]`",
        ],
        [
            "$w^{(3)}, b^{(3)}$",
            "weights and bias into layer 3",
            shape("w3", "b3"),
            "`weights[1]`, `biases[1]`",
        ],
        [f"${Z}$", "weighted inputs of layer $l$", shape("z2", "z3"), ""],
        [r"$a^{(l)} = \sigma(z^{(l)})$", "activations of layer $l$", shape("a2", "a3"), ""],
    ]
]

CODE = {
    "insert(0, ...)": lambda: "deltas.insert(0, " in code_of("06"),
    "activation_derivative(a)": lambda: DEEP.activation_derivative(0.3) == 0.3 * (1 - 0.3),
    "questions.hidden_error.solution()": "a call of an exercise, which shows its solution",
    "sigmoid_prime(a)": lambda: sigmoid_prime(sigmoid(0.4)) != sigmoid_prime(0.4),
    "delta * a.T": transposed_differ,
    "print(batch_ratio)": lambda: "\nbatch_ratio = loop_time / " in code_of("06"),
}
SOURCES = []
