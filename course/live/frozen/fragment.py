"""The HTML of a frozen lab: native controls over a picture over a sentence."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import ipywidgets as widgets

from course.live.controls import CountingButton
from course.live.frozen import choices

FIXED = "needs the notebook"


@dataclass
class Fragment:
    """A frozen lab for a page: `html`, and the sentence of its start as `text`.

    look: what it shows, as plain data: `name`, `sentence`, `note`, the `start` picture (WebP in
    base64), its `pixels` (width, height) and `width` on the page, and the `controls`.
    pack: path of the script with the other pictures.
    """

    look: dict
    pack: Path

    @property
    def text(self):
        """The sentence of the start."""
        return self.look["sentence"]

    @property
    def html(self):
        """One element for a page that has the style sheet and the script of `assets()`."""
        look, said = self.look, escape(self.text)
        size = "width='{}' height='{}'".format(*look["pixels"])
        controls = "".join(map(_element, look["controls"]))
        note = f'<p class="frozen-note">{escape(look["note"])}</p>' if look["note"] else ""
        return (
            f'<figure class="frozen-lab" data-frozen="{look["name"]}" '
            f'style="max-width: {look["width"]}px">'
            f'<div class="frozen-controls">{controls}</div>{note}'
            f'<div class="frozen-picture"><img alt="{said}" {size} '
            f'src="data:image/webp;base64,{look["start"]}">'
            f'<canvas {size} aria-hidden="true" hidden></canvas></div>'
            f'<p class="frozen-sentence" role="status">{said}</p>'
            f'<p class="frozen-start">{said}</p></figure>'
        )


def control(name, widget, values):
    """A control as plain data: its kind, its words for these values, and which it stands at."""
    return {
        "name": name,
        "kind": _kind(widget),
        "label": widget.description or name,
        "words": [choices.words(widget, value) for value in values],
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


def _element(look):
    """The native element of a control with its label; disabled if it has one value only."""
    fixed = len(look["words"]) < 2
    data = f'data-control="{escape(look["name"])}"' + " disabled" * fixed
    note = f'<small class="frozen-fixed">{FIXED}</small>' if fixed else ""
    return ELEMENTS[look["kind"]](look, escape(look["label"]), data, note)


def _count(look, label, data, note):
    return f'<button type="button" {data}>{label}</button>{note}'


def _check(look, label, data, note):
    checked = " checked" if look["words"][look["at"]] == "True" else ""
    box = f'<input type="checkbox" {data}{checked}>'
    return f'<label class="frozen-check">{box}{label}{note}</label>'


def _slider(look, label, data, note):
    said, most = escape(look["words"][look["at"]]), max(1, len(look["words"]) - 1)
    places = f'min="0" max="{most}" step="1" value="{look["at"]}" aria-valuetext="{said}"'
    slider = f'<input type="range" {places} {data}><output>{said}</output>{note}'
    return _with_play(look, f'<label class="frozen-slider"><span>{label}</span>{slider}</label>')


def _with_play(look, slider):
    """The slider with Play behind it, if the lab plays it and there is something to play."""
    if not look["play"] or len(look["words"]) < 2:
        return slider
    data = f'data-play="{escape(look["name"])}" data-every="{look["play"]}"'
    button = f'<button type="button" aria-pressed="false" {data}>Play</button>'
    return f'<div class="frozen-play">{slider}{button}</div>'


def _select(look, label, data, note):
    options = "".join(
        f"<option{' selected' * (place == look['at'])}>{escape(said)}</option>"
        for place, said in enumerate(look["words"])
    )
    select = f"<select {data}>{options}</select>"
    return f'<label class="frozen-select"><span>{label}</span>{select}{note}</label>'


ELEMENTS = {"count": _count, "check": _check, "slider": _slider, "select": _select}
