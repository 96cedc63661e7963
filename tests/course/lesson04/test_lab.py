import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson04 import figures, walks
from course.lesson04.lab import ETAS, MAX_STEPS, DescentLab, SlopeLab, what_happened
from course.lesson04.landscapes import TWO_MINIMA
from nnlib import descent
from tests.course.labs import as_at_first
from tests.course.lesson04.descents import SLOPES, walk_by_hand
from tests.course.pictures import same_pixels, shows_the_same, stored_picture


@pytest.fixture(scope="module")
def labs():
    return DescentLab(), SlopeLab()


@pytest.fixture
def descent_lab(labs):
    return as_at_first(labs[0])


@pytest.fixture
def slope_lab(labs):
    return as_at_first(labs[1])


def values(control):
    """A control's first value, its last one, and the one after the first."""
    if hasattr(control, "options"):
        options = [o[1] if isinstance(o, tuple) else o for o in control.options]
        return options[0], options[-1], options[1]
    return control.min, control.max, control.min + 1


@pytest.mark.parametrize("name", ["function", "eta", "steps", "v1", "v2"])
def test_every_control_of_the_descent_lab(descent_lab, name):
    for value in values(descent_lab.controls[name]):
        before = descent_lab.picture.value
        moved = descent_lab.controls[name].value != value
        descent_lab.controls[name].value = value
        assert (descent_lab.picture.value != before) == moved
        points, costs = walk_by_hand(descent_lab.settings)
        path = descent_lab.state["path"]
        np.testing.assert_allclose(path.points, points, rtol=1e-9)
        np.testing.assert_allclose(path.costs, costs, rtol=1e-9)
        assert f"eta {descent_lab.controls['eta'].value:g}" in descent_lab.sentence
        assert descent_lab.controls["function"].value in descent_lab.sentence


@pytest.mark.parametrize("name", ["function", "eta", "steps", "v"])
def test_every_control_of_the_slope_lab(slope_lab, name):
    for value in values(slope_lab.controls[name]):
        before = slope_lab.picture.value
        moved = slope_lab.controls[name].value != value
        slope_lab.controls[name].value = value
        assert (slope_lab.picture.value != before) == moved
        settings, state = slope_lab.settings, slope_lab.state
        cost, slope = SLOPES[settings["function"]]
        v = settings["v"]
        for _ in range(settings["steps"]):
            v = v - settings["eta"] * slope(v)
        assert state["v"] == pytest.approx(v)
        assert state["slope"] == pytest.approx(slope(v))
        assert state["next"] == pytest.approx(v - settings["eta"] * slope(v))
        assert state["path"].costs[-1] == pytest.approx(cost(v))


def test_extreme_settings_are_shown_without_a_warning(descent_lab, slope_lab):
    for lab in (descent_lab, slope_lab):
        lab.controls["steps"].value, lab.controls["eta"].value = MAX_STEPS, ETAS[-1]
        for function in lab.controls["function"].options:
            lab.controls["function"].value = function
            assert bytes(lab.picture.value).startswith(b"\x89PNG")
            assert "nan" not in lab.sentence
            assert "inf" not in lab.sentence


def test_drawn_are_the_points_and_costs_of_the_path(descent_lab):
    descent_lab.controls["function"].value = "saddle"
    path = descent_lab.state["path"]
    way, points, start, end = descent_lab._on_map
    np.testing.assert_array_equal(np.transpose(way.get_data()), path.points)
    np.testing.assert_array_equal(np.transpose(points.get_data()), path.points)
    assert np.ravel(start.get_data()).tolist() == path.points[0].tolist()
    assert np.ravel(end.get_data()).tolist() == path.points[-1].tolist()
    steps, costs = descent_lab._by_step[0].get_data()
    assert list(steps) == list(range(path.steps + 1))
    np.testing.assert_array_equal(costs, path.costs)


def test_on_the_surface_nothing_is_drawn_outside_the_window(descent_lab):
    descent_lab.controls["function"].value = "saddle"  # the path leaves the window
    assert np.abs(descent_lab.state["path"].points).max() > 2
    for artist in descent_lab._on_surface:
        v1, v2, cost = (np.array(part) for part in artist.get_data_3d())
        inside = ~np.isnan(v1)
        assert (np.abs([v1[inside], v2[inside]]) <= 1 + 1e-8).all()
        np.testing.assert_allclose(cost[inside], v1[inside] ** 2 - v2[inside] ** 2)
    assert np.isnan(descent_lab._on_surface[3].get_data_3d()).all()  # the end is not in the picture


def test_start_and_end_differ_by_more_than_color(descent_lab):
    start, end = descent_lab._on_map[2:]
    assert start.get_marker() != end.get_marker()
    assert to_hex(end.get_color()) == figures.BLACK


def test_the_surface_is_drawn_once_and_the_path_over_it(descent_lab):
    background = descent_lab.picture._kept
    for name, value in (("eta", 0.3), ("steps", 7), ("v1", 0.5), ("v2", -0.5)):
        descent_lab.controls[name].value = value
        assert descent_lab.picture._kept is background
    descent_lab.controls["function"].value = "two minima"
    assert descent_lab.picture._kept is not background


def test_the_same_settings_give_the_same_picture(descent_lab):
    before = descent_lab.picture.value
    descent_lab.controls["function"].value = "saddle"
    descent_lab.controls["eta"].value = 1.2
    descent_lab.controls["function"].value = "bowl"
    descent_lab.controls["eta"].value = 0.1
    assert shows_the_same(descent_lab.picture.value, before)


def test_tangent_and_next_step_are_drawn_where_they_belong(slope_lab):
    slope_lab.controls["eta"].value = 0.25  # from -1: to -0.5, then to -0.25
    (x0, x1), (y0, y1) = slope_lab._tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(-1.0)  # the slope of v^2 at -0.5
    assert (y0 + y1) / 2 == pytest.approx(0.25)
    assert np.transpose(slope_lab._step.get_data()).tolist() == [
        [-0.5, 0.25],
        [-0.25, 0.25],
        [-0.25, 0.0625],
    ]
    assert slope_lab._title.get_text() == "slope -1.000, next step +0.250"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"eta": 0.5}, "comes to rest after 1 step at (0.00, 0.00), cost 0.000"),
        ({"eta": 0.5}, "the points at distance 0.05 are not lower"),
        ({"eta": 1.0}, "oscillates: in the last 10 steps the cost does not keep falling"),
        ({"eta": 1.0}, "the cost does not keep falling, it stays at 1.000."),
        ({"eta": 1.1}, "diverges: each of the last 10 steps raised the cost; the last step "),
        ({"eta": 1.1}, "multiplied the cost by 1.44 and was 1.2 times as long as"),
        ({"eta": 1.1}, "The point has left the picture."),
        ({"eta": 1.1, "steps": 1}, "climbs: the one step taken raised the cost"),
        ({"eta": 1.2, "steps": 50}, "diverges: after 42 steps the cost is 1.9e+12; the last step "),
        ({"steps": 0}, "has not moved yet, the cost is 1.000."),
        ({"steps": 1}, "the one step taken lowered the cost, from 1.000 at the start to 0.640"),
        ({"eta": 0.9}, "is still going down, swinging to and fro, after 20 steps"),
        ({"function": "saddle", "v2": 0.0, "steps": 50}, "so this is no low point"),
        ({"function": "saddle", "eta": 0.5, "steps": 50}, "runs away downhill: after "),
    ],
)
def test_the_sentence_says_what_happened(descent_lab, settings, words):
    for name, value in settings.items():
        descent_lab.controls[name].value = value
    assert words in descent_lab.sentence
    assert descent_lab.sentence in descent_lab.caption.value


def test_the_sentence_of_the_slope_lab(slope_lab):
    assert slope_lab.sentence == (
        "parabola, eta 0.2, start -1.00: at v = -0.600 the slope is -1.200, so the next v is "
        "-0.360. The descent is still going down after 1 step: the one step taken lowered the "
        "cost, from 1.000 at the start to 0.360."
    )


def test_no_factor_is_named_where_costs_are_negative():
    path = descent.gradient_descent(TWO_MINIMA, (-0.73, 0.0), 0.6, 5)
    assert walks.outcome(path) == "grows"
    assert path.costs.max() < 0
    sentence = what_happened(TWO_MINIMA, path)
    assert "multiplied" not in sentence
    assert f"{walks.factors(path)[0]:.3g} times as long" in sentence


def test_nothing_of_the_slope_lab_is_cut_off(slope_lab):
    figure = slope_lab.picture.figure
    for function in slope_lab.controls["function"].options:
        slope_lab.controls["function"].value = function
        for name, value in (("eta", ETAS[-1]), ("v", -1.2), ("steps", 5)):
            slope_lab.controls[name].value = value
            renderer = figure.canvas.get_renderer()
            for ax in figure.axes:
                for text in (ax.xaxis.label, ax.yaxis.label, slope_lab._title):
                    box = text.get_window_extent(renderer)
                    assert box.x0 >= 0
                    assert box.y0 >= 0
                    assert box.x1 <= figure.bbox.x1
                    assert box.y1 <= figure.bbox.y1


def test_what_is_stored_and_read_aloud(descent_lab, slope_lab):
    for lab in (descent_lab, slope_lab):
        data = lab._repr_mimebundle_()
        assert same_pixels(data, lab.picture.value)
        assert data["text/plain"] == lab.sentence
        assert len(lab.sentence.split()) >= 8
        assert stored_picture(data)[:2] == (lab.sentence, 960)


def test_sliders_cover_the_window_in_even_steps(descent_lab, slope_lab):
    places = [value for _, value in descent_lab.controls["v1"].options]
    assert places == [round(-1 + 0.05 * k, 2) for k in range(41)]
    places = [value for _, value in slope_lab.controls["v"].options]
    assert places == [round(-1.2 + 0.05 * k, 2) for k in range(49)]
    assert {0.1, 0.5, 0.9, 1.0, 1.1} <= set(ETAS)
    assert sorted(ETAS) == ETAS


def click(lab, v1, v2):
    """A click on the map at v."""
    at = lab.picture.axes[0].transData.transform((v1, v2)) / lab.picture.figure.bbox.size
    sheet = lab.children[-2].sheet
    sheet._handle_custom_msg({"right": at[0], "up": at[1]}, [])


@pytest.mark.parametrize("v", [(0.3, -0.45), (-0.98, 0.99), (0.026, 0.024)])
def test_a_click_drops_a_ball_at_the_nearest_place(descent_lab, v):
    click(descent_lab, *v)
    state = descent_lab.state["path"].points
    assert state.shape == (1, 2)
    assert state[0] == pytest.approx(np.round(20 * np.array(v)) / 20)
    assert descent_lab.controls["steps"].value == 0
    descent_lab.controls["steps"].value = 5
    assert len(descent_lab.state["path"].points) == 6


def test_a_click_beside_the_map_changes_nothing(descent_lab):
    before = descent_lab.settings
    for right, up in ((0.5, 0.5), (0.95, 0.5), (0.01, 0.01)):
        descent_lab.children[-2].sheet._handle_custom_msg({"right": right, "up": up}, [])
    assert descent_lab.settings == before


def test_a_click_draws_once(descent_lab, monkeypatch):
    shown = []
    monkeypatch.setattr(descent_lab, "draw", shown.append)
    click(descent_lab, 0.5, 0.5)
    assert len(shown) == 1
    monkeypatch.undo()
    descent_lab.controls["v1"].value = -0.5  # controls still move the picture one by one
    assert descent_lab.state["path"].points[0].tolist() == [-0.5, 0.5]


def test_both_labs_play_their_steps(descent_lab, slope_lab):
    for lab in (descent_lab, slope_lab):
        (player,) = [widget for widget in lab.panel[-1].children if hasattr(widget, "playing")]
        assert (player.min, player.max, player.interval) == (0, MAX_STEPS, 125)


@pytest.mark.parametrize(
    ("settings", "word", "side"),
    [
        ({"eta": 1.1, "steps": 6}, "← now at -2.99", 0.02),
        ({"eta": 1.1, "steps": 5}, "now at 2.49 →", 0.98),
        ({"eta": 1.2, "steps": 50}, "now at", 0.02),
        ({"function": "cubic", "v": -1.0, "steps": 50}, "← now at -", 0.02),
    ],
)
def test_a_point_that_has_left_the_curve_is_told_at_the_edge(slope_lab, settings, word, side):
    assert not slope_lab._gone.get_visible()
    slope_lab.choose(**settings)
    assert slope_lab._gone.get_visible()
    assert word in slope_lab._gone.get_text()
    assert slope_lab._gone.get_position()[0] == side
    way = np.array(slope_lab._on_curve[0].get_data())
    assert way.shape == (2, len(slope_lab.state["path"].points))  # joined, also outside
