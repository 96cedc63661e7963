"""Where the course lies, and where the student's own copy of the lessons does."""

import getpass
import os
from contextlib import suppress
from pathlib import Path

from nnlib.commands import ROOT

LESSONS = ROOT / "notebooks"
MINE = "my_lessons"
MEMORY = ".course"  # in a student's copy: what the course gave, and whose copy it is
NAMED = "NNLIB_MY_LESSONS"


def my_lessons():
    """The folder of the student's own copy of the lessons; it need not exist yet.

    It is the first of `places()`. If none of them can be written to, it is my_lessons/ in the home
    folder, or else in that of the course: whoever writes there will hear why not.
    """
    return (places() or usual()[::-1])[0]


def places():
    """The folders where the student's copy may be, or be made, the best one first.

    The environment variable NNLIB_MY_LESSONS names the only one. Without it: a copy of this user
    that is there already, be it the current folder, my_lessons/ in the folder of the course or
    my_lessons/ in the home folder; then the last two, if this user may make them.
    """
    if named := os.environ.get(NAMED):
        return [Path(os.path.abspath(os.path.expanduser(named)))]
    copies = [place for place in [*_here(), *usual()] if is_copy(place) and is_ours(place)]
    return list(dict.fromkeys([*copies, *filter(_can_be_made, usual())]))


def is_copy(folder):
    """Whether the folder is a student's copy that the course made."""
    return os.path.isdir(folder / MEMORY)  # False as well where one may not look


def is_ours(path):
    """Whether this user may write to a file or folder, and owns it.

    On some network disks and in some containers all files seem to have one owner, so that a copy
    also notes whose it is.
    """
    if not os.access(path, os.W_OK):
        return False
    try:
        noted = _owner_file(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        noted = None
    if not hasattr(os, "getuid"):  # Windows does not say whose a file is
        return noted in (None, user())
    return user() in (noted, str(os.stat(path).st_uid))


def sign(folder):
    """Note in a student's copy whose it is."""
    if not _owner_file(folder).exists():
        _owner_file(folder).write_text(user(), encoding="utf-8")


def user():
    """What tells the users of one machine apart: the number of this one, or on Windows the name."""
    return str(os.getuid()) if hasattr(os, "getuid") else getpass.getuser()


def _owner_file(folder):
    return folder / MEMORY / "owner"


def _here():
    with suppress(OSError):  # the current folder may have been removed
        return [Path.cwd()]
    return []


def usual():
    """my_lessons/ in the folder of the course, and in the home folder if there is one."""
    with suppress(RuntimeError):
        return [ROOT / MINE, Path.home() / MINE]
    return [ROOT / MINE]


def _can_be_made(folder):
    """Whether this user owns the folder, or may make it."""
    return is_ours(folder) if os.path.lexists(folder) else os.access(folder.parent, os.W_OK)
