"""What an answer may use while it is graded. This stops accidents; it is no sandbox.

Whoever wants to can get around all of it, for the answer runs in Python with the rights of the
teacher. Hand-ins of people that you do not trust belong on a computer that has nothing to lose.
"""

import os
import sys
from contextlib import suppress

try:
    import resource
except ImportError:  # Windows
    resource = None

MEMORY_MB = 1024  # more than what Python and the course use
FILE_MB = 16  # of one file that is written
PROCESSOR_SECONDS = 60
PROCESSES = ("os.fork", "os.forkpty", "subprocess.Popen", "os.system", "os.exec", "os.spawn")
PROCESSES += ("os.posix_spawn", "os.startfile", "os.kill", "os.killpg")
NETWORK = ("socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request")
CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate")
CHANGES += ("os.chmod", "shutil.rmtree", "shutil.move")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def told():
    """The limits of this system in a sentence or two, for the teacher."""
    memory = f"at most {MEMORY_MB:,} MB more than the course itself"
    if resource is None or not _memory_in_use():
        memory = "memory without a limit, for this system gives none to a process"
    return (
        f"Each answer ran in a process of its own: {memory}, no other process, no network, no file "
        "outside its folder. This is no sandbox: it stops accidents, and not malice."
    )


def limit(folder):
    """Limit this process for good.  folder: the only one in which it may write."""
    if resource is not None:
        in_use = _memory_in_use()
        _at_most("RLIMIT_AS", in_use + MEMORY_MB * 2**20 if in_use else None)
        _at_most("RLIMIT_FSIZE", FILE_MB * 2**20)
        _at_most("RLIMIT_CPU", PROCESSOR_SECONDS)
        _at_most("RLIMIT_CORE", 0)
    sys.addaudithook(_hook(os.path.join(os.path.realpath(folder), "")))


def _at_most(name, value):
    """Lower a limit of the system, where it has this one."""
    if value is None or not hasattr(resource, name):
        return
    kind = getattr(resource, name)
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (value, value))


def _memory_in_use():
    """Bytes of address space of this process, or 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _hook(folder):
    """A hook that Python calls before an action; it refuses those that an answer has no use for."""

    def refuse(event, arguments):
        if event in PROCESSES:
            raise PermissionError("An answer must not start or end other processes.")
        if event in NETWORK:
            raise PermissionError("An answer must not use the network.")
        if event in CHANGES and not _is_inside(arguments[0], folder):
            raise PermissionError("An answer must not change files.")
        writes = event == "open" and (arguments[2] or 0) & WRITING
        if writes and not _is_inside(arguments[0], folder):
            raise PermissionError("An answer must not write files outside its folder.")

    return refuse


def _is_inside(path, folder):
    """Whether a path leads into the folder; what is open already, by its number, does."""
    if isinstance(path, int):
        return True
    return os.path.realpath(os.fsdecode(path)).startswith(folder)
