"""Answers for the exercises of lesson 10."""

import functools
import itertools

import numpy as np
from scipy import ndimage

from nnlib.handwriting import best_path
from nnlib.handwriting import center_of_mass as library_center
from tests.course.answers import Cases


def by_loops(ink):
    total = row = column = 0.0
    for i, line in enumerate(ink):
        for j, one in enumerate(line):
            total, row, column = total + one, row + i * one, column + j * one
    return row / total, column / total


def by_indices(ink):
    return [float((places * ink).sum() / ink.sum()) for places in np.indices(ink.shape)]


def by_scipy(ink):
    return np.array(ndimage.center_of_mass(ink))


def counted_from_one(ink):
    return [place + 1 for place in by_loops(ink)]


def in_place(ink):
    result = by_loops(ink)
    ink *= 0
    return result


def by_recursion(scores, n):
    """The best way to n from the best ways to all places before it."""

    @functools.cache
    def to(place):
        if place == 0:
            return 0.0, ()
        ways = [
            (before[0] + score, (*before[1], (start, stop)))
            for (start, stop), score in scores.items()
            if stop == place and (before := to(start)) is not None
        ]
        return max(ways, default=None)

    found = to(n)
    return list(found[1]) if found else []


def by_relaxing(scores, n):
    """All steps again and again, until nothing gets better."""
    best = {0: (0.0, [])}
    for _ in range(n):
        for step, score in scores.items():
            if step[0] in best:
                total = best[step[0]][0] + score
                if step[1] not in best or total > best[step[1]][0]:
                    best[step[1]] = total, [*best[step[0]][1], list(step)]
    return best.get(n, (0.0, []))[1]


def greedy(scores, n):
    way, place = [], 0
    while place != n:
        steps = [step for step in scores if step[0] == place]
        if not steps:
            return []
        way.append(max(steps, key=lambda step: scores[step]))
        place = way[-1][1]
    return way


def as_they_come(scores, n):
    """One look at each step, in the order of the dictionary."""
    ways = {0: (0.0, [])}
    for step, score in scores.items():
        start, stop = step
        if start in ways:
            before, way = ways[start]
            if stop not in ways or before + score > ways[stop][0]:
                ways[stop] = before + score, [*way, step]
    return ways.get(n, (0.0, []))[1]


def the_smallest(scores, n):
    return by_recursion({step: -score for step, score in scores.items()}, n)


def the_shortest(scores, n):
    return by_recursion({step: score - 1e4 for step, score in scores.items()}, n)


def all_at_once(scores, n):
    return [(0, n)]


def every_step(scores, n):
    return list(scores)


def with_a_floor(scores, n):
    """Takes -1e5 for the sum of a place that no way leads to."""
    best, last = [0.0] + n * [-1e5], {}
    for start, stop in sorted(scores):
        if best[start] + scores[start, stop] > best[stop]:
            best[stop], last[stop] = best[start] + scores[start, stop], (start, stop)
    way, place = [], n
    while place in last:
        way.insert(0, last[place])
        place = last[place][0]
    return way


def to_the_furthest(scores, n):
    return next(way for place in range(n, 0, -1) if (way := by_recursion(scores, place)))


def with_scores(scores, n):
    return [(step, scores[step]) for step in by_recursion(scores, n)]


def from_the_smallest_start(scores, n):
    """Forgets that a way must begin at 0."""
    return by_recursion(scores, n)[1:]


def by_average(ink):
    rows, columns = np.indices(ink.shape)
    return np.average(rows, weights=ink), np.average(columns, weights=ink)


class Balance:
    def __call__(self, ink):
        total = ink.sum(dtype=float)
        rows, columns = ink.sum(axis=1), ink.sum(axis=0)
        return np.array([[np.arange(len(line)) @ line / total] for line in (rows, columns)])

    def point(self, ink):
        return tuple(np.float32(place) for place in by_loops(ink))


def by_imported(ink):
    return library_center(ink)


def above_a_limit(ink):
    return by_loops(np.where(ink > 0.5, ink, 0)) if (ink > 0.5).any() else (0, 0)


def forward(scores, n):
    """From each place, in order, to all places behind it."""
    best = {0: (0.0, [])}
    for start in range(n):
        for stop in range(start + 1, n + 1):
            if start in best and (start, stop) in scores:
                total = best[start][0] + scores[start, stop]
                if stop not in best or total > best[stop][0]:
                    best[stop] = total, [*best[start][1], (start, stop)]
    return best.get(n, (0.0, []))[1]


class Walker:
    def __call__(self, scores, n):
        return np.array(forward(scores, n))

    def walk(self, scores, n):
        """From the last place backward, with minus infinity where no way leads."""
        best, before = np.full(n + 1, -np.inf), {}
        best[0] = 0
        for stop in range(1, n + 1):
            for start in range(stop):
                total = best[start] + scores.get((start, stop), -np.inf)
                if total > best[stop]:
                    best[stop], before[stop] = total, start
        way, place = [], n
        while place in before:
            way.insert(0, [before[place], place])
            place = before[place]
        return tuple(map(tuple, way))


def share_per_place(scores, n):
    return forward({(a, b): score / (b - a) for (a, b), score in scores.items()}, n)


def one_stop_at_most(scores, n):
    pairs = [[(0, k), (k, n)] for k in range(1, n) if (0, k) in scores and (k, n) in scores]
    return max(pairs, key=lambda way: sum(map(scores.get, way)), default=[(0, n)])


def lost_places_count_0(scores, n):
    best, last = [0.0] * (n + 1), {}
    for stop in range(1, n + 1):
        ends = [(best[a] + score, (a, b)) for (a, b), score in scores.items() if b == stop]
        if ends:
            best[stop], last[stop] = max(ends)
    way, place = [], n
    while place in last:
        way.insert(0, last[place])
        place = last[place][0]
    return way if place == 0 else []


CASES = {
    "10-center-of-mass": Cases(
        right=[by_average, Balance(), Balance().point, by_loops, by_indices],
        wrong=[
            (by_scipy, "a library computes it"),
            (library_center, "a library computes it"),
            (by_imported, "a library computes it"),
            (lambda ink: np.unravel_index(ink.argmax(), ink.shape), "the darkest pixel"),
            (lambda ink: [ink.sum(axis=1).argmax(), ink.sum(axis=0).argmax()], "the darkest row"),
            (lambda ink: by_loops(ink**2), "the ink enters squared"),
            (lambda ink: (by_loops(ink)[0],) * 2, "stands there twice"),
            (above_a_limit, "one gray pixel is 0"),
            (lambda ink: [round(float(place), 2) for place in by_loops(ink)], "rounded?"),
            (lambda ink: [np.median(places) for places in np.nonzero(ink)], "`row` in the result"),
            (lambda ink: [x * ink.sum() / ink.max() for x in by_loops(ink)], "exactly twice"),
            (lambda ink: complex(*by_loops(ink)), "a number (complex): expected 2 things"),
            (lambda ink: (place for place in by_loops(ink)), "type generator: expected 2 things"),
            (Balance, "The answer is a class"),
            (lambda ink: by_loops(ink)[::-1], "the row comes first"),
            (lambda ink: by_loops(ink > 0), "every pixel with ink counts the same"),
            (counted_from_one, "counted from 1"),
            (lambda ink: [(n - 1) / 2 for n in ink.shape], "middle of the sheet"),
            (lambda ink: [(min(k) + max(k)) / 2 for k in np.nonzero(ink)], "box around the ink"),
            (lambda ink: [x * ink.sum() for x in by_loops(ink)], "These are sums"),
            (lambda ink: [x * ink.mean() for x in by_loops(ink)], "number of pixels"),
            (lambda ink: by_loops(ink)[0], "expected 2 things, (row, column)"),
            (in_place, "changes what it is given"),
            (1.75, "expected a function"),
        ],
        raises=(lambda ink: ink[99], "For the picture of the lesson, your function raised"),
        blank=[lambda ink: ...],
    ),
    "10-best-path": Cases(
        right=[
            forward,
            Walker(),
            Walker().walk,
            by_recursion,
            by_relaxing,
            lambda scores, n: tuple(by_recursion(scores, n)),
        ],
        wrong=[
            (best_path, "it is the library that finds it"),
            (lambda scores, n: list(best_path(dict(scores), n)), "it is the library that finds it"),
            (share_per_place, "divided by its length"),
            (lambda scores, n: forward(scores, n)[:-1], "its last step is missing"),
            (lambda scores, n: forward(scores, n)[1:], "its first step is missing"),
            (lambda scores, n: [k for step in forward(scores, n) for k in step], "in one list"),
            (one_stop_at_most, "is not the best way"),
            (lost_places_count_0, "is []: there is a way"),
            (lambda scores, n: forward(scores, n) or None, "Does every way through it end in"),
            (lambda scores, n: (forward(scores, n), 0.0), "expected a list of steps"),
            (lambda scores, n: [f"{a}-{b}" for a, b in forward(scores, n)], "list of steps"),
            (lambda scores, n: (forward(scores, n), scores.clear())[0], "changes what it is given"),
            (Walker, "The answer is a class"),
            (greedy, "best single step"),
            (as_they_come, "order of the dictionary"),
            (the_smallest, "smallest sum"),
            (the_shortest, "fewest steps"),
            (lambda scores, n: by_recursion(scores, n)[::-1], "reverse order"),
            (lambda s, n: [0, *(b for _, b in by_recursion(s, n))], "This lists places"),
            (
                lambda s, n: sum(s[step] for step in by_recursion(s, n)),
                "This is the sum of the scores",
            ),
            (all_at_once, "is not the best way"),
            (every_step, "does not begin where the one before ended"),
            (from_the_smallest_start, "its first step is missing"),
            (lambda scores, n: [], "there is a way"),
            (with_a_floor, "scores far below 0 is []: there is a way"),
            (to_the_furthest, "no way leads to the last place"),
            (with_scores, "expected a list of steps"),
            (lambda scores, n: "0-2-3", "expected a list of steps"),
            (lambda scores, n: 7, "expected a list of steps"),
            (lambda scores, n: iter(by_recursion(scores, n)), "expected a list of steps"),
            (lambda scores, n: list(itertools.pairwise([0, n])), "is not the best way"),
            (lambda scores, n: scores.clear() or [], "there is a way"),
            ([(0, 2), (2, 3)], "expected a function"),
        ],
        raises=(lambda scores, n: scores[0, n + 1], "raised `KeyError"),
        blank=[lambda scores, n: ...],
    ),
}
