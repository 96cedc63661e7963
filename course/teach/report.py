"""For teachers: one table from the progress files of a class."""

from pathlib import Path

from course import exercises
from course.ask import record
from course.measured import tables


def progress_files(folder):
    """Pairs (student, path): folder/<student>/my_progress.json and folder/<student>.json."""
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(f"There is no folder {folder}.")
    found = [(path.parent.name, path) for path in folder.glob(f"*/{record.FILE_NAME}")]
    found += [(path.stem, path) for path in folder.glob("*.json")]
    if not found:
        raise ValueError(
            f"There are no progress files in {folder}: expected {folder}/NAME/{record.FILE_NAME} "
            f"or {folder}/NAME.json, one for each student."
        )
    return sorted(found, key=lambda pair: (pair[0].lower(), str(pair[1])))


def table(folder):
    """Rows of the table, the heading first, and a sentence about each file that is damaged."""
    names = [exercise.name for exercise in exercises.all()]
    rows, problems = [["student", "done", "tried", "checks", *names, "remark"]], []
    for student, path in progress_files(folder):
        try:
            rows.append(_row(student, record.load(path), names))
        except (OSError, ValueError) as error:
            problems.append(f"{student}: {error}")
            rows.append([_plain(student), *[""] * (3 + len(names)), "damaged file"])
    return rows, problems


def _row(student, entries, names):
    states = [entries[name]["state"] if name in entries else "" for name in names]
    checks = sum(entries[name]["tries"] for name in names if name in entries)
    counts = [states.count("done"), states.count("tried"), checks]
    return [_plain(student), *counts, *states, ""]


def _plain(text):
    """A folder's name as text: a spreadsheet would take one that begins with = for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def as_csv(rows):
    """The rows as CSV text, the heading first."""
    heading, *students = rows
    return tables.table_text(heading, students)
