"""Decision lines, truth tables, drawn perceptrons, and the course of learning."""

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
    YELLOW,
    Picture,
    figure,
)

__all__ = [
    "BLACK",
    "CENTER",
    "GREY",
    "MIDDLE",
    "Picture",
    "SKY",
    "TABLE",
    "YELLOW",
    "all_artists",
    "boundary",
    "corner_marks",
    "decision_plane",
    "draw_half_adder",
    "empty_plane",
    "figure",
    "half_plane",
    "legend",
    "line_of",
    "move_corners",
    "number",
    "pass_table",
    "sum_scale",
    "truth_table",
    "update_boundary",
    "update_decision_plane",
    "update_half_adder",
    "update_pass_table",
    "update_sum_scale",
    "update_truth_table",
    "update_weighing",
    "weighing",
]

CENTER = {"ha": "center", "va": "center"}
MIDDLE = np.array([0.5, 0.5])  # of a plane, which reaches 1 to each side of it


def all_artists(*drawings):
    """The artists of drawings, dicts with artists or lists of them, in the order of drawing."""
    parts = [part for drawing in drawings for part in drawing.values()]
    lists = [part if isinstance(part, (list, tuple)) else [part] for part in parts]
    return sorted((one for some in lists for one in some), key=lambda one: one.get_zorder())


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


def line_of(w, b):
    """Two points, (2, 2), of the line w . x + b = 0; shape (0, 2) if both weights are 0."""
    return half_plane(w, b)[:2] if np.any(w) else np.empty((0, 2))


def empty_plane(ax, across="x1", up="x2"):
    """Axes, named `across` and `up`, for the corners of the unit square and the room around."""
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal", xlabel=across, ylabel=up)
    ax.set(xticks=(0, 1), yticks=(0, 1))


def boundary(ax, color=SKY, style="-"):
    """What a perceptron of two inputs decides: `update_boundary` draws it into an empty plane.

    Returns the artists that change by name: region, where the output is 1, and line; and pointer
    and where, which say where the line is when it is out of view.
    """
    look = {"color": BLACK, "linestyle": "", "ms": 17, "clip_on": False}
    return {
        "region": ax.fill([], [], color=color, alpha=0.35, linewidth=0)[0],
        "line": ax.plot([], [], color=BLACK, linestyle=style)[0],
        "pointer": ax.plot([], [], **look)[0],
        "where": ax.text(*MIDDLE, "", fontsize=12, **CENTER),
    }


def update_boundary(artists, w, b, name="", shift=0.0):
    """Show the line w . x + b = 0, w of shape (2,), and the side where that is above 0.

    A line out of view, with its name, is pointed at; the shift keeps the words of two apart.
    """
    w, corners = np.asarray(w, dtype=float), half_plane(w, b)
    artists["region"].set_xy(corners if len(corners) else np.full((1, 2), np.nan))
    artists["line"].set_data(*line_of(w, b).T)
    z, words = w @ MIDDLE + b, ""
    artists["pointer"].set_data([], [])
    if not w.any():
        words = f"{name}no line, both weights are 0"
    elif abs(z) >= np.abs(w).sum():
        way = -np.sign(z) * w / np.abs(w).max()  # from the middle toward the line
        artists["pointer"].set_marker((3, 0, np.degrees(np.arctan2(way[1], way[0])) - 90))
        artists["pointer"].set_data(*np.transpose([MIDDLE + 0.88 * way]))
        words = f"{name}line out of view"
    artists["where"].set_text(words)
    artists["where"].set_y(MIDDLE[1] + shift)


def decision_plane(ax):
    """Axes for a perceptron of two binary inputs; `update_decision_plane` fills them.

    Returns the artists that change by name: those of a `boundary`, and the points ones, zeros,
    wrong. Output 1 is a blue circle, output 0 an orange square; a ring marks a wrong answer.
    """
    empty_plane(ax)
    points = {"linestyle": "", "clip_on": False}
    ring = {"marker": "o", "mfc": "none", "mec": BLACK, "mew": 2.5, "ms": 33}
    artists = {
        **boundary(ax),
        **_bits(ax),
        "wrong": ax.plot([], [], label="wrong", **ring, **points)[0],
    }
    legend(ax, 3)
    return artists


def _bits(ax):
    """Marks for values: 1 is a blue circle, 0 an orange square; empty at first."""
    points = {"linestyle": "", "clip_on": False, "zorder": 3}
    return {
        "ones": ax.plot([], [], marker="o", ms=22, color=BLUE, label="output 1", **points)[0],
        "zeros": ax.plot([], [], marker="s", ms=20, color=ORANGE, label="output 0", **points)[0],
        "one_marks": ax.plot([], [], marker="$1$", ms=9, color="white", **points)[0],
        "zero_marks": ax.plot([], [], marker="$0$", ms=9, color=BLACK, **points)[0],
    }


def _show_bits(artists, places, values):
    """Put the marks of the values (m,), each 0 or 1, at their places (m, 2)."""
    places, values = np.asarray(places, dtype=float), np.asarray(values)
    for value, names in ((1, ("ones", "one_marks")), (0, ("zeros", "zero_marks"))):
        for name in names:
            artists[name].set_data(*places[values == value].T)


def legend(ax, columns, *keys):
    """The names of what is drawn, or of the keys, in one row above the axes."""
    look = {"ncols": columns, "loc": "lower center", "bbox_to_anchor": (0.5, 1.0)}
    look |= {"frameon": False, "fontsize": 12, "handletextpad": 0.2, "columnspacing": 1.0}
    ax.legend(*keys, **look, markerscale=0.5)


def update_decision_plane(artists, w, b, points, outputs, wrong=()):
    """Show weights w (2,) and bias b, the points (m, 2), their outputs (m,) and who is wrong."""
    points = np.asarray(points, dtype=float)
    update_boundary(artists, w, b)
    _show_bits(artists, points, outputs)
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


NEURON, OUTPUT = 1.5, 2.55  # where they stand, to the right of the inputs


def weighing(ax, names):
    """A perceptron whose inputs have these names; `update_weighing` fills it.

    Returns the artists that change: lines and weights, one for each input from the top, the
    neuron, the texts rule and action, and the marks of inputs and output.
    """
    rows, middle = np.arange(len(names))[::-1], (len(names) - 1) / 2
    ax.set(xlim=(-1.3, 3.0), ylim=(-0.5, len(names) - 0.5))
    ax.set_axis_off()
    for row, name in zip(rows, names):
        ax.text(-0.17, row, name, ha="right", va="center", fontsize=13)
    arrow = {"arrowstyle": "<-", "lw": 2}
    ax.annotate("", (NEURON, middle), (OUTPUT - 0.1, middle), arrowprops=arrow)
    paper = {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 2}, "fontsize": 13}
    places = [(0.45 * NEURON, 0.55 * row + 0.45 * middle) for row in rows]
    circle = {"marker": "o", "ms": 72, "mfc": "white", "mec": BLACK, "mew": 2, "zorder": 2}
    return {
        "lines": [ax.plot([0, NEURON], [row, middle], zorder=1)[0] for row in rows],
        "weights": [ax.text(*place, "", **paper, **CENTER) for place in places],
        "neuron": ax.plot(NEURON, middle, **circle)[0],
        "rule": ax.text(NEURON, middle, "", fontsize=13, **CENTER),
        "action": ax.text(OUTPUT, middle - 0.42, "", fontsize=14, weight="bold", **CENTER),
        **_bits(ax),
    }


def update_weighing(artists, x, w, threshold, output):
    """Show inputs x (n,), each 0 or 1, weights w (n,) up to 6, threshold and output.

    A larger weight is a thicker line; the line of an input 0 is gray and dashed.
    """
    for line, text, x_i, w_i in zip(artists["lines"], artists["weights"], x, w, strict=True):
        color, style = (BLUE, "-") if x_i else (GREY, "--")
        line.set(color=color, linestyle=style, linewidth=1 + w_i)
        text.set_text(f"{w_i:g}")
    artists["rule"].set_text(f"above\n{number(threshold)}?")
    artists["action"].set_text("go" if output else "stay")
    rows, middle = range(len(x))[::-1], (len(x) - 1) / 2
    _show_bits(artists, [*((0, row) for row in rows), (OUTPUT, middle)], [*x, output])


def sum_scale(ax, inputs, largest):
    """A scale for a weighted sum up to `largest` beside a threshold; `update_sum_scale` fills it.

    Returns the artists that change: a bar and its number for each of the inputs, region, line and
    the text verdict.
    """
    ax.set(xlim=(-1.6, largest + 0.6), ylim=(0, 1), yticks=[], xticks=range(0, largest + 1, 2))
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("weighted sum")
    line = ax.axvline(0, ymax=0.78, color=BLACK, zorder=3)
    return {
        "region": ax.axvspan(0, 0, ymax=0.78, color=SKY, alpha=0.35, linewidth=0),
        "bars": ax.barh([0.3] * inputs, 0, height=0.3, color=BLUE, edgecolor="white", linewidth=2),
        "numbers": [
            ax.text(0, 0.3, "", color="white", weight="bold", fontsize=13, zorder=4, **CENTER)
            for _ in range(inputs)
        ],
        "line": line,
        "verdict": ax.text(0, 0.84, "", fontsize=14, weight="bold", ha="left", va="bottom"),
    }


def update_sum_scale(artists, x, w, threshold):
    """Show which products of x and w, each (n,), add up to what, and whether above threshold."""
    products = np.multiply(x, w)
    ends = np.cumsum(products)
    for bar, text, product, end in zip(artists["bars"], artists["numbers"], products, ends):
        bar.set(x=end - product, width=product, visible=product > 0)
        text.set(x=end - product / 2, text=f"{product:g}" if product else "")
    artists["region"].set(x=threshold, width=artists["line"].axes.get_xlim()[1] - threshold)
    artists["line"].set_xdata([threshold, threshold])
    answer = "yes" if ends[-1] > threshold else "no"
    artists["verdict"].set_text(f"{ends[-1]:g} > {number(threshold)}?  {answer}")


def number(value):
    """A number with a minus sign, not a hyphen."""
    return f"{value:g}".replace("-", "\N{MINUS SIGN}")


def pass_table(ax, corners, passes):
    """A table of what happened at each of the corners (m, 2) in each pass: `update_pass_table`.

    Returns the artists that change: right and mistakes, marks, now, a frame around the example
    that was last, and the texts step, numbers and verdict.
    """
    m = len(corners)
    ax.set(xlim=(0.4, passes + 0.6), ylim=(m + 1.1, -1.6), xticks=range(1, passes + 1))
    ax.set(yticks=range(m), yticklabels=[f"({x1}, {x2})" for x1, x2 in corners])
    ax.spines[:].set_visible(False)
    ax.spines["bottom"].set(position=("data", m - 0.4), visible=False)
    ax.tick_params(length=0)
    ax.set_xlabel("pass")
    points = {"linestyle": ""}
    frame = {"marker": "s", "mfc": "none", "mec": BLACK, "mew": 2, "ms": 23}
    artists = {
        "right": ax.plot([], [], marker="o", ms=7, color=BLUE, label="right", **points)[0],
        "mistakes": ax.plot([], [], marker="X", ms=12, color=RED, label="mistake", **points)[0],
        "now": ax.plot([], [], label="last example", **points, **frame)[0],
        "step": ax.text(0.5, -1.1, "", fontsize=13, va="center"),
        "numbers": ax.text(0.5, m + 0.9, "", fontsize=15, weight="bold", va="center"),
        "verdict": ax.text(passes + 0.5, m + 0.9, "", fontsize=13, va="center", ha="right"),
    }
    legend(ax, 3)
    return artists


def update_pass_table(artists, errors, corners):
    """Show the errors so far, (n,), 0 where an answer was right, and frame the last of them."""
    number, corner = np.divmod(np.arange(len(errors)), corners)
    wrong = np.asarray(errors) != 0
    for name, chosen in (("right", ~wrong), ("mistakes", wrong)):
        artists[name].set_data(number[chosen] + 1, corner[chosen])
    artists["now"].set_data(number[-1:] + 1, corner[-1:])


def corner_marks(ax, corners, wanted):
    """Marks for the corners (m, 2), each with its two digits inside; `move_corners` moves them.

    Those with wanted (m,) equal to 1 are blue circles, the others orange squares. Returns a pair
    of artists for each: mark and digits.
    """
    looks = [("s", 24, ORANGE, BLACK), ("o", 26, BLUE, "white")]
    points, marks = {"linestyle": "", "clip_on": False, "zorder": 3}, []
    for (x1, x2), one in zip(corners, wanted, strict=True):
        shape, size, color, ink = looks[one]
        mark = ax.plot(x1, x2, marker=shape, ms=size, color=color, **points)[0]
        digits = ax.plot(x1, x2, marker=f"${x1}{x2}$", ms=13, color=ink, mew=0, **points)[0]
        marks.append((mark, digits))
    return marks


def move_corners(marks, places):
    """Move the marks to the places, (m, 2); those that share a place stand side by side."""
    places = [tuple(place) for place in places]
    for number, (pair, (x, y)) in enumerate(zip(marks, places, strict=True)):
        before, all_here = places[:number].count((x, y)), places.count((x, y))
        shift = 0.21 * (before - (all_here - 1) / 2)
        for artist in pair:
            artist.set_data([x + shift], [y])


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
