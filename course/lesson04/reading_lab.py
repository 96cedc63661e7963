"""Lesson 04: the answers of a network after each step of its descent, under forty digits."""

import ipywidgets as widgets
import numpy as np
from matplotlib.transforms import Bbox

from course.lesson04 import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import TextPicture
from nnlib import arguments

SHOWN, COLUMNS = 40, 10
PLACES = [0.01, 0.06, 0.61, 0.9], [0.71, 0.6, 0.27, 0.34], [0.71, 0.13, 0.27, 0.34]
PLAY_EVERY = 125  # milliseconds


class ReadingLab(Lab):
    """Forty digits with what a network reads; beside them right answers and cost, step by step.

    outputs: (steps + 1, 10, n), those of the network at the start and after each step, n ≥ 40.
    images: (n, 784).  labels: (n,).  One control, `step`; *Play* takes one after the other.
    `state` holds the `step`, the `answers` (n,) after it, and for each step up to it how many are
    `right` and the cost, (step + 1,) each. Raises ValueError for shapes that do not fit.
    """

    frozen = ({"step": "all"},)

    def __init__(self, outputs, images, labels):
        outputs = arguments.plain_array(outputs, "outputs")
        images, labels = given.digits((images, labels), name="(images, labels)")
        shape, n = outputs.shape, len(labels)
        if len(shape) != 3 or shape[0] < 1 or shape[1:] != (10, n) or n < SHOWN:
            raise ValueError(
                f"there are outputs of shape {shape} and {n} images: expected (steps + 1, 10, n) "
                f"for n images, at least {SHOWN}; type ReadingLab(states, x.T, labels)"
            )
        self._answers = outputs.argmax(axis=1)  # (steps + 1, n)
        self._right = (self._answers == labels).sum(axis=1)
        wanted = np.arange(10)[:, np.newaxis] == labels  # (10, n)
        self._costs = np.array([((a - wanted) ** 2).sum() for a in outputs]) / (2 * len(labels))
        self._images, self._labels = images[:SHOWN], labels[:SHOWN]
        step = widgets.IntSlider(0, 0, len(outputs) - 1, description="step", **controls.LOOK)
        picture = TextPicture(1, 3, size=(9.4, 4.0))
        super().__init__({"step": step}, picture)

    def lay_out(self, rows):
        """The slider with *Play* behind it."""
        (row,) = super().lay_out(rows)
        row.children += controls.play(self.controls["step"], PLAY_EVERY)
        return [row]

    def prepare(self):
        """Digits on the left, each answer a part of its own; two curves on the right."""
        self.picture.figure.set_layout_engine("none")
        for ax, place in zip(self.picture.axes, PLACES):
            ax.set_position(place)
        digits, *others = self.picture.axes
        self._words, places = figures.answered_images(digits, self._images, COLUMNS)
        names = f"right of {len(self._answers[0])}", "cost"
        highest = len(self._answers[0]), self._costs.max()
        looks = zip(others, (figures.BLUE, figures.RED), names, highest)
        self._curves = [self._curve(*look) for look in looks]
        self.picture.settle()
        for word, corners in zip(self._words, places):
            place = Bbox(digits.transData.transform(corners))
            self.picture.reserve([word], place, lambda word=word: word.get_text())
        for ax, artists in zip(others, self._curves):
            self.picture.reserve(artists, ax.bbox, None)

    def _curve(self, ax, color, name, highest):
        """Axes from 0 to `highest` against the step, an empty line, an empty dot for its end."""
        figures.cost_axes(ax, self.controls["step"].max, [0, highest])
        ax.set(ylabel=name)
        (line,) = ax.plot([], [], color=color)
        (end,) = ax.plot([], [], "o", color=color, mec=figures.BLACK)
        return line, end

    def compute(self, step):
        so_far = slice(0, step + 1)
        return {
            "step": step,
            "answers": self._answers[step],
            "right": self._right[so_far],
            "costs": self._costs[so_far],
        }

    def draw(self, state):
        for word, answer, label in zip(self._words, state["answers"], self._labels):
            right = answer == label
            word.set(text=f"{answer} {'✓' if right else '✗'}")
            word.set_color(figures.BLUE if right else figures.RED)
        for (line, end), values in zip(self._curves, (state["right"], state["costs"])):
            line.set_data(range(len(values)), values)
            end.set_data([state["step"]], values[-1:])

    def describe(self, state):
        shown = int((state["answers"][:SHOWN] == self._labels).sum())
        steps = f"{state['step']} step" + "s" * (state["step"] != 1)
        return (
            f"After {steps} {state['right'][-1]} of {len(state['answers'])} digits "
            f"are read right, {shown} of the {SHOWN} shown; the cost is {state['costs'][-1]:.3f}."
        )
