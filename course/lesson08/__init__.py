"""Lesson 08: Exercises for all lessons."""

from course import figures
from course.ask import load

__all__ = ["figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
