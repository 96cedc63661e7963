"""Lesson 03: a digit lights the network, neuron by neuron."""

import ipywidgets as widgets
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from course import figures
from course.live import controls, digit_network
from course.live.digit_network import BARS, IMAGE, OUTPUTS, DigitNetworkLab

PLAY_EVERY = 125  # milliseconds
PRODUCTS = (0.1, 0.12, 1.25)  # left, bottom and side of the picture of a sum
HEADINGS = "pixel × weight, hidden neuron {}", "activation × weight, output {}"
SUMMED = "above 0", "below 0", "bias", "z, the sum", "activation"


class FeedforwardLab(DigitNetworkLab):
    """A digit lights the hidden neurons and the ten outputs, one after the other, with *Play*.

    network, split: see `DigitNetworkLab`.
    `state` holds what `DigitNetworkLab.forward` returns; `computed`, how many neurons are lit, and
    one more for the answer; `place`, the layer, 0 or 1, and the number of the neuron looked at;
    and its `products`, input times weight for each of its inputs. Both are None at the start.
    """

    frozen = (
        {"number": (2, 4, 7), "computed": "all"},
        {"computed": "all", "weights": ("random",)},
        {"computed": "all", "neurons": ("perceptrons",)},
    )

    rows = [["number"], ["computed"], ["weights", "neurons"]]
    bar = 3.6

    def make_controls(self, hidden):
        """The controls by name."""
        computed = widgets.IntSlider(
            0, 0, hidden + 11, description="computed", **digit_network.LOOK
        )
        switches = digit_network.switches("sigmoid neurons")
        return {"number": digit_network.image(), "computed": computed, **switches}

    def lay_out(self, rows):
        """The rows of a Lab; *Play* behind its slider."""
        boxes = super().lay_out(rows)
        slider = self.controls["computed"]
        boxes[1].children = (slider, *controls.play(slider, PLAY_EVERY))
        return boxes

    def compute(self, number, weights, neurons, computed):
        state = self.forward(number, weights, neurons) | {"computed": computed}
        place, products = _place(computed, len(state["a"][0]), state["answer"]), None
        if place:
            layer, neuron = place
            inputs = (state["image"], state["a"][0])[layer]
            products = self.parameters[weights][0][layer][neuron] * inputs
        return state | {"place": place, "products": products}

    def prepare_more(self, ax):
        """What comes into the neuron looked at: its lines, its products and their sum."""
        left, bottom, side = PRODUCTS
        look = {"fontsize": 10, "va": "top", "linespacing": 1.55}
        self._products = digit_network.square(ax, PRODUCTS, figures.SIGNED, (-1, 1))
        self._frame = digit_network.frame(ax, PRODUCTS)
        self._heading = ax.text(left, bottom + side + 0.24, "", **look)
        at = left + side + 0.12, bottom + side - 0.02
        ax.text(*at, "\n".join(SUMMED), **look)
        self._sum = ax.text(at[0] + 1.35, at[1], "", ha="right", **look)
        self._cone = ax.add_patch(Polygon([(0, 0)] * 3, fc=figures.SKY, alpha=0.3, zorder=1))
        self._lines = ax.add_collection(LineCollection([], zorder=1))
        words = self._heading, self._sum
        return [self._cone, self._lines, self._products, self._frame, *words]

    def draw(self, state):
        a, lit = state["a"], state["computed"]
        hidden, (layer, neuron) = len(a[0]), state["place"] or (None, None)
        answer = state["answer"] if lit > hidden + 10 else None
        self.drawing.show_digit(state["image"], f"image {state['number']}")
        self.drawing.show_hidden(a[0], lit, neuron if layer == 0 else None)
        self.drawing.show_outputs(a[1], lit - hidden, answer)
        self._show_inputs(layer, neuron, state["products"])
        heading, numbers = "the sum of a neuron", []
        if layer is not None:
            heading, numbers = HEADINGS[layer].format(neuron), summed(state)
        self._heading.set_text(heading)
        self._sum.set_text("\n".join(_two_decimals(one) for one in numbers))

    def _show_inputs(self, layer, neuron, products):
        """Pixels of a hidden neuron as a picture, hidden neurons of an output as lines."""
        for artist in (self._cone, self._products, self._frame):
            artist.set_visible(layer == 0)
        self._lines.set_visible(layer == 1)
        if layer == 0:
            largest = max(abs(products).max(), 1e-12)
            self._products.set(data=products.reshape(28, 28), clim=(-largest, largest))
            left, bottom, side = IMAGE
            corners = [(left + side, bottom), (left + side, bottom + side)]
            self._cone.set_xy([*corners, self.drawing.centers[neuron]])
        elif layer == 1:
            self._join(neuron, products)

    def _join(self, output, products):
        """Lines from the hidden neurons to an output: the wider, the more they add or take."""
        end = BARS - 0.28, OUTPUTS[output]
        negative, largest = products < 0, max(abs(products).max(), 1e-12)
        self._lines.set_segments([(center, end) for center in self.drawing.centers])
        self._lines.set(
            color=np.where(negative, figures.RED, figures.BLUE),
            linewidth=0.3 + 4 * abs(products) / largest,
            linestyle=[(0, (3, 1.5)) if one else "solid" for one in negative],
        )

    def describe(self, state):
        image = f"Image {state['number']}, a {state['label']},"
        using = f"{state['weights']} weights, {state['neurons']}"
        hidden = len(state["a"][0])
        if state["place"] is None:
            return f"{image} goes in as 784 numbers, and nothing is computed yet ({using})."
        if state["computed"] > hidden + 10:
            return (
                f"{image} is read as {state['answer']}: this output is the largest. With {using} "
                f"{state['right']:,} of {state['counted']:,} digits are read right."
            )
        layer, neuron = state["place"]
        who = (f"Hidden neuron {neuron} takes", f"Output {neuron} takes")[layer]
        what = ("784 pixels", f"{hidden} activations")[layer]
        z, a = (_two_decimals(state[name][layer][neuron]) for name in "za")
        return f"{who} all {what}, and gets z = {z}, a = {a} ({using})."


def summed(state):
    """Products above 0, products below 0, bias, z and activation of the neuron looked at."""
    products, (layer, neuron) = state["products"], state["place"]
    z, a = state["z"][layer][neuron], state["a"][layer][neuron]
    positive, negative = np.maximum(products, 0).sum(), np.minimum(products, 0).sum()
    return positive, negative, z - products.sum(), z, a


def _place(computed, hidden, answer):
    """Layer and number of the neuron looked at, None before the first; at the end the answer."""
    if computed == 0:
        return None
    if computed <= hidden:
        return 0, computed - 1
    return 1, answer if computed > hidden + 10 else computed - hidden - 1


def _two_decimals(number):
    return f"{number + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")
