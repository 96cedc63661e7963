"""One run in processes of its own: notebook or tests, on the machine that was asked for."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree

from tests.machines import plan
from tests.machines.plan import ARCHITECTURES, KEPT, KERNEL, ROOT, TESTS
from tools.store_notebooks import ONE_THREAD

OLDEST = "Prescott"  # what every processor can play
LIMIT = 3600  # seconds for one run
START_UP = "__import__('machine_watch').start(get_ipython())\n"
TRY_KERNEL = """
import numpy as np
from threadpoolctl import threadpool_info
for dtype in (np.float32, np.float64):
    matrix = np.ones((200, 200), dtype)
    assert (matrix @ matrix == 200).all()
print(*{pool.get("architecture") for pool in threadpool_info() if pool["user_api"] == "blas"})
"""


def environment(kernel, threads=1, data="full"):
    """The environment of a process that plays a processor and loads one of the sets."""
    counts = dict.fromkeys(ONE_THREAD, str(threads))
    digits = {"NNLIB_OFFLINE": "1"} | ({"NNLIB_DATA": ""} if data == "small" else {})
    kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_L2_SIZE"}
    return kept | counts | digits | {"OPENBLAS_CORETYPE": kernel}


def has(data):
    """Whether the set is here; the small one is not where downloaded digits take its place."""
    script = "from nnlib import mnist; print(mnist.load().name)"
    name = {"full": "full", "small": "mini"}[data]
    return printed(script, environment(OLDEST, data=data)).endswith(f"{name}\n")


def printed(script, environment):
    """What a Python script prints; nothing if it fails."""
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    return done.stdout if done.returncode == 0 else ""


def available(kernel):
    """Whether this processor can play the kernel: OpenBLAS takes it, and it can multiply."""
    found = set(printed(TRY_KERNEL, environment(kernel)).split())
    return bool(found) and found <= ARCHITECTURES[kernel]


def run(run, path=None):
    """The result of a run, a dict; see `plan.Run`.

    path: the notebook, if it is none of the lessons.  Result: red, a dict from cell or test to
    its message; error, what makes the run worth nothing, or None; machines, pairs
    (architectures, threads) of its processes; large, whether it made a large network; comparisons,
    what the assertions measured; seconds; and the fingerprints.
    """
    before, start = fingerprint(run, path), time.monotonic()
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=KEPT, prefix="run-") as folder:
        said = in_folder(run, Path(folder), path)
        result = read(run, Path(folder), said)
    after = fingerprint(run, path)
    changed = {} if before == after else {"code": "changed during the run"}
    return result | {"seconds": round(time.monotonic() - start, 1)} | before | changed


def fingerprint(run, path):
    return {} if path else plan.fingerprint(run.subject)


def in_folder(run, folder, path=None):
    """Run pytest with its files in the folder; what it printed.

    A notebook is copied there, since lessons write files, and two runs may be at the same one.
    """
    lesson = folder / f"{run.subject}.ipynb"
    if run.subject == TESTS:
        chosen = ["-m", "trains", TESTS]
    else:
        shutil.copy(path or ROOT / "notebooks" / lesson.name, lesson)
        chosen = ["--nbval-cell-timeout=600", str(lesson)]
    options = ["-n", "0", "-q", "-p", "no:cacheprovider", f"--junitxml={folder / 'junit.xml'}"]
    command = [sys.executable, "-m", "pytest", *options, *chosen]
    settings = {"cwd": ROOT, "env": surroundings(run, folder), "timeout": LIMIT}
    # What takes too long has no result, which is an error anyway.
    with open(folder / "printed", "wb") as file, suppress(subprocess.TimeoutExpired):
        subprocess.run(command, **settings, stdout=file, stderr=subprocess.STDOUT)
    return (folder / "printed").read_text(encoding="utf-8", errors="replace")


def surroundings(run, folder):
    """The environment of a run: machine, data set, start-up of Python and of the kernel."""
    start_up = folder / "ipython" / "profile_default" / "startup"
    start_up.mkdir(parents=True)
    (start_up / "watch.py").write_text(START_UP, encoding="utf-8")
    return environment(run.kernel, run.threads, run.data) | {
        "PYTHONPATH": os.pathsep.join([str(KERNEL), str(ROOT)]),
        "IPYTHONDIR": str(start_up.parent.parent),
        "MACHINES_NOTEBOOK": str(folder / f"{run.subject}.ipynb"),
        "MACHINES_RECORD": str(folder / "record"),
        "MACHINES_SHAKE": str(run.shake),
    }


def read(run, folder, said):
    """What the files in the folder tell of a run; see `run`."""
    record = [json.loads(line) for line in lines(folder / "record")]
    machines = [[each["architectures"], each["threads"]] for each in of_kind(record, "machine")]
    red, tests = reds(folder / "junit.xml")
    return {
        "red": red,
        "error": wrong_machine(run, machines) or (None if tests else said[-2000:] or "no result"),
        "machines": [list(each) for each in dict.fromkeys(map(as_tuples, machines))],
        "large": bool(of_kind(record, "large network")),
        "comparisons": of_kind(record, "assertion"),
    }


def lines(path):
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def of_kind(record, kind):
    """The lines of a record of one kind, without the kind."""
    return [
        {key: value for key, value in each.items() if key != "kind"}
        for each in record
        if each["kind"] == kind
    ]


def as_tuples(machine):
    return tuple(map(tuple, machine))


def wrong_machine(run, machines):
    """A sentence if a process was on another machine than the run asks for, otherwise None."""
    wanted = ARCHITECTURES[run.kernel]
    if len(machines) < 2:  # pytest itself and the kernel, or pytest alone
        return None if machines and run.subject == TESTS else "no machine was noted in the kernel"
    for architectures, threads in machines:
        if not architectures or not set(architectures) <= wanted or threads != [run.threads]:
            return f"asked for {run.kernel} with {run.threads}, got {architectures} with {threads}"
    return None


def reds(path):
    """(failed cells or tests with the last lines of their messages, number of all)."""
    if not path.exists():
        return {}, 0
    cases = list(ElementTree.parse(path).iter("testcase"))
    bad = [(case, case.find("failure")) for case in cases]
    bad += [(case, case.find("error")) for case in cases]
    return {name(case): message(found) for case, found in bad if found is not None}, len(cases)


def name(case):
    """Cell of a notebook, or file and name of a test."""
    place = case.get("classname", "").rsplit(".", 1)[-1]
    own = case.get("name")
    return own if own.startswith("Cell ") else f"{place}::{own}"


def message(found):
    """What went wrong, without colors: the lines that tell it in a traceback or a comparison."""
    text = re.sub(r"(#x1B|\x1b)\[[\d;]*m", "", found.text or found.get("message", ""))
    kept = [line.strip() for line in text.splitlines() if line.strip()]
    errors = [line for line in kept if line.startswith("E ")][:1]
    marked = [line for line in kept if re.match(r"-+> *\d+|mismatch|[-+] ", line)][-3:]
    return " | ".join(dict.fromkeys([*errors, *marked, *kept[-1:]]))[:400]


def all_of(runs, jobs, report):
    """Run them, `jobs` at a time, longest first, and keep each result.

    report: called as report(run, result) after each.
    """
    with ThreadPoolExecutor(jobs) as pool:
        waiting = {pool.submit(run_and_keep, each): each for each in sorted(runs, key=cost)}
        try:
            for done in as_completed(waiting):
                report(waiting[done], done.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def run_and_keep(one):
    result = run(one)
    one.keep(result)
    return result


def cost(run):
    """For sorting: what took longest comes first, and before it what never ran."""
    known = run.result()
    return -known["seconds"] if known else -LIMIT
