"""The words that turn a sentence into its opposite, and all that is quoted, of every page.

    python -m tests.told.claims                   what has changed since the lists were written
    python -m tests.told.claims 05 --write        the list of lesson 05 as its prose is now
    python -m tests.told.claims README.md nnlib/  of a document, and of what a folder's code says

Whether "the larger step falls faster" is true no list can tell; but a "smaller" in its place is
seen. So are two formulas that have changed places, another name in quotes and another target of a
link. The pages are the lessons, the documents, and the docstrings and messages of what students
call. Read the sentences that changed before a list is written anew. Exits with 1 if one differs.
"""

import argparse
import ast
import difflib
import re
import sys
from pathlib import Path

import nbformat

from course.paths import ROOT
from tests.told import prose
from tests.told.turning import TURNING
from tools.store_notebooks import lessons

LISTS = Path(__file__).parent / "claims"
DOCUMENTS = (
    *("README.md", "CONTRIBUTING.md", "TEACHING.md", "docs/**/*.md", "course/site/*.md"),
    *("course/README.md", "data/README.md", "notebooks/README.md"),
)
CODE = "nnlib/**/*.py", "course/lesson*/checks.py"
NAMED = r"[a-z]+\d+[a-z]*|\d+[a-z]+"  # with a figure in it: v1, 3s
CAPITALS = r"(?-i:[A-Z]{2,})"  # a gate: OR is no or
NAMES = r"(?-i:(?<=[a-z,] )[A-Z][a-z]+)"  # of people and things, inside a sentence
LETTER = r"(?-i:(?<![\w'])[b-z](?![\w']))"  # an option, a symbol
WORD = re.compile(
    rf"\b(?:{CAPITALS}|{NAMES}|{LETTER}|{'|'.join(sorted(TURNING, reverse=True))}|{NAMED})\b",
    re.IGNORECASE,
)
TOLD = re.compile(rf"{prose.NUMBER.pattern}|{WORD.pattern}", re.IGNORECASE)
LINK = re.compile(r"(?<=\]\()[^)\s]+")
COMMENT = re.compile(r"(?<!\S)#(?!#) ?(.*)")  # one in a text is taken for a comment as well
SIGNS = re.compile(r"[\w/(]* ?[−+=<>×→] [\w)]+|\w+_\w+|\d[²³]")  # a formula without dollars


def pages(starts=()):
    """The pages, as paths: all, or those whose names start so, as "05" or "nnlib/" do."""
    patterns = [*DOCUMENTS, *CODE]
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    every = [*lessons(), *sorted(found)]
    return [path for path in every if not starts or name_of(path).startswith(tuple(starts))]


def name_of(path):
    """A page's name from the project's folder, of a lesson from that of the notebooks."""
    return path.name if path.suffix == ".ipynb" else path.relative_to(ROOT).as_posix()


def of_page(path):
    """The claims of a page, as lists by the names of its parts; parts without any are left out."""
    parts = {".ipynb": of_notebook, ".md": of_document, ".py": of_code}[path.suffix](path)
    return {name: claims for name, claims in parts.items() if claims}


def of_notebook(path):
    """The claims by cell id: of Markdown, of each figure's sentence, of comments in the code."""
    return {cell.id: of_cell(cell) for cell in nbformat.read(path, as_version=4).cells}


def of_cell(cell):
    """The claims of Markdown; of a sentence its turning words and all its numbers, in order."""
    if cell.cell_type == "markdown":
        return of_text(cell.source)
    return in_order(said(cell)) + in_order(" ".join(COMMENT.findall(cell.source)))


def of_document(path):
    """The claims of a document by its headings; its numbers are told here and nowhere else."""
    parts, name, fenced = {"": []}, "", False
    for line in path.read_text(encoding="utf-8").splitlines():
        fenced ^= line.startswith("```")
        if line.startswith("#") and not fenced:
            name = "-".join(line.strip("# ").split())
            name += f"-{len(parts)}" * (name in parts)
            parts[name] = []
        parts[name].append(line)
    return {name or "top": of_text("\n".join(lines), TOLD) for name, lines in parts.items()}


def of_code(path):
    """The claims of what code says: docstrings and sentences, by function and class."""
    return of_definition(ast.parse(path.read_text(encoding="utf-8")))


def of_definition(node, name=""):
    """The claims of a module, a class or a function, and of those that stand in it.

    What a function defines inside belongs to it.  Of an f-string it is the words between values.
    """
    kinds = () if isinstance(node, ast.FunctionDef) else (ast.FunctionDef, ast.ClassDef)
    parts = [one for one in node.body if isinstance(one, kinds)]
    docstring = ast.get_docstring(node)
    rest = [one for one in node.body[bool(docstring) :] if one not in parts]
    texts = [text.value for one in rest for text in ast.walk(one) if isinstance(text, ast.Constant)]
    sentences = " ".join(text for text in texts if isinstance(text, str) and " " in text)
    found = {name or "module": of_text(docstring or "", TOLD) + in_order(sentences)}
    for one in parts:
        found |= of_definition(one, f"{name}.{one.name}".strip("."))
    return found


def in_order(text):
    """The turning words and numbers of a text."""
    return [found[0].lower() for found in TOLD.finditer(text)]


def said(cell):
    """The sentences of the pictures that a figure cell stores."""
    if "figure" not in cell.metadata.get("tags", []):
        return ""
    return " ".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def of_text(source, words=WORD):
    """The claims of a Markdown text: its turning words, then formulas, code, commands and links.

    words: the pattern of those; with TOLD they are the numbers as well.
    """
    page = prose.of_text(source)
    formulas = [*SIGNS.findall(page.plain), *page.formulas, *page.code, *page.fenced]
    quoted = ["".join(one.split()) for one in formulas]
    found = [match[0] for match in words.finditer(page.plain)]
    turning = [word if word.isupper() else word.lower() for word in found]
    return turning + quoted + LINK.findall(source)


def list_of(path):
    """The file that has the claims of a page."""
    if path.suffix == ".ipynb":
        return LISTS / f"{path.name[:2]}.txt"
    return LISTS / f"{name_of(path).replace('/', '-')}.txt"


def listed(path):
    """What the list of a page says, in the form of `of_page`."""
    lines = list_of(path).read_text(encoding="utf-8").splitlines()
    return {name: words for name, *words in map(str.split, lines)}


def write(path):
    """Write the list of a page as it is now."""
    lines = [" ".join([name, *words]) for name, words in of_page(path).items()]
    list_of(path).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


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
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="starts of their names (all)")
    parser.add_argument("--write", action="store_true", help="write the lists anew")
    options = parser.parse_args()
    differ = False
    for path in pages(options.pages):
        if options.write:
            write(path)
        changed = changes(listed(path), of_page(path))
        print(name_of(path), *changed, sep="\n    ")
        differ = differ or bool(changed)
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
