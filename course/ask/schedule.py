"""When a question comes back: after 1, 3, 7, 16 and 35 days, in five boxes as Leitner's.

Sebastian Leitner, So lernt man lernen, 1972: a card that was known moves to the next box, where it
waits longer; one that was not goes back to the first. The first answer, in the question's own
lesson, puts it into box 1 or 2. After that only what comes back when it is due moves on.
An entry is that of the progress file; "box" and "due" in it are written here.
"""

from datetime import date, timedelta

INTERVALS = (1, 3, 7, 16, 35)  # days in the boxes 1 to 5
MOST = 3  # questions at a time


def today():
    """The day on the clock of this computer."""
    return date.today()


def entered(right, day):
    """{"box", "due"} of a question that was answered for the first time."""
    return _placed(2 if right else 1, day)


def moved(entry, right, day):
    """{"box", "due"} after an answer to a question that came back.

    A right answer to one that is not due, as when two lessons ask it at once, moves nothing.
    """
    box, due = place(entry)
    if right and not is_due(entry, day):
        return {"box": box, "due": due.isoformat()}
    return _placed(min(box + 1, len(INTERVALS)) if right else 1, day)


def place(entry):
    """(box from 1 to 5, the date when it is due) of an entry.

    In one that an older course wrote, or that cannot be read, the box is 1.
    """
    box, due = entry.get("box"), _date(entry.get("due"))
    if type(box) is int and 1 <= box <= len(INTERVALS) and due:
        return box, due
    answered = _date(entry.get("when"))
    return 1, answered + timedelta(INTERVALS[0]) if answered else date.min


def is_due(entry, day=None):
    """Whether an answered question is to come back on a day, today unless given.

    A date farther off than its box allows was written by a clock that has gone back since: due.
    """
    day = day or today()
    box, due = place(entry)
    return not day < due <= day + timedelta(INTERVALS[box - 1] + 1)


def due(questions, entries, day=None):
    """The questions that come back and are due on a day, those that wait longest first."""
    found = [
        one
        for one in questions
        if one.comes_back and one.name in entries and is_due(entries[one.name], day)
    ]
    return sorted(found, key=lambda one: place(entries[one.name])[1])


def _placed(box, day):
    return {"box": box, "due": (day + timedelta(INTERVALS[box - 1])).isoformat()}


def _date(text):
    """The date at the start of a text such as "2026-11-28 10:00", or None."""
    try:
        return date.fromisoformat(text[:10])
    except (TypeError, ValueError):
        return None
