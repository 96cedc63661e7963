"""`python -m nnlib.mnist`: complete and verify the full set."""

import argparse
import sys

from nnlib import mnist
from nnlib.mnist._originals import mend_command


def main(arguments=()):
    """Complete and verify the full set, and say what is in use; 1 if it could not be had."""
    parser = argparse.ArgumentParser(
        prog="python -m nnlib.mnist",
        description="Complete and verify the full set, and say what is in use.",
    )
    parser.parse_args(arguments)
    try:
        mnist.mend()
        print(f"{mnist.load('full')}, complete and verified.")
        return 0
    except (OSError, ValueError) as error:
        print(f"{error}\nUntil then there is this: {mnist.load('mini')}.")
    except KeyboardInterrupt:
        print(f"Stopped. The files that are complete stay. To go on, run: {mend_command()}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
