"""Lesson 01: Rosenblatt's rule, one example after the other, and the line that it moves."""

from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from course.lesson01 import figures
from course.lesson01.lab import buttons, names_beside
from course.live import controls
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import arguments
from nnlib.circuits import POINTS, TARGETS
from nnlib.neurons import perceptron

PASSES = 12
CORNERS = len(POINTS)


class Step(NamedTuple):
    """What one example did: its answer, the error, 1, 0 or -1, and weights and bias after it."""

    output: int
    error: int
    w: np.ndarray
    b: int


def learning(targets, examples):
    """Every Step of Rosenblatt's rule over the corners, again and again; a list.

    targets: the wanted outputs of the four corners, (4,).  examples: how many are looked at.
    The first entry is the start, weights and bias 0.
    """
    steps = [Step(0, 0, np.array([0, 0]), 0)]
    for number in range(examples):
        x, (_, _, w, b) = POINTS[number % CORNERS], steps[-1]
        output = perceptron(x, w, b)
        error = targets[number % CORNERS] - output
        steps.append(Step(output, error, w + error * x, b + error))
    return steps


class LearnLab(Lab):
    """*Learn* takes the next example and changes weights and bias by Rosenblatt's rule.

    The examples are the four corners in order, again and again. The slider goes to any example,
    and Play to one after the other. Another wanted function starts again at 0.

    target: which outputs are wanted, "AND", "OR", "NAND" or "XOR".  Raises ValueError for others.
    """

    frozen = ({"target": "all", "examples": "all"},)

    def __init__(self, target="OR"):
        look = {"description": "examples", "style": {"description_width": "70px"}}
        examples = widgets.IntSlider(0, 0, PASSES * CORNERS, layout={"width": "430px"}, **look)
        target = buttons(list(TARGETS), arguments.choice("target", target, TARGETS))
        target.observe(self._start_again, names="value")
        self.learn = widgets.Button(
            description="Learn", icon="step-forward", button_style="primary"
        )
        self.learn.on_click(self._learn)
        picture = LivePicture(1, 2, size=(9.4, 4), width_ratios=[4, 5.4])
        all_controls = {"target": target, "examples": examples}
        super().__init__(all_controls, picture, [["target"], ["examples"]])

    def lay_out(self, rows):
        """The rows of a Lab; before the slider the button, behind it Play."""
        top, bottom = super().lay_out(rows)
        names_beside(top, "wanted")
        examples = self.controls["examples"]
        bottom.children = (self.learn, examples, *controls.play(examples, 400))
        return [top, bottom]

    def compute(self, target, examples):
        """What the rule has done with the first examples, and what the perceptron answers now.

        `settled` is True after four examples without a mistake, `in_circles` if four examples
        with mistakes ended with the weights and the bias that they began with.
        """
        steps = learning(TARGETS[target], examples)
        mistakes = sum(abs(step.error) for step in steps[-CORNERS:])  # of the last four examples
        again = examples >= CORNERS and _numbers(steps[-1]) == _numbers(steps[-1 - CORNERS])
        last, outputs = steps[-1], perceptron(POINTS, steps[-1].w, steps[-1].b)
        return {
            "target": target,
            "examples": examples,
            "steps": steps,
            "w": last.w,
            "b": last.b,
            "outputs": outputs,
            "wrong": int((outputs != TARGETS[target]).sum()),
            "settled": again and mistakes == 0,
            "in_circles": again and mistakes > 0,
        }

    def prepare(self):
        """The plane with the line on the left, what happened in every pass on the right."""
        left, right = self.picture.axes
        self._plane = figures.decision_plane(left)
        frame = {"linestyle": "", "marker": "s", "mfc": "none", "mec": figures.BLACK, "mew": 2}
        self._more = {
            "before": left.plot([], [], color=figures.GREY, linestyle="--", zorder=1)[0],
            "now": left.plot([], [], ms=38, zorder=4, clip_on=False, **frame)[0],
        }
        self._table = figures.pass_table(right, POINTS, PASSES)
        self.picture.moving = figures.all_artists(self._plane, self._more, self._table)
        for artist in self.picture.moving:  # what the lab starts with must not shift the axes
            artist.set_in_layout(False)

    def draw(self, state):
        steps, wrong = state["steps"], state["outputs"] != TARGETS[state["target"]]
        self.learn.disabled = state["examples"] == self.controls["examples"].max
        figures.update_decision_plane(
            self._plane, state["w"], state["b"], POINTS, state["outputs"], wrong
        )
        before = steps[-2] if steps[-1].error else steps[-1]
        self._more["before"].set_data(*figures.line_of(before.w, before.b).T)
        now = POINTS[[(state["examples"] - 1) % CORNERS]] if state["examples"] else np.empty((0, 2))
        self._more["now"].set_data(*now.T)
        errors = [step.error for step in steps[1:]]
        figures.update_pass_table(self._table, errors, CORNERS)
        self._table["step"].set_text(_happened(state))
        self._table["numbers"].set_text(_weights(state))
        self._table["verdict"].set_text(_verdict(state))

    def describe(self, state):
        where, verdict = "before the first example", _verdict(state)
        if state["examples"]:
            number, of_pass = divmod(state["examples"] - 1, CORNERS)
            where = f"example {of_pass + 1} of pass {number + 1}"
        end = f"; {verdict}." if verdict else "."
        return (
            f"{state['target']}, {where}. {_happened(state)}. Now {_weights(state)}, "
            f"{state['wrong']} of 4 wrong{end}"
        )

    def _learn(self, _):
        examples = self.controls["examples"]
        examples.value = min(examples.value + 1, examples.max)

    def _start_again(self, _):
        self.controls["examples"].value = 0


def _numbers(step):
    return *step.w.tolist(), step.b


def _weights(state):
    """The weights and the bias as they are now."""
    w1, w2, b = map(figures.number, (*state["w"], state["b"]))
    return f"w = ({w1}, {w2}), b = {b}"


def _happened(state):
    """What the last example did."""
    if not state["examples"]:
        return "Weights and bias are 0: press Learn"
    (x1, x2), last = POINTS[(state["examples"] - 1) % CORNERS], state["steps"][-1]
    if not last.error:
        return f"({x1}, {x2}): output {last.output} is right, nothing changes"
    how = "add x to w, 1 to b" if last.error > 0 else "take x from w, 1 from b"
    return f"({x1}, {x2}): output {last.output}, wanted {1 - last.output}: {how}"


def _verdict(state):
    """What the last four examples tell; empty if they tell nothing."""
    if state["settled"]:
        return "settled: all four are right"
    return "same as four examples ago" if state["in_circles"] else ""
