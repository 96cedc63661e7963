"""Other cases of the same kind: drawn by the seed, and none without one."""

import importlib

import pytest

from course import exercises
from course.ask import compare, variants
from course.ask.exercise import Exercise
from tests.course.answers import all_cases

SEEDS = ("1", "20261128")
# These have one right answer, for the question names the numbers, or let the answer build a thing.
WITHOUT = {
    *("00-shapes", "00-nothing", "01-threshold", "01-not", "01-weights-only", "01-nand-xor"),
    *("02-differ", "03-from-shapes", "03-bits", "04-parabola", "04-short-step", "04-at-rest"),
    *("05-slopes", "07-dead-digits"),
}


@pytest.fixture
def seed(monkeypatch):
    return lambda text: monkeypatch.setenv(variants.NAMED, text)


def test_cases_are_the_page_s_alone_without_a_seed():
    assert variants.rng() is None
    assert variants.more({"a": (1,)}, lambda rng: {"b": (2,)}) == {"a": (1,)}


def test_cases_that_are_drawn(seed):
    def draw(rng):
        return {"a": (int(rng.integers(10**9)),)}

    found = []
    for text in ("1", "1", "2"):
        seed(text)
        found.append(variants.more({"a": (1,)}, draw))
    assert found[0] == found[1] != found[2]
    assert list(found[0]) == ["a", f"a{variants.ANEW}"]
    assert variants.more([(1,)], lambda rng: [(2,)]) == [(1,), (2,)]
    assert variants.more([(1,)], None) == [(1,)]


def solved(name):
    names = {}
    exec(exercises.get(name).solution_code, names)
    return names[exercises.get(name).variable]


def test_every_exercise_on_a_function_has_other_cases(seed, monkeypatch):
    """Whoever answers as on the page, and otherwise nothing, is wrong with a seed."""
    drawn = []
    monkeypatch.setattr(variants, "more", lambda cases, fresh: drawn.append(fresh) or cases)
    monkeypatch.setattr(
        importlib.import_module("course.lesson08.checks.killed_mutants"),
        "_in_two_parts",
        lambda: (drawn.append(True), ((), ()))[1],
    )
    without = set()
    for question in exercises.all():
        if type(question) is Exercise:
            drawn.clear()
            question.judge(solved(question.name))
            without |= set() if any(drawn) else {question.name}
    assert without == WITHOUT


@pytest.mark.parametrize("text", SEEDS)
def test_right_answers_are_right_on_other_cases(seed, text):
    seed(text)
    for name, cases in all_cases().items():
        for answer in cases.right:
            feedback = exercises.get(name).judge(answer)
            assert feedback.outcome == "right", (name, feedback)


def test_answers_made_for_the_cases_of_the_page_are_wrong_on_others(seed):
    sizes = importlib.import_module("course.lesson08.checks.parameters_and_bits").SIZES
    known = {tuple(one): solved("03-parameters")(one) for (one,) in sizes}
    one = exercises.get("03-parameters")

    def by_heart(sizes):
        return known.get(tuple(sizes), 0)

    assert one.judge(by_heart).outcome == "right"
    seed("1")
    assert one.judge(by_heart).outcome == "wrong"


def test_a_test_that_counts_its_calls_does_not_pass_with_a_seed(seed):
    def counting():
        calls = []

        def test_backprop(backprop):
            calls.append(backprop)
            return len(calls) in (1, 2, 15)

        return test_backprop

    one = exercises.get("06-kill-the-mutants")
    assert one.judge(counting()).outcome == "right"
    seed("1")
    assert one.judge(counting()).outcome == "wrong"


def test_other_cases_bring_out_the_mistake_that_they_show(seed):
    seed("3")
    found = compare.function(
        lambda x: 2.0,
        {"two": (2.0,)},
        lambda x: x,
        fresh=lambda rng: {"two": (float(rng.integers(3, 9)),)},
    )
    assert found == "The result for two, with other numbers is 2: too small."
