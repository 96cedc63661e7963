"""Store the looks of a lesson anew, after they were meant to change, and print the differences.

python -m tests.course.live.store_looks lesson01 figures
"""

import argparse
from difflib import unified_diff
from importlib import import_module

from tests.course.live.looks import store, stored


def store_anew(folder):
    """Store what `LOOKS` of a folder's test_looks.py give now; print each line that differs."""
    tests = import_module(f"tests.course.{folder}.test_looks")
    before = stored(tests.STORED) if tests.STORED.exists() else {}
    now = {name: make() for name, make in tests.LOOKS.items()}
    for name, lines in now.items():
        for line in unified_diff(before.get(name, []), lines, name, name, lineterm="", n=0):
            print(line)
    store(tests.STORED, now)


def main():
    """Store those of the folders that are asked for."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="in tests/course")
    for folder in parser.parse_args().folders:
        store_anew(folder)


if __name__ == "__main__":
    main()
