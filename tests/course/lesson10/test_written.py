"""Strokes written by hand: they fit their pads, and the reader reads them."""

import numpy as np
import pytest

from course.lesson10 import written
from course.live.pad import paper
from nnlib.handwriting import read_digit, read_number

PAD = (760, 190)
NUMBERS = [  # the digits with their styles, height, slant, how shaky, line width
    (["1, with a foot", "7, crossed"], 120, 0.0, 1.0, 12),
    (["4, open", "2"], 110, 0.15, 1.0, 10),
    (["9, straight", "0"], 130, 0.0, 2.0, 14),
    (["3", "8"], 90, 0.3, 1.0, 9),
    (["6", "5", "4"], 120, 0.0, 3.5, 12),
    (["7, crossed", "7, crossed", "1"], 110, 0.1, 1.5, 8),
    (["2", "0", "4, open"], 100, -0.15, 1.0, 12),
    (["1, with a foot", "1, with a foot", "9"], 120, 0.0, 1.0, 14),
    (["5", "3", "9, straight"], 80, 0.25, 1.0, 7),
    (["8", "6", "0"], 130, 0.0, 2.5, 16),
    (["1", "9, straight", "8", "4, open"], 100, 0.2, 1.0, 10),
    (["2", "0", "2", "6"], 110, 0.0, 3.0, 12),
    (["4, open", "4", "4, open", "4"], 90, 0.0, 1.5, 9),
    (["7", "7, crossed", "7", "1, with a foot"], 100, 0.3, 1.0, 8),
    (["3", "1", "4, open", "1"], 120, -0.1, 1.0, 11),
    (["6", "9, straight", "6", "9, straight", "6"], 90, 0.0, 2.0, 10),
    (["1, with a foot", "0", "1, with a foot", "0", "1"], 80, 0.1, 1.0, 8),
    (["5", "8", "2", "3", "7, crossed"], 100, 0.15, 2.0, 10),
    (["5", "0", "4, open", "1", "9, straight", "2"], 90, 0.0, 2.5, 9),
    (["9", "8", "7, crossed", "6", "5", "4, open"], 80, 0.25, 1.0, 8),
]


def by_another_hand(names, height, slant, shaky, rng):
    """Strokes of a number, every point of them moved at random by about `shaky` units."""
    strokes = written.number(names, (20, 20), height, gap=24, slant=slant)
    return [(np.array(one) + rng.normal(0, shaky, np.shape(one))).tolist() for one in strokes]


def on_paper(strokes, size, line_width=12):
    return np.array(paper.draw(strokes, size, line_width))


def extent(strokes):
    points = np.concatenate([np.array(stroke) for stroke in strokes])
    return [*points.min(axis=0), *points.max(axis=0)]


def digits_right(wanted, read):
    """How many digits of a number are read right: of those read, in order, without the rest."""
    best = np.zeros((len(wanted) + 1, len(read) + 1), int)  # the longest common subsequence
    for i, a in enumerate(wanted, 1):
        for j, b in enumerate(read, 1):
            best[i, j] = max(best[i - 1, j], best[i, j - 1], best[i - 1, j - 1] + (a == b))
    return best[-1, -1]


@pytest.fixture(scope="module")
def readings():
    """(what was written, what was read) for each of the twenty numbers."""
    rng, pairs = np.random.default_rng(10), []
    for names, height, slant, shaky, line_width in NUMBERS:
        strokes = by_another_hand(names, height, slant, shaky, rng)
        read = read_number(on_paper(strokes, PAD, line_width)).text
        pairs.append(("".join(name[0] for name in names), read))
    return pairs


@pytest.mark.parametrize("name", written.STYLES)
def test_each_style_is_read_as_its_digit(name):
    sheet = on_paper(written.number([name], (60, 40), 140), (224, 224), 14)
    assert read_digit(sheet).text == name[0]


def test_of_twenty_numbers_in_other_styles_four_digits_in_five_are_read(readings, capsys):
    total = sum(len(wanted) for wanted, _ in readings)
    right = sum(digits_right(*pair) for pair in readings)
    wrong = [f"{wanted} as {read or 'nothing'}" for wanted, read in readings if wanted != read]
    with capsys.disabled():
        print(f"\n{right} of {total} digits; misread: {', '.join(wrong) or 'none'}")
    assert len(readings) == 20
    assert right >= 0.8 * total


@pytest.mark.parametrize(
    ("strokes", "size"),
    [
        (written.DIGIT_7, (224, 224)),
        (written.DIGIT_4_OPEN, (224, 224)),
        (written.NUMBER_504192, PAD),
    ],
    ids=["7", "4", "504192"],
)
def test_what_is_written_fits_its_pad(strokes, size):
    left, top, right, bottom = extent(strokes)
    assert min(left, top) >= 12
    assert right <= size[0] - 12
    assert bottom <= size[1] - 12


def test_504192_is_read_through_a_cut():
    reading = read_number(on_paper(written.NUMBER_504192, PAD))
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
