"""The clinic: what each fault does to a digit, what each step cures, and what the lab shows."""

import itertools
from functools import partial

import numpy as np
import pytest

from course.lesson10 import clinic
from course.lesson10.clinic_lab import AMOUNTS, ClinicLab
from nnlib import mnist
from nnlib.handwriting import center_of_mass, ink, normalise, page, reader, steps
from tests.course.labs import as_at_first, computed
from tests.course.pictures import same_pixels, stored_picture
from tests.speed import processor_seconds


@pytest.fixture(scope="module")
def digits():
    return mnist.load("mini").test.first(60)


@pytest.fixture(scope="module")
def image(digits):
    return digits.images[0].reshape(28, 28)


@pytest.fixture(scope="module")
def shared(digits):
    return ClinicLab(digits)


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def healthy(image):
    return clinic.treated(None, 0, image)


def box(sheet):
    """(top, left, bottom, right) of what is darker than half."""
    rows, columns = (np.flatnonzero((sheet < 0.5).any(axis=axis)) for axis in (1, 0))
    return rows[0], columns[0], rows[-1] + 1, columns[-1] + 1


@pytest.mark.parametrize("fault", clinic.FAULTS)
@pytest.mark.parametrize("end", [0, -1])
def test_every_fault_gives_a_gray_sheet(image, fault, end):
    sheet = clinic.treated(fault, AMOUNTS[fault][0][end], image)
    assert sheet.shape == (56, 56)
    assert sheet.min() >= 0
    assert sheet.max() <= 1
    page(sheet)  # is taken as an image


def test_the_first_amount_is_no_fault_at_all(image):
    for fault in ("off center", "too small", "slanted", "light on dark"):
        first = clinic.treated(fault, AMOUNTS[fault][0][0], image)
        np.testing.assert_allclose(normalise(first), normalise(healthy(image)), atol=0.02)


def test_off_center_moves_right_and_down(image):
    moved = clinic.off_center(image, 5)
    np.testing.assert_array_equal(moved[5:, 5:], healthy(image)[:-5, :-5])


def test_too_small_is_a_factor_of_both_sides(image):
    top, left, bottom, right = box(healthy(image))
    half = box(clinic.too_small(image, 0.5))
    assert half[2] - half[0] == pytest.approx((bottom - top) / 2, abs=1.5)
    assert half[3] - half[1] == pytest.approx((right - left) / 2, abs=1.5)


def test_too_thin_takes_ink_off_and_never_all_of_it(digits):
    for one in digits.images[:20].reshape(-1, 28, 28):
        left = [(1 - clinic.too_thin(one, pixels)).sum() for pixels in (0, 0.5, 1, 1.5)]
        assert left == sorted(left, reverse=True)
        assert left[0] > left[-1] > 5


def test_slanted_leans_by_the_angle():
    upright = np.zeros((28, 28), np.float32)
    upright[4:24, 13:15] = 1
    rows, columns = np.nonzero(clinic.slanted(upright, 30) < 0.5)
    slope = np.polyfit(rows, columns, 1)[0]
    assert slope == pytest.approx(-np.tan(np.deg2rad(30)), abs=0.05)


def test_light_on_dark_goes_through_gray_to_inverted(image):
    plain = healthy(image)
    np.testing.assert_allclose(clinic.light_on_dark(image, 100), 1 - plain, atol=1e-6)
    assert np.ptp(clinic.light_on_dark(image, 50)) < 1e-6


def test_cut_off_takes_the_lowest_rows(image):
    whole, cut = clinic.cut_off(image, 0), clinic.cut_off(image, 4)
    assert box(whole)[2] == 56
    np.testing.assert_array_equal(cut[4:], whole[:-4])


def test_with_all_steps_it_prepares_as_the_course_does(image):
    for fault, (amounts, _) in AMOUNTS.items():
        sheet = clinic.treated(fault, amounts[2], image)
        np.testing.assert_array_equal(clinic.prepared(sheet), normalise(sheet))
        for own, right in zip(clinic.steps(sheet), steps(sheet)):
            np.testing.assert_array_equal(own, right)


def test_what_each_step_left_out_does(image):
    sheet = clinic.off_center(image, 6)
    gray = clinic.steps(sheet, ["ink"])
    np.testing.assert_array_equal(gray.ink, page(sheet))
    assert clinic.steps(sheet, ["crop"]).cropped.shape == (56, 56)
    assert clinic.steps(sheet, ["crop"]).scaled.shape == (20, 20)
    unscaled = clinic.steps(clinic.too_small(image, 0.5), ["scale"])
    np.testing.assert_array_equal(unscaled.scaled, unscaled.cropped)
    assert max(clinic.steps(sheet, ["crop", "scale"]).scaled.shape) == 28
    boxed = clinic.prepared(sheet, ["center"])
    rows, columns = (np.flatnonzero(boxed.any(axis=axis)) for axis in (1, 0))
    assert abs(rows[0] - (27 - rows[-1])) <= 1
    assert abs(columns[0] - (27 - columns[-1])) <= 1
    assert center_of_mass(clinic.prepared(sheet)) == pytest.approx((14, 14), abs=0.75)


def test_every_set_of_steps_left_out_gives_an_image_for_the_network(image):
    sheet = clinic.cut_off(image, 3)
    for n in range(5):
        for without in itertools.combinations(clinic.STEPS, n):
            seen = clinic.prepared(sheet, without)
            assert seen.shape == (28, 28)
            assert 0 <= seen.min() <= seen.max() <= 1


def test_names_that_do_not_exist_are_refused(image, digits):
    with pytest.raises(ValueError, match="no step 'centre': expected some of ink, crop"):
        clinic.prepared(healthy(image), ["centre"])
    with pytest.raises(ValueError, match="no step 'croped'"):
        clinic.accuracy("slanted", 10, "croped", digits)
    with pytest.raises(ValueError, match="no fault 'too big': expected one of off center"):
        clinic.accuracy("too big", 2, (), digits)


def test_one_step_may_be_named_alone(image):
    sheet = clinic.off_center(image, 4)
    np.testing.assert_array_equal(clinic.prepared(sheet, "crop"), clinic.prepared(sheet, ["crop"]))


def by_hand(digits, fault, amount, without=()):
    """Answers of the reader to sheets prepared one by one."""
    found = []
    for one in digits.images:
        sheet = clinic.treated(fault, amount, one)
        x = clinic.prepared(sheet, without).reshape(784, 1)
        found.append(int(reader().feedforward(x).argmax()) if ink(page(sheet)).any() else -1)
    return found


CASES = [(None, 0, ()), ("slanted", 30, ()), ("too small", 0.4, ("scale", "crop")),
         ("light on dark", 50, ("ink",))]  # fmt: skip


@pytest.mark.parametrize(("fault", "amount", "without"), CASES, ids=str)
def test_answers_and_accuracy(digits, fault, amount, without):
    right = by_hand(digits, fault, amount, without)
    np.testing.assert_array_equal(clinic.answers(fault, amount, without, digits), right)
    accuracy = np.mean(np.array(right) == digits.labels)
    assert clinic.accuracy(fault, amount, without, digits) == pytest.approx(accuracy)


def test_an_empty_sheet_is_never_read(digits):
    assert set(clinic.answers("light on dark", 50, (), digits)) == {-1}
    assert clinic.accuracy("light on dark", 50, (), digits) == 0


def test_other_digits_give_other_answers(digits):
    some, others = digits[:20], digits[20:40]
    first = clinic.answers("slanted", 10, (), some).tolist()
    assert clinic.answers("slanted", 10, (), others).tolist() != first
    copy = mnist.Split(some.images.copy(), some.labels)
    assert clinic.answers("slanted", 10, (), copy).tolist() == first


def test_each_step_cures_its_fault():
    digits = mnist.load("mini").test.first(200)
    for fault, amount, step in [("off center", 10, "crop"), ("too small", 0.4, "scale")]:
        assert clinic.accuracy(fault, amount, (), digits) > 0.9
        assert clinic.accuracy(fault, amount, (step,), digits) < 0.7
    assert clinic.accuracy("light on dark", 25, (), digits) > 0.9
    assert clinic.accuracy("light on dark", 25, ("ink",), digits) < 0.3


def test_scale_alone_is_needed_by_small_digits_and_not_by_the_others():
    """As the second task of the page asks it."""
    digits = mnist.load("mini").test.first(200)

    def needed(fault, amount):
        whole = clinic.accuracy(fault, amount, (), digits)
        drops = {
            one: whole - clinic.accuracy(fault, amount, (one,), digits) for one in clinic.STEPS
        }
        return {step for step, drop in drops.items() if drop > 0.2}

    assert needed("too small", AMOUNTS["too small"][0][3]) - needed(None, 0) == {"scale"}


# the lab


@pytest.mark.parametrize("fault", AMOUNTS)
@pytest.mark.parametrize("how_much", [0, 4, 5])
def test_fault_and_slider(lab, digits, fault, how_much):
    lab.controls["fault"].value = fault
    lab.controls["how_much"].value = how_much
    amount, state = AMOUNTS[fault][0][how_much], lab.state
    right = by_hand(digits, fault, amount)
    assert state["amount"] == amount
    assert state["answers"].tolist() == right[:8]
    assert state["all_steps"][1] == pytest.approx(np.mean(np.array(right) == digits.labels))
    assert state["left_out"] is None
    np.testing.assert_array_equal(state["sheets"][3], clinic.treated(fault, amount, digits[0][3]))
    assert f" {amount:g}" in lab.sentence
    assert f": {100 * state['all_steps'][1]:.1f} % of 60 digits are read right" in lab.sentence
    assert lab.sentence in lab.caption.value


@pytest.mark.parametrize("step", clinic.STEPS)
def test_each_box_leaves_out_its_step(lab, digits, step):
    before = bytes(lab.picture.value)
    lab.controls[step].value = True
    right = by_hand(digits, "off center", 6, (step,))
    assert lab.state["without"] == (step,)
    assert lab.state["answers"].tolist() == right[:8]
    assert lab.state["left_out"][1] == pytest.approx(np.mean(np.array(right) == digits.labels))
    assert f"without {step} {100 * lab.state['left_out'][1]:.1f} %" in lab.sentence
    assert bytes(lab.picture.value) != before


def test_wrong_answers_are_marked_by_color_and_sign(lab):
    lab.controls["crop"].value = True
    state, texts = lab.state, lab._seen.artists[2:]
    for text, read, label in zip(texts, state["answers"], state["labels"]):
        assert text.get_text() == (str(read) if read == label else f"{read} ✗")
        assert (text.get_color() == "#D55E00") == (read != label)
    assert (state["answers"] != state["labels"]).any()


def test_controls_and_the_amounts_they_stand_for(lab):
    slider = lab.controls["how_much"]
    assert (slider.min, slider.max, slider.continuous_update) == (0, 5, False)
    assert AMOUNTS.keys() == clinic.FAULTS.keys()
    assert all(len(amounts) == 6 for amounts, _ in AMOUNTS.values())


def test_compute_gives_what_the_lab_shows(lab):
    found = computed(lab, **lab.settings)
    assert found.keys() == lab.state.keys()
    for name, value in found.items():
        np.testing.assert_array_equal(value, lab.state[name])


def test_mime_bundle_has_picture_and_sentence(lab):
    bundle = lab._repr_mimebundle_()
    assert same_pixels(bundle, lab.picture.value)
    assert stored_picture(bundle)[0] == lab.sentence


def test_a_step_takes_about_a_second_of_processor_time():
    lab = ClinicLab()

    def move(fault, how_much):
        with lab.lock:  # one change, though two controls move
            lab.controls["how_much"].set_trait("value", how_much)
            lab.controls["fault"].value = fault

    settings = [("slanted", 1), ("too thin", 1), ("too small", 4), ("off center", 1)]
    assert processor_seconds([partial(move, *one) for one in settings]) < 5.6
