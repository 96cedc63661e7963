"""How much faster a sweep is with two workers than with one, side by side in one run.

    python -m benchmarks.sweeping [--rounds 3] [--data full]

Trains eight networks [784, 30, 10] for three epochs each, in turns with one worker and with two.
The workers are started anew each round, so their start is part of the time.
"""

import argparse
import statistics
import time

from joblib.externals.loky import get_reusable_executor

from nnlib import sweep


def seconds(workers, data):
    """Wall time of the eight runs, in seconds."""
    get_reusable_executor().shutdown(wait=True)
    start = time.perf_counter()
    sweep.run(sweep.grid(epochs=3, seed=range(8)), data, workers=workers, progress=False)
    return time.perf_counter() - start


def main():
    """Print the seconds of each round and the median of their ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data", choices=["full", "mini"], default="full")
    arguments = parser.parse_args()
    ratios = []
    for number in range(arguments.rounds):
        one, two = (seconds(workers, arguments.data) for workers in (1, 2))
        ratios.append(one / two)
        print(f"round {number}: one worker {one:.1f} s, two {two:.1f} s, ratio {ratios[-1]:.2f}")
    print(f"median ratio {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
