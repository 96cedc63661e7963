"""What the predictions of lesson 00 call right, each found by doing it."""

import numpy as np

from course.ask import Choice
from course.lesson00 import questions
from nnlib import mnist


def right(question):
    """The text of the right option."""
    return question.letters[question.right_answer]


def test_slices_and_shapes():
    sizes = [2, 3, 4]
    assert right(questions.slices) == f"{sizes[:-1]} and {sizes[1:]}"
    shapes = [(m, n) for n, m in zip(sizes[:-1], sizes[1:])]
    assert right(questions.one_line) == str(shapes)


def test_a_cell_that_is_run_twice():
    names = {"count": 0}
    printed = []
    for _ in range(2):
        exec("count = count + 1", names)
        printed.append(str(names["count"]))
    assert right(questions.run_twice) == ", then ".join(printed)


def test_the_rows_with_the_most_ink():
    """The small set is a part of the full one: its first 9 is the first of both."""
    train = mnist.load("mini").train
    ink = train.images[train.labels == 9][0].reshape(28, 28).sum(axis=1)
    top, bottom = np.round(ink[[8, 15]], 1)
    assert set(np.argsort(ink)[-2:]) == {8, 15}
    told = questions.most_ink.solution().markdown
    assert f"add up to {bottom:g}" in told
    assert f"to {top:g}" in told


def test_right_letters_are_spread():
    letters = [one.right_answer for one in questions if isinstance(one, Choice)]
    assert all(letters.count(letter) in (2, 3) for letter in "abcd")
    assert not any(a == b == c for a, b, c in zip(letters, letters[1:], letters[2:]))
