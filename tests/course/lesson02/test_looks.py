"""What lesson 02 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import numpy as np
import pytest

from course import lesson02
from course.lesson02 import figures
from nnlib import mnist
from nnlib.network import Network
from tests.course.live.looks import differences, look_of, stored, story

STORED = Path(__file__).with_name("looks.txt")


def make_turn_lab():
    network = Network([784, 30, 10], init="scaled", rng=4, dtype=np.float64)
    return lesson02.TurnLab(network, mnist.load("mini").test)


def draw_curves(axes):
    left, right = axes
    figures.step_curve(figures.activation_axes(left))
    figures.step_curve(figures.activation_axes(right, 2), 2, color=figures.GREEN, label="step")


def draw_diagram(ax):
    layers, weights = [["p", "q"], ["r", "s"], ["t"]], {("q", "r"): -2, ("s", "t"): 0.5}
    marks = figures.activation_diagram(ax, layers, ("p", "s"), weights)
    figures.update_activation_diagram(marks, {"p": 1, "q": 0}, decimals=0)
    figures.update_activation_diagram(marks, {"r": 0.25, "s": 0.8, "t": 1}, bold=["s"])


LOOKS = {
    "NeuronLab": lambda: story(
        lesson02.NeuronLab(),
        [{"z": -2.0}, {"z": 0.0}, {"z": 6.0}, {"c": 5}, {"c": 0.2}, {"z": -0.3, "c": 100}],
    ),
    "FlipLab": lambda: story(
        lesson02.FlipLab(),
        [
            {"w": 0.0},
            {"w": 1.9},
            {"w": 4.0},
            {"c": 3},
            {"c": 100},
            {"x1": 0},
            {"x2": 0},
            {"w": 2.9, "c": 5, "x2": 0},
        ],
    ),
    "TurnLab": lambda: story(
        make_turn_lab(),
        [
            {"number": 12},
            {"neuron": 21},
            {"weight": 1},
            {"turn": -2.0},
            {"turn": 0},
            {"weights": "random"},
            {"neurons": "sigmoid neurons"},
            {"number": 3, "neuron": 8, "weight": 1, "turn": 1.5, "neurons": "sigmoid neurons"},
        ],
    ),
    "curves": lambda: look_of(draw_curves, 1, 2),
    "activation_diagram": lambda: look_of(draw_diagram),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
