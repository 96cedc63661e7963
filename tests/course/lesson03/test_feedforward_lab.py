"""FeedforwardLab: every control to both ends and one step, numbers computed another way."""

import math

import numpy as np
import pytest

from course import figures
from course.lesson03.feedforward_lab import FeedforwardLab, summed
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

HIDDEN = 30
END = HIDDEN + 11


def network():
    return Network([784, HIDDEN, 10], rng=4, dtype=np.float64)


@pytest.fixture(scope="module")
def made():
    return FeedforwardLab(network(), mnist.load("mini").test)


@pytest.fixture
def lab(made):
    return as_at_first(made)


def test_it_starts_before_the_first_neuron(lab):
    assert lab._heading.get_text() == "the sum of a neuron"
    assert lab._sum.get_text() == ""
    state = lab.state
    assert (state["computed"], state["place"], state["products"]) == (0, None, None)
    assert lab.sentence == (
        "Image 7, a 7, goes in as 784 numbers, and nothing is computed yet "
        "(trained weights, sigmoid neurons)."
    )
    assert not any(text.get_text() for text in lab.drawing._texts)


@pytest.mark.parametrize(
    ("computed", "place"),
    [(1, (0, 0)), (30, (0, 29)), (31, (1, 0)), (40, (1, 9))],
)
def test_neurons_come_one_after_the_other(lab, computed, place):
    lab.controls["computed"].value = computed
    assert lab.state["place"] == place
    layer, neuron = place
    z = lab.state["z"][layer][neuron]
    products, bias = lab.state["products"], network().biases[layer][neuron]
    assert math.fsum(products) + bias[0] == pytest.approx(z, abs=1e-9)
    assert len(products) == [784, HIDDEN][layer]
    assert f"z = {z:.2f}".replace("-", "−") in lab.sentence
    assert ["Hidden neuron", "Output"][layer] + f" {neuron} takes all" in lab.sentence


def test_what_is_written_is_the_sum(lab):
    lab.controls["computed"].value = 12
    above, below, bias, z, a = summed(lab.state)
    assert above > 0 > below
    assert above + below + bias == pytest.approx(z)
    assert a == pytest.approx(1 / (1 + math.exp(-z)))
    numbers = lab._sum.get_text().replace("−", "-").split()
    assert [float(one) for one in numbers] == [round(one, 2) for one in (above, below, bias, z, a)]


def test_at_the_end_the_answer_is_told(lab):
    lab.controls["computed"].value = END
    state = lab.state
    assert state["place"] == (1, state["answer"]) == (1, int(state["a"][1].argmax()))
    assert f"is read as {state['answer']}: this output is the largest." in lab.sentence
    assert f"{state['right']} of 500 digits are read right." in lab.sentence
    shown = [text.get_text() for text in lab.drawing._texts]
    assert shown == [f"{a:.2f}" for a in state["a"][1]]


def test_lit_neurons_have_a_dark_edge_and_their_activation(lab):
    lab.controls["computed"].value = 4
    circles = lab.drawing._circles
    edges = [tuple(edge[:3]) for edge in circles.get_edgecolor()]
    assert [edge == (0, 0, 0) for edge in edges] == [True] * 4 + [False] * 26
    expected = figures.ACTIVATION(lab.state["a"][0][:4])
    np.testing.assert_allclose(circles.get_facecolor()[:4], expected)
    assert (circles.get_facecolor()[4:] == 1).all()


def test_lines_show_sign_and_size_in_gray_too(lab):
    lab.controls["computed"].value = 33
    products, lines = lab.state["products"], lab._lines
    assert len(lines.get_segments()) == HIDDEN
    dashed = [style[1] is not None for style in lines.get_linestyles()]
    assert dashed == (products < 0).tolist()
    assert np.argmax(lines.get_linewidths()) == np.argmax(abs(products))
    assert lab._lines.get_visible()
    assert not lab._cone.get_visible()


@pytest.mark.parametrize("computed", [30, 38])
def test_cone_and_lines_lie_behind_the_circles(lab, computed):
    lab.controls["computed"].value = computed
    shown = colors_at(lab, lab.drawing.centers)
    expected = lab.drawing._circles.get_facecolor()
    np.testing.assert_allclose(shown, 255 * expected[:, :3], atol=2)


@pytest.mark.parametrize(("computed", "rows"), [(12, []), (34, [3])])
def test_only_outputs_that_change_are_drawn_again(lab, monkeypatch, computed, rows):
    lab.controls["computed"].value = computed - 1
    drawn, draw = [], lab.picture.draw_artist
    monkeypatch.setattr(
        lab.picture, "draw_artist", lambda *given: drawn.append(given[0]) or draw(*given)
    )
    lab.controls["computed"].value = computed
    assert [n for n, bar in enumerate(lab.drawing._bars) if bar in drawn] == rows


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("number", [0, 19, 8]),
        ("computed", [0, END, 1]),
        ("weights", ["random", "trained"]),
        ("neurons", ["perceptrons", "sigmoid neurons"]),
    ],
)
def test_each_control_at_its_ends_and_one_step_away(lab, name, values):
    lab.controls["computed"].value = 36
    for value in values:
        before, was = lab.picture.value, lab.settings[name]
        lab.controls[name].value = value
        assert lab.state[name] == value
        assert (lab.picture.value != before) == (value != was)


def test_play_goes_from_the_start_to_the_answer(lab):
    player = lab.panel[1].children[1]
    assert (player.min, player.max, player.interval) == (0, END, 125)


def test_going_back_gives_the_same_picture(lab):
    before = lab.picture.value
    for name, value in {"computed": END, "weights": "random", "number": 2}.items():
        lab.controls[name].value = value
    as_at_first(lab)
    assert shows_the_same(lab.picture.value, before)


def test_no_text_leaves_the_picture(lab):
    lab.controls["number"].value = 19
    for computed in (30, END):
        lab.controls["computed"].value = computed
        assert texts_are_inside(lab.picture.figure)


def test_the_stored_form_is_a_picture_and_the_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence == stored_picture(data)[0]
