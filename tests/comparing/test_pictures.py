"""Which pictures pass: same data, same pixels; other data, within the bands."""

import nbformat
import pytest

from tests.comparing import cells, pictures
from tests.comparing.drawing import picture
from tests.comparing.faulty import HIGH, LOW, SMALL, bars, curves

TRAINED = {"data": (LOW * 1.1, HIGH * 0.95)}  # as another processor would train
COMPUTERS = None, "processor", "digits"


def faults(computer, stored, now):
    return pictures.faults(stored, now, computer)


@pytest.mark.parametrize("computer", COMPUTERS)
def test_the_same_picture_passes(computer):
    assert not faults(computer, picture(curves), picture(curves))


def test_other_data_passes_only_where_the_computer_is_another():
    pair = picture(curves), picture(curves, **TRAINED)
    (said,) = faults(None, *pair)
    assert said.startswith("pixels differ by ")
    assert "stored " in said
    assert not faults("processor", *pair)
    assert not faults("digits", *pair)


@pytest.mark.parametrize("computer", COMPUTERS)
@pytest.mark.parametrize("name", ["a thin line thinner", "legend in another corner"])
def test_same_data_has_to_have_the_same_pixels_everywhere(name, computer):
    draw, wrong = SMALL[name]
    assert faults(computer, picture(draw), picture(draw, **wrong))


@pytest.mark.parametrize("computer", COMPUTERS)
def test_a_swapped_legend_is_found_in_a_figure_of_other_data(computer):
    wrong = {"label": ("test", "training")}
    assert faults(computer, picture(curves), picture(curves, **TRAINED, **wrong))


def test_another_matplotlib_may_draw_other_pixels_of_the_same():
    stored, now = picture(curves), picture(curves, loc="lower left")
    now.info["Software"] = "matplotlib 4.0"
    assert not faults(None, stored, now)
    now = picture(curves, color=("red", "blue"))
    now.info["Software"] = "matplotlib 4.0"
    assert faults(None, stored, now)


def test_the_picture_of_another_cell_is_found():
    for computer in COMPUTERS:
        assert faults(computer, picture(bars), picture(curves))


@pytest.mark.parametrize("lost", ["Signature", "Software"])
def test_a_stored_picture_without_a_signature_is_an_error(lost):
    stored = picture(curves)
    del stored.info[lost]
    assert f"has no {lost}" in faults(None, stored, picture(curves))[0]


def test_both_pictures_are_kept_side_by_side(tmp_path, monkeypatch):
    monkeypatch.setattr(pictures, "BUILD", tmp_path / "pictures")
    path = pictures.keep(picture(curves), picture(bars), "lesson-3")
    assert path == tmp_path / "pictures" / "lesson-3.png"
    with pictures.Image.open(path) as kept:
        assert kept.size == (2 * 720 + 20, 520)


def output(text, image=""):
    data = {"text/plain": text, "text/html": f'<img alt="{text}" src="{image}">'}
    return nbformat.v4.new_output("display_data", data)


def test_a_cell_is_compared_whole():
    stream = nbformat.v4.new_output("stream", text="95.1 %\n")
    wrong = nbformat.v4.new_output("stream", text="91.5 %\n")
    found, counted = cells.faults([stream], [wrong], lambda: None, "cell")
    assert found == ["stored '95.1 %', now '91.5 %'"]
    assert counted == {"cells": 1, "numbers": 1}
    assert not cells.faults([stream], [wrong], lambda: "processor", "cell")[0]


def test_the_computer_is_asked_only_where_something_differs():
    cells.faults([output("3 digits")], [output("3 digits")], pytest.fail, "cell")


def test_a_sentence_that_is_the_alternative_of_a_picture_counts():
    found, _ = cells.faults([output("9 images")], [output("6 images")], lambda: None, "cell")
    assert len(found) == 2
