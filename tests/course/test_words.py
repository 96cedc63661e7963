"""One word for one concept: the glossary of course/README.md holds on every page."""

import ast
import re
from collections import Counter

import nbformat
import pytest

from course.paths import ROOT
from tools.store_notebooks import lessons

GLOSSARY = re.findall(
    r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|$",
    (ROOT / "course" / "README.md").read_text(encoding="utf-8").partition("## One word")[2],
    re.MULTILINE,
)[1:]
SECOND_WORDS = [word for _, _, words in GLOSSARY for word in words.split(", ")]
PAGES = {
    **{path.stem: path for path in lessons()},
    **{path.parent.name: path for path in sorted(ROOT.glob("course/lesson*/questions.md"))},
}


def text_of(path):
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8")
    cells = nbformat.read(path, as_version=4).cells
    return "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def test_the_glossary_is_read():
    assert len(GLOSSARY) >= 15
    assert {"loss", "step size", "minibatch"} <= set(SECOND_WORDS)
    assert "mini-batch" in {said for said, _, _ in GLOSSARY}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_says_a_second_word(page):
    text = re.sub(r"`[^`]*`|\$[^$]*\$", "", text_of(PAGES[page]))
    found = [word for word in SECOND_WORDS if re.search(rf"\b{word}s?\b", text, re.IGNORECASE)]
    # A page may name the word that others use, in quotes or in italics, once.
    named = [word for word in found if re.search(rf'["*“]{word}s?["*”]', text, re.IGNORECASE)]
    assert set(found) <= set(named)


def test_no_class_means_two_things():
    """Every class of the house has its name to itself."""
    paths = [path for name in ("nnlib", "course") for path in (ROOT / name).rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    names = Counter(node.name for tree in trees for node in tree.body if type(node) is ast.ClassDef)
    assert [name for name, count in names.items() if count > 1] == []
