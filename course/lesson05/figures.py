"""Epochs as rows of digits, cut into mini-batches."""

import numpy as np
from matplotlib.patches import Rectangle

from course.figures import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LOOK,
    ORANGE,
    RED,
    SKY,
    YELLOW,
    Picture,
    figure,
    path_artists,
    set_path,
)

__all__ = [
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "LOOK",
    "ORANGE",
    "Picture",
    "RED",
    "SKY",
    "YELLOW",
    "figure",
    "mini_batch_rows",
    "path_artists",
    "set_path",
]


def mini_batch_rows(ax, images, orders, m):
    """Epochs as rows of digits: images (n, 784) in each of the orders, cut into mini-batches of m.

    orders: (epochs, n), each row a permutation of 0 to n - 1. Every image keeps its number, #1 to
    #n; a frame and a label name each mini-batch. Returns the numbers of the images in each
    mini-batch, a list for each epoch.
    """
    orders = np.asarray(orders)
    n = orders.shape[1]
    for epoch, order in enumerate(orders):
        top = -1.9 * epoch
        ax.text(-0.3, top - 0.5, f"epoch {epoch + 1}", ha="right", va="center", weight="bold")
        for batch, start in enumerate(range(0, n, m)):
            _mini_batch(ax, images, order[start : start + m], batch + 1, (start + 0.5 * batch, top))
    ax.set(xlim=(-2, n + (n - 1) // m / 2 + 0.4), ylim=(top - 1.5, 0.6), aspect="equal")
    ax.set_axis_off()
    return [[(order[k : k + m] + 1).tolist() for k in range(0, n, m)] for order in orders]


def _mini_batch(ax, images, batch, number, corner):
    """One mini-batch: its digits side by side in a frame, from the corner at the upper left."""
    left, top = corner
    for x, k in zip(left + np.arange(len(batch)), batch):
        extent = (x + 0.03, x + 0.97, top - 0.97, top - 0.03)
        ax.imshow(np.reshape(images[k], (28, 28)), cmap="gray_r", vmin=0, vmax=1, extent=extent)
        ax.text(x + 0.5, top + 0.1, f"#{k + 1}", ha="center", va="bottom")
    width = len(batch)
    frame = Rectangle((left, top - 1), width, 1, fill=False, edgecolor=BLUE, linewidth=2)
    ax.add_patch(frame)
    name = f"mini-batch {number}"
    ax.text(left + width / 2, top - 1.12, name, ha="center", va="top", color=BLUE)
