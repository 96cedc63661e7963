"""The formulas, tables and quoted code of lesson 11, once more."""

import numpy as np

from course.lesson11 import face
from course.measured import convolution, depth, habits
from nnlib import mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.told.truths import code_of, is_module, is_path

RNG = np.random.default_rng(11)
DEEP = Network([4, 5, 3], rng=11, dtype=np.float64)
ENTROPY = habits.CrossEntropyNetwork([4, 5, 3], rng=11, dtype=np.float64)
RELU = habits.ReLUNetwork([4, 5, 3], rng=11, dtype=np.float64)
X, Y = RNG.uniform(size=(4, 1)), np.array([[1.0], [0.0], [0.3]])
Z, TINY = np.linspace(-4, 4, 81), 1e-6
INK = mnist.load("mini").train.first(1000).images.T  # (784, 1000)
W, B = 2.0, 2.0  # of the neuron that is sure and wrong


def error_before():
    """Whether the error of the layer before is (w^T delta) times the slope at its z."""
    (before, after), _ = DEEP.backprop(X, Y)
    z = DEEP.weights[0] @ X + DEEP.biases[0]
    return np.allclose(before, (DEEP.weights[1].T @ after) * sigmoid_prime(z))


def steps_down():
    """Whether a step changes the biases by -eta dC/db, the mean of the errors."""
    net, x, y = DEEP.__class__([4, 5, 3], rng=1, dtype=np.float64), RNG.random((4, 2)), np.eye(3)
    before, (nabla_b, _) = net.biases[0].copy(), net.backprop(x, y[:, :2])
    mean = nabla_b[0].reshape(5, -1).mean(axis=1, keepdims=True)
    net.update_mini_batch((x.T, y[:, :2].T), 0.7)
    changed = net.biases[0] - before
    return np.allclose(changed, -0.7 * mean) or np.allclose(changed, -0.7 * nabla_b[0])


def sizes_of_errors(n=2000):
    """The size of components of w^T delta for scaled weights, in |delta| / sqrt(n)."""
    delta = RNG.normal(size=n)
    w = Network([n, n], init="scaled", rng=0).weights[0]
    return np.std(w.T @ delta) / (np.linalg.norm(delta) / np.sqrt(n))


def entropy_is_told():
    a = ENTROPY.feedforward(X)
    told = -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a))
    return np.isclose(habits.cross_entropy(ENTROPY, X, Y), told)


def entropy_of(z, y):
    a = sigmoid(z)
    return -(y * np.log(a) + (1 - y) * np.log(1 - a))


def slope_cancels():
    """Whether dC/dz of the cross-entropy is a - y, by differences and in the class."""
    z, y = 0.7, 0.3
    measured = (entropy_of(z + TINY, y) - entropy_of(z - TINY, y)) / (2 * TINY)
    told = ENTROPY.output_error(np.array([[sigmoid(z)]]), np.array([[y]])).item()
    return np.isclose(measured, sigmoid(z) - y) and np.isclose(told, sigmoid(z) - y)


def quadratic_error():
    a = sigmoid(Z)
    return np.allclose(DEEP.output_error(a, 0.3), (a - 0.3) * sigmoid_prime(Z))


def velocity_and_step():
    """Whether momentum keeps 0.9 of the velocity, adds the gradient, and steps by -eta v."""
    net = habits.MomentumNetwork([2, 1], rng=0, dtype=np.float64)
    v, w = 0.0, net.weights[0].copy()
    for gradient in (1.0, -0.5, 2.0):
        v, w = 0.9 * v + gradient, w - 0.3 * (0.9 * v + gradient)
        net.step([np.zeros((1, 1))], [np.full((1, 2), gradient)], 0.3)
    return np.allclose(net.weights[0], w)


def layer_of_patches():
    """Whether a convolution's maps are the windows times what they see, and their biases."""
    w, b, x = RNG.normal(size=(2, 25)), RNG.normal(size=(2, 1)), RNG.random((784, 1))
    maps = (np.dot(w, convolution.patches(x)) + b).reshape(2, 12, 12)
    seen = x.reshape(28, 28)[6:11, 4:9].ravel()  # row 3, column 2 of the maps
    return np.allclose(maps[:, 3, 2], w @ seen + b[:, 0])


def gaussian_slopes():
    """The mean slope of the second and third layer of sigmoids at the gaussian start."""
    net, a, slopes = Network([784, 30, 30, 30, 10], rng=0), INK, []
    for w, b in zip(net.weights[:-1], net.biases[:-1]):
        z = w @ a + b
        a = sigmoid(z)
        slopes.append(sigmoid_prime(z).mean())
    return slopes


def steps_until(below, eta):
    """Steps of the cross-entropy until the neuron that is sure and wrong answers less."""
    w, b, steps = W, B, 0
    while sigmoid(w + b) > below:
        error = sigmoid(w + b)
        w, b, steps = w - eta * error, b - eta * error, steps + 1
    return steps


def length(vectors):
    """The root of the mean squared length of columns."""
    return np.sqrt(np.mean(np.sum(vectors**2, axis=0)))


def gradient_of_windows():
    delta, x = RNG.random((16, 144 * 3)), RNG.random((784, 3))
    return np.dot(delta, convolution.patches(x).T).shape == (16, 25)


FORMULAS = [
    (r"\eta = 3", lambda: {eta for kind, _, eta in depth.KINDS if kind == "sigmoid"} == {3}),
    (r"-\eta\,\partial C/\partial b", steps_down),
    (
        r"\partial C/\partial b",
        "the gradient of the biases of a layer, or of one image its error",
        2,
    ),
    (r"\delta_\text{before} = (w^T \delta) \odot \sigma'(z) .", error_before),
    (
        r"1/\sqrt n",
        lambda: abs(Network([900, 90], init="scaled", rng=0).weights[0].std() * 30 - 1) < 0.02,
    ),
    (r"w^T\delta", error_before),
    (r"\|\delta\| / \sqrt n", lambda: abs(sizes_of_errors() - 1) < 0.05),
    (r"\sigma'(z)", lambda: np.allclose(sigmoid_prime(Z), sigmoid(Z) * (1 - sigmoid(Z))), 2),
    ("1/4", lambda: sigmoid_prime(Z).max() == 1 / 4),
    ("z = 0", lambda: sigmoid_prime(0.0) == sigmoid_prime(Z).max()),
    (r"\max(z, 0)", lambda: np.allclose(RELU.activation(Z), [max(z, 0) for z in Z])),
    ("z > 0", lambda: (RELU.activation_derivative(RELU.activation(Z)) == (Z > 0)).all()),
    (r"\frac{\partial C}{\partial z} = (a - y)\,\sigma'(z)", quadratic_error),
    (
        r"C = -\sum_j \left[\, y_j \ln a_j + (1 - y_j) \ln (1 - a_j) \,\right].",
        entropy_is_told,
    ),
    ("y = 1", lambda: np.isclose(entropy_of(0.4, 1), -np.log(sigmoid(0.4)))),
    (r"-\ln a", lambda: np.isclose(entropy_of(0.4, 1), -np.log(sigmoid(0.4)))),
    ("a = 1", lambda: -np.log(1) == 0),
    (
        r"\sigma'(z) = a(1 - a)",
        lambda: np.allclose(sigmoid_prime(Z), sigmoid(Z) * (1 - sigmoid(Z))),
    ),
    (r"\frac{\partial C}{\partial z} = a - y", slope_cancels),
    (r"0.98\,\sigma'(z)", lambda: round(0.98 * 0.98 * (1 - 0.98), 2) == 0.02),
    (r"v \to 0.9\,v + \nabla C, \qquad w \to w - \eta\,v.", velocity_and_step),
    (r"\max(0, z)", lambda: np.allclose(RELU.activation(Z), [max(0, z) for z in Z])),
    ("w^T", error_before),
    (r"\sqrt{30} \approx 5.5", lambda: round(np.sqrt(depth.HIDDEN_SIZE), 1) == 5.5),
    ("x = 1", lambda: "x, y = np.array([[1.0]]), np.array([[0.0]])" in code_of("11")),
    (
        "z = wx + b = 4",
        lambda: W * 1 + B == 4 and "network.biases = [[[2.0]]], [[[2.0]]]" in code_of("11"),
    ),
]

WHERE = {
    "the questions of the face": "`course/lesson11/face.py`",
    "what hidden neurons prefer, and what one of them is worth": (
        "`course/measured/hidden.py`, `data/hidden.csv`"
    ),
    "the speed of layers over seeds": "`course/measured/depth.py`, `data/depth.csv`",
    "the habits, one class each": "`course/measured/habits.py`",
    "the convolution": "`course/measured/convolution.py`",
    "every run of the tables": (
        "`data/ledger.csv`, `data/habits.csv`; `python -m course.measured.ledger` makes them again"
    ),
}
PAPERS = [  # years, sizes and names as the papers have them
    ["obstacle", "what helped", "paper"],
    [
        "too few images, too little time",
        "a million labeled images, graphics cards: 8 layers, 60 million weights and biases",
        "Krizhevsky, Sutskever and Hinton, 2012",
    ],
    [
        "slopes that vanish",
        "rectified neurons, and starts that are scaled to them",
        "Nair and Hinton, 2010; He and others, 2015",
    ],
    [
        "inputs of a layer that grow and shift while the layers before it learn",
        "normalization: they are brought to mean 0 and standard deviation 1 during training",
        "Ioffe and Szegedy, 2015 (over a mini-batch); Ba, Kiros and Hinton, 2016 (over a layer)",
    ],
    [
        "errors that do not get through a hundred layers",
        "residual connections: a layer adds its input to what it computes",
        "He and others, 2015 (152 layers)",
    ],
    [
        "one learning rate for all weights",
        "Adam: momentum, and steps that are divided by how large the recent derivatives of each "
        "weight were",
        "Kingma and Ba, 2014",
    ],
    [
        "words that are far apart in a text",
        "attention, and the transformer made of it",
        "Vaswani and others, 2017",
    ],
]
TRANSFORMER = [
    ["", "this course", "a transformer"],
    ["a layer", "weighted sums, biases, a nonlinear function", "the same, and attention"],
    [
        "weights",
        "the same for every image",
        "the same for every word; in attention the sums over the words have weights that are "
        "computed from the words",
    ],
    [
        "input",
        "784 pixels",
        "for each word, or part of a word, a column of numbers (an *embedding*), learned like "
        "weights",
    ],
    [
        "output",
        "ten sigmoids",
        "one number for each possible next word, scaled so that they add up to 1 (*softmax*)",
    ],
    ["cost", "squares, or cross-entropy", "cross-entropy"],
    ["gradient", "backpropagation", "backpropagation"],
    ["steps", "mini-batches, momentum", "mini-batches, Adam"],
    [
        "so that depth works",
        "scaled start, rectified neurons",
        "these or their relatives, residual connections, layer normalization",
    ],
]
WHERE_TO_GO = {
    "pictures that move, up to transformers": (
        "[3Blue1Brown, *Neural networks*](https://www.3blue1brown.com/topics/neural-networks), "
        "videos"
    ),
    "to write it all yourself once more, with PyTorch, up to a small GPT": (
        "[Karpathy, *Neural Networks: Zero to Hero*](https://karpathy.ai/zero-to-hero.html), videos"
    ),
    "to build something useful first and understand it after": (
        "[fast.ai, *Practical Deep Learning for Coders*](https://course.fast.ai)"
    ),
    "a book that runs": (
        "[Zhang, Lipton, Li and Smola, *Dive into Deep Learning*](https://d2l.ai)"
    ),
    "images": "[Stanford's CS231n](https://cs231n.stanford.edu), notes and assignments",
    "a textbook with good figures, free to read": (
        "[Prince, *Understanding Deep Learning*, 2023](https://udlbook.github.io/udlbook/)"
    ),
    "a textbook with the probability": (
        "[Bishop and Bishop, *Deep Learning: Foundations and Concepts*, "
        "2024](https://www.bishopbook.com)"
    ),
    "the older standard, for the mathematics": (
        "[Goodfellow, Bengio and Courville, *Deep Learning*, "
        "2016](https://www.deeplearningbook.org)"
    ),
}
TABLES = [
    [
        ["habit", "what it changes", "where in `Network`"],
        ["scaled start", "the weights at the start (lesson 09)", '`init="scaled"`'],
        ["cross-entropy", "the cost", "`output_error`"],
        [
            "rectified neurons",
            "the function of the hidden neurons",
            "`activation`, `activation_derivative`",
        ],
        ["momentum", "the step", "`step`"],
        ["shifts", "the images", "`update_mini_batch`"],
    ],
    PAPERS,
    TRANSFORMER,
    [["if you want", "take"], *map(list, WHERE_TO_GO.items())],
    [["what", "where"], *map(list, WHERE.items())],
]

CODE = {
    **{
        path: lambda path=path: is_path(path)
        for path in (
            "course/lesson11/face.py",
            "course/measured/convolution.py",
            "course/measured/depth.py",
            "course/measured/habits.py",
            "course/measured/hidden.py",
            "data/depth.csv",
            "data/habits.csv",
            "data/hidden.csv",
            "data/ledger.csv",
        )
    },
    "Network([2304, 15, 5, 1])": lambda: (
        Network([2304, 15, 5, 1], rng=0).sizes == [face.SIDE**2, *map(len, face.LAYERS)]
    ),
    'network_class("ReLU momentum")': lambda: issubclass(
        habits.network_class("ReLU momentum"), (habits.ReLUNetwork, habits.MomentumNetwork)
    ),
    "np.dot(w, patches) + b": layer_of_patches,
    "np.dot(delta, patches(x).T)": gradient_of_windows,
    "ConvolutionNetwork": lambda: "convolution" in habits.HABITS,
    "jax.grad(cost)": "a call of JAX, which the course does not use",
    "python -m course.measured.ledger": lambda: is_module("course.measured.ledger"),
}
SOURCES = []
