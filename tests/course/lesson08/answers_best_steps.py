"""Answers for the exercises of lesson 08."""

import math

import numpy as np

from tests.course.answers import Cases


def by_formula(gradient, epsilon):
    size = np.sqrt(np.sum(np.square(gradient)))
    n = len(gradient)
    return -gradient * (epsilon / size) if size > 0 else np.full(n, epsilon / np.sqrt(n))


def with_loops(gradient, epsilon):
    total = 0.0
    for slope in gradient:
        total += float(slope) ** 2
    if total == 0:
        return [0.0] * (len(gradient) - 1) + [-epsilon]
    return [-epsilon * float(slope) / total**0.5 for slope in gradient]


def in_float32(gradient, epsilon):
    unit = gradient / np.linalg.norm(gradient) if np.any(gradient) else np.eye(len(gradient))[0]
    return tuple((-epsilon * unit).astype(np.float32))


def with_change(change):
    return lambda gradient, epsilon: change(by_formula(gradient, epsilon), gradient, epsilon)


def divides_by_zero(gradient, epsilon):
    with np.errstate(all="ignore"):
        return -epsilon * gradient / np.linalg.norm(gradient)


def stays_at_zero(gradient, epsilon):
    return by_formula(gradient, epsilon) if np.any(gradient) else np.zeros(len(gradient))


def one_variable_only(gradient, epsilon):
    step = np.zeros(len(gradient))
    k = np.abs(gradient).argmax()
    step[k] = -epsilon * np.sign(gradient[k])
    return step


def normalizes_in_place(gradient, epsilon):
    step = by_formula(gradient, epsilon)
    gradient[:] = 0
    return step


def too_many_names(gradient, epsilon):
    return -epsilon * gradient / np.linalg.norm(gradients)  # noqa: F821 (the slip to be told)


def first_fate(k, eta, v):
    """By taking one step."""
    after = v - eta * k * v
    if after == v:
        return "stays"
    if after == 0:
        return "lands"
    if abs(after) == abs(v):
        return "swings"
    if abs(after) > abs(v):
        return "diverges"
    return "walks" if after * v > 0 else "jumps"


def second_fate(k, eta, v):
    """By products, in float32, without the factor."""
    k, eta, v = np.float32(k), np.float32(eta), np.float32(v)
    if v * k == 0:
        return np.str_("stays")
    table = {True: "diverges", k * eta == 2: "swings", 0 < k * eta < 2: "jumps"}
    table |= {k * eta == 1: "lands", 0 < k * eta < 1: "walks"}
    return " " + table[True].upper()


def no_start(k, eta, v):
    return first_fate(k, eta, v if v else 1.0)


def too_high_is_divergence(k, eta, v):
    word = first_fate(k, eta, v)
    return "diverges" if word == "swings" else word


def no_hills(k, eta, v):
    return first_fate(abs(k), eta, v)


def no_k(k, eta, v):
    return first_fate(1.0 if k > 0 else -1.0 if k < 0 else 0.0, eta, v)


def double_slope(k, eta, v):
    return first_fate(2 * k, eta, v)


def walks_on_hills(k, eta, v):
    return "walks" if k < 0 and v else first_fate(k, eta, v)


def one_over_k(k, eta, v):
    if v == 0:
        return "stays"
    limit = 2 / k
    return first_fate(k, eta, v) if limit else "stays"


class Steps:
    def __call__(self, gradient, epsilon):
        return by_formula(gradient, epsilon)

    def best(self, gradient, epsilon):
        return list(by_formula(gradient, epsilon))


def by_hypot(gradient, epsilon):
    length = math.hypot(*gradient)
    direction = [-g / length for g in gradient] if length else [1] + [0] * (len(gradient) - 1)
    return [epsilon * part for part in direction]


def by_search(gradient, epsilon):
    tries = np.random.default_rng(0).standard_normal((2000, len(gradient)))
    steps = epsilon * tries / np.linalg.norm(tries, axis=1, keepdims=True)
    return steps[np.argmin(steps @ gradient)]


def in_two_variables(gradient, epsilon):
    return -epsilon * gradient / (gradient[0] ** 2 + gradient[1] ** 2) ** 0.5


def by_two_steps(k, eta, v):
    """From where the walk is after one and after two steps."""
    first = v - eta * k * v
    second = first - eta * k * first
    if first == v:
        return np.array("stays")
    if first == 0:
        return "Lands."
    ratio = second / first
    near = "walks" if ratio > 0 else "jumps"
    return near if abs(ratio) < 1 else "swings" if ratio == -1 else "diverges"


def with_tolerance(k, eta, v):
    rate = eta * k
    if v == 0 or k == 0:
        return "stays"
    if math.isclose(rate, 1):
        return "lands"
    if math.isclose(rate, 2):
        return "swings"
    return "walks" if 0 < rate < 1 else "jumps" if 1 < rate < 2 else "diverges"


def replaced(old, new):
    """The right words but for one."""
    return lambda k, eta, v: first_fate(k, eta, v).replace(old, new)


def walks_and_jumps_swapped(k, eta, v):
    word = first_fate(k, eta, v)
    return {"walks": "jumps", "jumps": "walks"}.get(word, word)


CASES = {
    "04-best-step": Cases(
        right=[Steps(), Steps().best, by_hypot, by_formula, with_loops, in_float32],
        wrong=[
            (by_search, "not quite all"),
            (
                lambda g, eps: by_formula(g, eps) if np.any(g) else np.full(3, eps / 3**0.5),
                "has shape (3,): expected (1,)",
            ),
            (lambda g, eps: -eps * g / (np.abs(g).sum() or 1), "0.007143 long"),
            (lambda g, eps: -eps * g / (np.abs(g).max() or 1), "0.0125 long"),
            (lambda g, eps: -eps * g / (np.linalg.norm(g) + 1e-12), "a small number added"),
            (
                lambda g, eps: np.nan_to_num(-eps * g / (np.linalg.norm(g) or np.nan)),
                "has length 0",
            ),
            (lambda g, eps: by_formula(g, eps) / 2, "0.005 long"),
            (with_change(lambda step, g, eps: step[None]), "Use .ravel()"),
            (
                lambda g, eps: by_formula(g, eps) if np.any(g) else np.full(len(g), eps),
                "0.01732 long",
            ),
            (with_change(lambda step, g, eps: step[::-1]), "does not go down"),
            (Steps, "The answer is a class"),
            (with_change(lambda step, g, eps: -step), "straight uphill"),
            (lambda g, eps: -eps * g, "should not make it longer"),
            (lambda g, eps: -eps * g / (g @ g or 1), "should not make it shorter"),
            (
                lambda g, eps: -g / (np.linalg.norm(g) or 1),
                "A vector of length 1 is a good beginning",
            ),
            (lambda g, eps: -eps * np.sign(g) / len(g) ** 0.5, "every variable equally far"),
            (one_variable_only, "one variable only"),
            (with_change(lambda step, g, eps: 2 * step), "How long is a vector"),
            (lambda g, eps: -eps * g / (np.linalg.norm(g) + 1e-8), "a small number added"),
            (lambda g, eps: by_formula(g + 1, eps), "Some other direction is better"),
            (with_change(lambda step, g, eps: step.reshape(-1, 1)), "shape (2, 1): expected (2,)"),
            (divides_by_zero, "Is something divided by zero?"),
            (stays_at_zero, "The step for a gradient of zero has length 0"),
            (lambda g, eps: by_formula(g, eps).sum(), "is a single number"),
            (normalizes_in_place, "changes what it is given"),
            (lambda g, eps: print(end=""), "`return`"),
            ([-0.006, 0.008], "expected a function"),
        ],
        raises=(too_many_names, "NameError: name 'gradients' is not defined"),
        blank=[lambda gradient, epsilon: ..., lambda gradient, epsilon: None],
    ),
    "04-one-variable": Cases(
        right=[by_two_steps, with_tolerance, replaced("stays", " STAYS "), first_fate, second_fate],
        wrong=[
            (walks_and_jumps_swapped, "have changed places"),
            (replaced("lands", "walks"), 'is "walks"'),
            (replaced("lands", "jumps"), 'is "jumps"'),
            (replaced("diverges", "jumps"), 'is "jumps"'),
            (lambda k, eta, v: first_fate(k / 2, eta, v), "`eta = 0.5`"),
            (lambda k, eta, v: first_fate(2, eta, v), "`k = 0.5`"),
            (lambda k, eta, v: "stays" if k < 0 else first_fate(k, eta, v), "`k = -2.0`"),
            (lambda k, eta, v: "diverges" if k == 0 and v else first_fate(k, eta, v), "`k = 0.0`"),
            (lambda k, eta, v: (first_fate(k, eta, v),), "as text in quotes"),
            (lambda k, eta, v: [v, v - eta * k * v], "expected one of the six words"),
            (lambda k, eta, v: "", "expected one of stays"),
            (no_start, "right for a start other than 0"),
            (too_high_is_divergence, "when eta·k is 2"),
            (no_hills, "the curve is a hill"),
            (no_k, "not at k"),
            (double_slope, "at half their places"),
            (walks_on_hills, "`k = -2.0` and `eta = 0.25` and `v = 1.0`"),
            (lambda k, eta, v: "jumps", 'is "jumps". That says that each step ends nearer'),
            (lambda k, eta, v: "explodes", 'is "explodes": expected one of stays, lands'),
            (lambda k, eta, v: 1 - eta * k, "expected one of the six words"),
            ("walks", "expected a function"),
        ],
        raises=(one_over_k, "ZeroDivisionError"),
        blank=[lambda k, eta, v: ...],
    ),
}
