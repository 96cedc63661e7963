r"""Questions as cards for Anki: a text file that its *Import* reads without an add-on.

One line a card: a name by which Anki knows it again, front, back and tags, parted by tabs. Formulas
stand in \( \) and \[ \], which Anki draws with MathJax.
"""

import csv
import html
import io
import re

HEADERS = ("separator:tab", "html:true", "deck:Neural networks", "guid column:1", "tags column:4")
PIECES = re.compile(  # what is not plain text; what stands between backticks or dollars stays
    r"```\w*\n(?P<block>.*?)\n```|`(?P<code>[^`]+)`|\$\$(?P<display>.+?)\$\$|\$(?P<formula>[^$]+)\$",
    re.DOTALL,
)
RULE = re.compile(r"\|[-:| ]+\|")


def text(questions):
    """The file's text. A question that comes back with fresh numbers stands with those it has."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    writer.writerows(_card(one) for one in questions)
    return "".join(f"#{line}\n" for line in HEADERS) + lines.getvalue()


def _card(question):
    """The four fields of a card."""
    front = f"**{question.title}**\n\n{question.body()}"
    tags = f"nnlib lesson{question.lesson}"
    return f"nnlib-{question.name}", to_html(front), to_html(question.what_is_right()), tags


def to_html(markdown):
    """Markdown as HTML in one line: paragraphs, lists, tables, code and formulas."""
    kept = []

    def keep(found):
        kept.append(_piece(found))
        return f"\0{len(kept) - 1}\0"

    plain = html.escape(PIECES.sub(keep, markdown), quote=False)
    plain = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", plain, flags=re.DOTALL)
    plain = re.sub(
        r"(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*(?![\w*])", r"<i>\1</i>", plain, flags=re.DOTALL
    )
    made = "".join(_block(block.splitlines()) for block in re.split(r"\n\n+", plain.strip()))
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], made)


def _piece(found):
    """A formula or code as HTML, without an end of line."""
    kind = found.lastgroup
    inner = html.escape(found[kind], quote=False)
    if kind == "block":
        return f"<pre>{inner}</pre>".replace("\n", "<br>")
    inner = " ".join(inner.split())
    return {"code": "<code>{}</code>", "display": r"\[{}\]", "formula": r"\({}\)"}[kind].format(
        inner
    )


def _block(lines):
    """A paragraph, a list or a table."""
    if len(lines) > 1 and RULE.fullmatch(lines[1]):
        return _table([line for line in lines if not RULE.fullmatch(line)])
    for start, tag in ((r"- ", "ul"), (r"\d+\. ", "ol")):
        if re.match(start, lines[0]):
            items = re.split(rf"\n(?={start})", "\n".join(lines))
            inner = "".join(f"<li>{_line(re.sub(start, '', item, count=1))}</li>" for item in items)
            return f"<{tag}>{inner}</{tag}>"
    return f"<p>{_line(' '.join(lines))}</p>"


def _table(lines):
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    inner = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{inner}</table>"


def _line(text):
    return " ".join(text.split())
