"""What is said about a step of a given length that should go straight down."""

import numpy as np

from course.ask import compare, feedback


def step_message(step, task, name, flat=False):
    """None if `step` is the best one for task = (gradient, epsilon), otherwise what is wrong.

    For a gradient of zero, every step of length epsilon is a best one.
    flat: whether a column or a row of numbers is read as the step, too.
    """
    gradient, epsilon = np.asarray(task[0], float), task[1]
    column = [gradient.shape, (*gradient.shape, 1), (1, *gradient.shape)]
    step = compare.numbers(step, column if flat else gradient.shape, name).ravel()
    name = feedback.capital(name)
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
    share = f"only {100 * fall:.1f} %" if fall < 0.999 else "not quite all"
    return (
        f"{name} goes down, but gradient · step is {share} of what a step of the same length can "
        f"reach. {hint}"
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
