"""The command `python -m course grade`: what it prints and writes."""

import sys
from pathlib import Path

from course.teach import grade_options, grade_page, grade_tables, grading, hand_ins, handed_answers
from nnlib import storage


def run(options):
    """Grade what the options of the command line name; print, and write if DIR is given.

    Raises ValueError, LookupError or OSError with a sentence if the options do not fit.
    """
    grade_options.refuse(options)
    only = None if options.only is None else chosen(options.only)
    students, warnings = hand_ins.find(options.folder)
    if not students:
        raise ValueError(
            f"There are no hand-ins in {hand_ins.plain(options.folder)}: expected a folder, a zip "
            "or a notebook of each student."
        )
    if options.output:
        storage.make_folder(options.output)  # said now, and not when all is graded
    names, graded = grading.grade(
        students, only, options.seed, options.jobs, options.seconds, _progress(len(students))
    )
    if not names:
        raise ValueError("There is no exercise in these notebooks, so there is nothing to grade.")
    hand_ins.say(grade_tables.printed(graded, names, options.seed))
    for warning in warnings:
        hand_ins.say(f"  {warning}")
    if options.output:
        _write(options, graded, names, warnings)


def chosen(words):
    """The exercises that words mean: names, or the two digits of a lesson, theirs or the page's."""
    known = handed_answers.graded()
    found = set()
    for word in words:
        means = {name for name, one in known.items() if word in (name, one.lesson, one.page)}
        if not means:
            raise LookupError(
                f"There is no exercise {word!r}. Type names such as {', '.join(list(known)[:3])}, "
                "or the number of a lesson, such as 08."
            )
        found |= means
    return found


def files(graded, names, options, warnings):
    """name of the file -> its text."""
    out_of = len(names) if options.points is None else options.points
    return {
        "grades.html": grade_page.page(graded, names, options.seed, out_of, warnings),
        "grades_moodle.csv": grade_tables.moodle(graded, names, out_of),
        "grades_canvas.csv": grade_tables.canvas(graded, names, out_of, options.assignment),
        "grades_details.csv": grade_tables.details(graded, names),
    }


def _write(options, graded, names, warnings):
    folder = Path(options.output)
    for name, text in files(graded, names, options, warnings).items():
        with storage.replacing(folder / name) as file:
            file.write(text.encode())
    hand_ins.say(f"\ngrades.html and three CSV files are in {hand_ins.plain(folder)}.")


def _progress(total):
    """A function that counts the students who are done, on the terminal if there is one."""
    done = []

    def count(group):
        done.extend(group)
        if sys.stderr.isatty():
            ending = "\n" if len(done) == total else ""
            print(f"\r{len(done)} of {total} students", end=ending, file=sys.stderr, flush=True)

    return count
