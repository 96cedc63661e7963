"""A circuit of perceptrons: the half adder of five NANDs, its values and its drawing."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from nnlib.neurons import perceptron
from course.figures import BLACK, BLUE, GREY, ORANGE


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


def half_adder(x1, x2):
    """Values of all wires when a half adder adds the bits x1 and x2, each 0 or 1.

    Returns a dict: the inputs x1 and x2, the outputs n1, n2 and n3 of the inner perceptrons, and
    sum and carry, for which x1 + x2 = 2 carry + sum. Raises ValueError for other inputs.
    """
    if np.ndim(x1) or np.ndim(x2):
        raise ValueError(
            f"half_adder got x1={x1!r} and x2={x2!r}: expected two bits, for example x1=1, x2=0"
        )
    n1 = nand(x1, x2)
    n2, n3 = nand(x1, n1), nand(x2, n1)
    outputs = {"n1": n1, "n2": n2, "n3": n3, "sum": nand(n2, n3), "carry": nand(n1, n1)}
    return {"x1": int(x1), "x2": int(x2)} | outputs


def nand(x1, x2):
    """0 if both inputs are 1, otherwise 1: a perceptron with weights -2, -2 and bias 3."""
    return perceptron([x1, x2], [-2, -2], 3)


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
