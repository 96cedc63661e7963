"""What a person must be told when something fails: in our own words, and in a sentence or more."""

import errno
import os
import re
import traceback
from pathlib import Path

from course.paths import ROOT

OURS = tuple(str(ROOT / place) for place in ("nnlib/", "course/", "tests/faults/writers.py"))
RAW = re.compile(r"\[Errno|\[WinError|\.part\b|allow_pickle|object has no attribute|'NoneType'")
HELPS = re.compile(  # a word that says what to do, or what is expected
    r"(?i)\b(again|another|check|choose|expected|give|get|instead|make|must|mend|move|name|"
    r"makes|needs|only|open|pick|remove|rename|run|save|set|start|take|tell|try|type|unpack)\b"
)


def is_ours(error):
    """Whether an error was raised by a line of nnlib or course, and not by what they call."""
    *_, last = traceback.walk_tb(error.__traceback__)
    return last[0].f_code.co_filename.startswith(OURS)


def faults_of(error, *names):
    """What is wrong with the way in which an error is told; "" if nothing is.

    names: words of which one at least must be in the message, such as the name of the file.
    """
    said = str(error)
    if not isinstance(error, (TypeError, ValueError, LookupError, OSError)):
        return f"it is a {type(error).__name__}: {said}"
    if not is_ours(error):
        *_, (frame, line) = traceback.walk_tb(error.__traceback__)
        return f"{type(error).__name__} comes from {frame.f_code.co_filename}:{line}: {said}"
    if raw := RAW.search(said):
        return f"{raw[0]!r} is no word for a person: {said}"
    if names and not any(str(name) in said for name in names):
        return f"it names none of {names}: {said}"
    if len(said) > 2000:
        return f"it has {len(said)} signs: {said[:200]}"
    return "" if HELPS.search(said) else f"it does not say what to do: {said}"


def tried(read, *arguments, names=()):
    """(what read(*arguments) returns, "") or (None, what is wrong with how its error is told)."""
    try:
        return read(*arguments), ""
    except Exception as error:
        return None, faults_of(error, *names)


def no_space(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def tree(folder):
    """Every file below a folder with its bytes, links as where they lead; hidden ones too."""
    found = {}
    for path in sorted(Path(folder).rglob("*")):
        if path.is_symlink():
            found[str(path.relative_to(folder))] = os.readlink(path)
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def left_over(folder):
    """Names of temporary files below a folder."""
    return [name for name in tree(folder) if name.endswith((".part", ".tmp", "~"))]
