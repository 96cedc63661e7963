"""The looks of figures and labs: what is told of them, and what counts as a difference."""

import sys
from types import SimpleNamespace

import pytest

from course import figures
from course.lesson01 import PerceptronLab
from tests.course.live.looks import changed, differences, look, look_of, story
from tests.course.live.store_looks import store_anew


def draw(ax, color=figures.RED, label="cost", x=(0, 1, 3)):
    ax.plot(x, [2, 4, 8], color=color, label=label)
    ax.set(xlabel="step", ylabel="cost", yscale="log")
    ax.legend()


FAULTS = {
    "color": lambda ax: ax.lines[0].set_color(figures.BLUE),
    "width": lambda ax: ax.lines[0].set_linewidth(3),
    "axes swapped": lambda ax: ax.lines[0].set_data([2, 4, 8], [0, 1, 3]),
    "one point": lambda ax: ax.lines[0].set_data([0, 1, 2.9], [2, 4, 8]),
    "scale": lambda ax: ax.set_yscale("linear"),
    "label of an axis": lambda ax: ax.set_xlabel("epoch"),
    "title": lambda ax: ax.set_title("eta 0.5", loc="left"),
    "a word of the legend": lambda ax: ax.get_legend().get_texts()[0].set_text("right"),
    "color of the legend": lambda ax: ax.get_legend().legend_handles[0].set_color("k"),
    "a new text": lambda ax: ax.text(0, 0, "here"),
    "limits": lambda ax: ax.set_xlim(0, 4),
    "hidden": lambda ax: ax.lines[0].set_visible(False),
    "order": lambda ax: ax.lines[0].set_zorder(9),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_look_differs_with_each_thing_that_can_be_seen(fault):
    figure, ax = figures.figure()
    draw(ax)
    before = look(figure)
    FAULTS[fault](ax)
    assert changed(before, look(figure))


def test_the_same_drawing_has_the_same_look():
    assert not differences(look_of(draw), look_of(draw))


def test_rounding_is_no_difference_and_any_other_change_is():
    line = "axes 0 Line2D 0: RED [0.3333 1.2e-05] [3 4]"
    assert not differences([line], [line.replace("0.3333", "0.3334")])
    for one, other in (("0.3333", "0.335"), ("e-05", "e-04"), ("RED", "BLUE"), ("[3 4]", "[3]")):
        assert differences([line], [line.replace(one, other)])
    assert differences([line], [line, line]) == [("nothing", line)]


def test_a_story_notices_what_a_setting_leaves_behind(monkeypatch):
    lab = PerceptronLab()
    marks = lab._plane["wrong"]
    keep = marks.set_data
    monkeypatch.setattr(marks, "set_data", lambda x, y: keep(x, y) if len(x) else None)
    with pytest.raises(AssertionError, match="something stays of"):
        story(lab, [{"target": "XOR"}])


def test_a_story_notices_what_is_not_drawn_again():
    lab = PerceptronLab()
    lab.picture.moving.remove(lab._count)
    lab._count.set_animated(False)
    lab.picture.forget_background()
    lab.on_change()
    with pytest.raises(AssertionError, match="something is shown as it was before"):
        story(lab, [{"target": "XOR"}])


def test_the_command_stores_anew_and_tells_what_changed(tmp_path, monkeypatch, capsys):
    looks = {"one": lambda: ["line 1", "", "line 2"], "two": lambda: ["a: BLUE"]}
    tests = SimpleNamespace(LOOKS=looks, STORED=tmp_path / "looks.txt")
    monkeypatch.setitem(sys.modules, "tests.course.made_up.test_looks", tests)
    monkeypatch.setitem(sys.modules, "tests.course.made_up", SimpleNamespace())
    store_anew("made_up")
    capsys.readouterr()
    looks["two"] = lambda: ["a: RED"]
    store_anew("made_up")
    told = capsys.readouterr().out.splitlines()
    assert told == ["--- two", "+++ two", "@@ -1 +1 @@", "-a: BLUE", "+a: RED"]
    store_anew("made_up")
    assert not capsys.readouterr().out
