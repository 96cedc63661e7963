"""Lesson 01: the truths, and what tells one wrong answer from another."""

from fractions import Fraction

import numpy as np

from course.ask import compare
from course.ask.feedback import Wrong


def threshold(answer, says):
    """Any threshold from 6 up to, but not including, 8."""
    t = compare.numbers(answer, ()).item()
    if not np.isfinite(t):
        raise Wrong(says["not-finite"])
    if t < 0:
        return says["bias-as-threshold"]
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
        return says["equality-exceeds"]
    if t > 8:
        return (
            f"At threshold {t:g} you stay, although the sky is clear and a friend comes. What is "
            "the weighted sum in this case?"
        )
    return None


def not_(answer, says):
    """One weight and a bias: b > 0 and w + b <= 0."""
    w, b = compare.unpack(answer, "w", "b")
    w = compare.numbers(w, [(1,), ()], "`w`").item()
    b = compare.numbers(b, (), "`b`").item()
    if not np.isfinite([w, b]).all():
        raise Wrong(says["one-not-finite"])
    if b == 0:
        return says["zero-bias"]
    if b < 0:
        return f"At input 0 the output should be 1, but z is {b:g}. Which of your numbers is this?"
    if w + b > 0 and w + b < 1e-9 * b:
        return says["rounded-to-zero"]
    if w + b > 0:
        return f"At input 1 the output should be 0, but z is {w + b:g}. Should w be negative?"
    return None


def weights_only(answer, says):
    """A perceptron and an input whose output changes when its weights, but not b, are doubled."""
    w, b, x = compare.unpack(answer, "w", "b", "x")
    w, x = _in_a_row(w, "`w`"), _in_a_row(x, "`x`")
    b = compare.numbers(b, (), "`b`").item()
    if w.ndim > 1 or w.shape != x.shape or not 1 <= w.size <= 1000:
        raise Wrong(
            f"`w` has shape {w.shape} and `x` has shape {x.shape}: expected two lists of the same "
            "length, with one weight for each input, or two single numbers."
        )
    if not np.isin(x, (0, 1)).all():
        raise Wrong(says["input-not-a-bit"])
    if not np.isfinite([*w, b]).all():
        raise Wrong(says["many-not-finite"])
    total = sum((Fraction(v) for v in w[x == 1].tolist()), Fraction(0))  # exact, not rounded
    before, after = total + Fraction(b), 2 * total + Fraction(b)
    if (before > 0) != (after > 0):
        return None
    if not total:
        return says["zero-sum"]
    if b == 0:
        return says["no-bias"]
    return (
        f"z is {_short(before)} before and {_short(after)} after doubling the weights. Both give "
        f"the output {int(before > 0)}. You want z to cross from one output to the other."
    )


def _in_a_row(numbers, name):
    """One number, a list, a column (n, 1) or a row (1, n) as an array (n,)."""
    array = np.atleast_1d(compare.numbers(numbers, None, name))
    return array.ravel() if array.size == max(array.shape) else array


def _short(fraction):
    try:
        return f"{float(fraction):.6g}"
    except OverflowError:
        return "too large a number to show"
