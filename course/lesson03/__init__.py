"""Lesson 03: The architecture of a network."""

from course.ask import load
from course.lesson03 import figures
from course.lesson03.feedforward_lab import FeedforwardLab
from course.lesson03.lab import ArchitectureLab

__all__ = ["ArchitectureLab", "FeedforwardLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
