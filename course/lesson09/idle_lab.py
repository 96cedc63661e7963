"""Lesson 09: hidden neurons of a trained network, to be switched off one by one."""

import ipywidgets as widgets
import numpy as np
from matplotlib.collections import LineCollection

from course.lesson09 import figures
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments, diagnosis
from nnlib.neurons import sigmoid

HIDDEN, IN_A_ROW = 30, 10  # neurons; buttons beside each other
MODES = {"at 0": False, "at its mean": True}


class IdleLab(Lab):
    """The 30 hidden neurons of a network: switch some off, and see which answers change.

    networks: names, each with a trained network [784, 30, 10].  split: images (n, 784) and their
    labels (n,) to count on.
    Controls: `network`; `held`, whether a neuron that is off stands at 0 or at its mean over the
    images; "0" to "29", pressed for those that are off.  *All on* sets these back.
    `state` holds `network`, `held`, which are `off` (30,), the mean activation of each neuron on
    the images of each digit, `means` (10, 30), the number of answers that are `changed` out of
    `total`, `accuracy` and `recall` (10,).
    Raises ValueError for networks of other sizes, and for what is no split.
    """

    frozen = (
        *({"network": "all", "held": "all", str(one): "all"} for one in range(HIDDEN)),
        {"network": "all", "held": "all", "2": "all", "28": "all"},
    )
    frozen_note = (
        "Here one neuron at a time can be off, and 2 together with 28; for others together you "
        "need the notebook."
    )

    def __init__(self, networks, split):
        given.named(networks, "networks", 'IdleLab({"trained": net}, data.validation)')
        images, self._labels = given.digits(split)
        self._parts = {name: _parts(one, images, self._labels) for name, one in networks.items()}
        picture = LivePicture(1, 2, size=(9.6, 3.5), width_ratios=[2.1, 1])
        names = [str(number) for number in range(HIDDEN)]
        rows = [names[start : start + IN_A_ROW] for start in range(0, HIDDEN, IN_A_ROW)]
        super().__init__(_controls(list(networks), names), picture, [["network", "held"], *rows])

    def lay_out(self, rows):
        """*All on* behind the first row."""
        boxes = super().lay_out(rows)
        self.all_on = widgets.Button(description="All on", icon="undo", layout={"width": "90px"})
        self.all_on.on_click(self._switch_all_on)
        boxes[0].children += (self.all_on,)
        return boxes

    def _switch_all_on(self, _):
        """Every neuron on, and one new picture for all of them."""
        self.choose(**{str(number): False for number in range(HIDDEN)})

    def compute(self, network, held, **pressed):
        """What the network answers without the neurons that are pressed."""
        weights, hidden, z, by_digit = self._parts[network]
        off = np.array([pressed[str(number)] for number in range(HIDDEN)])
        stays = hidden.mean(axis=1) * MODES[held]
        answers = (z - weights[:, off] @ (hidden - stays[:, None])[off]).argmax(axis=0)
        confusion = diagnosis.confusion_matrix(answers, self._labels)
        return {
            **{"network": network, "held": held, "off": off},
            "means": np.where(off, stays, by_digit),
            "changed": int(np.sum(answers != z.argmax(axis=0))),
            "total": len(self._labels),
            "accuracy": confusion.trace() / len(self._labels),
            "recall": diagnosis.recall(confusion),
        }

    def prepare(self):
        """What each neuron says to each digit, a line through those that are off; the recall."""
        left, right = self.picture.axes
        self.caption.layout.min_height = "40px"  # two lines, so that nothing below jumps
        look = {"cmap": figures.ACTIVATION, "vmin": 0, "vmax": 1, "aspect": "auto"}
        self._means = left.imshow(np.zeros((10, HIDDEN)), **look)
        self.picture.figure.colorbar(self._means, ax=left, pad=0.02, fraction=0.04, ticks=[0, 1])
        self._off = left.add_collection(LineCollection([], colors=figures.RED, linewidths=3))
        left.set(xticks=range(0, HIDDEN, 2), yticks=range(10), ylabel="digit")
        left.set(xlabel="hidden neuron", ylim=(9.5, -0.5))
        left.tick_params(labelsize=10)
        left.set_title("mean activation on the images of each digit", loc="left")
        self._bars = figures.recall_bars(right, np.zeros(10))
        self._counts = right.set_title(" ", loc="left", weight="bold")
        self.picture.moving = [self._means, self._off, *self._bars, self._counts]

    def draw(self, state):
        self._means.set_data(state["means"])
        columns = np.flatnonzero(state["off"])
        self._off.set_segments([[(x, -0.5), (x, 9.5)] for x in columns])
        figures.update_recall_bars(self._bars, state["recall"])
        self._counts.set_text(f"changed: {state['changed']:,} of {state['total']:,}")

    def describe(self, state):
        return (
            f"With {state['off'].sum()} of the {HIDDEN} hidden neurons off ({state['held']}), "
            f"{100 * state['changed'] / state['total']:.2f} % of the answers change, and "
            f"{100 * state['accuracy']:.1f} % are right. ({state['network']} start)"
        )


def _parts(network, images, labels):
    """What the pictures need of a network.

    Returns the output weights (10, 30), the hidden activations (30, n), the weighted inputs of the
    output layer (10, n), and the mean activation of each neuron on each digit (10, 30).
    """
    if arguments.network(network).sizes != [784, HIDDEN, 10]:
        raise ValueError(
            f"the network has the layer sizes {network.sizes}: expected those of "
            f"Network([784, {HIDDEN}, 10])"
        )
    z_hidden, z = diagnosis.weighted_inputs(network, images)
    hidden = sigmoid(z_hidden)
    by_digit = np.array([hidden[:, labels == digit].mean(axis=1) for digit in range(10)])
    return network.weights[1], hidden, z, by_digit


def _controls(networks, names):
    switch = {"layout": {"width": "52px", "margin": "1px 2px"}}
    how = {"options": list(MODES), "description": "off stands", **controls.LOOK}
    return {
        "network": widgets.Dropdown(options=networks, description="start", **controls.LOOK),
        "held": widgets.Dropdown(**how),
        **{name: widgets.ToggleButton(False, description=name, **switch) for name in names},
    }
