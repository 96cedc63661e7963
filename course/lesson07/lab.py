"""Lesson 07: train a network of one's choice on real digits and watch what it learns."""

import time
from dataclasses import dataclass, field
from itertools import zip_longest

import ipywidgets as widgets
import numpy as np

from course.lesson07 import figures
from course.live import controls
from course.live.access import Access
from course.live.background import BackgroundLab
from course.live.pictures import LivePicture
from course.live.progress import show_view
from nnlib import arguments, diagnosis, mnist
from nnlib.network import Network

ETAS = [float(f"{digit}e{power}") for power in (-3, -2, -1, 0, 1) for digit in (1, 2, 3, 5)]
ETAS.append(100.0)
BATCH_SIZES = [1, 2, 5, 10, 20, 50, 100]
QUICK_TRAIN, QUICK_VALIDATION = 2000, 1000  # images for the run after each move of a slider
EARLIER_RUNS = 6  # how many stay visible in gray
REDRAW_EVERY = 0.25  # seconds


@dataclass
class Run:
    """One training run: the network, what was asked for, how it did on validation images."""

    network: Network
    settings: dict
    train: mnist.Split
    validation: mnist.Split
    accuracies: list = field(default_factory=list)

    @property
    def finished(self):
        """Whether all epochs are done; a run that was stopped is not kept for comparison."""
        return len(self.accuracies) == self.settings["epochs"]

    def train_epochs(self, after_epoch):
        """Train as set; `after_epoch()` may return True to stop."""

        def on_epoch(network, epoch, correct, total):
            self.accuracies.append(correct / total)
            return after_epoch()

        self.network.SGD(
            self.train,
            self.settings["epochs"],
            self.settings["mini_batch"],
            self.settings["eta"],
            test_data=self.validation,
            on_epoch=on_epoch,
        )

    def state(self):
        """The numbers to show: settings, accuracy after each epoch, recall per digit."""
        answers = diagnosis.predictions(self.network, self.validation.images)
        confusion = diagnosis.confusion_matrix(answers, self.validation.labels)
        return self.settings | {
            "sizes": self.network.sizes,
            "train_images": len(self.train.images),
            "validation_images": len(self.validation.images),
            "accuracies": list(self.accuracies),
            "recall": diagnosis.recall(confusion),
            "lost": diagnosis.lost_digits(confusion),
        }


def start_run(settings, train, validation):
    """An untrained Run for the settings of the lab; hidden size 0 means no hidden layer."""
    hidden = [settings["hidden"]] if settings["hidden"] else []
    network = Network([784, *hidden, 10], init=settings["init"], rng=settings["seed"])
    return Run(network, settings, train, validation)


class TrainingLab(BackgroundLab):
    """Sliders for eta, hidden size and the rest; each release trains on 2,000 digits at once.

    The *Train on everything* button uses the whole training set. Accuracy, recall and lost digits
    are counted on validation images, because the lab is for choosing; the test set stays unseen.
    `lab.network` is the network trained last.

    data: what `mnist.load()` returns; loaded if it is not given.
    """

    frozen = (
        {
            "eta": (0.001, 0.01, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0),
            "hidden": (0, 5, 30, 100),
            "init": "all",
        },
        {"eta": "all"},
        {"hidden": (0, 5, 30, 100), "seed": range(8), "init": "all"},
        {"mini_batch": "all", "init": "all"},
        {"epochs": (1, 2, 3, 5, 10, 20, 30), "init": "all"},
    )
    frozen_note = (
        "Networks trained before are not drawn in gray here. To train on everything you need the "
        "notebook."
    )

    def __init__(self, data=None):
        self.data = mnist.given(data)
        self.run, self.earlier, self._longest = None, [], None
        picture = LivePicture(1, 2, size=(9.6, 4), width_ratios=[3, 2])
        rows = [["eta", "hidden"], ["mini_batch", "epochs"], ["seed", "init"], []]
        super().__init__(_controls(), picture, rows)

    def prepare(self):
        """A last row with a button for the whole training set, Stop and a bar."""
        self.train_all = widgets.Button(
            description="Train on everything", icon="play", layout={"width": "200px"}
        )
        self.train_all.on_click(self._train_on_everything)
        self.progress = widgets.IntProgress(description="epochs", layout={"visibility": "hidden"})
        self.panel[-1].children = (self.train_all, self.stop, self.progress)

    @property
    def network(self):
        """The network of the run that is shown, to be used in the next cell."""
        return self.run.network

    def on_change(self, _=None):
        """A control was released: train on a few digits and redraw."""
        train, validation = self.data.train, self.data.validation
        self._train(train.first(QUICK_TRAIN), validation.first(QUICK_VALIDATION))

    def show_frozen(self, **values):
        """Show a run as the first: what stays in gray would depend on the way to it."""
        self.run, self.earlier = None, []
        super().show_frozen(**values)

    def _train_on_everything(self, _):
        self._train(self.data.train, self.data.validation, long=True)

    def _train(self, train, validation, long=False):
        """Train in the background; a run that is still going on is stopped first."""
        settings = self.settings
        self.start(lambda stopping: self._work(stopping, settings, train, validation, long))

    def _work(self, stopping, settings, train, validation, long):
        with self.lock:
            if self.run is not None and self.run.finished:
                self.earlier = [*self.earlier, self.run.accuracies][-EARLIER_RUNS:]
            self.run = run = start_run(settings, train, validation)
        self._lock_controls(long, settings["epochs"])
        shown_at = time.monotonic()

        def after_epoch():
            nonlocal shown_at
            self.progress.value = len(run.accuracies)
            if time.monotonic() - shown_at > REDRAW_EVERY:
                self.show(run.state())
                shown_at = time.monotonic()
            return stopping.is_set()

        try:
            run.train_epochs(after_epoch)
            self.show(run.state())
        finally:
            self._lock_controls(False, settings["epochs"])

    def _lock_controls(self, locked, epochs):
        """During a long job only Stop answers."""
        for control in [*self.controls.values(), self.train_all]:
            control.disabled = locked
        self.progress.max, self.progress.value = epochs, 0
        self.progress.layout.visibility = "visible" if locked else "hidden"

    def draw(self, state):
        longest = max([state["epochs"], *(len(run) for run in self.earlier)])
        if longest != self._longest:
            self._prepare_axes(longest)
        self._line.set_data(*figures.in_percent(state["accuracies"]))
        for line, accuracies in zip_longest(self._gray, reversed(self.earlier), fillvalue=()):
            line.set_data(*figures.in_percent(accuracies))
        figures.update_recall_bars(self._bars, state["recall"], state["lost"])
        left, right = self._titles
        left.set_text(f"{state['sizes']}, eta {state['eta']:g}")
        right.set_text(f"number of lost digits: {len(state['lost'])}")

    def _prepare_axes(self, epochs):
        """Everything that stays the same from run to run, and the artists that do not."""
        left, right = self.picture.axes
        left.clear()
        right.clear()
        figures.accuracy_axes(left, epochs).set_xlabel(
            "epoch (gray: earlier runs, dashed: the one before)"
        )
        earlier = {"color": figures.GREY, "linewidth": 1.2, "ms": 0}
        self._gray = [figures.accuracy_curve(left, [], **earlier) for _ in range(EARLIER_RUNS)]
        self._gray[0].set(linewidth=2.2, linestyle="--")
        self._line = figures.accuracy_curve(left, [])
        self._bars = figures.recall_bars(right, np.zeros(10))
        self._titles = [ax.set_title(" ", loc="left") for ax in (left, right)]
        self.picture.moving = [*self._gray, self._line, *self._bars, *self._titles]
        self.picture.forget_background()
        self._longest = epochs

    def describe(self, state):
        epochs = len(state["accuracies"])
        last = f"{100 * state['accuracies'][-1]:.1f}" if epochs else "no"
        lost = ", ".join(map(str, state["lost"])) or "none"
        before = [f" The run before ended at {100 * run[-1]:.1f} %." for run in self.earlier[-1:]]
        return (
            f"Network {state['sizes']}, {state['init']} start, eta {state['eta']:g}, "
            f"mini-batch {state['mini_batch']}, seed {state['seed']}: "
            f"accuracy {last} % on {state['validation_images']:,} validation images after "
            f"{epochs} epoch{'' if epochs == 1 else 's'} on {state['train_images']:,}; "
            # The count as well: "lost digits: 0" alone could mean none, or the digit 0.
            f"number of lost digits: {len(state['lost'])}; lost digits: {lost}."
        ) + "".join(before)


class LiveCurve(LivePicture):
    """A callback for `Network.SGD` that draws the accuracy after each epoch while a cell runs.

    Use it as `net.SGD(..., test_data=..., on_epoch=LiveCurve(epochs))`. `accuracies` keeps the
    fractions right. When the last epoch is done, what is `shown` makes room for `picture()`, the
    finished curve. epochs: from 1 up, or a ValueError says so.
    """

    def __init__(self, epochs):
        epochs = arguments.whole_number("epochs", epochs, at_least=1)
        super().__init__(size=(7, 3.6))
        self.epochs, self.accuracies = epochs, []
        self.caption = widgets.HTML()
        self.shown = widgets.VBox([Access(), self, self.caption])
        self.shown.add_class("nn-lab")
        self._shown_at, self._lowest = 0.0, None

    def __call__(self, network, epoch, correct, total):
        if total is None:
            raise ValueError(
                "LiveCurve draws the accuracy after each epoch: it needs images to count on; "
                "type net.SGD(..., test_data=data.validation, on_epoch=LiveCurve(epochs))"
            )
        if not self.accuracies:
            show_view(self.shown)
        self.accuracies.append(correct / total)
        done = len(self.accuracies) >= self.epochs
        if done:
            self.shown.layout.display = "none"
        elif time.monotonic() - self._shown_at > REDRAW_EVERY:
            self._draw()
            self.show()
            self._shown_at = time.monotonic()

    def picture(self):
        """The curve so far, as a picture that is stored with the notebook."""
        self._draw()
        for artist in self.moving:
            artist.set_animated(False)  # a whole drawing leaves animated artists out
        best = max(self.accuracies)
        return figures.Picture(
            self.figure,
            f"Accuracy goes from {100 * self.accuracies[0]:.1f} % after the first epoch to "
            f"{100 * self.accuracies[-1]:.1f} % after epoch {len(self.accuracies)}; "
            f"the best epoch had {100 * best:.1f} %.",
        )

    def _draw(self):
        # Most of the curve is close to its end: begin a little below its lowest point.
        lowest = max(0, 5 * int(20 * min(self.accuracies)) - 5)
        if lowest != self._lowest:
            self._prepare_axes(lowest)
        line, title = self.moving
        line.set_data(*figures.in_percent(self.accuracies))
        epoch, right = f"{len(self.accuracies)} of {self.epochs}", 100 * self.accuracies[-1]
        title.set_text(f"epoch {epoch}: {right:.1f} %")
        self.caption.value = f"After epoch {epoch}, {right:.1f} % of the images are read right."

    def _prepare_axes(self, lowest):
        """Everything that stays the same from epoch to epoch, and the two artists that do not."""
        self.axes.clear()
        figures.accuracy_axes(self.axes, self.epochs, lowest)
        line = figures.accuracy_curve(self.axes, [])
        self.moving, self._lowest = [line, self.axes.set_title(" ", loc="left")], lowest
        self.forget_background()


def _controls():
    return {
        "eta": controls.eta(ETAS, 3.0),
        "hidden": controls.hidden_size(30),
        "mini_batch": widgets.SelectionSlider(
            options=BATCH_SIZES, value=10, description="mini-batch", **controls.ON_RELEASE
        ),
        "epochs": controls.epochs(10, most=30),
        "seed": controls.seed(),
        "init": controls.start(),
    }
