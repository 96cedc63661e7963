"""Lesson 05: Stochastic gradient descent."""

from course.ask import load
from course.lesson05 import figures
from course.lesson05.lab import BatchLab
from course.lesson05.poll_lab import PollLab

__all__ = ["BatchLab", "PollLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
