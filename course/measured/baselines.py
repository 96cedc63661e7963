"""What a network has to beat: guessing, average darkness, support vector machines.

`python -m course.measured.baselines` measures them on the full set and writes data/baselines.csv, a
row at a time. Started again, it goes on where it was stopped. It takes about an hour, and needs
scikit-learn, which the lessons do not: the extra "baselines" of pyproject.toml.
"""

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np

from course import environment
from course.measured import tables
from nnlib import commands, mnist

FEW = 2_000  # training images of one support vector machine, to set beside all 50,000
TUNED_ON = 5_000  # training images while gamma is chosen
TRIED = [f"C=10 gamma={gamma}" for gamma in (0.01, 0.02, 0.03, 0.05)]
HEAD = (
    "python -m course.measured.baselines\n"
    'MNIST, 50,000 / 10,000 / 10,000; "right" of the images of the split that "on" names.\n'
    "Seconds are those of one processor, for fitting and answering."
)


class Row(NamedTuple):
    """One measurement: which baseline, how it was set, what it learned from, how it did."""

    baseline: str
    setting: str
    train_images: int
    on: str  # the split that was answered
    right: int
    of: int
    seconds: float
    date: str
    versions: str

    @property
    def key(self):
        """What makes two rows the same measurement."""
        return self.baseline, self.setting, self.train_images, self.on


def guess(n, seed=0):
    """Answers for n images, (n,): each digit 0 to 9 with the same chance."""
    return np.random.default_rng(seed).integers(0, 10, n)


def mean_darkness(images):
    """How dark each of the images (n, 784) is on average, (n,): 0 is blank, 1 is all ink.

    In float64, so that the order in which pixels are added decides no answer.
    """
    return np.asarray(images).mean(axis=1, dtype=np.float64)


def darkness(train, images):
    """Answers (n,): the digit whose training images are, on average, closest in darkness.

    train: (images, labels). If two digits are equally close, the smaller one is the answer.
    """
    dark, labels = mean_darkness(train[0]), np.asarray(train[1])
    digits = np.unique(labels)
    means = np.array([dark[labels == digit].mean() for digit in digits])
    return digits[np.abs(mean_darkness(images)[:, None] - means).argmin(axis=1)]


def svm(train, images, **options):
    """Answers (n,) of scikit-learn's support vector machine, fitted to train = (images, labels).

    options: those of sklearn.svm.SVC, for example C=10, gamma="auto". The time grows faster than
    the number of training images: a few seconds for 2,000, several minutes for 50,000.
    Raises ModuleNotFoundError, with what to type, if scikit-learn is not installed.
    """
    try:
        from sklearn.svm import SVC
    except ModuleNotFoundError:
        raise ModuleNotFoundError(
            "Support vector machines need scikit-learn, which is not installed. To add it, "
            + environment.how_to_add("baselines")
        ) from None
    return SVC(cache_size=500, **options).fit(*train).predict(images)


def measure(row, data):
    """Answer the images as the row says (right, seconds, date and versions are filled in)."""
    train = data.train.images[: row.train_images], data.train.labels[: row.train_images]
    images, labels = getattr(data, row.on)
    started = time.process_time()
    answers = _answers(row, train, images)
    made_with = ["NumPy", "scikit-learn"] if row.baseline == "svm" else ["NumPy"]
    return row._replace(
        right=int(np.sum(answers == labels)),
        of=len(labels),
        seconds=round(time.process_time() - started, 1),
        date=date.today().isoformat(),
        versions=environment.versions(*made_with),
    )


def _answers(row, train, images):
    if row.baseline == "guessing":
        return guess(len(images), **_options(row.setting))
    if row.baseline == "darkness":
        return darkness(train, images)
    options = _options(row.setting)
    if options.pop("pixels", 255) == 256:  # as in the book's file
        train, images = (_pixels(train[0]) / 256, train[1]), _pixels(images) / 256
    return svm(train, images, **options)


def _pixels(images):
    return np.rint(255 * images)


def _options(setting):
    """{"C": 10.0, "gamma": "auto"} from the text "C=10 gamma=auto"."""
    pairs = (word.split("=") for word in setting.split())
    return {name: _number(value) for name, value in pairs}


def _number(text):
    try:
        return int(text)
    except ValueError:
        return text if text.isalpha() else float(text)


def plan(rows, n_train=50_000):
    """The measurements that are still to do, in order, as rows without a result; may be empty.

    rows: what has been measured. The tuned support vector machine has the gamma that did best on
    the validation images, so it is not in the plan before they have been tried.
    """
    chosen = best_setting(rows)
    wanted = [
        _empty("guessing", "seed=0", 0, "test"),
        _empty("darkness", "", n_train, "test"),
        _empty("svm", "gamma=auto", n_train, "test"),
        _empty("svm", "gamma=scale", n_train, "test"),
        *(_empty("svm", setting, min(TUNED_ON, n_train), "validation") for setting in TRIED),
        *([_empty("svm", chosen, n_train, "test")] if chosen else []),
        _empty("svm", "gamma=auto pixels=256", n_train, "test"),
        _empty("svm", "gamma=scale", min(FEW, n_train), "test"),
    ]
    done = {row.key for row in rows}
    return [row for row in wanted if row.key not in done]


def _empty(baseline, setting, train_images, on):
    return Row(baseline, setting, train_images, on, 0, 0, 0.0, "", "")


def best_setting(rows):
    """The setting that is best on the validation images; "" until all of TRIED are measured."""
    tried = [row for row in rows if row.setting in TRIED and row.on == "validation"]
    if len(tried) < len(TRIED):
        return ""
    return max(tried, key=lambda row: row.right / row.of).setting


def stored_file():
    """Where the results of the full set are kept: data/baselines.csv of the project."""
    return mnist.data_folder() / "baselines.csv"


def load(path=None):
    """The rows measured so far, a list of `Row`, from data/baselines.csv or another such file.

    Raises FileNotFoundError, with the command that makes it, if there is no file, and ValueError
    if it is not of this kind.
    """
    path = Path(path or stored_file())
    if not path.is_file():
        raise FileNotFoundError(f"There is no file {path}. To make it (an hour), run: {_command()}")
    try:
        return [_row(cells) for cells in tables.load_table(path, Row._fields)]
    except ValueError:
        raise ValueError(
            f"{path} is not a table of baselines. Delete it and run: {_command()}"
        ) from None


def _row(cells):
    baseline, setting, train_images, on, right, of, seconds, day, versions = cells
    numbers = int(train_images), on, int(right), int(of), float(seconds)
    return Row(baseline, setting, *numbers, day, versions)


def save(rows, path=None):
    """Write the rows as a table, whole or not at all."""
    tables.save_table(path or stored_file(), Row._fields, rows, HEAD)


def run(data, path=None):
    """Measure what the file lacks; it is written after every row, so a stop loses only one."""
    path = Path(path or stored_file())
    rows = load(path) if path.is_file() else []
    while missing := plan(rows, len(data.train.labels)):
        first = missing[0]
        print(f"{first.baseline} {first.setting} on {first.train_images:,} images ...", flush=True)
        rows.append(measure(first, data))
        save(rows, path)
        print(f"    {rows[-1].right:,} of {rows[-1].of:,} right, {rows[-1].seconds:.0f} s")
    return rows


def main(arguments=()):
    """Measure all baselines on the full set; 1 if that cannot be had or is stopped."""
    parser = argparse.ArgumentParser(
        prog="python -m course.measured.baselines",
        description="Measure all baselines on the full set, about an hour; what is measured stays.",
    )
    parser.parse_args(arguments)
    try:
        run(mnist.load("full"))
        print(f"All is in {stored_file()}.")
        return 0
    except (OSError, ValueError, ModuleNotFoundError) as error:
        print(error)
    except KeyboardInterrupt:
        print(f"Stopped. To go on, run: {_command()}")
    return 1


def _command():
    return commands.run("course.measured.baselines")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
