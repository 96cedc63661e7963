"""Decision lines, truth tables and drawn perceptrons."""

import numpy as np

from course.figures import (
    BLACK,
    BLUE,
    ORANGE,
    RED,
    SKY,
    Picture,
    figure,
)

__all__ = [
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
