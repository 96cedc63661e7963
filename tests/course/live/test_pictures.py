"""Live pictures: who keeps a background, and for how long."""

import gc
import weakref

import numpy as np
import pytest

from course.lesson01 import LearnLab, PerceptronLab, XorLab
from course.lesson06 import BackpropLab
from course.lesson11 import FaceLab
from course.live import pictures
from tests.course.pictures import shows_the_same


@pytest.fixture
def later(monkeypatch):
    """A function that lets so many seconds pass."""
    steps = [0.0]
    monkeypatch.setattr(pictures, "monotonic", lambda: sum(steps))
    return steps.append


def keeps(lab):
    return bool(lab.picture._kept)


def test_a_picture_that_is_not_used_gives_up_its_background(later):
    first, second = PerceptronLab(), PerceptronLab()
    later(pictures.RESTS_AFTER - 1)
    second.controls["w1"].value = 1
    assert keeps(first)
    assert keeps(second)
    later(2)
    second.controls["w1"].value = 2
    assert not keeps(first)
    assert keeps(second)
    first.controls["w1"].value = 1
    assert keeps(first)


@pytest.mark.parametrize("lab", [PerceptronLab, XorLab, LearnLab, BackpropLab, FaceLab])
def test_a_picture_is_the_same_after_a_rest(lab, later):
    rested, fresh = lab(), lab()
    rested.on_change()
    before = rested.picture.value
    pixels = weakref.ref(rested.picture.figure.canvas.get_renderer())
    later(pictures.RESTS_AFTER + 1)
    fresh.on_change()
    gc.collect()
    assert not keeps(rested)
    assert pixels() is None
    rested.on_change()
    assert shows_the_same(rested.picture.value, before)
    shown = [np.asarray(one.picture.figure.canvas.buffer_rgba()) for one in (rested, fresh)]
    assert np.array_equal(*shown)
