"""The drawing of a 2-2-1 network that fills with the numbers of backpropagation."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from course.figures import (
    BLACK,
    BLUE,
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
    "ORANGE",
    "PIXELS_PER_INCH",
    "Picture",
    "RED",
    "backprop_arrows",
    "backprop_diagram",
    "backprop_figure",
    "figure",
    "number",
    "png",
    "small_curve",
    "update_backprop_arrows",
    "update_backprop_diagram",
    "update_small_curve",
]

# Where the neurons of each layer stand, and how large they are, in points.
_INPUTS, _HIDDEN, _OUTPUT = [(0.8, 5.6), (0.8, 1.4)], [(4.9, 5.6), (4.9, 1.4)], [(9.0, 3.5)]
_RADIUS = 34

# Where each number of backpropagation stands in the drawing of a 2-2-1 network, in the order of the
# flattened array: what to write before it, digits after the point (None: as short as possible),
# places (x, y).
_FRAMED = {"facecolor": "#FBF6BE", "edgecolor": BLACK, "pad": 1.5, "linewidth": 1.2}
_BACKPROP_PLACES = {
    "x": ("x ", None, [(0.8, 5.6), (0.8, 1.4)]),
    "w2": ("w ", None, [(2.85, 5.98), (0.86, 2.58), (0.86, 4.42), (2.85, 1.78)]),
    "b2": ("b ", None, [(4.9, 6.74), (4.9, 0.26)]),
    "w3": ("w ", None, [(6.98, 5.22), (6.98, 1.78)]),
    "b3": ("b ", None, [(9.0, 4.64)]),
    "y": ("target y ", None, [(9.0, 1.62)]),
    "z2": ("z ", 4, [(4.9, 5.82), (4.9, 1.62)]),
    "a2": ("a ", 4, [(4.9, 5.38), (4.9, 1.18)]),
    "z3": ("z ", 4, [(9.0, 3.72)]),
    "a3": ("a ", 4, [(9.0, 3.28)]),
    "cost": ("cost C ", 4, [(9.0, 1.16)]),
    "delta3": ("δ ", 4, [(9.0, 2.36)]),
    "delta2": ("δ ", 4, [(4.9, 4.46), (4.9, 2.54)]),
    "nabla_b2": ("∂C/∂b ", 4, [(4.9, 7.18), (4.9, -0.18)]),
    "nabla_b3": ("∂C/∂b ", 4, [(9.0, 5.1)]),
    "nabla_w3": ("∂C/∂w ", 4, [(6.42, 3.92), (6.42, 3.08)]),
    "nabla_w2": ("∂C/∂w ", 4, [(2.85, 5.12), (1.08, 3.05), (1.08, 3.95), (2.85, 0.92)]),
}
_BACKWARD = {"delta3", "delta2", "nabla_b2", "nabla_b3", "nabla_w3", "nabla_w2"}

# From where to where each weight leads, in the order of the flattened array.
_EDGES = {
    "w2": [(start, end) for end in _HIDDEN for start in _INPUTS],
    "w3": [(start, end) for end in _OUTPUT for start in _HIDDEN],
}
_WIDEST, _THINNEST = 9.0, 1.0  # arrows, in points
_CURVE = 0.05, 0.75  # the lowest and the highest place of the small curve


def backprop_diagram(ax):
    """A 2-2-1 network with a place for every number of backpropagation, filled in later.

    Returns a dict of lists of Text artists: one per number of x, w2, b2, z2, ..., nabla_w2, each
    in the order of its flattened array; `update_backprop_diagram` writes the numbers.
    """
    ax.set(xlim=(-0.1, 10.1), ylim=(-0.5, 8))
    ax.set_axis_off()
    for start, end in _EDGES["w2"] + _EDGES["w3"]:
        ax.plot(*zip(start, end), color=GREY, linewidth=1.5, zorder=1)
    for x, y in _INPUTS + _HIDDEN + _OUTPUT:
        ax.plot(x, y, "o", ms=2 * _RADIUS, mfc="white", mec=BLACK, mew=1.5, zorder=2)
    for x, name in zip((0.8, 4.9, 9.0), ("layer 1: input", "layer 2: hidden", "layer 3: output")):
        ax.text(x, 7.7, name, ha="center", fontsize=10.5, color="#555555")
    look = {"ha": "center", "va": "center", "fontsize": 10.5, "bbox": _FRAMED, "zorder": 3}
    return {
        name: [ax.text(*place, "", **look) for place in places]
        for name, (_, _, places) in _BACKPROP_PLACES.items()
    }


def update_backprop_diagram(slots, values, new=()):
    """Write numbers into what `backprop_diagram` returned: those in values, and no others.

    values: arrays by name (x, w2, b2, ...).  new: names of the arrays to put into a frame.
    The errors and derivatives have the color of their sign.
    """
    for name, texts in slots.items():
        before, digits, _ = _BACKPROP_PLACES[name]
        for text in texts:
            text.set_visible(name in values)
            text.set_bbox(_FRAMED if name in new else None)
        for text, value in zip(texts, np.ravel(values.get(name, ()))):
            text.set_text(before + number(value, digits))
            text.set_color(_sign_color(value) if name in _BACKWARD else BLACK)


def backprop_arrows(ax):
    """An arrow on each edge of the network of `backprop_diagram`, hidden until it is needed.

    Returns a dict of lists of pairs (shaft, head): "w2" has four and "w3" two, each in the order
    of its flattened array; `update_backprop_arrows` shows them.
    """
    return {name: [_arrow(ax, edge) for edge in edges] for name, edges in _EDGES.items()}


def _arrow(ax, edge):
    """Shaft and head of an arrow, apart because only a shaft may have dashes."""
    look = {"visible": False, "zorder": 1, "shrinkA": _RADIUS + 1, "capstyle": "butt"}
    shaft = FancyArrowPatch(*edge, arrowstyle="-", **look)
    head = FancyArrowPatch(*edge, arrowstyle="-|>", shrinkB=_RADIUS + 1, linewidth=0, **look)
    return ax.add_patch(shaft), ax.add_patch(head)


def update_backprop_arrows(arrows, flows, back=False, largest=None):
    """Show what flows along the edges: wide for much, blue for +, red and dashed for -.

    arrows: from `backprop_arrows`.  flows: arrays by name ("w2" (2, 2), "w3" (1, 2)); a name that
    is missing and a flow of 0 have no arrow.  back: whether the arrows point to the inputs.
    largest: the size of flow with the widest arrow; that of the largest one if it is None.
    """
    if largest is None:
        largest = max((np.abs(flow).max() for flow in flows.values()), default=0)
    for name, pairs in arrows.items():
        values = np.ravel(flows.get(name, np.zeros(len(pairs))))
        for pair, edge, value in zip(pairs, _EDGES[name], values):
            for patch in pair:
                patch.set_visible(value != 0 and largest > 0)
            if pair[0].get_visible():
                _style(*pair, edge[::-1] if back else edge, value, abs(value) / largest)


def _style(shaft, head, ends, value, part):
    """Direction, color, dash and width of one arrow; part: of the widest, 0 to 1 or a bit more."""
    width = float(np.clip(part * _WIDEST, _THINNEST, _WIDEST))
    size = 20 + 3 * width
    for patch in (shaft, head):
        patch.set_positions(*ends)
        patch.set_color(_sign_color(value))
    head.set_mutation_scale(size)
    shaft.set_linewidth(width)
    shaft.set_linestyle("-" if value > 0 else (0, (4 / np.sqrt(width), 2 / np.sqrt(width))))
    shaft.shrinkB = _RADIUS + 1 + 0.35 * size  # it ends in the head, which is 0.4 sizes long


def _sign_color(value):
    shown = round(float(value), 4)  # what is printed as 0.0000 has no sign
    return RED if shown < 0 else BLUE if shown > 0 else BLACK


def backprop_figure(values, new=(), back=False):
    """A figure of the 2-2-1 network with the numbers in values; see `update_backprop_diagram`.

    back: whether arrows show what the output error sends back to the hidden neurons.
    Returns the Figure.
    """
    fig, ax = figure(size=(5.8, 4.6))
    update_backprop_diagram(backprop_diagram(ax), values, new)
    if back:
        sent = {"w3": values["w3"] * values["delta3"]}
        update_backprop_arrows(backprop_arrows(ax), sent, back=True)
    return fig


def small_curve(ax, steps):
    """A curve of the cost after 0 to `steps` steps, below the cost in `backprop_diagram`.

    Returns its line and the ball on it, for `update_small_curve`.
    """
    x = np.linspace(8.1, 9.9, steps + 1)
    ax.text(9.0, -0.38, f"cost, 0 to {steps} steps", ha="center", fontsize=9, color="#555555")
    (line,) = ax.plot(x, np.linspace(*_CURVE, steps + 1), color=GREY, linewidth=1.5)
    (ball,) = ax.plot(x[:1], _CURVE[:1], "o", ms=7, color=BLACK)
    return line, ball


def update_small_curve(line, ball, costs, taken):
    """Show costs (n,) from 0 up to the highest, and where `taken` steps have led."""
    bottom, top = _CURVE
    heights = bottom + (top - bottom) * np.asarray(costs) / max(costs)
    line.set_ydata(heights)
    ball.set_data(line.get_xdata()[[taken]], heights[[taken]])


def number(value, digits=None):
    """A number as printed in a book: a real minus sign, `digits` after the point or at most 4."""
    shown = f"{round(value, digits or 4) + 0.0:.{digits or 4}f}"
    shown = f"{float(shown):g}" if digits is None else shown
    return shown.replace("-", "\N{MINUS SIGN}")
