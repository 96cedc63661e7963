"""What the lab of lesson 08 looks like without a record, against what is stored."""

from pathlib import Path

from course import exercises
from course.lesson08 import ExercisesLab
from tests.course.live.looks import differences, stored, story

STORED = Path(__file__).with_name("looks.txt")


def exercises_lab():
    return story(ExercisesLab(exercises.all()), [{"minutes": minutes} for minutes in (5, 10, 60)])


LOOKS = {"ExercisesLab": exercises_lab}


def test_looks_are_as_stored(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    assert not differences(stored(STORED)["ExercisesLab"], exercises_lab())
