"""Online learning: its updates and its noise: the truths, and what tells wrong answers apart."""

import math
from fractions import Fraction

from course.ask import compare
from course.ask.feedback import Wrong


def count_updates(n, m, epochs):
    """Updates that training makes on n examples in mini-batches of m; the last may be smaller."""
    return epochs * math.ceil(n / m)


UPDATES_MISTAKES = {
    "rounds-down": lambda n, m, epochs: epochs * (n // m),
    "not-rounded": lambda n, m, epochs: epochs * n / m,
    "epochs-joined": lambda n, m, epochs: math.ceil(epochs * n / m),
    "always-one-more": lambda n, m, epochs: epochs * (n // m + 1),
    "right-for-m-1-only": lambda n, m, epochs: epochs * n,
    "one-epoch": lambda n, m, epochs: math.ceil(n / m),
}


def _drawn_trainings(rng):
    """Tuples (n, m, epochs), random; in the first the last mini-batch is full."""
    sizes, counts = rng.integers(2, 40, 5), rng.integers(3, 900, 5)
    rests = rng.integers(0, sizes)
    rests[0] = 0
    epochs = rng.integers(2, 9, 5)
    return list(zip((counts * sizes + rests).tolist(), sizes.tolist(), epochs.tolist()))


def updates(f, says):
    """Compare a function of n, m and epochs; the last mini-batch may be full, or one example."""
    return compare.function(
        f,
        [
            (1000, 20, 1),
            (1000, 1, 1),
            (50_000, 20, 2),
            (12, 5, 2),
            (999, 20, 4),
            (7, 20, 3),
            (1, 1, 1),
            (100, 1, 0),
            (50_001, 5_000, 1),
            (2_001, 2_000, 1),
            (1, 10_000, 1),
            (1_000_001, 1_000_000, 3),
            (999_999, 1_000_000, 2),
        ],
        count_updates,
        fresh=_drawn_trainings,
        misconceptions=compare.named(UPDATES_MISTAKES, says),
    )


def slopes(answer, says):
    """40 slopes, 19 of them negative, such that any 20 of them have a mean above 0."""
    slopes = compare.numbers(answer, None, "`slopes`")
    if slopes.shape in ((40, 1), (1, 40)):
        slopes = slopes.ravel()
    if slopes.ndim != 1:
        raise Wrong(f"`slopes` has shape {slopes.shape}: expected a plain list of 40 numbers.")
    if len(slopes) != 40:
        raise Wrong(f"`slopes` has {len(slopes)} numbers: expected 40.")
    if not all(map(math.isfinite, slopes)):
        raise Wrong(says["not-finite"])
    slopes = sorted(map(Fraction, slopes.tolist()))  # exact, and cannot overflow
    negative = sum(slope < 0 for slope in slopes)
    if negative != 19:
        return f"{negative} of the slopes are below 0: expected 19." + _on_sign(negative)
    full, worst = _total(slopes), _total(slopes[:20])
    if full <= 0:
        return says["full-mean-not-above-0"]
    if worst <= 0:
        which = "has the mean 0, and takes no step" if worst == 0 else "has a mean below 0"
        return (
            "The mean of all 40 is above 0. But somebody might draw an unlucky mini-batch of 20: "
            f"the worst one {which}. Which 20 are in it?"
        )
    return None


def _total(slopes):
    """The sum, or 0 if it is 0 but for the rounding of decimals such as 0.1."""
    total, largest = sum(slopes), max(map(abs, slopes))
    return total if abs(total) > largest / 10**12 else 0


def _on_sign(negative):
    if negative == 21:
        return " Did you mean the opposite signs?"
    return " A slope of exactly 0 is not below 0." if negative < 19 else ""
