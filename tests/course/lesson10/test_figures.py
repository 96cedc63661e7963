"""What the labs of handwriting draw: read back from the artists."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson10 import figures


def axes(rows=1, columns=1):
    fig, ax = figures.figure(rows, columns)
    fig.canvas.draw()
    return ax


@pytest.mark.parametrize(
    ("shape", "side", "extent"),
    [
        ((10, 10), None, (0, 1, 0, 1)),
        ((20, 10), None, (0.25, 0.75, 0, 1)),
        ((10, 40), None, (0, 1, 0.375, 0.625)),
        ((20, 14), 28, (0.25, 0.75, 1 / 7, 6 / 7)),
    ],
)
def test_a_picture_keeps_its_ratio_in_the_middle(shape, side, extent):
    picture = figures.GrayPicture(axes())
    values = np.linspace(0, 1, np.prod(shape)).reshape(shape)
    picture.show(values, side)
    (image,) = picture.artists
    np.testing.assert_array_equal(image.get_array(), values)
    wanted = 0.5 + (np.array(extent) - 0.5) / 1.04
    np.testing.assert_allclose(image.get_extent(), wanted)


def test_a_wide_picture_in_wide_axes():
    picture = figures.GrayPicture(axes(), ratio=0.5)
    picture.show(np.zeros((10, 20)))
    left, right, bottom, top = picture.artists[0].get_extent()
    assert (right - left) / (top - bottom) == pytest.approx(2)
    assert (bottom + top) / 2 == pytest.approx(0.25)


def test_outputs_mark_the_winner_and_the_next():
    bars = figures.OutputBars(axes())
    outputs = np.array([0.01, 0.2, 0, 0, 0.93, 0, 0, 0, 0, 0])
    bars.show(outputs)
    rectangles, words = bars.artists[:10], bars.artists[10:]
    assert [bar.get_height() for bar in rectangles] == pytest.approx(outputs)
    colors = [to_hex(bar.get_facecolor()).upper() for bar in rectangles]
    assert (colors[4], colors[1]) == (figures.BLUE, figures.ORANGE)
    assert colors.count(figures.PALE) == 8
    assert [word.get_text() for word in words] == ["0.93", "next"]
    assert [word.get_position()[0] for word in words] == [4, 1]


def test_without_an_output_above_a_half_no_bar_is_blue():
    bars = figures.OutputBars(axes())
    bars.show(np.full(10, 0.3))
    assert figures.BLUE not in [to_hex(bar.get_facecolor()).upper() for bar in bars.artists[:10]]
    bars.show(np.zeros(10))
    assert [word.get_text() for word in bars.artists[10:]] == ["", ""]


def test_tiles_stand_in_rows_with_words_and_frames():
    tiles = figures.Tiles(axes(), 2, 3, side=4, words=0.5)
    pictures = [np.full((4, 4), n / 10) for n in range(1, 6)]
    tiles.show(pictures, ["a", "b", "c", "d", "e"], [None, figures.RED])
    image, frames, *words = tiles.artists
    canvas = image.get_array()
    assert canvas.shape == (2 * 6, 3 * 5)
    assert [canvas[1, 5 * n + 2] for n in range(3)] == pytest.approx([0.1, 0.2, 0.3])
    assert [canvas[7, 5 * n + 2] for n in range(3)] == pytest.approx([0.4, 0.5, 0])
    assert [text.get_text() for text in words] == ["a", "b", "c", "d", "e", ""]
    assert words[1].get_color() == figures.RED
    assert len(frames.get_segments()) == 5
    tiles.show([])
    assert not image.get_array().any()
    assert not frames.get_segments()
    assert {text.get_text() for text in words} == {""}


def sheet():
    """Two bars of ink on an empty sheet."""
    ink = np.zeros((100, 300), np.float32)
    ink[20:80, 50:60] = ink[20:80, 200:210] = 1
    return ink


def test_a_sheet_shows_the_part_with_ink_boxes_and_cuts():
    drawn = figures.NumberSheet(axes(), 8, 2)
    box, cut = (20, 50, 80, 60), ((20, 120), (80, 130))
    drawn.show(sheet(), [cut], [cut], [box, (20, 200, 80, 210)], ["1", "7"])
    image, boxes, cuts, used, *words = drawn.artists
    assert image.get_array().shape == (64, 164)
    left, right, bottom, top = image.get_extent()
    assert (right - left) / (bottom - top) == pytest.approx(164 / 64)
    assert (top, bottom) == pytest.approx((0, 2))
    factor = 2 / 64
    corners = boxes.get_segments()[0]
    assert corners[0] == pytest.approx([left + 2 * factor, 2 * factor])
    assert corners[2] == pytest.approx([left + 12 * factor, 62 * factor])
    assert len(cuts.get_segments()) == len(used.get_segments()) == 1
    assert [text.get_text() for text in words[:3]] == ["1", "7", ""]
    assert words[0].get_position()[0] == pytest.approx(left + 7 * factor)


def test_an_empty_sheet_is_shown_whole():
    drawn = figures.NumberSheet(axes())
    drawn.show(np.zeros((40, 160)))
    assert drawn.artists[0].get_array().shape == (40, 160)


def test_accuracies_stand_over_their_bars():
    bars = figures.AccuracyBars(axes(), ["untreated", "treated"])
    bars.show([0.98, 0.5], None)
    heights = [bar.get_height() for bar in bars.artists[:4]]
    assert heights == pytest.approx([98, 50, 0, 0])
    assert [text.get_text() for text in bars.artists[4:]] == ["98.0", "50.0", "", ""]
    bars.show([0.98, 0.5], [0.2, 0.125])
    assert [text.get_text() for text in bars.artists[6:]] == ["20.0", "12.5"]


def test_counts_stand_over_their_bars():
    bars = figures.CountBars(axes())
    kept, right = np.arange(10), np.arange(10) // 2
    bars.show(kept, right)
    assert [bar.get_height() for bar in bars.artists[:10]] == kept.tolist()
    assert [bar.get_height() for bar in bars.artists[10:20]] == right.tolist()
    assert [text.get_text() for text in bars.artists[20:]] == [str(n) for n in kept]


@pytest.mark.parametrize(
    ("read", "label", "says"), [(3, 3, "3"), (3, 5, "3 ✗"), (-1, 5, "empty ✗")]
)
def test_an_answer_says_whether_it_is_wrong(read, label, says):
    assert figures.answer(read, label) == says


def test_joined_axes_take_the_places_of_others():
    top, bottom = axes(2, 4)
    figure = top[0].figure
    left, right = figures.joined(bottom, np.s_[1, :1], np.s_[1, 1:])
    figure.canvas.draw()
    assert len(figure.axes) == 6
    assert right.get_position().width > 2 * left.get_position().width
    assert not right.spines["top"].get_visible()
