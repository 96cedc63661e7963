"""Lesson 02: the sigmoid neuron beside the perceptron, alone and in a small network."""

from functools import partial

import ipywidgets as widgets
import numpy as np
from matplotlib.transforms import Bbox

from course.lesson02 import figures
from course.live.digit_network import step
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib.neurons import sigmoid

LIMIT = 6  # weighted inputs from -LIMIT to LIMIT
STEEPNESSES = [1, 2, 3, 5, 10, 20, 50, 100]
WEIGHTS = [round(0.1 * tenth, 1) for tenth in range(41)]  # 0.0, 0.1, ... 4.0
DPI = 1.5 * figures.PIXELS_PER_INCH  # half the pixels of other figures, half the time
STEP = 0.1  # between neighbors in WEIGHTS
LAYERS = [["x1", "x2"], ["h1", "h2"], ["h3", "h4"], ["y"]]
NEURONS = LAYERS[1] + LAYERS[2] + LAYERS[3]


def small_network(activation, w, x1=1, x2=1, c=1):
    """Activations {name: value} of the five neurons h1, h2, h3, h4, y of lesson 02.

    activation: `step` or `sigmoid`, for all neurons.  w: the weight from x1 to h1, a number or an
    array.  x1, x2: inputs.  c: the number by which all weights and biases are multiplied.
    Raises ValueError for a value that is not a finite number.
    """
    for name, value in (("w", w), ("x1", x1), ("x2", x2), ("c", c)):
        if not np.isfinite(value).all():
            raise ValueError(f"{name} is {value}: expected finite numbers, for example w=2.0")
    h1 = activation(c * (w * x1 + x2 - 3))
    h2 = activation(c * (-2 * x1 + 2 * x2 + 1))
    h3 = activation(c * (4 * h1 - 2 * h2 + 1))
    h4 = activation(c * (-4 * h1 + h2 + 0.5))
    y = activation(c * (4 * h3 - 4 * h4 - 1))
    return dict(zip(NEURONS, (h1, h2, h3, h4, y)))


class NeuronLab(Lab):
    """A sigmoid neuron of steepness c beside a perceptron, both with the tangent at z.

    `state` holds z, c, output and slope of the sigmoid neuron, and output and slope of the
    perceptron, whose slope is None at z = 0.
    """

    frozen = (
        {"z": "all"},
        {"z": (-6.0, -2.0, -1.0, -0.5, -0.1, 0.0, 0.1, 0.5, 1.0, 2.0, 6.0), "c": "all"},
    )

    def __init__(self):
        picture = LivePicture(1, 2, size=(8.8, 3.2))
        picture.figure.set_dpi(DPI)
        tenths = [round(0.1 * tenth, 1) for tenth in range(-10 * LIMIT, 10 * LIMIT + 1)]
        controls = {
            "z": _slider("z", [(f"{z:.1f}", z) for z in tenths], 1.0),
            "c": _slider("steepness c", [0.2, 0.5, *STEEPNESSES], 1),
        }
        super().__init__(controls, picture)

    def compute(self, z, c):
        output = float(sigmoid(c * z))
        return {
            "z": z,
            "c": c,
            "output": output,
            "slope": c * output * (1 - output),
            "step": float(step(z)),
            "step_slope": 0.0 if z else None,
        }

    def prepare(self):
        """What stays, and the parts that change: for each neuron its curve and its slope."""
        picture = self.picture
        self._grid = np.linspace(-LIMIT, LIMIT, 1201)
        left, right = (figures.activation_axes(ax, LIMIT) for ax in picture.axes)
        figures.step_curve(left, LIMIT, linewidth=1.4)
        figures.step_curve(right, LIMIT)
        (self._curve,) = left.plot([], [], color=figures.BLUE)
        dot = {"marker": "o", "ms": 9, "clip_on": False, "color": figures.BLACK}
        self._tangents = [ax.plot([], [], color=figures.BLACK)[0] for ax in (left, right)]
        self._dots = [ax.plot([0], [0], **dot)[0] for ax in (left, right)]
        left.set_title("sigmoid neuron", loc="left")
        right.set_title("perceptron", loc="left")
        self._slopes = [ax.set_title("slope below 0.0005", loc="right") for ax in (left, right)]
        picture.settle()
        curves = [
            [self._curve, self._tangents[0], self._dots[0]],
            [self._tangents[1], self._dots[1]],
        ]
        for artists, ax, names in zip(curves, (left, right), (("z", "c"), ("z",))):
            picture.reserve(artists, _around(ax), self._settings_of(*names))
        for slope in self._slopes:
            picture.reserve([slope], slope.get_window_extent().padded(4), slope.get_text)

    def _settings_of(self, *names):
        """A function that returns what the picture shows of these settings."""
        return lambda: [self._shown[name] for name in names]

    def draw(self, state):
        z = state["z"]
        self._curve.set_data(self._grid, sigmoid(state["c"] * self._grid))
        sides = [(state["output"], state["slope"]), (state["step"], state["step_slope"])]
        for (output, slope), tangent, dot in zip(sides, self._tangents, self._dots):
            dot.set_data([z], [output])
            tangent.set_data(*_tangent(z, output, slope))
        texts = [f"slope {_rounded(state['slope'])}", _step_slope(state)]
        for title, text in zip(self._slopes, texts):
            title.set_text(text)
        self._shown = state

    def describe(self, state):
        return (
            f"At z = {state['z']:.1f} with steepness c = {state['c']:g} the sigmoid neuron gives "
            f"{state['output']:.3f} with slope {_rounded(state['slope'])}; "
            f"the perceptron gives {state['step']:.0f} with {_step_slope(state)}."
        )


class FlipLab(Lab):
    """One weight w, swept through the same small network of perceptrons and of sigmoid neurons.

    `state` holds the settings; for "perceptrons" and "sigmoid" the activations {name: value} now
    and one step of 0.1 further; the names of the perceptrons that flip in that step; and the
    output y for every value of the slider.
    """

    frozen = (
        {"w": "all", "x1": "all", "x2": "all"},
        {"w": "all", "c": (10, 100)},
        {"c": "all"},
    )

    def __init__(self):
        picture = LivePicture(2, 2, size=(8.8, 3.9), height_ratios=[1.1, 1])
        picture.figure.set_dpi(DPI)
        controls = {
            "w": _slider("weight w", [(f"{w:.1f}", w) for w in WEIGHTS], 2.0),
            "c": _slider("steepness c", STEEPNESSES, 1),
            "x1": _slider("input x1", [0, 1], 1),
            "x2": _slider("input x2", [0, 1], 1),
        }
        super().__init__(controls, picture, [["w", "c"], ["x1", "x2"]])

    def compute(self, w, c, x1, x2):
        state = {"w": w, "c": c, "x1": x1, "x2": x2}
        for kind, activation in (("perceptrons", step), ("sigmoid", sigmoid)):
            now = small_network(activation, w, x1, x2, c)
            further = small_network(activation, w + STEP, x1, x2, c)
            sweep = small_network(activation, np.array(WEIGHTS), x1, x2, c)["y"]
            state[kind] = {"now": now, "further": further, "sweep": sweep}
        before, after = state["perceptrons"]["now"], state["perceptrons"]["further"]
        state["flips"] = [name for name in NEURONS if before[name] != after[name]]
        return state

    def prepare(self):
        """What stays, and the parts that change: circles and curve of both networks."""
        picture, self._looks = self.picture, {}
        top, bottom = picture.axes
        top[0].set_title("perceptrons (thick edge: flips at the next step)", loc="left")
        top[1].set_title("sigmoid neurons", loc="left")
        self._diagrams, self._curves, self._nows = {}, {}, {}
        colors = {"perceptrons": figures.ORANGE, "sigmoid": figures.BLUE}
        for kind, upper, lower in zip(colors, top, bottom):
            self._diagrams[kind] = figures.activation_diagram(
                upper, LAYERS, ("x1", "h1"), figures.CHAIN
            )
            lower.set(xlim=(-0.1, 4.1), ylim=(-0.1, 1.1), yticks=[0, 0.5, 1])
            lower.set(xlabel="weight w", ylabel="output y")
            lower.grid(color="#DDDDDD", linewidth=0.8)
            (self._curves[kind],) = lower.plot(WEIGHTS, WEIGHTS, "o", ms=4, color=colors[kind])
            (self._nows[kind],) = lower.plot([], [], "o", ms=11, mew=2.5, mfc="none", mec="black")
        picture.settle()
        for (kind, marks), lower in zip(self._diagrams.items(), bottom):
            for name, mark_and_number in marks.items():
                place = mark_and_number[0].get_window_extent().padded(8)
                picture.reserve(mark_and_number, place, partial(self._looks.get, (kind, name)))
            curve = [self._curves[kind], self._nows[kind]]
            picture.reserve(curve, _around(lower), partial(self._looks.get, (kind, "curve")))

    def draw(self, state):
        inputs = {"x1": state["x1"], "x2": state["x2"]}
        bold = {"perceptrons": state["flips"], "sigmoid": []}
        decimals = {"perceptrons": 0, "sigmoid": 2}
        looks = self._looks
        for kind, marks in self._diagrams.items():
            now, sweep = state[kind]["now"], state[kind]["sweep"]
            figures.update_activation_diagram(marks, inputs, decimals=0)
            figures.update_activation_diagram(marks, now, bold[kind], decimals[kind])
            self._curves[kind].set_ydata(sweep)
            self._nows[kind].set_data([state["w"]], [now["y"]])
            for name, activation in (inputs | now).items():
                looks[kind, name] = (float(activation), name in bold[kind])
            looks[kind, "curve"] = (state["w"], *sweep.tolist())

    def describe(self, state):
        now, further = (
            f"{state['perceptrons'][when]['y']:.0f} and {state['sigmoid'][when]['y']:.3f}"
            for when in ("now", "further")
        )
        return (
            f"Inputs {state['x1']} and {state['x2']}, steepness c = {state['c']}: at w = "
            f"{state['w']:.1f} the perceptrons and the sigmoid neurons give y = {now}, at w = "
            f"{state['w'] + STEP:.1f} they give {further}; perceptrons that flip: "
            f"{', '.join(state['flips']) or 'none'}."
        )


def _slider(description, options, value):
    return widgets.SelectionSlider(
        options=options,
        value=value,
        description=description,
        style={"description_width": "90px"},
        layout={"width": "440px"},
    )


def _around(ax):
    """The inside of an Axes in pixels, with room for a dot on its left or right edge."""
    x0, y0, x1, y1 = ax.bbox.extents
    return Bbox([[x0 - 12, y0], [x1 + 12, y1]])


def _tangent(z, output, slope):
    """Ends ([z, z], [a, a]) of a piece of the tangent, about as long for every slope."""
    if slope is None:
        return [], []
    reach = 2 / (1 + 2 * slope)
    return [z - reach, z + reach], [output - reach * slope, output + reach * slope]


def _rounded(slope):
    return f"{slope:.3f}" if slope >= 0.0005 else "below 0.0005"


def _step_slope(state):
    return "no slope" if state["step_slope"] is None else "slope 0"
