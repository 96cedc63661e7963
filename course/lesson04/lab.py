"""Lesson 04: go down a curve step by step, and down surfaces from any start with any eta."""

import ipywidgets as widgets
import numpy as np
from matplotlib import rc_context

from course.lesson04 import figures, landscapes, walks
from course.live import controls
from course.live.clicks import ClickablePicture
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import descent

MAX_STEPS = 50
ETAS = [0.01, 0.02, 0.03, 0.05, 0.07] + [round(0.05 * k, 2) for k in range(2, 25)]
PLACES = [0.08, 0.13, 0.32, 0.77], [0.43, 0.0, 0.33, 0.94], [0.845, 0.13, 0.145, 0.77]
CURVE_PLACES = [0.09, 0.14, 0.5, 0.76], [0.68, 0.14, 0.3, 0.76]
PLAY_EVERY = 125  # milliseconds
SOME_STEPS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50)  # to be seen on a page without a kernel


class DescentLab(Lab):
    """Gradient descent on a function of two variables: map, surface and cost side by side.

    Controls: function, eta, steps, and the start point v1, v2. `lab.state` has the whole path.
    A click on the map drops a ball there: it becomes the start, and *Play* rolls the ball.
    """

    frozen = (
        {
            "function": ("bowl", "stretched valley"),
            "eta": (0.1, 0.5, 0.9, 1.0, 1.1),
            "steps": SOME_STEPS,
        },
        {"function": ("saddle",), "v1": (-0.8,), "v2": (0.0, 0.05, 0.6), "steps": SOME_STEPS},
        {"function": ("two minima",), "v1": (0.0, 0.2), "v2": (0.8,), "steps": SOME_STEPS},
        {
            "function": ("two minima",),
            "v1": (-1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0),
            "v2": (-0.8, -0.4, 0.0, 0.4, 0.8),
            "steps": (0, 50),
        },
        {"function": "all", "eta": "all", "steps": (5, 20, 50)},
    )
    frozen_note = "To drop a ball anywhere on the map you need the notebook."

    def __init__(self):
        settings = _controls(landscapes.TWO_VARIABLES, eta=0.1, steps=20) | {
            "v1": _start_slider(1.0, -0.8, "start v1"),
            "v2": _start_slider(1.0, 0.6, "start v2"),
        }
        picture = LivePicture(1, 3, size=(9.6, 4.0))
        super().__init__(settings, picture, [["function", "eta", "steps"], ["v1", "v2"]])

    def lay_out(self, rows):
        """The rows of a Lab, and *Play* for the steps at their end."""
        return _with_play(super().lay_out(rows), self.controls["steps"])

    def frame(self):
        """The picture, which can be clicked."""
        return ClickablePicture(self.picture, self._drop)

    def _drop(self, ax, v1, v2):
        """Start at the place of the sliders that is nearest to a click on the map."""
        if ax is self.picture.axes[0]:
            v1, v2 = (_nearest(self.controls[name], v) for name, v in (("v1", v1), ("v2", v2)))
            self.choose(v1=v1, v2=v2, steps=0)

    def prepare(self):
        """Three axes, one of them 3-D; what is on them depends on the function."""
        picture, self._shown = self.picture, None
        picture.figure.set_layout_engine("none")
        picture.axes = figures.with_surface(picture.axes, 1)

    def compute(self, function, eta, steps, v1, v2):
        chosen = landscapes.TWO_VARIABLES[function]
        path = descent.gradient_descent(chosen, (v1, v2), eta, steps)
        return {"function": chosen, "eta": eta, "path": path, "outcome": walks.outcome(path)}

    def draw(self, state):
        function, path = state["function"], state["path"]
        if function is not self._shown:
            with rc_context(figures.LOOK):
                self._prepare_axes(function)
        points = np.array([*path.points.T, path.costs])  # (3, steps + 1)
        seen = np.where([function.inside(v) for v in path.points], points, np.nan)
        figures.set_path(self._on_map, points[:2], points[:2])
        figures.set_path(self._on_surface, figures.drape(function, path.points), seen)
        figures.set_path(self._by_step, *[np.array([range(path.steps + 1), path.costs])] * 2)

    def _prepare_axes(self, function):
        """Map, surface and axes of one function, and empty paths to draw over them."""
        left, middle, right = self.picture.axes
        for ax, place in zip(self.picture.axes, PLACES):
            ax.clear()
            ax.set_position(place)  # the labels of a map turn with the shape of its axes
        figures.contour_map(left, *function.grid())
        left.set_title(f"$C = {function.formula}$")
        v, costs = function.grid(21)
        figures.surface(middle, v, costs)
        middle.set_title("the same, cost as height", y=1.0)
        figures.cost_axes(right, MAX_STEPS, costs)
        paths = [figures.path_artists(ax) for ax in self.picture.axes]
        self._on_map, self._on_surface, self._by_step = paths
        right.legend(handles=self._by_step[2:], loc="upper right", borderpad=0, handletextpad=0)
        self.picture.moving = sum(paths, [])
        self.picture.forget_background()
        self._shown = function

    def describe(self, state):
        function, path = state["function"], state["path"]
        return (
            f"{function.name}, eta {state['eta']:g}, start {_place(path.points[0])}: "
            f"the descent {what_happened(function, path)}"
        )


class SlopeLab(Lab):
    """Gradient descent on a function of one variable: the tangent decides the next step.

    Controls: function, eta, steps taken so far, and the start point v. `lab.state` has the path,
    and the point, slope and next point after the steps taken.
    """

    frozen = (
        {"eta": "all", "steps": (1, 10, 50)},
        {"eta": (0.1, 0.2, 0.5, 0.9, 1.0, 1.1), "steps": SOME_STEPS},
        {"eta": (0.2, 0.5, 0.85, 1.0, 1.05), "steps": range(7), "v": (-0.8, 0.0)},
        {
            "function": ("two valleys",),
            "eta": (0.1,),
            "steps": SOME_STEPS,
            "v": (-1.0, -0.05, 0.0, 0.05, 1.0),
        },
        {"function": ("cubic",), "eta": (0.3,), "steps": SOME_STEPS, "v": (-0.5, 0.0, 1.0)},
    )

    def __init__(self):
        settings = _controls(landscapes.ONE_VARIABLE, eta=0.2, steps=1)
        settings["v"] = _start_slider(1.2, -1.0, "start v")
        picture = LivePicture(1, 2, size=(9.6, 3.8))
        super().__init__(settings, picture, [["function", "eta"], ["v", "steps"]])

    def lay_out(self, rows):
        """The rows of a Lab, and *Play* for the steps at their end."""
        return _with_play(super().lay_out(rows), self.controls["steps"])

    def prepare(self):
        """The places of both axes; what is on them depends on the function."""
        self._shown = None
        self.picture.figure.set_layout_engine("none")
        for ax, place in zip(self.picture.axes, CURVE_PLACES):
            ax.set_position(place)

    def compute(self, function, eta, steps, v):
        chosen = landscapes.ONE_VARIABLE[function]
        path = descent.gradient_descent(chosen, v, eta, steps)
        here, slope = path.points[-1], path.gradients[-1]
        state = {"function": chosen, "eta": eta, "path": path, "outcome": walks.outcome(path)}
        return state | {"v": here, "slope": slope, "next": here - eta * slope}

    def draw(self, state):
        function, path = state["function"], state["path"]
        if function is not self._shown:
            with rc_context(figures.LOOK):
                self._prepare_axes(function)
        v, after, cost = state["v"], state["next"], path.costs[-1]
        points = np.array([path.points, path.costs])
        figures.set_path(self._on_curve, points, points)
        figures.set_path(self._by_step, *[np.array([range(path.steps + 1), path.costs])] * 2)
        reach = np.array([-0.5, 0.5])
        self._tangent.set_data(v + reach, cost + state["slope"] * reach)
        with np.errstate(over="ignore"):
            self._step.set_data([v, after, after], [cost, cost, function.cost(after)])
        self._gone.set_visible(not function.inside(v))
        self._gone.set(**figures.at_the_edge(v, function.window[0]))
        sign = "+" if after > v else ""
        step = f"{sign}{_number(after - v)}"
        self._title.set_text(f"slope {_number(state['slope'])}, next step {step}")

    def _prepare_axes(self, function):
        """Curve and axes of one function, and empty artists to draw over them."""
        left, right = self.picture.axes
        left.clear()
        right.clear()
        v, costs = function.grid(241)
        figures.cost_curve(left, v, costs, function.formula)
        self._tangent, self._step = figures.tangent_artists(left)
        self._on_curve, self._gone = figures.path_artists(left), figures.gone_artist(left)
        left.legend(handles=[self._tangent, self._step], loc="upper center")
        figures.cost_axes(right, MAX_STEPS, costs)
        self._by_step = figures.path_artists(right)
        self._title = left.set_title(" ", loc="left")
        moving = [self._tangent, self._step, *self._on_curve, *self._by_step]
        self.picture.moving = [*moving, self._title, self._gone]
        self.picture.forget_background()
        self._shown = function

    def describe(self, state):
        function, path = state["function"], state["path"]
        return (
            f"{function.name}, eta {state['eta']:g}, start {_place(path.points[0])}: at v = "
            f"{_number(state['v'])} the slope is {_number(state['slope'])}, so the next v is "
            f"{_number(state['next'])}. The descent {what_happened(function, path)}"
        )


def what_happened(function, path):
    """What happened on the way, in words: the end of a sentence, with its numbers."""
    tell = {"rests": _rests, "diverges": _diverges, "grows": _grows, "descends": _descends}
    tell |= {"oscillates": _oscillates, "starts": _starts}
    left = not function.inside(path.points[-1])
    end = " The point has left the picture." if left else ""
    return tell[walks.outcome(path)](function, path) + end


def _rests(function, path):
    if walks.lower_nearby(function, path.points[-1]):
        kind = "lower points lie at distance 0.05, so this is no low point"
    else:
        kind = "the points at distance 0.05 are not lower"
    return (
        f"comes to rest after {_steps(walks.at_rest_after(path))} at {_place(path.points[-1])}, "
        f"cost {_number(path.costs[-1])}; {kind}."
    )


def _diverges(function, path):
    if path.costs[-1] < path.costs[0]:
        return (
            f"runs away downhill: after {_steps(path.steps)} the cost has fallen to "
            f"{_number(path.costs[-1])}."
        )
    return f"diverges: after {_steps(path.steps)} the cost is {_number(path.costs[-1])}" + _factor(
        path
    )


def _grows(function, path):
    away = path.steps >= 3 and not function.inside(path.points[-1])
    recent = min(path.steps, walks.RECENT)
    which = f"each of the last {recent} steps" if recent > 1 else "the one step taken"
    return f"{'diverges' if away else 'climbs'}: {which} raised the cost" + _factor(path)


def _factor(path):
    """How the last step compares with the one before it, as far as that can be said."""
    longer, higher = walks.factors(path)
    parts = [f"multiplied the cost by {higher:.3g}"] if np.isfinite(higher) else []
    parts += [f"was {longer:.3g} times as long as the one before"] if np.isfinite(longer) else []
    return "; the last step " + " and ".join(parts) + "." if parts else "."


def _descends(function, path):
    lowered = min(path.steps, walks.RECENT)
    which = f"each of the last {lowered} steps" if lowered > 1 else "the one step taken"
    swinging = ", swinging to and fro," if walks.swings(path) else ""
    return (
        f"is still going down{swinging} after {_steps(path.steps)}: {which} lowered the cost, from "
        f"{_number(path.costs[0])} at the start to {_number(path.costs[-1])}."
    )


def _oscillates(function, path):
    recent = path.costs[-walks.RECENT - 1 :]
    low, high = _number(recent.min()), _number(recent.max())
    return (
        f"oscillates: in the last {_steps(len(recent) - 1)} the cost does not keep falling, "
        f"it stays {f'between {low} and {high}' if low != high else f'at {low}'}."
    )


def _starts(function, path):
    return f"has not moved yet, the cost is {_number(path.costs[0])}."


def _steps(count):
    return f"{count} step" + "s" * (count != 1)


def _number(x):
    """A number of any size in a few characters."""
    return f"{x:.3f}" if x == 0 or 1e-3 <= abs(x) < 1e4 else f"{x:.1e}"


def _place(v):
    """A point: `0.60` or `(-0.80, 0.60)`; rounded, and never minus zero."""
    texts = [f"{round(float(x), 2) + 0.0:.2f}" if abs(x) < 1e4 else f"{x:.1e}" for x in np.ravel(v)]
    return texts[0] if np.ndim(v) == 0 else f"({', '.join(texts)})"


def _controls(functions, eta, steps):
    return {
        "function": widgets.Dropdown(options=list(functions), description="function", **_look()),
        "eta": widgets.SelectionSlider(
            options=[(f"{rate:g}", rate) for rate in ETAS], value=eta, description="eta", **_look()
        ),
        "steps": widgets.IntSlider(steps, 0, MAX_STEPS, description="steps", **_look()),
    }


def _start_slider(limit, value, label):
    places = np.round(np.linspace(-limit, limit, round(40 * limit) + 1), 2) + 0.0
    options = [(f"{place:.2f}", float(place)) for place in places]
    return widgets.SelectionSlider(options=options, value=value, description=label, **_look())


def _nearest(slider, place):
    """The value of a slider that is nearest to a place."""
    return min((value for _, value in slider.options), key=lambda value: abs(value - place))


def _with_play(rows, steps):
    rows[-1].children += controls.play(steps, PLAY_EVERY)
    return rows


def _look():
    return {"style": {"description_width": "70px"}, "layout": {"width": "310px"}}
