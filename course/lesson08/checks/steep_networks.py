"""Very steep sigmoid neurons: the truths, and what tells wrong answers apart."""

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong


def run(rule, weights, biases, x):
    """Activations (n_out, 1) of a network whose neurons turn z into rule(z, layer)."""
    a = x
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        a = rule(w @ a + b, layer)
    return a


def limit(weights, biases, x):
    """What the outputs of the sigmoid network approach as c grows: 0, 1/2 or 1."""
    return run(lambda z, _: np.heaviside(z, 0.5), weights, biases, x)


def _half_only_at_the_end(weights, biases, x):
    last = len(weights) - 1
    return run(lambda z, layer: np.heaviside(z, 0.5 * (layer == last)), weights, biases, x)


def _c_in_first_layer_only(weights, biases, x):
    sides = limit(weights[:1], biases[:1], x)
    return run(lambda z, _: 1 / (1 + np.exp(-z)), weights[1:], biases[1:], sides)


def _network(weights, biases, x):
    column = np.atleast_2d(np.array(x, dtype=float)).T
    return (
        [np.array(w, dtype=float) for w in weights],
        [np.array(b, dtype=float).reshape(-1, 1) for b in biases],
        column,
    )


CASES = {
    "a network in which no z is 0": _network(
        [[[2, 1], [-2, 2]], [[4, -3], [1, 2], [-4, 1]]], [[-1, -1], [-1, -0.5, 5]], [1, 1]
    ),
    "one neuron with z below 0": _network([[[1, -2]]], [[0.5]], [1, 1]),
    "one neuron with a very small z above 0": _network([[[0.5, 0.25]]], [[-0.7490234375]], [1, 1]),
    "a network in which z is 0 in the last layer only": _network(
        [[[2], [-2]], [[3, 3]]], [[-1, 1], [-3]], [1]
    ),
    "a network in which z is 0 in the first layer": _network(
        [[[2], [1]], [[2, 4], [2, -4]]], [[-2, 1], [-4.5, 3.5]], [1]
    ),
    "a network of three layers in which z is 0 in the first": _network(
        [[[1, 1], [1, -2]], [[4, 2], [-4, 1]], [[3, -2], [1, 1]]],
        [[-2, 3], [-3, 0.5], [-2, -2]],
        [1, 1],
    ),
    "a network of three layers in which z becomes 0 only in the limit": _network(
        [[[3]], [[2]], [[2], [-2], [4]]], [[-1], [-2], [0, 0.5, -1]], [1]
    ),
    "inputs between 0 and 1": _network([[[1, -1]], [[1]]], [[-0.125], [-0.5]], [0.75, 0.5]),
}


def _drawn_networks(rng):
    """words -> (weights, biases, x); halves, so that z = 0 is exact, and comes up."""

    def draw(*sizes):
        pairs = list(zip(sizes, sizes[1:]))
        weights = [rng.integers(-6, 7, (n_out, n_in)) / 2 for n_in, n_out in pairs]
        biases = [rng.integers(-4, 5, n_out) / 2 for _, n_out in pairs]
        return _network(weights, biases, rng.integers(0, 2, sizes[0]))

    sizes = ((2, 3, 2), (3, 4, 3), (2, 4, 3, 4), (1, 5, 4))
    return {f"a network with layer sizes {list(one)}": draw(*one) for one in sizes}


SMALLER_AND_SMALLER = _network(  # down to the smallest floats
    [[[2.0**-k] for k in range(4, 1072, 4)]], [[0.0] * 267], [1]
)

ONE_LARGE_C = (
    "Did you put in one large c? As c grows further, each output comes as near as you like to a "
    "simple number: these numbers are the answer."
)


def _at_a_limit(given, _, name):
    """For each c there is a z > 0 where sigma(c z) is neither near 1/2 nor near 1.

    1/2 passes: whoever allows for rounding takes a z as small as these for 0.
    """
    outputs = compare.numbers(given, None, name)
    if (np.abs(outputs - 0.75) < 0.249).any():
        return f"{name[:1].upper()}{name[1:]} is right for some of them only. {ONE_LARGE_C}"
    return None


def _same_limit(given, expected, name):
    """Compare two columns of outputs; a value near the limit, as for one large c, gets a word."""
    message = compare.arrays(given, expected, name)
    if message is None:
        return None
    try:
        outputs = compare.numbers(given, expected.shape, name)
    except Wrong as wrong:
        return str(wrong)
    if (np.abs(outputs - 0.5) <= 0.5).all() and (
        np.heaviside(outputs - 0.5, 0.5) == expected
    ).all():
        return (
            f"{name[:1].upper()}{name[1:]} lies on the right side of 1/2, or at it. {ONE_LARGE_C}"
        )
    return message


STEEP_MISTAKES = {
    "perceptrons-themselves": lambda weights, biases, x: run(
        lambda z, _: z > 0, weights, biases, x
    ),
    "one-at-zero": lambda weights, biases, x: run(lambda z, _: z >= 0, weights, biases, x),
    "half-only-at-the-end": _half_only_at_the_end,
    "c-is-one": lambda weights, biases, x: run(
        lambda z, _: 1 / (1 + np.exp(-z)), weights, biases, x
    ),
    "only-first-layer-steep": _c_in_first_layer_only,
    "sides-swapped": lambda weights, biases, x: run(
        lambda z, _: np.heaviside(-z, 0.5), weights, biases, x
    ),
    "sign-not-step": lambda weights, biases, x: run(lambda z, _: np.sign(z), weights, biases, x),
}


def steep(f, says):
    """Compare with the limit, on networks with and without a z of 0."""
    return compare.function(
        f,
        CASES,
        limit,
        fresh=_drawn_networks,
        same=_same_limit,
        misconceptions=compare.named(STEEP_MISTAKES, says),
    ) or compare.function(
        f, {"267 neurons with smaller and smaller z": SMALLER_AND_SMALLER}, limit, same=_at_a_limit
    )


def differ(answer, says):
    """Weights and biases of a chain [1, 1, 1], and x: perceptron output and limit are 0 and 1."""
    names = ("w1", "b1", "w2", "b2", "x")
    values = [
        compare.numbers(part, (), f"`{name}`").item()
        for name, part in zip(names, compare.unpack(answer, *names))
    ]
    if not np.isfinite(values).all():
        raise Wrong(says["not-finite"])
    w1, b1, w2, b2, x = values
    if x not in (0, 1):
        raise Wrong(says["input-not-binary"])
    if w1 * x + b1 != 0 and np.isclose(w1 * x, -b1, rtol=1e-12, atol=0):
        return says["rounded"]
    if w1 * x + b1 != 0:
        return (
            f"The hidden neuron has z = {w1 * x + b1:g}. There a steep sigmoid neuron and a "
            "perceptron agree more and more as c grows. At which z do they not?"
        )
    if w2 == 0:
        return says["no-connection"]
    if w2 / 2 + b2 == 0:
        return says["output-at-zero-too"]
    if (b2 > 0) == (w2 / 2 + b2 > 0):
        side = int(b2 > 0)
        return (
            f"The hidden neuron is right. But the output neuron gives {side} with perceptrons and "
            f"approaches {side} with sigmoid neurons. Compare its two weighted inputs: {b2:g} and "
            f"{w2 / 2 + b2:g}."
        )
    return None
