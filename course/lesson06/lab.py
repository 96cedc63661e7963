"""Lesson 06: backpropagation in a 2-2-1 network, one step and one formula after the other."""

from functools import partial

import ipywidgets as widgets
import numpy as np
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox

from course.lesson06 import figures
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


def worked_network(w=2.0):
    """The 2-2-1 network of the lesson; w: weight from the first hidden neuron to the output."""
    network = Network([2, 2, 1], dtype=np.float64)
    network.weights = [np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([[w, -1.0]])]
    network.biases = [np.array([[-1.0], [0.5]]), np.array([[-2.0]])]
    return network


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


def in_numbers(step, values):
    """The formula of a step with the numbers put in, one line for each result."""
    return STEPS[step][3](_Shown(values))


class _Shown:
    """The numbers of a state as they are printed, flattened: `shown.z2[1]`."""

    def __init__(self, values):
        slopes = {f"slope{layer}": sigmoid_prime(values[f"z{layer}"]) for layer in (2, 3)}
        for name, value in (values | slopes).items():
            digits = None if name in CHOSEN else 4
            setattr(self, name, [figures.number(number, digits) for number in np.ravel(value)])


def _input(s):
    return [f"x{sub} = {s.x[k]}" for k, sub in HIDDEN]


def _hidden_z(s):
    return [
        f"z{sub} = {_sum(s.w2[2 * j : 2 * j + 2], s.x, s.b2[j])} = {s.z2[j]}" for j, sub in HIDDEN
    ]


def _hidden_a(s):
    return [f"a{sub} = σ({s.z2[j]}) = {s.a2[j]}" for j, sub in HIDDEN]


def _output_z(s):
    return [f"z = {_sum(s.w3, s.a2, s.b3[0])} = {s.z3[0]}"]


def _output_a(s):
    (a,) = s.a3
    return [f"a = σ({s.z3[0]}) = {a}", f"C = ½ ({s.y[0]} − {a})² = {s.cost[0]}"]


def _output_delta(s):
    return [f"δ = ({s.a3[0]} − {s.y[0]}) × {s.slope3[0]} = {s.delta3[0]}"]


def _hidden_delta(s):
    after = _bracket(s.delta3[0])
    return [f"δ{sub} = {s.w3[j]} × {after} × {s.slope2[j]} = {s.delta2[j]}" for j, sub in HIDDEN]


def _bias_gradient(s):
    hidden = [f"hidden {j + 1}: ∂C/∂b = δ{sub} = {s.nabla_b2[j]}" for j, sub in HIDDEN]
    return [*hidden, f"output: ∂C/∂b = δ = {s.nabla_b3[0]}"]


def _output_weight_gradient(s):
    (delta,) = s.delta3
    return [f"∂C/∂w{sub} = {delta} × {s.a2[k]} = {s.nabla_w3[k]}" for k, sub in HIDDEN]


def _hidden_weight_gradient(s):
    return [
        f"∂C/∂w{row}{column} = {s.delta2[j]} × {s.x[k]} = {s.nabla_w2[2 * j + k]}"
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
STEPS = [
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
LAST = len(STEPS) - 1


class BackpropLab(Lab):
    """A step slider through forward and backward pass; the formula in use is framed.

    Inputs, target and one weight can be changed. `state` holds every number by name ("z2",
    "delta3", "nabla_w2", ...), whether the step shows it already or not.
    """

    def __init__(self):
        picture = TextPicture(1, 2, size=(9.5, 5), width_ratios=[14, 9])
        picture.figure.set_dpi(1.5 * figures.PIXELS_PER_INCH)  # at 2 it is slow to pack
        super().__init__(_controls(), picture, [["step"], ["x1", "x2"], ["y", "w"]])

    def prepare(self):
        """The network with a slot for every number, and the list of formulas beside it."""
        self.slots = figures.backprop_diagram(self.picture.axes[0])
        self.frames, self.lines = _formula_column(self.picture.axes[1])
        _reserve_places(self.picture, self.slots, self.frames, self.lines)

    def compute(self, step, x1, x2, y, w):
        """Every number of the two passes, and the step up to which they are shown."""
        x, target = np.array([[x1], [x2]]), np.array([[y]])
        return {"step": step} | all_numbers(worked_network(w), x, target)

    def draw(self, state):
        step = state["step"]
        known = GIVEN + [name for _, _, names, _ in STEPS[: step + 1] for name in names]
        values = {name: state[name] for name in known}
        figures.update_backprop_diagram(self.slots, values, new=STEPS[step][2])
        for place, frame in enumerate(self.frames):
            frame.set_visible(place == step)
        self.lines.set_text("\n".join(in_numbers(step, state)))

    def describe(self, state):
        step = state["step"]
        part = STEPS[step][0][2:]
        inputs = ", ".join(map(figures.number, np.ravel(state["x"])))
        shown = "" if step == 0 else "; ".join(["", *in_numbers(step, state)])
        return (
            f"Step {step} of {LAST}, {part}: x = ({inputs}), "
            f"target y = {figures.number(state['y'][0, 0])}{shown}."
        )


def _formula_column(ax):
    """The list of formulas; returns a frame for each of them, and the text below that changes."""
    ax.set(xlim=(0, 1), ylim=(0, 1))
    ax.set_axis_off()
    frames, look = [], {"fc": (figures.YELLOW, 0.3), "ec": figures.BLACK, "lw": 1.5}
    for step, (part, formula, *_) in enumerate(STEPS):
        height = TOP - step * LINE
        new = step == 0 or part != STEPS[step - 1][0]
        ax.text(0, height, part if new else "", fontsize=10.5, va="center")
        ax.text(0.39, height, formula, fontsize=12, va="center")
        frames.append(ax.add_patch(Rectangle((0.37, height - 0.027), 0.62, 0.054, **look)))
    below = TOP - len(STEPS) * LINE - 0.02
    ax.text(0, below, "The framed formula in numbers:", fontsize=10.5, va="center", color="#555555")
    return frames, ax.text(0, below - 0.04, "", fontsize=10.5, va="top", linespacing=1.4)


def _reserve_places(picture, slots, frames, lines):
    """Give every text the room of the longest that it may hold, and every frame its own."""
    longest = {name: np.full(len(texts), -0.0001) for name, texts in slots.items()}
    short = {name: np.full(len(texts), -6.5) for name, texts in slots.items() if name in CHOSEN}
    figures.update_backprop_diagram(slots, longest | short, new=slots)
    picture.figure.canvas.draw()
    for texts in slots.values():
        for text in texts:
            _reserve(picture, text, text.get_bbox_patch().get_window_extent().padded(9, 3))
    for frame in frames:
        _reserve(picture, frame, frame.get_window_extent().padded(9, 4))
    column, top = picture.axes[1].get_window_extent(), lines.get_window_extent().y1
    _reserve(picture, lines, Bbox([[column.x0 - 2, 0], [picture.figure.bbox.x1, top + 4]]))


def _reserve(picture, artist, place):
    picture.reserve([artist], place, partial(_look, artist))


def _look(artist):
    """What decides how an artist of the lab is drawn."""
    if isinstance(artist, Rectangle):
        return artist.get_visible()
    box = artist.get_bbox_patch()
    return artist.get_visible(), artist.get_text(), box and box.get_facecolor()


def _controls():
    wide, style = {"width": "868px", "max_width": "100%"}, {"description_width": "90px"}
    quarters = [(f"{value:g}", value) for value in QUARTERS]
    halves = [(f"{half / 2:g}", half / 2) for half in range(-12, 13)]

    def slider(options, value, description):
        return widgets.SelectionSlider(
            options=options,
            value=value,
            description=description,
            style=style,
            layout={"width": "430px"},
        )

    return {
        "step": widgets.IntSlider(6, 0, LAST, description="step", style=style, layout=wide),
        "x1": slider(quarters, 1.0, "input x₁"),
        "x2": slider(quarters, 0.5, "input x₂"),
        "y": slider(quarters, 1.0, "target y"),
        "w": slider(halves, 2.0, "weight w₁"),
    }
