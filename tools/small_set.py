"""Make the small set of the course, data/mnist_5000.npz, from the full set.

    python -m tools.small_set

It takes 500 images of each digit, evenly spaced through the split that they come from: 400 from
the 50,000 for training, 50 from the 10,000 for validation, 50 from the 10,000 for testing. So the
small set has easy and hard writers as the full set has them, and its test images are by other
people than its training images.
"""

import argparse

import numpy as np

from nnlib import mnist, storage

PER_DIGIT = (400, 50, 50)  # training, validation, test


def evenly_spaced(split, per_digit):
    """Images (n, 784) and labels (n,) as bytes: so many of each digit, in the split's order."""
    places = [np.flatnonzero(split.labels == digit) for digit in range(10)]
    chosen = [place[:: len(place) // per_digit][:per_digit] for place in places]
    part = np.sort(np.concatenate(chosen))
    return np.rint(255 * split.images[part]).astype(np.uint8), split.labels[part].astype(np.uint8)


def small_set(data):
    """(images, labels) of the small set, (5000, 784) and (5000,) bytes, from the full `MNIST`."""
    parts = [evenly_spaced(split, n) for split, n in zip(data, PER_DIGIT)]
    return tuple(np.concatenate(arrays) for arrays in zip(*parts))


def main():
    """Write the file, and say what its hash is."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    images, labels = small_set(mnist.load("full"))
    with storage.replacing(mnist.MINI_FILE) as file:
        np.savez_compressed(file, images=images, labels=labels)
    print(f"{mnist.MINI_FILE.name}: MINI_SHA256 is {mnist.sha256(images, labels)}")


if __name__ == "__main__":
    main()
