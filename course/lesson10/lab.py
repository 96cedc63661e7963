"""Lesson 10: a digit and a number written on a pad, and how the network reads them."""

from collections import Counter

import ipywidgets as widgets
import numpy as np

from course.lesson10 import clinic, figures, written
from course.live.labs import Lab
from course.live.pad import Pad, paper
from course.live.pictures import LivePicture
from nnlib.handwriting import EMPTY, SURE, ImageError, ink, read_number, reader
from nnlib.handwriting.normalising import SIDE
from nnlib.neurons import sigmoid

DIGIT_PAD = 224  # units of both sides
NUMBER_PAD = (760, 190)
DPI = 1.5 * figures.PIXELS_PER_INCH  # half the pixels of other figures, half the time
GRID = (10, 25)  # rows and columns of hidden neurons
ROWS, COLUMNS = 2, 12  # of the pieces that are shown
NAMES = ("page", "ink", "cropped", "scaled", "centered")
ON_PAD = ("strokes", "line_width", "photo")
AT_FIRST = "as in the lesson"  # name of the strokes with which a lab begins
NOTHING = np.zeros((1, 1), np.float32)


class PadLab(Lab):
    """A lab with a drawing pad over its other controls; each stroke, and a photo, is a change.

    `compute` takes, beside the values of the controls, what lies on the pad: `strokes`,
    `line_width` and `photo`; `on_sheet` makes an image of these.
    On a page without a kernel one chooses among `samples`, strokes by name, in place of writing.
    """

    samples = {}
    frozen_note = "To write yourself you need the notebook. Here you can choose what is on the pad."

    def __init__(self, pad, controls, picture, rows=None):
        self.pad, self.size = pad, (pad.width, pad.height)
        self._written = {AT_FIRST: pad.strokes, **self.samples}
        self._sample = widgets.Dropdown(options=list(self._written), description="on the pad")
        pad.on_stroke(self.on_change)
        picture.figure.set_dpi(DPI)
        super().__init__(controls, picture, rows)

    def lay_out(self, rows):
        """The pad over the boxes of a Lab."""
        return [widgets.VBox([self.pad, *super().lay_out(rows)])]

    def frozen_controls(self):
        """What is on the pad, and the controls of the lab."""
        return {"sample": self._sample, **self.controls}

    def show_frozen(self, sample, **values):
        """Put a sample on the pad, and show it with these values."""
        self._sample.value, self.pad.strokes = sample, self._written[sample]
        self.choose(**values)

    def stand_beside(self):
        """Put pad and picture side by side where there is room, the sentence under both."""
        self.layout.flex_flow = "row wrap"
        self.layout.align_items = "flex-start"
        self.panel[0].layout.width = "332px"
        self.caption.layout.width = "100%"

    @property
    def settings(self):
        """The values of the controls, and what lies on the pad."""
        on_pad = {name: getattr(self.pad, name) for name in ON_PAD}
        return on_pad | super().settings


def steps_to_leave_out():
    """A box to tick for each of the steps that can be left out."""
    look = {"indent": False, "layout": {"width": "auto", "margin": "2px 5px 2px 2px"}}
    return {name: widgets.Checkbox(False, description=name, **look) for name in clinic.STEPS}


def label(box, words):
    """Put words before the controls of a box."""
    box.children = (widgets.Label(words), *box.children)


def on_sheet(strokes, line_width, photo, size):
    """What is on a pad of this size, as `nnlib.handwriting.page` takes it: photo, or strokes."""
    return bytes(photo) or np.array(paper.draw(strokes, size, line_width))


class StepsLab(PadLab):
    """A digit on a pad: every step to the image that the network sees, and what it answers.

    strokes: what is on the pad at the start, for example `written.DIGIT_7`.
    `state` holds the names `without` of the steps left out, a picture for each of the five names
    of `nnlib.handwriting.Steps`, the activations `hidden` (250,) and `outputs` (10,), and a
    `problem` in words, or "".
    """

    frozen = ({"sample": "all", **dict.fromkeys(clinic.STEPS, "all")},)
    samples = {
        name: written.number([name], (64, 40), 140)
        for name in ("7", "7, crossed", "1, with a foot", "4, open", "9, straight")
    } | {"a small 3": written.number(["3"], (20, 150), 40)}

    def __init__(self, strokes=None):
        pad = Pad(DIGIT_PAD, DIGIT_PAD, line_width=14)
        pad.draw(strokes or [])
        picture = LivePicture(2, 5, (5.8, 3.5), height_ratios=[1, 1.7])
        super().__init__(pad, steps_to_leave_out(), picture)

    def lay_out(self, rows):
        """The pad over the four boxes to tick."""
        (panel,) = super().lay_out(rows)
        label(panel.children[-1], "Leave out:")
        return [panel]

    def compute(self, strokes, line_width, photo, **left_out):
        without = tuple(name for name in clinic.STEPS if left_out[name])
        state = {"without": without, "hidden": np.zeros(GRID[0] * GRID[1]), "problem": ""}
        state |= dict.fromkeys(NAMES, NOTHING) | {"outputs": np.zeros(10)}
        try:
            made = clinic.steps(on_sheet(strokes, line_width, photo, self.size), without)
        except ImageError as error:
            return state | {"problem": str(error)}
        if not ink(made.page).any():
            return state | {"problem": EMPTY, "page": made.page}
        x, network = made.centered.reshape(784, 1), reader()
        hidden = sigmoid(network.weights[0] @ x + network.biases[0])
        outputs = network.feedforward(x)
        return state | made._asdict() | {"hidden": hidden[:, 0], "outputs": outputs[:, 0]}

    def prepare(self):
        """The pictures of the steps in a row, under them the hidden neurons and the outputs."""
        self.stand_beside()
        top, bottom = self.picture.axes
        self._steps = [figures.GrayPicture(ax, name) for ax, name in zip(top, NAMES)]
        left, right = figures.joined(bottom, np.s_[1, :2], np.s_[1, 2:])
        self._hidden = figures.GrayPicture(left, "hidden neurons (dark: fires)", GRID[0] / GRID[1])
        self._bars = figures.OutputBars(right)
        parts = [*self._steps, self._hidden, self._bars]
        self.picture.moving = [artist for part in parts for artist in part.artists]

    def draw(self, state):
        for name, picture in zip(NAMES, self._steps):
            values = 1 - state[name] if name == "page" else state[name]
            picture.show(values, side=SIDE if name in ("scaled", "centered") else None)
        self._hidden.show(state["hidden"].reshape(GRID))
        self._bars.show(state["outputs"])

    def describe(self, state):
        if state["problem"]:
            return state["problem"]
        outputs, left_out = state["outputs"], ", ".join(state["without"])
        second, best = np.argsort(outputs)[-2:]
        following = f"next {second} ({outputs[second]:.2f})."
        said = f"Read as {best} (output {outputs[best]:.2f}); {following}"
        if outputs[best] < SURE:
            said = (
                "None of these: no output is above 0.5. "
                f"The highest is {best} ({outputs[best]:.2f}), {following}"
            )
        return said + f" Left out: {left_out}." * bool(left_out)


class NumberLab(PadLab):
    """A number on a pad: the trial cuts, the pieces that were tried and the winning path.

    strokes: what is on the pad at the start, for example `written.NUMBER_504192`.
    `state` holds the `ink` of the sheet, the `reading` (see `nnlib.handwriting.Reading`), the
    trial cuts that the path uses, the pieces that are `shown`, and a `problem` in words, or "".
    """

    samples = {
        f"gap {gap}": written.number("504192", (40, 35), gap=gap) for gap in (24, 16, 12, 8, 0, -8)
    }

    def __init__(self, strokes=None):
        pad = Pad(*NUMBER_PAD)
        pad.draw(strokes or [])
        picture = LivePicture(2, 1, (7.6, 3.5), height_ratios=[1.92, 1.4])
        super().__init__(pad, {}, picture)

    def compute(self, strokes, line_width, photo):
        state = {"ink": NOTHING, "reading": None, "used": [], "shown": [], "problem": ""}
        try:
            reading = read_number(on_sheet(strokes, line_width, photo, self.size))
        except ImageError as error:
            return state | {"problem": str(error)}
        return state | {
            "ink": reading.ink,
            "reading": reading,
            "used": reading.used,
            "shown": best_of_each_place(reading.pieces, reading.path, ROWS * COLUMNS),
            "problem": "" if reading.text else reading.note,
        }

    def prepare(self):
        """The sheet over the pieces."""
        over, under = self.picture.axes
        self._sheet = figures.NumberSheet(
            over, title="ink, boxes of the digits, trial cuts (thick: used)"
        )
        title = "pieces tried, from left to right, with digit and score (blue: the winning path)"
        self._tiles = figures.Tiles(under, ROWS, COLUMNS, title=title)
        self.picture.moving = [*self._sheet.artists, *self._tiles.artists]

    def draw(self, state):
        reading = state["reading"]
        if reading is None:
            self._sheet.show(state["ink"])
            self._tiles.show([])
            return
        words = [f"{digit}\n{c:.2f}" for digit, c in zip(reading.text, reading.confidences)]
        cuts = [(cut.top, cut.bottom) for cut in reading.cuts]
        used = [(cut.top, cut.bottom) for cut in state["used"]]
        self._sheet.show(state["ink"], cuts, used, reading.boxes, words)
        shown = state["shown"]
        won = {(piece.start, piece.stop) for piece in reading.path}
        colors = [figures.BLUE if (one.start, one.stop) in won else None for one in shown]
        words = [f"{one.digit}: {_rounded(one.score)}" for one in shown]
        self._tiles.show([piece.image for piece in shown], words, colors)

    def describe(self, state):
        reading = state["reading"]
        if state["problem"]:
            return state["problem"]
        k = int(np.argmin(reading.confidences))
        second, output = reading.runners_up[k]
        return (
            f"Read as {reading.text}; least sure of {reading.text[k]} "
            f"({reading.confidences[k]:.2f}, next {second}: {output:.2f}). "
            f"{_counted(len(reading.pieces), 'piece')} tried, "
            f"{_counted(len(reading.cuts), 'trial cut')}. {reading.note}".rstrip()
        )


def best_of_each_place(tried, path, most):
    """At most `most` of the pieces tried, from left to right, those of the path among them.

    The others are the best that begin at each place, then the second best of each, and so on.
    """
    won = {(piece.start, piece.stop) for piece in path}
    seen, ranked = Counter(), []
    for piece in sorted(tried, key=lambda piece: -piece.score):
        seen[piece.start] += 1
        lost = (piece.start, piece.stop) not in won
        ranked.append((lost, seen[piece.start], piece.start, piece.stop, piece))
    kept = sorted(ranked, key=lambda one: one[:4])[:most]
    return [one[4] for one in sorted(kept, key=lambda one: one[2:4])]


def _rounded(score):
    """A score of 0 or less in at most four characters."""
    return f"{abs(score):.1f}" if score > -0.05 else f"−{-score:.{1 if score > -9.95 else 0}f}"


def _counted(n, word):
    return f"{n} {word}" + "s" * (n != 1)
