"""The steps of `normalise`, each against what it should do, and together on MNIST itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import ndimage

from nnlib import mnist
from nnlib.handwriting import center, center_of_mass, crop, normalise, reader, scale, steps
from tests.nnlib.handwriting import papers

inks = st.builds(
    lambda seed, height, width: 0.1 + np.random.default_rng(seed).random((height, width)) ** 3,
    st.integers(0, 1000),
    st.integers(1, 60),
    st.integers(1, 60),
)


def test_crop_keeps_the_smallest_rectangle():
    sheet = np.zeros((9, 7))
    sheet[2, 3] = sheet[5, 4] = 0.2
    assert crop(sheet).shape == (4, 2)
    assert crop(np.zeros((9, 7))).shape == (9, 7)


@given(inks)
def test_scale_makes_the_longer_side_20_and_keeps_the_ratio(ink):
    small = scale(ink)
    assert max(small.shape) == 20
    height, width = ink.shape
    wanted = 20 * min(height, width) / max(height, width)
    assert abs(min(small.shape) - max(1, wanted)) <= 0.5
    assert small.max() == pytest.approx(ink.max())


@given(inks)
def test_the_center_of_mass_is_scipys(ink):
    assert center_of_mass(ink) == pytest.approx(ndimage.center_of_mass(ink))


@given(inks.map(scale))
def test_center_puts_the_center_of_mass_at_14_where_there_is_room(ink):
    square = center(ink)
    assert square.shape == (28, 28)
    assert square.sum() == pytest.approx(ink.sum(), rel=1e-4)
    at_the_edge = [square[0].any(), square[-1].any(), square[:, 0].any(), square[:, -1].any()]
    if not any(at_the_edge):
        assert np.abs(np.subtract(center_of_mass(square), 14)).max() <= 0.501


def test_center_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="30 x 5 does not fit on 28 x 28: scale it first"):
        center(np.ones((30, 5)))


def test_mnist_stays_as_it_is():
    images = mnist.load("mini").test.images.reshape(-1, 28, 28)
    again = np.array([normalise(image) for image in images])
    off = np.abs(again - images).max(axis=(1, 2))
    assert np.mean(off <= 0.13) > 0.95  # what is fainter than 0.12 is taken for paper
    assert np.median(off) < 0.13


def test_steps_are_what_normalise_does():
    made = steps(papers.photo(papers.digit(4)))
    np.testing.assert_array_equal(made.cropped, crop(made.ink))
    np.testing.assert_array_equal(made.scaled, scale(made.cropped))
    np.testing.assert_array_equal(made.centered, center(made.scaled))
    np.testing.assert_array_equal(made.centered, normalise(papers.photo(papers.digit(4))))
    assert made._fields == ("page", "ink", "cropped", "scaled", "centered")


def moved(image, rng):
    """A sheet (84, 84) with the digit 0.5 to 2 times as large and up to 6 pixels off."""
    digit = scale(crop(image), round(20 * rng.uniform(0.5, 2)))
    sheet = np.zeros((84, 84), np.float32)
    top, left = ((84 - side) // 2 + rng.integers(-6, 7) for side in digit.shape)
    sheet[top : top + digit.shape[0], left : left + digit.shape[1]] = digit
    return sheet


def test_size_and_place_cost_little(full):
    test = full.test.first(2000)
    images = test.images.reshape(-1, 28, 28)
    rng = np.random.default_rng(5)

    def right(sheets):
        columns = np.reshape([normalise(sheet) for sheet in sheets], (-1, 784))
        return reader().evaluate((columns, test.labels)) / 20

    plain = reader().evaluate(test) / 20
    assert right(images) > plain - 0.3
    assert right([moved(image, rng) for image in images]) > plain - 1.5


def test_an_empty_sheet_has_no_center_of_mass():
    with pytest.raises(ValueError, match="There is no ink"):
        center_of_mass(np.zeros((3, 4)))
