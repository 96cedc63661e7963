"""The controls of a lab as plain data, in the rows in which the notebook shows them."""

import itertools

import ipywidgets as widgets

from course.live.controls import CountingButton
from course.live.frozen import choices


def of(lab, moving):
    """Rows of controls and of the words between them; moving: the values of those that move.

    Words are {"words"}; for a control see `control`.  Its name is the words before it, if it has
    none of its own. What the notebook has no control for stands in the first row.
    """
    names = {id(widget): name for name, widget in lab.frozen_controls().items()}
    shown = [list(_leaves(box, names)) for box in lab.panel]
    shown[0] = _with_others(shown, list(lab.frozen_controls().values()))
    found = [[_item(one, names, moving) for one in row] for row in shown]
    return [row for row in map(_named, found) if any("name" in item for item in row)]


def _leaves(box, names):
    """The words and the frozen controls in a box and in the boxes in it, in order."""
    for child in getattr(box, "children", ()):
        if isinstance(child, widgets.Label) or id(child) in names:
            yield child
        yield from _leaves(child, names)


def _with_others(shown, controls):
    """The first row, and at its ends the controls that no row shows, in the order of all."""
    there = {id(widget) for row in shown for widget in row}
    others = [one for one in controls if id(one) not in there]
    first = list(itertools.takewhile(lambda one: id(one) not in there, controls))
    return first + shown[0] + others[len(first) :]


def _item(widget, names, moving):
    if isinstance(widget, widgets.Label):
        return {"words": widget.value}
    name = names[id(widget)]
    return control(name, widget, moving.get(name, [widget.value]))


def control(name, widget, values):
    """A control as plain data: its kind, its words for these values, and which it stands at."""
    return {
        "name": name,
        "kind": _kind(widget),
        "label": widget.description,
        "said": [choices.words(widget, value) for value in values],
        "at": values.index(widget.value),
        "play": getattr(widget, "play_every", 0),
    }


def _kind(widget):
    if isinstance(widget, CountingButton):
        return "count"
    if isinstance(widget.value, bool):
        return "check"
    is_slider = isinstance(widget, (widgets.IntSlider, widgets.SelectionSlider))
    return "slider" if is_slider else "select"


def _named(row):
    """The row, in which words before a control without a label have become its label."""
    found = []
    for item in row:
        if item.get("label") == "":
            before = found.pop()["words"] if found and "words" in found[-1] else item["name"]
            item = item | {"label": before}
        found.append(item)
    return found
