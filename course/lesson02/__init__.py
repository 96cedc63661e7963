"""Lesson 02: The sigmoid neuron."""

from course.ask import load
from course.lesson02 import figures
from course.lesson02.lab import FlipLab, NeuronLab

__all__ = ["FlipLab", "NeuronLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
