"""The ward: every instrument on every patient, what is kept, Stop."""

import threading

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.lesson09 import faults, ward
from course.lesson09.ward_lab import DRAWN, WardLab
from nnlib import diagnosis
from tests.course.labs import computed
from tests.course.pictures import same_pixels, stored_picture

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def shared(few_data):
    return WardLab(few_data)


@pytest.fixture
def lab(shared):
    press(shared, 1, "images")
    return shared


def press(lab, patient, instrument):
    lab.choose(patient=patient, instrument=instrument)
    assert lab.job.wait(60)
    assert lab.job.error is None


def test_there_is_an_instrument_for_each_button(lab):
    assert list(lab.controls["instrument"].options) == list(ward.INSTRUMENTS) == list(DRAWN)
    assert list(lab.controls["patient"].options) == list(range(len(faults.FAULTS) + 1))


def test_five_buttons_fit_into_a_row_and_six_do_not(lab):
    instrument = lab.controls["instrument"]
    button = int(instrument.style.button_width.removesuffix("px")) + 4  # with its margin
    room = int(instrument.layout.width.removesuffix("px"))
    assert 5 * button + int(instrument.style.description_width.removesuffix("px")) <= room
    assert room < 6 * button
    assert list(ward.INSTRUMENTS)[4] == "ten examples"


@pytest.mark.parametrize("patient", range(7))
@pytest.mark.parametrize("instrument", ward.INSTRUMENTS)
def test_every_instrument_on_every_patient(lab, patient, instrument):
    before = bytes(lab.picture.value)
    press(lab, patient, instrument)
    assert (lab.state["patient"], lab.state["instrument"]) == (patient, instrument)
    assert lab.sentence.startswith(f"Patient {patient}. ")
    assert (patient, instrument) == (1, "images") or bytes(lab.picture.value) != before
    assert lab.stop.disabled


@pytest.mark.parametrize("instrument", ward.INSTRUMENTS)
def test_compute_gives_what_the_lab_shows(lab, instrument):
    press(lab, 4, instrument)
    found = computed(lab, **lab.settings)
    assert found.keys() == lab.state.keys()
    for name, value in found.items():
        np.testing.assert_equal(value, lab.state[name])


def test_data_are_told_in_numbers(lab, few_data):
    assert "Largest pixel 1; the mean pixel is 13 % of it." in lab.sentence
    press(lab, 5, "images")
    assert "the mean pixel is 87 % of it" in lab.sentence
    press(lab, 3, "images")
    assert "Largest pixel 255; the mean pixel is 13 % of it." in lab.sentence
    np.testing.assert_allclose(lab.state["images"], 255 * few_data.train.images[:10])
    press(lab, 1, "mean images")
    mixed = lab.state["fit"]
    press(lab, 0, "mean images")
    assert mixed < 0.5 < lab.state["fit"]


def test_gradient_and_rates_are_those_of_the_chart(lab, few_data):
    press(lab, 4, "gradient check")
    chart = faults.chart(faults.patient(4, few_data))
    assert lab.state["differences"]["whole gradient"] == chart.gradient_difference > 0.01
    assert f"{chart.gradient_difference:.2g}, wrong" in lab.sentence
    press(lab, 4, "learning rates")
    assert lab.state["rates"] == chart.accuracies
    press(lab, 0, "gradient check")
    assert "below 1e-07, good" in lab.sentence


def test_instruments_that_train_read_the_trained_network(lab, few_data):
    patient = faults.patient(0, few_data)
    network, few = patient.train(5), patient.validation
    press(lab, 0, "recall")
    looked = diagnosis.examine(network, few)
    assert lab.state["accuracies"][-1] == looked.accuracy
    np.testing.assert_array_equal(lab.state["recall"], looked.recall)
    press(lab, 0, "z")
    right = diagnosis.weighted_inputs(network, few.images)
    for z, wanted in zip(lab.state["after"], right):
        np.testing.assert_allclose(z, wanted)
    share = 100 * np.mean(np.abs(right[1]) > 4.585)
    assert f"and {share:.0f} % after epoch 5" in lab.sentence
    press(lab, 0, "gradient norms")
    norms = diagnosis.gradient_norms(network, *patient.training)
    np.testing.assert_allclose(lab.state["norms"][-1], norms, rtol=1e-4)
    assert lab.state["norms"].shape == (6, 2)


def test_ten_examples_are_learned_by_heart(lab):
    press(lab, 0, "ten examples")
    assert lab.state["counts"][-1] == 10
    assert len(lab.state["counts"]) == 50
    assert "10 of 10 right after 50 steps" in lab.sentence


def test_the_first_n_images_of_a_patient(few_data):
    few = faults.patient(3, few_data).with_first(10)
    assert few.training.images.shape == few.validation.images.shape == (10, 784)
    assert few.training.images.max() == 255
    assert few.number == 3


def test_what_is_known_is_not_measured_again(lab, monkeypatch):
    press(lab, 2, "recall")
    shown = lab.sentence
    press(lab, 2, "images")
    monkeypatch.setattr(
        ward, "INSTRUMENTS", {"recall": ward.INSTRUMENTS["recall"]._replace(measure=None)}
    )
    press(lab, 2, "recall")
    assert lab.sentence == shown


def test_stop_keeps_the_epochs_that_are_done(few_data, monkeypatch):
    lab = WardLab(few_data)
    begun, go_on = threading.Event(), threading.Event()
    real = ward.INSTRUMENTS["recall"]

    def waiting(patient, note):
        def noted(found):
            begun.set()
            assert go_on.wait(60)
            return note(found)

        real.measure(patient, noted)

    slow = ward.INSTRUMENTS | {"recall": real._replace(measure=waiting)}
    monkeypatch.setattr(ward, "INSTRUMENTS", slow)
    lab.controls["instrument"].value = "recall"
    assert begun.wait(60)
    assert not lab.stop.disabled
    lab.stop.click()
    go_on.set()
    assert lab.job.wait(60)
    assert lab.job.error is None
    assert len(lab.state["accuracies"]) == 1
    assert lab.stop.disabled
    monkeypatch.undo()
    press(lab, 1, "images")
    press(lab, 1, "recall")  # what was stopped is measured again
    assert len(lab.state["accuracies"]) == 5


def test_quick_presses_end_at_the_last(lab):
    for patient, instrument in ((0, "recall"), (2, "learning rates"), (6, "z"), (5, "slopes")):
        lab.choose(patient=patient, instrument=instrument)
    assert lab.job.wait(60)
    assert (lab.state["patient"], lab.state["instrument"]) == (5, "slopes")


def test_an_error_is_said_and_can_be_tried_again(few_data, monkeypatch):
    lab = WardLab(few_data)

    def fail(*_):
        raise RuntimeError("no more memory")

    broken = ward.INSTRUMENTS["z"]._replace(measure=fail)
    monkeypatch.setattr(ward, "INSTRUMENTS", ward.INSTRUMENTS | {"z": broken})
    lab.controls["instrument"].value = "z"
    assert lab.job.wait(60)
    assert "no more memory" in lab.sentence
    monkeypatch.undo()
    press(lab, 1, "images")
    press(lab, 1, "z")
    assert lab.state["epoch"] == 5


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert bundle["text/plain"] == lab.sentence
    assert stored_picture(bundle)[1] == 940


def test_a_layer_has_no_color_that_means_a_moment(lab):
    def colors(instrument):
        press(lab, 1, instrument)
        handles = lab.picture.figure.axes[0].get_legend().legend_handles
        drawn = [getattr(one, "get_color", getattr(one, "get_edgecolor", None)) for one in handles]
        return {to_hex(color()) for color in drawn}

    moments, layers = colors("z"), colors("gradient norms")
    assert len(moments) == len(layers) == 2
    assert not moments & layers
