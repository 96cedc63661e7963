"""The commands that the documents of the project tell a reader to type."""

import re
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

from course.paths import ROOT

DOCUMENTS = (
    "README.md",
    "TEACHING.md",
    "CONTRIBUTING.md",
    "data/README.md",
    "notebooks/README.md",
    "course/README.md",
    *(path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))),
)
SHELLS = {"sh": "bash", "bash": "bash", "console": "bash", "powershell": "powershell"}
PYTHON = re.compile(r"^(?:\S*[/\\])?(?:python3?|py)(?=\s)")
PROGRAM = re.compile(
    r"^[!%$]?\s*(?:\.venv\S+|python3?|py|uv|pip|pytest|ruff|source|export|\$env:\w+|cd|git|sudo|apt\S*"
    r"|jupyter\S*|docker|curl|wget|npm|conda|code|chmod|mkdir|\.ci/run|\.?\.?/\S+)(?:\s|$)"
)
# What is named in a sentence is a command if it could be typed as it stands, not "`git clone`".
IN_A_SENTENCE = re.compile(
    r"^(?:.*python3? -m \w|uv (?:run .*(?:pytest|-m \w)|sync|lock|export|pip )"
    r"|[%!.\w/]*pip install \S|pytest \S|\.ci/run|jupyter\S* \S|tljh-config \S)"
)
REMARK = re.compile(r"\s{2,}\S.*$|\s+#\s.*$")


@dataclass(frozen=True)
class Told:
    """One command: where it stands, as it is typed there, and for which shell."""

    document: str
    line: int
    typed: str
    shell: str = "bash"

    @property
    def plain(self):
        """The command with `python` for every way to name the course's Python."""
        found = re.sub(r"^uv run (?:--(?:group|extra) \S+ )*(?=python|pytest)", "", self.typed)
        found = re.sub(r"^\.venv[/\\](?:bin|Scripts)[/\\]", "", found)
        return PYTHON.sub("python", found)


@cache
def told(document):
    """Every command of a document, in order; none if there is no such document."""
    path = ROOT / document
    if not path.exists():
        return []
    tokens = MarkdownIt().enable("table").parse(path.read_text(encoding="utf-8"))
    return [one for token in tokens for one in _in_token(document, token)]


def _in_token(document, token):
    first = token.map[0] + 1 if token.map else 0
    if token.type == "fence" and token.info in SHELLS:
        yield from _in_block(document, first + 1, token.content, SHELLS[token.info], every=True)
    elif token.type == "code_block" or (token.type == "fence" and not token.info):
        yield from _in_block(document, first, token.content, "bash", every=False)
    for child in token.children or ():
        if child.type == "code_inline" and IN_A_SENTENCE.match(child.content):
            yield from _pieces(document, first, child.content, "bash")


def _in_block(document, first, text, shell, every):
    """The commands of a block; without `every`, only lines that begin with a program."""
    for n, line in enumerate(text.splitlines()):
        line = REMARK.sub("", line.strip()).removeprefix("$ ")
        if line and not line.startswith("#") and (every or PROGRAM.match(line)):
            powershell = shell == "powershell" or line.startswith("$env:")
            yield from _pieces(document, first + n, line, "powershell" if powershell else "bash")


def _pieces(document, line, typed, shell):
    """The commands of a line, one after the other: those parted by && or `; if ($?) { }`."""
    if shell == "powershell":
        typed = re.sub(r"; if \(\$\?\) \{ (.+?) \}", r" && \1", typed)
    for piece in typed.split(" && "):
        yield Told(document, line, piece.strip().lstrip("!%"), shell)
