"""Lesson 05: polls among the gradients of single images, drawn around the full gradient."""

from functools import cache

import ipywidgets as widgets
import numpy as np
from matplotlib.collections import LineCollection
from scipy.sparse.linalg import eigsh

from course.lesson05 import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments, diagnosis, examples, mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid

IMAGES = 1000
POLLS = 40  # at a time
SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
TITLE = "black: the full gradient; blue: {} estimates"


def inner_products(network, split):
    """Inner products of the gradients of single images with each other, (n, n).

    split: images (n, 784) and labels (n,).  The part of a gradient that belongs to one layer is
    the product of its errors with its inputs and, for the biases, with 1; so errors and inputs are
    enough, and the n long gradients are never held.
    """
    data = examples.training(split, network.sizes, network.dtype)
    each = [network.backprop(x, y)[0] for x, y in data]
    errors = [np.hstack(layer).astype(float) for layer in zip(*each)]  # (neurons, n) each
    hidden = map(sigmoid, diagnosis.weighted_inputs(network, split.images)[:-1])
    inputs = [layer.astype(float) for layer in (split.images.T, *hidden)]
    return sum((e.T @ e) * (a.T @ a + 1) for e, a in zip(errors, inputs))


def coordinates(products):
    """Gradients in a plane that holds their mean, (n, 2), from their inner products (n, n).

    The first coordinate is along the mean, whose length is the unit, so the mean is at (1, 0). The
    second is along that direction across it in which the gradients differ most.
    """
    length = np.sqrt(products.mean())
    along = products.mean(axis=1) / length
    across = products - np.outer(along, along)
    most, direction = eigsh(across, 1, v0=across[0])
    sign = np.sign(direction[np.abs(direction).argmax()])  # computers differ in it
    return np.column_stack([along, sign * np.sqrt(most) * direction]) / length


class PollLab(Lab):
    """40 estimates of the gradient, each from m images, as arrows around the full gradient.

    network: whose gradient is estimated, with 784 inputs and 10 outputs; a new one, scaled and
    with seed 0, if it is not given.  data: what `mnist.load()` returns; the small set if it is not
    given. The first 1,000 training images are asked.
    Controls: `m`, images in a poll; `asked`, how often *Ask again* was pressed.
    `state` holds both; `tips` (40, 2), where the arrows end in the plane of `coordinates`;
    `misses`, for each of `SIZES` the root mean square distance of the estimates to the full
    gradient over all weights and biases, divided by its length.
    Raises ValueError for what is no such network, and for fewer than two images.
    """

    frozen = ({"m": "all", "asked": range(6)},)

    def __init__(self, network=None, data=None):
        if network is None:
            network = Network([784, 30, 10], init="scaled", rng=0)
        train = mnist.given(data, "train", which="mini").train
        split = given.digits(train, IMAGES, at_least=2, name="data.train")
        self._products = inner_products(arguments.network(network), split)
        self._places = coordinates(self._products)
        self._orders, self._misses = cache(self._draw_orders), cache(self._find_misses)
        picture = LivePicture(1, 2, size=(9.4, 3.9), width_ratios=[1.9, 1])
        super().__init__(_controls(), picture)

    def _draw_orders(self, asked):
        """A random order of all images for each poll, (40, n): a poll of m asks the first m."""
        rng = np.random.default_rng(asked)
        return np.array([rng.permutation(len(self._places)) for _ in range(POLLS)])

    def _find_misses(self, asked):
        """How far the polls of each size are off, in lengths of the full gradient, (sizes,)."""
        n = len(self._products)
        shares = np.full((len(SIZES), POLLS, n), -1 / n)  # an estimate minus the full gradient
        for off, m in zip(shares, SIZES):
            np.put_along_axis(off, self._orders(asked)[:, :m], 1 / min(m, n) - 1 / n, axis=1)
        rows = shares.reshape(-1, n)
        squares = ((rows @ self._products) * rows).sum(axis=1).reshape(-1, POLLS)
        return np.sqrt(squares.mean(axis=1).clip(0) / self._products.mean())

    def compute(self, m, asked):
        tips = self._places[self._orders(asked)[:, :m]].mean(axis=1)
        return {"m": m, "asked": asked, "tips": tips, "misses": self._misses(asked)}

    def prepare(self):
        """The plane at the left; at the right how far polls are off, against their size."""
        plane, chart = self.picture.axes
        half = max(0.7, self._places[:, 1].std())
        plane.set(xlim=(0.5 - 2 * half, 0.5 + 2 * half), ylim=(-half, half), aspect="equal")
        plane.set(xlabel="along the full gradient (1: its length)", ylabel="across it")
        plane.set_title(TITLE.format(POLLS), loc="left", fontsize=11)
        self._arrows = plane.add_collection(LineCollection([], colors=figures.SKY, linewidths=1))
        look = {"color": figures.BLUE, "ms": 5, "markeredgecolor": "white", "mew": 0.6, "zorder": 4}
        (self._tips,) = plane.plot([], [], "o", **look)
        full = figures.arrow(plane, (0, 0), (1, 0))
        self._dots = figures.miss_chart(chart, SIZES, self._misses(0)[0])
        self.picture.moving = [self._arrows, self._tips, full, self._dots]

    def draw(self, state):
        self._arrows.set_segments([[(0, 0), tip] for tip in state["tips"]])
        self._tips.set_data(*state["tips"].T)
        shown = [m for m in SIZES if m <= state["m"]]
        self._dots.set_data(shown, 100 * state["misses"][: len(shown)])

    def describe(self, state):
        percent = 100 * state["misses"][SIZES.index(state["m"])]
        return (
            f"{POLLS} polls of m = {state['m']:,}: over all weights and biases an estimate misses "
            f"the full gradient by {percent:.0f} % of its length."
        )


def _controls():
    m = {"options": [(f"{m:,}", m) for m in SIZES], "value": 1, "description": "m"}
    return {
        "m": widgets.SelectionSlider(**m, **controls.LOOK),
        "asked": controls.CountingButton(description="Ask again", icon="refresh"),
    }
