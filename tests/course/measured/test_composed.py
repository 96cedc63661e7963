"""Pictures made of digits: those that the kept reader learned from, and that it was measured on.

data/reader.npz can be made again only while the same seed makes the same pictures.
"""

import numpy as np
import pytest

from course.measured import composed
from nnlib import mnist
from tests.course.measured import prints

# Height, width, ink, ink squared, and moments over rows, columns and both, see `prints`.
MADE = {
    "copy": [28.0, 28.0, 87.55, 64.866, 124.284, 123.461, 1713.533],
    "warped": [36.933, 36.483, 106.209, 81.321, 195.739, 194.224, 3675.76],
    "no_digit": [28.0, 28.0, 78.789, 57.05, 110.788, 109.726, 1538.497],
    "_pair": [24.375, 30.3, 191.587, 149.374, 223.448, 297.827, 3368.392],
    "_part": [21.192, 17.846, 44.416, 35.165, 50.075, 34.268, 368.673],
    "_two_parts": [24.359, 31.256, 146.433, 114.229, 172.615, 228.015, 2657.86],
    "_blot": [28.0, 28.0, 38.5, 38.5, 51.975, 51.975, 701.662],
    "_scribble": [56.0, 56.0, 428.6, 428.6, 1186.58, 1171.845, 31786.077],
}
NUMBERS = [
    ({}, 4, [31.0, 88.417, 417.739, 301.026, 608.856, 1846.211, 26478.698]),
    (
        {"apart": (-3, 0), "sizes": (0.7, 1.2), "tilt": 15},
        3,
        [31.083, 57.833, 291.919, 210.748, 424.973, 811.86, 11571.345],
    ),
]
SMALL = [19.9, 16.05, 108.651, 69.093, 98.805, 86.186, 706.662]


@pytest.fixture(scope="module")
def digits():
    return mnist.load("mini").train.images[:60].reshape(-1, 28, 28)


def pictures(name, digits):
    """Forty pictures or more of one of the functions; None is what it refused to make."""
    make, generators = getattr(composed, name), map(np.random.default_rng, range(60))
    if name in ("copy", "warped"):
        return [make(image, rng) for image, rng in zip(digits, generators)]
    return [one for _, rng in zip(range(40), generators) if (one := make(digits, rng)) is not None]


@pytest.mark.parametrize("name", MADE)
def test_the_same_seed_makes_the_pictures_of_the_reader(name, digits):
    np.testing.assert_allclose(prints.of_pictures(pictures(name, digits)), MADE[name], rtol=1e-4)


@pytest.mark.parametrize(("options", "n", "print_"), NUMBERS)
def test_the_same_seed_writes_the_numbers_that_it_was_measured_on(options, n, print_, digits):
    sheets = [
        composed.number(digits[k : k + n], np.random.default_rng(k), **options) for k in range(12)
    ]
    np.testing.assert_allclose(prints.of_pictures(sheets), print_, rtol=1e-4)


def test_coarse_pictures_have_few_pixels_and_are_large_again(digits):
    small = [composed.coarse(image, 7 + k % 6) for k, image in enumerate(digits[:20])]
    assert {max(one.shape) for one in small} == {20}
    np.testing.assert_allclose(prints.of_pictures(small), SMALL, rtol=1e-4)


def test_digits_stand_from_left_to_right_with_paper_between(digits):
    one, other = np.zeros((2, 28, 28), np.float32)
    one[4:24, 10:14] = 1  # upright
    other[10:14, 4:24] = 1  # lying
    still = {"sizes": (1, 1), "tilt": 0, "apart": (5, 5)}
    sheet = composed.number(np.array([one, other]), np.random.default_rng(0), **still)
    columns = (sheet > 0.5).sum(axis=0)
    assert columns[:4].tolist() == [0, 0, 0, 0] == columns[-4:].tolist()
    heights = columns[columns > 0]
    assert (heights[:4].tolist(), heights[4:].tolist()) == ([20] * 4, [4] * 20)
    assert np.diff(np.flatnonzero(columns)).max() == 6


def test_a_stroke_too_thin_to_be_turned_stays_as_it_was():
    faint = np.zeros((28, 28), np.float32)
    faint[14, 10:18] = 0.2
    assert composed.warped(faint, np.random.default_rng(1)) is faint
