"""Lesson 06: Backpropagation."""

from course.ask import load
from course.lesson06 import figures
from course.lesson06.blame_lab import BlameLab
from course.lesson06.lab import BackpropLab

__all__ = ["BackpropLab", "BlameLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
