"""A confusion matrix as a table."""

import numpy as np


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
