"""A process that has imported the libraries and runs pytest in forks of itself; run as a script.

Most of the time of a single test goes into imports. Those of the libraries are the same for every
mutant; the course and its tests are imported in the fork, since they may hold the fault. One line
of JSON is read for each run, {"words": of pytest, "said": file for what is printed, "limit":
seconds}, and one is written: the exit code, or null if the run took too long.
"""

import importlib
import json
import os
import signal
import sys
import time
from contextlib import suppress

LIBRARIES = (
    *(
        "pytest",
        "nbval.plugin",
        "hypothesis",
        "numpy",
        "scipy.ndimage",
        "scipy.special",
        "PIL.Image",
    ),
    *("matplotlib.figure", "matplotlib.backends.backend_agg", "matplotlib.animation", "ipywidgets"),
    *("anywidget", "nbformat", "joblib", "pooch", "requests", "threadpoolctl", "tqdm", "pandas"),
)
PAUSE = 0.02  # seconds between two looks at a run


def run(words, said):
    """In the fork: pytest with its output in the file; ends the process."""
    import pytest

    os.setsid()
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(file, 1)
    os.dup2(file, 2)
    code = 3  # an internal error, as pytest calls it
    try:
        code = int(pytest.main(words))
    finally:
        sys.stdout.flush()
        os._exit(code)


def awaited(child, limit):
    """The exit code of a fork, None if it took too long; ends all that it started."""
    end, parent = time.monotonic() + limit, os.getppid()
    done, status = 0, 0
    while not done and time.monotonic() < end and os.getppid() == parent:
        done, status = os.waitpid(child, os.WNOHANG)
        time.sleep(PAUSE)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    if not done:
        os.waitpid(child, 0)
        return None
    return os.waitstatus_to_exitcode(status)


def main():
    """Answer until the line is closed."""
    sys.path.insert(0, os.getcwd())
    for name in LIBRARIES:
        with suppress(ImportError):
            importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            run(asked["words"], asked["said"])
        print(json.dumps(awaited(child, asked["limit"])), flush=True)


if __name__ == "__main__":
    main()
