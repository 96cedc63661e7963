"""A cell's Markdown as blocks, and a paragraph as sentences."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
CLOSED = re.compile(r"`[^`]+`|\$\$.+?\$\$|\$[^$]+\$|\[[^\]]+\]\([^)]+\)", re.DOTALL)
END = re.compile(r"(?<=[.?!])([*)\"”]*)\s+(?=[A-Z0-9*(\"“`\0])")
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\([^)]+\)")
KINDS = {
    "heading_open": "heading",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "math_block": "formula",
    "fence": "code",
    "code_block": "code",
}


@dataclass
class Block:
    """A part of a cell. kind: heading, paragraph, list, table, formula or code.

    source: its Markdown.  items: of a list, the Markdown of each item.  level: of a heading.
    """

    kind: str
    source: str
    items: tuple = ()
    level: int = 0

    @property
    def is_numbered(self):
        return self.source[:1].isdigit()


def blocks(markdown):
    """The blocks of a text, in order."""
    lines = markdown.splitlines()
    tokens = MARKDOWN.parse(markdown)
    return [
        _block(token, lines, _items(tokens, token, lines))
        for token in tokens
        if token.level == 0 and token.map and token.nesting >= 0
    ]


def _block(token, lines, items):
    source = "\n".join(lines[slice(*token.map)]).strip()
    kind = KINDS.get(token.type, "paragraph")
    if kind == "heading":
        return Block(kind, source.lstrip("# "), level=int(token.tag[1]))
    return Block(kind, source, items)


def _items(tokens, of, lines):
    """The Markdown of each item of a list, without its mark."""
    if not of.type.endswith("list_open"):
        return ()
    inside = [one for one in tokens if one.type == "list_item_open" and one.level == 1]
    found = [one.map for one in inside if of.map[0] <= one.map[0] < of.map[1]]
    marked = ("\n".join(lines[slice(*each)]).strip() for each in found)
    return tuple(re.sub(r"^(?:[-*+]|\d+[.)])\s+", "", one) for one in marked)


def sentences(paragraph):
    """The sentences of a paragraph, each with its marks closed. Formulas and code are not cut."""
    kept = CLOSED.findall(paragraph)
    text = CLOSED.sub("\0", " ".join(CLOSED.sub("\0", paragraph).split()))
    found, begun = [], ""
    for part in END.sub(r"\1\n", text).split("\n"):
        begun = f"{begun} {part}".strip()
        if begun.count("**") % 2 == 0 and begun.count("(") <= begun.count(")"):
            found.append(begun)
            begun = ""
    rest = iter(kept)
    return [re.sub("\0", lambda _: next(rest), one) for one in [*found, begun] if one]


def unlinked(markdown):
    """The text without its links, which lead away from a deck; their words stay."""
    return LINK.sub(r"\1", markdown)


def plain(markdown):
    """About what a reader sees of a text, to count and to measure it."""
    text = re.sub(r"\$([^$]+)\$", lambda found: _flat(found[1]), unlinked(markdown))
    return re.sub(r"[*`]", "", " ".join(text.split()))


def _flat(tex):
    """A formula in a line, without blanks: as wide as it is drawn, and one word."""
    tex = re.sub(r"\\(?:text|operatorname|mathrm)\b", "", tex)
    return re.sub(r"\\[a-zA-Z]+", "m", tex).translate(str.maketrans("", "", "{}^_\\ $&,")) or "x"


def words(markdown):
    """How many words a text has; a formula counts as one."""
    return len(plain(markdown).split())
