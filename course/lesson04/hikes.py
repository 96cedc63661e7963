"""The fog game of lesson 04: hidden landscapes, how a walk in them ends, the best with one eta."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from course.lesson04.landscapes import Landscape

ETAS = [0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0]
FLAT = 0.05  # a walk ends where the slope is this or less
MOST_STEPS = 30
ROOM = 0.02  # a cost this little above the lowest counts as the lowest


@dataclass(frozen=True)
class Hike(Landscape):
    """A hidden Landscape to walk in from its `start`.

    kind: what it is.  lesson: a sentence that it teaches.  lowest: the lowest cost there is.
    shortest: the etas that reach it in the fewest steps, which only the map tells.
    """

    window: tuple = ((-1.5, 1.5), (-1.5, 1.5))
    kind: str = ""
    lesson: str = ""
    lowest: float = 0.0
    shortest: tuple = ()


@dataclass(frozen=True)
class Walk:
    """A walk of which every step has an eta of its own.

    points: (steps + 1, 2).  etas: (steps,).  costs, slopes: (steps + 1,); a slope is the length of
    the gradient.  end: "" while the walk goes on, "rests" where it is flat, "leaves" off the map,
    "tires" after the last step that is allowed.
    """

    points: np.ndarray
    etas: tuple
    costs: np.ndarray
    slopes: np.ndarray
    end: str

    @property
    def steps(self):
        """How many steps were taken."""
        return len(self.etas)


def walk(hike, etas):
    """The Walk from the start of a Hike with these etas; those after its end are left out."""
    points = [np.array(hike.start)]
    etas = tuple(etas)
    while not (end := _end(hike, points)) and len(points) <= len(etas):
        points.append(points[-1] - etas[len(points) - 1] * hike.gradient(points[-1]))
    points = np.array(points)  # (steps + 1, 2)
    slopes = np.linalg.norm(hike.gradient(points.T), axis=0)
    return Walk(points, etas[: len(points) - 1], hike.cost(points.T), slopes, end)


def reaches_the_lowest(hike, one):
    """Whether the Walk `one` rests where it can go no lower in this landscape."""
    return one.end == "rests" and bool(one.costs[-1] < hike.lowest + ROOM)


@cache
def best(name):
    """The Walk that keeps one of ETAS and rests at the lowest place after fewest steps."""
    hike = HIKES[name]
    walks = [walk(hike, [eta] * MOST_STEPS) for eta in ETAS]
    return min(walks, key=lambda one: (not reaches_the_lowest(hike, one), one.steps))


def _end(hike, points):
    """How a walk through these points has ended; "" if it goes on."""
    if not hike.inside(points[-1]):
        return "leaves"
    if np.linalg.norm(hike.gradient(points[-1])) <= FLAT:
        return "rests"
    return "tires" if len(points) > MOST_STEPS else ""


def _turned(cost, gradient, degrees, middle):
    """A cost and its gradient, given on axes that are turned and start at `middle`, on the map."""
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])

    def place(v):
        return np.tensordot(turn, np.stack([v[0] - middle[0], v[1] - middle[1]]), 1)

    return {
        "cost": lambda v: cost(*place(v)),
        "gradient": lambda v: np.tensordot(turn.T, np.stack(gradient(*place(v))), 1),
    }


def _funnel(s, t):
    return np.sqrt(s**2 + t**2 + 0.04)


_HIKES = [
    Hike(
        "hike 1",
        **_turned(
            lambda s, t: 0.65 * (s**2 + t**2) + 0.1, lambda s, t: (1.3 * s, 1.3 * t), 0, (0.5, -0.4)
        ),
        start=(-0.75, 0.9),
        kind="a round bowl",
        lesson="In a round bowl one eta is right in every direction.",
        lowest=0.1,
        shortest=(0.7, 0.7),
    ),
    Hike(
        "hike 2",
        **_turned(
            lambda s, t: 0.18 * s**2 + 2.2 * t**2, lambda s, t: (0.36 * s, 4.4 * t), 30, (0.5, 0.2)
        ),
        start=(-0.9, -0.2),
        kind="a stretched valley",
        lesson="The steep way across limits eta, and makes the gentle way along slow.",
        shortest=(0.2, 3.0, 0.2, 0.2),
    ),
    Hike(
        "hike 3",
        **_turned(_funnel, lambda s, t: (s / _funnel(s, t), t / _funnel(s, t)), 0, (-0.6, -0.45)),
        start=(1.1, 0.9),
        kind="a funnel",
        lesson="Far out the slope is the same everywhere: it tells where to go, not how far.",
        lowest=0.2,
        shortest=(1.5, 0.7),
    ),
    Hike(
        "hike 4",
        **_turned(
            lambda s, t: 0.8 * s**4 - 1.3 * s**2 + 0.3 * s + 0.6 * t**2,
            lambda s, t: (3.2 * s**3 - 2.6 * s + 0.3, 1.2 * t),
            -35,
            (0, 0),
        ),
        start=(1.2, -0.6),
        kind="two valleys with a ridge between them",
        lesson="A slope of 0 does not tell whether a lower valley lies behind the ridge.",
        lowest=-0.807,
        shortest=(0.5, 0.2, 0.3),
    ),
]
HIKES = {hike.name: hike for hike in _HIKES}
