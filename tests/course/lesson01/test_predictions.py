"""What the predictions of lesson 01 call right, each found by doing it."""

from itertools import product

from course.ask import Choice
from course.lesson01 import questions
from nnlib.circuits import half_adder

ROWS = list(product([0, 1], repeat=3))
WORDS = {4: "Four", 5: "five"}


def right(question):
    """The text of the right option."""
    return question.letters[question.right_answer]


def decide(x, threshold, weights=(6, 2, 2)):
    """The output of a perceptron, in plain Python."""
    return int(sum(w_i * x_i for w_i, x_i in zip(weights, x)) > threshold)


def test_thresholds():
    ones = {threshold: sum(decide(x, threshold) for x in ROWS) for threshold in (5, 3)}
    assert right(questions.ones) == f"{WORDS[ones[5]]} at 5, {WORDS[ones[3]]} at 3"
    assert right(questions.equality) == str(decide([0, 1, 1], 4))
    assert all(decide(x, -1e-9) for x in ROWS)
    assert not all(decide(x, 0) for x in ROWS)
    assert right(questions.always) == "For all below 0"
    on_paper, computed = decide([1, 1], 3, [1, 2]), decide([1, 1], 0.3, [0.1, 0.2])
    assert right(questions.rounded) == f"{on_paper} on paper, {computed} on the computer"


def test_counts():
    places = {}
    for x1, x2 in product([0, 1], repeat=2):
        places.setdefault((x1 | x2, 1 - (x1 & x2)), []).append((x1, x2))
    assert sorted(map(len, places.values())) == [1, 1, 2]
    (pair,) = [corners for corners in places.values() if len(corners) == 2]
    assert right(questions.fold) == f"In three places: {pair[0]} and {pair[1]} lie on one another"
    before, after = half_adder(1, 0), half_adder(1, 1)
    assert questions.wires.right_answer == sum(before[name] != after[name] for name in before)
    fewest = min(
        sum((w1 * x1 + w2 * x2 + b > 0) != (x1 != x2) for x1, x2 in product([0, 1], repeat=2))
        for w1, w2, b in product(range(-5, 6), repeat=3)
    )
    assert questions.fewest_wrong.right_answer == fewest


def test_right_letters_are_spread():
    letters = [one.right_answer for one in questions if isinstance(one, Choice)]
    assert all(letters.count(letter) in (1, 2) for letter in "abcd")
    assert not any(a == b == c for a, b, c in zip(letters, letters[1:], letters[2:]))
