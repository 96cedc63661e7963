"""Digits by other people in another country: 1,797 of them, 8 x 8 pixels, that scikit-learn brings.

They are the test set, by 13 people in Turkey, of E. Alpaydin and C. Kaynak, "Optical Recognition of
Handwritten Digits" (1998), UCI Machine Learning Repository, License: Creative Commons Attribution
4.0; the training set is by 30 others.
`python -m course.measured.other_writers` makes data/other_writers.npz from scikit-learn's copy.
"""

import argparse
import sys

import numpy as np

from course import environment
from course.paths import ROOT
from nnlib import storage
from nnlib.mnist import Split

PATH = ROOT / "data" / "other_writers.npz"


def load(path=PATH):
    """The digits as a `Split`: images (1797, 8, 8) float32, 0 paper to 1 ink; labels (1797,).

    Raises FileNotFoundError or ValueError, with words, for a file that is missing or damaged.
    """
    arrays = storage.load_arrays(path)
    return Split(arrays["images"].astype(np.float32) / 16, arrays["labels"].astype(np.int64))


def main(arguments=()):
    """Write the file from scikit-learn's copy."""
    argparse.ArgumentParser(
        prog="python -m course.measured.other_writers", description=__doc__.splitlines()[-1]
    ).parse_args(arguments)
    try:
        from sklearn.datasets import load_digits
    except ModuleNotFoundError:
        print("This needs scikit-learn. To add it, " + environment.how_to_add("baselines"))
        return 1
    digits = load_digits()
    with storage.replacing(PATH) as file:
        np.savez_compressed(
            file, images=digits.images.astype(np.uint8), labels=digits.target.astype(np.uint8)
        )
    print(f"{len(digits.target):,} digits are in {PATH}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
