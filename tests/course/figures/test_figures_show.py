"""The shared drawings, read off their artists: palette, ink, tables, paths, curves."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course import figures
from tests.course.live import reading_figures as palette
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    RED,
    WHITE,
    color_of,
    curves_of,
    ink,
    legend_of,
    named,
    recall_shown,
    scaled,
    seen,
    sign_of,
    texts_of,
)

NAMES = ["BLUE", "ORANGE", "GREEN", "RED", "SKY", "PURPLE", "YELLOW", "BLACK", "GREY"]


@pytest.mark.parametrize("name", NAMES)
def test_a_color_is_what_its_name_says(name):
    assert to_hex(getattr(figures, name)) == getattr(palette, name)


def test_signs_are_blue_above_zero_and_red_below():
    values = np.array([-1, -0.5, 0, 0.25, 1])
    shares = sign_of(figures.SIGNED((values + 1) / 2))
    assert shares == pytest.approx(values, abs=0.01)


@pytest.mark.parametrize("name", ["HEIGHT", "ACTIVATION"])
def test_low_is_light_and_high_is_blue(name):
    low, high = getattr(figures, name)([0.0, 1.0])
    assert (to_hex(low), to_hex(high)) == (WHITE, palette.SKY)


IMAGES = np.linspace(0, 1, 3 * 784).reshape(3, 784) ** 2


def test_digits_are_dark_ink_the_first_row_at_the_top():
    _, axes = figures.figure(1, 3)
    figures.image_grid(axes, IMAGES, ["one", "two", "three"])
    for ax, image, title in zip(axes, IMAGES, ["one", "two", "three"]):
        np.testing.assert_allclose(ink(ax.images[0]), image.reshape(28, 28), atol=0.004)
        assert named(ax)[0] == [title]
        assert not ax.axison


def test_answered_images_stand_in_rows():
    _, ax = figures.figure()
    figures.answered_images(ax, IMAGES, 2)
    corners = [image.get_extent()[::2] for image in ax.images]  # left, lower side
    assert corners == [[1, 27], [29, 27], [1, 67]]
    for picture, image in zip(ax.images, IMAGES):
        np.testing.assert_allclose(ink(picture), image.reshape(28, 28), atol=0.004)


def test_weights_are_blue_above_zero_and_red_below():
    weights = IMAGES - [[0.2], [0.5], [0.9]]
    _, axes = figures.figure(1, 3)
    figures.weight_grid(axes, weights)
    for ax, w in zip(axes, weights):
        shown = sign_of(seen(ax.images[0])) * abs(weights).max()
        np.testing.assert_allclose(shown, w.reshape(28, 28), atol=0.01)


def test_true_digits_are_rows_and_answers_columns():
    confusion = np.zeros((10, 10), int)
    confusion[2, 7], confusion[7, 2], confusion[3, 3], confusion[5, 0] = 8, 3, 40, 1
    _, ax = figures.figure()
    figures.confusion_table(ax, confusion)
    counts = {tuple(map(int, place)): words for words, place in texts_of(ax).items()}
    assert counts == {(7, 2): "8", (2, 7): "3", (3, 3): "40", (0, 5): "1"}  # (column, row)
    assert named(ax) == ([], "answer of the network", "true digit")
    light = seen(ax.images[0]).sum(axis=2)  # row 0 at the top
    order = [light[place] for place in ((2, 7), (7, 2), (5, 0), (3, 3))]
    assert order == sorted(order)
    assert light[3, 3] == light.max()
    bold = {text.get_text() for text in ax.texts if text.get_weight() == "bold"}
    assert bold == {"40"}
    assert ax.yaxis_inverted()


def test_recall_is_told_digit_by_digit():
    _, ax = figures.figure()
    recall = np.linspace(0.05, 0.95, 10)
    figures.recall_bars(ax, recall, [0, 3])
    heights, marks = recall_shown(ax)
    assert heights == pytest.approx({digit: 100 * share for digit, share in enumerate(recall)})
    assert marks == pytest.approx({0: 7, 3: 37})
    assert (named(ax), scaled(ax)[3]) == (([], "digit", "recall (%)"), (0, 108))


def test_accuracy_is_in_percent_from_epoch_1():
    _, ax = figures.figure()
    figures.accuracy_curve(figures.accuracy_axes(ax, 7, lowest=20), [0.5, 0.75, 0.8])
    ((color, mark, points),) = curves_of(ax)
    assert (color, mark, points.tolist()) == (BLUE, "o", [[1, 50], [2, 75], [3, 80]])
    assert named(ax) == ([], "epoch", "accuracy (%)")
    assert scaled(ax) == ("linear", "linear", (0.5, 7.5), (20, 100))


def test_a_path_has_a_start_and_an_end_in_its_legend():
    _, ax = figures.figure()
    artists = figures.path_artists(ax)
    points = np.array([[0.0, 1, 3], [5, 4, 2]])
    figures.set_path(artists, points[:, :2], points)
    line, dots, _, _ = artists
    assert line.get_xydata().tolist() == [[0, 5], [1, 4]]
    assert dots.get_xydata().tolist() == [[0, 5], [1, 4], [3, 2]]
    assert [color_of(one) for one in (line, dots)] == [RED, RED]
    ax.legend(handles=artists[2:])
    found = {words: one for words, (one,) in legend_of(ax).items()}
    shown = {words: (color_of(one), one.get_xydata().tolist()) for words, one in found.items()}
    assert shown == {"start": (WHITE, [[0, 5]]), "end": (BLACK, [[3, 2]])}
    orders = [artist.get_zorder() for artist in artists]
    assert orders == sorted(orders)


def test_a_cost_is_drawn_over_its_variable():
    _, ax = figures.figure()
    v = np.linspace(-1, 2, 7)
    figures.cost_curve(ax, v, v**3 - v, "v^3 - v")
    ((color, _, points),) = curves_of(ax)
    assert color == BLUE
    np.testing.assert_allclose(points, np.transpose([v, v**3 - v]))
    assert named(ax) == ([], "$v$", "$C(v) = v^3 - v$")
    assert scaled(ax)[:3] == ("linear", "linear", (-1, 2))
