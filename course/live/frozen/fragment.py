"""The HTML of a frozen lab: native controls over a picture over a sentence."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

FIXED = "What is gray needs the notebook."


@dataclass
class Fragment:
    """A frozen lab for a page: `html`, and the sentence of its start as `text`.

    look: what it shows, as plain data: `name`, `sentence`, `note`, the `start` picture (WebP in
    base64), its `pixels` (width, height) and `width` on the page, and the `rows` of controls.
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
        controls = "".join(map(_row, look["rows"]))
        items = sum(look["rows"], [])
        notes = [FIXED] * any(map(_is_fixed, items)) + [look["note"]] * bool(look["note"])
        note = f'<p class="frozen-note">{escape(" ".join(notes))}</p>' if notes else ""
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


def _row(items):
    return f'<div class="frozen-row">{"".join(map(_element, items))}</div>'


def _is_fixed(item):
    return len(item.get("said", "two")) < 2


def _element(item):
    """Words, or the native element of a control, disabled if it has one value only."""
    if "words" in item:
        return f"<span>{escape(item['words'])}</span>"
    data = f'data-control="{escape(item["name"])}"' + " disabled" * _is_fixed(item)
    return ELEMENTS[item["kind"]](item, escape(item["label"]), data)


def _count(_, label, data):
    return f'<button type="button" {data}>{label}</button>'


def _check(item, label, data):
    checked = " checked" if item["said"][item["at"]] == "True" else ""
    box = f'<input type="checkbox" {data}{checked}>'
    return f'<label class="frozen-check">{box}{label}</label>'


def _slider(item, label, data):
    said, most = escape(item["said"][item["at"]]), max(1, len(item["said"]) - 1)
    places = f'min="0" max="{most}" step="1" value="{item["at"]}" aria-valuetext="{said}"'
    slider = f'<input type="range" {places} {data}><output>{said}</output>'
    return _with_play(item, f'<label class="frozen-slider"><span>{label}</span>{slider}</label>')


def _with_play(item, slider):
    """The slider with Play behind it, if the lab plays it and there is something to play."""
    if not item["play"] or _is_fixed(item):
        return slider
    data = f'data-play="{escape(item["name"])}" data-every="{item["play"]}"'
    button = f'<button type="button" aria-pressed="false" {data}>Play</button>'
    return f'<div class="frozen-play">{slider}{button}</div>'


def _select(item, label, data):
    options = "".join(
        f"<option{' selected' * (place == item['at'])}>{escape(said)}</option>"
        for place, said in enumerate(item["said"])
    )
    select = f"<select {data}>{options}</select>"
    return f'<label class="frozen-select"><span>{label}</span>{select}</label>'


ELEMENTS = {"count": _count, "check": _check, "slider": _slider, "select": _select}
