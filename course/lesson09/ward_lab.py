"""Lesson 09: the ward, where a patient is examined with one instrument after the other."""

import time

import ipywidgets as widgets
import numpy as np
from matplotlib import rc_context

from course.lesson09 import faults, figures, ward
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from nnlib import gradients, mnist
from nnlib.neurons import sigmoid_prime

REDRAW_EVERY = 0.25  # seconds
FIVE_BUTTONS = "770px"  # so that a row ends with point 5 of the checklist, and point 6 has its own
PATIENTS = range(len(faults.FAULTS) + 1)
LAYERS = "hidden layer", "output layer"
BEFORE = {"color": figures.ORANGE, "linestyle": "--", "linewidth": 2.5}
AFTER = {"color": figures.BLUE, "fill": True, "alpha": 0.55}


class WardLab(BackgroundLab):
    """Choose a patient, press an instrument, and see what it shows.

    Patient 0 is healthy, 1 to 6 have one fault each. Instruments that train a network show each
    epoch; *Stop* ends them. What was measured once is shown again at once.
    `state` holds `patient`, `instrument` and what the instrument has found, see `ward`.

    data: what `mnist.load()` returns; loaded if it is not given.
    """

    frozen = ({"patient": "all", "instrument": "all"},)

    def __init__(self, data=None):
        data = mnist.given(data)
        self._patients = [faults.patient(number, data) for number in PATIENTS]
        self._known = {}
        super().__init__(_controls(), LivePicture(size=(9.4, 3.4)), [["patient"], ["instrument"]])

    def on_change(self, _=None):
        """Show what is known of it, or measure it."""
        asked = tuple(self.settings.values())
        if asked in self._known:
            self.start(lambda stopping: self.show(self._known[asked]))
        else:
            self.start(lambda stopping: self._measure(stopping, asked))

    def compute(self, patient, instrument):
        """What an instrument shows of a patient in the end."""
        found = []
        ward.INSTRUMENTS[instrument].measure(self._patients[patient], found.append)
        return {"patient": patient, "instrument": instrument, **found[-1]}

    def _measure(self, stopping, asked):
        """Measure, show what is new a few times a second, and keep it unless it was stopped."""
        patient, instrument = asked
        state, shown_at = {}, 0.0

        def note(found):
            nonlocal state, shown_at
            state = {"patient": patient, "instrument": instrument, **found}
            if time.monotonic() - shown_at > REDRAW_EVERY:
                self.show(state)
                shown_at = time.monotonic()
            return stopping.is_set()

        ward.INSTRUMENTS[instrument].measure(self._patients[patient], note)
        if not stopping.is_set():
            self._known[asked] = state
        if state is not self.state:
            self.show(state)

    def prepare(self):
        """Room for the sentence; each instrument makes its own picture."""
        self.caption.layout.min_height = "40px"  # two lines, so that nothing below jumps

    def draw(self, state):
        self.picture.figure.clear()
        with rc_context(figures.LOOK):
            DRAWN[state["instrument"]](self.picture.figure, state)

    def describe(self, state):
        said = ward.INSTRUMENTS[state["instrument"]].say(state)
        return f"Patient {state['patient']}. {said}"


def draw_images(figure, found):
    """Ten images in a row, each with its label."""
    ax = figure.subplots()
    tiles = found["images"].reshape(10, 28, 28).swapaxes(0, 1).reshape(28, 280)
    ax.imshow(tiles, cmap="gray_r", vmin=0, vmax=found["largest"])
    for edge in range(28, 280, 28):
        ax.axvline(edge - 0.5, color=figures.GREY, linewidth=1)
    ax.set(yticks=[], xlabel="label")
    ax.set_xticks(np.arange(14, 280, 28), found["labels"])
    ax.tick_params(length=0, labelsize=15)


def draw_gradient(figure, found):
    """Relative differences as lying bars, and the line below which they are good."""
    ax = figure.subplots()
    names, values = zip(*found["differences"].items())
    bars = np.clip(values, 1e-12, 1)
    ax.barh(names, bars, color=[_color(value) for value in values])
    ax.axvline(gradients.GOOD_BELOW, color=figures.BLACK, linestyle="--", linewidth=1.4)
    ax.text(0.8 * gradients.GOOD_BELOW, -0.75, "good", ha="right")
    ax.set(xscale="log", xlim=(1e-12, 2), xlabel="relative difference", ylim=(len(bars), -1.3))


def _color(difference):
    return figures.BLUE if gradients.verdict(difference) == "good" else figures.RED


def draw_rates(figure, found):
    """Accuracy for each factor on the learning rate."""
    ax = figure.subplots()
    speeds = list(faults.SPEEDS)
    percents = [100 * accuracy for accuracy in found["rates"].values()]
    ax.plot(speeds[: len(percents)], percents, "o-", ms=9, color=figures.BLUE)
    ax.axvline(1, color=figures.GREY, linestyle=":", linewidth=1.4)
    ax.text(1.15, 101, "its own rate", va="top", color="#666666")
    ax.set(xscale="log", xlim=(0.0005, 2000), ylim=(0, 103), ylabel="accuracy (%)")
    ax.set_xlabel("factor on the learning rate")
    ax.set_xticks(speeds, [f"{speed:g}" for speed in speeds])
    ax.minorticks_off()


def draw_by_heart(figure, found):
    """How many of ten are right, step by step."""
    ax = figure.subplots()
    ax.plot(range(1, len(found["counts"]) + 1), found["counts"], color=figures.BLUE)
    ax.axhline(ward.BY_HEART, color=figures.GREY, linestyle=":", linewidth=1.4)
    ax.set(xlim=(0, ward.STEPS), ylim=(0, 10.6), xlabel="step", ylabel="right, of ten images")


def draw_recall(figure, found):
    """Accuracy by epoch at the left, recall of each digit at the right."""
    left, right = figure.subplots(1, 2)
    figures.accuracy_axes(left, ward.EPOCHS)
    figures.accuracy_curve(left, found["accuracies"])
    figures.recall_bars(right, found["recall"], found["lost"])


def draw_inputs(figure, found):
    """Weighted inputs of both layers, before and after training; dotted lines where saturated."""
    for ax, *pair in _by_layer(figure, found):
        figures.z_axes(ax, highest=103)
        _before_and_after(ax, pair, figures.Z_EDGES)


def draw_slopes(figure, found):
    """Slopes of both layers, before and after training."""
    for ax, *pair in _by_layer(figure, found):
        figures.slope_axes(ax)
        _before_and_after(ax, [sigmoid_prime(z) for z in pair], figures.SLOPE_EDGES)


def _by_layer(figure, found):
    """(Axes, z before, z after) of both layers, the Axes with the name of the layer."""
    axes = figure.subplots(1, 2)
    for ax, name in zip(axes, LAYERS):
        ax.set_title(name, loc="left")
    return zip(axes, found["before"], found["after"])


def _before_and_after(ax, pair, edges):
    for values, name, style in zip(pair, ("before training", "after"), (BEFORE, AFTER)):
        figures.share_histogram(ax, values, edges, label=name, **style)
    ax.legend(loc="upper right", fontsize=11)


def draw_gradients(figure, found):
    """Gradient norms of both layers by epoch."""
    ax = figure.subplots()
    looks = ("s--", figures.PURPLE), ("o-", figures.GREEN)
    for values, name, (style, color) in zip(found["norms"].T, LAYERS, looks):
        ax.plot(np.maximum(values, 1e-9), style, color=color, label=name, clip_on=False)
    ax.set(yscale="log", xlim=(-0.2, ward.EPOCHS + 0.2), ylim=(1e-9, 3))
    ax.set(xlabel="epoch", ylabel="gradient norm")
    ax.legend(loc="upper left", bbox_to_anchor=(1, 1))


DRAWN = {
    "images": draw_images,
    "mean images": draw_images,
    "gradient check": draw_gradient,
    "learning rates": draw_rates,
    "ten examples": draw_by_heart,
    "recall": draw_recall,
    "z": draw_inputs,
    "slopes": draw_slopes,
    "gradient norms": draw_gradients,
}


def _controls():
    numbers = {"options": list(PATIENTS), "value": 1, "description": "patient"}
    look = {"description_width": "90px", "button_width": "46px"}
    names = {"options": list(ward.INSTRUMENTS), "value": "images", "description": "instrument"}
    wide = {"style": look | {"button_width": "132px"}}
    rows = {"layout": {"width": FIVE_BUTTONS, "max_width": "100%"}}
    return {
        "patient": widgets.ToggleButtons(**numbers, style=look),
        "instrument": widgets.ToggleButtons(**names, **wide, **rows),
    }
