"""Lesson 07: Training on MNIST."""

from course.ask import load
from course.lesson07 import figures
from course.lesson07.lab import LiveCurve, TrainingLab

__all__ = ["LiveCurve", "TrainingLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
