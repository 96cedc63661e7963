"""The Markdown of a lesson taken apart: formulas, quoted code, tables, the numbers in between."""

import re
from dataclasses import dataclass, field

import nbformat

COUNTED = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
WORDS = {word: number for number, word in enumerate(COUNTED.split(), 2)} | {
    **{"zero": 0, "none": 0, "half": 0.5, "halves": 0.5, "halved": 0.5, "quarter": 0.25},
    **{
        "third": 1 / 3,
        "twice": 2,
        "doubles": 2,
        "doubled": 2,
        "thrice": 3,
        "tens": 10,
        "dozen": 12,
    },
    **{"sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "hundreds": 100},
    **{"thousand": 1000, "thousands": 1000, "million": 1_000_000, "millions": 1_000_000},
}
NUMBER = re.compile(
    r"(?:(?<=[\s(\[|*])[-−])?(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?!\d)(?:e[-+]?\d+)?"
    rf"|\b(?:{'|'.join(WORDS)})\b",
    re.IGNORECASE,
)
FENCED = re.compile(  # or indented by four
    r"^```\w*\n(.*?)^```|((?:^ {4}[^\n]*\n?)+)", re.MULTILINE | re.DOTALL
)
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$\n]+?)\$", re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
TABLE = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
TARGET = re.compile(r"(?<=\])\([^)\s]+\)|<[^>\n]+>")  # of a link or image; a tag
LINK = re.compile(r"\[(?:[Ll]esson )?(\d\d)\]\(([^)]+)\)")  # to another lesson
BARE = re.compile(r"\\?[A-Za-z]+(?:_\{?[A-Za-z]+\}?)?")  # one symbol, with an index perhaps


@dataclass
class Prose:
    """All Markdown cells of a lesson as one text, and what was found in it.

    text: spaces and line ends are one space.  plain: the same with everything that is no prose
    blanked, so that places agree.  fenced, formulas, code: what stood there, in order.  tables: a
    list of rows, each a list of cells, for every table.
    """

    text: str
    plain: str = ""
    fenced: list = field(default_factory=list)
    formulas: list = field(default_factory=list)
    code: list = field(default_factory=list)
    tables: list = field(default_factory=list)

    def numbers(self):
        """(place, text) of every number in the prose."""
        return [(found.start(), found[0]) for found in NUMBER.finditer(self.plain)]

    def around(self, place):
        """The words around a place, for messages."""
        return self.text[max(place - 50, 0) : place + 50]


def of_lesson(path):
    """The `Prose` of a notebook."""
    cells = nbformat.read(path, as_version=4).cells
    return of_text("\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown"))


def of_text(source):
    """The `Prose` of Markdown."""
    found = Prose("")
    found.tables = [rows(table) for table in TABLE.findall(source)]
    source = take(FENCED, source, found.fenced)
    found.text = one_line(source)
    rest = take(FORMULA, found.text, found.formulas)
    rest = take(CODE, rest, found.code)
    found.plain = TARGET.sub(blanks, rest)
    return found


def take(pattern, text, found):
    """The text with what the pattern finds blanked; its groups are appended to `found`."""
    found += [next(filter(None, match.groups())).strip() for match in pattern.finditer(text)]
    return pattern.sub(blanks, text)


def blanks(match):
    return " " * len(match[0])


def rows(table):
    """The cells of a Markdown table, its line of dashes left out."""
    split = [re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in table.splitlines()]
    cells = [[cell.strip() for cell in row] for row in split]
    return [row for row in cells if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]


def one_line(text):
    return " ".join(text.split())


def is_bare(formula):
    """Whether a formula is a symbol alone, which says nothing that could be false."""
    return bool(BARE.fullmatch(formula))


def value(text):
    """The number that a text of `NUMBER` stands for, and half a unit of its last digit."""
    if text.lower() in WORDS:
        return WORDS[text.lower()], 0.005
    plain = text.replace(",", "").replace("−", "-")
    digits, _, power = plain.partition("e")
    decimals = len(digits.partition(".")[2])
    return float(plain), 0.5 * 10.0 ** (int(power or 0) - decimals)
