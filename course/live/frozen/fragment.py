"""The HTML of a frozen lab: native controls over a picture over a sentence."""

from dataclasses import dataclass
from html import escape

import ipywidgets as widgets

from course.live.controls import CountingButton
from course.live.frozen import choices, pack

FIXED = "needs the notebook"


@dataclass
class Fragment:
    """A frozen lab for a page: its `html`, the sentence of its start as `text`, its `pack`.

    pack: path of the file with its other pictures, which `html` names without a folder.
    """

    html: str
    text: str
    pack: object


def write(name, lab, moving, start):
    """The HTML of a lab; moving: values by control; start: the picture at the start as WebP."""
    width, height = lab.picture.figure.canvas.get_width_height()
    page_width = round(lab.picture.figure.get_figwidth() * 100)
    said = escape(lab.sentence)
    controls = "".join(
        _control(one, control, moving.get(one, [control.value]))
        for one, control in lab.controls.items()
        if isinstance(control, widgets.DOMWidget)
    )
    return (
        f'<figure class="frozen-lab" data-frozen="{name}" style="max-width: {page_width}px">'
        f'<div class="frozen-controls">{controls}</div>'
        f'<div class="frozen-picture"><img alt="{said}" width="{width}" height="{height}" '
        f'src="data:image/webp;base64,{pack.text(start)}">'
        f'<canvas width="{width}" height="{height}" aria-hidden="true" hidden></canvas></div>'
        f'<p class="frozen-sentence" role="status">{said}</p>'
        f'<p class="frozen-start">{said}</p></figure>'
    )


def _control(name, control, values):
    """A label with the native control for the values that are frozen, disabled if it is one."""
    label = escape(control.description or name)
    at = values.index(control.value)
    said = [escape(choices.words(control, value)) for value in values]
    fixed = "" if len(values) > 1 else " disabled"
    note = f'<small class="frozen-fixed">{FIXED}</small>' if fixed else ""
    data = f'data-control="{escape(name)}"{fixed}'
    if isinstance(control, CountingButton):
        return f'<button type="button" class="frozen-count" {data}>{label}</button>{note}'
    if isinstance(control.value, bool):
        checked = " checked" if control.value else ""
        box = f'<input type="checkbox" {data}{checked}>'
        return f'<label class="frozen-check">{box}{label}{note}</label>'
    if _is_slider(control):
        return (
            f'<label class="frozen-slider"><span>{label}</span>'
            f'<input type="range" min="0" max="{max(1, len(values) - 1)}" step="1" value="{at}" '
            f'{data} aria-valuetext="{said[at]}"><output>{said[at]}</output>{note}</label>'
        )
    options = "".join(
        f"<option{' selected' if n == at else ''}>{one}</option>" for n, one in enumerate(said)
    )
    select = f"<select {data}>{options}</select>"
    return f'<label class="frozen-select"><span>{label}</span>{select}{note}</label>'


def _is_slider(control):
    return isinstance(control, (widgets.IntSlider, widgets.SelectionSlider))
