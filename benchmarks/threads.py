"""One epoch with the number of BLAS threads that this machine sets by itself, beside one thread.

    python -m benchmarks.threads

Two processes train the same network in turn: one as a student's notebook starts, one with the
number of threads set to 1 from outside, as the tests have it. First nothing else is running, then a
process that keeps one core busy. The ratio of each round is what counts; about 1 is wanted.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
WORKER = "from benchmarks.threads import serve; serve()"
BUSY = "while True: pass"


def serve():
    """For each line of the standard input, a hidden size, print the seconds of one epoch."""
    from nnlib import mnist
    from nnlib.network import Network

    train = mnist.load("full").train
    for line in sys.stdin:
        network = Network([784, int(line), 10], rng=0)
        start = time.perf_counter()
        network.SGD(train, 1, 10, 3.0, on_epoch=None)
        print(time.perf_counter() - start, flush=True)


def worker(**variables):
    """A process that serves, with these environment variables and no other setting of threads."""
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES}
    return subprocess.Popen(
        [sys.executable, "-c", WORKER],
        env=environment | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
    )


def epoch(process, hidden):
    """Seconds that a worker needs for one epoch."""
    process.stdin.write(f"{hidden}\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def measure(workers, hidden, rounds):
    """Seconds of each worker, by name, one list entry a round, in turn."""
    for process in workers.values():
        epoch(process, hidden)  # the first is not counted
    seconds = {name: [] for name in workers}
    for _ in range(rounds):
        for name, process in workers.items():
            seconds[name].append(epoch(process, hidden))
    return seconds


def report(seconds, hidden, company):
    """Print medians and the median of the ratios."""
    by_itself, one = seconds["machine's own"], seconds["one thread"]
    ratio = statistics.median(a / b for a, b in zip(by_itself, one, strict=True))
    print(
        f"[784, {hidden}, 10] {company:30} machine's own {statistics.median(by_itself):6.3f} s   "
        f"one thread {statistics.median(one):6.3f} s   ratio {ratio:5.2f}",
        flush=True,
    )


def compare(hidden_sizes, rounds):
    """Measure and print, alone and beside a busy process."""
    workers = {"machine's own": worker(), "one thread": worker(**dict.fromkeys(VARIABLES, "1"))}
    try:
        for hidden in hidden_sizes:
            report(measure(workers, hidden, rounds), hidden, "alone")
            with subprocess.Popen([sys.executable, "-c", BUSY]) as busy:
                seconds = measure(workers, hidden, rounds)
                busy.kill()
            report(seconds, hidden, "beside a busy process")
    finally:
        for process in workers.values():
            process.kill()


def main():
    """Measure as the command line asks."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hidden", type=int, nargs="+", default=[30, 100])
    arguments = parser.parse_args()
    compare(arguments.hidden, arguments.rounds)


if __name__ == "__main__":
    main()
