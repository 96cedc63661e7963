"""Digits of one's own class: labelled sheets in a file, and several files as one test set."""

import os
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image

from course.ask import record
from nnlib import locks, storage
from nnlib.handwriting import EMPTY, ImageError, ink, normalise, page
from nnlib.mnist import Split

FILE_NAME = "my_digits.npz"
SIDE = 112  # pixels of the sides of a sheet that is kept


class Collection:
    """Labelled digits that somebody wrote, kept in one .npz file.

    path: the file; it need not exist yet. Without one it is my_digits.npz beside the student's
    progress, or nowhere if no progress is kept: then the digits last as long as the kernel.
    Several kernels may write to the file at the same time.
    """

    def __init__(self, path=None):
        progress = record.location()
        beside = progress and progress.with_name(FILE_NAME)
        self.path = Path(path).absolute() if path else beside
        self._unkept = _nothing()

    def __len__(self):
        return len(self.labels)

    def __repr__(self):
        where = self.path or "not kept in a file"
        return f"Collection of {len(self)} digits, {where}"

    @property
    def sheets(self):
        """Gray sheets, uint8 (n, 112, 112), in the order in which they were added."""
        return self._load()[0]

    @property
    def labels(self):
        """Which digit each is, int64 (n,)."""
        return self._load()[1]

    @property
    def images(self):
        """The sheets as the network sees them, float32 (n, 784), see `normalise`."""
        return _normalised(self.sheets)

    def split(self):
        """Images and labels as a `nnlib.mnist.Split`."""
        sheets, labels = self._load()
        return Split(_normalised(sheets), labels)

    def add(self, image, label):
        """Keep one more digit.

        image: see `nnlib.handwriting.page`.  label: 0 to 9.
        Raises ImageError for a sheet without ink, ValueError for another label, OSError if the
        file cannot be written.
        """
        if label not in range(10):
            raise ValueError(f"label is {label!r}: expected the digit that it is, 0 to 9")
        sheet = _small(page(image))
        if not ink(sheet / np.float32(255)).any():
            raise ImageError(EMPTY)
        self._change(lambda sheets, labels: ([*sheets, sheet], [*labels, label]))

    def remove_last(self):
        """Take out the digit that was added last; nothing happens if there is none."""
        self._change(lambda sheets, labels: (sheets[:-1], labels[:-1]))

    def _load(self):
        if self.path is None:
            return self._unkept
        return load(self.path) if os.path.exists(self.path) else _nothing()

    def _change(self, change):
        """Replace (sheets, labels) by change(sheets, labels), while nobody else writes."""
        if self.path is None:
            self._unkept = _arrays(*change(*self._unkept))
            return
        storage.make_folder(self.path.parent)
        with locks.locked(self.path):
            sheets, labels = _arrays(*change(*self._load()))
            storage.save_arrays(self.path, {"sheets": sheets, "labels": labels})


class Together(Split):
    """The digits of several writers, a Split with one thing more: `writers`, (n,) names."""

    writers = ()


def together(paths):
    """The digits of several files as one pair (images, labels) with `writers`, a `Together`.

    paths: of files that a `Collection` wrote, or one folder of them. Who wrote is the name of the
    file. Raises FileNotFoundError for a missing file, ValueError for one that is damaged, for none
    at all, and for two of the same name.
    """
    files = _files(paths)
    found = {path.stem: load(path) for path in files}
    if len(found) < len(files):
        names = ", ".join(sorted(path.name for path in files))
        raise ValueError(f"Two files have the same name among {names}: rename one of them.")
    sheets, labels = (np.concatenate(parts) for parts in zip(*found.values()))
    pair = Together(_normalised(sheets), labels)
    pair.writers = np.repeat(list(found), [len(own) for _, own in found.values()])
    return pair


def load(path):
    """(sheets (n, 112, 112) uint8, labels (n,) int64) of a file that a `Collection` wrote.

    Raises FileNotFoundError if it is missing, ValueError if it is damaged or another file.
    """
    kept = storage.load_arrays(path)
    sheets, labels = kept.get("sheets"), kept.get("labels")
    fits = (
        kept.keys() == {"sheets", "labels"}
        and sheets.dtype == np.uint8
        and sheets.shape == (labels.size, SIDE, SIDE)
        and labels.ndim == 1
        and labels.dtype.kind in "iu"
        and np.isin(labels, range(10)).all()
    )
    if not fits:
        raise ValueError(
            f"{path} does not hold digits that the pad of lesson 10 kept: expected sheets of "
            f"{SIDE} x {SIDE} with labels 0 to 9. Name a file that it made, such as {FILE_NAME}."
        )
    return sheets, labels.astype(np.int64)


def _files(paths):
    if isinstance(paths, (str, Path)):
        folder = Path(paths)
        paths = sorted(folder.glob("*.npz")) if folder.is_dir() else [folder]
    files = [Path(path) for path in paths]
    if not files:
        raise ValueError(f"no files were given: expected files such as {FILE_NAME}, or a folder")
    return files


def _nothing():
    return _arrays([], [])


def _arrays(sheets, labels):
    return (
        np.reshape(np.array(sheets, np.uint8), (-1, SIDE, SIDE)),
        np.array(labels, np.int64),
    )


def _small(gray):
    """A page as a sheet, uint8 (112, 112): made smaller, and its paper continued to a square."""
    height, width = gray.shape
    share = SIDE / max(height, width)
    size = max(1, round(width * share)), max(1, round(height * share))
    picture = Image.fromarray(np.rint(255 * gray).astype(np.uint8))
    small = np.asarray(picture.resize(size, Image.Resampling.BOX))
    down, across = SIDE - small.shape[0], SIDE - small.shape[1]
    edges = (down // 2, down - down // 2), (across // 2, across - across // 2)
    return np.pad(small, edges, mode="edge")


def _normalised(sheets):
    """Sheets (n, 112, 112) as the network sees them, float32 (n, 784)."""
    return np.array([_image(sheet.tobytes()) for sheet in sheets], np.float32).reshape(-1, 784)


@lru_cache(2000)
def _image(sheet):
    """The image (784,) of the bytes of one sheet; the same ones are asked for again and again."""
    return normalise(np.frombuffer(sheet, np.uint8).reshape(SIDE, SIDE)).reshape(784)
