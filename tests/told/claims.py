"""The words of the prose that turn a sentence into its opposite, and all that it quotes, by cell.

    python -m tests.told.claims            what has changed since the lists were written
    python -m tests.told.claims 05 --write the list of lesson 05 as its prose is now

Whether "the larger step falls faster" is true no list can tell; but a "smaller" in its place is
seen. So are two formulas that have changed places, another name in quotes and another target of a
link. Read the sentences that changed before a list is written anew. Exits with 1 if one differs.
"""

import argparse
import difflib
import re
import sys
from pathlib import Path

import nbformat

from tests.told import prose
from tests.told.turning import TURNING
from tools.store_notebooks import lessons

LISTS = Path(__file__).parent / "claims"
NAMED = r"[a-z]+\d+[a-z]*|\d+[a-z]+"  # with a figure in it: v1, 3s
CAPITALS = r"(?-i:[A-Z]{2,})"  # a gate: OR is no or
NAMES = r"(?-i:(?<=[a-z,] )[A-Z][a-z]+)"  # of people and things, inside a sentence
WORD = re.compile(rf"\b(?:{CAPITALS}|{NAMES}|{'|'.join(sorted(TURNING))}|{NAMED})\b", re.IGNORECASE)
TOLD = re.compile(rf"{prose.NUMBER.pattern}|{WORD.pattern}", re.IGNORECASE)
LINK = re.compile(r"(?<=\]\()[^)\s]+")
SIGNS = re.compile(r"[\w/(]* ?[−+=<>×→] [\w)]+|\w+_\w+|\d[²³]")  # a formula without dollars


def of_notebook(path):
    """The claims of each Markdown cell and of each figure's sentence, as lists by cell id."""
    cells = nbformat.read(path, as_version=4).cells
    return {cell.id: of_cell(cell) for cell in cells if cell.cell_type == "markdown" or said(cell)}


def of_cell(cell):
    """The claims of Markdown; of a sentence its turning words and all its numbers, in order."""
    if cell.cell_type == "markdown":
        return of_text(cell.source)
    return [found[0].lower() for found in TOLD.finditer(said(cell))]


def said(cell):
    """The sentences of the pictures that a figure cell stores."""
    if "figure" not in cell.metadata.get("tags", []):
        return ""
    return " ".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def of_text(source):
    """The claims of a Markdown text: its turning words, then its formulas, code and links."""
    page = prose.of_text(source)
    formulas = [*SIGNS.findall(page.plain), *page.formulas, *page.code]
    quoted = ["".join(one.split()) for one in formulas]
    turning = [word if word.isupper() else word.lower() for word in WORD.findall(page.plain)]
    return turning + quoted + LINK.findall(source)


def list_of(path):
    """The file that has the claims of a notebook."""
    return LISTS / f"{path.name[:2]}.txt"


def listed(path):
    """What the list of a notebook says, in the form of `of_notebook`."""
    lines = list_of(path).read_text(encoding="utf-8").splitlines()
    return {name: words for name, *words in map(str.split, lines)}


def write(path):
    """Write the list of a notebook as its prose is now."""
    lines = [" ".join([name, *words]) for name, words in of_notebook(path).items()]
    list_of(path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def changes(before, now):
    """For each cell whose claims are others, its id with the words that went (-) and came (+)."""
    cells = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    return [" ".join([name, *between(before.get(name, []), now.get(name, []))]) for name in cells]


def between(before, now):
    return [word.replace(" ", "") for word in difflib.ndiff(before, now) if word[0] in "+-"]


def main():
    """Tell what differs, or write the lists anew."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("notebooks", nargs="*", metavar="NN", help="starts of their names (all)")
    parser.add_argument("--write", action="store_true", help="write the lists anew")
    options = parser.parse_args()
    differ = False
    for path in lessons(options.notebooks):
        if options.write:
            write(path)
        changed = changes(listed(path), of_notebook(path))
        print(path.stem, *changed, sep="\n    ")
        differ = differ or bool(changed)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
