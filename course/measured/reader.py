"""How the reader of lesson 10 was trained: `python -m course.measured.reader` makes it again.

It learns from the training images; from copies of them that are turned, slanted, stretched or
written with another pen; from digits drawn in ways that MNIST hardly has; and from pictures that
are no digit, whose target is 0 at all ten outputs. The network goes to data/reader.npz, what it
can do to data/reader.csv. It takes about a quarter of an hour on two cores.
"""

import argparse
import sys
from datetime import date
from typing import NamedTuple

import joblib
import numpy as np

from course import environment
from course.measured import composed, drawn, other_writers, tables
from course.measured.habits import CrossEntropyNetwork
from course.paths import ROOT
from nnlib import handwriting, mnist, storage

SEED = 10
BATCH = 2_500  # pictures that are made with one generator
PATH = ROOT / "data" / "reader.csv"


class Recipe(NamedTuple):
    """What a reader is made of: how many images, copies and pictures of no digit, and how long.

    images: of the training images, the first so many.  copies: of each of them.  drawn: digits
    drawn by `drawn.digit`.  no_digits: pictures of none.  eta falls by the same factor each epoch,
    from eta to last_eta.
    """

    images: int = 50_000
    copies: int = 4
    drawn: int = 30_000
    no_digits: int = 150_000
    hidden: int = 250
    epochs: int = 16
    eta: float = 0.5
    last_eta: float = 0.01
    mini_batch_size: int = 10


KEPT = Recipe()  # the reader in data/
QUICK = Recipe(images=2_000, copies=1, drawn=300, no_digits=1_500, hidden=30, epochs=6)  # tests


def examples(recipe, train, seed=SEED, jobs=2):
    """(images (n, 784), targets (n, 10)) in float32 for a recipe, from a `Split`.

    Each batch of pictures has a generator of its own, so `jobs` changes nothing but the time.
    """
    images, labels = train.first(recipe.images)
    digits = images.reshape(-1, 28, 28)
    copied = np.tile(np.arange(len(digits)), recipe.copies)
    tasks = [(_copies, (digits[some], labels[some])) for some in _batches(copied)]
    tasks += [(_drawn, (some // 4 % 10,)) for some in _batches(np.arange(recipe.drawn))]
    tasks += [(_no_digits, (digits, len(some))) for some in _batches(np.arange(recipe.no_digits))]
    seeds = np.random.SeedSequence(seed).spawn(len(tasks))
    made = joblib.Parallel(n_jobs=jobs)(
        joblib.delayed(make)(*given, np.random.default_rng(own))
        for (make, given), own in zip(tasks, seeds)
    )
    made_images, made_targets = zip(*made)
    images = np.concatenate([images, *made_images])
    return images, np.concatenate([_targets(labels), *made_targets])


def _batches(numbers):
    return [numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)]


def _targets(labels):
    return np.eye(10, dtype=np.float32)[labels]


def _copies(digits, labels, rng):
    return _flat([composed.copy(digit, rng) for digit in digits]), _targets(labels)


def _drawn(labels, rng):
    """Drawn digits: a quarter with another pen, as the copies have, a quarter with few pixels."""
    images = [handwriting.normalise(drawn.digit(k, rng)) for k in labels]
    images[::4] = [composed.copy(image, rng) for image in images[::4]]
    coarse = [composed.coarse(image, rng.integers(7, 11)) for image in images[1::4]]
    images[1::4] = [handwriting.center(image) for image in coarse]
    return _flat(images), _targets(labels)


def _no_digits(digits, n, rng):
    none = np.zeros((n, 10), np.float32)
    return _flat([composed.no_digit(digits, rng) for _ in range(n)]), none


def _flat(images):
    return np.reshape(images, (-1, 784)).astype(np.float32)


def train(recipe, training_data, seed=SEED, report=None):
    """A network trained by the recipe on (images, targets); report(epoch) after each epoch."""
    network = CrossEntropyNetwork([784, recipe.hidden, 10], init="scaled", rng=seed)
    etas = np.geomspace(recipe.eta, recipe.last_eta, recipe.epochs)
    for epoch, eta in enumerate(etas):
        network.SGD(training_data, 1, recipe.mini_batch_size, eta, on_epoch=None)
        if report:
            report(epoch)
    return network


class Measurement(NamedTuple):
    """One measurement of a reader: what it read, and how often it was right."""

    what: str
    right: int
    of: int
    date: str
    versions: str

    @property
    def percent(self):
        return 100 * self.right / self.of


COLUMNS = Measurement._fields
NUMBERS = 400  # of each length and kind
HEAD = (
    "python -m course.measured.reader\n"
    "Numbers are composed of MNIST's test images: see course.measured.composed.number."
)


def measure(network, test, numbers=NUMBERS, seed=SEED):
    """What a network can read, from the test images of MNIST: pairs (what, (right, of))."""
    images = test.images.reshape(-1, 28, 28)
    yield "test digits", (network.evaluate(test), len(images))
    normalised = _flat([handwriting.normalise(image) for image in images])
    yield "test digits, normalised", (network.evaluate((normalised, test.labels)), len(images))
    others = other_writers.load()
    other = _flat([handwriting.normalise(image) for image in others.images])
    yield "digits of other writers", (network.evaluate((other, others.labels)), len(other))
    for words, apart in (("separate", (2, 8)), ("touching", (-3, 0))):
        for n in range(2, 8):
            right = read_right(network, test, n, apart, numbers, seed)
            yield f"{n} {words} digits", (right, numbers)


def read_right(network, split, n, apart, numbers=NUMBERS, seed=SEED):
    """How many of so many composed numbers of n digits are read entirely right.

    apart: columns between neighbors, see `composed.number`.
    """
    rng = np.random.default_rng([seed, n, apart[1] + 100])
    images, right = split.images.reshape(-1, 28, 28), 0
    for _ in range(numbers):
        chosen = rng.integers(len(images), size=n)
        sheet = composed.number(images[chosen], rng, apart)
        text = "".join(str(label) for label in split.labels[chosen])
        right += handwriting.read_number(sheet, network).text == text
    return right


def load(path=PATH):
    """What was measured of the kept reader: a dictionary, its keys say what was read."""
    rows = (Measurement(*cells) for cells in tables.load_table(path, COLUMNS))
    return {row.what: row._replace(right=int(row.right), of=int(row.of)) for row in rows}


def main(arguments=()):
    """Train the kept reader on the full set and measure it; 1 if that cannot be had."""
    parser = argparse.ArgumentParser(
        prog="python -m course.measured.reader",
        description="Train the reader of lesson 10 and measure it; a quarter of an hour.",
    )
    parser.add_argument("--measure", action="store_true", help="measure the kept one again")
    options = parser.parse_args(arguments)
    try:
        data = mnist.load("full")
    except (OSError, ValueError) as error:
        print(error)
        return 1
    if not options.measure:
        print("Making the pictures ...", flush=True)
        pictures = examples(KEPT, data.train)
        _save(train(KEPT, pictures, report=_say_epoch))
    _keep(handwriting.reader(), data.test)
    print(f"All is in {handwriting.READER_FILE} and {PATH}.")
    return 0


def _say_epoch(epoch):
    print(f"epoch {epoch + 1} of {KEPT.epochs}", flush=True)


def _save(network):
    """Keep a network in half the room: float16 has three digits, which is enough for answers."""
    arrays = {"sizes": np.array(network.sizes)}
    for layer, (b, w) in enumerate(zip(network.biases, network.weights), start=1):
        arrays |= {f"biases_{layer}": np.float16(b), f"weights_{layer}": np.float16(w)}
    storage.save_arrays(handwriting.READER_FILE, arrays)


def _keep(network, test):
    """Measure a network, and write data/reader.csv."""
    today, versions = date.today().isoformat(), environment.versions("NumPy", "SciPy", "Pillow")
    rows = []
    for what, (right, of) in measure(network, test):
        print(f"{what}: {right:,} of {of:,}", flush=True)
        rows.append(Measurement(what, right, of, today, versions))
    tables.save_table(PATH, COLUMNS, rows, HEAD)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
