"""All lessons as a folder of static pages, made by Sphinx; it opens from the disk."""

import contextlib
import functools
import importlib.util
import io
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat

from course.live import frozen
from course.paths import LESSONS, ROOT
from course.site import front, lesson, page_pictures, sphinx_settings

FOLDER = ROOT / "build" / "site"
AT_ONCE = 2  # lessons that are run side by side; each takes one core
MARK = ".course-site"  # a file in every folder that was made here
MARKED = "A site of the course: the command that made it may replace it.\n"
ON_A_PAGE = """```{{note}}
On this page {what}. Where the text asks you to run, to write or to draw, you need
[your own copy of the lessons](index.md).
```"""
UNUSED = ["**/*.map", "scripts/fontawesome.js*", "vendor/fontawesome/webfonts/fa-[br]*"]


def build(folder=FOLDER, labs=True, say=print):
    """Make the site in a folder, in place of an older one; the path of its first page.

    labs: whether labs answer, which runs every lesson whose labs are not kept from before;
    otherwise they are pictures.  say: function of a sentence on what is being done.
    Raises FileExistsError if something else is in the folder, ValueError for what Sphinx refuses.
    """
    folder = Path(folder).absolute()
    refuse_others(folder)
    with tempfile.TemporaryDirectory() as name:
        source, made = Path(name, "source"), Path(name, "site")
        _write_source(source, labs, say)
        say("Making the pages.")
        run_sphinx(source, made)
        _remove_unused(made)
        (made / MARK).write_text(MARKED, encoding="utf-8")
        _replace(folder, made)
    return folder / "index.html"


def refuse_others(folder):
    """Raise FileExistsError if there is something at the place that is no site of the course."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() and not (folder / MARK).is_file():
        raise FileExistsError(f"{folder} holds something else. Name a new or an empty folder.")


def _replace(folder, made):
    """Put the new site in the place of the old one, which stays until the new one is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as beside:
        new, old = Path(beside, "new"), Path(beside, "old")
        shutil.move(made, new)  # which may be from another disk, file by file
        if folder.exists():
            folder.replace(old)
        try:
            new.replace(folder)
        except BaseException:
            if old.exists():
                old.replace(folder)
            raise


def _write_source(source, labs, say):
    """What Sphinx reads: the lessons, the index, the glossary, pictures and frozen labs."""
    for part in ("extra/pictures", "labs"):
        (source / part).mkdir(parents=True)
    with ThreadPoolExecutor(AT_ONCE) as pool:  # a lesson with labs runs in a process of its own
        work = functools.partial(_prepare, source, labs, say)
        list(pool.map(work, sorted(LESSONS.glob("[0-9]*.ipynb"))))
    (source / "index.md").write_text(front.index(), encoding="utf-8")
    (source / "glossary.md").write_text(front.glossary(), encoding="utf-8")


def _prepare(source, labs, say, path):
    """Write what Sphinx reads of one lesson."""
    say(f"Preparing {path.stem}.")
    notebook = lesson.prepare(_read(path, source / "labs", labs), path.name[:2])
    notebook.cells.insert(1, nbformat.v4.new_markdown_cell(_on_a_page(labs)))
    _wrap_tables(notebook)
    page_pictures.take_out(notebook, source / "extra" / "pictures", path.name[:2])
    nbformat.write(notebook, source / path.name)


def _on_a_page(labs):
    """What answers on a page, and what does not."""
    what = "questions answer, and labs move" if labs else "questions answer"
    return ON_A_PAGE.format(what=what)


def _wrap_tables(notebook):
    """Let a wide table in an output scroll in a box of its own, in place."""
    for output in (one for cell in notebook.cells for one in cell.get("outputs", [])):
        html = output.get("data", {}).get("text/html", "")
        if html.startswith("<table"):
            output.data["text/html"] = f'<div class="course-wide">{html}</div>'


def _read(path, packs, labs):
    """A lesson as stored, or with its labs frozen."""
    return frozen.notebook(path, packs) if labs else nbformat.read(path, as_version=4)


def run_sphinx(source, made):
    """Make the pages. Raises ValueError with what Sphinx warns of."""
    from sphinx.application import Sphinx  # in the group `site` only
    from sphinx.util.console import strip_colors
    from sphinx.util.docutils import docutils_namespace

    said, static = io.StringIO(), [source / "labs", *frozen.assets(), _with_mathjax(source)]
    quiet, afresh = contextlib.redirect_stdout(io.StringIO()), docutils_namespace()
    with quiet, afresh, tempfile.TemporaryDirectory() as trees:
        Sphinx(
            source, None, made, trees, "html", sphinx_settings.of(source / "extra", static),
            status=None, warning=said, parallel=2,
        ).build()  # fmt: skip
    if words := strip_colors(said.getvalue()):
        raise ValueError(f"Sphinx warns of what it was given:\n{words}")


def _with_mathjax(source):
    """A folder that holds the part of MathJax that the pages load, as `mathjax/`."""
    (package,) = importlib.util.find_spec("sphinx-mathjax-offline").submodule_search_locations
    whole, part = Path(package, "static", "mathjax"), source / "shipped"
    for pattern in sphinx_settings.MATHJAX_FILES:
        for path in whole.glob(pattern):
            target = part / "mathjax" / path.relative_to(whole)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return part


def _remove_unused(made):
    """Take out files of the theme that no page loads."""
    for pattern in UNUSED:
        for path in (made / "_static").glob(pattern):
            path.unlink()
