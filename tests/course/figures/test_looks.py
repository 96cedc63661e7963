"""What the shared drawings look like, against what is stored: words, colors, places."""

from pathlib import Path

import numpy as np
import pytest

from course import figures
from tests.course.live.looks import differences, look_of, stored

STORED = Path(__file__).with_name("looks.txt")
IMAGES = np.linspace(0, 1, 3 * 784).reshape(3, 784) ** 2


def draw_accuracy(axes):
    figures.accuracy_curve(figures.accuracy_axes(axes[0], 7, lowest=20), [0.5, 0.75, 0.8])
    figures.recall_bars(axes[1], np.linspace(0.05, 1, 10), [0, 3])


def draw_confusion(ax):
    confusion = np.diag(np.arange(90, 100))
    confusion[4, 9], confusion[9, 4], confusion[0, 6] = 10, 3, 1
    figures.confusion_table(ax, confusion)


def draw_images(axes):
    figures.image_grid(axes[0], IMAGES, ["one", "two", "three"])
    figures.weight_grid(axes[1], IMAGES - [[0.2]])


def draw_words(ax):
    words, _ = figures.answered_images(ax, IMAGES, 2)
    for number, word in enumerate(words):
        word.set_text(str(number))


def draw_path(axes):
    points = np.array([[0.0, 1, 3], [5, 4, 2]])
    figures.set_path(figures.path_artists(axes[0]), points, points)
    v = np.linspace(-1, 2, 7)
    figures.cost_curve(axes[1], v, v**2 - v, "v^2 - v")


LOOKS = {
    "accuracy": lambda: look_of(draw_accuracy, 1, 2),
    "confusion_table": lambda: look_of(draw_confusion),
    "images": lambda: look_of(draw_images, 2, 3),
    "answered_images": lambda: look_of(draw_words),
    "paths": lambda: look_of(draw_path, 1, 2),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
