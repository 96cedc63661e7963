"""The numbers that the questions of lesson 10 tell, each found in another way."""

import itertools
import math

import numpy as np
import pytest
from scipy import ndimage

from course.lesson10 import checks, figures, questions, written
from course.live.pad import Pad
from course.measured import composed, other_writers
from nnlib import handwriting, mnist
from nnlib.network import Network
from tests.course.truths import right, told

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


@pytest.fixture(scope="module")
def digits(mini):
    return mini.test.images.reshape(-1, 28, 28)


def trained(images, targets):
    network = Network([784, 30, 10], init="scaled", rng=1)
    network.SGD((images, targets), 5, 10, 3.0, on_epoch=None)
    return network


@pytest.fixture(scope="module")
def net(mini):
    """As on the page, from another start."""
    return trained(mini.train.images, np.eye(10)[mini.train.labels])


def share_right(network, images, labels):
    answers = network.feedforward(np.reshape(images, (len(labels), 784)).T).argmax(axis=0)
    return np.mean(answers == labels)


def shift(image, down, right):
    return ndimage.shift(image, (down, right), order=0)


def test_a_small_seven_in_the_corner():
    pad = Pad(224, 224, line_width=8)
    pad.strokes = written.number("7", corner=(150, 20), height=50)
    squeezed = ndimage.uniform_filter(1 - pad.image() / 255, 8, origin=-1)[3::8, 3::8]
    outputs = handwriting.reader().feedforward(squeezed.reshape(784, 1))[:, 0]
    assert right(questions.small_seven) == "not 7"
    assert outputs.argmax() != 7
    assert outputs.min() > 0
    assert handwriting.read_digit(pad).text == "7"


@pytest.mark.parametrize("name", ["full", "mini"])
def test_where_the_digits_of_mnist_stand(request, name):
    images = request.getfixturevalue(name).test.images.reshape(-1, 28, 28)
    middles = np.array([ndimage.center_of_mass(image) for image in images])
    assert (np.abs(middles - 14) <= 0.5).all()
    assert right(questions.where_is_the_middle) == "all of them"
    boxes = [ndimage.find_objects((image > 0).astype(int))[0] for image in images]
    longer = np.array([max(part.stop - part.start for part in box) for box in boxes])
    assert (longer != 20).sum() == (3 if name == "full" else 0)
    assert "all but 3 of the 10,000" in told(questions.where_is_the_middle)


def test_the_center_of_mass_by_hand():
    picture = np.array([[0, 0, 0], [0, 1, 0], [0, 1, 2]])
    row, column = ndimage.center_of_mass(picture)
    assert questions.center_by_hand.right_answer == row
    assert f"= {column:g}" in told(questions.center_by_hand)
    once = ndimage.center_of_mass(picture > 0)[0]
    assert any(abs(mistake - once) < 0.001 for mistake in questions.center_by_hand.mistakes)
    assert column in questions.center_by_hand.mistakes


@pytest.mark.parametrize("words", checks.CENTER_CASES)
def test_the_right_center_of_mass(words):
    (ink,) = checks.CENTER_CASES[words]
    assert np.allclose(checks.right_center_of_mass(ink), ndimage.center_of_mass(ink))


def test_three_pixels_to_the_right(mini, digits, net):
    labels = mini.test.labels
    off = share_right(net, [shift(digit, 0, 3) for digit in digits], labels)
    assert 0.85 < share_right(net, digits, labels) < 0.96
    assert right(questions.three_pixels) == f"about {round(100 * off, -1):.0f}"
    assert share_right(net, [shift(digit, 0, 6) for digit in digits], labels) < 0.3


def test_shifted_copies_cure_the_shift_and_cost_nothing(mini, digits, net):
    rng = np.random.default_rng(2)
    images = mini.train.images.reshape(-1, 28, 28)
    copies = [shift(image, *rng.integers(-3, 4, 2)) for _ in range(3) for image in images]
    everything = np.concatenate([images, copies]).reshape(-1, 784)
    cured = trained(everything, np.tile(np.eye(10)[mini.train.labels], (4, 1)))
    labels, off = mini.test.labels, [shift(digit, 0, 3) for digit in digits]
    assert share_right(cured, off, labels) > share_right(net, off, labels) + 0.2
    assert abs(share_right(cured, digits, labels) - share_right(net, digits, labels)) < 0.06
    assert right(questions.shifted_copies).endswith("in the middle: about the same")


def test_which_fault_the_four_steps_leave(digits):
    """The steps give the same image for a digit and for one that is moved, small or inverted."""
    digit = np.kron(digits[0], np.ones((4, 4)))
    faults = {
        "off center": np.pad(digit, ((90, 3), (60, 8))),
        "too small": np.pad(digits[0], 60),
        "light on dark": 1 - np.pad(digit, 30),
        "slanted": ndimage.affine_transform(
            np.pad(digit, 60), [[1, 0], [0.6, 1]], (0, -60), order=1
        ),
    }
    healthy = handwriting.normalise(np.pad(digit, 30))
    left = {
        name: np.abs(handwriting.normalise(sheet) - healthy).mean()
        for name, sheet in faults.items()
    }
    worst = max(left, key=left.get)
    assert right(questions.no_step_cures) == worst
    assert left.pop(worst) > 2 * max(left.values())
    assert set(questions.no_step_cures.letters.values()) == set(faults)


def yes(network, images):
    return np.mean(network.feedforward(np.reshape(images, (-1, 784)).T).max(axis=0) > 0.5)


def test_a_network_that_saw_digits_alone_is_sure_of_a_scribble(digits, net):
    rng = np.random.default_rng(7)
    scribbles = [composed.no_digit(digits, rng) for _ in range(300)]
    assert right(questions.scribbles) == "about 60"
    assert 0.45 < yes(net, scribbles) < 0.77 < yes(net, digits)
    assert yes(handwriting.reader(), scribbles) < 0.2


def test_five_digits_in_a_row(mini, digits, net):
    """Fewer than if each digit were read on its own, and more than hardly any."""
    rng, whole = np.random.default_rng(8), 0
    for _ in range(40):
        chosen = rng.integers(len(digits), size=5)
        sheet = composed.number(digits[chosen], rng)
        whole += handwriting.read_number(1 - sheet, net).text == "".join(
            map(str, mini.test.labels[chosen])
        )
    assert right(questions.five_digits) == "20 to 50"
    assert 0.1 < whole / 40 < 0.62
    assert f"{0.91**5:.2f}" == "0.62"


def test_ways_and_pieces_counted_one_by_one():
    ways = sum(1 for _ in itertools.product([False, True], repeat=14))
    pieces = sum(1 for _ in itertools.combinations(range(16), 2))
    assert questions.ways.right_answer == ways
    assert pieces in questions.ways.mistakes
    assert f"{pieces} scores are enough" in questions.ways.right


def all_ways(scores, n, place=0):
    """Every way from a place to n, one after the other."""
    if place == n:
        yield []
    for start, stop in scores:
        if start == place:
            yield from ([(start, stop), *rest] for rest in all_ways(scores, n, stop))


def test_the_best_way_of_the_table_is_that_of_all_four():
    scores, n = checks.PATH_CASES["the table of the lesson"]
    sums = sorted(sum(scores[step] for step in way) for way in all_ways(scores, n))
    question = questions.best_way
    assert len(sums) == 4
    assert np.isclose(sums[-1], question.right_answer)
    assert np.isin(np.round(sums[:-1], 9), list(question.mistakes)).all()


@pytest.mark.parametrize("words", [w for w in checks.PATH_CASES if w != "61 places"])
def test_the_best_way_is_that_of_all_ways(words):
    scores, n = checks.PATH_CASES[words]
    ways = {sum(scores[s] for s in way): way for way in all_ways(scores, n)}
    best = ways[max(ways)] if ways else []
    assert handwriting.best_path(scores, n) == best


def test_no_threshold_parts_ink_from_paper():
    ink = np.zeros((190, 760))
    ink[40:150, 30:40] = ink[90:98, 30:90] = 1
    photo = figures.photo(ink)
    on_the_left, in_the_shade = photo[80:190, 70:80], photo[-30:, -30:]
    assert in_the_shade.mean() < on_the_left.mean()
    assert right(questions.threshold) == "there is none"
    found = handwriting.ink(photo)[40:-40, 40:-40] > 0.5
    assert np.mean(found != (ink > 0.5)) < 0.001


def test_other_writers(net):
    others = other_writers.load()
    images = [handwriting.normalise(image) for image in others.images]
    share = share_right(net, images, others.labels)
    assert right(questions.other_writers) == "about 70"
    assert 0.55 < share < 0.8
    assert f"{len(others.labels):,} digits" in questions.other_writers.question


def test_how_far_a_center_of_mass_is_from_the_middle_of_its_box(digits):
    """Room of 4 pixels on each side is what it takes."""
    far = 0
    for digit in digits:
        (box,) = ndimage.find_objects((digit > 0).astype(int))
        part = digit[box]
        middle = (np.array(part.shape) - 1) / 2
        far = max(far, np.abs(np.array(ndimage.center_of_mass(part)) - middle).max())
    assert 3 < far < 4.5
    assert "up to 4 pixels" in told(questions.why_20)
    assert right(questions.why_20).startswith("so that there is room")


def test_the_score_of_a_piece():
    question = questions.cut_score
    of_outputs = math.log(0.9) + math.log(1 - 0.2)
    assert abs(of_outputs - 0.5 * 0.4 - question.right_answer) < question.tolerance / 2
    assert any(abs(of_outputs - mistake) < 0.005 for mistake in question.mistakes)
    assert any(abs(of_outputs - 0.4 - mistake) < 0.005 for mistake in question.mistakes)
