"""The best short step, and steps in one variable: the truths, and what tells answers apart."""

import numpy as np

from course.ask import compare, downhill
from course.ask.feedback import capital, kind_of

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
    "a gradient with a tie": (np.array([-2.0, 2.0, 2.0]), 3.0),
    "a gradient of zero": (np.zeros(3), 0.01),
    "a gradient of zero in one variable": (np.zeros(1), 0.25),
    "a gradient of zero in five variables": (np.zeros(5), 2.0),
}


def _drawn_steps(rng):
    """words -> (gradient, epsilon), random."""
    return {
        f"a gradient of {n} variables": (rng.standard_normal(n) * 10**power, float(epsilon))
        for n, power, epsilon in zip((2, 3, 12), (0, 3, -2), rng.uniform(0.01, 2, 3))
    }


def _task(gradient, epsilon):
    return gradient, epsilon


def best_step(f):
    """Compare a function of gradient and epsilon, by what its steps do."""
    return compare.function(f, STEPS, _task, fresh=_drawn_steps, same=_on_step)


def _on_step(step, task, name):
    return downhill.step_message(step, task, name.replace("the result", "the step"))


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
    name = capital(name)
    if isinstance(given, np.ndarray) and given.size == 1:
        given = given.item()
    if not isinstance(given, str):
        return f"{name} is {kind_of(given)}: expected one of the six words, as text in quotes."
    given = str.strip(str.lower(given), " .\n")
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


SWAPPED = {"walks": "jumps", "jumps": "walks"}

ONE_VARIABLE_MISTAKES = {
    "ignores-start": _ignores_start,
    "no-swings": _without_swings,
    "no-hills": lambda k, eta, v: fate(abs(k), eta, v),
    "ignores-k": lambda k, eta, v: fate(np.sign(k), eta, v),
    "sides-swapped": lambda k, eta, v: SWAPPED.get(fate(k, eta, v), fate(k, eta, v)),
    "slope-twice": lambda k, eta, v: fate(2 * k, eta, v),
}


def _drawn_parabolas(rng):
    """Tuples (k, eta, v) with each of the RATES; all exact in binary."""
    powers, starts = rng.integers(-5, 6, len(RATES)), rng.integers(1, 20, len(RATES)) / 4
    signs = rng.choice([-1.0, 1.0], len(RATES))
    return [
        (2.0 ** int(power), rate / 2.0 ** int(power), float(sign * start))
        for power, rate, start, sign in zip(powers, RATES, starts, signs)
    ]


def one_variable(f, says):
    """Compare the words that a function of k, eta and v gives, boundary cases included."""
    cases = [(k, rate / k, v) for k, v in ((2.0, -1.0), (0.5, 3.0), (8.0, -0.25)) for rate in RATES]
    cases += [(2.0, 0.25, 0.0), (2.0, 0.5, 0.0), (2.0, 1.0, 0.0), (2.0, 4.0, 0.0)]
    cases += [(0.0, 0.5, 1.0), (0.0, 4.0, 0.0), (1024.0, 2.0**-20, 1e-3), (2.0**-10, 1.0, 5.0)]
    cases += [(-2.0, 0.25, 1.0), (-2.0, 0.5, -1.0), (-2.0, 4.0, 1.0), (-2.0, 0.5, 0.0)]
    return compare.function(
        f,
        cases,
        fate,
        fresh=_drawn_parabolas,
        same=_same_word,
        misconceptions=compare.named(ONE_VARIABLE_MISTAKES, says),
    )


RATES = (0.25, 1.0, 1.5, 2.0, 2.5, 8.0)  # eta times k; all exact in binary
