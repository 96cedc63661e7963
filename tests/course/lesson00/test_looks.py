"""What lesson 00 looks like, against what is stored: words, colors, places, sentences."""

from pathlib import Path

import pytest

from course import lesson00
from nnlib import mnist
from tests.course.live.looks import differences, stored, story

STORED = Path(__file__).with_name("looks.txt")
LOOKS = {
    "DigitLab": lambda: story(
        lesson00.DigitLab(mnist.load("mini")),
        [{"digit": 4}, {"image": 99}, {"row": 20}, {"digit": 0, "image": 3, "row": 14}],
    ),
    "RuleLab": lambda: story(
        lesson00.RuleLab(mnist.load("mini")),
        [{"ink": 0.9}, {"row": 8}, {"row": 20}, {"ink": 0.2, "row": 12}],
    ),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
