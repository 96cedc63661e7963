"""The step and the sigmoid as curves, and a small network with its activations."""

import numpy as np

from course.figures import (
    ACTIVATION,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PIXELS_PER_INCH,
    RED,
    Picture,
    figure,
    png,
)

__all__ = [
    "BLACK",
    "BLUE",
    "CHAIN",
    "GREEN",
    "GREY",
    "ORANGE",
    "PIXELS_PER_INCH",
    "Picture",
    "activation_axes",
    "activation_diagram",
    "figure",
    "png",
    "step_curve",
    "update_activation_diagram",
]

CHAIN = {  # the weights of the lesson's five neurons that are fixed
    ("x2", "h1"): 1,
    ("x1", "h2"): -2,
    ("x2", "h2"): 2,
    ("h1", "h3"): 4,
    ("h2", "h3"): -2,
    ("h1", "h4"): -4,
    ("h2", "h4"): 1,
    ("h3", "y"): 4,
    ("h4", "y"): -4,
}


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


def activation_diagram(ax, layers, swept=None, weights=()):
    """A small network: inputs as squares, neurons as circles, each with its activation in it.

    layers: lists of names, inputs first.  swept: the (from, to) pair whose line is marked w.
    weights: {(from, to): weight}, written on the lines.
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
    for start, end in weights:
        _weight_on_line(ax, places[start], places[end], weights[start, end])
    ax.set_axis_off()
    highest = max(map(len, layers)) / 2
    ax.set(xlim=(-0.35, len(layers) - 0.65), ylim=(0.1 - highest, highest + 0.2))
    return {name: _activation_mark(ax, name, *places[name], name in layers[0]) for name in places}


def _weight_on_line(ax, start, end, weight):
    """A weight near the neuron that it leads to, where no two lines cross."""
    x, y = 0.36 * np.array(start) + 0.64 * np.array(end)
    look = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    text = f"{weight:g}".replace("-", "−")
    ax.text(x, y, text, fontsize=9, ha="center", va="center", bbox=look)


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
