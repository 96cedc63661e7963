"""Numbers under a pattern: exact where the computer is the same, else within a band."""

import re

import pytest

from course.paths import ROOT
from tests.comparing import numbers
from tests.comparing.cells import PATTERNS
from tests.comparing.numbers import inside

TEXT = "Accuracy 73.8 % on 1,000 test images; number of lost digits: 3; lost digits: 1, 2, 3."
WRONG = [
    ("73.8", "37.8"),
    ("1,000 test", "10,000 test"),
    ("digits: 1, 2, 3", "digits: 4, 5, 6"),
    ("digits: 1, 2, 3", "digits: 1, 2"),
    ("73.8", "73.9"),
]
FAR = [  # pattern, stored, what no processor makes of it
    ("percent measured on a data set", "73.8 %", "37.8 %"),
    ("percent measured on a data set", "95.1 %", "59.1 %"),
    ("difference of two such percents", "1.2 points", "12.0 points"),
    ("epoch lines of SGD", "Epoch 0: 8277 / 10000", "Epoch 0: 2877 / 10000"),
    ("number of images", "50,000 training images", "60,000 training images"),
    ("lost digits", "lost digits: 1", "lost digits: 1, 2, 3, 4"),
    ("ratio of two lengths of gradients of a trained network", "3.0 times as", "30 times as"),
]
NEAR = [
    ("percent measured on a data set", "95.0 %", "95.5 %"),
    ("percent measured on a data set", "42 %", "25 %"),
    ("percent measured on a data set", "0 %", "1 %"),
    ("difference of two such percents", "0.6 points", "0.7 points"),
    ("lost digits", "lost digits: 3", "lost digits: none"),
    ("ratio of two lengths of gradients of a trained network", "0.30 times as", "0.32 times as"),
]


def faults(stored, now, computer):
    return numbers.faults(stored, now, PATTERNS, computer)


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_where_the_computer_is_the_same_every_number_counts(right, wrong):
    (said,) = faults(TEXT, TEXT.replace(right, wrong), None)
    assert said.startswith("stored ")


@pytest.mark.parametrize(("name", "stored", "now"), FAR)
def test_on_another_processor_a_number_outside_its_band_is_named(name, stored, now):
    (said,) = faults(f"It is {stored} so.", f"It is {now} so.", "processor")
    assert said.startswith(name)


@pytest.mark.parametrize(("name", "stored", "now"), NEAR)
def test_on_another_processor_a_number_may_differ_within_its_band(name, stored, now):
    assert not faults(f"It is {stored} so.", f"It is {now} so.", "processor")
    assert faults(f"It is {stored} so.", f"It is {now} so.", None)


def test_with_other_digits_the_number_of_images_is_another():
    assert not faults("50,000 training images", "4,000 training images", "digits")


def test_every_pattern_of_numbers_has_bands_and_covers_numbers():
    text = (ROOT / "tests" / "nbval.cfg").read_text(encoding="utf-8")
    assert len(re.findall("^regex: ", text, re.MULTILINE)) == len(PATTERNS) + 1  # pixels
    for pattern in PATTERNS:
        assert pattern.regex != ".*"
        assert all(inside(band, [3.0], [3.0]) for band in (pattern.processor, pattern.digits))


def test_bands():
    assert inside("within 2", [1, 5], [3, 4])
    assert not inside("within 2", [1, 5], [4, 4])
    assert inside("ratio 0.5", [10], [5])
    assert not inside("ratio 0.5", [10], [4])
    assert inside("odds 1", [50], [75])
    assert not inside("odds 1", [99], [85])
    assert inside("members 1", [1, 2], [3])
    assert not inside("members 1", [1, 2], [])
    assert not inside("within 2", [1, 5], [1])
    assert inside("any", [1], [])
    with pytest.raises(KeyError):
        inside("about 3", [1], [1])


def test_numbers_are_read_with_thousands_and_signs():
    assert numbers.numbers("8,277 of 10000: -0.5, z = −3.25 and 1, 2") == [
        *(8277, 10000, -0.5, -3.25),
        *(1, 2),
    ]
