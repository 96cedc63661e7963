import errno
import os
import pickle
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from nnlib import locks, storage

ARRAYS = {"w": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([[0.5], [np.nan]])}


def assert_same(left, right):
    assert left.keys() == right.keys()
    for name in left:
        assert left[name].dtype == right[name].dtype
        np.testing.assert_array_equal(left[name], right[name])


@pytest.mark.parametrize("name", ["net", "net.npz", "net.weights.txt"])
def test_arrays_come_back_from_exactly_the_path_given(tmp_path, name):
    storage.save_arrays(tmp_path / name, ARRAYS)
    assert os.listdir(tmp_path) == [name]
    assert_same(storage.load_arrays(str(tmp_path / name)), ARRAYS)


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.text("abz_01", min_size=1),
        hnp.arrays(
            st.sampled_from(["f4", "f8", "i8", "u1", "?"]),
            hnp.array_shapes(min_dims=0, min_side=0, max_side=4),
        ),
        max_size=4,
    )
)
def test_any_arrays_of_numbers_come_back(tmp_path_factory, arrays):
    path = tmp_path_factory.mktemp("any") / "arrays"
    storage.save_arrays(path, arrays)
    assert_same(storage.load_arrays(path), arrays)


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("disk full")])
def test_a_failed_save_keeps_the_old_file_and_leaves_nothing_behind(tmp_path, monkeypatch, error):
    path = tmp_path / "net"
    storage.save_arrays(path, ARRAYS)

    def half_written(file, **arrays):
        file.write(b"PK half")
        raise error

    monkeypatch.setattr(np, "savez", half_written)
    with pytest.raises(type(error) if isinstance(error, Exception) else error):
        storage.save_arrays(path, {"w": np.zeros(3)})
    assert os.listdir(tmp_path) == ["net"]
    assert_same(storage.load_arrays(path), ARRAYS)


def test_a_saved_file_has_the_usual_permissions(tmp_path):
    storage.save_arrays(tmp_path / "net", ARRAYS)
    (tmp_path / "other").touch()
    assert (tmp_path / "net").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"w": np.array([None, 1])}, "'w' is an array of Python objects"),
        ({"file": np.zeros(2)}, "under the name 'file'"),
        ({"allow_pickle": np.zeros(2)}, "under the name 'allow_pickle'"),
    ],
)
def test_what_cannot_be_saved_is_said(tmp_path, arrays, words):
    with pytest.raises(ValueError, match=words):
        storage.save_arrays(tmp_path / "net", arrays)
    assert os.listdir(tmp_path) == []


def test_wrong_places_to_save_are_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="does not exist. Make it first"):
        storage.save_arrays(tmp_path / "nowhere" / "net", ARRAYS)
    with pytest.raises(IsADirectoryError, match="Give the name of a file"):
        storage.save_arrays(tmp_path, ARRAYS)


def test_a_missing_file_and_a_folder_are_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="There is no file .*net. Check the name"):
        storage.load_arrays(tmp_path / "net")
    with pytest.raises(ValueError, match="is a folder"):
        storage.load_arrays(tmp_path)


class Touch:
    """Unpickling this creates the file at `path`."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def bad_files(folder):
    """Name -> bytes of files that are no saved arrays."""
    good = folder / "good"
    storage.save_arrays(good, {"w": np.zeros(1000), "b": np.ones(10)})
    good = good.read_bytes()
    np.savez(folder / "objects.npz", w=np.array([Touch(folder / "touched")], dtype=object))
    np.save(folder / "single.npy", np.zeros(3))
    with zipfile.ZipFile(folder / "text.zip", "w") as packed:
        packed.writestr("w.txt", "no array")
    header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000,), }".ljust(117)
    with zipfile.ZipFile(folder / "huge.zip", "w") as packed:
        packed.writestr("w.npy", b"\x93NUMPY\x01\x00\x76\x00" + header + b"\n")
    changed = bytearray(good)
    changed[len(good) // 2] ^= 255  # in the numbers of w
    return {
        "empty": b"",
        "text": b"these are my weights",
        "cut off": good[: len(good) // 2],
        "cut off by a byte": good[:-1],
        "changed": bytes(changed),
        "a pickle": pickle.dumps(Touch(folder / "touched")),
        **{name: (folder / name).read_bytes() for name in os.listdir(folder) if "." in name},
    }


def test_every_bad_file_is_refused_by_name_and_nothing_is_unpickled(tmp_path):
    for name, content in bad_files(tmp_path).items():
        (tmp_path / "bad").write_bytes(content)
        with pytest.raises(ValueError, match="bad cannot be read as saved arrays"):
            pytest.fail(f"{name}: {storage.load_arrays(tmp_path / 'bad')}")
    assert not (tmp_path / "touched").exists()


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """(path of a file with ARRAYS, its bytes)."""
    path = tmp_path_factory.mktemp("flip") / "net"
    storage.save_arrays(path, ARRAYS)
    return path, path.read_bytes()


@settings(max_examples=150)
@given(place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_one_changed_byte_is_noticed_or_harmless(saved, place, change):
    path, content = saved[0], bytearray(saved[1])
    content[place % len(content)] ^= change
    path.write_bytes(content)
    try:
        loaded = storage.load_arrays(path)
    except ValueError:
        return
    for name in loaded.keys() & ARRAYS.keys():  # a zip does not protect the names themselves
        np.testing.assert_array_equal(loaded[name], ARRAYS[name])


# What the system refuses, links, and what a killed process leaves.


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.EACCES, PermissionError, "you may not write there, .* Name a folder of yours"),
        (errno.EPERM, PermissionError, "you may not write there"),
        (errno.EROFS, OSError, "the disk can only be read. Name a folder on another one"),
        (errno.ENOSPC, OSError, "the disk is full. Make room on it and try again"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_what_the_system_refuses_is_said_with_a_remedy(
    tmp_path, monkeypatch, number, kind, words, step
):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, refuse)
    with pytest.raises(kind, match=f"net could not be written: {words}") as found:
        storage.save_arrays(tmp_path / "net", ARRAYS)
    assert ".part" not in str(found.value)
    assert os.listdir(tmp_path) == []


def test_a_linked_file_is_replaced_and_the_link_stays(tmp_path):
    (tmp_path / "store").mkdir()
    target, link = tmp_path / "store" / "net", tmp_path / "net"
    link.symlink_to(target)
    for number in (1, 2):  # a link to nothing, then to a file
        storage.save_arrays(link, {"w": np.array([number])})
        assert link.is_symlink()
        assert storage.load_arrays(target)["w"] == [number]
    assert os.listdir(tmp_path / "store") == ["net"]


LEFT, HELD, FOREIGN = f".{'0' * 16}.part", f".{'1' * 16}.part", "film.part"
needs_locks = pytest.mark.skipif(locks.fcntl is None, reason="an open file cannot be removed here")


def leave(folder, *names, seconds):
    """Temporary files that were written so many seconds ago."""
    for name in names:
        (folder / name).touch()
        os.utime(folder / name, (0, time.time() - seconds))


@needs_locks
def test_what_a_killed_process_left_is_removed_by_the_next_write(tmp_path):
    leave(tmp_path, LEFT, HELD, FOREIGN, seconds=10)
    with open(tmp_path / HELD, "r+b") as file:
        assert locks.take(file)  # as a process does that is still writing
        storage.save_arrays(tmp_path / "net", ARRAYS)
        assert sorted(os.listdir(tmp_path)) == sorted([HELD, FOREIGN, "net"])
    storage.save_arrays(tmp_path / "net", ARRAYS)
    assert sorted(os.listdir(tmp_path)) == sorted([FOREIGN, "net"])


def test_a_file_that_has_just_been_begun_is_left_alone(tmp_path):
    (tmp_path / LEFT).touch()
    storage.save_arrays(tmp_path / "net", ARRAYS)
    assert sorted(os.listdir(tmp_path)) == sorted([LEFT, "net"])


@needs_locks
def test_where_no_lock_tells_what_is_left_is_removed_a_day_later(tmp_path, monkeypatch):
    monkeypatch.setattr(locks, "take", lambda file: False)
    leave(tmp_path, LEFT, FOREIGN, seconds=storage.STALE_SECONDS + 10)
    leave(tmp_path, HELD, seconds=storage.STALE_SECONDS - 60)
    storage.save_arrays(tmp_path / "net", ARRAYS)
    assert sorted(os.listdir(tmp_path)) == sorted([HELD, FOREIGN, "net"])


@needs_locks
def test_a_file_that_is_written_is_locked(tmp_path):
    with storage.replacing(tmp_path / "net") as file:
        (part,) = tmp_path.glob(".*.part")
        with open(part, "rb") as other:
            assert not locks.take(other)
        file.write(b"whole")
    assert (tmp_path / "net").read_bytes() == b"whole"


def test_a_leftover_that_another_process_removes_meanwhile_is_no_fault(tmp_path, monkeypatch):
    old = tmp_path / f".{'0' * 16}.part"
    old.touch()
    os.utime(old, (0, 0))

    def gone(path, **_):
        raise FileNotFoundError(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", gone)
        storage.save_arrays(tmp_path / "net", ARRAYS)
    assert_same(storage.load_arrays(tmp_path / "net"), ARRAYS)
