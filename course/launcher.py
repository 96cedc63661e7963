"""JupyterLab on the student's own lessons, in place of this process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from course.paths import ROOT

FIRST_LESSON = "00_start_here.ipynb"
SETTINGS = Path(__file__).resolve().parent  # has labconfig/: no pop-up about news or updates


def command(folder, extra):
    """The JupyterLab command line for a folder of lessons; `extra` is passed on.

    The folder that holds it is the one that JupyterLab shows. In a container JupyterLab must be
    told that root is meant.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        *[sys.executable, "-m", "jupyterlab"],
        *(["--allow-root"] if as_root else []),
        f"--ServerApp.root_dir={folder.parent}",
        *[f"--LabApp.default_url=/lab/tree/{folder.name}/{FIRST_LESSON}", *extra],
    ]


def become(words):
    """Run a command in the folder of the course, with our settings, in place of this process.

    So a Ctrl-C and an order to end reach JupyterLab alone, and its exit code is ours.
    """
    os.chdir(ROOT)
    paths = [str(SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)
    if os.name != "nt":
        os.execv(words[0], words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows cannot: there we wait, and it answers
    sys.exit(subprocess.call(words))
