"""RuleLab: every control to both ends and one step, against the rule asked image by image."""

import numpy as np
import pytest
from scipy import ndimage

from course.lesson00 import rule
from course.lesson00.rule_lab import RuleLab
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds


@pytest.fixture(scope="module")
def shared(data):
    return RuleLab(data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def center(image, ink):
    """Row and column of the center of the only hole, found as the page does it, or inf."""
    regions, count = ndimage.label(image.reshape(28, 28) < ink)
    return ndimage.center_of_mass(regions == 2) if count == 2 else (np.inf, np.inf)


def by_hand(part, ink, row):
    said = np.array([center(image, ink)[0] < row for image in part.images])
    is_nine = part.labels == 9
    hits = (said & is_nine).sum()
    return [hits / is_nine.sum(), hits / max(1, said.sum())]


@pytest.mark.parametrize(
    ("ink", "row"), [(0.1, 14), (0.2, 14), (0.9, 14), (0.5, 8), (0.5, 9), (0.5, 20), (0.3, 13)]
)
def test_limits_at_their_ends_and_one_step(lab, data, ink, row):
    before = bytes(lab.picture.value)
    lab.controls["ink"].value, lab.controls["row"].value = ink, row
    parts = data.train.first(4000), data.validation.first(4000)
    np.testing.assert_allclose(lab.state["rule"], [by_hand(part, ink, row) for part in parts])
    expected = [center(image, ink) for image in lab.shown]
    np.testing.assert_allclose(lab.state["centers"], expected)
    assert lab.state["said"].tolist() == [place[0] < row for place in expected]
    for bars, column in zip(lab._bars, lab.state["rule"].T):
        widths = [bar.get_width() for bar in bars._bars]
        np.testing.assert_allclose(widths, [*(100 * column), 0])
    assert bytes(lab.picture.value) != before
    assert lab.sentence.startswith(f"Ink limit {ink:g}, row limit {row}: ")
    assert f"rule finds {100 * lab.state['rule'][0, 0]:.1f} %" in lab.sentence


def test_controls_have_the_ends_that_are_tested(lab):
    values = [value for _, value in lab.controls["ink"].options]
    assert values == [n / 10 for n in range(1, 10)]
    assert (lab.controls["row"].min, lab.controls["row"].max) == (8, 20)


def test_each_press_trains_a_network_from_another_start(data):
    lab = RuleLab(data)
    assert lab.state["trained"] is None
    assert "No network is trained yet." in lab.sentence
    for number in (1, 2):
        lab.controls["network"].click()
        assert lab.settings["network"] == number
        said = rule.network_says_nine(rule.train(lab.parts[0], number - 1), lab.parts[1].images)
        shares = rule.shares(said, lab.parts[1].labels)
        np.testing.assert_array_equal(lab.state["trained"], shares)
        assert f"Network {number} on new images: {100 * shares[0]:.1f} %" in lab.sentence
        assert lab._bars[1]._bars[2].get_width() == 100 * shares[1]
    lab.controls["row"].value = 13
    np.testing.assert_array_equal(lab.state["trained"], shares)  # it stays beside other rules


def test_shown_are_nines_and_digits_that_are_taken_for_one(lab, data):
    images = {image.tobytes(): label for image, label in zip(*data.train.first(4000))}
    labels = [images[image.tobytes()] for image in lab.shown]
    assert labels[:18] == [9] * 12 + [0] * 6
    assert not {0, 9} & set(labels[18:])


def test_the_images_shown_agree_with_the_shares(lab):
    """The repaired rule finds more of the nines, and takes none of the zeros for one any more."""
    first, repaired = (lab.compute(*limits, network=0) for limits in [(0.5, 14), (0.3, 13)])
    assert repaired["rule"][0, 0] > first["rule"][0, 0]
    assert repaired["said"][:12].sum() > first["said"][:12].sum()
    assert first["said"][12:18].all()
    assert not repaired["said"][12:18].any()


def test_the_button_says_that_it_trains(data):
    lab, said = RuleLab(data), []
    button = lab.controls["network"]
    button.observe(lambda change: said.append(change["new"]), names="description")
    button.click()
    assert said == ["Training ...", "Train a network"]


def test_frames_are_around_what_the_rule_gets_wrong(lab):
    right = lab.state["said"] == (np.arange(24) < 12)
    framed = sum(len(tiles._frames.get_segments()) for tiles in lab._tiles)
    assert framed == (~right).sum() > 0
    lab.controls["row"].value = 8  # no hole is so high: all nines are missed, nothing else is wrong
    nines, others = [len(tiles._frames.get_segments()) for tiles in lab._tiles]
    assert (nines, others) == (12, 0)


def test_dots_stand_above_the_limit_where_the_rule_says_nine(lab):
    tiles, centers = lab._tiles[0], lab.state["centers"][:12]
    _, rows = tiles._centers.get_data()
    has_hole = np.isfinite(centers[:, 0])
    limits = np.array([segment[0, 1] for segment in tiles._limits.get_segments()])
    assert ((rows < limits[has_hole]) == lab.state["said"][:12][has_hole]).all()


def test_regions_of_many_images_are_those_of_each():
    blank, full = np.zeros(784), np.ones(784)
    ring = np.zeros((28, 28))
    ring[5:12, 5:12] = 1
    ring[7:9, 8:10] = 0
    images = np.array([blank, full, ring.ravel(), full, ring.ravel()])
    numbers = rule.regions(images, 0.5)
    assert numbers.max(axis=(1, 2)).tolist() == [1, 0, 2, 0, 2]
    np.testing.assert_array_equal(numbers[2], numbers[4])
    centers = rule.hole_centers(numbers)
    np.testing.assert_array_equal(centers[2], (7.5, 8.5))
    assert np.isinf(centers[[0, 1, 3]]).all()


def test_shares_without_nines_or_alarms_are_none():
    nothing, labels = np.zeros(3, bool), np.array([1, 9, 2])
    np.testing.assert_array_equal(rule.shares(nothing, labels), [0, 0])
    np.testing.assert_array_equal(rule.shares(~nothing, labels[:1].repeat(3)), [0, 0])
    np.testing.assert_allclose(rule.shares(~nothing, labels), [1, 1 / 3])


def test_stored_form_has_picture_and_sentence(lab):
    stored = lab._repr_mimebundle_()
    assert same_pixels(stored, lab.picture.value)
    assert stored["text/plain"] == lab.sentence == stored_picture(stored)[0]


def test_a_step_of_a_slider_is_quick(lab):
    for ink in (0.4, 0.5):
        lab.controls["ink"].value = ink  # seen once
    moves = [lambda row=row: setattr(lab.controls["row"], "value", row) for row in range(9, 20)]
    assert processor_seconds(moves) < 0.21
