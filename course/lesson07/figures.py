"""Accuracies side by side: of answers, of runs, of settings; a hundred answers at one look."""

import numpy as np
from matplotlib import rc_context
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from course.figures import (
    ACTIVATION,
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LOOK,
    PURPLE,
    RED,
    SKY,
    Picture,
    accuracy_axes,
    accuracy_curve,
    confusion_table,
    figure,
    image_grid,
    in_percent,
    recall_bars,
    update_recall_bars,
    weight_grid,
)

__all__ = [
    "AnswerBars",
    "AnsweredImages",
    "BLACK",
    "BLUE",
    "GREEN",
    "GREY",
    "PURPLE",
    "Picture",
    "RED",
    "RunsBySeed",
    "SKY",
    "accuracy_against",
    "accuracy_axes",
    "accuracy_bars",
    "accuracy_curve",
    "answer_table",
    "confusion_table",
    "figure",
    "image_grid",
    "in_percent",
    "ledger_chart",
    "ledger_names",
    "likeness_of_neighbors",
    "recall_bars",
    "update_recall_bars",
    "watch_axes",
    "weight_grid",
    "weight_pictures",
]

ROWS, COLUMNS = 5, 20  # of a hundred images
ACROSS, DOWN = 34, 43  # pixels from one image to the next; under each there is room for a word
PALE = "#D9D9D9"
KEY = "red frame: read wrong\ngray answer: not above 0.9\nblack frame: shown below"


def accuracy_bars(ax, names, accuracies, marked=()):
    """Accuracies (fractions) as lying bars, the first on top, with names and percents.

    marked: names of the bars that stand out.  Returns the bars.
    """
    colors = [BLUE if name in marked else SKY for name in names]
    percents = 100 * np.asarray(accuracies, dtype=float)
    bars = ax.barh(np.arange(len(names)), percents, color=colors, edgecolor=BLACK, linewidth=0.8)
    labels = ax.bar_label(bars, [f"{percent:.1f}" for percent in percents], padding=4)
    for name, label in zip(names, labels):
        label.set_fontweight("bold" if name in marked else "normal")
    ax.set(xlim=(0, 110), xlabel="accuracy (%)", yticks=range(len(names)), yticklabels=names)
    ax.set_xticks(range(0, 101, 20))
    ax.invert_yaxis()
    return bars


def ledger_chart(ax, names, runs, lost, published):
    """Accuracies of our runs beside the published ones, one row a network, the first on top.

    names: one a row.  runs: for each row the accuracies in percent, a sequence.  lost: for each
    row and run whether it lost a digit.  published: for each row the published percents, or none.
    Returns three lines: runs that kept all digits, runs that lost one, published values.
    """
    kept_runs, lost_runs = [], []
    for row, (accuracies, losers) in enumerate(zip(runs, lost)):
        for accuracy, loser in zip(accuracies, losers):
            (lost_runs if loser else kept_runs).append((accuracy, row))
    values = [(value, row) for row, row_values in enumerate(published) for value in row_values]
    looks = (
        (kept_runs, "o", {"mfc": "none", "mec": BLUE, "mew": 1.6, "label": "run, no digit lost"}),
        (lost_runs, "x", {"mec": RED, "mew": 1.8, "label": "run, a digit lost"}),
        (values, "|", {"ms": 18, "mec": BLACK, "mew": 2.4, "label": "published"}),
    )
    ax.set(xlim=(0, 101), xlabel="accuracy on the test images (%)")
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.grid(axis="both", color="#DDDDDD", linewidth=0.8)
    ax.set_axisbelow(True)
    return [_dots(ax, points, marker, **look) for points, marker, look in looks]


def ledger_names(summary):
    """A name for each row of `ledger.summary`: layer sizes, eta, and what else is unusual."""
    return [
        f"{row.network}, eta {row.eta:g}"
        + (f", m {row.m}" if row.m != 10 else "")
        + (", scaled" if row.start == "scaled" else "")
        for row in summary
    ]


class RunsBySeed:
    """Accuracies of runs, one line a seed from the top, with the digits that each has lost."""

    def __init__(self, ax, most):
        self._ax, self._most = ax, most
        self._published = ax.add_collection(LineCollection([], colors=BLACK, linewidths=2.4))
        (self._kept,) = ax.plot([], [], "o", ms=9, mfc="none", mec=BLUE, mew=1.8)
        (self._losers,) = ax.plot([], [], "x", ms=9, mec=RED, mew=2.2)
        self._words = [ax.text(0, 0, "", va="center", fontsize=11) for _ in range(most)]
        ax.set_title("line: published; x: a run that lost these digits", loc="left")
        ax.set(xlim=(0, 101), ylim=(most - 0.5, -0.5), xlabel="accuracy on the test images (%)")
        ax.set(ylabel="seed", yticks=range(most))
        ax.grid(axis="x", color="#DDDDDD", linewidth=0.8)
        self.artists = [self._published, self._kept, self._losers, *self._words]

    def show(self, finals, lost, published):
        """Show finals (n,) in percent, the lists of digits that were lost, published percents."""
        self._published.set_segments([[(x, -0.5), (x, self._most - 0.5)] for x in published])
        seeds, losers = np.arange(len(finals)), np.array([bool(one) for one in lost], dtype=bool)
        self._kept.set_data(finals[~losers], seeds[~losers])
        self._losers.set_data(finals[losers], seeds[losers])
        for text in self._words:
            text.set_text("")
        for text, percent, seed, digits in zip(self._words, finals, seeds, lost):
            side, place = (2, "left") if percent < 50 else (-2, "right")
            text.set(position=(percent + side, seed), text=" ".join(map(str, digits)), ha=place)


def _dots(ax, points, marker, **look):
    """Points (x, y) as marks without a line; there may be none."""
    x, y = np.reshape(points, (-1, 2)).T
    return ax.plot(x, y, marker, **{"ms": 8} | look)[0]


def answer_table(ax, names, shares):
    """How often each network gives each answer: shares (networks, 10) of all images, shaded.

    names: one a network, written at its row.  A share above a half is also written, in percent.
    """
    shares = np.asarray(shares, dtype=float)
    image = ax.imshow(shares, cmap=ACTIVATION, vmin=0, vmax=1, aspect="auto")
    for row, digit in zip(*np.nonzero(shares > 0.5)):
        percent = np.floor(100 * shares[row, digit])  # 100 means all of them
        ax.text(digit, row, f"{percent:.0f} %", ha="center", va="center", fontsize=10.5)
    ax.set(xticks=range(shares.shape[1]), xlabel="answer of the network")
    ax.set_yticks(range(len(names)), names)
    return image


def accuracy_against(ax, values, accuracies, logarithmic=True):
    """One dot a run, and a line through the median of the runs with the same value.

    values: the setting of each run, (n,).  accuracies: in percent, (n,).
    Returns (different values, their medians).
    """
    values, accuracies = np.asarray(values), np.asarray(accuracies, float)
    different = np.unique(values)
    medians = np.array([np.median(accuracies[values == value]) for value in different])
    ax.plot(values, accuracies, "o", ms=7, mfc="none", mec=BLACK, mew=1.3, label="one run")
    ax.plot(different, medians, color=BLUE, label="median")
    if logarithmic:
        ax.set_xscale("log")
    ax.set_ylabel("accuracy (%)")
    ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    return different, medians


def weight_pictures(weights, what):
    """First-layer weights (30, 784) as numbered pictures of 28 by 28 pixels.

    what: begin of the sentence that says what is shown.  Returns (figure, sentence), which
    `Picture` takes.  The strongest hundredth of the weights shares the darkest color.
    """
    fig, axes = figure(3, 10, size=(9.4, 3.7))
    limit = np.quantile(np.abs(weights), 0.99)
    weight_grid(axes, weights.clip(-limit, limit))
    for number, ax in enumerate(axes.flat):
        ax.set_title(number)
    look = "random speckle" if likeness_of_neighbors(weights) < 0.45 else "patches"
    return fig, f"{what}, as pictures of 28 by 28 pixels: {look} of blue and red."


def likeness_of_neighbors(weights):
    """Correlation of each pixel's weight with the one to its right, for weights (n, 784).

    It is near 0 for speckle, near 1 for smooth patches.
    """
    pictures = np.reshape(weights, (-1, 28, 28))
    return np.corrcoef(pictures[:, :, 1:].ravel(), pictures[:, :, :-1].ravel())[0, 1]


def watch_axes(picture):
    """Three Axes on a LivePicture of one: a wide one above, a square one and one for bars below."""
    figure, top = picture.figure, picture.axes
    places = [0.01, 0.01, 0.13, 0.27], [0.19, 0.07, 0.5, 0.21]
    top.set_position([0, 0.34, 1, 0.66])
    figure.text(0.75, 0.17, KEY, fontsize=11, va="center", linespacing=1.6)
    with rc_context(LOOK):
        return top, *(figure.add_axes(place) for place in places)


class AnsweredImages:
    """Up to a hundred images of 28 by 28 pixels with an answer under each; mistakes are framed."""

    def __init__(self, ax):
        ax.set(xlim=(0, COLUMNS * ACROSS), ylim=(ROWS * DOWN, 0))
        ax.set_axis_off()
        corners = [(ACROSS * x, DOWN * y) for y in range(ROWS) for x in range(COLUMNS)]
        self.tiles = [AnsweredImage(ax, *corner) for corner in corners]

    def show(self, pile, images, words, colors, framed, chosen):
        """Show a pile of images (n, 784) with a word under each.

        words, colors: of the words, (n,).  framed: which have a red frame, (n,).  chosen: number
        of the image with a black frame.  The same pile always has the same of all this.
        """
        blank = np.zeros(784), "", BLACK, False
        shown = [*zip(images, words, colors, framed), *[blank] * (len(self.tiles) - len(images))]
        for number, (tile, one) in enumerate(zip(self.tiles, shown)):
            look = pile, number == chosen
            if look != tile.look:
                tile.show(look, *one)


class AnsweredImage:
    """One of them: its `artists`, its `place` on the figure in pixels, its `look`."""

    def __init__(self, ax, left, top):
        shape = {"extent": (left + 3, left + 31, top + 31, top + 3), "aspect": "auto"}
        self._image = ax.imshow(np.zeros((28, 28)), cmap="gray_r", vmin=0, vmax=1, **shape)
        self._image.set_interpolation("nearest")
        self._frame = ax.add_patch(Rectangle((left + 3, top + 3), 28, 28, fill=False))
        self._mark = ax.add_patch(Rectangle((left + 1.5, top + 1.5), 31, 31, fill=False, lw=2.5))
        style = {"ha": "center", "va": "center", "fontsize": 10}
        self._word = ax.text(left + 17, top + 38.5, "", **style)
        self.artists = [self._image, self._frame, self._mark, self._word]
        self._corners = [(left, top + DOWN), (left + ACROSS, top)]
        self._ax, self.look = ax, None

    @property
    def place(self):
        """Where it is on the figure, a Bbox in pixels."""
        return Bbox(self._ax.transData.transform(self._corners))

    def show(self, look, image, word, color, is_framed):
        """Show an image (784,) and a word; look: a pile, and whether the image is chosen."""
        self.look = look
        self._image.set_data(image.reshape(28, 28))
        self._frame.set(edgecolor=RED if is_framed else PALE, linewidth=2.5 if is_framed else 0.8)
        self._mark.set_visible(look[1])
        self._word.set(text=word, color=color)


class AnswerBars:
    """Ten outputs as bars, with a line at what is called sure; the answer blue, or red if wrong."""

    def __init__(self, ax, sure):
        self._bars = ax.bar(range(10), np.zeros(10), edgecolor=BLACK, linewidth=0.8)
        ax.axhline(sure, color=BLACK, linewidth=1, linestyle="--", zorder=0)
        ax.text(9.7, sure, f"{sure}", va="center", fontsize=10)
        ax.set(xlim=(-0.6, 9.6), ylim=(0, 1.2), xticks=range(10), yticks=[0, 1])
        ax.tick_params(labelsize=10)
        self._title = ax.set_title(" ", loc="left", fontsize=11)
        self._number = ax.text(0, 0, "", ha="center", va="bottom", fontsize=10)
        self.artists = [*self._bars, self._title, self._number]

    def show(self, outputs, label=None):
        """Show ten outputs, and which digit was written, if it is known."""
        answer = int(outputs.argmax())
        is_wrong = label is not None and label != answer
        for digit, (bar, output) in enumerate(zip(self._bars, outputs)):
            color = PALE if digit != answer else RED if is_wrong else BLUE
            bar.set(height=output, facecolor=color)
        written = "" if label is None else f", written: {label}"
        self._title.set_text(f"the ten outputs; read as {answer}{written}")
        highest = outputs[answer]
        self._number.set(position=(answer, highest + 0.02), text=f"{highest:.2f}")
