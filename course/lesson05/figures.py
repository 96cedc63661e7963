"""Digits with answers, epochs as rows of digits, and what the two labs draw."""

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
    answered_images,
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
    "answered_digits",
    "arrow",
    "figure",
    "legend_above",
    "mini_batch_rows",
    "miss_chart",
    "path_artists",
    "race_axes",
    "set_path",
]


COLUMNS = 10  # of digits with answers
PALE = "#D9D9D9"


def answered_digits(ax, images, answers, labels):
    """Images (n, 784) in rows of ten, each with the answer (n,) under it.

    A red frame says that the answer is not the label (n,). Returns how many have one.
    """
    wrong = np.asarray(answers) != np.asarray(labels)
    words, _ = answered_images(ax, images, COLUMNS)
    for word, shown, answer, is_wrong in zip(words, ax.images, answers, wrong):
        left, right, low, high = shown.get_extent()
        look = {"edgecolor": RED, "linewidth": 2.5} if is_wrong else {"edgecolor": PALE}
        ax.add_patch(Rectangle((left, low), right - left, high - low, fill=False, **look))
        word.set(text=answer, fontsize=12)
    return int(wrong.sum())


def arrow(ax, start, end):
    """A black arrow from start (2,) to end (2,); returns it."""
    look = {"arrowstyle": "-|>", "color": BLACK, "linewidth": 2.6, "mutation_scale": 20}
    return ax.annotate("", end, start, arrowprops=look | {"shrinkA": 0, "shrinkB": 0}, zorder=5)


def miss_chart(ax, sizes, single):
    """Axes for how far estimates are off, in percent of the full gradient's length, against m.

    sizes: the values of m, from 1.  single: how far a single image is off, in lengths of the full
    gradient; the line from there falls like 1/sqrt(m). Returns a line of dots, without dots yet.
    """
    m = np.array([sizes[0], sizes[-1]])
    ax.loglog(m, 100 * single / np.sqrt(m), color=GREY, linewidth=1.5)
    (dots,) = ax.plot([], [], "o", color=BLUE, ms=7)
    ax.text(0.97, 0.93, r"line: $1/\sqrt{m}$", ha="right", va="top", transform=ax.transAxes)
    ax.set(xlim=(0.7, 1.5 * m[1]), ylim=(0.008 * 100 * single, 150 * single), xlabel="m")
    ax.set_title("typical miss (% of the length)", loc="left", fontsize=11)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter("{x:g}")
    return dots


def race_axes(race, costs, n, same_answer):
    """Empty axes for right answers of n, and for costs, logarithmic, both against what was read.

    same_answer: a cost, at which a dashed line says that it is that of 0.1 at every output.
    """
    for ax in (race, costs):
        ax.clear()
        ax.tick_params(labelsize=LOOK["font.size"])
        ax.xaxis.get_major_locator().set_params(nbins=4)
    race.set(ylim=(0, 1.02 * n), yticks=[0, n // 2, n], ylabel=f"right answers of {n:,}")
    race.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    ticks = 0.02, 0.1, 0.5, 2
    costs.set(yscale="log", ylim=(0.015, 6), ylabel="full cost $C$ (log)")
    costs.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    costs.yaxis.minorticks_off()
    costs.axhline(same_answer, color=RED, linestyle="--", linewidth=1.5)
    costs.set_title(f"dashed: {same_answer}, 0.1 at every output", loc="left", fontsize=11)


def legend_above(fig, lines):
    """One legend over all axes, with these lines side by side, in the place of an earlier one."""
    for legend in fig.legends:
        legend.remove()
    where = {"loc": "outside upper left", "ncols": len(lines), "columnspacing": 1.6}
    fig.legend(handles=lines, fontsize=11, handlelength=2.4, **where)


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
