import re

import pytest

from course.lesson03.lab import INPUTS, OUTPUTS, ArchitectureLab
from tests.course.pictures import same_pixels, shows_the_same, stored_picture


@pytest.fixture
def lab():
    return ArchitectureLab()


def layers_of(inputs=784, hidden=30, layers=1, outputs=10):
    return [inputs] + [hidden] * layers + [outputs]


def check(lab, sizes):
    """State, table, picture and sentence against numbers counted here, one layer at a time."""
    weights = biases = 0
    shapes = {}
    for n in range(len(sizes) - 1):
        weights += sizes[n] * sizes[n + 1]
        biases += sizes[n + 1]
        shapes[f"weights[{n}]"] = (sizes[n + 1], sizes[n])
        shapes[f"biases[{n}]"] = (sizes[n + 1], 1)
    state = lab.state
    assert state["sizes"] == sizes
    assert state["shapes"] == shapes
    assert [w.shape for w in state["arrays"]] == [shapes[f"weights[{n}]"] for n in range(n + 1)]
    assert (state["weights"], state["biases"]) == (weights, biases)
    assert state["parameters"] == weights + biases
    numbers = f"{weights + biases:,} numbers to learn: weights {weights:,}, biases {biases:,}."
    assert numbers in lab.sentence
    assert all(f"{name} {shape}" in lab.sentence for name, shape in shapes.items())
    texts = [text.get_text() for text in lab.picture.axes.texts]
    assert {f"{weights + biases:,}", "weights and biases"} <= set(texts)
    cells = re.sub(r"<[^>]+>", " ", lab.table.value)
    assert all(str(shape) in cells for shape in shapes.values())
    assert f"{weights + biases:,}" in cells


@pytest.mark.parametrize(
    ("sizes", "parameters"), [((0, 30), 7_850), ((1, 30), 23_860), ((1, 100), 79_510)]
)
def test_the_numbers_of_the_lesson(lab, sizes, parameters):
    lab.controls["layers"].value, lab.controls["hidden"].value = sizes
    assert lab.state["parameters"] == parameters


def test_the_default_is_the_network_of_the_course(lab):
    check(lab, [784, 30, 10])


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("hidden", [1, 100, 31]),
        ("layers", [0, 3, 2]),
        ("inputs", [INPUTS[0], INPUTS[-1], INPUTS[-2]]),
        ("outputs", [OUTPUTS[0], OUTPUTS[-1], OUTPUTS[-2]]),
    ],
)
def test_each_control_at_its_ends_and_one_step_away(lab, name, values):
    control = lab.controls[name]
    assert [control.options[0], control.options[-1]] == values[:2]
    for value in values:
        before = lab.picture.value
        control.value = value
        check(lab, layers_of(**{name: value}))
        assert lab.picture.value != before


def test_all_controls_at_their_ends_together(lab):
    for end in (0, -1):
        lab.controls["inputs"].value = INPUTS[end]
        lab.controls["outputs"].value = OUTPUTS[end]
        lab.controls["hidden"].value = (1, 100)[end]
        lab.controls["layers"].value = (0, 3)[end]
        check(lab, layers_of(INPUTS[end], (1, 100)[end], (0, 3)[end], OUTPUTS[end]))


def test_going_back_gives_the_same_picture(lab):
    before = lab.picture.value
    lab.controls["layers"].value = 3
    lab.controls["hidden"].value = 5
    lab.controls["layers"].value = 1
    lab.controls["hidden"].value = 30
    assert shows_the_same(lab.picture.value, before)


def test_shapes_stand_under_the_lines(lab):
    lab.controls["layers"].value = 2
    texts = [text.get_text() for text in lab.picture.axes.texts]
    assert {"(30, 784)", "(30, 30)", "(10, 30)", "784", "30", "10"} <= set(texts)
    lab.controls["layers"].value = 0
    texts = [text.get_text() for text in lab.picture.axes.texts]
    assert "(10, 784)" in texts
    assert not {"(30, 784)", "(30, 30)", "(10, 30)", "30"} & set(texts)


def test_without_a_hidden_layer_its_size_is_off_and_it_is_said(lab):
    lab.controls["layers"].value = 0
    assert lab.controls["hidden"].disabled
    assert lab.sentence.endswith(" There is no hidden layer to give a size.")
    lab.controls["layers"].value = 2
    assert not lab.controls["hidden"].disabled
    assert "no hidden layer" not in lab.sentence


def test_the_stored_form_is_a_picture_and_the_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence
    assert stored_picture(data)[0] == lab.sentence


def test_no_two_texts_overlap_at_the_widest_setting(lab):
    for name, value in {"inputs": 4096, "layers": 3, "hidden": 100}.items():
        lab.controls[name].value = value
    ax = lab.picture.axes
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert len(boxes) == 5 + 5 + 4 + 2
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
    width, height = lab.picture.figure.canvas.get_width_height()
    assert all(box.x0 >= 0 and box.x1 <= width for box in boxes)
    assert all(box.y0 >= 0 and box.y1 <= height for box in boxes)
