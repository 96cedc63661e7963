"""Number questions with numbers drawn anew: each answer beside a truth that is counted."""

import itertools

import numpy as np
import pytest

from course import exercises
from course.ask import Number, typed
from course.ask.fresh import Fresh
from course.ask.parts import Fault, Part
from nnlib.network import Network

FRESH = [one for one in exercises.all() if one.fresh]
PLAIN = Number("99-n", "Lines", question="?", answer=1, unit="%", solution="So.")
TEXT = """\
How many lines are there in
[{a}, {b}, 1]?

- a: 2 to 4
- b: 0.5, 3
- answer: {a}·{b} + {b} ± 0.1
"""


def part(text):
    made = Part(10, "Fresh")
    made.lines = list(enumerate(text.splitlines(), 11))
    return made


def size(*sizes):
    """Number of weights and biases, counted in a network."""
    net = Network(sizes)
    return sum(array.size for array in [*net.weights, *net.biases])


def momentum(mu):
    """The velocity after many steps with the gradient 1."""
    velocity = 0.0
    for _ in range(10_000):
        velocity = mu * velocity + 1
    return velocity


TRUTHS = {
    "00-found": lambda nines, called, right: np.mean([n < right for n in range(nines)]) * 100,
    "03-inputs": lambda height, width: np.zeros((height, width)).size,
    "03-lines": lambda a, b, c, d: sum(w.size for w in Network([a, b, c, d]).weights),
    "03-on-paper": lambda n, h, m: size(n, h, m),
    "03-second-layer": lambda h: size(784, h, h, 10) - size(784, h, 10),
    "03-one-more": lambda n, h, m: size(n, h + 1, m) - size(n, h, m),
    "03-nine-or-not": lambda n, h: size(n, h, 1),
    "05-count": lambda n, m, epochs: epochs * len(range(0, n, m)),
    "05-one-fifth": lambda k, m: next(n for n in range(m, 10**4) if n**-0.5 <= m**-0.5 / k + 1e-12),
    "05-sum": lambda m, eta: eta * np.mean([1] * m) / np.sum([1] * m),
    "07-without-five": lambda lost: 100 * np.mean(np.arange(10_000) >= lost),
    "10-ways": lambda cuts: len(list(itertools.product([0, 1], repeat=cuts))),
    "11-long-slope": momentum,
    "11-convolution-parameters": lambda n, k: np.zeros((n, k, k)).size + n,
    "11-vanishing-factor": lambda n: np.prod([0.25] * n),
}


def draws(one):
    """All numbers that may be drawn, 60 of them at most."""
    every = [
        dict(zip(one.fresh.values, row)) for row in itertools.product(*one.fresh.values.values())
    ]
    return every[:: max(1, len(every) // 60)]


def test_every_question_with_fresh_numbers_has_a_truth_here():
    assert {one.name for one in FRESH} == set(TRUTHS)
    assert len(FRESH) >= 6
    assert all(one.comes_back for one in FRESH)


@pytest.mark.parametrize("one", FRESH, ids=lambda one: one.name)
def test_the_answer_is_the_truth_whatever_is_drawn(one):
    for drawn in draws(one):
        truth = float(TRUTHS[one.name](**drawn))
        assert one.fresh._answer(drawn) == pytest.approx(truth, rel=1e-9), drawn


@pytest.mark.parametrize("one", FRESH, ids=lambda one: one.name)
def test_a_fresh_question_is_asked_and_checked_as_the_first_one(one):
    questions = [one.fresh.question(one, f"seed {seed}") for seed in range(40)]
    assert len({fresh.question for fresh in questions}) >= 4
    for fresh in questions:
        assert (fresh.name, fresh.title, fresh.unit) == (one.name, one.title, one.unit)
        assert fresh.judge(fresh.right_answer).outcome == "right"
        assert fresh.judge(2 * fresh.right_answer + 1).outcome == "wrong"
        assert not fresh.prediction
        assert "{" not in fresh.question + fresh.reason
        assert fresh.reason.endswith(f" = {fresh.right_answer}")


@pytest.mark.parametrize("one", FRESH, ids=lambda one: one.name)
def test_no_example_of_a_refusal_is_a_right_answer(one):
    for drawn in draws(one):
        for example in (3.7, 0.375, 1700):
            assert abs(one.fresh._answer(drawn) - example) > one.fresh.tolerance


def test_what_is_read(tmp_path):
    fresh = Fresh(part(TEXT))
    assert fresh.text == "How many lines are there in\n[{a}, {b}, 1]?"
    assert fresh.values == {"a": [2, 3, 4], "b": [0.5, 3]}
    assert fresh._answer({"a": 2, "b": 0.5}) == 1.5
    assert type(fresh._answer({"a": 2, "b": 3})) is int
    made = fresh.question(PLAIN, "x")
    assert made.tolerance == 0.1
    assert made.question == fresh.question(PLAIN, "x").question


def test_nothing_is_run():
    with pytest.raises(Fault, match="cannot be calculated"):
        Fresh(part(TEXT.replace("{a}·{b} + {b}", "__import__('os').getpid()·{a} + {b}")))


FAULTS = {
    "no answer": ("- answer", "- the answer", 10, "and '- answer:'"),
    "no text": ("How many lines are there in\n[{a}, {b}, 1]?\n", "", 10, "expected a text"),
    "a name that is not drawn": ("[{a}", "[{a}, {c}", 16, "c: each name"),
    "a name that is not used": ("- a: 2", "- d: 5 to 6\n- a: 2", 17, "d: each name"),
    "a range of one": ("2 to 4", "2 to 2", 14, "two numbers or more"),
    "a range backward": ("2 to 4", "4 to 2", 14, "two numbers or more"),
    "no numbers": ("0.5, 3", "a few", 15, "expected '2 to 9'"),
    "a division by zero": ("+ {b} ±", "/ ({a} - 2) ±", 16, "cannot be calculated"),
    "no formula": ("{a}·{b} + {b}", "{a} {b}", 16, "cannot be calculated"),
}


@pytest.mark.parametrize("words", FAULTS)
def test_a_fault_is_named_with_its_line(words):
    old, new, line, said = FAULTS[words]
    assert old in TEXT
    with pytest.raises(Fault) as caught:
        Fresh(part(TEXT.replace(old, new, 1)))
    assert said in caught.value.words
    assert caught.value.line == line


def test_the_examples_are_those_of_the_refusals():
    assert all(text in typed.EXAMPLE for text in ("3.7", "3/8", "1700"))
