"""Lesson 11: how fast each layer of a deep network learns while it is trained."""

import time

import ipywidgets as widgets
import numpy as np
from matplotlib import rc_context

from course.figures import BLACK, BLUE, GREY, LOOK, RED
from course.live import controls
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from course.measured import depth
from nnlib import mnist

ETAS = [0.1, 0.3, 1.0, 3.0, 10.0]
DEEPEST, LAST, EVERY = 5, 3000, 100  # hidden layers, mini-batches of a run, those between two looks
TRAIN, LOOK_AT = 4000, 500  # images
REDRAW_EVERY = 0.2  # seconds
SLOWEST = 1e-6  # speed at the lower edge of the picture, where lower ones are drawn
OUTPUT = {"color": BLUE, "linestyle": "--", "linewidth": 3, "label": "output"}
BETWEEN = {"color": "#B5B5B5", "linewidth": 1.5, "label": "between"}
FIRST = {"color": RED, "linewidth": 3, "label": "first hidden"}


def readings(train, check, layers, neurons, init, eta, seed):
    """What is read off a network while it trains: (mini-batches done, speeds, accuracy).

    train, check: Splits, to train on and to count on.  The others: see `depth.make_network`.
    A generator; speeds are the lengths of the bias gradient of each layer, the output layer last,
    accuracy is a share, 0 to 1.
    """
    network = depth.make_network(layers, neurons, init, seed)
    look_at = train.first(LOOK_AT)
    for done in depth.moments(network, train, eta, EVERY, LAST):
        speeds, _ = depth.gradient_lengths(network, look_at)
        yield done, speeds, network.evaluate(check) / len(check.labels)


class DepthLab(BackgroundLab):
    """The speed of every layer and the accuracy during 3,000 mini-batches of 10 digits.

    The speed is the length of the layer's bias gradient. The controls choose number of hidden
    layers, neurons, start, eta and seed; each change trains a new network on 4,000 digits in the
    background. `state` holds the settings, `done` (moments,), `speeds` (moments, layers after the
    input), `accuracy` (moments,) and `ratio` (moments,): output layer over first hidden layer.

    data: what `mnist.load()` returns; loaded if it is not given.  settings: to begin with, other
    values of the controls, for example layers=5.
    """

    frozen = (
        {"layers": "all", "neurons": "all", "eta": (0.3, 3.0)},
        {"eta": "all"},
        {"layers": (1, 3, 5), "init": "all"},
        {"seed": range(4)},
    )

    def __init__(self, data=None, **settings):
        data = mnist.given(data)
        self.train, self.check = data.train.first(TRAIN), data.validation.first(LOOK_AT)
        picture = LivePicture(1, 2, size=(8.4, 3.2), width_ratios=[2, 1])
        rows = [["layers", "neurons"], ["init", "eta"], ["seed"]]
        super().__init__(_controls(**settings), picture, rows)

    def on_change(self, _=None):
        """Train another network."""
        settings = self.settings
        self.start(lambda stopping: self._work(stopping, settings))

    def compute(self, **settings):
        """The numbers of a whole run."""
        return _state(settings, list(readings(self.train, self.check, **settings)))

    def _work(self, stopping, settings):
        run, shown_at = [], 0.0
        for reading in readings(self.train, self.check, **settings):
            run.append(reading)
            if time.monotonic() - shown_at > REDRAW_EVERY:
                self.show(_state(settings, run))
                shown_at = time.monotonic()
            if stopping.is_set():
                break
        self.show(_state(settings, run))

    def prepare(self):
        """Both axes, a curve for each layer that there may be, and the numbers over them."""
        left, right = self.picture.axes
        with rc_context(LOOK):
            left.set(yscale="log", ylim=(SLOWEST, 4), ylabel=r"length of $\partial C/\partial b$")
            right.set(ylim=(0, 100))
            right.axhline(10, color=GREY, linewidth=1.2, linestyle=":")
            right.text(LAST, 2.5, "guessing", ha="right", fontsize=10.5, color="#555555")
            for ax, title in ((left, "speed of each layer"), (right, "accuracy (%)")):
                ax.set_title(title, loc="left")
                ax.set(xlim=(0, LAST), xticks=range(0, LAST + 1, 1000), xlabel="mini-batches")
                ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
            left.minorticks_off()
            looks = [FIRST, *[BETWEEN] * (DEEPEST - 1), OUTPUT]
            self._curves = [left.plot([], [], **look)[0] for look in looks]
            named = [self._curves[n] for n in (-1, 1, 0)]
            left.legend(handles=named, ncols=3, loc="upper right", handlelength=1.6, borderpad=0)
            (self._accuracy,) = right.plot([], [], color=BLACK)
            self._numbers = [ax.set_title(" ", loc="right") for ax in (left, right)]
        self.picture.moving = [*self._curves, self._accuracy, *self._numbers]

    def draw(self, state):
        done, speeds = state["done"], np.maximum(state["speeds"].T, SLOWEST)
        curves = dict(zip([*range(state["layers"]), DEEPEST], speeds))
        for n, curve in enumerate(self._curves):
            curve.set_data(done if n in curves else [], curves.get(n, []))
        self._accuracy.set_data(done, 100 * state["accuracy"])
        ratio, accuracy = self._numbers
        before, now = (_short(one) for one in state["ratio"][[0, -1]])
        ratio.set_text(f"output : first   {before} → {now}")
        accuracy.set_text(f"{100 * state['accuracy'][-1]:.0f}")

    def describe(self, state):
        done, last = state["done"], state["ratio"][-1]
        layers, half = state["layers"], done[state["accuracy"] > 0.5]
        first = f"the first of {layers} hidden layers" if layers > 1 else "the hidden layer"
        now = f"{_short(last)} times as fast" if np.isfinite(last) else "that one has stopped"
        when = f"read right after {half[0]:,} mini-batches" if len(half) else "never read right"
        return (
            f"Before training the output layer learns {_short(state['ratio'][0])} times as fast as "
            f"{first}, after {done[-1]:,} mini-batches {now}; half of the digits are {when}, "
            f"{100 * state['accuracy'][-1]:.1f} % at the end. Layers of 30 {state['neurons']} "
            f"neurons, {state['init']} start, eta {state['eta']:g}, seed {state['seed']}."
        )


def _state(settings, run):
    """The numbers of a run so far: the settings, and its readings one below the other."""
    done, speeds, accuracy = map(np.array, zip(*run))
    with np.errstate(divide="ignore", invalid="ignore"):  # a layer that has stopped has speed 0
        ratio = speeds[:, -1] / speeds[:, 0]
    return settings | {"done": done, "speeds": speeds, "accuracy": accuracy, "ratio": ratio}


def _short(ratio):
    """A ratio with two digits or all those before the point; a dash where the first layer rests."""
    if not np.isfinite(ratio):
        return "–"
    return f"{ratio:,.0f}" if ratio >= 9.95 else f"{ratio:#.2g}"


def _controls(layers=3, neurons="sigmoid", init="scaled", eta=3.0, seed=0):
    """The controls with these values at first."""
    names = {"options": list(depth.NEURONS), "value": neurons, "description": "neurons"}
    found = {
        "layers": widgets.IntSlider(
            layers, 1, DEEPEST, description="hidden layers", **controls.ON_RELEASE
        ),
        "neurons": widgets.Dropdown(**names, **controls.LOOK),
        "init": controls.start(),
        "eta": controls.eta(ETAS, eta),
        "seed": controls.seed(),
    }
    found["init"].value, found["seed"].value = init, seed
    return found
