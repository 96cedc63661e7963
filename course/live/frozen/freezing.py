"""A lab taken through its settings: each picture and each sentence kept."""

import json
from pathlib import Path

import numpy as np

from course.live.frozen import choices, fragment, pack


def freeze(lab, folder, name, settings=None):
    """Freeze a lab: write its pictures to `folder`/`name`.js and return a `Fragment` for a page.

    lab: a Lab; it is left as it was found.  name: letters, digits and "-"; one on its page.
    settings: dicts of values by control, instead of those of the lab's own plan.
    """
    start = lab.settings
    wanted = choices.settings(lab) if settings is None else [start, *settings]
    first = _pixels(lab)
    kept, pictures, sentences = [], pack.Pack(first), []
    try:
        for setting in wanted:
            if _moved(lab, setting) and setting not in kept:
                kept.append(setting)
                pictures.add(_pixels(lab))
                sentences.append(lab.sentence)
    finally:
        _moved(lab, start)
    moving = _moving(lab, kept)
    path = Path(folder) / f"{name}.js"
    words = [[choices.words(lab.controls[one], value) for value in moving[one]] for one in moving]
    content = _content(moving, words, kept, sentences, pictures.finish())
    path.write_text(_script(name, content), encoding="utf-8")
    html = fragment.write(name, lab, moving, pack.webp(first))
    return fragment.Fragment(html, lab.sentence, path)


def _moved(lab, setting):
    """Whether the lab shows a setting, once it was asked to and is done."""
    lab.choose(**{name: value for name, value in setting.items() if lab.settings[name] != value})
    if hasattr(lab, "job"):
        lab.job.wait()
    return lab.settings == setting


def _pixels(lab):
    """A copy of the picture as it is shown, (height, width, 3)."""
    return np.array(lab.picture.figure.canvas.buffer_rgba())[..., :3].copy()


def _moving(lab, kept):
    """The values of each control that has more than one in what was kept, in their order."""
    found = {}
    for name, control in lab.controls.items():
        used = [setting[name] for setting in kept]
        values = [value for value in choices.values(control) if value in used]
        if len(values) > 1:
            found[name] = values
    return found


def _content(moving, words, kept, sentences, packed):
    """What the page has to know; settings are numbers of values, in the order of the controls."""
    patches, pictures = packed
    return {
        "controls": list(moving),
        "words": words,
        "settings": [[moving[one].index(setting[one]) for one in moving] for setting in kept],
        "sentences": sentences,
        "pictures": pictures,
        "patches": [pack.text(patch) for patch in patches],
    }


def _script(name, content):
    """The pack as a script, which a page may load from the disk as well."""
    return f"(window.frozenPacks ??= {{}})[{json.dumps(name)}] = {json.dumps(content)};\n"
