"""TurnLab: every control to both ends and one step, changes computed with networks of their own."""

import copy

import numpy as np
import pytest
from scipy.special import expit

from course.lesson02 import turn_lab
from course.lesson02.turn_lab import KINDS, TURNS, TurnLab
from nnlib import mnist
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import (
    colors_at,
    same_pixels,
    shows_the_same,
    stored_picture,
    texts_are_inside,
)

RULES = {"perceptrons": lambda z: (z > 0) * 1.0, "sigmoid neurons": expit}


@pytest.fixture(scope="module")
def split():
    return mnist.load("mini").test


@pytest.fixture(scope="module")
def network():
    return Network([784, 30, 10], rng=4, dtype=np.float64)


@pytest.fixture(scope="module")
def made(network, split):
    return TurnLab(network, split)


@pytest.fixture
def lab(made):
    return as_at_first(made)


def outputs(network, rule, images):
    a = images.T
    for w, b in zip(network.weights, network.biases):
        a = rule(w @ a + b)
    return a


@pytest.mark.parametrize("neurons", RULES)
@pytest.mark.parametrize("weight", [0, 1])
@pytest.mark.parametrize("turn", [-2.0, 0.1, 2.0])
def test_changes_are_those_of_a_network_with_the_weight_turned(
    lab, network, split, neurons, weight, turn
):
    chosen = {"number": 14, "weights": "trained", "neurons": neurons, "neuron": 21}
    state = lab.compute(**chosen, weight=weight, turn=turn)
    other, rule = copy.deepcopy(network), RULES[neurons]
    if weight == 0:
        other.weights[0][21, state["pixel"]] += turn
    else:
        other.weights[1][state["label"], 21] += turn
    before, after = (outputs(one, rule, split.images) for one in (network, other))
    changes = abs(after - before).max(axis=0)
    np.testing.assert_allclose(state["changes"], changes, atol=1e-12)
    n = np.flatnonzero(split.labels == 4)[1]
    np.testing.assert_allclose(state["after"][1], after[:, n], atol=1e-12)


def test_kinds_are_counted(lab, split):
    state = lab.compute(**lab.settings | {"neurons": "sigmoid neurons"})
    ink, changes = split.images[:, state["pixel"]], state["changes"]
    assert state["counts"].tolist() == [
        np.sum(ink == 0),
        np.sum((ink > 0) & (changes == 0)),
        np.sum((changes > 0) & (changes < 0.001)),
        np.sum((changes >= 0.001) & (changes < 0.5)),
        np.sum(changes >= 0.5),
    ]
    assert state["counts"].sum() == state["counted"] == 500


def test_the_pixel_has_ink_in_the_image_and_in_many(lab, split):
    for number in range(20):
        state = lab.compute(**lab.settings | {"number": number})
        assert state["image"][state["pixel"]] > 0.5
        assert np.mean(split.images[:, state["pixel"]] > 0) > 0.2


def test_a_turn_of_0_changes_nothing(lab):
    for neurons in RULES:
        for weight in (0, 1):
            settings = {"neurons": neurons, "weight": weight, "turn": 0}
            state = lab.compute(**lab.settings | settings)
            assert state["counts"][2:].sum() == 0


def test_perceptrons_jump_or_stay(lab):
    for turn in TURNS[::4]:
        state = lab.compute(**lab.settings | {"weight": 1, "turn": turn})
        assert set(state["changes"].tolist()) <= {0, 1}
        assert state["counts"][2:4].tolist() == [0, 0]


def test_the_sentence_tells_the_numbers(lab):
    lab.controls["neurons"].value = "sigmoid neurons"
    lab.controls["weight"].value = 1
    state = lab.state
    assert lab.sentence == (
        f"Of 500 digits the outputs of {state['counts'][2:].sum()} change, by at most "
        f"{state['changes'].max():.3f}, when the weight from hidden neuron 0 to output 7 is turned "
        "by 0.1 (trained weights, sigmoid neurons)."
    )
    shown = [text.get_text() for text in lab._counts]
    assert shown == [str(count) for count in state["counts"]]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("number", [0, 19, 8]),
        ("neuron", [29, 0, 1]),
        ("weight", [1, 0]),
        ("turn", [-2.0, 2.0, 0.2]),
        ("weights", ["random", "trained"]),
        ("neurons", ["sigmoid neurons", "perceptrons"]),
    ],
)
def test_each_control_at_its_ends_and_one_step_away(lab, name, values):
    lab.controls["neurons"].value = "sigmoid neurons"
    for value in values:
        before, was = lab.picture.value, lab.settings[name]
        lab.controls[name].value = value
        assert lab.state[name] == value
        assert (lab.picture.value != before) == (value != was)


def test_the_line_is_the_weight(lab):
    center = lab.drawing.centers[5].tolist()
    lab.controls["neuron"].value = 5
    ends = lab._line.get_xydata()
    assert ends[1].tolist() == center
    left, bottom, side = turn_lab.IMAGE
    assert left < ends[0][0] < left + side
    assert bottom < ends[0][1] < bottom + side
    lab.controls["weight"].value = 1
    assert lab._line.get_xydata()[0].tolist() == center
    assert lab._line.get_ydata()[1] == turn_lab.OUTPUTS[7]
    assert not lab._pixel.get_visible()


def test_the_line_lies_behind_the_circles(lab):
    for weight in (0, 1):
        lab.choose(weight=weight, neuron=4, neurons="sigmoid neurons")
        shown = colors_at(lab, lab.drawing.centers)
        expected = lab.drawing._circles.get_facecolor()
        np.testing.assert_allclose(shown, 255 * expected[:, :3], atol=2)


def test_marks_are_the_outputs_before_the_turn(lab):
    lab.choose(neurons="sigmoid neurons", weight=1, turn=2.0)
    before = [mark.get_xdata()[0] for mark in lab._before]
    np.testing.assert_allclose(before, turn_lab.BARS + lab.bar * lab.state["a"][1])


def test_a_dot_for_each_digit_in_rows_from_the_top_left():
    kinds = np.array([4, 1] + [0] * 30)
    field = turn_lab.dot_field(kinds)
    side, row = turn_lab.PITCH, turn_lab.DOTS[2]
    assert field.shape == (2 * side, row * side, 3)
    middle = side // 2
    assert field[middle, middle].tolist() == [0, 0, 0]
    assert field[middle, side + middle].tolist() == [1, 1, 1]
    assert field[middle, side + 1].tolist() != [1, 1, 1]
    assert field[side + middle, side:].min() == 1  # the second row has one dot, nothing behind it


def test_kinds_look_different_in_gray():
    gray = [tile.mean() for tile in turn_lab.TILES[: len(KINDS)]]
    assert min(abs(a - b) for n, a in enumerate(gray) for b in gray[:n]) > 0.01


def test_going_back_gives_the_same_picture(lab):
    before = lab.picture.value
    for name, value in {
        "weight": 1,
        "turn": 2.0,
        "number": 2,
        "neurons": "sigmoid neurons",
    }.items():
        lab.controls[name].value = value
    as_at_first(lab)
    assert shows_the_same(lab.picture.value, before)


def test_no_text_leaves_the_picture(lab):
    assert texts_are_inside(lab.picture.figure)


def test_the_stored_form_is_a_picture_and_the_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence == stored_picture(data)[0]
