"""The ledger: published accuracies of these networks beside ours, over fixed seeds.

    python -m course.measured.ledger

trains every network of the table on the full set and writes data/ledger.csv; before, it tries the
learning rates of lesson 11 on the validation images and writes data/habits.csv. Stopped, it goes on
where it was; to begin anew, remove the files. Rows are never edited by hand.
"""

import argparse
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from course.measured import habits, making, sweep, tables
from course.paths import ROOT
from nnlib import commands

PATH = ROOT / "data" / "ledger.csv"
TRIALS_PATH = ROOT / "data" / "habits.csv"
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


FOUR = ("cross-entropy", "ReLU", "momentum", "shifts")
TOGETHER = " ".join(FOUR)
STARTS_AND_HABITS = [  # of lesson 11: none, each alone, all, all but one
    ("gaussian", ""),
    ("scaled", ""),
    *(("gaussian", one) for one in FOUR),
    ("scaled", TOGETHER),
    ("gaussian", TOGETHER),
    *(("scaled", TOGETHER.replace(one, "")) for one in FOUR),
]
TRIED_ETAS = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0]
TRIED_SIZES, TRIED_LAST_ETAS = [100, 300, 500], [None, 0.002]
QUICK = {"training_images": 10_000, "epochs": 10}
LARGE = {
    "init": "scaled",
    "habits": TOGETHER,
    "eta": 0.05,
    "mini_batch_size": 50,
}
CONVOLUTION = Entry(
    {
        **LARGE,
        "sizes": [784, 2304, 100, 10],
        "habits": f"{TOGETHER} convolution",
        "last_eta": 0.002,
        "epochs": 10,
    },
    seeds=5,
)


def trial_settings():
    """The runs that choose on validation images for lesson 11.

    A learning rate for each of STARTS_AND_HABITS, and the size of the large network with all of
    them, and whether its learning rate falls.
    """
    etas = [
        {**_with_habits(*habit), **QUICK, "eta": eta, "seed": seed}
        for habit in STARTS_AND_HABITS
        for eta in TRIED_ETAS
        for seed in range(3)
    ]
    return etas + [
        {**LARGE, "sizes": [784, hidden, 10], "last_eta": last_eta}
        for hidden in TRIED_SIZES
        for last_eta in TRIED_LAST_ETAS
    ]


def _with_habits(start, chosen):
    return {"sizes": [784, 30, 10], "init": start, "habits": habits.in_order(chosen)}


def best_eta(trials, start, chosen):
    """The learning rate with the best mean of the trials with this start and these habits.

    A run that failed has read nothing.
    """
    own = trials[(trials.init == start) & (trials.habits == habits.in_order(chosen))]
    own = own[own.sizes == "784-30-10"]
    return max(TRIED_ETAS, key=lambda eta: np.nan_to_num(own.final[own.eta == eta]).mean())


def best_large(trials):
    """Hidden size and last eta of the large network that did best, as a setting."""
    large = trials[trials.mini_batch_size == LARGE["mini_batch_size"]]
    best = large[large.final.argmax()]
    last_eta = None if np.isnan(best.last_eta) else float(best.last_eta)
    return {**LARGE, "sizes": [int(n) for n in best.sizes.split("-")], "last_eta": last_eta}


def habit_entries(trials=None):
    """The entries of lesson 11: STARTS_AND_HABITS, the large network, the convolution.

    trials: the table of `trial_settings`; read from data/habits.csv if it is not given.
    """
    trials = read(TRIALS_PATH) if trials is None else trials
    small = [
        Entry({**_with_habits(*habit), "eta": best_eta(trials, *habit)}, seeds=5)
        for habit in STARTS_AND_HABITS
    ]
    return [*small, Entry(best_large(trials), seeds=20), CONVOLUTION]


def settings():
    """Every run of the ledger once: the first five seeds of all entries, then the others.

    Those of lesson 11 come after those of lesson 07.
    """
    runs = [
        {**entry.setting, "seed": seed}
        for entries in (ENTRIES, habit_entries())
        for seeds in (FIRST_SEEDS, MORE_SEEDS)
        for entry in entries
        for seed in seeds
        if seed < entry.seeds
    ]
    return list({str(sweep.complete(run)): run for run in runs}.values())


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


def habit_summary(table):
    """One row for each of `habit_entries`, as a `tables.Records`.

    Columns: habits, see `habit_words`; network; eta, with the last one where it falls; those of
    `sweep.statistics`; seconds, the median time of a run.  Raises ValueError if an entry has no
    run.
    """
    return tables.from_rows([_habit_row(entry, runs(table, entry)) for entry in habit_entries()])


def habit_words(setting):
    """What a setting has of the five habits, in words: "none", "ReLU", "all but momentum"."""
    five = ("scaled start", *FOUR)
    chosen = setting["habits"].split() + ["scaled start"] * (setting["init"] == "scaled")
    missing = [name for name in five if name not in chosen]
    if len(missing) >= 4:
        return (set(five) - set(missing) or {"none"}).pop()
    words = f"all but {missing[0]}" if missing else "all five"
    return words + " and convolution" * ("convolution" in chosen)


def _habit_row(entry, table):
    row, setting = _summary(entry, table), sweep.complete(entry.setting)
    last = "" if setting["last_eta"] is None else f" to {setting['last_eta']:g}"
    return {
        "habits": habit_words(setting),
        "network": row["network"],
        "eta": f"{row['eta']:g}{last}",
        **sweep.statistics(table),
        "seconds": row["seconds"],
    }


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
    parser.add_argument(
        "--path", type=making.place, default=PATH, help=f"the CSV file ({PATH.name})"
    )
    arguments = parser.parse_args()
    options = {"data": "full", "workers": arguments.workers}
    sweep.run(trial_settings(), score="validation", path=TRIALS_PATH, **options)
    table = sweep.run(settings(), path=arguments.path, **options)
    print(summary(table))
    print(habit_summary(table))


if __name__ == "__main__":
    main()
