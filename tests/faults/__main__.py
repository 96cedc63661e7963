"""`python -m tests.faults --interruptions 300`: interrupt the work of the course at random."""

import argparse
import sys
import time
import traceback

from tests.faults import interruptions


def main(typed=None):
    """Interrupt so often as was asked for and print what was not whole; 1 if anything was not."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--interruptions", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=0, help="of the places where they come")
    options = parser.parse_args(typed)
    start, bad = time.monotonic(), 0
    for one in interruptions.plan(options.interruptions, options.seed):
        try:
            interruptions.interrupt(one)
        except Exception:
            bad += 1
            print(one, traceback.format_exc(limit=-2), sep="\n", flush=True)
    seconds = time.monotonic() - start
    print(f"{options.interruptions} interruptions in {seconds:.0f} seconds: {bad} left a fault.")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
