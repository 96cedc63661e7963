"""Drawn digits: the same seed draws what the kept reader learned from, in every way of writing."""

import numpy as np
import pytest

from course.measured import drawn
from nnlib import handwriting
from tests.course.measured import prints

DRAWN = [  # by digit; see `prints`
    [112.0, 112.0, 2708.0, 2708.0, 14914.742, 15051.958, 832342.833],
    [112.0, 112.0, 1571.417, 1571.417, 9434.717, 8587.733, 526117.067],
    [112.0, 112.0, 2253.333, 2253.333, 13289.775, 12270.508, 731263.0],
    [112.0, 112.0, 2277.417, 2277.417, 12389.525, 13381.15, 736507.625],
    [112.0, 112.0, 2041.167, 2041.167, 11365.792, 11551.025, 656794.583],
    [112.0, 112.0, 2356.667, 2356.667, 12648.7, 12817.217, 693769.558],
    [112.0, 112.0, 2155.583, 2155.583, 13868.767, 11295.317, 735919.692],
    [112.0, 112.0, 1948.417, 1948.417, 8692.642, 11029.917, 492792.567],
    [112.0, 112.0, 2712.333, 2712.333, 14844.383, 14912.733, 823954.742],
    [112.0, 112.0, 2163.5, 2163.5, 10346.608, 12094.108, 583161.925],
]


@pytest.mark.parametrize("digit", range(10))
def test_the_same_seed_draws_the_digits_of_the_reader(digit):
    pictures = [drawn.digit(digit, np.random.default_rng(seed)) for seed in range(12)]
    # a line of another version of Pillow may have a pixel more at its end
    np.testing.assert_allclose(prints.of_pictures(pictures), DRAWN[digit], rtol=1e-3)


def test_each_way_of_writing_stays_on_the_paper_and_is_chosen():
    for ways in drawn.WAYS.values():
        places = [point for strokes in ways for _, points in strokes for point in points]
        assert 0 <= np.min(places) <= np.max(places) <= 1
    ones = {drawn.digit(1, np.random.default_rng(seed)).tobytes() for seed in range(9)}
    assert len(ones) == 9


def test_the_reader_knows_what_was_drawn():
    rng, right = np.random.default_rng(3), 0
    for label in 12 * list(range(10)):
        right += handwriting.read_digit(drawn.digit(label, rng)).text == str(label)
    assert right >= 108  # nine of ten
