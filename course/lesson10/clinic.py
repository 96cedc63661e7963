"""The clinic of handwriting: digits with a fault, and a reader that leaves out steps.

    sheet = clinic.FAULTS["too small"](image, 0.5)
    seen = clinic.prepared(sheet, without=("scale",))
    clinic.accuracy("too small", 0.5, without=("scale",))

An amount is in pixels, a factor, degrees, percent or rows, as each fault says.
"""

import hashlib
from functools import cache, lru_cache

import numpy as np
from PIL import Image
from scipy import ndimage

from nnlib import mnist
from nnlib.handwriting import Steps, center, crop, ink, page, reader, scale
from nnlib.handwriting.normalising import BOX, SIDE

SHEET = 2 * SIDE  # pixels of the side of a sheet
STEPS = ("ink", "crop", "scale", "center")  # those that can be left out
DIGITS = 1000  # test digits that are treated
FINE = 2  # pixels in place of one, to thin a stroke by less than one


def off_center(image, pixels):
    """The digit moved to the right and down by so many pixels, 0 to 14."""
    return _paper(_moved(image, pixels, pixels))


def too_small(image, factor):
    """The digit with its sides so many times as long, 0.1 to 1."""
    return _paper(center(scale(image, max(2, round(factor * SIDE))), SHEET))


def too_thin(image, pixels):
    """So many pixels of ink taken off at each edge of a stroke; a thin line stays."""
    fine = np.asarray(_resized(image, FINE * SIDE, Image.Resampling.BICUBIC)) > 0.4
    depth = ndimage.distance_transform_edt(np.pad(fine, 1))
    ridge = (depth > 0) & (depth == ndimage.maximum_filter(depth, 3))
    kept = (ridge | (depth > FINE * pixels))[1:-1, 1:-1].astype(np.float32)
    return _paper(_moved(np.asarray(_resized(kept, SIDE, Image.Resampling.BOX))))


def slanted(image, degrees):
    """The digit leaning to the right by so many degrees, 0 to 60."""
    lean = np.tan(np.deg2rad(degrees))
    shear = (1, lean, -lean * SHEET / 2, 0, 1, 0)
    how = Image.Transform.AFFINE, shear, Image.Resampling.BILINEAR
    return _paper(np.asarray(Image.fromarray(_moved(image)).transform((SHEET, SHEET), *how)))


def light_on_dark(image, percent):
    """Paper and ink so much on the way to the other's gray: 50 % is all gray, 100 % inverted."""
    share = percent / 100
    return share + (1 - 2 * share) * _paper(_moved(image))


def cut_off(image, rows):
    """The lowest rows of the digit, so many, beyond the lower edge of the sheet."""
    lowest = np.flatnonzero(image.any(axis=1))[-1]
    return _paper(_moved(image, down=SHEET // 2 + SIDE // 2 - lowest - 1 + rows))


FAULTS = {  # name -> function(image (28, 28), amount) -> gray sheet (56, 56), 0 black, 1 white
    "off center": off_center,
    "too small": too_small,
    "too thin": too_thin,
    "slanted": slanted,
    "light on dark": light_on_dark,
    "cut off": cut_off,
}


def steps(image, without=()):
    """What `nnlib.handwriting.steps` gives, with the named steps left out; see `prepared`."""
    without = _ordered(without)
    gray = page(image)
    return _from_ink(gray, gray if "ink" in without else ink(gray), without)


def prepared(sheet, without=()):
    """What the network sees of a sheet, (28, 28), with some of the `STEPS` left out.

    Without "ink" the gray values themselves count as ink. Without "crop" the whole sheet is scaled
    to 20 pixels. Without "scale" nothing is resized, but what is larger than 28 pixels is
    squeezed. Without "center" the box of the digit is put in the middle, not its center of mass.
    """
    return steps(sheet, without).centered


def answers(fault, amount, without=(), digits=None):
    """What the reader reads of digits with a fault, (n,): -1 where nothing is left of one.

    fault: one of the `FAULTS`, or None for healthy digits.  digits: a Split; the first 1,000 test
    digits if it is not given.
    """
    return _answers(fault, amount, _ordered(without), _Images((digits or test_digits()).images))


def accuracy(fault, amount, without=(), digits=None):
    """Share of the digits with a fault that is read right; arguments: see `answers`."""
    digits = digits or test_digits()
    return float((answers(fault, amount, without, digits) == digits.labels).mean())


@cache
def test_digits():
    """The first 1,000 test digits, or the 500 of the small set, as a Split."""
    return mnist.load().test.first(DIGITS)


def treated(fault, amount, image):
    """The gray sheet (56, 56) of one digit (784,) or (28, 28) with a fault, or with None."""
    if fault not in (None, *FAULTS):
        raise ValueError(f"there is no fault {fault!r}: expected one of {', '.join(FAULTS)}")
    image = np.reshape(image, (SIDE, SIDE))
    return FAULTS[fault](image, amount) if fault else _paper(_moved(image))


def _ordered(without):
    """Names of steps as a tuple in the order of `STEPS`; one name may stand alone."""
    names = [without] if isinstance(without, str) else list(without)
    for name in names:
        if name not in STEPS:
            raise ValueError(f"there is no step {name!r}: expected some of {', '.join(STEPS)}")
    return tuple(name for name in STEPS if name in names)


class _Images:
    """Images (n, 784) that stand for a call which is kept: those with the same bytes are equal."""

    def __init__(self, images):
        self.images = images
        self._print = hashlib.blake2b(np.ascontiguousarray(images)).digest()

    def __hash__(self):
        return hash(self._print)

    def __eq__(self, other):
        return self._print == other._print


@lru_cache(500)
def _answers(fault, amount, without, digits):
    sheets = _inked(fault, amount, digits)
    seen = [
        _from_ink(gray, gray if "ink" in without else dark, without).centered
        for gray, dark in sheets
    ]
    read = reader().feedforward(np.reshape(seen, (len(seen), SIDE**2)).T).argmax(axis=0)
    return np.where([dark.any() for _, dark in sheets], read, -1)


@lru_cache(3)  # healthy digits, those at hand and those before
def _inked(fault, amount, digits):
    """The gray values and the ink of every sheet."""
    sheets = (page(treated(fault, amount, image)) for image in digits.images)
    return [(gray, ink(gray)) for gray in sheets]


def _from_ink(gray, dark, without):
    """The steps after the ink was found."""
    cropped = dark if "crop" in without else crop(dark)
    if "scale" not in without:
        scaled = scale(cropped, BOX)
    else:
        scaled = scale(cropped, SIDE) if max(cropped.shape) > SIDE else cropped
    centered = _boxed(scaled) if "center" in without else center(scaled)
    return Steps(gray, dark, cropped, scaled, centered)


def _boxed(picture):
    """The picture with its box in the middle of 28 x 28."""
    square = np.zeros((SIDE, SIDE), np.float32)
    top, left = ((SIDE - length) // 2 for length in picture.shape)
    square[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return square


def _moved(image, right=0, down=0):
    """The ink of an image (28, 28) in the middle of a sheet, or so many pixels from there."""
    sheet = np.zeros((SHEET, SHEET), np.float32)
    top, left = SIDE // 2 + down, SIDE // 2 + right
    rows, columns = (max(0, min(SIDE, SHEET - start)) for start in (top, left))
    sheet[top : top + rows, left : left + columns] = image[:rows, :columns]
    return sheet


def _resized(image, side, how):
    return Image.fromarray(np.ascontiguousarray(image, np.float32)).resize((side, side), how)


def _paper(ink):
    """Dark ink on white paper, gray values from 0 black to 1 white."""
    return 1 - np.clip(ink, 0, 1)
