"""Lesson 07: Training on MNIST."""

from course.ask import load
from course.lesson07 import figures
from course.lesson07.lab import LiveCurve, TrainingLab
from course.lesson07.ledger_lab import LedgerLab
from course.lesson07.watch_lab import WatchLab

__all__ = ["LedgerLab", "LiveCurve", "TrainingLab", "WatchLab", "figures", "questions"]

questions = load(__name__)


def __dir__():
    return __all__
