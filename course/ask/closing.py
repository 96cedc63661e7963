"""Solutions that a teacher keeps closed until a date, which stands in a file teacher.toml:

    solutions_from = 2026-12-01

    [lessons]
    "03" = 2026-10-15

The file lies in the student's copy of the lessons or, for all who share a course folder, in that;
the environment variable NNLIB_TEACHER names another place. A lesson has its own date, or that of
all. Nothing is hidden by it: the solutions are text on the student's disk, and so is this file.
"""

import os
import re
import tomllib
from datetime import date, datetime
from pathlib import Path

from course import paths
from course.ask import schedule

FILE_NAME = "teacher.toml"
NAMED = "NNLIB_TEACHER"
FORM = "expected lines such as: solutions_from = 2026-12-01"


def words(question):
    """What is said in the place of a solution that is still closed, otherwise None."""
    try:
        day = opens(question)
    except (OSError, ValueError) as error:
        return (
            f"The solutions are closed by {FILE_NAME}, and that file cannot be read ({error}). "
            "Tell your teacher."
        )
    if day is None or day <= schedule.today():
        return None
    helps = f" Until then {question.typed('hint()')} helps." if question.hints else ""
    return f"Your teacher opens this solution on {day.isoformat()}.{helps}"


def opens(question):
    """The date on which the solution of a question opens, or None if it was never closed.

    Raises ValueError or OSError if the file cannot be read, or says something else.
    """
    path = location()
    if path is None:
        return None
    kept = _read(path)
    lessons = kept.pop("lessons", {})
    everywhere = kept.pop("solutions_from", None)
    if kept or not isinstance(lessons, dict):
        raise ValueError(f"{', '.join(kept) or 'lessons'}: {FORM}")
    if everywhere is not None:
        _refuse("solutions_from", everywhere)
    for name, day in lessons.items():
        if not re.fullmatch(r"\d\d", name):
            raise ValueError(
                f'{name} below [lessons]: expected the two digits of a lesson in quotes, as in "03"'
            )
        _refuse(name, day)
    return lessons.get(question.page, everywhere)


def location():
    """The teacher's file, or None if there is none."""
    named = os.environ.get(NAMED)
    places = [Path(named)] if named else [paths.my_lessons() / FILE_NAME, paths.ROOT / FILE_NAME]
    return next((place for place in places if place.is_file()), None)


def _read(path):
    """What a file says. Raises ValueError or OSError if it cannot be read."""
    text = path.read_text(encoding="utf-8-sig")  # editors on Windows put a mark in front
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{error}; {FORM}") from error


def _refuse(name, day):
    """Raise ValueError if this is no date."""
    if not isinstance(day, date) or isinstance(day, datetime):
        shown = day.isoformat() if isinstance(day, datetime) else repr(day)
        raise ValueError(
            f"{name} is {shown}: expected a date such as 2026-12-01, without quotes or a time"
        )
