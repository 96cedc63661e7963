"""Lesson 06: one digit through a network, forward and backward, and the gradient it leaves."""

from itertools import islice

import ipywidgets as widgets
import numpy as np
from matplotlib.transforms import Bbox

from course.figures import ACTIVATION, SIGNED
from course.lesson06 import blame_figures
from course.lesson06.figures import number
from course.lesson06.lab import MOST_STEPS, NARROW, all_numbers, descend, play_row
from course.live import controls, given
from course.live.labs import Lab
from course.live.pictures import TextPicture
from nnlib import arguments
from nnlib.network import Network

MOST_IMAGES = 50
STEPS = [  # part of the algorithm, and what it computes
    ("1 input", ""),
    ("2 feedforward →", "hidden neurons"),
    ("2 feedforward →", "outputs"),
    ("3 output error", "δ⁽³⁾"),
    ("4 backpropagate ←", "δ⁽²⁾"),
    ("5 gradient ←", "∂C/∂w⁽²⁾"),
]
LAST = len(STEPS) - 1
MOST = {  # of what the sentence tells the largest at a step, in which words, with how many digits
    1: ("a2", "largest activation, {}", 2),
    2: ("a3", "largest activation, {}", 2),
    3: ("delta3", "largest error, {}", 2),
    4: ("delta2", "largest error, {}", 4),
    5: ("delta2", "largest error, {}, and the strongest picture", 4),
}


class BlameLab(Lab):
    """One image forward and backward through a network, step by step, up to its gradient.

    network: Network([784, 30, 10]); it answers as it is when the lab is made, and is not changed.
    split: a Split such as data.train; its first 50 images can be chosen. The network can take up
    to 20 steps of gradient descent, eta 1, with the gradient of the chosen image.
    `state` holds the `label` of the image, every number after these steps by name ("x" (784, 1),
    "a2" (30, 1), "delta3" (10, 1), "nabla_w2" (30, 784), ...), and the `largest` error, derivative
    and flow, before the first of them or now, by which the colors and lines are drawn.
    Raises ValueError for a network of other layer sizes.
    """

    frozen = (
        {"step": "all", "taken": (0, 1, 2, 3, 5, 10, 20)},
        {"step": "all", "image": range(8)},
        {"image": "all"},
    )

    def __init__(self, network, split):
        if arguments.network(network).sizes != [784, blame_figures.HIDDEN, blame_figures.OUTPUTS]:
            raise ValueError(
                f"the network has the layer sizes {network.sizes}: expected [784, 30, 10], as "
                'Network([784, 30, 10], init="scaled") has'
            )
        self._weights = [np.array(w, dtype=np.float64) for w in network.weights]
        self._biases = [np.array(b, dtype=np.float64) for b in network.biases]
        images, self._labels = given.digits(split, MOST_IMAGES)
        self._images = images.astype(float)
        picture = TextPicture(1, 2, size=(9.5, 4.8))
        picture.figure.set_dpi(150)  # at 200 it is slow to pack
        super().__init__(_controls(len(self._images)), picture, [["step"], ["image"]])

    def prepare(self):
        """Play beside the steps; the network at the left, the pictures at the right."""
        self.panel[0].children = play_row(self.controls["step"], self.controls["taken"])
        self.caption.layout.min_height = "40px"  # two lines, so that nothing below jumps
        left, right = self.picture.axes
        self.picture.figure.set_layout_engine("none")
        left.set_position([0, 0, blame_figures.LEFT_PART, 1])
        right.set_position([blame_figures.LEFT_PART, 0, 1 - blame_figures.LEFT_PART, 1])
        self.digit, self.gradients = blame_figures.Digit(left), blame_figures.Gradients(right)
        self._reserve_places(left, right)

    def _reserve_places(self, left, right):
        """Rooms for the network, the pictures of the gradient, and each text."""
        reserve, digit, to_pixels = self.picture.reserve, self.digit, left.transData.transform
        reserve(digit.artists, Bbox(to_pixels([(-0.3, -0.5), (8.36, 9.4)])), None)
        reserve(self.gradients.tiles, right.get_window_extent(), lambda: self.gradients.look)
        for text in (*digit.numbers, digit.name):
            x, y = to_pixels(text.get_position())
            reserve([text], Bbox([[x - 38, y - 16], [x + 38, y + 16]]), text.get_text)
        x, y = to_pixels(digit.title.get_position())
        reserve([digit.title], Bbox([[x - 4, y - 28], [x + 500, y + 4]]), digit.title.get_text)

    def compute(self, step, image, taken):
        """All numbers of the two passes after the steps taken, and the largest sizes."""
        x, y = self._images[image].reshape(784, 1), np.eye(10)[:, [self._labels[image]]]
        network = Network([784, 30, 10], dtype=np.float64)
        network.weights, network.biases = self._weights, self._biases
        before = all_numbers(network, x, y)
        *_, network = islice(descend(network, x, y), taken + 1)
        shown = {"step": step, "image": image, "taken": taken, "label": int(self._labels[image])}
        now = all_numbers(network, x, y)
        return shown | {"largest": _largest(step, before, now)} | now

    def draw(self, state):
        step, largest = state["step"], state["largest"]
        self.digit.show(state["x"], *_colors(step, state))
        name = {2: "a⁽³⁾", 3: "δ⁽³⁾", 4: "δ⁽³⁾", 5: "δ⁽³⁾"}.get(step, "")
        values = state["a3" if step == 2 else "delta3"].ravel()
        self.digit.write(
            "  ".join(STEPS[step]), name, [number(value, 2) if name else "" for value in values]
        )
        self.digit.show_flow(_flow(step, state), largest["flow"])
        gradient = state["nabla_w2"] if step == LAST else None
        self.gradients.show(gradient, largest["nabla_w2"])

    def describe(self, state):
        taken, label = state["taken"], state["label"]
        return (
            f"After {taken} step{'s' * (taken != 1)} of gradient descent the network says "
            f"{state['a3'].argmax()}; the image is a {label}, its output "
            f"{state['a3'][label, 0]:.2f} and the cost {state['cost']:.4f}. "
            f"{STEPS[state['step']][0].rstrip(' →←')}: {_found(state)}."
        )


def _found(state):
    """What the step in use computes, in words."""
    if state["step"] == 0:
        return f"784 pixels, of which {100 * np.mean(state['x'] == 0):.0f} % are blank"
    name, words, digits = MOST[state["step"]]
    most = int(np.abs(state[name]).argmax())
    hidden = len(state[name]) == blame_figures.HIDDEN
    who = f"hidden neuron {most + 1}" if hidden else f"output {most}"
    return f"{who} has the {words.format(number(state[name][most, 0], digits))}"


def _colors(step, numbers):
    """Colors of the hidden neurons and of the outputs: activations going forward, then errors."""
    largest, blank = numbers["largest"], np.ones((1, 4))
    hidden = blank if step == 0 else ACTIVATION(numbers["a2"].ravel())
    if step >= 4:
        hidden = SIGNED(0.5 + 0.5 * numbers["delta2"].ravel() / largest["delta2"])
    if step >= 3:
        return hidden, SIGNED(0.5 + 0.5 * numbers["delta3"].ravel() / largest["delta3"])
    return hidden, ACTIVATION(numbers["a3"].ravel()) if step == 2 else blank


def _flow(step, numbers):
    """What flows at a step: (30,) between image and hidden neurons, or (10, 30) behind them."""
    if step == 1:
        return numbers["z2"].ravel()
    if step == 2:
        return numbers["w3"] * numbers["a2"].T
    if step == 4:
        return numbers["w3"] * numbers["delta3"]
    return numbers["delta2"].ravel() if step == LAST else np.zeros(30)


def _largest(step, before, now):
    """The largest size of what is drawn, before the steps or after; 1 for what is 0 everywhere."""
    drawn = {name: (before[name], now[name]) for name in ("delta2", "delta3", "nabla_w2")}
    drawn["flow"] = _flow(step, before), _flow(step, now)
    return {name: float(np.abs(both).max()) or 1.0 for name, both in drawn.items()}


def _controls(images):
    return {
        "step": widgets.IntSlider(LAST, 0, LAST, description="step", readout=False, **NARROW),
        "image": widgets.IntSlider(0, 0, images - 1, description="image", **controls.LOOK),
        "taken": widgets.IntSlider(0, 0, MOST_STEPS, description="steps taken", **NARROW),
    }
