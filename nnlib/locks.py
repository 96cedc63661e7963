"""One process at a time: locks on open files, which the system gives back when a process ends."""

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    try:
        import msvcrt
    except ImportError:  # Python in the browser
        msvcrt = None

WAIT = 5.0  # seconds


@contextmanager
def locked(path):
    """Hold the lock file beside `path`, so that two processes do not change it at once.

    Where the disk knows no locks, or another program holds it for too long, go on without.
    """
    path = Path(os.path.realpath(path))  # two names of one file have one lock
    with ExitStack() as stack:
        with suppress(OSError):  # a folder that cannot be written: what is in it can be read
            file = stack.enter_context(open(path.with_name(f".{path.name}.lock"), "a+b"))
            stop_at = time.monotonic() + WAIT
            while not take(file) and time.monotonic() < stop_at:
                time.sleep(0.02)
        yield  # closing the file gives the lock back


def take(file):
    """Try to lock an open file once; True if this process holds it now."""
    try:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif msvcrt:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
