"""Lesson 11: one hidden neuron of a trained network, or a random mix of all of its layer."""

import copy

import ipywidgets as widgets
import numpy as np
from matplotlib import rc_context
from matplotlib.collections import LineCollection

from course import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture
from course.measured import hidden
from nnlib import arguments, diagnosis, mnist

NEURON, MIX = WHAT = ["one neuron", "a random mix of all"]
ROWS, COLUMNS = 2, 3  # of the images that excite it most, and of those that excite it least
PALE = "#D9D9D9"
STEP = 30  # pixels from one image to the next
LAYERS = ["first hidden layer", "second hidden layer", "third hidden layer"]


class NeuronsLab(Lab):
    """What excites one hidden neuron, what it says to the next layer, and what it is worth.

    network: trained on digits, with one to three hidden layers; it is shown as it is now.
    data: what `mnist.load()` returns, of which the test images are used; loaded if not given.
    A mix is a direction of `hidden.mixes`; its weights are those of the neurons, mixed alike.
    `state` holds `layer`, `number`, `off`, whether it is a `mix`; its `weights` to the layer
    before and `to` the next; its mean value `by_digit` (10,); which images excite it `most` and
    `least` (6,); and the `accuracy`, and the `recall` of each digit (10,), with it and without.
    Raises ValueError for a network of other inputs or outputs, of no or more hidden layers, or
    with a convolution.
    """

    frozen = ({"layer": "all", "what": "all", "number": "all", "off": "all"},)

    def __init__(self, network, data=None):
        sizes, shape = arguments.network(network).sizes, network.weights[0].shape
        is_full = 1 <= len(sizes) - 2 <= len(LAYERS) and shape == (sizes[1], 784)
        if not is_full or sizes[-1] != 10:
            raise ValueError(
                f"the network has the layer sizes {sizes} and first weights of shape {shape}: "
                "expected 784 inputs, one to three hidden layers that are fully connected and 10 "
                "outputs; type for example NeuronsLab(Network([784, 30, 10]))"
            )
        self.network = copy.copy(network)
        self.test = given.digits(mnist.given(data, "test").test, name="data.test")
        self.inputs = diagnosis.weighted_inputs(network, self.test.images)
        self.activations = hidden.activations(network, self.test.images)
        self.mixes = [hidden.mixes(size) for size in sizes[1:-1]]
        picture = LivePicture(2, 3, size=(9.4, 3.8), width_ratios=[3, 2.6, 3.4])
        super().__init__(_controls(sizes[1:-1]), picture, [["layer", "what"], ["number", "off"]])

    def on_change(self, _=None):
        """The last neuron of the chosen layer is the last that can be chosen."""
        layer = self.controls["layer"].value
        self.controls["number"].max = self.network.sizes[layer + 1] - 1
        super().on_change()

    def compute(self, layer, what, number, off):
        """What there is to say of one direction of a layer."""
        a, mix = self.activations[layer], what == MIX
        direction = self.mixes[layer][number] if mix else np.eye(len(a))[number]
        values = direction @ a if mix else self.inputs[layer][number]  # where activations are equal
        order = np.argsort(-values, kind="stable")
        answers = [self.inputs[-1].argmax(axis=0)]
        answers += [hidden.answers_without(self.network, a, layer, direction)] if off else []
        tables = [diagnosis.confusion_matrix(one, self.test.labels) for one in answers]
        return {
            **{"layer": layer, "mix": mix, "number": number, "off": off},
            "weights": direction @ self.network.weights[layer],
            "to": self.network.weights[layer + 1] @ direction,
            "by_digit": hidden.by_digit((direction @ a)[None], self.test.labels)[0],
            "most": order[: ROWS * COLUMNS],
            "least": order[: -ROWS * COLUMNS - 1 : -1],
            "accuracy": [table.trace() / table.sum() for table in tables],
            "recall": [diagnosis.recall(table) for table in tables],
        }

    def prepare(self):
        """Weights at the left, images in the middle, bars at the right."""
        axes = self.picture.axes
        for ax in axes[:, 0]:
            ax.remove()
        with rc_context(figures.LOOK):
            left = self.picture.figure.add_subplot(axes[0, 0].get_gridspec()[:, 0])
            colors = figures.SIGNED.with_extremes(bad=PALE)
            self._weights = left.imshow(np.zeros((28, 28)), colors, extent=(0, 1, 0, 1))
            self._weights.set_interpolation("nearest")
            left.set(xticks=[], yticks=[])
            left.spines[:].set(visible=True, color=figures.GREY)
            self._accuracy = left.text(0.5, -0.04, " ", ha="center", va="top", fontsize=11)
            self._tiles = [ImageTiles(ax) for ax in axes[:, 1]]
            self._bars = [SignedBars(ax) for ax in axes[:, 2]]
        self._titles = [ax.set_title(" ", loc="left", fontsize=11) for ax in (left, *axes[:, 2])]
        axes[0, 2].set_xticks(range(10))
        parts = *self._tiles, *self._bars
        moving = [artist for part in parts for artist in part.artists]
        self.picture.moving = [self._weights, self._accuracy, *moving]
        self._layer = None

    def draw(self, state):
        if state["layer"] != self._layer:
            self._layer = state["layer"]
            self._name_layers()
        weights = _square(state["weights"])
        self._weights.set_data(weights)
        self._weights.set_clim(*(np.nanmax(np.abs(weights)) * np.array([-1, 1])))
        self._accuracy.set_text(_accuracies(state["accuracy"]))
        for tiles, name in zip(self._tiles, ("most", "least")):
            which = state[name]
            tiles.show(self.test.images[which], f"excite it {name}:", self.test.labels[which])
        means, to = self._bars
        means.show(state["by_digit"], state["off"], top=0 if state["mix"] else 1)
        to.show(state["to"], state["off"])

    def _name_layers(self):
        """Write over weights and bars where they lead: to the layer before and to the next."""
        before, _, after = self.network.sizes[self._layer : self._layer + 3]
        is_first, is_last = self._layer == 0, self._layer == self.network.num_layers - 3
        words = (
            f"its weights to the {before} {'pixels' if is_first else 'neurons before it'}",
            "mean activation on each digit",
            f"its weights to the {after} {'outputs' if is_last else 'neurons after it'}",
        )
        for title, text in zip(self._titles, words):
            title.set_text(text)
        self.picture.axes[1, 2].set_xticks(range(10) if is_last else [])
        self.picture.forget_background()

    def describe(self, state):
        what = "Mix" if state["mix"] else "Neuron"
        favorites = ", ".join(map(str, self.test.labels[state["most"]]))
        said = (
            f"{what} {state['number']} of the {LAYERS[state['layer']]} {_active(state)}; excited "
            f"most by images of {favorites}. Accuracy {100 * state['accuracy'][0]:.1f} %"
        )
        if not state["off"]:
            return f"{said}."
        return (
            f"{said}, without it {100 * state['accuracy'][1]:.1f} %; {_suffers(state['recall'])}."
        )


def _active(state):
    """On which digit it answers most, in words."""
    means = state["by_digit"]
    if not state["mix"] and not means.any():
        return "is 0 on every image"
    return f"is most active on the {np.argmax(means)} (on average {means.max():.2f})"


def _suffers(recalls):
    """Whose recall falls most from the first to the second (10,), in words."""
    before, after = recalls
    digit = int(np.argmax(before - after))
    if before[digit] <= after[digit]:
        return "no digit is recognized less often"
    shares = f"{100 * before[digit]:.1f} % to {100 * after[digit]:.1f} %"
    return f"the recall of the {digit} falls most, from {shares}"


class ImageTiles:
    """Six images in two rows, with their digits over them."""

    def __init__(self, ax):
        shape = ROWS * STEP, COLUMNS * STEP
        self._image = ax.imshow(np.zeros(shape), cmap="gray_r", vmin=0, vmax=1)
        ax.set_axis_off()
        self._title = ax.set_title(" ", loc="left", fontsize=11)
        self.artists = [self._image, self._title]

    def show(self, images, words, labels):
        """Show images (6, 784) under some words and their labels (6,)."""
        canvas = np.zeros((ROWS, STEP, COLUMNS, STEP))
        canvas[:, 1:29, :, 1:29] = images.reshape(ROWS, COLUMNS, 28, 28).swapaxes(1, 2)
        self._image.set_data(canvas.reshape(ROWS * STEP, COLUMNS * STEP))
        self._title.set_text(f"{words} {' '.join(map(str, labels))}")


class SignedBars:
    """Bars up and down from a line at 0, on Axes of ten places, the largest with its number."""

    def __init__(self, ax):
        self._ax = ax
        self._bars = ax.add_collection(LineCollection([], zorder=1))
        self._zero = ax.axhline(0, color=figures.BLACK, linewidth=1)
        self._number = ax.text(0, 0, "", ha="center", fontsize=10)
        ax.set(xlim=(-0.6, 9.6), yticks=[])
        ax.spines[:].set_visible(False)
        self.artists = [self._bars, self._zero, self._number]

    def show(self, values, is_off, top=0):
        """Show values (n,), in gray if they are switched off; the Axes reach to `top` or higher."""
        n, most = len(values), int(np.argmax(np.abs(values)))
        places = (np.arange(n) + 0.5) * 10 / n - 0.5
        self._bars.set_segments([[(x, 0), (x, value)] for x, value in zip(places, values)])
        blue, red = (figures.GREY,) * 2 if is_off else (figures.BLUE, figures.RED)
        self._bars.set(color=np.where(values < 0, red, blue), linewidth=160 / n)
        low, high = min(0, values.min()), max(top, values.max(), 1e-6)
        room = 0.25 * (high - low)
        self._ax.set_ylim(low - room * (low < 0), high + room)
        text, is_below = f"{values[most]:.2f}".replace("-", "−"), values[most] < 0
        self._number.set(x=places[most], y=values[most] - 0.15 * room * is_below, text=text)
        self._number.set_va("top" if is_below else "bottom")


def _square(weights):
    """Weights (n,) in rows of a square, which NaN fills up: 784 make the picture that they see."""
    side = int(np.ceil(np.sqrt(len(weights))))
    filled = np.full(side * side, np.nan)
    filled[: len(weights)] = weights
    return filled.reshape(side, side)


def _accuracies(accuracy):
    """The accuracy in words: with it and, if it is switched off, without."""
    words = [f"{word} {100 * one:.1f} %" for word, one in zip(("accuracy", "without it"), accuracy)]
    return ", ".join(words)


def _controls(sizes):
    layers = [(LAYERS[n], n) for n in range(len(sizes))]
    look = {"indent": False, "layout": {"width": "auto", "margin": "2px 20px"}}
    return {
        "layer": widgets.Dropdown(options=layers, description="layer", **controls.LOOK),
        "what": widgets.Dropdown(options=WHAT, description="look at", **controls.LOOK),
        "number": widgets.IntSlider(0, 0, sizes[0] - 1, description="number", **controls.LOOK),
        "off": widgets.Checkbox(False, description="switched off", **look),
    }
