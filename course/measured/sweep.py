"""Many training runs side by side: a grid of settings in, a table with one row a run out.

    table = sweep.run(sweep.grid(eta=[0.1, 1, 3], seed=range(5)), "mini", path="etas.csv")
    sweep.summary(table, "eta")

The numbers do not depend on how many workers there are. With `path` every finished run is on the
disk; the same call again, after an interruption, does only what is missing. For a class that
outgrows one machine, the same call runs on a Dask cluster (`pip install -e ".[cluster]"`):

    with joblib.parallel_config("dask"):  # after distributed.Client("scheduler-address:8786")
        table = sweep.run(...)
"""

import itertools
import numbers
import time
from datetime import date
from functools import lru_cache

import numpy as np

from course import environment
from course.measured import habits, tables
from nnlib import arguments, diagnosis, locks, mnist, storage, threads

DEFAULTS = {
    "sizes": (784, 30, 10),
    "init": "gaussian",
    "eta": 3.0,
    "mini_batch_size": 10,
    "epochs": 30,
    "seed": 0,
    "training_images": None,
    "habits": "",
    "last_eta": None,
}
SETTING = [*DEFAULTS, "data", "scored_on"]  # the columns that tell one run from another
RECALLS = [f"recall_{digit}" for digit in range(10)]
COLUMNS = [*SETTING, "final", "best", *RECALLS, "lost", "seconds", "error", "date", "versions"]
WORDS = {
    "sizes",
    "init",
    "habits",
    "data",
    "scored_on",
    "lost",
    "error",
    "date",
    "versions",
}  # no numbers


def grid(**choices):
    """All combinations of the given choices: a list of settings, each a dict.

    A choice is one value or a list (or range) of values; names and defaults: `DEFAULTS`.
    The first name changes slowest. For example grid(sizes=[[784, 10], [784, 30, 10]], seed=[0, 1]).
    """
    lists = [_choices(name, values) for name, values in choices.items()]
    return [dict(zip(choices, values)) for values in itertools.product(*lists)]


def run(settings, data=None, *, score="test", path=None, workers=-1, progress=True):
    """Train one network for each setting and return a table, in the order of the settings.

    settings: dicts with any of the names in `DEFAULTS`, as from `grid`; training_images takes the
        first so many only; habits are names out of `habits.HABITS`, with spaces between; with
        last_eta the learning rate falls from eta to it, each epoch by the same factor.
    data: "full" or "mini", which each worker loads for itself, or what `mnist.load` returned.
        Without it, `mnist.load()` decides.
    score: "validation" to choose a setting, "test" to report: on which images accuracy is counted.
    path: a CSV file that keeps each run as soon as it is done; runs in it are not repeated,
        unless they failed.
    workers: how many runs at a time, -1 for one a core (or all of a Dask cluster).
    progress: True shows a bar, False nothing; or a function, called as progress(done, total) at
        the start with 0 and after each run that was not in the file, such as a `LiveBar`.

    Returns a `tables.Records`: the setting, NaN where it leaves something out; final and best, the
    accuracies in percent after the last and after the best epoch; recall_0 ... recall_9 in percent
    and the lost digits after the last epoch, in the form "5 8"; seconds of processor time; error,
    what a run that failed said, whose numbers are NaN; the date and the versions. A run that fails
    is one row; the others go on.
    Raises ValueError for names of settings that do not exist, for files of another kind, and for
    another progress.
    """
    if not (callable(progress) or isinstance(progress, bool)):
        raise ValueError(
            f"progress is {progress!r}: expected True, False or a function of two numbers; "
            "type for example progress=print"
        )
    source, name = _source(data, score)
    settings = [complete(setting) for setting in _settings(settings)]
    path, workers = None if path is None else storage.writable(path), _workers(workers)
    wanted = [{**setting, "data": name, "scored_on": score} for setting in settings]
    keys = [_key(row) for row in wanted]
    done = {_key(row): row for row in _earlier(path) if not row["error"]}
    missing = [row for key, row in dict(zip(keys, wanted)).items() if key not in done]
    for row in _reported(_finished(missing, source, workers), len(missing), progress):
        done[_key(row)] = row
        _keep(path, keys, done)
    return _table([done[key] for key in keys])


def read(path):
    """The table that `run` wrote to `path`, as it returned it, whoever ran it."""
    return _table(_rows(path))


def statistics(table):
    """What the runs of a table say together, as a dict.

    runs, how many; median (to two decimals), min and max of the final accuracy in percent, NaN if
    a run has failed; losers, how many lost a digit.
    """
    _check_table(table)
    return {
        "runs": len(table),
        "median": np.round(np.median(table.final), 2),
        "min": table.final.min(),
        "max": table.final.max(),
        "losers": int((table.lost != "").sum()),
    }


def _check_table(table):
    """Raise ValueError for what is no table of runs."""
    columns = getattr(getattr(table, "dtype", None), "names", None) or ()
    if not {"final", "lost"} <= set(columns):
        raise ValueError(
            f"table is {arguments.short(table)}: expected a table of runs, as sweep.run returns"
        )


def summary(table, by):
    """One row for each value of a column: that value, then the `statistics` of its runs.

    by: the name of the column, for example "eta".  Returns a `tables.Records`, in ascending order.
    Raises ValueError if there is no such column, and if the table has no rows.
    """
    _check_table(table)
    if not isinstance(by, str) or by not in table.dtype.names:
        raise ValueError(
            f"by is {by!r:.60}. There is no such column: expected one of "
            f"{', '.join(table.dtype.names)}; "
            'type for example sweep.summary(table, "eta")'
        )
    if not len(table):
        raise ValueError(
            "The table has no rows: expected at least one run; look at the condition in [ ] "
            "that chose them"
        )
    chosen = ((value, table[table[by] == value]) for value in np.unique(table[by]))
    return tables.from_rows([{by: value, **statistics(runs)} for value, runs in chosen])


def train(setting, train_split, scored_split):
    """One run: a network trained with a complete setting, as a dict with the columns of results.

    train_split and scored_split: (images, labels) as in `mnist.Split`.
    """
    correct = []
    make = habits.network_class(setting["habits"])
    network = make(setting["sizes"], init=setting["init"], rng=setting["seed"])
    start = time.process_time()
    with threads.one_blas_thread():  # one core a run, its last look at the images included
        for epochs, eta in _stretches(setting):
            network.SGD(
                (train_split.images, train_split.labels),
                epochs,
                setting["mini_batch_size"],
                eta,
                scored_split,
                on_epoch=lambda network, epoch, right, total: correct.append(right),
            )
        answers = diagnosis.predictions(network, scored_split.images)
    seconds = time.process_time() - start
    confusion = diagnosis.confusion_matrix(answers, scored_split.labels)
    percent = 100 / len(scored_split.labels)
    return {
        "final": round(percent * confusion.trace(), 4),
        "best": round(percent * max(correct, default=confusion.trace()), 4),
        **dict(zip(RECALLS, np.round(100 * diagnosis.recall(confusion), 2))),
        "lost": " ".join(map(str, diagnosis.lost_digits(confusion))),
        "seconds": round(seconds, 2),
    }


def _stretches(setting):
    """(epochs, eta) of the stretches in which the learning rate is the same."""
    eta, last, epochs = setting["eta"], setting["last_eta"], setting["epochs"]
    return [(epochs, eta)] if last is None else [(1, e) for e in np.geomspace(eta, last, epochs)]


def _choices(name, values):
    """The values of one choice as a list; layer sizes are one value though they are a list."""
    if isinstance(values, (str, bytes)) or not np.iterable(values):
        return [values]
    values = list(values)
    return [values] if name == "sizes" and values and not np.iterable(values[0]) else values


def complete(setting):
    """A setting with the defaults for what it leaves out, in the form that the table has."""
    unknown = [name for name in setting if name not in DEFAULTS]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no setting: expected one of {', '.join(DEFAULTS)}")
    setting = {**DEFAULTS, **setting}
    sizes, eta = setting["sizes"], setting["eta"]
    if np.iterable(sizes) and not isinstance(sizes, str):
        setting["sizes"] = "-".join(map(str, sizes))
    if isinstance(eta, numbers.Real):
        setting["eta"] = float(eta)
    setting["habits"] = habits.in_order(setting["habits"])
    return setting


def _settings(settings):
    """The settings as a list of dicts."""
    found = list(settings) if np.iterable(settings) and not isinstance(settings, dict) else [None]
    if not all(isinstance(setting, dict) for setting in found):
        raise ValueError(
            f"settings is {settings!r}: expected a list of dicts; type for example "
            "settings=[{'eta': 1.0}], or sweep.grid(eta=[1, 3])"
        )
    return found


def _workers(workers):
    """How many runs at a time, as an int; -1 for one a core."""
    if isinstance(workers, int) and workers == -1:
        return workers
    return arguments.whole_number("workers", workers, at_least=1)


def _source(data, score):
    """(what a worker needs to get the digits, name of the data set)."""
    arguments.choice("score", score, ("validation", "test"))
    if data is None:
        data = mnist.load().name
    if isinstance(data, str):
        return (arguments.choice("data", data, ("full", "mini")), score), data
    data = mnist.given(data, "train", score, "name")
    return (data.train, getattr(data, score)), data.name


@lru_cache(maxsize=1)
def _load(name):
    return mnist.load(name)


def _splits(source):
    """(training split, scored split) from what `_source` gave."""
    first, second = source
    if isinstance(first, str):
        data = _load(first)
        return data.train, getattr(data, second)
    return first, second


def _finished(rows, source, workers):
    """Yield each row with its results as soon as its run has ended, in any order."""
    from joblib import Parallel, delayed

    if rows:
        parallel = Parallel(n_jobs=workers, return_as="generator_unordered")
        yield from parallel(delayed(_run_one)(row, source) for row in rows)


def _run_one(row, source):
    """A row with its results, or with the error that the run ended in."""
    train_split, scored_split = _splits(source)
    try:
        part = train_split.first(row["training_images"])  # all of them if that is None
        sizes = [int(size) for size in row["sizes"].split("-")]
        results = train({**row, "sizes": sizes}, part, scored_split)
    except Exception as error:  # whatever it is, it must not end the other runs
        results = {"error": f"{type(error).__name__}: {error}"}
    versions = environment.versions("NumPy", "nnlib")
    return {**row, **results, "date": date.today().isoformat(), "versions": versions}


def _keep(path, keys, done):
    """Write the runs that are done, those of this call first, with what others wrote meanwhile."""
    if path is None:
        return
    with locks.locked(path):
        known = {_key(row): row for row in _earlier(path)}
        good = {key for key, row in known.items() if not row["error"]}
        known |= {key: row for key, row in done.items() if key not in good or not row.get("error")}
        in_order = {key: known[key] for key in keys if key in known} | known
        tables.save_table(path, COLUMNS, _cells(in_order.values()))


def _reported(rows, total, progress):
    """Yield the rows; `progress` hears of each when it has been dealt with."""
    if not callable(progress):
        from tqdm.auto import tqdm

        yield from tqdm(rows, total=total, unit="run", disable=not (progress and total))
        return
    progress(0, total)
    for done, row in enumerate(rows, start=1):
        yield row
        progress(done, total)


def _key(row):
    """What tells one run from another, as text, the same for a dict and for a row of the file."""
    return tuple("" if row[name] is None else str(row[name]) for name in SETTING)


def _earlier(path):
    return _rows(path) if path is not None and path.exists() else []


def _rows(path):
    """The rows of a file that `run` wrote, each a dict of strings."""
    return [dict(zip(COLUMNS, cells)) for cells in tables.load_table(path, COLUMNS)]


def _cells(rows):
    """Rows as lists, in the order of COLUMNS; None stands for what a row does not have."""
    return [[row.get(name) for name in COLUMNS] for row in rows]


def _table(rows):
    """A `tables.Records` of rows, whether they were just run or come as text from a file."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in _cells(rows)]
    columns = {name: [row[i] for row in texts] for i, name in enumerate(COLUMNS)}
    return tables.from_columns({name: _column(name, cells) for name, cells in columns.items()})


def _column(name, cells):
    """The cells of a column, text, as an array; what is not in WORDS as numbers, if it can be."""
    return np.array(cells, dtype=str) if name in WORDS else tables.numbers(cells)
