"""All questions of the course: found, in order, by name."""

import subprocess
import sys

import pytest

from course import exercises
from course.ask import Number


def test_all_are_found_in_order_and_by_name():
    found = exercises.all()
    assert [one.lesson for one in found] == sorted(one.lesson for one in found)
    assert len({one.name for one in found}) == len(found) >= 2
    assert all(exercises.get(one.name) is one for one in found)


def test_an_unknown_name_is_told_what_is_close():
    for name in ("3-bits", "03-bit", "Bits"):
        with pytest.raises(LookupError, match="03-bits"):
            exercises.get(name)
    with pytest.raises(LookupError, match="lists them all"):
        exercises.get(None)


def test_questions_of_a_lesson_are_those_of_the_registry():
    from course.lesson08 import questions

    assert exercises.get("03-bits") is questions.bits
    assert "03-bits" in repr(questions)


def test_a_name_that_two_lessons_use_is_refused_with_both_places(monkeypatch):
    twice = {}

    def load(package):
        twice[package] = one = Number("99-test", "T", question="?", answer=1, solution="So.")
        one.place = f"{package}, line 7"
        return [one]

    monkeypatch.setattr("course.ask.load", load)
    with pytest.raises(ValueError, match="99-test") as caught:
        exercises.all()
    assert all(one.place in str(caught.value) for one in twice.values())
    assert len(twice) == 2


def test_reading_and_answering_questions_does_not_load_widgets():
    """The check of an exercise loads its lesson, and this the labs: on a page they are there."""
    code = (
        "import sys; from course import exercises; found = exercises.all();"
        "[(repr(one), one.hint(), one.solution()) for one in found];"
        "[one.check(one.right_answer) for one in found if hasattr(one, 'right_answer')];"
        "exercises.progress();"
        "sys.exit('ipywidgets' in sys.modules or 'matplotlib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
