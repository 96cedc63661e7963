"""Faults in prose and formulas, for pages and questions alike."""

import re
from itertools import pairwise

from tests.mutants.mutant import Edit

# A number that says something: not one of a name (w1, 04_gradient), of an address or of a tag.
NUMBER = re.compile(r"(?<![\w.,/#=-])\d[\d,]*(?:\.\d+)?(?![\w/])(?!\.\d)")
FORMULA = re.compile(r"\$\$.+?\$\$|(?<![\\$])\$[^$\n]+?\$(?!\$)", re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]{4,})`(?!`)")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_SAID = re.compile(r"\]\([^)]*\)|<[^>]+>|https?://\S+|[Ll]essons? \d\d|\d+ min(?:utes?)?\b")
LESSON = re.compile(r"(?<=[Ll]esson )\d\d")
LINK = re.compile(r"(?<=\]\()[^)\s]+(?=\))")
MINUTES = re.compile(r"\d+(?= min(?:utes?)?\b)")
MARKS = re.compile(r"^(?:# \d\d| *\d+\.(?= ))", re.MULTILINE)  # of a title, of an item in a list
CONTRARY = [
    *(("more", "fewer"), ("larger", "smaller"), ("higher", "lower"), ("above", "below")),
    *(("left", "right"), ("rises", "falls"), ("grows", "shrinks"), ("largest", "smallest")),
    *(("first", "last"), ("rows", "columns"), ("row", "column"), ("always", "never")),
    *(("faster", "slower"), ("positive", "negative"), ("uphill", "downhill"), ("before", "after")),
    *(("better", "worse"), ("most", "fewest"), ("too high", "too low"), ("input", "output")),
    *(("inputs", "outputs"), ("weights", "biases"), ("training", "test"), ("black", "white")),
    *(("steep", "flat"), ("even", "odd"), ("true", "false"), ("blue", "orange")),
    *(("validation", "training"), ("rows", "columns"), ("minimum", "maximum"), ("twice", "half")),
]


def hidden(text):
    """The text with formulas, code, addresses and tags as blanks: what is left is prose."""
    for pattern in (BLOCK, FORMULA, CODE, NOT_SAID):
        text = pattern.sub(lambda found: re.sub(r"\S", " ", found[0]), text)
    return text


def numbers(text):
    """Numbers of prose changed; none of a formula, of code, or of the name of a lesson."""
    prose = MARKS.sub(lambda found: " " * len(found[0]), hidden(text))
    yield from all_numbers(prose)


def all_numbers(text):
    """Numbers changed as a person slips: digits swapped, a factor of ten, one more."""
    for found in NUMBER.finditer(text):
        yield from (Edit(*found.span(), new) for new in slips(found[0]))


def slips(number):
    digits = [n for n, letter in enumerate(number) if letter.isdigit()]
    for one, other in pairwise(digits):
        if number[one] != number[other] and not (one == 0 and number[other] == "0"):
            letters = list(number)
            letters[one], letters[other] = letters[other], letters[one]
            yield "".join(letters)
            break
    plain = number.replace(",", "")
    yield number + "0" if "." not in number else f"{10 * float(plain):g}"
    last = digits[-1]
    yield number[:last] + str((int(number[last]) + 1) % 10) + number[last + 1 :]


def formulas(text):
    """A sign, an index or an exponent of a formula changed."""
    for found in FORMULA.finditer(text):
        yield from (shifted(each, found.start()) for each in formula_faults(found[0]))


def shifted(edit, by):
    return Edit(edit.start + by, edit.end + by, edit.new)


def formula_faults(formula):
    for found in re.finditer(r"(?<=[\w)}\] ])[+-](?=[\w\\( ])", formula):
        yield Edit(*found.span(), {"+": "-", "-": "+"}[found[0]])
    for found in re.finditer(r"(?<=[_{,])([jkil])(?=[\s,}$^)]|\b)", formula):
        other = {"j": "k", "k": "j", "i": "j", "l": "k"}[found[0]]
        yield Edit(*found.span(), other)
    for found in re.finditer(r"(?<![\w.])\d+(?![\w.])", formula):
        yield Edit(*found.span(), str(int(found[0]) + 1))
    for found in re.finditer(r"\\(sum|partial|frac|sigma|delta|eta|leq|geq|nabla)\b", formula):
        swap = {"leq": r"\geq", "geq": r"\leq"}.get(found[1])
        if swap:
            yield Edit(*found.span(), swap)
    for found in re.finditer(r"\\frac\{([^{}]+)\}\{([^{}]+)\}", formula):
        if found[1] != found[2]:
            yield Edit(*found.span(), rf"\frac{{{found[2]}}}{{{found[1]}}}")
    for found in re.finditer(r"\^T|\^\\top|\\cdot|'", formula):
        if found[0] != r"\cdot":
            yield Edit(*found.span(), "")


def cells_of_tables(text):
    """A cell of a Markdown table exchanged with the one below it."""
    rows = [(m.start(), m[0]) for m in re.finditer(r"^\|.*\|$", text, re.MULTILINE)]
    body = [(begin, row) for begin, row in rows if not re.fullmatch(r"[|:\- ]+", row)]
    for (begin, row), (below, other) in pairwise(body[1:]):
        if below != begin + len(row) + 1:
            continue
        for one, two in zip(cells(begin, row), cells(below, other)):
            if one[2] != two[2]:
                yield Edit(*one[:2], two[2]), Edit(*two[:2], one[2])


def cells(begin, row):
    """(start, end, text) of each cell of a row."""
    return [
        (begin + m.start(), begin + m.end(), m[0]) for m in re.finditer(r"(?<=\|)[^|]+(?=\|)", row)
    ]


def contraries(text):
    """A word exchanged for its contrary."""
    prose = hidden(text)
    for one, other in {*CONTRARY, *((b, a) for a, b in CONTRARY)}:
        for found in re.finditer(rf"(?<![\w*-]){one}(?![\w*-])", prose):
            yield Edit(*found.span(), other)


def code_in_prose(text):
    """Code between backticks with another number, another sign or another name."""
    for found in CODE.finditer(text):
        for each in re.finditer(r"(?<![\w.])\d+(?:\.\d+)?", found[1]):
            new = f"{2 * float(each[0]):g}" if float(each[0]) else "1"
            yield shifted(Edit(*each.span(), new), found.start(1))
        for each in re.finditer(r" ([+*/@-]|==|<|>) ", found[1]):
            new = {"+": "-", "-": "+", "*": "/", "/": "*", "@": "*"}.get(each[1], "!=")
            yield shifted(Edit(*each.span(1), new), found.start(1))
        for each in re.finditer(r"\b([a-z]+_?[a-z]{3,})\b(?=\(|\.|$)", found[1]):
            yield shifted(Edit(*each.span(1), each[1][:-1]), found.start(1))


def lessons(text):
    """The lesson that is named is another one."""
    for found in LESSON.finditer(text):
        yield Edit(*found.span(), f"{(int(found[0]) + 1) % 12:02}")


def links(text):
    """A link leads to another lesson, or nowhere."""
    for found in LINK.finditer(text):
        if found[0].startswith("http"):
            continue
        number = re.match(r"\d\d", found[0])
        new = f"{(int(number[0]) + 1) % 12:02}{found[0][2:]}" if number else found[0] + "x"
        yield Edit(*found.span(), new)


def minutes(text):
    """Another number of minutes."""
    for found in MINUTES.finditer(text):
        yield Edit(*found.span(), str(int(found[0]) + 2))
