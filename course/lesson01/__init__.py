"""Lesson 01: The perceptron."""

from course.ask import load
from course.lesson01 import figures
from course.lesson01.lab import HalfAdderLab, PerceptronLab

__all__ = ["HalfAdderLab", "PerceptronLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
