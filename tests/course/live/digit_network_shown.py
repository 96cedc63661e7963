"""What the picture of a digit in a network shows, read off its artists: for lessons 02 and 03."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection
from scipy.special import expit

from nnlib.network import Network
from tests.course.live.reading_figures import BLUE, SKY, color_of, colors_of, ink, share_of

RULES = {"perceptrons": lambda z: (z > 0) * 1.0, "sigmoid neurons": expit}


def network_of(weights, trained):
    """The network that a switch names."""
    return trained if weights == "trained" else Network(trained.sizes, rng=0, dtype=np.float64)


def layers(network, rule, images):
    """Weighted inputs and activations, [(z, a), ...], of images (n, 784), columns each."""
    found, a = [], images.T
    for w, b in zip(network.weights, network.biases):
        z = w @ a + b
        a = RULES[rule](z)
        found.append((z, a))
    return found


def place_of(split, number):
    """Which image the number stands for: 0 to 9 are the first of each digit, then the second."""
    return np.flatnonzero(split.labels == number % 10)[number // 10]


def check_image(ax, image, number):
    """The digit with its name above it, dark on light; the first image of the axes."""
    np.testing.assert_allclose(ink(ax.images[0]), image.reshape(28, 28), atol=0.004)
    assert f"image {number}" in [text.get_text() for text in ax.texts]


def circles_of(ax):
    (circles,) = [one for one in ax.collections if isinstance(one, PathCollection)]
    return circles


def check_hidden(ax, a, lit, chosen):
    """Circles are as blue as their neurons are active; edges say who is lit and who is chosen."""
    circles = circles_of(ax)
    known = np.arange(len(a)) < lit
    shown = share_of(circles.get_facecolor())
    np.testing.assert_allclose(shown, np.where(known, a, 0), atol=0.006)
    edges = circles.get_edgecolor()[:, :3].max(axis=1)
    assert ((edges == 0) == known).all()
    thick = [n for n, width in enumerate(circles.get_linewidth()) if width > 2]
    assert thick == ([] if chosen is None else [chosen])
    assert f"{len(a)} hidden neurons" in [text.get_text() for text in ax.texts]


def rows_of(ax):
    """(heights of the ten outputs from 0 on, left end and length of a bar for activation 1)."""
    paths = [one for one in ax.collections if isinstance(one, LineCollection)]
    (whole,) = [one for one in paths if set(colors_of(one)) == {"#eeeeee"}]
    (left, _), (right, _) = whole.get_segments()[0]
    bold = {text.get_text(): text.get_position()[1] for text in _digits(ax)}
    return [bold[str(digit)] for digit in range(10)], left, right - left


def _digits(ax):
    return [text for text in ax.texts if text.get_weight() == "bold"]


def check_outputs(ax, a, lit, answer):
    """Bars and numbers in the rows of their digits; the bar of the answer is dark."""
    heights, left, length = rows_of(ax)
    bars = {line.get_ydata()[0]: line for line in ax.lines if line.get_linewidth() == 13}
    words = {text.get_position()[1]: text.get_text() for text in ax.texts if _is_number(text, left)}
    for digit, y in enumerate(heights):
        share = a[digit] if digit < lit else 0
        ends = [left, left + length * share]
        assert bars[y].get_xdata() == pytest.approx(ends, abs=1e-9)
        assert color_of(bars[y]) == (BLUE if digit == answer else SKY)
        assert words[y] == (f"{a[digit]:.2f}" if digit < lit else "")


def _is_number(text, left):
    """Whether a text is the number behind a bar, and not the digit before it."""
    x, y = text.get_position()
    return x > left and text.get_weight() != "bold" and text.get_fontsize() == 10 and y > 0.1


def mark_of(ax, marker):
    """All lines of an Axes with this mark that can be seen."""
    return [line for line in ax.lines if line.get_marker() == marker and line.get_visible()]
