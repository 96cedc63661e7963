"""What lesson 01 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import numpy as np
import pytest

from course import lesson01
from course.lesson01 import figures
from tests.course.live.looks import differences, look_of, stored, story

STORED = Path(__file__).with_name("looks.txt")
CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def draw_decision_plane(ax):
    plane = figures.decision_plane(ax)
    figures.update_decision_plane(plane, [1, -2], 0.5, CORNERS, [1, 0, 1, 0], [0, 1, 1, 0])


def draw_boundaries(axes):
    for ax, (w, b) in zip(axes, [((0, 0), 1), ((2, 1), -5), ((3, 0), 4), ((0, 0), -1)]):
        figures.empty_plane(ax, "across", "up")
        figures.update_boundary(figures.boundary(ax, figures.YELLOW, "--"), w, b, "h: ", 0.2)


def draw_truth_table(ax):
    table = figures.truth_table(ax, CORNERS)
    figures.update_truth_table(table, [-3, 2, 7, -1], [0, 1, 1, 0], [0, 0, 1, 1])


def draw_weighing(axes):
    names = ["one", "two", "three"]
    figures.update_weighing(figures.weighing(axes[0], names), [1, 0, 1], [6, 2, 0.5], -1, 1)
    figures.update_weighing(figures.weighing(axes[1], names), [0, 1, 0], [1, 3, 5], 4, 0)


def draw_sum_scale(axes):
    figures.update_sum_scale(figures.sum_scale(axes[0], 3, 18), [1, 0, 1], [6, 2, 3], 5)
    figures.update_sum_scale(figures.sum_scale(axes[1], 3, 18), [1, 1, 0], [1, 4, 3], 5)


def draw_pass_table(ax):
    figures.update_pass_table(figures.pass_table(ax, CORNERS, 6), [0, 1, 0, 0, -1, 0, 1], 4)


def draw_corners(ax):
    marks = figures.corner_marks(ax, CORNERS, [0, 1, 1, 0])
    figures.move_corners(marks, [(0, 0), (1, 0), (1, 0), (0, 1)])


def draw_half_adder(ax):
    figures.draw_half_adder(ax, {"x1": 1, "x2": 0, "n1": 1, "n2": 0, "n3": 1, "sum": 1, "carry": 0})


LOOKS = {
    "PerceptronLab": lambda: story(
        lesson01.PerceptronLab(),
        [
            {"w1": -3},
            {"w2": 5},
            {"b": 1},
            {"target": "NAND"},
            {"target": "XOR", "w1": -1, "w2": 4, "b": 0},
            {"w1": 0, "w2": 0, "b": 1},
            {"b": -5},
        ],
    ),
    "HalfAdderLab": lambda: story(
        lesson01.HalfAdderLab(1, 0), [{"x1": 0}, {"x2": 1}, {"x1": 0, "x2": 1}]
    ),
    "DecisionLab": lambda: story(
        lesson01.DecisionLab(),
        [
            {"sky": False},
            {"friend": True},
            {"morning": True},
            {"w1": 3},
            {"w2": 5},
            {"w3": 0},
            {"threshold": 6},
            {"threshold": -1},
            {"sky": False, "friend": True, "morning": True, "w2": 5, "threshold": 6},
        ],
    ),
    "LearnLab": lambda: story(
        lesson01.LearnLab(),
        [
            {"target": "XOR"},
            {"examples": 1},
            {"examples": 2},
            {"examples": 7},
            {"examples": 48},
            {"target": "NAND", "examples": 3},
            {"target": "XOR", "examples": 31},
        ],
    ),
    "XorLab": lambda: story(
        lesson01.XorLab(),
        [
            {"w11": -1},
            {"w12": 4},
            {"b1": -1},
            {"w21": 5},
            {"w22": 3},
            {"b2": 3},
            {"b1": -1, "w21": -2, "b2": 3},
            {"w11": 0, "w12": 0, "w22": 0, "b2": 5},
        ],
    ),
    "decision_plane": lambda: look_of(draw_decision_plane),
    "boundary": lambda: look_of(draw_boundaries, 1, 4),
    "truth_table": lambda: look_of(draw_truth_table),
    "weighing": lambda: look_of(draw_weighing, 1, 2),
    "sum_scale": lambda: look_of(draw_sum_scale, 1, 2),
    "pass_table": lambda: look_of(draw_pass_table),
    "corner_marks": lambda: look_of(draw_corners),
    "half_adder": lambda: look_of(draw_half_adder),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
