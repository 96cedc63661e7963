"""Figures with one look for the whole course: matplotlib in, matplotlib out.

Every drawing function takes plain arrays and an Axes, draws, and returns what a test can check.
Figures are made without pyplot, whose global state does not survive several threads.
"""

import struct
import zlib

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from PIL import Image

# Okabe and Ito's palette: distinct for every common kind of color vision.
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#000000", "#8C8C8C"
SIGNED = LinearSegmentedColormap.from_list("signed", [RED, "#FFFFFF", BLUE])

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

    Each row is stored as its difference from the row above and packed at zlib's quickest level: a
    third of the time that Pillow takes, because that tries five ways of storing every row.
    """
    size = fig.canvas.get_width_height()
    rgb = Image.frombuffer("RGBA", size, fig.canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    rows = np.asarray(rgb.convert("RGB")).reshape(size[1], -1)
    filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = 2  # PNG's filter type "up"
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)  # 8 bits, RGB
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(filtered, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind, data):
    """A part of a PNG file: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def mime_bundle(picture, text, width):
    """What Jupyter shows of a picture: PNG `width` pixels wide on the page, and a sentence."""
    data = {"image/png": picture, "text/plain": text}
    return data, {"image/png": {"width": width, "alt": text}}


class Picture:
    """A finished figure with the sentence that says what it shows, numbers included.

    As the last line of a cell it is displayed; the sentence is for readers who cannot see the
    picture, and for the tests, which compare it.
    """

    def __init__(self, fig, text):
        fig.canvas.draw()
        self.png, self.text = png(fig), text
        self.width = round(fig.get_figwidth() * PIXELS_PER_INCH)

    def _repr_mimebundle_(self, **_):
        return mime_bundle(self.png, self.text, self.width)


def image_grid(axes, images, titles=()):
    """Gray pictures of digits, images (n, 784), one on each Axes; dark ink on light paper."""
    flat = np.ravel(axes)
    for ax in flat:
        ax.set_axis_off()
    shown = [
        ax.imshow(np.reshape(image, (28, 28)), cmap="gray_r", vmin=0, vmax=1)
        for ax, image in zip(flat, images)
    ]
    for ax, title in zip(flat, titles):
        ax.set_title(title)
    return shown


def weight_grid(axes, weights):
    """First-layer weights (n, 784) as pictures, one neuron on each Axes: blue +, red -."""
    limit = np.abs(weights).max()
    flat = np.ravel(axes)
    for ax in flat:
        ax.set_axis_off()
    return [
        ax.imshow(np.reshape(w, (28, 28)), cmap=SIGNED, vmin=-limit, vmax=limit)
        for ax, w in zip(flat, weights)
    ]


def accuracy_axes(ax, epochs, lowest=0):
    """Axes for accuracy from `lowest` to 100 percent against epochs 1 to `epochs`."""
    ax.set(xlim=(0.5, epochs + 0.5), ylim=(lowest, 100), xlabel="epoch", ylabel="accuracy (%)")
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    return ax


def accuracy_curve(ax, accuracies, **style):
    """Accuracies (fractions from 0 to 1), one an epoch, as a line in percent."""
    (line,) = ax.plot(*in_percent(accuracies), **{"color": BLUE, "marker": "o", "ms": 4} | style)
    return line


def in_percent(accuracies):
    """Epochs 1, 2, ... and the accuracies (fractions) in percent: the data of a curve."""
    return np.arange(1, len(accuracies) + 1), 100 * np.asarray(accuracies, dtype=float)


def recall_bars(ax, recall, lost=()):
    """Recall of each digit, ten fractions, as bars in percent; lost digits are hatched, named.

    Returns the bars, which `update_recall_bars` can change.
    """
    digits = np.arange(len(recall))
    bars = ax.bar(digits, 0 * digits, color=SKY, edgecolor=BLACK, linewidth=0.8)
    ax.set(ylim=(0, 108), xlabel="digit", ylabel="recall (%)", xticks=digits)
    ax.set_yticks(range(0, 101, 20))
    for bar, digit in zip(bars, digits):
        bar.lost_mark = ax.text(digit, 2, "lost", ha="center", rotation=90, visible=False)
    update_recall_bars(bars, recall, lost)
    return bars


def update_recall_bars(bars, recall, lost=()):
    """Give bars that `recall_bars` made other heights and marks."""
    for digit, (bar, value) in enumerate(zip(bars, np.nan_to_num(np.asarray(recall, float)))):
        bar.set_height(100 * value)
        bar.lost_mark.set(y=100 * value + 2, visible=digit in lost)


def confusion_table(ax, confusion):
    """Confusion matrix (10, 10), rows true digits, columns answers; mistakes shaded and counted."""
    confusion = np.asarray(confusion)
    mistakes = confusion * (1 - np.eye(len(confusion)))
    image = ax.imshow(mistakes, cmap="Blues", vmin=0, vmax=1.6 * max(1, mistakes.max()))
    for row, column in np.ndindex(confusion.shape):
        right = row == column
        if confusion[row, column]:
            ax.text(
                column,
                row,
                confusion[row, column],
                ha="center",
                va="center",
                fontsize=10.5,
                fontweight="bold" if right else "normal",
            )
    ticks = np.arange(len(confusion))
    ax.set(xticks=ticks, yticks=ticks, xlabel="answer of the network", ylabel="true digit")
    return image
