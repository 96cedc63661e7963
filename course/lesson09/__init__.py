"""Lesson 09: Debugging a network."""

from course.ask import load
from course.lesson09 import figures
from course.lesson09.lab import SaturationLab

__all__ = ["SaturationLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
