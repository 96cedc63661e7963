"""Lesson 01: three reasons, three weights and a threshold, and what is decided."""

import ipywidgets as widgets
import numpy as np

from course.lesson01 import figures
from course.live.labs import Lab
from course.live.pictures import LivePicture

REASONS = {"sky": "sky is clear", "friend": "a friend comes", "morning": "morning is free"}
WEIGHTS = {"w1": 6, "w2": 2, "w3": 2}
LARGEST = 6  # of the weights


class DecisionLab(Lab):
    """Tick what holds tonight and move weights and threshold: does the perceptron say go or stay?

    It starts with a clear sky and nothing else, the weights 6, 2, 2 and the threshold 5.
    """

    frozen = (
        {**dict.fromkeys(REASONS, "all"), "threshold": "all"},
        {"sky": "all", "friend": "all", "w1": "all", "w2": "all"},
        {**dict.fromkeys(REASONS, "all"), "w3": "all"},
    )

    def __init__(self):
        picture = LivePicture(1, 2, size=(9.4, 2.9), width_ratios=[6, 5])
        super().__init__(_controls(), picture, [*zip(REASONS, WEIGHTS), ["threshold"]])

    def compute(self, sky, friend, morning, w1, w2, w3, threshold):
        """Inputs x (3,) and weights w (3,), their weighted sum, and the output."""
        x, w = np.array([sky, friend, morning], dtype=int), np.array([w1, w2, w3])
        weighted_sum = int(x @ w)
        output = int(weighted_sum > threshold)
        return {"x": x, "w": w, "threshold": threshold, "sum": weighted_sum, "output": output}

    def prepare(self):
        """The perceptron on the left, its weighted sum beside the threshold on the right."""
        left, right = self.picture.axes
        self._neuron = figures.weighing(left, list(REASONS.values()))
        self._scale = figures.sum_scale(right, len(REASONS), len(REASONS) * LARGEST)
        self.picture.moving = figures.all_artists(self._neuron, self._scale)

    def draw(self, state):
        x, w, threshold = state["x"], state["w"], state["threshold"]
        figures.update_weighing(self._neuron, x, w, threshold, state["output"])
        figures.update_sum_scale(self._scale, x, w, threshold)

    def describe(self, state):
        products = " + ".join(f"{w}·{x}" for w, x in zip(state["w"], state["x"]))
        go, exceeds = ("go", "exceeds") if state["output"] else ("stay", "does not exceed")
        return (
            f"You {go}: the weighted sum is {products} = {state['sum']}, which {exceeds} the "
            f"threshold {figures.number(state['threshold'])}."
        )


def _controls():
    tick = {"indent": False, "layout": {"width": "160px"}}
    look = {"style": {"description_width": "70px"}, "layout": {"width": "400px"}}
    sliders = {
        name: widgets.IntSlider(value, 0, LARGEST, description="weight", **look)
        for name, value in WEIGHTS.items()
    }
    return {
        **{
            name: widgets.Checkbox(name == "sky", description=words, **tick)
            for name, words in REASONS.items()
        },
        **sliders,
        "threshold": widgets.IntSlider(5, -1, 11, description="threshold", **look),
    }
