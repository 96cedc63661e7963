"""Arrays in files: written whole or not at all, and read without pickle."""

import errno
import os
import re
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

STALE_SECONDS = 24 * 3600.0  # no write takes so long: its temporary file belongs to nobody
FORBIDDEN = "you may not write there, or another program has it open. Name a folder of yours"
REASONS = {
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: "the disk can only be read. Name a folder on another one",
    errno.ENOSPC: "the disk is full. Make room on it and try again",
    errno.EDQUOT: "your share of the disk is full. Make room in it and try again",
}


@contextmanager
def replacing(path):
    """An open binary file that becomes `path` when the `with` block ends well.

    The bytes go to a temporary file in the same folder. When all of them are on the disk it takes
    the name `path` in one step. If anything fails, Ctrl-C included, `path` stays as it was and the
    temporary file is removed. If `path` is a link, the file that it leads to is replaced.
    Raises FileNotFoundError if the folder is missing, and OSError, with what to do, if the folder
    may not be written to or the disk is full.
    """
    path = Path(path)
    if path.is_symlink():
        path = Path(os.path.realpath(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(f"The folder {path.parent} does not exist. Make it first.")
    if path.is_dir():
        raise IsADirectoryError(f"{path} is a folder. Give the name of a file.")
    _remove_stale_parts(path.parent)
    part = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with open(part, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink()
        if not isinstance(error, OSError) or error.errno not in REASONS:
            raise
        kind = PermissionError if isinstance(error, PermissionError) else OSError
        raise kind(f"{path} could not be written: {REASONS[error.errno]}") from error


def _remove_stale_parts(folder):
    """Remove temporary files that killed processes left; one that may still grow is younger."""
    for path in folder.glob(".*.part"):
        ours = re.fullmatch(r"\.[0-9a-f]{16}\.part", path.name)
        with suppress(OSError):  # another process may have removed it meanwhile
            if ours and time.time() - path.stat().st_mtime > STALE_SECONDS:
                path.unlink()


def save_arrays(path, arrays):
    """Write the dictionary `arrays` (name -> array of numbers) as an .npz at exactly `path`.

    No suffix is added. An earlier file at `path` is replaced only when the new one is complete.
    Raises ValueError for an array of Python objects, since only pickle could store it.
    """
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
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"There is no file {path}. Check the name, or save it first.")
    if path.is_dir():
        raise ValueError(f"{path} is a folder. Give the name of a file in it.")
    with open(path, "rb") as file:
        # A damaged zip makes zipfile, zlib and NumPy raise errors of almost any class.
        try:
            return _read_npz(file)
        except Exception as error:
            why = (str(error) or type(error).__name__).splitlines()[0]
            raise ValueError(
                f"{path} cannot be read as saved arrays: it is cut off, damaged, or another "
                f"kind of file ({why}). Save it again."
            ) from error


def _read_npz(file):
    if file.read(2) != b"PK":
        raise ValueError("it is not an .npz file")
    file.seek(0)
    with np.load(file, allow_pickle=False) as npz:
        damaged = npz.zip.testzip()  # checks every byte, also those that no array uses
        if damaged:
            raise ValueError(f"{damaged} inside it has changed since it was saved")
        arrays = {name: npz[name] for name in npz.files}
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            raise ValueError(f"{name} inside it is not an array")
    return arrays
