"""Sheets of ink, small pictures in rows, output bars: what the labs of handwriting draw."""

import numpy as np
from matplotlib import rc_context
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from course.figures import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LOOK,
    ORANGE,
    PIXELS_PER_INCH,
    PURPLE,
    RED,
    SKY,
    Picture,
    figure,
    image_grid,
)
from nnlib.handwriting import SURE, bounding_box

__all__ = [
    "AccuracyBars",
    "BLUE",
    "CountBars",
    "GrayPicture",
    "NumberSheet",
    "ORANGE",
    "OutputBars",
    "PIXELS_PER_INCH",
    "Picture",
    "RED",
    "Tiles",
    "answer",
    "arcs",
    "color_parts",
    "figure",
    "image_grid",
    "joined",
    "photo",
]

PALE = "#D9D9D9"
MOST_WORDS = 16  # under the digits of one number


def joined(axes, *places):
    """One Axes at each place (rows, columns) of the grid of `axes`, which they replace."""
    axes = np.ravel(axes)
    drawn_on, grid = axes[0].figure, axes[0].get_gridspec()
    for ax in axes:
        ax.remove()
    with rc_context(LOOK):
        return [drawn_on.add_subplot(grid[place]) for place in places]


class GrayPicture:
    """One gray picture of any shape, as large as it fits in its Axes; 1 is black.

    ratio: height of the Axes through its width.
    """

    def __init__(self, ax, title="", ratio=1):
        self._image, self._ratio = ax.imshow([[0]], cmap="gray_r", vmin=0, vmax=1), ratio
        ax.set(xlim=(0, 1), ylim=(0, ratio), xticks=[], yticks=[])
        ax.set_title(title, fontsize=11)
        ax.spines[:].set(visible=True, color=GREY, linewidth=0.8)
        self.artists = [self._image]

    def show(self, picture, side=None):
        """Show a picture (height, width) in the middle; the Axes is `side` of its pixels wide."""
        height, width = picture.shape
        side = 1.04 * (side or max(height / self._ratio, width))  # the frame stays visible
        left, bottom = 0.5 - width / side / 2, (self._ratio - height / side) / 2
        self._image.set_data(picture)
        self._image.set_extent((left, 1 - left, bottom, self._ratio - bottom))


class OutputBars:
    """Ten outputs as bars with a line at 0.5: blue is the digit that was read, orange the next."""

    def __init__(self, ax):
        self._bars = ax.bar(np.arange(10), np.zeros(10), width=0.8, edgecolor=BLACK, linewidth=0.6)
        ax.axhline(SURE, color=BLACK, linewidth=1, linestyle="--", zorder=0)
        ax.text(9.55, SURE + 0.02, "0.5", ha="right", fontsize=10)
        ax.set(xlim=(-0.6, 9.6), ylim=(0, 1.15), xticks=range(10), yticks=[])
        ax.spines["left"].set_visible(False)
        ax.set_title("outputs", fontsize=11)
        style = {"ha": "center", "va": "bottom", "fontsize": 10}
        self._words = [ax.text(0, 0, "", **style) for _ in range(2)]
        self.artists = [*self._bars, *self._words]

    def show(self, outputs):
        """Show ten outputs; without any above 0.5 no bar is blue, and all are 0 without ink."""
        best, second = np.argsort(outputs)[[-1, -2]]
        colors = dict.fromkeys(range(10), PALE) | {second: ORANGE}
        colors |= {best: BLUE if outputs[best] > SURE else PALE}
        for digit, (bar, output) in enumerate(zip(self._bars, outputs)):
            bar.set(height=output, facecolor=colors[digit])
        words = (f"{outputs[best]:.2f}", "next") if outputs.any() else ("", "")
        for text, digit, word in zip(self._words, (best, second), words):
            text.set(position=(digit, outputs[digit] + 0.02), text=word)


class Tiles:
    """Small square pictures of one size in rows, words under each, some of them framed.

    rows, columns: of pictures.  side: pixels of one.  words: height left under each row, in sides.
    """

    def __init__(self, ax, rows, columns, side=28, words=0.45, title="", fontsize=9):
        self.columns, self.side, self._size = columns, side, fontsize
        self._under = round(words * side)
        self._across, self._down = side + round(0.2 * side), side + self._under
        shape = rows * self._down, columns * self._across
        self._image = ax.imshow(np.zeros(shape), cmap="gray_r", vmin=0, vmax=1)
        self._image.set_interpolation("nearest")
        ax.set_axis_off()
        ax.set_title(title, loc="left", fontsize=11)
        self._frames = ax.add_collection(LineCollection([], linewidths=2.5, clip_on=False))
        self._words = [self._word(ax, n) for n in range(rows * columns)]
        self.artists = [self._image, self._frames, *self._words]

    def show(self, pictures, words=(), colors=()):
        """Show pictures (n, side, side), 1 is black, each with words and the color of its frame.

        The color None gives no frame and black words.
        """
        canvas, frames, framed = np.zeros(self._image.get_array().shape), [], []
        words, colors = [*words, *[""] * len(self._words)], [*colors, *[None] * len(self._words)]
        for n, picture in enumerate(pictures):
            top, left = self._corner(n)
            canvas[top : top + self.side, left : left + self.side] = picture
            frames.append(self._square(n))
            framed.append(colors[n] or PALE)
        self._image.set_data(canvas)
        self._frames.set(segments=frames, color=framed)
        for text, word, color in zip(self._words, words, colors):
            text.set(text=word, color=color or BLACK)

    def _corner(self, n):
        """Row and column of the upper left pixel of a picture."""
        row, column = divmod(n, self.columns)
        return row * self._down, column * self._across + (self._across - self.side) // 2

    def _square(self, n):
        top, left = np.subtract(self._corner(n), 0.5)
        bottom, right = top + self.side, left + self.side
        return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]

    def _word(self, ax, n):
        top, left = self._corner(n)
        at = left + self.side / 2, top + self.side + 0.5 * self._under
        return ax.text(*at, "", ha="center", va="center", fontsize=self._size)


class NumberSheet:
    """The ink of a number with the trial cuts, and the digits that were read in boxes.

    The sheet gets a place of the ratio width : height, over a strip for the words.
    """

    def __init__(self, ax, width=7.6, height=1.5, title=""):
        self._size, strip = (width, height), 0.42
        self._image = ax.imshow(np.zeros((1, 1)), cmap="gray_r", vmin=0, vmax=1)
        ax.set(xlim=(0, width), ylim=(height + strip, 0))
        ax.set_axis_off()
        ax.set_title(title, loc="left", fontsize=11)
        self._lines = [
            ax.add_collection(LineCollection([], colors=color, linewidths=line, zorder=order))
            for color, line, order in ((BLUE, 1.6, 2), (ORANGE, 1.2, 3), (RED, 3.2, 4))
        ]
        style = {"ha": "center", "va": "top", "fontsize": 10, "color": BLUE}
        self._words = [ax.text(0, height + 0.04, "", **style) for _ in range(MOST_WORDS)]
        self.artists = [self._image, *self._lines, *self._words]

    def show(self, ink, cuts=(), used=(), boxes=(), words=()):
        """Show the part of a sheet (height, width) that has ink.

        cuts, used: trial cuts as pairs of ends (row, column), those of the path drawn thick.
        boxes: (top, left, bottom, right) of each digit; words: what stands under it.
        """
        (top, left), lengths = _inked(ink)
        factor = min(self._size / lengths[::-1])
        off = (self._size - factor * lengths[::-1]) / 2

        def placed(ends):
            return [off + factor * (np.array(end)[::-1] + 0.5 - (left, top)) for end in ends]

        rows, columns = (slice(start, start + n) for start, n in zip((top, left), lengths))
        (x0, y0), (x1, y1) = off, off + factor * lengths[::-1]
        self._image.set_data(ink[rows, columns])
        self._image.set_extent((x0, x1, y1, y0))
        for lines, several in zip(self._lines, (map(_outline, boxes), cuts, used)):
            lines.set_segments([placed(ends) for ends in several])
        for text in self._words:
            text.set_text("")
        for text, word, box in zip(self._words, words, boxes):
            text.set(text=word, x=np.mean(placed(_outline(box)[:4]), axis=0)[0])


class AccuracyBars:
    """Accuracies of several groups of two bars, in percent: all steps, and with some left out."""

    def __init__(self, ax, groups):
        middle = np.arange(len(groups))
        self._bars = [
            ax.bar(middle + off, 0 * middle, 0.38, color=color, ec=BLACK, lw=0.6, label=label)
            for off, color, label in ((-0.2, BLUE, "all steps"), (0.2, ORANGE, "some left out"))
        ]
        ax.set(xlim=(-0.5, len(groups) - 0.5), ylim=(0, 155), yticks=[0, 50, 100])
        ax.set_xticks(middle, groups)
        ax.set_title("read right (%)", fontsize=11)
        ax.legend(loc="upper center", fontsize=10, borderaxespad=0, frameon=False)
        style = {"ha": "center", "va": "center", "fontsize": 10}
        self._words = [[ax.text(0, 0, "", **style) for _ in groups] for _ in self._bars]
        self.artists = [*self._bars[0], *self._bars[1], *self._words[0], *self._words[1]]

    def show(self, all_steps, left_out):
        """Show the accuracies (fractions) of each group; left_out may be None."""
        for bars, words, shares in zip(self._bars, self._words, (all_steps, left_out)):
            for bar, word, share in zip(bars, words, shares or [0.0] * len(bars)):
                bar.set_height(100 * share)
                place = bar.get_x() + bar.get_width() / 2, 100 * share + 7
                word.set(position=place, text=f"{100 * share:.1f}" if shares else "")


class CountBars:
    """How many digits of each kind there are, and in blue how many of them are read right."""

    def __init__(self, ax):
        self._ax, places = ax, np.arange(10)
        self._bars = [
            ax.bar(places, 0 * places, 0.8, color=color, edgecolor=BLACK, linewidth=0.6)
            for color in (PALE, BLUE)
        ]
        ax.set(xlim=(-0.6, 9.6), xticks=places, yticks=[])
        ax.spines["left"].set_visible(False)
        ax.set_title("how many are kept (blue: read right)", loc="left", fontsize=11)
        style = {"ha": "center", "va": "bottom", "fontsize": 10}
        self._words = [ax.text(digit, 0, "", **style) for digit in places]
        self.artists = [*self._bars[0], *self._bars[1], *self._words]

    def show(self, kept, right):
        """Show ten counts of digits kept, and of those that are read right."""
        self._ax.set_ylim(0, 1.3 * max(2, *kept))
        for bars, counts in zip(self._bars, (kept, right)):
            for bar, count in zip(bars, counts):
                bar.set_height(count)
        for text, count in zip(self._words, kept):
            text.set(text=str(count), y=count)


def answer(read, label):
    """What stands under a picture: the digit that was read, with a sign if it is not the label."""
    said = "empty" if read < 0 else str(read)
    return said if read == label else f"{said} ✗"


def _inked(ink):
    """(top, left) and lengths (2,) of the part of a sheet with ink, and a little around it."""
    top, left, bottom, right = bounding_box(ink)
    margin = max(2, (bottom - top - 1) // 20)
    start = np.maximum((top - margin, left - margin), 0)
    stop = np.minimum((bottom + margin, right + margin), ink.shape)
    return tuple(start), stop - start


def _outline(box):
    """The corners (row, column) of a box (top, left, bottom, right), whose ends are excluded."""
    top, left, bottom, right = np.subtract(box, 0.5)
    return [(top, left), (top, right), (bottom, right), (bottom, left), (top, left)]


def color_parts(ax, labels):
    """A sheet with each part in a color of its own; labels (height, width), 0 is paper."""
    palette = np.array([to_rgb(color) for color in (BLUE, ORANGE, GREEN, RED, SKY, PURPLE)])
    shown = palette[(labels - 1) % len(palette)]
    ax.imshow(np.where(labels[:, :, None] > 0, shown, 1.0), interpolation="nearest")
    ax.set_axis_off()


def arcs(ax, scores, way=()):
    """The places of a number as dots in a row, and an arc with its score for each piece.

    scores: a dictionary from (start, stop) to a number.  way: the pieces that are drawn thick.
    """
    last = max(stop for _, stop in scores)
    for (start, stop), score in scores.items():
        t = np.linspace(0, np.pi, 60)
        side = 1 if (stop - start) % 2 else -1  # pieces of two atoms below the dots
        middle, half = (start + stop) / 2, (stop - start) / 2
        style = {"color": RED, "lw": 4} if (start, stop) in way else {"color": GREY, "lw": 1.8}
        ax.plot(middle - half * np.cos(t), side * 0.75 * half * np.sin(t), zorder=1, **style)
        place = middle, side * (0.75 * half + 0.14)
        ax.text(*place, f"{score:.1f}".replace("-", "−"), ha="center", va="center")
    ax.scatter(range(last + 1), [0] * (last + 1), s=420, c="white", edgecolors=BLACK, zorder=2)
    for place in range(last + 1):
        ax.text(place, 0, str(place), ha="center", va="center")
    ax.set(xlim=(-0.3, last + 0.3), ylim=(-1.1, 0.75 * last / 2 + 0.35))
    ax.set_axis_off()


def photo(ink, seed=0, ruled=36):
    """A sheet of ink (height, width) as if photographed: (height + 80, width + 80), 0 to 1.

    The light falls off to the lower right, a line is ruled every `ruled` pixels, and there is
    grain. seed: of the grain.
    """
    sheet = np.pad(ink, 40)
    down, across = (np.linspace(0, 1, n) for n in sheet.shape)
    light = (0.95 - 0.55 * across) * (1 - 0.2 * down[:, None])
    lines = np.arange(len(sheet))[:, None] % ruled < 2
    gray = light * (1 - 0.2 * lines) * (1 - 0.5 * sheet)
    grain = np.random.default_rng(seed).normal(0, 0.01, sheet.shape)
    return np.clip(gray + grain, 0, 1)
