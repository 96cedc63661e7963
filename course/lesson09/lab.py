"""Lesson 09: how far from the middle the output neurons are, and which digits that costs."""

import time

import ipywidgets as widgets
import numpy as np
from matplotlib import rc_context

from course.lesson09 import figures
from course.live import controls
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from nnlib import diagnosis, mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid_prime

ETAS = [0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0]
EPOCHS, MINI_BATCH = 10, 10
TRAIN, VALIDATION = 2000, 1000  # images: few enough for all epochs in about a second
REDRAW_EVERY = 0.2  # seconds
TITLES = ("stuck near 0", "saturated", "number of lost digits")
OWN = {"color": figures.BLUE, "fill": True, "alpha": 0.55}
OTHERS = {"color": figures.ORANGE, "linestyle": "--", "linewidth": 2.5}


def output_inputs(train, validation, hidden, init, eta, seed):
    """Weighted inputs of the output neurons, (10, n), before training and after each epoch.

    train, validation: images (n, 784) and labels (n,), to train on and to look at.  hidden: hidden
    neurons, 0 for no hidden layer.  A generator; every step but the first trains for one epoch.
    """
    network = Network([784, *([hidden] if hidden else []), 10], init=init, rng=seed)
    for _ in range(EPOCHS):
        yield diagnosis.weighted_inputs(network, validation.images)[-1]
        network.SGD(train, 1, MINI_BATCH, eta, on_epoch=None)
    yield diagnosis.weighted_inputs(network, validation.images)[-1]


def readings(z, labels):
    """What the lab shows of the weighted inputs z (10, n) of images with labels (n,).

    own: z of the neuron of each image's own digit, (n,).  others: z of the other nine, (9 n,).
    saturated: share of all of them with a slope below 0.01.  stuck: share of `own` that is
    saturated below 0, where the answer is wrong.  Then accuracy, recall and lost digits.
    """
    is_own = np.arange(10)[:, None] == labels
    own, others = z[is_own], z[~is_own]
    confusion = diagnosis.confusion_matrix(z.argmax(axis=0), labels)
    flat = sigmoid_prime(z) < diagnosis.SATURATED_BELOW
    return {
        "own": own,
        "others": others,
        "spread": float(z.std()),
        "saturated": float(flat.mean()),
        "stuck": float(np.mean(flat[is_own] & (own < 0))),
        "accuracy": confusion.trace() / len(labels),
        "recall": diagnosis.recall(confusion),
        "lost": diagnosis.lost_digits(confusion),
    }


class SaturationLab(BackgroundLab):
    """Output neurons before and during training: z, slope, recall; sliders choose the network.

    Hidden size, start, eta and seed train a new network on 2,000 digits in the background, ten
    epochs in about a second; *epoch* steps through what was recorded, 0 being the start.
    `run` holds the recorded z, one array (10, n) for each epoch.

    data: what `mnist.load()` returns; loaded if it is not given.
    """

    frozen = (
        {"init": "all", "hidden": (0, 30, 100), "epoch": "all"},
        {"init": "all", "hidden": (0,), "eta": (1.0, 3.0), "epoch": "all"},
        {"init": "all", "hidden": (0, 30, 100), "seed": range(10)},
        {"init": "all", "eta": "all"},
    )

    def __init__(self, data=None):
        data = mnist.given(data)
        self.train, self.validation = data.train.first(TRAIN), data.validation.first(VALIDATION)
        self.run, self._asked, self._network = [], None, None
        picture = LivePicture(1, 3, size=(9.6, 3.9), width_ratios=[4, 3, 4])
        super().__init__(_controls(), picture, [["epoch", "init"], ["hidden", "eta"], ["seed"]])

    def on_change(self, _=None):
        """The epoch slider shows another moment of the same run; any other control trains anew."""
        network = self._network_settings()
        if network != self._asked:
            self._asked = network
            self.start(lambda stopping: self._work(stopping, network))
        elif self.run:
            self._show_recorded()

    def compute(self, epoch, **network):
        """The numbers to show for one moment of one network, trained anew."""
        run = list(zip(range(epoch + 1), output_inputs(self.train, self.validation, **network)))
        return self._state(network, epoch, run[-1][1])

    def _network_settings(self):
        return {name: value for name, value in self.settings.items() if name != "epoch"}

    def _show_recorded(self):
        """Show the chosen epoch, or the last one there is."""
        with self.lock:
            epoch = min(self.controls["epoch"].value, len(self.run) - 1)
            self.show(self._state(self._network, epoch, self.run[epoch]))

    def _state(self, network, epoch, z):
        found = readings(z, self.validation.labels)
        if epoch == 0:
            found["lost"] = []  # what was never learned cannot be lost
        return {**network, "epoch": epoch, "train_images": len(self.train.labels), **found}

    def _work(self, stopping, network):
        with self.lock:
            self.run, self._network = [], network
        shown_at = 0.0
        for z in output_inputs(self.train, self.validation, **network):
            with self.lock:
                self.run.append(z)
            if time.monotonic() - shown_at > REDRAW_EVERY:
                self._show_recorded()
                shown_at = time.monotonic()
            if stopping.is_set():
                break
        self._show_recorded()

    def show_error(self, error):
        """Say what went wrong; the same settings can be tried again."""
        self._asked = None
        super().show_error(error)

    def prepare(self):
        """Everything that stays the same from picture to picture, and the artists that do not."""
        left, middle, right = self.picture.axes
        self.caption.layout.min_height = "40px"  # two lines, so that nothing below jumps
        with rc_context(figures.LOOK):
            figures.z_axes(left)
            figures.slope_axes(middle).set_ylabel("")
            self._steps = {
                (name, ax): figures.share_histogram(ax, [], edges, **style)
                for ax, edges in ((left, figures.Z_EDGES), (middle, figures.SLOPE_EDGES))
                for name, style in (("own", OWN), ("others", OTHERS))
            }
            names = [self._steps[name, left] for name in ("own", "others")]
            middle.legend(names, ["own digit", "other digits"], loc="upper right")
            self._bars = figures.recall_bars(right, np.zeros(10))
            for ax, title in zip(self.picture.axes, TITLES):
                ax.set_title(title, loc="left")
            left.text(0.03, 0.93, "epoch", transform=left.transAxes)
            # only the numbers move: drawing letters takes half of the time of a picture
            self._epoch = left.text(0.23, 0.93, " ", transform=left.transAxes)
            self._numbers = [ax.set_title(" ", loc="right") for ax in self.picture.axes]
        texts = [self._epoch, *self._numbers]
        self.picture.moving = [*self._steps.values(), *self._bars, *texts]

    def draw(self, state):
        left, middle, right = self.picture.axes
        for name in ("own", "others"):
            figures.update_share_histogram(self._steps[name, left], state[name])
            figures.update_share_histogram(self._steps[name, middle], sigmoid_prime(state[name]))
        figures.update_recall_bars(self._bars, state["recall"], state["lost"])
        self._epoch.set_text(str(state["epoch"]))
        stuck, saturated, lost = self._numbers
        stuck.set_text(f"{100 * state['stuck']:.0f} %")
        saturated.set_text(f"{100 * state['saturated']:.0f} %")
        lost.set_text(str(len(state["lost"])) if state["epoch"] else "none yet")

    def describe(self, state):
        lost = ", ".join(map(str, state["lost"])) or "none"
        first = (
            f"After epoch {state['epoch']}: number of lost digits: {len(state['lost'])}; lost "
            f"digits: {lost}; "
            if state["epoch"]
            else "Before training nothing is learned yet; "
        )
        hidden = f"{state['hidden']} hidden neurons" if state["hidden"] else "no hidden layer"
        return (
            f"{first}accuracy {100 * state['accuracy']:.1f} %. {100 * state['saturated']:.1f} % of "
            f"the output activations are saturated, {100 * state['stuck']:.1f} % are stuck near 0 "
            f"on their own digit. ({hidden}, {state['init']} start, eta {state['eta']:g}, seed "
            f"{state['seed']}, {state['train_images']:,} training images)"
        )


def _controls():
    return {
        "epoch": widgets.IntSlider(EPOCHS, 0, EPOCHS, description="epoch", **controls.LOOK),
        "init": controls.start(),
        "hidden": controls.hidden_size(100),
        "eta": controls.eta(ETAS, 3.0),
        "seed": controls.seed(),
    }
