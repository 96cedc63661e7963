import numpy as np
import pytest

from course.lesson04 import FogLab, hikes
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, shows_the_same, stored_picture


@pytest.fixture(scope="module")
def made():
    return FogLab()


@pytest.fixture
def lab(made):
    return as_at_first(made)


def take(lab, *etas):
    for eta in etas:
        lab.controls["eta"].value = eta
        lab.step.click()


def under_the_fog(lab):
    """The pixels of the map, without what is drawn over the fog."""
    return lab.picture.pixels(lab._fog.get_window_extent())


@pytest.mark.parametrize("hike", hikes.HIKES)
def test_in_fog_nothing_of_the_map_is_seen(lab, hike):
    lab.controls["hike"].value = hike
    assert lab.state["fog"]
    inside = under_the_fog(lab)[8:-8, 8:-8, :3].reshape(-1, 3)
    gray = (inside == (0xE4, 0xE4, 0xE4)).all(axis=1)
    assert gray.mean() > 0.97  # the rest is the walker and the dotted line
    for told in (hikes.HIKES[hike].kind, f"{hikes.HIKES[hike].lowest:.2f}", "best"):
        assert told not in lab.sentence
    lab.lift.click()
    inside = under_the_fog(lab)[8:-8, 8:-8, :3].reshape(-1, 3)
    assert (inside == (0xE4, 0xE4, 0xE4)).all(axis=1).mean() < 0.1


def test_the_axis_of_costs_is_the_same_for_all_hikes(lab):
    limits = set()
    for hike in hikes.HIKES:
        lab.controls["hike"].value = hike
        limits.add(lab.picture.axes[1].get_ylim())
    assert len(limits) == 1


def test_a_step_takes_the_eta_of_the_slider(lab):
    take(lab, 0.1, 0.3)
    hike = hikes.HIKES["hike 1"]
    v = np.array(hike.start)
    for eta in (0.1, 0.3):
        v = v - eta * hike.gradient(v)
    assert lab.state["walk"].points[-1] == pytest.approx(v)
    assert lab.controls["etas"].value == (0.1, 0.3)
    assert lab.state["after"] == pytest.approx(v - 0.3 * hike.gradient(v))
    assert np.transpose(lab._next.get_data()) == pytest.approx(np.array([v, lab.state["after"]]))
    assert f"{lab.state['walk'].slopes[-1]:.2f}" in lab.sentence
    assert "lowered the cost" in lab.sentence


def test_a_step_uphill_is_told(lab):
    lab.controls["hike"].value = "hike 4"
    take(lab, 0.2, 0.2, 1.5)
    assert "did not lower the cost" in lab.sentence


def test_at_rest_the_fog_lifts_and_no_step_follows(lab):
    take(lab, 0.7, 0.7)
    assert not lab.state["fog"]
    assert lab._title.get_text() == "the fog lifts"
    assert "You rest at the lowest place after 2 steps" in lab.sentence
    assert "a round bowl" in lab.sentence
    for line in lab._best:
        assert line.get_visible()
    assert np.transpose(lab._best[0].get_data()) == pytest.approx(hikes.best("hike 1").points)
    before = lab.picture.value
    lab.step.click()
    assert (lab.state["walk"].steps, lab.picture.value) == (2, before)


@pytest.mark.parametrize(
    ("hike", "etas", "words"),
    [
        ("hike 4", [0.2] * 6, "You rest after 6 steps, cost -0.27; the lowest place has -0.81."),
        (
            "hike 4",
            [0.5, 0.2, 0.3],
            "after 3 steps, sooner than with any one eta of the slider; its cost is -0.81.",
        ),
        ("hike 2", [0.3] * 21, "You rest at the lowest place after 21 steps; its cost is 0.00."),
        ("hike 2", [0.2, 3.0, 0.2, 0.2], "You rest at the lowest place after 4 steps"),
        ("hike 1", [5.0], "Step 1, with eta 5, led off the map."),
        ("hike 3", [0.02] * 30, "After 30 steps you are tired; the slope is still"),
    ],
)
def test_how_a_walk_ended_is_told(lab, hike, etas, words):
    lab.controls["hike"].value = hike
    take(lab, *etas)
    assert words in lab.sentence
    assert hikes.HIKES[hike].lesson in lab.sentence
    best = hikes.best(hike)
    assert f"takes at least {best.steps} steps to the lowest place, with eta {best.etas[0]:g}" in (
        lab.sentence
    )
    assert lab.sentence in lab.caption.value.replace("&#x27;", "'")


@pytest.mark.parametrize("hike", hikes.HIKES)
def test_the_map_is_told_to_help_where_it_does(lab, hike):
    lab.controls["hike"].value = hike
    lab.lift.click()
    shortest = hikes.HIKES[hike].shortest
    helps = len(shortest) < hikes.best(hike).steps
    assert (f"with the map it takes {len(shortest)}, with the etas" in lab.sentence) == helps
    assert ("no other etas of the slider need fewer" in lab.sentence) == (not helps)


def test_start_again_and_another_hike_bring_the_fog_back(lab):
    at_first = lab.picture.value
    take(lab, 0.3)
    lab.lift.click()
    assert "You lifted the fog after 1 step." in lab.sentence
    lab.again.click()
    assert lab.state["fog"]
    lab.controls["eta"].value = 0.1
    assert shows_the_same(lab.picture.value, at_first)
    take(lab, 0.7, 0.7)
    lab.controls["hike"].value = "hike 2"
    assert lab.state["fog"]
    assert lab.state["walk"].steps == 0


def test_every_control_at_both_ends(lab):
    for hike in hikes.HIKES:
        lab.controls["hike"].value = hike
        for eta in (hikes.ETAS[0], hikes.ETAS[-1]):
            lab.again.click()
            take(lab, *[eta] * 3)
            assert bytes(lab.picture.value).startswith(b"\x89PNG")
            assert "nan" not in lab.sentence


def test_what_is_stored_and_read_aloud(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert stored_picture(data)[:2] == (lab.sentence, 940)
