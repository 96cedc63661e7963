"""Reading digits and numbers from any image, and saying so where there is nothing to read."""

import time

import numpy as np
import pytest

from course.measured import reader as training
from nnlib import handwriting, mnist
from nnlib.network import Network
from tests.nnlib.handwriting import papers

NUMBER = "504192"


@pytest.mark.parametrize("label", range(10))
def test_a_digit_is_read_whatever_the_paper(label):
    drawn = papers.digit(label, 1)
    for image in (drawn, 1 - drawn, papers.photo(drawn), papers.file(papers.bytes_of(drawn))):
        found = handwriting.read_digit(image)
        assert found.text == str(label)
        assert found.confidences[0] > found.runners_up[0][1]
        assert found.runners_up[0][0] != label


def test_a_number_is_read_with_its_boxes():
    sheet = papers.number(NUMBER, apart=(3, 8))
    found = handwriting.read_number(sheet)
    assert found.text == NUMBER
    assert len(found.boxes) == len(found.confidences) == len(found.runners_up) == len(NUMBER)
    lefts = [left for _, left, _, _ in found.boxes]
    assert lefts == sorted(lefts)
    dark = found.ink
    for top, left, bottom, right in found.boxes:
        assert dark[top:bottom, left:right].sum() > 10
    assert [piece.digit for piece in found.path] == [int(digit) for digit in found.text]
    assert set(map(id, found.path)) <= set(map(id, found.pieces))
    assert repr(found).startswith("'504192' (5: ")


@pytest.mark.parametrize("ruling", ["", "squared"])
def test_a_photo_of_a_number_is_read(ruling):
    page = papers.photo(papers.number(NUMBER, apart=(3, 8)), ruling=ruling)
    jpeg = papers.file(np.rint(255 * page).astype(np.uint8), "JPEG", quality=80)
    assert handwriting.read_number(jpeg).text == NUMBER


def test_another_network_reads_in_its_way():
    untrained = Network([784, 10], rng=0)
    sheet = papers.number("42")
    found = handwriting.read_number(sheet, untrained)
    assert found.text != "42" or found.confidences != handwriting.read_number(sheet).confidences


@pytest.mark.parametrize("read", [handwriting.read_digit, handwriting.read_number])
@pytest.mark.parametrize(
    "network", [Network([10, 10]), Network([784, 1]), Network, handwriting.reader, "reader", 0]
)
def test_a_network_that_cannot_read_digits_is_refused_in_words(read, network):
    for sheet in (papers.digit(3), np.ones((30, 30))):
        with pytest.raises(ValueError, match=r"^network is .* expected a Network \[784, ..., 10\]"):
            read(sheet, network)


@pytest.mark.parametrize("shadow", ["corner", "edge"])
def test_a_shadow_on_even_paper_hides_no_digit(shadow):
    """As in a photo that is too bright, or from a scanner: most paper has one value."""
    sheet = 1 - np.pad(np.kron(papers.number("314", apart=(4, 8)), np.ones((6, 6))), 150)
    rows, columns = (places / max(sheet.shape) for places in np.indices(sheet.shape))
    corner = 1 - 0.8 * np.clip(1 - np.hypot(rows - 0.6, columns - 1) / 0.4, 0, 1)
    light = {"corner": corner, "edge": np.where(columns > 0.85, 0.5, 1.0)}[shadow]
    assert np.mean(light == 1) > 0.5
    assert handwriting.read_number(0.9 * sheet * light).text == "314"


def nothing_to_read():
    dot = np.zeros((200, 200), np.uint8)
    dot[100:112, 100:112] = 255
    return {
        "empty": np.full((160, 560), 255, np.uint8),
        "black": np.zeros((160, 560), np.uint8),
        "one pixel": np.zeros((1, 1), np.uint8),
        "two pixels": np.array([[0, 255]], np.uint8),
        "a row": np.arange(100, dtype=np.uint8)[None],
        "huge and empty": np.full((6000, 4000), 255, np.uint8),
        "a transparent PNG": papers.file(np.zeros((50, 50, 4), np.uint8)),
        "one dot": dot,
    }


@pytest.mark.parametrize("kind", nothing_to_read())
@pytest.mark.parametrize("read", [handwriting.read_digit, handwriting.read_number])
def test_no_confident_digit_where_there_is_none(kind, read):
    found = read(nothing_to_read()[kind])
    assert all(confidence < 0.5 for confidence in found.confidences)
    assert found.note
    assert bool(found.text) == bool(found.confidences)


def test_every_form_of_image_goes_to_both():
    for read in (handwriting.read_digit, handwriting.read_number):
        with pytest.raises(handwriting.ImageError, match="no image"):
            read(b"no image")


def test_who_changes_the_reader_changes_it_for_nobody_else():
    mine, before = handwriting.reader(), handwriting.read_digit(papers.digit(3)).confidences
    mine.weights[0][:] = 0
    mine.biases[1] -= 1
    mine.SGD(mnist.load("mini").train.first(20), 1, 10, 3.0, on_epoch=None)
    assert handwriting.reader() is not mine
    assert handwriting.read_digit(papers.digit(3)).confidences == before


def test_an_unsure_digit_says_so():
    none = Network([784, 10], rng=0)
    none.weights[0][:], none.biases[0][:] = 0, -3
    found = handwriting.read_digit(papers.digit(5), none)
    assert found.confidences[0] < 0.1
    assert "no output is above 0.5" in found.note


def test_a_wide_number_is_read_in_half_a_second(full):
    rng = np.random.default_rng(0)
    images = full.test.images[rng.integers(10_000, size=7)].reshape(-1, 28, 28)
    sheet = papers.photo(training.composed.number(images, rng), size=(300, 1000))
    before = time.process_time()
    handwriting.read_number(sheet)
    assert time.process_time() - before < 2.5  # 0.5 s on a quiet machine


# What the kept reader can do, in the same words and with the same numbers as data/reader.csv.
LEAST = {
    "test digits": 98.5,
    "test digits, normalised": 98.2,
    "digits of other writers": 90,
    "2 touching digits": 80,
    "5 separate digits": 90,
    "7 separate digits": 85,
    "5 touching digits": 45,
}


def test_the_measured_figures_are_enough():
    rows = training.load()
    assert {what: rows[what].percent >= least for what, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )


@pytest.mark.parametrize(("n", "apart"), [(5, (2, 8)), (2, (-3, 0))])
def test_numbers_are_read_as_often_as_measured(full, n, apart):
    kind = "separate" if apart[0] > 0 else "touching"
    measured = training.load()[f"{n} {kind} digits"].percent
    right = training.read_right(handwriting.reader(), full.test, n, apart, numbers=150, seed=77)
    spread = 100 * np.sqrt(measured / 100 * (1 - measured / 100) / 150)
    assert abs(100 * right / 150 - measured) < 4 * spread + 1


def test_single_digits_are_read_as_often_as_measured(full):
    rows = training.load()
    right = handwriting.reader().evaluate(full.test)
    assert abs(right - rows["test digits"].right) <= 3  # another BLAS may turn a tie
    assert handwriting.READER_FILE.stat().st_size <= 500_000


@pytest.mark.trains
def test_the_reader_is_what_the_recipe_makes():
    """A small reader by the same recipe: the same pictures each time, and it learns."""
    data = mnist.load("mini")
    pictures = training.examples(training.QUICK, data.train, jobs=1)
    again = training.examples(training.QUICK._replace(copies=0), data.train, jobs=1)
    n, no_digits = training.QUICK.images, training.QUICK.no_digits
    assert pictures[0].shape == (n * 2 + training.QUICK.drawn + no_digits, 784)
    np.testing.assert_array_equal(pictures[0][:n], again[0][:n])
    assert not pictures[1][-no_digits:].any()
    network = training.train(training.QUICK, pictures)
    right = network.evaluate(data.test) / len(data.test.labels)
    assert 0.86 < right < 0.94
    none = network.feedforward(pictures[0][-no_digits:].T).max(axis=0) < 0.5
    assert none.mean() > 0.75
