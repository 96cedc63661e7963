"""Slides as one file of HTML that needs no other file and no network."""

import base64
import html
import importlib.resources
import re
from pathlib import Path

import jinja2
from pygments.formatters import HtmlFormatter

from course.figures import look
from course.live import frozen
from course.site import markup

HERE = Path(__file__).parent
FACES = {  # weight and slant of Source Sans Pro
    "regular": ("400", "normal"),
    "italic": ("400", "italic"),
    "semibold": ("600", "normal"),
    "semibolditalic": ("600", "italic"),
}
COLORS = {name: getattr(look, name) for name in ("BLUE", "ORANGE", "GREEN", "RED", "GREY")}


def page(number, stacks, packs=()):
    """The whole deck as HTML.

    number: of the lesson.  stacks: lists of slides.  packs: paths of the pictures of frozen labs.
    """
    reveal = importlib.resources.files("sphinx_revealjs") / "_static/revealjs"
    mathjax = importlib.resources.files("sphinx-mathjax-offline") / "static/mathjax/tex-svg.js"
    lab_style, lab_script = map(_read, frozen.assets())
    style = _template("deck.css").render(COLORS)
    scripts = [reveal / "dist/reveal.js", reveal / "plugin/notes/notes.js", HERE / "deck.js"]
    return _template("deck.html").render(
        title=f"Lesson {number}: {html.escape(stacks[0][0].title)}",
        styles=[
            _read(reveal / "dist/reveal.css"),
            _fonts(reveal),
            _code_colors(),
            lab_style,
            style,
        ],
        before=_script(_read(mathjax)),
        scripts=[*map(_script, [*map(_read, packs), lab_script, *map(_read, scripts)])],
        stacks=[[_slide(slide) for slide in stack] for stack in stacks],
    )


def _template(name):
    return jinja2.Template(_read(HERE / name))


def _read(path):
    return path.read_text(encoding="utf-8")


def _script(text):
    """A script that does not end where its text says so."""
    return re.sub(r"</(script)|<!--", lambda found: found[0].replace("<", r"\x3C"), text)


def _fonts(reveal):
    """The letters of the slides, so that a line is as long on every computer."""
    folder = reveal / "dist/theme/fonts/source-sans-pro"
    return "\n".join(
        "@font-face { font-family: 'Source Sans Pro'; "
        f"font-weight: {weight}; font-style: {slant}; src: url(data:font/woff;base64,"
        f"{base64.b64encode((folder / f'source-sans-pro-{face}.woff').read_bytes()).decode()}) "
        "format('woff'); }"
        for face, (weight, slant) in FACES.items()
    )


def _code_colors():
    return HtmlFormatter(style="a11y-high-contrast-light").get_style_defs(".highlight")


def _slide(slide):
    """What the template needs of a slide."""
    return {
        "kind": f"{slide.kind} roomy" if slide.is_roomy else slide.kind,
        "label": slide.label,
        "title": markup.inline(slide.title),
        "body": "\n".join(piece.html for piece in slide.pieces),
        "notes": "\n".join(slide.notes),
    }
