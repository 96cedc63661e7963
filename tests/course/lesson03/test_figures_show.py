"""The drawings of lesson 03, read off their artists: numbers in their places, lines by weight."""

import numpy as np
import pytest

from course.lesson03 import figures
from tests.course.live.reading_figures import BLUE, RED, colors_of, seen, sign_of, texts_of


def test_arrays_stand_side_by_side_with_their_numbers():
    w, a = [[0.51, -1.02, 2.03], [3.04, 0.0, -4.05]], [[1.1], [2.2], [3.3]]
    arrays = {"w": w, "a": a, "b": [7.4]}
    _, ax = figures.figure()
    grids = figures.array_row(ax, list(arrays.values()), list(arrays), ["@", "+"])
    words, left = texts_of(ax), 0
    largest = max(np.abs(np.array(array)).max() for array in arrays.values())
    for (name, array), grid in zip(arrays.items(), grids):
        rows, columns = np.atleast_2d(array).shape
        for (row, column), number in np.ndenumerate(np.atleast_2d(array)):
            place = left + column + 0.5, rows / 2 - row - 0.5
            assert words[f"{number:.2f}"] == pytest.approx(place)
        shown = sign_of(seen(grid)) * 1.8 * largest
        np.testing.assert_allclose(shown, np.atleast_2d(array), atol=0.15)
        assert words[f"{name}\n{np.shape(array)}"][0] == left + columns / 2
        left += columns + 1
    assert (words["@"], words["+"]) == ((3.5, 0), (5.5, 0))


def test_the_look_of_each_line_is_that_of_its_weight():
    weights = [np.array([[1.0, -2.0], [0.5, 4.0], [-0.25, 3]]), np.array([[3.5, -0.1, 1.5]])]
    _, ax = figures.figure()
    drawing = figures.draw_network(ax, [2, 3, 1], weights)
    lines = zip(
        drawing.edges.get_segments(),
        colors_of(drawing.edges),
        drawing.edges.get_linewidths(),
        drawing.edges.get_linestyles(),
    )
    neuron = {
        tuple(np.round(place, 9)): (layer, number)
        for layer, places in enumerate(drawing.positions)
        for number, place in enumerate(places)
    }
    found = {}
    for segment, color, width, style in lines:
        (layer, start), (after, end) = (neuron[tuple(np.round(one, 9))] for one in segment)
        assert after == layer + 1
        w = weights[layer][end, start]
        found[layer, start, end] = w
        assert color == (RED if w < 0 else BLUE)
        assert (style[1] is not None) == (w < 0)
        assert width == pytest.approx(0.4 + 3.6 * abs(w) / 4)
    assert len(found) == 2 * 3 + 3 * 1


def test_neurons_are_numbered_from_the_top_and_layers_named_from_the_left():
    _, ax = figures.figure()
    drawing = figures.draw_network(ax, [784, 4, 30, 10], most=5)
    assert [one.tolist() for one in drawing.shown] == [
        [0, 1, 782, 783],
        [0, 1, 2, 3],
        [0, 1, 28, 29],
        [0, 1, 8, 9],
    ]
    for places in drawing.positions:
        assert (np.diff(places[:, 1]) < 0).all()
    xs = [places[0, 0] for places in drawing.positions]
    assert xs == sorted(xs)
    words = texts_of(ax)
    names = ["input", "hidden 1", "hidden 2", "output"]
    assert [words[name] for name in names] == [(pytest.approx(x), 0.97) for x in xs]
    counts = [words[count] for count in ("784", "4", "30", "10")]
    assert counts == [(pytest.approx(x), 0.03) for x in xs]
    np.testing.assert_allclose(drawing.inputs.get_offsets(), drawing.positions[0])
    np.testing.assert_allclose(drawing.neurons.get_offsets(), np.concatenate(drawing.positions[1:]))
