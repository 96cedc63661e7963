"""The pages around the lessons: what each is for, and the words that they use."""

import re
from pathlib import Path

from course.paths import LESSONS, ROOT

HERE = Path(__file__).parent

ROW = re.compile(r"\| \[(?P<title>[^\]]+)\]\((?P<file>[^)]+)\) \|(?P<cells>.*)\|")
WORD = re.compile(r"\| (?P<say>[^|]+) \| (?P<meaning>[^|]+) \|(?P<others>[^|]*)\|")
INDEX = """\
# Neural networks, from one neuron to your own handwriting

Twelve lessons for everyone who wants to really understand a neural network. You predict, move
sliders, break things and repair them, until a network that you trained reads digits that you wrote.

On these pages the questions answer and the sliders of the labs move. Nothing is sent anywhere:
your answers stay in this browser. Code runs in your own copy of the lessons: the
README of the course has the line that makes and opens it.

## The lessons

Read them in this order; each builds on the ones before it.

{lessons}

A word that you do not know may stand in the [glossary](glossary.md).

## Your answers

```{{raw}} html
<div class="course-forget"><span role="status"></span>
<button type="button">Forget all my answers</button></div>
```

```{{toctree}}
:hidden:

{pages}
glossary
```
"""


def lessons():
    """[{"title", "file", "read", "class", "need", "able"}], the rows of notebooks/README.md."""
    text = (LESSONS / "README.md").read_text(encoding="utf-8")
    found = []
    for row in ROW.finditer(text):
        cells = [cell.strip() for cell in row["cells"].split("|")]
        keys = ("read", "class", "need", "able")
        found.append({"title": row["title"], "file": row["file"]} | dict(zip(keys, cells)))
    return found


def index():
    """The first page in MyST Markdown."""
    found = lessons()
    listed = "\n\n".join(
        f"[{one['title']}]({one['file']})\n: Afterwards you can {one['able']}.\n\n"
        f"  {one['read'].partition(',')[0]} minutes. Before it: {one['need']}."
        for one in found
    )
    pages = "\n".join(one["file"].removesuffix(".ipynb") for one in found)
    return INDEX.format(lessons=listed, pages=pages)


def glossary():
    """The glossary in MyST Markdown: what the lessons define, and what other books call it."""
    words = _agreed() | _defined()
    lines = [f"{word}\n: {words[word]}" for word in sorted(words, key=str.casefold)]
    start = (
        "# Glossary\n\nOne word for one concept. The number leads to the lesson that defines it."
    )
    return "\n\n".join([start, *lines]) + "\n"


def _defined():
    """{word: meaning with a link} of glossary.md."""
    files = {one["file"][:2]: one["file"] for one in lessons()}
    rows = WORD.findall((HERE / "glossary.md").read_text(encoding="utf-8"))[1:]
    return {
        word: f"{meaning.strip()} [{number}]({files[number]})" for word, number, meaning in rows
    }


def _agreed():
    """{word: meaning, and what others say} of the table in course/README.md."""
    text = (ROOT / "course" / "README.md").read_text(encoding="utf-8")
    rows = WORD.findall(text.partition("## One word")[2])[1:]
    return {word: f"{_sentence(meaning)}{_elsewhere(others)}" for word, meaning, others in rows}


def _sentence(meaning):
    """The meaning with a capital letter, unless it begins with a formula such as σ(z)."""
    first = meaning[0].upper() if meaning[1].isalpha() or meaning[1] == " " else meaning[0]
    return f"{first}{meaning[1:].rstrip('.')}."


def _elsewhere(others):
    return f" *Elsewhere: {others.strip()}.*" if others.strip() else ""
