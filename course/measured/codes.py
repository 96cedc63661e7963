"""Which outputs are to name a digit: one for each, or a code of bits? Networks trained with both.

A code has a row of zeros and ones for each digit, the target of its images. What lesson 03 tells of
codes over several seeds stands in data/codes.csv, one row for each trained network;
`python -m course.measured.codes` measures it again.
"""

import itertools
import sys

import numpy as np

from course.measured import making, tables
from course.paths import ROOT
from nnlib import arguments
from nnlib.network import Network

KINDS = ("one for each digit", "four bits in binary", "four random bits", "ten random bits")
READINGS = ("nearest", "strictly")
SEEDS = range(20)
TRAINING_IMAGES, HIDDEN, EPOCHS, MINI_BATCH, ETA = 4000, 30, 10, 10, 3.0
COLUMNS = ["data", "code", "seed", *READINGS]
PATH = ROOT / "data" / "codes.csv"
HEAD = """\
python -m course.measured.codes
MNIST, layer sizes [784, 30, outputs], scaled start, float64, 10 epochs in mini-batches of 10 of
4,000 training images, eta 3; measured on all validation images (10,000, of "mini" 500).
code: the targets of the digits; random codes are drawn anew for each seed, no two digits alike.
nearest: % of the images whose outputs are nearest to the target of their digit.
strictly: % of the images of which every output is on the right side of 0.5.
"""


def code(kind, seed=0):
    """The targets of the ten digits, (10, n_out), zeros and ones.

    kind: one of `KINDS`.  seed: of the random ones.
    Raises ValueError for another kind.
    """
    arguments.choice("kind", kind, KINDS)
    if kind == "one for each digit":
        return np.eye(10, dtype=int)
    bits = 10 if kind.startswith("ten") else 4
    numbers = np.arange(10)
    if "random" in kind:
        numbers = np.random.default_rng(seed).permutation(2**bits)[:10]
    return numbers[:, np.newaxis] >> np.arange(bits) & 1


def nearest(outputs, code):
    """The digits, (n,), whose targets are nearest to the columns of outputs, (n_out, n).

    code: (10, n_out). With one output for each digit it is the digit with the largest output.
    """
    return np.argmin(np.sum(code**2, axis=1)[:, np.newaxis] - 2 * code @ outputs, axis=0)


def measure(kind, seed, data):
    """Train one network with this code: its row, a dict with the names in `COLUMNS`.

    data: what `mnist.load` returns.
    """
    targets, part = code(kind, seed), data.train.first(TRAINING_IMAGES)
    network = Network([784, HIDDEN, targets.shape[1]], init="scaled", rng=seed, dtype=np.float64)
    network.SGD((part.images, targets[part.labels]), EPOCHS, MINI_BATCH, ETA, on_epoch=None)
    outputs, labels = network.feedforward(data.validation.images.T), data.validation.labels
    right = nearest(outputs, targets) == labels, ((outputs.T > 0.5) == targets[labels]).all(axis=1)
    percents = [round(100 * np.mean(one), 2) for one in right]
    return {"data": data.name, "code": kind, "seed": seed, **dict(zip(READINGS, percents))}


def read(path=PATH):
    """The table as `tables.Records`, one row a network; its columns are explained at its head."""
    return tables.read(path, COLUMNS)


def compare(data, reading="nearest"):
    """The median accuracy of every code, and the lowest and the highest, as `tables.Records`.

    data: "full" or "mini".  reading: "nearest" or "strictly", how outputs are read; see `HEAD`.
    Raises ValueError for others.
    """
    arguments.choice("data", data, ("full", "mini"))
    arguments.choice("reading", reading, READINGS)
    table = read()
    rows = []
    for kind in KINDS:
        found = table[(table["data"] == data) & (table.code == kind)][reading]
        values = {"lowest": found.min(), "median": np.median(found), "highest": found.max()}
        rows.append({"targets": kind} | {name: f"{value:.1f} %" for name, value in values.items()})
    return tables.from_rows(rows)


def main(typed=()):
    """Measure every code on both sets and write the table; 1 if the full set cannot be had."""
    what = "Train networks with one output a digit and with bits; three minutes."
    options = making.parser(HEAD, what, PATH).parse_args(typed)
    settings = itertools.product(making.both_sets(), KINDS, SEEDS)
    rows = [making.told(measure(kind, seed, data)) for data, kind, seed in settings]
    return making.write(options.path, COLUMNS, rows, HEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
