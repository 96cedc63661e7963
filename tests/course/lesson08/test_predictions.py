"""What the predictions of lesson 08 call right, found by doing it, and its keys for mistakes."""

from course.ask import Choice
from course.lesson04.landscapes import PARABOLA
from course.lesson08 import questions
from course.lesson08.checks import best_steps


def test_three_walks_in_the_words_of_the_exercise():
    words = [best_steps.fate(2, eta, -0.8) for eta in (0.2, 0.85, 1.05)]
    told = ", ".join(f"{name} {word}" for name, word in zip("ABC", words))
    question = questions.three_walks
    assert question.letters[question.right_answer] == told
    assert PARABOLA.cost(3.0) == 9.0  # so k is 2


def test_right_letters_are_spread():
    letters = [one.right_answer for one in questions if isinstance(one, Choice)]
    assert all(letters.count(letter) in (1, 2) for letter in "abcd")
    assert not any(a == b == c for a, b, c in zip(letters, letters[1:], letters[2:]))
