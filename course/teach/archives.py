"""The files below a folder, those in zips too, read one at a time and never unpacked to the disk.

A path in a zip is only a name here, so that it leads nowhere; what is too large is not read.
"""

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

MOST_BYTES = 64 * 2**20  # of one file, after unpacking; a notebook with all its pictures has 10
MOST_FILES = 20_000  # in one zip, or below one folder of the class
DEEPEST = 12  # folders in folders; zips in a zip count
ZIPS = 2  # a zip of a class holds a zip of each student, and no zip in that
PACKED = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz")
IGNORED = ("__MACOSX", "__pycache__")


@dataclass(frozen=True)
class Member:
    """A file, by the parts of its path below the folder; an empty folder has no `read`."""

    parts: tuple[str, ...]
    read: Callable[[], bytes] | None


def entries(root):
    """(the entries below a folder or in a zip, sentences about what cannot be read).

    A zip that is alone in the folder is opened as the folder would be.
    """
    found, warnings = [], []
    inside = _inside(root) if root.is_dir() else [root]
    if len(inside) != 1 or not is_zip(inside[0].name):
        _walk(root, (), found, warnings)
        return found, warnings
    _open_zip((inside[0].name,), lambda: inside[0], found, warnings)
    if root.is_dir() and any(len(entry.parts) < 3 for entry in found):
        return found, warnings  # the zip is a student, and not the class
    return [Member(entry.parts[1:] or entry.parts, entry.read) for entry in found], warnings


def is_zip(name):
    """Whether the name is that of a zip."""
    return name.lower().endswith(".zip")


def stem(name):
    """A name without the endings of notebooks and zips."""
    return re.sub(r"(?i)(\.ipynb)?(\.zip|\.txt|\.json|\.ipynb)$", "", name)


def _inside(folder):
    return sorted(path for path in Path(folder).iterdir() if not _is_ignored(path.name))


def _is_ignored(name):
    return name.startswith((".", "~$")) or name in IGNORED


def _walk(folder, parts, found, warnings):
    """Note what lies in a folder; links and what is no file are named and left alone."""
    try:
        inside = _inside(folder)
    except OSError as error:
        warnings.append(f"{_shown(parts)}: cannot be opened ({error.strerror}).")
        inside = []
    if not inside and parts:
        found.append(Member(parts, None))
    for path in inside:
        _note(path, (*parts, path.name), found, warnings)


def _note(path, parts, found, warnings):
    mode = os.lstat(path).st_mode
    if stat.S_ISDIR(mode) and len(parts) < DEEPEST:
        _walk(path, parts, found, warnings)
    elif stat.S_ISREG(mode):
        _file(parts, path, found, warnings)
    else:
        kind = "a link" if stat.S_ISLNK(mode) else "no file"
        kind = "too deep" if stat.S_ISDIR(mode) else kind
        warnings.append(f"{_shown(parts)}: left out, for it is {kind}.")
        found += [Member(parts, None)] if len(parts) == 1 and stat.S_ISLNK(mode) else []


def _file(parts, source, found, warnings):
    """Note a file, or what is in it if it is a zip.  source: its path, or a function for bytes."""
    read = partial(_bytes_of_file, source) if isinstance(source, Path) else source
    if is_zip(parts[-1]) and sum(map(is_zip, parts)) <= ZIPS:
        _open_zip(parts, (lambda: source) if read is not source else read, found, warnings)
        return
    if is_zip(parts[-1]):
        warnings.append(f"{_shown(parts)}: not opened, a zip in a zip in a zip.")
    if parts[-1].lower().endswith(PACKED):
        warnings.append(f"{_shown(parts)}: not opened. Unpack it first; only zips are read.")
    found.append(Member(parts, read))


def _open_zip(parts, content, found, warnings):
    """Note the files in a zip, each with a function that unpacks it alone.

    content: function that returns the path of the zip, or its bytes.
    """
    before = len(found)
    try:
        with _zip(content) as packed:
            members = [one for one in packed.infolist() if not one.is_dir()]
        if len(members) > MOST_FILES:
            raise ValueError(f"it holds more than {MOST_FILES:,} files")
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        warnings.append(f"{_shown(parts)}: not opened, {_why(error)}.")
        members = []
    for member in members:
        inner = _parts_of(member.filename)
        if inner and not any(map(_is_ignored, inner)):
            _file((*parts, *inner), partial(_unpacked, content, member), found, warnings)
    if len(found) == before:
        found.append(Member(parts, None))


def _parts_of(name):
    """The parts of a path in a zip; what leads upward, and drives, are dropped."""
    parts = re.split(r"[/\\]", name)
    return tuple(part for part in parts if part not in ("", ".", "..") and not part.endswith(":"))


def _bytes_of_file(path):
    with open(path, "rb") as file:
        return _limited(file)


def _zip(content):
    source = content()
    return zipfile.ZipFile(source if isinstance(source, Path) else io.BytesIO(source))


def _unpacked(content, member):
    try:
        with _zip(content) as packed, packed.open(member) as file:
            return _limited(file)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError) as error:
        raise ValueError(_why(error)) from error
    except Exception as error:  # zlib, lzma and bz2 have errors of their own
        raise ValueError(f"it is damaged ({error})") from error


def _limited(file):
    """The bytes of a file. Raises ValueError if there are more than MOST_BYTES."""
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ValueError(f"it is larger than {MOST_BYTES // 2**20} MB")
    return data


def _why(error):
    if isinstance(error, RuntimeError) and not isinstance(error, NotImplementedError):
        return "it has a password"
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _shown(parts):
    return "/".join(parts)
