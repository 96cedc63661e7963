"""PerceptronLab and HalfAdderLab: every control to both ends and one step, numbers checked."""

from itertools import product

import pytest

from course.lesson01.lab import POINTS, HalfAdderLab, PerceptronLab
from tests.course.pictures import same_pixels, stored_picture

WANTED = {
    "AND": lambda x1, x2: x1 and x2,
    "OR": lambda x1, x2: x1 or x2,
    "NAND": lambda x1, x2: 1 - (x1 and x2),
    "XOR": lambda x1, x2: (x1 + x2) % 2,
}


def count_wrong(w1, w2, b, target):
    """The number of wrong points, in plain Python."""
    outputs = [(x1 * w1 + x2 * w2 > -b, WANTED[target](x1, x2)) for x1, x2 in POINTS.tolist()]
    return sum(output != wanted for output, wanted in outputs)


def assert_shows_its_settings(lab):
    settings, state = lab.settings, lab.state
    assert {name: state[name] for name in settings} == settings
    z = [settings["w1"] * x1 + settings["w2"] * x2 + settings["b"] for x1, x2 in POINTS.tolist()]
    assert state["z"].tolist() == z
    assert state["outputs"].tolist() == [int(value > 0) for value in z]
    assert state["wrong"] == count_wrong(**settings)
    outputs = ", ".join(str(int(value > 0)) for value in z)
    assert f"the outputs are {outputs};" in lab.sentence
    assert lab.sentence.endswith(f"{state['wrong']} of 4 wrong.")
    assert lab.sentence in lab.caption.value.replace("&#x27;", "'")


@pytest.fixture(scope="module")
def perceptron_lab():
    return PerceptronLab()


def test_default_is_a_solved_and(perceptron_lab):
    assert_shows_its_settings(perceptron_lab)
    assert perceptron_lab.state["wrong"] == 0


@pytest.mark.parametrize("name", ["w1", "w2", "b"])
def test_sliders_at_their_ends_and_one_step(name):
    lab = PerceptronLab(w1=1, w2=1, b=-1, target="OR")
    slider = lab.controls[name]
    pictures = {lab.picture.value}
    for value in (slider.min, slider.max, slider.max - slider.step):
        slider.value = value
        assert_shows_its_settings(lab)
        pictures.add(lab.picture.value)
    assert len(pictures) == 4


@pytest.mark.parametrize("target", WANTED)
def test_buttons(target):
    lab = PerceptronLab(w1=2, w2=2, b=-3, target="OR" if target != "OR" else "AND")
    before = lab.picture.value
    lab.controls["target"].value = target
    assert_shows_its_settings(lab)
    assert lab.picture.value != before
    assert target in lab.sentence


def test_xor_is_never_right_and_the_others_can_be(perceptron_lab):
    sliders = [perceptron_lab.controls[name] for name in ("w1", "w2", "b")]
    grid = list(product(*(range(slider.min, slider.max + 1) for slider in sliders)))
    assert len(grid) == 11**3
    for target, fewest in (("AND", 0), ("OR", 0), ("NAND", 0), ("XOR", 1)):
        wrong = [perceptron_lab.compute(*setting, target)["wrong"] for setting in grid]
        assert wrong == [count_wrong(*setting, target) for setting in grid]
        assert min(wrong) == fewest


def test_points_on_the_line_give_0_and_no_weights_give_no_line():
    lab = PerceptronLab(w1=1, w2=1, b=-1)
    assert lab.state["outputs"].tolist() == [0, 0, 0, 1]
    pictures = set()
    for b in (-1, 0, 1):
        lab = PerceptronLab(w1=0, w2=0, b=b)
        assert lab.state["outputs"].tolist() == [int(b > 0)] * 4
        assert len(lab._plane["line"].get_xdata()) == 0
        pictures.add(lab.picture.value)
    assert len(pictures) == 3


def test_picture_marks_the_points_as_the_state_says():
    lab = PerceptronLab(w1=2, w2=2, b=-1, target="XOR")
    points = {name: lab._plane[name].get_xydata().tolist() for name in ("ones", "zeros", "wrong")}
    assert points == {"ones": [[0, 1], [1, 0], [1, 1]], "zeros": [[0, 0]], "wrong": [[1, 1]]}
    assert [text.get_text() for text in lab._table["z"]] == ["-1", "1", "1", "3"]
    assert lab._table["wrong"].get_ydata().tolist() == [3]
    assert lab._count.get_text() == "XOR: 1"


def test_a_redrawn_picture_equals_one_drawn_afresh(perceptron_lab):
    lab = PerceptronLab(w1=-5, w2=4, b=3, target="NAND")
    for name, value in (("w1", 2), ("w2", 2), ("b", -3), ("target", "AND")):
        lab.controls[name].value = value
    assert lab.picture.value == PerceptronLab().picture.value


@pytest.mark.parametrize(("x1", "x2"), POINTS.tolist())
def test_half_adder_adds(x1, x2):
    lab = HalfAdderLab(x1=1 - x1, x2=1 - x2)
    pictures = [lab.picture.value]
    for name, value in (("x1", x1), ("x2", x2)):
        lab.controls[name].value = value
        pictures.append(lab.picture.value)
    assert len(set(pictures)) == 3
    state = lab.state
    assert (state["x1"], state["x2"]) == (x1, x2)
    assert 2 * state["carry"] + state["sum"] == x1 + x2
    inner = [int(not (x1 and x2))]
    inner += [int(not (x1 and inner[0])), int(not (x2 and inner[0]))]
    assert [state[name] for name in ("n1", "n2", "n3")] == inner
    assert lab.sentence.startswith(f"{x1} + {x2} = binary {x1 + x2:02b}: carry {state['carry']}")
    assert f"n1 = {inner[0]}, n2 = {inner[1]}, n3 = {inner[2]}." in lab.sentence


@pytest.mark.parametrize("make", [PerceptronLab, HalfAdderLab])
def test_stored_form_has_picture_and_sentence(make):
    lab = make()
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence == stored_picture(data)[0]
    assert len(lab.sentence.split()) >= 8
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ({"w1": 6}, "w1 is 6: expected a whole number from -5 to 5"),
        ({"b": 0.5}, "b is 0.5: expected a whole number"),
        ({"target": "IF"}, "target is 'IF': expected 'AND' or 'OR'"),
    ],
)
def test_a_start_that_the_controls_cannot_show_is_refused(start, message):
    with pytest.raises(ValueError, match=message):
        PerceptronLab(**start)


@pytest.mark.parametrize(("x1", "x2"), [(2, 0), (0, 0.5), ([1, 0], [0, 1])])
def test_the_half_adder_takes_two_bits(x1, x2):
    with pytest.raises(ValueError, match="expected"):
        HalfAdderLab(x1=x1, x2=x2)


def test_names_stand_before_their_buttons():
    rows = [PerceptronLab().children[1], HalfAdderLab().children[0]]
    names = [[part.value for part in row.children[::2]] for row in rows]
    assert names == [["wanted"], ["x1", "x2"]]
    assert [part.options for part in rows[1].children[1::2]] == [(0, 1), (0, 1)]
