"""Answers for the exercises of lesson 08."""

import numpy as np

from tests.course.answers import Cases


def by_formula(gradient, epsilon):
    size = np.sqrt(np.sum(np.square(gradient)))
    return -gradient * (epsilon / size) if size > 0 else np.full(3, epsilon / np.sqrt(3))


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


CASES = {
    "04-best-step": Cases(
        right=[by_formula, with_loops, in_float32],
        wrong=[
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
        right=[first_fate, second_fate],
        wrong=[
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
