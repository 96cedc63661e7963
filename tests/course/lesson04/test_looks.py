"""What lesson 04 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import numpy as np
import pytest

from course import lesson04
from course.lesson04 import figures
from tests.course.live.looks import differences, look_of, stored, story

STORED = Path(__file__).with_name("looks.txt")


def make_reading_lab():
    rng = np.random.default_rng(5)
    labels, images = rng.integers(0, 10, 43), rng.random((43, 784))
    end = np.eye(10)[labels].T
    outputs = [(1 - share) * rng.random((10, 43)) + share * end for share in np.linspace(0, 1, 7)]
    return lesson04.ReadingLab(np.array(outputs), images, labels)


def draw_cost(axes):
    v = np.array(np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-1, 1, 21)))
    costs = v[0] + 3 * v[1] ** 2
    figures.contour_map(axes[0], v, costs)
    axes = figures.with_surface(axes, 1)
    figures.surface(axes[1], v, costs)
    figures.cost_axes(axes[2], 30, costs)


def draw_paths(axes):
    left, right = axes
    figures.tangent_artists(left)[0].set_data([0, 2], [1, 5])
    figures.gone_artist(left).set(**figures.at_the_edge(3.5, (-1, 1)))
    figures.gone_artist(left).set(**figures.at_the_edge(-2e7, (-1, 1)))
    figures.fog(right)
    figures.step_artist(right).set_data([0, 1], [2, 3])
    figures.best_path_artist(right, "best").set_data([0, 2], [1, 3])


LOOKS = {
    "DescentLab": lambda: story(
        lesson04.DescentLab(),
        [
            {"function": "stretched valley"},
            {"eta": 0.9},
            {"steps": 3},
            {"v1": 0.25},
            {"v2": -0.7},
            {"function": "two minima", "eta": 0.3, "steps": 4, "v1": 0.1, "v2": 0.9},
            {"function": "saddle", "eta": 0.4, "steps": 7, "v1": -0.5, "v2": 0.1},
            {"eta": 1.1},
        ],
    ),
    "SlopeLab": lambda: story(
        lesson04.SlopeLab(),
        [
            {"function": "cubic"},
            {"eta": 0.85},
            {"steps": 4},
            {"v": 0.65},
            {"eta": 1.2, "steps": 5},
            {"function": "two valleys", "eta": 0.15, "steps": 0, "v": -0.2},
            {"function": "cubic", "eta": 0.5, "steps": 6, "v": -0.7},
        ],
    ),
    "FogLab": lambda: story(
        lesson04.FogLab(),
        [
            {"hike": "hike 2"},
            {"eta": 0.5},
            {"etas": (0.3,)},
            {"lifted": True},
            {"etas": (0.7, 0.7)},
            {"etas": (0.1, 1.0), "lifted": True},
            {"hike": "hike 3", "etas": (1.0, 0.5, 0.2)},
            {"hike": "hike 4", "etas": (5.0,)},
            {"hike": "hike 2", "etas": (0.2,) * 30},
        ],
    ),
    "ReadingLab": lambda: story(make_reading_lab(), [{"step": 1}, {"step": 3}, {"step": 6}]),
    "cost": lambda: look_of(draw_cost, 1, 3),
    "paths": lambda: look_of(draw_paths, 1, 2),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
