"""The labs of lesson 01: every control to both ends and one step, numbers checked."""

from itertools import product

import numpy as np
import pytest

from course.lesson01.decision_lab import DecisionLab
from course.lesson01.lab import POINTS, HalfAdderLab, PerceptronLab
from course.lesson01.learn_lab import LearnLab
from course.lesson01.xor_lab import XorLab, parting_line
from tests.course.pictures import same_pixels, shows_the_same, stored_picture

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
    assert shows_the_same(lab.picture.value, PerceptronLab().picture.value)


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


@pytest.mark.parametrize("make", [DecisionLab, PerceptronLab, XorLab, HalfAdderLab, LearnLab])
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
    rows = [PerceptronLab().panel[1], HalfAdderLab().panel[0], LearnLab().panel[0]]
    names = [[part.value for part in row.children[::2]] for row in rows]
    assert names == [["wanted"], ["x1", "x2"], ["wanted"]]
    assert [row.children[0].value for row in XorLab().panel] == ["h1", "h2"]
    assert [part.options for part in rows[1].children[1::2]] == [(0, 1), (0, 1)]


# DecisionLab


def assert_decides(lab):
    """The state and the sentence say what plain Python finds."""
    *reasons, w1, w2, w3, threshold = lab.settings.values()
    total = sum(w for w, holds in zip((w1, w2, w3), reasons) if holds)
    assert (lab.state["sum"], lab.state["output"]) == (total, int(total > threshold))
    assert lab.sentence.startswith("You go:" if total > threshold else "You stay:")
    assert f"= {total}, which" in lab.sentence
    assert lab.sentence.endswith(f"threshold {threshold}.".replace("-", "\N{MINUS SIGN}"))


def test_decision_lab_starts_with_a_clear_sky():
    lab = DecisionLab()
    assert_decides(lab)
    assert (lab.state["sum"], lab.state["output"]) == (6, 1)


@pytest.mark.parametrize("name", ["sky", "friend", "morning"])
def test_ticks_of_the_decision_lab(name):
    lab = DecisionLab()
    pictures = {lab.picture.value}
    lab.controls[name].value = not lab.controls[name].value
    assert_decides(lab)
    assert lab.picture.value not in pictures


@pytest.mark.parametrize("name", ["w1", "w2", "w3", "threshold"])
def test_sliders_of_the_decision_lab(name):
    lab = DecisionLab()
    slider = lab.controls[name]
    pictures = set()
    for value in (slider.min, slider.max, slider.max - slider.step):
        slider.value = value
        assert_decides(lab)
        pictures.add(lab.picture.value)
    assert len(pictures) == 3


# LearnLab


def rosenblatt(target, examples):
    """Weights, bias and errors after so many examples, in plain Python."""
    w1 = w2 = b = 0
    errors = []
    for number in range(examples):
        x1, x2 = POINTS.tolist()[number % 4]
        errors.append(WANTED[target](x1, x2) - (w1 * x1 + w2 * x2 + b > 0))
        w1, w2, b = w1 + errors[-1] * x1, w2 + errors[-1] * x2, b + errors[-1]
    return (w1, w2, b), errors


@pytest.fixture(scope="module")
def learn_lab():
    return LearnLab()


@pytest.mark.parametrize("target", WANTED)
def test_every_step_of_learning(learn_lab, target):
    for examples in range(49):
        state = learn_lab.compute(target, examples)
        numbers, errors = rosenblatt(target, examples)
        assert (*state["w"], state["b"]) == numbers
        assert [step.error for step in state["steps"][1:]] == errors
        assert state["wrong"] == count_wrong(*numbers, target)
        assert state["settled"] == (examples >= 4 and not any(errors[-4:]))
        assert state["settled"] <= (state["wrong"] == 0)
        again = examples >= 4 and numbers == rosenblatt(target, examples - 4)[0]
        assert state["in_circles"] == (again and any(errors[-4:]))


@pytest.mark.parametrize(("target", "passes"), [("AND", 6), ("OR", 4), ("NAND", 6)])
def test_three_functions_settle_in_their_last_pass(learn_lab, target, passes):
    settled = [learn_lab.compute(target, 4 * number)["settled"] for number in range(13)]
    assert settled == [number >= passes for number in range(13)]


def test_xor_goes_round_in_circles(learn_lab):
    found = [learn_lab.compute("XOR", examples)["in_circles"] for examples in range(49)]
    assert found == [examples >= 9 for examples in range(49)]


def test_learn_takes_the_next_example_and_stops_at_the_last():
    lab = LearnLab()
    lab.learn.click()
    lab.learn.click()
    assert lab.settings == {"target": "OR", "examples": 2}
    assert "(0, 1): output 0, wanted 1: add x to w, 1 to b" in lab.sentence
    assert "Now w = (0, 1), b = 1, 1 of 4 wrong." in lab.sentence
    assert lab._more["now"].get_xydata().tolist() == [[0, 1]]
    lab.controls["examples"].value = lab.controls["examples"].max
    lab.learn.click()
    assert lab.settings["examples"] == 48
    assert lab.learn.disabled
    assert lab.sentence.endswith("0 of 4 wrong; settled: all four are right.")


def test_another_function_starts_again():
    lab = LearnLab()
    lab.controls["examples"].value = 48
    lab.controls["target"].value = "XOR"
    assert not lab.learn.disabled
    assert lab.settings == {"target": "XOR", "examples": 0}
    assert lab.state["examples"] == 0
    assert lab.sentence.startswith("XOR, before the first example.")


def test_the_line_before_is_shown_after_a_change():
    lab = LearnLab(target="XOR")
    lab.controls["examples"].value = 31
    before, now = (lab.state["steps"][k] for k in (30, 31))
    for artist, step in ((lab._more["before"], before), (lab._plane["line"], now)):
        assert artist.get_xydata() @ step.w + step.b == pytest.approx(0, abs=1e-9)
    assert tuple(before.w) != tuple(now.w)


def test_play_moves_the_slider_slowly_enough_and_can_be_left_out(learn_lab):
    player, style = learn_lab.panel[1].children[2:]
    slider = learn_lab.controls["examples"]
    assert (player.min, player.max, player.step) == (slider.min, slider.max, slider.step)
    assert player.interval >= 125
    assert not player.repeat
    assert "course-play" in player._dom_classes
    assert "prefers-reduced-motion" in style.value


# XorLab

GRID = list(product(range(-5, 6), repeat=3))


def test_xor_lab_starts_with_lines_of_no_use_and_or_with_nand_does_it():
    lab = XorLab()
    assert lab.state["line"] is None
    assert lab.sentence.startswith("No line parts the corners")
    for name, value in (("b1", -1), ("w21", -2), ("b2", 3)):
        assert lab.state["line"] is None
        lab.controls[name].value = value
    assert lab.state["hidden"].tolist() == [[0, 1], [1, 1], [1, 1], [1, 0]]
    assert lab.state["line"] == ((2, 2), -3)
    assert "2 h1 + 2 h2 \N{MINUS SIGN} 3 = 0" in lab.sentence
    assert lab._third["where"].get_text() == ""


def answers(w1, w2, b):
    return tuple(int(w1 * x1 + w2 * x2 + b > 0) for x1, x2 in POINTS.tolist())


def test_a_line_is_found_wherever_there_is_one():
    """All pairs of functions that two perceptrons can have, against all lines of the sliders."""
    functions = sorted({answers(*setting) for setting in GRID})
    assert len(functions) == 14  # of 16: all but XOR and its opposite
    *weights, biases = np.transpose(GRID)
    for first, second in product(functions, repeat=2):
        hidden = np.column_stack([first, second])
        outputs = hidden @ weights + biases > 0  # (4, 1331)
        possible = (outputs.T == [False, True, True, False]).all(axis=1).any()
        assert (parting_line(hidden) is not None) == possible, hidden


@pytest.mark.parametrize("name", ["w11", "w12", "b1", "w21", "w22", "b2"])
def test_sliders_of_the_xor_lab(name):
    lab = XorLab()
    slider = lab.controls[name]
    for value in (slider.min, slider.max, slider.max - slider.step):
        slider.value = value
        w11, w12, b1, w21, w22, b2 = lab.settings.values()
        columns = answers(w11, w12, b1), answers(w21, w22, b2)
        assert [tuple(column) for column in lab.state["hidden"].T] == list(columns)
        assert lab.sentence.startswith("One line" if lab.state["line"] else "No line")


def test_why_no_line_does_it_is_said():
    apart = XorLab()
    for name, value in zip(apart.controls, (2, 0, -1, 0, 2, -1)):
        apart.controls[name].value = value
    assert apart.sentence.endswith("all four corners still lie apart.")
    assert "(0, 0) and (0, 1) lie in one place" in XorLab().sentence


def test_the_line_out_of_view_is_named_in_both_labs():
    lab = PerceptronLab(w1=1, w2=1, b=-5)
    assert lab._plane["where"].get_text() == "line out of view"
    fold = XorLab()
    fold.controls["w21"].value = fold.controls["w22"].value = 0
    assert fold._second["where"].get_text() == "h2: no line, both weights are 0"


@pytest.mark.parametrize("make", [DecisionLab, LearnLab, XorLab])
def test_a_picture_redrawn_often_equals_one_drawn_afresh(make):
    lab, first = make(), make().settings
    for control in lab.controls.values():
        moved = control.options[-1] if hasattr(control, "options") else None
        control.value = moved or getattr(control, "max", not control.value)
    for name, value in first.items():
        lab.controls[name].value = value
    assert shows_the_same(lab.picture.value, make().picture.value)
