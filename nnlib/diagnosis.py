"""Instruments for a network: what it gets right and wrong, and whether it can still learn.

Right and wrong: confusion matrix, recall per digit, lost digits. Able to learn: the weighted
inputs z of each layer, the share of saturated neurons, the length of the gradient. `examine` reads
all of them at once, and `History` does so after each epoch.
"""

from dataclasses import dataclass

import numpy as np

from nnlib import arguments, examples, threads
from nnlib.network import answers
from nnlib.neurons import sigmoid, sigmoid_prime

LOST_BELOW = 0.05  # recall under which a digit counts as lost
MOST_CLASSES = 10_000  # of a confusion matrix, which has the square of that in numbers
SATURATED_BELOW = 0.01  # slope sigma'(z) under which a neuron counts as saturated; at most 1/4


def predictions(network, images):
    """The network's answer for each of the images (n, n_in), shape (n,); see `network.answers`.

    Raises ValueError for images that do not fit.
    """
    return answers(arguments.network(network).feedforward(_columns(network, images)))


def confusion_matrix(answers, labels, classes=10):
    """How often each answer was given for each digit: row = true digit, column = answer.

    answers, labels: whole numbers from 0 to classes - 1, shape (n,).
    Returns integers of shape (classes, classes).
    Raises ValueError for arrays of different length or numbers outside the range.
    """
    if arguments.whole_number("classes", classes, at_least=1) > MOST_CLASSES:
        raise ValueError(f"classes is {arguments.short(classes)}: expected at most {MOST_CLASSES}")
    answers = arguments.plain_array(answers, "the answers")
    labels = arguments.plain_array(labels, "the labels")
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
    confusion = _counts(confusion)
    count = confusion.sum(axis=1)
    return np.divide(confusion.diagonal(), count, out=np.full(len(count), np.nan), where=count > 0)


def _counts(confusion):
    """A confusion matrix as an array (classes, classes)."""
    try:
        found = np.asarray(confusion)
    except ValueError:
        found = np.empty(0)
    square = found.ndim == 2 and found.shape[0] == found.shape[1] and found.size
    if not square or found.dtype.kind not in "iuf" or not (found >= 0).all():
        raise ValueError(
            f"confusion is {arguments.short(confusion)}: expected a square array of counts, "
            "as confusion_matrix returns it"
        )
    return found


def lost_digits(confusion):
    """Digits that the network has given up: fewer than 1 in 20 of their images recognized."""
    return np.flatnonzero(recall(confusion) < LOST_BELOW).tolist()


def weighted_inputs(network, images):
    """Weighted inputs z = w a + b of each layer after the input, a list of arrays (n_out, n).

    images: shape (n, n_in), one row per image.  Raises ValueError for images that do not fit.
    """
    a, zs = _columns(arguments.network(network), images), []
    with threads.one_blas_thread():
        for b, w in zip(network.biases, network.weights):
            zs.append(w @ a + b)
            a = network.activation(zs[-1])
    return zs


def saturation(network, images, threshold=SATURATED_BELOW):
    """Share of each layer's neurons, over all images, whose slope sigma'(z) is below `threshold`.

    images: (n, n_in).  threshold: above 0, at most 1/4, the largest slope that there is.
    Returns an array with one share, 0 to 1, for each layer after the input.
    Raises ValueError for images or a threshold that do not fit.
    """
    if not 0 < arguments.number(threshold) <= 0.25:
        raise ValueError(
            f"threshold is {arguments.short(threshold)}: expected a slope above 0 and at most "
            f"0.25, the largest that a sigmoid has; type for example threshold={SATURATED_BELOW}"
        )
    return _saturated_shares(weighted_inputs(network, images), threshold)


def gradient_norms(network, images, labels):
    """Length of each layer's weight gradient, the root of the sum of its squares.

    The gradient is that of the quadratic cost, averaged over the images (n, n_in) with labels (n,).
    Returns an array with one number for each layer after the input.
    Raises ValueError for images or labels that do not fit.
    """
    images = _columns(arguments.network(network), images).T
    data = examples.training((images, labels), network.sizes, network.dtype, "the pair given")
    _, nabla_w = network.backprop(data.images.T, data.targets.T)
    return np.array([np.linalg.norm(gradient) for gradient in nabla_w])


@dataclass(frozen=True)
class Examination:
    """What the instruments read off a network at one moment; see `examine`.

    accuracy: share of the images recognized, 0 to 1.  recall: that share for each digit, (10,).
    lost: list of the lost digits.  saturation, spread, gradient_norms: one number for each layer
    after the input, see the functions of the same names.
    """

    accuracy: float
    recall: np.ndarray
    lost: list
    saturation: np.ndarray
    spread: np.ndarray
    gradient_norms: np.ndarray


def examine(network, split):
    """All instruments at once: an Examination of the network on images (n, n_in), labels (n,).

    split: images and labels, such as `data.validation`.  Raises ValueError if they do not fit.
    """
    arguments.network(network)
    images, labels = examples.labeled(split, network.sizes, network.dtype, name="split")
    zs = weighted_inputs(network, images)
    outputs = sigmoid(zs[-1])
    confusion = confusion_matrix(answers(outputs), labels, classes=max(2, network.sizes[-1]))
    return Examination(
        accuracy=confusion.trace() / len(labels),
        recall=recall(confusion),
        lost=lost_digits(confusion),
        saturation=_saturated_shares(zs, SATURATED_BELOW),
        spread=_spreads(zs),
        gradient_norms=gradient_norms(network, images, labels),
    )


class History:
    """A callback for `Network.SGD` that examines the network after each epoch.

    split: images and labels to examine it on.  then: another callback, such as `print_epoch` or a
    `LiveCurve`, called after each look; training ends early if that one returns True.

        history = History(data.validation)
        history.look(network)  # before training, if wanted: epoch 0
        network.SGD(..., on_epoch=history)

    `epochs` lists the moments; one History belongs to one run. Its readings are those of an
    `Examination`, as arrays with one row for each moment: accuracies (moments,), recall
    (moments, 10), saturation, spread and gradient_norms (moments, layers after the input). Only
    lost is a list of lists.
    """

    def __init__(self, split, then=None):
        self.split, self.then = examples.form(split, "split"), arguments.callback("then", then)
        self.epochs, self._looks = [], []
        self._collect()

    def look(self, network, epoch=0):
        """Examine the network now and file it under `epoch`; 0 is before training.

        Raises ValueError if that epoch is not later than the last one.
        """
        if self.epochs and epoch <= self.epochs[-1]:
            raise ValueError(
                f"this history has reached epoch {self.epochs[-1]} and cannot go back to {epoch}: "
                "make a new History for each run"
            )
        self._looks.append(examine(network, self.split))
        self.epochs.append(epoch)
        self._collect()

    def __call__(self, network, epoch, correct, total):
        self.look(network, epoch + 1)
        return self.then(network, epoch, correct, total) if self.then else None

    def _collect(self):
        """Set the readings anew from all looks so far."""
        looks = self._looks
        self.accuracies = np.array([look.accuracy for look in looks])
        self.recall = np.array([look.recall for look in looks])
        self.lost = [look.lost for look in looks]
        self.saturation = np.array([look.saturation for look in looks])
        self.spread = np.array([look.spread for look in looks])
        self.gradient_norms = np.array([look.gradient_norms for look in looks])


def _columns(network, images):
    """images (n, n_in) as finite columns (n_in, n) in the network's type."""
    images = arguments.array(images, network.dtype, "images")
    return arguments.finite(examples.rows(images, network.sizes[0]), "images").T


def _saturated_shares(zs, threshold):
    return np.array([np.mean(sigmoid_prime(z) < threshold) for z in zs])


def _spreads(zs):
    return np.array([z.std() for z in zs])
