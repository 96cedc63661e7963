"""What a check answers, and the words in which values and errors are told."""

import linecache
import sysconfig
import traceback
from dataclasses import dataclass, replace

from course import paths
from course.ask.running import TimeUp

OUTCOMES = {
    "right": "Right.",
    "wrong": "Not yet.",
    "error": "Error.",
    "not attempted": "Not attempted yet.",
}
LIBRARIES = tuple(
    str(folder)
    for folder in {
        str(paths.ROOT / "course"),
        str(paths.ROOT / "nnlib"),
        *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib")),
    }
)


class Wrong(Exception):  # noqa: N818 (an outcome)
    """Raised by a checking function, or by what it calls: the answer is wrong, and why."""


class NotAttempted(Exception):  # noqa: N818 (an outcome)
    """Raised by a checking function, or by what it calls: there is no answer yet."""


class AnswerRaised(Exception):  # noqa: N818 (an outcome)
    """The student's function raised the exception that is the cause of this one.

    The text says for which input.
    """


@dataclass(frozen=True)
class Feedback:
    """The answer of a check: `outcome` is a key of OUTCOMES, `message` is for the student.

    note: a second remark that has nothing to do with the answer, for example on progress.
    """

    outcome: str
    message: str = ""
    note: str = ""

    def __post_init__(self):
        if self.outcome not in OUTCOMES:
            raise ValueError(f"outcome is {self.outcome!r}: expected one of {list(OUTCOMES)}")

    @property
    def heading(self):
        """The outcome in one or two words."""
        return OUTCOMES[self.outcome]

    def with_note(self, note):
        """The same feedback with a remark below."""
        return replace(self, note=note)

    def __repr__(self):
        first = f"{self.heading} {self.message}".strip()
        return f"{first}\n({self.note})" if self.note else first

    def _repr_markdown_(self):
        first = f"**{self.heading}** {self.message}".strip()
        return f"{first}\n\n*{self.note}*" if self.note else first


class Text:
    """Markdown that is shown as such in Jupyter, and as plain text elsewhere."""

    def __init__(self, markdown):
        self.markdown = markdown

    def __repr__(self):
        return self.markdown

    def __eq__(self, other):
        return isinstance(other, Text) and self.markdown == other.markdown

    __hash__ = None

    def _repr_markdown_(self):
        return self.markdown


def code_block(markdown):
    """The code in the one ```python block of a Markdown text; ValueError if there is not one."""
    blocks = markdown.split("```python\n")[1:]
    if len(blocks) != 1 or "```" not in blocks[0]:
        raise ValueError(f"expected one ```python block in the text, found {len(blocks)}")
    return blocks[0].split("```")[0].rstrip() + "\n"


def as_code(text, longest=200):
    """One line of text in backticks, cut if it is long, that cannot end the backticks early."""
    return "`" + as_line(str(text).replace("`", "'"), longest) + "`"


def capital(text):
    """A text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def as_line(text, longest=200):
    """A text as one line, cut if it is long."""
    line = " ".join(str(text).split())
    return f"{line[:longest]}{'...' if len(line) > longest else ''}"


def type_name(value):
    """The name of the type of any object, also of one that lies about its class."""
    return type.__dict__["__name__"].__get__(type(value))


def kind_of(value):
    """What a value is, for a sentence: "a number (int)", "a function", "text (str)"..."""
    name = type_name(value)
    words = {"function": "a function", "builtin_function_or_method": "a function"}
    if name in ("bool", "int", "float", "complex"):
        return f"a number ({name})"
    if name in ("str", "bytes"):
        return f"text ({name})"
    return words.get(name, f"an object of type {name}")


def of_error(error, seconds):
    """The Feedback for an exception that came out of a check: type, message, place."""
    if isinstance(error, NotAttempted):
        return Feedback("not attempted", str(error))
    if isinstance(error, Wrong):
        return Feedback("wrong", str(error))
    if isinstance(error, TimeUp):
        who = f"For {error.case}, your function" if error.case else "Your answer"
        words = f"{who} was still running after {seconds:g} seconds{error.ending}"
        return Feedback("error", words)
    start = "Your answer raised "
    if isinstance(error, AnswerRaised):
        start, error = f"For {error}, your function raised ", error.__cause__
    if isinstance(error, NotImplementedError):
        return Feedback("not attempted", "Your function still raises NotImplementedError.")
    return Feedback("error", start + _named(error) + _place(error))


def _named(error):
    """Type and message of an exception, even of one that cannot be turned into text."""
    try:
        message = str(error)
    except BaseException:
        message = ""
    name = type_name(error)
    hint = {
        "RecursionError": " It calls itself without end.",
        "MemoryError": " It asked for more memory than there is.",
        "SystemExit": " An answer must not end Python.",
    }.get(name, "")
    return f"{as_code(f'{name}: {message}' if message else name)}.{hint}"


def _place(error):
    """Where in the student's code it happened: function, line number and the line itself."""
    frames = [
        (frame.f_code, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if not frame.f_code.co_filename.startswith((*LIBRARIES, "<frozen"))
    ]
    if not frames:
        return ""
    code, line = frames[-1]
    source = linecache.getline(code.co_filename, line).strip()
    where = "" if code.co_name.startswith("<") else f" of {as_code(code.co_name)}"
    return f" This was in line {line}{where}" + (f": {as_code(source)}" if source else ".")
