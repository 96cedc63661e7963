"""One look for all figures of the course: palette, fonts, size, PNG with a sentence."""

import base64
import html
import io
import json
import struct
from zlib import crc32

import numpy as np
from matplotlib import __version__ as matplotlib_version
from matplotlib import rc_context, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ft2font import __freetype_version__
from matplotlib.text import Text
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from course.figures.signature import signature_of

try:
    from isal.isal_zlib import compress  # the same format, ten times as fast
except ImportError:  # there is no build of it for every processor
    from zlib import compress

# Okabe and Ito's palette: distinct for every common kind of color vision.
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#000000", "#8C8C8C"
SIGNED = LinearSegmentedColormap.from_list("signed", [RED, "#FFFFFF", BLUE])
HEIGHT = LinearSegmentedColormap.from_list("height", ["#FFFFFF", SKY])  # low is light, in gray too
ACTIVATION = LinearSegmentedColormap.from_list("activation", ["#FFFFFF", SKY])

# Fitting letters to the grid of pixels gains nothing at this resolution and takes a third of the
# time of drawing text. Matplotlib reads this whenever it draws, so it is set once, here.
rcParams["text.hinting"] = "none"

DRAWN_BY = f"matplotlib {matplotlib_version}, FreeType {__freetype_version__}"
PIXELS_PER_INCH = 100  # on the page; pictures are rendered at twice that
LOOK = {
    "figure.dpi": 2 * PIXELS_PER_INCH,
    "figure.facecolor": "white",
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "lines.linewidth": 2.2,
    "legend.frameon": False,
}


def figure(rows=1, columns=1, size=(9, 4), **options):
    """(figure, axes) in the look of the course; size in inches, 100 pixels each on the page.

    axes is one Axes, or an array of them as from `Figure.subplots`, which takes the options.
    """
    with rc_context(LOOK):
        fig = Figure(figsize=size, layout="constrained")
        FigureCanvasAgg(fig)
        return fig, fig.subplots(rows, columns, **options)


def png(fig):
    """The figure as it was drawn last, as PNG bytes, exact in every pixel.

    Each row is stored as its difference from the row above and packed at the quickest level.
    Pillow tries five ways of storing every row, which takes longer than drawing the figure.
    """
    size = fig.canvas.get_width_height()
    rows = np.asarray(fig.canvas.buffer_rgba()).reshape(size[1], -1)
    filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = 2  # PNG's filter type "up"
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", *size, 8, 6, 0, 0, 0)  # 8 bits, RGBA as matplotlib has it
    chunks = (b"IHDR", header), (b"IDAT", compress(filtered, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind, data):
    """A part of a PNG file: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


def forget_pixels(fig):
    """Free the pixels of a figure, 6 MB for 900 x 400 on the page; drawing it makes new ones."""
    FigureCanvasAgg(fig)  # takes the place of the canvas that has them
    for text in fig.findobj(Text):
        text._renderer = None  # each text keeps them too, and matplotlib has no other way


def mime_bundle(picture, text, width, signature):
    """What Jupyter shows of a picture: an image `width` pixels wide on the page, and a sentence.

    The image is HTML with the sentence as its `alt`, which arrives in JupyterLab, in nbconvert and
    in Sphinx; the metadata of an image/png do not. It may be stored in a notebook, so it is packed
    as tightly as PNG allows. The file has the signature of the figure, and the versions
    of what drew it, beside the pixels: tests compare them with what is drawn again.
    """
    file, notes = io.BytesIO(), PngInfo()
    notes.add_text("Software", DRAWN_BY)
    notes.add_text("Signature", json.dumps(signature, separators=(",", ":")), zip=True)
    pixels = Image.open(io.BytesIO(picture)).convert("RGB")
    pixels.save(file, "PNG", optimize=True, pnginfo=notes)
    source = f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
    look = f'width="{width}" style="max-width: 100%; height: auto"'
    image = f'<img alt="{html.escape(text)}" {look} src="{source}">'
    return {"text/html": image, "text/plain": text}


class Picture:
    """A finished figure with the sentence that says what it shows, numbers included.

    As the last line of a cell it is displayed; the sentence is for readers who cannot see the
    picture, and for the tests, which compare it.
    """

    def __init__(self, fig, text):
        fig.canvas.draw()
        self.png, self.text, self.signature = png(fig), text, signature_of(fig)
        self.width = round(fig.get_figwidth() * PIXELS_PER_INCH)
        forget_pixels(fig)

    def _repr_mimebundle_(self, **_):
        return mime_bundle(self.png, self.text, self.width, self.signature)
