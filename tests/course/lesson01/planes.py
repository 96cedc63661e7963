"""What the planes of lesson 01 show, read off their artists, against plain Python."""

import numpy as np
import pytest

from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    ORANGE,
    SKY,
    WHITE,
    color_of,
    curves_of,
)

CORNERS = [(0, 0), (0, 1), (1, 0), (1, 1)]
WANTED = {
    "AND": lambda x1, x2: int(x1 + x2 == 2),
    "OR": lambda x1, x2: int(x1 + x2 > 0),
    "NAND": lambda x1, x2: int(x1 + x2 < 2),
    "XOR": lambda x1, x2: int(x1 + x2 == 1),
}


def answer(w1, w2, b, corner):
    return int(w1 * corner[0] + w2 * corner[1] + b > 0)


def minus(number):
    return f"{number:g}".replace("-", "\N{MINUS SIGN}")


def marks_of(ax, mark):
    """Color and places of the lines of an Axes with this mark, those without points left out."""
    return [
        (color, sorted(map(tuple, places.round(9).tolist())))
        for color, one, places in curves_of(ax)
        if one == mark
    ]


def lines_of(ax):
    """The lines of an Axes that are no marks."""
    return [line for line in ax.lines if line.get_linestyle() != "None"]


def check_plane(ax, w1, w2, b, color=SKY):
    """The line is where w . x + b is 0, the tinted side where it is above; else words say why."""
    (region, *_), (drawn, *_) = ax.patches, lines_of(ax)
    z = np.array([[-0.5, -0.5], [-0.5, 1.5], [1.5, -0.5], [1.5, 1.5]]) @ [w1, w2] + b
    line = drawn.get_xydata()
    assert len(line) == (2 if w1 or w2 else 0)
    assert line @ [w1, w2] + b == pytest.approx(0, abs=1e-9)
    inside = region.get_path().contains_points([(0.31, 0.17), (0.9, 0.05), (0.2, 0.83)])
    points = [0.31 * w1 + 0.17 * w2 + b, 0.9 * w1 + 0.05 * w2 + b, 0.2 * w1 + 0.83 * w2 + b]
    assert inside.tolist() == [one > 0 for one in points]
    assert color_of(region) == color
    words = "" if z.min() < 0 < z.max() else "line out of view"
    return words if w1 or w2 else "no line, both weights are 0"


def check_bits(ax, outputs, places=CORNERS):
    """Ones are blue circles, zeros orange squares, each with its digit."""
    for value, mark, color, ink in ((1, "o", BLUE, WHITE), (0, "s", ORANGE, BLACK)):
        here = sorted(place for place, output in zip(places, outputs) if output == value)
        filled = [one for one in marks_of(ax, mark) if one[0] == color]
        assert filled == ([(color, here)] if here else [])
        assert marks_of(ax, f"${value}$") == ([(ink, here)] if here else [])
