"""DigitLab: every slider to both ends and one step, against the images themselves."""

import numpy as np
import pytest

from course.lesson00.lab import DigitLab
from nnlib import mnist
from tests.course.pictures import same_pixels, stored_picture


@pytest.fixture
def lab(data):
    return DigitLab(data)


def row_of(data, digit, image, row):
    """The 28 numbers, taken from the data in another way than the lab does."""
    places = [place for place, label in enumerate(data.train.labels) if label == digit]
    return data.train.images[places[image], 28 * row : 28 * (row + 1)]


@pytest.mark.parametrize("name", ["digit", "image", "row"])
def test_sliders_at_their_ends_and_one_step(lab, data, name):
    lab.controls["digit"].value, lab.controls["row"].value = 4, 12
    slider = lab.controls[name]
    for value in (slider.min, slider.min + slider.step, slider.max):
        before, moved = lab.picture.value, value != slider.value
        slider.value = value
        expected = row_of(data, **lab.settings)
        assert np.array_equal(lab.state["row_pixels"], expected)
        assert np.array_equal(lab._heights.get_data().values, expected)
        count = f"in row {lab.settings['row']}, {(expected > 0).sum()} of the 28 pixels"
        assert count in lab.sentence
        assert lab.sentence.endswith(f"add up to {expected.sum():.1f}.")
        assert (lab.picture.value != before) is moved


def test_every_digit_has_as_many_images(lab):
    assert lab.controls["image"].max == 99
    assert [len(group) for group in lab.images] == [100] * 10


def test_a_set_with_few_images_limits_the_slider(data):
    few = np.concatenate([np.flatnonzero(data.train.labels == digit)[:3] for digit in range(10)])
    train = mnist.Split(data.train.images[few], data.train.labels[few])
    lab = DigitLab(mnist.MNIST(train, data.validation, data.test, "mini", "a test"))
    assert lab.controls["image"].max == 2


def test_stored_form_has_picture_and_sentence(lab):
    stored = lab._repr_mimebundle_()
    assert same_pixels(stored, lab.picture.value)
    assert stored["text/plain"] == lab.sentence == stored_picture(stored)[0]
    assert lab.sentence.startswith("Digit 9, image 0: in row 8,")
