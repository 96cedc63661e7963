"""A digit, hidden neurons and ten outputs: what the labs of lessons 02 and 03 share."""

from functools import partial

import ipywidgets as widgets
import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from course import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments
from nnlib.network import Network
from nnlib.neurons import sigmoid

MOST_HIDDEN = 30
COUNTED = 1000  # digits that are counted
CHOICES = 20  # images that can be chosen: number n shows the digit n % 10
LOOK = controls.LOOK | {"layout": {"width": "390px"}}  # two beside each other fit 1024 pixels

SIZE = (9.4, 4.1)  # inches; the axes have the same unit, from the left and from below
DPI = 1.5 * figures.PIXELS_PER_INCH  # half the pixels of other figures, half the time
IMAGE = (0.1, 1.78, 1.95)  # left, bottom and side of the digit
TITLES = 3.93  # height of the words above
HIDDEN = (3.1, 0.32, 3.6, 0.118)  # left, sideways to the next, top, down to the next
OUTPUTS = 3.5 - 0.375 * np.arange(10)  # heights of the ten outputs
BARS = 4.95  # left end of the bars
THICK = 13  # points, of a bar


def step(z):
    """The perceptron's output for its weighted input z, of any shape: 1.0 above 0, else 0.0."""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


RULES = {"perceptrons": step, "sigmoid neurons": sigmoid}


class DigitNetworkLab(Lab):
    """A chosen digit in a network, with random or trained weights, of either kind of neuron.

    network: trained, of layer sizes [784, hidden, 10] with at most 30 hidden neurons; its numbers
    are copied.  split: images and labels with two images or more of each digit, such as
    `data.test`; the first 1,000 are counted. Random weights are those of a network with `rng=0`.
    A lab has `rows`, names of controls; `bar`, inches of an activation of 1; the methods of a
    `Lab`; `make_controls(hidden)`, controls by name; and `prepare_more(ax)`, which returns its
    own artists that change left of the bars.
    Raises ValueError for another network or split.
    """

    def __init__(self, network, split):
        _check_sizes(arguments.network(network).sizes)
        images, self.labels = given.digits(split, COUNTED)
        self.images = images.astype(float)
        self.chosen = _two_of_each(self.labels)
        self.parameters = {
            "random": _parameters(Network(network.sizes, rng=0, dtype=np.float64)),
            "trained": _parameters(network),
        }
        self.layers = {
            (weights, neurons): _activations(*numbers, rule, self.images.T)
            for weights, numbers in self.parameters.items()
            for neurons, rule in RULES.items()
        }
        picture = LivePicture(size=SIZE)
        picture.figure.set_dpi(DPI)
        super().__init__(self.make_controls(network.sizes[1]), picture, self.rows)

    def lay_out(self, rows):
        """The rows of a Lab, with its name before each switch; its own would stand above it."""
        boxes = super().lay_out(rows)
        for box in boxes:
            box.children = [part for control in box.children for part in self._named(control)]
        return boxes

    def _named(self, control):
        """The control, and before it its name, if it is a switch."""
        if not isinstance(control, widgets.ToggleButtons):
            return [control]
        (name,) = (name for name, one in self.controls.items() if one is control)
        look = {"width": "86px", "justify_content": "flex-end", "margin": "2px 4px 2px 2px"}
        return [widgets.Label(name, layout=look), control]

    def forward(self, number, weights, neurons):
        """The settings, and what the network of these computes for the chosen image, as a dict.

        `image` (784,) and `label`; weighted inputs `z` and activations `a`, each a list of two
        arrays, (hidden,) and (10,); the `answer`; and how many of the `counted` digits are read
        `right`.
        """
        n, (z, a) = self.chosen[number], self.layers[weights, neurons]
        answers = a[1].argmax(axis=0)
        return {
            "number": number,
            "weights": weights,
            "neurons": neurons,
            "image": self.images[n],
            "label": int(self.labels[n]),
            "z": [layer[:, n] for layer in z],
            "a": [layer[:, n] for layer in a],
            "answer": int(answers[n]),
            "right": int(np.sum(answers == self.labels)),
            "counted": len(self.labels),
        }

    def prepare(self):
        """Axes in inches; on them the digit, the neurons and the bars."""
        self.picture.figure.set_layout_engine("none")
        ax = self.picture.axes
        ax.set_position([0, 0, 1, 1])
        ax.set_axis_off()
        self.drawing = NetworkPicture(ax, len(self.parameters["trained"][1][0]), self.bar)
        left = [*self.drawing.artists, *self.prepare_more(ax)]
        ax.set(xlim=(0, SIZE[0]), ylim=(0, SIZE[1]))
        left.sort(key=lambda artist: artist.zorder)
        self.picture.reserve(left, inches(0, 0, BARS - 0.2, SIZE[1]), None)
        for row, y in zip(self.drawing.rows, OUTPUTS):
            place = inches(BARS - 0.04, y - 0.17, BARS + self.bar + 0.6, y + 0.17)
            self.picture.reserve(row, place, partial(_look, row))


class NetworkPicture:
    """A digit, circles for hidden neurons and bars for outputs, on axes in inches.

    bar: length of an activation of 1.  `centers` (hidden, 2) are those of the circles. What
    changes: the `artists` left of the bars, and in `rows`, for each output, its bar and its number.
    """

    def __init__(self, ax, hidden, bar):
        self._bar = bar
        left, sideways, top, down = HIDDEN
        n = np.arange(hidden)
        self.centers = np.column_stack([left + sideways * (n % 2), top - down * n])
        frame(ax, IMAGE)
        self._digit = square(ax, IMAGE, "gray_r", (0, 1))
        self._name = ax.text(IMAGE[0], TITLES, "", fontsize=11, va="center")
        self._circles = ax.scatter(*self.centers.T, s=200, zorder=3)
        look = {"lw": THICK, "solid_capstyle": "butt"}
        self._bars = [ax.plot([BARS, BARS], [y, y], **look)[0] for y in OUTPUTS]
        end = BARS + bar + 0.07
        self._texts = [ax.text(end, y, "", fontsize=10, va="center") for y in OUTPUTS]
        self.artists = [self._digit, self._name, self._circles]
        self.rows = [list(row) for row in zip(self._bars, self._texts)]
        self._words(ax, hidden)

    def _words(self, ax, hidden):
        """What stays: the names of the layers, the digits, the whole length of the bars."""
        look = {"fontsize": 11, "va": "center"}
        ax.text(HIDDEN[0] + HIDDEN[1] / 2, TITLES, f"{hidden} hidden neurons", ha="center", **look)
        ax.text(BARS - 0.25, TITLES, "10 outputs", **look)
        ax.hlines(OUTPUTS, BARS, BARS + self._bar, lw=THICK, color="#EEEEEE", zorder=1)
        for digit, y in enumerate(OUTPUTS):
            ax.text(BARS - 0.15, y, str(digit), ha="center", weight="bold", **look)

    def show_digit(self, image, name):
        """Another image, (784,)."""
        self._digit.set_data(image.reshape(28, 28))
        self._name.set_text(name)

    def show_hidden(self, a, lit=None, chosen=None):
        """Activations of the hidden neurons, (hidden,); the first `lit` of them are lit.

        chosen: the number of the neuron with a thick edge.
        """
        is_lit = np.arange(len(a)) < (len(a) if lit is None else lit)
        faces = figures.ACTIVATION(np.where(is_lit, a, 0))
        self._circles.set_facecolor(faces)
        self._circles.set_edgecolor(np.where(is_lit, figures.BLACK, "#C8C8C8"))
        self._circles.set_linewidth(np.where(np.arange(len(a)) == chosen, 3.5, 1.0))

    def show_outputs(self, a, lit=10, answer=None):
        """Activations of the outputs, (10,); the bar of the answer is dark."""
        for digit, (bar, text) in enumerate(zip(self._bars, self._texts)):
            bar.set_xdata([BARS, BARS + self._bar * a[digit] if digit < lit else BARS])
            bar.set_color(figures.BLUE if digit == answer else figures.SKY)
            text.set_text(f"{a[digit]:.2f}" if digit < lit else "")


def inches(left, bottom, right, top):
    """A place in the picture, for its `reserve`."""
    return Bbox([[left * DPI, bottom * DPI], [right * DPI, top * DPI]])


def frame(ax, place):
    """The frame of a square; place: its left, its bottom and its side."""
    left, bottom, side = place
    look = {"fill": False, "ec": figures.GREY, "zorder": 2}
    return ax.add_patch(Rectangle((left - 0.01, bottom - 0.01), side + 0.02, side + 0.02, **look))


def square(ax, place, colors, limits):
    """An empty image of 28 x 28 in such a place, with the colors of a colormap."""
    left, bottom, side = place
    extent = (left, left + side, bottom, bottom + side)
    look = {"extent": extent, "aspect": "auto", "vmin": limits[0], "vmax": limits[1]}
    return ax.imshow(np.zeros((28, 28)), colors, **look)


def image():
    """A slider for the image."""
    return widgets.IntSlider(7, 0, CHOICES - 1, description="image", **LOOK)


def switch(options, value):
    """Two words beside each other, one of them chosen."""
    return widgets.ToggleButtons(options=options, value=value, style={"button_width": "135px"})


def switches(neurons):
    """The switches for the weights and for the kind of neurons, which begins as given."""
    return {
        "weights": switch(["random", "trained"], "trained"),
        "neurons": switch(list(RULES), neurons),
    }


def _look(row):
    """What is to be seen of lines and texts."""
    lines = [artist for artist in row if isinstance(artist, Line2D)]
    texts = [artist.get_text() for artist in row if isinstance(artist, Text)]
    return texts, [(line.get_color(), *line.get_xdata()) for line in lines]


def _check_sizes(sizes):
    if len(sizes) != 3 or (sizes[0], sizes[2]) != (784, 10) or sizes[1] > MOST_HIDDEN:
        raise ValueError(
            f"the network has the layer sizes {sizes}: expected 784 inputs, one hidden layer of at "
            f"most {MOST_HIDDEN} neurons and 10 outputs, as Network([784, 30, 10]) has"
        )


def _two_of_each(labels):
    """Which images can be chosen, (20,): 0 to 9, the first of each, and then the second."""
    found = [np.flatnonzero(labels == digit)[:2] for digit in range(10)]
    if any(len(one) < 2 for one in found):
        counts = [int(np.sum(labels == digit)) for digit in range(10)]
        raise ValueError(
            f"the first {COUNTED:,} images hold {counts} of the digits 0 to 9: expected at least "
            "two of each, as data.test has"
        )
    return np.transpose(found).ravel()


def _parameters(network):
    """Copies of weights and biases as (weights, biases), in float64."""
    pair = network.weights, network.biases
    return tuple([part.astype(float) for part in parts] for parts in pair)


def _activations(weights, biases, rule, a):
    """Weighted inputs and activations of all layers for columns a, as (zs, activations)."""
    zs, activations = [], []
    for w, b in zip(weights, biases):
        zs.append(w @ a + b)
        a = rule(zs[-1])
        activations.append(a)
    return zs, activations
