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


def drape(function, points, per_step=12):
    """The straight steps between points (steps + 1, 2), laid on the surface of the cost.

    Only what lies in the window is kept. Returns v1, v2 and cost, shape (3, steps (per_step + 1)),
    with NaN after each step, so that a line drawn through them shows each step by itself.
    """
    start, step = points[:-1].T, np.diff(points, axis=0).T  # (2, steps)
    first, last = _part_inside(start, step, np.array(function.window)[..., None])
    share = first + (last - first) * np.linspace(0, 1, per_step)[:, None]  # (per_step, steps)
    v = start[:, None] + share * step[:, None]  # (2, per_step, steps)
    v[..., first >= last] = np.nan
    laid = np.concatenate([v, function.cost(v)[None]])
    gaps = np.full((3, 1, len(points) - 1), np.nan)
    return np.concatenate([laid, gaps], axis=1).transpose(0, 2, 1).reshape(3, -1)


def _part_inside(start, step, window):
    """Shares (first, last) of each step (2, steps) between which it lies in the window (2, 2, 1).

    first = last says that all of the step lies outside.
    """
    window = window + np.array([[-1e-9], [1e-9]])  # the border belongs to the window
    some_step = np.where(step == 0, 1e-300, step)
    with np.errstate(over="ignore"):
        walls = (window - start[:, None]) / some_step[:, None]  # (2, 2, steps)
    enter, leave = walls.min(axis=1).max(axis=0), walls.max(axis=1).min(axis=0)
    return np.clip(enter, 0, 1), np.clip(leave, 0, 1)
