"""Pieces, cuts and the best path."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlib.handwriting import best_path, ink, pieces, segmentation
from tests.nnlib.handwriting import papers


def all_ways(scores, n, start=0):
    """Every way from start to n, by trying all."""
    if start == n:
        return [[]]
    return [
        [(i, j), *rest]
        for i, j in scores
        if i == start
        for rest in all_ways(scores, n, j)
    ]  # fmt: skip


tables = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(1, 7)).filter(lambda step: step[0] < step[1]),
    st.integers(-50, 0),
    max_size=18,
)


@given(tables)
def test_the_best_path_is_the_best_of_all(scores):
    ways = all_ways(scores, 7)
    found = best_path(scores, 7)
    if not ways:
        assert found == []
        return
    assert found in ways
    assert sum(scores[step] for step in found) == max(
        sum(scores[step] for step in way) for way in ways
    )


def test_the_best_path_of_nothing_is_empty():
    assert best_path({}, 0) == best_path({}, 3) == []


@pytest.mark.parametrize("text", ["7", "50419", "1111", "08", "2345678"])
def test_separate_digits_are_parts_of_their_own(text):
    sheet = papers.number(text, tilt=0, apart=(4, 8))
    atoms, height = pieces.atoms(ink(sheet))
    assert len({atom.part for atom in atoms}) >= len(text)
    assert 15 <= height <= 25


def test_atoms_joined_are_the_ink_again():
    dark = ink(papers.number("3864", apart=(-3, 0)))
    atoms, _ = pieces.atoms(dark)
    top, left, bottom, right = pieces.box(atoms)
    whole = pieces.join(atoms)
    lost = dark.sum() - whole.sum()
    assert whole.shape >= (bottom - top, right - left)
    assert 0 <= lost < 0.02 * dark.sum()


def test_touching_digits_are_cut_between_them():
    left, right = papers.digit(0), papers.digit(0, 1)
    dark = np.zeros((30, 60), np.float32)
    dark[1:29, 2:30] = left
    dark[1:29, 20:48] = np.maximum(dark[1:29, 20:48], right)
    atoms, height = pieces.atoms(dark)
    cuts = [atom.cut for atom in atoms if atom.cut]
    middle = [(cut.top[1] + cut.bottom[1]) / 2 for cut in cuts]
    assert any(20 < place < 30 for place in middle)
    apart = pieces.APART * height
    assert all(b - a >= apart - 1 for a, b in pairwise(sorted(middle)))
    assert all(cut.strokes >= 0 for cut in cuts)


def test_dirt_is_left_out_and_a_dot_alone_is_not():
    sheet = papers.number("52")
    sheet[1, 1] = 1
    assert all(atom.ink.sum() > 1 for atom in pieces.atoms(ink(sheet))[0])
    dot = np.zeros((40, 40), np.float32)
    dot[20:23, 20:23] = 1
    assert len(pieces.atoms(dot)[0]) == 1


def test_the_score_says_one_and_no_other():
    sure = np.full(10, 0.01)
    sure[3] = 0.99
    two = sure.copy()
    two[5] = 0.9
    none = np.full(10, 0.01)
    scores = [segmentation._fit(outputs) for outputs in (sure, two, none)]
    assert scores[0] == pytest.approx(10 * np.log(0.99), rel=1e-6)
    assert scores[0] > scores[1] > scores[2]
    assert np.isfinite(segmentation._fit(np.zeros(10)))


def test_strokes_are_as_wide_as_they_are():
    for width in (3, 5, 9):
        sheet = np.zeros((80, 80), np.float32)
        sheet[10:70, 30 : 30 + width] = 1
        assert pieces.stroke_width(sheet) == pytest.approx(width, abs=1)
    assert pieces.stroke_width(np.zeros((5, 5))) == 1
