"""Lesson 04: Gradient descent."""

from course.ask import load
from course.lesson04 import figures
from course.lesson04.lab import DescentLab, SlopeLab

__all__ = ["DescentLab", "SlopeLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
