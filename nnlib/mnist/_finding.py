"""Files whatever they are called and wherever they lie: in a folder and up to two folders down.

Thousands of others may lie beside them, so a file is known by its size and its first and last bytes
before anybody reads the whole of it.
"""

import os
from itertools import islice
from pathlib import Path

DEPTH = 2  # folders down from the one that is named
MOST = 20_000  # files and folders that are looked at
GZIP = b"\x1f\x8b"  # how every .gz begins
POINTER = b"version https://git-lfs"


def files(folder):
    """(path, bytes) of the files in a folder and two folders down, the nearest first.

    What is hidden or may not be read is left out, and so are pipes and devices.
    """
    sizes = ((Path(entry.path), _size(entry)) for entry in islice(_entries(folder), MOST))
    return [(path, size) for path, size in sizes if size is not None]


def unpacked_size(path, size):
    """How many bytes a file of this size holds, unpacked if it is a .gz: its last four tell."""
    try:
        with open(path, "rb") as file:
            if size < 18 or file.read(2) != GZIP:  # no .gz is shorter
                return size
            file.seek(-4, os.SEEK_END)
            return int.from_bytes(file.read(4), "little")
    except OSError:
        return None


def stand_in(content):
    """What bytes are that came in place of a file, in words; "" if they are no such thing."""
    head = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(POINTER):
        return "is a Git LFS pointer, a note in place of the file, which `git lfs pull` would fetch"
    if head.startswith(b"<"):
        return "is a web page (HTML), such as a login or an error, in place of the file"
    return ""


def _entries(folder):
    """What lies in a folder, then in the folders in it, then in those in them."""
    level, seen = [folder], set()
    for _ in range(DEPTH + 1):
        deeper = []
        for place in level:
            for entry in _listed(place, seen):
                yield entry
                if _is_folder(entry):
                    deeper.append(entry.path)
        level = deeper


def _listed(folder, seen):
    """The entries of a folder in the order of their names; none if it was seen before."""
    real = os.path.realpath(folder)
    if real in seen:
        return []
    seen.add(real)
    try:
        with os.scandir(folder) as entries:
            shown = (entry for entry in entries if not entry.name.startswith("."))
            return sorted(islice(shown, MOST), key=lambda entry: entry.name)
    except OSError:
        return []


def _is_folder(entry):
    try:
        return entry.is_dir()
    except OSError:
        return False


def _size(entry):
    """Bytes of a file; None for anything else."""
    try:
        return entry.stat().st_size if entry.is_file() else None
    except OSError:
        return None
