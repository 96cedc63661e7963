"""What the commands share that measure on both sets of digits and write a table of it."""

import argparse
from datetime import date

from course import environment
from course.measured import tables
from nnlib import mnist, storage


def parser(head, description, path):
    """Of the command in the first line of a table's head; with --path, the CSV file to write."""
    made = argparse.ArgumentParser(prog=head.splitlines()[0], description=description)
    made.add_argument("--path", type=place, default=path, help=f"the CSV file ({path.name})")
    return made


def place(typed):
    """The path that somebody typed, if a file can be written there: not to be told hours later."""
    try:
        return storage.writable(typed)
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def both_sets():
    """The full set and the small one; [] and a printed reason if the full one cannot be had."""
    try:
        return [mnist.load(name) for name in ("full", "mini")]
    except (OSError, ValueError) as error:
        print(error)
        return []


def told(row):
    """Print a row, a dict, as soon as it is measured, and hand it on."""
    print(", ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    return row


def write(path, columns, rows, head):
    """Write rows, dicts, under a head that ends in what made them; the status of the command.

    Without rows nothing is written, and the status is 1.
    """
    if not rows:
        return 1
    made = f"{date.today().isoformat()}, {environment.versions('NumPy', 'nnlib')}"
    cells = [[row[name] for name in columns] for row in rows]
    tables.save_table(path, columns, cells, head + made)
    return 0
