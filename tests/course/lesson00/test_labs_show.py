"""What the labs of lesson 00 show at settings by chance, against what is computed anew."""

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from scipy import ndimage

from course.lesson00 import DigitLab, RuleLab, rule
from nnlib import mnist
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    ORANGE,
    RED,
    SKY,
    YELLOW,
    color_of,
    colors_of,
    named,
    numbers_in,
    scaled,
    set_by_chance,
    settle,
    ticks_of,
    titles_of,
)

# digits


def check_digit(lab, image):
    """The mesh has dark ink, row 0 at the top; the frame is around the row, the bars are of it."""
    left, right = lab.picture.axes
    (mesh,), (frame,), (bars,) = left.collections, left.patches, right.patches
    dark = 1 - mesh.to_rgba(mesh.get_array())[..., :3]
    np.testing.assert_allclose(dark, np.repeat(image[..., None], 3, 2), atol=0.004)
    x, y = np.moveaxis(mesh.get_coordinates(), 2, 0)
    assert (np.diff(x, axis=1) == 1).all()
    assert (np.diff(y, axis=0) == 1).all()
    assert scaled(left)[2:] == ((-0.5, 27.5), (27.5, -0.5))
    row = lab.settings["row"]
    assert (frame.get_y(), frame.get_height()) == (row - 0.5, 1)
    assert (color_of(frame), color_of(bars)) == (RED, BLUE)
    heights, edges, foot = bars.get_data()
    np.testing.assert_allclose(heights, image[row])
    assert (foot, *edges[[0, -1]]) == (0, -0.5, 27.5)
    return image[row]


def test_a_digit_by_chance(data):
    lab, rng = DigitLab(data), np.random.default_rng(0)
    for _ in range(15):
        set_by_chance(lab, rng)
        digit, number, row = (lab.settings[name] for name in ("digit", "image", "row"))
        which = [k for k, label in enumerate(data.train.labels) if label == digit][number]
        numbers = check_digit(lab, data.train.images[which].reshape(28, 28))
        title = [f"row {row} of this {digit}"]
        assert named(lab.picture.axes[1]) == (title, "column", "pixel: 0 paper, 1 ink")
        with_ink = sum(1 for one in numbers if one > 0)
        said = [digit, number, row, with_ink, 28, 28]
        assert numbers_in(lab.sentence)[:-1] == said
        assert numbers_in(lab.sentence)[-1] == pytest.approx(sum(numbers), abs=0.051)


# the rule


def hole(image, ink):
    """(mask of the holes, center of the hole or None) of an image, found for itself."""
    regions, count = ndimage.label(image < ink)  # 1 is the outside, for it holds the corner
    center = ndimage.center_of_mass(regions == 2) if count == 2 else None
    return regions > 1, center


def says_nine(image, ink, row):
    center = hole(image, ink)[1]
    return center is not None and center[0] < row


def shares(part, ink, row):
    """Percent of the nines that are found, and of the alarms that are nines."""
    said = np.array([says_nine(image.reshape(28, 28), ink, row) for image in part.images])
    hits = (said & (part.labels == 9)).sum()
    return 100 * hits / (part.labels == 9).sum(), 100 * hits / max(1, said.sum())


def tile(image, ink, row):
    """The colors of one image on the picture."""
    holes, color = hole(image, ink)[0], BLUE if says_nine(image, ink, row) else YELLOW
    colors = np.repeat(np.where(image >= ink, 0.2, 1 - 0.4 * image)[..., None], 3, axis=2)
    colors[holes] = to_rgb(color)
    return colors


def check_tiles(ax, images, is_nine, ink, row):
    """Twelve images in two rows: their colors, frames where the rule errs, limits and centers."""
    (picture,), (limits, frames) = ax.images, ax.collections
    shown, (dots,) = picture.get_array(), ax.lines
    framed, centers = [], []
    for n, image in enumerate(images):
        top, left = 32 * (n // 6) + 2, 32 * (n % 6) + 2
        image = image.reshape(28, 28)
        np.testing.assert_allclose(shown[top : top + 28, left : left + 28], tile(image, ink, row))
        ends = limits.get_segments()[n]
        np.testing.assert_array_equal(ends, [(left, top + row), (left + 27, top + row)])
        if says_nine(image, ink, row) != is_nine:
            framed.append((left + 14, top + 14))
        if hole(image, ink)[1]:
            centers.append(np.add((left, top), hole(image, ink)[1][::-1]))
    middles = [np.ptp(one, axis=0) / 2 + one.min(axis=0) for one in frames.get_segments()]
    np.testing.assert_allclose(middles, np.reshape(framed, (-1, 2)) - 0.5, atol=0.01)
    np.testing.assert_allclose(dots.get_xydata(), np.reshape(centers, (-1, 2)))
    assert colors_of([limits, frames, dots]) == [BLACK, RED, BLACK]
    assert ax.yaxis_inverted()


def check_bars(ax, title, percents):
    assert titles_of(ax) == [title]
    assert [color_of(bar) for bar in ax.patches] == [SKY, BLUE, ORANGE]
    heights = [*percents, 0][:3]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx(heights)
    said = [f"{one:.1f} %" for one in percents] + ["?"]
    assert [text.get_text() for text in ax.texts] == said[:3]
    places = [text.get_position() for text in ax.texts]
    assert np.array(places) == pytest.approx(np.transpose([np.add(heights, 1.5), range(3)]))
    words = "rule, images\nto choose by", "rule,\nnew images", "network,\nnew images"
    assert ticks_of(ax.yaxis) == dict(enumerate(words))
    assert ax.yaxis_inverted()


def check_rule(lab, data, trained=()):
    ink, row, number = (lab.settings[name] for name in ("ink", "row", "network"))
    (nines, found), (others, right) = lab.picture.axes
    check_tiles(nines, lab.shown[:12], True, ink, row)
    check_tiles(others, lab.shown[12:], False, ink, row)
    assert titles_of(nines) == ["nines to choose by"]
    assert titles_of(others) == ["zeros and other digits to choose by"]
    measured = [
        shares(part, ink, row) for part in (data.train.first(4000), data.validation.first(4000))
    ]
    columns = list(zip(*measured, *([trained] if trained else [])))
    check_bars(found, "found: % of the nines", columns[0])
    check_bars(right, "right: % of what is called a 9", columns[1])
    percents = [one for pair in (*measured, trained) for one in pair]
    network = [number] if trained else []
    said = [ink, row, *percents[:4], *network, *percents[4:]]
    assert numbers_in(lab.sentence) == pytest.approx(said, abs=0.051)
    assert ("No network is trained yet." in lab.sentence) == (not trained)


@pytest.fixture(scope="module")
def rule_lab(data):
    return RuleLab(data)


def test_a_rule_by_chance(rule_lab, data):
    rng = np.random.default_rng(1)
    for _ in range(3):
        set_by_chance(rule_lab, rng, network=0)
        check_rule(rule_lab, data)


@pytest.mark.trains
def test_a_network_stands_beside_the_rule(rule_lab, data):
    settle(rule_lab, ink=0.3, row=13, network=2)
    new = data.validation.first(4000)
    network = rule.train(data.train.first(4000), seed=1)
    said = np.array([network.feedforward(image.reshape(784, 1)).argmax() for image in new.images])
    hits = ((said == 9) & (new.labels == 9)).sum()
    trained = 100 * hits / (new.labels == 9).sum(), 100 * hits / (said == 9).sum()
    check_rule(rule_lab, data, trained)


def test_the_rule_is_tried_on_the_images_that_are_given(data):
    parts = data.train, data.validation, data.test
    turned = [mnist.Split(part.images[::-1], part.labels[::-1]) for part in parts]
    other = mnist.MNIST(*turned, "mini", "the other way round")
    lab = RuleLab(other)
    np.testing.assert_array_equal(lab.parts[0].images, data.train.images[::-1][:4000])
    check_rule(lab, other)
