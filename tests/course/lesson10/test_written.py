"""Strokes written by hand: they fit their pads, and the reader reads them."""

import numpy as np
import pytest

from course.lesson10 import written
from course.live.pad import paper
from nnlib.handwriting import read_digit, read_number
from tests.course.lesson10 import hands


def on_paper(strokes, size, line_width=12):
    return np.array(paper.draw(strokes, size, line_width))


def extent(strokes):
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    return [*points.min(axis=0), *points.max(axis=0)]


@pytest.mark.parametrize("name", written.STYLES)
def test_each_style_is_read_as_its_digit(name):
    sheet = on_paper(written.number([name], (60, 40), 140), (224, 224), 14)
    assert read_digit(sheet).text == name[0]


def test_of_twenty_numbers_in_other_styles_four_digits_in_five_are_read(capsys):
    enough, words = hands.enough_right(
        (digits, read_number(on_paper(strokes, hands.PAD, line_width)).text)
        for digits, strokes, line_width in hands.twenty()
    )
    with capsys.disabled():
        print(f"\n{words}")
    assert enough


@pytest.mark.parametrize(
    ("strokes", "size"),
    [
        (written.DIGIT_7, (224, 224)),
        (written.DIGIT_4_OPEN, (224, 224)),
        (written.NUMBER_504192, hands.PAD),
    ],
    ids=["7", "4", "504192"],
)
def test_what_is_written_fits_its_pad(strokes, size):
    left, top, right, bottom = extent(strokes)
    assert min(left, top) >= 12
    assert right <= size[0] - 12
    assert bottom <= size[1] - 12


def test_504192_is_read_through_a_cut():
    reading = read_number(on_paper(written.NUMBER_504192, hands.PAD))
    assert reading.text == "504192"
    touching = reading.path[2], reading.path[3]
    assert touching[1].start == touching[0].stop
    assert reading.boxes[2][3] >= reading.boxes[3][1]  # the ink of 4 and 1 meets


def test_a_row_has_the_height_gap_and_corner_asked_for():
    strokes = written.number("11", (40, 25), 70, gap=30)
    left, top, _, bottom = extent(strokes)
    assert (left, top) == pytest.approx((40, 27), abs=0.1)
    assert bottom - top == pytest.approx(132 * 70 / 140, abs=0.1)
    assert extent(strokes[1:])[0] - extent(strokes[:1])[2] == pytest.approx(30, abs=0.1)
    assert all(isinstance(x, float) for stroke in strokes for point in stroke for x in point)


def test_a_slant_leans_to_the_right():
    ((x0, _), *_, (x1, _)) = written.number("1", (0, 0), 140, slant=0.3)[0]
    assert x0 - x1 == pytest.approx(4 + 0.3 * 132, abs=0.2)
