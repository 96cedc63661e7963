"""One file of HTML with the slides of a lesson, made from its notebook."""

import tempfile
from pathlib import Path

import nbformat

from course import site
from course.paths import LESSONS, ROOT
from nnlib import storage

FOLDER = ROOT / "build" / "slides"
NEEDED = (*site.NEEDED, "sphinx_revealjs")


def lessons():
    """The notebooks of all lessons by their numbers, "00" to "11"."""
    return {path.name[:2]: path for path in sorted(LESSONS.glob("[0-9][0-9]_*.ipynb"))}


def usual_place(number):
    """Where the deck of a lesson goes unless a file is named."""
    return FOLDER / f"{lessons()[number].stem}.html"


def write(number, path, labs=True):
    """Write the deck of a lesson; the number of its slides.

    number: such as "05".  path: of the file.  labs: whether labs answer, for which the lesson is
    run unless they are kept from before; otherwise they are pictures.
    Raises LookupError, with what to type, without the libraries that slides need.
    """
    site.require(*NEEDED)
    from course.teach.slides import deck, outline

    if Path(path).parent == FOLDER:
        storage.make_folder(FOLDER)
    path = storage.writable(path)  # said now, and not after the minutes that labs take

    with tempfile.TemporaryDirectory() as folder:
        stacks = outline.stacks(_read(lessons()[number], folder, labs), number)
        text = deck.page(number, stacks, sorted(Path(folder).glob("*.js")))
    with storage.replacing(path) as file:
        file.write(text.encode())
    return sum(map(len, stacks))


def _read(path, packs, labs):
    """A lesson as it is stored, or with its labs frozen and their packs in a folder."""
    from course.live import frozen

    return frozen.notebook(path, packs) if labs else nbformat.read(path, as_version=4)
