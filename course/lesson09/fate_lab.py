"""Lesson 09: one output neuron on the sigmoid, how hard it is pushed, how long it has to wait."""

import math

import ipywidgets as widgets
import numpy as np
from matplotlib.patches import FancyArrow

from course.lesson09 import figures
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib.neurons import sigmoid, sigmoid_prime

RATE = 0.3 * 47  # eta / m, times the squares of what comes in from 100 hidden neurons and the bias
LOWEST, HIGHEST = -15.0, 5.0  # of z
MOST = 60  # own images that can be shown
PLAY_EVERY = 125  # milliseconds
NARROW = controls.LOOK | {"layout": {"width": "330px"}}  # two and *Play* fit into one row
EPOCH = 5000  # own images in an epoch of the full training set
EPOCHS = 30  # of a usual training
BESIDE = 0.35  # units of z from the middle of the neuron to where its arrow begins
LENGTH = 20  # an arrow of this many units of z for a push of 1


def after_one_image(z):
    """z of a neuron on its own digit, a float, after one more image of that digit."""
    a = 1 / (1 + math.exp(-z))
    return z + RATE * (1 - a) * a * (1 - a)


def images_needed(z):
    """How many images of its own digit it takes until z is no longer below 0."""
    count = 0
    while z < 0:
        z, count = after_one_image(z), count + 1
    return count


class FateLab(Lab):
    """An output neuron on its own digit: how wrong, slope, push, and the images until it answers.

    Controls: `z`, the weighted input at the start; `images` of its own digit that have come by
    since.  *Play* lets them come, eight in a second.
    `state` holds both and, after these images, `z_now`; `activation`, `wrong_by` 1 - a,
    `slope`, `push`, which is their product, `step`, by how much the next image lifts z, and
    `needed`, how many more images it takes until z is 0 or more.
    """

    frozen = (
        {"z": (-5.0, -10.0, -15.0), "images": (*range(21), 25, 30, 40, 50, 60)},
        {"images": "all"},
        {"z": "all"},
    )

    def __init__(self):
        starts = np.arange(LOWEST, HIGHEST + 0.25, 0.5).tolist()
        self._needed = {z: images_needed(z) for z in starts}
        picture = LivePicture(1, 2, size=(9.6, 3.7), width_ratios=[1.35, 1])
        super().__init__(_controls(starts), picture)

    def compute(self, z, images):
        """The neuron after so many images of its own digit."""
        z_now = z
        for _ in range(images):
            z_now = after_one_image(z_now)
        wrong_by, slope = 1 - float(sigmoid(z_now)), float(sigmoid_prime(z_now))
        return {
            **{"z": z, "images": images, "z_now": z_now},
            **{"activation": 1 - wrong_by, "wrong_by": wrong_by, "slope": slope},
            **{"push": wrong_by * slope, "step": RATE * wrong_by * slope},
            "needed": max(0, self._needed[z] - images),
        }

    def prepare(self):
        """*Play* behind its slider; the neuron on the sigmoid; the wait for each z at the right."""
        self.play, style = controls.play(self.controls["images"], PLAY_EVERY)
        self.panel[0].children += (self.play, style)
        self.caption.layout.min_height = "40px"  # two lines, so that nothing below jumps
        left, right = self.picture.axes
        self._prepare_neuron(left)
        self._prepare_waiting(right)

    def _prepare_neuron(self, ax):
        z = np.linspace(LOWEST - 1, HIGHEST + 1, 400)
        ax.plot(z, sigmoid(z), color=figures.GREY)
        (self._gap,) = ax.plot([], [], "--", color=figures.RED, label="wrong by $1 - a$")
        (self._tangent,) = ax.plot([], [], color=figures.BLACK, label="slope")
        arrow = FancyArrow(0, 0, 1, 0, length_includes_head=True, color=figures.BLUE, linewidth=0)
        self._arrow = ax.add_patch(arrow)
        self._arrow.set_label("push, their product")
        (self._neuron,) = ax.plot([], [], "o", ms=11, color=figures.BLACK, clip_on=False)
        look = {"ncols": 3, "fontsize": 11, "borderaxespad": 0, "frameon": False}
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1), **look)
        ax.set(xlim=(z[0], z[-1]), ylim=(-0.12, 1.1), xticks=range(-15, 6, 5), yticks=[0, 0.5, 1])
        ax.set(xlabel="weighted input $z$", ylabel="activation $a$")
        self._push = ax.set_title(" ", loc="left", pad=26)

    def _prepare_waiting(self, ax):
        below = [z for z in self._needed if z < 0]
        ax.plot(below, [self._needed[z] for z in below], color=figures.GREY)
        ax.axhline(EPOCH * EPOCHS, color=figures.ORANGE, linestyle="--", linewidth=1.6)
        ax.text(-0.2, 1.3 * EPOCH * EPOCHS, f"{EPOCHS} epochs", ha="right", fontsize=11)
        (self._place,) = ax.plot([], [], "o", ms=11, color=figures.BLACK, clip_on=False)
        ax.set(yscale="log", xlim=(LOWEST - 0.5, 0.5), ylim=(0.8, 1e6), xticks=range(-15, 1, 5))
        ax.set(xlabel="weighted input $z$", ylabel="own images needed")
        self._count = ax.set_title(" ", loc="left", weight="bold")
        neuron = [self._gap, self._tangent, self._arrow, self._neuron, self._push]
        self.picture.moving = [*neuron, self._place, self._count]

    def draw(self, state):
        z, a = state["z_now"], state["activation"]
        self._neuron.set_data([z], [a])
        self._gap.set_data([z, z], [a, 1])
        along = np.array([-1.0, 1.0])
        self._tangent.set_data(z + along, a + along * state["slope"])
        self._arrow.set_data(x=z + BESIDE, y=a, dx=LENGTH * state["push"], **_head(state["push"]))
        self._push.set_text(
            f"{state['wrong_by']:.3f} × slope {state['slope']:.7f} = push {state['push']:.7f}"
        )
        waits = state["needed"] > 0
        self._place.set_data([z] if waits else [], [state["needed"]] if waits else [])
        self._count.set_text(f"still needed: {state['needed']:,}" if waits else "it answers")

    def describe(self, state):
        numbers = (
            f"Wrong by {state['wrong_by']:.3f}, times slope {state['slope']:.7f}: a push of "
            f"{state['push']:.7f}; the next image lifts z by {state['step']:.6f}."
        )
        if not state["needed"]:
            return f"z = {state['z_now']:.2f}: the neuron answers. {numbers}"
        more = "1 more image" if state["needed"] == 1 else f"{state['needed']:,} more images"
        return (
            f"z = {state['z_now']:.2f}: the neuron needs {more} of its own digit, "
            f"{state['needed'] / EPOCH:.2g} epochs of the full training set. {numbers}"
        )


def _head(push):
    """The widths of an arrow and the length of its head, which all shrink with the push."""
    size = min(1, LENGTH * push)
    return {"width": 0.035 * size, "head_width": 0.11 * size, "head_length": 0.6 * size}


def _controls(starts):
    start = {"options": [(f"{z:g}", z) for z in starts], "value": -5.0, "description": "z at start"}
    return {
        "z": widgets.SelectionSlider(**start, **NARROW),
        "images": widgets.IntSlider(0, 0, MOST, description="own images", **NARROW),
    }
