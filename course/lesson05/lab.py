"""Lesson 05: a race of four sizes of mini-batch, by examples read or by seconds."""

import time

import ipywidgets as widgets
import numpy as np
from matplotlib import rc_context

from course.lesson05 import figures
from course.live import controls
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from nnlib import examples, mnist
from nnlib.network import Network

ETAS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0]
EXAMPLES = 1000  # few enough for 3,000 single steps in under a second
RECORD_EVERY = 100  # examples between two points of a curve
ALL = "all"
SIZES = (ALL, 100, 10, 1)  # quickest first: the first curves stand while the last is computed
ORDER = SIZES[::-1]  # in the legend and in the sentence
AXES = {"epochs": "epochs", "seconds": "seconds on this computer"}
SAME_ANSWER = 0.45  # cost of a network that answers 0.1 at all ten outputs, (0.81 + 9 * 0.01) / 2
STYLES = {
    1: {"color": figures.ORANGE, "marker": "^", "ms": 6, "markevery": 5},
    10: {"color": figures.BLUE, "marker": "o", "ms": 6, "markevery": 5},
    100: {"color": figures.GREEN, "marker": "s", "ms": 6, "markevery": 5, "linestyle": "--"},
    ALL: {"color": figures.BLACK, "marker": "D", "ms": 5, "linestyle": ":"},
}


def run(split, m, eta, epochs, seed, stopped=lambda: False):
    """How [784, 30, 10] gets on with mini-batches of m: (curve, seconds).

    split: images (n, 784) and labels (n,).  m: a number, or "all" for plain gradient descent.
    stopped: looked at before each point; if it returns True, the curve ends there.
    Start (init "scaled") and shuffling follow `seed` as in Network.SGD. The curve has three lists,
    examples "seen", full "cost" and "right" answers of n, before training and then every 100
    examples, or every m if that is more. seconds: a list, what all steps up to a point have taken.
    """
    n = len(split.images)
    m = n if m == ALL else m
    network = Network([784, 30, 10], init="scaled", rng=seed)
    data = examples.training(split, network.sizes, network.dtype)
    points, seconds = [(0, *_cost_and_right(network, split, data))], [0.0]
    for seen, took in _steps(network, data, m, eta, epochs):
        if stopped():
            break
        points.append((seen, *_cost_and_right(network, split, data)))
        seconds.append(seconds[-1] + took)
    return dict(zip(("seen", "cost", "right"), map(list, zip(*points)))), seconds


def _steps(network, data, m, eta, epochs):
    """Train, and pause at each point of a curve: (examples seen, seconds since the last pause)."""
    n, started = len(data), time.perf_counter()
    for epoch in range(epochs):
        order = network.rng.permutation(n)
        for done in range(m, n + m, m):
            network.update_mini_batch(data.take(order[done - m : done]), eta)
            if done % RECORD_EVERY == 0 or done >= n:
                yield epoch * n + min(done, n), time.perf_counter() - started
                started = time.perf_counter()


def _cost_and_right(network, split, data):
    """The quadratic cost, averaged over all examples, and how many of them are answered right."""
    outputs = network.feedforward(data.images.T)  # (10, n)
    cost = 0.5 * np.sum((outputs - data.targets.T) ** 2) / len(data)
    return float(cost), int((outputs.argmax(axis=0) == split.labels).sum())


class BatchLab(BackgroundLab):
    """A race for right answers with m = 1, 10, 100 and all; sliders: eta, epochs, seed.

    Each release trains four networks from the same start on 1,000 digits, in the background; a
    curve is drawn as soon as it is done. The buttons `axis` choose what is written along the axis,
    and need no training. `state["curves"][m]` has the lists that `run` returns, `clock[m]` the
    seconds that the steps took on this computer.

    data: what `mnist.load()` returns; the small set if it is not given.
    """

    frozen = (
        {"eta": "all", "axis": "all"},
        {"eta": (10.0,), "seed": range(10)},
        {"eta": (0.05, 0.5, 5.0, 10.0), "epochs": "all"},
        {"eta": (0.5, 5.0), "seed": range(3), "axis": "all"},
    )
    frozen_note = "The seconds are those of the computer that made this page."

    def __init__(self, data=None):
        self.split = mnist.given(data, "train", which="mini").train.first(EXAMPLES)
        self.clock, self._prepared = {}, None
        picture = LivePicture(1, 2, size=(9.4, 3.7), width_ratios=[1.4, 1])
        super().__init__(_controls(), picture, [["eta", "seed"], ["epochs", "axis"]])

    def on_change(self, change=None):
        """Another axis is drawn at once; after any other change four networks train anew."""
        if change and change["owner"] is self.controls["axis"]:
            with self.lock:
                self.show(self.state | {"axis": change["new"]})
            return
        settings = self.settings
        self.start(lambda stopping: self._work(stopping, settings))

    def compute(self, eta, epochs, seed, axis):
        """The numbers to show, all four curves at once."""
        settings = {"eta": eta, "epochs": epochs, "seed": seed}
        return [state for state, _ in self._states(settings)][-1] | {"axis": axis}

    def _states(self, settings, stopped=lambda: False):
        """What to show after each curve that is done, and its seconds."""
        curves = {}
        for m in SIZES:
            curves[m], seconds = run(self.split, m, **settings, stopped=stopped)
            about = {"examples": len(self.split.images), "stopped": False}
            yield settings | about | {"curves": dict(curves)}, {m: seconds}

    def _work(self, stopping, settings):
        of_a_run = {name: settings[name] for name in ("eta", "epochs", "seed")}
        for state, seconds in self._states(of_a_run, stopping.is_set):
            if stopping.is_set():  # this curve is not whole
                break
            with self.lock:
                self.clock |= seconds
                self.show(state | {"axis": self.controls["axis"].value})
        with self.lock:
            if len(self.state["curves"]) < len(SIZES):
                self.show(self.state | {"stopped": True})

    def draw(self, state):
        ends = [self.clock[m][-1] for m in state["curves"]]
        end = max(ends) if state["axis"] == "seconds" else state["epochs"]
        if (state["epochs"], state["axis"], end) != self._prepared:
            with rc_context(figures.LOOK):
                self._prepare_axes(state, end)
            self._prepared = state["epochs"], state["axis"], end
        for m, (race, cost) in self._lines.items():
            curve = state["curves"].get(m, {"seen": [], "right": [], "cost": []})
            along = self._along(state, m) if m in state["curves"] else []
            race.set_data(along, curve["right"])
            cost.set_data(along, curve["cost"])
        waiting = ", still training" if len(state["curves"]) < len(SIZES) else ""
        self._title.set_text(f"eta {state['eta']:g}{', stopped' if state['stopped'] else waiting}")

    def _along(self, state, m):
        """Where the points of a curve stand along the axis."""
        if state["axis"] == "seconds":
            return self.clock[m]
        return np.divide(state["curves"][m]["seen"], state["examples"])

    def _prepare_axes(self, state, end):
        """Everything that stays while the axes do, and the artists that do not."""
        axes = race, costs = self.picture.axes
        n, epochs = state["examples"], state["epochs"]
        figures.race_axes(race, costs, n, SAME_ANSWER)
        for ax in axes:
            ax.set(xlim=(0, 1.01 * end), xlabel=AXES[state["axis"]])
        self._lines = {
            m: [ax.plot([], [], label=_label(m, epochs, n), **STYLES[m])[0] for ax in axes]
            for m in ORDER
        }
        self._title = race.set_title(" ", loc="left")
        figures.legend_above(self.picture.figure, [lines[0] for lines in self._lines.values()])
        self.picture.moving = [*sum(self._lines.values(), []), self._title]
        self.picture.forget_background()

    def describe(self, state):
        curves = state["curves"]
        right = [f"{curves[m]['right'][-1] if m in curves else '?'} with {_name(m)}" for m in ORDER]
        costs = [f"{curves[m]['cost'][-1]:.2f}" if m in curves else "?" for m in ORDER]
        return (
            f"Right of {state['examples']:,} after epoch {state['epochs']}, eta {state['eta']:g}, "
            f"seed {state['seed']}: {', '.join(right)}; costs {', '.join(costs)}."
        )


def _name(m):
    return m if m == ALL else f"m = {m}"


def _label(m, epochs, n):
    """Legend: size of the mini-batch and the number of steps that it allows."""
    steps = epochs * (1 if m == ALL else -(-n // m))
    return f"{f'all {n:,}' if m == ALL else _name(m)}: {steps:,} steps"


def _controls():
    return {
        "eta": controls.eta(ETAS, 0.5),
        "epochs": controls.epochs(2, most=3),
        "seed": controls.seed(),
        "axis": widgets.ToggleButtons(options=list(AXES), style={"button_width": "90px"}),
    }
