"""Which settings of a lab are frozen, and in which words its controls say them."""

import itertools

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
        return next(said for said, one in pairs(control) if one == value)
    return str(value)


def settings(lab):
    """The settings to freeze, each a dict by control; the first is the one that the lab shows."""
    start = lab.settings
    plan = lab.frozen or (dict.fromkeys(lab.controls, ALL),)
    found = [start]
    for grid in plan:
        found += _grid(lab, start, _thinned(lab, grid) if lab.frozen is None else grid)
    return list({tuple(one.items()): one for one in found}.values())


def _grid(lab, start, grid):
    """All combinations of the values in a grid; what is not named in it stays as at the start."""
    chosen = {name: _chosen(lab.controls[name], some) for name, some in grid.items()}
    return [
        start | dict(zip(chosen, combination))
        for combination in itertools.product(*chosen.values())
    ]


def _chosen(control, some):
    return values(control) if isinstance(some, str) and some == ALL else list(some)


def _thinned(lab, grid):
    """A grid with fewer values of the controls that have most, until MOST combinations are left."""
    chosen = {name: _chosen(lab.controls[name], some) for name, some in grid.items()}
    while _count(chosen) > MOST:
        longest = max(chosen, key=lambda name: len(chosen[name]))
        kept = chosen[longest][::2]
        start = lab.controls[longest].value
        order = values(lab.controls[longest])
        chosen[longest] = sorted({*kept, start}, key=order.index)
        if len(kept) < 2:
            chosen[longest] = [start]
    return chosen


def _count(chosen):
    count = 1
    for some in chosen.values():
        count *= len(some)
    return count
