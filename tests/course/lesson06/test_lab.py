"""BackpropLab: its numbers against Network.backprop, by hand, and by centered differences."""

import io
import re

import numpy as np
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from benchmarks import textbook
from course.lesson06 import lab as backprop
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds

ENDS = {"formula": (0, 9), "x1": (0.0, 1.0), "x2": (0.0, 1.0), "y": (0.0, 1.0), "w": (-6.0, 6.0)}
ENDS |= {"taken": (0, 20)}
BY_HAND = {
    "z2": [1, 0],
    "a2": [0.7311, 0.5],
    "z3": [-1.0379],
    "a3": [0.2616],
    "cost": [0.2726],
    "delta3": [-0.1426],
    "delta2": [-0.0561, 0.0357],
    "nabla_b3": [-0.1426],
    "nabla_b2": [-0.0561, 0.0357],
    "nabla_w3": [-0.1043, -0.0713],
    "nabla_w2": [-0.0561, -0.0280, 0.0357, 0.0178],
}


@pytest.fixture(scope="module")
def shared():
    return backprop.BackpropLab()


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def twin(w, x=None, y=None, taken=0):
    """The network of the lab, built here from its numbers, after steps by the textbook."""
    network = Network([2, 2, 1], dtype=np.float64)
    network.weights = [np.array([[1.0, 2.0], [-1.0, 1.0]]), np.array([[w, -1.0]])]
    network.biases = [np.array([[-1.0], [0.5]]), np.array([[-2.0]])]
    for _ in range(taken):
        nabla_b, nabla_w = textbook.example_gradient(network.weights, network.biases, x, y)
        network.biases = [b - part for b, part in zip(network.biases, nabla_b)]
        network.weights = [v - part for v, part in zip(network.weights, nabla_w)]
    return network


def settings_of(lab):
    values = lab.settings
    return np.array([[values["x1"]], [values["x2"]]]), np.array([[values["y"]]]), values["w"]


def check_state(lab):
    """Exactly what Network.backprop returns, and the textbook's gradient to rounding."""
    x, y, w = settings_of(lab)
    state = lab.state
    network = twin(w, x, y, state["taken"])
    nabla_b, nabla_w = network.backprop(x, y)
    for found, expected in [
        ([state["nabla_b2"], state["nabla_b3"]], nabla_b),
        ([state["delta2"], state["delta3"]], nabla_b),
        ([state["nabla_w2"], state["nabla_w3"]], nabla_w),
    ]:
        for mine, theirs in zip(found, expected):
            np.testing.assert_allclose(mine, theirs, rtol=1e-11, atol=1e-17)
    np.testing.assert_allclose(state["a3"], network.feedforward(x), rtol=1e-12)
    slow_b, slow_w = textbook.example_gradient(network.weights, network.biases, x, y)
    for found, expected in zip([*nabla_b, *nabla_w], [*slow_b, *slow_w]):
        np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-17)
    assert state["formula"] == lab.settings["formula"]
    assert state["costs"][state["taken"]] == state["cost"]
    assert (np.diff(state["costs"]) <= 0).all()


def test_hand_worked_example(lab):
    for name, expected in BY_HAND.items():
        np.testing.assert_allclose(np.ravel(lab.state[name]), expected, atol=0.00005001)


def test_hand_worked_example_by_centered_differences(lab):
    x, y, w = settings_of(lab)
    network = twin(w)
    for layer, name in enumerate(("nabla_w2", "nabla_w3")):
        weights = network.weights[layer]
        for place in np.ndindex(weights.shape):
            kept, costs = weights[place], []
            for moved in (kept + 1e-5, kept - 1e-5):
                weights[place] = moved
                costs.append(0.5 * float(((network.feedforward(x) - y) ** 2).sum()))
            weights[place] = kept
            assert lab.state[name][place] == pytest.approx((costs[0] - costs[1]) / 2e-5, abs=1e-10)


@pytest.mark.parametrize("name", ENDS)
def test_every_control_at_both_ends_and_one_step(lab, name):
    control = lab.controls[name]
    options = [value for _, value in getattr(control, "options", [])]
    values = options or list(range(control.min, control.max + 1))
    assert (values[0], values[-1]) == ENDS[name]
    seen = set()
    for value in (values[0], values[1], values[-1]):
        control.value = value
        check_state(lab)
        seen.add(lab.picture.value)
    assert len(seen) == 3


def arithmetic(line):
    """Left and right side of the last equation in a line such as `z = 1 × 2 − 1 = 1.0000`."""
    left, right = line.replace("−", "-").split(" = ")[-2:]
    left = re.sub(r"½ \((.*)\)²", r"0.5 * (\1) ** 2", left).replace("×", "*")
    left = re.sub(r"σ\((.*)\)", r"1 / (1 + np.exp(-(\1)))", left)
    return eval(left, {"np": np}), float(right)  # noqa: S307


@pytest.mark.parametrize("formula", [1, 2, 3, 4, 5, 6, 8, 9])
@pytest.mark.parametrize(("w", "taken"), [(-6.0, 0), (-0.5, 3), (0.0, 0), (2.0, 20)])
def test_formula_in_numbers_is_true_arithmetic(lab, formula, w, taken):
    state = lab.compute(formula=formula, x1=0.75, x2=0.5, y=0.25, w=w, taken=taken)
    lines = backprop.in_numbers(formula, state)
    assert lines
    for line in lines:
        left, right = arithmetic(line)
        assert left == pytest.approx(right, abs=0.0007)  # numbers of four digits, times up to 6
    assert all(line in lab.describe(state) for line in lines)


def test_formulas_fill_the_drawing_one_after_the_other(lab):
    visible = []
    for formula in range(10):
        lab.controls["formula"].value = formula
        shown = {name for name, texts in lab.slots.items() if texts[0].get_visible()}
        assert [frame.get_visible() for frame in lab.frames] == [k == formula for k in range(10)]
        visible.append(shown)
    assert all(earlier < later for earlier, later in zip(visible, visible[1:]))
    assert visible[0] == {"x", "w2", "b2", "w3", "b3", "y"}
    assert visible[9] == set(lab.slots)
    assert "delta2" in visible[6] - visible[5]


def test_texts_show_the_state(lab):
    lab.controls["formula"].value, lab.controls["w"].value = 9, -5.5
    for name, before in {"delta2": "δ", "nabla_w2": "∂C/∂w", "a2": "a"}.items():
        expected = [f"{before} {v:.4f}".replace("-", "−") for v in np.ravel(lab.state[name])]
        assert [text.get_text() for text in lab.slots[name]] == expected


def test_drawing_by_parts_equals_drawing_anew(lab):
    """What is left after many moves is the picture of a new lab with the same settings."""
    rng = np.random.default_rng(0)
    for _ in range(6):
        for name in ("formula", "w", "x1", "taken"):
            options = getattr(lab.controls[name], "options", None)
            values = [v for _, v in options] if options else range(10)
            lab.controls[name].value = values[rng.integers(len(values))]
    fresh = backprop.BackpropLab()
    for name, value in lab.settings.items():
        fresh.controls[name].value = value
    fresh.picture.forget_background()
    fresh.on_change()
    assert pixels(lab) == pixels(fresh)


def pixels(lab):
    return Image.open(io.BytesIO(lab.picture.value)).tobytes()


def pixels_of(picture, artist):
    """The pixels of an artist's place as they are, and as they are without it."""
    (part,) = [part for part in picture.parts if part.artists == [artist]]
    return picture.pixels(part.place), part.background


def is_drawn(picture, artist):
    now, empty = pixels_of(picture, artist)
    return (now != empty).any()


def test_no_part_touches_another_or_the_edge(lab):
    places = [part.place for part in lab.picture.parts if part is not lab.picture.under]
    width, height = lab.picture.figure.bbox.size
    for i, place in enumerate(places):
        assert not any(place.overlaps(other) for other in places[i + 1 :])
        assert 0 <= place.x0 < place.x1 <= width
        assert 0 <= place.y0 < place.y1 <= height
    arrows = lab.picture.under.place  # a text is either all in there or not at all
    over = [place for place in places if place.overlaps(arrows)]
    assert len(over) > 30
    for place in over:
        assert arrows.x0 <= place.x0 < place.x1 <= arrows.x1


@pytest.mark.parametrize(("w", "taken"), [(-5.5, 0), (6.0, 7), (-5.5, 13)])
def test_no_letter_is_cut_off(lab, w, taken):
    """Around each text and frame a line of pixels is still as it was before they were drawn."""
    picture = lab.picture
    for name, value in {"x1": 0.75, "x2": 0.25, "y": 0.25, "w": w, "taken": taken}.items():
        lab.controls[name].value = value
    for formula in range(10):
        lab.controls["formula"].value = formula
        for part in picture.parts:
            changed = (picture.pixels(part.place) != part.background).any(axis=2)
            assert not any(line.any() for line in (changed[0], changed[-1]))
            assert not any(line.any() for line in (changed[:, 0], changed[:, -1]))
        assert all(is_drawn(picture, text) for text in lab.slots["w3"])
        assert is_drawn(picture, lab.lines)


def test_writing_with_pillow_looks_like_matplotlib(lab):
    """Same place, same size: what matplotlib would draw covers the same pixels, give or take."""
    lab.controls["formula"].value = 9
    picture = lab.picture
    for text in [lab.lines, *lab.slots["nabla_w3"], *lab.slots["a2"]]:
        part, empty = pixels_of(picture, text)
        with_pillow = (part != empty).any(axis=2)
        part[:] = empty
        picture.figure.draw_artist(text)
        with_matplotlib = (part != empty).any(axis=2)
        for axis in (0, 1):
            ours, theirs = (
                np.flatnonzero(m.any(axis=axis)) for m in (with_pillow, with_matplotlib)
            )
            assert abs(ours[0] - theirs[0]) <= 6
            assert abs(ours[-1] - theirs[-1]) <= 12  # rounded widths of up to 40 letters
    picture.forget_background()


def test_stored_picture_and_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert stored_picture(data)[1] == 950
    assert data["text/plain"] == (
        "After 0 steps of gradient descent the output is 0.2616 and the cost 0.2726. "
        "Formula 6 of 9, backpropagate: x = (1, 0.5), target y = 1; "
        "δ⁽²⁾₁ = 2 × (−0.1426) × 0.1966 = −0.0561; δ⁽²⁾₂ = −1 × (−0.1426) × 0.2500 = 0.0357."
    )


def test_taking_the_step(lab):
    """The button moves the slider up to its end; the costs are those of the lesson."""
    take = lab.panel[0].children[-1]
    for cost in (0.2253, 0.1763):
        take.click()
        assert lab.state["cost"] == pytest.approx(cost, abs=0.00005)
    lab.controls["taken"].value = 20
    take.click()
    assert lab.settings["taken"] == 20
    assert lab.state["a3"].item() == pytest.approx(0.8577, abs=0.00005)
    assert lab.sentence.startswith("After 20 steps of gradient descent the output is 0.8577")


FLOWS = {  # by hand: what flows at a formula, and the column of the edges where it starts
    1: ([1.0, 1.0, -1.0, 0.5], 0.8),
    3: ([1.4621, -0.5], 4.9),
    6: ([-0.2852, 0.1426], 9.0),
    8: ([-0.1043, -0.0713], 9.0),
    9: ([-0.0561, -0.0280, 0.0357, 0.0178], 4.9),
}


@pytest.mark.parametrize("formula", range(10))
def test_arrows_show_what_flows(lab, formula):
    lab.controls["formula"].value = formula
    expected, start = FLOWS.get(formula, ([], None))
    pairs = [pair for side in lab.arrows.values() for pair in side if pair[0].get_visible()]
    assert len(pairs) == len(expected)
    largest = max(map(abs, expected), default=0)
    for (shaft, head), value in zip(pairs, expected):
        assert head.get_visible()
        assert shaft.get_linewidth() == pytest.approx(max(1, 9 * abs(value) / largest), abs=0.01)
        assert to_hex(shaft.get_edgecolor()) == ("#0072b2" if value > 0 else "#d55e00")
        assert (shaft.get_linestyle() == "-") == (value > 0)
        ends = shaft.get_path().vertices[[0, -1], 0]
        assert abs(ends[0] - start) < 1.2 < abs(ends[1] - start)


def test_arrows_shrink_with_the_error(lab):
    lab.controls["formula"].value = 9
    widths = []
    for taken in (0, 20):
        lab.controls["taken"].value = taken
        widths.append(lab.arrows["w2"][0][0].get_linewidth())
    assert widths[1] < 0.5 * widths[0]


@pytest.mark.parametrize("name", ["formula", "w", "taken"])
def test_a_move_is_quick(lab, name):
    control = lab.controls[name]
    values = [v for _, v in getattr(control, "options", [])] or range(control.max + 1)
    moves = [lambda value=value: setattr(control, "value", value) for value in list(values)[1:10]]
    assert processor_seconds(moves) < 0.14
