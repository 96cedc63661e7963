"""Lesson 08: Exercises for all lessons."""

from course import figures
from course.ask import load
from course.lesson08.exercises_lab import ExercisesLab

__all__ = ["ExercisesLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
