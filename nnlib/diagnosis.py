"""What a network gets right and wrong: confusion matrix, recall per digit, lost digits."""

import numpy as np

LOST_BELOW = 0.05  # recall under which a digit counts as lost


def predictions(network, images):
    """The network's answer, 0 to 9, for each of the images (n, n_in): its most active output."""
    return network.feedforward(np.asarray(images).T).argmax(axis=0)


def confusion_matrix(answers, labels, classes=10):
    """How often each answer was given for each digit: row = true digit, column = answer.

    answers, labels: whole numbers from 0 to classes - 1, shape (n,).
    Returns integers of shape (classes, classes).
    Raises ValueError for arrays of different length or numbers outside the range.
    """
    answers, labels = np.asarray(answers), np.asarray(labels)
    if answers.shape != labels.shape or answers.ndim != 1:
        raise ValueError(
            f"answers have shape {answers.shape} and labels {labels.shape}: "
            "expected one answer and one label per image, both of shape (n,)"
        )
    both = np.concatenate([answers, labels])
    if both.size and not (both.dtype.kind in "iu" and both.min() >= 0 and both.max() < classes):
        raise ValueError(
            f"answers and labels must be whole numbers from 0 to {classes - 1}; "
            f"found {both.min()} to {both.max()} of type {both.dtype}"
        )
    answers, labels = answers.astype(int), labels.astype(int)  # small types would overflow
    return np.bincount(labels * classes + answers, minlength=classes**2).reshape(classes, classes)


def recall(confusion):
    """Share of each digit's images that are recognized: diagonal over row sum; NaN if no image."""
    confusion = np.asarray(confusion)
    count = confusion.sum(axis=1)
    return np.divide(confusion.diagonal(), count, out=np.full(len(count), np.nan), where=count > 0)


def lost_digits(confusion):
    """Digits that the network has given up: fewer than 1 in 20 of their images recognized."""
    return np.flatnonzero(recall(confusion) < LOST_BELOW).tolist()
