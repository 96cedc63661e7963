"""The lab of the face at settings by chance, against its questions asked of the pixels anew."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson11 import FaceLab, face
from tests.course.live.reading_figures import (
    BLUE,
    GREY,
    RED,
    WHITE,
    color_of,
    colors_of,
    controls_of,
    ink,
    is_drawn_whole,
    pixels,
    set_by_chance,
    settle,
)


@pytest.fixture(scope="module")
def face_lab():
    return FaceLab(2)


PARTS = ["hair", "left eye", "right eye", "nose", "mouth"]
OPENED = [
    "1 question is open.", "1 + 5 questions are open.", "1 + 5 + 15 questions are open.",
    "2,304 pixels, 15 + 5 + 1 questions: two hidden layers.",
]  # fmt: skip
NAMES = ["output layer", "second hidden layer", "first hidden layer"]


def asked(picture):
    """Patches in their order, how many of their pixels are as wanted, and all answers."""
    patches = [patch for details in face.DETAILS.values() for patch in details.values()]
    counts = []
    for patch in patches:
        boxes = [
            picture[top : bottom + 1, left : right + 1] for left, top, right, bottom in patch.boxes
        ]
        values = np.concatenate([box.ravel() for box in boxes])
        counts.append((int(np.sum(values == (patch.wanted == "ink"))), len(values)))
    details = [2 * count > size for count, size in counts]
    parts = [sum(details[3 * n : 3 * n + 3]) >= 2 for n in range(5)]
    return patches, counts, (details, parts, [sum(parts) >= 3])


def boxes_shown(patches, details, parts, depth):
    """The outlines at a depth: (left, top, right, bottom) in pixels, and what was answered."""
    if depth == 0:
        return []
    if depth >= 2:
        return [(box, said) for patch, said in zip(patches, details) for box in patch.boxes]
    found = []
    for n, said in enumerate(parts):
        boxes = np.array([box for patch in patches[3 * n : 3 * n + 3] for box in patch.boxes])
        found.append(((*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)), said))
    return found


def check_questions(lab, depth, answers):
    """Every question with its answer beside it, and a line to the one that asks it."""
    texts = [text for text in lab.picture.axes.texts if text.get_visible() and text.get_text()]
    for n, (name, said) in enumerate(zip(NAMES, answers[::-1])):
        assert (name in [text.get_text() for text in texts]) == (n <= depth)
        questions = face.LAYERS[::-1][n]
        for question, answer in zip(questions, said, strict=True):
            words = [t for t in texts if t.get_text().replace("\n", " ") == question.words]
            drawing = lab._layers[n]
            assert bool(words) == (n <= depth)
            if words:
                places = {says.get_position()[1]: says for says in drawing._says}
                says = places[words[said_place(questions, question, words)].get_position()[1]]
                assert says.get_text() == ("yes" if answer else "no")
                assert to_hex(says.get_color()) == (WHITE if answer else RED)
    for drawing, said in zip(lab._layers, answers[::-1]):
        for badge, answer in zip(drawing._badges, said, strict=True):
            assert color_of(badge) == (BLUE if answer else WHITE)
            assert to_hex(badge.get_edgecolor()) == (BLUE if answer else RED)
            assert badge.get_linestyle() == ("solid" if answer else "dashed")


def said_place(questions, question, words):
    """Both eyes are asked in the same words: which of the texts belongs to a question."""
    alike = [one for one in questions if one.words == question.words]
    assert len(alike) == len(words)
    return [one is question for one in alike].index(True)


def check_lines(lab, depth, answers):
    details, parts, _ = answers
    for n, (lines, said) in enumerate(zip(lab._lines, (parts, details))):
        assert lines.artists[0].get_visible() == (n < depth)
        assert colors_of(lines.artists[0]) == [BLUE if answer else GREY for answer in said]
        below, above = (
            [says.get_position()[1] for says in lab._layers[m]._says] for m in (n + 1, n)
        )
        ends = [one[:, 1].tolist() for one in lines.artists[0].get_segments()]
        each = len(below) // len(above)
        assert ends == [[y, above[k // each]] for k, y in enumerate(below)]


@pytest.mark.parametrize("seed", range(12))
def test_a_face_and_what_is_asked(face_lab, seed):
    depth = seed % 4
    settings = set_by_chance(face_lab, np.random.default_rng(seed), depth=depth)
    without = [name for name in PARTS if settings[name]]
    changes = settings["sunglasses"], settings["mixed up"], settings["right"]
    picture = face.draw(without, *changes)
    patches, counts, answers = asked(picture)
    details, parts, (top,) = answers
    np.testing.assert_allclose(ink(face_lab._face) > 0, picture == 1)
    check_questions(face_lab, depth, answers)
    check_lines(face_lab, depth, answers)
    left, right, bottom, above = face_lab._face.get_extent()
    pixel = (right - left) / 48
    shown = [(one - (left, above)) / pixel for one in face_lab._outlines.get_segments()]
    wanted = boxes_shown(patches, details, parts, depth)
    for corners, (box, _) in zip(shown, wanted, strict=True):
        ends = np.array([corners.min(axis=0), corners.max(axis=0) - 1]).ravel()
        np.testing.assert_allclose(ends, box, atol=1e-9)
    colors = [BLUE if said else RED for _, said in wanted]
    assert not wanted or colors_of(face_lab._outlines) == colors
    told = [text.get_text() for text in face_lab._counts]
    assert told == [f"{count} of {size}" for count, size in counts]
    rows = [says.get_position()[1] for says in face_lab._layers[2]._says]
    assert [text.get_position()[1] for text in face_lab._counts] == rows
    missing = [name for name, found in zip(PARTS, parts) if not found]
    assert face_lab.sentence == (
        f"{'A face' if top else 'Not a face'}: the network finds {sum(parts)} of the 5 parts, and "
        f"3 are enough. Missing: {', '.join(missing) or 'none'}. {OPENED[depth]}"
    )
    assert is_drawn_whole(face_lab)


def test_the_face_there_and_back_is_the_same_picture(face_lab):
    fresh = FaceLab(2)
    here = set_by_chance(face_lab, np.random.default_rng(30), depth=3)
    for seed, depth in ((31, 0), (32, 3)):
        set_by_chance(face_lab, np.random.default_rng(seed), depth=depth)
    settle(face_lab, **here)
    settle(fresh, **here)
    np.testing.assert_array_equal(pixels(face_lab), pixels(fresh))


def test_the_controls_of_the_face(face_lab):
    boxes = {name: (name, False, True) for name in (*PARTS, "sunglasses", "mixed up")}
    assert controls_of(face_lab) == {
        "depth": ("opened to", 0, 3), "right": ("moved right", 0, 5), **boxes,
    }  # fmt: skip
    words = [words for words, _ in face_lab.controls["depth"].options]
    assert words == ["the question", "5 parts", "15 details", "2,304 pixels"]
    told = [getattr(part, "value", None) for part in face_lab.panel[1].children]
    places = [told.index(word) for word in ("Leave out:", "Change:")]
    described = [part.description for part in face_lab.panel[1].children]
    assert described[places[0] + 1 : places[1]] == PARTS
    assert described[places[1] + 1 :] == ["sunglasses", "mixed up"]
