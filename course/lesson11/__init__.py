"""Lesson 11: Toward deep learning."""

from course.ask import load
from course.lesson11 import figures
from course.lesson11.depth_lab import DepthLab
from course.lesson11.face_lab import FaceLab
from course.lesson11.habits_lab import HabitsLab
from course.lesson11.maps_lab import MapsLab
from course.lesson11.neurons_lab import NeuronsLab

__all__ = [
    "DepthLab",
    "FaceLab",
    "HabitsLab",
    "MapsLab",
    "NeuronsLab",
    "figures",
    "questions",
]

questions = load(__name__)


def __dir__():
    return __all__
