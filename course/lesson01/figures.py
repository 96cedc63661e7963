"""Decision lines, truth tables and drawn perceptrons."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from course.figures import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    RED,
    SKY,
    Picture,
    figure,
)

__all__ = [
    "draw_half_adder",
    "update_half_adder",
    "Picture",
    "TABLE",
    "decision_plane",
    "draw_perceptron",
    "figure",
    "half_plane",
    "truth_table",
    "update_decision_plane",
    "update_truth_table",
]


def half_plane(w, b, reach=40.0):
    """Corners (4, 2) of the part of the plane where w . x + b is above 0; the first two are on
    the line w . x + b = 0.

    For w = (0, 0) there is no line: the corners of everything if b is above 0, else (0, 2).
    """
    w = np.asarray(w, dtype=float)
    if not w.any():
        everything = reach * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        return everything if b > 0 else np.empty((0, 2))
    foot = -b * w / (w @ w)  # the point of the line that is nearest to the origin
    across = reach * w / np.linalg.norm(w)
    along = np.array([-across[1], across[0]])
    return np.array([foot - along, foot + along, foot + along + across, foot - along + across])


def decision_plane(ax):
    """Axes for a perceptron of two binary inputs; `update_decision_plane` fills them.

    Returns the artists that change by name: region, line, and the points ones, zeros, wrong.
    Output 1 is a blue circle, output 0 an orange square; a ring marks a wrong answer.
    """
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal", xlabel="x1", ylabel="x2")
    ax.set(xticks=(0, 1), yticks=(0, 1))
    points = {"linestyle": "", "clip_on": False}
    ring = {"marker": "o", "mfc": "none", "mec": BLACK, "mew": 2.5, "ms": 33}
    artists = {
        "region": ax.fill([], [], color=SKY, alpha=0.3, linewidth=0)[0],
        "line": ax.plot([], [], color=BLACK)[0],
        "ones": ax.plot([], [], marker="o", ms=22, color=BLUE, label="output 1", **points)[0],
        "zeros": ax.plot([], [], marker="s", ms=20, color=ORANGE, label="output 0", **points)[0],
        "one_marks": ax.plot([], [], marker="$1$", ms=9, color="white", **points)[0],
        "zero_marks": ax.plot([], [], marker="$0$", ms=9, color=BLACK, **points)[0],
        "wrong": ax.plot([], [], label="wrong", **ring, **points)[0],
    }
    legend = {"ncols": 3, "loc": "lower center", "bbox_to_anchor": (0.5, 1.0)}
    legend |= {"frameon": False, "fontsize": 12, "handletextpad": 0.2, "columnspacing": 1.0}
    ax.legend(**legend, markerscale=0.5)
    return artists


def update_decision_plane(artists, w, b, points, outputs, wrong=()):
    """Show weights w (2,) and bias b, the points (m, 2), their outputs (m,) and who is wrong."""
    points, outputs = np.asarray(points, dtype=float), np.asarray(outputs)
    corners = half_plane(w, b)
    artists["region"].set_xy(corners if len(corners) else np.full((1, 2), np.nan))
    artists["line"].set_data(*(corners[:2] if np.any(w) else np.empty((0, 2))).T)
    for output, names in ((1, ("ones", "one_marks")), (0, ("zeros", "zero_marks"))):
        for name in names:
            artists[name].set_data(*points[outputs == output].T)
    artists["wrong"].set_data(*points[np.asarray(wrong, dtype=bool)].T if len(wrong) else ([], []))


TABLE = {"x1": 0.04, "x2": 0.15, "w·x + b": 0.36, "output": 0.58, "wanted": 0.78, "wrong": 0.96}


def truth_table(ax, points):
    """A table with a row for each of the points (m, 2); `update_truth_table` fills it.

    Returns the artists that change: z, a text for each row, and the marks ones, zeros, wrong.
    Marks are redrawn several times as fast as texts.
    """
    ax.set(xlim=(0, 1), ylim=(len(points) + 0.4, -1.1))
    ax.set_axis_off()
    center = {"ha": "center", "va": "center_baseline", "fontsize": 14}
    for head, x in TABLE.items():
        ax.text(x, -0.9, head, **center | {"fontweight": "bold", "fontsize": 12})
    for row, column in np.ndindex(len(points), 2):
        ax.text(TABLE[f"x{column + 1}"], row, points[row][column], **center)
    mark = {"linestyle": "", "color": BLACK}
    return {
        "z": [ax.text(TABLE["w·x + b"], row, "", **center) for row in range(len(points))],
        "ones": ax.plot([], [], marker="$1$", ms=10, **mark)[0],
        "zeros": ax.plot([], [], marker="$0$", ms=10, **mark)[0],
        "wrong": ax.plot([], [], marker="X", ms=12, **mark)[0],
    }


def update_truth_table(artists, z, outputs, wanted):
    """Show z, the outputs and the wanted outputs, each (m,), and a cross where they differ."""
    for text, value in zip(artists["z"], z):
        text.set_text(str(value))
    table = np.column_stack([outputs, wanted])  # (m, 2)
    columns = np.array([TABLE["output"], TABLE["wanted"]])
    for name, value in (("zeros", 0), ("ones", 1)):
        row, column = np.nonzero(table == value)
        artists[name].set_data(columns[column], row)
    (wrong,) = np.nonzero(table[:, 0] != table[:, 1])
    artists["wrong"].set_data(np.full(len(wrong), TABLE["wrong"]), wrong)


def draw_perceptron(ax, names, weights, rule):
    """A perceptron with its inputs by name; thicker lines for larger weights, `rule` inside it.

    Returns the lines from the inputs, one per weight.
    """
    ax.set(xlim=(-1.6, 3.3), ylim=(-0.6, len(names) - 0.4))
    ax.set_axis_off()
    x, middle = 1.6, (len(names) - 1) / 2  # where the neuron is
    widths = 1 + 5 * np.abs(weights) / np.abs(weights).max()
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    center = {"ha": "center", "va": "center", "fontsize": 13}
    lines = []
    for row, (name, weight, width) in enumerate(zip(names[::-1], weights[::-1], widths[::-1])):
        color = BLUE if weight > 0 else RED
        lines += ax.plot([0, x], [row, middle], color=color, linewidth=width, zorder=1)
        ax.text(0.4 * x, 0.6 * row + 0.4 * middle, f"{weight:g}", bbox=paper, **center)
        ax.text(-0.1, row, name, ha="right", va="center", fontsize=13)
    arrow = {"arrowprops": {"arrowstyle": "<-", "linewidth": 2}, "va": "center", "fontsize": 13}
    ax.annotate("output", (x, middle), (x + 1.1, middle), zorder=1, **arrow)
    ax.plot(x, middle, marker="o", ms=78, mfc="white", mec=BLACK, mew=2, zorder=2)
    ax.text(x, middle, rule, zorder=3, **center)
    return lines[::-1]


class Wire(NamedTuple):
    """Where a wire is drawn: its corners, where it branches, where its value is written."""

    corners: list
    branches: list
    values: list


GATES = {"n1": (3.3, 3), "n2": (6.3, 5), "n3": (6.3, 1), "carry": (6.3, 3), "sum": (8.9, 4.4)}
GAP = (np.nan, np.nan)
WIRES = {
    "x1": Wire(
        [(0.7, 5.3), (5.65, 5.3), GAP, (1.7, 5.3), (1.7, 3.3), (2.65, 3.3)],
        [(1.7, 5.3)],
        [(1.2, 5.3), (2.2, 3.3), (5.25, 5.3)],
    ),
    "x2": Wire(
        [(0.7, 0.7), (5.65, 0.7), GAP, (1.7, 0.7), (1.7, 2.7), (2.65, 2.7)],
        [(1.7, 0.7)],
        [(1.2, 0.7), (2.2, 2.7), (5.25, 0.7)],
    ),
    "n1": Wire(
        [(3.95, 3), (4.75, 3), GAP, (5.65, 4.7), (4.75, 4.7), (4.75, 1.3), (5.65, 1.3), GAP]
        + [(4.75, 3.3), (5.65, 3.3), GAP, (4.75, 2.7), (5.65, 2.7)],
        [(4.75, 3), (4.75, 3.3), (4.75, 2.7)],
        [(4.35, 3), (5.25, 4.7), (5.25, 1.3), (5.25, 3.3), (5.25, 2.7)],
    ),
    "n2": Wire([(6.95, 5), (7.75, 5), (7.75, 4.7), (8.25, 4.7)], [], [(7.35, 5)]),
    "n3": Wire(  # with a gap where it passes under the wire of the carry
        [(6.95, 1), (7.75, 1), (7.75, 2.8), GAP, (7.75, 3.2), (7.75, 4.1), (8.25, 4.1)],
        [],
        [(7.35, 1)],
    ),
    "sum": Wire([(9.55, 4.4), (10.6, 4.4)], [], [(10.05, 4.4)]),
    "carry": Wire([(6.95, 3), (10.6, 3)], [], [(10.05, 3)]),
}


def draw_half_adder(ax, values):
    """A half adder of five NAND perceptrons, with the value (0 or 1) of each wire by name.

    The wires are x1, x2, n1, n2, n3, sum and carry. Returns the artists that change by name: the
    line of each wire, and ones and zeros, which mark the values; see `update_half_adder`.
    """
    ax.set(xlim=(0.1, 11.6), ylim=(0.1, 5.9))
    ax.set_axis_off()
    for name, (x, y) in GATES.items():
        ax.add_patch(Rectangle((x - 0.65, y - 0.62), 1.3, 1.24, fc="#F2F2F2", ec=BLACK, lw=1.5))
        ax.text(x + 0.13, y, name, ha="center", va="center", weight="bold", fontsize=13)
        ax.text(x + 0.6, y - 0.56, "+3", ha="right", fontsize=11)
        for offset in (-0.3, 0.3):
            ax.text(x - 0.6, y + offset, "\u22122", va="center", fontsize=11)
    for name, x, y in (("x1", 0.6, 5.3), ("x2", 0.6, 0.7), ("sum", 10.7, 4.4), ("carry", 10.7, 3)):
        ha = "right" if x < 1 else "left"
        ax.text(x, y, name, ha=ha, va="center", weight="bold", fontsize=14)
    artists = {name: ax.plot(*np.transpose(wire.corners))[0] for name, wire in WIRES.items()}
    branches = [place for wire in WIRES.values() for place in wire.branches]
    points = {"linestyle": "", "zorder": 3, "color": BLACK}
    artists["branches"] = ax.plot(*np.transpose(branches), marker="o", ms=8, **points)[0]
    places = [place for wire in WIRES.values() for place in wire.values]
    box = {"marker": "s", "ms": 17, "mfc": "white", "mec": GREY}
    artists["boxes"] = ax.plot(*np.transpose(places), **points | box)[0]
    for name, mark in (("ones", "$1$"), ("zeros", "$0$")):
        artists[name] = ax.plot([], [], marker=mark, ms=9, **points)[0]
    update_half_adder(artists, values)
    return artists


def update_half_adder(artists, values):
    """Give the wires these values: 1 is a thick blue line, 0 a thin dashed orange one."""
    for name, value in values.items():
        color, width, style = ((ORANGE, 1.8, "--"), (BLUE, 4.0, "-"))[value]
        artists[name].set(color=color, linewidth=width, linestyle=style)
    for marks, shown in (("zeros", 0), ("ones", 1)):
        places = [WIRES[name].values for name, value in values.items() if value == shown]
        artists[marks].set_data(*np.concatenate([np.empty((0, 2)), *places]).T)
