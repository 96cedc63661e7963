"""Lesson 11: today's habits switched on and off, each run beside the network of lesson 07."""

import ipywidgets as widgets
import numpy as np

from course.lesson11 import figures
from course.live import controls
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from course.measured import habits
from nnlib import diagnosis, mnist

ETAS = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]
PLAIN_ETA = 3.0  # of the network that all are compared with
TRAIN, VALIDATION = 4000, 500  # images; the small set has as many
EPOCHS, MINI_BATCH = 10, 10
HABITS = ("cross-entropy", "ReLU", "momentum", "shifts")
SWITCHES = {"scaled": "scaled start", **{name: name for name in HABITS}}


def training_run(train, validation, init, chosen, hidden, eta, seed):
    """A network after each epoch of training with the chosen habits; yields it EPOCHS times.

    train, validation: images (n, 784) with labels (n,).  chosen: see `habits.network_class`.
    Yields (network, share of the validation images recognized).  Where eta is so large that
    numbers overflow the network goes on, and recognizes nothing.
    """
    network = habits.network_class(chosen)([784, hidden, 10], init=init, rng=seed)
    for _ in range(EPOCHS):
        with np.errstate(all="ignore"):
            network.SGD(train, 1, MINI_BATCH, eta, on_epoch=None)
            yield network, network.evaluate(validation) / len(validation.labels)


class HabitsLab(BackgroundLab):
    """A network with the habits that are ticked, beside one with none, on 4,000 digits.

    Every change trains a new network in the background, ten epochs in a second or two. The gray
    curve is a network without any of the five, of the same hidden size and seed: gaussian start,
    quadratic cost, sigmoids, eta 3. Accuracy is counted on validation images.

    data: what `mnist.load()` returns; loaded if it is not given.
    """

    frozen = (
        {**dict.fromkeys(SWITCHES, "all"), "eta": (0.03, 0.1, 0.3, 3.0)},
        {"eta": "all"},
        {**dict.fromkeys(SWITCHES, (True,)), "eta": "all"},
    )

    def __init__(self, data=None):
        data = mnist.given(data)
        self.train, self.validation = data.train.first(TRAIN), data.validation.first(VALIDATION)
        self._plain_runs = {}  # accuracies by hidden size and seed: they outlast other changes
        picture = LivePicture(1, 2, size=(9.6, 3.8), width_ratios=[3, 2])
        super().__init__(_controls(), picture, [list(SWITCHES), ["eta", "hidden"], ["seed"]])

    def on_change(self, _=None):
        """Train a network with the new settings; a run that is still going on is stopped."""
        settings = self.settings
        self.start(lambda stopping: self._work(stopping, settings))

    def compute(self, **settings):
        """The numbers after the last epoch."""
        *_, state = self.states(**settings)
        return state

    def states(self, eta, hidden, seed, **switches):
        """The numbers after each epoch; a generator."""
        init = "scaled" if switches["scaled"] else "gaussian"
        chosen = " ".join(name for name in HABITS if switches[name])
        plain, accuracies = self._plain_run(hidden, seed), []
        images = self.train, self.validation
        for network, accuracy in training_run(*images, init, chosen, hidden, eta, seed):
            accuracies.append(accuracy)
            yield {
                "names": [words for name, words in SWITCHES.items() if switches[name]],
                "hidden": hidden,
                "eta": eta,
                "seed": seed,
                "train_images": len(self.train.labels),
                "validation_images": len(self.validation.labels),
                "plain": plain,
                "accuracies": list(accuracies),
                **self._recall(network),
            }

    def _plain_run(self, hidden, seed):
        """Accuracy after each epoch of the network without any of the five."""
        if (hidden, seed) not in self._plain_runs:
            images = self.train, self.validation
            run = training_run(*images, "gaussian", "", hidden, PLAIN_ETA, seed)
            self._plain_runs[hidden, seed] = [accuracy for _, accuracy in run]
        return self._plain_runs[hidden, seed]

    def _recall(self, network):
        with np.errstate(all="ignore"):
            answers = diagnosis.predictions(network, self.validation.images)
        confusion = diagnosis.confusion_matrix(answers, self.validation.labels)
        return {"recall": diagnosis.recall(confusion), "lost": diagnosis.lost_digits(confusion)}

    def _work(self, stopping, settings):
        for state in self.states(**settings):
            last = len(state["accuracies"]) == EPOCHS or stopping.is_set()
            if last or len(state["accuracies"]) % 3 == 1:  # a picture takes as long as an epoch
                self.show(state)
            if stopping.is_set():
                break

    def prepare(self):
        """Two curves on the left, the recall of each digit on the right."""
        left, right = self.picture.axes
        figures.accuracy_axes(left, EPOCHS)
        gray = {"color": figures.GREY, "marker": "s", "linestyle": "--"}
        self._plain = figures.accuracy_curve(left, [], **gray)
        self._line = figures.accuracy_curve(left, [], linewidth=2.5)
        names = ["with what is ticked", "without any habit"]
        left.legend([self._line, self._plain], names, loc="center right", bbox_to_anchor=(1, 0.33))
        self._bars = figures.recall_bars(right, np.zeros(10))
        self._titles = [ax.set_title(" ", loc="left") for ax in (left, right)]
        self.picture.moving = [self._plain, self._line, *self._bars, *self._titles]

    def draw(self, state):
        self._plain.set_data(*figures.in_percent(state["plain"]))
        self._line.set_data(*figures.in_percent(state["accuracies"]))
        figures.update_recall_bars(self._bars, state["recall"], state["lost"])
        now, plain = (100 * state[name][-1] for name in ("accuracies", "plain"))
        left, right = self._titles
        left.set_text(f"{now:.1f} % with, {plain:.1f} % without")
        right.set_text(f"number of lost digits: {len(state['lost'])}")

    def describe(self, state):
        names = ", ".join(state["names"]) or "no habit"
        epochs, lost = len(state["accuracies"]), ", ".join(map(str, state["lost"])) or "none"
        return (
            f"With {names}: {100 * state['accuracies'][-1]:.1f} % of "
            f"{state['validation_images']} validation images after epoch {epochs}; without any "
            f"habit and with eta {PLAIN_ETA:g}: {100 * state['plain'][-1]:.1f} %. [784, "
            f"{state['hidden']}, 10], eta {state['eta']:g}, seed {state['seed']}, "
            f"{state['train_images']:,} training images; number of lost digits: "
            f"{len(state['lost'])}; lost digits: {lost}."
        )


def _controls():
    look = {"indent": False, "layout": {"width": "150px"}}
    return {
        **{name: widgets.Checkbox(description=words, **look) for name, words in SWITCHES.items()},
        "eta": controls.eta(ETAS, PLAIN_ETA),
        "hidden": widgets.IntSlider(100, 1, 100, description="hidden size", **controls.ON_RELEASE),
        "seed": controls.seed(),
    }
