"""Where the course lies, and where the student's own copy of the lessons does."""

import os
from pathlib import Path

from nnlib.commands import ROOT

LESSONS = ROOT / "notebooks"
MINE = "my_lessons"


def my_lessons():
    """The folder of the student's own copy of the lessons; it need not exist yet.

    It is my_lessons/ in the folder of the course. Where that folder cannot be written to, or
    another user has one there already, it is my_lessons/ in the home folder. The environment
    variable NNLIB_MY_LESSONS names another one.
    """
    if named := os.environ.get("NNLIB_MY_LESSONS"):
        return Path(named).absolute()
    here = ROOT / MINE
    return here if _is_ours(here) else Path.home() / MINE


def _is_ours(folder):
    """Whether this user may write into a folder, or make it."""
    if not folder.exists():
        return os.access(folder.parent, os.W_OK)
    mine = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    return mine and os.access(folder, os.W_OK)
