"""Costs as curves, maps and surfaces, with paths over them."""

import numpy as np

from course.figures.look import (
    BLACK,
    BLUE,
    RED,
)


def path_artists(ax):
    """Empty artists for a path on 2-D or 3-D axes: its line, its points, its start, its end.

    The start is a white circle, the end a black square; `set_path` fills them.
    """
    nowhere = [[]] * (3 if ax.name == "3d" else 2)
    (line,) = ax.plot(*nowhere, color=RED, lw=1.8, zorder=10)
    (points,) = ax.plot(*nowhere, "o", color=RED, ms=4, mec=BLACK, mew=0.5, zorder=11)
    (start,) = ax.plot(*nowhere, "o", color="white", ms=9, mec=BLACK, mew=1.6, zorder=12)
    (end,) = ax.plot(*nowhere, "s", color=BLACK, ms=7, zorder=13)
    start.set_label("start")
    end.set_label("end")
    return [line, points, start, end]


def set_path(artists, way, points):
    """Draw the artists of `path_artists`: `way` (2 or 3, k) is the line, `points` (2 or 3, n)."""
    for artist, data in zip(artists, (way, points, points[:, :1], points[:, -1:])):
        if len(data) == 3:
            artist.set_data_3d(*data)
        else:
            artist.set_data(*data)


def cost_curve(ax, v, costs, formula):
    """The curve of a cost C, written as LaTeX in `formula`, over one variable; v, costs: (n,)."""
    (line,) = ax.plot(v, costs, color=BLUE)
    margin = 0.12 * np.ptp(costs)
    ax.set(xlabel="$v$", ylabel=f"$C(v) = {formula}$", xlim=(v[0], v[-1]))
    ax.set_ylim(np.min(costs) - margin, np.max(costs) + margin)
    return line
