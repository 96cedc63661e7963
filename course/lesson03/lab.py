"""Lesson 03: choose the layers of a network; see it drawn and its numbers counted."""

import ipywidgets as widgets

from course.lesson03 import figures
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib.network import Network

INPUTS = [2, 3, 6, 64, 784, 4096]
OUTPUTS = [1, 2, 4, 10]


class ArchitectureLab(Lab):
    """Sliders for the layer sizes; the picture shows the network and the shape of every array.

    All hidden layers have the same size; without one, the slider for it is off. The lines are the
    weights of `Network(sizes, rng=0)`, as they are before any training. `state["sizes"]`,
    `state["shapes"]`, `state["weights"]`, `state["biases"]` and `state["parameters"]` hold the
    numbers shown.
    """

    frozen = (
        {"hidden": (1, 2, 4, 7, 10, 20, 29, 30, 31, 50, 99, 100), "layers": range(3)},
        {"hidden": (1, 2, 3, 4, 5), "inputs": (2, 3, 6), "outputs": (1, 2)},
        {"hidden": (30, 99, 100), "inputs": (64, 4096)},
        {"layers": "all"},
        {"outputs": "all"},
        {"inputs": "all", "layers": range(2)},
    )

    def __init__(self):
        rows = [["hidden", "layers"], ["inputs", "outputs"]]
        super().__init__(_controls(), LivePicture(size=(5.8, 3.8)), rows)

    def prepare(self):
        """The network with what is written on it."""
        picture, ax = self.picture, self.picture.axes
        picture.figure.set_layout_engine("none")  # nothing to arrange, and it takes time
        ax.set_position([0, 0, 1, 0.92])
        self._network = figures.NetworkDrawing(ax)
        ax.set_ylim(-0.08, 1)  # room for a row of shapes under the layer sizes
        self._shapes = [ax.text(0, -0.04, "", ha="center", va="center") for _ in range(4)]
        # The words stay as they are, so they are drawn once, with the background.
        look = {"y": 1.02, "s": "", "fontsize": 13, "transform": ax.transAxes}
        self._total = ax.text(0.395, ha="right", **look)
        ax.text(0.405, **look | {"s": "weights and biases"})
        self._layers = None

    def frame(self):
        """The picture with a table beside it."""
        self.table = widgets.HTML()
        return widgets.HBox([self.picture, self.table], layout={"flex_flow": "row wrap"})

    def compute(self, inputs, hidden, layers, outputs):
        """A network of these sizes: its arrays' shapes and how many numbers they hold."""
        network = Network([inputs, *[hidden] * layers, outputs], rng=0)
        weights = sum(w.size for w in network.weights)
        biases = sum(b.size for b in network.biases)
        return {
            "sizes": network.sizes,
            "arrays": network.weights,
            "shapes": _shapes(network),
            "weights": weights,
            "biases": biases,
            "parameters": weights + biases,
        }

    def draw(self, state):
        self.controls["hidden"].disabled = len(state["sizes"]) == 2
        self._network.show(state["sizes"], state["arrays"])
        self._label_weights(state["arrays"])
        self._total.set_text(f"{state['parameters']:,}")
        self.table.value = _table(state)
        if len(state["sizes"]) != self._layers:
            self._layers = len(state["sizes"])
            self.picture.moving = [*self._network.artists, *self._shapes, self._total]
            self.picture.forget_background()

    def _label_weights(self, weights):
        """The shape of each weight matrix under its lines."""
        xs = [centers[0, 0] for centers in self._network.positions]
        for text in self._shapes:
            text.set_text("")
        for text, w, left, right in zip(self._shapes, weights, xs[:-1], xs[1:]):
            text.set(text=f"({w.shape[0]}, {w.shape[1]})", x=(left + right) / 2)

    def describe(self, state):
        shapes = ", ".join(f"{name} {shape}" for name, shape in state["shapes"].items())
        if len(state["sizes"]) == 2:
            shapes += ". There is no hidden layer to give a size"
        return (
            f"A network of layer sizes {state['sizes']} has {state['parameters']:,} numbers to "
            f"learn: weights {state['weights']:,}, biases {state['biases']:,}. Shapes: {shapes}."
        )


def _shapes(network):
    """Shape of every array of the network by name, as one types it: weights[0], biases[0], ..."""
    shapes = {}
    for layer, (w, b) in enumerate(zip(network.weights, network.biases)):
        shapes |= {f"weights[{layer}]": w.shape, f"biases[{layer}]": b.shape}
    return shapes


def _table(state):
    """The shape and the size of every array as a table in HTML."""
    rows = [(f"<code>{name}</code>", shape) for name, shape in state["shapes"].items()]
    cells = [(name, f"({n}, {m})", f"{n * m:,}") for name, (n, m) in rows]
    cells.append(("all weights", "", f"{state['weights']:,}"))
    cells.append(("all biases", "", f"{state['biases']:,}"))
    cells.append(("together", "", f"<b>{state['parameters']:,}</b>"))
    lines = "".join(_line(*cell, "td") for cell in cells)
    return f"<table>{_line('array', 'shape', 'numbers', 'th')}{lines}</table>"


def _line(name, shape, count, tag):
    right = f'{tag} style="text-align: right; padding-left: 16px"'
    return (
        f"<tr><{tag} style='text-align: left'>{name}</{tag}>"
        f"<{right}>{shape}</{tag}><{right}>{count}</{tag}></tr>"
    )


def _controls():
    look = {"style": {"description_width": "95px"}, "layout": {"width": "430px"}}
    choices = {
        "hidden": ("hidden size", 30, range(1, 101)),
        "layers": ("hidden layers", 1, range(4)),
        "inputs": ("inputs", 784, INPUTS),
        "outputs": ("outputs", 10, OUTPUTS),
    }
    return {
        name: widgets.SelectionSlider(options=options, value=value, description=words, **look)
        for name, (words, value, options) in choices.items()
    }
