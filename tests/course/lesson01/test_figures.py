"""The drawings of lesson 01: the decision plane, a perceptron, the half adder."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.lesson01 import figures
from nnlib.circuits import half_adder
from nnlib.neurons import perceptron

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
small = st.integers(-5, 5)


@given(small, small, small)
def test_half_plane_lies_where_z_is_positive(w1, w2, b):
    corners = figures.half_plane([w1, w2], b)
    z = corners @ [w1, w2] + b
    if w1 or w2:
        assert z[:2] == pytest.approx(0, abs=1e-9)
        assert (z[2:] > 0).all()
        assert np.abs(corners[0] - corners[1]).max() > 20  # beyond the edges of every drawing
    else:
        assert len(corners) == (4 if b > 0 else 0)


def inside(polygon, point):
    """Whether a point is strictly inside a convex polygon."""
    sides = np.roll(polygon, -1, axis=0) - polygon
    to_point = point - polygon
    turns = sides[:, 0] * to_point[:, 1] - sides[:, 1] * to_point[:, 0]
    return bool((turns > 1e-9).all() or (turns < -1e-9).all())


@given(small, small, small)
def test_shaded_corners_are_those_with_output_1(w1, w2, b):
    polygon = figures.half_plane([w1, w2], b)
    shaded = [len(polygon) > 0 and inside(polygon, corner) for corner in CORNERS]
    assert shaded == [bool(output) for output in perceptron(CORNERS, [w1, w2], b)]


def test_decision_plane_sorts_the_points():
    _, ax = figures.figure()
    artists = figures.decision_plane(ax)
    wrong = [False, True, False, False]
    figures.update_decision_plane(artists, [-2, -2], 3, CORNERS, [1, 1, 1, 0], wrong)
    assert artists["ones"].get_xydata().tolist() == [[0, 0], [0, 1], [1, 0]]
    assert artists["zeros"].get_xydata().tolist() == [[1, 1]]
    assert artists["wrong"].get_xydata().tolist() == [[0, 1]]
    assert artists["line"].get_xydata() @ [-2, -2] + 3 == pytest.approx(0)
    figures.update_decision_plane(artists, [0, 0], 0, CORNERS, [0, 0, 0, 0])
    assert len(artists["line"].get_xdata()) == len(artists["wrong"].get_xdata()) == 0


def test_truth_table_marks_outputs_and_what_is_wrong():
    _, ax = figures.figure()
    artists = figures.truth_table(ax, CORNERS)
    figures.update_truth_table(artists, [-1, 1, 1, 3], [0, 1, 1, 1], [0, 1, 1, 0])
    assert [text.get_text() for text in artists["z"]] == ["-1", "1", "1", "3"]
    places = {name: set(map(tuple, artists[name].get_xydata())) for name in ("ones", "zeros")}
    output, wanted = figures.TABLE["output"], figures.TABLE["wanted"]
    assert places["ones"] == {(output, 1), (output, 2), (output, 3), (wanted, 1), (wanted, 2)}
    assert places["zeros"] == {(output, 0), (wanted, 0), (wanted, 3)}
    assert artists["wrong"].get_ydata().tolist() == [3]


def test_perceptron_has_a_line_for_each_weight_in_order():
    _, ax = figures.figure()
    lines = figures.draw_perceptron(ax, ["a", "b", "c"], [6, -2, 3], "above 5?")
    assert [line.get_ydata()[0] for line in lines] == [2, 1, 0]
    widths = [line.get_linewidth() for line in lines]
    assert widths[0] > widths[2] > widths[1]
    assert lines[1].get_color() != lines[0].get_color()
    assert {"a", "b", "c", "6", "-2", "3", "above 5?"} <= {text.get_text() for text in ax.texts}


def test_half_adder_wires_end_at_gates_and_show_their_values():
    _, ax = figures.figure()
    values = half_adder(1, 1)
    artists = figures.draw_half_adder(ax, values)
    shown = {"ones": set(), "zeros": set()}
    for name, wire in figures.WIRES.items():
        shown["ones" if values[name] else "zeros"] |= set(wire.values)
        style = artists[name].get_linestyle()
        assert style == ("-" if values[name] else "--")
    for name, places in shown.items():
        assert set(map(tuple, artists[name].get_xydata().tolist())) == places
    figures.update_half_adder(artists, half_adder(0, 0))
    assert artists["x1"].get_linestyle() == "--"


@pytest.mark.parametrize("bits", [(0.5, 1), (2, 0), (np.nan, 0)])
def test_half_adder_takes_bits_only(bits):
    with pytest.raises(ValueError, match="expected only 0 and 1"):
        half_adder(*bits)
