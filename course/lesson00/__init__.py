"""Lesson 00: Start here: a rule for a 9."""

from course import figures
from course.ask import load
from course.lesson00.lab import DigitLab
from course.lesson00.rule_lab import RuleLab

__all__ = ["DigitLab", "RuleLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
