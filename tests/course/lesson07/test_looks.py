"""What lesson 07 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import numpy as np
import pytest

from course.lesson07 import LedgerLab, LiveCurve, TrainingLab, WatchLab, figures
from nnlib import mnist
from nnlib.network import Network
from tests.course.live.looks import differences, look, look_of, look_of_lab, stored, story

STORED = Path(__file__).with_name("looks.txt")
WEIGHTS = np.linspace(-1, 1, 30 * 784).reshape(30, 784) ** 3


def training_lab():
    """It shows a run that is made up: what a network learns differs between processors."""
    lab = TrainingLab(mnist.load("mini"))
    lab.earlier = [[0.5, 0.6], [0.4, 0.7, 0.65]]
    run = {"sizes": [784, 7, 10], "train_images": 4000, "validation_images": 500}
    recall = {"recall": np.linspace(0.02, 1, 10), "lost": [0]}
    lab.show(lab.settings | run | recall | {"epochs": 4, "accuracies": [0.2, 0.5, 0.75, 0.8]})
    return lab


def watch_lab():
    network = Network([784, 30, 10], rng=0)
    noise = np.random.default_rng(0).random((30, 784))
    return WatchLab(network, {"digits": mnist.load("mini").validation, "noise": noise})


def live_curve():
    live = LiveCurve(epochs=4)
    live.accuracies = [0.52, 0.83, 0.81]
    live.picture()
    return live


def draw_ledger(ax):
    runs, lost = [[95, 86], [92.0]], [[False, True], [False]]
    figures.ledger_chart(ax, ["first", "second"], runs, lost, [[83.97], [10]])
    ax.legend()


def draw_against(axes):
    for ax, logarithmic in zip(axes, (True, False)):
        figures.accuracy_against(ax, [1, 0.1, 1, 1], [90, 50, 94, 95], logarithmic)
        ax.legend()


LOOKS = {
    "TrainingLab": lambda: [
        f"{place}: {one}" for place, one in look_of_lab(training_lab()).items()
    ],
    "LiveCurve": lambda: [f"{place}: {one}" for place, one in look(live_curve().figure).items()],
    "LedgerLab": lambda: story(
        LedgerLab(), [{"runs": 3}, {"row": 4, "runs": 10}, {"row": 9, "runs": 1}]
    ),
    "WatchLab": lambda: story(
        watch_lab(), [{"number": 5}, {"number": 99}, {"pile": "noise", "number": 3}]
    ),
    "accuracy_bars": lambda: look_of(
        lambda ax: figures.accuracy_bars(ax, ["one", "two", "three"], [0.25, 0.75, 0.5], ["two"])
    ),
    "ledger_chart": lambda: look_of(draw_ledger),
    "answer_table": lambda: look_of(
        lambda ax: figures.answer_table(
            ax, ["one", "two"], [[0.7, *[0] * 8, 0.3], np.full(10, 0.1)]
        )
    ),
    "accuracy_against": lambda: look_of(draw_against, 1, 2),
    "weight_pictures": lambda: [
        f"{place}: {one}" for place, one in look(figures.weight_pictures(WEIGHTS, "All")[0]).items()
    ],
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
