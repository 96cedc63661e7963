"""What the pages of the lessons hold, for the plans that name it."""

import re
from collections import Counter

import nbformat

from course.paths import LESSONS, ROOT

LESSON_FOLDERS = sorted(path.name for path in (ROOT / "course").glob("lesson??"))


def cells(number):
    """The cells of a lesson."""
    (path,) = LESSONS.glob(f"{number}_*.ipynb")
    return nbformat.read(path, as_version=4).cells


def headings(cells):
    """The headings of a lesson below its title."""
    own = [cell.source for cell in cells if cell.cell_type == "markdown"]
    return set(re.findall(r"^###? (.+)$", "\n".join(own), re.MULTILINE))


def minutes_by_section(steps):
    """Minutes of each section of the second level, its exercises included."""
    found = Counter()
    for step in steps:
        found[step.section] += step.reading + step.guessing + step.exercise
    return found
