"""Frozen labs: which settings, how the pictures are packed, what the fragment says."""

import base64
import io
import json
import re

import ipywidgets as widgets
import numpy as np
import pytest
from PIL import Image

from course.lesson00 import DigitLab
from course.lesson01 import HalfAdderLab, LearnLab, XorLab
from course.lesson04 import FogLab
from course.lesson07 import TrainingLab
from course.lesson10 import CollectLab, NumberLab, StepsLab
from course.live import frozen
from course.live.controls import CountingButton
from course.live.frozen import choices, pack
from course.live.labs import Lab
from course.live.pictures import LivePicture
from nnlib import mnist
from tests.course.pictures import Images


class SquareLab(Lab):
    """A square that is moved by two sliders and colored by a switch."""

    def __init__(self):
        controls = {
            "right": widgets.IntSlider(2, 0, 9, description="to the right"),
            "up": widgets.IntSlider(0, 0, 9, description="up"),
            "size": widgets.SelectionSlider(options=[("small", 5), ("large", 20)]),
            "filled": widgets.Checkbox(True, description="filled <in>"),
            "pressed": CountingButton(description="Again"),
        }
        super().__init__(controls, LivePicture(size=(4, 3)))

    def prepare(self):
        (self.square,) = self.picture.axes.plot([0], [0], "s")
        self.picture.axes.set(xlim=(-1, 10), ylim=(-1, 10))
        self.picture.moving = [self.square]

    def compute(self, **settings):
        return settings

    def draw(self, state):
        self.square.set_data([state["right"]], [state["up"]])
        self.square.set(ms=state["size"], mfc="blue" if state["filled"] else "none")

    def describe(self, state):
        return f"At {state['right']}, {state['up']} & {'full' if state['filled'] else 'empty'}."


def content(fragment):
    """What the script of a pack puts on the page."""
    script = fragment.pack.read_text(encoding="utf-8")
    name = json.dumps(fragment.look["name"])
    head = f"(window.frozenPacks ??= {{}})[{name}] = "
    assert script.startswith(head)
    assert script.endswith(";\n")
    return json.loads(script.removeprefix(head).removesuffix(";\n"))


def picture(packed):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(packed))).convert("RGBA"))


def put_together(fragment, n):
    """The picture of setting n as the page draws it, (height, width, 3)."""
    found = content(fragment)
    page = Image.fromarray(picture(fragment.look["start"])).convert("RGBA")
    listed = iter(found["pictures"][n])
    for patch, x, y in zip(listed, listed, listed):
        page.alpha_composite(Image.fromarray(picture(found["patches"][patch])), (x, y))
    return np.asarray(page)[..., :3]


def live(lab):
    return np.asarray(Image.open(io.BytesIO(bytes(lab.picture.value))).convert("RGB"))


def seen(before, after):
    """The largest difference of two pictures in any color of any pixel."""
    return np.abs(before.astype(int) - after).max()


@pytest.fixture
def square():
    return SquareLab()


def test_without_a_plan_all_settings_are_frozen_or_as_many_as_fit(square):
    square.controls["size"].value = 20
    found = choices.settings(square)
    assert 100 < len(found) <= choices.MOST
    assert found[0] == square.settings
    assert len({tuple(one.items()) for one in found}) == len(found)


def test_a_plan_is_a_union_of_grids_through_the_start(square):
    square.frozen = ({"right": "all"}, {"right": (0, 2), "size": "all", "pressed": range(2)})
    found = choices.settings(square)
    assert len(found) == 10 + 2 * 2 * 2 - 2
    assert {one["up"] for one in found} == {0}
    assert {one["size"] for one in found if one["right"] == 3} == {5}


def test_every_frozen_picture_is_the_live_one_within_half_a_shade(square, tmp_path):
    square.frozen = ({"right": range(0, 10, 3), "up": (0, 5), "filled": "all", "size": "all"},)
    fragment = frozen.freeze(square, tmp_path, "one")
    found = content(fragment)
    wanted = choices.settings(square)
    assert len(found["settings"]) == len(wanted) == 33
    for n, setting in enumerate(wanted):
        square.choose(**setting)
        assert found["sentences"][n] == square.sentence
        assert seen(put_together(fragment, n), live(square)) <= pack.STEP / 2


def test_settings_are_places_among_the_words_of_the_controls_that_move(square, tmp_path):
    square.frozen = ({"size": "all", "filled": "all"},)
    found = content(frozen.freeze(square, tmp_path, "one"))
    assert found["controls"] == ["size", "filled"]
    assert found["words"] == [["small", "large"], ["False", "True"]]
    assert sorted(found["settings"]) == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert found["settings"][0] == [0, 1]


def test_the_lab_is_left_as_it_was_found(square, tmp_path):
    square.choose(right=7, filled=False)
    before = square.settings, square.sentence, bytes(square.picture.value)
    frozen.freeze(square, tmp_path, "one", [{"right": 1}, {"up": 3}])
    assert before == (square.settings, square.sentence, bytes(square.picture.value))


def test_a_setting_that_the_lab_does_not_take_is_left_out(square, tmp_path):
    given = [{"right": 3}, {"right": 99}]
    assert content(frozen.freeze(square, tmp_path, "one", given))["sentences"] == [
        "At 2, 0 & full.",
        "At 3, 0 & full.",
    ]


def test_what_two_pictures_share_is_kept_once(tmp_path):
    white = np.full((200, 200, 4), 255, np.uint8)
    packed = pack.Pack(white)
    for left, right in ((10, 10), (10, 90), (90, 10)):
        picture = white.copy()
        picture[20:30, 5:30, :3], picture[120:140, 150:180, :3] = left, right
        packed.add(picture)
    patches, pictures = packed.finish()
    assert len(patches) == 4
    assert pictures[0][:3] == pictures[1][:3] == [0, 5, 20]
    assert pictures[0][3:] == pictures[2][3:] == [1, 150, 120]


def test_areas_keep_their_color_and_edges_get_fewer_shades():
    area, edge = 0xFF_FE_F3_E9, 0xFF_87_86_85
    pixels = np.array([area] * pack.AREA + [edge] * 3 + [0xFF_FF_FF_FF, 0xFF_00_00_00], np.uint32)
    found = pack.shades(pixels)
    assert (found[: pack.AREA] == area).all()
    assert (found[pack.AREA : -2] == 0xFF_88_88_88).all()
    assert found[-2:].tolist() == pixels[-2:].tolist()


def test_the_fragment_has_native_controls_a_picture_and_its_sentence(square, tmp_path):
    square.frozen = ({"right": "all", "filled": "all", "pressed": range(3)},)
    html = frozen.freeze(square, tmp_path, "03-2").html
    (image,) = Images(html).found
    assert image["alt"] == square.sentence
    assert '<p class="frozen-sentence" role="status">At 2, 0 &amp; full.</p>' in html
    slider = re.search('<input type="range".*?>', html)[0]
    assert 'max="9"' in slider
    assert 'value="2"' in slider
    assert 'aria-valuetext="2"' in slider
    assert '<input type="checkbox" data-control="filled" checked>filled &lt;in&gt;' in html
    assert '<button type="button" data-control="pressed">Again</button>' in html
    assert "http" not in html


def test_a_control_that_is_not_frozen_stands_still_and_says_why(square, tmp_path):
    square.frozen = ({"right": "all"},)
    html = frozen.freeze(square, tmp_path, "one").html
    assert 'data-control="up" disabled><output>0</output>' in html
    assert html.count(" disabled") == 4
    assert html.count("What is gray needs the notebook.") == 1


def test_words_between_controls_and_rows_are_those_of_the_notebook(tmp_path):
    html = frozen.freeze(StepsLab(), tmp_path, "one", [{"crop": True}]).html
    assert "<span>Leave out:</span><label" in html
    html = frozen.freeze(FogLab(), tmp_path, "fog", [{"steps": 1}]).html
    assert html.index(">hike<") < html.index(">eta<") < html.index(">steps taken<")
    html = frozen.freeze(XorLab(), tmp_path, "two", [{"b1": 0}]).html
    assert html.count('<div class="frozen-row"><span>h') == 2
    html = frozen.freeze(LearnLab(), tmp_path, "three", [{"target": "AND"}]).html
    assert "<span>wanted</span><select" in html


def test_a_slider_with_play_is_played_on_the_page(tmp_path):
    html = frozen.freeze(LearnLab(), tmp_path, "one", [{"examples": 1}]).html
    assert 'data-play="examples" data-every="400">Play</button>' in html


def test_words_of_controls_are_those_of_the_notebook():
    lab = XorLab()
    assert choices.values(lab.controls["w11"]) == list(range(-5, 6))
    wanted = LearnLab().controls["target"]
    assert choices.values(wanted) == ["AND", "OR", "NAND", "XOR"]
    slider = widgets.SelectionSlider(options=[("a half", 0.5), ("one", 1.0)])
    assert [choices.words(slider, value) for value in choices.values(slider)] == ["a half", "one"]


def test_another_function_does_not_set_back_the_examples(tmp_path):
    lab = LearnLab("OR")
    fragment = frozen.freeze(lab, tmp_path, "one", [{"target": "XOR", "examples": 7}])
    assert content(fragment)["sentences"][1].startswith("XOR, example 3 of pass 2.")


def test_runs_before_do_not_show(tmp_path):
    data = mnist.load("mini")
    lab = TrainingLab(data)
    first = lab.sentence, bytes(lab.picture.value)
    found = content(frozen.freeze(lab, tmp_path, "one", [{"eta": 0.1}, {"eta": 0.2}]))
    assert not [said for said in found["sentences"] if "run before" in said]
    assert (lab.sentence, bytes(lab.picture.value)) == first
    assert lab.network.sizes == [784, 30, 10]


def test_the_fog_game_walks_with_one_eta(tmp_path):
    lab = FogLab()
    fragment = frozen.freeze(lab, tmp_path, "one", [{"eta": 0.7, "steps": 2}, {"steps": 1}])
    start, end, one = content(fragment)["sentences"]
    assert end.startswith("You rest at the lowest place after 2 steps")
    assert one.startswith("The last step lowered the cost")
    assert (start, lab.controls["etas"].value) == (lab.sentence, ())


def test_what_is_on_the_pad_is_chosen(tmp_path):
    lab = StepsLab()
    there = [{"sample": name, "center": True} for name in ("7", "a small 3")]
    found = content(frozen.freeze(lab, tmp_path, "one", there))
    assert found["sentences"][0] == "There is no ink on this sheet."
    assert found["sentences"][1].startswith("Read as 7")
    assert found["sentences"][2].endswith("Left out: center.")
    assert lab.pad.strokes == []


def test_samples_of_numbers_are_the_gaps_of_the_lesson():
    assert list(NumberLab.samples) == [f"gap {gap}" for gap in (24, 16, 12, 8, 0, -8)]


def test_a_lab_with_nothing_to_choose_has_its_picture_and_says_so(tmp_path):
    fragment = frozen.freeze(CollectLab(tmp_path / "digits.npz"), tmp_path, "one")
    assert content(fragment)["settings"] == [[]]
    assert "you need the notebook" in fragment.html
    assert "data-control" not in fragment.html


def test_pictures_of_a_lab_with_pixels_keep_their_shades(tmp_path):
    lab = DigitLab(mnist.load("mini"))
    fragment = frozen.freeze(lab, tmp_path, "one", [{"digit": 3, "row": 20}])
    lab.choose(digit=3, row=20)
    assert seen(put_together(fragment, 1), live(lab)) <= pack.STEP / 2


def test_a_small_lab_is_frozen_whole(tmp_path):
    fragment = frozen.freeze(HalfAdderLab(), tmp_path, "adder")
    assert len(content(fragment)["settings"]) == 4
    assert fragment.pack == tmp_path / "adder.js"
    assert all(path.exists() for path in frozen.assets())
