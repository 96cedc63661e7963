"""The drawing of a 2-2-1 network that fills with the numbers of backpropagation."""

import numpy as np

from course.figures import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    PIXELS_PER_INCH,
    RED,
    YELLOW,
    Picture,
    figure,
    png,
)

__all__ = [
    "BLACK",
    "BLUE",
    "ORANGE",
    "PIXELS_PER_INCH",
    "Picture",
    "YELLOW",
    "backprop_diagram",
    "backprop_figure",
    "figure",
    "number",
    "png",
    "update_backprop_diagram",
]

# Where the neurons of each layer stand, and how large they are, in points.
_INPUTS, _HIDDEN, _OUTPUT = [(0.8, 5.6), (0.8, 1.4)], [(4.9, 5.6), (4.9, 1.4)], [(9.0, 3.5)]
_RADIUS = 34

# Where each number of backpropagation stands in the drawing of a 2-2-1 network, in the order of the
# flattened array: what to write before it, color, digits after the point (None: as short as
# possible), places (x, y).
_FORWARD, _BACKWARD = {"color": BLUE}, {"color": RED}
_FRAMED = {"facecolor": "#FBF6BE", "edgecolor": BLACK, "pad": 1.5, "linewidth": 1.2}
_OVER_LINE = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
_BACKPROP_PLACES = {
    "x": ("x ", {}, None, [(0.8, 5.6), (0.8, 1.4)]),
    "w2": ("w ", {}, None, [(2.85, 5.84), (2.0, 2.95), (2.0, 4.49), (2.85, 1.64)]),
    "b2": ("b ", {}, None, [(4.9, 6.74), (4.9, 0.26)]),
    "w3": ("w ", {}, None, [(6.95, 4.76), (6.95, 2.66)]),
    "b3": ("b ", {}, None, [(9.0, 4.64)]),
    "y": ("target y ", {}, None, [(9.0, 1.55)]),
    "z2": ("z ", _FORWARD, 4, [(4.9, 5.82), (4.9, 1.62)]),
    "a2": ("a ", _FORWARD, 4, [(4.9, 5.38), (4.9, 1.18)]),
    "z3": ("z ", _FORWARD, 4, [(9.0, 3.72)]),
    "a3": ("a ", _FORWARD, 4, [(9.0, 3.28)]),
    "cost": ("cost C ", _FORWARD, 4, [(9.0, 1.1)]),
    "delta3": ("δ ", _BACKWARD, 4, [(9.0, 2.36)]),
    "delta2": ("δ ", _BACKWARD, 4, [(4.9, 4.46), (4.9, 2.54)]),
    "nabla_b2": ("∂C/∂b ", _BACKWARD, 4, [(4.9, 7.18), (4.9, -0.18)]),
    "nabla_b3": ("∂C/∂b ", _BACKWARD, 4, [(9.0, 5.08)]),
    "nabla_w3": ("∂C/∂w ", _BACKWARD, 4, [(6.95, 4.32), (6.95, 2.22)]),
    "nabla_w2": ("∂C/∂w ", _BACKWARD, 4, [(2.85, 5.36), (2.0, 2.51), (2.0, 4.05), (2.85, 1.16)]),
}


def backprop_diagram(ax):
    """A 2-2-1 network with a place for every number of backpropagation, filled in later.

    Returns a dict of lists of Text artists: one per number of x, w2, b2, z2, ..., nabla_w2, each
    in the order of its flattened array; `update_backprop_diagram` writes the numbers.
    """
    ax.set(xlim=(-0.1, 10.1), ylim=(-0.5, 8))
    ax.set_axis_off()
    for start, end in [*_pairs(_INPUTS, _HIDDEN), *_pairs(_HIDDEN, _OUTPUT)]:
        ax.plot(*zip(start, end), color=GREY, linewidth=1.5, zorder=1)
    for x, y in _INPUTS + _HIDDEN + _OUTPUT:
        ax.plot(x, y, "o", ms=2 * _RADIUS, mfc="white", mec=BLACK, mew=1.5, zorder=2)
    for x, name in zip((0.8, 4.9, 9.0), ("layer 1: input", "layer 2: hidden", "layer 3: output")):
        ax.text(x, 7.7, name, ha="center", fontsize=10.5, color="#555555")
    look = {"ha": "center", "va": "center", "fontsize": 10.5, "bbox": _FRAMED, "zorder": 3}
    return {
        name: [ax.text(*place, "", **look, **style) for place in places]
        for name, (_, style, _, places) in _BACKPROP_PLACES.items()
    }


def update_backprop_diagram(slots, values, new=()):
    """Write numbers into what `backprop_diagram` returned: those in values, and no others.

    values: arrays by name (x, w2, b2, ...).  new: names of the arrays to put into a frame.
    """
    for name, texts in slots.items():
        before, _, digits, _ = _BACKPROP_PLACES[name]
        on_a_line = _OVER_LINE if "w" in name else None  # a box costs time: only where needed
        for text in texts:
            text.set_visible(name in values)
            text.set_bbox(_FRAMED if name in new else on_a_line)
        for text, value in zip(texts, np.ravel(values.get(name, ()))):
            text.set_text(before + number(value, digits))


def backprop_figure(values, new=(), back=False):
    """A figure of the 2-2-1 network with the numbers in values; see `update_backprop_diagram`.

    back: whether red arrows show the way of the error, from the output to the hidden neurons.
    Returns the Figure.
    """
    fig, ax = figure(size=(6, 4.8))
    update_backprop_diagram(backprop_diagram(ax), values, new)
    arrow = {"arrowstyle": "-|>", "color": RED, "linewidth": 2, "mutation_scale": 18}
    for hidden in _HIDDEN if back else ():
        shrink = {"shrinkA": _RADIUS, "shrinkB": _RADIUS}
        ax.annotate("", hidden, _OUTPUT[0], arrowprops=arrow | shrink, zorder=1)
    return fig


def number(value, digits=None):
    """A number as printed in a book: a real minus sign, `digits` after the point or few."""
    shown = f"{value:g}" if digits is None else f"{round(value, digits) + 0.0:.{digits}f}"
    return shown.replace("-", "\N{MINUS SIGN}")


def _pairs(starts, ends):
    return [(start, end) for start in starts for end in ends]
