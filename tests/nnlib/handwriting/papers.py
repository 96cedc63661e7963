"""Sheets of paper for the tests: numbers on a screen, and as a camera sees them."""

import io

import numpy as np
from PIL import Image
from scipy import ndimage

from course.measured import composed
from nnlib import mnist


def digit(label, n=0):
    """The n-th test image (28, 28) of a digit, from the small set."""
    test = mnist.load("mini").test
    return test.images[test.labels == label][n].reshape(28, 28)


def number(text, rng=0, **options):
    """A sheet of ink with the digits of a text."""
    images = [digit(int(d), n) for n, d in enumerate(text)]
    return composed.number(images, np.random.default_rng(rng), **options)


def photo(ink, rng=0, ruling="", dark=False, size=(600, 900)):
    """Ink as a camera sees it on paper, gray (height, width) 0 to 1: shadow, grain, ruling."""
    rng = np.random.default_rng(rng)
    large = np.clip((ndimage.zoom(ink, 6, order=1) - 0.3) / 0.4, 0, 1)
    page = np.zeros(size)
    top, left = ((side - part) // 2 for side, part in zip(size, large.shape))
    page[top : top + large.shape[0], left : left + large.shape[1]] = large
    rows, columns = np.indices(size)
    light = 0.7 + 0.3 * (rows / size[0] - 0.5) - 0.25 * (columns / size[1] - 0.5)
    lines = (rows + 0.01 * columns) % 60 < 3 if ruling else np.zeros(size, bool)
    if ruling == "squared":
        lines |= (columns - 0.01 * rows) % 60 < 3
    gray = light * np.where(lines, 0.75, 1) * (1 - 0.75 * page)
    gray = np.clip(ndimage.gaussian_filter(gray, 1) + rng.normal(0, 0.02, size), 0, 1)
    return 1 - gray if dark else gray


def file(array, kind="PNG", **options):
    """The bytes of an image file of an array."""
    stream = io.BytesIO()
    image = array if isinstance(array, Image.Image) else Image.fromarray(array)
    image.save(stream, kind, **options)
    return stream.getvalue()


def bytes_of(ink):
    """Ink 0 to 1 as dark strokes on white, 8 bits."""
    return np.rint(255 * (1 - ink)).astype(np.uint8)
