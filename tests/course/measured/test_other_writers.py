"""The digits of other writers: those of scikit-learn, and the file that is made of them."""

import sys

import numpy as np
import pytest

from course import environment
from course.measured import other_writers


def test_the_digits_are_those_of_scikit_learn():
    datasets = pytest.importorskip("sklearn.datasets", reason="scikit-learn is not installed")
    digits, split = datasets.load_digits(), other_writers.load()
    assert split.images.shape == (1797, 8, 8)
    np.testing.assert_allclose(split.images, digits.images / 16)
    np.testing.assert_array_equal(split.labels, digits.target)
    assert (split.images.dtype, split.labels.dtype) == (np.float32, np.int64)
    assert (split.images.min(), split.images.max()) == (0, 1)
    words = " ".join(digits.DESCR.split())
    assert "30 contributed to the training set and different 13 to the test set" in words
    assert "This is a copy of the test set" in words


def test_the_command_makes_the_same_file_again(tmp_path, monkeypatch, capsys):
    pytest.importorskip("sklearn.datasets", reason="scikit-learn is not installed")
    again, kept = tmp_path / "again.npz", other_writers.load()
    monkeypatch.setattr(other_writers, "PATH", again)
    assert other_writers.main() == 0
    assert capsys.readouterr().out == f"1,797 digits are in {again}.\n"
    np.testing.assert_array_equal(other_writers.load(again).images, kept.images)
    np.testing.assert_array_equal(other_writers.load(again).labels, kept.labels)
    with np.load(again) as arrays:
        assert {arrays[name].dtype for name in arrays.files} == {np.dtype(np.uint8)}


def test_without_scikit_learn_it_says_what_to_type(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    monkeypatch.setattr(other_writers, "PATH", tmp_path / "none.npz")
    assert other_writers.main() == 1
    assert capsys.readouterr().out.strip().endswith(environment.how_to_add("baselines"))
    assert not list(tmp_path.iterdir())
