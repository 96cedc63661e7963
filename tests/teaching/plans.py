"""The plans for a class, read as data: their parts, tables, questions and quiz."""

import re
from dataclasses import dataclass
from functools import cached_property

from course.paths import ROOT

PLANS = sorted((ROOT / "docs" / "teaching").glob("[0-9][0-9].md"))
ITEM = re.compile(r"^\d+\. (.*?)(?=^\d+\. |\Z)", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"^   - ([a-e])\) (.+)$", re.MULTILINE)
RIGHT = re.compile(r"\*\*([a-e])\*\*: \S")
WRONG = re.compile(r"^   - ([a-e]): \S", re.MULTILINE)


def parts(text, level=2):
    """The text under each heading of a level, by heading."""
    found = re.split(rf"^{'#' * level} (.+)$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2]))


def rows(text):
    """The rows of the one table in a text, each a list of its cells, without its heading."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def named(text):
    """What stands in italics: sections of the lesson, where a table has a column for them."""
    return re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", text)


def code(text):
    """What stands in code spans."""
    return re.findall(r"`([^`]+)`", text)


@dataclass(frozen=True)
class Item:
    """One quiz question: its options by letter, the right letter, and the letters explained."""

    options: dict
    right: str
    explained: set


@dataclass(frozen=True)
class Plan:
    """One plan for a class: number is that of its lesson, text all of its Markdown."""

    number: str
    text: str

    @cached_property
    def parts(self):
        """The text under each heading of the second level, by heading."""
        return parts(self.text)

    def part(self, heading):
        """The text under a heading of the second level; a KeyError names what is missing."""
        return self.parts[heading]

    @property
    def classes(self):
        """The rows of each table of 45 minutes."""
        return [rows(text) for name, text in self.parts.items() if name.endswith("45 minutes")]

    @property
    def labs(self):
        """Rows (lab, settings, what it says, what to ask) of the table of labs."""
        return rows(self.part("In the labs"))

    @property
    def quiz(self):
        """The Items of the quiz with their key."""
        text, key = self.part("Quiz").split("### Key")
        asked, answered = ([found[0] for found in ITEM.finditer(one)] for one in (text, key))
        return [_item(*pair) for pair in zip(asked, answered, strict=True)]


def _item(asked, answered):
    (right,) = RIGHT.findall(answered)
    return Item(dict(OPTION.findall(asked)), right, set(WRONG.findall(answered)))


def read(path):
    """The Plan in a file."""
    return Plan(path.stem, path.read_text(encoding="utf-8"))
