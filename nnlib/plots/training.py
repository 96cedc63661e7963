"""How training went: accuracy, recall per digit, confusion matrix."""

import numpy as np

from nnlib.plots.look import (
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

    Returns the bars, which `update_recall_bars` can change.
    """
    digits = np.arange(len(recall))
    bars = ax.bar(digits, 0 * digits, color=SKY, edgecolor=BLACK, linewidth=0.8)
    ax.set(ylim=(0, 108), xlabel="digit", ylabel="recall (%)", xticks=digits)
    ax.set_yticks(range(0, 101, 20))
    for bar, digit in zip(bars, digits):
        bar.lost_mark = ax.text(digit, 2, "lost", ha="center", rotation=90, visible=False)
    update_recall_bars(bars, recall, lost)
    return bars


def update_recall_bars(bars, recall, lost=()):
    """Give bars that `recall_bars` made other heights and marks."""
    for digit, (bar, value) in enumerate(zip(bars, np.nan_to_num(np.asarray(recall, float)))):
        bar.set_height(100 * value)
        bar.lost_mark.set(y=100 * value + 2, visible=digit in lost)


def confusion_table(ax, confusion):
    """Confusion matrix (10, 10), rows true digits, columns answers; mistakes shaded and counted."""
    confusion = np.asarray(confusion)
    mistakes = confusion * (1 - np.eye(len(confusion)))
    image = ax.imshow(mistakes, cmap="Blues", vmin=0, vmax=1.6 * max(1, mistakes.max()))
    for row, column in np.ndindex(confusion.shape):
        right = row == column
        if confusion[row, column]:
            ax.text(
                column,
                row,
                confusion[row, column],
                ha="center",
                va="center",
                fontsize=10.5,
                fontweight="bold" if right else "normal",
            )
    ticks = np.arange(len(confusion))
    ax.set(xticks=ticks, yticks=ticks, xlabel="answer of the network", ylabel="true digit")
    return image
