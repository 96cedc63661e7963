"""How fast each layer of a deep network learns: `python -m course.measured.depth` measures it.

The speed of a layer is the length of its bias gradient, dC/db averaged over images. For one image
dC/db is delta, the errors of the layer's neurons: what came back through the layers above it. A
weight gradient is delta times the layer's inputs, and 784 pixels are longer than 30 activations;
hence it is measured as well. One row of data/depth.csv is one run.
"""

import itertools
import sys
from typing import NamedTuple

import joblib
import numpy as np

from course.measured import making, tables
from course.measured.habits import ReLUNetwork
from course.paths import ROOT
from nnlib import arguments, mnist, threads
from nnlib.network import Network

NEURONS = {"sigmoid": Network, "ReLU": ReLUNetwork}
HIDDEN_SIZE, MINI_BATCH = 30, 10
TRAIN, LOOK = 10_000, 1_000  # images to train on, and to measure on
EVERY = 100  # mini-batches from one look at the accuracy to the next
MOMENTS = (0, 1_000, 3_000)  # mini-batches after which a row is filled in; a run ends with the last
KINDS = (("sigmoid", "gaussian", 3.0), ("sigmoid", "scaled", 3.0), ("ReLU", "scaled", 0.3))
SETTING = ("layers", "neurons", "init", "eta", "seed")
READINGS = ("speeds", "weights", "accuracy")
COLUMNS = ["data", *SETTING, *(f"{name}_{done}" for done in MOMENTS for name in READINGS), "half"]
PATH = ROOT / "data" / "depth.csv"
HEAD = """\
python -m course.measured.depth
MNIST, layers of 30 hidden neurons, mini-batches of 10 of 10,000 training images (4,000 of "mini").
After so many mini-batches, over 1,000 training images: speeds, the length of the bias gradient of
each layer, the output layer last; weights, how many times as long the weight gradient of the output
layer is as that of the first hidden layer; accuracy, % of 1,000 validation images (500 of "mini").
half: mini-batches until half of them are read right, looked at every 100; empty if never.
"""


def make_network(layers, neurons, init, seed):
    """A network with so many hidden layers of 30 neurons each, from 784 pixels to 10 digits.

    neurons: of the hidden layers, "sigmoid" or "ReLU".  init, seed: see `nnlib.network.Network`.
    Raises ValueError for other neurons, or layers that are no whole number.
    """
    kind = NEURONS[arguments.choice("neurons", neurons, tuple(NEURONS))]
    layers = arguments.whole_number("layers", layers, at_least=0)
    return kind([784, *[HIDDEN_SIZE] * layers, 10], init=init, rng=seed)


def gradient_lengths(network, split):
    """Lengths of the bias and of the weight gradients, averaged over the images of a split.

    Returns (of biases, of weights), two arrays with one number for each layer after the input.
    """
    with threads.one_blas_thread():
        nablas = network.backprop(split.images.T, np.eye(10, dtype=network.dtype)[split.labels].T)
    return tuple(np.array([np.linalg.norm(nabla) for nabla in layers]) for layers in nablas)


def moments(network, train, eta, every, last):
    """Train in mini-batches of 10: yield how many are done, 0 at first, then after each `every`.

    train: a Split of 10 `every` images or more, gone through in one random order after another;
    images that are left over at the end of one wait for the next.  last: how many are done at last.
    """
    size = every * MINI_BATCH
    parts = max(1, len(train.labels) // size)
    for part in range(last // every):
        yield part * every
        if part % parts == 0:
            order = network.rng.permutation(len(train.labels))
        some = order[part % parts * size :][:size]
        network.SGD((train.images[some], train.labels[some]), 1, MINI_BATCH, eta, on_epoch=None)
    yield last


def settings(layers=(1, 2, 3, 5), seeds=range(10)):
    """The runs of the table: tuples of layers, neurons, init, eta and seed, as in `SETTING`."""
    return [(n, *kind, seed) for n, kind, seed in itertools.product(layers, KINDS, seeds)]


class Digits(NamedTuple):
    """What the runs use of a data set: its name, and two Splits, to train on and to count on."""

    name: str
    train: mnist.Split
    check: mnist.Split


def few(data):
    """The Digits of what `mnist.load` returns: few enough to be sent to workers."""
    return Digits(data.name, data.train.first(TRAIN), data.validation.first(LOOK))


def measure(setting, digits):
    """One run with a tuple of `settings` on `Digits`: its row, a dict with the names in COLUMNS."""
    (layers, neurons, init, eta, seed), (name, train, check) = setting, digits
    network = make_network(layers, neurons, init, seed)
    row = dict.fromkeys(COLUMNS) | {"data": name, **dict(zip(SETTING, setting))}
    for done in moments(network, train, eta, EVERY, MOMENTS[-1]):
        percent = round(100 * network.evaluate(check) / len(check.labels), 1)
        if percent > 50 and row["half"] is None:
            row["half"] = done
        if done in MOMENTS:
            row |= _readings(done, *gradient_lengths(network, train.first(LOOK)), percent)
    return row


def _readings(done, speeds, weights, percent):
    """The cells of a row that are filled in after `done` mini-batches."""
    texts = " ".join(f"{speed:.3g}" for speed in speeds)
    values = texts, f"{weights[-1] / weights[0]:.3g}", percent
    return {f"{name}_{done}": value for name, value in zip(READINGS, values)}


def read(path=PATH):
    """The table as `tables.Records`, one row a run; its columns are explained at its head."""
    return tables.read(path, COLUMNS)


def ratios(table, done):
    """How many times as fast the output layer is as the first hidden layer, for each run, (n,).

    done: the moment, one of the mini-batches in `MOMENTS`.
    """
    speeds = [np.array(text.split(), float) for text in table[f"speeds_{done}"]]
    return np.array([layers[-1] / layers[0] for layers in speeds])


def summary(table):
    """One row for each number of layers and kind of network, medians over the seeds.

    Columns: layers, neurons, start, runs; ratio_0 ..., see `ratios`; half, NaN where it is never
    reached; accuracy after the last mini-batch in percent, its median, min and max.
    """
    chosen = (
        (layers, kind, _runs(table, layers, kind))
        for layers in np.unique(table.layers)
        for kind in KINDS
    )
    return tables.from_rows([_summary(*one) for one in chosen])


def _runs(table, layers, kind):
    neurons, init, _ = kind
    return table[(table.layers == layers) & (table.neurons == neurons) & (table.init == init)]


def _summary(layers, kind, runs):
    accuracy = runs[f"accuracy_{MOMENTS[-1]}"]
    half = np.median(np.nan_to_num(runs.half.astype(float), nan=np.inf))
    return {
        "layers": layers,
        "neurons": kind[0],
        "start": kind[1],
        "runs": len(runs),
        **{f"ratio_{done}": round(np.median(ratios(runs, done)), 1) for done in MOMENTS},
        "half": half if np.isfinite(half) else np.nan,
        "median": np.round(np.median(accuracy), 1),
        "min": accuracy.min(),
        "max": accuracy.max(),
    }


def main(typed=()):
    """Measure every run on both sets and write the table; 1 if the full set cannot be had."""
    what = "Measure how fast each layer of a deep network learns; ten minutes."
    parser = making.parser(HEAD, what, PATH)
    parser.add_argument("--workers", type=int, default=-1, help="runs at a time (-1: one a core)")
    options = parser.parse_args(typed)
    sets = [few(data) for data in making.both_sets()]
    if not sets:
        return 1
    runs = [(setting, one) for one in sets for setting in settings()]
    rows = joblib.Parallel(n_jobs=options.workers, verbose=1)(
        joblib.delayed(measure)(*run) for run in runs
    )
    making.write(options.path, COLUMNS, rows, HEAD)
    table = read(options.path)
    for one in sets:
        print(summary(table[table["data"] == one.name]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
