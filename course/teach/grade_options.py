"""What can be typed after `python -m course grade`."""

import argparse
import os
from pathlib import Path

DESCRIPTION = """\
Run the answers of a class again, and grade them.

In each student's notebooks the answer cells are found and run, each in a process of its own, with
what the notebook makes for them; the checks of the course then try the cases of the page, and other
ones of the same kind by the seed. Only what ran here counts: a progress file can be edited. What it
says on questions with a short answer is shown apart.

Time, memory and files are limited against accidents. This is no sandbox against malice: an answer
runs with your rights. Grade hand-ins of people that you do not trust on a computer that has nothing
to lose. On Windows and macOS the system does not limit the memory of a process.

An exercise whose answer is a number or a list has no other cases: its question names the numbers.
With --output DIR the folder gets grades.html, grades_moodle.csv, grades_canvas.csv and
grades_details.csv. The same hand-ins and the same seed give the same files."""


def add(parts):
    """Add the command to the subparsers of the command line."""
    one = parts.add_parser(
        "grade",
        help="grade the hand-ins of a class",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    one.add_argument("folder", help="of the class, or a zip of it, as Moodle or Canvas gives it")
    one.add_argument("--output", metavar="DIR", help="folder for the page and the CSV files")
    one.add_argument("--only", nargs="+", metavar="NAME", help="exercises or lessons: 03-bits, 08")
    one.add_argument("--points", type=float, help="for all exercises; 1 for each unless given")
    one.add_argument("--assignment", default="Neural networks", help="its name in Canvas")
    one.add_argument("--seed", type=int, default=1, help="of the other numbers that are tried")
    one.add_argument("--seconds", type=float, default=5.0, help="for each answer; 5 unless given")
    one.add_argument("--jobs", type=int, help="students at once; one for each core unless given")
    one.add_argument("--force", action="store_true", help="replace files in DIR")


def refuse(options):
    """Raise ValueError for what does not fit, before anything runs."""
    positive = {"--points": options.points, "--seconds": options.seconds, "--jobs": options.jobs}
    for name, value in positive.items():
        if value is not None and not 0 < value < 1e6:
            raise ValueError(f"{name} is {value}: expected a number above 0.")
    if options.seed < 0:
        raise ValueError(f"--seed is {options.seed}: expected 0 or more.")
    if not options.output:
        return
    folder = Path(options.output)
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file. Name a folder.")
    above = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise ValueError(f"{folder} cannot be written. Name another folder.")
    if not options.force and os.path.lexists(folder / "grades.html"):
        raise ValueError(f"{folder} holds grades already. Name another folder, or add --force.")
