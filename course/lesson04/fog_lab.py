"""Lesson 04: the fog game. Only the slope underfoot is seen, until the walk has ended."""

import ipywidgets as widgets
import numpy as np
import traitlets
from matplotlib import rc_context

from course.lesson04 import figures, hikes
from course.live.labs import Lab
from course.live.pictures import LivePicture

PLACES = [0.08, 0.14, 0.4, 0.77], [0.6, 0.14, 0.38, 0.77]
COSTS = -1.0, 2.6  # of the axis, for all hikes alike: it does not tell how low one can go


class Kept(traitlets.HasTraits):
    """A setting that the player makes by pressing buttons."""

    value = traitlets.Any()


class FogLab(Lab):
    """A hidden landscape: choose eta, press *Step*, come to rest in few steps; then the fog lifts.

    Controls: hike and eta; `etas`, those of the steps taken, a tuple; `lifted`, whether the player
    has ended the walk. `step`, `lift` and `again` are the buttons.
    A page without a kernel has walks that keep one eta, with a slider for the steps taken.
    `state` has the `hike`, the `walk`, the point `after` one more step, the `best` walk with one
    eta for all steps, and whether there is still `fog`.
    """

    frozen_note = (
        "Here a walk keeps its eta, and a new eta begins it anew: to choose one before each step "
        "you need the notebook."
    )

    @property
    def frozen(self):
        """Every hike with every eta, to its end; of long walks some steps are left out."""
        return [
            {"hike": (hike,), "eta": (eta,), "steps": _some_steps(hike, eta)}
            for hike in hikes.HIKES
            for eta in hikes.ETAS
        ]

    def __init__(self):
        etas = [(f"{eta:g}", eta) for eta in hikes.ETAS]
        settings = {
            "hike": widgets.Dropdown(options=list(hikes.HIKES), description="hike", **_look(210)),
            "eta": widgets.SelectionSlider(
                options=etas, value=0.1, description="eta", **_look(300)
            ),
            "etas": Kept(value=()),
            "lifted": Kept(value=False),
        }
        settings["hike"].observe(self._start_again, names="value")
        self._walked = widgets.IntSlider(0, 0, hikes.MOST_STEPS, description="steps taken")
        super().__init__(settings, LivePicture(1, 2, size=(9.4, 4.0)), [["hike", "eta"]])

    def frozen_controls(self):
        """Hike, eta, and how many steps with this eta were taken."""
        return {name: self.controls[name] for name in ("hike", "eta")} | {"steps": self._walked}

    def show_frozen(self, hike, eta, steps):
        """Show a walk that keeps its eta."""
        self._walked.value = steps
        self.choose(hike=hike, eta=eta)
        self.choose(etas=(eta,) * steps, lifted=False)

    def lay_out(self, rows):
        """The row of a Lab with the buttons behind it."""
        (row,) = super().lay_out(rows)
        words = "Step", "Lift the fog", "Start again"
        self.step, self.lift, self.again = buttons = [
            widgets.Button(description=word, layout={"width": "105px"}) for word in words
        ]
        self.step.button_style = "primary"
        self.step.on_click(self._take_step)
        self.lift.on_click(lambda _: self.choose(lifted=True))
        self.again.on_click(self._start_again)
        row.children += tuple(buttons)
        return [row]

    def prepare(self):
        """Room for the sentence, and axes that stay; what is on them depends on the hike."""
        self.caption.layout.min_height = "5em"  # it gets longer when the fog lifts
        self.picture.figure.set_layout_engine("none")
        self._shown = None

    def compute(self, hike, eta, etas, lifted):
        landscape = hikes.HIKES[hike]
        walk = hikes.walk(landscape, etas)
        here = walk.points[-1]
        return {
            "hike": landscape,
            "walk": walk,
            "eta": eta,
            "after": here - eta * landscape.gradient(here),
            "best": hikes.best(hike),
            "fog": not walk.end and not lifted,
        }

    def draw(self, state):
        walk, fog = state["walk"], state["fog"]
        if state["hike"] is not self._shown:
            with rc_context(figures.LOOK):
                self._prepare_axes(state["hike"])
        self._fog.set_visible(fog)
        figures.set_path(self._on_map, walk.points.T, walk.points.T)
        by_step = np.array([range(walk.steps + 1), walk.costs])
        figures.set_path(self._by_step, by_step, by_step)
        self._next.set_data(*np.transpose([walk.points[-1], state["after"]]))
        self._next.set_visible(fog)
        best = state["best"]
        for line, data in zip(self._best, (best.points.T, (range(best.steps + 1), best.costs))):
            line.set_data(*data)
            line.set_visible(not fog)
        self._title.set_text(_title(state))
        self._legend.set_visible(not fog)

    def _prepare_axes(self, hike):
        """Map under fog and axes of one hike, and empty paths to draw over them."""
        left, right = self.picture.axes
        for ax, place in zip(self.picture.axes, PLACES):
            ax.clear()
            ax.set_position(place)  # the labels of a map turn with the shape of its axes
        v, costs = hike.grid()
        # Lines close together where it is low.
        levels = hike.lowest + (costs.max() - hike.lowest) * np.linspace(0, 1, 16) ** 3
        figures.contour_map(left, v, costs, np.unique(levels.round(2)))
        self._fog = figures.fog(left)
        figures.cost_axes(right, hikes.MOST_STEPS, COSTS)
        self._on_map, self._by_step = (figures.path_artists(ax) for ax in (left, right))
        self._best = [figures.best_path_artist(ax, "best with one eta") for ax in (left, right)]
        self._next, self._title = figures.step_artist(left), left.set_title(" ", loc="left")
        self._by_step[0].set_label("your walk")
        self._legend = right.legend(handles=[self._by_step[0], self._best[1]], loc="upper right")
        moving = [self._fog, *self._best, self._next, *self._on_map, *self._by_step]
        self.picture.moving = [*moving, self._title, self._legend]
        self.picture.forget_background()
        self._shown = hike

    def describe(self, state):
        return _in_fog(state) if state["fog"] else _after(state)

    def _take_step(self, _):
        if self.state["fog"]:
            self.controls["etas"].value += (self.controls["eta"].value,)

    def _start_again(self, _):
        self.choose(etas=(), lifted=False)


def _title(state):
    walk = state["walk"]
    return (
        f"step {walk.steps}: slope {walk.slopes[-1]:.2f} here" if state["fog"] else "the fog lifts"
    )


def _in_fog(state):
    """What the walker feels."""
    walk, length = state["walk"], state["eta"] * state["walk"].slopes[-1]
    felt = ""
    if walk.steps:
        felt = "The last step lowered the cost"
        if walk.costs[-1] >= walk.costs[-2]:
            felt = "The last step did not lower the cost"
        felt += f", from {walk.costs[-2]:.2f} to {walk.costs[-1]:.2f}. "
    return (
        f"{felt}The slope underfoot is {walk.slopes[-1]:.2f}; you rest where it is {hikes.FLAT} or "
        f"less. A step with eta {state['eta']:g} would be {length:.2f} long, in the direction of "
        "the dotted line."
    )


def _after(state):
    """What the map shows when the fog has lifted, and what is to be learned from it."""
    hike, best = state["hike"], state["best"]
    with_map = f"with the map it takes {len(hike.shortest)}, with the etas "
    with_map += ", ".join(f"{eta:g}" for eta in hike.shortest)
    if len(hike.shortest) == best.steps:
        with_map = "even with the map no other etas of the slider need fewer"
    return (
        f"{_how_it_ended(state)} It was {hike.kind}. With one eta of the slider for all steps it "
        f"takes at least {best.steps} steps to the lowest place, with eta {best.etas[0]:g}; "
        f"{with_map}. {hike.lesson}"
    )


def _how_it_ended(state):
    hike, walk = state["hike"], state["walk"]
    steps = f"{walk.steps} step" + "s" * (walk.steps != 1)
    if walk.end == "rests" and hikes.reaches_the_lowest(hike, walk):
        sooner = walk.steps < state["best"].steps
        beats = ", sooner than with any one eta of the slider" if sooner else ""
        return f"You rest at the lowest place after {steps}{beats}; its cost is {hike.lowest:.2f}."
    if walk.end == "rests":
        return (
            f"You rest after {steps}, cost {walk.costs[-1]:.2f}; the lowest place has "
            f"{hike.lowest:.2f}."
        )
    if walk.end == "leaves":
        return f"Step {walk.steps}, with eta {walk.etas[-1]:g}, led off the map."
    if walk.end == "tires":
        return f"After {steps} you are tired; the slope is still {walk.slopes[-1]:.2f}."
    return f"You lifted the fog after {steps}."


def _some_steps(hike, eta):
    """From 0 to the end of a walk with one eta: the first ten, then every fifth and the last."""
    end = hikes.walk(hikes.HIKES[hike], [eta] * hikes.MOST_STEPS).steps
    return [step for step in range(end + 1) if step <= 10 or step % 5 == 0 or step == end]


def _look(width):
    return {"style": {"description_width": "40px"}, "layout": {"width": f"{width}px"}}
