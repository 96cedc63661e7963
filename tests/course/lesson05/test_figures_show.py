"""The drawings of lesson 05, read off their artists: answers, frames, mini-batches, axes."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson05 import figures
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREY,
    PALE,
    RED,
    color_of,
    curves_of,
    ink,
    named,
    scaled,
    ticks_of,
)

IMAGES = np.linspace(0, 1, 12 * 784).reshape(12, 784) ** 2


def test_a_red_frame_is_around_each_wrong_answer():
    answers, labels = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], [3, 1, 4, 7, 5, 9, 2, 6, 5, 3, 0, 8]
    _, ax = figures.figure()
    assert figures.answered_digits(ax, IMAGES, answers, labels) == 2
    frames = {(f.get_x(), min(f.get_y(), f.get_y() + f.get_height())): f for f in ax.patches}
    rows = zip(ax.images, ax.texts, IMAGES, answers, labels, strict=True)
    for n, (picture, word, image, answer, label) in enumerate(rows):
        left, right, foot, top = picture.get_extent()
        assert (left, top) == (28 * (n % 10) + 1, 40 * (n // 10) + 1)
        np.testing.assert_allclose(ink(picture), image.reshape(28, 28), atol=0.004)
        assert color_of(frames[left, top]) == (PALE if answer == label else RED)
        assert word.get_text() == str(answer)
        assert left < word.get_position()[0] < right
        assert foot < word.get_position()[1] < foot + 13


def test_mini_batches_are_cut_from_each_order():
    orders = [[3, 0, 4, 1, 2], [1, 2, 0, 4, 3]]
    _, ax = figures.figure()
    numbers = figures.mini_batch_rows(ax, IMAGES[:5], orders, 2)
    assert numbers == [[[4, 1], [5, 2], [3]], [[2, 3], [1, 5], [4]]]
    words = [(text.get_text(), *text.get_position()) for text in ax.texts]
    tops = {words: y for words, _, y in words if words.startswith("epoch")}
    assert tops == {"epoch 1": -0.5, "epoch 2": pytest.approx(-2.4)}
    shown = [ax.images[k : k + 5] for k in (0, 5)]
    for order, pictures in zip(orders, shown):
        for k, picture in zip(order, pictures):
            image = IMAGES[k].reshape(28, 28)
            np.testing.assert_allclose(ink(picture), image, atol=0.004)
            left, right, foot, top = picture.get_extent()
            names = [name for name, x, y in words if left < x < right and top < y < top + 0.2]
            assert names == [f"#{k + 1}"]
    widths = [frame.get_width() for frame in ax.patches]
    assert widths == [2, 2, 1] * 2
    batches = [name for name, _, _ in words if name.startswith("mini-batch")]
    assert batches == ["mini-batch 1", "mini-batch 2", "mini-batch 3"] * 2
    assert {to_hex(frame.get_edgecolor()) for frame in ax.patches} == {BLUE}


def test_misses_fall_on_two_logarithmic_axes():
    _, ax = figures.figure()
    dots = figures.miss_chart(ax, [1, 10, 1000], 2.5)
    dots.set_data([1, 10], [200, 70])
    drawn = {(color, mark): points.tolist() for color, mark, points in curves_of(ax)}
    assert drawn[BLUE, "o"] == [[1, 200], [10, 70]]
    assert drawn[GREY, None] == [[1, 250], [1000, pytest.approx(250 / 1000**0.5)]]
    assert scaled(ax)[:2] == ("log", "log")
    assert named(ax) == (["typical miss (% of the length)"], "m", "")


def test_the_two_axes_of_a_race():
    _, (race, costs) = figures.figure(1, 2)
    figures.race_axes(race, costs, 500, 0.45)
    assert named(race) == ([], "", "right answers of 500")
    assert ticks_of(race.yaxis) == {0: "0", 250: "250", 500: "500"}
    assert (race.get_yscale(), costs.get_yscale()) == ("linear", "log")
    ((color, _, line),) = curves_of(costs)
    assert (color, line[:, 1].tolist()) == (RED, [0.45, 0.45])
    assert named(costs) == (["dashed: 0.45, 0.1 at every output"], "", "full cost $C$ (log)")
    assert costs.get_xscale() == "linear"


def test_an_arrow_points_to_its_end():
    _, ax = figures.figure()
    drawn = figures.arrow(ax, (0, 1), (2, 5))
    assert (drawn.get_position(), drawn.xy) == ((0, 1), (2, 5))
    assert type(drawn.arrow_patch.get_arrowstyle()).__name__ == "CurveFilledB"  # a head at the end
    assert color_of(drawn.arrow_patch) == BLACK


def test_one_legend_names_the_lines_that_are_there():
    fig, ax = figures.figure()
    lines = [ax.plot([0, k], [1, 2], color=c, label=f"{k}")[0] for k, c in enumerate("rgb")]
    figures.legend_above(fig, lines)
    figures.legend_above(fig, lines[::2])
    (legend,) = fig.legends
    keys = zip(legend.get_texts(), legend.legend_handles, strict=True)
    assert [(t.get_text(), color_of(k)) for t, k in keys] == [("0", "#ff0000"), ("2", "#0000ff")]
