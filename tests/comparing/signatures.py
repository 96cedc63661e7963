"""Two signatures of a figure compared: to the digit, or within what training may change.

A signature is what `course.figures.signature_of` says; places are fractions of the axes.
"""

import math
from collections import defaultdict

from tests.comparing.numbers import NUMBER

EXACT = 2.1e-3  # of a place; a signature rounds to 1e-3, and its check to 2e-3
# How far a place, the brightness of an image or the share of a color may be from the stored one.
BANDS = {"processor": 0.4, "digits": 0.8}
SHADED = "AxesImage", "FigureImage", "image"
TEXTS = "Text", "Annotation"
# A digit may be lost, so a bar may be of any height.
BANDS_OF_BARS = {"processor": 1, "digits": 1}
# How far the limits of an axis may be, in parts of its length.
LIMITS = {"processor": 0.5, "digits": 5}


def same(stored, now, path="figure"):
    """The first place where they differ, as a sentence; None if they say the same."""
    if isinstance(stored, dict) and isinstance(now, dict) and stored.keys() == now.keys():
        return _first(same(stored[key], now[key], f"{path}, {key}") for key in stored)
    if isinstance(stored, list) and isinstance(now, list) and len(stored) == len(now):
        pairs = enumerate(zip(stored, now))
        return _first(same(*pair, f"{path} {number}") for number, pair in pairs)
    if isinstance(stored, (int, float)) and isinstance(now, (int, float)):
        close = math.isclose(stored, now, rel_tol=1e-5, abs_tol=EXACT)
        return None if close else f"{path}: stored {stored}, now {now}"
    return None if stored == now else f"{path}: stored {_short(stored)}, now {_short(now)}"


def faults(stored, now, computer):
    """What training cannot have changed, and has, in sentences.

    computer: "processor" or "digits", what was another one when the second figure was drawn.
    """
    if len(stored["axes"]) != len(now["axes"]):
        return [f"stored {len(stored['axes'])} axes, now {len(now['axes'])}"]
    found = _groups("figure", stored["artists"], now["artists"], computer)
    for number, (was, is_) in enumerate(zip(stored["axes"], now["axes"])):
        name = f"axes {number}"
        found += _words(name, was, is_)
        found += [*_axis(f"{name}, x", was["x"], is_["x"], computer)]
        found += [*_axis(f"{name}, y", was["y"], is_["y"], computer)]
        found += _groups(name, was["artists"], is_["artists"], computer)
    return found


def _first(found):
    return next((sentence for sentence in found if sentence), None)


def _short(value):
    return f"{value!r:.120}"


def masked(text):
    """A text without its numbers."""
    return NUMBER.sub("#", text)


def _words(name, stored, now):
    """The title and the legend: words, colors and styles, in their order."""
    titles = masked(stored["title"]), masked(now["title"])
    legends = [[[masked(text), *look] for text, *look in each["legend"]] for each in (stored, now)]
    pairs = ("title", *titles), ("legend", *legends)
    return [
        f"{name}: {what} stored {_short(was)}, now {_short(is_)}"
        for what, was, is_ in pairs
        if was != is_
    ]


def _axis(name, stored, now, computer):
    """Label and scale; limits within the band of the computer."""
    if stored is None or now is None:
        if stored != now:
            yield f"{name}: one of the two is not drawn"
        return
    for what in "label", "scale":
        if masked(stored[what]) != masked(now[what]):
            yield f"{name}: {what} stored {stored[what]!r}, now {now[what]!r}"
    was, is_ = (_limits(each) for each in (stored, now))
    size = abs(was[1] - was[0])
    if max(abs(a - b) for a, b in zip(was, is_)) > LIMITS[computer] * size:
        yield f"{name}: limits stored {stored['limits']}, now {now['limits']}"


def _limits(axis):
    """Limits as lengths on the page, up to a factor."""
    if axis["scale"] == "log":
        return [math.log10(limit) for limit in axis["limits"]]
    return axis["limits"]


def _groups(name, stored, now, computer):
    """Artists that look the same, beside those of the other figure that look so."""
    groups = [defaultdict(list), defaultdict(list)]
    for group, artists in zip(groups, (stored, now)):
        for artist in artists:
            words = masked(artist.get("says", ""))
            group[artist["kind"], *artist.get("look", ()), words].append(artist)
    found = []
    for key in {**groups[0], **groups[1]}:
        if key[0] in TEXTS and not any(map(str.isalpha, key[-1])):
            continue  # numbers stand where the data puts them
        pair = [group.get(key, []) for group in groups]
        if not all(pair):
            found.append(f"{name}: {_short(key)} stored {len(pair[0])}, now {len(pair[1])}")
        elif len(pair[0]) == len(pair[1]):
            found += _places(f"{name}: {_short(key)}", *pair, computer)
    return found


def _places(name, stored, now, computer):
    """Places, shades and shares of colors of artists of one group, one by one."""
    for was, is_ in zip(stored, now):
        pairs = [*zip(_fractions(was), _fractions(is_)), *_shares(was, is_)]
        far = max((abs(a - b) for a, b in pairs), default=0)
        bands = BANDS_OF_BARS if was["kind"] == "Rectangle" else BANDS
        if far > bands[computer]:
            yield f"{name}: moved by {far:.2f}"


def _fractions(artist):
    """The numbers of an artist that are fractions: not how many points, nor an image's extent."""
    if artist["kind"] in SHADED:
        return artist["at"][:8]
    return artist["at"] if artist["kind"] in (*TEXTS, "Rectangle") else artist["at"][1:]


def _shares(stored, now):
    """The shares of each color in two collections."""
    shares = stored.get("colors", {}), now.get("colors", {})
    return [[share.get(color, 0) for share in shares] for color in {**shares[0], **shares[1]}]
