"""Re-run the notebooks, and the tests that train, as they would run on other processors.

    python -m tests.machines                 all of it: about an hour on two cores
    python -m tests.machines --cut           what .ci/run checks on every change
    python -m tests.machines --notebooks 07 09 --kernels Haswell Nehalem --shakes 0 --no-tests
    python -m tests.machines --report        the report of what has been run, and nothing more
    python -m tests.machines --record        the same, and margins.csv is written anew from it

Results are kept in build/machines and made again when the notebook, nnlib, data/ or NumPy have
changed; comments and prose do not count. At the end stand all assertions on trained networks, each
with its margin in standard deviations. Exits with 1 if a run was red or not made, or if a margin is
under 3; with --cut margins are only told, since few runs tell no deviation.
"""

import argparse
import sys
from functools import cache

from tests.machines import margins, plan, report, running
from tests.machines.plan import ARCHITECTURES, SETS, TESTS
from tools.store_notebooks import lessons


def arguments():
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    kernels = list(ARCHITECTURES)
    add("--notebooks", nargs="+", metavar="NN", default=[], help="starts of their names (all)")
    add("--kernels", nargs="+", choices=kernels, default=kernels, help="OpenBLAS kernels (all)")
    add("--threads", nargs="+", type=int, default=[1, 2], help="of BLAS (1 and 2)")
    add("--sets", nargs="+", choices=SETS, default=list(SETS), help="of digits (both)")
    add("--shakes", type=int, default=20, help="number of shaken starts (20)")
    add("--tests", action=argparse.BooleanOptionalAction, default=True, help="those that train")
    add("--cut", action="store_true", help="a few runs of lessons 05 to 11 instead of all")
    add("--jobs", type=int, default=2, help="runs at a time (2)")
    add("--again", action="store_true", help="run also what is known")
    add("--keep-stale", action="store_true", help="take results of earlier code for known")
    add("--report", action="store_true", help="run nothing")
    add("--record", action="store_true", help="run nothing, and keep the margins in margins.csv")
    options = parser.parse_args()
    options.report = options.report or options.record
    return options


def wanted(options):
    """The runs that the options ask for and this computer can do; says what it cannot."""
    sets = [name for name in options.sets if running.has(name)]
    for name in set(options.sets) - set(sets):
        print(f"the {name} set cannot be loaded here: see nnlib/mnist/")
    if options.cut:
        asked = plan.cut(sets)
    else:
        subjects = [path.stem for path in lessons(options.notebooks)] + [TESTS] * options.tests
        asked = plan.runs(subjects, options.kernels, options.threads, sets, options.shakes)
    here = {kernel: running.available(kernel) for kernel in {run.kernel: None for run in asked}}
    for kernel, can in here.items():
        print(f"{kernel}: {'played by' if can else 'not on'} this processor", flush=True)
    return [run for run in asked if here[run.kernel]]


@cache
def fingerprint(subject):
    return plan.fingerprint(subject)


def known(run, keep_stale=False):
    """The kept result of a run if it was made with the present notebook and code."""
    result = run.result()
    current = fingerprint(run.subject)
    if keep_stale and result:
        result["code"] = current["code"]
    return result if result and all(result[key] == current[key] for key in current) else None


def makes_large_networks(run, keep_stale):
    """Whether a shake can change anything in this notebook, as far as its results tell."""
    same = plan.runs([run.subject], ARCHITECTURES, (1, 2), SETS, 0)
    results = [result for each in same if (result := known(each, keep_stale))]
    return not results or any(result["large"] for result in results)


def make(runs, options):
    """Run those whose results are not known, and say of each how it went."""
    missing = [run for run in runs if options.again or not known(run, options.keep_stale)]
    done = []

    def heard(run, result):
        done.append(run)
        at = f"[{len(done)}/{len(missing)}]"
        print(f"{at} {run}: {result['seconds']:.0f} s, {report.said(result)}", flush=True)

    running.all_of(missing, options.jobs, heard)


def conclude(runs, options):
    """Print the report on the known results of the runs; whether all is well."""
    pairs = [(run, known(run, options.keep_stale)) for run in runs]
    results = [result for _, result in pairs if result]
    red = [(run, result) for run, result in pairs if result and report.is_red(result)]
    found = report.rows(results)
    under = report.faults(found)
    print("\nassertions on trained networks, margins in standard deviations:")
    print(report.table(found))
    for run, result in red:
        print(f"{run}: {report.said(result)}")
    print(f"\n{len(results)} runs, {len(runs) - len(results)} not made, {len(red)} red;")
    clocks = sum(not row.judged for row in found)
    print(f"{len(found)} assertions vary, {clocks} of them with the clock, which are not judged;")
    print(f"{len(under)} are under {report.LEAST}")
    if options.record:
        margins.write(found)
    return len(results) == len(runs) > 0 and not red and (options.cut or not under)


def main():
    """Run what is missing, report, and exit with 1 if something is wrong."""
    options = arguments()
    runs = wanted(options)
    if not options.report:
        make([run for run in runs if not run.shake], options)
    runs = [run for run in runs if not run.shake or makes_large_networks(run, options.keep_stale)]
    if not options.report:
        make(runs, options)
    well = conclude(runs, options)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
