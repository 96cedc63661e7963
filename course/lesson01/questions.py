"""Lesson 01: thresholds, scaling all weights and biases, and XOR from NAND gates."""

import inspect
from fractions import Fraction

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise
from course.ask.feedback import Wrong, kind_of

go_or_stay = Choice(
    "01-go-or-stay",
    "Friend and free morning, but a cloudy sky",
    question="""
The weights are 6, 2, 2. The sky is cloudy, a friend comes, and the morning is free. Do you go at
threshold 5? And at threshold 3?
""",
    options={
        "You go at both": "Compare the weighted sum with 5. The sky is cloudy, so which of the "
        "three products is 0?",
        "You go at 5 and stay at 3": "What exceeds 5 also exceeds 3. Did you compare in the wrong "
        "direction?",
        "You stay at 5 and go at 3": "The weighted sum is 4. It exceeds 3, but not 5.",
        "You stay at both": "The two reasons together count for more than one of them. What is "
        "the weighted sum, and is it above 3?",
    },
    right="You stay at 5 and go at 3",
    hints=["Multiply each input, 0 or 1, by its weight, and add: this is the weighted sum."],
    solution="""
The weighted sum is 6·0 + 2·1 + 2·1 = 4. It does not exceed 5, so you stay; it exceeds 3, so you go.
""",
)

at_equality = Choice(
    "01-equality",
    "Exactly at the threshold",
    question="The weighted sum is 4, and the threshold is 4 as well. What is the output?",
    options={
        "1": 'For this the rule would have to say "at least the threshold". Read it once more: '
        "what does it say?",
        "0": "The weighted sum must exceed the threshold. Reaching it is not enough.",
        "1/2": "A perceptron says yes or no, so there is nothing in between.",
        "It is not defined": "The rule covers this case too. Which of its two lines is it?",
    },
    right="0",
    hints=["Look at the sign between weighted sum and threshold in the rule: > or ≥?"],
    solution="The rule asks whether 4 > 4. It is not, so the second line holds: the output is 0.",
)

one_slider = Choice(
    "01-one-slider",
    "From AND to OR with one slider",
    question="""
The weights are 2, 2 and the bias is -3. Which one slider brings you to OR: output 1 at (0, 1),
(1, 0) and (1, 1), and 0 at (0, 0)?
""",
    options={
        "Raise b": "Both wrong corners have z = -1, and a higher bias lifts both. At (0, 0) z is "
        "the bias itself, so it must not become positive.",
        "Lower b": "Both wrong corners have z = -1 and should be positive. Which way does a lower "
        "bias move z?",
        "Raise w1": "This mends the corner (1, 0). What does w1 do at (0, 1), where x1 is 0?",
        "Lower w2": "Where x2 is 1, this makes z smaller. Should z become smaller or larger at "
        "(0, 1)?",
    },
    right="Raise b",
    hints=["Calculate z at the four corners. Which two are wrong, and what is z there?"],
    solution="""
At (0, 1) and (1, 0), z = 2 − 3 = −1, and it should be positive. A weight acts on one of these two
corners only; the bias acts on both. With b = −1 they have z = 1, and (0, 0) has z = −1.
""",
)


def check_threshold(answer):
    """Any threshold from 6 up to, but not including, 8."""
    t = compare.numbers(answer, [(), (1,)]).item()
    if not np.isfinite(t):
        raise Wrong("The answer has to be a finite number.")
    if t < 0:
        return (
            "With a threshold below 0 you always go, whatever the inputs are. Is this the bias? "
            "Its sign is the other way round."
        )
    if t < 4:
        return (
            f"At threshold {t:g} you go with friend and free morning under a cloudy sky: their "
            "weighted sum is 4."
        )
    if t < 6:
        return (
            f"At threshold {t:g} you go when the sky is clear and neither of the other reasons "
            "holds. What is the weighted sum then?"
        )
    if t == 8:
        return (
            "At threshold 8 you stay, although the sky is clear and a friend comes: the weighted "
            "sum reaches 8. What happens at equality?"
        )
    if t > 8:
        return (
            f"At threshold {t:g} you stay, although the sky is clear and a friend comes. What is "
            "the weighted sum in this case?"
        )
    return None


threshold = Exercise(
    "01-threshold",
    "A clear sky, and one more reason",
    minutes=3,
    difficulty=1,
    question="""
You want to go only if the sky is clear **and** at least one of the other two reasons holds. Keep
the weights 6, 2, 2. Which threshold does it? Give one number.
""",
    check=check_threshold,
    right="It parts the three cases in which you want to go from the five others.",
    hints=[
        "In which of the eight rows of the truth table do you want to go? What are their weighted "
        "sums?",
        "The smallest of these sums must exceed the threshold. The largest of all other sums must "
        "not.",
    ],
    solution="""
You want to go in three rows: clear sky with the friend (weighted sum 8), with the free morning (8),
and with both (10). The largest sum in the other five rows is 6, the clear sky alone. So each
threshold from 6 up to, but not including, 8 does it. At 6 the clear sky alone gives equality, and
so 0. At 8 a clear sky with a friend gives equality, and you would stay.

```python
answer = 7
```
""",
)


def check_not(answer):
    """One weight and a bias: b > 0 and w + b <= 0."""
    w, b = compare.unpack(answer, "w", "b")
    w = compare.numbers(w, [(1,), ()], "`w`").item()
    b = compare.numbers(b, [(), (1,)], "`b`").item()
    if not np.isfinite([w, b]).all():
        raise Wrong("Weight and bias have to be finite numbers.")
    if b == 0:
        return (
            "At input 0 the output should be 1. There z is the bias, which is 0, and at z = 0 a "
            "perceptron gives 0."
        )
    if b < 0:
        return f"At input 0 the output should be 1, but z is {b:g}. Which of your numbers is this?"
    if w + b > 0 and w + b < 1e-9 * b:
        return (
            "On paper z is 0 at input 1, but the computer stores these fractions rounded and gets "
            "a tiny bit more. Use whole numbers."
        )
    if w + b > 0:
        return f"At input 1 the output should be 0, but z is {w + b:g}. Should w be negative?"
    return None


not_gate = Exercise(
    "01-not",
    "NOT",
    minutes=3,
    difficulty=1,
    question="""
Find a weight and a bias for a perceptron with **one** input that turns 0 into 1 and 1 into 0.
`answer` is the pair `(w, b)`.
""",
    starter="w = ...\nb = ...\nanswer = (w, b)",
    check=check_not,
    right="It gives 1 at input 0, and 0 at input 1.",
    hints=[
        "At input 0 the weighted input z is just the bias. What must hold for it?",
        "At input 1, z is weight plus bias. Which values of z give 0?",
    ],
    solution="""
At input 0, z = b, and the output should be 1: so b > 0. At input 1, z = w + b, and the output
should be 0: so w + b ≤ 0. Each such pair is right, for example w = −2 and b = 1. With w = −1 and b
= 1, z is exactly 0 at input 1, which also gives 0.

```python
w = -2
b = 1
answer = (w, b)
```
""",
)


def check_weights_only(answer):
    """A perceptron and an input whose output changes when its weights, but not b, are doubled."""
    w, b, x = compare.unpack(answer, "w", "b", "x")
    w = np.atleast_1d(compare.numbers(w, None, "`w`"))
    x = np.atleast_1d(compare.numbers(x, None, "`x`"))
    b = compare.numbers(b, [(), (1,)], "`b`").item()
    if w.ndim > 1 or w.shape != x.shape or not 1 <= w.size <= 1000:
        raise Wrong(
            f"`w` has shape {w.shape} and `x` has shape {x.shape}: expected two lists of the same "
            "length, with one weight for each input, or two single numbers."
        )
    if not np.isin(x, (0, 1)).all():
        raise Wrong("The inputs of a perceptron are 0 or 1, and `x` holds another number.")
    if not np.isfinite([*w, b]).all():
        raise Wrong("Weights and bias have to be finite numbers.")
    total = sum((Fraction(v) for v in w[x == 1].tolist()), Fraction(0))  # exact, not rounded
    before, after = total + Fraction(b), 2 * total + Fraction(b)
    if (before > 0) != (after > 0):
        return None
    if not total:
        return (
            "For this input the weighted sum w·x is 0, and twice 0 is 0 as well. Choose weights "
            "and inputs whose weighted sum is another number."
        )
    if b == 0:
        return (
            "With a bias of 0, z itself is doubled and keeps its sign. So the bias has to play a "
            "part."
        )
    return (
        f"z is {_short(before)} before and {_short(after)} after doubling the weights. Both give "
        f"the output {int(before > 0)}. You want z to cross from one output to the other."
    )


def _short(fraction):
    try:
        return f"{float(fraction):.6g}"
    except OverflowError:
        return "too large a number to show"


weights_only = Exercise(
    "01-weights-only",
    "Weights doubled, bias kept",
    minutes=5,
    difficulty=2,
    question="""
Double all weights of a perceptron, but keep its bias. Show that this can change the output: find
weights `w`, a bias `b` and an input `x` (of as many zeros and ones as there are weights; one is
enough) for which the output changes. `answer` is `(w, b, x)`.
""",
    starter="w = ...\nb = ...\nx = ...\nanswer = (w, b, x)",
    check=check_weights_only,
    right="One example is enough: it disproves that the output always stays the same.",
    hints=[
        "Take one input, x = 1. Then z is w + b before, and 2w + b after.",
        "You need z ≤ 0 before and z > 0 after, or the other way round. So w and b must pull in "
        "different directions.",
    ],
    solution="""
With one input x = 1, z is w + b before and 2w + b after. Take w = 2 and b = −3: z is −1 before, so
the output is 0, and 1 after, so the output is 1. Any w > 0 and b with −2w < b ≤ −w does it: the
weights pull up and the bias pulls down, and doubling lets the weights win. With b = −w, z is
exactly 0 before, which gives 0.

```python
w = [2]
b = -3
x = [1]
answer = (w, b, x)
```
""",
)


def z_of_layers(weights, biases, x):
    """Weighted inputs of each layer of a perceptron network, a list of arrays (n,)."""
    zs, a = [], np.array(x)
    for w, b in zip(weights, biases, strict=True):
        zs.append(np.array(w) @ a + np.array(b))
        a = (zs[-1] > 0).astype(int)
    return zs


NETWORKS = {  # words -> weights, biases, input; whole and half numbers, so that z = 0 is exact
    "one perceptron": ([[[2, -1]]], [[1]], [1, 1]),
    "three layers": (
        [[[2, 1], [-2, 2], [1, 1]], [[4, -2, 1], [-4, 1, 2]], [[4, -4]]],
        [[-1, 1, -3], [1, 0.5], [-1]],
        [1, 1],
    ),
    "one perceptron with z = 0": ([[[1, 1]]], [[-1]], [1, 0]),
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


def scaled_network(zs, c):
    """Weighted inputs and outputs of each layer when all weights and biases are multiplied by c."""
    return [c * z for z in zs], [(z > 0).astype(int) for z in zs]


def _same_layers(part, what):
    """A comparison of one part of two answers, layer by layer, for compare.function."""

    def same(given, expected, name):
        try:
            layers = compare.unpack(given, "inputs", "outputs")[part]
            if not isinstance(layers, (list, tuple)):
                raise Wrong(f"{what} are {kind_of(layers)}: expected a list with one array a layer")
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


def check_scaling(f):
    """First the weighted inputs of all networks, then the outputs."""
    return compare.function(
        f,
        SCALED_CASES,
        scaled_network,
        same=_same_layers(0, "Inputs"),
        keeps_inputs=False,
        misconceptions=[
            (
                _pair(inputs=lambda z, c, k: c ** (k + 1) * z),
                "Here the factor piles up from layer to layer. A later layer gets the outputs of "
                "perceptrons, which are 0 or 1. Are these multiplied by c too?",
            ),
            (
                _pair(inputs=lambda z, c, k: z),
                "These are the weighted inputs before scaling. z = w·x + b: what happens to it if "
                "w and b are multiplied by c?",
            ),
            (
                _pair(inputs=lambda z, c, k: c * z if k == 0 else z),
                "Here only layer 0 has changed. The weights and biases of all layers are "
                "multiplied by c.",
            ),
            (
                _pair(inputs=lambda z, c, k: z / c),
                "This divides by c. Are the weights divided or multiplied?",
            ),
        ],
    ) or compare.function(
        f,
        SCALED_CASES,
        scaled_network,
        same=_same_layers(1, "Outputs"),
        misconceptions=[
            (
                _pair(outputs=lambda z, c, k: z >= 0),
                "Right wherever z is not 0. Where z is exactly 0, what is the output of a "
                "perceptron?",
            ),
            (
                _pair(outputs=lambda z, c, k: z < 0),
                "This gives 1 where z is below 0. When does a perceptron give 1?",
            ),
            (
                _pair(outputs=lambda z, c, k: c * (z > 0)),
                "These outputs are multiplied by c as well. What are the only outputs that a "
                "perceptron can give?",
            ),
            (
                _pair(outputs=lambda z, c, k: 0.5 * (1 + np.sign(z))),
                "A perceptron never gives 1/2. What is its output where z is exactly 0?",
            ),
            (
                _pair(outputs=lambda z, c, k: c * z),
                "These are the weighted inputs again. The output of a perceptron is 0 or 1, "
                "depending on z.",
            ),
            (
                _pair(outputs=lambda z, c, k: c * z > 1),
                "The weighted input is compared with 0: the bias has taken the place of the "
                "threshold.",
            ),
            (
                _pair(outputs=lambda z, c, k: np.sign(z)),
                "The output for a negative z should be 0. Here it is −1.",
            ),
        ],
    )


scaling = Exercise(
    "01-scaling",
    "All weights and biases times c",
    minutes=15,
    difficulty=2,
    question="""
In a network of perceptrons, multiply **all** weights and **all** biases by the same number c > 0.
Prove that no output changes, for any input.

So that the proof can be checked, write it as a function `scaled(zs, c)`. `zs` is a list with one
array for each layer of perceptrons, from the first to the last: the weighted inputs z of its
perceptrons **before** scaling, for one input x. The function returns two lists with arrays of the
same shapes: `inputs`, the weighted inputs of every layer in the scaled network, and `outputs`, what
its perceptrons give (0 or 1). It does not get to know x, the weights or the biases. That you can
write it without them is the proof; say to yourself why each line is right in every layer.
""",
    variable="scaled",
    starter="def scaled(zs, c):\n    inputs = ...\n    outputs = ...\n    return inputs, outputs",
    check=check_scaling,
    right="Now say why it holds in layer 5 if it holds in layer 4, and compare with `solution()`.",
    hints=[
        "Begin with one perceptron. Its weighted input is z = w·x + b. Write down the weighted "
        "input with c·w and c·b, and take c out of the sum.",
        "The output depends only on whether z is above 0. Can multiplying by c > 0 change that? "
        "Look at z > 0, z < 0 and z = 0 one by one.",
        "Now the second layer. Its inputs are the outputs of the first. Have they changed? So "
        "what is different for the second layer, compared with the first? The same step then "
        "leads from each layer to the next.",
    ],
    solution="""
**Claim.** For each input x and each layer l: in the scaled network the weighted inputs are c times
the old ones, and the outputs are the old ones.

**One perceptron.** Let its inputs be the same before and after. Its weighted input after scaling is
(c·w)·x + c·b = c·(w·x + b) = c·z. Since c > 0:

- if z > 0, then c·z > 0, and the output is 1 before and after;
- if z < 0, then c·z < 0, and the output is 0 before and after;
- if z = 0, then c·z = 0. Equality stays equality, and the output is 0 before and after.

So the output is the same in each of the three cases.

**First layer** (where the induction begins). Its inputs are x, which nobody has scaled. So the step
for one perceptron holds for each perceptron of this layer.

**From layer l to layer l + 1.** Suppose that the claim holds for layer l. Then its outputs have not
changed. They are the inputs of layer l + 1, so each perceptron there has the same inputs as before,
and the step for one perceptron holds again: its weighted input is c·z, its output is the old one.
So the claim holds for layer l + 1.

By induction it holds for all layers, the last one included. ∎

The factor is c in each layer, and not c² in the second: outputs are 0 or 1, and are not scaled.

```python
def scaled(zs, c):
    inputs = [c * z for z in zs]
    outputs = [(z > 0).astype(int) for z in zs]
    return inputs, outputs
```

Where was c > 0 needed? For c = 0 each z becomes 0 and all outputs are 0. For c < 0, z changes its
sign, and so does the decision. And if only the weights are scaled, c does not come out of the sum.
""",
)


class Wire:
    """What a gate takes and gives: its values for the four inputs, and the two wires before it.

    Nothing can be done with a wire but lead it into a gate.
    """

    def __init__(self, values, sources=()):
        self.values, self.sources = values, sources

    def __repr__(self):
        return "a wire"

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
    setattr(Wire, f"__{_name}__", _only_for_gates)

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
        if not isinstance(one, Wire):
            raise Wrong(
                f"`nand` was given {kind_of(one)}: lead in `x1`, `x2` or the output of another "
                "gate. One wire may go to both inputs of a gate."
            )
    first, second = inputs
    values = tuple(1 - a * b for a, b in zip(first.values, second.values))
    return Wire(values, (first, second))


def count_gates(wire):
    """The number of different gates before a wire; gates with the same two inputs count once."""
    numbers, gates, waiting = {}, {}, [wire]  # a wire -> its number; two numbers -> their gate's
    while waiting:
        one = waiting[-1]
        before = [source for source in one.sources if source not in numbers]
        if one in numbers or before:
            waiting.pop() if one in numbers else waiting.extend(before)
            continue
        pair = frozenset(numbers[source] for source in one.sources)
        numbers[one] = gates.setdefault(pair, len(gates)) if pair else f"input {id(one)}"
        waiting.pop()
    return len(gates)


def check_xor(f):
    """Build the circuit from wires, look at its four outputs, and count its gates."""
    if not callable(f):
        raise Wrong(
            f"The answer is {kind_of(f)}: expected a function. Give its name without parentheses."
        )
    _takes_three(f)
    x1, x2 = (Wire(values) for values in zip(*CORNERS))
    result = f(x1, x2, nand_gate)
    if result is None:
        raise Wrong("Your function returns None. Does it end with `return`?")
    if not isinstance(result, Wire):
        raise Wrong(
            f"Your function returns {kind_of(result)}: expected one wire, the output of the last "
            "gate."
        )
    return _judge_circuit(result)


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


def _judge_circuit(result):
    gates = count_gates(result)
    if not gates:
        return "Your function returns one of its inputs. Lead the wires through gates first."
    if result.values == (0, 1, 1, 0):
        if gates <= FEWEST:
            return None
        return (
            f"It computes XOR, with {gates} different gates. Four are enough. Is there a gate "
            "whose output can be of use at two places?"
        )
    if result.values in TABLES:
        return TABLES[result.values]
    wrong = [x for x, a, t in zip(CORNERS, result.values, (0, 1, 1, 0)) if a != t]
    inputs = " and ".join(str(x) for x in wrong)
    return f"For the inputs {inputs} the output is wrong. Where exactly one input is 1, it is 1."


nand_xor = Exercise(
    "01-nand-xor",
    "XOR from NAND gates",
    minutes=10,
    difficulty=2,
    question="""
Write `xor(x1, x2, nand)`, a network of NAND perceptrons that gives 1 if exactly one of `x1` and
`x2` is 1, and 0 otherwise. `nand(a, b)` puts in one perceptron and returns its output: a wire that
may go to other gates. Nothing else may be used: no `if`, no arithmetic, no constants. At most
**four** gates (those with the same two inputs count as one). Try it on paper, without looking at
the half adder.
""",
    variable="xor",
    starter="def xor(x1, x2, nand):\n    ...",
    check=check_xor,
    right="Four gates, the fewest with which it can be done.",
    hints=[
        'XOR is "(x1 and not x2) or (not x1 and x2)". With NOT x = nand(x, x) this takes five '
        "gates: two for NOT, two, and one that joins them.",
        "nand(p, q) is 1 if p or q is 0. So for the last gate you need p that is 0 only at (1, 0), "
        "and q that is 0 only at (0, 1).",
        "p must be 0 only at (1, 0): a NAND of x1 and of something that is 1 at (1, 0) and 0 at "
        "(1, 1). What it is at (0, 0) and (0, 1) does not matter. Which wire that serves both "
        "p and q is like this?",
    ],
    solution="""
A last gate nand(p, q) gives 1 exactly where p or q is 0. So p should be 0 only at (1, 0), and q
only at (0, 1). Take p = nand(x1, u). It is 0 where x1 and u are both 1. So u has to be 1 at (1, 0)
and 0 at (1, 1); at the two inputs with x1 = 0 it may be anything. In the same way q = nand(x2, v)
needs a v that is 1 at (0, 1) and 0 at (1, 1). NOT x2 and NOT x1 would do, and take two gates. But
nand(x1, x2) is 1 at both (1, 0) and (0, 1), and 0 at (1, 1): it serves as u and as v.

| x1 | x2 | u = nand(x1, x2) | p = nand(x1, u) | q = nand(x2, u) | nand(p, q) |
|---|---|---|---|---|---|
| 0 | 0 | 1 | 1 | 1 | 0 |
| 0 | 1 | 1 | 1 | 0 | 1 |
| 1 | 0 | 1 | 0 | 1 | 1 |
| 1 | 1 | 0 | 1 | 1 | 0 |

```python
def xor(x1, x2, nand):
    u = nand(x1, x2)
    p = nand(x1, u)
    q = nand(x2, u)
    return nand(p, q)
```

Each gate is a perceptron with weights −2, −2 and bias 3, so this is a network of four perceptrons.
One perceptron alone cannot do it, as the lesson shows. Trying all circuits of up to three NAND
gates shows that three are not enough either.
""",
)
