"""`python -m nnlib`: open JupyterLab on the first lesson."""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from nnlib import commands

ROOT = Path(__file__).resolve().parent.parent
FIRST_LESSON = Path("notebooks") / "00_start_here.ipynb"
SETTINGS = Path(__file__).resolve().parent  # has labconfig/: no pop-up about news or updates


def command(extra):
    """The JupyterLab command line; in a container JupyterLab must be told that root is meant."""
    if not (ROOT / FIRST_LESSON).exists():
        sys.exit(
            f"The lessons are not beside the package: {ROOT / FIRST_LESSON} is missing. In a copy "
            f"of the whole project run: {commands.install('-r requirements.txt')}"
        )
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [
        *[sys.executable, "-m", "jupyterlab"],
        *(["--allow-root"] if as_root else []),
        *[f"--LabApp.default_url=/lab/tree/{FIRST_LESSON.as_posix()}", *extra],
    ]


def become(words):
    """Run a command in the folder of the project, with our settings, in place of this process.

    So a Ctrl-C and an order to end reach JupyterLab alone, and its exit code is ours.
    """
    os.chdir(ROOT)
    paths = [str(SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)
    if os.name != "nt":
        os.execv(words[0], words)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Windows cannot: there we wait, and it answers
    sys.exit(subprocess.call(words))


def main():
    """Run JupyterLab until it is closed; extra arguments are passed on to it."""
    parser = argparse.ArgumentParser(
        usage="python -m nnlib [argument of JupyterLab ...]",
        description="Open JupyterLab on the first lesson. All arguments are passed on to it, for "
        "example --no-browser or --port=9000.",
        epilog=f"What JupyterLab takes: {commands.run('jupyterlab')} --help",
        allow_abbrev=False,
    )
    become(command(parser.parse_known_args()[1]))


if __name__ == "__main__":
    main()
