"""Solutions that a teacher keeps closed until a date: by call, by button, and in what hints say."""

from datetime import date

import pytest

from course import exercises, paths
from course.ask import closing, due, schedule, view

BITS = exercises.get("03-bits")  # asked in lesson 08
SHAPES = exercises.get("03-from-shapes")  # in lesson 03
PLAIN = next(one for one in exercises.all() if one.answered_by == "option" and not one.prediction)
GUESSED = next(one for one in exercises.all() if one.answered_by == "option" and one.prediction)
OPENS = "Your teacher opens this solution on 2026-12-01."


@pytest.fixture
def teacher(tmp_path, monkeypatch):
    """A function that writes the teacher's file; today is 30 November 2026."""
    monkeypatch.setattr(schedule, "today", lambda: date(2026, 11, 30))
    monkeypatch.setenv(closing.NAMED, str(tmp_path / "teacher.toml"))
    return lambda text: (tmp_path / "teacher.toml").write_text(text, encoding="utf-8")


def test_all_is_open_without_a_file(teacher):
    assert closing.words(BITS) is None
    assert "```python" in BITS.solution().markdown


def test_a_closed_solution_says_when_it_opens_and_hints_stay(teacher, monkeypatch):
    teacher("solutions_from = 2026-12-01")
    assert BITS.solution().markdown == f"{OPENS} Until then `questions.bits.hint()` helps."
    said = [BITS.hint().markdown for _ in range(len(BITS.hints) + 1)]
    assert any(BITS.hints[0].strip() in one for one in said)
    assert any(f"the first again. {OPENS}" in one for one in said)
    monkeypatch.setattr(schedule, "today", lambda: date(2026, 12, 1))
    assert "```python" in BITS.solution().markdown


def test_a_file_as_an_editor_on_windows_writes_it(teacher):
    teacher("\ufeffsolutions_from = 2026-12-01\r\n")
    assert OPENS in closing.words(BITS)


def test_a_lesson_may_have_its_own_date(teacher):
    teacher('solutions_from = 2026-12-01\n[lessons]\n"03" = 2026-10-15\n"08" = 2026-12-24')
    assert "```python" in SHAPES.solution().markdown
    assert "2026-12-24" in BITS.solution().markdown, "it is asked in lesson 08"
    teacher('[lessons]\n"08" = 2026-12-24')
    assert closing.words(SHAPES) is None
    assert closing.words(BITS)


@pytest.mark.parametrize("question", [BITS, PLAIN], ids=lambda one: one.name)
def test_the_button_says_it_too(teacher, question):
    teacher("solutions_from = 2026-12-01")
    panel = view.panel(question)
    panel.solution.click()
    assert OPENS in panel.answer.value
    assert panel.worked.outputs == ()
    teacher("solutions_from = 2026-11-30")
    panel.solution.click()
    assert OPENS not in panel.answer.value
    assert panel.worked.outputs


def test_a_look_at_a_closed_solution_is_not_noted(teacher, monkeypatch, tmp_path):
    monkeypatch.setenv("NNLIB_PROGRESS", str(tmp_path / "p.json"))
    teacher("solutions_from = 2026-12-01")
    asked = view.AskedAgain(PLAIN, due.answered, due.note, lambda: None, lambda: None)
    asked.solution.click()
    assert asked.known is None
    assert OPENS in asked.answer.value
    teacher("")
    asked.solution.click()
    assert asked.known is False


def test_what_came_out_of_an_experiment_stays_open(teacher):
    teacher("solutions_from = 2026-12-01")
    assert GUESSED.reason in GUESSED.outcome().markdown


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("solutions_from = soon", "Invalid value"),
        ('solutions_from = "2026-12-01"', "without quotes"),
        ("solutions_from = 2026-12-01T08:00:00", "expected a date"),
        ("solution_from = 2026-12-01", "solution_from: expected lines such as"),
        ("[lessons]\n3 = 2026-12-01", "two digits of a lesson in quotes"),
        ('[lessons]\n"03" = 5', "03 is 5: expected a date"),
        ("lessons = 3", "expected lines such as"),
        ("solutions_from = 1.12.2026", "expected lines such as"),
        ('[lessons]\n"08" = 2020-01-01\nsolutions_from = 2026-12-01', "solutions_from below [less"),
        ("\ufffe\x00", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_opens_nothing(teacher, text, words):
    teacher(text)
    said = BITS.solution().markdown
    assert words in said
    assert said.endswith("Tell your teacher.")
    assert "```python" not in said


def test_where_the_file_is_looked_for(teacher, monkeypatch, tmp_path):
    monkeypatch.delenv(closing.NAMED)
    course, mine = tmp_path / "course", tmp_path / "mine"
    course.mkdir()
    mine.mkdir()
    monkeypatch.setattr(paths, "ROOT", course)
    monkeypatch.setattr(paths, "my_lessons", lambda: mine)
    assert closing.location() is None
    for folder in (course, mine):
        (folder / "teacher.toml").write_text("solutions_from = 2026-12-01")
        assert closing.location() == folder / "teacher.toml"
