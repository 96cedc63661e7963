"""What a split of the digits does when it is indexed, unpacked and sent to another process."""

import pickle
from types import SimpleNamespace

import joblib
import numpy as np
import pytest

from nnlib import mnist
from nnlib.mnist import Split

IMAGES, LABELS = np.arange(60, dtype=np.float32).reshape(20, 3), np.arange(20) % 10
SPLIT = Split(IMAGES, LABELS)

PICKS = {
    "first": slice(5),
    "last": slice(-5, None),
    "every second": slice(None, None, 2),
    "too many": slice(1000),
    "none": slice(0),
    "mask": LABELS == 3,
    "numbers": np.array([4, 4, -1]),
    "list": [7, 2],
}


@pytest.mark.parametrize("how", PICKS)
def test_a_split_is_sliced_as_a_split(how):
    part = SPLIT[PICKS[how]]
    assert type(part) is Split
    np.testing.assert_array_equal(part.images, IMAGES[PICKS[how]])
    np.testing.assert_array_equal(part.labels, LABELS[PICKS[how]])


@pytest.mark.parametrize("index", [2, 5, -3, 1.0, "images", None, (0, 1), (slice(3), 0)])
def test_what_picks_nothing_is_refused_with_what_to_type(index):
    with pytest.raises(IndexError, match=r"type \.images\[5\] and \.labels\[5\]"):
        SPLIT[index]


def test_a_mask_of_another_length_is_refused():
    with pytest.raises(IndexError, match="boolean"):
        SPLIT[[True, False]]


def test_a_split_is_still_a_pair():
    images, labels = SPLIT
    assert images is IMAGES is SPLIT[0] is SPLIT[-2]
    assert labels is LABELS is SPLIT[1] is SPLIT[np.int64(1)]
    assert len(SPLIT) == 2
    assert isinstance(SPLIT, tuple)
    assert Split(*SPLIT).labels is LABELS
    assert list(zip(*SPLIT))[3][1] == 3
    assert SPLIT._replace(labels=None).images is IMAGES


def test_the_first_digits():
    np.testing.assert_array_equal(SPLIT.first(4).labels, SPLIT[:4].labels)


def test_a_slice_shares_its_memory():
    assert np.shares_memory(SPLIT[:5].images, IMAGES)


def test_a_split_goes_to_another_process_and_back():
    for copy in (pickle.loads(pickle.dumps(SPLIT)), *joblib.Parallel(2)([same(SPLIT)] * 2)):
        assert type(copy) is Split
        np.testing.assert_array_equal(copy.images, IMAGES)


def same(split):
    return joblib.delayed(mnist.Split)(*split)


PARTS = ("train", "validation", "test")


def test_data_that_is_given_is_taken_as_it_is():
    whole = SimpleNamespace(**dict.fromkeys(PARTS, 1))
    assert mnist.given(whole) is whole
    assert mnist.given(whole, "test") is whole
    assert mnist.given(None, which="mini").name == "mini"


@pytest.mark.parametrize("lacks", PARTS)
def test_data_without_one_of_the_splits_is_refused_by_the_name_of_that(lacks):
    cut = SimpleNamespace(**dict.fromkeys(set(PARTS) - {lacks}, 1))
    with pytest.raises(ValueError, match=f"has no {lacks}: expected all that mnist.load"):
        mnist.given(cut)
    others = [part for part in PARTS if part != lacks]
    assert mnist.given(cut, *others) is cut
