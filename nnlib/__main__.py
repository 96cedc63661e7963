"""`python -m nnlib`: open JupyterLab on the first lesson."""

import os
import subprocess
import sys
from pathlib import Path

from nnlib import commands

ROOT = Path(__file__).resolve().parent.parent
FIRST_LESSON = Path("notebooks") / "00_start_here.ipynb"


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


def main():
    """Run JupyterLab until it is closed; extra arguments are passed on to it."""
    try:
        sys.exit(subprocess.call(command(sys.argv[1:]), cwd=ROOT))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
