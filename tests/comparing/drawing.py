"""Small figures as a notebook stores them."""

import io
import json

from PIL import Image

from course import figures
from tests.course.pictures import stored_picture

_known = {}
SIZE = 3.6, 2.6  # inches; small, since drawing and packing take the time of these tests


def shown(draw, **wrong):
    """A figure drawn on one axes, as the last line of a cell has it."""
    fig, ax = figures.figure(size=SIZE)
    draw(ax, **wrong)
    return figures.Picture(fig, "Small.")


def one(draw, wrong):
    """The same; what is drawn twice in the same way is drawn once."""
    key = draw, repr(wrong)
    if key not in _known:
        _known[key] = shown(draw, **wrong)
    return _known[key]


def picture(draw, **wrong):
    """What a cell that draws so stores, as an image."""
    return Image.open(io.BytesIO(stored_picture(one(draw, wrong)._repr_mimebundle_())[2]))


def pixels(draw, **wrong):
    """The same without what is packed beside the pixels."""
    return Image.open(io.BytesIO(one(draw, wrong).png))


def signature(draw, **wrong):
    """The signature as it is read from a file."""
    return json.loads(json.dumps(one(draw, wrong).signature))
