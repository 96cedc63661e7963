"""A small set that nnlib takes for MNIST while a test runs."""

import functools
import gzip
import hashlib

import numpy as np

from nnlib import mnist
from nnlib.mnist import _originals as originals
from tests.nnlib.mnist.data_server import refusing_url

TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = originals.FILES


def idx_bytes(array):
    axes = b"".join(n.to_bytes(4, "big") for n in array.shape)
    return bytes([0, 0, 8, array.ndim]) + axes + array.tobytes()


class World:
    """A small set in the place of MNIST, with a data folder of its own; packed as on a mirror."""

    def __init__(self, folder):
        rng = np.random.default_rng(7)
        self.arrays = {
            TRAIN_IMAGES: rng.integers(0, 256, (60, 28, 28), np.uint8),
            TRAIN_LABELS: rng.integers(0, 10, 60, np.uint8),
            TEST_IMAGES: rng.integers(0, 256, (10, 28, 28), np.uint8),
            TEST_LABELS: rng.integers(0, 10, 10, np.uint8),
        }
        self.unpacked = {name: idx_bytes(array) for name, array in self.arrays.items()}
        self.packed = {f"{name}.gz": gzip.compress(raw) for name, raw in self.unpacked.items()}
        self.files = {
            name: originals.IdxFile(self.arrays[name].shape, hashlib.sha256(raw).hexdigest())
            for name, raw in self.unpacked.items()
        }
        self.folder = folder

    def fill(self, folder, *, packed=True):
        folder.mkdir(exist_ok=True)
        for name, content in (self.packed if packed else self.unpacked).items():
            (folder / name).write_bytes(content)
        return folder


REAL_MINI_ARRAYS = mnist._mini_arrays
mini_arrays = functools.cache(REAL_MINI_ARRAYS)


def small_world(folder, monkeypatch):
    """A `World` that nnlib takes for MNIST, with no mirror that answers."""
    world = World(folder)
    monkeypatch.setattr(originals, "FILES", world.files)
    monkeypatch.setattr(originals, "MIRRORS", (refusing_url(),))
    monkeypatch.setattr(mnist, "data_folder", lambda: world.folder)
    monkeypatch.setattr(mnist, "_mini_arrays", mini_arrays)
    monkeypatch.setattr(mnist, "_last_failure", None)
    monkeypatch.setattr(mnist, "_has_warned", False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("NNLIB_DATA", "NNLIB_OFFLINE"):
        monkeypatch.delenv(name, raising=False)
    return world


def assert_is_world(data, world):
    expected = {name: array.reshape(len(array), -1) for name, array in world.arrays.items()}
    images = np.concatenate([data.train.images, data.validation.images])
    labels = np.concatenate([data.train.labels, data.validation.labels])
    np.testing.assert_array_equal(images, expected[TRAIN_IMAGES].astype("f4") / np.float32(255))
    np.testing.assert_array_equal(labels, expected[TRAIN_LABELS][:, 0])
    np.testing.assert_array_equal(data.test.labels, expected[TEST_LABELS][:, 0])
    np.testing.assert_array_equal(
        data.test.images, expected[TEST_IMAGES].astype("f4") / np.float32(255)
    )
    assert [len(split.labels) for split in data] == [50, 10, 10]
    assert data.name == "full"
