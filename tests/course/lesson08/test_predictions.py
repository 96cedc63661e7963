"""What the predictions of lesson 08 call right, found by doing it, and its keys for mistakes."""

import re
from pathlib import Path

from course import lesson08
from course.ask import Choice
from course.lesson08 import questions
from course.lesson08.checks import steps
from nnlib import descent


def test_three_walks_in_the_words_of_the_exercise():
    words = [steps.fate(2, eta, -0.8) for eta in (0.2, 0.85, 1.05)]
    told = ", ".join(f"{name} {word}" for name, word in zip("ABC", words))
    question = questions.three_walks
    assert question.letters[question.right_answer] == told
    assert descent.PARABOLA.cost(3.0) == 9.0  # so k is 2


def test_every_mistake_that_is_worded_is_one_that_a_check_tells():
    home = Path(lesson08.__file__).parent
    text = (home / "questions.md").read_text(encoding="utf-8")
    exercises = re.findall(r"(?ms)^exercise, .*?(?=^# \d\d-|\Z)", text)
    parts = [re.search(r"(?ms)^## Mistakes$(.*?)^## ", one) for one in exercises]
    worded = [key for part in parts if part for key in re.findall(r"(?m)^- (\S+)$", part[1])]
    code = "".join(path.read_text(encoding="utf-8") for path in (home / "checks").glob("*.py"))
    assert sorted(worded) == sorted(re.findall(r'says\["(.+?)"\]', code))


def test_right_letters_are_spread():
    letters = [one.right_answer for one in questions if isinstance(one, Choice)]
    assert all(letters.count(letter) in (1, 2) for letter in "abcd")
    assert not any(a == b == c for a, b, c in zip(letters, letters[1:], letters[2:]))
