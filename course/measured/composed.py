"""Numbers, copies and pieces made of MNIST digits: what a reader learns from and is measured on.

Every function draws from the numpy.random.Generator that it is given, and from nothing else.
Images have 0 for paper and 1 for ink.
"""

import numpy as np
from scipy import ndimage

from nnlib.handwriting import center, crop, scale

BOX = 20  # pixels of a digit's longer side


def number(images, rng, apart=(2, 8), sizes=(0.85, 1.15), tilt=8):
    """A sheet of ink (height, width) with a number written in one row.

    images: (n, 28, 28), its digits from left to right.  apart: columns of paper between two
    digits, from and to; negative where they overlap.  sizes: of the digits, from and to, where 1
    means 20 pixels.  tilt: each digit is turned by at most so many degrees.
    """
    drawn = [_turned(_sized(image, rng, sizes), rng.uniform(-tilt, tilt)) for image in images]
    gaps = [rng.integers(apart[0], apart[1] + 1) for _ in drawn[1:]] + [0]
    height = max(len(digit) for digit in drawn) + 8
    width = sum(digit.shape[1] + max(gap, 0) for digit, gap in zip(drawn, gaps))
    sheet, column = np.zeros((height, width + 8), np.float32), 4
    for digit, gap in zip(drawn, gaps):
        row = (height - len(digit)) // 2 + rng.integers(-1, 2)
        place = sheet[row : row + len(digit), column : column + digit.shape[1]]
        np.maximum(place, digit, out=place)
        column = max(4, column + digit.shape[1] + gap)
    return sheet


def _sized(image, rng, sizes):
    return scale(crop(image), max(4, round(BOX * rng.uniform(*sizes))))


def _turned(ink, degrees):
    turned = ndimage.rotate(np.pad(ink, 2), degrees, order=1)
    return crop(np.where(turned < 0.05, 0, np.clip(turned, 0, 1)))


def copy(image, rng):
    """Another (28, 28) writing of the same digit (28, 28), normalised and at most 1 pixel off."""
    off = rng.integers(-1, 2, size=2)
    return np.roll(center(scale(crop(warped(image, rng)))), off, (0, 1))


def warped(image, rng):
    """The digit (28, 28) turned, slanted, stretched, and perhaps thicker, thinner or blurred."""
    angle, slant = np.deg2rad(rng.uniform(-12, 12)), rng.uniform(-0.25, 0.25)
    stretch = np.exp(rng.uniform(-0.12, 0.12))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    matrix = turn @ [[1, 0], [slant, 1]] @ np.diag([stretch, 1 / stretch])
    room = np.pad(image, 6)
    middle = np.full(2, len(room) / 2)
    ink = ndimage.affine_transform(room, matrix, middle - matrix @ middle, order=1)
    ink = _other_pen(ink, rng)
    if ink.max() < 0.3:  # a thin stroke has vanished
        return image
    ink = ink / ink.max()
    return np.where(ink < 0.1, 0, ink)


def _other_pen(ink, rng):
    """Now and then another width of stroke, soft edges, or few pixels."""
    kind = rng.random()
    if kind < 0.10:
        return ndimage.grey_dilation(ink, (2, 2))
    if kind < 0.14:
        return ndimage.grey_dilation(ink, (3, 3))
    if kind < 0.22:
        return ndimage.grey_erosion(ink, (1, 2) if rng.random() < 0.5 else (2, 1))
    if kind < 0.32:
        return ndimage.gaussian_filter(ink, rng.uniform(0.3, 0.8))
    if kind < 0.44:
        return coarse(ink, rng.integers(8, 14))
    return ink


def coarse(ink, pixels):
    """The ink as a small image has it, with so many pixels at the longer side, large again."""
    return scale(scale(crop(ink), pixels), BOX)


def no_digit(images, rng):
    """A normalised picture (28, 28) that is no digit: what a reader finds between digits.

    images: (n, 28, 28), the digits that pieces are cut from. Half of the pictures are pieces,
    three in ten are two digits at once, the rest are blots and scribbles.
    """
    kinds = (_pair, _part, _two_parts, _blot, _scribble)
    while True:
        kind = rng.choice(len(kinds), p=(0.30, 0.32, 0.28, 0.04, 0.06))
        ink = kinds[kind](images, rng)
        if ink is not None and (ink > 0.3).sum() >= 6:
            return center(scale(crop(ink)))


def _two(images, rng, overlap):
    """Two digits side by side on one sheet; where the first ends, where the second begins."""
    first, second = (
        _sized(images[k], rng, (0.85, 1.15)) for k in rng.integers(len(images), size=2)
    )
    begins = max(0, first.shape[1] - overlap)
    height = max(len(first), len(second)) + 4
    sheet = np.zeros((height, max(first.shape[1], begins + second.shape[1])), np.float32)
    for digit, column, off in ((first, 0, 0), (second, begins, rng.integers(-2, 3))):
        row = (height - len(digit)) // 2 + off
        place = sheet[row : row + len(digit), column : column + digit.shape[1]]
        np.maximum(place, digit, out=place)
    return sheet, first.shape[1], begins


def _pair(images, rng):
    return _two(images, rng, rng.integers(-1, 4))[0]


def _left_of(shape, column, slope):
    """Which pixels lie left of a line that crosses half height at `column`."""
    rows, columns = np.indices(shape)
    return columns < column + slope * (shape[0] / 2 - rows)


def _part(images, rng):
    """A digit without its left or right part; None if too much or too little is left of it."""
    ink = crop(warped(images[rng.integers(len(images))], rng))
    left = _left_of(ink.shape, rng.uniform(0.2, 0.8) * ink.shape[1], rng.uniform(-0.5, 0.5))
    part = ink * (left if rng.random() < 0.5 else ~left)
    wide, share = ink.shape[1] >= 9, part.sum() / ink.sum()
    return part if wide and 0.05 <= share <= 0.75 else None


def _two_parts(images, rng):
    """The end of one digit with the beginning of the next; None if that is nearly one digit."""
    sheet, ends, begins = _two(images, rng, rng.integers(-3, 4))
    lost = rng.uniform(0, 0.75) if rng.random() < 0.6 else 0.0  # of the first, at its left
    kept = rng.uniform(0.25, 1)  # of the second
    if lost < 0.25 and kept < 0.25 or lost > 0.6 and kept > 0.8:
        return None
    from_, to = lost * ends, begins + kept * (sheet.shape[1] - begins)
    slopes = rng.uniform(-0.4, 0.4, size=2)
    return sheet * (~_left_of(sheet.shape, from_, slopes[0]) & _left_of(sheet.shape, to, slopes[1]))


def _blot(_, rng):
    """A filled ellipse: a dot or a dash."""
    half = rng.uniform(2, 5, 2) if rng.random() < 0.5 else rng.uniform((1, 5), (2.5, 10))
    rows, columns = np.indices((28, 28)) - 13.5
    return (rows**2 / half[0] ** 2 + columns**2 / half[1] ** 2 < 1).astype(np.float32)


def _scribble(_, rng):
    """A line that turns at random."""
    ink = np.zeros((56, 56), np.float32)
    at, step = rng.uniform(15, 40, 2), rng.normal(0, 3, 2)
    for _ in range(rng.integers(25, 90)):
        to = np.clip(at + step, 5, 50)
        for row, column in np.linspace(at, to, 6).astype(int):
            ink[row - 1 : row + 2, column - 1 : column + 2] = 1
        at, step = to, 0.75 * step + rng.normal(0, 2.6, 2)
    return ink
