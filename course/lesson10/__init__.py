"""Lesson 10: Reading handwriting."""

from course.ask import load
from course.lesson10 import figures
from course.lesson10.clinic_lab import ClinicLab
from course.lesson10.collect_lab import CollectLab
from course.lesson10.lab import NumberLab, StepsLab

__all__ = ["ClinicLab", "CollectLab", "NumberLab", "StepsLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
