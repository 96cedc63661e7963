"""`questions.due`: what is shown, what an answer does, and what happens to files and to clocks."""

import json
import subprocess
import sys
from datetime import date, timedelta

import pytest

from course import exercises
from course.ask import due, reading, record, schedule
from course.ask.view import ReturnPanel
from tools.store_notebooks import lessons

DAY = date(2026, 1, 1)
SLICES, EQUALITY, LINES = (exercises.get(name) for name in ("00-slices", "01-equality", "03-lines"))


class Clock:
    """The day that the schedule sees."""

    def __init__(self):
        self.day = DAY

    def __call__(self):
        return self.day


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(schedule, "today", clock)
    return clock


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def earlier(lesson):
    return reading.load(f"course.lesson{lesson}").due


def panel(lesson):
    """What is shown in a notebook."""
    asked, _, sentence = earlier(lesson)._found()
    return ReturnPanel(asked, sentence, due.answered, due.note)


def answer_all(names, outcome="right"):
    for name in names:
        record.note(name, outcome)


def shown(widget):
    return widget.panels[widget.at]


def test_with_nothing_done_the_text_is_always_the_same(path, clock):
    texts = {repr(reading.load(f"course.lesson{file.name[:2]}").due) for file in lessons()}
    assert texts == {due.NOTHING}
    assert due.NOTHING.startswith("Nothing is due today.")
    assert earlier("05")._repr_mimebundle_() == {
        "text/plain": due.NOTHING,
        "text/markdown": due.NOTHING,
    }
    assert not path.exists()


def test_off_is_nothing_due(monkeypatch, path, clock):
    answer_all(["00-slices"], "wrong")
    clock.day += timedelta(1)
    assert "One question is due." in repr(earlier("05"))
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    assert repr(earlier("05")) == due.NOTHING


def test_three_at_most_and_none_of_this_lesson_or_later(path, clock):
    back = [one for one in exercises.all() if one.comes_back]
    answer_all([one.name for one in back])
    clock.day += timedelta(4)
    assert repr(earlier("00")) == due.NOTHING
    for number in range(1, 12):
        asked = panel(f"{number:02}").panels
        assert len(asked) == 3
        assert all(int(one.question.lesson) < number for one in asked)
        found = earlier(f"{number:02}")._questions
        assert all(int(one.lesson) < number for one in found)
    assert "Here are 3; run the cell again for more." in repr(earlier("05"))


def test_guesses_and_code_do_not_come_back(path, clock):
    answer_all([one.name for one in exercises.all() if not one.comes_back])
    clock.day += timedelta(400)
    assert repr(earlier("11")) == due.NOTHING


def test_a_right_answer_waits_longer_and_a_wrong_one_comes_tomorrow(path, clock):
    answer_all(["00-slices", "01-equality"])
    clock.day += timedelta(3)
    widget = panel("05")
    first = shown(widget)
    assert widget.heading.value == "1 of 2, from lesson 00"
    assert [button.description for button in first.children[-3].children] == ["Check", "Solution"]
    first.field.value = SLICES.right_answer
    first.check.click()
    assert "Right." in first.answer.value
    assert "It comes back in 7 days." in first.answer.value
    assert widget.next.description == "Next"
    widget.next.click()
    assert widget.next.description == "Skip", "the second one has no answer yet"
    second = shown(widget)
    second.field.value = "a"
    second.check.click()
    assert "It comes back tomorrow." in second.answer.value
    assert widget.next.description == "Done"
    second.field.value = EQUALITY.right_answer
    second.check.click()
    assert "comes back" not in second.answer.value, "the first answer counts"
    widget.next.click()
    assert "You knew 1 of 2." in widget.children[0].value
    entries = record.load(path)
    assert (entries["00-slices"]["box"], entries["01-equality"]["box"]) == (3, 1)
    assert entries["01-equality"]["state"] == "done", "what is done stays done"
    assert repr(earlier("05")) == due.NOTHING


def test_the_solution_counts_as_not_known(path, clock):
    answer_all(["03-lines"])
    clock.day += timedelta(3)
    widget = panel("05")
    shown(widget).solution.click()
    assert "tomorrow" in shown(widget).answer.value
    assert "It is" in shown(widget).worked.outputs[0]["data"]["text/markdown"]
    assert record.load(path)["03-lines"]["box"] == 1


def test_what_is_skipped_comes_back_next_time(path, clock):
    answer_all(["00-slices", "03-lines"])
    clock.day += timedelta(3)
    before = path.read_bytes()
    widget = panel("05")
    assert widget.next.description == "Skip"
    widget.next.click()
    shown(widget).field.value = " S "
    shown(widget).field._handle_custom_msg({"event": "submit"}, [])
    assert "What you skipped comes back next time." in widget.children[0].value
    assert path.read_bytes() == before
    clock.day += timedelta(1)
    assert len(panel("05").panels) == 2


def test_a_second_click_after_the_last_question_does_nothing(path, clock):
    answer_all(["00-slices"])
    clock.day += timedelta(3)
    widget = panel("05")
    for _ in range(3):
        widget.next.click()
    assert "You knew 0 of 1." in widget.children[0].value


@pytest.mark.parametrize("text", ["many", "7,500", "40-50", ""])
def test_what_cannot_be_read_does_not_count(path, clock, text):
    answer_all(["03-lines"])
    clock.day += timedelta(3)
    before = path.read_bytes()
    one = shown(panel("05"))
    one.field.value = text
    one.check.click()
    assert one.known is None
    assert one.answer.value
    assert path.read_bytes() == before


def test_nothing_chosen_does_not_count(path, clock):
    answer_all(["00-slices"])
    clock.day += timedelta(3)
    one = shown(panel("05"))
    one.check.click()
    assert "Choose an option first." in one.answer.value
    assert one.known is None


def test_a_prediction_counts_with_its_truth(path, clock):
    for name, box in (("00-slices", 2), ("00-one-line", 1)):
        question = exercises.get(name)
        wrong = next(letter for letter in question.letters if letter != question.right_answer)
        question.guess(question.right_answer if box == 2 else wrong)
        question.outcome()
        assert record.load(path)[name]["box"] == box
        assert record.load(path)[name]["state"] == "done"


def test_looking_at_an_outcome_again_moves_nothing(path, clock):
    SLICES.guess(SLICES.right_answer)
    SLICES.outcome()
    clock.day += timedelta(30)
    SLICES.outcome()
    assert record.load(path)["00-slices"]["due"] == "2026-01-04"


def test_numbers_are_fresh_and_the_same_all_day(path, clock):
    answer_all(["03-lines"])
    texts = set()
    for _ in range(6):
        clock.day = schedule.place(record.load(path)["03-lines"])[1]
        one = shown(panel("05")).question
        assert one.question == shown(panel("05")).question.question
        assert one.name == LINES.name
        texts.add(one.question)
        assert due.answered(one, str(one.right_answer))[0].outcome == "right"
        due.note(one, True)
    assert len(texts) >= 5
    assert record.load(path)["03-lines"]["box"] == 5


def test_a_damaged_file_is_told_and_kept(path, clock):
    path.write_bytes(b"{")
    assert "It is kept as my_progress.damaged-1.json" in repr(earlier("05"))
    assert path.with_name("my_progress.damaged-1.json").read_bytes() == b"{"


@pytest.mark.parametrize("box", [0, 6, -1, 2.5, "2", None, True, [], 10**30])
@pytest.mark.parametrize("day", ["2026-01-03", "soon", 5, None])
def test_a_box_or_a_day_that_cannot_be_read_loses_nothing(path, clock, box, day):
    entry = {"state": "done", "tries": 3, "when": "2026-01-01 10:00", "box": box, "due": day}
    path.write_text(json.dumps({"exercises": {"00-slices": entry}, "guesses": {"00-x": "mine"}}))
    clock.day += timedelta(40)
    assert "One question is due." in repr(earlier("05"))
    due.note(SLICES, True)
    kept = record.load(path)["00-slices"]
    assert (kept["state"], kept["tries"], kept["box"]) == ("done", 3, 2)
    assert record.guess("00-x") == "mine"


def test_an_old_file_comes_back(path, clock):
    entry = {"state": "tried", "tries": 2, "when": "2025-12-31 10:00"}
    path.write_text(json.dumps({"version": 1, "exercises": {"00-slices": entry}}))
    assert "One question is due." in repr(earlier("01"))


def test_what_a_newer_course_keeps_in_the_file_stays(path, clock):
    path.write_text(json.dumps({"version": 3, "exercises": {}, "notes": [1]}))
    answer_all(["00-slices"])
    assert json.loads(path.read_text())["notes"] == [1]


def test_progress_that_was_started_over_meanwhile(path, clock):
    answer_all(["00-slices"])
    clock.day += timedelta(3)
    widget = panel("05")
    exercises.start_over()
    shown(widget).field.value = SLICES.right_answer
    shown(widget).check.click()
    assert record.load(path)["00-slices"]["state"] == "done"


def test_a_file_that_cannot_be_written_is_told(path, clock, monkeypatch):
    answer_all(["00-slices"])
    clock.day += timedelta(3)
    one = shown(panel("05"))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    one.field.value = SLICES.right_answer
    one.check.click()
    assert "could not be saved" in one.answer.value
    assert "Right." in one.answer.value


WRITER = """
import sys
from course.ask import record
for number in range(25):
    record.note_return(f"{sys.argv[1]}-{number}", number % 2 == 0)
    record.note_return("00-slices", False)
"""


def test_two_kernels_lose_nothing(path):
    answer_all(["00-slices"])
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name]) for name in ("01", "02")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    entries = record.load(path)
    assert len(entries) == 51
    assert entries["00-slices"]["box"] == 1
    assert [entries[f"01-{number}"]["box"] for number in range(4)] == [2, 1, 2, 1]


def test_two_kernels_that_ask_the_same_move_it_once(path, clock):
    answer_all(["00-slices"])
    clock.day += timedelta(3)
    for one in (shown(panel("05")), shown(panel("06"))):
        one.field.value = SLICES.right_answer
        one.check.click()
    assert repr(earlier("05")) == due.NOTHING
    assert record.load(path)["00-slices"]["box"] == 3


def test_every_lesson_gives_something_to_come_back():
    for file in lessons():
        number = file.name[:2]
        if number != "08":
            back = [one for one in exercises.all() if one.comes_back and one.lesson == number]
            assert len(back) >= 3, number


def test_what_is_due_of_all_lessons(path, clock):
    answer_all(["00-slices", "11-long-slope"])
    assert exercises.due() == []
    clock.day += timedelta(3)
    assert [one.name for one in exercises.due()] == ["00-slices", "11-long-slope"]
