"""Arrays in files: written whole or not at all, and read without pickle."""

import errno
import os
import re
import stat
import time
import zipfile
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from nnlib import locks

STARTED_SECONDS = 2.0  # a temporary file is locked long before
STALE_SECONDS = 24 * 3600.0  # no write takes so long: where no lock tells, it belongs to nobody
MOST_UNPACKED = 20, 8_000_000  # times the size of a file, and bytes more: real arrays stay below
FORBIDDEN = "you may not write there, or another program has it open. Name a folder of yours"
REASONS = {
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: "the disk can only be read. Name a folder on another one",
    errno.ENOSPC: "the disk is full. Make room on it and try again",
    errno.EDQUOT: "your share of the disk is full. Make room in it and try again",
    errno.EFBIG: "it is larger than a file may be there. Name a folder on another disk",
    errno.ENAMETOOLONG: "its name is too long. Give a shorter one",
}


def writable(path):
    """The path that `replacing` would write: `path`, or where it leads to if it is a link.

    Raises FileNotFoundError if the folder is missing, and OSError, with what to do, if something
    else than a file is there or the folder may not be written to; TypeError for what is no path.
    """
    path = as_path(path)
    path = Path(os.path.realpath(path)) if os.path.islink(path) else path
    if not os.path.isdir(path.parent):
        raise FileNotFoundError(f"The folder {path.parent} does not exist. Make it first.")
    if os.path.isdir(path):
        raise IsADirectoryError(f"{path} is a folder. Give the name of a file.")
    try:
        there = stat.S_IFMT(os.lstat(path).st_mode)
    except FileNotFoundError:
        there = stat.S_IFREG
    except OSError as error:
        raise _refusal(error, path) from error
    if there != stat.S_IFREG:
        raise OSError(f"{path} is a pipe, a device or a circle of links. Give another name.")
    if not os.access(path.parent, os.W_OK):
        raise PermissionError(f"{path} could not be written: {FORBIDDEN}.")
    return path


def make_folder(path):
    """Make a folder, with those that it lies in, unless it is there; the folder as a Path.

    Raises OSError, with what to do, if it cannot be made or may not be written to.
    """
    path = as_path(path)
    try:
        path.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(path, os.W_OK) else FORBIDDEN
    except OSError as error:
        reason = REASONS.get(error.errno) or f"{error.strerror}. Name another folder"
    if reason:
        raise PermissionError(f"Nothing can be put into the folder {path}: {reason}.")
    return path


def as_path(path):
    """`path` as a Path; TypeError or ValueError if it can be none."""
    if not isinstance(path, (str, os.PathLike)):
        raise TypeError(f'path is {path!r:.60}: expected the name of a file, for example "net.npz"')
    if not os.fspath(path) or "\0" in os.fspath(path):
        raise ValueError(f"path is {path!r}: expected the name of a file, without the sign \\0")
    return Path(path)


@contextmanager
def replacing(path):
    """An open binary file that becomes `path` when the `with` block ends well.

    The bytes go to a temporary file in the same folder. When all of them are on the disk it takes
    the name `path` in one step. If anything fails, Ctrl-C included, `path` stays as it was and the
    temporary file is removed. If `path` is a link, the file that it leads to is replaced.
    Raises what `writable` does, and OSError, with what to do, if the system refuses later.
    """
    path = writable(path)
    _remove_left_parts(path.parent)
    part = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with open(part, "xb") as file:
            locks.take(file)  # as long as it is held, nobody takes the file for one left behind
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if not isinstance(error, OSError) or error.errno is None:
            raise
        raise _refusal(error, path) from error


def _refusal(error, path):
    """What the system said when `path` should be written, as an error that says what to do."""
    reason = REASONS.get(error.errno) or f"{error.strerror}. Try another folder"
    kind = PermissionError if isinstance(error, PermissionError) else OSError
    return kind(f"{path} could not be written: {reason}.")


def _remove_left_parts(folder):
    """Remove the temporary files that killed processes left."""
    for path in folder.glob(".*.part"):
        with suppress(OSError):  # on Windows while it is open; or somebody else has removed it
            if re.fullmatch(r"\.[0-9a-f]{16}\.part", path.name) and _is_left(path):
                path.unlink()


def _is_left(path):
    """Whether nobody writes this temporary file any more."""
    age = time.time() - path.stat().st_mtime
    if locks.fcntl is None or age > STALE_SECONDS:
        return age > STARTED_SECONDS
    with open(path, "r+b") as file:
        return age > STARTED_SECONDS and locks.take(file)


@contextmanager
def opened(path):
    """An ordinary file, open for reading bytes.

    Raises FileNotFoundError if there is none, and OSError, with what to do, if it is a folder, a
    pipe or a device, or may not be read; TypeError for what is no path.
    """
    path = as_path(path)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a pipe would wait for ever, a device may have no end
            kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
            raise OSError(f"{path} is {kind}. Give the name of a file.")
        file = open(path, "rb")  # noqa: SIM115 (closed below; what the reader raises is its own)
    except FileNotFoundError:
        raise FileNotFoundError(
            f"There is no file {path}. Check the name, or save it first."
        ) from None
    except OSError as error:
        if error.errno is None:
            raise
        kind = PermissionError if isinstance(error, PermissionError) else OSError
        raise kind(
            f"{path} cannot be read: {error.strerror}. Make it readable, or name another file."
        ) from error
    with file:
        yield file


def save_arrays(path, arrays):
    """Write the dictionary `arrays` (name -> array of numbers) as an .npz at exactly `path`.

    No suffix is added. An earlier file at `path` is replaced only when the new one is complete.
    Raises ValueError for an array of Python objects, since only pickle could store it.
    """
    if not isinstance(arrays, dict) or not all(isinstance(name, str) for name in arrays):
        raise ValueError(f"arrays is {arrays!r:.60}: expected a dictionary, name -> array")
    arrays = {name: np.asarray(array) for name, array in arrays.items()}
    for name, array in arrays.items():
        if array.dtype.hasobject:
            raise ValueError(f"{name!r} is an array of Python objects. Only numbers can be saved.")
        if name in ("file", "allow_pickle"):  # np.savez has arguments of these names
            raise ValueError(f"An array cannot be saved under the name {name!r}. Rename it.")
    with replacing(path) as file:
        np.savez(file, **arrays)


def load_arrays(path):
    """Read all arrays of the .npz at `path` into a dictionary name -> array.

    Nothing is ever unpickled. Raises FileNotFoundError if there is no such file, and ValueError
    if it is cut off, damaged, not an .npz, or holds anything else than arrays of numbers.
    """
    path = as_path(path)
    if os.path.isdir(path):
        raise ValueError(f"{path} is a folder. Give the name of a file in it.")
    with opened(path) as file:
        # A damaged zip makes zipfile, zlib and NumPy raise errors of almost any class.
        try:
            return _read_npz(file)
        except Exception as error:
            why = (
                getattr(error, "strerror", "") or str(error) or type(error).__name__
            ).splitlines()[0]
            raise ValueError(
                f"{path} cannot be read as saved arrays: it is cut off, damaged, or another "
                f"kind of file ({why}). Save it again."
            ) from error


def _read_npz(file):
    """The arrays of an open .npz; how much there is to read is looked at first."""
    _refuse_bomb(file)
    with np.load(file, allow_pickle=False) as npz:
        damaged = npz.zip.testzip()  # checks every byte, also those that no array uses
        if damaged:
            raise ValueError(f"{damaged} inside it has changed since it was saved")
        arrays = {name: npz[name] for name in npz.files}
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name} inside it is not an array")
    return arrays


def _refuse_bomb(file):
    """Leave the open file at its start. Raises ValueError if it is no .npz, or unpacks to far more.

    A member gives at most the bytes that the list at the end of the file promises.
    """
    if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise ValueError("it is not an .npz file")
    with zipfile.ZipFile(file) as packed:
        promised = sum(member.file_size for member in packed.infolist())
    times, more = MOST_UNPACKED
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if promised > times * size + more:
        raise ValueError(f"its {size:,} bytes would unpack to {promised:,}")
