"""One neuron and a few: activation functions, decision lines, small diagrams."""

import numpy as np

from nnlib.plots.look import (
    ACTIVATION,
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    RED,
    SKY,
)


def activation_axes(ax, limit=6):
    """Axes for an output a from 0 to 1 against the weighted input z from -limit to limit."""
    ax.set(xlim=(-limit, limit), ylim=(-0.08, 1.08), yticks=[0, 0.5, 1])
    ax.set(xlabel="weighted input z", ylabel="output a")
    ax.grid(color="#DDDDDD", linewidth=0.8)
    return ax


def step_curve(ax, limit=6, **style):
    """The perceptron's step from -limit to limit: [left line, right line, dot at (0, 0), ring].

    The full dot says that the output at z = 0 is 0; the ring at (0, 1) says that it is not 1.
    """
    look = {"color": ORANGE, "linestyle": "--"} | style
    color = look["color"]
    (left,) = ax.plot([-limit, 0], [0, 0], **look)
    (right,) = ax.plot([0, limit], [1, 1], **look | {"label": None})
    (dot,) = ax.plot([0], [0], "o", color=color, ms=7)
    (ring,) = ax.plot([0], [1], "o", color=color, ms=7, markerfacecolor="white")
    return [left, right, dot, ring]


def activation_diagram(ax, layers, swept=None):
    """A small network: inputs as squares, neurons as circles, each with its activation in it.

    layers: lists of names, inputs first.  swept: the (from, to) pair whose line is marked w.
    Returns {name: (mark, number)}, which `update_activation_diagram` can change.
    """
    places = {
        name: (column, (len(layer) - 1) / 2 - row)
        for column, layer in enumerate(layers)
        for row, name in enumerate(layer)
    }
    for before, after in zip(layers[:-1], layers[1:]):
        for pair in ((start, end) for start in before for end in after):
            look = {"color": RED, "linewidth": 4} if pair == swept else {"color": GREY, "lw": 1.2}
            ax.plot(*zip(*(places[name] for name in pair)), zorder=1, **look)
    if swept:
        x, y = np.mean([places[name] for name in swept], axis=0)
        ax.text(x, y + 0.1, "w", color=RED, fontweight="bold", ha="center", va="bottom")
    ax.set_axis_off()
    highest = max(map(len, layers)) / 2
    ax.set(xlim=(-0.35, len(layers) - 0.65), ylim=(0.1 - highest, highest + 0.2))
    return {name: _activation_mark(ax, name, *places[name], name in layers[0]) for name in places}


def _activation_mark(ax, name, x, y, is_input):
    """(mark, number): a square for an input, a circle for a neuron, its name above it."""
    (mark,) = ax.plot([x], [y], "s" if is_input else "o", ms=32, markeredgecolor=BLACK)
    above = {"xytext": (0, 20), "textcoords": "offset points"}  # clear of a thick edge
    ax.annotate(name, (x, y), ha="center", va="bottom", **above)
    return mark, ax.text(x, y, "", ha="center", va="center")


def update_activation_diagram(marks, activations, bold=(), decimals=2):
    """Write activations (0 to 1) into marks that `activation_diagram` made; 1 is shaded most.

    activations: {name: value}, for all marks or some; names in `bold` get a thick edge.
    Raises ValueError for an activation that is not a number from 0 to 1.
    """
    for name, activation in activations.items():
        if not 0 <= activation <= 1:
            raise ValueError(f"{name} has the activation {activation}: expected 0 to 1")
        mark, number = marks[name]
        mark.set(markerfacecolor=ACTIVATION(float(activation)))
        mark.set_markeredgewidth(4.5 if name in bold else 1.2)
        number.set_text(f"{activation:.{decimals}f}")


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
