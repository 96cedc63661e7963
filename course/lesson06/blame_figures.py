"""One digit in a network [784, 30, 10]: its neurons, what flows between them, and 30 gradients."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from course.figures import BLACK, BLUE, RED, SIGNED

HIDDEN, OUTPUTS = 30, 10
LEFT_PART = 0.46  # of the width of the picture: the network; beside it the gradient
_COLUMNS, _COLUMN, _ROW, _HEAD = 6, 126, 137, 54  # how many; pixels
_HIDDEN_AT = np.column_stack([np.full(HIDDEN, 5.2), np.linspace(9.2, 0.0, HIDDEN)])
_OUTPUTS_AT = np.column_stack([np.full(OUTPUTS, 8.1), np.linspace(8.7, 0.5, OUTPUTS)])
_FAN = np.array([[(2.9, 4.6), place] for place in _HIDDEN_AT])
_BETWEEN = np.array([[start, end] for end in _OUTPUTS_AT for start in _HIDDEN_AT])
_WIDEST, _THINNEST = 3.0, 0.6  # lines, in points; thinner ones are left out
_DASHED = (0, (2.5, 1.5))
_HEADING = "∂C/∂w⁽²⁾, a picture for each hidden neuron: blue +, red −"


def _words(colors):
    """RGB colors (n, 3) of 0 to 255 as the words (n,) that stand for them in a buffer of RGBA."""
    opaque = np.full((len(colors), 1), 255, np.uint8)
    return np.hstack([np.asarray(colors, np.uint8), opaque]).view(np.uint32).ravel()


_PAPER = _words([[255 - ink] * 3 for ink in range(256)])
_TINTS = _words(SIGNED(np.linspace(0, 1, 256), bytes=True)[:, :3])
_GREY, _BLACK = _words([[190] * 3, [0] * 3])


class Tile(Artist):
    """A picture of 28 by 28 pixels, each drawn as factor x factor, in pixels of the figure.

    left, top: of its upper left corner.  colors: 256 words for -1 to 1 (signed) or for 0 to 1.
    Matplotlib's own images are resampled, which takes too long for 30 of them.
    """

    def __init__(self, left, top, factor, colors, signed):
        super().__init__()
        self.left, self.top, self.factor = left, top, factor
        self.colors, self.signed, self.values = colors, signed, np.zeros((28, 28))

    def draw(self, renderer):
        """Write the pixels, a gray line around, and for signed values their sign above."""
        buffer = np.asarray(renderer.buffer_rgba()).view(np.uint32)[:, :, 0]
        bottom, right = self.top + 28 * self.factor, self.left + 28 * self.factor
        buffer[self.top - 2 : bottom + 2, self.left - 2 : right + 2] = _GREY
        scaled = 127.5 + 127.5 * self.values if self.signed else 255 * self.values
        colors = self.colors[np.clip(np.rint(scaled), 0, 255).astype(np.uint8)]
        large = colors.repeat(self.factor, axis=0).repeat(self.factor, axis=1)
        buffer[self.top : bottom, self.left : right] = large
        if self.signed:
            self._write_sign(buffer, right, self.values.sum())

    def _write_sign(self, buffer, right, total):
        """A plus or a minus of 13 pixels at the right above; nothing for 0."""
        middle = self.top - 12
        if total != 0:
            buffer[middle - 1 : middle + 2, right - 13 : right] = _BLACK
        if total > 0:
            buffer[middle - 6 : middle + 7, right - 8 : right - 5] = _BLACK


class Digit:
    """An image, 30 hidden and 10 output neurons on an Axes, and the lines between them.

    `artists` are those that change with `show`, apart from the texts: the `title`, the `numbers` at
    the outputs, and over them their `name`.
    """

    def __init__(self, ax):
        ax.set(xlim=(-0.3, 10), ylim=(-0.5, 10.4))
        ax.set_axis_off()
        middle = ax.transData.transform((2.9, 4.6))
        top = round(ax.figure.bbox.y1 - middle[1]) - 70
        self._image = ax.figure.add_artist(Tile(14, top, 5, _PAPER, signed=False))
        lines = {"capstyle": "butt", "zorder": 1}
        self._plus = ax.add_collection(LineCollection([], colors=BLUE, **lines))
        self._minus = ax.add_collection(
            LineCollection([], colors=RED, linestyles=[_DASHED], **lines)
        )
        circles = {"edgecolors": BLACK, "linewidths": 0.8, "zorder": 2}
        self._hidden = ax.scatter(*_HIDDEN_AT.T, s=52, **circles)
        self._outputs = ax.scatter(*_OUTPUTS_AT.T, s=170, **circles)
        self.artists = [self._image, self._plus, self._minus, self._hidden, self._outputs]
        self._write(ax)

    def _write(self, ax):
        """The texts that stay, and places for those that change."""
        for digit, (x, y) in enumerate(_OUTPUTS_AT):
            ax.text(x + 0.28, y, digit, fontsize=11, va="center")
        for name, place in ((1, 9.5), (HIDDEN, -0.3)):
            ax.text(_HIDDEN_AT[0, 0], place, name, fontsize=9, ha="center", va="center")
        look = {"fontsize": 10, "va": "center", "ha": "center"}
        self.numbers = [ax.text(9.32, y, "", **look) for _, y in _OUTPUTS_AT]
        self.name = ax.text(9.32, 9.5, "", **look)
        self.title = ax.text(-0.1, 10.2, "", fontsize=12, va="top")

    def show(self, image, hidden, outputs):
        """An image (784,) and the colors of the neurons."""
        self._image.values = np.reshape(image, (28, 28))
        self._hidden.set_facecolors(hidden)
        self._outputs.set_facecolors(outputs)

    def write(self, title, name, numbers):
        """The title, what the numbers are called, and the numbers at the outputs as words."""
        self.title.set_text(title)
        self.name.set_text(name)
        for text, number in zip(self.numbers, numbers):
            text.set_text(number)

    def show_flow(self, flow, largest):
        """Lines as wide as their flow, blue for + and red and dashed for -.

        flow: (10, 30) between hidden and output neurons, or (30,) between image and hidden ones.
        largest: the size of flow with the widest line.
        """
        flow, ends = np.ravel(flow), _FAN if np.ndim(flow) == 1 else _BETWEEN
        widths = _WIDEST * np.abs(flow) / largest
        for lines, seen in ((self._plus, flow > 0), (self._minus, flow < 0)):
            chosen = seen & (widths >= _THINNEST)
            lines.set_segments(ends[chosen])
            lines.set_linewidths(widths[chosen])


class Gradients:
    """30 numbered pictures of 28 by 28 derivatives on an Axes: blue +, red -, with a sign above.

    The Axes reaches from the bottom to the top of its figure.  `tiles` are what changes,
    and `look` says whether it has.
    """

    def __init__(self, ax):
        box = ax.get_window_extent()
        ax.set(xlim=(0, box.width), ylim=(box.height, 0))
        ax.set_axis_off()
        ax.text(4, 15, _HEADING, fontsize=10, va="center")
        self.tiles, self.look = [], None
        for number in range(HIDDEN):
            row, column = divmod(number, _COLUMNS)
            left, top = 4 + _COLUMN * column, _HEAD + _ROW * row
            ax.text(left, top - 12, number + 1, fontsize=9, va="center")
            tile = Tile(round(box.x0) + left, top, 4, _TINTS, signed=True)
            self.tiles.append(ax.figure.add_artist(tile))

    def show(self, gradient, largest):
        """The derivatives of each hidden neuron's weights (30, 784), or None: empty places.

        largest: the size of derivative with the strongest color.
        """
        shown = np.zeros((HIDDEN, 784)) if gradient is None else gradient / largest
        self.look = shown.tobytes()
        for tile, values in zip(self.tiles, shown):
            tile.values = values.reshape(28, 28)
