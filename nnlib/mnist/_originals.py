"""The four original MNIST files: which they are, and how they are found, read and downloaded.

The hash of the unpacked bytes decides which file is which, whatever it is called.
"""

import gzip
import hashlib
import io
import os
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import prod
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from nnlib import commands, storage
from nnlib.mnist import _download as download
from nnlib.mnist import _finding as finding


class IdxFile(NamedTuple):
    """The shape of the array of bytes in a file, and the SHA-256 of the whole file unpacked."""

    shape: tuple
    sha256: str

    @property
    def size(self):
        """Bytes when unpacked: four of magic number, four per axis, then the array."""
        return 4 + 4 * len(self.shape) + prod(self.shape)


# The hashes are of unpacked files: the bytes of a .gz differ with the program that packed it.
FILES = {
    "train-images-idx3-ubyte": IdxFile(
        (60_000, 28, 28), "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"
    ),
    "train-labels-idx1-ubyte": IdxFile(
        (60_000,), "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"
    ),
    "t10k-images-idx3-ubyte": IdxFile(
        (10_000, 28, 28), "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"
    ),
    "t10k-labels-idx1-ubyte": IdxFile(
        (10_000,), "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"
    ),
}
MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",  # the PyTorch project's
    "https://storage.googleapis.com/cvdf-datasets/mnist/",  # the CVDF's, which TensorFlow uses
)
MOST_READ = 40  # files that are read whole while one is looked for


class Found(NamedTuple):
    """What a folder holds of the four files.

    contents: name -> unpacked bytes of each file that is there.  faults: name -> what is wrong, in
    words, with a file that is called so and is not the original.
    """

    contents: dict
    faults: dict

    @property
    def missing(self):
        """Names of the files that are not there, or only damaged."""
        return [name for name in FILES if name not in self.contents]

    def check(self):
        """Raise ValueError for the first missing file that is there, but damaged."""
        for name in self.missing:
            if name in self.faults:
                raise ValueError(
                    f"{self.faults[name]}. To download the original, run: {mend_command()}"
                )


def mend_command():
    """What to type to download the files that are missing or damaged."""
    return commands.run("nnlib.mnist")


def counts():
    """How many digits are for training and how many for testing."""
    return tuple(FILES[f"{part}-labels-idx1-ubyte"].shape[0] for part in ("train", "t10k"))


def find(folder):
    """The four files in a folder and up to two folders down, as a `Found`.

    The usual names come first. Only if one of them is not there, or damaged, all other files are
    looked at: those that are called alike or have the right size are read.
    """
    usual = {name: (folder / f"{name}.gz", folder / name) for name in FILES}
    present = {name: filter(os.path.isfile, paths) for name, paths in usual.items()}
    found = _read_first_right(present)
    if not found.missing:
        return found
    more = _read_first_right(_candidates(folder, found.missing, usual))
    return Found(found.contents | more.contents, more.faults | found.faults)


def arrays(contents):
    """Training images and labels, test images and labels, from the bytes of the four files.

    images: (n, 784) float32, pixels / 255; labels: (n,) int64.
    """
    return [_array(contents[name], known.shape) for name, known in FILES.items()]


def looks_like(path, name):
    """Whether a file is called almost like one of the four, as Train_images (1).gz is."""
    part, kind, *_ = name.split("-")
    return bool(re.search(f"{part}[-_. ]*{kind}", path.name, re.IGNORECASE))


def fetch(names, folder):
    """Download files one after the other, verify each and keep it.

    Raises ConnectionError if no mirror sends a file, FileNotFoundError if NNLIB_OFFLINE is set,
    PermissionError if the folder may not be written to.
    """
    if names and os.environ.get("NNLIB_OFFLINE", "") not in ("", "0"):
        raise FileNotFoundError(
            f"{folder} lacks MNIST files or has damaged ones, and NNLIB_OFFLINE forbids the "
            f"download. Unset it and run: {mend_command()}"
        )
    _make(folder)
    for name in names:
        content = _from_a_mirror(name)
        with storage.replacing(folder / f"{name}.gz") as file:
            file.write(content)


def scaled(pixels):
    """Bytes 0 to 255 as float32 in [0, 1]."""
    return np.divide(pixels, np.float32(255), dtype=np.float32)


def _make(folder):
    """Make a folder, unless there is one; raises PermissionError if nothing can be put into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        reason = "" if os.access(folder, os.W_OK) else "you may not write there"
    except OSError as error:
        reason = error.strerror
    if reason:
        raise PermissionError(
            f"Nothing can be put into {folder} ({reason}). Set NNLIB_DATA to a folder of yours "
            "that exists."
        )


def _candidates(folder, names, usual):
    """Where each of the names may be: name -> paths, the right size first, then the nearest."""
    found = {name: [] for name in names}
    largest = 1.1 * max(known.size for known in FILES.values())  # a .gz may be a bit larger
    for path, size in finding.files(folder):
        unpacked = finding.unpacked_size(path, size) if size <= largest else size
        for name, paths in found.items():
            fits = unpacked == FILES[name].size
            if (fits or looks_like(path, name)) and path not in usual[name]:
                paths.append((not fits, path))
    by_size = {name: sorted(paths, key=itemgetter(0)) for name, paths in found.items()}
    return {name: [path for _, path in paths[:MOST_READ]] for name, paths in by_size.items()}


def _read_first_right(paths):
    """Read the files at name -> paths until one is the original, and return a `Found`."""
    # In threads, because zlib and SHA-256 let other threads run meanwhile.
    found = Found({}, {})
    with ThreadPoolExecutor() as pool:
        list(pool.map(partial(_read_into, found), paths, paths.values()))
    return found


def _read_into(found, name, paths):
    for path in paths:
        try:
            found.contents[name] = _read_verified(path, name)
            return
        except ValueError as error:
            if looks_like(path, name):
                found.faults.setdefault(name, str(error))


def _array(content, shape):
    values = np.frombuffer(content, np.uint8)[-prod(shape) :]
    return (
        scaled(values.reshape(len(values) // 784, 784)) if len(shape) == 3 else values.astype(int)
    )


def _read_verified(path, name):
    """The unpacked bytes at `path`; raises ValueError if they are not those of `name`."""
    try:
        with open(path, "rb") as file:
            return _verified(file, name, packed=path.suffix.lower() == ".gz")
    except OSError as error:
        fault = f"cannot be read ({error.strerror})"
    except ValueError as error:
        fault = str(error)
    raise ValueError(f"{path} {fault}")


def _from_a_mirror(name):
    try:
        return download.fetch(f"{name}.gz", MIRRORS, partial(_check_content, name))
    except ConnectionError as error:
        raise ConnectionError(f"{error}\nOnce there is a network, run: {mend_command()}") from error


def _check_content(name, content):
    try:
        _verified(io.BytesIO(content), name, packed=True)
    except ValueError as error:
        raise ValueError(f"what it sent {error}") from error


def _verified(file, name, packed):
    """All bytes of an open file, unpacked; raises ValueError if they are not those of `name`.

    packed: whether it should be a .gz. One that is not, but holds the right bytes, is as good.
    """
    is_gzip = file.read(2) == finding.GZIP
    file.seek(0)
    data = _unpacked(gzip.GzipFile(fileobj=file) if is_gzip else file)
    found = hashlib.sha256(data).hexdigest()
    if found != FILES[name].sha256:
        strange = "is not a gzip file" if data and packed and not is_gzip else ""
        raise ValueError(finding.stand_in(data) or strange or _difference(name, len(data), found))
    return data


def _unpacked(file):
    """The bytes of an open file, at most one more than the largest original has."""
    try:
        return file.read(max(known.size for known in FILES.values()) + 1)
    except EOFError:
        raise ValueError("is cut off") from None
    except (gzip.BadGzipFile, zlib.error):
        raise ValueError("is damaged") from None


def _difference(name, size, found):
    others = [other for other, known in FILES.items() if known.sha256 == found]
    if others:
        return f"holds the contents of {others[0]}"
    if size < FILES[name].size:
        return f"is cut off: {size:,} bytes instead of {FILES[name].size:,}"
    return "was altered, or is another file: its SHA-256 is not that of the original"
