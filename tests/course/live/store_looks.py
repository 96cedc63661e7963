"""Store the looks of a lesson anew, after they were meant to change: `... .store_looks 01`."""

import sys
from importlib import import_module

from tests.course.live.looks import differences, store, stored

if __name__ == "__main__":
    for folder in sys.argv[1:]:
        tests = import_module(f"tests.course.{folder}.test_looks")
        before = stored(tests.STORED) if tests.STORED.exists() else {}
        now = {name: make() for name, make in tests.LOOKS.items()}
        for name, lines in now.items():
            for one, other in differences(before.get(name, []), lines):
                print(f"{name}\n  - {one}\n  + {other}")
        store(tests.STORED, now)
