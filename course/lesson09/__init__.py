"""Lesson 09: Debugging a network."""

from course.ask import load
from course.lesson09 import figures
from course.lesson09.fate_lab import FateLab
from course.lesson09.idle_lab import IdleLab
from course.lesson09.lab import SaturationLab
from course.lesson09.ward_lab import WardLab

__all__ = ["FateLab", "IdleLab", "SaturationLab", "WardLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
