"""Lesson 04: the best short step, gradient descent in one variable, and the lesson's questions."""

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong, kind_of

# Predictions of the lesson

worst_cost = Number(
    "04-worst-cost",
    "The largest cost",
    question="""
The network has ten outputs, each between 0 and 1; each target is 0 or 1. What is the largest value
that the cost $C = \\frac{1}{2n} \\sum_x \\|y - a\\|^2$ can come near to?
""",
    answer=5,
    tolerance=0.005,
    mistakes={
        10: "You have added up the squares of all ten outputs. Which factor stands in front of "
        "the sum?",
        1: "The largest square of a single output is 1. How many outputs are there for one image, "
        "and which factor stands in front?",
        0.5: "That is what a single output that is wrong by 1 adds. How many outputs are there?",
        2500: "The sum goes over all images, and then the formula divides by n.",
        50: "The square of the whole length is the sum of the ten squares, not the square of "
        "their sum.",
    },
    low="Too low. Suppose that every output is as wrong as it can be, for every image.",
    high="Too high. How large can the square of one entry of y − a be?",
    hints=[
        "Look at one output of one image first. How large can the square of its error be?",
        "Ten such squares make ‖y − a‖². The formula takes the mean over all images, and a factor "
        "stands in front.",
    ],
    right="Ten squares of 1, halved. A mean over images that are all equally bad is no smaller.",
    solution="""
The worst case: every output is wrong by 1, for every image. Then $\\|y - a\\|^2$ is a sum of ten
squares of 1, so 10. The mean over the images is 10 too, and the factor 1/2 leaves 5. A sigmoid
comes as near to 0 and 1 as you like and does not reach them, so 5 is a limit.
""",
)

eta_09 = Choice(
    "04-eta-09",
    "Five steps with eta 0.9",
    question="The curve is $C(v) = v^2$, its slope is $2v$, and we start at $v = -1$. "
    "What do five steps with eta = 0.9 do?",
    options={
        "They walk toward 0 on the left side, without crossing it": "A smaller eta does that. "
        "Take one step by hand: how long is it, and how far away is 0?",
        "They jump from side to side and get nearer to 0": "The first step leads from -1 to 0.8, "
        "the next one to -0.64, and so on.",
        "They jump from side to side and get farther from 0": "They do jump. Take two steps by "
        "hand, and compare how far from 0 they end.",
        "They jump to and fro between the same two places": "For that each step must end exactly "
        "as far from 0 as it began. Take one step by hand.",
    },
    right="They jump from side to side and get nearer to 0",
    hints=[
        "Do one step from v = -1 by hand: v - 0.9 times the slope there.",
        "By which factor is v multiplied in every step? Look at its sign and at its size.",
    ],
    solution="""
One step leads from v to v − 0.9·2v = −0.8·v. So each step changes the side, and the distance to 0
becomes 0.8 times what it was: −1, 0.8, −0.64, 0.512, −0.41, 0.33.
""",
)

steepest = Choice(
    "04-steepest",
    "The steepest way down in the valley",
    question="We stand at $(-0.8, 0.6)$ in the stretched valley $C = \\frac{1}{10} v_1^2 + v_2^2$. "
    "Its lowest point is the middle, $(0, 0)$. Where does the steepest way down point?",
    options={
        "Straight to the middle": "It does so in the round bowl. Here, work out both slopes at "
        "this point: is their ratio that of the way to the middle?",
        "Almost straight across the valley": "The slope in the second variable is 1.2 and in the "
        "first one only -0.16, so most of the step goes across.",
        "Almost along the valley": "Which of the two slopes is steeper at this point? Work out "
        "both.",
    },
    right="Almost straight across the valley",
    hints=[
        "The step goes against the gradient. Compute its two entries at this point, with the "
        "factor 1/10.",
        "Which of the two entries is much larger in size? The valley is long in the direction of "
        "v1: does this entry lead along it or across it?",
    ],
    solution="""
The gradient is (0.2·v1, 2·v2), at this point (−0.16, 1.2). The step goes against it, in the
direction (0.16, −1.2): almost nothing along the valley, almost everything across it. The way to the
middle would be in the direction (0.8, −0.6).
""",
)

# Check yourself


def check_parabola(answer):
    """The pair (one_step, limit) of C(v) = 4 v^2."""
    one_step, limit = compare.unpack(answer, "one_step", "limit")
    one_step = compare.numbers(one_step, (), "`one_step`").item()
    limit = compare.numbers(limit, (), "`limit`").item()
    if _known_parabola(one_step, limit):
        return _known_parabola(one_step, limit)
    factor = 1 - 8 * one_step
    if not abs(factor) <= 1e-6:  # NaN too
        return (
            f"`one_step` is {one_step:.4g}. One step with it leads from v = 1 to "
            f"v = {factor:.4g}, and that is not the bottom."
        )
    if abs(limit) < 1e-6:
        return "`one_step` is right. `limit` is 0: with this eta no step is taken at all."
    if not abs(abs(1 - 8 * limit) - 1) <= 1e-6:
        return (
            f"`one_step` is right. `limit` is {limit:.4g}: one step with it leads from v = 1 to "
            f"v = {1 - 8 * limit:.4g}. Just at the limit, how far from 0 should that be?"
        )
    return None


def _known_parabola(one_step, limit):
    """What is said about well-known wrong pairs, or None."""
    pairs = {
        (0.25, 0.125): "The two numbers have changed places.",
        (0.25, 0.5): "This is right for k = 4. But which k makes (k/2)·v² the same as 4·v²?",
        (0.5, 1): "This is right for the parabola v² of the lesson, where k = 2. Which k has 4·v²?",
        (1, 2): "This is 1 and 2, without k. Which k makes (k/2)·v² the same as 4·v²?",
        (8, 16): "These are k and 2k. Does a steeper parabola need a larger learning rate?",
    }
    found = (text for pair, text in pairs.items() if np.allclose((one_step, limit), pair))
    return next(found, None)


parabola = Exercise(
    "04-parabola",
    "Two learning rates of a parabola",
    minutes=3,
    difficulty=1,
    question="""
$C(v) = 4 v^2$. Which eta lands at the bottom in one step, from wherever you start (`one_step`)? And
from which eta on does the walk no longer come nearer (`limit`)?
""",
    starter="one_step = ...\nlimit = ...\nanswer = (one_step, limit)",
    check=check_parabola,
    hints=[
        "Write 4·v² as (k/2)·v². What is k?",
        "One step multiplies v by 1 − eta·k. Which factor lands at 0, and which one leaves the "
        "distance to 0 as it is?",
    ],
    right="With k = 8 the factor 1 - 8 eta is 0 at your first eta and -1 at your second one.",
    solution="""
4·v² = (8/2)·v², so k = 8, and one step multiplies v by 1 − 8·eta. This is 0 for eta = 1/8 = 0.125:
one step lands at the bottom. It is −1 for eta = 2/8 = 0.25: then the walk jumps between two points
of the same height. Above 0.25 each step leads farther away.

```python
one_step = 1 / 8
limit = 2 / 8
answer = (one_step, limit)
```
""",
)


def _step_message(step, task, name):
    """None if `step` is the best one for task = (gradient, epsilon), otherwise what is wrong.

    For a gradient of zero, every step of length epsilon is a best one.
    """
    gradient, epsilon = np.asarray(task[0], float), task[1]
    step = compare.numbers(step, gradient.shape, name)
    name = name[:1].upper() + name[1:]
    if not np.isfinite(step).all():
        return f"{name} has an entry that is not a finite number. Is something divided by zero?"
    length, size = np.linalg.norm(step), np.linalg.norm(gradient)
    if length == 0:
        return f"{name} has length 0: expected length {epsilon:g}." + (
            " By how much would each step of this length change gradient · step here?"
            if size == 0
            else ""
        )
    if size and np.linalg.norm(step / length + gradient / size) > 1e-4:
        return _wrong_direction(step / length, gradient / size, name)
    if abs(length / epsilon - 1) > 1e-4:
        return _wrong_length(length, size, epsilon, name)
    return None


def _wrong_direction(step, gradient, name):
    """What is wrong with a direction; both have length 1."""
    fall = -(step @ gradient)
    if fall < -1 + 1e-7:
        return f"{name} goes straight uphill: it has the wrong sign."
    if fall <= 1e-7:
        return f"{name} does not go down: gradient · step is not below 0."
    sizes = np.abs(step)
    if np.allclose(sizes, sizes[0], rtol=1e-3):
        hint = "It moves every variable equally far. Should a steep one not move more?"
    elif np.count_nonzero(sizes > 1e-6) == 1:
        hint = "It moves one variable only. Can the others not help?"
    else:
        hint = "Some other direction is better."
    return (
        f"{name} goes down, but gradient · step is only {100 * fall:.1f} % of what a step of "
        f"the same length can reach. {hint}"
    )


def _wrong_length(length, size, epsilon, name):
    start = f"{name} "
    if size:
        start += "has the right direction, but it "
    start += f"is {length:.4g} long: expected {epsilon:g}. "
    if np.isclose(length, epsilon * size, rtol=1e-3):
        return start + "A steeper gradient should not make it longer."
    if size and np.isclose(length, epsilon / size, rtol=1e-3):
        return start + "A steeper gradient should not make it shorter."
    if np.isclose(length, 1, rtol=1e-3):
        return start + "A vector of length 1 is a good beginning."
    if size and length < epsilon and size < 1e-6:
        return start + "Was a small number added before dividing?"
    return start + "How long is a vector, and how do you make it as long as you want?"


def check_short_step(answer):
    """The pair (step, change) for the gradient (3, -4) and length 0.01."""
    step, change = compare.unpack(answer, "step", "change")
    message = _step_message(step, ([3, -4], 0.01), "`step`")
    return message or compare.arrays(
        change,
        -0.05,
        "`change`",
        misconceptions=[
            (-0.01, "`change` is minus the length of the step. How steep is the way?"),
            (-5, "`change` is that of a step of length 1. Yours is much shorter."),
            (-0.25, "`change` belongs to a longer step. Multiply slopes and entries of your step."),
            (-0.002, "`change` gets smaller here where the way is steeper. Should it?"),
        ],
    )


short_step = Exercise(
    "04-short-step",
    "A short step",
    minutes=3,
    difficulty=1,
    question="""
At some point the gradient is $(3, -4)$. Which step of length 0.01 lowers the cost most, as judged
by the slope (`step`, two numbers), and by how much does it change the cost (`change`, with its
sign)?
""",
    starter="step = ...\nchange = ...\nanswer = (step, change)",
    check=check_short_step,
    hints=[
        "How long is the gradient? Use Pythagoras.",
        "Divide the gradient by its length: this has length 1. Now choose sign and length.",
        "The change is 3 times the first entry of your step, minus 4 times the second one.",
    ],
    right="The step goes against the gradient, and it changes the cost by minus its length times "
    "the length of the gradient.",
    solution="""
The length of the gradient is √(9 + 16) = 5, so (3, −4)/5 = (0.6, −0.8) has length 1. The best step
goes against it and has length 0.01: (−0.006, 0.008). The change as judged by the slope is
3·(−0.006) + (−4)·0.008 = −0.018 − 0.032 = −0.05, which is minus 0.01 times 5.

```python
import numpy as np

gradient = np.array([3, -4])
step = -0.01 * gradient / np.linalg.norm(gradient)
change = gradient @ step
answer = (step, change)
```
""",
)

RESTS = {"two valleys", "cubic", "saddle", "two minima"}
NO_EXAMPLE = {
    "parabola": "the only place where its slope is 0 is its lowest point.",
    "bowl": "the only place where its gradient is zero is its lowest point.",
    "stretched valley": "it is slow, but the only place where its gradient is zero is its lowest "
    "point.",
}


def check_at_rest(answer):
    """Three names of functions that come to rest above their lowest point."""
    if not isinstance(answer, (list, tuple, set, frozenset)):
        raise Wrong(
            f'The answer is {kind_of(answer)}: expected three names, as in ("a", "b", "c").'
        )
    for name in answer:
        if not isinstance(name, str):
            raise Wrong(f"One of the names is {kind_of(name)}: expected text in quotes.")
    names = {str.strip(str.lower(name)) for name in answer}
    for name in sorted(names):
        if name in NO_EXAMPLE:
            return f'The function "{name}" is no example: {NO_EXAMPLE[name]}'
        if name not in RESTS:
            return (
                f'There is no "{name[:40]}" in the two figures. They offer '
                f"{', '.join([*sorted(RESTS | NO_EXAMPLE.keys())])}."
            )
    if not names:
        return "There is no name in it yet."
    if len(names) < 3:
        return f"Right so far, but this is {len(names)} of the three names. Which others are there?"
    return None


at_rest = Exercise(
    "04-at-rest",
    "Is it the lowest point?",
    minutes=4,
    difficulty=1,
    question="""
A classmate's walk has come to rest; the gradient is zero. "So I have the lowest point", they say.
Name three of the functions in the two live figures that show that this need not be so. Give their
names as text: `answer = ("first name", "second name", "third name")`.
""",
    check=check_at_rest,
    right="Each of them has a place where the gradient is zero, and lower points elsewhere.",
    hints=[
        "Go through the menus of the two live figures, and ask of each function: where is its "
        "gradient zero?",
        "Think of a top, of a flat place, of a pass between two hills, and of a valley with a "
        "deeper one beside it.",
    ],
    solution="""
There are four: *two valleys* started exactly at its top, *cubic* at 0, *saddle* started with a
second variable of 0, and *two minima* in its higher valley. Any three of them count. In the
parabola, the bowl and the stretched valley, the gradient is zero at the lowest point only.

```python
answer = ("saddle", "cubic", "two minima")
```
""",
)

# Exercises 4 and 5

STEPS = {  # words: gradient, epsilon
    "the gradient (3, -4)": (np.array([3.0, -4.0]), 0.01),
    "a gradient of one variable": (np.array([-2.5]), 0.1),
    "a gradient with zeros in it": (np.array([0.0, 0.0, 2.0, -1.0]), 0.05),
    "a very small gradient": (np.array([1e-9, -2e-9]), 0.01),
    "a steep gradient": (np.array([3e5, -4e5, 1e5]), 0.5),
    "a very small epsilon": (np.array([0.3, 0.4]), 1e-7),
    "a float32 gradient of 1,000 variables": (
        np.random.default_rng(4).standard_normal(1000).astype(np.float32),
        0.001,
    ),
    "a gradient of zero": (np.zeros(3), 0.01),
}


def check_best_step(f):
    """Compare a function of gradient and epsilon, by what its steps do."""
    return compare.function(f, STEPS, lambda gradient, epsilon: (gradient, epsilon), same=_on_step)


def _on_step(step, task, name):
    return _step_message(step, task, name.replace("the result", "the step"))


best_step = Exercise(
    "04-best-step",
    "The best short step",
    minutes=15,
    difficulty=2,
    question="""
The slope's estimate of how a step changes the cost is $\\nabla C \\cdot \\Delta v$. Among **all**
steps $\\Delta v$ whose length is exactly $\\varepsilon$, which one makes this number smallest?

Write `best_step(gradient, epsilon)`: it takes the gradient, an array of shape (n,) with n from 1
up, and a length above 0, and returns that step, of shape (n,) and length `epsilon`. Where several
steps are equally good, return any one of them. Think about a gradient of zero: which steps of
length `epsilon` are best then? On paper, prove that no step of this length does better.
""",
    variable="best_step",
    starter="import numpy as np\n\n\ndef best_step(gradient, epsilon):\n    ...",
    check=check_best_step,
    right="No step of this length does better. The solution has the proof.",
    hints=[
        "Try it in one variable first: there are only two steps of length epsilon. Then in two, "
        "with the gradient (3, -4).",
        "The Cauchy-Schwarz inequality: the size of a·b is at most the length of a times the "
        "length of b. What is the smallest value that gradient · step can have?",
        "This bound is reached when the two vectors point in exactly opposite directions. Make a "
        "vector of length 1 out of the gradient first: `np.linalg.norm(gradient)` is its length.",
        "If the gradient is zero, gradient · step is 0 for every step. So which of them are best? "
        "What goes wrong in your formula?",
    ],
    solution="""
**Claim.** Let g be the gradient, not zero, and ε > 0. Among all Δv of length ε, g·Δv is smallest
for Δv = −ε·g/‖g‖, and for no other step.

**Proof.**

1. *No step gets below −ε‖g‖.* The Cauchy-Schwarz inequality says |g·Δv| ≤ ‖g‖·‖Δv‖. The length of
   Δv is ε, so |g·Δv| ≤ ε‖g‖, and in particular g·Δv ≥ −ε‖g‖.
2. *This step reaches it.* Its length is ε·‖g‖/‖g‖ = ε, as asked, and g·(−ε·g/‖g‖) = −ε·(g·g)/‖g‖ =
   −ε·‖g‖²/‖g‖ = −ε‖g‖.
3. *No other step does.* Let Δv have length ε and g·Δv = −ε‖g‖. Look at the vector u = Δv +
   ε·g/‖g‖. Its squared length is ‖Δv‖² + 2ε·(g·Δv)/‖g‖ + ε² = ε² − 2ε² + ε² = 0. So u is zero, and
   Δv = −ε·g/‖g‖.

Why is Cauchy-Schwarz true? For g and d of length 1, 0 ≤ ‖g + d‖² = 2 + 2·g·d, so g·d ≥ −1, and
0 ≤ ‖g − d‖² = 2 − 2·g·d, so g·d ≤ 1. Other lengths are factors on both sides, and if a vector is
zero, both sides are 0.

**A gradient of zero.** Then g·Δv = 0 for every step, so all steps of length ε are equally good as
judged by the slope, and the formula, which would divide by 0, says nothing. The function below
moves the first variable. Gradient descent itself stays where it is: its step −η·g is zero.

```python
import numpy as np


def best_step(gradient, epsilon):
    length = np.linalg.norm(gradient)
    if length == 0:  # all steps are equally good: take one of them
        step = np.zeros(len(gradient))
        step[0] = epsilon
        return step
    return -epsilon * gradient / length
```
""",
)

CLAIMS = {
    "stays": "even the first step has length 0",
    "lands": "the first step, which is not 0 long, ends exactly at 0",
    "walks": "each step ends nearer to 0, on the same side",
    "jumps": "each step ends nearer to 0, on the other side",
    "swings": "each step ends just as far from 0, on the other side",
    "diverges": "each step ends farther from 0",
}


def fate(k, eta, v):
    """What gradient descent on C(v) = (k/2) v^2 does from v, as a word of CLAIMS."""
    factor = 1 - eta * k
    if k * v == 0:
        return "stays"
    if abs(factor) >= 1:
        return "swings" if factor == -1 else "diverges"
    return "lands" if factor == 0 else "walks" if factor > 0 else "jumps"


def _same_word(given, expected, name):
    name = name[:1].upper() + name[1:]
    if not isinstance(given, str):
        return f"{name} is {kind_of(given)}: expected one of the six words."
    given = str.strip(str.lower(given))
    if given not in CLAIMS:
        return f'{name} is "{given[:30]}": expected one of {", ".join(CLAIMS)}.'
    if given == expected:
        return None
    return (
        f'{name} is "{given}". That says that {CLAIMS[given]}. Take two steps with pencil and '
        "paper: is it so?"
    )


def _without_swings(k, eta, v):
    return fate(k, eta, v).replace("swings", "diverges")


def _ignores_start(k, eta, v):
    return fate(k, eta, v or 1.0)


def check_one_variable(f):
    """Compare the words that a function of k, eta and v gives, boundary cases included."""
    cases = [(k, rate / k, v) for k, v in ((2.0, -1.0), (0.5, 3.0), (8.0, -0.25)) for rate in RATES]
    cases += [(2.0, 0.25, 0.0), (2.0, 0.5, 0.0), (2.0, 1.0, 0.0), (2.0, 4.0, 0.0)]
    cases += [(0.0, 0.5, 1.0), (0.0, 4.0, 0.0)]
    cases += [(-2.0, 0.25, 1.0), (-2.0, 0.5, -1.0), (-2.0, 4.0, 1.0), (-2.0, 0.5, 0.0)]
    return compare.function(
        f,
        cases,
        fate,
        same=_same_word,
        misconceptions=[
            (
                _ignores_start,
                "All is right for a start other than 0. But a walk may begin at v = 0: what is the "
                "slope there?",
            ),
            (
                _without_swings,
                "All is right but the case between coming nearer and running away: what exactly "
                "happens when eta·k is 2?",
            ),
            (
                lambda k, eta, v: fate(abs(k), eta, v),
                "All is right for k from 0 up. For a negative k the curve is a hill, not a valley: "
                "where does a step lead there?",
            ),
            (
                lambda k, eta, v: fate(np.sign(k), eta, v),
                "You look at eta, and not at k. A steeper curve makes the same eta take longer "
                "steps.",
            ),
            (
                lambda k, eta, v: fate(2 * k, eta, v),
                "Your limits for eta are at half their places. The slope of (k/2)·v² is k·v, "
                "not 2·k·v.",
            ),
        ],
    )


RATES = (0.25, 1.0, 1.5, 2.0, 2.5, 8.0)  # eta times k; all exact in binary

one_variable = Exercise(
    "04-one-variable",
    "Gradient descent in one variable",
    minutes=20,
    difficulty=2,
    question="""
The curve is $C(v) = \\frac{k}{2} v^2$, and one step is $v \\to v - \\eta \\, C'(v)$. Draw the
curve, a point on it, its tangent there, and one step. How does the length of the step compare with
the distance to the bottom?

Write `fate(k, eta, v)`. It returns what the walk that starts at `v` does, as one of six words:

- `"stays"`: even the first step has length 0;
- `"lands"`: the first step ends exactly at 0, where the slope is 0;
- `"walks"`: each step ends nearer to 0, on the same side;
- `"jumps"`: each step ends nearer to 0, on the other side;
- `"swings"`: each step ends just as far from 0, on the other side;
- `"diverges"`: each step ends farther from 0.

`eta` is above 0. `k` and `v` may be **any** numbers, negative ones and 0 as well. The numbers in
the check are chosen so that rounding plays no part.
""",
    variable="fate",
    starter="def fate(k, eta, v):\n    ...",
    check=check_one_variable,
    right="Your function is right on valleys, on hills and on the flat.",
    hints=[
        "The slope at v is C'(v) = k·v. Write down where one step from v leads, and take v out as "
        "a factor.",
        "Each step multiplies v by the same number. What does a factor of 0.8 do to v, what one "
        "of 0, −0.8, −1, −1.2, 1.2?",
        "Two starts are special: where is the slope 0 from the beginning? Look at v = 0 and at "
        "k = 0 before anything else.",
        "What is the sign of 1 − eta·k, and how large is it, if k is negative?",
    ],
    solution="""
**Geometry.** The slope at v is k·v. In one variable there are only two directions, left and right;
the sign of the slope picks one, and its size says how far: the step is η·k·|v| long. The bottom is
|v| away. So, for k > 0, the step leads toward the bottom and is **η·k times as long as the way to
the bottom**. Less than the whole way (ηk < 1): we stay on our side. The whole way (ηk = 1): we
land. More than the whole way, less than twice: we cross and end nearer. Exactly twice (ηk = 2): we
end at the mirror image. More than twice: we end farther away than we began.

**Proof.** One step leads to v − η·k·v = (1 − ηk)·v. The factor f = 1 − ηk does not depend on v, so
after t steps we are at f^t·v: this is true for t = 0, and one more step multiplies by f once more.

1. If k·v = 0, the slope at the start is 0. No step moves: *stays*. From now on neither k nor v is
   0.
2. If |f| < 1, the distance to 0 is multiplied by |f| each time, and |f|^t goes to 0. The factor 0
   *lands* in one step; a positive factor keeps the sign of v, so it *walks*; a negative one
   changes it, so it *jumps*.
3. If f = −1, v and −v alternate: *swings*. (f = 1 would need ηk = 0, and that is case 1.)
4. If |f| > 1, then |f|^t grows beyond every limit: *diverges*.

**When does it diverge?** |1 − ηk| > 1 means ηk > 2 or ηk < 0. On a valley (k > 0) that is η > 2/k.
On a hill (k < 0) the factor is above 1 for every η > 0: from the slightest distance to the top,
the walk goes down the hill without end.

```python
def fate(k, eta, v):
    if k == 0 or v == 0:
        return "stays"
    factor = 1 - eta * k
    if factor == 0:
        return "lands"
    if factor == -1:
        return "swings"
    if abs(factor) > 1:
        return "diverges"
    return "walks" if factor > 0 else "jumps"
```
""",
)

fourth_power = Number(
    "04-fourth-power",
    "Where the start decides",
    minutes=6,
    difficulty=3,
    question="""
On a parabola, whether the walk diverges depends on eta alone. On $C(v) = v^4$ it depends on the
start too. With eta = 1/8, there is a number $r > 0$: from starts between 0 and $r$ the walk gets
nearer to 0 with every step or is there, and from starts above $r$ it diverges. Find $r$.
""",
    answer=2,
    tolerance=0.001,
    right="From there the walk jumps to the mirror image and back, forever.",
    mistakes={
        4: "This is the square of the number. Take the root.",
        1: "From 1 a step leads to 0.5, which is nearer. The limit is farther out.",
        np.sqrt(2): "From there one step lands exactly at 0. The limit is farther out.",
        np.sqrt(8): "From there one step leads to three times the distance, on the other side. "
        "The limit is nearer.",
        -2: "r is a number above 0.",
        0: "r is a number above 0.",
        16: "From there the first step leads very far away. Work out this step, then try a "
        "smaller start.",
    },
    low="Too low: there are starts above it from which a step still leads nearer to 0. Work out "
    "some steps.",
    high="Too high: from there the first step already leads farther away. Work out the step.",
    hints=[
        "The slope is 4·v³. Write one step as v times a factor. The factor contains v now.",
        "The walk neither comes nearer nor goes farther when the factor is −1.",
    ],
    solution="""
The slope is 4v³, so one step with eta = 1/8 leads to v − v³/2 = (1 − v²/2)·v. The factor is 1 −
v²/2. It is −1 when v²/2 = 2, so v² = 4 and r = 2: from 2 the walk jumps to −2 and back, forever.
Between 0 and 2 the factor lies between −1 and 1. So the first step leads nearer to 0, and there
the factor again lies between −1 and 1. Above 2 the factor is below −1. So the first step leads
farther out, where the factor is larger still in size: it diverges, faster and faster. It is as if
the curve had a k that grows with the distance, so no eta is small enough for all starts.
""",
)
