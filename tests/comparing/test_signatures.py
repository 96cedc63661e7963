"""Signatures: a fault shows in them, and what training changes stays within the bands."""

import json

import numpy as np
import pytest

from course import figures
from tests.comparing import signatures
from tests.comparing.drawing import picture, shown, signature
from tests.comparing.faulty import (
    FAULTS,
    HIGH,
    KINDS,
    LOW,
    TABLE,
    bars,
    bowl,
    curves,
    digit,
    ladder,
    points,
    table,
)

# What training may change as well, within a band: told only where data has to be the same.
MAY_CHANGE = {
    *("curve of another setting", "counts transposed", "words transposed", "two counts swapped"),
    *("one digit of a count", "a number in a table", "image transposed", "image upside down"),
    *("image of another range", "contours at other heights", "point with coordinates swapped"),
    *("colors of classes swapped", "steps in another order", "names of bars swapped"),
    *("bars in another order", "color of the words"),
}
TOLD = [each for each in KINDS if each[1] not in MAY_CHANGE]


@pytest.mark.parametrize(
    ("draw", "name", "wrong"),
    KINDS,
    ids=[name for _, name, _ in KINDS],
)
def test_a_fault_makes_another_signature(draw, name, wrong):
    assert signatures.same(signature(draw), signature(draw, **wrong))


@pytest.mark.parametrize(("draw", "name", "wrong"), TOLD, ids=[each[1] for each in TOLD])
def test_no_training_makes_such_a_figure(draw, name, wrong):
    assert signatures.faults(signature(draw), signature(draw, **wrong), "processor")


@pytest.mark.parametrize("draw", FAULTS)
def test_the_same_figure_has_the_same_signature(draw):
    assert signatures.same(signature(draw), shown(draw).signature) is None
    for computer in signatures.BANDS:
        assert not signatures.faults(signature(draw), signature(draw), computer)


@pytest.mark.parametrize(
    ("draw", "changed"),
    [
        (curves, {"data": (LOW * 1.1, HIGH * 0.95)}),
        (table, {"counts": TABLE + 4}),
        (bars, {"heights": (3, 6.5, 5.5)}),
        (ladder, {"cost": (8, 1.7, 0.6, 0.13)}),
        (curves, {"axes": {"title": "Cost and epochs", "ylim": (0, 1.2)}}),
    ],
)
def test_what_training_changes_is_within_the_bands(draw, changed):
    was, is_ = signature(draw), signature(draw, **changed)
    assert signatures.same(was, is_)
    for computer in signatures.BANDS:
        assert not signatures.faults(was, is_, computer)


def test_what_is_wrong_is_named():
    swapped = signature(curves, label=("test", "training"))
    first, *_ = signatures.faults(signature(curves), swapped, "processor")
    assert first.startswith("axes 0: legend stored [['training', '#0072b2ff'")
    assert signatures.same(signature(bowl), signature(bowl, at=(1.5, 0.5))).startswith(
        "figure, axes 0, artists 1, at 2: stored "
    )


def test_numbers_in_words_are_left_out_and_their_words_are_not():
    assert signatures.masked("seed 3: 95.1 %") == signatures.masked("seed 4: 12.0 %")
    assert signatures.masked("seed 3: 95.1 %") != signatures.masked("eta 3: 95.1 %")


def test_axes_and_artists_are_counted():
    was, is_ = signature(points), signature(points)
    is_["axes"] *= 2
    assert signatures.faults(was, is_, "digits") == ["stored 1 axes, now 2"]


def test_a_signature_leaves_out_what_cannot_be_seen():
    def with_hidden_line(ax):
        curves(ax)
        ax.plot([0, 4], [0.5, 0.5], color=figures.RED)[0].set_visible(False)

    assert signatures.same(signature(curves), signature(with_hidden_line)) is None


def test_a_signature_is_small():
    assert len(json.dumps(signature(table))) < 3000


def test_the_signature_of_paper_tells_where_ink_is():
    image = np.full((40, 80), 255, np.uint8)
    image[:20, :20] = 0
    signs = [figures.signature_of_paper(each) for each in (image, image[::-1], image[:, ::-1])]
    assert signatures.same(*signs[:2])
    assert signatures.same(*signs[::2])
    assert picture(digit).info["Software"].startswith("matplotlib ")
