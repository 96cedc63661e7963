"""Lesson 00: the rule for a 9 on thousands of images at once, and a network to compare it with."""

import numpy as np
from scipy import ndimage

from nnlib import diagnosis
from nnlib.network import Network

EPOCHS, MINI_BATCH, ETA = 15, 10, 3.0  # of the network: about a second for 4,000 images


def regions(images, ink):
    """The connected regions of paper, pixels below `ink`, in each of the images (n, 784).

    Returns (n, 28, 28): in every image 0 is ink, 1 the outside, and the holes count from 2 on.
    """
    n = len(images)
    paper = np.zeros((n, 29, 28), dtype=bool)  # a row of ink keeps the images apart
    paper[:, :28] = np.reshape(images, (-1, 28, 28)) < ink
    # One call for all images is ten times as fast as a call for each.
    numbers = ndimage.label(paper.reshape(-1, 28))[0].reshape(n, 29 * 28)
    last = np.maximum.accumulate(numbers.max(axis=1))
    numbers[1:] -= last[:-1, None]
    return np.maximum(numbers, 0).reshape(n, 29, 28)[:, :28]


def hole_centers(numbers):
    """Row and column of the center of the hole, (n, 2); inf for images without exactly one hole.

    numbers: what `regions` returns.
    """
    n = len(numbers)
    images, *places = np.nonzero(numbers == 2)
    sizes = np.maximum(1, np.bincount(images, minlength=n))
    centers = np.transpose([np.bincount(images, place, n) / sizes for place in places])
    return np.where(numbers.max(axis=(1, 2))[:, None] == 2, centers, np.inf)


def shares(said_nine, labels):
    """[found, right when said]: shares of the nines that were found, of the alarms that are nines.

    said_nine: for each image whether it was called a 9.  labels: the digits that the images show.
    Without any nines, or any alarms, the share of them is 0.
    """
    hits = np.sum(said_nine & (labels == 9))
    return np.array([hits / max(1, np.sum(labels == 9)), hits / max(1, np.sum(said_nine))])


def train(part, seed):
    """A network [784, 30, 10] that has learned the digits of a Split from the start with this seed.

    It starts scaled: from a gaussian start some networks find no 9 for several epochs.
    """
    network = Network([784, 30, 10], init="scaled", rng=seed)
    network.SGD(part, EPOCHS, MINI_BATCH, ETA, on_epoch=None)
    return network


def network_says_nine(network, images):
    """For each of the images (n, 784) whether the network's answer is 9."""
    return diagnosis.predictions(network, images) == 9
