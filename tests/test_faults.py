"""The six patients: each shows its own fault, on every seed and on both data sets, and hides it."""

import dataclasses

import numpy as np
import pytest

from nnlib import faults, mnist
from nnlib.network import Network

TRUTH = [
    "healthy",
    "shuffled labels",
    "eta too large",
    "unscaled inputs",
    "wrong gradient",
    "inverted images",
    "eta too small",
]


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


@pytest.fixture(scope="module")
def charts(mini):
    return [faults.chart(faults.patient(number, mini)) for number in range(7)]


@pytest.mark.parametrize(("which", "seed"), [("mini", 0), ("mini", 1), ("mini", 2), ("full", 0)])
def test_the_measurements_show_the_fault(which, seed):
    data = mnist.load() if which == "full" else mnist.load("mini")
    if data.name != which:
        pytest.skip("the full set is not on this computer")
    found = [faults.diagnose(faults.chart(faults.patient(n, data, seed))) for n in range(7)]
    assert found == TRUTH


def test_every_fault_is_staged_once():
    assert sorted(TRUTH[1:]) == sorted(faults.FAULTS)


def test_chart_against_other_calculations(mini, charts):
    images, labels = mini.train.images[:2000], mini.train.labels[:2000]
    means = [images[labels == digit].mean(axis=0) for digit in range(10)]
    nearest = [np.argmin([np.linalg.norm(image - mean) for mean in means]) for image in images]
    fit = np.mean(nearest == labels)
    assert charts[0].label_fit == pytest.approx(fit, abs=0.001)
    assert charts[3].label_fit == pytest.approx(fit, abs=0.001)
    assert charts[5].label_fit == pytest.approx(fit, abs=0.001)
    assert charts[1].label_fit < 0.25
    assert [chart.largest_pixel for chart in charts] == [1, 1, 1, 255, 1, 1, 1]
    assert charts[0].mean_pixel + charts[5].mean_pixel == pytest.approx(1, abs=1e-5)


def test_the_healthy_patient_is_the_network_of_the_course(mini):
    patient = faults.patient(0, mini, seed=4)
    twin = Network([784, 30, 10], init="scaled", rng=4)
    twin.SGD((mini.train.images[:2000], mini.train.labels[:2000]), 2, 10, 3.0, on_epoch=None)
    found = patient.train(epochs=2)
    for a, b in zip(twin.weights + twin.biases, found.weights + found.biases):
        np.testing.assert_allclose(a, b, atol=1e-5)


def test_only_the_learning_rate_cures_a_wrong_learning_rate(charts):
    healthy = charts[0].accuracies[1]
    assert healthy > 0.8
    assert charts[2].accuracies[0.03] > 0.8 > 2 * charts[2].accuracies[1]
    assert charts[6].accuracies[1000] > 0.8 > 2 * charts[6].accuracies[1]
    for number in (1, 3, 5):
        assert max(charts[number].accuracies.values()) < 0.6


def test_gradient_check_clears_all_but_one(charts):
    wrong = [number for number in range(7) if charts[number].gradient_difference > 0.01]
    assert wrong == [4]
    assert all(charts[number].gradient_difference < 1e-7 for number in range(7) if number != 4)


def test_the_wrong_gradient_is_found_on_many_small_networks(mini):
    ill, well = faults.patient(4, mini), faults.patient(0, mini)
    for seed in range(10):
        assert faults.small_gradient_check(ill, seed).verdict == "wrong"
        assert faults.small_gradient_check(well, seed).verdict == "good"


@pytest.mark.parametrize("number", range(1, 7))
def test_names_do_not_give_the_fault_away(mini, number):
    patient, healthy = faults.patient(number, mini), faults.patient(0, mini)
    assert repr(patient) == repr(healthy).replace("Patient 0", f"Patient {number}")
    assert type(patient.network()) is type(healthy.network())


def test_check_compares_with_what_is_measured(mini):
    patient = faults.patient(5, mini)
    assert faults.check(patient, "") == "Patient 5: no diagnosis yet."
    assert faults.check(patient, "inverted images").startswith("Patient 5: right, inverted images")
    with pytest.raises(AssertionError, match=r"'eta too large' does not .* mean pixel 0\.87"):
        faults.check(patient, "eta too large")
    with pytest.raises(ValueError, match="expected 'inverted images' or"):
        faults.check(patient, "no idea")


def test_diagnosis_follows_the_measurements_not_the_name(mini):
    patient = faults.patient(5, mini)
    patient.number = 2
    assert faults.check(patient, "inverted images").startswith("Patient 2: right")


def test_order_of_the_checklist(charts):
    several = dataclasses.replace(charts[1], largest_pixel=255.0, gradient_difference=0.5)
    assert faults.diagnose(several) == "unscaled inputs"
    several = dataclasses.replace(charts[2], gradient_difference=float("nan"))
    assert faults.diagnose(several) == "wrong gradient"


def test_speed_multiplies_the_learning_rate(mini):
    faster, fast = faults.patient(0, mini).train(1, speed=0.5), Network([784, 30, 10], rng=0,
                                                                       init="scaled")  # fmt: skip
    fast.SGD((mini.train.images[:2000], mini.train.labels[:2000]), 1, 10, 1.5, on_epoch=None)
    np.testing.assert_allclose(faster.weights[0], fast.weights[0], atol=1e-5)


@pytest.mark.parametrize("speed", [0, -1, float("nan"), float("inf")])
def test_bad_speed(mini, speed):
    with pytest.raises(ValueError, match="speed"):
        faults.patient(1, mini).train(1, speed=speed)


@pytest.mark.parametrize("number", [-1, 7, "3", None])
def test_no_such_patient(mini, number):
    with pytest.raises(ValueError, match="1 to 6"):
        faults.patient(number, mini)
