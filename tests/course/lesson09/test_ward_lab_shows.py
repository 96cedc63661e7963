"""What each instrument of the ward draws and says, against numbers made up or computed anew."""

import numpy as np
import pytest

from course.lesson09 import WardLab, faults
from nnlib.neurons import sigmoid_prime
from tests.course.live.reading_figures import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    RED,
    color_of,
    controls_of,
    curves_of,
    ink,
    is_drawn_whole,
    legend_of,
    look_of,
    named,
    pixels,
    recall_shown,
    scaled,
    settle,
    texts_of,
    ticks_of,
)

pytestmark = pytest.mark.trains
INSTRUMENTS = [
    "images", "mean images", "gradient check", "learning rates", "ten examples", "recall", "z",
    "slopes", "gradient norms",
]  # fmt: skip


@pytest.fixture(scope="module")
def lab(few_data):
    return WardLab(few_data)


def shown(lab, instrument, **found):
    """The Axes of a lab that shows what an instrument has found; numbers made up."""
    lab.show({"patient": 4, "instrument": instrument, **found})
    assert lab.sentence.startswith("Patient 4. ")
    return lab.picture.figure.axes


def said(lab):
    return lab.sentence.removeprefix("Patient 4. ")


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def check_row(ax, images, labels, largest):
    assert ticks_of(ax.xaxis) == {14.0 + 28 * n: str(label) for n, label in enumerate(labels)}
    assert named(ax) == ([], "label", "")
    (image,) = ax.images
    dark = np.hstack([one.reshape(28, 28) for one in images]) / largest
    np.testing.assert_allclose(ink(image), dark, atol=0.005)
    edges = [points[0, 0] for color, _, points in curves_of(ax) if color == GREY]
    assert edges == [28 * n - 0.5 for n in range(1, 10)]


def test_ten_images_dark_on_light_over_their_labels(lab, rng):
    images, labels = 200 * rng.random((10, 784)), rng.integers(10, size=10)
    (ax,) = shown(lab, "images", images=images, labels=labels, largest=200.0, mean=30.0)
    check_row(ax, images, labels, 200)
    assert said(lab) == (
        "The first ten training images. Largest pixel 200; the mean pixel is 15 % of it."
    )


def test_mean_images_over_their_digits(lab, rng):
    images = rng.random((10, 784))
    (ax,) = shown(lab, "mean images", images=images, labels=np.arange(10), largest=1.0, fit=0.427)
    check_row(ax, images, range(10), 1)
    assert said(lab) == (
        "The mean image of each label. 43 % of the images are closest to the mean of their own "
        "label."
    )


@pytest.mark.parametrize(
    ("difference", "words"),
    [(3e-9, "below 1e-07, good"), (0.0123, "0.012, wrong"), (2e-5, "2e-05, unclear")],
)
def test_differences_of_the_gradient_as_bars(lab, difference, words):
    differences = {"whole gradient": difference, "w1": 2e-9, "b1": 0.5}
    (ax,) = shown(lab, "gradient check", differences=differences)
    names = ticks_of(ax.yaxis)
    bars = {names[bar.get_y() + bar.get_height() / 2]: bar for bar in ax.patches}
    assert {name: bar.get_width() for name, bar in bars.items()} == pytest.approx(differences)
    assert {name: color_of(bar) for name, bar in bars.items()} == {
        name: BLUE if value < 1e-7 else RED for name, value in differences.items()
    }
    assert [line.get_xdata()[0] for line in ax.lines] == [1e-7]
    (x, _) = texts_of(ax)["good"]
    assert x < 1e-7
    assert scaled(ax) == ("log", "linear", (1e-12, 2), (3, -1.3))
    assert ax.get_xlabel() == "relative difference"
    assert said(lab) == f"Gradient check on a small network: relative difference {words}."


def test_accuracy_by_factor_on_the_rate(lab):
    shares = dict(zip(faults.SPEEDS, (0.1, 0.35, 0.9, 0.8, 0.2)))
    (ax,) = shown(lab, "learning rates", rates=shares)
    assert scaled(ax) == ("log", "linear", (0.0005, 2000), (0, 103))
    ((_, _, points),) = [one for one in curves_of(ax) if one[0] == BLUE]
    assert points.tolist() == [[speed, pytest.approx(100 * a)] for speed, a in shares.items()]
    assert ticks_of(ax.xaxis) == {float(speed): f"{speed:g}" for speed in faults.SPEEDS}
    assert named(ax) == ([], "factor on the learning rate", "accuracy (%)")
    assert [points[0, 0] for color, _, points in curves_of(ax) if color == GREY] == [1]
    assert 1 < texts_of(ax)["its own rate"][0] < 2
    scan = ", ".join(f"{100 * a:.0f} % at {speed:g}" for speed, a in shares.items())
    assert said(lab) == f"Accuracy after two epochs, by factor on its learning rate: {scan}."


def test_images_learned_by_heart(lab):
    counts = [1, 3, 2, 7]
    (ax,) = shown(lab, "ten examples", counts=counts)
    ((_, _, points),) = [one for one in curves_of(ax) if one[0] == BLUE]
    assert points.tolist() == [[1, 1], [2, 3], [3, 2], [4, 7]]
    assert [points[0, 1] for color, _, points in curves_of(ax) if color == GREY] == [10]
    assert named(ax) == ([], "step", "right, of ten images")
    assert scaled(ax) == ("linear", "linear", (0, 50), (0, 10.6))
    assert said(lab) == "Trained on ten images only: 7 of 10 right after 4 steps."


def test_recall_beside_the_accuracies(lab, rng):
    recall = rng.random(10)
    recall[[2, 7]] = 0.01, 0.02
    accuracies = [0.3, 0.5, 0.45]
    left, right = shown(lab, "recall", recall=recall, lost=[2, 7], accuracies=accuracies)
    ((color, _, points),) = curves_of(left)
    np.testing.assert_allclose(points, [(1, 30), (2, 50), (3, 45)])
    assert (color, scaled(left)[2:]) == (BLUE, ((0.5, 5.5), (0, 100)))
    assert named(left) == ([], "epoch", "accuracy (%)")
    bars, marks = recall_shown(right)
    assert bars == pytest.approx(dict(enumerate(100 * recall)))
    assert list(marks) == [2, 7]
    assert named(right) == ([], "digit", "recall (%)")
    assert said(lab) == "Validation images after epoch 3: accuracy 45 %; lost digits: 2, 7."


def check_pair(ax, name, before, after):
    """Dashed orange before training, filled blue after it, as the legend says."""
    assert ax.get_title("left") == name
    (first,), (second,) = (legend_of(ax)[words] for words in ("before training", "after"))
    assert (look_of(first)[:2], look_of(second)[:2]) == ((ORANGE, True), (BLUE, False))
    assert ax.get_ylabel() == "share (%)"
    assert scaled(ax)[:2] == ("linear", "linear")
    for steps, values in ((first, before), (second, after)):
        edges = steps.get_data().edges
        counts, _ = np.histogram(np.clip(values, edges[0], edges[-1]), edges)
        np.testing.assert_allclose(steps.get_data().values, 100 * counts / values.size)


@pytest.mark.parametrize("instrument", ["z", "slopes"])
def test_both_layers_before_and_after(lab, rng, instrument):
    before = [rng.normal(0, 9, (30, 50)), rng.normal(2, 1, (10, 50))]
    after = [rng.normal(-4, 2, (30, 50)), rng.normal(1, 8, (10, 50))]
    axes = shown(lab, instrument, before=before, after=after, epoch=3)
    for ax, name, *pair in zip(axes, ("hidden layer", "output layer"), before, after):
        is_z = instrument == "z"
        values = pair if is_z else [sigmoid_prime(z) for z in pair]
        check_pair(ax, name, *values)
        assert ax.get_xlabel() == ("weighted input $z$" if is_z else r"slope $\sigma'(z)$")
        limits = ((-31, 31), (0, 103)) if is_z else ((-0.005, 0.255), (0, 103))
        assert scaled(ax)[2:] == limits
    flat = [100 * np.mean(sigmoid_prime(z) < 0.01) for z in (*before, *after)]
    b_hidden, b_output, hidden, output = (f"{share:.0f} %" for share in flat)
    assert said(lab) == (
        f"Saturated, hidden and output layer: {b_hidden} and {b_output} before training, {hidden} "
        f"and {output} after epoch 3."
    )


def test_gradient_norms_by_epoch(lab):
    norms = np.array([[1e-3, 0.2], [2e-4, 0.02], [5e-3, 0.4]])
    (ax,) = shown(lab, "gradient norms", norms=norms)
    legend = legend_of(ax)
    assert list(legend) == ["hidden layer", "output layer"]
    for (line,), values, color in zip(legend.values(), norms.T, (PURPLE, GREEN), strict=True):
        assert color_of(line) == color
        np.testing.assert_allclose(line.get_xydata(), list(enumerate(values)))
    assert named(ax) == ([], "epoch", "gradient norm")
    assert scaled(ax) == ("linear", "log", (-0.2, 5.2), (1e-9, 3))
    assert said(lab) == (
        "Gradient norms of the hidden and the output layer: 1.0e-03 and 2.0e-01 before training, "
        "5.0e-03 and 4.0e-01 after epoch 2."
    )


def test_data_of_every_patient_are_its_own(lab, few_data):
    """The first images and the mean ones, from the digits and what is known of each fault."""
    for patient in (0, 1, 3, 5):  # those whose data differ
        images, labels = faults.patient(patient, few_data).training
        settle(lab, patient=patient, instrument="images")
        largest = images.max()
        (ax,) = lab.picture.figure.axes
        check_row(ax, images[:10], labels[:10], largest)
        assert lab.sentence == (
            f"Patient {patient}. The first ten training images. Largest pixel {largest:.0f}; the "
            f"mean pixel is {100 * images.mean() / largest:.0f} % of it."
        )
        settle(lab, instrument="mean images")
        (ax,) = lab.picture.figure.axes
        means = [images[labels == digit].mean(axis=0) for digit in range(10)]
        check_row(ax, means, range(10), largest)
        nearest = [np.argmin([np.sum((one - mean) ** 2) for mean in means]) for one in images]
        assert f" {100 * np.mean(nearest == labels):.0f} % of the images" in lab.sentence
    assert is_drawn_whole(lab)


def test_there_and_back_is_the_same_picture(lab, few_data):
    fresh = WardLab(few_data)
    for patient, instrument in ((0, "images"), (3, "mean images"), (2, "images")):
        settle(lab, patient=patient, instrument=instrument)
    settle(fresh, patient=2)
    np.testing.assert_array_equal(pixels(lab), pixels(fresh))


def test_the_controls_of_the_ward(lab):
    assert controls_of(lab) == {
        "patient": ("patient", 0, 6),
        "instrument": ("instrument", "images", "gradient norms"),
    }
    assert list(lab.controls["instrument"].options) == INSTRUMENTS
