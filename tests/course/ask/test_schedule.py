"""When questions come back: a plain Leitner schedule, over months of a clock set by hand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import hypothesis
import pytest
from hypothesis import strategies as st

from course.ask import record, schedule

DAY = date(2026, 1, 1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ODD = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.lists(st.integers())
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "box": st.integers(1, 5) | ODD,
        "due": DAYS.map(date.isoformat) | ODD,
        "when": DAYS.map(lambda day: f"{day} 10:00") | ODD,
    },
)


@dataclass
class Asked:
    name: str
    comes_back: bool = True


def test_right_answers_come_back_later_and_later():
    entry, day, waits = schedule.entered(True, DAY), DAY, []
    for _ in range(6):
        waits.append((schedule.place(entry)[1] - day).days)
        day = schedule.place(entry)[1]
        entry = schedule.moved(entry, True, day)
    assert waits == [3, 7, 16, 35, 35, 35]


@pytest.mark.parametrize("box", range(1, 6))
def test_a_wrong_answer_goes_back_to_box_1(box):
    entry = {"box": box, "due": DAY.isoformat()}
    tomorrow = {"box": 1, "due": "2026-01-02"}
    assert schedule.moved(entry, False, DAY) == tomorrow
    assert schedule.moved(entry, False, DAY + timedelta(100))["box"] == 1
    assert schedule.entered(False, DAY) == tomorrow


def test_a_right_answer_before_the_day_moves_nothing():
    entry = schedule.entered(False, DAY)
    assert schedule.moved(entry, True, DAY) == entry


def test_an_entry_of_an_older_course_is_due_the_day_after():
    entry = {"state": "done", "tries": 1, "when": "2026-01-01 10:00"}
    assert not schedule.is_due(entry, DAY)
    assert schedule.is_due(entry, DAY + timedelta(1))
    assert schedule.is_due({"state": "done", "tries": 1}, DAY)


def test_a_clock_that_goes_back_makes_due_and_loses_nothing():
    entry = {"box": 3, "due": (DAY + timedelta(7)).isoformat()}
    assert not schedule.is_due(entry, DAY)
    assert not schedule.is_due(entry, DAY - timedelta(1)), "a day is a journey"
    assert schedule.is_due(entry, DAY - timedelta(300))
    assert schedule.moved(entry, True, DAY - timedelta(300))["box"] == 4


def test_those_that_wait_longest_come_first_and_others_stay_away():
    asked = [Asked("00-a"), Asked("00-b"), Asked("00-never"), Asked("00-no", False), Asked("00-c")]
    entries = {
        "00-a": {"box": 2, "due": "2026-01-01"},
        "00-b": {"box": 5, "due": "2025-12-01"},
        "00-no": {"box": 1, "due": "2025-01-01"},
        "00-c": {"box": 1, "due": "2026-01-02"},
        "07-gone": {"box": 1, "due": "2025-01-01"},
    }
    assert [one.name for one in schedule.due(asked, entries, DAY)] == ["00-b", "00-a"]


def test_today_is_a_date():
    assert schedule.today() == date.today()


@hypothesis.given(ENTRIES, st.booleans(), DAYS)
def test_any_entry_has_a_box_and_a_next_day(entry, right, day):
    box, due = schedule.place(entry)
    assert 1 <= box <= 5
    after = schedule.place(schedule.moved(entry, right, day))
    assert after[0] == (1 if not right else min(box + schedule.is_due(entry, day), 5))
    assert after[1] > day
    assert (after[1] - day).days <= 36
    assert not schedule.is_due(schedule.moved(entry, right, day), day)


@hypothesis.given(
    st.lists(
        st.tuples(st.integers(0, 40), st.sampled_from(["right", "wrong", "skip"])), max_size=60
    )
)
def test_months_of_one_question(visits):
    """The model is one line: a box that right answers lift; every wait is that of the box."""
    entry, day, box = schedule.entered(True, DAY), DAY, 2
    for later, answer in visits:
        day += timedelta(later)
        waited = schedule.is_due(entry, day)
        if answer != "skip" and (waited or answer == "wrong"):
            entry = schedule.moved(entry, answer == "right", day)
            box = min(box + 1, 5) if answer == "right" else 1
            assert entry == {
                "box": box,
                "due": (day + timedelta(schedule.INTERVALS[box - 1])).isoformat(),
            }
        elif answer == "skip":
            assert schedule.is_due(entry, day) == waited, "what is skipped stays due"


def test_a_student_over_half_a_year(tmp_path, monkeypatch):
    """20 questions, three a day, one in five not known: none is lost, and they thin out."""
    path, day = tmp_path / "p.json", DAY
    monkeypatch.setattr(schedule, "today", lambda: day)
    names = [f"00-{number}" for number in range(20)]
    for name in names:
        record.note(name, "right", path=path)
    asked, count = Counter(), []
    for number in range(180):
        day = DAY + timedelta(number)
        due = schedule.due(map(Asked, names), record.load(path), day)[: schedule.MOST]
        for one in due:
            asked[one.name] += 1
            record.note_return(one.name, (number + len(asked)) % 5 > 0, path=path)
        count.append(len(due))
    entries = record.load(path)
    assert set(asked) == set(entries) == set(names)
    assert all(entry["state"] == "done" for entry in entries.values())
    assert min(asked.values()) >= 4
    assert sum(count[-60:]) < sum(count[:60])
