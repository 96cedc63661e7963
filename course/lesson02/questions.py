"""Lesson 02: small changes, slopes, and the limit of a steep sigmoid network."""

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong

five_outputs = Choice(
    "02-five-outputs",
    "Turning the weight of a perceptron",
    question="""
A perceptron has two inputs, both 1, the weights w and 1, and the bias -3. What are its outputs for
w = 1.8, 1.9, 2.0, 2.1, 2.2?
""",
    options={
        "0, 0, 0, 1, 1": "z is w − 2. It is above 0 for the last two only; at w = 2.0 it is "
        "exactly 0, and a perceptron gives 0 there.",
        "0, 0, 1, 1, 1": "Nearly. What is z at w = 2.0, and what does a perceptron give there?",
        "0, 0, 0.5, 1, 1": "A perceptron has no output between 0 and 1. What does its rule say "
        "about the middle one?",
        "1.8, 1.9, 2.0, 2.1, 2.2": "These are the weights. The output is what the rule makes of "
        "z, so 0 or 1.",
        "0, 0, 0, 0, 0": "Calculate z for the last weight. Is it above 0?",
    },
    right="0, 0, 0, 1, 1",
    hints=["z = w·1 + 1·1 − 3. For which of the five weights is it above 0?"],
    solution="""
z = w + 1 − 3 = w − 2, so z is −0.2, −0.1, 0, 0.1, 0.2. The output is 1 only where z > 0. At z = 0
it is 0.
""",
)

small_step = Choice(
    "02-small-step",
    "The same step in the sigmoid network",
    question="""
In the network of perceptrons, the step of w from 2.0 to 2.1 changed the output y by 1. By how much
does it change y in the sigmoid network?
""",
    options={
        "By about 0.5": "Large, for a weight that moves by 0.1. A sigmoid curve has no jump, and "
        "three of them lie between w and y.",
        "By about 0.03 or less": "A little, and not nothing: the trial has told something.",
        "By exactly 0": "The sigmoid curve rises everywhere. So does h1 stay exactly as it was?",
        "By 1, as with perceptrons": "A jump by 1 would need an output of exactly 0 before and "
        "exactly 1 after. Does σ ever reach these?",
    },
    right="By about 0.03 or less",
    hints=["A slope of the sigmoid curve is small. The change passes through three neurons."],
    solution="""
The change of w moves z of h1 by 0.1. Each neuron passes on its change times its slope, and times
the weight to the next. So a small change arrives at y: the cell below measures it.
""",
)

digits_flip = Choice(
    "02-digits-flip",
    "One weight of a network that reads digits",
    question="""
In the network of perceptrons that reads digits, one weight of the first layer grows by 0.1. In how
many of the trials does at least one of the ten outputs flip?
""",
    options={
        "In about half": "That would be a coin thrown for every weight. How close to 0 must z of a "
        "neuron be, so that 0.1 more can flip it?",
        "In about 1 of 10": "How far does a weight that grows by 0.1 move z, if no pixel is above "
        "1? Then how many of the 30 neurons can flip?",
        "In about 1 of 100": "One of the 30 would have to flip that often, and every one of these "
        "flips would have to reach an output. Each output reads 30 neurons: what does one change?",
        "In fewer than 1 of 1,000": "First one of the 30 has to be so close to z = 0 that it "
        "flips, and then its flip has to carry the z of an output across 0. Both are rare.",
    },
    right="In fewer than 1 of 1,000",
    hints=["z of one neuron grows by at most 0.1. When does this flip it, and what follows then?"],
    solution="""
A pixel is at most 1, so z of one of the 30 neurons grows by at most 0.1. It flips only if z was
between −0.1 and 0, and most z are several units away from 0. If it does flip, each output neuron
sees one of its 30 inputs change, and in most cases every z keeps its sign. The cells below count.
""",
)

largest_slope = Number(
    "02-largest-slope",
    "The largest slope",
    question="""
The slope of the sigmoid is a(1 − a), where a is the activation. How large is the slope where it is
largest?
""",
    answer=0.25,
    tolerance=0.001,
    right="It lies at z = 0, where a = 1/2: the slope is a quarter there, and less elsewhere.",
    mistakes={
        0.5: "This is the activation at the place of the largest slope. What is a(1 − a) there?",
        1: "a(1 − a) is a product of two numbers, both below 1. Can it be 1?",
        0: "This is what the slope approaches where a is close to 0 or to 1. Look between them.",
    },
    low="There is a steeper place. Try values of a between 0 and 1, for example a = 0.4.",
    high="No a between 0 and 1 gives so much. Try a = 0.3, 0.4, 0.5, 0.6.",
    hints=["For which a between 0 and 1 is the product a(1 − a) largest? Try a few."],
    solution="""
a(1 − a) = 1/4 − (a − 1/2)². The square is never negative, so the largest value is 1/4, and it is
reached where a = 1/2, that is at z = 0.
""",
)

one_neuron = Number(
    "02-one-neuron",
    "One neuron, without a computer",
    question="""
A sigmoid neuron has the weights w = (4, −2) and the bias −1. What is its output for x = (0.5, 0.5)?
""",
    answer=0.5,
    tolerance=0.001,
    right="z is 0 here. A perceptron with the same weights and bias would give 0.",
    mistakes={
        0: "This is z, or the output of a perceptron. What is σ at this z?",
        1: "Did you leave out the bias? Then z is 1; and the output is σ(z), not z.",
    },
    low="Calculate z once more. At which z does σ give less than a half?",
    high="Calculate z once more. At which z does σ give more than a half?",
    hints=["Compute z = w·x + b first. It is a number at which you know σ."],
    minutes=3,
    solution="z = 4·0.5 − 2·0.5 − 1 = 0, and σ(0) = 1/(1 + 1) = 1/2.",
)

small_changes = Number(
    "02-small-changes",
    "Three small changes",
    question="""
The same neuron, w = (4, −2) and b = −1, with the same input x = (0.5, 0.5). You change the first
weight by +0.02, the second by −0.02, and the bias by +0.04. By how much does the output change, to
three decimals?
""",
    answer=0.01,
    tolerance=0.0005,
    right="The slope at z = 0 is 1/4, and z changes by 0.04.",
    mistakes={
        0.04: "This is the change of z. By how much does the output follow?",
        0.02: "Is the slope at z = 0 really a half? It is a(1 − a).",
        0.015: "One of the three changes is negative.",
        0.005: "Did you leave out a weight's change, or take half of the slope? All three changes "
        "count, each times its slope.",
        0.51: "This is the new output. By how much has it changed?",
    },
    factors={-1: "The size is right. In which direction does the output go?"},
    low="Linear response: each change times its slope, and add.",
    high="Linear response: each change times its slope, and add.",
    hints=[
        "Linear response: each change times its slope, added up. The slope of a weight is σ'(z) "
        "times its input, that of the bias σ'(z).",
        "At z = 0 you know σ'(z). And how much does z change?",
    ],
    minutes=5,
    solution="""
σ'(0) = 1/4. So the change is about 1/4·(0.5·0.02 − 0.5·0.02 + 0.04) = 1/4·0.04 = 0.010. The exact
change is 0.009999.
""",
)

steepness = Number(
    "02-steepness",
    "How steep?",
    question="""
What is the smallest whole number c for which σ(c·z) at z = 0.1 is above 0.99?
""",
    answer=46,
    right="No c is large enough for all z > 0, though: at z = 0.01 it takes ten times as much.",
    mistakes={
        45: "Very near: just below, σ is about 0.989. Round in the other direction.",
        5: "This would do for z = 1. Here c is multiplied by 0.1.",
        4.6: "This is c·z. Divide by z.",
        460: "This would do for z = 0.01.",
    },
    low="Put it in: 1/(1 + e^(−0.1·c)) is still below 0.99.",
    high="This c is steep enough, but it is not the smallest whole number that is.",
    hints=[
        "Solve 1/(1 + e^(−0.1·c)) > 0.99 for e^(−0.1·c).",
        "e^(−0.1·c) has to be below 1/0.99 − 1. Take the logarithm.",
    ],
    minutes=5,
    difficulty=2,
    solution="""
1 + e^(−0.1·c) < 1/0.99 means e^(−0.1·c) < 1/99, which means c > 10·ln 99 ≈ 45.95. The smallest
whole number is 46. Could one c be large enough for all z > 0? No: for a given c there is always a z
so close to 0 that c·z is small. For z = 0.01, c has to be 460.
""",
)


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


SMALLER_AND_SMALLER = _network([[[2.0**-k] for k in range(4, 84, 4)]], [[0.0] * 20], [1])
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


def check_steep(f):
    """Compare with the limit, on networks with and without a z of 0."""
    return compare.function(
        f,
        CASES,
        limit,
        same=_same_limit,
        misconceptions=[
            (
                lambda weights, biases, x: run(lambda z, _: z > 0, weights, biases, x),
                "These are the outputs of the perceptrons. They agree with the limit where no z is "
                "0. What does a sigmoid neuron give at z = 0, whatever c is?",
            ),
            (
                lambda weights, biases, x: run(lambda z, _: z >= 0, weights, biases, x),
                "Right where no z is 0. At z = 0, c·z is 0 for every c: does the output go to 1?",
            ),
            (
                _half_only_at_the_end,
                "In the last layer it is right, z = 0 included. But a hidden neuron with z = 0 "
                "hands on what a sigmoid neuron gives there, too.",
            ),
            (
                lambda weights, biases, x: run(
                    lambda z, _: 1 / (1 + np.exp(-z)), weights, biases, x
                ),
                "These are the outputs for c = 1. What do they approach as c grows?",
            ),
            (
                _c_in_first_layer_only,
                "Only the first layer has become steep. All weights and biases in all layers are "
                "multiplied by c.",
            ),
            (
                lambda weights, biases, x: run(
                    lambda z, _: np.heaviside(-z, 0.5), weights, biases, x
                ),
                "Here an output goes to 1 where z is below 0. What is e^(−c·z) there, for large c?",
            ),
            (
                lambda weights, biases, x: run(lambda z, _: np.sign(z), weights, biases, x),
                "The sign is −1 where z is below 0. Which number does σ(c·z) approach there?",
            ),
        ],
    ) or compare.function(
        f, {"20 neurons with smaller and smaller z": SMALLER_AND_SMALLER}, limit, same=_at_a_limit
    )


steep = Exercise(
    "02-steep",
    "A very steep network",
    minutes=20,
    difficulty=3,
    question="""
In a network of sigmoid neurons, multiply all weights and all biases by c > 0. Prove: as c grows
without bound, the outputs approach those of the perceptron network with the same weights and
biases, **if** no weighted input z in the perceptron network is 0. And if some z is 0?

So that the proof can be checked, write `limit(weights, biases, x)`, the numbers that the outputs of
the sigmoid network approach as c grows. It has to be right in every case, z = 0 included. For each
layer, `weights` has an array of shape (n_out, n_in), in which row j holds the weights of neuron j,
and `biases` one of shape (n_out, 1). `x` is a column (n_in, 1), and so is the result: (n_out, 1).
With a column `a` of inputs, `w @ a + b` is the column of all z of a layer.
""",
    variable="limit",
    starter="def limit(weights, biases, x):\n    ...",
    check=check_steep,
    right="Now say for which networks these are the outputs of the perceptrons.",
    hints=[
        "Begin with one neuron. What does σ(c·z) approach if z > 0, if z < 0, and if z = 0?",
        "In the next layer, z depends on c, because its inputs do. If these approach some numbers, "
        "what does z approach? And if that is not 0, on which side is z for all large c?",
        "So each layer turns the limits of its inputs into the limits of its outputs, with three "
        "cases for the sign of z. What comes out of one layer goes into the next, also where it is "
        "neither 0 nor 1. `np.heaviside(z, value_at_0)` may help.",
    ],
    solution="""
**One neuron.** If z > 0, then c·z grows without bound and σ(c·z) → 1. If z < 0, then σ(c·z) → 0. If
z = 0, then c·z = 0 and σ(c·z) = 1/2 for every c. Call this rule h: h(z) is 1, 0 or 1/2.

**Claim 1.** If no z in the perceptron network is 0, each activation of the sigmoid network
approaches the output of the same perceptron.

*First layer.* The inputs are x in both networks, so z is the same number, and it is not 0. So
σ(c·z) → h(z), which is the output of the perceptron.

*From a layer to the next.* Suppose that the claim holds for one layer. A neuron of the next layer
has the weighted input z(c) = w·a(c) + b, and c·z(c) after scaling. It is a sum of finitely many
terms, and a(c) approaches the outputs of the perceptrons; so z(c) approaches the z of the
perceptron. This z is not 0, say it is positive. Then z(c) > z/2 for all large c, so
σ(c·z(c)) ≥ σ(c·z/2) → 1. If z is negative, then z(c) < z/2 for all large c, and
σ(c·z(c)) ≤ σ(c·z/2) → 0. In both cases this is the output of the perceptron. By induction the claim
holds for every layer. ∎

**Claim 2.** In every case, the activations approach those of a network with the rule h, where a
neuron whose z is 0 gives 1/2. So they may differ from the perceptrons, which give 0 there, and the
difference may travel on through later layers.

*Proof.* We show a little more: the distance of each activation from its limit is at most
K·cᵖ·e^(−κ·c) for all c ≥ 1, with some constants K, p and κ > 0. Call such a distance *tiny*. It
goes to 0, and c times a tiny one is tiny as well.

*First layer.* Where z = 0, the distance is 0. Elsewhere it is at most e^(−c·|z|), so tiny.

*From a layer to the next.* Suppose that it holds for one layer. In the next, z(c) is a sum of
finitely many terms, so its distance from its limit z is tiny. If z is not 0, then z(c) has the sign
of z and |z(c)| > |z|/2 for all large c. So the distance of σ(c·z(c)) from 0 or 1 is at most
e^(−c·|z|/2) for these c, and a larger K covers the others. If z = 0, then z(c) itself is tiny, and
so is c·z(c). The slope of σ is at most 1/4, so the distance of σ(c·z(c)) from σ(0) = 1/2 is at most
a quarter of that, which is tiny. ∎

```python
import numpy as np

def limit(weights, biases, x):
    a = x
    for w, b in zip(weights, biases):
        a = np.heaviside(w @ a + b, 0.5)
    return a
```

`np.heaviside(z, 0.5)` is 0 below 0, 1 above 0, and 0.5 at 0. An example where the two networks
differ: one input 1, a hidden neuron with weight 1 and bias −1, an output with weight 4 and bias −1.
The hidden z is 0. The perceptron hands on 0, so the last z is −1 and the output 0. The sigmoid
neuron hands on 1/2, so the last z is 1 and the output approaches 1.
""",
)


def check_differ(answer):
    """Weights and biases of a chain [1, 1, 1], and x: perceptron output and limit are 0 and 1."""
    names = ("w1", "b1", "w2", "b2", "x")
    values = [
        compare.numbers(part, [(), (1,), (1, 1)], f"`{name}`").item()
        for name, part in zip(names, compare.unpack(answer, *names))
    ]
    if not np.isfinite(values).all():
        raise Wrong("All five numbers have to be finite.")
    w1, b1, w2, b2, x = values
    if x not in (0, 1):
        raise Wrong("The input of a perceptron is 0 or 1, and `x` is another number.")
    if w1 * x + b1 != 0:
        return (
            f"The hidden neuron has z = {w1 * x + b1:g}. There a steep sigmoid neuron and a "
            "perceptron agree more and more as c grows. At which z do they not?"
        )
    if w2 == 0:
        return "With w2 = 0 the output neuron does not react to the hidden one at all."
    if w2 / 2 + b2 == 0:
        return (
            "The hidden neuron is right. But in the sigmoid network the output neuron then has "
            "z = 0 as well, and its output is 1/2 for every c. It should approach 0 or 1."
        )
    if (b2 > 0) == (w2 / 2 + b2 > 0):
        side = int(b2 > 0)
        return (
            f"The hidden neuron is right. But the output neuron gives {side} with perceptrons and "
            f"approaches {side} with sigmoid neurons. Compare its two weighted inputs: {b2:g} and "
            f"{w2 / 2 + b2:g}."
        )
    return None


differ = Exercise(
    "02-differ",
    "Where steep neurons and perceptrons part",
    minutes=8,
    difficulty=2,
    question="""
A chain of two neurons: the input x (0 or 1) goes to a hidden neuron with weight w1 and bias b1, and
its output to an output neuron with weight w2 and bias b2. Find numbers for which the output with
perceptrons is 0 and the output with sigmoid neurons approaches 1 as all weights and biases are
multiplied by a growing c; or the other way round, 1 and 0. `answer` is `(w1, b1, w2, b2, x)`.
""",
    starter="w1, b1 = ..., ...\nw2, b2 = ..., ...\nx = ...\nanswer = (w1, b1, w2, b2, x)",
    check=check_differ,
    right="The neuron that matters has z = 0: 0 with a perceptron, 1/2 with a sigmoid neuron.",
    hints=[
        "At which single z does a sigmoid neuron not approach a perceptron, however large c is? "
        "Give the hidden neuron this z.",
        "Then the output neuron gets 0 in one network and 1/2 in the other. Its z is b2 in the "
        "one, and w2/2 + b2 in the other. On which sides of 0 should these two lie?",
    ],
    solution="""
The two kinds of neurons differ at z = 0 only. So let the hidden neuron have z = 0: with x = 1, w1 =
1 and b1 = −1. The perceptron hands on 0, the sigmoid neuron 1/2, whatever c is. The output neuron
then has z = b2 with perceptrons, and z = w2/2 + b2 (times c) with sigmoid neurons. These have to
lie on different sides of 0: with w2 = 4 and b2 = −1 they are −1 and 1. So the perceptrons give 0,
and the sigmoid network approaches 1.

```python
w1, b1 = 1, -1
w2, b2 = 4, -1
x = 1
answer = (w1, b1, w2, b2, x)
```
""",
)
