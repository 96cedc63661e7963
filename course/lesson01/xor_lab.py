"""Lesson 01: two lines, and where the corners of the square lie for the perceptron behind them."""

from itertools import product

import ipywidgets as widgets
import numpy as np

from course.lesson01 import figures
from course.lesson01.lab import slider
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib.circuits import POINTS, TARGETS
from nnlib.neurons import perceptron

XOR = np.array(TARGETS["XOR"])
START = {"w11": 2, "w12": 2, "b1": -3, "w21": 2, "w22": -2, "b2": -3}
CORNERS = [f"({x1}, {x2})" for x1, x2 in POINTS]
# Where inputs are 0 and 1, whatever one perceptron can compute, one of these computes.
LINES = [((v1, v2), c) for v1, v2, c in product((-2, 0, 2), (-2, 0, 2), (-3, -1, 1, 3)) if v1 or v2]


def parting_line(hidden, wanted=XOR):
    """The line that parts the points hidden (m, 2) as wanted (m,) and stays farthest from them.

    Returns (v, c) for the line v . h + c = 0, or None if no line does it.
    """
    fits = [line for line in LINES if np.array_equal(perceptron(hidden, *line), wanted)]
    return max(fits, key=lambda line: _room(hidden, *line), default=None)


def _room(hidden, v, c):
    """The smallest distance of the points from the line."""
    return (np.abs(hidden @ v + c) / np.linalg.norm(v)).min()


class XorLab(Lab):
    """Sliders for two perceptrons h1 and h2, and the corners in the plane of their outputs.

    XOR is wanted. If one line parts the corners in that plane it is drawn: it is the perceptron
    behind the two. The lab starts with two lines that are of no use.
    """

    @property
    def frozen(self):
        """Both lines one of sixteen each, and every slider alone."""
        sides, biases = (-2, 2), (-3, -1, 1, 3)
        lines = {name: biases if name in ("b1", "b2") else sides for name in START}
        return lines, *({name: "all"} for name in START)

    def __init__(self):
        look = zip(START.items(), ("w1", "w2", "b") * 2)
        sliders = {name: slider(word, value, "30%") for (name, value), word in look}
        picture = LivePicture(1, 2, size=(9.4, 4.3))
        super().__init__(sliders, picture, [list(START)[:3], list(START)[3:]])

    def lay_out(self, rows):
        """The rows of a Lab, each with the name of its perceptron."""
        boxes = super().lay_out(rows)
        for box, name in zip(boxes, ("h1", "h2")):
            box.children = (widgets.Label(name, layout={"width": "24px"}), *box.children)
        return boxes

    def compute(self, w11, w12, b1, w21, w22, b2):
        """The outputs of h1 and h2 at the corners, (4, 2), and the line that parts them, if any."""
        first, second = ((w11, w12), b1), ((w21, w22), b2)
        hidden = np.column_stack([perceptron(POINTS, *one) for one in (first, second)])
        return {"first": first, "second": second, "hidden": hidden, "line": parting_line(hidden)}

    def prepare(self):
        """The plane of the inputs with both lines, and the plane of their outputs."""
        left, right = self.picture.axes
        figures.empty_plane(left)
        figures.empty_plane(right, "h1", "h2")
        right.set_title("what the third perceptron sees")
        self._first = figures.boundary(left)
        self._second = figures.boundary(left, figures.YELLOW, "--")
        self._third = figures.boundary(right)
        keys = [(one["region"], one["line"]) for one in (self._first, self._second)]
        figures.legend(left, 2, keys, ["h1 is 1", "h2 is 1"])
        self._moved = figures.corner_marks(right, POINTS, XOR)
        marks = {"marks": sum(figures.corner_marks(left, POINTS, XOR) + self._moved, ())}
        self.picture.moving = figures.all_artists(self._first, self._second, self._third, marks)

    def draw(self, state):
        figures.update_boundary(self._first, *state["first"], name="h1: ", shift=0.1)
        figures.update_boundary(self._second, *state["second"], name="h2: ", shift=-0.1)
        figures.update_boundary(self._third, *(state["line"] or NOWHERE))
        if state["line"] is None:
            self._third["where"].set_text("no line parts them")
        figures.move_corners(self._moved, state["hidden"])

    def describe(self, state):
        h1, h2 = (", ".join(map(str, column)) for column in state["hidden"].T)
        said = f"For the inputs 00, 01, 10, 11 h1 is {h1} and h2 is {h2}"
        if state["line"] is None:
            return f"No line parts the corners in the plane of h1 and h2. {said}; {_why(state)}."
        v1, v2, c = map(figures.number, (*state["line"][0], state["line"][1]))
        terms = f"{v1} h1 + {v2} h2 + {c}".replace("+ \N{MINUS SIGN}", "\N{MINUS SIGN} ")
        return f"One line parts the corners: {terms} = 0 gives XOR. {said}."


NOWHERE = ((0, 0), 0)  # a perceptron without a line, with output 0 everywhere


def _why(state):
    """Two corners that lie in one place, or, if none do, that nothing has been folded."""
    places = state["hidden"].tolist()
    for one, other in product(range(4), repeat=2):
        if one < other and places[one] == places[other] and XOR[one] != XOR[other]:
            a, b = CORNERS[one], CORNERS[other]
            return f"{a} and {b} lie in one place, but XOR tells them apart"
    return "all four corners still lie apart"
