"""What stands on a slide, as HTML, with the room that it takes.

Room is counted in pixels of a slide of 1280 x 720, a little more than is needed; a test in the
browser measures every slide of every deck.
"""

import html
import math
import re
from dataclasses import dataclass

import pygments
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course.site import markup
from course.teach.slides.texts import plain, unlinked, words

WIDTH, HEIGHT = 1168, 560  # of a slide below its title
LETTER, LINE = 16.4, 48  # of running text, 36 px high
CODE_LETTER, CODE_LINE, CODE_LINE_LARGE = 13.3, 29, 36  # of code, 22 or 28 px high
MOST_LINES, LONGEST = 18, 84  # of code or of what it prints: lines, and letters of a line
MOST_LARGE, LONGEST_LARGE = 9, 66
GAP = 22
MOST_WORDS, MOST_ITEMS = 50, 6  # of one list
READ = {"text", "options"}  # kinds of pieces that may be larger
FRAME = re.compile(r' style="max-width: \d+px"')


@dataclass
class SlidePart:
    """A part of a slide. words: of running text, 0 for code, formulas and tables."""

    html: str
    height: int
    words: int = 0
    kind: str = "text"


def text(markdown, kind="text"):
    """A paragraph."""
    made = f'<p class="{kind}">{markup.inline(unlinked(markdown))}</p>'
    return SlidePart(made, _lines(plain(markdown)) * LINE + GAP, words(markdown))


def _lines(line, width=WIDTH, letter=LETTER):
    """How many lines a text takes."""
    return max(1, math.ceil(len(line) * letter / width))


def listed(found, is_numbered=False):
    """A list of items in Markdown, parted so that each piece fits on a slide."""
    made, begun, first = [], [], 1
    for item in found:
        if begun and (words(" ".join([*begun, item])) > MOST_WORDS or len(begun) == MOST_ITEMS):
            made.append(_items(begun, first if is_numbered else 0))
            first, begun = first + len(begun), []
        begun.append(item)
    return [*made, _items(begun, first if is_numbered else 0)] if begun else made


def _items(found, first):
    """One list; first: the number that it begins with, 0 for bullets."""
    inner = "".join(f"<li>{markup.inline(unlinked(item))}</li>" for item in found)
    height = sum(_lines(plain(item), WIDTH - 48) * LINE + 14 for item in found)
    made = f'<ol start="{first}">{inner}</ol>' if first else f"<ul>{inner}</ul>"
    return SlidePart(made, height + GAP, sum(map(words, found)))


def options(found):
    """The options of a question, with their letters."""
    letters = zip("abcdefghijklmnopqrstuvwxyz", found)
    inner = "".join(
        f"<li><b>{letter}</b><span>{markup.inline(text)}</span></li>" for letter, text in letters
    )
    height = sum(_lines(plain(text), WIDTH - 90) * LINE + 18 for text in found)
    return SlidePart(f'<ul class="options">{inner}</ul>', height, 0, "options")


def whole(block):
    """The pieces of a block with nothing left out."""
    makers = {"formula": formula, "code": _fenced, "paragraph": text}
    if block.kind == "list":
        return listed(block.items, block.is_numbered)
    if block.kind == "table":
        return table(block.source)
    return [makers[block.kind](block.source)]


def _fenced(source):
    return code(source.strip("`").removeprefix("python"))


def drawn(output):
    """A picture or a frozen lab, or None if an output is neither."""
    shown = output.get("data", {}).get("text/html", "")
    if "data-frozen" in shown:
        return SlidePart(FRAME.sub("", shown), HEIGHT, 0, "lab")
    if not shown.startswith("<img"):
        return None
    sentence = html.escape(output.data["text/plain"])
    caption = f"<figcaption>{sentence}</figcaption>" if words(sentence) <= 34 else ""
    image = re.sub(r' (width|style)="[^"]*"', "", shown)
    return SlidePart(f"<figure>{image}{caption}</figure>", HEIGHT, 0, "picture")


def formula(source):
    """A displayed formula."""
    rows = 1 + source.count("\\\\")
    tall = 64 if re.search(r"\\frac|\\sum|\\tfrac|\\overline", source) else 0
    return SlidePart(markup.block(source), rows * (56 + tall) + 44, kind="formula")


def table(source):
    """A table in Markdown, parted so that each piece fits on a slide."""
    return _tables(markup.block(unlinked(source)), "", 14, 40)


def data(source):
    """A table of numbers that a cell shows, as HTML; its letters are as small as those of code."""
    return _tables(source, "data", 11.5, 29)


def _tables(source, kind, letter, line):
    """Pieces of a table, each with its head. letter, line: width and height of its letters."""
    head, *rows = re.findall(r"<tr>.*?</tr>", source, re.DOTALL)
    wide = [max(map(len, column)) + 2 for column in zip(*map(_cells, [head, *rows]))]
    high = [_row_height(row, wide, letter, line) for row in [head, *rows]]
    made, begun, height = [], [], high[0]
    for row, more in zip(rows, high[1:]):
        if begun and height + more > HEIGHT - GAP:
            made.append(_table(kind, head, begun, height))
            begun, height = [], high[0]
        begun.append(row)
        height += more
    return [*made, _table(kind, head, begun, height)]


def _cells(row):
    """The texts of a row."""
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
    return [plain(html.unescape(re.sub(r"<[^>]+>|\\[()]", "", cell))) for cell in cells]


def _row_height(row, wide, letter, line):
    """The height of a row whose columns share the width in proportion to their longest text."""
    rooms = [max(each * min(1, WIDTH / letter / sum(wide)), 8) for each in wide]
    lines = [math.ceil((len(cell) + 2) / room) for cell, room in zip(_cells(row), rooms)]
    return max(lines) * line + 12


def _table(kind, head, rows, height):
    made = f"<table><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"
    return SlidePart(f'<div class="{kind}">{made}</div>', height + GAP, 0, "table")


def code(source):
    """Python in colors; only the first lines of what is very long."""
    lines = re.sub(r"\n{3,}", "\n\n", source).splitlines()
    shown = _cut("\n".join(map(_narrow, lines)))
    colored = pygments.highlight(shown, PythonLexer(), HtmlFormatter(nowrap=True))
    return _typed("highlight", shown, colored)


def _narrow(line):
    """A long line with its remark on a line above."""
    found = re.fullmatch(r"( *)(\S.*?)  (# .*)", line)
    if not found or len(line) <= LONGEST:
        return line
    return f"{found[1]}{found[3]}\n{found[1]}{found[2]}"


def output(printed):
    """What a cell prints."""
    shown = _cut(printed)
    return _typed("output", shown, html.escape(shown))


def _typed(kind, shown, made):
    """Code or output: large if that leaves its lines as they are."""
    lines = shown.splitlines()
    is_large = len(lines) <= MOST_LARGE and max(map(len, lines), default=0) <= LONGEST_LARGE
    high = CODE_LINE_LARGE if is_large else CODE_LINE
    count = sum(_lines(line, WIDTH - 40, CODE_LETTER) for line in lines)
    size = f"{kind} large" if is_large else kind
    return SlidePart(f'<pre class="{size}">{made}</pre>', count * high + 24 + GAP, 0, "code")


def _cut(printed):
    lines = printed.strip("\n").splitlines()
    return "\n".join(lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], "..."])
