"""The face and its questions: every answer computed once more, from pixels that are counted."""

import itertools

import numpy as np
import pytest

from course.lesson11 import face

PATCHES = [patch for details in face.DETAILS.values() for patch in details.values()]


def by_counting(picture):
    """What the three layers answer, without a single weight."""
    details = []
    for patch in PATCHES:
        boxes = [picture[top : low + 1, left : right + 1] for left, top, right, low in patch.boxes]
        pixels = np.concatenate([box.ravel() for box in boxes])
        details.append(int((pixels == (patch.wanted == "ink")).sum() * 2 > len(pixels)))
    parts = [int(sum(details[n : n + 3]) >= 2) for n in range(0, 15, 3)]
    return [details, parts, [int(sum(parts) >= 3)]]


def found(**changes):
    """The names of the parts that are found, and whether it is a face."""
    _, parts, (top,) = face.answers(face.draw(**changes))
    return [name for name, answer in zip(face.PARTS, parts) if answer], bool(top)


EVERYTHING = [
    (without, sunglasses, mixed, right)
    for n in range(6)
    for without in itertools.combinations(face.PARTS, n)
    for sunglasses, mixed in itertools.product((False, True), repeat=2)
    for right in (0, 1, 3, 5)
]


def test_the_perceptrons_answer_what_counting_answers():
    for changes in EVERYTHING:
        picture = face.draw(*changes)
        assert [layer.tolist() for layer in face.answers(picture)] == by_counting(picture), changes


def test_any_pixels_can_be_asked():
    rng = np.random.default_rng(0)
    for ink in (0.3, 0.5, 0.7):
        picture = (rng.random((48, 48)) < ink).astype(int)
        assert [layer.tolist() for layer in face.answers(picture)] == by_counting(picture)


def test_it_is_a_network_of_two_hidden_layers():
    shapes = [(len(layer), {len(q.weights) for q in layer}) for layer in face.LAYERS]
    assert shapes == [(15, {2304}), (5, {15}), (1, {5})]


def test_every_question_of_the_drawn_face_is_answered_yes():
    assert all(layer.all() for layer in face.answers(face.draw()))


@pytest.mark.parametrize("part", face.PARTS)
def test_a_part_left_out_is_the_one_that_is_missed_and_the_rest_is_a_face(part):
    assert found(without=[part]) == ([name for name in face.PARTS if name != part], True)


def test_three_parts_are_enough_and_two_are_not():
    for without in itertools.combinations(face.PARTS, 2):
        assert found(without=without)[1]
    for without in itertools.combinations(face.PARTS, 3):
        assert not found(without=without)[1]


def test_sunglasses_are_taken_for_eyes():
    assert found(sunglasses=True) == (list(face.PARTS), True)
    details, _, _ = face.answers(face.draw(sunglasses=True))
    assert details[3:9].tolist() == [1, 0, 1] * 2  # dark, no paper beside it, a brow


def test_parts_in_wrong_places_are_no_face():
    assert found(mixed=True) == (["hair"], False)
    ink = face.draw().sum()
    assert 0.9 * ink < face.draw(mixed=True).sum() < 1.1 * ink


@pytest.mark.parametrize("eye", ["left eye", "right eye"])
def test_mixed_parts_are_moved_by_columns_and_rows(eye):
    others = [name for name in face.PARTS if name != eye]
    x, y = {"left eye": face.LEFT_EYE, "right eye": face.RIGHT_EYE}[eye]
    columns, rows = face.MIXED[eye]
    assert face.draw(others)[y - 2 : y + 3, x].all()
    assert face.draw(others, mixed=True)[y + rows - 2 : y + rows + 3, x + columns].all()


def test_a_face_that_is_moved_is_a_face_up_to_two_pixels():
    assert [found(right=n)[1] for n in range(6)] == [True] * 3 + [False] * 3
    assert found(right=3) == (["hair"], False)
    np.testing.assert_array_equal(face.draw(right=5)[:, 5:], face.draw()[:, :-5])


def test_the_picture_is_black_and_white():
    picture = face.draw()
    assert picture.shape == (48, 48)
    assert set(picture.ravel().tolist()) == {0, 1}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"right": 6}, "right is 6: expected at most 5, such as right=3"),
        ({"right": -1}, "right"),
        ({"without": ["ear"]}, "without is 'ear'"),
    ],
)
def test_what_cannot_be_drawn_is_said(changes, words):
    with pytest.raises(ValueError, match=words):
        face.draw(**changes)


def test_a_picture_of_another_size_is_refused():
    with pytest.raises(ValueError, match=r"picture has shape \(28, 28\): expected \(48, 48\)"):
        face.answers(np.zeros((28, 28)))
