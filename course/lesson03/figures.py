"""Arrays written out with their shapes, and drawn networks."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from course.figures import (
    BLACK,
    BLUE,
    ORANGE,
    RED,
    SIGNED,
    Picture,
    figure,
    image_grid,
    weight_grid,
)
from nnlib import arguments

__all__ = [
    "BLUE",
    "NetworkDrawing",
    "ORANGE",
    "Picture",
    "array_row",
    "draw_network",
    "figure",
    "image_grid",
    "network_layout",
    "weight_grid",
]


def array_row(ax, arrays, names, signs):
    """Arrays side by side as grids of their numbers: shaded blue above 0, red below.

    arrays: of one or two axes; one axis is drawn as a row.  names: one text per array, written
    under it together with its shape.  signs: what stands between them, one fewer.
    Returns the grids as images, from left to right.
    Raises ValueError for arrays that cannot be drawn so, or names and signs that do not match.
    """
    if not len(arrays) == len(names) == len(signs) + 1:
        raise ValueError(
            f"{len(arrays)} arrays, {len(names)} names and {len(signs)} signs: expected a name for "
            "each array and a sign between neighbors, for example ['w', 'a'] and ['@']"
        )
    arrays = [_grid_of_numbers(array, name) for array, name in zip(arrays, names)]
    limit = max(np.abs(array).max() for array in arrays) or 1  # all zero: white
    height = max(np.atleast_2d(array).shape[0] for array in arrays)
    grids, left = [], 0.0
    for array, name, sign in zip(arrays, names, [*signs, ""], strict=True):
        grids.append(_number_grid(ax, np.atleast_2d(array), left, limit))
        columns = np.atleast_2d(array).shape[1]
        label = f"{name}\n{np.shape(array)}"
        ax.text(left + columns / 2, -height / 2 - 0.15, label, ha="center", va="top")
        ax.text(left + columns + 0.5, 0, sign, ha="center", va="center", fontsize=18)
        left += columns + 1
    ax.set(xlim=(-0.4, left - 0.6), ylim=(-height / 2 - 1.1, height / 2 + 0.1))
    ax.set_axis_off()
    return grids


def _grid_of_numbers(array, name):
    """array as floats, if they are finite and stand in one or two axes."""
    try:
        array = np.asarray(array, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {array!r}: expected an array of numbers") from None
    if array.ndim not in (1, 2) or array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}: expected one or two axes and at least one number"
        )
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds a value that is not a finite number (NaN or infinity)")
    return array


def _number_grid(ax, array, left, limit):
    """One array (rows, columns) as squares of side 1 with its numbers, from x = left on."""
    rows, columns = array.shape
    extent = (left, left + columns, -rows / 2, rows / 2)
    image = ax.imshow(array, cmap=SIGNED, vmin=-1.8 * limit, vmax=1.8 * limit, extent=extent)
    for row, column in np.ndindex(rows, columns):
        x, y = left + column + 0.5, rows / 2 - row - 0.5
        ax.text(x, y, f"{array[row, column]:.2f}", ha="center", va="center", fontsize=11)
    ax.add_patch(Rectangle((left, -rows / 2), columns, rows, fill=False, linewidth=1))
    return image


def network_layout(sizes, most=7):
    """Which neurons of each layer are drawn, and where, in a square of side 1.

    A layer of more than `most` neurons shows the first and the last of them around an ellipsis.
    Returns (layers, pitch). A layer is: the numbers of the neurons drawn, (n,), from 0; their
    centers, (n, 2); the center of the ellipsis, (1, 2), or no point, (0, 2). pitch is the distance
    between neighbors.
    """
    columns = [_drawn_neurons(size, most) for size in sizes]
    pitch = 0.84 / max(4, *map(len, columns))
    layers = []
    for x, numbers in zip(np.linspace(0.1, 0.9, len(sizes)), columns):
        y = 0.5 + pitch * ((len(numbers) - 1) / 2 - np.arange(len(numbers)))
        centers = np.column_stack([np.full(len(y), x), y])
        layers.append((numbers[numbers >= 0], centers[numbers >= 0], centers[numbers < 0]))
    return layers, pitch


def _drawn_neurons(size, most):
    """Numbers of the neurons drawn, from top to bottom; -1 stands for the ellipsis."""
    if size <= most:
        return np.arange(size)
    above, below = most // 2, most - 1 - most // 2
    return np.array([*range(above), -1, *range(size - below, size)])


class NetworkDrawing:
    """A network as squares (inputs), circles (neurons) and lines (weights) on an Axes.

    `draw_network` makes it; `show` puts another network in its place. `shown` and `positions` say
    which neurons of each layer are drawn and where; `edge_weights` has the weight of each line, in
    the order of `edges`; `names` and `counts` are the texts above and below the layers.
    """

    def __init__(self, ax, most=7):
        self.ax, self.most = ax, arguments.whole_number("most", most, at_least=3)
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.set_axis_off()
        # Drawn smooth, lines make the PNG four times as large; halving it on the page smooths them.
        self.edges = LineCollection([], antialiaseds=False, zorder=1)
        ax.add_collection(self.edges)
        outline = {"edgecolors": BLACK, "linewidths": 1.2, "zorder": 2}
        self.inputs = ax.scatter([], [], marker="s", facecolors="white", **outline)
        self.neurons = ax.scatter([], [], facecolors="#CFE8F7", **outline)
        self.dots = ax.scatter([], [], s=8, color=BLACK, zorder=2)
        self.names, self.counts = [], []

    @property
    def artists(self):
        """What `show` changes while the number of layers stays the same, from back to front."""
        return [self.edges, self.inputs, self.neurons, self.dots, *self.counts]

    def show(self, sizes, weights=None):
        """Draw a network of these layer sizes; see `draw_network`."""
        layers, pitch = network_layout(sizes, self.most)
        self.shown, self.positions, gaps = map(list, zip(*layers))
        self._place(np.concatenate(gaps), pitch)
        self._connect(weights)
        self._label(sizes)

    def _place(self, gaps, pitch):
        """Squares, circles and the three dots of each ellipsis."""
        points = 72 * self.ax.figure.get_figheight() * self.ax.get_position().height
        area = min(30, 0.62 * pitch * points) ** 2
        self.inputs.set_offsets(self.positions[0])
        self.inputs.set_sizes([0.6 * area])
        self.neurons.set_offsets(np.concatenate(self.positions[1:]))
        self.neurons.set_sizes([area])
        self.dots.set_offsets(np.concatenate([gaps + [0, dy * pitch] for dy in (0.25, 0, -0.25)]))

    def _connect(self, weights):
        """Lines between all drawn neurons of neighboring layers, in the look of their weights."""
        pairs = zip(self.positions[:-1], self.positions[1:])
        self.edges.set_segments([(a, b) for before, after in pairs for b in after for a in before])
        if weights is None:
            self.edge_weights = None
            self.edges.set(color="#9A9A9A", linewidth=0.9, linestyle="solid")
            return
        drawn = zip(weights, self.shown[1:], self.shown[:-1])
        w = np.concatenate([w[np.ix_(rows, columns)].ravel() for w, rows, columns in drawn])
        self.edge_weights = w
        self.edges.set(
            color=np.where(w < 0, RED, BLUE),
            linewidth=0.4 + 3.6 * np.abs(w) / max(np.abs(w).max(), 1e-12),
            linestyle=[(0, (3, 1.5)) if negative else "solid" for negative in w < 0],
        )

    def _label(self, sizes):
        """The name of each layer above it, the number of its neurons below it."""
        while len(self.names) < len(sizes):
            for texts, y in ((self.names, 0.97), (self.counts, 0.03)):
                texts.append(self.ax.text(0, y, "", ha="center", va="center"))
        for text in [*self.names, *self.counts]:
            text.set_text("")
        labels = zip(self.names, self.counts, self.positions, _layer_names(len(sizes)), sizes)
        for name, count, centers, word, size in labels:
            name.set(text=word, x=centers[0, 0])
            count.set(text=f"{size:,}", x=centers[0, 0])


def _layer_names(layers):
    """The words input, hidden (numbered if there are several) and output, in order."""
    hidden = layers - 2
    numbered = [f"hidden {n + 1}" if hidden > 1 else "hidden" for n in range(hidden)]
    return ["input", *numbered, "output"]


def draw_network(ax, sizes, weights=None, most=7):
    """Draw layers of neurons, input at the left; layers above `most` neurons get an ellipsis.

    sizes: neurons per layer, input first.  weights: None for thin gray lines, or one array of
    shape (next, previous) per pair of layers: the larger |w|, the wider the line; blue and solid
    where w is positive, red and dashed where it is negative.
    Returns the `NetworkDrawing`.
    Raises ValueError for sizes that make no network, weights that do not fit them, or most < 3.
    """
    sizes = arguments.layer_sizes(sizes)
    if weights is not None:
        weights = _fitting_weights(weights, sizes)
    drawing = NetworkDrawing(ax, most)
    drawing.show(sizes, weights)
    return drawing


def _fitting_weights(weights, sizes):
    """The weights as arrays, if their shapes fit the layer sizes and all are finite."""
    expected = list(zip(sizes[1:], sizes[:-1]))
    try:
        weights = [np.asarray(w, dtype=float) for w in weights]
    except (TypeError, ValueError):
        raise ValueError(
            f"weights are {weights!r}: expected a list of arrays of the shapes {expected}; "
            f"give for example the weights of Network({sizes})"
        ) from None
    found = [w.shape for w in weights]
    if found != expected:
        raise ValueError(
            f"weights have the shapes {found}: expected {expected}, that is (next, previous) for "
            f"each pair of layers of {sizes}; give for example the weights of Network({sizes})"
        )
    if not all(np.isfinite(w).all() for w in weights):
        raise ValueError("weights hold a value that is not a finite number (NaN or infinity)")
    return weights
