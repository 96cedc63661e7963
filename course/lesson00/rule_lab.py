"""Lesson 00: the rule for a 9 with two limits to move, and a network that learns from examples."""

from functools import cache

import ipywidgets as widgets
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgb

from course import figures
from course.lesson00 import rule
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import mnist

IMAGES = 4000  # to choose by, and new ones
INKS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
ROWS, COLUMNS = 2, 6  # of the nines that are shown, and of the other digits
SHOWN = ROWS * COLUMNS
NINES = slice(2 * SHOWN, 3 * SHOWN)  # the twelve nines to show, of all in order
STEP, EDGE = 32, 2  # pixels from one image to the next, and around each
MEASURED = ["rule, images\nto choose by", "rule,\nnew images", "network,\nnew images"]


class TrainButton(controls.CountingButton):
    """Its value is how many networks it was asked for; it says so while one is trained."""

    WORDS = "Train a network"

    def __init__(self):
        super().__init__(description=self.WORDS, icon="play", layout={"width": "180px"})

    def _count(self, event):
        self.description = "Training ..."
        try:
            super()._count(event)
        finally:
            self.description = self.WORDS


class RuleLab(Lab):
    """The rule for a 9 on images to choose its limits by and on new ones, and a network beside it.

    data: what `mnist.load()` returns; loaded if it is not given. To choose by, and for a network
    to learn from, are the first 4,000 training images; new are as many validation images.
    Controls: `ink`, the value from which on a pixel is ink; `row`, above which the center of the
    hole has to be; `network`, 0 for none, n for the one that starts with the seed n - 1.
    `state` holds these three; of the 24 images shown the `regions` (24, 28, 28), the `centers`
    (24, 2) of their holes and whether the rule `said` that they are nines; the shares found and
    right when said of the `rule` (2, 2), on images to choose by and on new ones, and of the
    `trained` network (2,) on new ones, None without a network.
    """

    frozen = ({"ink": "all", "row": "all", "network": range(4)},)

    def __init__(self, data=None):
        data = mnist.given(data)
        self.parts = data.train.first(IMAGES), data.validation.first(IMAGES)
        self.shown = _to_show(self.parts[0])
        self._rows, self._trained = cache(self._find_rows), cache(self._train)
        picture = LivePicture(2, 2, size=(9.6, 3.9), width_ratios=[1.25, 1])
        super().__init__(_controls(), picture, [["ink", "row"], ["network"]])

    def compute(self, ink, row, network):
        """What the rule says with these limits, and how good rule and network are."""
        regions = rule.regions(self.shown, ink)
        centers = rule.hole_centers(regions)
        measured = zip(self._rows(ink), self.parts)
        return {
            **{"ink": ink, "row": row, "network": network},
            **{"regions": regions, "centers": centers, "said": centers[:, 0] < row},
            "rule": np.array([rule.shares(rows < row, part.labels) for rows, part in measured]),
            "trained": self._trained(network) if network else None,
        }

    def _find_rows(self, ink):
        """The rows of the centers of the holes, of the images to choose by and of the new ones."""
        return [rule.hole_centers(rule.regions(part.images, ink))[:, 0] for part in self.parts]

    def _train(self, number):
        """Train a network on the images to choose by; its two shares on the new ones."""
        choose_by, new = self.parts
        network = rule.train(choose_by, seed=number - 1)
        return rule.shares(rule.network_says_nine(network, new.images), new.labels)

    def prepare(self):
        """Nines above other digits at the left; the two shares at the right."""
        (nines, found), (others, right) = self.picture.axes
        self._tiles = [
            RuleTiles(nines, "nines to choose by"),
            RuleTiles(others, "zeros and other digits to choose by"),
        ]
        self._bars = [
            ShareBars(found, "found: % of the nines"),
            ShareBars(right, "right: % of what is called a 9"),
        ]
        parts = *self._tiles, *self._bars
        self.picture.moving = [artist for part in parts for artist in part.artists]

    def draw(self, state):
        colors = _colors(self.shown, state["regions"], state["said"], state["ink"])
        wrong = state["said"] != (np.arange(2 * SHOWN) < SHOWN)
        for tiles, each in zip(self._tiles, (np.s_[:SHOWN], np.s_[SHOWN:])):
            tiles.show(colors[each], state["centers"][each], state["row"], wrong[each])
        trained = [] if state["trained"] is None else [state["trained"]]
        for bars, percents in zip(self._bars, 100 * np.array([*state["rule"], *trained]).T):
            bars.show(percents)

    def describe(self, state):
        (found, right), (found_new, right_new) = 100 * state["rule"]
        said = (
            f"Ink limit {state['ink']:g}, row limit {state['row']}: of the nines to choose by the "
            f"rule finds {found:.1f} %, and {right:.1f} % of its alarms are right; on new images "
            f"{found_new:.1f} % and {right_new:.1f} %."
        )
        if state["trained"] is None:
            return f"{said} No network is trained yet."
        found, right = 100 * state["trained"]
        return f"{said} Network {state['network']} on new images: {found:.1f} % and {right:.1f} %."


class RuleTiles:
    """Images in rows: a dashed line as the limit for holes, a red frame where the rule is wrong."""

    def __init__(self, ax, title):
        size = ROWS * STEP, COLUMNS * STEP
        self._image = ax.imshow(np.ones((*size, 3)), interpolation="nearest")
        ax.set_axis_off()
        ax.set_title(title, loc="left", fontsize=11)
        dashed = {"colors": figures.BLACK, "linewidths": 1, "linestyles": [(0, (4, 2))]}
        self._limits = ax.add_collection(LineCollection([], **dashed))
        self._frames = ax.add_collection(LineCollection([], colors=figures.RED, linewidths=2.4))
        look = {"color": figures.BLACK, "markeredgecolor": "white", "markersize": 4}
        (self._centers,) = ax.plot([], [], "o", **look)
        ax.set(xlim=(-0.5, size[1] - 0.5), ylim=(size[0] - 0.5, -0.5))
        self.artists = [self._image, self._limits, self._frames, self._centers]

    def show(self, colors, centers, limit, wrong):
        """Show images (n, 28, 28, 3), the centers (n, 2) of holes, the limit, which are wrong."""
        gaps = [(0, 0), (EDGE, EDGE), (EDGE, EDGE), (0, 0)]
        tiles = np.pad(colors, gaps, constant_values=1).reshape(ROWS, COLUMNS, STEP, STEP, 3)
        self._image.set_data(tiles.swapaxes(1, 2).reshape(ROWS * STEP, COLUMNS * STEP, 3))
        corners = STEP * np.array([*np.ndindex(ROWS, COLUMNS)])  # top and left
        pixels = corners + EDGE
        self._limits.set_segments([[(x, y + limit), (x + 27, y + limit)] for y, x in pixels])
        self._frames.set_segments([_frame(*corner) for corner in corners[wrong]])
        y, x = (pixels + centers)[np.isfinite(centers[:, 0])].T
        self._centers.set_data(x, y)


class ShareBars:
    """Three shares in percent as bars: of the rule twice, of a network if there is one."""

    def __init__(self, ax, title):
        colors = [figures.SKY, figures.BLUE, figures.ORANGE]
        self._bars = ax.barh(range(3), np.zeros(3), color=colors, height=0.66)
        ax.set(xlim=(0, 119), ylim=(2.5, -0.5), xticks=range(0, 101, 25), yticks=range(3))
        ax.set_yticklabels(MEASURED)
        ax.tick_params(labelsize=10)
        ax.set_title(title, loc="left", fontsize=11)
        look = {"va": "center", "fontsize": 11}
        self._words = [ax.text(0, place, "", **look) for place in range(3)]
        self.artists = [*self._bars, *self._words]

    def show(self, percents):
        """Show two or three percentages."""
        for place, (bar, words) in enumerate(zip(self._bars, self._words)):
            percent = percents[place] if place < len(percents) else 0
            bar.set_width(percent)
            words.set(x=percent + 1.5, text=f"{percent:.1f} %" if place < len(percents) else "?")


def _frame(top, left):
    """The outline of the image whose corner is here, apart from those of its neighbors."""
    top, left, bottom, right = top + 0.5, left + 0.5, top + STEP - 1.5, left + STEP - 1.5
    return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]


def _colors(images, regions, said, ink):
    """Images (n, 784) in color, (n, 28, 28, 3): ink dark, what is no ink pale, holes filled.

    A hole is blue where the rule says 9, otherwise yellow, which is lighter in gray, too.
    """
    gray = images.reshape(-1, 28, 28)
    gray = np.where(gray < ink, 1 - 0.4 * gray, 0.2)
    colors = np.repeat(gray[..., None], 3, axis=-1)
    for which, color in ((said, figures.BLUE), (~said, figures.YELLOW)):
        colors[(regions > 1) & which[:, None, None]] = to_rgb(color)
    return colors


def _to_show(part):
    """Nines of a Split, and the first digits that are easily taken for one, (24, 784).

    They are zeros that the first rule calls a 9, and below these others, with one hole whose
    center is above row 15. With the repaired rule more of these nines are found, as of all.
    """
    rows = rule.hole_centers(rule.regions(part.images, 0.5))[:, 0]
    nines, zeros = part.labels == 9, (part.labels == 0) & (rows < 14)
    others = (part.labels % 9 > 0) & (rows < 15)
    chosen = (nines, NINES), (zeros, slice(COLUMNS)), (others, slice(COLUMNS))
    return np.concatenate([part.images[which][those] for which, those in chosen])


def _controls():
    options = [(f"{ink:g}", ink) for ink in INKS]
    ink = {"options": options, "value": 0.5, "description": "ink limit"}
    return {
        "ink": widgets.SelectionSlider(**ink, **controls.LOOK),
        "row": widgets.IntSlider(14, 8, 20, description="row limit", **controls.LOOK),
        "network": TrainButton(),
    }
