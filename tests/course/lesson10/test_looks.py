"""What lesson 10 looks like, against what is stored: words, colors, places, sentences.

Sheets and numbers are made up: what Pillow draws may differ from version to version.
"""

from pathlib import Path

import numpy as np
import pytest

from course.lesson10 import ClinicLab, CollectLab, NumberLab, StepsLab, figures
from nnlib import mnist
from tests.course.live.looks import differences, look_of, look_of_lab, stored

STORED = Path(__file__).with_name("looks.txt")
TILES = np.linspace(0, 1, 5 * 64).reshape(5, 8, 8)


def look_of_shown(lab, **changes):
    """The look of a lab that shows its state with other numbers, as lines."""
    lab.show(lab.state | changes)
    return [f"{place}: {words}" for place, words in look_of_lab(lab).items()]


def clinic_lab():
    sheets, seen = np.linspace(0, 1, 8 * 3136), np.linspace(0, 1, 8 * 784)
    return look_of_shown(
        ClinicLab(mnist.load("mini").test.first(8)),
        **{"fault": "slanted", "amount": 20, "without": ("crop", "center")},
        sheets=sheets.reshape(8, 56, 56),
        seen=seen.reshape(8, 28, 28),
        answers=np.array([3, -1, 2, 1, 0, 4, 5, 6]),
        labels=np.array([3, 0, 1, 1, 0, 4, 5, 6]),
        all_steps=[0.98, 0.5],
        left_out=[0.4, 0.123],
    )


def collect_lab(path):
    return look_of_shown(
        CollectLab(path),
        counts=np.arange(10),
        right=np.arange(10) // 2,
        images=np.linspace(0, 1, 3 * 784).reshape(3, 28, 28),
        labels=np.array([1, 2, 3]),
        answers=np.array([1, 7, 3]),
    )


def draw_outputs(axes):
    for ax, outputs in zip(axes, ([0, 0.3, 0, 0.9, 0, 0, 0, 0, 0, 0.1], np.linspace(0, 0.4, 10))):
        figures.OutputBars(ax).show(np.array(outputs))


def draw_tiles(ax):
    words, colors = ["a", "b", "c", "d", "e"], [None, figures.RED, None, figures.BLUE]
    figures.Tiles(ax, 2, 3, side=8, title="tiles").show(TILES, words, colors)


def draw_sheet(ax):
    ink = np.zeros((100, 300))
    ink[20:80, 50:60] = ink[20:80, 200:210] = 1
    boxes, cuts = [(20, 50, 80, 60), (20, 200, 80, 210)], [((20, 120), (80, 130))]
    figures.NumberSheet(ax, title="sheet").show(ink, cuts, cuts, boxes, ["1", "7"])


def draw_accuracies(ax):
    figures.AccuracyBars(ax, ["as it is", "ill"]).show([0.98, 0.5], [0.2, 0.125])


def draw_gray(axes):
    figures.GrayPicture(axes[0], "high").show(TILES[0, :, :3])
    figures.GrayPicture(axes[1], "wide", ratio=0.5).show(TILES[1, :4], side=10)


def draw_page(axes):
    figures.color_parts(axes[0], np.arange(12).reshape(3, 4) % 8)
    figures.arcs(axes[1], {(0, 1): -0.5, (1, 2): -1.0, (0, 2): -2.25}, way=[(0, 2)])


LOOKS = {
    "ClinicLab": clinic_lab,
    "StepsLab": lambda: look_of_shown(StepsLab()),
    "NumberLab": lambda: look_of_shown(NumberLab()),
    "OutputBars": lambda: look_of(draw_outputs, 1, 2),
    "Tiles": lambda: look_of(draw_tiles),
    "NumberSheet": lambda: look_of(draw_sheet),
    "AccuracyBars": lambda: look_of(draw_accuracies),
    "GrayPicture": lambda: look_of(draw_gray, 1, 2),
    "color_parts and arcs": lambda: look_of(draw_page, 1, 2),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())


def test_a_collection_looks_as_stored(tmp_path):
    assert not differences(stored(STORED)["CollectLab"], collect_lab(tmp_path / "mine.npz"))
