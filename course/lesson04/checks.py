"""Lesson 04: the truths, and what tells one wrong answer from another."""

import re

import numpy as np

from course.ask import compare, downhill
from course.ask.blank import is_blank
from course.ask.feedback import NotAttempted, Wrong, kind_of


def parabola(answer, says):
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
        return says["limit-of-zero"]
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


SHORT_STEP_MISTAKES = {
    "minus-the-length": -0.01,
    "step-of-length-one": -5,
    "longer-step": -0.25,
    "divided-by-length": -0.002,
}


def short_step(answer, says):
    """The pair (step, change) for the gradient (3, -4) and length 0.01."""
    step, change = compare.unpack(answer, "step", "change")
    message = downhill.step_message(step, ([3, -4], 0.01), "`step`", flat=True)
    return message or compare.arrays(
        change,
        -0.05,
        "`change`",
        misconceptions=compare.named(SHORT_STEP_MISTAKES, says),
    )


COLLECTIONS = (list, tuple, set, frozenset, dict, type({}.keys()), type({}.values()))

RESTS = {"two valleys", "cubic", "saddle", "two minima"}

NO_EXAMPLE = {
    "parabola": "the only place where its slope is 0 is its lowest point.",
    "bowl": "the only place where its gradient is zero is its lowest point.",
    "stretched valley": "it is slow, but the only place where its gradient is zero is its lowest "
    "point.",
}


def _plain_name(name):
    """A name in small letters, without quotes, "the", or marks between its words."""
    words = re.sub(r"[\s_-]+", " ", str.lower(name)).strip(" '\".")
    return words.removeprefix("the ")


def at_rest(answer, says):
    """Three names of functions that come to rest above their lowest point."""
    if not isinstance(answer, (*COLLECTIONS, np.ndarray)):
        raise Wrong(
            f"The answer is {kind_of(answer)}: expected three names, each in quotes, as in "
            '("a", "b", "c").'
        )
    for name in list(answer):
        if is_blank(name):
            raise NotAttempted("One of the names is not filled in yet.")
        if not isinstance(name, str):
            raise Wrong(f"One of the names is {kind_of(name)}: expected text in quotes.")
    names = {_plain_name(name) for name in answer}
    for name in sorted(names):
        if name in NO_EXAMPLE:
            return f'The function "{name}" is no example: {NO_EXAMPLE[name]}'
        if name not in RESTS:
            return (
                f'There is no "{name[:40]}" in the two figures. They offer '
                f"{', '.join([*sorted(RESTS | NO_EXAMPLE.keys())])}."
            )
    if not names:
        return says["no-name"]
    if len(names) < 3:
        return f"Right so far, but this is {len(names)} of the three names. Which others are there?"
    return None
