"""The four original MNIST files: which they are, and how they are read, verified and downloaded."""

import gzip
import hashlib
import io
import os
import zlib
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import prod
from typing import NamedTuple

import numpy as np

from nnlib import download, storage


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
MEND = "python -m nnlib.mnist"


def counts():
    """How many digits are for training and how many for testing."""
    return tuple(FILES[f"{part}-labels-idx1-ubyte"].shape[0] for part in ("train", "t10k"))


def present(folder):
    """Which files the folder holds: name -> path, packed as .gz or else unpacked."""
    paths = {name: (folder / f"{name}.gz", folder / name) for name in FILES}
    found = {name: [path for path in pair if path.is_file()] for name, pair in paths.items()}
    return {name: pair[0] for name, pair in found.items() if pair}


def missing(folder):
    """Names of the files that the folder lacks."""
    return [name for name in FILES if name not in present(folder)]


def broken(folder):
    """Names of the files that the folder lacks or that are not the original ones."""
    return [name for name in FILES if not _is_right(folder, name)]


def read(folder):
    """Training images and labels, test images and labels, from a folder that lacks none.

    images: (n, 784) float32, pixels / 255; labels: (n,) int64. Raises ValueError that names the
    first file that is cut off, altered or swapped.
    """
    # In threads, because zlib, SHA-256 and NumPy all let other threads run meanwhile.
    with ThreadPoolExecutor() as pool:
        return list(pool.map(partial(_read_array, present(folder)), FILES))


def fetch(names, folder):
    """Download files one after the other, verify each and keep it.

    Raises ConnectionError if no mirror sends a file, FileNotFoundError if NNLIB_OFFLINE is set,
    PermissionError if the folder may not be written to.
    """
    if names and os.environ.get("NNLIB_OFFLINE", "") not in ("", "0"):
        raise FileNotFoundError(
            f"{folder} lacks MNIST files or has damaged ones, and NNLIB_OFFLINE forbids the "
            f"download. Unset it and run: {MEND}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if names and not os.access(folder, os.W_OK):
        raise PermissionError(
            f"You may not write to {folder}. Set NNLIB_DATA to a folder of yours."
        )
    for name in names:
        content = _from_a_mirror(name)
        with storage.replacing(folder / f"{name}.gz") as file:
            file.write(content)


def scaled(pixels):
    """Bytes 0 to 255 as float32 in [0, 1]."""
    return np.divide(pixels, np.float32(255), dtype=np.float32)


def _read_array(paths, name):
    shape = FILES[name].shape
    values = np.frombuffer(_read_verified(paths[name], name), np.uint8)[-prod(shape) :]
    return (
        scaled(values.reshape(len(values) // 784, 784)) if len(shape) == 3 else values.astype(int)
    )


def _read_verified(path, name):
    """The unpacked bytes at `path`; raises ValueError if they are not those of `name`."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as file:
        try:
            return _verified(file, name)
        except ValueError as error:
            raise ValueError(f"{path} {error}. To replace it, run: {MEND}") from error


def _from_a_mirror(name):
    try:
        return download.fetch(f"{name}.gz", MIRRORS, partial(_check_content, name))
    except ConnectionError as error:
        raise ConnectionError(f"{error}\nOnce there is a network, run: {MEND}") from error


def _check_content(name, content):
    with gzip.open(io.BytesIO(content)) as file:
        try:
            _verified(file, name)
        except ValueError as error:
            raise ValueError(f"what it sent {error}") from error


def _verified(file, name):
    """All bytes of an open file; raises ValueError if they are not those of `name`."""
    try:
        data = file.read(max(known.size for known in FILES.values()) + 1)
    except EOFError:
        raise ValueError("is cut off") from None
    except (gzip.BadGzipFile, zlib.error):
        raise ValueError("is damaged, or is not a gzip file") from None
    found = hashlib.sha256(data).hexdigest()
    if found != FILES[name].sha256:
        raise ValueError(_difference(name, len(data), found))
    return data


def _difference(name, size, found):
    swapped = [other for other, known in FILES.items() if known.sha256 == found]
    if swapped:
        return f"holds the contents of {swapped[0]}: the files were swapped"
    if size < FILES[name].size:
        return f"is cut off: {size:,} bytes instead of {FILES[name].size:,}"
    return "was altered, or is another file: its SHA-256 is not that of the original"


def _is_right(folder, name):
    path = present(folder).get(name)
    try:
        return path is not None and bool(_read_verified(path, name))
    except ValueError:
        return False
