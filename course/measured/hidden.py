"""Hidden neurons of a trained network: which digits excite them, and what one of them is worth.

A direction has one number for each neuron of a hidden layer, and the length 1. A single neuron is
the direction with a 1 at its place; a mix of all neurons is any other. What lesson 11 tells of
them over several seeds stands in data/hidden.csv, one row for each trained network;
`python -m course.measured.hidden` measures it again.
"""

import itertools
import sys

import numpy as np

from course.measured import making, tables
from course.measured.habits import network_class
from course.paths import ROOT
from nnlib import arguments, diagnosis
from nnlib.network import answers

KINDS = ((30, "", 3.0), (300, "cross-entropy ReLU", 0.1))
SEEDS = range(5)
EPOCHS, MINI_BATCH = 3, 10
DRAWS = 5  # of as many mixes as there are neurons
SETTING = ("hidden", "habits", "eta", "seed")
FOUND = (
    *("one_digit", "four_digits", "silent", "median_cost", "largest_cost", "cheap", "changed"),
    *("share_neurons", "share_mixes"),
)
COLUMNS = ["data", *SETTING, "accuracy", *FOUND]
PATH = ROOT / "data" / "hidden.csv"
HEAD = """\
python -m course.measured.hidden
MNIST, layer sizes [784, hidden, 10], scaled start, 3 epochs in mini-batches of 10 of all training
images; measured on all test images (10,000, of "mini" 500).
accuracy: %.  one_digit, four_digits: how many hidden neurons have a mean activation above 0.5 on
the images of exactly one digit, and of four or more.  silent: how many are 0 on every image.
median_cost, largest_cost: percentage points of accuracy that switching off one neuron costs.
cheap: how many neurons cost less than 1 point.  changed: % of the images whose answer is another
one without a neuron, median of all neurons.
share_neurons: of the 20 images with the largest weighted inputs of a neuron, the share that shows
the same digit, mean of all neurons that are not silent.  share_mixes: the same of the 20 images
with the largest sums of activations, mean of five times as many random mixes as there are neurons.
"""


def activations(network, images):
    """Activations of each hidden layer, a list of arrays (neurons, n), for images (n, n_in).

    Raises ValueError for images that do not fit.
    """
    return [network.activation(z) for z in diagnosis.weighted_inputs(network, images)[:-1]]


def mixes(n, seed=0):
    """n random directions in a layer of n neurons, (n, n), at right angles: one in each row."""
    n = arguments.whole_number("n", n, at_least=1)
    return np.linalg.qr(np.random.default_rng(seed).standard_normal((n, n)))[0]


def by_digit(values, labels):
    """Mean of values (neurons, n) over the images of each digit, (neurons, 10); labels (n,)."""
    return np.stack([values[:, labels == digit].mean(axis=1) for digit in range(10)], axis=1)


def favorites(values, most=20):
    """Which images have the largest values (neurons, n), (neurons, most), the largest first."""
    return np.argsort(-values, axis=1, kind="stable")[:, :most]


def share_of_one_digit(values, labels, most=20):
    """The share, 0 to 1, of the most frequent digit among the favorites of each neuron, (neurons,).

    values: (neurons, n); where activations are saturated, many are equal: take weighted inputs.
    labels: (n,).  most: how many favorites are looked at.
    """
    counts = [np.bincount(digits).max() for digits in labels[favorites(values, most)]]
    return np.array(counts) / most


def answers_without(network, a, layer, direction):
    """The network's answers, (n,), if one direction of a hidden layer is switched off.

    a: activations (neurons, n) of hidden layer `layer`, 0 for the first.  direction: (neurons,),
    of length 1; the part of `a` along it is set to 0, for a single neuron its activation.
    """
    a = a - np.outer(direction, direction @ a)
    for b, w in zip(network.biases[layer + 1 :], network.weights[layer + 1 :]):
        z = w @ a + b
        a = network.activation(z)
    return answers(z)


def all_answers(network, images, layer, directions):
    """The answers as they are and without each of k directions, (k + 1, n); images (n, n_in).

    layer, directions (k, neurons): see `answers_without`.
    """
    a = activations(network, images)[layer]
    without = [answers_without(network, a, layer, one) for one in directions]
    return np.stack([diagnosis.predictions(network, images), *without])


def costs(network, split, layer, directions):
    """Percentage points of accuracy that switching off each direction (k, neurons) costs, (k,).

    split: images (n, n_in) and labels (n,), such as `data.test`.  Below 0: it is better without.
    """
    return _points(all_answers(network, split.images, layer, directions), split.labels)


def _points(given, labels):
    """What all answers (k + 1, n) but the first cost against it, (k,), from whole numbers."""
    right = np.sum(given == labels, axis=1)
    return 100 * (right[0] - right[1:]) / len(labels)


def settings(seeds=SEEDS):
    """The networks of the table: tuples of hidden size, habits, eta and seed, as in `SETTING`."""
    return [(*kind, seed) for kind, seed in itertools.product(KINDS, seeds)]


def trained(setting, data):
    """The network of a tuple of `settings`, trained on what `mnist.load` returns."""
    size, habits, eta, seed = setting
    network = network_class(habits)([784, size, 10], init="scaled", rng=seed)
    network.SGD(data.train, EPOCHS, MINI_BATCH, eta, on_epoch=None)
    return network


def measure(setting, data):
    """Train one network and examine it: its row, a dict with the names in `COLUMNS`."""
    network = trained(setting, data)
    percent = 100 * network.evaluate(data.test) / len(data.test.labels)
    row = {"data": data.name, **dict(zip(SETTING, setting)), "accuracy": round(percent, 2)}
    return row | examine(network, data.test)


def examine(network, split):
    """What the neurons of the first hidden layer do on a `Split`: a dict with the names in `FOUND`.

    The head of the table explains them.
    """
    z, labels = diagnosis.weighted_inputs(network, split.images)[0], split.labels
    a = network.activation(z)
    digits, is_silent = (by_digit(a, labels) > 0.5).sum(axis=1), (a == 0).all(axis=1)
    given = all_answers(network, split.images, 0, np.eye(len(a)))
    points, changed = _points(given, labels), np.mean(given[1:] != given[0], axis=1)
    mixed = [share_of_one_digit(mixes(len(a), n) @ a, labels) for n in range(DRAWS)]
    return {
        "one_digit": np.sum(digits == 1),
        "four_digits": np.sum(digits >= 4),
        "silent": np.sum(is_silent),
        "median_cost": np.median(points).round(2),
        "largest_cost": points.max().round(2),
        "cheap": np.sum(points < 1),
        "changed": (100 * np.median(changed)).round(2),
        "share_neurons": share_of_one_digit(z[~is_silent], labels).mean().round(3),
        "share_mixes": np.mean(mixed).round(3),
    }


def read(path=PATH):
    """The table as `tables.Records`, one row a network; its columns are explained at its head."""
    return tables.read(path, COLUMNS)


def main(typed=()):
    """Measure every network on both sets and write the table; 1 if the full set cannot be had."""
    what = "Measure what hidden neurons of trained networks answer; two minutes."
    options = making.parser(HEAD, what, PATH).parse_args(typed)
    pairs = [(setting, data) for data in making.both_sets() for setting in settings()]
    rows = [making.told(measure(*pair)) for pair in pairs]
    return making.write(options.path, COLUMNS, rows, HEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
