"""Lesson 01: the line of a perceptron with two inputs, and a half adder made of perceptrons."""

import ipywidgets as widgets
import numpy as np

from course.lesson01 import figures
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments
from nnlib.circuits import POINTS, TARGETS, half_adder
from nnlib.neurons import perceptron


class PerceptronLab(Lab):
    """Sliders for w1, w2 and b move the line w . x + b = 0; how many of four points are wrong?

    w1, w2, b: where the sliders start, whole numbers from -5 to 5.
    target: which outputs are wanted, "AND", "OR", "NAND" or "XOR".
    Raises ValueError for anything else.
    """

    @property
    def frozen(self):
        """Many lines for the function that is wanted, and slices for the others."""
        some, wanted = (-2, -1, 0, 1, 2), self.controls["target"].value
        biases = (-3, -2, -1, 0, 1, 2, 3)
        whole = (wanted,) if wanted == "XOR" else (wanted, "NAND")
        return (
            {"w1": some, "w2": some, "b": biases, "target": whole},
            {"target": "all", "b": "all"},
            {"w1": "all"},
            {"w2": "all"},
        )

    def __init__(self, w1=2, w2=2, b=-3, target="AND"):
        controls = {name: slider(name, value) for name, value in (("w1", w1), ("w2", w2), ("b", b))}
        controls["target"] = buttons(list(TARGETS), arguments.choice("target", target, TARGETS))
        picture = LivePicture(1, 2, size=(9, 4), width_ratios=[4, 5])
        super().__init__(controls, picture, [["w1", "w2", "b"], ["target"]])

    def compute(self, w1, w2, b, target):
        """z and output at the four points, what is wanted there, and how many are wrong."""
        outputs = perceptron(POINTS, [w1, w2], b)
        wanted = np.array(TARGETS[target])
        return {
            **{"w1": w1, "w2": w2, "b": b, "target": target},
            **{"z": POINTS @ [w1, w2] + b, "outputs": outputs, "wanted": wanted},
            "wrong": int((outputs != wanted).sum()),
        }

    def draw(self, state):
        weights, wrong = (state["w1"], state["w2"]), state["outputs"] != state["wanted"]
        figures.update_decision_plane(
            self._plane, weights, state["b"], POINTS, state["outputs"], wrong
        )
        figures.update_truth_table(self._table, state["z"], state["outputs"], state["wanted"])
        self._count.set_text(f"{state['target']}: {state['wrong']}")

    def prepare(self):
        """The artists: the plane on the left, a table of the four points on the right."""
        names_beside(self.panel[1], "wanted")
        left, right = self.picture.axes
        self._plane = figures.decision_plane(left)
        self._table = figures.truth_table(right, POINTS)
        look = {"fontsize": 16, "fontweight": "bold"}
        self._count = right.text(0.46, 4.2, "", ha="right", **look)
        right.text(0.46, 4.2, " of 4 wrong", **look)
        self.picture.moving = figures.all_artists(self._plane, self._table, {"count": self._count})
        for artist in self.picture.moving:  # what the lab starts with must not shift the axes
            artist.set_in_layout(False)

    def describe(self, state):
        terms = f"{state['w1']} x1 + {state['w2']} x2 + {state['b']}".replace("+ -", "- ")
        outputs = ", ".join(map(str, state["outputs"]))
        return (
            f"w·x + b = {terms}: for the inputs 00, 01, 10, 11 the outputs are {outputs}; "
            f"{state['target']} wants {', '.join(map(str, state['wanted']))}: "
            f"{state['wrong']} of 4 wrong."
        )


class HalfAdderLab(Lab):
    """Two switches and five NAND perceptrons that add two bits; every wire shows its value.

    x1, x2: where the switches start, 0 or 1.  Raises ValueError for anything else.
    """

    def __init__(self, x1=1, x2=1):
        values = half_adder(x1, x2)
        controls = {name: buttons([0, 1], values[name]) for name in ("x1", "x2")}
        super().__init__(controls, LivePicture(size=(9, 4.2)))

    def prepare(self):
        """The circuit; its wires and the numbers on them change."""
        names_beside(self.panel[0], "x1", "x2")
        self._wires = figures.draw_half_adder(self.picture.axes, half_adder(0, 0))
        self.picture.moving = list(self._wires.values())

    def compute(self, x1, x2):
        """The value of every wire, by name."""
        return half_adder(x1, x2)

    def draw(self, state):
        figures.update_half_adder(self._wires, state)

    def describe(self, state):
        inner = ", ".join(f"{name} = {state[name]}" for name in ("n1", "n2", "n3"))
        return (
            f"{state['x1']} + {state['x2']} = binary {state['carry']}{state['sum']}: "
            f"carry {state['carry']}, sum {state['sum']}; inside the circuit {inner}."
        )


def slider(name, value, width="300px"):
    """A slider over the whole numbers from -5 to 5."""
    if value not in range(-5, 6):
        raise ValueError(
            f"{name} is {value!r}: expected a whole number from -5 to 5, like {name}=2"
        )
    look = {"style": {"description_width": "30px"}, "layout": {"width": width}}
    return widgets.IntSlider(int(value), -5, 5, description=name, **look)


def buttons(options, value):
    """Buttons of which one is pressed."""
    return widgets.ToggleButtons(options=options, value=value, style={"button_width": "80px"})


def names_beside(row, *names):
    """Write the name of each group of buttons before it; its own description stands above it."""
    labels = [widgets.Label(name, layout={"margin": "2px 8px"}) for name in names]
    row.children = [part for pair in zip(labels, row.children, strict=True) for part in pair]
