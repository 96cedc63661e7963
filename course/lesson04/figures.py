"""The cost of two variables as a map and as a surface, tangents, and costs step by step."""

import numpy as np
from matplotlib.patches import Rectangle

from course.figures import (
    BLACK,
    BLUE,
    GREY,
    HEIGHT,
    LOOK,
    ORANGE,
    PIXELS_PER_INCH,
    RED,
    SKY,
    Picture,
    answered_images,
    cost_curve,
    drape,
    figure,
    image_grid,
    path_artists,
    set_path,
)

__all__ = [
    "BLACK",
    "BLUE",
    "LOOK",
    "Picture",
    "RED",
    "SKY",
    "contour_map",
    "answered_images",
    "at_the_edge",
    "best_path_artist",
    "cost_axes",
    "cost_curve",
    "drape",
    "figure",
    "fog",
    "gone_artist",
    "image_grid",
    "path_artists",
    "set_path",
    "step_artist",
    "surface",
    "tangent_artists",
    "with_surface",
]


def contour_map(ax, v, costs, levels=10):
    """Map of a function of two variables: lines of equal cost with their values, low is light.

    v: (2, n, n).  costs: (n, n).  Returns the lines.
    """
    ax.contourf(*v, costs, levels, cmap=HEIGHT)
    look = {"colors": GREY, "linewidths": 0.8, "linestyles": "solid"}
    lines = ax.contour(*v, costs, levels, antialiased=False, **look)  # as in `surface`
    ax.clabel(lines, lines.levels[::2], fontsize=10, colors=BLACK, fmt="%g")
    ticks = np.linspace(v.min(), v.max(), 5)
    ax.set(xlabel="$v_1$", ylabel="$v_2$", aspect="equal", xticks=ticks, yticks=ticks)
    return lines


def surface(ax, v, costs):
    """The same function as a surface over its two variables, on 3-D axes; height is the cost."""
    ticks = np.linspace(v.min(), v.max(), 3)
    ax.set(xlabel="$v_1$", ylabel="$v_2$", xticks=ticks, yticks=ticks)
    ax.tick_params(labelsize=11, pad=0)
    ax.zaxis.get_major_locator().set_params(nbins=5)
    ax.view_init(elev=38, azim=-62)
    ax.set_box_aspect((1, 1, 0.8), zoom=0.95)
    ax.patch.set_visible(False)  # it would cover the labels of the axes beside it
    ax.grid(False)
    look = {"cmap": HEIGHT, "edgecolor": GREY, "linewidth": 0.5}
    # Sharp edges pack better; the page shrinks the picture, which smooths them.
    return ax.plot_surface(*v, costs, rstride=1, cstride=1, antialiased=False, **look)


def with_surface(axes, place):
    """Put 3-D axes in the place of one of the axes of a figure; returns them all in order.

    The figure is then rendered at 1.5 times its size on the page: a surface packs badly.
    """
    axes = list(axes)
    spot = axes[place].get_subplotspec()
    figure = axes[place].figure
    figure.set_dpi(1.5 * PIXELS_PER_INCH)
    axes[place].remove()
    axes[place] = figure.add_subplot(spot, projection="3d")
    return axes


def cost_axes(ax, steps, costs):
    """Axes for the cost against 0 to `steps` steps, as high as the range of these costs."""
    margin = 0.05 * np.ptp(costs)
    ax.set(xlim=(-0.03 * steps, 1.03 * steps), xlabel="step", ylabel="cost")
    ax.set_ylim(np.min(costs) - margin, np.max(costs) + margin)
    ax.yaxis.get_major_locator().set_params(nbins=5)
    ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    return ax


def tangent_artists(ax):
    """Empty lines for a tangent and for the next step (across, then to the curve), with labels."""
    (tangent,) = ax.plot([], [], color=ORANGE, ls="--", lw=2.6, label="tangent")
    look = {"marker": "D", "mfc": "white", "ms": 7, "markevery": (2, 3)}  # only at its end
    (step,) = ax.plot([], [], color=BLACK, ls=":", lw=2.2, label="next step", **look)
    return tangent, step


def gone_artist(ax):
    """An empty text in a frame, for a point that has left the axes; see `at_the_edge`."""
    frame = {"boxstyle": "round", "facecolor": "white", "edgecolor": BLACK}
    return ax.text(0, 0.93, "", va="center", bbox=frame, zorder=14, transform=ax.transAxes)


def at_the_edge(v, window):
    """Position, alignment and words of a `gone_artist` for a point v outside the window."""
    right = v > window[1]
    place = f"{v:.2f}" if abs(v) < 1e4 else f"{v:.1e}"
    words = f"now at {place} →" if right else f"← now at {place}"
    return {"x": 0.98 if right else 0.02, "ha": "right" if right else "left", "text": words}


def fog(ax):
    """A gray sheet over all that is drawn on the axes so far; returns it."""
    look = {"facecolor": "#E4E4E4", "edgecolor": "none", "zorder": 8}
    return ax.add_patch(Rectangle((0, 0), 1, 1, transform=ax.transAxes, **look))


def step_artist(ax):
    """An empty dotted line for the next step, with a diamond at its end."""
    look = {"marker": "D", "mfc": "white", "ms": 7, "markevery": [-1]}
    (step,) = ax.plot([], [], color=BLACK, ls=":", lw=2.2, zorder=9, label="next step", **look)
    return step


def best_path_artist(ax, label=None):
    """An empty dashed line with squares for a path to compare with."""
    look = {"marker": "s", "ms": 4, "mfc": "white", "lw": 1.8}
    (line,) = ax.plot([], [], color=BLUE, ls="--", zorder=9, label=label, **look)
    return line
