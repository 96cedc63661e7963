"""Numbers that a pattern of tests/nbval.cfg covers, compared within the band of the pattern.

Each pattern has two bands: for another processor with the stored data set, and for another set.

    odds 1.4        a percent p may differ by 1.4 p (1 - p), and by one point beside that
    within 9        each number may differ by so much
    ratio 0.5       each number may differ by half of the larger one
    members 2       a list of numbers may be longer or shorter by so many
    any             only the words are compared
"""

import configparser
import re
from dataclasses import dataclass

NUMBER = re.compile(r"(?:(?<!\w)[-−])?(?:\d[\d,]*\d|\d)(?:\.\d+)?")
ROUNDING = 1  # point, of percents that are whole


@dataclass(frozen=True)
class Pattern:
    """One section of the file: what it covers, what nbval replaces it by, and its bands."""

    name: str
    regex: str
    replace: str
    processor: str
    digits: str


def patterns(path):
    """The patterns of a file that have bands, in its order."""
    parser = configparser.RawConfigParser()
    parser.read(path, encoding="utf-8")
    sections = [parser[name] for name in parser.sections() if "other processor" in parser[name]]
    keys = "regex", "replace", "other processor", "other digits"
    return [Pattern(section.name, *(section[key] for key in keys)) for section in sections]


def numbers(text):
    """All numbers in a text, thousands with or without a comma."""
    return [float(found.replace(",", "").replace("−", "-")) for found in NUMBER.findall(text)]


def faults(stored, now, known, computer):
    """What is wrong with a text, in sentences, with the stored one beside it.

    computer: None if it computes as the one that stored; "processor" or "digits" if another
    processor or another set of digits did.  The words around the numbers have been compared.
    """
    if computer is None:
        return [] if stored == now else [_first_difference(stored, now)]
    found = []
    for pattern in known:
        pair = [[each[0] for each in re.finditer(pattern.regex, text)] for text in (stored, now)]
        if len(pair[0]) != len(pair[1]):
            found.append(f"{pattern.name}: stored {pair[0]}, now {pair[1]}")
        band = getattr(pattern, computer)
        found += [
            f"{pattern.name}: stored {was!r}, now {is_!r}, which is not {band!r}"
            for was, is_ in zip(*pair)
            if not inside(band, numbers(was), numbers(is_))
        ]
        stored, now = (re.sub(pattern.regex, pattern.replace, text) for text in (stored, now))
    return found


def inside(band, stored, now):
    """Whether numbers are within a band of the stored ones."""
    kind, _, size = band.partition(" ")
    if kind == "any":
        return True
    if kind == "members":
        return abs(len(stored) - len(now)) <= float(size)
    allowed = {"odds": _odds, "within": _within, "ratio": _ratio}[kind]
    close = [abs(a - b) <= allowed(float(size), a, b) + 1e-9 for a, b in zip(stored, now)]
    return len(stored) == len(now) and all(close)


def _odds(size, a, b):
    spread = max(p * (100 - p) / 100 for p in (a, b))
    return ROUNDING + size * max(spread, 0)


def _within(size, a, b):
    return size


def _ratio(size, a, b):
    return size * max(a, b)


def _first_difference(stored, now):
    """The first line that differs, as it was and as it is."""
    lines = stored.splitlines(), now.splitlines()
    was, is_ = next((pair for pair in zip(*lines) if pair[0] != pair[1]), ("the end", "more"))
    return f"stored {_around(was, is_)!r}, now {_around(is_, was)!r}"


def _around(line, other, width=80):
    """A part of a line that has the first letter in which it differs from another."""
    same = [a == b for a, b in zip(line, other)]
    at = same.index(False) if False in same else min(len(line), len(other))
    return line[max(0, at - width // 2) : at + width // 2]
