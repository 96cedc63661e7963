"""Lesson 03: counting parameters, shapes, a layer in loops, and one that writes a digit in bits."""

import dis
import types

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong

lines = Number(
    "03-lines",
    "Lines between layers",
    question="""
Every neuron of a layer is connected with **all** neurons of the layer before it, by one line each.
How many lines are there in all, in a network with layer sizes [6, 4, 3, 1]?
""",
    answer=39,
    right="Each pair of neighboring layers has as many lines as the product of their sizes.",
    mistakes={
        24: "This is the first layer to the second. How many are there between the others?",
        14: "This is the number of neurons. Each line joins two of them.",
        8: "This is the number of neurons after the inputs. How many lines lead to each?",
        72: "Multiply within a pair of neighboring layers only, then add.",
        36: "The last layer counts as well: lines lead to its one neuron, too.",
        47: "Did you add one for each neuron? A bias is not drawn as a line.",
    },
    low="There are more. To how many neurons does a line lead from each of the six inputs?",
    high="There are fewer. Only neighboring layers are joined.",
    hints=["Count the lines from the first layer to the second. Then the next pair of layers."],
    solution="6·4 + 4·3 + 3·1 = 24 + 12 + 3 = 39.",
)

four_shapes = Choice(
    "03-four-shapes",
    "Four arrays of a network",
    question="""
Which shapes have the arrays of the network with layer sizes [2, 3, 1]?
""",
    options={
        "weights (2, 3) and (3, 1), biases (3, 1) and (1, 1)": "The shape of weights is (next, "
        "previous), so that row j belongs to neuron j. Which layer comes next after the inputs?",
        "weights (3, 2) and (1, 3), biases (2, 1), (3, 1) and (1, 1)": "Do the inputs have biases?",
        "weights (3, 2) and (1, 3), biases (3, 1) and (1, 1)": "Next layer first, and a bias for "
        "each neuron but the inputs.",
        "weights (3, 2) and (1, 3), biases (2, 1) and (3, 1)": "The biases belong to the neurons "
        "to which the weights lead. How many outputs does this network have?",
    },
    right="weights (3, 2) and (1, 3), biases (3, 1) and (1, 1)",
    hints=[
        "There is one matrix for each step from a layer to the next, of shape (next, previous)."
    ],
    solution="""
The steps are 2 → 3 and 3 → 1. The shape of the weights is (next, previous): (3, 2) and (1, 3). The
biases are a column for each layer that computes: (3, 1) and (1, 1).
""",
)

ten_or_four = Choice(
    "03-ten-or-four",
    "Ten outputs against four",
    question="""
Both networks see the same 4,000 images with the same settings. Ten outputs: the largest names the
digit. Four outputs: each has to be on the right side of 0.5. Which gets more of the unseen images
right, in the middle of five seeds?
""",
    options={
        "Four outputs win": "Four bits are enough to name ten digits. But what if one of them is "
        "not sure? Run the next cells.",
        "They differ by less than 1 point": "The difference is larger, in the middle of the seeds. "
        "Which of the two has to get more things right at once?",
        "Ten outputs win by 1 to 6 points": "They do, in our runs. Why they do is a question of "
        "its own, which comes next.",
        "Ten outputs win by more than 6 points": "The right side, but too much: no single bit is "
        "that bad. Run the next cells.",
    },
    right="Ten outputs win by 1 to 6 points",
    hints=["With four outputs, all four have to be right. With ten, one has to be the largest."],
    solution="""
With 20 seeds ten outputs won every time: on the full data set by 2.6 to 4.9 points, with a median
of 3.6, on the small one by 0.8 to 4.8 points, with a median of 2.4.
""",
)

bought = Choice(
    "03-bought",
    "What have the four neurons bought?",
    question="""
One network has four hidden neurons, each with a quarter of the template. The other is one single
neuron with the whole template and the fair threshold: on the 4,000 images both mistake equally many
other digits for a 0. Which finds more of the unseen 0s?
""",
    options={
        "The four quarters, by more than 3 points": "Then it would pay to judge each quarter by "
        "itself. Run the next two cells: does it?",
        "They differ by less than 3 points": "What four neurons see in four quarters, one neuron "
        "sees in the whole.",
        "The whole template, by more than 3 points": "It would, with a lower threshold. But then "
        "it mistakes more of the other digits for a 0. Run the next two cells.",
    },
    right="They differ by less than 3 points",
    hints=[
        "The four templates add up to the whole one. What does the network know that the single "
        "neuron does not?"
    ],
    solution="""
They find the same share of the 0s, up to less than 2 points, on both data sets. The four weighted
sums add up to the one of the whole template, so the single neuron works on the same evidence.
""",
)

BITS = (np.arange(10) >> np.array([[3], [2], [1], [0]])) & 1  # (4, 10), worth 8, 4, 2, 1
WORTH = (8, 4, 2, 1)


def count_parameters(sizes):
    """Number of weights and biases of a network with these layer sizes."""
    return sum(n_in * n_out + n_out for n_in, n_out in zip(sizes[:-1], sizes[1:]))


def _weights_only(sizes):
    return sum(n_in * n_out for n_in, n_out in zip(sizes[:-1], sizes[1:]))


def _biases_for_inputs(sizes):
    return _weights_only(sizes) + sum(sizes)


def _one_bias_per_layer(sizes):
    return _weights_only(sizes) + len(sizes) - 1


def _all_pairs(sizes):
    pairs = sum(a * b for k, a in enumerate(sizes) for b in sizes[k + 1 :])
    return pairs + sum(sizes[1:])


def check_parameters(f):
    """Compare a function of the layer sizes on networks from two to five layers."""
    return compare.function(
        f,
        [([784, 10],), ([784, 30, 10],), ([2, 3, 1],), ([1, 1],), ([5, 4, 4, 3, 2],)],
        count_parameters,
        misconceptions=[
            (
                _weights_only,
                "This counts the weights only. Each neuron that computes something also has a "
                "number of its own that it adds.",
            ),
            (
                _biases_for_inputs,
                "This gives a bias to the inputs as well. The input layer only holds the image: "
                "its neurons compute nothing.",
            ),
            (
                _one_bias_per_layer,
                "This has one single bias for a whole layer. Do all its neurons share one?",
            ),
            (
                _all_pairs,
                "This connects every layer with every later one. A layer gets its input from the "
                "layer just before it, and from no other.",
            ),
            (sum, "This counts the neurons. Count the numbers that training can change."),
            (lambda sizes: sum(sizes[1:]), "This counts the biases only."),
        ],
    )


parameters = Exercise(
    "03-parameters",
    "How many parameters?",
    minutes=8,
    difficulty=1,
    question="""
Write `count_parameters(sizes)`: how many weights and biases has a network with these layer sizes?
`sizes` is a list of at least two whole numbers, input first, such as `[784, 30, 10]`; it may have
any number of layers. Every neuron is connected with all neurons of the layer before it.
""",
    variable="count_parameters",
    starter="def count_parameters(sizes):\n    ...",
    check=check_parameters,
    right="Your function also counts networks with more than one hidden layer.",
    hints=[
        "Start with two layers only, say `[3, 2]`. Draw them. How many arrows are there, and how "
        "many neurons add a bias?",
        "The weights between two layers form a matrix of shape (next, previous), the biases of "
        "the next layer a column of shape (next, 1). How many entries are that together?",
        "Add this up over all pairs of neighboring layers. `zip(sizes[:-1], sizes[1:])` gives "
        "the pairs.",
    ],
    solution="""
Take two neighboring layers with n and m neurons. Each of the m neurons has one weight for each of
the n neurons before it, and one bias. Together these are m·n + m numbers. A network has as many
such pairs as it has layers after the first; the first layer has neither weights nor biases, because
it only holds the input.

For `[784, 30, 10]`: 784·30 + 30 = 23,550 and 30·10 + 10 = 310, together 23,860.

```python
def count_parameters(sizes):
    total = 0
    for n, m in zip(sizes[:-1], sizes[1:]):
        total += m * n + m
    return total
```

The loop never looks at the number of layers, so it holds for networks of any depth.
""",
)


def check_bits(answer):
    """Check weights and biases of the bit layer on perfect outputs, then at the worst corners."""
    w, b = compare.unpack(answer, "weights", "biases")
    w = compare.numbers(w, (4, 10), "`weights`")
    b = compare.numbers(b, [(4, 1), (4,)], "`biases`").reshape(4, 1)
    if not np.isfinite(np.hstack([w, b])).all():
        raise Wrong("All weights and biases have to be finite numbers.")
    # Scaling a row and its bias by c > 0 changes no sign, and keeps the sums from overflowing.
    largest = np.hstack([np.abs(w), np.abs(b), np.full((4, 1), np.finfo(float).tiny)]).max(axis=1)
    w, b = w / largest[:, None], b / largest[:, None]
    return (
        _mistaken_bits(w, b)
        or _wrong_bit(w + b, "for a perfect output: 1 for {digit}, 0 for all others")
        or _wrong_bit(_worst_z(w, b), "in the worst case that is allowed")
    )


def _worst_z(w, b):
    """For each bit and digit, the z that is farthest on the wrong side; shape (4, 10).

    z is linear in each output, so its extremes are at corners: the right output is 0.99 or 1, each
    other one 0 or 0.01, whichever pushes z the wrong way.
    """
    side = np.where(BITS == 1, 1, -1)  # (4, 10): where z should be
    right = np.minimum(side * w * 0.99, side * w)  # (4, 10)
    pushes = np.minimum(side[:, :, None] * w[:, None, :] * 0.01, 0)  # (bit, digit, other)
    others = pushes.sum(axis=2) - pushes[:, np.arange(10), np.arange(10)]
    return side * (right + others) + b


def _signs(z):
    """The sign of z, 0 where it is zero up to rounding; the weights are at most 1 in size."""
    return np.where(np.abs(z) < 1e-12, 0, np.sign(z))


def _wrong_bit(z, case):
    """None if z is on the right side for all bits (4) and digits (10), otherwise a message."""
    signs = _signs(z)
    wrong = np.argwhere((signs != np.where(BITS == 1, 1, -1)).T)
    if not len(wrong):
        return None
    digit, row = wrong[0].tolist()
    start = f"Digit {digit}, {case.format(digit=digit)}: row {row}, the bit worth {WORTH[row]}, "
    if signs[row, digit] == 0:
        return start + (
            "gets z = 0. There a sigmoid gives exactly 0.5, which is neither 0 nor 1. Leave some "
            "room on both sides."
        )
    return (
        start + f"comes out as {int(signs[row, digit] > 0)}. Where does z lie, and where should it?"
    )


def _mistaken_bits(w, b):
    """What is said about well-known wrong answers, or None."""
    if not (w.any() or b.any()):
        return "All weights and biases are 0, so z is 0 for every digit and no bit is clear."
    if (w >= 0).all() and not b.any():
        return (
            "Without a negative weight or bias, z is never below 0, so sigmoid(z) is never below "
            "0.5 and every bit reads 1. What could pull z below 0 when the bit should be 0?"
        )
    signs = np.where(BITS == 1, 1, -1)
    if np.array_equal(_signs(w + b), signs[::-1]):
        return (
            "The bits come out in reverse order: row 0 is the bit worth 8, row 3 the bit worth 1."
        )
    if np.array_equal(_signs(w + b), -signs):
        return "Every bit is the opposite of what it should be: the sign is the wrong way round."
    return None


bits = Exercise(
    "03-bits",
    "Ten outputs to four bits",
    minutes=15,
    difficulty=2,
    question="""
A network has ten outputs, one for each digit. For a clear image the right output is **at least
0.99** (and at most 1) and each other one is **at most 0.01** (and at least 0). Add one more layer
of four sigmoid neurons that writes the digit in binary: row 0 is the bit worth 8, row 1 the bit
worth 4, row 2 the bit worth 2, row 3 the bit worth 1. For 6 = 0110 the four should be off, on, on,
off. A neuron is *on* if its output is above 0.5 and *off* if it is below; exactly 0.5 is neither.

Find weights of shape (4, 10) and biases of shape (4, 1) that are right for **all** outputs that
these bounds allow. `answer` is the pair `(weights, biases)`.
""",
    starter="weights = ...\nbiases = ...\nanswer = (weights, biases)",
    check=check_bits,
    right="Every bit is clear even in the worst case that the bounds allow.",
    hints=[
        "sigmoid(z) is above 0.5 exactly when z is above 0. Only the sign of z = w·a + b counts.",
        "Look at one row, say the bit worth 1, and suppose that the outputs are perfect: one 1 and "
        "nine 0. Then z is one single weight plus the bias. When should that be positive, and when "
        "negative?",
        "Now let the outputs be as bad as they may be: 0.99 for the digit, and 0.01 for each other "
        "digit whose weight pushes the wrong way. How much can all nine push together?",
        "Weights of one size, positive where the bit is 1, negative where it is 0, need no bias.",
    ],
    solution="""
sigmoid(z) is above 0.5 exactly when z > 0, so z must be positive where the bit is 1 and negative
where it is 0. Give digit k the weight +10 in rows where its bit is 1 and −10 where it is 0, and no
bias. If the digit is d and its bit is 1, then its own part of z is at least 10·0.99 = 9.9. The nine
others can take away at most 9·10·0.01 = 0.9. So z is at least 9.0. In the same way z is at most
−9.0 where the bit is 0. The bits are clear by far: sigmoid(9) is about 0.9999.

```python
import numpy as np

digits = np.arange(10)
bits = np.array([(digits >> power) & 1 for power in (3, 2, 1, 0)])  # (4, 10), rows worth 8, 4, 2, 1
weights = np.where(bits == 1, 10.0, -10.0)
biases = np.zeros((4, 1))
answer = (weights, biases)
```

Another answer has the weights 20 where the bit is 1 and 0 elsewhere, and the bias −10. Where the
bit is 1, z is at least 20·0.99 − 10 = 9.8; where it is 0, the other digits add at most
5·20·0.01 = 1.0, because no row has more than five ones, and z is at most −9.

Weights of 1 and 0 without a bias do not work: then z is never below 0, and no bit is ever off.
""",
)


def activations(w, a, b):
    """sigma(w a + b), in matrix form; w (n_out, n_in), a (n_in, 1), b (n_out, 1)."""
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-(w @ a + b)))


def _sigma(z):
    return 1 / (1 + np.exp(-z))


def _columns(w, a, b):
    return tuple(
        np.array(part, dtype=float) for part in (w, [[one] for one in a], [[one] for one in b])
    )


SQUARE_LAYERS = {
    "two neurons and two inputs": _columns([[1, -2], [0.5, 3]], [0.25, 1], [0.5, -2]),
    "three neurons and three inputs": _columns(
        [[0, 1, -1], [2, 0.5, 0.25], [-1, 0, 4]], [1, 0.5, 0.25], [-0.5, 1, 0]
    ),
}
LAYERS = {
    "three neurons and two inputs": _columns([[1, 2], [-1, 0], [3, -0.5]], [0.2, 0.9], [1, 0, -1]),
    "one neuron and four inputs": _columns([[1, -1, 2, 0.5]], [0.1, 0.2, 0.3, 1], [-0.25]),
    "four neurons and one input": _columns([[1], [0], [-2], [7]], [0.5], [0, 1, 2, -3]),
    "one neuron and one input, with z = 0": _columns([[2]], [0.5], [-1]),
    "inputs of 0": _columns([[1, 2, 3], [4, 5, 6]], [0, 0, 0], [0.5, -0.5]),
    "float32": tuple(
        part.astype(np.float32) for part in _columns([[1, 2], [-1, 3], [0, 1]], [0.5, 1], [0, 1, 2])
    ),
}
PRODUCTS = {"dot", "matmul", "inner", "einsum", "tensordot", "vdot", "matvec"}
IN_LOOPS = [
    (
        lambda w, a, b: _sigma(w.T @ a + b),
        "The two indices of w seem to have changed places: the first is the neuron that the "
        "weight leads **to**.",
    ),
    (
        lambda w, a, b: _sigma(w @ a),
        "The bias is missing: each neuron adds its own to the sum.",
    ),
    (
        lambda w, a, b: _sigma(w @ a + len(a) * b),
        "The bias is added once for every input. It belongs to the neuron, so once to each sum.",
    ),
    (lambda w, a, b: w @ a + b, "This is z. The activation is σ of it."),
    (
        lambda w, a, b: _sigma(w @ a) + b,
        "The bias comes after σ. It belongs to z, so inside.",
    ),
    (
        lambda w, a, b: _sigma(w * a.T).sum(axis=1, keepdims=True) + b,
        "Here σ is taken of each product. First add up all products of a neuron, and the bias.",
    ),
    (
        lambda w, a, b: _sigma(w * a.T + b).sum(axis=1, keepdims=True),
        "Here σ is taken inside the sum. First all products of a neuron, then the bias, then σ.",
    ),
    (
        lambda w, a, b: _sigma(w[:, -1:] * a[-1] + b),
        "Only the last input counts here: each product overwrites the one before. Add them up.",
    ),
    (
        lambda w, a, b: _sigma(w.sum(axis=1, keepdims=True) + b),
        "This is the sum of the weights. Each weight is multiplied by its input first.",
    ),
    (
        lambda w, a, b: _sigma(-(w @ a + b)),
        "The sign in the exponent: σ(z) has e^(−z). Large z should give an output close to 1.",
    ),
    (
        lambda w, a, b: _sigma(np.cumsum(w @ a + b).reshape(-1, 1)),
        "The first neuron is right, later ones are not: the sum of one neuron goes on in the next. "
        "Start again from 0 for each.",
    ),
]


def check_components(f):
    """The same numbers as the matrix form, and no matrix product in the code."""
    message = compare.function(
        f, SQUARE_LAYERS, activations, misconceptions=IN_LOOPS
    ) or compare.function(f, LAYERS, activations, misconceptions=IN_LOOPS)
    if message is None and isinstance(f, types.FunctionType) and _has_product(f.__code__):
        return (
            "The numbers are right, and this is the matrix form. Write the sum over k out: with "
            "loops, each weight times its own activation."
        )
    return message


def _has_product(code):
    """Whether a function, or one inside it, uses @ or a name such as dot."""
    inner = [one for one in code.co_consts if isinstance(one, types.CodeType)]
    steps = dis.get_instructions(code)
    signs = any(one.argrepr in ("@", "@=") and "BINARY" in one.opname for one in steps)
    return signs or bool(PRODUCTS & set(code.co_names)) or any(map(_has_product, inner))


components = Exercise(
    "03-components",
    "A layer, neuron by neuron",
    minutes=12,
    difficulty=2,
    question="""
The matrix form of a layer is $a' = \\sigma(w\\,a + b)$. Write it in components, as a function
`layer(w, a, b)` with loops and without a matrix product (no `@`, no `np.dot`). `w` has shape
(n_out, n_in), `a` is a column (n_in, 1), `b` a column (n_out, 1). The result has shape (n_out, 1).
`np.exp` or `math.exp` give the exponential function.
""",
    variable="layer",
    starter="def layer(w, a, b):\n    ...",
    check=check_components,
    right="The same numbers as `sigmoid(w @ a + b)`. In which of the two is it easier to go wrong?",
    hints=[
        "For one neuron j: the sum over k of w_jk·a_k, plus b_j. Write a loop over k that adds up "
        "the products.",
        "`w.shape` gives n_out and n_in. An outer loop runs over j, an inner one over k. The sum "
        "starts at 0 for each j.",
        "Entries are numbers if you give both indices: `w[j, k]`, `a[k, 0]`, `b[j, 0]`. An array "
        "`np.zeros((n_out, 1))` has places for the results.",
    ],
    solution="""
In components, with j for a neuron of the layer and k for one of the layer before:

$$a'_j = \\sigma\\Bigl(\\sum_k w_{jk}\\, a_k + b_j\\Bigr)$$

The outer loop takes one neuron j after the other, the inner one adds up the sum over k. The bias is
added once, and σ comes last.

```python
import numpy as np

def layer(w, a, b):
    n_out, n_in = w.shape
    result = np.zeros((n_out, 1))
    for j in range(n_out):
        z = b[j, 0]
        for k in range(n_in):
            z = z + w[j, k] * a[k, 0]
        result[j, 0] = 1 / (1 + np.exp(-z))
    return result
```

Why are both forms equal? Entry j of the matrix product w a is row j of w times the column a, which
is the sum over k of w_jk·a_k. Adding b adds b_j to it, and σ of a column is σ of each entry. So
entry j of σ(w a + b) is the line above, for every j.
""",
)

nine_or_not = Number(
    "03-nine-or-not",
    "Is it a 9?",
    question="""
How many weights and biases has the network [4096, 50, 1], which says whether a 64 × 64 image shows
a 9?
""",
    answer=204901,
    right="Nearly all of them belong to the hidden layer.",
    mistakes={
        204850: "Some are missing. Count weights and biases, for each layer after the inputs.",
        204800: "These are the weights between inputs and hidden layer. What else is there?",
        208997: "Do the inputs have biases?",
        204900: "One is missing. Does the output neuron have a bias, too?",
        4147: "This is the number of neurons.",
    },
    low="There are more. How many weights does a single hidden neuron have?",
    high="There are fewer. Count layer by layer: weights into it, then its biases.",
    hints=[
        "Count the hidden layer first: how many weights has each of its neurons, and what else?"
    ],
    minutes=3,
    solution="""
The hidden layer has 50·4096 weights and 50 biases, together 204,850. The output has 50 weights and
a bias, 51. Together these are 204,901.
""",
)


def check_sizes(answer):
    """Layer sizes from the shapes (5, 8) and (4, 5), then the shapes of the biases."""
    sizes, shapes = compare.unpack(answer, "sizes", "bias_shapes")
    return compare.arrays(
        sizes,
        [8, 5, 4],
        "`sizes`",
        misconceptions=[
            ([4, 5, 8], "The order is reversed: layer sizes begin with the inputs."),
            ([5, 8, 4], "Which number stands in both shapes? Its layer lies between the others."),
            ([8, 4, 5], "Which number stands in both shapes? Its layer lies between the others."),
        ],
    ) or compare.arrays(
        shapes,
        [(5, 1), (4, 1)],
        "`bias_shapes`",
        misconceptions=[
            ([(4, 1), (5, 1)], "Both are right, but their order is not: hidden layer first."),
            ([(8, 1), (5, 1)], "Biases belong to the neurons to which the weights lead."),
            ([(1, 5), (1, 4)], "Biases are columns: the 1 is the number of columns."),
            ([(5, 8), (4, 5)], "These are the weights. Each neuron has a single bias."),
        ],
    )


from_shapes = Exercise(
    "03-from-shapes",
    "Layer sizes from shapes",
    minutes=4,
    difficulty=1,
    question="""
Someone gives you a list of two weight matrices with the shapes (5, 8) and (4, 5), the one next to
the inputs first. What were the layer sizes (`sizes`, a list of whole numbers), and which shapes
must the biases have (`bias_shapes`, a list of two shapes)?
""",
    starter="sizes = ...\nbias_shapes = ...\nanswer = (sizes, bias_shapes)",
    check=check_sizes,
    right="The shapes of the weights tell the whole architecture.",
    hints=[
        "The shape is (next, previous). Which layers does the first matrix join?",
        "One number has to appear in both shapes: the layer between. And each neuron after the "
        "inputs has one bias, in a column.",
    ],
    solution="""
The shape of weights is (next, previous). The first matrix leads from 8 inputs to 5 neurons, the
second from these 5 to 4 outputs. So the layer sizes are [8, 5, 4]. Biases are a column for each
layer after the inputs: (5, 1) and (4, 1).

```python
weight_shapes = [(5, 8), (4, 5)]
sizes = [weight_shapes[0][1]] + [n_out for n_out, n_in in weight_shapes]
bias_shapes = [(n_out, 1) for n_out, n_in in weight_shapes]
answer = (sizes, bias_shapes)
```
""",
)

random_codes = Choice(
    "03-random-codes",
    "Are the binary numbers to blame?",
    question="""
Give every digit a random code of four bits instead of its binary number, no two alike, and train
the network with four outputs again. How do random codes do, compared with binary numbers?
""",
    options={
        "Clearly worse": "For this, the bits of a binary number would have to fit the shapes of "
        'the digits. Does "2, 3, 6 or 7" look like anything?',
        "Clearly better": "For this, binary numbers would have to be an unlucky choice among all "
        "codes. Is there a reason why?",
        "About the same": "To the network, these bits mean hardly more than random ones.",
    },
    right="About the same",
    hints=["What do the shapes of the digits have to do with the bits of a number?"],
    minutes=2,
    solution="""
About the same: with 20 seeds, each with a code of its own, random codes were half a point behind in
the middle, and single ones between 1.7 points worse and 1.3 better on the full set. This fits the
argument that the shapes of digits have hardly any natural relation to the bits of a number.
""",
)
