"""The ledger: published accuracies of these networks beside ours, over fixed seeds.

    python -m course.measured.ledger

trains every network of the table on the full set and writes data/ledger.csv. Stopped, it goes on
where it was; to begin anew, remove the file. Rows are never edited by hand.
"""

import argparse
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from course.measured import sweep, tables
from course.paths import ROOT
from nnlib import commands

PATH = ROOT / "data" / "ledger.csv"
FIRST_SEEDS, MORE_SEEDS = range(5), range(5, 20)
SETTING = [name for name in sweep.DEFAULTS if name != "seed"]  # what a row of the ledger fixes


@dataclass(frozen=True)
class Entry:
    """One row: a setting, what has been published for it, and how many seeds we run.

    published: pairs (percent of the test images, who says so), for example ((96.38, "notes"),);
        () if nobody does.
    """

    setting: dict
    published: tuple = ()
    seeds: int = 10


ENTRIES = [
    Entry(
        {"sizes": [784, 30, 10], "eta": 3.0},
        ((95.42, "book, best of 3"), (95.02, "notes"), (94.85, "notes")),
    ),
    Entry({"sizes": [784, 60, 10], "eta": 3.0}, ((96.38, "notes"),)),
    Entry({"sizes": [784, 100, 10], "eta": 3.0}, ((96.59, "book, best of 3"),)),
    Entry({"sizes": [784, 40, 10], "eta": 1.0}, ((94.69, "notes"),)),
    Entry(
        {"sizes": [784, 30, 10], "eta": 1.0, "mini_batch_size": 50, "epochs": 25},
        ((83.97, "notes"),),
    ),
    Entry({"sizes": [784, 30, 10], "eta": 0.1, "epochs": 25}, ((91.01, "notes"),)),
    Entry({"sizes": [784, 10], "eta": 1.0}, ((75.83, "notes"),)),
    Entry({"sizes": [784, 30, 10], "eta": 0.001}, ((25.69, "paper"),)),
    Entry({"sizes": [784, 100, 10], "eta": 0.001}, ((21.42, "book"),)),
    Entry(
        {"sizes": [784, 30, 10], "eta": 100.0},
        ((8.92, "paper"), (10.09, "book"), (9.82, "book")),
    ),
    Entry({"sizes": [784, 30, 10], "eta": 3.0, "init": "scaled"}, seeds=20),
    Entry({"sizes": [784, 100, 10], "eta": 3.0, "init": "scaled"}, seeds=20),
    Entry({"sizes": [784, 10], "eta": 1.0, "init": "scaled"}, seeds=20),
]


def settings():
    """Every run of the ledger: the first five seeds of all entries, then the others."""
    return [
        {**entry.setting, "seed": seed}
        for seeds in (FIRST_SEEDS, MORE_SEEDS)
        for entry in ENTRIES
        for seed in seeds
        if seed < entry.seeds
    ]


def read(path=PATH):
    """All runs as a table, one row a run; see `sweep.run` for the columns."""
    return sweep.read(path)


def summary(table):
    """One row an entry, in the order of ENTRIES, as a `tables.Records`.

    Columns: network, start, eta, m, epochs; published, see `published_text`; those of
    `sweep.statistics`; best, the median of the accuracy after the best epoch; seconds, the median
    time of a run.  Raises ValueError if an entry has no run.
    """
    return tables.from_rows([_summary(entry, runs(table, entry)) for entry in ENTRIES])


def runs(table, entry):
    """The rows of the table that belong to an entry; ValueError if there is none."""
    setting = sweep.complete(entry.setting)
    for name in SETTING:
        value = setting[name]
        table = table[np.isnan(table[name]) if value is None else table[name] == value]
    if not len(table):
        raise ValueError(
            f"No run of {entry.setting} in this table. To add what is missing, run: "
            + commands.run("course.measured.ledger")
        )
    return table


def published_text(published):
    """The pairs of an `Entry` in words: "8.92 (paper), 10.09, 9.82 (book)"; "" if there are none.

    A source is named once for neighbors that share it.
    """
    return ", ".join(
        ", ".join(f"{percent:.2f}" for percent, _ in pairs) + f" ({source})"
        for source, pairs in groupby(published, key=lambda pair: pair[1])
    )


def _summary(entry, table):
    setting = sweep.complete(entry.setting)
    return {
        "network": f"[{setting['sizes'].replace('-', ', ')}]",
        "start": setting["init"],
        "eta": setting["eta"],
        "m": setting["mini_batch_size"],
        "epochs": setting["epochs"],
        "published": published_text(entry.published),
        **sweep.statistics(table),
        "best": np.round(np.median(table.best), 2),
        "seconds": np.round(np.median(table.seconds), 1),
    }


def main():
    """Run what is missing and print the ledger."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=-1, help="runs at a time (-1: one a core)")
    parser.add_argument("--path", type=Path, default=PATH, help=f"the CSV file ({PATH.name})")
    arguments = parser.parse_args()
    table = sweep.run(settings(), "full", path=arguments.path, workers=arguments.workers)
    print(summary(table))


if __name__ == "__main__":
    main()
