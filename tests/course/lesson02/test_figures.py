"""The drawing functions that lesson 02 added."""

import numpy as np
import pytest

from course.lesson02 import figures
from course.lesson02.lab import small_network
from nnlib.neurons import sigmoid


def test_step_curve_is_zero_at_zero():
    _, ax = figures.figure()
    left, right, dot, ring = figures.step_curve(figures.activation_axes(ax, 4), 4)
    assert left.get_xydata().tolist() == [[-4, 0], [0, 0]]
    assert right.get_xydata().tolist() == [[0, 1], [4, 1]]
    assert dot.get_xydata().tolist() == [[0, 0]]
    assert ring.get_xydata().tolist() == [[0, 1]]
    assert dot.get_markerfacecolor() == figures.ORANGE
    assert ring.get_markerfacecolor() == "white"
    assert ax.get_xlim() == (-4, 4)


def test_step_curve_has_one_label():
    _, ax = figures.figure()
    figures.step_curve(ax, label="perceptron")
    assert ax.get_legend_handles_labels()[1] == ["perceptron"]


def test_activation_diagram_has_every_neuron_and_connection():
    _, ax = figures.figure()
    marks = figures.activation_diagram(ax, [["x1", "x2"], ["h1", "h2", "h3"], ["y"]], ("x1", "h2"))
    assert list(marks) == ["x1", "x2", "h1", "h2", "h3", "y"]
    assert [mark.get_marker() for mark, _ in marks.values()] == ["s", "s", "o", "o", "o", "o"]
    connections = [line for line in ax.lines if len(line.get_xdata()) == 2]
    assert len(connections) == 2 * 3 + 3
    (swept,) = [line for line in connections if line.get_color() == figures.RED]
    ends = [marks[name][0].get_xydata()[0].tolist() for name in ("x1", "h2")]
    assert swept.get_xydata().tolist() == ends
    places = [tuple(mark.get_xydata()[0]) for mark, _ in marks.values()]
    assert len(set(places)) == len(places)
    assert places[1][1] < places[0][1], "the first name stands on top"


def test_activation_diagram_without_a_swept_weight():
    _, ax = figures.figure()
    figures.activation_diagram(ax, [["x"], ["y"]])
    assert not [line for line in ax.lines if line.get_color() == figures.RED]
    assert "w" not in [text.get_text() for text in ax.texts]


def test_update_activation_diagram_writes_numbers_and_edges():
    _, ax = figures.figure()
    marks = figures.activation_diagram(ax, [["x"], ["h", "y"]])
    figures.update_activation_diagram(marks, {"x": 1}, decimals=0)
    figures.update_activation_diagram(marks, {"h": 0.25, "y": 0}, bold=["y"])
    assert [number.get_text() for _, number in marks.values()] == ["1", "0.25", "0.00"]
    assert [mark.get_markeredgewidth() > 2 for mark, _ in marks.values()] == [False, False, True]
    faces = [tuple(mark.get_markerfacecolor()) for mark, _ in marks.values()]
    assert faces == [figures.ACTIVATION(1.0), figures.ACTIVATION(0.25), figures.ACTIVATION(0.0)]


@pytest.mark.parametrize("activation", [-0.1, 1.5, float("nan")])
def test_update_activation_diagram_refuses_what_is_no_activation(activation):
    _, ax = figures.figure()
    marks = figures.activation_diagram(ax, [["x"], ["y"]])
    with pytest.raises(ValueError, match="y has the activation .*: expected 0 to 1"):
        figures.update_activation_diagram(marks, {"y": activation})


def test_activation_diagram_puts_names_clear_of_thick_edges():
    fig, ax = figures.figure(size=(4.4, 2))
    marks = figures.activation_diagram(ax, [["x"], ["h1", "h2"]])
    figures.update_activation_diagram(marks, {"h1": 1, "h2": 0}, bold=["h1", "h2"])
    fig.canvas.draw()
    names = {text.get_text(): text.get_window_extent() for text in ax.texts}
    for name, (mark, _) in marks.items():
        radius = (mark.get_markersize() + mark.get_markeredgewidth()) / 2 * fig.dpi / 72
        center = ax.transData.transform(mark.get_xydata()[0])[1]
        assert names[name].y0 > center + radius


def test_activation_diagram_writes_weights_on_their_lines():
    _, ax = figures.figure()
    layers = [["x1", "x2"], ["h1", "h2"], ["h3", "h4"], ["y"]]
    marks = figures.activation_diagram(ax, layers, ("x1", "h1"), figures.CHAIN)
    written = {text.get_text(): text for text in ax.texts if text.get_bbox_patch()}
    assert set(written) == {"1", "−2", "2", "4", "−4"}
    start, end = (np.array(marks[name][0].get_xydata()[0]) for name in ("h1", "h4"))
    shown = [text for text in ax.texts if text.get_text() == "−4"]
    along = [(np.array(text.get_position()) - start) / (end - start) for text in shown]
    assert any(np.allclose(place, 0.64) for place in along)


def test_the_weights_on_the_lines_are_those_of_the_network():
    """A perceptron with these weights answers as h3 of the lesson does, and so do the others."""
    fixed = figures.CHAIN | {("x1", "h1"): 2.1}
    biases = {"h1": -3, "h2": 1, "h3": 1, "h4": 0.5, "y": -1}
    for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
        a = {"x1": x1, "x2": x2}
        for name, b in biases.items():
            z = b + sum(w * a[start] for (start, end), w in fixed.items() if end == name)
            a[name] = 1 / (1 + np.exp(-z))
        expected = small_network(sigmoid, 2.1, x1, x2)
        assert all(np.isclose(a[name], expected[name]) for name in expected)
