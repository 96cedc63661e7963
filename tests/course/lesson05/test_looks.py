"""What lesson 05 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from course import lesson05
from course.lesson05 import figures, lab
from nnlib import mnist
from tests.course.lesson05.races import race
from tests.course.live.looks import differences, look_of, stored, story

STORED = Path(__file__).with_name("looks.txt")


def tell_race():
    settings = [{"eta": 0.05}, {"epochs": 3}, {"seed": 4}, {"axis": "seconds"}]
    together = {"eta": 5.0, "seed": 1, "epochs": 1, "axis": "seconds"}
    with mock.patch.object(lab, "run", race):
        return story(lesson05.BatchLab(mnist.load("mini")), [*settings, together])


def draw_answers(ax):
    images = np.linspace(0, 1, 12 * 784).reshape(12, 784)
    answers, labels = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8], [3, 1, 4, 7, 5, 9, 2, 6, 5, 3, 0, 8]
    figures.answered_digits(ax, images, answers, labels)


def draw_races(axes):
    figures.race_axes(*axes[:2], 500, 0.45)
    figures.arrow(axes[2], (0, 1), (2, 5))
    lines = [axes[2].plot([0, k], [1, 2], color=c, label=f"{k}")[0] for k, c in enumerate("rgb")]
    figures.legend_above(axes[2].figure, lines)
    figures.legend_above(axes[2].figure, lines[::2])


def draw_batches(axes):
    chart, rows = axes
    figures.miss_chart(chart, [1, 10, 1000], 2.5).set_data([1, 10], [200, 70])
    images = np.linspace(0, 1, 5 * 784).reshape(5, 784)
    figures.mini_batch_rows(rows, images, [[3, 0, 4, 1, 2], [1, 2, 0, 4, 3]], 2)


LOOKS = {
    "BatchLab": tell_race,
    "PollLab": lambda: story(
        lesson05.PollLab(data=mnist.load("mini")),
        [{"m": 10}, {"asked": 1}, {"m": 1000}, {"m": 2, "asked": 3}],
    ),
    "answered_digits": lambda: look_of(draw_answers),
    "race_axes": lambda: look_of(draw_races, 1, 3),
    "miss_chart": lambda: look_of(draw_batches, 1, 2),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
