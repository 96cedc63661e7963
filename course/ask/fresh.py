"""A number question asked again with other numbers: drawn anew, and its answer calculated.

The part "Fresh" of a question in questions.md holds the text with names in braces, one line for
each of these, and the formula of the answer:

    How many lines are there in a network with layer sizes [{a}, {b}, 1]?

    - a: 2 to 9
    - b: 3, 5, 8
    - answer: {a}·{b} + {b}

A formula is read as a number that a student types, so that nothing is ever run.
"""

import random
import re
import string

from course.ask import typed
from course.ask.exercise import Number
from course.ask.feedback import Wrong
from course.ask.parts import Fault

LINE = re.compile(r"- (?P<name>[a-z]+): (?P<rest>\S.*)")
RANGE = re.compile(r"(\d+) to (\d+)")
VALUE = re.compile(r"\d+(?:\.\d+)?")
FORMULA = re.compile(r"(?P<formula>.*?)(?: ± (?P<tolerance>\d+(?:\.\d+)?))?")
TRIES = 20  # draws that are calculated when a file is read


class Fresh:
    """The text, the numbers that may be drawn, and the formula of the answer.

    part: the Part of questions.md. Raises Fault that names the line of what does not fit.
    """

    def __init__(self, part):
        lines = [(number, LINE.fullmatch(text.rstrip())) for number, text in part.filled]
        self.text = "\n".join(
            text for (_, text), (_, found) in zip(part.filled, lines) if not found
        )
        rows = {found["name"]: (number, found["rest"]) for number, found in lines if found}
        if not self.text or "answer" not in rows:
            raise Fault(part.line, "expected a text with {names}, a line for each, and '- answer:'")
        self.line, formula = rows.pop("answer")
        found = FORMULA.fullmatch(formula)
        self.formula, self.tolerance = found["formula"], float(found["tolerance"] or 0)
        self.values = {name: _values(number, rest) for name, (number, rest) in rows.items()}
        self._look_through()

    def question(self, original, seed):
        """The Number with the numbers that belong to a seed (text); it is no prediction."""
        drawn = self._draw(random.Random(seed))
        answer = self._answer(drawn)
        return Number(
            original.name,
            original.title,
            question=self.text.format(**drawn),
            answer=answer,
            tolerance=self.tolerance,
            unit=original.unit,
            solution=f"{self.formula.format(**drawn)} = {answer}",
            minutes=original.minutes,
            difficulty=original.difficulty,
        )

    def _draw(self, rng):
        return {name: rng.choice(values) for name, values in self.values.items()}

    def _answer(self, drawn):
        """The value of the formula, a whole number as int."""
        (value,) = typed.readings(self.formula.format(**drawn))
        return int(value) if value == int(value) else value

    def _look_through(self):
        """Raise Fault if a name is not drawn or not used, or the answer cannot be calculated."""
        names = _names(self.text) | _names(self.formula)
        if names != set(self.values):
            odd = ", ".join(sorted(names ^ set(self.values)))
            raise Fault(self.line, f"{odd}: each name needs '- name: 2 to 9' and a place in braces")
        for seed in range(TRIES):
            try:
                self._answer(self._draw(random.Random(seed)))
            except (Wrong, ValueError) as error:
                raise Fault(self.line, f"the answer cannot be calculated: {error}") from None


def _values(line, text):
    """The numbers that a name may stand for: "2 to 9", or "0.5, 1, 3"."""
    found = RANGE.fullmatch(text)
    if found:
        values = list(range(int(found[1]), int(found[2]) + 1))
    else:
        values = text.split(", ")
        if not all(VALUE.fullmatch(value) for value in values):
            raise Fault(line, f"expected '2 to 9' or '0.5, 1, 3', found {text!r}")
        values = [float(value) if "." in value else int(value) for value in values]
    if len(values) < 2:
        raise Fault(line, f"expected two numbers or more to draw from, found {text!r}")
    return values


def _names(text):
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
