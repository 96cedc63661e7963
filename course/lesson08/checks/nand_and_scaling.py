"""Scaled perceptrons, and XOR from NAND gates: the truths, and what tells wrong answers apart."""

import inspect

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong, kind_of


def z_of_layers(weights, biases, x):
    """Weighted inputs of each layer of a perceptron network, a list of float arrays (n,)."""
    zs, a = [], np.array(x, dtype=float)
    for w, b in zip(weights, biases, strict=True):
        zs.append(np.array(w) @ a + np.array(b))
        a = (zs[-1] > 0).astype(float)
    return zs


NETWORKS = {  # words -> weights, biases, input; whole and half numbers, so that z = 0 is exact
    "one perceptron": ([[[2, -1]]], [[1]], [1, 1]),
    "three layers": (
        [[[2, 1], [-2, 2], [1, 1]], [[4, -2, 1], [-4, 1, 2]], [[4, -4]]],
        [[-1, 1, -3], [1, 0.5], [-1]],
        [1, 1],
    ),
    "one perceptron with z = 0": ([[[1, 1]]], [[-1]], [1, 0]),
    "perceptrons with z just above 0 and just below": ([[[2**-60], [-(2**-60)]]], [[0, 0]], [1]),
    "four layers of one perceptron": (
        [[[1]], [[0.5]], [[3]], [[-1]]],
        [[-0.5], [0], [-3], [1]],
        [1],
    ),
    "two layers with z = 0 in the first": ([[[1, 2], [3, -2]], [[2, 2]]], [[-1, -1], [-1]], [1, 0]),
    "two layers with z = 0 in the last": ([[[1, 2], [3, -2]], [[2, 2]]], [[1, 1], [-4]], [1, 0]),
    "a network whose biases are all 0": ([[[1, -2]], [[-3], [2]]], [[0], [0, 0]], [1, 1]),
}

SCALES = {"c = 2": 2, "c = 0.5": 0.5, "c = 30": 30.0}

SCALED_CASES = {
    f"{words} and {scale}": (z_of_layers(*network), c)
    for words, network in NETWORKS.items()
    for scale, c in SCALES.items()
}


def _drawn_inputs(rng):
    """words -> (zs, c) of random networks; halves, one z of 0 in each."""
    found = {}
    for layers, c in ((1, 3.0), (2, 0.25), (4, 12.5)):
        zs = [rng.integers(-8, 9, n) / 2 for n in rng.integers(2, 6, layers)]
        zs[0][0] = 0
        found[f"a network of {layers} layers and c = {c:g}"] = (zs, c)
    return found


def scaled_network(zs, c):
    """Weighted inputs and outputs of each layer when all weights and biases are multiplied by c."""
    return [c * z for z in zs], [(z > 0).astype(int) for z in zs]


def _is_list(layers):
    """Whether it is a list of layers, or an array whose entries are whole layers."""
    array = isinstance(layers, np.ndarray) and (layers.ndim > 1 or layers.dtype == object)
    return array or isinstance(layers, (list, tuple))


def _same_layers(part, what):
    """A comparison of one part of two answers, layer by layer, for compare.function."""

    def same(given, expected, name):
        try:
            layers = compare.unpack(given, "inputs", "outputs")[part]
            if not _is_list(layers):
                raise Wrong(
                    f"{what} are {kind_of(layers)}: expected a list with one array a layer"
                    + ("; use list(...)" if hasattr(type(layers), "__next__") else "")
                )
            if len(layers) != len(expected[part]):
                repeated = len(layers) == 2 * len(expected[part])
                raise Wrong(
                    f"{what} are a list of {len(layers)}: expected one array a layer, "
                    f"{len(expected[part])} in all"
                    + (" (2 times a list is the list twice)" if repeated else "")
                )
        except Wrong as wrong:
            return str(wrong).rstrip(".") + f", in {name}."
        pairs = enumerate(zip(layers, expected[part]))
        messages = (
            compare.arrays(mine, true, f"layer {k} (counted from 0) of `{what.lower()}` in {name}")
            for k, (mine, true) in pairs
        )
        return next((message for message in messages if message), None)

    return same


def _pair(inputs=None, outputs=None):
    """A function of zs and c that makes one mistake, from a function of (z, c, layer)."""

    def made(zs, c):
        right = scaled_network(zs, c)
        rules = (inputs, outputs)
        return tuple(
            truth if rule is None else [rule(z, c, k) for k, z in enumerate(zs)]
            for truth, rule in zip(right, rules)
        )

    return made


INPUT_MISTAKES = {
    "factor-piles-up": _pair(inputs=lambda z, c, k: c ** (k + 1) * z),
    "not-scaled": _pair(inputs=lambda z, c, k: z),
    "only-first-layer-scaled": _pair(inputs=lambda z, c, k: c * z if k == 0 else z),
    "divided-not-multiplied": _pair(inputs=lambda z, c, k: z / c),
    "added-not-multiplied": _pair(inputs=lambda z, c, k: z + c),
    "lists-swapped": lambda zs, c: scaled_network(zs, c)[::-1],
}

OUTPUT_MISTAKES = {
    "fires-at-zero": _pair(outputs=lambda z, c, k: z >= 0),
    "fires-below-zero": _pair(outputs=lambda z, c, k: z < 0),
    "outputs-scaled": _pair(outputs=lambda z, c, k: c * (z > 0)),
    "half-at-zero": _pair(outputs=lambda z, c, k: 0.5 * (1 + np.sign(z))),
    "inputs-as-outputs": _pair(outputs=lambda z, c, k: c * z),
    "threshold-of-one": _pair(outputs=lambda z, c, k: c * z > 1),
    "minus-one-below-zero": _pair(outputs=lambda z, c, k: np.sign(z)),
}


def scaling(f, says):
    """First the weighted inputs of all networks, then the outputs."""
    return compare.function(
        f,
        SCALED_CASES,
        scaled_network,
        fresh=_drawn_inputs,
        same=_same_layers(0, "Inputs"),
        keeps_inputs=False,
        misconceptions=compare.named(INPUT_MISTAKES, says),
    ) or compare.function(
        f,
        SCALED_CASES,
        scaled_network,
        fresh=_drawn_inputs,
        same=_same_layers(1, "Outputs"),
        misconceptions=compare.named(OUTPUT_MISTAKES, says),
    )


class Signal:
    """What a gate takes and gives; it knows the two wires before it, and no value.

    Nothing can be done with a wire but lead it into a gate.
    """

    __slots__ = ("sources",)

    def __init__(self, *sources):
        self.sources = sources

    def __repr__(self):
        return "a wire"

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        _only_for_gates()

    __hash__ = object.__hash__


def _only_for_gates(*_):
    raise Wrong(
        "`x1`, `x2` and what `nand` returns are wires, whose values your function does not get to "
        "see. The only thing to do with a wire is to lead it into a gate: `nand(wire, wire)`."
    )


_FORBIDDEN = (
    *("bool", "eq", "ne", "lt", "le", "gt", "ge", "int", "float", "index", "len", "iter"),
    *("neg", "pos", "abs", "invert", "array", "getitem", "contains", "call", "round"),
    *(side + name for name in ("add", "sub", "mul", "truediv", "mod") for side in ("", "r")),
    *(side + name for name in ("and", "or", "xor", "pow", "matmul") for side in ("", "r")),
    *(side + name for name in ("floordiv", "lshift", "rshift") for side in ("", "r")),
)

for _name in _FORBIDDEN:
    setattr(Signal, f"__{_name}__", _only_for_gates)

CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))

TABLES = {  # the outputs at the four corners, of circuits that are easily taken for XOR
    (0, 0, 0, 1): "This is AND: it says 1 only if both inputs are 1.",
    (0, 1, 1, 1): "This is OR: at (1, 1) it should give 0. XOR means *exactly* one.",
    (1, 1, 1, 0): "This is NAND itself: at (0, 0) it should give 0.",
    (1, 0, 0, 1): "This is the opposite of XOR: it is wrong at each of the four inputs.",
    (1, 0, 0, 0): "This is NOR: it says 1 only if neither input is 1.",
}

FEWEST = 4


def nand_gate(*inputs):
    """The gate that the student's function is given: a new wire from two wires."""
    if len(inputs) != 2:
        count = "1 input" if len(inputs) == 1 else f"{len(inputs)} inputs"
        raise Wrong(f"`nand` was given {count}: this gate has two, as in `nand(x1, x2)`.")
    for one in inputs:
        if not isinstance(one, Signal):
            raise Wrong(
                f"`nand` was given {kind_of(one)}: lead in `x1`, `x2` or the output of another "
                "gate. One wire may go to both inputs of a gate."
            )
    return Signal(*inputs)


def run_circuit(wire, inputs):
    """(how many different gates stand before a wire, its value for each row of the truth table).

    inputs: dictionary from the wires that are inputs to their values. Gates with the same two
    inputs count once. Raises Wrong if a wire is neither an input nor the output of a gate.
    """
    names = {one: k for k, one in enumerate(inputs)}  # gates with the same inputs share a name
    values, gates, waiting = dict(enumerate(inputs.values())), {}, [wire]
    while waiting:
        one = waiting[-1]
        before = [source for source in _sources(one, inputs) if source not in names]
        if one not in names and not before:
            pair = frozenset(names[source] for source in one.sources)
            names[one] = gates.setdefault(pair, len(values))
            columns = zip(*(values[names[source]] for source in one.sources))
            values.setdefault(names[one], tuple(1 - a * b for a, b in columns))
        waiting.pop() if one in names else waiting.extend(before)
    return len(gates), values[names[wire]]


def _sources(wire, inputs):
    if wire in inputs:
        return ()
    if len(wire.sources) != 2 or not all(type(one) is Signal for one in wire.sources):
        raise Wrong("There is a wire that comes out of no gate. Make each wire with `nand`.")
    return wire.sources


def nand_xor(f, says):
    """Build the circuit from wires, look at its four outputs, and count its gates."""
    if message := compare.no_function(f):
        return message
    _takes_three(f)
    x1, x2 = Signal(), Signal()
    result = f(x1, x2, nand_gate)
    if result is None:
        raise Wrong(says["no-return"])
    if not isinstance(result, Signal):
        raise Wrong(
            f"Your function returns {kind_of(result)}: expected one wire, the output of the last "
            "gate."
        )
    return _judge_circuit(*run_circuit(result, dict(zip((x1, x2), zip(*CORNERS)))))


def _takes_three(f):
    try:
        inspect.signature(f).bind(1, 2, 3)
    except TypeError:
        raise Wrong(
            "Your function has to take three things, `x1`, `x2` and `nand`: it is given the gate "
            "that it builds with."
        ) from None
    except ValueError:  # a builtin without a signature
        pass


def _judge_circuit(gates, values):
    if not gates:
        return "Your function returns one of its inputs. Lead the wires through gates first."
    if values == (0, 1, 1, 0):
        if gates <= FEWEST:
            return None
        return (
            f"It computes XOR, with {gates} different gates. Four are enough. Is there a gate "
            "whose output can be of use at two places?"
        )
    if values in TABLES:
        return TABLES[values]
    wrong = [x for x, a, t in zip(CORNERS, values, (0, 1, 1, 0)) if a != t]
    inputs = " and ".join(str(x) for x in wrong)
    return f"For the inputs {inputs} the output is wrong. Where exactly one input is 1, it is 1."
