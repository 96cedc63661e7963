"""The plugin of pytest that lets nbval compare pictures, and numbers within bands."""

from collections import Counter
from functools import cache

from nbval.plugin import IPyNbCell

from tests.comparing import cells
from tools import arithmetic

WHAT = {
    "cells": "cells compared",
    "pictures": "pictures compared",
    "numbers": "numbers compared",
    "evidence": "evidence cells",
}
_of_nbval = IPyNbCell.compare_outputs


here = cache(arithmetic.of_kernels)


def other(stored):
    """None if a notebook was computed as is done here, else what is another: see `numbers`.

    stored: what the notebook says of it; one that says nothing has to come out the same.
    """
    if stored is None or stored == here():
        return None
    return "processor" if stored["digits"] == here()["digits"] else "digits"


def compare_outputs(cell, test, ref, skip_compare=None):
    """What nbval does, and then pictures and bands: whether all is well with a cell."""
    if not _of_nbval(cell, test, ref, skip_compare):
        return False
    stored = cell.parent.nb.metadata.get("computed_with")
    name = f"{cell.path.stem}-{cell.cell_num}"
    found, counted = cells.faults(ref, test, lambda: other(stored), name)
    cell.user_properties += counted.items()
    cell.comparison_traceback = found
    return not found


IPyNbCell.compare_outputs = compare_outputs


def pytest_terminal_summary(terminalreporter):
    """A line with what was compared in all notebooks, by all workers."""
    reports = [each for kind in terminalreporter.stats.values() for each in kind]
    totals = Counter()
    for report in reports:
        for name, count in getattr(report, "user_properties", ()):
            totals[name] += count if name in WHAT and report.when == "call" else 0
    if totals:
        terminalreporter.write_line(", ".join(f"{totals[key]:,} {WHAT[key]}" for key in WHAT))


def pytest_runtest_call(item):
    """Evidence shows nothing; that it ran is counted."""
    if isinstance(item, IPyNbCell) and "evidence" in item.cell.metadata.get("tags", []):
        item.user_properties.append(("evidence", 1))
