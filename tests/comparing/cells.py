"""All outputs of one cell compared with the stored ones: numbers, words and pictures.

nbval has compared everything but pixels, and numbers under the patterns of tests/nbval.cfg.
"""

import re
from collections import Counter, defaultdict

from course.paths import ROOT
from tests.comparing import numbers, pictures

PATTERNS = numbers.patterns(ROOT / "tests" / "nbval.cfg")
PIXELS = re.compile(r"data:image/png;base64,[\w+/=]+")
UNTOLD = "application/vnd.jupyter.widget-view+json"  # ids of widgets are random


def faults(stored, now, computer, name):
    """What is wrong with the outputs of a cell, in sentences, and what was compared, a Counter.

    computer: a function that returns None, "processor" or "digits" as `numbers.faults` takes it.
    name: of the cell, for files of pictures that differ.
    """
    counted, found = Counter(cells=1), []
    texts, images = _texts(stored), _images(stored)
    for was, is_ in zip(texts, _texts(now)):
        counted["numbers"] += len(numbers.numbers(was))
        if was != is_:
            found += numbers.faults(was, is_, PATTERNS, computer())
    others = _images(now)
    if len(images) != len(others):
        found.append(f"stored {len(images)} pictures, now {len(others)}")
    for was, is_ in zip(images, others):
        counted["pictures"] += 1
        if wrong := pictures.faults(was, is_, computer()):
            path = pictures.keep(was, is_, name).relative_to(ROOT)
            found += [*wrong, f"both pictures, the stored one first: {path}"]
    return found, counted


def _texts(outputs):
    """Every text of some outputs, kind by kind as nbval pairs them, pixels left out."""
    kinds = defaultdict(list)
    for output in outputs:
        if "text" in output:
            kinds[output.name].append(output.text)
        for kind, text in output.get("data", {}).items():
            if isinstance(text, str) and kind != UNTOLD:
                kinds[kind].append(PIXELS.sub("", text))
    return [text for kind in sorted(kinds) for text in kinds[kind]]


def _images(outputs):
    return [image for output in outputs for image in pictures.images(output.get("data", {}))]
