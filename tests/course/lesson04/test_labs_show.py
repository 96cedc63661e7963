"""What DescentLab and SlopeLab show at settings by chance, against what is computed anew."""

import math

import numpy as np
import pytest

from course.lesson04 import DescentLab, SlopeLab
from tests.course.lesson04.descents import (
    SLOPES,
    SURFACES,
    check_map,
    check_outcome,
    check_path,
    short,
    walk_by_hand,
)
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    ORANGE,
    RED,
    WHITE,
    color_of,
    curves_of,
    legend_of,
    named,
    scaled,
    set_by_chance,
    settle,
    texts_of,
)

FORMULAS = {
    "bowl": "v_1^2 + v_2^2",
    "stretched valley": r"\frac{1}{10} v_1^2 + v_2^2",
    "saddle": "v_1^2 - v_2^2",
    "two minima": r"v_1^4 - v_1^2 + \frac{1}{10} v_1 + \frac{1}{2} v_2^2",
    "parabola": "v^2",
    "two valleys": "v^4 - v^2",
    "cubic": "v^3",
}


def check_costs(ax, costs, lowest, highest):
    """The cost step by step, on an axis as high as the function in its window."""
    check_path(ax, list(enumerate(costs)))
    assert named(ax)[1:] == ("step", "cost")
    margin = 0.05 * (highest - lowest)
    ends = (-1.5, 51.5), pytest.approx((lowest - margin, highest + margin), abs=1e-6)
    assert scaled(ax) == ("linear", "linear", *ends)


# two variables


def check_descent(lab):
    name = lab.settings["function"]
    cost, gradient = SURFACES[name]
    points, costs = walk_by_hand(lab.settings)
    left, middle, right = lab.picture.axes
    check_map(left, cost)
    assert named(left)[0] == [f"$C = {FORMULAS[name]}$"]
    assert scaled(left)[2:] == ((-1, 1), (-1, 1))
    check_path(left, points)
    check_surface(middle, cost, points)
    grid = [cost(a, b) for a in np.linspace(-1, 1, 21) for b in np.linspace(-1, 1, 21)]
    check_costs(right, costs, min(grid), max(grid))
    start, end = legend_of(right).items()
    assert (start[0], end[0]) == ("start", "end")
    assert [color_of(artist) for _, (artist,) in (start, end)] == [WHITE, BLACK]
    eta = lab.settings["eta"]
    begin = f"{name}, eta {eta:g}, start ({points[0][0]:.2f}, {points[0][1]:.2f}): the descent "
    assert lab.sentence.replace("-0.00", "0.00").startswith(begin.replace("-0.00", "0.00"))
    slopes = [math.hypot(*gradient(*point)) for point in points]
    check_outcome(lab.sentence.split("the descent ")[1], points, costs, slopes)
    gone = max(map(abs, points[-1])) > 1
    assert lab.sentence.endswith("The point has left the picture.") == gone


def check_surface(ax, cost, points):
    """Start, end and points lie on the surface, those in the window; so does the line."""
    line, dots, start, end = ax.lines
    inside = [point for point in points if max(map(abs, point)) <= 1]
    for artist, wanted in ((dots, inside), (start, points[:1]), (end, points[-1:])):
        v1, v2, height = np.array(artist.get_data_3d(), float)
        seen = ~np.isnan(v1)
        wanted = [(a, b, cost(a, b)) for a, b in wanted if max(abs(a), abs(b)) <= 1]
        shown = np.transpose([v1[seen], v2[seen], height[seen]])
        np.testing.assert_allclose(shown, np.reshape(wanted, (-1, 3)), atol=1e-9)
    v1, v2, height = line.get_data_3d()
    seen = ~np.isnan(v1)
    np.testing.assert_allclose(height[seen], cost(v1[seen], v2[seen]), atol=1e-9)
    looks = [color_of(one) for one in (line, dots, start, end)]
    assert looks == [RED, RED, WHITE, BLACK]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$v_1$", "$v_2$")
    assert named(ax)[0] == ["the same, cost as height"]


@pytest.mark.parametrize("function", SURFACES)
def test_a_descent_by_chance(function):
    lab, rng = DescentLab(), np.random.default_rng(0)
    lab.controls["function"].value = function
    for _ in range(4):
        set_by_chance(lab, rng, function=function)
        check_descent(lab)


def test_the_surface_is_as_high_as_the_cost():
    lab = DescentLab()
    settle(lab, function="stretched valley")
    (surface,) = lab.picture.axes[1].collections
    v1, v2, height = np.moveaxis(surface._faces.reshape(-1, 3), 1, 0)
    np.testing.assert_allclose(height, v1**2 / 10 + v2**2, atol=1e-9)
    np.testing.assert_allclose(surface.get_array(), surface._faces[..., 2].mean(axis=1))
    light = surface.to_rgba(np.linspace(*surface.get_clim(), 9))[:, :3].sum(axis=1)
    assert (np.diff(light) < 0).all()


# one variable


def slope_by_hand(settings):
    cost, slope = SLOPES[settings["function"]]
    points = [settings["v"]]
    for _ in range(settings["steps"]):
        if abs(points[-1]) > 1e6:
            break
        points.append(points[-1] - settings["eta"] * slope(points[-1]))
    return points, [cost(v) for v in points]


def check_slope(lab):
    name, eta = lab.settings["function"], lab.settings["eta"]
    cost, slope = SLOPES[name]
    points, costs = slope_by_hand(lab.settings)
    left, right = lab.picture.axes
    check_path(left, list(zip(points, costs)))
    (curve,) = [xy for color, mark, xy in curves_of(left) if color == BLUE]
    np.testing.assert_allclose(curve[:, 1], cost(curve[:, 0]))
    assert curve[[0, -1], 0].tolist() == [-1.2, 1.2]
    v, after = points[-1], points[-1] - eta * slope(points[-1])
    found = legend_of(left)
    assert list(found) == ["tangent", "next step"]
    (x0, x1), (y0, y1) = found["tangent"][0].get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope(v), rel=1e-3, abs=1e-9)
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((v, costs[-1]), rel=1e-9)
    way = [(v, costs[-1]), (after, costs[-1]), (after, cost(after))]
    np.testing.assert_allclose(found["next step"][0].get_xydata(), way, rtol=1e-9, atol=1e-12)
    assert [color_of(one) for (one,) in found.values()][0] == ORANGE
    sign = "+" if after > v else ""
    title = f"slope {short(slope(v))}, next step {sign}{short(after - v)}"
    assert named(left) == ([title], "$v$", f"$C(v) = {FORMULAS[name]}$")
    check_gone(left, v)
    values = cost(np.linspace(-1.2, 1.2, 241))
    check_costs(right, costs, values.min(), values.max())
    begin = f"{name}, eta {eta:g}, start {points[0]:.2f}: at v = {short(v)} the slope is "
    begin += f"{short(slope(v))}, so the next v is {short(after)}. The descent "
    assert lab.sentence.startswith(begin)
    column, slopes = [(one,) for one in points], [abs(slope(one)) for one in points]
    check_outcome(lab.sentence.split("The descent ")[1], column, costs, slopes)


def check_gone(ax, v):
    """A point outside is told at the edge where it has left."""
    words = [text for text in texts_of(ax) if "now at" in text]
    if abs(v) <= 1.2:
        assert not words
        return
    place = f"{v:.2f}" if abs(v) < 1e4 else f"{v:.1e}"
    assert words == [f"now at {place} →" if v > 0 else f"← now at {place}"]
    assert texts_of(ax)[words[0]] == (0.98 if v > 0 else 0.02, 0.93)


@pytest.mark.parametrize("function", SLOPES)
def test_a_slope_by_chance(function):
    lab, rng = SlopeLab(), np.random.default_rng(1)
    lab.controls["function"].value = function
    for fixed in [{}] * 4 + [{"steps": 0}, {"steps": 1}, {"eta": 1.2, "steps": 4}]:
        set_by_chance(lab, rng, function=function, **fixed)
        check_slope(lab)
