"""Find and read the book's mnist.pkl.gz, and run nothing that a pickle may ask for.

A pickle names functions and has them called. Here every name is answered by one of a few
stand-ins defined below, and any other name is refused. NumPy's own classes are not handed out:
numpy.ndarray can be told to take any bytes for the addresses of Python objects.
"""

import gzip
import os
import pickle
import re
import struct
from pathlib import Path

import numpy as np

from nnlib import commands
from nnlib.mnist import _finding as finding

MAX_BYTES = 500_000_000  # the book's file holds 220 MB
NUMBER_CODES = {f"{kind}{size}" for kind in "iuf" for size in (1, 2, 4, 8)} - {"f1"}


def find(path):
    """The book's file, if `path` is one, or those in the folder `path`, the likeliest first.

    In a folder and up to two folders down they go by name, such as MNIST.pkl or
    mnist.pkl (1).gz; a path may have any name, if it leads to a pickle, in gzip form or not.
    """
    path = Path(path)
    if os.path.isfile(path):
        return [path] if ".pkl" in path.name.lower() or _begins_as_pickle(path) else []
    named = [at for at, _ in finding.files(path) if re.search(r"mnist.*\.pkl", at.name, re.I)]
    return sorted(named, key=lambda at: len(at.name))  # mnist.pkl.gz before mnist_expanded.pkl.gz


def read_first(paths, counts):
    """What `read` returns for the first of the paths that it can read.

    Raises the ValueError of the first path if it can read none.
    """
    first_error = None
    for path in paths:
        try:
            return read(path, counts)
        except ValueError as error:
            first_error = first_error or error
    raise first_error


def read(path, counts):
    """The training, validation and test digits in the pickle at `path`, plain or in gzip form.

    counts: how many digits each of the three must have. Returns one pair (images, labels) for
    each: images (n, 784) float32, as bright as in the file, in [0, 1]; labels (n,) int64.
    Raises ValueError if the file is damaged, or holds or asks for anything else.
    """
    # A wrong pickle can raise errors of any class, from the unpickler and from NumPy.
    try:
        splits = _unpickle(path)
        if len(splits) != len(counts):
            raise ValueError(f"it holds {len(splits)} sets of digits, expected {len(counts)}")
        return [_checked(split, n) for split, n in zip(splits, counts)]
    except Exception as error:
        why = str(error) or "it is cut off"
        raise ValueError(
            f"{path} is damaged or is not the book's mnist.pkl.gz: {why}. "
            "Get it again, or take the original four files instead: unset NNLIB_DATA and run: "
            + commands.run("nnlib.mnist")
        ) from error


def _begins_as_pickle(path):
    try:
        with open(path, "rb") as file:
            head = file.read(2)
    except OSError:
        return False
    return head == finding.GZIP or head[:1] == b"\x80"


def _unpickle(path):
    with open(path, "rb") as file:
        head = file.read(1000)
    compressed = head.startswith(finding.GZIP)
    if strange := finding.stand_in(head):
        raise ValueError(f"it {strange}")
    with (gzip.open if compressed else open)(path, "rb") as file:
        if compressed and file.seek(MAX_BYTES) == MAX_BYTES:  # the end comes first in a good file
            raise ValueError(f"it unpacks to more than {MAX_BYTES:,} bytes")
        file.seek(0)
        return _ArraysOnly(file, encoding="bytes").load()


class _ArraysOnly(pickle._Unpickler):
    """The unpickler that is written in Python: that in C makes room for whatever a number asks."""

    dispatch = dict(pickle._Unpickler.dispatch)

    def load_bytearray8(self):
        """Read before there is room for it: a few bytes may promise gigabytes."""
        (size,) = struct.unpack("<Q", self.read(8))
        self.append(bytearray(self.read(min(size, MAX_BYTES))))

    dispatch[pickle.BYTEARRAY8[0]] = load_bytearray8

    def find_class(self, module, name):
        """The stand-in for a name in the pickle of an array; no other name is looked up."""
        asked = f"{module}.{name}".replace("numpy._core.", "numpy.core.")
        if asked not in STAND_INS:
            raise pickle.UnpicklingError(f"it asks for {asked}, which no array needs")
        return STAND_INS[asked]


class _Type:
    """Stands in for numpy.dtype: a code such as f4, and a byte order."""

    def __init__(self, code, *_):
        self.code, self.order = _text(code), "="

    def __setstate__(self, state):
        self.order = _text(state[1])

    def dtype(self):
        if self.code not in NUMBER_CODES:
            raise pickle.UnpicklingError(f"it holds values of type {self.code!r}, not numbers")
        return np.dtype(self.order + self.code)


class _Array:
    """Stands in for numpy.ndarray; `values` is the array once its state has been read."""

    values = None

    def __init__(self, *_):
        pass

    def __setstate__(self, state):
        _, shape, number_type, by_columns, data = state
        flat = np.frombuffer(data, number_type.dtype())
        self.values = flat.reshape(shape, order="F" if by_columns else "C")


def _from_buffer(data, number_type, shape, order):
    array = _Array()
    array.__setstate__((1, shape, number_type, order == "F", data))
    return array


def _encode(text, encoding):
    return text.encode("latin1")


STAND_INS = {
    "numpy.ndarray": _Array,
    "numpy.dtype": _Type,
    "numpy.core.multiarray._reconstruct": _Array,
    "numpy.core.numeric._frombuffer": _from_buffer,  # protocol 5
    "_codecs.encode": _encode,  # how Python 3 writes bytes for Python 2
}


def _text(value):
    """A string of a Python 2 pickle comes as bytes."""
    return value.decode("ascii") if isinstance(value, bytes) else value


def _checked(split, n):
    """(images, labels) of n digits from a pair of stand-ins; raises ValueError if they are not."""
    images, labels = (array.values for array in split)
    if images.shape != (n, 784) or labels.shape != (n,):
        raise ValueError(f"images {images.shape}, labels {labels.shape}; expected {n} of each")
    if images.dtype.kind != "f" or not (images.min() >= 0 and images.max() <= 1):
        raise ValueError("its images are not fractions from 0 to 1")
    if labels.dtype.kind not in "iu" or labels.min() < 0 or labels.max() > 9:
        raise ValueError("its labels are not whole numbers from 0 to 9")
    return np.array(images, np.float32, order="C"), np.array(labels, np.int64)
