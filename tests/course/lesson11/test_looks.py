"""What lesson 11 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import numpy as np
import pytest

from course.lesson11 import DepthLab, FaceLab, HabitsLab, MapsLab, NeuronsLab, depth_lab, figures
from course.lesson11 import habits_lab as habits_of
from course.measured import habits
from nnlib import mnist
from nnlib.network import Network
from tests.course.live.looks import differences, look_of, look_of_lab, stored, story

STORED = Path(__file__).with_name("looks.txt")


def shown(lab, state):
    """The look of a lab that shows a state, made up: what is learned differs between processors."""
    lab.show(state)
    return [f"{place}: {words}" for place, words in look_of_lab(lab).items()]


def depth(layers, share):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(depth_lab, "EVERY", 3000)
        lab = DepthLab(mnist.load("mini"))
    speeds = np.geomspace(1e-7, 1, 7 * (layers + 1)).reshape(7, -1)
    state = {"done": np.arange(0, 3001, 500), "accuracy": np.linspace(0.1, share, 7)}
    state |= {"speeds": speeds, "ratio": speeds[:, -1] / speeds[:, 0], "layers": layers}
    return shown(lab, state | {"neurons": "ReLU", "init": "gaussian", "eta": 0.3, "seed": 7})


def habits_shown():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(habits_of, "EPOCHS", 1)
        lab = HabitsLab(mnist.load("mini"))
    run = {"names": ["ReLU", "shifts"], "hidden": 7, "eta": 0.03, "seed": 5, "lost": [0]}
    images = {"train_images": 4000, "validation_images": 500, "recall": np.linspace(0.02, 1, 10)}
    return shown(lab, run | images | {"plain": [0.2, 0.4, 0.5], "accuracies": [0.3, 0.7]})


def maps_lab():
    kind = habits.network_class("convolution ReLU")
    network = kind([784, 5 * 144, 9, 10], init="scaled", rng=0)
    return MapsLab(network, mnist.load("mini"))


def neurons_lab():
    return NeuronsLab(Network([784, 30, 20, 10], init="scaled", rng=0), mnist.load("mini"))


def draw_habits(ax):
    rows = [("good", [95.0, 96.5, 96.0]), ("bad", [20.4, 51.0, 90.0]), ("fair", [80.0, 92, 93])]
    figures.habits_chart(ax, rows)


LOOKS = {
    "DepthLab": lambda: depth(3, 0.8),
    "DepthLab of one layer": lambda: depth(1, 0.4),
    "FaceLab": lambda: story(
        FaceLab(3),
        [{"depth": 0}, {"depth": 1, "hair": True}, {"depth": 2, "mixed up": True, "right": 3}],
    ),
    "HabitsLab": habits_shown,
    "MapsLab": lambda: story(
        maps_lab(), [{"digit": 7}, {"window": 3, "row": 2, "column": 9}, {"right": -3, "down": 4}]
    ),
    "NeuronsLab": lambda: story(
        neurons_lab(),
        [{"number": 7}, {"layer": 1, "off": True}, {"what": "a random mix of all", "off": True}],
    ),
    "two_neurons": lambda: look_of(lambda axes: figures.two_neurons(*axes), 1, 2),
    "habits_chart": lambda: look_of(draw_habits),
    "frame": lambda: look_of(lambda ax: figures.frame(ax, 5)),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
