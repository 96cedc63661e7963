"""JupyterLab on the student's own lessons, in place of this process."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from course.paths import NAMED, ROOT

FIRST_LESSON = "00_start_here.ipynb"
SETTINGS = Path(__file__).resolve().parent  # has labconfig/: no pop-up about news, updates, builds


def command(folder, extra):
    """The JupyterLab command line for a student's folder of lessons; `extra` is passed on.

    JupyterLab shows the folder of the course, README and all, if the lessons are in it. Elsewhere
    it shows the lessons alone, since around them is a home folder. In a container JupyterLab must
    be told that root is meant.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    shown = ROOT if folder.is_relative_to(ROOT) else folder
    lesson = (folder / FIRST_LESSON).relative_to(shown).as_posix()
    return [
        *[sys.executable, "-m", "jupyterlab"],
        *(["--allow-root"] if as_root else []),
        f"--ServerApp.root_dir={shown}",
        *[f"--LabApp.default_url=/lab/tree/{quote(lesson)}", *extra],
    ]


def become(words, folder):
    """Run a command in the folder of the course, with our settings, in place of this process.

    So a Ctrl-C and an order to end reach JupyterLab alone, and its exit code is ours. Its kernels
    are told which folder is the student's, wherever they start.
    """
    os.chdir(ROOT)
    paths = [str(SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ |= {"JUPYTER_CONFIG_PATH": os.pathsep.join(paths), NAMED: str(folder)}
    if os.name != "nt":
        os.execv(words[0], words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows cannot: there we wait, and it answers
    sys.exit(subprocess.call(words))
