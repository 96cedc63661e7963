"""Lesson 11: what the windows of a convolution see in a digit."""

import copy

import ipywidgets as widgets
import numpy as np
from matplotlib import colormaps

from course.lesson11 import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture
from course.measured.convolution import PLACES, SIDE, STEP, ConvolutionNetwork
from nnlib import arguments, mnist

SHOWN = 50  # digits to choose from
FARTHEST = 4  # pixels that a digit can be moved: the width of its margin


def moved(image, right, down):
    """An image (28, 28) moved by up to 4 pixels; what leaves it is cut off."""
    wide = np.pad(image, FARTHEST)
    top, left = FARTHEST - down, FARTHEST - right
    return wide[top : top + 28, left : left + 28]


class MapsLab(Lab):
    """A digit, one window of a trained convolution on it, its map, and the maps of all windows.

    network: a `ConvolutionNetwork`; it is shown as it is now.  data: what `mnist.load()` returns,
    for its first 50 test digits; loaded if it is not given.
    `state` holds the moved `digit` (28, 28), the `patch` (5, 5) under the window, z and a of the
    neuron there, all `maps` (k, 12, 12), the network's `outputs` (10,) and the digit's `label`.
    Raises ValueError for a network without a convolution, and for fewer digits.
    """

    frozen = (
        {"row": "all", "column": "all"},
        {"digit": range(1, 11), "window": "all"},
        {"right": range(-4, 5, 2), "down": range(-4, 5, 2)},
    )

    def __init__(self, network, data=None):
        if not isinstance(network, ConvolutionNetwork):
            raise ValueError(
                f"network is {arguments.short(network)} without a convolution: expected one of a "
                'class such as habits.network_class("convolution ReLU"); type for example '
                "MapsLab(conv, data)"
            )
        self.network = copy.copy(network)
        test = mnist.given(data, "test").test
        self.digits = given.digits(test, SHOWN, at_least=SHOWN, name="data.test")
        rows = [["digit", "window"], ["row", "column"], ["right", "down"]]
        controls = _controls(*self._loudest())
        super().__init__(controls, LivePicture(1, 4, size=(9.6, 2.75)), rows)

    def _loudest(self):
        """How many windows there are, and which answers the first digit most: window, row, column.

        Counted from 1.
        """
        _, maps, _, _ = self.network.layers(self.digits.images[:1].T)
        maps = maps.reshape(-1, PLACES, PLACES)
        return len(maps), *(int(n) + 1 for n in np.unravel_index(maps.argmax(), maps.shape))

    def compute(self, digit, window, row, column, right, down):
        image = moved(self.digits.images[digit - 1].reshape(28, 28), right, down)
        _, maps, _, outputs = self.network.layers(image.reshape(784, 1))
        maps = maps.reshape(-1, PLACES, PLACES)
        top, left = (row - 1) * STEP, (column - 1) * STEP
        patch = image[top : top + SIDE, left : left + SIDE]
        w, b = self.network.weights[0][window - 1], self.network.biases[0][window - 1, 0]
        return {
            "digit": image,
            "label": int(self.digits.labels[digit - 1]),
            "window": window,
            "row": row,
            "column": column,
            "moved": (right, down),
            "patch": patch,
            "z": float(w @ patch.ravel() + b),
            "a": float(maps[window - 1, row - 1, column - 1]),
            "maps": maps,
            "outputs": outputs.ravel(),
        }

    def prepare(self):
        """The digit with a frame, the window, its map with a frame, all maps."""
        digit, window, one, all_of_them = self.picture.axes
        weights = self.network.weights[0]
        limit = np.abs(weights).max()
        signed = {"cmap": figures.SIGNED, "vmin": -limit, "vmax": limit}
        (self._digit,) = figures.image_grid([digit], [np.zeros(784)])
        self._window = window.imshow(np.zeros((SIDE, SIDE)), **signed)
        self._map = one.imshow(np.zeros((PLACES, PLACES)), cmap="gray_r", vmin=0)
        self._tiling = figures.map_tiling(len(weights))
        tiles = figures.tiled(np.zeros((len(weights), PLACES, PLACES)), self._tiling)
        between = colormaps["gray_r"].with_extremes(bad="#BBBBBB")
        self._all = all_of_them.imshow(tiles, cmap=between, vmin=0, vmax=1)
        for ax, title in zip(self.picture.axes, ("digit", " ", " ", "all maps")):
            ax.set(xticks=[], yticks=[])
            ax.set_axis_on()
            ax.spines[:].set(visible=True, color=figures.GREY)
            ax.set_title(title, loc="left")
        self._titles = [ax.set_title(" ", loc="left") for ax in (window, one)]
        self._on_digit = figures.frame(digit, SIDE)
        self._on_map = figures.frame(one, 1)
        self._on_all = figures.frame(all_of_them, PLACES)
        pictures = [self._digit, self._window, self._map, self._all]
        frames = [self._on_digit, self._on_map, self._on_all]
        self.picture.moving = [*pictures, *frames, *self._titles]

    def draw(self, state):
        at = state["column"] - 1, state["row"] - 1
        k = state["window"] - 1
        largest = max(state["maps"].max(), 1e-9)
        self._digit.set_data(state["digit"])
        self._window.set_data(self.network.weights[0][k].reshape(SIDE, SIDE))
        self._map.set_data(state["maps"][k])
        self._map.set_clim(0, max(state["maps"][k].max(), 1e-9))
        self._all.set_data(figures.tiled(state["maps"] / largest, self._tiling))
        self._on_digit.set_xy((STEP * at[0] - 0.5, STEP * at[1] - 0.5))
        self._on_map.set_xy((at[0] - 0.5, at[1] - 0.5))
        self._titles[0].set_text(f"window {state['window']}")
        self._titles[1].set_text(f"its map: {state['a']:.2f} here")
        self._on_all.set_xy(figures.tile_corner(k, self._tiling, PLACES))

    def describe(self, state):
        answer, outputs = int(state["outputs"].argmax()), state["outputs"]
        label = f"{state['label']}{_way(*state['moved'])}"
        return (
            f"Window {state['window']} at row {state['row']}, column {state['column']} of its map: "
            f"z = {state['z']:.2f}, so the neuron answers {state['a']:.2f}. The digit is a "
            f"{label}; the network reads {answer}, output {outputs[answer]:.2f}."
        )


def _way(right, down):
    """Where the digit has been moved, in words; a number below 0 is to the left, or up."""
    if not (right or down):
        return ""
    sides = "left" if right < 0 else "right", "up" if down < 0 else "down"
    return f", moved {abs(right)} to the {sides[0]} and {abs(down)} {sides[1]}"


def _controls(k, window, row, column):
    def slider(name, value, least, most):
        return widgets.IntSlider(value, least, most, description=name, **controls.LOOK)

    return {
        "digit": slider("digit", 1, 1, SHOWN),
        "window": slider("window", window, 1, k),
        "row": slider("row", row, 1, PLACES),
        "column": slider("column", column, 1, PLACES),
        "right": slider("move right", 0, -FARTHEST, FARTHEST),
        "down": slider("move down", 0, -FARTHEST, FARTHEST),
    }
