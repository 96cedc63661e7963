"""What the diagram of lesson 06 looks like, against what is stored: words, colors, sentences."""

from pathlib import Path

import pytest

from course.lesson06 import BackpropLab
from tests.course.live.looks import differences, stored, story

STORED = Path(__file__).with_name("looks.txt")


LOOKS = {
    "BackpropLab": lambda: story(
        BackpropLab(),
        [
            {"formula": 0},
            {"formula": 3, "w": -6.0},
            {"formula": 9, "taken": 3, "y": 0.25},
            {"formula": 1, "x1": 0.25, "x2": 0.75},
        ],
    ),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
