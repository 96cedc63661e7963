"""Lesson 05: Stochastic gradient descent."""

from course.ask import load
from course.lesson05 import figures
from course.lesson05.lab import BatchLab

__all__ = ["BatchLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
