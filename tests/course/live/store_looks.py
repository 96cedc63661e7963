"""Store the looks of a lesson anew, after they were meant to change, and print the differences."""

import sys
from importlib import import_module

from tests.course.live.looks import differences, store, stored


def store_anew(folder):
    """Store what `LOOKS` of a folder's test_looks.py give now; print each line that differs."""
    tests = import_module(f"tests.course.{folder}.test_looks")
    before = stored(tests.STORED) if tests.STORED.exists() else {}
    now = {name: make() for name, make in tests.LOOKS.items()}
    for name, lines in now.items():
        for one, other in differences(before.get(name, []), lines):
            print(f"{name}\n  - {one}\n  + {other}")
    store(tests.STORED, now)


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        store_anew(folder)
