"""Parameters, bits and a layer neuron by neuron: the truths, and what tells wrong answers apart."""

import dis
from pathlib import Path

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong
from course.ask.running import StepCount
from nnlib.arguments import parameter_shapes
from nnlib.network import Network

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


SIZES = [
    ([784, 10],),
    ([784, 30, 10],),
    ([2, 3, 1],),
    ([1, 1],),
    ([5, 4, 4, 3, 2],),
    ([3, 3, 3, 3],),
    (np.random.default_rng(3).integers(1, 200, 7).tolist(),),
]


def _drawn_sizes(rng):
    """Tuples with random layer sizes, from two layers to six."""
    return [(rng.integers(2, 300, count).tolist(),) for count in (2, 3, 4, 6)]


PARAMETERS_MISTAKES = {
    "weights-only": _weights_only,
    "inputs-with-bias": _biases_for_inputs,
    "one-bias-per-layer": _one_bias_per_layer,
    "all-pairs-of-layers": _all_pairs,
    "counts-neurons": sum,
    "biases-only": lambda sizes: sum(sizes[1:]),
}


def parameters(f, says):
    """Compare a function of the layer sizes on networks from two to seven layers."""
    return compare.function(
        f,
        SIZES,
        count_parameters,
        fresh=_drawn_sizes,
        misconceptions=compare.named(PARAMETERS_MISTAKES, says),
        shortcuts=(Network.__init__, parameter_shapes),
        instead=says["by-the-library"],
    )


def bits(answer, says):
    """Check weights and biases of the bit layer on perfect outputs, then at the worst corners."""
    w, b = compare.unpack(answer, "weights", "biases")
    w = compare.numbers(w, (4, 10), "`weights`")
    b = compare.numbers(b, [(4, 1), (4,)], "`biases`").reshape(4, 1)
    if not np.isfinite(np.hstack([w, b])).all():
        raise Wrong(says["not-finite"])
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
    "twelve neurons and twenty inputs": tuple(
        np.random.default_rng(5).standard_normal(shape) for shape in ((12, 20), (20, 1), (12, 1))
    ),
    "float32": tuple(
        part.astype(np.float32) for part in _columns([[1, 2], [-1, 3], [0, 1]], [0.5, 1], [0, 1, 2])
    ),
}


def _drawn_layers(rng):
    """words -> (w, a, b), random."""
    return {
        f"{n} neurons and {m} inputs": tuple(
            rng.standard_normal(shape) for shape in ((n, m), (m, 1), (n, 1))
        )
        for n, m in ((2, 5), (6, 3), (4, 4))
    }


SMALL_LAYER = _columns([[1, -1], [2, 0.5]], [0.5, 1], [0, 1])

LARGE_LAYER = tuple(np.random.default_rng(8).random(shape) for shape in ((6, 7), (7, 1), (6, 1)))

PRODUCTS = {
    *("dot", "matmul", "inner", "einsum", "tensordot", "vdot", "multi_dot", "sumprod"),
    *("vecdot", "matvec", "vecmat", "convolve", "correlate"),
}

NUMPY = str(Path(np.__file__).parent)

PRODUCT_FUNCTIONS = [getattr(np, name) for name in sorted(PRODUCTS) if hasattr(np, name)]

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


def components(f, says):
    """The same numbers as the matrix form, in loops, and no matrix product in what runs."""
    return (
        compare.function(f, SQUARE_LAYERS, activations, misconceptions=IN_LOOPS)
        or compare.function(f, LAYERS, activations, fresh=_drawn_layers, misconceptions=IN_LOOPS)
        or _without_loops(f, says)
    )


def _without_loops(f, says):
    """What is said if f makes no more steps for a larger layer, or takes a product; or None."""
    counts = []
    for part in SMALL_LAYER, LARGE_LAYER:
        with StepCount() as steps:
            f(*(array.copy() for array in part))
        counts.append(steps.count)
    if _has_product(steps.codes):
        return says["matrix-form"]
    return says["no-loops"] if counts[0] == counts[1] else None


def _has_product(codes):
    """Whether what ran took a product of matrices, by @ or by a function, under whatever name.

    codes: code that ran -> the global names that it knows, with their values. A function of the
    student's own may have the name of a product.
    """
    in_numpy = {code for code in codes if code.co_filename.startswith(NUMPY)}
    own = {code.co_name for code in codes if code not in in_numpy}
    return (
        any(code.co_name in PRODUCTS for code in in_numpy)
        or any(PRODUCTS & set(code.co_names) - own or _has_sign(code) for code in codes)
        or any(_knows_product(code, names) for code, names in codes.items())
    )


def _has_sign(code):
    signs = (one for one in dis.get_instructions(code) if one.argrepr in ("@", "@="))
    return any("BINARY" in one.opname for one in signs)


def _knows_product(code, names):
    values = [names.get(name) for name in code.co_names]
    return any(value is product for value in values for product in PRODUCT_FUNCTIONS)
