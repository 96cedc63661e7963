"""Costs of lesson 04 and descents on them in plain Python, and how their drawings are read."""

import math
import re

import numpy as np
import pytest
from matplotlib.contour import ContourSet
from matplotlib.text import Text

from tests.course.live.reading_figures import BLACK, RED, WHITE, curves_of, numbers_in

SLOPES = {
    "parabola": (lambda v: v**2, lambda v: 2 * v),
    "two valleys": (lambda v: v**4 - v**2, lambda v: 4 * v**3 - 2 * v),
    "cubic": (lambda v: v**3, lambda v: 3 * v**2),
}
SURFACES = {
    "bowl": (lambda a, b: a**2 + b**2, lambda a, b: (2 * a, 2 * b)),
    "stretched valley": (lambda a, b: a**2 / 10 + b**2, lambda a, b: (a / 5, 2 * b)),
    "saddle": (lambda a, b: a**2 - b**2, lambda a, b: (2 * a, -2 * b)),
    "two minima": (
        lambda a, b: a**4 - a**2 + a / 10 + b**2 / 2,
        lambda a, b: (4 * a**3 - 2 * a + 0.1, b),
    ),
}


def walk_by_hand(settings):
    """Points and costs of the surfaces above, in plain Python; ends where the path has left."""
    cost, gradient = SURFACES[settings["function"]]
    points = [(settings["v1"], settings["v2"])]
    for _ in range(settings["steps"]):
        if np.hypot(*points[-1]) > 1e6:
            break
        slopes = gradient(*points[-1])
        points.append(tuple(v - settings["eta"] * g for v, g in zip(points[-1], slopes)))
    return points, [cost(*point) for point in points]


def short(x):
    """A number of any size in a few characters."""
    return f"{x:.3f}" if x == 0 or 1e-3 <= abs(x) < 1e4 else f"{x:.1e}"


def check_map(ax, cost, room=0.02):
    """Every line lies where the cost is its level, every number on its line, and low is light."""
    filled, lines = sorted(_contours(ax), key=lambda one: not one.filled)
    for level, path in zip(lines.levels, lines.get_paths(), strict=True):
        values = [cost(*place) for place in path.vertices]
        assert values == pytest.approx([level] * len(values), abs=room)
    bands = zip(filled.levels[:-1], filled.levels[1:], filled.get_paths(), strict=True)
    for low, high, path in bands:
        values = [cost(*place) for place in path.vertices]
        assert all(low - room <= value <= high + room for value in values)
    for text in ax.findobj(Text):
        if text in lines.labelTexts:
            said = float(text.get_text().replace("\N{MINUS SIGN}", "-"))
            assert cost(*text.get_position()) == pytest.approx(said, abs=max(0.01, 3 * room))
    assert [float(text.get_text()) for text in lines.labelTexts]
    light = filled.get_facecolor()[:, :3].sum(axis=1)
    assert (np.diff(light) <= 0).all()
    assert light[-1] < light[0] - 0.5
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$v_1$", "$v_2$")


def _contours(ax):
    return [one for one in ax.collections if isinstance(one, ContourSet)]


def check_path(ax, points):
    """A red line through the points, a white circle at its start, a black square at its end."""
    wanted = {(RED, None): points, (RED, "o"): points}
    wanted |= {(WHITE, "o"): points[:1], (BLACK, "s"): points[-1:]}
    drawn = {(color, mark): xy for color, mark, xy in curves_of(ax)}
    for look, xy in wanted.items():
        np.testing.assert_allclose(drawn[look], xy, rtol=1e-9, atol=1e-12)


def check_outcome(told, points, costs, slopes):
    """The numbers of the sentence's end are those of the path; points (steps + 1, variables)."""
    steps = len(costs) - 1
    change = np.diff(costs[-11:])
    if "comes to rest" in told:
        count, *at, cost = numbers_in(told.split(";")[0])
        assert all(slope <= 1e-3 for slope in slopes[int(count) :])
        assert count == 0 or slopes[int(count) - 1] > 1e-3
        assert [*at, cost] == pytest.approx([*points[-1], costs[-1]], abs=0.006)
    elif "has not moved yet" in told:
        assert (steps, numbers_in(told)) == (0, pytest.approx([costs[0]], abs=6e-4))
    elif "still going down" in told:
        assert (change < 0).all()
        assert f" after {steps} step" in told
        assert f"from {short(costs[0])} at the start to {short(costs[-1])}." in told
        assert ("swinging" in told) == _swings(points)
    elif "oscillates" in told:
        low, high = min(costs[-11:]), max(costs[-11:])
        assert f"in the last {len(change)} step" in told
        ends = f"at {short(low)}" if short(low) == short(high) else f"between {short(low)} and"
        assert f"stays {ends}" in told
    elif "runs away downhill" in told or ": after" in told:
        assert f"after {steps} step" in told
        assert f" {short(costs[-1])}" in told
        assert ("downhill" in told) == (costs[-1] < costs[0])
    else:
        assert re.search("diverges|climbs", told)
        assert (change > 0).all()
        assert steps == 1 or f"the last {len(change)} steps" in told
    check_factors(told, points, costs)


def _swings(points):
    if len(points) < 3:
        return False
    before, last = np.diff(points[-3:], axis=0)
    return sum(before * last) < 0


def check_factors(told, points, costs):
    """By how much the last step was longer, and the cost higher, than the one before."""
    higher = re.search(r"multiplied the cost by ([\d.e+]*\d)", told)
    longer = re.search(r"was ([\d.e+]*\d) times as long", told)
    if higher:
        assert float(higher[1]) == pytest.approx(costs[-1] / costs[-2], rel=6e-3)
    if longer:
        before, last = (math.dist(points[k - 1], points[k]) for k in (-2, -1))
        assert float(longer[1]) == pytest.approx(last / before, rel=6e-3)
