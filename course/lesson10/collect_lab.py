"""Lesson 10: a class writes its own test set on the pad."""

import ipywidgets as widgets
import numpy as np

from course.lesson10 import figures
from course.lesson10.collection import Collection
from course.lesson10.lab import DIGIT_PAD, ON_PAD, PadLab, on_sheet
from course.live.pad import Pad
from course.live.pictures import LivePicture
from nnlib.handwriting import SURE, ImageError, read_digit, reader

ROWS, COLUMNS = 3, 10  # of the digits that are shown, the last ones
UNREADABLE = OSError, ValueError  # what a file that is damaged or forbidden raises


class CollectLab(PadLab):
    """Write a digit, say which it is, keep it: a test set of one's own, and how it is read.

    path: the file of the digits; see `collection.Collection`, which is `lab.collection`.
    `state` holds the `reading` of the pad, None for a photo that cannot be read; `counts` (10,)
    of the digits kept; `images` (n, 784), `labels` and `answers` of the last 30; how many are read
    `right` of `kept`; and a `problem` in words, or "".
    """

    frozen = ()
    frozen_note = "To write digits, keep them and count them you need the notebook."

    def frozen_controls(self):
        """None: what is kept stands in a file."""
        return {}

    def show_frozen(self):
        """There is nothing to choose."""

    def __init__(self, path=None):
        self.collection, self._problem = Collection(path), ""
        pad = Pad(DIGIT_PAD, DIGIT_PAD, line_width=14)
        digits = [(str(digit), digit) for digit in range(10)]
        look = {"style": {"button_width": "56px"}, "layout": {"width": "312px"}}
        choice = widgets.ToggleButtons(options=digits, value=None, **look)
        self.keep = widgets.Button(description="Keep")
        self.undo = widgets.Button(description="Undo the last keep")
        self.keep.on_click(lambda _: self._keep())
        self.undo.on_click(lambda _: self._undo())
        picture = LivePicture(2, 1, (5.8, 3.7), height_ratios=[1, 2.2])
        super().__init__(pad, {"label": choice}, picture)

    def lay_out(self, rows):
        """The pad over the choice of a digit over the buttons."""
        (panel,) = super().lay_out(rows)
        panel.children += (widgets.HBox([self.keep, self.undo]),)
        return [panel]

    @property
    def settings(self):
        """What is on the pad, the label, and the digits that are kept."""
        images, labels, problem = np.zeros((0, 784), np.float32), np.zeros(0, int), self._problem
        try:
            images, labels = self.collection.split()
        except UNREADABLE as error:
            problem = str(error)
        return super().settings | {"images": images, "labels": labels, "problem": problem}

    def compute(self, strokes, line_width, photo, label, images, labels, problem):
        answers, reading = np.zeros(0, int), None
        if len(labels):
            answers = reader().feedforward(images.T).argmax(axis=0)
        try:
            reading = read_digit(on_sheet(strokes, line_width, photo, self.size))
        except ImageError as error:
            problem = str(error)
        right = labels[answers == labels]
        last = slice(-ROWS * COLUMNS, None)
        return {
            "label": label,
            "reading": reading,
            "counts": np.bincount(labels, minlength=10),
            "right": np.bincount(right, minlength=10),
            "images": images[last].reshape(-1, 28, 28),
            "labels": labels[last],
            "answers": answers[last],
            "problem": problem,
        }

    def prepare(self):
        """How many there are of each digit, over the last ones that were kept."""
        self.stand_beside()
        over, under = self.picture.axes
        self._counts = figures.CountBars(over)
        title = "the last that were kept, and what is read (✗: not what you said)"
        self._tiles = figures.Tiles(under, ROWS, COLUMNS, title=title)
        self.picture.moving = [*self._counts.artists, *self._tiles.artists]

    def draw(self, state):
        pairs = list(zip(state["answers"], state["labels"]))
        colors = [None if read == label else figures.RED for read, label in pairs]
        self._counts.show(state["counts"], state["right"])
        self._tiles.show(state["images"], [figures.answer(*pair) for pair in pairs], colors)
        written = state["reading"] and state["reading"].text
        self.keep.disabled = not written or state["label"] is None
        self.undo.disabled = not state["counts"].sum()

    def describe(self, state):
        kept, right = state["counts"].sum(), state["right"].sum()
        so_far = f"{kept} kept, {right} of them read right ({100 * right / max(1, kept):.1f} %)."
        said = state["problem"] or _read(state["reading"])
        return f"{said} {so_far if kept else 'None is kept yet.'}"

    def _keep(self):
        """Add what is on the pad to the collection, and clear the pad and the choice."""
        on_pad = {name: getattr(self.pad, name) for name in ON_PAD}
        image = on_sheet(**on_pad, size=self.size)
        if self._tried(lambda: self.collection.add(image, self.controls["label"].value)):
            self.pad.clear()
            self.controls["label"].value = None

    def _undo(self):
        self._tried(self.collection.remove_last)

    def _tried(self, change):
        """Whether the change succeeds; if it does not, the sentence says why."""
        self._problem = ""
        try:
            change()
        except UNREADABLE as error:
            self._problem = f"That was not possible: {error}"
        self.on_change()
        return not self._problem


def _read(reading):
    """What is read on the pad, before it is kept."""
    if not reading.text:
        return "Write a digit, choose which it is, and keep it."
    digit, sure = reading.text, reading.confidences[0]
    return f"Read as {digit} ({sure:.2f})." if sure > SURE else "Read as none of the ten digits."
