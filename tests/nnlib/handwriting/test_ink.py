"""Ink is found whatever the paper, and none where there is none."""

import numpy as np
import pytest

from nnlib.handwriting import ink
from tests.nnlib.handwriting import papers

NUMBER = papers.number("50419")


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_screen_ink_is_what_was_drawn(dark):
    page = 1 - NUMBER if dark else NUMBER
    found = ink(page.astype(np.float32))
    np.testing.assert_allclose(found, np.where(NUMBER < 0.12, 0, NUMBER), atol=0.13)
    np.testing.assert_allclose(found, ink((1 - page).astype(np.float32)), atol=1e-6)


@pytest.mark.parametrize("ruling", ["", "ruled", "squared"])
@pytest.mark.parametrize("dark", [False, True])
def test_in_a_photo_ink_is_what_was_written(ruling, dark):
    wanted = papers.photo(NUMBER, ruling="") < 0.3  # strokes alone are so dark
    found = ink(papers.photo(NUMBER, ruling=ruling, dark=dark).astype(np.float32)) > 0.5
    both, either = (wanted & found).sum(), (wanted | found).sum()
    assert both / either > 0.75


def empty_sheets():
    rng = np.random.default_rng(0)
    rows, columns = np.indices((300, 400))
    shadow = 0.4 + 0.5 * rows / 300 + 0.05 * np.sin(columns / 60)
    grain = rng.normal(0, 0.02, shadow.shape)
    lines = np.where(rows % 40 < 2, 0.8, 1)
    return {
        "white": np.ones((50, 50)),
        "black": np.zeros((50, 50)),
        "one pixel": np.ones((1, 1)),
        "a shadow": shadow,
        "a shadow with grain": np.clip(shadow + grain, 0, 1),
        "grain": np.clip(0.8 + grain, 0, 1),
        "faint": np.where(NUMBER > 0.5, 0.95, 1.0),
        "a ruled sheet": np.clip(shadow * lines + grain, 0, 1),
    }


@pytest.mark.parametrize("kind", empty_sheets())
def test_an_empty_sheet_has_no_ink(kind):
    assert not ink(empty_sheets()[kind].astype(np.float32)).any()


def test_of_darker_and_lighter_than_the_paper_ink_is_what_stands_out_more():
    sheet = np.pad(NUMBER, 60)
    page = np.pad(0.9 * (1 - sheet), ((25, 25), (25, 0)), constant_values=1)
    darker, lighter = np.maximum(0.9 - page, 0).sum(), np.maximum(page - 0.9, 0).sum()
    assert lighter > 2 * darker, "there is more of what is lighter"
    found, wanted = ink(page.astype(np.float32)) > 0.5, sheet > 0.5
    assert (found[25:-25, 25:] & wanted).sum() / (found.sum() + wanted.sum()) > 0.45


@pytest.mark.parametrize("thumb", [np.s_[250:350, :12], np.s_[-12:, 400:500]])
def test_a_thumb_at_the_edge_of_a_photo_is_no_ink(thumb):
    page = papers.photo(NUMBER).astype(np.float32)
    alone = ink(page)
    page[thumb] *= 0.2
    both = ink(page)
    assert not both[thumb].any()
    np.testing.assert_allclose(both, alone, atol=0.2)


def test_what_reaches_in_from_the_edge_of_a_photo_is_no_ink():
    page = papers.photo(NUMBER).astype(np.float32)
    alone = ink(page)
    page[:, :40] *= 0.2  # the edge of a table
    both = ink(page)
    assert not both[:, :40].any()
    np.testing.assert_allclose(both[:, 100:], alone[:, 100:], atol=0.2)
