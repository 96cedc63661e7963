"""Lesson 04: Gradient descent."""

from course.ask import load
from course.lesson04 import figures
from course.lesson04.fog_lab import FogLab
from course.lesson04.lab import DescentLab, SlopeLab
from course.lesson04.reading_lab import ReadingLab

__all__ = ["DescentLab", "FogLab", "ReadingLab", "SlopeLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
