"""Lesson 01: The perceptron."""

from course.ask import load
from course.lesson01 import figures
from course.lesson01.decision_lab import DecisionLab
from course.lesson01.lab import HalfAdderLab, PerceptronLab
from course.lesson01.learn_lab import LearnLab
from course.lesson01.xor_lab import XorLab

__all__ = [
    "DecisionLab",
    "HalfAdderLab",
    "LearnLab",
    "PerceptronLab",
    "XorLab",
    "figures",
    "questions",
]

questions = load(__name__)


def __dir__():
    return __all__
