"""Lesson 07: a trained network reads a hundred images, and one of them is looked at closely."""

import ipywidgets as widgets
import numpy as np
from matplotlib.transforms import Bbox

from course.lesson07 import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments

MOST = 100  # images of a pile that are shown
SURE = 0.9  # an answer with a higher activation is called sure
PLAY_EVERY = 400  # milliseconds


class WatchLab(Lab):
    """Images with the answers of a network, mistakes framed, and the ten outputs for one of them.

    network: of 784 inputs and 10 outputs; it answers as it is when the lab is made.
    piles: names, each with images (n, 784) or with a pair of images and labels (n,), as a Split
    is; the first 100 are shown.  *Play* goes from image to image, and *Next mistake* to the next
    that has a frame.
    `state` holds the `pile` and `number` chosen; the `images` (n, 784), their `labels`, or None,
    the `outputs` (10, n) and `answers` (n,) of the network, and which of them are `wrong` (n,).
    Raises ValueError for another network, and for piles that do not fit.
    """

    frozen = ({"pile": "all", "number": "all"},)
    frozen_note = (
        "Next mistake is a button of the notebook. Here, move the slider to a digit with a frame."
    )

    def __init__(self, network, piles):
        sizes = arguments.network(network).sizes
        if (sizes[0], sizes[-1]) != (784, 10):
            raise ValueError(
                f"the network has the layer sizes {sizes}: expected 784 inputs and 10 "
                "outputs, as Network([784, 30, 10]) has"
            )
        given.named(piles, "piles", 'WatchLab(net, {"digits": data.validation})')
        self._piles = {name: _pile(name, pile) for name, pile in piles.items()}
        self._outputs = {
            name: network.feedforward(images.T) for name, (images, _) in self._piles.items()
        }
        rows = [["pile", "number"], []]
        super().__init__(_controls(list(piles)), LivePicture(size=(9.4, 4.5)), rows)

    def prepare(self):
        """A row with *Play* and *Next mistake*; images above, the chosen one and bars below."""
        self.play, style = controls.play(self.controls["number"], PLAY_EVERY)
        self.next_mistake = widgets.Button(description="Next mistake", icon="step-forward")
        self.next_mistake.on_click(self._go_to_next_mistake)
        self.panel[-1].children = (self.play, style, self.next_mistake)
        self._prepare_axes(*figures.watch_axes(self.picture))

    def _prepare_axes(self, top, left, right):
        """Images that are drawn again only where they change; below them what always changes."""
        self._grid = figures.AnsweredImages(top)
        self._chosen = left.imshow(np.zeros((28, 28)), cmap="gray_r", vmin=0, vmax=1)
        left.set(xticks=[], yticks=[])
        left.spines[:].set(visible=True, color=figures.GREY)
        self._name = left.set_title(" ", loc="left", fontsize=11)
        self._bars = figures.AnswerBars(right, SURE)
        self.picture.settle()
        for tile in self._grid.tiles:
            self.picture.reserve(tile.artists, tile.place, lambda tile=tile: tile.look)
        below = Bbox.from_extents(0, 0, *top.get_window_extent().corners()[2])
        self.picture.reserve([self._chosen, self._name, *self._bars.artists], below, None)

    def on_change(self, _=None):
        """The last image of the pile is the last that can be chosen."""
        images, labels = self._piles[self.controls["pile"].value]
        self.controls["number"].max = self.play.max = len(images) - 1
        self.next_mistake.layout.visibility = "hidden" if labels is None else "visible"
        super().on_change()

    def _go_to_next_mistake(self, _):
        """Stop playing and choose the next mistake, after the last one the first."""
        self.play.playing = False
        wrong = np.flatnonzero(self.state["wrong"])
        later = wrong[wrong > self.state["number"]]
        if len(wrong):
            self.controls["number"].value = int(later[0] if len(later) else wrong[0])

    def compute(self, pile, number):
        images, labels = self._piles[pile]
        answers = self._outputs[pile].argmax(axis=0)
        none = np.zeros(len(images), dtype=bool)
        return {
            "pile": pile,
            "number": number,
            "images": images,
            "labels": labels,
            "outputs": self._outputs[pile],
            "answers": answers,
            "wrong": none if labels is None else answers != labels,
        }

    def draw(self, state):
        number, labels = state["number"], state["labels"]
        sure = state["outputs"].max(axis=0) > SURE
        colors = np.where(sure, figures.BLACK, figures.GREY)
        self._grid.show(
            state["pile"], state["images"], state["answers"], colors, state["wrong"], number
        )
        self._chosen.set_data(state["images"][number].reshape(28, 28))
        self._name.set_text(f"image {number}")
        label = None if labels is None else labels[number]
        self._bars.show(state["outputs"][:, number], label)

    def describe(self, state):
        number, labels, outputs = state["number"], state["labels"], state["outputs"]
        second, best = np.argsort(outputs[:, number])[-2:]
        written = "" if labels is None else f", a {labels[number]},"
        right = "" if labels is None else f"{100 * np.mean(~state['wrong']):.0f} % are read right, "
        return (
            f"Image {number}{written} is read as {best} with {outputs[best, number]:.2f}, next "
            f"comes {second} with {outputs[second, number]:.2f}. Of {len(outputs.T)} images "
            f"{right}{100 * np.mean(outputs.max(axis=0) > SURE):.0f} % get an answer above {SURE}."
        )


def _pile(name, pile):
    """The first images of a pile, with labels or None."""
    if isinstance(pile, tuple):
        return given.digits(pile, MOST, at_least=2, name=f"the pile {name!r}")
    images = arguments.plain_array(pile, f"the images of the pile {name!r}")
    if images.ndim != 2 or images.shape[1] != 784 or len(images) < 2:
        raise ValueError(
            f"the pile {name!r} has images of shape {images.shape}: expected (n, 784), at least "
            "two of them, as in data.validation.images"
        )
    return arguments.finite(images[:MOST], f"the pile {name!r}"), None


def _controls(names):
    return {
        "pile": widgets.Dropdown(options=names, description="images", **controls.LOOK),
        "number": widgets.IntSlider(0, 0, MOST - 1, description="look at", **controls.LOOK),
    }
