"""The MNIST digits: found, downloaded, verified, loaded and split.

`load()` looks where the environment variable NNLIB_DATA points, then in the data folder, then
downloads. Without a network it takes the course's own small set, 5,000 of the same digits.
`python -m nnlib.mnist` downloads the full set, or mends it, and says what is in use.
"""

import hashlib
import operator
import os
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from nnlib import arguments, storage
from nnlib.commands import ROOT
from nnlib.mnist import _book_pickle, _originals

QUIET_SECONDS = 60.0  # how long load() believes that there is no network, once it has tried
MINI_FILE = ROOT / "data" / "mnist_5000.npz"
MINI_SHA256 = "0fda72e491c6f583c3728c7558f9d824cae4eb32e2c802b65148ce449ec8384c"

_last_failure = None  # when a download failed last, and why
_has_warned = False


class SmallDataWarning(UserWarning):
    """The small set is in use because the full one could not be had."""


class Split(NamedTuple):
    """A pair: images (n, 784) float32 in [0, 1], pixels / 255; labels (n,) int64, 0 to 9.

    `images, labels = split` takes it apart, and so do split[0] and split[1], as in the book.
    A slice, a list of k numbers or a mask (n,) picks digits: split[:1000] is a Split of
    images (1000, 784) and labels (1000,). As of every pair, len(split) is 2; there are
    len(split.labels) digits.
    """

    images: np.ndarray
    labels: np.ndarray

    def __getitem__(self, which):
        """Part 0 or 1 of the pair, or a Split of the digits that `which` picks."""
        several = isinstance(which, slice) or not isinstance(which, tuple) and np.ndim(which) == 1
        if several:
            return Split(self.images[which], self.labels[which])
        try:
            return tuple.__getitem__(self, operator.index(which))
        except (IndexError, TypeError):
            raise IndexError(
                f"[{which!r}] picks nothing here: [0] is all images and [1] all labels. For one "
                "digit type .images[5] and .labels[5], for the first thousand [:1000]"
            ) from None

    def first(self, n):
        """The first n images with their labels, as a Split; all of them if there are fewer."""
        return Split(self.images[:n], self.labels[:n])


@dataclass(frozen=True, eq=False, repr=False)
class MNIST:
    """The digits in three splits; `train, validation, test = load()` takes them apart.

    name: "full" or "mini".  source: where the digits come from, in words.
    """

    train: Split
    validation: Split
    test: Split
    name: str
    source: str

    def __iter__(self):
        return iter((self.train, self.validation, self.test))

    def __repr__(self):
        train, validation, test = (f"{len(split.labels):,}" for split in self)
        return (
            f"MNIST, {self.name} set: {train} training, {validation} validation and {test} test "
            f"digits, from {self.source}"
        )


def load(which=None):
    """The MNIST digits as an `MNIST`: 50,000 / 10,000 / 10,000 in full, 4,000 / 500 / 500 in mini.

    which: "full" or "mini" asks for that set and never gives the other. None gives the full set
    if it is on this computer or can be downloaded, otherwise the mini set and, once in a process,
    a `SmallDataWarning`. If NNLIB_DATA is set, the full set comes from there or not at all;
    NNLIB_OFFLINE=1 forbids the download.
    The files may have any names, packed or not, and lie up to two folders down.
    Raises FileNotFoundError for missing files, ConnectionError for a download that failed,
    ValueError for a file that is cut off or altered; each says what to do.
    """
    if which is not None and not (isinstance(which, str) and which in ("full", "mini")):
        raise ValueError(
            f'which is {arguments.short(which)}: expected "full", "mini" or nothing, as in load()'
        )
    if which == "mini":
        return _load_mini()
    chosen = _chosen_path()
    if chosen:
        return _load_chosen(chosen)
    try:
        found = _complete(data_folder(), insist=which == "full")
    except OSError as error:
        if which == "full":
            raise
        _warn_once(error)
        return _load_mini()
    return _full(found, "the data folder")


def given(data, *parts, which=None):
    """`data`, if it has the splits named in `parts`, or else all three; for None load(which).

    Raises ValueError for anything else, such as one split alone.
    """
    if data is None:
        return load(which)
    wanted = parts or ("train", "validation", "test")
    lacks = [part for part in wanted if not hasattr(data, part)]
    if lacks:
        raise ValueError(
            f"data is {arguments.short(data)}, which has no {lacks[0]}: expected all that "
            "mnist.load() returns; type for example data=mnist.load()"
        )
    return data


def data_folder():
    """Where downloads land: data/ of the project, or a cache folder if only nnlib is installed."""
    if (ROOT / "pyproject.toml").is_file():
        return ROOT / "data"
    import pooch

    return Path(pooch.os_cache("nnlib"))


def mend():
    """Download what is missing or damaged in the folder in use; files that are right stay."""
    folder = _chosen_path() or data_folder()
    missing = _originals.find(folder).missing
    if missing and not _book_pickle.find(folder):
        _originals.fetch(missing, folder)


def _chosen_path():
    """The path in NNLIB_DATA, or None if it is not set."""
    value = os.environ.get("NNLIB_DATA", "").strip("\"'")  # %env and cmd.exe keep quotes
    if not value:
        return None
    path = Path(os.path.expanduser(value))
    is_original = any(_originals.looks_like(path, name) for name in _originals.FILES)
    if os.path.isdir(path) or (_book_pickle.find(path) and not is_original):
        return path
    if os.path.isfile(path) and is_original:
        advice = f"Name the folder that holds it: {path.parent}"
    else:
        advice = f"Correct it; or unset it and run: {_originals.mend_command()}"
    raise FileNotFoundError(
        f"NNLIB_DATA is {value!r}: expected a folder with the four MNIST files, or the book's "
        f"mnist.pkl.gz. {advice}"
    )


def _load_chosen(path):
    """The digits at the path in NNLIB_DATA: the originals, or else those in the book's file."""
    found = _originals.find(path)
    if not found.missing:
        return _full(found, "the folder in NNLIB_DATA")
    if book_files := _book_pickle.find(path):
        return _load_book(book_files)
    found.check()
    raise FileNotFoundError(
        f"NNLIB_DATA points at {path}, which lacks {', '.join(found.missing)} (packed or not, "
        "under any name, in it or up to two folders down). To download what is missing, run: "
        f"{_originals.mend_command()}"
    )


def _full(found, source):
    images, labels, test_images, test_labels = _originals.arrays(found.contents)
    n = len(labels) - len(test_labels)  # as many to validate as to test
    return MNIST(
        Split(images[:n], labels[:n]),
        Split(images[n:], labels[n:]),
        Split(test_images, test_labels),
        name="full",
        source=source,
    )


def _load_book(paths):
    """The digits in the first of the files that is right; ValueError for the first if none is."""
    training, test = _originals.counts()
    splits = _book_pickle.read_first(paths, (training - test, test, test))
    source = "the book's mnist.pkl.gz in NNLIB_DATA, with pixels as it has them"
    return MNIST(*(Split(*split) for split in splits), name="full", source=source)


def _complete(folder, insist):
    """The four files as `_originals.Found`, downloaded if the folder lacks them.

    Raises ValueError for a damaged file, OSError if the download fails or has just failed.
    """
    global _last_failure
    found = _originals.find(folder)
    if not found.missing:
        return found
    found.check()
    if _last_failure and not insist and time.monotonic() - _last_failure[0] < QUIET_SECONDS:
        raise ConnectionError(_last_failure[1])
    try:
        _originals.fetch(found.missing, folder)
    except OSError as error:
        _last_failure = time.monotonic(), str(error)
        raise
    return _originals.find(folder)


def _warn_once(error):
    """Say, once in a process, that the small set is in use, why, and how to get the rest."""
    global _has_warned
    if not _has_warned:
        _has_warned = True
        message = (
            "5,000 of the 70,000 MNIST digits are in use, because the full set could not be had.\n"
            f"{error}\nTo get the rest, mend that, run: {_originals.mend_command()}\n"
            "and begin again; in a notebook, restart the kernel."
        )
        warnings.warn(message, SmallDataWarning, stacklevel=3)


def _load_mini():
    """The course's small set in three splits, each with all ten digits equally often."""
    images, labels = _mini_arrays()
    images, labels = _originals.scaled(images), labels.astype(int)
    train, validation, test = (
        Split(images[start:stop], labels[start:stop])
        for start, stop in ((0, 4000), (4000, 4500), (4500, 5000))
    )
    return MNIST(train, validation, test, name="mini", source="the file data/mnist_5000.npz")


def _mini_arrays():
    """Images (5000, 784) and labels (5000,) of the small set as bytes, if nobody changed them."""
    arrays = storage.load_arrays(MINI_FILE)
    images, labels = arrays["images"], arrays["labels"]
    if sha256(images, labels) != MINI_SHA256:
        raise ValueError(f"{MINI_FILE} was altered. Get this file of the course again.")
    return images, labels


def sha256(*arrays):
    """The SHA-256 of the arrays' bytes, one after the other, as text."""
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()
