"""What the page of lesson 11 draws."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course.lesson11 import figures
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    ORANGE,
    RED,
    color_of,
    curves_of,
    legend_of,
    look_of,
    named,
    scaled,
)


@pytest.fixture
def axes():
    _, axes = plt.subplots(1, 2)
    yield axes
    plt.close("all")


def test_two_neurons_beside_their_slopes(axes):
    figures.two_neurons(*axes)
    smooth, off, on = axes[0].lines[:3]
    z = smooth.get_xdata()
    np.testing.assert_allclose(smooth.get_ydata(), 1 / (1 + np.exp(-z)), atol=1e-12)
    assert (off.get_ydata() == 0).all()
    assert (on.get_ydata() == on.get_xdata()).all()
    smooth, off, on = axes[1].lines[:3]
    assert smooth.get_ydata().max() == pytest.approx(0.25)
    assert set(off.get_ydata()) == {0}
    assert set(on.get_ydata()) == {1}
    assert [text.get_text() for text in axes[0].get_legend().get_texts()] == [
        "sigmoid",
        "rectified",
    ]


def test_habits_are_dots_and_a_median_and_what_is_far_off_is_told(axes):
    rows = [("good", [95.0, 96.5, 96.0]), ("bad", [20.4, 51.0, 90.0]), ("fair", [80.0, 92, 93])]
    figures.habits_chart(axes[0], rows)
    dots, median, some, _ = axes[0].lines
    assert dots.get_xdata().tolist() == [95.0, 96.5, 96.0]
    assert set(dots.get_ydata()) == {0}
    assert set(median.get_xdata()) == {96.0}
    (text,) = axes[0].texts
    assert some.get_xydata().tolist() == [[92, 2], [93, 2]]
    assert text.get_text() == "◀ 20 to 90 %"
    assert text.get_position()[1] == 1
    assert [label.get_text() for label in axes[0].get_yticklabels()] == ["good", "bad", "fair"]
    assert axes[0].get_ylim() == (2.5, -0.5)  # the first row on top
    colors = [color for color, _, _ in curves_of(axes[0])]
    assert colors == [BLUE, BLACK, BLUE, BLACK]
    assert text.get_color().lower() == RED
    assert named(axes[0]) == ([], "accuracy on the test images (%)", "")
    assert scaled(axes[0])[:3] == ("linear", "linear", (84, 100))


def test_the_legend_of_two_neurons_names_the_right_one(axes):
    figures.two_neurons(*axes)
    found = legend_of(axes[0])
    looks = {words: {look_of(line) for line in lines} for words, lines in found.items()}
    assert looks == {"sigmoid": {(BLUE, False, None)}, "rectified": {(ORANGE, True, None)}}
    (smooth,), (off, on, _) = found.values()
    assert smooth.get_ydata().max() < 1
    assert (off.get_ydata().max(), on.get_ydata().max()) == (0, 4)
    assert [color_of(line) for line in axes[1].lines] == [BLUE, ORANGE, ORANGE]
    assert [named(ax) for ax in axes] == [([], "z", "activation"), ([], "z", "slope")]
    assert [scaled(ax)[3] for ax in axes] == [(-0.1, 2.1), (-0.05, 1.1)]


def test_maps_stand_row_by_row_where_their_frame_goes(axes):
    maps = np.random.default_rng(0).random((5, 4, 4))
    picture = figures.tiled(maps, (2, 3))
    assert picture.shape == (9, 14)
    frame = figures.frame(axes[0], 4)
    assert (color_of(frame), frame.get_width(), frame.get_height()) == (RED, 4, 4)
    for k, one in enumerate(maps):
        x, y = (int(at + 0.5) for at in figures.tile_corner(k, (2, 3), 4))
        assert (x // 5, y // 5) == (k % 3, k // 3)
        np.testing.assert_array_equal(picture[y : y + 4, x : x + 4], one)
    assert np.isnan(picture).sum() == picture.size - maps.size


@pytest.mark.parametrize(("n", "expected"), [(1, (1, 1)), (5, (2, 3)), (16, (4, 4)), (17, (4, 5))])
def test_maps_stand_nearly_in_a_square(n, expected):
    assert figures.map_tiling(n) == expected
