"""The grades of a class as tables: for people, for Moodle, for Canvas, and one with every answer.

Moodle reads the form of its offline grading worksheet: Identifier, Grade and Last modified (grade)
must be there. Canvas reads the form that its gradebook exports: five headings, the assignment, and
a row with the points possible; it knows a student by the ID, otherwise by the name.
"""

import csv
import io
import unicodedata

from course.teach import grading, ideas, limits

MARKS = {"right": "right", "wrong": "wrong", "error": "error", "not attempted": "none"}
MOODLE = (
    *("Identifier", "Full name", "Grade", "Maximum Grade"),
    *("Last modified (grade)", "Feedback comments"),
)
CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOST_IDEAS = 15  # that are printed; the page has all
MOST_SAID = 100  # characters of what was said


def points(one, total, out_of):
    """The points of a Graded, of `out_of` for all `total` exercises, as a text."""
    return f"{round(out_of * one.right / total, 2) if total else 0:g}"


def moodle(graded, names, out_of):
    """The text of the table that Moodle reads; students of another system have no Identifier."""
    rows = [
        (
            f"Participant {one.student.number}" if one.student.system == "Moodle" else "",
            cell(one.student.name),
            points(one, len(names), out_of),
            f"{out_of:g}",
            "-",
            comment(one, names),
        )
        for one in graded
    ]
    return _csv([MOODLE, *rows])


def canvas(graded, names, out_of, assignment):
    """The text of the table that Canvas reads; assignment: the heading of the points."""
    possible = ("    Points Possible", "", "", "", "", f"{out_of:g}")
    rows = [
        (
            cell(one.student.name),
            one.student.number if one.student.system == "Canvas" else "",
            *("", "", ""),
            points(one, len(names), out_of),
        )
        for one in graded
    ]
    return _csv([(*CANVAS, assignment), possible, *rows])


def details(graded, names):
    """A text with one row for each student and exercise: outcome, wrong ideas, what was said."""
    heading = ("student", "exercise", "outcome", "wrong ideas", "message")
    return _csv(
        [
            heading,
            *(
                (
                    cell(one.student.name),
                    name,
                    result.outcome,
                    "; ".join(result.ideas),
                    result.message,
                )
                for one in graded
                for name, result in ((name, one.results[name]) for name in names)
            ),
        ]
    )


def comment(one, names):
    """How many answers of a student are right, and which are not, in a sentence."""
    by_mark = {
        mark: [name for name in names if _mark(one, name) == mark] for mark in MARKS.values()
    }
    lists = {
        "not yet right": by_mark["wrong"],
        "with an error": by_mark["error"],
        "without an answer": by_mark["none"],
    }
    told = [
        f"{words}: {'all' if len(found) == len(names) else ', '.join(found)}"
        for words, found in lists.items()
        if found
    ]
    return "; ".join([f"{one.right} of {len(names)} right", *told]) + "."


def printed(graded, names, seed):
    """The lines for a teacher at the terminal: the class, wrong ideas, what was said, warnings."""
    lines = [summary(graded, names, seed), ""]
    width = max(_wide(one.student.name) for one in graded)
    for one in graded:
        space = " " * (width - _wide(one.student.name))
        lines.append(f"{one.student.name}{space}  {comment(one, names)}")
    found = ideas.ranked(graded, names)
    if found:
        lines += ["", "Wrong ideas, those of most students first:"]
        lines += [f"  {idea_in_words(idea, len(graded))}" for idea in found[:MOST_IDEAS]]
    if len(found) > MOST_IDEAS:
        lines.append(f"  {len(found) - MOST_IDEAS} more; --output DIR writes a page with all.")
    return "\n".join([*lines, *_said(graded), *_warned(graded)])


def summary(graded, names, seed):
    """What was graded, and how, in a few sentences."""
    students = "1 student" if len(graded) == 1 else f"{len(graded)} students"
    exercises = "1 exercise" if len(names) == 1 else f"{len(names)} exercises"
    return (
        f"{students}, {exercises}, other numbers by the seed {seed}. Only what ran here counts. "
        f"{limits.told()}"
    )


def idea_in_words(idea, students):
    """An Idea and how many had it, such as: 12 of 30  03-parameters: weights only (Count ...)."""
    said = idea.message.split("\n")[0]
    said = f" ({said[:MOST_SAID]}{'...' if len(said) > MOST_SAID else ''})" if idea.is_named else ""
    return f"{len(idea.students):>3} of {students}  {idea.exercise}: {idea.words}{said}"


def _wide(text):
    """How many places of a terminal a text takes; a Chinese letter takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _said(graded):
    """What the progress files say; that is no grade."""
    said = [one for one in graded if one.said is not None]
    if not said:
        return []
    heading = "Said by the student's own file, and not graded: questions with a short answer, done"
    total = len(grading.questions())
    return ["", f"{heading} of {total}:"] + [f"  {one.student.name}: {one.said}" for one in said]


def _warned(graded):
    warnings = [words for one in graded for words in one.warnings]
    return ["", "Look at these:", *(f"  {words}" for words in warnings)] if warnings else []


def _mark(one, name):
    return MARKS[one.results[name].outcome]


def cell(text):
    """A name as text: a spreadsheet would take one that begins with = for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _csv(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
