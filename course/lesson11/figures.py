"""What lesson 11 draws: maps of a convolution, and what each habit buys."""

import numpy as np
from matplotlib.patches import Rectangle

from course.figures import (
    BLACK,
    BLUE,
    GREY,
    LOOK,
    ORANGE,
    RED,
    SIGNED,
    Picture,
    accuracy_axes,
    accuracy_curve,
    figure,
    image_grid,
    in_percent,
    recall_bars,
    update_recall_bars,
    weight_grid,
)
from nnlib.neurons import sigmoid

__all__ = [
    "BLUE",
    "GREY",
    "LOOK",
    "ORANGE",
    "Picture",
    "RED",
    "SIGNED",
    "accuracy_axes",
    "accuracy_curve",
    "figure",
    "frame",
    "habits_chart",
    "image_grid",
    "in_percent",
    "map_tiling",
    "recall_bars",
    "tile_corner",
    "tiled",
    "two_neurons",
    "update_recall_bars",
    "weight_grid",
]


GAP = 1  # pixels between two maps


def frame(ax, side):
    """The outline of a square of `side` pixels on the image of these Axes; `set_xy` moves it."""
    outline = Rectangle((-0.5, -0.5), side, side, fill=False, ec=RED, linewidth=2.5)
    return ax.add_patch(outline)


def map_tiling(n):
    """(rows, columns) in which n maps stand, nearly a square."""
    columns = int(np.ceil(np.sqrt(n)))
    return int(np.ceil(n / columns)), columns


def tiled(maps, tiling):
    """Maps (n, side, side) as one picture in rows and columns, NaN between them."""
    rows, columns = tiling
    side = maps.shape[1] + GAP
    picture = np.full((rows * side, columns * side), np.nan)
    for k, one in enumerate(maps):
        top, left = k // columns * side, k % columns * side
        picture[top : top + side - GAP, left : left + side - GAP] = one
    return picture[:-GAP, :-GAP]


def tile_corner(k, tiling, side):
    """Where map k begins in the picture of `tiled`, x and y of its upper left corner."""
    row, column = divmod(k, tiling[1])
    return column * (side + GAP) - 0.5, row * (side + GAP) - 0.5


def two_neurons(left, right):
    """A sigmoid and a rectified neuron against z on `left`, their slopes on `right`."""
    z = np.linspace(-4, 4, 401)
    a = sigmoid(z)
    on = z > 0
    for ax, smooth, bent in ((left, a, np.maximum(z, 0)), (right, a * (1 - a), np.where(on, 1, 0))):
        ax.plot(z, smooth, color=BLUE, linewidth=2.5, label="sigmoid")
        for part in (~on, on):  # the slope jumps at 0
            ax.plot(z[part], bent[part], color=ORANGE, linestyle="--", linewidth=2.5)
        ax.set_xlabel("z")
    left.plot([], [], color=ORANGE, linestyle="--", linewidth=2.5, label="rectified")
    left.legend(loc="upper left")
    left.set(ylim=(-0.1, 2.1), ylabel="activation")
    right.set(ylim=(-0.05, 1.1), ylabel="slope")


LEFT_EDGE = 84  # percent; what is worse is told in words


def habits_chart(ax, rows):
    """Accuracies of the seeds of each row as dots, the median as a line; one row under the other.

    rows: pairs (words, percents).  Rows that lie left of the axis are told in words.
    """
    for place, (_, percents) in enumerate(rows):
        middle = np.median(percents)
        if middle < LEFT_EDGE:
            said = f"◀ {min(percents):.0f} to {max(percents):.0f} %"
            ax.text(LEFT_EDGE + 0.2, place, said, va="center", ha="left", color=RED)
            continue
        shown = [percent for percent in percents if percent >= LEFT_EDGE]
        ax.plot(shown, [place] * len(shown), "o", color=BLUE, ms=5, alpha=0.6)
        ax.plot([middle, middle], [place - 0.32, place + 0.32], color=BLACK, linewidth=2.5)
    ax.set(yticks=range(len(rows)), yticklabels=[words for words, _ in rows])
    ax.set(xlim=(LEFT_EDGE, 100), ylim=(len(rows) - 0.5, -0.5))
    ax.set_xlabel("accuracy on the test images (%)")
    ax.grid(axis="x", color="#DDDDDD", linewidth=0.8)
