"""Which settings of a lab are frozen, and in which words its controls say them."""

import itertools
import math

import ipywidgets as widgets

from course.live.controls import CountingButton

MOST = 300  # settings, where a lab has no plan of its own
PRESSES = 6  # of a button: how often it was pressed, from 0 on
ALL = "all"


def values(control):
    """Everything that a control can be, in order."""
    if isinstance(control, CountingButton):
        return [control.value + n for n in range(PRESSES)]
    if hasattr(control, "options"):
        return [value for _, value in pairs(control)]
    if isinstance(control.value, bool):
        return [False, True]
    if isinstance(control, widgets.IntSlider):
        return [*range(control.min, control.max + 1, control.step)]
    return [control.value]


def pairs(control):
    """Words and value of every option of a selection."""
    return [one if isinstance(one, tuple) else (str(one), one) for one in control.options]


def words(control, value):
    """A value as the control shows it."""
    if hasattr(control, "options"):
        return next((said for said, one in pairs(control) if one == value), "")
    return str(value)


def settings(lab):
    """The settings to freeze, each a dict by control; the first is the one that the lab shows."""
    controls = lab.frozen_controls()
    start = {name: control.value for name, control in controls.items()}
    grids = [_thinned(controls)] if lab.frozen is None else lab.frozen
    found = [start, *itertools.chain(*(_grid(controls, start, grid) for grid in grids))]
    return list({tuple(one.items()): one for one in found}.values())


def _grid(controls, start, grid):
    """All combinations of the values in a grid; what is not named in it stays as at the start."""
    chosen = {
        name: values(controls[name]) if some == ALL else list(some) for name, some in grid.items()
    }
    return [start | dict(zip(chosen, one)) for one in itertools.product(*chosen.values())]


def _thinned(controls):
    """All values of all controls; of the longest every other is left out while they are many."""
    chosen = {name: values(control) for name, control in controls.items()}
    while math.prod(map(len, chosen.values())) > MOST:
        longest = max(chosen, key=lambda name: len(chosen[name]))
        start = controls[longest].value
        kept = {*chosen[longest][::2], start} if len(chosen[longest]) > 2 else {start}
        chosen[longest] = [value for value in chosen[longest] if value in kept]
    return chosen
