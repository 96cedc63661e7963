"""Figures with one look for the whole course: matplotlib in, matplotlib out.

Every drawing function takes plain arrays and an Axes, draws, and returns what a test can check.
Figures are made without pyplot, whose global state does not survive several threads.
"""

import base64
import io
import struct
from zlib import crc32

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from nnlib import checks

try:
    from isal.isal_zlib import compress  # the same format, ten times as fast
except ImportError:  # there is no build of it for every processor
    from zlib import compress

# Okabe and Ito's palette: distinct for every common kind of color vision.
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#000000", "#8C8C8C"
SIGNED = LinearSegmentedColormap.from_list("signed", [RED, "#FFFFFF", BLUE])
ACTIVATION = LinearSegmentedColormap.from_list("activation", ["#FFFFFF", SKY])

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
    rgb = Image.frombuffer("RGBA", size, fig.canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    rows = np.asarray(rgb.convert("RGB")).reshape(size[1], -1)
    filtered = np.empty((rows.shape[0], rows.shape[1] + 1), np.uint8)
    filtered[:, 0] = 2  # PNG's filter type "up"
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)  # 8 bits, RGB
    chunks = (b"IHDR", header), (b"IDAT", compress(filtered, 1)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind, data):
    """A part of a PNG file: length, kind, data, checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc32(kind + data))


def mime_bundle(picture, text, width):
    """What Jupyter shows of a picture: PNG `width` pixels wide on the page, and a sentence.

    It may be stored in a notebook, so the picture is packed as tightly as PNG allows.
    """
    file = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(file, "PNG", optimize=True)
    data = {"image/png": base64.b64encode(file.getvalue()).decode(), "text/plain": text}
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
    """Recall of each digit, ten fractions, as bars in percent; lost digits are marked "lost".

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


def activation_axes(ax, limit=6):
    """Axes for an output a from 0 to 1 against the weighted input z from -limit to limit."""
    ax.set(xlim=(-limit, limit), ylim=(-0.08, 1.08), yticks=[0, 0.5, 1])
    ax.set(xlabel="weighted input z", ylabel="output a")
    ax.grid(color="#DDDDDD", linewidth=0.8)
    return ax


def step_curve(ax, limit=6, **style):
    """The perceptron's step from -limit to limit: [left line, right line, dot at (0, 0), ring].

    The full dot says that the output at z = 0 is 0; the ring at (0, 1) says that it is not 1.
    """
    look = {"color": ORANGE, "linestyle": "--"} | style
    color = look["color"]
    (left,) = ax.plot([-limit, 0], [0, 0], **look)
    (right,) = ax.plot([0, limit], [1, 1], **look | {"label": None})
    (dot,) = ax.plot([0], [0], "o", color=color, ms=7)
    (ring,) = ax.plot([0], [1], "o", color=color, ms=7, markerfacecolor="white")
    return [left, right, dot, ring]


def activation_diagram(ax, layers, swept=None):
    """A small network: inputs as squares, neurons as circles, each with its activation in it.

    layers: lists of names, inputs first.  swept: the (from, to) pair whose line is marked w.
    Returns {name: (mark, number)}, which `update_activation_diagram` can change.
    """
    places = {
        name: (column, (len(layer) - 1) / 2 - row)
        for column, layer in enumerate(layers)
        for row, name in enumerate(layer)
    }
    for before, after in zip(layers[:-1], layers[1:]):
        for pair in ((start, end) for start in before for end in after):
            look = {"color": RED, "linewidth": 4} if pair == swept else {"color": GREY, "lw": 1.2}
            ax.plot(*zip(*(places[name] for name in pair)), zorder=1, **look)
    if swept:
        x, y = np.mean([places[name] for name in swept], axis=0)
        ax.text(x, y + 0.1, "w", color=RED, fontweight="bold", ha="center", va="bottom")
    ax.set_axis_off()
    highest = max(map(len, layers)) / 2
    ax.set(xlim=(-0.35, len(layers) - 0.65), ylim=(0.1 - highest, highest + 0.2))
    return {name: _activation_mark(ax, name, *places[name], name in layers[0]) for name in places}


def _activation_mark(ax, name, x, y, is_input):
    """(mark, number): a square for an input, a circle for a neuron, its name above it."""
    (mark,) = ax.plot([x], [y], "s" if is_input else "o", ms=32, markeredgecolor=BLACK)
    above = {"xytext": (0, 20), "textcoords": "offset points"}  # clear of a thick edge
    ax.annotate(name, (x, y), ha="center", va="bottom", **above)
    return mark, ax.text(x, y, "", ha="center", va="center")


def update_activation_diagram(marks, activations, bold=(), decimals=2):
    """Write activations (0 to 1) into marks that `activation_diagram` made; 1 is shaded most.

    activations: {name: value}, for all marks or some; names in `bold` get a thick edge.
    Raises ValueError for an activation that is not a number from 0 to 1.
    """
    for name, activation in activations.items():
        if not 0 <= activation <= 1:
            raise ValueError(f"{name} has the activation {activation}: expected 0 to 1")
        mark, number = marks[name]
        mark.set(markerfacecolor=ACTIVATION(float(activation)))
        mark.set_markeredgewidth(4.5 if name in bold else 1.2)
        number.set_text(f"{activation:.{decimals}f}")


HEIGHT = LinearSegmentedColormap.from_list("height", ["#FFFFFF", SKY])  # low is light, in gray too


def contour_map(ax, v, costs, levels=10):
    """Map of a function of two variables: lines of equal cost with their values, low is light.

    v: (2, n, n).  costs: (n, n).  Returns the lines.
    """
    ax.contourf(*v, costs, levels, cmap=HEIGHT)
    look = {"colors": GREY, "linewidths": 0.8, "linestyles": "solid"}
    lines = ax.contour(*v, costs, levels, antialiased=False, **look)  # as in `surface`
    ax.clabel(lines, lines.levels[::2], fontsize=10, colors=BLACK, fmt="%g")
    ticks = np.linspace(v.min(), v.max(), 5)
    ax.set(xlabel="$v_1$", ylabel="$v_2$", aspect="equal", xticks=ticks, yticks=ticks)
    return lines


def surface(ax, v, costs):
    """The same function as a surface over its two variables, on 3-D axes; height is the cost."""
    ticks = np.linspace(v.min(), v.max(), 3)
    ax.set(xlabel="$v_1$", ylabel="$v_2$", xticks=ticks, yticks=ticks)
    ax.tick_params(labelsize=11, pad=0)
    ax.zaxis.get_major_locator().set_params(nbins=5)
    ax.view_init(elev=38, azim=-62)
    ax.set_box_aspect((1, 1, 0.8), zoom=0.95)
    ax.patch.set_visible(False)  # it would cover the labels of the axes beside it
    ax.grid(False)
    look = {"cmap": HEIGHT, "edgecolor": GREY, "linewidth": 0.5}
    # Sharp edges pack better; the page shrinks the picture, which smooths them.
    return ax.plot_surface(*v, costs, rstride=1, cstride=1, antialiased=False, **look)


def with_surface(axes, place):
    """Put 3-D axes in the place of one of the axes of a figure; returns them all in order.

    The figure is then rendered at 1.5 times its size on the page: a surface packs badly.
    """
    axes = list(axes)
    spot = axes[place].get_subplotspec()
    figure = axes[place].figure
    figure.set_dpi(1.5 * PIXELS_PER_INCH)
    axes[place].remove()
    axes[place] = figure.add_subplot(spot, projection="3d")
    return axes


def path_artists(ax):
    """Empty artists for a path on 2-D or 3-D axes: its line, its points, its start, its end.

    The start is a white circle, the end a black square; `set_path` fills them.
    """
    nowhere = [[]] * (3 if ax.name == "3d" else 2)
    (line,) = ax.plot(*nowhere, color=RED, lw=1.8, zorder=10)
    (points,) = ax.plot(*nowhere, "o", color=RED, ms=4, mec=BLACK, mew=0.5, zorder=11)
    (start,) = ax.plot(*nowhere, "o", color="white", ms=9, mec=BLACK, mew=1.6, zorder=12)
    (end,) = ax.plot(*nowhere, "s", color=BLACK, ms=7, zorder=13)
    start.set_label("start")
    end.set_label("end")
    return [line, points, start, end]


def set_path(artists, way, points):
    """Draw the artists of `path_artists`: `way` (2 or 3, k) is the line, `points` (2 or 3, n)."""
    for artist, data in zip(artists, (way, points, points[:, :1], points[:, -1:])):
        if len(data) == 3:
            artist.set_data_3d(*data)
        else:
            artist.set_data(*data)


def half_plane(w, b, reach=40.0):
    """Corners (4, 2) of the part of the plane where w . x + b is above 0; the first two are on
    the line w . x + b = 0.

    For w = (0, 0) there is no line: the corners of everything if b is above 0, else (0, 2).
    """
    w = np.asarray(w, dtype=float)
    if not w.any():
        everything = reach * np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]])
        return everything if b > 0 else np.empty((0, 2))
    foot = -b * w / (w @ w)  # the point of the line that is nearest to the origin
    across = reach * w / np.linalg.norm(w)
    along = np.array([-across[1], across[0]])
    return np.array([foot - along, foot + along, foot + along + across, foot - along + across])


def decision_plane(ax):
    """Axes for a perceptron of two binary inputs; `update_decision_plane` fills them.

    Returns the artists that change by name: region, line, and the points ones, zeros, wrong.
    Output 1 is a blue circle, output 0 an orange square; a ring marks a wrong answer.
    """
    ax.set(xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal", xlabel="x1", ylabel="x2")
    ax.set(xticks=(0, 1), yticks=(0, 1))
    points = {"linestyle": "", "clip_on": False}
    ring = {"marker": "o", "mfc": "none", "mec": BLACK, "mew": 2.5, "ms": 33}
    artists = {
        "region": ax.fill([], [], color=SKY, alpha=0.3, linewidth=0)[0],
        "line": ax.plot([], [], color=BLACK)[0],
        "ones": ax.plot([], [], marker="o", ms=22, color=BLUE, label="output 1", **points)[0],
        "zeros": ax.plot([], [], marker="s", ms=20, color=ORANGE, label="output 0", **points)[0],
        "one_marks": ax.plot([], [], marker="$1$", ms=9, color="white", **points)[0],
        "zero_marks": ax.plot([], [], marker="$0$", ms=9, color=BLACK, **points)[0],
        "wrong": ax.plot([], [], label="wrong", **ring, **points)[0],
    }
    legend = {"ncols": 3, "loc": "lower center", "bbox_to_anchor": (0.5, 1.0)}
    legend |= {"frameon": False, "fontsize": 12, "handletextpad": 0.2, "columnspacing": 1.0}
    ax.legend(**legend, markerscale=0.5)
    return artists


def update_decision_plane(artists, w, b, points, outputs, wrong=()):
    """Show weights w (2,) and bias b, the points (m, 2), their outputs (m,) and who is wrong."""
    points, outputs = np.asarray(points, dtype=float), np.asarray(outputs)
    corners = half_plane(w, b)
    artists["region"].set_xy(corners if len(corners) else np.full((1, 2), np.nan))
    artists["line"].set_data(*(corners[:2] if np.any(w) else np.empty((0, 2))).T)
    for output, names in ((1, ("ones", "one_marks")), (0, ("zeros", "zero_marks"))):
        for name in names:
            artists[name].set_data(*points[outputs == output].T)
    artists["wrong"].set_data(*points[np.asarray(wrong, dtype=bool)].T if len(wrong) else ([], []))


TABLE = {"x1": 0.04, "x2": 0.15, "w·x + b": 0.36, "output": 0.58, "wanted": 0.78, "wrong": 0.96}


def truth_table(ax, points):
    """A table with a row for each of the points (m, 2); `update_truth_table` fills it.

    Returns the artists that change: z, a text for each row, and the marks ones, zeros, wrong.
    Marks are redrawn several times as fast as texts.
    """
    ax.set(xlim=(0, 1), ylim=(len(points) + 0.4, -1.1))
    ax.set_axis_off()
    center = {"ha": "center", "va": "center_baseline", "fontsize": 14}
    for head, x in TABLE.items():
        ax.text(x, -0.9, head, **center | {"fontweight": "bold", "fontsize": 12})
    for row, column in np.ndindex(len(points), 2):
        ax.text(TABLE[f"x{column + 1}"], row, points[row][column], **center)
    mark = {"linestyle": "", "color": BLACK}
    return {
        "z": [ax.text(TABLE["w·x + b"], row, "", **center) for row in range(len(points))],
        "ones": ax.plot([], [], marker="$1$", ms=10, **mark)[0],
        "zeros": ax.plot([], [], marker="$0$", ms=10, **mark)[0],
        "wrong": ax.plot([], [], marker="X", ms=12, **mark)[0],
    }


def update_truth_table(artists, z, outputs, wanted):
    """Show z, the outputs and the wanted outputs, each (m,), and a cross where they differ."""
    for text, value in zip(artists["z"], z):
        text.set_text(str(value))
    table = np.column_stack([outputs, wanted])  # (m, 2)
    columns = np.array([TABLE["output"], TABLE["wanted"]])
    for name, value in (("zeros", 0), ("ones", 1)):
        row, column = np.nonzero(table == value)
        artists[name].set_data(columns[column], row)
    (wrong,) = np.nonzero(table[:, 0] != table[:, 1])
    artists["wrong"].set_data(np.full(len(wrong), TABLE["wrong"]), wrong)


def draw_perceptron(ax, names, weights, rule):
    """A perceptron with its inputs by name; thicker lines for larger weights, `rule` inside it.

    Returns the lines from the inputs, one per weight.
    """
    ax.set(xlim=(-1.6, 3.3), ylim=(-0.6, len(names) - 0.4))
    ax.set_axis_off()
    x, middle = 1.6, (len(names) - 1) / 2  # where the neuron is
    widths = 1 + 5 * np.abs(weights) / np.abs(weights).max()
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    center = {"ha": "center", "va": "center", "fontsize": 13}
    lines = []
    for row, (name, weight, width) in enumerate(zip(names[::-1], weights[::-1], widths[::-1])):
        color = BLUE if weight > 0 else RED
        lines += ax.plot([0, x], [row, middle], color=color, linewidth=width, zorder=1)
        ax.text(0.4 * x, 0.6 * row + 0.4 * middle, f"{weight:g}", bbox=paper, **center)
        ax.text(-0.1, row, name, ha="right", va="center", fontsize=13)
    arrow = {"arrowprops": {"arrowstyle": "<-", "linewidth": 2}, "va": "center", "fontsize": 13}
    ax.annotate("output", (x, middle), (x + 1.1, middle), zorder=1, **arrow)
    ax.plot(x, middle, marker="o", ms=78, mfc="white", mec=BLACK, mew=2, zorder=2)
    ax.text(x, middle, rule, zorder=3, **center)
    return lines[::-1]


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
        self.ax, self.most = ax, checks.whole_number("most", most, at_least=3)
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
    sizes = checks.layer_sizes(sizes)
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


# Where each number of backpropagation stands in the drawing of a 2-2-1 network, in the order of the
# flattened array: what to write before it, color, digits after the point (None: as short as
# possible), places (x, y).
_FORWARD, _BACKWARD = {"color": BLUE}, {"color": RED}
_FRAMED = {"facecolor": "#FBF6BE", "edgecolor": BLACK, "pad": 1.5, "linewidth": 1.2}
_OVER_LINE = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
_BACKPROP_PLACES = {
    "x": ("x ", {}, None, [(0.8, 5.6), (0.8, 1.4)]),
    "w2": ("w ", {}, None, [(2.85, 5.84), (2.0, 2.95), (2.0, 4.49), (2.85, 1.64)]),
    "b2": ("b ", {}, None, [(4.9, 6.74), (4.9, 0.26)]),
    "w3": ("w ", {}, None, [(6.95, 4.76), (6.95, 2.66)]),
    "b3": ("b ", {}, None, [(9.0, 4.64)]),
    "y": ("target y ", {}, None, [(9.0, 1.55)]),
    "z2": ("z ", _FORWARD, 4, [(4.9, 5.82), (4.9, 1.62)]),
    "a2": ("a ", _FORWARD, 4, [(4.9, 5.38), (4.9, 1.18)]),
    "z3": ("z ", _FORWARD, 4, [(9.0, 3.72)]),
    "a3": ("a ", _FORWARD, 4, [(9.0, 3.28)]),
    "cost": ("cost C ", _FORWARD, 4, [(9.0, 1.1)]),
    "delta3": ("δ ", _BACKWARD, 4, [(9.0, 2.36)]),
    "delta2": ("δ ", _BACKWARD, 4, [(4.9, 4.46), (4.9, 2.54)]),
    "nabla_b2": ("∂C/∂b ", _BACKWARD, 4, [(4.9, 7.18), (4.9, -0.18)]),
    "nabla_b3": ("∂C/∂b ", _BACKWARD, 4, [(9.0, 5.08)]),
    "nabla_w3": ("∂C/∂w ", _BACKWARD, 4, [(6.95, 4.32), (6.95, 2.22)]),
    "nabla_w2": ("∂C/∂w ", _BACKWARD, 4, [(2.85, 5.36), (2.0, 2.51), (2.0, 4.05), (2.85, 1.16)]),
}


def backprop_diagram(ax):
    """A 2-2-1 network with a place for every number of backpropagation, filled in later.

    Returns a dict of lists of Text artists: one per number of x, w2, b2, z2, ..., nabla_w2, each
    in the order of its flattened array; `update_backprop_diagram` writes the numbers.
    """
    ax.set(xlim=(-0.1, 10.1), ylim=(-0.5, 8))
    ax.set_axis_off()
    inputs, hidden, output = [(0.8, 5.6), (0.8, 1.4)], [(4.9, 5.6), (4.9, 1.4)], [(9.0, 3.5)]
    for start, end in [*_pairs(inputs, hidden), *_pairs(hidden, output)]:
        ax.plot(*zip(start, end), color=GREY, linewidth=1.5, zorder=1)
    for x, y in inputs + hidden + output:
        ax.plot(x, y, "o", ms=68, mfc="white", mec=BLACK, mew=1.5, zorder=2)
    for x, name in zip((0.8, 4.9, 9.0), ("layer 1: input", "layer 2: hidden", "layer 3: output")):
        ax.text(x, 7.7, name, ha="center", fontsize=10.5, color="#555555")
    look = {"ha": "center", "va": "center", "fontsize": 10.5, "bbox": _FRAMED, "zorder": 3}
    return {
        name: [ax.text(*place, "", **look, **style) for place in places]
        for name, (_, style, _, places) in _BACKPROP_PLACES.items()
    }


def update_backprop_diagram(slots, values, new=()):
    """Write numbers into what `backprop_diagram` returned: those in values, and no others.

    values: arrays by name (x, w2, b2, ...).  new: names of the arrays to put into a frame.
    """
    for name, texts in slots.items():
        before, _, digits, _ = _BACKPROP_PLACES[name]
        on_a_line = _OVER_LINE if "w" in name else None  # a box costs time: only where needed
        for text in texts:
            text.set_visible(name in values)
            text.set_bbox(_FRAMED if name in new else on_a_line)
        for text, value in zip(texts, np.ravel(values.get(name, ()))):
            text.set_text(before + number(value, digits))


def number(value, digits=None):
    """A number as printed in a book: a real minus sign, `digits` after the point or few."""
    shown = f"{value:g}" if digits is None else f"{round(value, digits) + 0.0:.{digits}f}"
    return shown.replace("-", "\N{MINUS SIGN}")


def _pairs(starts, ends):
    return [(start, end) for start in starts for end in ends]


def mini_batch_rows(ax, images, orders, m):
    """Epochs as rows of digits: images (n, 784) in each of the orders, cut into mini-batches of m.

    orders: (epochs, n), each row a permutation of 0 to n - 1. Every image keeps its number, #1 to
    #n; a frame and a label name each mini-batch. Returns the numbers of the images in each
    mini-batch, a list for each epoch.
    """
    orders = np.asarray(orders)
    n = orders.shape[1]
    for epoch, order in enumerate(orders):
        top = -1.9 * epoch
        ax.text(-0.3, top - 0.5, f"epoch {epoch + 1}", ha="right", va="center", weight="bold")
        for batch, start in enumerate(range(0, n, m)):
            _mini_batch(ax, images, order[start : start + m], batch + 1, (start + 0.5 * batch, top))
    ax.set(xlim=(-2, n + (n - 1) // m / 2 + 0.4), ylim=(top - 1.5, 0.6), aspect="equal")
    ax.set_axis_off()
    return [[(order[k : k + m] + 1).tolist() for k in range(0, n, m)] for order in orders]


def _mini_batch(ax, images, batch, number, corner):
    """One mini-batch: its digits side by side in a frame, from the corner at the upper left."""
    left, top = corner
    for x, k in zip(left + np.arange(len(batch)), batch):
        extent = (x + 0.03, x + 0.97, top - 0.97, top - 0.03)
        ax.imshow(np.reshape(images[k], (28, 28)), cmap="gray_r", vmin=0, vmax=1, extent=extent)
        ax.text(x + 0.5, top + 0.1, f"#{k + 1}", ha="center", va="bottom")
    width = len(batch)
    frame = Rectangle((left, top - 1), width, 1, fill=False, edgecolor=BLUE, linewidth=2)
    ax.add_patch(frame)
    name = f"mini-batch {number}"
    ax.text(left + width / 2, top - 1.12, name, ha="center", va="top", color=BLUE)


def cost_axes(ax, steps, costs):
    """Axes for the cost against 0 to `steps` steps, as high as the range of these costs."""
    margin = 0.05 * np.ptp(costs)
    ax.set(xlim=(-0.03 * steps, 1.03 * steps), xlabel="step", ylabel="cost")
    ax.set_ylim(np.min(costs) - margin, np.max(costs) + margin)
    ax.yaxis.get_major_locator().set_params(nbins=5)
    ax.grid(axis="y", color="#DDDDDD", linewidth=0.8)
    return ax


def cost_curve(ax, v, costs, formula):
    """The curve of a cost C, written as LaTeX in `formula`, over one variable; v, costs: (n,)."""
    (line,) = ax.plot(v, costs, color=BLUE)
    margin = 0.12 * np.ptp(costs)
    ax.set(xlabel="$v$", ylabel=f"$C(v) = {formula}$", xlim=(v[0], v[-1]))
    ax.set_ylim(np.min(costs) - margin, np.max(costs) + margin)
    return line


def tangent_artists(ax):
    """Empty lines for a tangent and for the next step (across, then to the curve), with labels."""
    (tangent,) = ax.plot([], [], color=ORANGE, ls="--", lw=2.6, label="tangent")
    look = {"marker": "D", "mfc": "white", "ms": 7, "markevery": (2, 3)}  # only at its end
    (step,) = ax.plot([], [], color=BLACK, ls=":", lw=2.2, label="next step", **look)
    return tangent, step
