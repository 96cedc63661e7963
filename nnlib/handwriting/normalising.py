"""The steps from a sheet of paper to a digit as the people who made MNIST prepared theirs."""

from typing import NamedTuple

import numpy as np
from PIL import Image

from nnlib.handwriting.ink import ink
from nnlib.handwriting.page import page

SIDE = 28  # pixels of an MNIST image
BOX = 20  # pixels of the longer side of its digit


class Steps(NamedTuple):
    """What `normalise` makes on the way, each an array (height, width) in float32.

    page: gray values, 0 black to 1 white.  From there on 0 is paper and 1 ink: ink, the whole
    sheet; cropped, the part that has ink; scaled, its longer side at 20 pixels; centered, 28 x 28.
    """

    page: np.ndarray
    ink: np.ndarray
    cropped: np.ndarray
    scaled: np.ndarray
    centered: np.ndarray


def normalise(image):
    """The image of one digit as MNIST has it: (28, 28) in float32, 0 is paper and 1 is ink.

    image: see `page`. `normalise(image).reshape(784, 1)` is a column for a network. All is 0 for
    an empty sheet.
    Source of the steps: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
    """
    return steps(image).centered


def steps(image):
    """Everything that `normalise` makes on the way, as `Steps`."""
    gray = page(image)
    dark = ink(gray)
    cropped = crop(dark)
    scaled = scale(cropped)
    return Steps(gray, dark, cropped, scaled, center(scaled))


def bounding_box(ink):
    """(top, left, bottom, right) of all ink, the last two excluded; the whole sheet if none."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size:
        return 0, 0, *ink.shape
    return int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1


def crop(ink):
    """The smallest rectangle that holds all ink; the whole sheet if there is none."""
    top, left, bottom, right = bounding_box(ink)
    return ink[top:bottom, left:right]


def scale(ink, longer=BOX):
    """The same picture with `longer` pixels at its longer side, the ratio of the sides kept.

    Each new pixel is a weighted mean of those that it covers, so that strokes have soft edges.
    """
    height, width = ink.shape
    share = longer / max(height, width)
    size = max(1, round(width * share)), max(1, round(height * share))
    if size == (width, height):
        return ink
    picture = Image.fromarray(np.ascontiguousarray(ink, np.float32))
    small = np.maximum(picture.resize(size, Image.Resampling.BICUBIC), 0)
    return small * (ink.max() / small.max()) if small.any() else small


def center_of_mass(ink):
    """Mean row and column of ink (height, width), weighted by it; ValueError if there is none."""
    total = ink.sum()
    if not total:
        raise ValueError("There is no ink, and so no center of mass: write on the sheet first.")
    rows, columns = np.indices(ink.shape)
    return float((rows * ink).sum() / total), float((columns * ink).sum() / total)


def center(ink, side=SIDE):
    """The picture on an empty square of side x side, its center of mass at row and column side / 2.

    It is moved by whole pixels, and never over the edge. Raises ValueError if it does not fit.
    """
    height, width = ink.shape
    if max(height, width) > side:
        raise ValueError(
            f"A picture of {height} x {width} does not fit on {side} x {side}: scale it first."
        )
    square = np.zeros((side, side), np.float32)
    if ink.any():
        row, column = center_of_mass(ink)
        top = min(max(round(side / 2 - row), 0), side - height)
        left = min(max(round(side / 2 - column), 0), side - width)
        square[top : top + height, left : left + width] = ink
    return square
