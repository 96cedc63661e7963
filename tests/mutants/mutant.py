"""A mutant: a file, the kind of its fault, and the edits that plant it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WIDTH = 150  # characters of a line in a list


@dataclass(frozen=True)
class Edit:
    """Characters start to end of a text become new.

    part: the way to the text in the JSON of a notebook, as ("cells", 3, "source"); empty for the
    text of the whole file.
    """

    start: int
    end: int
    new: str
    part: tuple = ()


@dataclass(frozen=True)
class Mutant:
    """One fault. path: of the file, from the folder of the course, with slashes."""

    path: str
    kind: str
    edits: tuple

    def planted(self, text):
        """The text of the file with the fault."""
        if not self.edits[0].part:
            return edited(text, self.edits)
        notebook = json.loads(text)
        for part in dict.fromkeys(edit.part for edit in self.edits):
            edits = [edit for edit in self.edits if edit.part == part]
            put(notebook, part, edited(got(notebook, part), edits))
        return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"

    def changes(self, text):
        """Pairs (place, line as it was, line as it is with the fault), of the lines that differ."""
        found = []
        for part in dict.fromkeys(edit.part for edit in self.edits):
            before = got(json.loads(text), part) if part else text
            after = edited(before, [edit for edit in self.edits if edit.part == part])
            found += differing(".".join(map(str, part[1:])), before, after)
        return found

    def key(self, text):
        """What names the mutant while lines move: the lines that differ, in short."""
        return tuple((was.strip(), now.strip()) for _, was, now in self.changes(text))


def edited(text, edits):
    """The text with the edits, which do not overlap."""
    for edit in sorted(edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def differing(place, before, after):
    """The lines that differ; of lines that are many more only the first ones."""
    was, now = before.splitlines() or [""], after.splitlines() or [""]
    same = next((n for n, pair in enumerate(zip(was, now)) if pair[0] != pair[1]), 0)
    if len(was) != len(now):
        return [(f"{place}:{same + 1}", was[same], now[min(same, len(now) - 1)])]
    pairs = enumerate(zip(was, now), start=1)
    return [(f"{place}:{n}", *cut(*pair)) for n, pair in pairs if pair[0] != pair[1]]


def cut(was, now):
    """Two long lines from shortly before they differ."""
    if max(len(was), len(now)) <= WIDTH:
        return was, now
    first = next((n for n, (a, b) in enumerate(zip(was, now)) if a != b), 0)
    begin = max(0, first - WIDTH // 2)
    return was[begin : begin + WIDTH], now[begin : begin + WIDTH]


def got(notebook, part):
    """A text of a notebook, joined."""
    value = notebook
    for step in part:
        value = value[step]
    return value if isinstance(value, str) else "".join(value)


def put(notebook, part, text):
    """Set a text of a notebook, in the form that it had."""
    *way, last = part
    for step in way:
        notebook = notebook[step]
    notebook[last] = text if isinstance(notebook[last], str) else text.splitlines(keepends=True)


@cache
def read(path):
    """The text of a file of the course."""
    return Path(path).read_text(encoding="utf-8")
