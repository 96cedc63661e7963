"""Six patients: networks that do not learn as they should, each for another reason.

    patient = faults.patient(3)
    network = patient.train(epochs=5)
    print(faults.evidence(faults.chart(patient)))

Patient 0 is healthy, for comparison. What is wrong with the others cannot be seen from their
names; it shows in the images, in the labels, in a gradient check or in a scan of learning rates.
`chart` measures all of these, and `diagnose` draws the conclusion from the measurements alone.
"""

import numbers
from dataclasses import dataclass

import numpy as np

from nnlib import arguments, examples, gradients, mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid_prime

FAULTS = (
    "inverted images",
    "shuffled labels",
    "eta too large",
    "eta too small",
    "wrong gradient",
    "unscaled inputs",
)
SIZES = (784, 30, 10)
TRAIN, CHECK = 2000, 1000  # images: enough for a healthy network to read 85 % of new digits
HEALTHY_ETA, MINI_BATCH = 3.0, 10
SPEEDS = (0.001, 0.03, 1, 30, 1000)  # factors of a scan of learning rates
SCAN_EPOCHS = 2


class Patient:
    """A network, its data and its learning rate, one of which may be at fault.

    training, validation: `mnist.Split`s, as the patient gets them.  The learning rate is kept
    back; `train(speed=...)` multiplies it.
    """

    def __init__(self, number, training, validation, seed, eta, slope):
        self.number, self.training, self.validation = number, training, validation
        self._seed, self._eta, self._slope = seed, eta, slope

    def __repr__(self):
        images = len(self.training.labels)
        return f"Patient {self.number}: a network {list(SIZES)} that is trained on {images} images"

    def network(self, sizes=SIZES, dtype=np.float32):
        """The patient's network before training: the same code and seed in any layer sizes."""
        return PatientNetwork(sizes, self._slope, init="scaled", rng=self._seed, dtype=dtype)

    def with_first(self, n):
        """The same patient with the first n training images only, to learn from and to be asked."""
        few = self.training.first(n)
        return Patient(self.number, few, few, self._seed, self._eta, self._slope)

    def train(self, epochs=5, speed=1, on_epoch=None):
        """Train a new network on `training` and return it.

        speed: a factor on the learning rate, above 0.  on_epoch: see `Network.SGD`; correct and
        total are counted on `validation`.
        """
        if not 0 < arguments.number(speed) < np.inf:
            raise ValueError(
                f"speed is {speed!r:.60}: expected a factor above 0; 0.1 is a tenth of the rate"
            )
        network = self.network()
        eta = float(self._eta * speed)
        network.SGD(self.training, epochs, MINI_BATCH, eta, self.validation, on_epoch=on_epoch)
        return network


class PatientNetwork(Network):
    """A Network whose backward pass takes its slopes from `slope(a)`, be it right or wrong."""

    def __init__(self, sizes, slope, **options):
        super().__init__(sizes, **options)
        self._slope = slope

    def activation_derivative(self, a):
        """What the patient takes for sigma'(z), at activations a of any shape."""
        return self._slope(a)

    def output_error(self, a, y):
        """dC/dz of the output neurons, with the same slope."""
        return self.cost_derivative(a, y) * self._slope(a)


def patient(number, data=None, seed=0):
    """Patient 1 to 6, each with another of the `FAULTS`, or the healthy patient 0.

    data: what `mnist.load()` returns; loaded if it is not given.  seed: of the network's start.
    Raises ValueError for another number.
    """
    if type(number) is bool or not (
        isinstance(number, numbers.Integral) and number in range(len(_STAGED))
    ):
        raise ValueError(
            f"number is {number!r:.60}, and no patient has it: expected 0 (healthy), or 1 to 6"
        )
    data = mnist.given(data)
    arguments.generator(seed)  # said now, and not when a network is made
    training, validation = data.train.first(TRAIN), data.validation.first(CHECK)
    return _STAGED[number](number, training, validation, seed)


@dataclass(frozen=True)
class Chart:
    """What the instruments show for one patient; see `chart`.

    largest_pixel, mean_pixel: of the training images.  label_fit: share of the training images
    that are closest to the mean image of their own label.  gradient_difference: relative
    difference between backprop and the numerical gradient.  accuracies: share of the validation
    images recognized, for each factor on the learning rate.
    """

    largest_pixel: float
    mean_pixel: float
    label_fit: float
    gradient_difference: float
    accuracies: dict

    @property
    def best_speed(self):
        """The factor on the learning rate with the highest accuracy."""
        return max(self.accuracies, key=self.accuracies.get)


def chart(patient):
    """Measure a patient with all instruments: a Chart. Takes one to two seconds."""
    images, labels = _is_patient(patient).training
    return Chart(
        largest_pixel=float(images.max()),
        mean_pixel=float(images.mean()),
        label_fit=label_fit(images, labels),
        gradient_difference=small_gradient_check(patient).difference,
        accuracies=rate_scan(patient),
    )


def mean_images(images, labels):
    """The mean image of each label 0 to 9, shape (10, n_in), for images (n, n_in), labels (n,).

    Raises ValueError where images and labels do not fit, or a digit is missing.
    """
    images, labels = _labeled(images, labels)
    if missing := sorted(set(range(10)) - set(labels.tolist())):
        raise ValueError(
            f"there is no image of the {missing[0]}: expected some of each digit; take more images"
        )
    return np.array([images[labels == digit].mean(axis=0) for digit in range(10)])


def label_fit(images, labels):
    """Share of the images that are closest to the mean image of their own label.

    Inverting or scaling all images does not change it. Guessing gives about 0.1.
    """
    images, labels = _labeled(images, labels)
    means = mean_images(images, labels)
    # ||x - mean||^2 without ||x||^2, which is the same for all ten
    distances = np.sum(means**2, axis=1) - 2 * images @ means.T
    return float(np.mean(distances.argmin(axis=1) == labels))


def small_gradient_check(patient, seed=0):
    """Gradient check of the patient's code on a small network and random examples."""
    rng = arguments.generator(seed)
    network = _is_patient(patient).network([12, 6, 10], dtype=np.float64)
    x, y = rng.random((12, 5)), np.eye(10)[:, rng.integers(10, size=5)]
    return gradients.gradient_check(network, x, y)


def rate_scan(patient, speeds=SPEEDS, epochs=SCAN_EPOCHS):
    """Accuracy on the validation images after a short training, for each factor on the rate."""
    labels = _is_patient(patient).validation.labels
    return {
        speed: patient.train(epochs, speed).evaluate(patient.validation) / len(labels)
        for speed in speeds
    }


def diagnose(chart):
    """The fault that a Chart shows, or "healthy", by the checklist: data, gradient, learning rate.

    The order matters. Data out of order, or a wrong gradient, also change which learning rate
    does best.
    """
    chart = _is_chart(chart)
    signs = {
        "unscaled inputs": chart.largest_pixel > 1,
        "inverted images": chart.mean_pixel > 0.5 * chart.largest_pixel,
        "shuffled labels": chart.label_fit < 0.5,
        "wrong gradient": gradients.verdict(chart.gradient_difference) != "good",
        "eta too large": chart.best_speed < 1,
        "eta too small": chart.best_speed > 1,
    }
    return next((fault for fault, seen in signs.items() if seen), "healthy")


def evidence(chart):
    """A Chart in one sentence."""
    accuracies = _is_chart(chart).accuracies.items()
    scan = ", ".join(f"{100 * a:.0f} % at {speed:g}" for speed, a in accuracies)
    return (
        f"largest pixel {chart.largest_pixel:.0f}; mean pixel {chart.mean_pixel:.2f}; "
        f"{100 * chart.label_fit:.0f} % of the images closest to their own label's mean; gradient "
        f"{gradients.verdict(chart.gradient_difference)}; accuracy by factor on eta: {scan}"
    )


def _is_patient(found):
    if not isinstance(found, Patient):
        raise ValueError(
            f"patient is {arguments.short(found)}: expected what faults.patient makes; type for "
            "example faults.patient(1)"
        )
    return found


def _is_chart(found):
    if not isinstance(found, Chart):
        raise ValueError(
            f"chart is {arguments.short(found)}: expected what faults.chart measures; type for "
            "example faults.chart(faults.patient(1))"
        )
    return found


def _labeled(images, labels):
    """Images (n, n_in) and labels (n,) from 0 to 9, as they are."""
    images = arguments.plain_array(images, "images")
    if images.ndim != 2 or images.size == 0:
        raise ValueError(
            f"images have shape {images.shape}: expected (n, n_in), one row per image; give for "
            "example data.train.images"
        )
    sizes = [images.shape[1], 10]
    return examples.labeled((images, labels), sizes, images.dtype, "(images, labels)")


def _right_slope(a):
    return a * (1 - a)


def _with_eta(eta, slope=_right_slope):
    """Nothing wrong but, perhaps, the learning rate or the slope."""
    return lambda number, training, validation, seed: Patient(
        number, training, validation, seed, eta, slope
    )


def _with_images(change):
    """All images changed, those for validation as well."""

    def stage(number, *splits_and_seed):
        *splits, seed = splits_and_seed
        training, validation = (mnist.Split(change(images), labels) for images, labels in splits)
        return Patient(number, training, validation, seed, HEALTHY_ETA, _right_slope)

    return stage


def _labels_in_another_order(number, training, validation, seed):
    order = np.random.default_rng(seed).permutation(len(training.labels))
    mixed = mnist.Split(training.images, training.labels[order])
    return Patient(number, mixed, validation, seed, HEALTHY_ETA, _right_slope)


_STAGED = (
    _with_eta(HEALTHY_ETA),
    _labels_in_another_order,
    _with_eta(100.0),
    _with_images(lambda images: 255 * images),
    _with_eta(HEALTHY_ETA, slope=sigmoid_prime),  # sigma'(a) in place of sigma'(z)
    _with_images(lambda images: 1 - images),
    _with_eta(0.003),
)
