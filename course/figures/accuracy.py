"""How training went: accuracy, recall per digit, confusion matrix."""

import numpy as np
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from course.figures.look import (
    BLACK,
    BLUE,
    SKY,
)


def accuracy_axes(ax, epochs, lowest=0):
    """Axes for accuracy from `lowest` to 100 percent against epochs 1 to `epochs`."""
    ax.set(xlim=(0.5, epochs + 0.5), ylim=(lowest, 100), xlabel="epoch", ylabel="accuracy (%)")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    return ax


def accuracy_curve(ax, accuracies, **style):
    """Accuracies (fractions from 0 to 1), one an epoch, as a line in percent."""
    (line,) = ax.plot(*in_percent(accuracies), **{"color": BLUE, "marker": "o", "ms": 4} | style)
    return line


def in_percent(accuracies):
    """Epochs 1, 2, ... and the accuracies (fractions) in percent: the data of a curve."""
    return np.arange(1, len(accuracies) + 1), 100 * np.asarray(accuracies, dtype=float)


def recall_bars(ax, recall, lost=()):
    """Recall of each digit, ten fractions, as bars in percent; lost digits are marked "lost".

    Returns (bars, marks), two artists that `update_recall_bars` changes: one for all bars and one
    for all marks, because a live picture draws two artists sooner than twenty.
    """
    digits = np.arange(len(recall))
    sides = np.stack([digits - 0.4, digits + 0.4], axis=1).ravel()
    heights = np.zeros(len(sides) - 1)
    bars = ax.stairs(heights, sides, fill=True, fc=SKY, ec=BLACK, linewidth=0.8)
    word = TextPath((0, 0), "lost", size=ax.xaxis.label.get_size())
    across = word.get_extents().height
    mark = Affine2D().rotate_deg(90).translate(across / 2, 0).transform_path(word)
    natural_size = 2 * np.abs(mark.vertices).max()  # plot makes every marker as large as it says
    (marks,) = ax.plot([], [], linestyle="", marker=mark, ms=natural_size, mew=0, color=BLACK)
    ax.set(xlim=(-0.9, len(recall) - 0.1), ylim=(0, 108), xlabel="digit", ylabel="recall (%)")
    ax.set(xticks=digits, yticks=range(0, 101, 20))
    update_recall_bars((bars, marks), recall, lost)
    return bars, marks


def update_recall_bars(bars_and_marks, recall, lost=()):
    """Give what `recall_bars` made other heights and marks."""
    bars, marks = bars_and_marks
    percent = 100 * np.nan_to_num(np.asarray(recall, float))
    with_gaps = np.full(2 * len(percent) - 1, np.nan)
    with_gaps[::2] = percent
    bars.set_data(with_gaps)
    marks.set_data(lost, percent[list(lost)] + 2)
