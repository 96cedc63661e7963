"""The margins of the assertions on trained networks, as the last machine run found them.

`margins.csv` has a row for every comparison of a lesson that varies over machines and shaken
starts: its lesson, data set and source, the number of runs, mean and standard deviation of what
varies, its mean limit, and the margin in standard deviations. It is written by
`python -m tests.machines --record`. A comparison in it that no lesson makes any more was changed
since, and has to be measured again.
"""

import ast
import csv
import io
import sys
from pathlib import Path

from nnlib import storage
from tests.machines.plan import KERNEL, TESTS

FILE = Path(__file__).parent / "margins.csv"
COLUMNS = ("lesson", "data", "comparison", "runs", "value", "deviation", "limit", "margin")
FAR = 1000  # standard deviations; beyond it stands what varies by rounding only


def write(rows, path=FILE):
    """Keep those rows of a report that are judged and of a lesson, in the order of the lessons."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([COLUMNS, *lines(rows)])
    with storage.replacing(path) as file:
        file.write(text.getvalue().encode())


def lines(rows):
    """The file's lines; of the passes of a loop the one closest to its limit."""
    closest = {}
    for row in sorted(rows, key=lambda row: row.margin):
        lesson, data = row.place.split()[:2]
        if row.judged and row.margin < FAR and lesson != TESTS[:2]:
            closest.setdefault((lesson, data, row.text), row)
    for place, row in sorted(closest.items()):
        numbers = row.value, row.deviation, row.limit, row.margin
        yield [*place, row.n, *map(short, numbers)]


def short(value):
    return f"{value:.4g}" if isinstance(value, float) else value


def read(path=FILE):
    """The rows of the file: dicts of texts, `runs` and `margin` numbers."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row | {"runs": int(row["runs"]), "margin": float(row["margin"])} for row in rows]


def comparisons(source):
    """The comparisons that a run notes of the assertions in a cell, as it writes them down."""
    watch, rewriting = machinery()
    rewriting(watch).visit(ast.parse(source))
    found = [each for one in watch.assertions for each in one.comparisons]
    return {each.text for each in found} | {f"{each.text} (not)" for each in found}


def machinery():
    """A watch and the class that rewrites for it, of the modules that stand in the kernels."""
    sys.path.insert(0, str(KERNEL))
    try:
        import machine_watch
    finally:
        sys.path.remove(str(KERNEL))
    return machine_watch.Watch(lambda facts: None), machine_watch.Rewriting
