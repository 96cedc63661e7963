"""Many starts of the networks of lessons 07 and 09, for what the two tell of more than they train.

Which digits a network loses, which of its hidden neurons idle and what it answers to a blank sheet
hang on the numbers that it starts from. data/starts.csv has one row for each run;
`python -m course.measured.starts` measures it again.
"""

import copy
import sys

import joblib
import numpy as np

from course.measured import making, tables
from course.paths import ROOT
from nnlib import arguments, diagnosis, threads
from nnlib.network import Network, answers
from nnlib.neurons import sigmoid

SCALED = ("none", "hidden", "output", "all")  # layers that start with weights / sqrt(inputs)
MINI_BATCH, FIRST = 10, 20  # mini-batches after which z is looked at
LOOK = 1000  # validation images for z, lost digits and accuracy
SURE, UNSURE, IDLE = 0.9, 0.5, 0.05
EVERYTHING = 50_000
GROUPS = (  # hidden, scaled, images, epochs, eta, number of seeds
    (30, "none", EVERYTHING, 30, 3.0, 20),
    (30, "none", 4000, 10, 3.0, 20),
    (30, "all", 4000, 10, 3.0, 20),
    (100, "none", 4000, 10, 3.0, 20),
    (100, "all", 4000, 10, 3.0, 20),
    *((100, scaled, 2000, 5, 3.0, 32) for scaled in SCALED),
    (100, "all", 2000, 10, 3.0, 32),
    (30, "output", 2000, 5, 3.0, 32),
    (30, "all", 2000, 5, 3.0, 32),
    (0, "all", 2000, 10, 3.0, 32),
    (0, "all", 2000, 10, 1.0, 32),
    (0, "none", 2000, 10, 3.0, 16),
    (5, "none", 2000, 10, 3.0, 16),
)
SETTING = ("hidden", "scaled", "images", "epochs", "eta", "seed")
FOUND = (
    *("accuracy", "lost", "pressed", "saturated", "kept_0", "lost_0", "kept_20", "lost_20"),
    *("idle", "changed", "blank", "sure", "unsure", "unsure_answers"),
)
COLUMNS = ["data", *SETTING, *FOUND]
PATH = ROOT / "data" / "starts.csv"
HEAD = """\
python -m course.measured.starts
MNIST, layer sizes [784, hidden, 10], [784, 10] for hidden 0, mini-batches of 10 of the first
training images (4,000 at most of "mini").  scaled: layers whose gaussian weights are divided by the
square root of their inputs at the start.
On the first 1,000 validation images (500 of "mini"), at the end: accuracy, %; lost, how many digits
are lost.  After the first 20 mini-batches: pressed, median z of the outputs; saturated, % of the
activations of the hidden layer.
Median z of the output neurons on the images of their own digit: kept_0, before training, of those
whose digit is kept; lost_0, of those that lose it; kept_20, lost_20, after 20 mini-batches.
On all validation images: idle, hidden neurons whose activation has a standard deviation below 0.05;
changed, the most answers that one of them changes when it is held at its mean; sure, % right of the
answers with an activation above 0.9; unsure, of the unsure_answers below 0.5.
blank: the highest output for a sheet without ink.
"""


def settings():
    """The runs of the table: tuples of hidden, scaled, images, epochs, eta and seed."""
    return [(*group[:-1], seed) for group in GROUPS for seed in range(group[-1])]


def make_network(hidden, scaled, seed):
    """A network with so many hidden neurons, none for 0, of whose layers some start scaled.

    scaled: "none", "hidden", "output" or "all".  Raises ValueError for another word.
    """
    arguments.choice("scaled", scaled, SCALED)
    network = Network([784, *[hidden] * (hidden > 0), 10], rng=seed)
    for layer, w in enumerate(network.weights):
        kind = "output" if layer == len(network.weights) - 1 else "hidden"
        if scaled in (kind, "all"):
            w /= np.sqrt(w.shape[1])
    return network


def after_first(network, train, eta):
    """A copy of the network after the first 20 mini-batches of a Split, in its order."""
    early = copy.deepcopy(network)
    for start in range(0, FIRST * MINI_BATCH, MINI_BATCH):
        early.update_mini_batch(train[start : start + MINI_BATCH], eta)
    return early


def own_z(network, split):
    """Median z of each output neuron on the images of its own digit, (10,)."""
    z = diagnosis.weighted_inputs(network, split.images)[-1]
    return np.array([np.median(z[digit, split.labels == digit]) for digit in range(10)])


def idle_neurons(network, images):
    """Which hidden neurons have nearly one activation on all images (n, 784): (how many, changed).

    changed: the most answers that one of them changes when it is held at its mean; 0 if none idles.
    """
    z_hidden, z = diagnosis.weighted_inputs(network, images)
    hidden = sigmoid(z_hidden)  # (neurons, n)
    idle = np.flatnonzero(hidden.std(axis=1) < IDLE)
    moved = [network.weights[-1][:, [j]] * (hidden[j].mean() - hidden[j]) for j in idle]
    changed = [int(np.sum(answers(z + each) != answers(z))) for each in moved]
    return len(idle), max(changed, default=0)


def shares_right(network, split):
    """% right of the sure answers and of the unsure ones, or None, and how many these are."""
    activations = network.feedforward(split.images.T)
    right, highest = answers(activations) == split.labels, activations.max(axis=0)
    sure, unsure = right[highest > SURE], right[highest < UNSURE]
    shares = [round(100 * float(np.mean(one)), 1) if len(one) else None for one in (sure, unsure)]
    return *shares, len(unsure)


def measure(setting, data):
    """One run with a tuple of `settings` on what `mnist.load` returns: a dict named by COLUMNS."""
    hidden, scaled, images, epochs, eta, seed = setting
    train, check = data.train.first(images), data.validation.first(LOOK)
    network = make_network(hidden, scaled, seed)
    with threads.one_blas_thread():
        early = after_first(network, train, eta)
        moments = own_z(network, check), own_z(early, check)
        network.SGD(train, epochs, MINI_BATCH, eta, on_epoch=None)
        found = _early(early, check, hidden) | _late(network, check, moments)
        if hidden:
            found |= dict(zip(("idle", "changed"), idle_neurons(network, data.validation.images)))
        shares = shares_right(network, data.validation)
    found |= dict(zip(("sure", "unsure", "unsure_answers"), shares))
    found["blank"] = round(float(network.feedforward(np.zeros((784, 1))).max()), 3)
    return dict.fromkeys(COLUMNS) | {"data": data.name, **dict(zip(SETTING, setting))} | found


def _early(network, check, hidden):
    """What is looked at after the first mini-batches."""
    z = diagnosis.weighted_inputs(network, check.images)[-1]
    saturated = diagnosis.saturation(network, check.images)[0]
    found = {"pressed": round(float(np.median(z)), 1)}
    return found | ({"saturated": round(100 * float(saturated), 1)} if hidden else {})


def _late(network, check, moments):
    """Accuracy and lost digits, and what z their neurons had at two moments, (10,) each."""
    examined = diagnosis.examine(network, check)
    is_lost = np.isin(np.arange(10), examined.lost)
    percent = round(100 * float(examined.accuracy), 1)
    found = {"accuracy": percent, "lost": len(examined.lost)}
    for done, z in zip((0, FIRST), moments):
        for name, which in (("kept", ~is_lost), ("lost", is_lost)):
            found[f"{name}_{done}"] = round(float(np.median(z[which])), 1) if any(which) else None
    return found


def read(path=PATH):
    """The table as `tables.Records`, one row a run; its columns are explained at its head."""
    return tables.read(path, COLUMNS)


def group(table, data, hidden, scaled, images, epochs, eta=3.0):
    """The rows of one of the `GROUPS` on one set, in the order of their seeds."""
    wanted = {"data": data, **dict(zip(SETTING, (hidden, scaled, images, epochs, eta)))}
    return table[np.all([table[name] == value for name, value in wanted.items()], axis=0)]


def main(typed=()):
    """Measure every run on both sets and write the table; 1 if the full set cannot be had."""
    what = "Measure many starts of the networks of lessons 07 and 09; a quarter of an hour."
    parser = making.parser(HEAD, what, PATH)
    parser.add_argument("--workers", type=int, default=-1, help="runs at a time (-1: one a core)")
    options = parser.parse_args(typed)
    sets = making.both_sets()
    runs = [(setting, data) for data in sets for setting in settings()]
    rows = joblib.Parallel(n_jobs=options.workers, verbose=1)(
        joblib.delayed(measure)(*run) for run in runs
    )
    return making.write(options.path, COLUMNS, rows, HEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
