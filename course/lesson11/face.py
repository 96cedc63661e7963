"""Is there a face? The question, broken into questions that perceptrons answer from pixels.

`draw` makes a picture of 48 x 48 pixels. `LAYERS` has the perceptrons: fifteen questions about
small patches of it, five about parts, which ask three of the fifteen each, and the one about the
face, which asks the five. `answers` computes them in this order, each from the layer before.
"""

from functools import partial
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from nnlib import arguments
from nnlib.neurons import perceptron

SIDE = 48  # pixels
FARTHEST = 5  # pixels to the right: there the hair touches the edge of the picture
LEFT_EYE, RIGHT_EYE = (16, 23), (31, 23)  # column and row of their middles
MIXED = {  # how far each part is moved, columns and rows, if they are mixed up
    "left eye": (4, 18),
    "right eye": (1, 11),
    "nose": (-11, -1),
    "mouth": (0, -19),
}


class Patch(NamedTuple):
    """What a question of the first layer looks at, and what speaks for yes: "ink" or "paper".

    boxes: (left, top, right, bottom), the last column and row included, as Pillow takes them.
    """

    boxes: tuple
    wanted: str


class Question(NamedTuple):
    """A perceptron, and the words of the question that it answers.

    weights: one number for each input, (n_in,); 0 where it does not look.  bias: a number.
    """

    words: str
    weights: np.ndarray
    bias: float


def _ink(*box):
    """Is there ink in this box?"""
    return Patch((box,), "ink")


def _eye_details(x, y):
    """The questions about an eye whose middle is at column x, row y."""
    beside = (x - 5, y - 1, x - 4, y + 1), (x + 4, y - 1, x + 5, y + 1)
    return {
        "a dark spot?": _ink(x - 2, y - 2, x + 2, y + 2),
        "paper beside it?": Patch(beside, "paper"),
        "a brow above?": _ink(x - 5, y - 8, x + 5, y - 7),
    }


DETAILS = {  # of each part, in the order of the second layer
    "hair": {
        "ink at its left end?": _ink(8, 9, 13, 12),
        "ink in its middle?": _ink(19, 4, 28, 9),
        "ink at its right end?": _ink(34, 9, 39, 12),
    },
    "left eye": _eye_details(*LEFT_EYE),
    "right eye": _eye_details(*RIGHT_EYE),
    "nose": {
        "ink in upper half?": _ink(22, 22, 24, 26),
        "ink in lower half?": _ink(22, 27, 24, 30),
        "ink at its foot?": _ink(20, 31, 26, 32),
    },
    "mouth": {
        "ink at its left end?": _ink(14, 36, 17, 38),
        "ink in its middle?": _ink(19, 40, 27, 42),
        "ink at its right end?": _ink(29, 36, 32, 38),
    },
}
PARTS = {  # the questions of the second layer
    "hair": "hair on top?",
    "left eye": "an eye at the upper left?",
    "right eye": "an eye at the upper right?",
    "nose": "a nose in the middle?",
    "mouth": "a mouth below?",
}


def weights_of(patch):
    """The weights of a patch's pixels, (2304,): 1 if ink speaks for yes, -1 if paper does."""
    weights = np.zeros((SIDE, SIDE), int)
    for left, top, right, bottom in patch.boxes:
        weights[top : bottom + 1, left : right + 1] = 1 if patch.wanted == "ink" else -1
    return weights.ravel()


def _about_pixels(words, patch):
    """Yes if more than half of the patch's pixels are what is wanted."""
    weights = weights_of(patch)
    return Question(words, weights, -weights.sum() / 2)


def _about_details(n, words):
    """Yes if at least two of the three details of part n say yes."""
    weights = np.zeros(3 * len(PARTS), int)
    weights[3 * n : 3 * n + 3] = 1
    return Question(words, weights, -1.5)


LAYERS = [
    [_about_pixels(*pair) for details in DETAILS.values() for pair in details.items()],
    [_about_details(n, words) for n, words in enumerate(PARTS.values())],
    [Question("Is there a face?", np.ones(len(PARTS), int), -2.5)],  # at least three of five
]


def answers(picture):
    """What every layer answers, from the pixels up: arrays of 0 and 1, (15,), (5,) and (1,).

    picture: pixels of 0, paper, and 1, ink, (48, 48).  Raises ValueError for anything else.
    """
    if np.shape(picture) != (SIDE, SIDE):
        raise ValueError(
            f"picture has shape {np.shape(picture)}: expected (48, 48); type for example "
            "face.answers(face.draw())"
        )
    x, found = np.ravel(picture), []
    for layer in LAYERS:
        x = np.array([perceptron(x, question.weights, question.bias) for question in layer])
        found.append(x)
    return found


def draw(without=(), sunglasses=False, mixed=False, right=0):
    """A face as pixels of 0, paper, and 1, ink: (48, 48).

    without: names of parts that are left out, of `PARTS`.  sunglasses: over both eyes.
    mixed: whether the parts stand in each other's places, moved as `MIXED` says.
    right: pixels by which all of it is moved to the right, 0 to 5.
    Raises ValueError for anything else.
    """
    right = arguments.whole_number("right", right, at_least=0)
    if right > FARTHEST:
        raise ValueError(f"right is {right}: expected at most {FARTHEST}, such as right=3")
    without = {arguments.choice("without", name, PARTS) for name in without}
    picture = _drawn(_head)
    for name in [name for name in PARTS if name not in without]:
        columns, rows = MIXED.get(name, (0, 0)) if mixed else (0, 0)
        picture |= np.roll(_drawn(SHAPES[name]), (rows, columns), (0, 1))
    if sunglasses:
        picture |= _drawn(_sunglasses)
    return np.roll(picture, right, 1).astype(int)


def _drawn(shape):
    """What shape(pen) draws on empty paper, as booleans (48, 48)."""
    sheet = Image.new("1", (SIDE, SIDE))
    shape(ImageDraw.Draw(sheet))
    return np.array(sheet)


def _head(pen):
    pen.ellipse((6, 4, 41, 46), outline=1)


def _hair(pen):
    pen.chord((5, 1, 42, 26), 180, 360, fill=1)


def _eye(pen, x, y):
    pen.ellipse((x - 6, y - 3, x + 6, y + 3), outline=1)
    pen.ellipse((x - 2, y - 2, x + 2, y + 2), fill=1)
    pen.rectangle((x - 5, y - 8, x + 5, y - 7), fill=1)


def _nose(pen):
    pen.rectangle((22, 22, 24, 30), fill=1)
    pen.rectangle((20, 31, 26, 32), fill=1)


def _mouth(pen):
    pen.polygon([(13, 35), (16, 35), (20, 39), (26, 39), (30, 35), (33, 35), (27, 43), (19, 43)], 1)


def _sunglasses(pen):
    for x, y in (LEFT_EYE, RIGHT_EYE):
        pen.rounded_rectangle((x - 7, y - 4, x + 6, y + 5), 3, fill=1)
    pen.rectangle((22, 20, 25, 21), fill=1)


SHAPES = {
    "hair": _hair,
    "left eye": partial(_eye, x=LEFT_EYE[0], y=LEFT_EYE[1]),
    "right eye": partial(_eye, x=RIGHT_EYE[0], y=RIGHT_EYE[1]),
    "nose": _nose,
    "mouth": _mouth,
}
