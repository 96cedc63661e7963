"""What a sweep found: accuracy against one setting with its spread, and against two as a map."""

import numpy as np

from nnlib.plots.look import BLACK, BLUE, HEIGHT


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


def accuracy_map(ax, across, down, accuracies):
    """The median accuracy for each pair of two settings, written into a table shaded by it.

    across, down: the two settings of each run, (n,).  accuracies: in percent, (n,).
    Returns the medians, (different values of down, different values of across); NaN if no run.
    """
    across, down, accuracies = map(np.asarray, (across, down, accuracies))
    columns, rows = np.unique(across), np.unique(down)
    medians = np.full((len(rows), len(columns)), np.nan)
    for row, column in np.ndindex(medians.shape):
        runs = accuracies[(down == rows[row]) & (across == columns[column])]
        if len(runs):
            medians[row, column] = np.median(runs)
            text = f"{medians[row, column]:.1f}"
            ax.text(column, row, text, ha="center", va="center")
    ax.imshow(medians, cmap=HEIGHT, aspect="auto")
    ax.set_xticks(range(len(columns)), [f"{value:g}" for value in columns])
    ax.set_yticks(range(len(rows)), [f"{value:g}" for value in rows])
    return medians
