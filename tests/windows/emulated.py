"""A plugin of pytest that shows our code another system: Windows, as far as that can be played.

    python -m pytest -n 0 -p tests.windows.emulated tests/nnlib/test_storage.py

Our modules and tests, and only they, see `os`, `sys` and `signal` as they are there, and none of
the modules that Windows lacks. For all code, text has the encoding and the ends of lines of
Windows, a file that is open can be neither replaced nor removed, and its name has to be one that
Windows takes. Paths keep their slashes, and processes that are started are those of this computer.
"""

import builtins
import fcntl
import io
import os
import re
import signal
import sys
from collections import defaultdict
from functools import wraps
from types import SimpleNamespace

import pytest

OURS = {"nnlib", "course", "tools", "tests", "benchmarks"}
ABSENT = {"fcntl", "grp", "pty", "pwd", "readline", "resource", "termios", "tty"}
RESERVED = re.compile(
    r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$|[<>:\"|?*\\]|[. ]$", re.IGNORECASE
)
NOT_IN_OS = re.findall(
    r"\w+",
    "fork forkpty getuid geteuid getgid getegid setuid setgid setsid setpgid getpgid killpg chown"
    " mkfifo mknod uname nice sched_getaffinity sched_setaffinity getloadavg sysconf statvfs"
    " posix_spawn register_at_fork wait3 wait4 WNOHANG",
)
NOT_IN_SIGNAL = re.findall(
    r"\w+",
    "SIGKILL SIGALRM SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGCHLD setitimer getitimer alarm pause"
    " ITIMER_REAL pthread_kill",
)
USED = "The process cannot access the file because it is being used by another process"
ENCODING = "cp1252"


class Face:
    """A module as it looks on Windows: some names are others, and some are not there."""

    def __init__(self, module, absent=(), **others):
        own = {"_module": module, "_absent": set(absent), "_others": SimpleNamespace(**others)}
        self.__dict__.update(own, _before=defaultdict(list))

    def __getattr__(self, name):
        if name in self._absent:
            raise AttributeError(f"module {self._module.__name__!r} has no attribute {name!r}")
        return getattr(self._home(name), name)

    def __setattr__(self, name, value):
        self._before[name].append(getattr(self, name, None))
        if name in self._absent:
            self._absent.remove(name)
            setattr(self._others, name, value)
        else:
            setattr(self._home(name), name, value)

    def __delattr__(self, name):
        """Take back what was set: so undoes pytest what is not in an object's own `__dict__`."""
        before = self._before[name].pop()
        if before is None:
            self._absent.add(name)
        else:
            setattr(self._home(name), name, before)

    def _home(self, name):
        return self._others if hasattr(self._others, name) else self._module


def locking(number, mode, _):
    """`msvcrt.locking`: it waits for nobody."""
    fcntl.flock(number, fcntl.LOCK_UN if mode == 0 else fcntl.LOCK_EX | fcntl.LOCK_NB)


FACES = {
    "os": Face(
        os,
        NOT_IN_OS,
        name="nt",
    ),
    "sys": Face(sys, platform="win32"),
    "signal": Face(
        signal,
        NOT_IN_SIGNAL,
    ),
    "msvcrt": SimpleNamespace(LK_NBLCK=2, LK_UNLCK=0, locking=locking),
}


def import_as_there(name, globals=None, *more, real=builtins.__import__, **options):
    """`import` in one of our modules; in all others as ever."""
    if globals and str(globals.get("__name__")).partition(".")[0] in OURS:
        if name in ABSENT:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in FACES:
            return FACES[name]
    return real(name, globals, *more, **options)


@wraps(open)
def open_as_there(
    file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, *more, **options
):
    """`open` with the encoding and the ends of lines of Windows, where the call names none."""
    if "b" not in mode:
        encoding = ENCODING if encoding in (None, "locale") else encoding
        newline = "\r\n" if newline is None and set(mode) & set("wax") else newline
    return real_open(file, mode, buffering, encoding, errors, newline, *more, **options)


real_open = open


def unless_open(function, paths):
    """A function of os that refuses its first `paths` arguments while a file of ours is open."""

    @wraps(function)
    def checked(*arguments, **options):
        for path in arguments[:paths]:
            if not options.get("dir_fd") and is_open(path):
                raise PermissionError(13, USED, str(path))
        return function(*arguments, **options)

    return checked


def is_open(path):
    """Whether this process has the file open."""
    try:
        wanted = os.lstat(path)
    except (OSError, TypeError, ValueError):
        return False
    for number in os.listdir("/proc/self/fd"):
        try:
            if os.path.samestat(os.fstat(int(number)), wanted):
                return True
        except OSError:  # it was the one that listed them
            continue
    return False


def refuse_names(event, arguments):
    """An audit hook: what is made has a name that Windows takes."""
    if event == "open" and isinstance(arguments[0], str) and arguments[2] & os.O_CREAT:
        made = arguments[0]
    elif event == "os.mkdir":
        made = os.fspath(arguments[0])
    elif event == "os.rename":
        made = os.fspath(arguments[1])
    else:
        return
    name = os.path.basename(os.fsdecode(made).rstrip("/"))
    if name not in ("", ".", "..") and RESERVED.search(name):
        raise OSError(22, "The filename, directory name, or volume label syntax is incorrect", made)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests():
    """Before any of our modules is imported."""
    builtins.__import__ = import_as_there
    builtins.open = io.open = open_as_there
    for name, paths in (("replace", 2), ("rename", 2), ("remove", 1), ("unlink", 1)):
        setattr(os, name, unless_open(getattr(os, name), paths))
    sys.addaudithook(refuse_names)
