import numpy as np
import pytest
from matplotlib.colors import to_rgb

from course.lesson03 import figures
from nnlib.network import Network


@pytest.fixture
def ax():
    return figures.figure(size=(6, 4))[1]


def test_a_small_network_is_drawn_whole(ax):
    drawing = figures.draw_network(ax, [6, 4, 3, 1])
    assert [shown.tolist() for shown in drawing.shown] == [[*range(n)] for n in (6, 4, 3, 1)]
    assert len(drawing.edges.get_segments()) == 6 * 4 + 4 * 3 + 3 * 1
    assert len(drawing.inputs.get_offsets()) == 6
    assert len(drawing.neurons.get_offsets()) == 4 + 3 + 1
    assert len(drawing.dots.get_offsets()) == 0
    assert [text.get_text() for text in drawing.names] == [
        "input",
        "hidden 1",
        "hidden 2",
        "output",
    ]
    assert [text.get_text() for text in drawing.counts] == ["6", "4", "3", "1"]


def test_every_line_joins_two_neighboring_layers(ax):
    drawing = figures.draw_network(ax, [2, 3, 1])
    ends = {tuple(np.round(segment, 6).ravel()) for segment in drawing.edges.get_segments()}
    expected = set()
    for before, after in zip(drawing.positions[:-1], drawing.positions[1:]):
        expected |= {tuple(np.round([*a, *b], 6)) for a in before for b in after}
    assert ends == expected


def test_large_layers_get_an_ellipsis(ax):
    drawing = figures.draw_network(ax, [784, 30, 7])
    assert drawing.shown[0].tolist() == [0, 1, 2, 781, 782, 783]
    assert drawing.shown[1].tolist() == [0, 1, 2, 27, 28, 29]
    assert drawing.shown[2].tolist() == [*range(7)]
    assert len(drawing.dots.get_offsets()) == 2 * 3
    gap = drawing.positions[0][2:4, 1]
    dots = drawing.dots.get_offsets()[:, 1]
    assert np.all((dots[::2] < gap[0]) & (dots[::2] > gap[1]))
    assert [text.get_text() for text in drawing.counts] == ["784", "30", "7"]


@pytest.mark.parametrize("sizes", [[6, 4, 3, 1], [784, 100, 100, 100, 10], [1, 1], [7, 8]])
def test_no_two_neurons_overlap_and_all_are_inside(ax, sizes):
    drawing = figures.draw_network(ax, sizes)
    ax.figure.canvas.draw()
    centers = np.concatenate(drawing.positions)
    assert ((centers > 0.05) & (centers < 0.95)).all()
    pixels = ax.transData.transform(centers)
    diameter = np.sqrt(drawing.neurons.get_sizes()[0]) * ax.figure.dpi / 72
    apart = np.linalg.norm(pixels[:, None] - pixels, axis=2) + 1e9 * np.eye(len(pixels))
    assert apart.min() > 1.1 * diameter


def test_weights_show_as_color_dash_and_width(ax):
    w = [np.array([[1.0, -2.0], [0.0, 4.0]]), np.array([[-4.0, 0.5]])]
    drawing = figures.draw_network(ax, [2, 2, 1], w)
    assert drawing.edge_weights.tolist() == [1, -2, 0, 4, -4, 0.5]
    blue, red = to_rgb(figures.BLUE), to_rgb(figures.RED)
    colors = [tuple(color[:3]) for color in drawing.edges.get_colors()]
    assert colors == [blue, red, blue, blue, red, blue]
    dashed = [style[1] is not None for style in drawing.edges.get_linestyles()]
    assert dashed == [False, True, False, False, True, False]
    widths = drawing.edges.get_linewidths()
    assert np.argsort(widths).tolist()[:4] == [2, 5, 0, 1]
    assert widths[3] == widths[4] == max(widths)


def test_weights_belong_to_the_line_they_are_drawn_on(ax):
    network = Network([20, 9, 2], rng=1)
    drawing = figures.draw_network(ax, network.sizes, network.weights)
    lines = iter(zip(drawing.edges.get_segments(), drawing.edge_weights))
    for layer, w in enumerate(network.weights):
        for j, after in zip(drawing.shown[layer + 1], drawing.positions[layer + 1]):
            for k, before in zip(drawing.shown[layer], drawing.positions[layer]):
                segment, weight = next(lines)
                assert np.allclose(segment, [before, after])
                assert weight == w[j, k]


def test_weights_that_are_all_zero_can_be_drawn(ax):
    drawing = figures.draw_network(ax, [2, 1], [np.zeros((1, 2))])
    assert np.allclose(drawing.edges.get_linewidths(), 0.4)


def test_another_network_takes_the_place_of_the_first(ax):
    drawing = figures.draw_network(ax, [784, 30, 30, 10])
    drawing.show([3, 2])
    assert len(drawing.edges.get_segments()) == 6
    assert [text.get_text() for text in drawing.names] == ["input", "output", "", ""]
    assert len(drawing.dots.get_offsets()) == 0


def test_sizes_and_weights_that_do_not_fit_are_refused(ax):
    with pytest.raises(ValueError, match="at least two layers"):
        figures.draw_network(ax, [3])
    with pytest.raises(ValueError, match=r"\(2, 3\).*expected \[\(3, 2\)\]"):
        figures.draw_network(ax, [2, 3], [np.ones((2, 3))])
    with pytest.raises(ValueError, match="expected"):
        figures.draw_network(ax, [2, 3, 1], [np.ones((3, 2))])
    with pytest.raises(ValueError, match="finite"):
        figures.draw_network(ax, [2, 1], [np.array([[1.0, np.nan]])])
    for no_arrays in (3, [["a", "b"]]):
        with pytest.raises(ValueError, match=r"expected a list of arrays.*\(1, 2\)"):
            figures.draw_network(ax, [2, 1], no_arrays)
    with pytest.raises(ValueError, match="most is 2: expected a whole number from 3"):
        figures.draw_network(ax, [8, 1], most=2)


def test_arrays_stand_side_by_side_with_their_numbers_and_shapes(ax):
    w, a = np.array([[1.0, -2.5], [0.5, 3.0], [0.0, 1.0]]), np.array([[0.25], [1.0]])
    grids = figures.array_row(ax, [w, a, w @ a], ["w", "a", "z"], ["@", "="])
    assert [grid.get_array().tolist() for grid in grids] == [x.tolist() for x in (w, a, w @ a)]
    assert [grid.get_extent()[:2] for grid in grids] == [[0, 2], [3, 4], [5, 6]]
    texts = [text.get_text() for text in ax.texts]
    assert {"w\n(3, 2)", "a\n(2, 1)", "z\n(3, 1)", "@", "=", "-2.50"} <= set(texts)


def test_an_array_with_one_axis_is_a_row_and_says_so(ax):
    (grid,) = figures.array_row(ax, [np.array([1.0, 2.0, 3.0])], ["x"], [])
    assert grid.get_array().shape == (1, 3)
    assert "x\n(3,)" in [text.get_text() for text in ax.texts]


def test_zeros_are_white_and_signs_have_their_colors(ax):
    (zeros,) = figures.array_row(ax, [np.zeros((2, 1))], ["b"], [])
    assert np.allclose(zeros.cmap(zeros.norm(zeros.get_array()))[..., :3], 1, atol=0.01)
    (signed,) = figures.array_row(ax, [np.array([[-1.0, 1.0]])], ["w"], [])
    red, blue = signed.cmap(signed.norm(signed.get_array()))[0, :, [0, 2]].T
    assert red[0] > red[1]
    assert blue[0] < blue[1]


@pytest.mark.parametrize(
    ("array", "words"),
    [
        ([[1.0, np.nan]], "w holds a value that is not a finite number"),
        (np.zeros((2, 2, 2)), r"w has shape \(2, 2, 2\): expected one or two axes"),
        ([], r"w has shape \(0,\): expected one or two axes and at least one number"),
        ("text", "w is 'text': expected an array of numbers"),
    ],
)
def test_arrays_that_cannot_be_drawn_are_refused(ax, array, words):
    with pytest.raises(ValueError, match=words):
        figures.array_row(ax, [array], ["w"], [])


def test_names_and_signs_must_match_the_arrays(ax):
    with pytest.raises(ValueError, match="2 arrays, 2 names and 0 signs"):
        figures.array_row(ax, [np.ones(2), np.ones(2)], ["w", "a"], [])
    with pytest.raises(ValueError, match="0 arrays, 0 names and 0 signs"):
        figures.array_row(ax, [], [], [])
