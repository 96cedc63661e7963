"""Lesson 06: backpropagation in a 2-2-1 network, one step and one formula after the other."""

import re
import textwrap
from functools import partial

import ipywidgets as widgets
import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from course.lesson06 import figures
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import TextPicture
from nnlib import gradients
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime

GIVEN = ["w2", "b2", "w3", "b3", "y"]
CHOSEN = ["x", *GIVEN]  # numbers that are chosen, not computed, and printed as short as possible
HIDDEN = [(0, "₁"), (1, "₂")]  # the two neurons of a layer, and how a formula names them
MINUS = "\N{MINUS SIGN}"
QUARTERS = [0.0, 0.25, 0.5, 0.75, 1.0]
TOP, LINE = 0.97, 0.068  # first formula and distance of lines, in parts of the column
LONGEST_LINE = 44  # letters that fit into the column
MOST_STEPS = 20  # of gradient descent, eta 1
PLAY_EVERY = 1000  # milliseconds: each formula is to be read
NARROW = controls.LOOK | {"layout": {"width": "260px"}}  # Play, a button and two fit into a row


def worked_network(w=2.0):
    """The 2-2-1 network of the lesson; w: weight from the first hidden neuron to the output."""
    network = Network([2, 2, 1], dtype=np.float64)
    network.weights = [np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([[w, -1.0]])]
    network.biases = [np.array([[-1.0], [0.5]]), np.array([[-2.0]])]
    return network


def descend(network, x, y):
    """The network after 0, 1, ..., MOST_STEPS steps of gradient descent on one example, eta 1.

    It is one and the same Network, changed in place between the steps.
    """
    yield network
    for _ in range(MOST_STEPS):
        nabla_b, nabla_w = network.backprop(x, y)
        network.biases = [b - part for b, part in zip(network.biases, nabla_b)]
        network.weights = [w - part for w, part in zip(network.weights, nabla_w)]
        yield network


def all_numbers(network, x, y):
    """Every number of one forward and one backward pass of a network with one hidden layer.

    x: (n_in, 1).  y: (n_out, 1).  Returns a dict of arrays; the gradients, and with them the
    deltas, are what `Network.backprop` returns.
    """
    (w2, w3), (b2, b3) = network.weights, network.biases
    z2 = w2 @ x + b2
    a2 = sigmoid(z2)
    z3 = w3 @ a2 + b3
    nabla_b, nabla_w = network.backprop(x, y)
    given = {"x": x, "y": y, "w2": w2, "b2": b2, "w3": w3, "b3": b3}
    forward = {"z2": z2, "a2": a2, "z3": z3, "a3": sigmoid(z3)}
    return {
        **given,
        **forward,
        "cost": gradients.quadratic_cost(network, x, y),
        "delta3": nabla_b[1],
        "delta2": nabla_b[0],
        "nabla_b2": nabla_b[0],
        "nabla_b3": nabla_b[1],
        "nabla_w2": nabla_w[0],
        "nabla_w3": nabla_w[1],
    }


def play_row(shown, taken):
    """Two sliders in a row: Play beside what is shown, *Take the step* beside the steps taken."""
    take = widgets.Button(description="Take the step", icon="arrow-down")
    take.on_click(lambda _: setattr(taken, "value", min(taken.max, taken.value + 1)))
    player, style = controls.play(shown, PLAY_EVERY)
    return shown, player, style, taken, take


def in_numbers(formula, values):
    """A formula, 0 to LAST, with the numbers put in, one line for each result."""
    return FORMULAS[formula][3](_Shown(values))


class _Shown:
    """The numbers of a state as they are printed, flattened: `shown.z2[1]`."""

    def __init__(self, values):
        slopes = {f"slope{layer}": sigmoid_prime(values[f"z{layer}"]) for layer in (2, 3)}
        for name, value in (values | slopes).items():
            digits = None if name in CHOSEN else 4
            setattr(self, name, [figures.number(number, digits) for number in np.ravel(value)])


def _input(s):
    return [f"a⁽¹⁾{sub} = x{sub} = {s.x[k]}" for k, sub in HIDDEN]


def _hidden_z(s):
    rows = [(j, sub, s.w2[2 * j : 2 * j + 2]) for j, sub in HIDDEN]
    return [f"z⁽²⁾{sub} = {_sum(row, s.x, s.b2[j])} = {s.z2[j]}" for j, sub, row in rows]


def _hidden_a(s):
    return [f"a⁽²⁾{sub} = σ({s.z2[j]}) = {s.a2[j]}" for j, sub in HIDDEN]


def _output_z(s):
    return [f"z⁽³⁾ = {_sum(s.w3, s.a2, s.b3[0])} = {s.z3[0]}"]


def _output_a(s):
    (a,) = s.a3
    return [f"a⁽³⁾ = σ({s.z3[0]}) = {a}", f"C = ½ ({s.y[0]} − {a})² = {s.cost[0]}"]


def _output_delta(s):
    return [f"δ⁽³⁾ = ({s.a3[0]} − {s.y[0]}) × {s.slope3[0]} = {s.delta3[0]}"]


def _hidden_delta(s):
    after = _bracket(s.delta3[0])
    return [f"δ⁽²⁾{sub} = {s.w3[j]} × {after} × {s.slope2[j]} = {s.delta2[j]}" for j, sub in HIDDEN]


def _bias_gradient(s):
    hidden = [f"∂C/∂b⁽²⁾{sub} = δ⁽²⁾{sub} = {s.nabla_b2[j]}" for j, sub in HIDDEN]
    return [*hidden, f"∂C/∂b⁽³⁾ = δ⁽³⁾ = {s.nabla_b3[0]}"]


def _output_weight_gradient(s):
    (delta,) = s.delta3
    return [f"∂C/∂w⁽³⁾₁{sub} = {delta} × {s.a2[k]} = {s.nabla_w3[k]}" for k, sub in HIDDEN]


def _hidden_weight_gradient(s):
    return [
        f"∂C/∂w⁽²⁾{row}{column} = {s.delta2[j]} × {s.x[k]} = {s.nabla_w2[2 * j + k]}"
        for j, row in HIDDEN
        for k, column in HIDDEN
    ]


def _sum(weights, inputs, b):
    """Products and a bias with the signs between them: 1 × 0.5 − 2 × 0.25 + 3."""
    terms = [*(f"{w} × {x}" for w, x in zip(weights, inputs)), b]
    return " + ".join(terms).replace(f"+ {MINUS}", f"{MINUS} ")


def _bracket(shown):
    return f"({shown})" if shown.startswith(MINUS) else shown


# Part of the algorithm, formula, the numbers that appear with it, and the formula in numbers.
FORMULAS = [
    ("1 input", r"$a^{(1)} = x$", ["x"], _input),
    ("2 feedforward", r"$z^{(2)} = w^{(2)}\, a^{(1)} + b^{(2)}$", ["z2"], _hidden_z),
    ("2 feedforward", r"$a^{(2)} = \sigma(z^{(2)})$", ["a2"], _hidden_a),
    ("2 feedforward", r"$z^{(3)} = w^{(3)}\, a^{(2)} + b^{(3)}$", ["z3"], _output_z),
    ("2 feedforward", r"$a^{(3)} = \sigma(z^{(3)})$", ["a3", "cost"], _output_a),
    (
        "3 output error",
        r"$\delta^{(3)} = (a^{(3)} - y)\;\sigma'(z^{(3)})$",
        ["delta3"],
        _output_delta,
    ),
    (
        "4 backpropagate",
        r"$\delta^{(2)} = (w^{(3)T} \delta^{(3)}) \odot \sigma'(z^{(2)})$",
        ["delta2"],
        _hidden_delta,
    ),
    (
        "5 gradient",
        r"$\partial C/\partial b^{(l)} = \delta^{(l)}$",
        ["nabla_b2", "nabla_b3"],
        _bias_gradient,
    ),
    (
        "5 gradient",
        r"$\partial C/\partial w^{(3)} = \delta^{(3)} a^{(2)T}$",
        ["nabla_w3"],
        _output_weight_gradient,
    ),
    (
        "5 gradient",
        r"$\partial C/\partial w^{(2)} = \delta^{(2)} a^{(1)T}$",
        ["nabla_w2"],
        _hidden_weight_gradient,
    ),
]
LAST = len(FORMULAS) - 1

# What flows along the edges at a formula: into which weights, whether back, and how much.
FLOWS = {
    1: ("w2", False, lambda s: s["w2"] * s["x"].T),
    3: ("w3", False, lambda s: s["w3"] * s["a2"].T),
    6: ("w3", True, lambda s: s["w3"] * s["delta3"]),
    8: ("w3", True, lambda s: s["nabla_w3"]),
    9: ("w2", True, lambda s: s["nabla_w2"]),
}
NO_FLOW = ("w2", False, lambda s: np.zeros((2, 2)))


class BackpropLab(Lab):
    """Step through the forward and the backward pass; the formula in use is framed.

    Arrows show what flows along the edges at this formula, from left to right or back. Inputs,
    target and one weight can be changed, and the network can take up to 20 steps of gradient
    descent with its gradient, eta 1.
    `state` holds every number by name ("z2", "delta3", "nabla_w2", ...) after these steps, whether
    the drawing shows it already or not; the `costs` (21,) after 0 to 20 steps; and the
    `largest` flow of the same kind before the first of them, by which the arrows are drawn.
    """

    frozen = (
        {"formula": "all", "taken": (0, 1, 2, 3, 4, 5, 10, 20)},
        {"formula": "all", "x1": "all"},
        {"formula": "all", "x2": "all"},
        {"formula": "all", "y": "all"},
        {"formula": (4, 5, 6), "w": "all"},
        {"taken": "all"},
        {"w": "all", "taken": (0, 20)},
    )

    def __init__(self):
        picture = _Diagram(1, 2, size=(9.5, 4.8), width_ratios=[14, 9])
        picture.figure.set_dpi(1.5 * figures.PIXELS_PER_INCH)  # at 2 it is slow to pack
        super().__init__(_controls(), picture, [["formula"], ["x1", "x2"], ["y", "w"]])

    def prepare(self):
        """The network with a slot for every number, and the list of formulas beside it."""
        self.panel[0].children = play_row(self.controls["formula"], self.controls["taken"])
        self.caption.layout.min_height = "60px"  # three lines, so that nothing below jumps
        self.flow = None
        self.slots = figures.backprop_diagram(self.picture.axes[0])
        self.arrows = figures.backprop_arrows(self.picture.axes[0])
        self.curve, self.ball = figures.small_curve(self.picture.axes[0], MOST_STEPS)
        self.frames, self.lines = _formula_column(self.picture.axes[1])
        _reserve_places(self)

    def compute(self, formula, x1, x2, y, w, taken):
        """Every number of the two passes after the steps taken, and up to where they are shown."""
        x, target = np.array([[x1], [x2]]), np.array([[y]])
        costs, at = [], {}
        for count, network in enumerate(descend(worked_network(w), x, target)):
            costs.append(gradients.quadratic_cost(network, x, target))
            if count in (0, taken):
                at[count] = all_numbers(network, x, target)
        flow = FLOWS.get(formula, NO_FLOW)[2]
        shown = {"formula": formula, "taken": taken, "costs": np.array(costs)}
        return shown | {"largest": np.abs(flow(at[0])).max()} | at[taken]

    def draw(self, state):
        formula = state["formula"]
        known = GIVEN + [name for _, _, names, _ in FORMULAS[: formula + 1] for name in names]
        values = {name: state[name] for name in known}
        figures.update_backprop_diagram(self.slots, values, new=FORMULAS[formula][2])
        self._draw_arrows(state)
        figures.update_small_curve(self.curve, self.ball, state["costs"], state["taken"])
        for place, frame in enumerate(self.frames):
            frame.set_visible(place == formula)
        self.lines.set_text("\n".join(map(_broken, in_numbers(formula, state))))

    def _draw_arrows(self, state):
        name, back, flow = FLOWS.get(state["formula"], NO_FLOW)
        flows = {name: flow(state)}
        figures.update_backprop_arrows(self.arrows, flows, back, state["largest"])
        self.flow = name, back, flows[name].tolist(), state["largest"]

    def describe(self, state):
        formula, taken = state["formula"], state["taken"]
        part = FORMULAS[formula][0][2:]
        inputs = ", ".join(map(figures.number, np.ravel(state["x"])))
        numbers = "" if formula == 0 else "; ".join(["", *in_numbers(formula, state)])
        return (
            f"After {taken} step{'s' * (taken != 1)} of gradient descent the output is "
            f"{state['a3'].item():.4f} and the cost {state['cost']:.4f}. "
            f"Formula {formula} of {LAST}, {part}: x = ({inputs}), "
            f"target y = {figures.number(state['y'][0, 0])}{numbers}."
        )


class _Diagram(TextPicture):
    """Texts over arrows: where arrows change, the texts above are written again on what is new."""

    under = None  # the part with the arrows

    def draw_artist(self, artist, part):
        super().draw_artist(artist, part)
        if part is self.under and artist is part.artists[-1]:
            for other in self.parts:
                if other is not part and other.place.overlaps(part.place):
                    other.background, other.drawn = self.pixels(other.place).copy(), None


def _broken(line):
    """An equation in as many lines as it needs; a line ends before an operator."""
    glued = re.sub(f"([=×+{MINUS}]) ", "\\1\N{NO-BREAK SPACE}", line)
    return textwrap.fill(glued, LONGEST_LINE, subsequent_indent=6 * " ")


def _formula_column(ax):
    """The list of formulas; returns a frame for each of them, and the text below that changes."""
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_axis_off()
    frames, look = [], {"fill": False, "ec": figures.BLACK, "lw": 2}
    for place, (part, formula, *_) in enumerate(FORMULAS):
        height = TOP - place * LINE
        new = place == 0 or part != FORMULAS[place - 1][0]
        ax.text(0, height, part if new else "", fontsize=10.5, va="center")
        ax.text(0.39, height, formula, fontsize=12, va="center")
        frames.append(ax.add_patch(Rectangle((0.37, height - 0.027), 0.62, 0.054, **look)))
    below = TOP - len(FORMULAS) * LINE - 0.02
    ax.text(0, below, "The framed formula in numbers:", fontsize=10.5, va="center", color="#555555")
    return frames, ax.text(0, below - 0.04, "", fontsize=10, va="top", linespacing=1.4)


def _reserve_places(lab):
    """Give every text the room of the longest that it may hold, and every frame its own."""
    picture, slots = lab.picture, lab.slots
    longest = {name: np.full(len(texts), -0.0001) for name, texts in slots.items()}
    short = {name: np.full(len(slots[name]), 0.25) for name in ("x", "y")}
    figures.update_backprop_diagram(slots, longest | short, new=slots)
    picture.figure.canvas.draw()
    column, bottom = picture.axes[1].get_window_extent(), lab.lines.get_window_extent().y1
    _reserve_arrows(lab, column.x0 - 4)
    for texts in slots.values():
        for text in texts:
            _reserve(picture, text, text.get_bbox_patch().get_window_extent().padded(9, 3))
    for frame in lab.frames:
        _reserve(picture, frame, frame.get_window_extent().padded(9, 4))
    _reserve(picture, lab.lines, Bbox([[column.x0 - 2, 0], [picture.figure.bbox.x1, bottom + 4]]))
    around = lab.curve.get_window_extent().padded(12)
    picture.reserve([lab.curve, lab.ball], around, lambda: _look_of_curve(lab))


def _reserve_arrows(lab, right):
    """All arrows change together, in the left part of the picture up to `right`, in pixels."""
    patches = [patch for pairs in lab.arrows.values() for pair in pairs for patch in pair]
    place = Bbox([[0, 0], [right, lab.picture.figure.bbox.y1]])
    lab.picture.reserve(patches, place, lambda: lab.flow)
    lab.picture.under = lab.picture.parts[-1]


def _look_of_curve(lab):
    return lab.curve.get_ydata().tobytes(), tuple(map(float, lab.ball.get_xdata()))


def _reserve(picture, artist, place):
    picture.reserve([artist], place, partial(_look, artist))


def _look(artist):
    """What decides how an artist of the lab is drawn."""
    if isinstance(artist, Rectangle):
        return artist.get_visible()
    box = artist.get_bbox_patch()
    return (
        artist.get_visible(),
        artist.get_text(),
        artist.get_color(),
        box and box.get_facecolor(),
    )


def _controls():
    style = {"description_width": "90px"}
    quarters = [(f"{value:g}", value) for value in QUARTERS]
    halves = [(f"{half / 2:g}", half / 2) for half in range(-12, 13)]

    def slider(options, value, description):
        return widgets.SelectionSlider(
            options=options,
            value=value,
            description=description,
            style=style,
            layout={"width": "416px"},
        )

    return {
        "formula": widgets.IntSlider(6, 0, LAST, description="formula", **NARROW),
        "x1": slider(quarters, 1.0, "input x₁"),
        "x2": slider(quarters, 0.5, "input x₂"),
        "y": slider(quarters, 1.0, "target y"),
        "w": slider(halves, 2.0, "weight w⁽³⁾₁₁"),
        "taken": widgets.IntSlider(0, 0, MOST_STEPS, description="steps taken", **NARROW),
    }
