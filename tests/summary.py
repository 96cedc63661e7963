"""What a run of .ci/run has shown, on a few lines.

    python -m tests.summary build/ci

The folder has tests.xml, which pytest writes with --junitxml. The runs on other processors are
read from build/machines, the planted faults from build/mutants; only what is newer than the mark
`started` in the folder counts.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from course.paths import ROOT

SLOWEST = 10
COMPARED = {  # what tests/comparing counts
    "cells": "cells",
    "pictures": "pictures",
    "numbers": "numbers",
    "evidence": "evidence cells",
}
BAD = "failure", "error"


def of_tests(path):
    """Lines on the tests: how many, the notebooks, what was compared, the slowest."""
    if not path.exists():
        return ["tests: no result"]
    cases = list(ElementTree.parse(path).iter("testcase"))
    how = Counter(outcome(case) for case in cases)
    counts = ", ".join(f"{how[kind]:,} {kind}" for kind in ("passed", "skipped", "failed"))
    compared = counted(cases)
    told = ", ".join(f"{compared[key]:,} {name}" for key, name in COMPARED.items())
    cells = Counter(case.get("classname") for case in cases if is_cell(case))
    return [
        f"tests: {counts}",
        f"notebooks: {len(cells)} run, {cells.total():,} cells; compared: {told}",
        *[f"failed: {name(case)}" for case in cases if outcome(case) == "failed"],
        "slowest:",
        *slowest(cases),
    ]


def outcome(case):
    """passed, skipped or failed."""
    if any(case.find(kind) is not None for kind in BAD):
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


def counted(cases):
    """The sum of every number that tests noted as a property."""
    found = Counter()
    for each in (each for case in cases for each in case.iter("property")):
        if each.get("name") in COMPARED:
            found[each.get("name")] += int(each.get("value"))
    return found


def is_cell(case):
    return "notebooks" in case.get("classname") and case.get("name").startswith("Cell ")


def name(case):
    return f"{case.get('classname')}::{case.get('name')}"


def slowest(cases):
    """The tests and whole notebooks that took longest, with their seconds."""
    seconds = Counter()
    for case in cases:
        key = case.get("classname") if is_cell(case) else name(case)
        seconds[key] += float(case.get("time"))
    return [f"    {took:6.1f} s  {key}" for key, took in seconds.most_common(SLOWEST)]


def of_machines(folder, since):
    """One line on the runs on other processors: which, how many, how many were red."""
    results = [json.loads(path.read_text(encoding="utf-8")) for path in newer(folder, since)]
    if not results:
        return ["other processors: none"]
    kernels = Counter(each["kernel"] for each in results)
    red = sum(bool(each["red"] or each["error"]) for each in results)
    told = ", ".join(f"{kernel} {count}" for kernel, count in sorted(kernels.items()))
    notebooks = len({each["subject"] for each in results})
    return [f"other processors: {len(results)} runs of {notebooks} notebooks ({told}), {red} red"]


def of_mutants(folder, since):
    """One line on the faults that were planted in what has changed."""
    reports = newer(folder, since, "report.txt")
    last = [path.read_text(encoding="utf-8").strip().splitlines()[-1] for path in reports]
    return [f"mutants of the changed files: {line}" for line in last] or ["mutants: none"]


def newer(folder, since, pattern="*.json"):
    """The files of a folder that were written after a time."""
    return sorted(path for path in folder.glob(pattern) if path.stat().st_mtime >= since)


def lines(folder, build):
    """The whole summary."""
    mark = folder / "started"
    since = mark.stat().st_mtime if mark.exists() else 0
    return [
        *of_tests(folder / "tests.xml"),
        *of_machines(build / "machines", since),
        *of_mutants(build / "mutants", since),
    ]


def main():
    """Print it."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("folder", type=Path, help="where tests.xml is")
    print("", *lines(parser.parse_args().folder, ROOT / "build"), sep="\n")


if __name__ == "__main__":
    main()
