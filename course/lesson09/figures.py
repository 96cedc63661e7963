"""Histograms of weighted inputs z and of slopes sigma'(z), and the instruments by epoch."""

import numpy as np

from course.figures import (
    ACTIVATION,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LOOK,
    ORANGE,
    PURPLE,
    RED,
    Picture,
    accuracy_axes,
    accuracy_curve,
    confusion_table,
    figure,
    image_grid,
    recall_bars,
    update_recall_bars,
)

__all__ = [
    "ACTIVATION",
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "INSTRUMENTS",
    "LOOK",
    "ORANGE",
    "PURPLE",
    "Picture",
    "RED",
    "SATURATED_BEYOND",
    "SLOPE_EDGES",
    "Z_EDGES",
    "accuracy_axes",
    "accuracy_curve",
    "confusion_table",
    "figure",
    "image_grid",
    "instrument_curves",
    "recall_bars",
    "share_histogram",
    "slope_axes",
    "update_recall_bars",
    "update_share_histogram",
    "z_axes",
]

SATURATED_BEYOND = 4.6  # where the slope of the sigmoid falls below 0.01
Z_EDGES = np.arange(-30, 31, 2)
INSTRUMENTS = ("spread of $z$", "saturated (%)", "gradient norm")
SLOPE_EDGES = np.linspace(0, 0.25, 26)  # the first bar holds the saturated neurons, below 0.01


def z_axes(ax, highest=60):
    """Axes for the shares of weighted inputs, in percent up to `highest`, in bars of width 2.

    Dotted lines mark z = -4.6 and 4.6: outside them a neuron is saturated.
    """
    for edge in (-SATURATED_BEYOND, SATURATED_BEYOND):
        ax.axvline(edge, color=GREY, linewidth=1.2, linestyle=":")
    ax.set(xlim=(-31, 31), ylim=(0, highest), xlabel="weighted input $z$", ylabel="share (%)")
    return ax


def slope_axes(ax):
    """Axes for the shares of slopes, in percent, in bars of width 0.01 from 0 to 1/4."""
    ax.set(xlim=(-0.005, 0.255), ylim=(0, 103), ylabel="share (%)")
    ax.set_xlabel(r"slope $\sigma'(z)$")
    return ax


def share_histogram(ax, values, edges, **style):
    """Steps with the percentage of the values in each bin; those outside count in the end bins.

    values: any shape.  edges: (bins + 1,).  Returns the steps for `update_share_histogram`.
    """
    return ax.stairs(_shares(values, edges), edges, **{"color": BLUE, "linewidth": 2} | style)


def update_share_histogram(steps, values):
    """Give the steps that `share_histogram` made other values."""
    edges = steps.get_data().edges
    steps.set_data(_shares(values, edges))


def instrument_curves(axes, readings, layer=-1, **style):
    """Spread, share of saturated activations and gradient norm of one layer, by epoch.

    axes: three Axes.  readings: three arrays (looks, layers), as in `diagnosis.History`, the first
    look before training.  layer: which column.  Returns the three lines.
    """
    spread, saturation, norm = (np.asarray(reading)[:, layer] for reading in readings)
    curves = zip(axes, INSTRUMENTS, (spread, 100 * saturation, norm))
    lines = []
    for ax, name, values in curves:
        lines += ax.plot(values, **{"color": BLUE, "marker": "o", "ms": 4} | style)
        ax.set(xlabel="epoch", ylabel=name)
        ax.xaxis.get_major_locator().set_params(integer=True)
    axes[0].set_ylim(bottom=0)
    axes[1].set_ylim(-3, 103)
    axes[2].set_yscale("log")
    return lines


def _shares(values, edges):
    counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
    return 100 * counts / np.size(values) if np.size(values) else 0.0 * counts
