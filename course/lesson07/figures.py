"""Accuracies side by side: of answers, of runs, of settings."""

import numpy as np

from course.figures import (
    ACTIVATION,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    PURPLE,
    RED,
    SKY,
    Picture,
    accuracy_axes,
    accuracy_curve,
    confusion_table,
    figure,
    image_grid,
    in_percent,
    recall_bars,
    update_recall_bars,
    weight_grid,
)

__all__ = [
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "PURPLE",
    "Picture",
    "RED",
    "SKY",
    "accuracy_against",
    "accuracy_axes",
    "accuracy_bars",
    "accuracy_curve",
    "answer_table",
    "confusion_table",
    "figure",
    "image_grid",
    "in_percent",
    "ledger_chart",
    "likeness_of_neighbors",
    "recall_bars",
    "update_recall_bars",
    "weight_grid",
    "weight_pictures",
]


def accuracy_bars(ax, names, accuracies, marked=()):
    """Accuracies (fractions) as lying bars, the first on top, with names and percents.

    marked: names of the bars that stand out.  Returns the bars.
    """
    colors = [BLUE if name in marked else SKY for name in names]
    percents = 100 * np.asarray(accuracies, dtype=float)
    bars = ax.barh(np.arange(len(names)), percents, color=colors, edgecolor=BLACK, linewidth=0.8)
    labels = ax.bar_label(bars, [f"{percent:.1f}" for percent in percents], padding=4)
    for name, label in zip(names, labels):
        label.set_fontweight("bold" if name in marked else "normal")
    ax.set(xlim=(0, 110), xlabel="accuracy (%)", yticks=range(len(names)), yticklabels=names)
    ax.set_xticks(range(0, 101, 20))
    ax.invert_yaxis()
    return bars


def ledger_chart(ax, names, runs, lost, published):
    """Accuracies of our runs beside the published ones, one row a network, the first on top.

    names: one a row.  runs: for each row the accuracies in percent, a sequence.  lost: for each
    row and run whether it lost a digit.  published: for each row the published percents, or none.
    Returns three lines: runs that kept all digits, runs that lost one, published values.
    """
    kept_runs, lost_runs = [], []
    for row, (accuracies, losers) in enumerate(zip(runs, lost)):
        for accuracy, loser in zip(accuracies, losers):
            (lost_runs if loser else kept_runs).append((accuracy, row))
    values = [(value, row) for row, row_values in enumerate(published) for value in row_values]
    looks = (
        (kept_runs, "o", {"mfc": "none", "mec": BLUE, "mew": 1.6, "label": "run, no digit lost"}),
        (lost_runs, "x", {"mec": RED, "mew": 1.8, "label": "run, a digit lost"}),
        (values, "|", {"ms": 18, "mec": BLACK, "mew": 2.4, "label": "published"}),
    )
    ax.set(xlim=(0, 101), xlabel="accuracy on the test images (%)")
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.grid(axis="both", color="#DDDDDD", linewidth=0.8)
    ax.set_axisbelow(True)
    return [_dots(ax, points, marker, **look) for points, marker, look in looks]


def _dots(ax, points, marker, **look):
    """Points (x, y) as marks without a line; there may be none."""
    x, y = np.reshape(points, (-1, 2)).T
    return ax.plot(x, y, marker, **{"ms": 8} | look)[0]


def answer_table(ax, names, shares):
    """How often each network gives each answer: shares (networks, 10) of all images, shaded.

    names: one a network, written at its row.  A share above a half is also written, in percent.
    """
    shares = np.asarray(shares, dtype=float)
    image = ax.imshow(shares, cmap=ACTIVATION, vmin=0, vmax=1, aspect="auto")
    for row, digit in zip(*np.nonzero(shares > 0.5)):
        percent = np.floor(100 * shares[row, digit])  # 100 means all of them
        ax.text(digit, row, f"{percent:.0f} %", ha="center", va="center", fontsize=10.5)
    ax.set(xticks=range(shares.shape[1]), xlabel="answer of the network")
    ax.set_yticks(range(len(names)), names)
    return image


def accuracy_against(ax, values, accuracies, logarithmic=True):
    """One dot a run, and a line through the median of the runs with the same value.

    values: the setting of each run, (n,).  accuracies: in percent, (n,).
    Returns (different values, their medians).
    """
    values, accuracies = np.asarray(values), np.asarray(accuracies, float)
    different = np.unique(values)
    medians = np.array([np.median(accuracies[values == value]) for value in different])
    ax.plot(values, accuracies, "o", ms=7, mfc="none", mec=BLACK, mew=1.3, label="one run")
    ax.plot(different, medians, color=BLUE, label="median")
    if logarithmic:
        ax.set_xscale("log")
    ax.set_ylabel("accuracy (%)")
    ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    return different, medians


def weight_pictures(weights, what):
    """First-layer weights (30, 784) as numbered pictures of 28 by 28 pixels.

    what: begin of the sentence that says what is shown.  Returns (figure, sentence), which
    `Picture` takes.  The strongest hundredth of the weights shares the darkest color.
    """
    fig, axes = figure(3, 10, size=(9.4, 3.7))
    limit = np.quantile(np.abs(weights), 0.99)
    weight_grid(axes, weights.clip(-limit, limit))
    for number, ax in enumerate(axes.flat):
        ax.set_title(number)
    look = "random speckle" if likeness_of_neighbors(weights) < 0.45 else "patches"
    return fig, f"{what}, as pictures of 28 by 28 pixels: {look} of blue and red."


def likeness_of_neighbors(weights):
    """Correlation of each pixel's weight with the one to its right, for weights (n, 784).

    It is near 0 for speckle, near 1 for smooth patches.
    """
    pictures = np.reshape(weights, (-1, 28, 28))
    return np.corrcoef(pictures[:, :, 1:].ravel(), pictures[:, :, :-1].ravel())[0, 1]
