"""What a path of gradient descent came to, in words and numbers."""

import numpy as np

AT_REST = 1e-3  # a gradient of this length or less counts as zero
RECENT = 10  # how many of the last steps decide what a path is doing


def outcome(path):
    """What the path came to, in one word.

    "rests": the gradient is (nearly) zero.  "diverges": it ran off to infinity.
    "grows": each of the last 10 steps raised the cost.  "descends": each lowered it.
    "oscillates": some did not lower it.  "starts": no step was taken.
    """
    change = np.diff(path.costs[-RECENT - 1 :])
    if path.diverged:
        return "diverges"
    if at_rest_after(path) is not None:
        return "rests"
    if not change.size:
        return "starts"
    if (change > _rounding(path.costs)).all():
        return "grows"
    return "descends" if (change < -_rounding(path.costs)).all() else "oscillates"


def at_rest_after(path):
    """Steps until the gradient's length fell to 0.001 and stayed there; None if it did not."""
    moving = np.flatnonzero(path.slopes > AT_REST)
    first = moving[-1] + 1 if moving.size else 0
    return int(first) if first < len(path.costs) else None


def swings(path):
    """Whether the last step led back: it makes more than a right angle with the one before."""
    if path.steps < 2:
        return False
    before, last = np.diff(path.points[-3:], axis=0)
    return bool(np.dot(before, last) < 0)


def factors(path):
    """(f, g): the last step was f times as long as the one before, the cost g times as high.

    NaN where the divisor is not above 0, or there is no step before.
    """
    pairs = (path.step_lengths, path.costs)
    return tuple(float(_ratio(*values[-2:])) if len(values) > 1 else np.nan for values in pairs)


def lower_nearby(function, v, radius=0.05):
    """Whether a point at distance `radius` from v has a lower cost: then v is no low point.

    Looks to both sides, or in 64 directions if there are two variables.
    """
    v = np.asarray(v, float)
    angle = 2 * np.pi * np.arange(64) / 64
    around = np.array([1.0, -1.0]) if v.ndim == 0 else np.array([np.cos(angle), np.sin(angle)])
    ring = v.reshape(v.shape + (1,)) + radius * around
    return bool((function.cost(ring) < function.cost(v)).any())


def _ratio(before, after):
    return after / before if before > 0 else np.nan


def _rounding(costs):
    """How much two costs of this path may differ by rounding alone."""
    return 1e-12 * np.abs(costs).max()
