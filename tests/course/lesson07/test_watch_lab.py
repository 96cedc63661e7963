"""The lab that watches a network read: every control at its ends, its buttons, what it shows."""

from functools import partial

import numpy as np
import pytest

from course.lesson07 import figures
from course.lesson07.watch_lab import WatchLab
from nnlib.network import Network
from tests.course.labs import as_at_first
from tests.course.pictures import same_pixels, shows_the_same, stored_picture
from tests.speed import processor_seconds

FEW = 30  # images of the pile without labels


@pytest.fixture(scope="module")
def network(data):
    network = Network([784, 10], rng=0)
    network.SGD(data.train, 1, 10, 1.0, on_epoch=None)
    return network


@pytest.fixture(scope="module")
def shared(network, data):
    return WatchLab(network, {"digits": data.validation, "noise": noise()})


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def noise():
    return np.random.default_rng(0).random((FEW, 784))


def one(network, image):
    """The ten outputs for one image (784,)."""
    return network.feedforward(image.reshape(784, 1)).ravel()


def wrong_by_hand(network, split):
    """Numbers of the first hundred images that are read wrong, one image at a time."""
    pairs = zip(split.images[:100], split.labels)
    return [n for n, (x, label) in enumerate(pairs) if one(network, x).argmax() != label]


@pytest.mark.parametrize(
    ("pile", "number"), [("digits", 0), ("digits", 1), ("digits", 99), ("noise", 0), ("noise", 29)]
)
def test_control(lab, network, data, pile, number):
    lab.controls["pile"].value = pile
    lab.controls["number"].value = number
    images = data.validation.images if pile == "digits" else noise()
    outputs = one(network, images[number])
    second, answer = np.argsort(outputs)[-2:]
    assert lab.state["answers"][number] == answer
    np.testing.assert_allclose(lab.state["outputs"][:, number], outputs, atol=1e-5)
    assert [bar.get_height() for bar in lab._bars._bars] == list(lab.state["outputs"][:, number])
    assert np.array_equal(np.ravel(lab._chosen.get_array()), images[number])
    written = f", a {data.validation.labels[number]}," if pile == "digits" else ""
    assert lab.sentence.startswith(
        f"Image {number}{written} is read as {answer} with {outputs[answer]:.2f}, next comes "
        f"{second} with {outputs[second]:.2f}. Of {100 if pile == 'digits' else FEW} images "
    )
    assert ("read right" in lab.sentence) == (pile == "digits")
    assert lab.sentence in lab.caption.value


def test_mistakes_are_framed_and_counted(lab, network, data):
    wrong = wrong_by_hand(network, data.validation)
    assert np.flatnonzero(lab.state["wrong"]).tolist() == wrong
    framed = [tile._frame.get_linewidth() > 2 for tile in lab._grid.tiles]
    assert np.flatnonzero(framed).tolist() == wrong
    assert f"Of 100 images {100 - len(wrong)} % are read right" in lab.sentence


def test_the_chosen_image_alone_has_the_black_frame(lab):
    for number in (5, 99, 0):
        lab.controls["number"].value = number
        marked = [tile._mark.get_visible() for tile in lab._grid.tiles]
        assert np.flatnonzero(marked).tolist() == [number]


def test_next_mistake_goes_round(lab, network, data):
    first, second, *_, last = wrong_by_hand(network, data.validation)
    lab.controls["number"].value = first
    lab.play.playing = True
    lab.next_mistake.click()
    assert not lab.play.playing
    assert lab.controls["number"].value == second
    lab.controls["number"].value = last
    lab.next_mistake.click()
    assert lab.controls["number"].value == first


def test_a_pile_without_labels_has_no_mistakes(lab):
    lab.controls["number"].value = 99
    lab.controls["pile"].value = "noise"
    assert lab.controls["number"].value == lab.controls["number"].max == lab.play.max == FEW - 1
    assert lab.next_mistake.layout.visibility == "hidden"
    lab.next_mistake.click()
    assert lab.state["number"] == FEW - 1
    assert not lab.state["wrong"].any()
    assert {tile._word.get_text() for tile in lab._grid.tiles[FEW:]} == {""}
    lab.controls["pile"].value = "digits"
    assert lab.next_mistake.layout.visibility == "visible"


def test_play_can_go_through_all_images(lab):
    number = lab.controls["number"]
    assert lab.play in lab.panel[-1].children
    assert (lab.play.min, lab.play.max) == (number.min, number.max)
    assert lab.play.interval >= 125


def test_sure_answers_are_black_and_others_gray(lab):
    sure = lab.state["outputs"].max(axis=0) > 0.9
    black = [tile._word.get_color() == figures.BLACK for tile in lab._grid.tiles]
    assert black == sure.tolist()
    assert f"{sure.sum()} % get an answer above 0.9" in lab.sentence


def test_what_is_drawn_in_parts_is_what_would_be_drawn_at_once(lab):
    before = lab.picture.value
    for pile, number in (("noise", 3), ("digits", 99), ("digits", 0)):
        lab.controls["pile"].value = pile
        lab.controls["number"].value = number
    assert shows_the_same(lab.picture.value, before)
    lab.picture.forget_background()
    lab.picture.show()
    assert shows_the_same(lab.picture.value, before)


def test_a_step_is_quick(lab):
    def step(number):
        lab.controls["number"].value = number

    assert processor_seconds([partial(step, number) for number in (1, 2, 3, 4, 5)]) < 0.13


def test_mime_bundle_has_picture_and_sentence(lab):
    data = lab._repr_mimebundle_()
    assert same_pixels(data, lab.picture.value)
    assert data["text/plain"] == lab.sentence
    assert stored_picture(data)[1] == 940


def test_what_does_not_fit_is_refused_with_words(network, data):
    with pytest.raises(ValueError, match=r"sizes \[783, 10\]: expected 784 inputs"):
        WatchLab(Network([783, 10]), {"digits": data.validation})
    with pytest.raises(ValueError, match=r"'blank' has images of shape \(1, 784\)"):
        WatchLab(network, {"blank": np.zeros((1, 784))})
    with pytest.raises(ValueError, match=r"shape \(28, 28\): expected \(n, 784\)"):
        WatchLab(network, {"one": np.zeros((28, 28))})
    with pytest.raises(ValueError, match=r"piles is {}: expected a dict .*WatchLab\(net, {"):
        WatchLab(network, {})
    with pytest.raises(ValueError, match=r"30 images and 500 labels"):
        WatchLab(network, {"mixed": (noise(), data.validation.labels)})
