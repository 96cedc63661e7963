"""Lesson 11: "Is there a face?", opened question by question down to the pixels."""

from typing import NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.colors import ListedColormap
from matplotlib.patches import Rectangle

from course import figures
from course.lesson11 import face
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments

DEPTHS = ["the question", "5 parts", "15 details", "2,304 pixels"]
OPEN = [
    "1 question is open.",
    "1 + 5 questions are open.",
    "1 + 5 + 15 questions are open.",
    "2,304 pixels, 15 + 5 + 1 questions: two hidden layers.",
]
SIZE = (9.6, 4.4)  # inches; the axes have the same unit, with 0 at the top
PIXEL = 0.07  # inches of one pixel of the face
CORNER = (0.1, 0.8)  # of the face, left and top
DETAIL_STEP, PART_GAP = 0.242, 0.09  # from row to row, and more between two parts
BADGE = 0.36  # width of the yes or no of a question
INK = ListedColormap(["#FFFFFF", "#A6A6A6"])  # light enough for outlines to be seen on it
SAYS = {0: ("no", figures.RED, "white"), 1: ("yes", "white", figures.BLUE)}


class Column(NamedTuple):
    """The questions of one layer: its name; left edge, width and height of each, in inches."""

    name: str
    left: float
    width: float
    height: float
    ys: np.ndarray  # of the middles
    words: list

    @property
    def right(self):
        """The right edge."""
        return self.left + self.width


class FaceLab(Lab):
    """A face of 48 x 48 pixels, and the perceptrons that ask whether it is one.

    depth: how far the question is opened at the start, 0 for the one question to 3 for the pixels.
    `state` holds the `picture` (48, 48), the `answers` of the three layers as `face.answers` gives
    them, the `counts` (15,) of pixels in each patch that are as wanted, and `depth`.
    Raises ValueError for another depth.
    """

    @property
    def frozen(self):
        """Every face with two layers open, every single change with any, every place."""
        changes = *face.PARTS, "sunglasses", "mixed up"
        return (
            {**dict.fromkeys(changes, "all"), "depth": (self.controls["depth"].value,)},
            *({"depth": "all", name: "all"} for name in changes),
            {"depth": "all", "right": "all"},
        )

    def __init__(self, depth=1):
        depth = arguments.whole_number("depth", depth, at_least=0)
        if depth >= len(DEPTHS):
            raise ValueError(f"depth is {depth}: expected 0 to {len(DEPTHS) - 1}, like depth=1")
        rows = [["depth", "right"], [*face.PARTS, "sunglasses", "mixed up"]]
        super().__init__(_controls(depth), LivePicture(size=SIZE), rows)

    def lay_out(self, rows):
        """Words before the boxes to tick."""
        boxes = super().lay_out(rows)
        *leave_out, sunglasses, mixed = boxes[1].children
        look = {"margin": "2px 2px 2px 14px"}
        words = [widgets.Label(text, layout=look) for text in ("Leave out:", "Change:")]
        boxes[1].children = (words[0], *leave_out, words[1], sunglasses, mixed)
        return boxes

    def compute(self, depth, right, sunglasses, **ticked):
        """The face with these changes, and what every question answers."""
        without = [name for name in face.PARTS if ticked[name]]
        picture = face.draw(without, sunglasses, ticked["mixed up"], right)
        counts = [_as_wanted(patch, picture) for patch in _patches()]
        state = {"depth": depth, "picture": picture, "counts": np.array(counts)}
        return state | {"answers": face.answers(picture)}

    def prepare(self):
        """Face, outlines, one group of artists for each layer of questions; last layer first."""
        ax, width = self.picture.axes, PIXEL * face.SIDE
        self.picture.figure.set_layout_engine("none")
        ax.set_position([0, 0, 1, 1])
        extent = (CORNER[0], CORNER[0] + width, CORNER[1] + width, CORNER[1])
        self._face = ax.imshow(np.zeros((2, 2)), INK, vmin=0, vmax=1, extent=extent, aspect="auto")
        self._face.set_interpolation("nearest")
        ax.set(xlim=(0, SIZE[0]), ylim=(SIZE[1], 0))
        ax.set_axis_off()
        ax.text(CORNER[0], 0.2, "48 × 48 pixels", va="center", fontsize=11)
        self._outlines = ax.add_collection(LineCollection([], linewidths=2))
        details, parts, top = columns = _columns()
        self._layers = [QuestionsDrawing(ax, one) for one in columns[::-1]]
        pairs = (parts, top), (details, parts)
        self._lines = [LinesDrawing(ax, *pair) for pair in pairs]
        look = {"ha": "right", "va": "center", "fontsize": 10}
        at = details.right - BADGE - 0.06
        self._counts = [ax.text(at, y, "", **look) for y in details.ys]
        self._depth = None

    def draw(self, state):
        depth, found = state["depth"], state["answers"][::-1]
        if depth != self._depth:
            self._open(depth)
        self._face.set_data(state["picture"])
        self._outline(depth, state["answers"])
        for layer, answers in zip(self._layers, found):
            layer.show(answers)
        for lines, answers in zip(self._lines, found[1:]):
            lines.show(answers)
        for text, count, patch in zip(self._counts, state["counts"], _patches()):
            text.set_text(f"{count} of {_size(patch)}")

    def _open(self, depth):
        """Show the layers that are opened at this depth."""
        self._depth = depth
        opened = self._layers[: depth + 1], self._lines[:depth]
        for drawing in (*self._layers, *self._lines):
            drawing.set_visible(drawing in opened[0] or drawing in opened[1])
        for text in self._counts:
            text.set_visible(depth == 3)
        moving = [artist for group in opened for drawing in group for artist in drawing.artists]
        self.picture.moving = [self._face, self._outlines, *moving, *self._counts]
        self.picture.change_scene(depth)

    def _outline(self, depth, answers):
        """Where the questions look: at parts, or at the patches of details."""
        details, parts, _ = answers
        if depth < 2:
            boxes, said = [_around(patches) for patches in _patches_by_part()], parts
        else:
            pairs = zip(_patches(), details)
            boxes, said = zip(*[(box, one) for patch, one in pairs for box in patch.boxes])
        self._outlines.set_segments([_corners(box) for box in boxes] if depth else [])
        self._outlines.set_color([figures.BLUE if one else figures.RED for one in said])
        self._outlines.set_linestyle(["solid" if one else (0, (2, 1)) for one in said])

    def describe(self, state):
        _, parts, (top,) = state["answers"]
        missing = [name for name, found in zip(face.PARTS, parts) if not found]
        return (
            f"{'A face' if top else 'Not a face'}: the network finds {parts.sum()} of the 5 parts, "
            f"and 3 are enough. Missing: {', '.join(missing) or 'none'}. {OPEN[state['depth']]}"
        )


class QuestionsDrawing:
    """The questions of one layer in a column, each with a badge that says yes or no."""

    def __init__(self, ax, column):
        name, left, width, height, ys, words = column
        tops = ys - height / 2
        look = {"match_original": True, "zorder": 3}
        frames = [
            Rectangle((left, top), width, height, fc="white", ec=figures.GREY) for top in tops
        ]
        self._frames = ax.add_collection(PatchCollection(frames, **look))
        middle = {"va": "center", "fontsize": 10, "zorder": 4}
        self._name = ax.text(left, 0.2, name, va="center", fontsize=11)
        self._words = [ax.text(left + 0.07, y, word, **middle) for y, word in zip(ys, words)]
        self._badges = [
            ax.add_patch(Rectangle((column.right - BADGE, top), BADGE, height, zorder=3, lw=1.2))
            for top in tops
        ]
        at = column.right - BADGE / 2
        self._says = [ax.text(at, y, "", ha="center", weight="bold", **middle) for y in ys]
        self.artists = [*self._badges, *self._says]

    def show(self, answers):
        """Show the answers, an array of 0 and 1."""
        for badge, text, answer in zip(self._badges, self._says, answers):
            word, ink, paper = SAYS[int(answer)]
            badge.set(facecolor=paper, edgecolor=figures.BLUE if answer else figures.RED)
            badge.set_linestyle("solid" if answer else "dashed")
            text.set(text=word, color=ink)

    def set_visible(self, visible):
        """Show or hide all of it."""
        for artist in (self._name, self._frames, *self._words, *self.artists):
            artist.set_visible(visible)


class LinesDrawing:
    """Lines from each question of a layer to the one that asks it: thick and blue after a yes."""

    def __init__(self, ax, below, above):
        each = len(below.ys) // len(above.ys)
        ends = zip(below.ys, np.repeat(above.ys, each))
        lines = [[(below.right, y), (above.left, y_above)] for y, y_above in ends]
        self._lines = ax.add_collection(LineCollection(lines, zorder=1))
        self.artists = [self._lines]

    def show(self, answers):
        """Show the answers of the layer below, an array of 0 and 1."""
        self._lines.set_color([figures.BLUE if answer else figures.GREY for answer in answers])
        self._lines.set_linewidth([2.4 if answer else 1 for answer in answers])
        self._lines.set_linestyle(["solid" if answer else (0, (4, 3)) for answer in answers])

    def set_visible(self, visible):
        """Show or hide all of it."""
        self._lines.set_visible(visible)


def _columns():
    """Where the three layers stand, first layer first."""
    rows = np.arange(15)
    ys = 0.5 + DETAIL_STEP * rows + PART_GAP * (rows // 3)
    details, parts, top = [[question.words for question in layer] for layer in face.LAYERS]
    return [
        Column("first hidden layer", 3.7, 2.5, 0.23, ys, details),
        Column("second hidden layer", 6.5, 1.55, 0.46, ys[1::3], [*map(_two_lines, parts)]),
        Column("output layer", 8.35, 1.15, 0.46, ys[7:8], [*map(_two_lines, top)]),
    ]


def _two_lines(words):
    """The words in two lines of about the same length."""
    spaces = [n for n, letter in enumerate(words) if letter == " "]
    middle = min(spaces, key=lambda n: abs(n - len(words) / 2))
    return f"{words[:middle]}\n{words[middle + 1 :]}"


def _patches_by_part():
    return [list(details.values()) for details in face.DETAILS.values()]


def _patches():
    return [patch for patches in _patches_by_part() for patch in patches]


def _size(patch):
    """How many pixels a patch has."""
    return int(np.abs(face.weights_of(patch)).sum())


def _as_wanted(patch, picture):
    """How many of its pixels are what the question wants, ink or paper."""
    ink = int(np.abs(face.weights_of(patch) @ picture.ravel()))
    return ink if patch.wanted == "ink" else _size(patch) - ink


def _around(patches):
    """The box around all boxes of some patches."""
    boxes = np.array([box for patch in patches for box in patch.boxes])
    return *boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)


def _corners(box):
    """The outline of a box of pixels on the axes."""
    left, top = (start + PIXEL * at for start, at in zip(CORNER, box[:2]))
    right, bottom = (start + PIXEL * (at + 1) for start, at in zip(CORNER, box[2:]))
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _controls(depth):
    look = {"indent": False, "layout": {"width": "auto", "margin": "2px 5px 2px 2px"}}
    boxes = [*face.PARTS, "sunglasses", "mixed up"]
    options = [(words, n) for n, words in enumerate(DEPTHS)]
    opened = {"options": options, "value": depth, "description": "opened to"}
    return {
        "depth": widgets.SelectionSlider(**opened, **controls.LOOK),
        "right": widgets.IntSlider(0, 0, face.FARTHEST, description="moved right", **controls.LOOK),
        **{name: widgets.Checkbox(False, description=name, **look) for name in boxes},
    }
