"""Lesson 06: write backprop, find a planted bug, and the lesson's questions."""

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong, kind_of
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime

# Predictions of the lesson

step_h = Choice(
    "06-step-h",
    "A smaller and smaller step",
    question="We measure the slope of the sigmoid at $z = 1$ with a step $h$ that shrinks from 0.1 "
    "to 0.0000000000001. What does the error of the measured slope do?",
    options={
        "It keeps shrinking with h": "On paper it would. What happens when a computer, with its "
        "16 digits, subtracts two numbers that are almost equal?",
        "It shrinks at first, and then grows again": "At first the formula gets better; then "
        "rounding takes over.",
        "It hardly changes": "A straight line through two points that are far apart is not the "
        "tangent. What happens to this line when the points move together?",
        "It grows from the beginning": "Compare h = 0.1 with h = 0.01 on a curve that you draw: "
        "which line is closer to the tangent?",
    },
    right="It shrinks at first, and then grows again",
    hints=[
        "Two errors add up: that of the formula, and that of rounding the two values of the "
        "function.",
        "Rounding leaves an error of about 1e-16 in each value. By what is it divided, if h is "
        "tiny?",
    ],
    solution="""
There are two errors. The one of the formula shrinks with h: for the centered form it is in
proportion to h squared. The one of rounding grows: each value of the function is off by about
1e-16, and this is divided by 2h. For the smallest h it is the larger one. In between lies a best h,
here near 1e-5.
""",
)

passes = Number(
    "06-passes",
    "How many forward passes?",
    question="How many forward passes does `numerical` need for all weights and biases of "
    "[784, 30, 10]?",
    answer=2 * (784 * 30 + 30 + 30 * 10 + 10),
    mistakes={
        23_860: "This is the number of weights and biases. How many times does each of them need "
        "the network's cost?",
        23_861: "This would fit the one-sided form, with one pass for the start. `numerical` uses "
        "the centered one.",
        47_640: "The biases are missing.",
        23_820: "The biases are missing, and each number needs the cost more than once.",
        2: "This is for a single weight.",
    },
    low="Too low. Count the numbers first, then the passes that each of them needs.",
    high="Too high. Count the numbers first, then the passes that each of them needs.",
    hints=[
        "How many weights and biases does the network have? Lesson 03 counted them.",
        "The centered difference of one number needs the cost twice: a little to the right, and a "
        "little to the left.",
    ],
    right="Two passes for each of the 23,860 numbers; backpropagation needs one forward and "
    "one backward pass.",
    solution="""
The network has 784·30 + 30 + 30·10 + 10 = 23,860 weights and biases. For each of them `numerical`
runs the network twice: once with the number a little larger, and once with it a little smaller.
""",
)

hidden_signs = Choice(
    "06-hidden-signs",
    "The signs of the hidden errors",
    question="The weights from the hidden neurons to the output are 2 and -1, and "
    "$\\delta^{(3)}$ is negative. What are the signs of the two hidden errors?",
    options={
        "Both are negative": "Each hidden error contains the weight that leads from its neuron to "
        "the output. Do both weights have the same sign?",
        "Both are positive": "Take the first neuron: a positive weight times a negative error, "
        "times a slope. What is the sign of the slope of a sigmoid?",
        "The first is negative, the second positive": "Weight times error gives the sign, since "
        "the slope of a sigmoid is positive.",
        "The first is positive, the second negative": "Multiply weight and error, signs "
        "included. What is the sign of the slope of a sigmoid?",
    },
    right="The first is negative, the second positive",
    hints=[
        "The error of a hidden neuron is a product of three factors. Which of them can be "
        "negative?",
        "The slope of a sigmoid is positive. What remains is weight times output error.",
    ],
    solution="""
The error of a hidden neuron is weight times output error times its own slope. The slope of a
sigmoid is always positive. So the signs are those of 2·(negative) and of −1·(negative): negative
and positive.
""",
)

relu_bug = Choice(
    "06-relu-bug",
    "Where is the bug?",
    question="Which line makes the gradient wrong?",
    options={
        "`return output >= 0`": "None of the rectified values is below 0, so this comparison is "
        "true for every neuron, silent ones too.",
        "`return np.maximum(0, self.weights[0] @ x + self.biases[0])`": "This is the forward "
        "pass. The numerical gradient uses it as well, so it cannot make a difference.",
        "`delta3 = (a - y) * a * (1 - a)`": "Everything behind this line uses `delta3`. Which "
        "arrays would the check then find wrong?",
        "`delta2 = (self.weights[1].T @ delta3) * self.slope(hidden)`": "A good suspect: both "
        "wrong arrays come from here. But the formula is right. Look at what goes into it.",
    },
    right="`return output >= 0`",
    minutes=4,
    difficulty=2,
    hints=[
        "The check finds layer 3 right, and in layer 2 both biases and weights wrong. Which lines "
        "can be behind this?",
        "Print `relu.slope(relu.hidden(xs))`. Which values can come out of `hidden`, "
        "after `np.maximum(0, ...)`?",
    ],
    solution="""
`slope` gets the rectified values, and none of those is below 0. So `output >= 0` is true for each
of them, and the slope is 1 for silent neurons too. It has to be `output > 0`. This very comparison
once stood in a published NumPy tutorial on MNIST.
""",
)

# Check yourself

output_error = Number(
    "06-output-error",
    "The error of one output neuron",
    question="An output neuron has $z = 0$; the target is $y = 1$. What is its error $\\delta$?",
    minutes=2,
    answer=-0.125,
    tolerance=0.0005,
    mistakes={
        0.125: "The size is right. Is the output too low or too high, and what is the sign of "
        "a − y?",
        -0.5: "This is a − y. Which slope comes with it?",
        0.5: "This is y − a: the sign is the other way round, and a slope is missing.",
        -0.25: "The size of a slope is in it. Where is the difference a − y?",
        0.25: "This is the slope alone.",
        -0.12: "Nearly: do not round.",
        -0.13: "Nearly: do not round.",
        0: "At z = 0 the sigmoid is steepest, and its output is not 1.",
    },
    low="Too low. You need the output, the difference from the target, and the slope.",
    high="Too high. You need the output, the difference from the target, and the slope.",
    hints=["σ(0) = 1/2 and σ′(0) = 1/4.", "The error is (a − y)·σ′(z)."],
    right="The output is 0.5 too low, and the slope at 0 is a quarter: −0.5 times 0.25.",
    solution="""
The output is a = σ(0) = 0.5, and the slope is σ′(0) = 0.5·(1 − 0.5) = 0.25. So
δ = (a − y)·σ′(z) = (0.5 − 1)·0.25 = −0.125.
""",
)

friend = Number(
    "06-friend",
    "A friend's gradient",
    question="""
A friend's gradient differs from yours: every part of the check says 0.5. Nothing in the friend's
code is wrong. By what factor is the friend's gradient larger? And what is the likely reason?
""",
    minutes=3,
    answer=2,
    tolerance=0.001,
    mistakes={
        0.5: "This is the relative difference. It divides by the longer of the two gradients.",
        1.5: "This would fit if the difference were divided by the shorter gradient. By which one "
        "is it divided?",
        1: "With this factor the two gradients would be equal, and the check would say 0.",
        -1: "With this factor the relative difference is larger than 0.5. The friend's gradient "
        "points the same way.",
        4: "With this factor the check would say 0.75.",
    },
    low="Too low. Call your gradient g and your friend's f·g. Write their difference as a multiple "
    "of g.",
    high="Too high: the check would say more than 0.5.",
    hints=[
        "The relative difference divides by the longer of the two. Which is the longer one here?",
        "For gradients g and f·g with f above 1 the difference is (f − 1)·g, and the longer one is "
        "f·g.",
    ],
    right="A likely reason is a cost without the factor 1/2, which is a convention and no mistake.",
    solution="""
For gradients g and f·g with f > 1 the relative difference is (f − 1)/f. This is 0.5 for f = 2. The
friend's cost is likely ‖y − a‖² without the factor ½: a convention, not a mistake.
""",
)


def hidden_error(w_next, delta_next, z):
    """delta of a layer from that of the next one: (n_next, n), (n_next, m), (n, m) -> (n, m)."""
    return _hidden_error(w_next, delta_next, z, sigmoid_prime(np.asarray(z, float)))


def _hidden_error(w_next, delta_next, z, slope):
    return (np.asarray(w_next, float).T @ np.asarray(delta_next, float)) * slope


def _errors_cases():
    """words -> (w_next, delta_next, z), random but for the network of the lesson."""
    rng = np.random.default_rng(6)

    def draw(n_next, n, m, dtype=np.float64):
        shapes = ((n_next, n), (n_next, m), (n, m))
        return tuple(rng.standard_normal(shape).astype(dtype) for shape in shapes)

    of_the_lesson = (np.array([[2.0, -1.0]]), np.array([[-0.1426]]), np.array([[1.0], [0.0]]))
    return {
        "the network of the lesson": of_the_lesson,
        "two neurons before three": draw(3, 2, 1),
        "four neurons before four": draw(4, 4, 1),
        "a mini-batch of 6": draw(2, 3, 6),
        "a mini-batch as large as the layers": draw(3, 3, 3),
        "float32 arrays": draw(5, 4, 2, np.float32),
    }


ERRORS_CASES = _errors_cases()


def check_hidden_error(f):
    """Compare one step back on several layers, one example and mini-batches."""
    return compare.function(
        f,
        ERRORS_CASES,
        hidden_error,
        misconceptions=[
            (
                lambda w, delta, z: _hidden_error(w, delta, z, 1.0),
                "This carries the errors back through the weights. How strongly does a nudge of "
                "z change the neuron's own activation?",
            ),
            (
                lambda w, delta, z: _hidden_error(w, delta, z, sigmoid(z)),
                "This multiplies by the activation. Which quantity says how fast the activation "
                "changes?",
            ),
            (
                lambda w, delta, z: _hidden_error(w, delta, z, sigmoid_prime(sigmoid(z))),
                "The slope is taken at the activation. It belongs at the weighted input.",
            ),
            (
                lambda w, delta, z: _hidden_error(w, delta, z, z * (1 - z)),
                "z·(1 − z) would be the slope if z were the activation. It is the weighted input.",
            ),
        ],
    )


one_step_back = Exercise(
    "06-hidden-error",
    "One step back",
    minutes=5,
    difficulty=1,
    question="""
Write `hidden_error(w_next, delta_next, z)`: the errors $\\delta$ of one layer, from those of the
next. `w_next` has shape (n_next, n), `delta_next` shape (n_next, m), and `z`, the weighted inputs
of the layer whose errors you compute, shape (n, m). The result has shape (n, m). The columns are m
examples.
""",
    variable="hidden_error",
    starter=(
        "from nnlib.neurons import sigmoid_prime\n\n\n"
        "def hidden_error(w_next, delta_next, z):\n    ..."
    ),
    check=check_hidden_error,
    hints=[
        "Look at the shapes first: how do (n_next, n) and (n_next, m) become (n, m)?",
        "Row j of the result collects, over all neurons k of the next layer, the weight from j to "
        "k times the error of k. Then comes the slope of neuron j.",
        "The product of the two matrices is with `@`; the slopes are multiplied place by place, "
        "with `*`.",
    ],
    right="That is the step of backpropagation that goes back by one layer, for all examples at "
    "once.",
    solution="""
A nudge of z changes the neuron's activation, with slope σ′(z). This changes every z of the next
layer by the weight that leads there, and each of those changes the cost by its own error. Over all
paths the products are added: with the transposed matrix, (n, n_next) times (n_next, m) gives (n,
m). Each column is one example, so nothing changes for a mini-batch.

```python
from nnlib.neurons import sigmoid_prime


def hidden_error(w_next, delta_next, z):
    carried_back = w_next.T @ delta_next  # (n, m)
    return carried_back * sigmoid_prime(z)
```
""",
)

# Exercises 10 and 13


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


def _same_gradient(given, expected, name):
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
            message = _one_column_each(array, true, label) or compare.arrays(array, true, label)
            if message:
                return message
    return None


def _two(given, name, *parts):
    """The two parts of a result or of a list in it."""
    try:
        return compare.unpack(given, *parts)
    except Wrong as wrong:
        raise Wrong(str(wrong).replace("The answer", name[:1].upper() + name[1:])) from None


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


def check_backprop(f):
    """Compare a backprop function: one example and mini-batches, float64 and float32."""
    return compare.function(
        f,
        BACKPROP_CASES,
        gradient,
        same=_same_gradient,
        misconceptions=[
            (
                _with(divide=False),
                "This is right for one example. For a mini-batch it is the sum over the examples: "
                "the cost is their mean.",
            ),
            (
                _with(slope=lambda z, a: sigmoid_prime(a)),
                "The slope σ′ is taken at the activation. It belongs at the weighted input z; with "
                "the activation at hand there is another way to write it.",
            ),
            (
                _with(output_slope=_one),
                "The output error here is a − y. It is the derivative by the output's weighted "
                "input: what lies between this and its activation?",
            ),
            (
                _with(slope=_one, output_slope=lambda z, a: a * (1 - a)),
                "The hidden errors come back through the weights, but the slope of the hidden "
                "neurons is missing.",
            ),
            (_with(slope=_one), "There is no slope of the sigmoid in it, in neither layer."),
            (
                _with(difference=True),
                "What you carry back is the difference a − y. It has to be the error of the "
                "output layer.",
            ),
        ],
    )


write_backprop = Exercise(
    "06-backprop",
    "Write backprop for one hidden layer",
    minutes=25,
    difficulty=3,
    question="""
Write `backprop(weights, biases, x, y)` for a network with one hidden layer of sigmoid neurons:

- `weights` is the list `[w2, w3]`, of shapes (n_hidden, n_in) and (n_out, n_hidden);
- `biases` is the list `[b2, b3]`, of shapes (n_hidden, 1) and (n_out, 1);
- `x` holds m inputs as columns, shape (n_in, m), and `y` the m targets, shape (n_out, m); m may be
  1.

It returns `(nabla_b, nabla_w)`, two lists shaped like `biases` and `weights`: the gradient of $C =
\\frac{1}{2m} \\sum \\|y - a\\|^2$, the mean over the m examples. It must work in float64 and in
float32, and must leave its arguments as they are. Try not to look at the lesson.
""",
    variable="backprop",
    starter=(
        "import numpy as np\n\nfrom nnlib.neurons import sigmoid\n\n\n"
        "def backprop(weights, biases, x, y):\n    ..."
    ),
    check=check_backprop,
    right="It agrees with the truth for one example, for mini-batches, in float64 and in float32.",
    hints=[
        "Forward first: z and a of the hidden layer, then of the output layer. Keep all of them, "
        "and write the shape behind each line.",
        "The error of the output layer has two factors: how the cost depends on a, and how a "
        "depends on z. The slope of a sigmoid can be written with its output: a·(1 − a).",
        "Back: the weights of the output layer, transposed, times its error; then the slope of "
        "the hidden neurons.",
        "The gradient for weights is error times activation of the layer before, transposed; the "
        "product adds up the m examples by itself. For the biases you must add up the columns. "
        "Divide both by m.",
    ],
    solution="""
The five steps of the lesson, for the columns of all m examples at once. What makes it right is in
the shapes: every error has the shape of its layer's z, and each gradient comes out shaped like
what it belongs to.

```python
import numpy as np

from nnlib.neurons import sigmoid


def backprop(weights, biases, x, y):
    (w2, w3), (b2, b3) = weights, biases
    m = x.shape[1]
    a2 = sigmoid(w2 @ x + b2)  # (n_hidden, m)
    a3 = sigmoid(w3 @ a2 + b3)  # (n_out, m)
    error3 = (a3 - y) * a3 * (1 - a3)  # (n_out, m)
    error2 = (w3.T @ error3) * a2 * (1 - a2)  # (n_hidden, m)
    nabla_b = [np.sum(error, axis=1, keepdims=True) / m for error in (error2, error3)]
    nabla_w = [error2 @ x.T / m, error3 @ a2.T / m]
    return nabla_b, nabla_w
```

In `error2 @ x.T` the inner dimension is m, so the matrix product adds up the examples; dividing by
m gives the mean. σ′(z) is written a·(1 − a), because a = σ(z) has been computed already.
""",
)

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


def check_bug(answer):
    """The number of the line, and a class whose backprop is right."""
    line, suspect = compare.unpack(answer, "line", "Suspect")
    line = compare.numbers(line, (), "`line`").item()
    if line != BUG and line not in OTHER_LINES:
        raise Wrong(f"`line` is {line:g}: expected one of the numbers in the comments, 1 to 8.")
    if not isinstance(suspect, type) or not issubclass(suspect, Network):
        raise Wrong(
            f"The second part is {kind_of(suspect)}: expected the class `Suspect` itself, without "
            "parentheses, made with `class Suspect(Network):`."
        )
    wrong = _wrong_gradient(suspect)
    if line != BUG and wrong:
        return OTHER_LINES[line]
    if line != BUG:
        return (
            f"Your gradient is right now. But the bug was not in line {line:g}: compare with the "
            "lines as they were given."
        )
    return wrong and f"The line is right, and the gradient is still wrong. {wrong}"


def _wrong_gradient(suspect):
    """None, or what is wrong with the gradient of a Network's subclass."""

    def of_class(sizes, x, y):
        return suspect(list(sizes), rng=0, dtype=np.float64).backprop(x, y)

    def truth(sizes, x, y):
        return Network(sizes, rng=0, dtype=np.float64).backprop(x, y)

    cases = {}
    for sizes, m in (([4, 3, 2], 7), ([4, 3, 2], 1), ([3, 3, 3], 3), ([2, 5, 4], 10)):
        words = f"{m} example{'s' if m > 1 else ''}, sizes {sizes}"
        cases[words] = (sizes, *_examples(sizes, m)[2:])
    return compare.function(of_class, cases, truth, same=_same_gradient)


FAULTY = """from nnlib.network import Network
from nnlib.neurons import sigmoid


class Suspect(Network):
    def backprop(self, x, y):
        (w2, w3), (b2, b3) = self.weights, self.biases
        a2 = sigmoid(w2 @ x + b2)  # line 1
        a3 = sigmoid(w3 @ a2 + b3)  # line 2
        delta3 = (a3 - y) * a3 * (1 - a3)  # line 3
        delta2 = (w3.T @ delta3) * a2 * (1 - a2)  # line 4
        nabla_b3 = delta3.mean(axis=1, keepdims=True)  # line 5
        nabla_b2 = delta2.mean(axis=1, keepdims=True)  # line 6
        nabla_w3 = delta3 @ a2.T / a2.shape[1]  # line 7
        nabla_w2 = delta2 @ x.T / x.shape[0]  # line 8
        return [nabla_b2, nabla_b3], [nabla_w2, nabla_w3]


line = ...
answer = (line, Suspect)"""
MENDED = FAULTY.replace("x.T / x.shape[0]", "x.T / x.shape[1]").replace("line = ...", "line = 8")

find_the_bug = Exercise(
    "06-find-the-bug",
    "Find the planted bug",
    minutes=12,
    difficulty=2,
    question="""
The class `Suspect` in the answer cell is a network with one hidden layer. One of its eight numbered
lines makes the gradient wrong. Give the number of this line as `line`, and mend the class.

Do not guess: run a gradient check in a cell of your own. `gradients.gradient_check(network, x, y)`
from `nnlib` takes a network, for example `Suspect([4, 3, 2], rng=0, dtype=np.float64)`, and random
examples `x` of shape (4, m) and `y` of shape (2, m). `weights[0]` and `biases[0]` in its table
belong to `w2` and `b2`. Try several m.
""",
    starter=FAULTY,
    check=check_bug,
    right="That is the line, and the gradient is right for one example and for mini-batches.",
    hints=[
        "Which of the four arrays does the check call wrong, and which are good? Follow each of "
        "them back to the lines that make it.",
        "If the array of the hidden biases is good, then so are the hidden errors that it is made "
        "from. What is left?",
        "The verdict depends on how many examples you take. For which m is it good, with these "
        "sizes? What is it that equals m then?",
    ],
    solution="""
With 7 examples the check calls `weights[0]` wrong and the three other arrays good. The gradient of
`b2`, made in line 6, is good, so `delta2` is right, and with it lines 1 to 4. What makes
`nabla_w2` out of `delta2` is line 8 alone.

It divides by the number of rows of x, the inputs, and not by the number of its columns, the
examples: `shape[0]` for `shape[1]`. With m equal to the number of inputs the two are the same, and
the check calls everything good: try m = 4. This is why a check belongs on several numbers of
examples, and on layers of different sizes.

```python
"""
    + MENDED
    + """
```
""",
)
