"""A lab taken through its settings: each picture and each sentence kept."""

import base64
import io
import json
from pathlib import Path

import numpy as np
from PIL import Image

from course import figures
from course.live.frozen import choices, fragment, rows
from course.live.frozen.pack import Pack


def freeze(lab, folder, name, settings=None):
    """Freeze a lab: write its pictures to `folder`/`name`.js and return a `Fragment` for a page.

    lab: a Lab; it shows afterwards what it showed before.  name: letters, digits and "-", another
    for each lab of a page.  settings: dicts of values by control, in place of those of its plan.
    """
    kept, sentences, pack = _taken(lab, choices.settings(lab) if settings is None else settings)
    moving = _moving(lab, kept)
    path = Path(folder) / f"{name}.js"
    content = _content(lab, moving, kept) | {"sentences": sentences, **_packed(pack)}
    path.write_text(
        f"(window.frozenPacks ??= {{}})[{json.dumps(name)}] = {json.dumps(content)};\n",
        encoding="utf-8",
    )
    return fragment.Fragment(_look(lab, name, moving, pack.first), path)


def _taken(lab, settings):
    """Show each of the settings: those that the lab takes, the sentences, the pictures."""
    start = _now(lab)
    pack, sentences, kept = Pack(_pixels(lab)), [], []
    try:
        for setting in [start, *(start | one for one in settings)]:
            if setting not in kept and move(lab, setting):
                kept.append(setting)
                sentences.append(lab.sentence)
                pack.add(_pixels(lab))
    finally:
        move(lab, start)
    return kept, sentences, pack


def _pixels(lab):
    """The picture as it is on the page, uint8 (height, width, 4)."""
    return np.asarray(Image.open(io.BytesIO(bytes(lab.picture.value))))


def _now(lab):
    return {name: control.value for name, control in lab.frozen_controls().items()}


def move(lab, setting):
    """Show a setting of the `frozen_controls`; whether the lab takes it."""
    for _ in range(2):  # the limits of one control may follow another one
        if _now(lab) != setting:
            lab.show_frozen(**setting)
    return _now(lab) == setting


def _moving(lab, kept):
    """The values of each control that has more than one in what was kept, in their order."""
    found = {}
    for name, control in lab.frozen_controls().items():
        used = [setting[name] for setting in kept]
        order = [value for value in choices.values(control) if value in used]
        if len(order) > 1:
            found[name] = order
    return found


def _content(lab, moving, kept):
    """What the page has to know of the settings: each is the places of its values."""
    controls = lab.frozen_controls()
    return {
        "controls": list(moving),
        "words": [[choices.words(controls[one], value) for value in moving[one]] for one in moving],
        "settings": [[moving[one].index(setting[one]) for one in moving] for setting in kept],
    }


def _packed(pack):
    patches, pictures = pack.finish()
    return {"pictures": pictures, "patches": [_text(patch) for patch in patches]}


def _look(lab, name, moving, first):
    """What the fragment shows at the start, in plain data that can be stored; see `fragment`."""
    width, height = lab.picture.figure.canvas.get_width_height()
    return {
        "name": name,
        "pixels": [width, height],
        "width": round(lab.picture.figure.get_figwidth() * figures.PIXELS_PER_INCH),
        "sentence": lab.sentence,
        "note": lab.frozen_note,
        "start": _text(first),
        "rows": rows.of(lab, moving),
    }


def _text(packed):
    return base64.b64encode(packed).decode()
