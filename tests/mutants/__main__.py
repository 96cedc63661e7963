"""Plant faults in a copy of the course and tell which of them no test notices.

    python -m tests.mutants --sample 40 --seed 1            40 faults, of all areas and kinds
    python -m tests.mutants --files nnlib/network.py        of one file, all if there is no --sample
    python -m tests.mutants --areas pages --kinds prose     of one area, kinds by a word of theirs
    python -m tests.mutants --changed HEAD~1                a handful in what has changed since
    python -m tests.mutants --list --files nnlib/network.py the faults themselves, none is run

The tests that matter for the file are run, those nearest first, up to the first that fails. A fault
that is known to make no difference stands with its reason in tests/mutants/survivors.toml. The last
report is kept in build/mutants. Exits with 1 if less than 95 of 100 are caught. With --changed no
cells are run, what takes long is given up, and the survivors are only told: a minute or two.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from course.paths import ROOT
from tests.mutants import choice, plan, report, survivors
from tests.mutants.report import Verdict
from tests.mutants.trees import TIME, Tree, copy

KEPT = ROOT / "build" / "mutants"
HANDFUL, HANDFUL_TIME = 6, 60  # mutants; seconds after which no other one is begun
HANDFUL_EACH = 20  # seconds for one of them: slow tests take no time from the others


def arguments(words=None):
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutants",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--sample", type=int, metavar="N", help="number of faults (all; 6 with --changed)")
    add("--seed", type=int, default=1, help="of the sample (1)")
    add("--files", nargs="+", metavar="PATH", default=[], help="plant in these only")
    add("--areas", nargs="+", choices=choice.AREAS, default=[], help="plant in these only")
    add("--kinds", nargs="+", metavar="WORD", default=[], help="kinds with such a word (all)")
    add("--changed", metavar="REVISION", help="plant in what differs from a revision of git")
    add("--jobs", type=int, default=1, help="copies that are tested side by side (1)")
    add("--limit", type=float, default=900, metavar="SECONDS", help="for one fault (900)")
    add("--notebooks", action=argparse.BooleanOptionalAction, default=True, help="run cells too")
    add("--list", action="store_true", help="print the faults, run nothing")
    add("--known", action="store_true", help="run those that are listed as survivors")
    return parser.parse_args(words)


def chosen(options, root):
    """The mutants that the options ask for."""
    known = survivors.load(root)
    if options.known:
        return [each.mutant for each in known if each.mutant]
    n = options.sample or (HANDFUL if options.changed else None)
    drawn = plan.sample(root, paths(options, root), n, options.seed, options.kinds)
    return [mutant for mutant in drawn if not survivors.is_known(root, mutant, known)]


def paths(options, root):
    """The files that the options ask for."""
    areas = choice.files(root)
    wanted = {Path(path).as_posix() for path in options.files} or set(areas)
    if options.changed:
        wanted &= set(plan.changed(ROOT, options.changed))
    in_areas = options.areas or choice.AREAS
    return [path for path, area in areas.items() if path in wanted and area in in_areas]


def tried(mutants, options, root):
    """The verdict on each mutant, as it comes; prints one line for each."""
    last = time.monotonic() + (HANDFUL_TIME if options.changed else float("inf"))
    trees = SimpleQueue()
    limit = min(options.limit, HANDFUL_EACH) if options.changed else options.limit
    made = [Tree(root, root.with_name(f"tree{n}"), limit) for n in range(options.jobs)]
    for tree in made:
        trees.put(tree)

    def one(mutant):
        """None if there was no time: with --changed a time limit tells nothing of a fault."""
        found = verdict(root, mutant, trees, options) if time.monotonic() < last else None
        return None if found and options.changed and found.by == TIME else found

    try:
        with ThreadPoolExecutor(options.jobs) as pool:
            for each in filter(None, pool.map(one, mutants)):
                print(line(each, root), flush=True)
                yield each
    finally:
        for tree in made:
            tree.close()


def verdict(root, mutant, trees, options):
    """Plant it in a copy that is free, and run its tests, then the cells of its notebooks."""
    tree, start = trees.get(), time.monotonic()
    try:
        *tests, notebooks = choice.stages(root, mutant)
        whole = options.notebooks and not options.changed
        by = tree.noticed(mutant, [*tests, notebooks] if whole else tests)
        return Verdict(mutant, by, time.monotonic() - start)
    finally:
        trees.put(tree)


def line(verdict, root):
    """One line on a mutant that was caught; one that was not is shown at once."""
    if verdict.by is None:
        return f"{verdict.seconds:4.0f} s  SURVIVED: {report.shown(root, verdict.mutant)}"
    place = f"{verdict.mutant.path}  ({verdict.mutant.kind})"
    return f"{verdict.seconds:4.0f} s  {place}  caught by {verdict.by}"


def concluded(verdicts, root):
    """The report as a text, and the share that was caught."""
    lost = [each.mutant for each in verdicts if not each.by]
    parts = [report.table(root, verdicts)]
    parts += [report.shown(root, mutant) for mutant in lost]
    caught = len(verdicts) - len(lost)
    parts.append(f"{caught} of {len(verdicts)} planted faults caught")
    return "\n\n".join(parts), caught / max(1, len(verdicts))


def main():
    """Plant, run, report; exit with 1 if too few were caught."""
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        # The course as it is now: whoever goes on working in the checkout disturbs nothing.
        root = copy(ROOT, Path(folder, "course"))
        mutants = chosen(options, root)
        if options.list or not mutants:
            print("\n".join(report.shown(root, each) for each in mutants) or "nothing to plant")
            return
        said, share = concluded(list(tried(mutants, options, root)), root)
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / "report.txt").write_text(said + "\n", encoding="utf-8")
    print(f"\n{said}")
    sys.exit(0 if share >= report.LEAST or options.changed else 1)


if __name__ == "__main__":
    main()
