"""Answers for every exercise, right and wrong; one file a lesson.

Each file holds CASES, a dictionary from the name of an exercise to its `Cases`. Every Exercise
needs one. A Choice or Number needs none: its cases follow from its options or its number.
"""

import importlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class Cases:
    """What one exercise is tested with.

    right: at least two right answers, written differently: loops and arrays, lists and tuples,
    float32 and float64, as far as it makes sense.
    wrong: at least three pairs (answer, phrase that the message must contain).
    raises: pair (answer that raises, phrase that the message must contain).
    blank: at least one answer that is none, besides `...` and None.
    """

    right: list
    wrong: list
    raises: tuple
    blank: list = field(default_factory=list)

    def answers(self) -> list[Any]:
        """All of them."""
        return [*self.right, *(answer for answer, _ in self.wrong), self.raises[0], *self.blank]


def all_cases():
    """name of the exercise -> Cases, from answers*.py in the folder of each lesson.

    The checks are imported as well, as on a page: on a busy machine this can take longer than the
    time limit of an answer.
    """
    found = {}
    for path in sorted(Path(__file__).parent.glob("lesson*/answers*.py")):
        cases = importlib.import_module(f"tests.course.{path.parent.name}.{path.stem}").CASES
        assert not found.keys() & cases.keys(), "an exercise has two tables of cases"
        importlib.import_module(f"course.{path.parent.name}.checks")
        found |= cases
    return found
