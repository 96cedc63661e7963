"""Instruments for a patient of `faults`: each measures one thing and says it in a sentence.

`measure(patient, note)` calls note(found) with a dict of what it has so far, several times where a
network is trained; it ends early when `note` returns True. `say(found)` is the sentence.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course.lesson09 import faults
from nnlib import diagnosis, gradients
from nnlib.neurons import sigmoid_prime

EPOCHS = 5  # of a usual training of a patient
BY_HEART, STEPS = 10, 50  # images to learn by heart; epochs for it, one step each
LOOKED_AT = 500  # images for weighted inputs and gradients


class Instrument(NamedTuple):
    """How something is measured, and how it is said; see above."""

    measure: Callable
    say: Callable


def look_at_images(patient, note):
    """The first ten training images (10, 784) with labels (10,); largest and mean pixel of all."""
    images, labels = patient.training
    pixels = {"largest": float(images.max()), "mean": float(images.mean())}
    note({"images": images[:10], "labels": labels[:10], **pixels})


def _say_images(found):
    return (
        f"The first ten training images. Largest pixel {found['largest']:.0f}; the mean pixel is "
        f"{100 * found['mean'] / found['largest']:.0f} % of it."
    )


def average_images(patient, note):
    """The mean image of each label, (10, 784), and what share is closest to that of its own."""
    images, labels = patient.training
    means, fit = faults.mean_images(images, labels), faults.label_fit(images, labels)
    note({"images": means, "labels": np.arange(10), "largest": float(images.max()), "fit": fit})


def _say_mean_images(found):
    return (
        f"The mean image of each label. {100 * found['fit']:.0f} % of the images are closest to "
        "the mean of their own label."
    )


def check_gradient(patient, note):
    """Relative differences of a gradient check, of the whole gradient and of each array."""
    check = faults.small_gradient_check(patient)
    note({"differences": {"whole gradient": check.difference, **check.parts}})


def _say_gradient(found):
    difference = found["differences"]["whole gradient"]
    verdict = gradients.verdict(difference)
    said = f"{difference:.2g}" if verdict != "good" else f"below {gradients.GOOD_BELOW:.0e}"
    return f"Gradient check on a small network: relative difference {said}, {verdict}."


def scan_rates(patient, note):
    """Accuracy after two epochs for each factor on the patient's learning rate."""
    accuracies = {}
    for speed in faults.SPEEDS:
        accuracies |= faults.rate_scan(patient, [speed])
        if note({"rates": dict(accuracies)}):
            break


def _say_rates(found):
    scan = ", ".join(f"{100 * a:.0f} % at {speed:g}" for speed, a in found["rates"].items())
    return f"Accuracy after two epochs, by factor on its learning rate: {scan}."


def learn_by_heart(patient, note):
    """How many of ten images are right after each of 50 steps on these ten."""
    counts = []

    def on_epoch(network, epoch, correct, total):
        counts.append(correct)
        return note({"counts": list(counts)})

    patient.with_first(BY_HEART).train(STEPS, on_epoch=on_epoch)


def _say_by_heart(found):
    counts = found["counts"]
    return f"Trained on ten images only: {counts[-1]} of 10 right after {len(counts)} steps."


def follow_recall(patient, note):
    """Recall (10,), lost digits and the accuracies so far, after each of five epochs."""
    history = diagnosis.History(patient.validation)

    def on_epoch(network, epoch, correct, total):
        history(network, epoch, correct, total)
        recall, lost = history.recall[-1], history.lost[-1]
        return note({"recall": recall, "lost": lost, "accuracies": history.accuracies})

    patient.train(EPOCHS, on_epoch=on_epoch)


def _say_recall(found):
    lost = ", ".join(map(str, found["lost"])) or "none"
    return (
        f"Validation images after epoch {len(found['accuracies'])}: accuracy "
        f"{100 * found['accuracies'][-1]:.0f} %; lost digits: {lost}."
    )


def follow_inputs(patient, note):
    """Weighted inputs z of both layers, before training and after each of five epochs."""
    images = patient.validation.images[:LOOKED_AT]
    before = diagnosis.weighted_inputs(patient.network(), images)

    def on_epoch(network, epoch, correct, total):
        after = diagnosis.weighted_inputs(network, images)
        return note({"epoch": epoch + 1, "before": before, "after": after})

    patient.train(EPOCHS, on_epoch=on_epoch)


def _say_inputs(found):
    shares = [
        " and ".join(f"{100 * np.mean(flat):.0f} %" for flat in map(_is_saturated, zs))
        for zs in (found["before"], found["after"])
    ]
    return (
        f"Saturated, hidden and output layer: {shares[0]} before training, {shares[1]} after "
        f"epoch {found['epoch']}."
    )


def _is_saturated(z):
    return sigmoid_prime(z) < diagnosis.SATURATED_BELOW


def follow_gradients(patient, note):
    """Gradient norms of both layers, (moments, 2), before training and after each epoch."""
    few = patient.training.first(LOOKED_AT)
    norms = [diagnosis.gradient_norms(patient.network(), *few)]

    def on_epoch(network, epoch, correct, total):
        norms.append(diagnosis.gradient_norms(network, *few))
        return note({"norms": np.array(norms)})

    patient.train(EPOCHS, on_epoch=on_epoch)


def _say_gradients(found):
    first, last = (" and ".join(f"{norm:.1e}" for norm in found["norms"][n]) for n in (0, -1))
    return (
        f"Gradient norms of the hidden and the output layer: {first} before training, {last} "
        f"after epoch {len(found['norms']) - 1}."
    )


INSTRUMENTS = {
    "images": Instrument(look_at_images, _say_images),
    "mean images": Instrument(average_images, _say_mean_images),
    "gradient check": Instrument(check_gradient, _say_gradient),
    "learning rates": Instrument(scan_rates, _say_rates),
    "ten examples": Instrument(learn_by_heart, _say_by_heart),
    "recall": Instrument(follow_recall, _say_recall),
    "z": Instrument(follow_inputs, _say_inputs),
    "slopes": Instrument(follow_inputs, _say_inputs),
    "gradient norms": Instrument(follow_gradients, _say_gradients),
}
