"""Lesson 02: one weight of a network that reads digits is turned; whose outputs answer?"""

import ipywidgets as widgets
import numpy as np
from matplotlib.colors import to_rgb

from course import figures
from course.live import digit_network
from course.live.digit_network import BARS, IMAGE, OUTPUTS, RULES, DigitNetworkLab

TURNS = [round(0.1 * tenth, 1) for tenth in range(-20, 21)]
SMALL, LARGE = 0.001, 0.5  # changes of an output
DOTS = (6.85, 3.7, 31)  # left, top, and how many in a row
PITCH = 12  # pixels
LEGEND = (6.89, 0.86, 0.185)  # left, top, pitch
KINDS = (  # what the outputs of a digit do; radius in pixels, face and edge of its dot
    ("get 0 through this weight", 1.5, figures.GREY, figures.GREY),
    ("do not change", 5, "white", figures.GREY),
    (f"change by less than {SMALL}", 5, "#BFE1F5", figures.GREY),
    (f"change by up to {LARGE}", 5, figures.BLUE, figures.BLUE),
    (f"change by more than {LARGE}", 5, figures.BLACK, figures.BLACK),
)


class TurnLab(DigitNetworkLab):
    """One weight is turned; of 1,000 digits, the outputs of how many change, and how far?

    network, split: see `DigitNetworkLab`. The weight leads into a hidden neuron from a pixel of the
    image, the one with ink in most digits; or from this neuron to the output of the image's digit.
    `state` holds what `DigitNetworkLab.forward` returns, from before the turn; `neuron`, `weight`
    (0 into it, 1 out of it), `turn` and `pixel`; `after`, hidden activations and outputs of the
    image after the turn; `changes` (counted,), for each digit how far the output that moves most
    moves; `kinds` (counted,), which of the five `KINDS` that is; and `counts` (5,) of these.
    """

    frozen = (
        {"neuron": "all", "weight": "all", "neurons": "all"},
        {"weight": "all", "turn": TURNS[::2] + [0.1], "neurons": "all"},
        {"number": "all", "neurons": "all"},
        {"weight": "all", "weights": "all", "neurons": "all"},
    )

    rows = [["number", "neuron"], ["weight", "turn"], ["weights", "neurons"]]
    bar = 1.1

    def make_controls(self, hidden):
        """The controls by name."""
        options = [(f"{turn:+.1f}" if turn else "0", turn) for turn in TURNS]
        turn = {"options": options, "value": 0.1, "description": "turn it by"}
        neuron = widgets.IntSlider(0, 0, hidden - 1, description="neuron", **digit_network.LOOK)
        return {
            "number": digit_network.image(),
            "neuron": neuron,
            "weight": digit_network.switch([("into it", 0), ("out of it", 1)], 0),
            "turn": widgets.SelectionSlider(**turn, **digit_network.LOOK),
            **digit_network.switches("perceptrons"),
        }

    def compute(self, number, weights, neurons, neuron, weight, turn):
        state = self.forward(number, weights, neurons)
        before = self.layers[weights, neurons][1][1]
        pixel = int(np.argmax(state["image"] * self.images.mean(axis=0)))
        turned = self._into if weight == 0 else self._out_of
        chosen = pixel if weight == 0 else state["label"]
        inputs, hidden, outputs = turned(weights, neurons, neuron, chosen, turn)
        n, after = self.chosen[number], state["a"][0].copy()
        after[neuron] = hidden[n]
        changes = abs(outputs - before).max(axis=0)
        kinds = np.where(inputs == 0, 0, 1 + np.digitize(changes, [1e-300, SMALL, LARGE]))
        return state | {
            "neuron": neuron,
            "weight": weight,
            "turn": turn,
            "pixel": pixel,
            "after": [after, outputs[:, n]],
            "changes": changes,
            "kinds": kinds,
            "counts": np.bincount(kinds, minlength=len(KINDS)),
        }

    def _into(self, weights, neurons, neuron, pixel, turn):
        """The weight from a pixel: its inputs (m,), activations of the neuron (m,), all outputs."""
        (z, a), rule = self.layers[weights, neurons], RULES[neurons]
        inputs = self.images[:, pixel]
        hidden = rule(z[0][neuron] + turn * inputs)
        w = self.parameters[weights][0][1][:, neuron]
        return inputs, hidden, rule(z[1] + np.outer(w, hidden - a[0][neuron]))

    def _out_of(self, weights, neurons, neuron, output, turn):
        """The same for the weight to an output."""
        z, a = self.layers[weights, neurons]
        inputs, z = a[0][neuron], z[1].copy()
        z[output] += turn * inputs
        return inputs, inputs, RULES[neurons](z)

    def prepare_more(self, ax):
        """The weight as a line, marks of the outputs before the turn, a dot for every digit."""
        (self._line,) = ax.plot([], [], color=figures.ORANGE, lw=4, zorder=2)
        (self._pixel,) = ax.plot([], [], "s", ms=8, mfc="none", mec=figures.ORANGE, mew=2.5)
        look = {"ms": 15, "mec": figures.BLACK, "mew": 2}
        self._before = [ax.plot([BARS], [y], "|", **look)[0] for y in OUTPUTS]
        for row, mark in zip(self.drawing.rows, self._before):
            row.append(mark)
        self._prepare_digits(ax)
        return [self._line, self._pixel]

    def _prepare_digits(self, ax):
        """A dot for every digit, and a legend that counts them."""
        left, top, _ = DOTS
        dots = dot_field(np.zeros(len(self.labels), int))
        bottom = top * digit_network.DPI - len(dots)
        self._dots = ax.figure.figimage(dots, left * digit_network.DPI, bottom)
        name = f"{len(self.labels):,} digits"
        ax.text(left, digit_network.TITLES, name, fontsize=11, va="center")
        self._counts = [_legend(ax, number, words) for number, (words, *_) in enumerate(KINDS)]
        place = digit_network.inches(left - 0.05, 0, *digit_network.SIZE)
        self.picture.reserve([self._dots, *self._counts], place, lambda: self._kinds.tobytes())

    def draw(self, state):
        neuron, kinds = state["neuron"], state["kinds"]
        hidden, outputs = state["after"]
        self.drawing.show_digit(state["image"], f"image {state['number']}")
        self.drawing.show_hidden(hidden, chosen=neuron)
        self.drawing.show_outputs(outputs, answer=int(outputs.argmax()))
        for mark, a in zip(self._before, state["a"][1]):
            mark.set_xdata([BARS + self.bar * a])
        self._show_weight(state)
        self._kinds = kinds
        self._dots.set_data(dot_field(kinds))
        for text, count in zip(self._counts, state["counts"]):
            text.set_text(f"{count:,}")

    def _show_weight(self, state):
        """The line of the weight, and its pixel if it comes from one."""
        left, bottom, side = IMAGE
        row, column = divmod(state["pixel"], 28)
        pixel = left + side * (column + 0.5) / 28, bottom + side * (27.5 - row) / 28
        center = tuple(self.drawing.centers[state["neuron"]])
        output = BARS - 0.28, OUTPUTS[state["label"]]
        ends = [(pixel, center), (center, output)][state["weight"]]
        self._line.set_data(*zip(*ends))
        self._pixel.set_data(*zip(*ends[:1]))
        self._pixel.set_visible(state["weight"] == 0)

    def describe(self, state):
        counts, counted = state["counts"], state["counted"]
        row, column = divmod(state["pixel"], 28)
        neuron, label = state["neuron"], state["label"]
        way = [
            f"from pixel ({row}, {column}) to hidden neuron {neuron}",
            f"from hidden neuron {neuron} to output {label}",
        ][state["weight"]]
        return (
            f"Of {counted:,} digits the outputs of {counts[2:].sum():,} change, by at most "
            f"{state['changes'].max():.3f}, when the weight {way} is turned by {state['turn']:.1f} "
            f"({state['weights']} weights, {state['neurons']})."
        )


def dot_field(kinds):
    """An image of dots in rows, (height, width, 3), one for each digit; kinds: (m,) of `KINDS`."""
    row = DOTS[2]
    rows = -(-len(kinds) // row)
    cells = np.full(rows * row, len(KINDS))
    cells[: len(kinds)] = kinds
    tiles = TILES[cells].reshape(rows, row, PITCH, PITCH, 3)
    return tiles.swapaxes(1, 2).reshape(rows * PITCH, row * PITCH, 3)


def _tile(radius, face, edge):
    """A dot on white, (PITCH, PITCH, 3)."""
    x = np.arange(PITCH) - (PITCH - 1) / 2
    away = np.hypot(x, x[:, np.newaxis])[..., np.newaxis]
    inside = np.where(away < radius - 1, to_rgb(face), to_rgb(edge))
    return np.where(away < radius, inside, 1.0)


TILES = np.array([*(_tile(*look) for _, *look in KINDS), np.ones((PITCH, PITCH, 3))])


def _legend(ax, number, words):
    """A dot of this kind with its words, and between them room for a count, which is returned."""
    left, top, pitch = LEGEND
    y = top - pitch * number
    at = left * digit_network.DPI - PITCH / 2, y * digit_network.DPI - PITCH / 2
    ax.figure.figimage(TILES[number], *at)
    ax.text(left + 0.58, y, words, fontsize=10, va="center")
    return ax.text(left + 0.51, y, "", fontsize=10, va="center", ha="right")
