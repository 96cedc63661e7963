"""The signature says what stands on the axes, and is made of any figure that can be drawn."""

import json
from datetime import date

import numpy as np
import pytest
from matplotlib.patches import Rectangle

from course import figures


def signature(draw, **options):
    fig, ax = figures.figure(size=(3, 2), **options)
    draw(ax)
    fig.canvas.draw()
    return json.loads(json.dumps(figures.signature_of(fig)))


def only_artist(draw):
    (ax,) = signature(draw)["axes"]
    (artist,) = ax["artists"]
    return artist


def test_a_line_has_its_points_in_parts_of_the_axes():
    def draw(ax):
        ax.plot([0, 1], [10, 20], "--", color=figures.RED, label="cost")
        ax.set(xlim=(0, 2), ylim=(0, 20))

    line = only_artist(draw)
    assert line["kind"] == "Line2D"
    assert line["says"] == "cost"
    assert line["look"][:2] == [figures.RED.lower() + "ff", "--"]
    assert line["at"] == [2, 0, 0.5, 0.5, 1]


def test_words_scales_limits_and_legend():
    def draw(ax):
        ax.plot([1, 10], [1, 2], label="a curve")
        ax.set(title="T", xlabel="epoch", xscale="log", xlim=(1, 10), ylim=(0, 4))
        ax.legend()

    (ax,) = signature(draw)["axes"]
    assert (ax["title"], ax["x"]["label"], ax["x"]["scale"]) == ("T", "epoch", "log")
    assert (ax["x"]["limits"], ax["y"]["limits"]) == ([1, 10], [0, 4])
    assert [words for words, *_ in ax["legend"]] == ["a curve"]


def test_a_bar_is_four_numbers_and_a_text_is_two():
    def bar(ax):
        ax.add_patch(Rectangle((1, 1), 2, 1))
        ax.set(xlim=(0, 4), ylim=(0, 4))

    assert only_artist(bar)["at"] == [0.25, 0.25, 0.75, 0.5]
    text = only_artist(lambda ax: ax.text(0.5, 0.25, "here"))
    assert (text["says"], text["at"]) == ("here", [0.5, 0.25])


def test_an_image_is_the_brightness_of_rows_and_columns():
    image = np.zeros((4, 4))
    image[0] = 1
    shades = only_artist(lambda ax: ax.imshow(image, cmap="gray"))["at"][:8]
    assert shades == [1, 0, 0, 0, 0.25, 0.25, 0.25, 0.25]


def test_a_check_tells_what_the_other_numbers_round_away():
    first, second = (signature(lambda ax, y=y: ax.plot([0, y, 1])) for y in (0.5, 0.5004))
    assert first["axes"][0]["artists"] == second["axes"][0]["artists"]
    assert first["axes"][0]["check"] != second["axes"][0]["check"]


NOTHING = [
    lambda ax: ax.plot([], []),
    lambda ax: ax.scatter([], []),
    lambda ax: ax.text(np.nan, 0, "nowhere"),
    lambda ax: ax.bar([np.nan], [1]),
    lambda ax: ax.plot([np.nan, np.nan], [1, 2]),
    lambda ax: ax.imshow(np.full((2, 2), np.nan)),
    lambda ax: ax.plot([date(2026, 1, 1), date(2026, 1, 2)], [1, 2]),
    lambda ax: ax.axline((0, 0), slope=1),
    lambda ax: ax.hist([1, 2, 2], histtype="step"),
    lambda ax: ax.errorbar([1, 2], [1, 2], yerr=0.5, fmt="o"),
    lambda ax: ax.pie([1, 2], labels="ab"),
    lambda ax: ax.inset_axes((0.5, 0.5, 0.4, 0.4)).plot([1, 2]),
    lambda ax: ax.figure.suptitle("above"),
    lambda ax: ax.figure.colorbar(ax.imshow(np.eye(3))),
    lambda ax: ax.set_axis_off(),
]


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("draw", NOTHING)
def test_any_figure_has_a_signature(draw):
    assert signature(draw).keys() == {"axes", "artists", "check"}


def test_so_has_one_with_a_third_axis():
    sides = {"subplot_kw": {"projection": "3d"}}
    found = signature(lambda ax: ax.plot([0, 1], [0, 1], [0, 1]), **sides)
    assert found["axes"][0]["artists"][0]["kind"] == "Line3D"
