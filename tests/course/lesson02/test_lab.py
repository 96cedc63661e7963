"""NeuronLab and FlipLab: every control to both ends and one step, numbers computed another way."""

import math

import pytest

from course.lesson02 import lab as lab02
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, shows_the_same, stored_picture


def logistic(z):
    """The sigmoid without NumPy or SciPy."""
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


def fires(z):
    return 1.0 if z > 0 else 0.0


def output_of_network(rule, w, x1, x2, c=1):
    """The network of lesson 02 written with lists of weights, layer by layer."""
    a = [x1, x2]
    for weights, biases in (
        ([[w, 1], [-2, 2]], [-3, 1]),
        ([[4, -2], [-4, 1]], [1, 0.5]),
        ([[4, -4]], [-1]),
    ):
        a = [
            rule(c * (sum(wk * ak for wk, ak in zip(row, a)) + b))
            for row, b in zip(weights, biases)
        ]
    return a[0]


def ends_and_one_step(control):
    options = [option[1] if isinstance(option, tuple) else option for option in control.options]
    now = options.index(control.value)
    return [options[0], options[-1], options[max(0, now - 1)]]


@pytest.fixture(scope="module")
def labs():
    return {kind: as_at_first(kind()) for kind in (lab02.NeuronLab, lab02.FlipLab)}


@pytest.fixture
def neuron_lab(labs):
    return as_at_first(labs[lab02.NeuronLab])


@pytest.fixture
def flip_lab(labs):
    return as_at_first(labs[lab02.FlipLab])


def test_neuron_lab_shows_output_and_slope(neuron_lab):
    for name, control in neuron_lab.controls.items():
        for value in ends_and_one_step(control):
            before = neuron_lab.picture.value
            control.value = value
            z, c = neuron_lab.controls["z"].value, neuron_lab.controls["c"].value
            h = 1e-6
            slope = (logistic(c * (z + h)) - logistic(c * (z - h))) / (2 * h)
            assert neuron_lab.state[name] == value
            assert neuron_lab.state["output"] == pytest.approx(logistic(c * z), abs=1e-12)
            assert neuron_lab.state["slope"] == pytest.approx(slope, rel=1e-4, abs=1e-9)
            assert neuron_lab.state["step"] == fires(z)
            assert neuron_lab.state["step_slope"] == 0
            assert neuron_lab.picture.value != before


@pytest.mark.parametrize("c", [0.2, 1, 100])
def test_neuron_lab_at_zero(neuron_lab, c):
    neuron_lab.controls["c"].value = c
    neuron_lab.controls["z"].value = 0.0
    assert neuron_lab.state["output"] == 0.5
    assert neuron_lab.state["slope"] == c / 4
    assert (neuron_lab.state["step"], neuron_lab.state["step_slope"]) == (0, None)
    assert "0 with no slope" in neuron_lab.sentence


def test_neuron_lab_draws_what_it_says(neuron_lab):
    neuron_lab.controls["z"].value = -2.0
    dots = [dot.get_xydata().tolist() for dot in neuron_lab._dots]
    assert dots == [[[-2.0, pytest.approx(logistic(-2))]], [[-2.0, 0.0]]]
    (x, x_end), (y, y_end) = neuron_lab._tangents[0].get_data()
    assert (y_end - y) / (x_end - x) == pytest.approx(logistic(-2) * logistic(2))
    curve = dict(neuron_lab._curve.get_xydata().round(12).tolist())
    assert curve[-2.0] == pytest.approx(logistic(-2))
    assert "z = -2.0" in neuron_lab.sentence
    assert "0.119 with slope 0.105" in neuron_lab.sentence
    assert [text.get_text() for text in neuron_lab._slopes] == ["slope 0.105", "slope 0"]


def test_neuron_lab_does_not_round_a_slope_to_nothing(neuron_lab):
    neuron_lab.controls["c"].value = 100
    neuron_lab.controls["z"].value = 6.0
    assert neuron_lab.compute(z=6.0, c=1)["slope"] > 0
    assert "slope below 0.0005" in neuron_lab.sentence


def test_flip_lab_computes_both_networks(flip_lab):
    for name, control in flip_lab.controls.items():
        for value in ends_and_one_step(control):
            control.value = value
            state = flip_lab.state
            assert state[name] == value
            inputs = state["x1"], state["x2"]
            for kind, rule in (("perceptrons", fires), ("sigmoid", logistic)):
                for when, w in (("now", state["w"]), ("further", state["w"] + 0.1)):
                    expected = output_of_network(rule, w, *inputs, state["c"])
                    assert state[kind][when]["y"] == pytest.approx(expected, abs=1e-12)
                sweep = [output_of_network(rule, w, *inputs, state["c"]) for w in lab02.WEIGHTS]
                assert state[kind]["sweep"] == pytest.approx(sweep, abs=1e-12)


@pytest.mark.parametrize(("name", "value"), [("w", 2.1), ("c", 2), ("x1", 0), ("x2", 0)])
def test_flip_lab_redraws(flip_lab, name, value):
    before = flip_lab.picture.value
    start = flip_lab.controls[name].value
    flip_lab.controls[name].value = value
    assert flip_lab.picture.value != before
    flip_lab.controls[name].value = start
    assert shows_the_same(flip_lab.picture.value, before)


def test_flip_lab_starts_where_the_chain_flips(flip_lab):
    assert flip_lab.state["flips"] == ["h1", "h3", "h4", "y"]
    assert "perceptrons that flip: h1, h3, h4, y." in flip_lab.sentence
    assert "y = 0 and 0.736, at w = 2.1 they give 1 and 0.763" in flip_lab.sentence
    marks = flip_lab._diagrams["perceptrons"]
    thick = [name for name, (mark, _) in marks.items() if mark.get_markeredgewidth() > 2]
    assert thick == ["h1", "h3", "h4", "y"]
    flip_lab.controls["w"].value = 2.1
    assert flip_lab.state["flips"] == []
    assert "perceptrons that flip: none." in flip_lab.sentence


def test_flip_lab_draws_what_it_says(flip_lab):
    flip_lab.controls["x2"].value = 0
    flip_lab.controls["w"].value = 3.1
    numbers = {
        kind: {name: number.get_text() for name, (_, number) in marks.items()}
        for kind, marks in flip_lab._diagrams.items()
    }
    inputs = {"x1": "1", "x2": "0"}
    perceptrons = {"h1": "1", "h2": "0", "h3": "1", "h4": "0", "y": "1"}
    assert numbers["perceptrons"] == inputs | perceptrons
    assert numbers["sigmoid"]["y"] == f"{output_of_network(logistic, 3.1, 1, 0):.2f}"
    assert flip_lab._nows["perceptrons"].get_xydata().tolist() == [[3.1, 1.0]]
    assert flip_lab._curves["perceptrons"].get_ydata().tolist() == [
        fires(w - 3) for w in lab02.WEIGHTS
    ]


def test_steep_network_agrees_except_where_a_weighted_input_is_zero(flip_lab):
    state = flip_lab.compute(w=2.0, c=100, x1=1, x2=1)
    gaps = abs(state["perceptrons"]["sweep"] - state["sigmoid"]["sweep"])
    assert [w for w, gap in zip(lab02.WEIGHTS, gaps) if gap > 0.01] == [2.0]


def test_flip_lab_gives_the_answers_of_the_lesson(flip_lab):
    first = flip_lab.compute(w=2.0, c=1, x1=1, x2=1)
    now, further = first["sigmoid"]["now"], first["sigmoid"]["further"]
    moved = [name for name in now if now[name] != further[name]]
    assert moved == first["flips"]
    assert max(abs(further[name] - now[name]) for name in moved) < 0.03
    assert flip_lab.compute(w=3.0, c=1, x1=1, x2=0)["flips"] == ["h1", "h4", "y"]
    still = [flip_lab.compute(w=w, c=1, x1=0, x2=1) for w in lab02.WEIGHTS]
    assert all(state["flips"] == [] for state in still)
    assert len({state["sigmoid"]["now"]["y"] for state in still}) == 1
    steep = flip_lab.compute(w=2.0, c=100, x1=1, x2=1)
    assert steep["sigmoid"]["now"]["y"] == pytest.approx(1)
    assert steep["perceptrons"]["now"]["y"] == 0


def test_neuron_lab_slope_grows_and_dies_away(neuron_lab):
    states = [neuron_lab.compute(z=0.1, c=c) for c in lab02.STEEPNESSES]
    outputs, slopes = ([state[key] for state in states] for key in ("output", "slope"))
    assert outputs == sorted(outputs)
    assert outputs[-1] > 0.9999
    assert max(slopes) > 8 * slopes[0]
    assert slopes[-1] < 0.005


@pytest.mark.parametrize(
    ("lab_class", "way"),
    [
        (lab02.NeuronLab, {"z": [6.0, -6.0, 0.0], "c": [100, 0.2]}),
        (lab02.FlipLab, {"w": [4.0, 0.0, 2.1], "c": [100, 1], "x1": [0, 1], "x2": [0]}),
    ],
)
def test_a_picture_does_not_depend_on_the_way_to_it(labs, lab_class, way):
    lab, fresh = labs[lab_class], lab_class()
    for name, values in way.items():
        for value in values:
            lab.controls[name].value = value
    fresh.show(fresh.compute(**lab.settings))
    assert shows_the_same(lab.picture.value, fresh.picture.value)
    lab.picture.forget_background()
    lab.on_change()
    assert shows_the_same(lab.picture.value, fresh.picture.value)


def test_small_network_refuses_what_is_not_finite():
    with pytest.raises(ValueError, match="w is nan: expected finite numbers"):
        lab02.small_network(lab02.step, float("nan"))
    with pytest.raises(ValueError, match="x2 is inf"):
        lab02.small_network(lab02.step, [1.0, 2.0], x2=float("inf"))


@pytest.mark.parametrize("lab_class", [lab02.NeuronLab, lab02.FlipLab])
def test_labs_have_a_picture_and_a_sentence(labs, lab_class):
    lab = labs[lab_class]
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence == stored_picture(data)[0]
    assert lab.sentence in lab.caption.value
