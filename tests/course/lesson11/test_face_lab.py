"""The lab of the face: every control, against `face` asked by hand, and what is drawn."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.figures import BLUE
from course.lesson11 import face
from course.lesson11.face_lab import DEPTHS, FaceLab
from tests.course.labs import as_at_first, computed
from tests.course.pictures import same_pixels, shows_the_same, stored_picture
from tests.speed import processor_seconds


@pytest.fixture(scope="module")
def shared():
    return FaceLab(3)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def by_hand(settings):
    without = [name for name in face.PARTS if settings[name]]
    changes = settings["sunglasses"], settings["mixed up"], settings["right"]
    return face.draw(without, *changes)


CHANGES = [
    *[("depth", depth) for depth in range(3)],
    *[("right", pixels) for pixels in (1, 3, 5)],
    *[(name, True) for name in (*face.PARTS, "sunglasses", "mixed up")],
]


@pytest.mark.parametrize(("name", "value"), CHANGES, ids=str)
def test_control(lab, name, value):
    before = bytes(lab.picture.value)
    lab.controls[name].value = value
    picture = by_hand(lab.settings)
    np.testing.assert_array_equal(lab.state["picture"], picture)
    for shown, right in zip(lab.state["answers"], face.answers(picture)):
        np.testing.assert_array_equal(shown, right)
    assert bytes(lab.picture.value) != before
    assert lab.sentence in lab.caption.value
    words = "A face: " if lab.state["answers"][2][0] else "Not a face: "
    assert lab.sentence.startswith(words)


def test_controls_have_the_ends_that_are_tested(lab):
    assert [value for _, value in lab.controls["depth"].options] == [0, 1, 2, 3]
    assert (lab.controls["right"].min, lab.controls["right"].max) == (0, face.FARTHEST)


def test_the_sentence_counts_and_names_what_is_missing(lab):
    assert lab.sentence == (
        "A face: the network finds 5 of the 5 parts, and 3 are enough. Missing: none. 2,304 "
        "pixels, 15 + 5 + 1 questions: two hidden layers."
    )
    lab.controls["mixed up"].value = True
    assert lab.sentence.startswith(
        "Not a face: the network finds 1 of the 5 parts, and 3 are enough. Missing: left eye, "
        "right eye, nose, mouth."
    )


def test_badges_lines_and_counts_show_the_answers(lab):
    lab.controls["left eye"].value = True
    details, parts, top = lab.state["answers"]
    for drawing, answers in zip(lab._layers, (top, parts, details)):
        says = [text.get_text() for text in drawing._says]
        assert says == ["yes" if answer else "no" for answer in answers]
    for lines, answers in zip(lab._lines, (parts, details)):
        widths = lines.artists[0].get_linewidths()
        assert [width > 2 for width in widths] == answers.astype(bool).tolist()
    # the left eye's spot is paper, so is what is beside it
    assert [text.get_text() for text in lab._counts[3:6]] == ["0 of 25", "12 of 12", "0 of 22"]


def test_counts_are_of_the_pixels_that_are_wanted(lab):
    lab.controls["sunglasses"].value = True
    counts, answers = lab.state["counts"], lab.state["answers"][0]
    sizes = [int(text.get_text().split()[-1]) for text in lab._counts]
    assert (2 * counts > sizes).astype(int).tolist() == answers.tolist()


@pytest.mark.parametrize("depth", range(4))
def test_what_is_not_open_is_not_drawn(lab, depth):
    lab.controls["depth"].value = depth
    shown = [drawing._frames.get_visible() for drawing in lab._layers]
    assert shown == [n <= depth for n in range(3)]
    lines = [drawing.artists[0].get_visible() for drawing in lab._lines]
    assert lines == [n < depth for n in range(2)]
    assert all(text.get_visible() == (depth == 3) for text in lab._counts)
    assert len(lab._outlines.get_segments()) == (0, 5, 17, 17)[depth]


def test_outlines_stand_around_the_pixels_that_are_asked(lab):
    left, right, bottom, top = lab._face.get_extent()
    pixel = (right - left) / 48
    (first, *_) = lab._outlines.get_segments()
    corners = (first - (left, top)) / pixel
    (box,) = face.DETAILS["hair"]["ink at its left end?"].boxes
    np.testing.assert_allclose([corners.min(axis=0), corners.max(axis=0)], [box[:2], (14, 13)])


def test_outlines_of_parts_stand_around_all_their_details(lab):
    lab.controls["depth"].value = 1
    left, right, _, top = lab._face.get_extent()
    hair, *_ = lab._outlines.get_segments()
    corners = (hair - (left, top)) * 48 / (right - left)
    np.testing.assert_allclose([corners.min(axis=0), corners.max(axis=0)], [(8, 4), (40, 13)])


def blue_and_solid(lines):
    """Which lines of a collection are blue, and which are solid: two lists of yes and no."""
    blue = [to_hex(color, keep_alpha=False) == BLUE.lower() for color in lines.get_colors()]
    return blue, [dashes is None for _, dashes in lines.get_linestyles()]


def test_outlines_and_lines_tell_a_yes_by_color_and_without(lab):
    lab.controls["right"].value = 2  # parts that are found though a detail is missing
    details, parts, _ = lab.state["answers"]
    patches = [patch for details in face.DETAILS.values() for patch in details.values()]
    boxes = [answer for patch, answer in zip(patches, details) for _ in patch.boxes]
    for depth, answers in ((1, parts), (2, boxes), (3, boxes)):
        lab.controls["depth"].value = depth
        assert blue_and_solid(lab._outlines) == ([answer == 1 for answer in answers],) * 2
    for lines, answers in zip(lab._lines, (parts, details)):
        assert blue_and_solid(lines.artists[0]) == ([answer == 1 for answer in answers],) * 2


def test_a_yes_is_told_without_color(lab):
    lab.controls["hair"].value = True
    badge, other = lab._layers[1]._badges[0], lab._layers[1]._badges[1]
    assert badge.get_linestyle() != other.get_linestyle()
    assert np.mean(badge.get_facecolor()[:3]) == 1  # white, the other one dark
    assert np.mean(other.get_facecolor()[:3]) < 0.5


def test_all_words_are_inside_the_picture_and_apart(lab):
    renderer = lab.picture.figure.canvas.get_renderer()
    whole = lab.picture.figure.bbox
    for column, drawing in enumerate(lab._layers):
        for words, badge in zip(drawing._words, drawing._badges):
            box = words.get_window_extent(renderer)
            assert box.x1 < badge.get_window_extent(renderer).x0
            assert whole.x0 <= box.x0
        assert drawing._name.get_window_extent(renderer).x1 <= whole.x1, column
    for words, count in zip(lab._layers[2]._words, lab._counts):
        left, right = (text.get_window_extent(renderer) for text in (words, count))
        assert left.x1 + 4 < right.x0


def test_compute_gives_what_the_lab_shows(lab):
    lab.controls["right"].value = 2
    settings, state = lab.settings, lab.state
    lab.controls["right"].value = 0
    again = computed(lab, **settings)
    assert again.keys() == state.keys()
    for name in ("picture", "counts"):
        np.testing.assert_array_equal(again[name], state[name])


def test_the_question_can_start_at_any_depth():
    assert FaceLab().state["depth"] == 1
    assert FaceLab(0).sentence.endswith("1 question is open.")
    with pytest.raises(ValueError, match="depth is 4: expected 0 to 3"):
        FaceLab(len(DEPTHS))


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert stored_picture(bundle)[:2] == (lab.sentence, 960)


def test_a_change_takes_little_processor_time(lab):
    moves = [lambda n=n: setattr(lab.controls["right"], "value", n) for n in (1, 2, 3, 4, 5)]
    assert processor_seconds(moves) < 0.36


def test_a_depth_looks_the_same_each_time_it_is_shown(lab):
    depth, right = lab.controls["depth"], lab.controls["right"]
    at_first = {}
    for value in (0, 1, 2, 3):
        depth.value = value
        at_first[value] = lab.picture.value
    right.value = 4
    right.value = 0
    for value in (2, 0, 3, 1):
        depth.value = value
        assert shows_the_same(lab.picture.value, at_first[value])
    assert len(set(at_first.values())) == 4


def test_opening_takes_little_processor_time(lab):
    for depth in (1, 2, 3):
        lab.controls["depth"].value = depth  # each background is drawn once
    moves = [lambda n=n: setattr(lab.controls["depth"], "value", n) for n in (1, 2, 3, 2, 1)]
    assert processor_seconds(moves) < 0.24
