"""For teachers: one table from the progress files of a class."""

from course import exercises
from course.measured import tables
from course.teach import grade_tables, grading, hand_ins


def table(folder):
    """Rows of the table, the heading first, and a sentence about each file that is damaged.

    Raises ValueError if the folder is missing or there is no progress file in it.
    """
    students, problems = hand_ins.find(folder)
    if not any(student.progress for student in students):
        raise ValueError(
            f"There are no progress files in {hand_ins.plain(folder)}: expected my_progress.json "
            "in the folder of each student, or NAME.json."
        )
    names = [exercise.name for exercise in exercises.all()]
    rows = [["student", "done", "tried", "checks", *names, "remark"]]
    for student in students:
        entries, remarks = grading.said(student)
        problems += [f"{student.name}: {words}" for words in remarks]
        rows.append(_row(student, entries, names))
    return rows, problems


def _row(student, entries, names):
    name = grade_tables.cell(student.name)
    if entries is None:
        remark = "damaged file" if student.progress else "no progress file"
        return [name, *[""] * (3 + len(names)), remark]
    states = [entries[name]["state"] if name in entries else "" for name in names]
    checks = sum(entries[name]["tries"] for name in names if name in entries)
    return [name, states.count("done"), states.count("tried"), checks, *states, ""]


def as_csv(rows):
    """The rows as CSV text, the heading first."""
    heading, *students = rows
    return tables.table_text(heading, students)
