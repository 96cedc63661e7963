"""Refuses what no lesson and no command may do: write elsewhere, reach the network, be reachable.

Python calls the hook before each such action. The places where a process may write are those in
the environment variable WATCH_ALLOWED; a kernel without it may write to my_lessons/, to data/ and
beside its notebook, but not into a notebook. All may use the folder for temporary files, and what
Python, Jupyter and matplotlib keep for themselves.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate"}
CHANGES |= {"os.chmod", "shutil.rmtree", "shutil.move", "shutil.copyfile"}
SECOND_TOO = {"os.rename", "os.link", "shutil.move"}  # both paths are changed, or made
ONLY_SECOND = {"os.symlink", "shutil.copyfile"}
LOOPBACK = ("127.", "::1", "localhost")
OWN = ("IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "MACHINES_RECORD")
HOME = (".ipython", ".cache", ".config/matplotlib", ".local/share/jupyter", ".jupyter")


def start():
    """Watch this process from now on."""
    sys.addaudithook(hook(allowed()))


def allowed():
    """The folders and files that may be written, as real paths."""
    named = os.environ.get("WATCH_ALLOWED")
    places = named.split(os.pathsep) if named else kernel_places()
    places += [tempfile.gettempdir(), "/dev"]
    places += [os.environ[name] for name in OWN if os.environ.get(name)]
    places += [os.path.expanduser(f"~/{name}") for name in HOME]
    return [os.path.realpath(place) for place in places]


def kernel_places():
    lessons = os.environ.get("NNLIB_MY_LESSONS", ROOT / "my_lessons")
    return [str(place) for place in (lessons, ROOT / "data", os.getcwd())]


def hook(places):
    def refuse(event, arguments):
        if event == "open":
            if (arguments[2] or 0) & WRITING:
                check(arguments[0], places)
        elif event in CHANGES:
            for path in changed(event, arguments):
                check(path, places)
        elif event in ("socket.connect", "socket.bind"):
            check_address(event, arguments[1])
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            check_host(arguments[0])

    return refuse


def changed(event, arguments):
    if event in ONLY_SECOND:
        return arguments[1:2]
    return arguments[:2] if event in SECOND_TOO else arguments[:1]


def check(path, places):
    """Raise PermissionError if the path is in none of the places, or is a lesson of the course."""
    if isinstance(path, int):  # open already
        return
    real = os.path.realpath(os.fsdecode(path))
    is_lesson = real.endswith(".ipynb") and real.startswith(str(ROOT / "notebooks"))
    inside = any(real == place or real.startswith(os.path.join(place, "")) for place in places)
    if "__pycache__" not in real and (is_lesson or not inside):
        raise PermissionError(f"It writes to {real}, where it was not told to.")


def check_address(event, address):
    if isinstance(address, tuple):
        check_host(address[0], what=event)


def check_host(host, what="looks for"):
    host = host.decode() if isinstance(host, bytes) else host
    if host is not None and not str(host).startswith(LOOPBACK):
        raise PermissionError(f"It {what} the address {host}, which is not this computer.")
