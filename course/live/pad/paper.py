"""What lies on the pad as a gray image: 0 is ink, 255 is paper."""

import numpy as np
from PIL import Image, ImageDraw, ImageOps

FINE = 4  # strokes are drawn this many times as large, then reduced: their edges become gray


def draw(strokes, size, line_width, pixels=1):
    """Strokes on white paper, a gray PIL image of `pixels` (1, 2 or 4) pixels a unit.

    size: width and height in units.  line_width: in units.  Ends and joints are round.
    """
    paper = Image.new("L", [FINE * side for side in size], 255)
    pen = ImageDraw.Draw(paper)
    for stroke in strokes:
        _draw_stroke(pen, FINE * np.array(stroke), round(FINE * line_width))
    return paper.reduce(FINE // pixels)


def lay(photo, size, pixels=1):
    """A photo, uint8 (rows, columns), as large as it fits, in the middle of white paper."""
    return ImageOps.pad(Image.fromarray(photo), [pixels * side for side in size], color=255)


def _draw_stroke(pen, points, width):
    """A disk on every point and a bar from each to the next; all in pixels.

    Pillow counts pixels from 0 and cuts off fractions, so places are rounded here.
    """
    pen.line([tuple(point) for point in np.rint(points - 0.5)], 0, width)
    for left, top in np.rint(points - width / 2):
        pen.ellipse((left, top, left + width - 1, top + width - 1), 0)
