"""The parts of the machinery that lists of lessons rest on."""

import pytest

from tests.told import prose, truths


@pytest.mark.parametrize(("told", "agrees"), [("3", True), ("30", False), ("2", False)])
def test_a_setting_is_read_from_the_code_of_a_lesson(monkeypatch, told, agrees):
    monkeypatch.setattr(truths, "code_of", lambda lesson: "net.SGD(data, 1, 10, eta=3.0)")
    assert truths.agrees(truths.Setting("05", r"eta=([\d.]+)"), told) == agrees


def test_a_setting_that_the_code_has_twice_with_other_values_is_refused(monkeypatch):
    monkeypatch.setattr(truths, "code_of", lambda lesson: "eta=3.0, eta=2.0")
    with pytest.raises(AssertionError, match="found 2 times"):
        truths.agrees(truths.Setting("05", r"eta=([\d.]+)"), "3")


def test_parameters_are_one_weight_for_each_pair_and_one_bias_for_each_neuron():
    assert truths.parameters([2, 3, 1]) == 2 * 3 + 3 + 3 * 1 + 1


@pytest.mark.parametrize(
    ("told", "place", "agrees"), [("2", 0, True), ("4", 0, False), ("6", 1, True)]
)
def test_a_limit_is_the_number_of_an_assertion(monkeypatch, told, place, agrees):
    monkeypatch.setattr(truths, "evidence", lambda lesson: "assert 0.02 < share < 0.06")
    limit = truths.Limit("05", "0.02 < share < 0.06", place, scale=100)
    assert truths.agrees(limit, told) == agrees


def test_a_cross_reference_is_to_a_lesson_that_treats_it():
    assert truths.agrees(truths.Treats("01", "Rosenblatt"), "01")
    assert not truths.agrees(truths.Treats("01", "Rosenblatt"), "02")
    with pytest.raises(AssertionError, match="does not have"):
        truths.agrees(truths.Treats("01", "convolution"), "01")


def test_files_of_the_course_are_found():
    assert truths.is_path("data/ledger.csv")
    assert not truths.is_path("data/no.csv")


def test_modules_of_the_course_are_found():
    assert truths.is_module("course.measured.ledger")
    assert not truths.is_module("course.measured.no")


@pytest.mark.parametrize("block", ["```python\nw = 3\nb = 4\n```", "    w = 3\n    b = 4"])
def test_a_block_of_code_is_no_prose(block):
    page = prose.of_text(f"Type 2 lines:\n\n{block}\n\nand look.")
    assert [line.split() for line in page.fenced[0].splitlines()] == [
        ["w", "=", "3"],
        ["b", "=", "4"],
    ]
    assert [text for _, text in page.numbers()] == ["2"]
