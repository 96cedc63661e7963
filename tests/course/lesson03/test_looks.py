"""What lesson 03 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import numpy as np
import pytest

from course import lesson03
from course.lesson03 import figures
from nnlib import mnist
from nnlib.network import Network
from tests.course.live.looks import differences, look_of, stored, story

STORED = Path(__file__).with_name("looks.txt")


def make_feedforward_lab():
    network = Network([784, 30, 10], init="scaled", rng=4, dtype=np.float64)
    return lesson03.FeedforwardLab(network, mnist.load("mini").test)


def draw_arrays(ax):
    arrays = [[1, -2, 3], [[0.5, -1], [2, 0], [0, 4]], [7]]
    figures.array_row(ax, arrays, ["v", "w", "b"], ["@", "+"])


def draw_networks(axes):
    plain, weighted, wide = axes
    figures.draw_network(plain, [2, 3, 1])
    weights = [np.array([[1.0, -2.0], [0.5, 4.0], [0, -1]]), np.array([[3.0, -0.1, 1]])]
    figures.draw_network(weighted, [2, 3, 1], weights)
    figures.draw_network(wide, [784, 4, 30, 10], most=5)


LOOKS = {
    "ArchitectureLab": lambda: story(
        lesson03.ArchitectureLab(),
        [
            {"hidden": 5},
            {"hidden": 100},
            {"layers": 0},
            {"layers": 3},
            {"inputs": 3},
            {"outputs": 4},
            {"hidden": 2, "layers": 2, "inputs": 6, "outputs": 1},
        ],
    ),
    "FeedforwardLab": lambda: story(
        make_feedforward_lab(),
        [
            {"number": 12},
            {"weights": "random"},
            {"neurons": "perceptrons"},
            {"computed": 1},
            {"computed": 18},
            {"computed": 33},
            {"computed": 40},
            {"computed": 41},
            {"number": 4, "computed": 36, "weights": "random", "neurons": "perceptrons"},
        ],
    ),
    "array_row": lambda: look_of(draw_arrays),
    "draw_network": lambda: look_of(draw_networks, 1, 3),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
