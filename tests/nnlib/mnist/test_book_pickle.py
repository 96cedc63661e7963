import gzip
import io
import os
import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.mnist import _book_pickle as book_pickle

COUNTS = (50, 10, 10)


def book_splits(float_type="f4", label_type="i8"):
    rng = np.random.default_rng(3)
    return tuple(
        (
            rng.integers(0, 256, (n, 784)).astype(float_type) / 256,
            np.arange(n, dtype=label_type) % 10,
        )
        for n in COUNTS
    )


def python_2_array(array):
    """The opcodes that pickle under Python 2 writes for an array, protocol 1."""
    shape = b"".join(b"I%d\n" % n for n in array.shape)
    code = array.dtype.str[1:].encode()
    data = array.tobytes()
    return (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR"
        b"(I1\n(" + shape + b"tcnumpy\ndtype\n(S'" + code + b"'\nI0\nI1\ntR"
        b"(I3\nS'<'\nNNNI-1\nI-1\nI0\ntbI00\nT" + len(data).to_bytes(4, "little") + data + b"tb"
    )


def python_2_pickle(splits):
    pairs = (b"(" + python_2_array(x) + python_2_array(y) + b"t" for x, y in splits)
    return b"(" + b"".join(pairs) + b"t."


def write(folder, content, name="mnist.pkl.gz"):
    path = folder / name
    path.write_bytes(gzip.compress(content, 1) if name.endswith(".gz") else content)
    return path


def assert_same(found, splits):
    for (images, labels), (expected, digits) in zip(found, splits, strict=True):
        assert (images.dtype, labels.dtype) == (np.float32, np.int64)
        assert images.flags.c_contiguous
        assert images.flags.writeable
        np.testing.assert_array_equal(images, expected.astype(np.float32))
        np.testing.assert_array_equal(labels, digits)


def test_a_python_2_pickle_is_what_this_file_takes_it_for():
    """NumPy itself reads the opcodes written here in the same way."""
    splits = book_splits()
    assert_same(pickle.loads(python_2_pickle(splits), encoding="latin1"), splits)


@pytest.mark.parametrize("name", ["mnist.pkl.gz", "mnist.pkl"])
def test_the_book_s_file_is_read(tmp_path, name):
    splits = book_splits()
    path = write(tmp_path, python_2_pickle(splits), name)
    assert_same(book_pickle.read(path, COUNTS), splits)


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("types", [("f4", "i8"), (">f8", "u1")])
def test_a_pickle_of_any_protocol_is_read(tmp_path, protocol, types):
    splits = book_splits(*types)
    path = write(tmp_path, pickle.dumps(splits, protocol))
    assert_same(book_pickle.read(path, COUNTS), splits)


@pytest.mark.parametrize("protocol", [2, 4, 5])
def test_arrays_stored_by_columns_are_read(tmp_path, protocol):
    splits = tuple((np.asfortranarray(x), y) for x, y in book_splits())
    path = write(tmp_path, pickle.dumps(splits, protocol))
    assert_same(book_pickle.read(path, COUNTS), splits)


class Call:
    """Unpickling this calls `function(*arguments)`."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


def test_nothing_that_a_pickle_asks_for_is_run(tmp_path):
    target = tmp_path / "created"
    calls = [
        Call(open, str(target), "w"),
        Call(os.system, f"echo 1 > {target}"),
        Call(eval, f"open({str(target)!r}, 'w')"),
        Call(np.save, str(target), 1),
        Call(io.FileIO, str(target), "w"),
    ]
    for call in calls:
        images, labels = book_splits()[0]
        for splits in (call, (call, (images, labels)), ((images, call), (images, labels))):
            path = write(tmp_path, pickle.dumps(splits))
            with pytest.raises(ValueError, match="mnist.pkl.gz is damaged or .* it asks for"):
                book_pickle.read(path, COUNTS)
    assert not target.exists()


def test_bytes_are_never_taken_for_python_objects(tmp_path):
    forged = Call(np.ndarray, (50, 784), "O", bytes(50 * 784 * 8))
    objects = np.full((50, 784), None)
    disguised = pickle.dumps(book_splits(), 2).replace(b"f4", b"O8")
    labels = np.zeros(50, int)
    for content in (pickle.dumps(((forged, labels),) * 3), pickle.dumps(((objects, labels),) * 3)):
        with pytest.raises(ValueError, match="is damaged or is not the book's"):
            book_pickle.read(write(tmp_path, content), COUNTS)
    with pytest.raises(ValueError, match="values of type 'O8', not numbers"):
        book_pickle.read(write(tmp_path, disguised), COUNTS)


def changed(place, value):
    splits = [list(split) for split in book_splits()]
    splits[0][place] = value
    return splits


@pytest.mark.parametrize(
    ("splits", "words"),
    [
        (book_splits()[:2], "it holds 2 sets of digits, expected 3"),
        (book_splits() + book_splits()[:1], "it holds 4 sets"),
        (changed(0, np.zeros((49, 784), "f4")), r"images \(49, 784\)"),
        (changed(0, np.zeros((50, 28, 28), "f4")), r"images \(50, 28, 28\)"),
        (changed(1, np.zeros((50, 10), "i8")), r"labels \(50, 10\)"),
        (changed(0, np.full((50, 784), 1.5, "f4")), "fractions from 0 to 1"),
        (changed(0, np.full((50, 784), np.nan, "f4")), "fractions from 0 to 1"),
        (changed(0, np.zeros((50, 784), "u1")), "fractions from 0 to 1"),
        (changed(1, np.full(50, 10)), "whole numbers from 0 to 9"),
        (changed(1, np.full(50, -1)), "whole numbers from 0 to 9"),
        (changed(1, np.zeros(50, "f4")), "whole numbers from 0 to 9"),
        ("digits", "is damaged or is not"),
        (None, "is damaged or is not"),
    ],
)
def test_other_contents_than_the_book_s_are_refused(tmp_path, splits, words):
    path = write(tmp_path, pickle.dumps(splits))
    with pytest.raises(ValueError, match=words):
        book_pickle.read(path, COUNTS)


def test_a_file_that_unpacks_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(book_pickle, "MAX_BYTES", 100_000)
    with pytest.raises(ValueError, match="unpacks to more than 100,000 bytes"):
        book_pickle.read(write(tmp_path, bytes(200_000)), COUNTS)


@settings(max_examples=100)
@given(place=st.integers(0, 400), change=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_pickle_is_refused_or_still_holds_digits(tmp_path_factory, place, change, cut):
    content = bytearray(python_2_pickle(book_splits()))
    content[place] ^= change
    path = write(tmp_path_factory.mktemp("p"), bytes(content[:place] if cut else content), "x.pkl")
    try:
        found = book_pickle.read(path, COUNTS)
    except ValueError:
        return
    assert not cut
    assert [images.shape for images, _ in found] == [(n, 784) for n in COUNTS]
