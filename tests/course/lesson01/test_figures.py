"""The drawings of lesson 01: the decision plane, a perceptron, the half adder."""

from itertools import product

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


@pytest.mark.parametrize(
    ("w", "b", "toward"),
    [([1, 1], -5, (1, 1)), ([-1, -1], 5, (1, 1)), ([0, 3], 5, (0, -1)), ([-5, 0], -4, (-1, 0))],
)
def test_a_line_out_of_view_is_pointed_at(w, b, toward):
    _, ax = figures.figure()
    artists = figures.boundary(ax)
    figures.update_boundary(artists, w, b, "h1: ")
    (place,) = artists["pointer"].get_xydata()
    assert place - figures.MIDDLE == pytest.approx(0.88 * np.array(toward))
    z = [np.dot(w, figures.MIDDLE + reach * np.array(toward)) + b for reach in (0, 10)]
    assert z[0] * z[1] < 0  # the line lies that way
    assert artists["where"].get_text() == "h1: line out of view"


def test_a_plane_shows_its_line_or_says_where_it_is():
    _, ax = figures.figure()
    artists = figures.boundary(ax)
    places = np.array([[-0.5, -0.5], [-0.5, 1.5], [1.5, -0.5], [1.5, 1.5]])
    for w1, w2, b in product(range(-5, 6), repeat=3):
        figures.update_boundary(artists, [w1, w2], b)
        z = places @ [w1, w2] + b
        crosses = z.min() < 0 < z.max()
        assert (artists["where"].get_text() == "") == crosses
        assert len(artists["pointer"].get_xdata()) == (not crosses and (w1 != 0 or w2 != 0))


def test_weighing_shows_inputs_weights_and_output():
    _, ax = figures.figure()
    artists = figures.weighing(ax, ["a", "b", "c"])
    figures.update_weighing(artists, [1, 0, 1], [6, 2, 3], -1, 1)
    lines = artists["lines"]
    assert [line.get_ydata()[0] for line in lines] == [2, 1, 0]
    widths = [line.get_linewidth() for line in lines]
    assert widths[0] > widths[2] > widths[1]
    assert [line.get_linestyle() for line in lines] == ["-", "--", "-"]
    assert [text.get_text() for text in artists["weights"]] == ["6", "2", "3"]
    assert artists["zeros"].get_xydata().tolist() == [[0, 1]]
    assert len(artists["ones"].get_xdata()) == 3
    assert {"a", "b", "c", "above\n\N{MINUS SIGN}1?", "go"} <= {t.get_text() for t in ax.texts}


def test_the_sum_is_a_row_of_products_beside_the_threshold():
    _, ax = figures.figure()
    artists = figures.sum_scale(ax, 3, 18)
    figures.update_sum_scale(artists, [1, 0, 1], [6, 2, 3], 9)
    bars = [(bar.get_x(), bar.get_width(), bar.get_visible()) for bar in artists["bars"]]
    assert bars == [(0, 6, True), (6, 0, False), (6, 3, True)]
    assert artists["line"].get_xdata() == [9, 9]
    assert artists["region"].get_x() == 9
    assert artists["verdict"].get_text() == "9 > 9?  no"


def test_the_table_of_passes_marks_each_example():
    _, ax = figures.figure()
    artists = figures.pass_table(ax, CORNERS, 12)
    figures.update_pass_table(artists, [0, 1, 0, 0, -1], 4)
    assert artists["right"].get_xydata().tolist() == [[1, 0], [1, 2], [1, 3]]
    assert artists["mistakes"].get_xydata().tolist() == [[1, 1], [2, 0]]
    assert artists["now"].get_xydata().tolist() == [[2, 0]]
    figures.update_pass_table(artists, [], 4)
    assert not [name for name in ("right", "mistakes", "now") if len(artists[name].get_xdata())]


def test_corners_in_one_place_stand_side_by_side():
    _, ax = figures.figure()
    marks = figures.corner_marks(ax, CORNERS, [0, 1, 1, 0])
    figures.move_corners(marks, [(0, 1), (1, 1), (1, 1), (1, 0)])
    places = [mark.get_xydata()[0].tolist() for mark, _ in marks]
    assert places[::3] == [[0, 1], [1, 0]]
    assert np.array(places[1:3]) == pytest.approx(np.array([[0.895, 1], [1.105, 1]]))
    assert [mark.get_marker() for mark, _ in marks] == ["s", "o", "o", "s"]
    assert all(mark.get_xydata().tolist() == digits.get_xydata().tolist() for mark, digits in marks)


def test_artists_come_in_the_order_of_drawing():
    _, ax = figures.figure()
    artists = figures.all_artists(figures.weighing(ax, ["a", "b"]), figures.sum_scale(ax, 2, 9))
    orders = [artist.get_zorder() for artist in artists]
    assert orders == sorted(orders)
    assert len(artists) == len(set(artists)) == 2 + 2 + 3 + 4 + 2 + 2 + 3


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
    with pytest.raises(ValueError, match="expected two bits"):
        half_adder(*bits)
