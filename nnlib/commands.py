"""Command lines that messages tell a student to type, made to work where they are read.

A bare `python` may be another Python than the one in use, or none. So a command names the one in
use by its full path; in a notebook it is a line for a cell.
"""

import os
import re
import shlex
import site
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"


def run(module):
    """What to type to run a module of this package, for example "nnlib.mnist", from any folder."""
    line = f"{_python()} -m {module}"
    if not _is_installed():
        line = _go_to_root() + line
    return f"!{line}" if in_notebook() else line


def install(what):
    """What to type to install `what`, written as pip takes it, for the Python in use."""
    return f"%pip install {what}" if in_notebook() else f"{_python()} -m pip install {what}"


def in_notebook():
    """Whether this code runs in a notebook, in a process that a notebook began, or in IPython."""
    ipython = sys.modules.get("IPython")
    inside = ipython is not None and ipython.get_ipython() is not None
    return inside or "JPY_PARENT_PID" in os.environ  # set for every kernel and what it starts


def _python():
    """The Python in use as the first word of a command; PowerShell wants & before quotes."""
    word = _quoted(sys.executable)
    powershell = WINDOWS and not in_notebook()
    return f"& {word}" if powershell and word.startswith('"') else word


def _quoted(path):
    if not WINDOWS:
        return shlex.quote(str(path))
    return f'"{path}"' if re.search(r"[^\w.:\\/-]", str(path)) else str(path)


def _go_to_root():
    """The start of a line that leads to the course; a cell on Windows is read by cmd.exe."""
    if WINDOWS and in_notebook():
        return f"cd /d {_quoted(ROOT)} && "
    return f"cd {_quoted(ROOT)}; "


def _is_installed():
    """Whether the Python in use finds nnlib from every folder, not only from that of the course."""
    places = [*site.getsitepackages(), site.getusersitepackages()]
    return any(metadata.distributions(name="nnlib", path=places))
