"""How much faster a sweep is with two workers than with one, side by side in one run.

    python -m benchmarks.sweeping [--rounds 3] [--epochs 6] [--data full]

Trains eight networks [784, 30, 10], in turns with one worker and with two. The workers are started
anew each round, so their start is part of the time. Beside it, the same eight runs in one process
and in two that know nothing of each other: what this machine can gain at all, at this moment.
"""

import argparse
import statistics
import subprocess
import sys
import time

from joblib.externals.loky import get_reusable_executor

from course.measured import sweep

SEEDS = range(8)


def train(seeds, epochs, data):
    """A sweep with one worker, in this process."""
    settings = sweep.grid(epochs=epochs, seed=list(seeds))
    return sweep.run(settings, data, workers=1, progress=False)


def seconds_of_workers(workers, epochs, data):
    """Wall time of the eight runs as one sweep, in seconds."""
    get_reusable_executor().shutdown(wait=True)
    start = time.perf_counter()
    sweep.run(sweep.grid(epochs=epochs, seed=SEEDS), data, workers=workers, progress=False)
    return time.perf_counter() - start


def seconds_of_processes(count, epochs, data):
    """Wall time of the eight runs, shared out among so many separate processes, in seconds."""
    start = time.perf_counter()
    lines = [
        f"from benchmarks.sweeping import train; train({list(SEEDS)[k::count]}, {epochs}, {data!r})"
        for k in range(count)
    ]
    processes = [subprocess.Popen([sys.executable, "-c", line]) for line in lines]
    codes = [process.wait() for process in processes]
    if any(codes):
        raise RuntimeError("one of the processes failed")
    return time.perf_counter() - start


def main():
    """Print the seconds of each round and the medians of their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--data", choices=["full", "mini"], default="full")
    arguments = parser.parse_args()
    of_sweep, of_machine = [], []
    for number in range(arguments.rounds):
        for name, measure, ratios in (
            ("sweep", seconds_of_workers, of_sweep),
            ("separate processes", seconds_of_processes, of_machine),
        ):
            one, two = (measure(count, arguments.epochs, arguments.data) for count in (1, 2))
            ratios.append(one / two)
            print(f"round {number}, {name}: {one:.1f} s and {two:.1f} s, ratio {one / two:.2f}")
    print(f"median ratio of the sweep {statistics.median(of_sweep):.2f}")
    print(f"median ratio of separate processes {statistics.median(of_machine):.2f}")


if __name__ == "__main__":
    main()
