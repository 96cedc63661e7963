"""The lab of one neuron: every control at its ends, against a calculation of its own."""

import math
from functools import partial

import pytest

from course.lesson09 import fate_lab
from course.lesson09.fate_lab import FateLab
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds


@pytest.fixture(scope="module")
def shared():
    return FateLab()


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(z, images):
    """z after so many images, from a = e^z / (1 + e^z) and delta = (a - 1) a (1 - a)."""
    for _ in range(images):
        a = math.exp(z) / (1 + math.exp(z))
        z -= 0.3 * (46 + 1) * (a - 1) * a * (1 - a)
    return z


CASES = [(-15.0, 0), (-15.0, 60), (-14.5, 0), (-5.0, 0), (-5.0, 1), (-5.0, 60), (0.0, 0), (5.0, 60)]


@pytest.mark.parametrize(("z", "images"), CASES, ids=str)
def test_control(lab, z, images):
    lab.controls["z"].value = z
    lab.controls["images"].value = images
    now = by_hand(z, images)
    a = 1 / (1 + math.exp(-now))
    found = lab.state
    assert found["z_now"] == pytest.approx(now, abs=1e-9)
    assert found["activation"] == pytest.approx(a)
    assert found["push"] == pytest.approx((1 - a) * a * (1 - a))
    assert found["push"] == pytest.approx(found["wrong_by"] * found["slope"])
    assert found["step"] == pytest.approx(by_hand(now, 1) - now, abs=1e-9)
    assert f"Wrong by {found['wrong_by']:.3f}, times slope" in lab.sentence
    assert f"a push of {found['push']:.7f}" in lab.sentence
    assert lab.sentence in lab.caption.value


def test_controls_have_the_ends_that_are_tested(lab):
    starts = [value for _, value in lab.controls["z"].options]
    assert (starts[0], starts[1], starts[-1]) == (-15.0, -14.5, 5.0)
    images = lab.controls["images"]
    assert (images.min, images.max) == (lab.play.min, lab.play.max) == (0, 60)
    assert lab.play.interval == 125


def test_the_three_waits_of_the_page(lab):
    waits = {-5.0: "14", -10.0: "1,569", -15.0: "231,856"}
    for z, told in waits.items():
        lab.controls["z"].value = z
        assert f"needs {told} more images of its own digit" in lab.sentence
        assert lab._count.get_text() == f"still needed: {told}"


def test_what_is_needed_gets_less_with_each_image_until_it_answers(lab):
    needed = [lab.compute(z=-5.0, images=images)["needed"] for images in range(16)]
    assert needed == [*range(14, -1, -1), 0]
    for images, answers in ((13, False), (14, True)):
        lab.controls["images"].value = images
        assert (lab.state["z_now"] >= 0) == answers
        assert ("the neuron answers" in lab.sentence) == answers
        assert (lab._count.get_text() == "it answers") == answers
        assert (len(lab._place.get_xdata()) == 0) == answers
    lab.controls["images"].value = 13
    assert "needs 1 more image of its own digit" in lab.sentence


def test_the_arrow_is_as_long_as_the_push(lab):
    for z in (-0.5, -3.0, -15.0):
        lab.controls["z"].value = z
        across = lab._arrow.get_xy()[:, 0]
        length = across.max() - across.min()
        assert length == pytest.approx(fate_lab.LENGTH * lab.state["push"])


def test_pictures_show_the_state(lab):
    lab.controls["z"].value = -2.0
    assert lab._neuron.get_xdata() == [-2.0]
    assert lab._neuron.get_ydata() == [pytest.approx(1 / (1 + math.exp(2)))]
    low, high = lab._tangent.get_ydata()
    assert (high - low) / 2 == pytest.approx(lab.state["slope"])
    assert lab._gap.get_ydata() == [lab.state["activation"], 1]
    assert same_pixels(lab._repr_mimebundle_(), lab.picture.value)
    assert stored_picture(lab._repr_mimebundle_())[1] == 960


def move(lab, z):
    lab.controls["z"].value = z


def test_a_step_takes_little_processor_time(lab):
    steps = [partial(move, lab, -z / 2) for z in range(30)]
    assert processor_seconds(steps) < 0.085
