"""Lesson 10: the truths, and what tells one wrong answer from another."""

import itertools

import numpy as np
from scipy import ndimage

from course.ask import compare
from course.ask.feedback import as_code, capital, kind_of
from nnlib import handwriting

LIBRARY = (handwriting.center_of_mass, handwriting.center, ndimage.center_of_mass)


def right_center_of_mass(ink):
    """The mean row and column of the ink, (height, width) -> 2 numbers."""
    return handwriting.center_of_mass(np.asarray(ink, float))


def _drawn_inks(rng):
    """words -> (ink,), random sheets."""
    wide = rng.random((3, 8))
    return {
        "a wide sheet": (wide,),
        "a high sheet, in float32": ((wide.T**2).astype(np.float32),),
        "a sheet of one row": (rng.random((1, 7)),),
        "a sheet of one column": (rng.random((5, 1)),),
        "faint ink": (1e-9 * rng.random((4, 5)),),
        "a sheet of 28 by 28 pixels": (rng.random((28, 28)) * (rng.random((28, 28)) < 0.2),),
    }


def _inks():
    """words -> (ink,), sheets with ink in different places."""
    corner = np.zeros((6, 6))
    corner[4, 1] = 0.5
    return {
        "the picture of the lesson": (np.array([[0.0, 0, 0], [0, 1, 0], [0, 1, 2]]),),
        "one gray pixel": (corner,),
        "a sheet of one pixel": (np.array([[0.25]]),),
        **_drawn_inks(np.random.default_rng(10)),
    }


def _middle_of_the_ink(ink):
    return [(places.min() + places.max()) / 2 for places in np.nonzero(ink)]


CENTER_CASES = _inks()
CENTER_MISTAKES = {
    "columns-first": lambda ink: right_center_of_mass(ink)[::-1],
    "each-pixel-once": lambda ink: right_center_of_mass(ink > 0),
    "from-one": lambda ink: np.add(right_center_of_mass(ink), 1),
    "middle-of-the-box": lambda ink: (np.array(ink.shape) - 1) / 2,
    "middle-of-the-ink": _middle_of_the_ink,
    "not-divided": lambda ink: np.multiply(right_center_of_mass(ink), ink.sum()),
    "darkest-pixel": lambda ink: np.unravel_index(ink.argmax(), ink.shape),
    "darkest-row-and-column": lambda ink: (ink.sum(axis=1).argmax(), ink.sum(axis=0).argmax()),
    "squared-ink": lambda ink: right_center_of_mass(np.square(ink)),
    "row-twice": lambda ink: [right_center_of_mass(ink)[0]] * 2,
    "divided-by-pixels": lambda ink: np.multiply(right_center_of_mass(ink), ink.mean()),
}


def center_of_mass(f, says):
    """Compare the center of mass on nine sheets."""
    return compare.function(
        f,
        CENTER_CASES,
        right_center_of_mass,
        fresh=_drawn_inks,
        same=compare.part_by_part("row", "column"),
        misconceptions=compare.named(CENTER_MISTAKES, says),
        shortcuts=LIBRARY,
        instead=says["by-the-library"],
    )


def _random_scores(n, rng, share=1.0):
    """Scores of some of the steps between n + 1 places."""
    steps = itertools.combinations(range(n + 1), 2)
    return {step: -float(rng.exponential(3)) for step in steps if rng.random() < share}


def _drawn_scores(rng):
    """words -> (scores, n), random tables."""
    return {
        "steps in another order": (dict(reversed(_random_scores(6, rng).items())), 6),
        "a table with gaps": (_random_scores(8, rng, share=0.5) | {(0, 8): -99.0}, 8),
        "61 places": (_random_scores(60, rng), 60),
    }


def _scores():
    """words -> (scores, n)."""
    lesson = {(0, 1): -0.1, (1, 2): -3.0, (2, 3): -0.2, (0, 2): -0.9, (1, 3): -2.4, (0, 3): -2.0}
    return {
        "the table of the lesson": (lesson, 3),
        "a single step": ({(0, 1): -0.5}, 1),
        "scores above 0": ({(0, 2): 0.5, (0, 1): 1.0, (1, 2): 0.25}, 2),
        "scores far below 0": ({(0, 1): -5e6, (1, 2): -9e6, (0, 2): -12e6}, 2),
        "a table without a way": ({(0, 1): -1.0, (2, 3): -1.0}, 3),
        "eight places in a row, one way": ({(k, k + 1): -1.0 - k for k in range(8)}, 8),
        "scores of 0": ({(0, 1): 0.0, (1, 2): 0.0, (0, 2): -1.0}, 2),
        "places without a way to them": ({(1, 2): 5.0, (0, 3): -1.0, (2, 3): 5.0}, 3),
        **_drawn_scores(np.random.default_rng(12)),
    }


PATH_CASES = _scores()


def _greedy(scores, n):
    way, place = [], 0
    while place < n:
        step = max((s for s in scores if s[0] == place), key=scores.get, default=None)
        if step is None:
            return []
        way, place = [*way, step], step[1]
    return way


def _in_the_order_given(scores, n):
    best, last = {0: 0.0}, {}
    for (start, stop), score in scores.items():
        if start in best and best[start] + score > best.get(stop, -np.inf):
            best[stop], last[stop] = best[start] + score, (start, stop)
    way, place = [], n
    while place in last:
        way.insert(0, last[place])
        place = last[place][0]
    return way


def _of_other_scores(change):
    """The best path after all scores are changed; change: a function of one score."""
    return lambda scores, n: handwriting.best_path({s: change(v) for s, v in scores.items()}, n)


PATH_MISTAKES = {
    "greedy": _greedy,
    "in-the-order-given": _in_the_order_given,
    "smallest": _of_other_scores(lambda score: -score),
    "fewest-steps": _of_other_scores(lambda score: score - 1000),
    "per-place": lambda scores, n: handwriting.best_path(
        {(start, stop): v / (stop - start) for (start, stop), v in scores.items()}, n
    ),
    "start-left-out": lambda scores, n: handwriting.best_path(scores, n)[1:],
    "end-left-out": lambda scores, n: handwriting.best_path(scores, n)[:-1],
    "joined": lambda scores, n: [k for step in handwriting.best_path(scores, n) for k in step],
    "backward": lambda scores, n: handwriting.best_path(scores, n)[::-1],
    "places": lambda scores, n: [0, *(stop for _, stop in handwriting.best_path(scores, n))],
    "the-sum": lambda scores, n: sum(scores[s] for s in handwriting.best_path(scores, n)),
}


def _plain(thing):
    """Numbers, and lists of them in place of tuples and arrays. Raises TypeError for others."""
    if isinstance(thing, (list, tuple, np.ndarray)):
        return [_plain(part) for part in thing]
    if isinstance(thing, (int, float, np.number)):
        return round(float(thing), 9)
    raise TypeError


def _is_pair(step):
    return isinstance(step, list) and len(step) == 2 and not any(isinstance(s, list) for s in step)


def _same_way(given, expected, name):
    """None if two ways are the same list of steps, otherwise what is wrong."""
    name = capital(name)
    try:
        way = _plain(given)
    except TypeError:
        return f"{name} is {kind_of(given)}: expected a list of steps (start, stop)."
    if way == _plain(expected):
        return None
    if not isinstance(way, list) or not all(_is_pair(step) for step in way):
        return f"{name} is {as_code(repr(given), 60)}: expected a list of steps (start, stop)."
    if not way:
        return f"{name} is []: there is a way to the last place."
    if not expected:
        return f"{name} is {as_code(repr(given), 60)}: no way leads to the last place."
    gaps = [a[1] != b[0] for a, b in itertools.pairwise(way)]
    if any(gaps) or way[0][0] != 0:
        return f"{name} has a step that does not begin where the one before ended, or not at 0."
    return f"{name} is not the best way to the last place."


def best_path(f, says):
    """Compare the best way on eleven tables."""
    return compare.function(
        f,
        PATH_CASES,
        handwriting.best_path,
        fresh=_drawn_scores,
        same=_same_way,
        misconceptions=compare.named(PATH_MISTAKES, says),
        shortcuts=(handwriting.best_path,),
        instead=says["by-the-library"],
    )
