"""Markdown of questions, hints and solutions as HTML: formulas for MathJax, code in colors."""

import functools
import html

import pygments
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name


def block(markdown):
    """HTML of a text with paragraphs, lists, tables and code."""
    return _reader().render(markdown).strip()


def inline(markdown):
    """HTML of a text that stands within a line: no paragraph around it."""
    return _reader().renderInline(markdown).strip()


@functools.cache
def _reader():
    reader = MarkdownIt("commonmark", {"html": False, "highlight": _highlighted}).enable("table")
    reader.use(dollarmath_plugin, allow_digits=False)
    for kind in ("math_inline", "math_inline_double", "math_block"):
        reader.add_render_rule(kind, _formula)
    reader.add_render_rule("table_open", lambda *_: '<div class="course-wide"><table>')
    reader.add_render_rule("table_close", lambda *_: "</table></div>")
    return reader


def _formula(_, tokens, at, options, known):
    """A formula as Sphinx writes it, so that MathJax draws both alike."""
    token, words = tokens[at], html.escape(tokens[at].content.strip())
    if token.type == "math_inline":
        return rf'<span class="math notranslate nohighlight">\({words}\)</span>'
    return rf'<div class="math notranslate nohighlight">\[{words}\]</div>'


def _highlighted(code, language, _):
    """A whole block of code in the colors of the page."""
    if not language:
        return ""
    lines = pygments.highlight(code, get_lexer_by_name(language), HtmlFormatter(nowrap=True))
    return f'<pre class="highlight">{lines}</pre>'
