"""Lesson 02: The sigmoid neuron."""

from course.ask import load
from course.lesson02 import figures
from course.lesson02.lab import FlipLab, NeuronLab
from course.lesson02.turn_lab import TurnLab

__all__ = ["FlipLab", "NeuronLab", "TurnLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
