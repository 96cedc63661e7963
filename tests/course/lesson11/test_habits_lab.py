"""The lab of the habits: each switch does what it says, beside runs made by hand."""

import dataclasses

import numpy as np
import pytest

from course.figures import GREY
from course.lesson11 import habits_lab
from course.lesson11.habits_lab import HabitsLab
from course.measured import habits
from nnlib import mnist
from nnlib.network import Network
from tests.course.labs import as_at_first, computed
from tests.course.pictures import same_pixels, stored_picture

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def data():
    data = mnist.load("mini")
    return dataclasses.replace(data, train=data.train.first(600))


@pytest.fixture(scope="module")
def shared(data):
    return HabitsLab(data)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(data, scaled, eta, hidden, seed, **switches):
    """Accuracy after each of ten epochs, in one call of SGD."""
    kinds = [habits.HABITS[name] for name, is_on in switches.items() if is_on]
    kind = type("Mixed", (*kinds, Network), {})
    init = "scaled" if scaled else "gaussian"
    network, shares = kind([784, hidden, 10], init=init, rng=seed), []
    images = data.validation.first(habits_lab.VALIDATION)
    with np.errstate(all="ignore"):
        network.SGD(
            data.train,
            10,
            10,
            eta,
            images,
            on_epoch=lambda network, epoch, right, total: shares.append(right / total),
        )
    return shares


CHANGES = [
    {},
    {"scaled": True},
    {"cross-entropy": True, "eta": 0.3},
    {"ReLU": True, "eta": 0.01},
    {"ReLU": True, "eta": 10.0},
    {"momentum": True},
    {"momentum": True, "eta": 0.003},
    {"shifts": True},
    {"hidden": 1},
    {"hidden": 30, "seed": 20},
    dict.fromkeys(habits_lab.SWITCHES, True) | {"eta": 0.01},
]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_the_curves_are_those_of_runs_made_by_hand(lab, data, changes):
    for name, value in changes.items():
        lab.controls[name].value = value
        lab.job.wait()
    settings, state = lab.settings, lab.state
    assert state["accuracies"] == by_hand(data, **settings)
    plain = dict.fromkeys(habits_lab.HABITS, False)
    others = {name: settings[name] for name in ("hidden", "seed")}
    assert state["plain"] == by_hand(data, scaled=False, eta=3.0, **others, **plain)


def test_compute_depends_on_nothing_but_the_settings(lab):
    before = lab.settings
    other = before | {"scaled": True, "seed": 3, "hidden": 20}
    first, second = computed(lab, **other), computed(lab, **other)
    assert str(first) == str(second)
    lab.controls["seed"].value = 3
    lab.controls["scaled"].value = True
    lab.controls["hidden"].value = 20
    lab.job.wait()
    assert str(lab.state) == str(first)


def test_picture_and_sentence_say_what_the_state_says(lab):
    lab.controls["scaled"].value = True
    lab.job.wait()
    state = lab.state
    np.testing.assert_allclose(lab._line.get_ydata(), 100 * np.array(state["accuracies"]))
    np.testing.assert_allclose(lab._plain.get_ydata(), 100 * np.array(state["plain"]))
    now, plain = (f"{100 * state[name][-1]:.1f} %" for name in ("accuracies", "plain"))
    assert lab._titles[0].get_text() == f"{now} with, {plain} without"
    assert lab._titles[1].get_text() == f"number of lost digits: {len(state['lost'])}"
    heights = lab._bars[0].get_data().values[::2]  # the others are gaps
    np.testing.assert_allclose(heights, 100 * state["recall"])
    with_it, without = lab.picture.axes[0].get_legend().legend_handles
    assert (with_it.get_color(), without.get_color()) == (lab._line.get_color(), GREY)
    assert lab.sentence.startswith(f"With scaled start: {now} of 500 validation images after")
    assert f"with eta 3: {plain}" in lab.sentence
    lost = ", ".join(map(str, state["lost"])) or "none"
    assert lab.sentence.endswith(f"lost digits: {len(state['lost'])}; lost digits: {lost}.")


def test_names_of_the_habits_are_in_the_sentence_if_they_are_ticked(lab):
    assert "With no habit:" in lab.sentence
    assert ", 600 training images;" in lab.sentence
    for name in ("ReLU", "shifts"):
        lab.controls[name].value = True
    lab.controls["eta"].value = 0.03
    lab.job.wait()
    assert lab.sentence.startswith("With ReLU, shifts: ")


def test_numbers_that_overflow_are_no_error_and_no_warning(lab, recwarn):
    lab.controls["ReLU"].value = True
    lab.controls["eta"].value = 10.0
    lab.job.wait()
    assert lab.job.error is None
    assert not recwarn.list
    assert lab.state["accuracies"][-1] < 0.35


def test_stop_ends_a_run_early(lab):
    states = []
    keep, lab.show = lab.show, lambda state: (states.append(state), lab.job.stop())
    lab.controls["seed"].value = 7
    lab.job.wait()
    lab.show = keep
    assert len(states[-1]["accuracies"]) < 10
    assert lab.stop.disabled


def test_the_stored_picture_is_that_of_the_state(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert stored_picture(bundle)[:2] == (lab.sentence, 960)
