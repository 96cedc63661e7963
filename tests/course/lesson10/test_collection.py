"""Digits of one's own in a file: kept, taken out, joined, never lost, and errors in words."""

import io
import subprocess
import sys
import textwrap

import numpy as np
import pytest
from PIL import Image

from course.lesson10 import written
from course.lesson10.collection import Collection, Together, load, together
from course.live.pad import paper
from course.paths import ROOT
from nnlib import storage
from nnlib.handwriting import ImageError, normalise, reader


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ada.npz"


def sheet(name="7", side=224):
    return np.array(paper.draw(written.number([name], (60, 40), 140), (side, side), 14))


def filled(path, names):
    kept = Collection(path)
    for name in names:
        kept.add(sheet(name), int(name[0]))
    return kept


def test_digits_are_kept_in_order_and_read_again(path):
    filled(path, ["7", "4, open", "0"])
    kept = Collection(path)
    assert len(kept) == 3
    assert kept.labels.tolist() == [7, 4, 0]
    assert kept.labels.dtype == np.int64
    assert kept.sheets.shape == (3, 112, 112)
    assert kept.sheets.dtype == np.uint8
    assert kept.images.shape == (3, 784)
    assert kept.images.dtype == np.float32
    assert reader().evaluate(kept.split()) == 3
    assert sorted(load(path)[0].ravel()[[0, -1]]) == [255, 255]


def test_a_sheet_that_is_made_smaller_shows_the_network_the_same_digit(path):
    kept = filled(path, ["7"])
    pair = [kept.images[0], normalise(sheet("7")).reshape(784)]
    assert pair[0].sum() == pytest.approx(pair[1].sum(), rel=0.05)
    outputs = reader().feedforward(np.array(pair).T)
    np.testing.assert_allclose(*outputs.T, atol=0.2)


def test_a_photo_keeps_its_paper_around_it(path):
    wide = np.full((60, 200), 180, np.uint8)
    wide[15:45, 90:100] = 30
    kept = Collection(path)
    kept.add(wide, 1)
    assert kept.sheets[0, 0, 0] == kept.sheets[0, -1, -1] == 180
    file = io.BytesIO()
    Image.fromarray(wide).save(file, "PNG")
    kept.add(file.getvalue(), 1)
    np.testing.assert_array_equal(*kept.sheets)


def test_the_last_is_taken_out(path):
    kept = filled(path, ["7", "1"])
    kept.remove_last()
    assert Collection(path).labels.tolist() == [7]
    for _ in range(2):
        kept.remove_last()
    assert len(kept) == 0
    assert kept.images.shape == (0, 784)


@pytest.mark.parametrize("label", [10, -1, "7", None, 2.5])
def test_what_is_no_digit_is_no_label(path, label):
    with pytest.raises(ValueError, match="expected the digit that it is, 0 to 9"):
        Collection(path).add(sheet(), label)
    assert not path.exists()


def test_an_empty_sheet_is_not_kept(path):
    with pytest.raises(ImageError, match="There is no ink on this sheet"):
        Collection(path).add(np.full((224, 224), 255, np.uint8), 3)
    assert not path.exists()


def test_without_a_path_the_file_lies_beside_the_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "mine" / "my_progress.json"))
    kept = filled(None, ["7"])
    assert kept.path == tmp_path / "mine" / "my_digits.npz"
    assert str(kept.path) in repr(kept)
    assert len(Collection()) == 1


def test_where_no_progress_is_kept_digits_last_as_long_as_the_kernel(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    kept = filled(None, ["7", "2"])
    kept.remove_last()
    assert kept.labels.tolist() == [7]
    assert repr(kept) == "Collection of 1 digits, not kept in a file"
    assert len(Collection()) == 0


def test_two_kernels_that_write_at_once_lose_nothing(path):
    program = textwrap.dedent(f"""
        import numpy as np
        from course.lesson10.collection import Collection
        sheet = np.full((112, 112), 255, np.uint8)
        sheet[20:90, 50:60] = 0
        for _ in range(15):
            Collection({str(path)!r}).add(sheet, 1)
    """)
    words = [sys.executable, "-c", program]
    kernels = [subprocess.Popen(words, cwd=ROOT) for _ in range(2)]
    assert [kernel.wait(120) for kernel in kernels] == [0, 0]
    assert len(Collection(path)) == 30


def test_several_files_are_one_test_set_that_says_who_wrote(tmp_path):
    filled(tmp_path / "bob.npz", ["1", "2"])
    filled(tmp_path / "ada.npz", ["7"])
    pair = together([tmp_path / "bob.npz", tmp_path / "ada.npz"])
    assert isinstance(pair, Together)
    assert pair.writers.tolist() == ["bob", "bob", "ada"]
    images, labels = pair
    assert labels.tolist() == [1, 2, 7]
    assert images.shape == (3, 784)
    assert reader().evaluate(pair) == 3
    assert reader().evaluate(pair[pair.writers == "bob"]) == 2
    assert together(tmp_path).writers.tolist() == ["ada", "bob", "bob"]
    assert len(together(tmp_path / "ada.npz").labels) == 1


def test_no_files_and_two_of_one_name_are_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="no files were given"):
        together([])
    with pytest.raises(FileNotFoundError, match="There is no file"):
        together([tmp_path / "nobody.npz"])
    (tmp_path / "other").mkdir()
    for folder in (tmp_path, tmp_path / "other"):
        filled(folder / "ada.npz", ["7"])
    with pytest.raises(ValueError, match="the same name among ada.npz, ada.npz"):
        together([tmp_path / "ada.npz", tmp_path / "other" / "ada.npz"])


def test_a_damaged_file_is_refused_and_stays(path):
    filled(path, ["7"])
    damaged = path.read_bytes()[:-300]
    path.write_bytes(damaged)
    for reads in (lambda: Collection(path).images, lambda: together([path]), lambda: load(path)):
        with pytest.raises(ValueError, match="cut off, damaged"):
            reads()
    with pytest.raises(ValueError, match="cut off, damaged"):
        Collection(path).add(sheet(), 7)
    assert path.read_bytes() == damaged


@pytest.mark.parametrize(
    "arrays",
    [
        {"weights": np.zeros(3)},
        {"sheets": np.zeros((2, 112, 112), np.uint8), "labels": np.array([1])},
        {"sheets": np.zeros((1, 28, 28), np.uint8), "labels": np.array([1])},
        {"sheets": np.zeros((1, 112, 112), np.uint8), "labels": np.array([11])},
        {"sheets": np.zeros((1, 112, 112)), "labels": np.array([1])},
        {"sheets": np.zeros((1, 112, 112), np.uint8), "labels": np.array(1)},
    ],
    ids=["other", "lengths", "size", "label", "type", "scalar"],
)
def test_a_file_of_something_else_is_refused(path, arrays):
    storage.save_arrays(path, arrays)
    with pytest.raises(ValueError, match="does not hold digits that the pad of lesson 10 kept"):
        load(path)
