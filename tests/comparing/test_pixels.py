"""Every planted fault is far on one side of the limit, the rounding of a machine on the other."""

import io

import numpy as np
import pytest
from PIL import Image

from tests.comparing.drawing import pixels, shown
from tests.comparing.faulty import FAULTS, HIGH, KINDS, LOW, SMALL, bars, curves
from tests.comparing.pixels import LIMIT, difference

PLANTED = [*KINDS, *((draw, name, wrong) for name, (draw, wrong) in SMALL.items())]
ROUNDING = 1e-5  # of data, a thousand times that of float64


@pytest.mark.parametrize(("draw", "name", "wrong"), PLANTED, ids=[each[1] for each in PLANTED])
def test_a_fault_is_seen(draw, name, wrong):
    assert difference(pixels(draw), pixels(draw, **wrong)) > 2 * LIMIT


@pytest.mark.parametrize("draw", FAULTS)
def test_the_same_figure_drawn_again_is_the_same(draw):
    again = Image.open(io.BytesIO(shown(draw).png))
    assert difference(pixels(draw), again) == 0


def test_rounding_is_not_seen():
    moved = LOW * (1 + ROUNDING), HIGH * (1 - ROUNDING)
    assert difference(pixels(curves), pixels(curves, data=moved)) < LIMIT / 4


def test_one_pixel_of_an_edge_counts_little_and_a_letter_counts():
    image = np.asarray(pixels(bars).convert("RGB")).copy()
    edge, letter = image.copy(), image.copy()
    edge[100, 100] ^= 127
    letter[100:106, 100:103] ^= 127
    first = Image.fromarray(image)
    assert difference(first, Image.fromarray(edge)) < LIMIT
    assert difference(first, Image.fromarray(letter)) > 2 * LIMIT


def test_a_change_at_the_rim_is_seen_and_another_size_is_another_pixels():
    image = np.full((50, 60, 3), 255, np.uint8)
    rim = image.copy()
    rim[:, 0] = 0
    assert difference(Image.fromarray(image), Image.fromarray(rim)) > LIMIT
    assert difference(Image.fromarray(image), Image.fromarray(image[:, 1:])) == 255
