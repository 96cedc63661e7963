"""The planted bug, and backpropagation: the truths, and what tells wrong answers apart."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong, capital, kind_of
from nnlib.gradients import numerical_gradient
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime


def gradient(
    weights, biases, x, y, *, slope=None, output_slope=None, divide=True, difference=False
):
    """(nabla_b, nabla_w) of a network with one hidden layer, averaged over the columns of x.

    weights, biases: [w2, w3] and [b2, b3].  x: (n_in, m).  y: (n_out, m).
    The other arguments make known mistakes: slope and output_slope are functions of (z, a) in
    place of a (1 - a); without divide it is the sum; with difference, a - y goes back, not delta3.
    """
    slope = slope or (lambda z, a: a * (1 - a))
    w2, w3, b2, b3, x, y = (np.asarray(p, float) for p in (*weights, *biases, x, y))
    z2 = w2 @ x + b2  # (n_hidden, m)
    z3 = w3 @ sigmoid(z2) + b3  # (n_out, m)
    a2, a3 = sigmoid(z2), sigmoid(z3)
    delta3 = (a3 - y) * (output_slope or slope)(z3, a3)
    delta2 = (w3.T @ (a3 - y if difference else delta3)) * slope(z2, a2)
    m = x.shape[1] if divide else 1
    nabla_b = [delta.sum(axis=1, keepdims=True) / m for delta in (delta2, delta3)]
    return nabla_b, [delta2 @ x.T / m, delta3 @ a2.T / m]


def _with(**mistakes):
    return lambda *arguments: gradient(*arguments, **mistakes)


def _one(z, a):
    return 1.0


def _same_gradient(given, expected, name, atol=compare.ATOL):
    """Compare (nabla_b, nabla_w), array by array; the message names the first that is wrong."""
    given = _two(given, name, "nabla_b", "nabla_w")
    swapped = "the list of weights first: expected biases, then weights"
    reverse = "the output layer first: expected the hidden layer first, as in `weights`"
    for order, words in (((1, 0), swapped), ((0, 1), reverse)):
        other = [expected[k] for k in order] if order == (1, 0) else [e[::-1] for e in expected]
        if _shapes(given) == _shapes(other) != _shapes(expected):
            return f"{name[:1].upper()}{name[1:]} has {words}."
    for part, truth, word in zip(given, expected, ("nabla_b", "nabla_w")):
        arrays = _two(part, name.replace("the result", f"`{word}`"), f"{word}[0]", f"{word}[1]")
        for layer, (array, true) in enumerate(zip(arrays, truth)):
            label = name.replace("the result", f"`{word}[{layer}]`")
            message = _one_column_each(array, true, label)
            message = message or compare.arrays(array, true, label, atol=atol)
            if message:
                return message
    return None


def _two(given, name, *parts):
    """The two parts of a result or of a list in it."""
    try:
        return compare.unpack(given, *parts)
    except Wrong as wrong:
        raise Wrong(str(wrong).replace("The answer", capital(name))) from None


def _shapes(gradient):
    """The shapes of all arrays; None for what is no array."""
    return [[getattr(a, "shape", None) for a in part] for part in gradient if _is_list(part)]


def _is_list(part):
    return type(part) in (list, tuple)


def _one_column_each(array, true, label):
    """What is said about the errors of all examples side by side where their mean belongs."""
    columns = np.shape(array) if isinstance(array, np.ndarray) else ()
    if true.shape[1] != 1 or len(columns) != 2 or columns[0] != len(true) or columns[1] < 2:
        return None
    return (
        f"{label} has shape {columns}, one column for each example: expected {true.shape}. One "
        "bias has one derivative: what becomes of the columns?"
    )


def _examples(sizes, m, dtype=np.float64, seed=0):
    """([w2, w3], [b2, b3], x, y): random numbers, targets one-hot."""
    rng = np.random.default_rng(seed)
    network = Network(sizes, rng=rng, dtype=dtype)
    x = rng.random((sizes[0], m)).astype(dtype)
    y = np.eye(sizes[-1], dtype=dtype)[:, rng.integers(sizes[-1], size=m)]
    return network.weights, network.biases, x, y


OF_THE_LESSON = (
    [np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([[2.0, -1.0]])],
    [np.array([[-1.0], [0.5]]), np.array([[-2.0]])],
    np.array([[1.0], [0.5]]),
    np.array([[1.0]]),
)

BACKPROP_CASES = {
    "the example of the lesson": OF_THE_LESSON,
    "one example, sizes [4, 3, 2]": _examples([4, 3, 2], 1),
    "one neuron in each layer": _examples([1, 1, 1], 1, seed=1),
    "7 examples, sizes [4, 3, 2]": _examples([4, 3, 2], 7, seed=2),
    "3 examples, sizes [3, 3, 3]": _examples([3, 3, 3], 3, seed=3),
    "5 examples in float32": _examples([6, 4, 3], 5, np.float32, seed=4),
    "100 examples": _examples([20, 8, 10], 100, seed=5),
}


def _drawn_examples(rng):
    """words -> arguments as those of `_examples`, for random sizes and mini-batches."""
    found = {}
    for m in (1, 4, 9):
        sizes = [int(size) for size in rng.integers(2, 9, 3)]
        words = f"{m} example{'s' if m > 1 else ''}, sizes {sizes}"
        found[words] = _examples(sizes, m, seed=int(rng.integers(10**6)))
    return found


LIBRARY = (Network.backprop, numerical_gradient)


def _silent_examples():
    """As `_examples`, for neurons far in the flat part of the sigmoid: gradients near 1e-15.

    Differences of costs cannot see these; formulas can, also in float32.
    """
    rng = np.random.default_rng(7)
    weights = [rng.uniform(0.5, 1.5, shape) for shape in ((3, 4), (2, 3))]
    biases = [np.full((3, 1), -20.0), np.full((2, 1), -16.0)]
    return weights, biases, rng.uniform(0.1, 1, (4, 5)), np.ones((2, 5))


SILENT_CASES = {"neurons that hardly react": _silent_examples()}


def _differences(f, truth, says):
    """What is said if f cannot see the slopes of neurons that hardly react, or None."""

    def same(given, expected, name):
        return _same_gradient(given, expected, name, atol=0) and says["differences"]

    return compare.function(f, SILENT_CASES, truth, same=same)


BACKPROP_MISTAKES = {
    "sum-not-mean": _with(divide=False),
    "slope-at-activation": _with(slope=lambda z, a: sigmoid_prime(a)),
    "no-output-slope": _with(output_slope=_one),
    "no-hidden-slope": _with(slope=_one, output_slope=lambda z, a: a * (1 - a)),
    "no-slopes": _with(slope=_one),
    "difference-carried-back": _with(difference=True),
}


def backprop(f, says):
    """Compare a backprop function: one example and mini-batches, float64 and float32."""
    return compare.function(
        f,
        BACKPROP_CASES,
        gradient,
        fresh=_drawn_examples,
        same=_same_gradient,
        misconceptions=compare.named(BACKPROP_MISTAKES, says),
        shortcuts=LIBRARY,
        instead=says["by-the-library"],
    ) or _differences(f, gradient, says)


BUG = 8  # the number of the line

EVERYTHING = (
    "the output error is made from it, and everything else is made from that. Then all four "
)

OTHER_LINES = {
    1: f"Line 1 makes the hidden activations: {EVERYTHING}arrays would be wrong. Are they?",
    2: f"Line 2 makes the output: {EVERYTHING}arrays would be wrong. Are they?",
    3: "Line 3 makes the output error, and both layers use it. Then all four arrays would be "
    "wrong. Are they?",
    4: "Line 4 makes the hidden errors. Two of the four arrays are made from those. Does the check "
    "find both of them wrong?",
    5: "Line 5 makes `nabla_b3`, which the check calls `biases[1]`. What does it say about it?",
    6: "Line 6 makes `nabla_b2`, which the check calls `biases[0]`. What does it say about it?",
    7: "Line 7 makes `nabla_w3`, which the check calls `weights[1]`. What does it say about it?",
}


SUSPECT_CASES = {
    f"{m} example{'s' if m > 1 else ''}, sizes {sizes}": _examples(sizes, m)
    for sizes, m in (
        ([4, 3, 2], 7),
        ([4, 3, 2], 1),
        ([3, 3, 3], 3),
        ([2, 5, 4], 10),
        ([1, 1, 1], 2),
    )
}


def find_the_bug(answer, says):
    """The number of the line, and a class whose backprop is right."""
    line, suspect = compare.unpack(answer, "line", "Suspect")
    line = compare.numbers(line, (), "`line`").item()
    if line != BUG and line not in OTHER_LINES:
        raise Wrong(f"`line` is {line:g}: expected one of the numbers in the comments, 1 to 8.")
    if not isinstance(suspect, type) or not issubclass(suspect, Network) or suspect is Network:
        raise Wrong(
            f"The second part is {kind_of(suspect)}: expected the class `Suspect` itself, without "
            "parentheses, made with `class Suspect(Network):`."
        )
    wrong = _wrong_gradient(suspect, says)
    if line != BUG and wrong:
        return OTHER_LINES[line]
    if line != BUG:
        return (
            f"Your gradient is right now. But the bug was not in line {line:g}: compare with the "
            "lines as they were given."
        )
    still = "" if wrong in says.values() else ", and the gradient is still wrong"
    return wrong and f"The line is right{still}. {wrong}"


def _wrong_gradient(suspect, says):
    """None, or what is wrong with the gradient of a Network's subclass."""

    def of_class(weights, biases, x, y):
        sizes = [x.shape[0], *map(len, biases)]
        network = suspect(sizes, rng=0, dtype=np.float64)
        network.weights, network.biases = weights, biases
        return network.backprop(x, y)

    return compare.function(
        of_class,
        SUSPECT_CASES,
        gradient,
        fresh=_drawn_examples,
        same=_same_gradient,
        shortcuts=LIBRARY,
        instead=says["inherited"],
    ) or _differences(of_class, gradient, says)
