"""The numbers that the questions of lesson 09 tell, measured again."""

import difflib
import itertools
import math
import re

import numpy as np
import pytest

from course.lesson09 import faults, questions
from nnlib import diagnosis, mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.course.truths import right, told
from tests.told import starts

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


PATIENTS = [getattr(questions, f"patient_{number}") for number in range(2, 7)]
NAMES = {  # words that would give a diagnosis away
    "inverted images": r"invert|white|1 − x|paper is 1",
    "shuffled labels": r"shuffl|labels .*another order|do(es)? not belong",
    "eta too large": r"too (large|high|big|fast)|smaller",
    "eta too small": r"too (small|low|slow)|larger|slow",
    "wrong gradient": r"gradient|backprop|backward|slip|code",
    "unscaled inputs": r"scal(ed|ing)|255|divided",
}


def test_where_a_neuron_is_pushed_hardest():
    z = np.linspace(-10, 10, 200_001)
    push = (1 - sigmoid(z)) * sigmoid_prime(z)
    assert abs(z[push.argmax()] + np.log(2)) < 1e-3
    assert abs(sigmoid(z[push.argmax()]) - 1 / 3) < 1e-4


def test_the_mean_slope_of_widely_spread_neurons():
    """Lesson 09: the area under sigma', which is 1, times the height of the bell curve at 0."""
    z, width = np.linspace(-80, 80, 160_001, retstep=True)
    bell = np.exp(-((z / 9.4) ** 2) / 2) / (9.4 * np.sqrt(2 * np.pi))
    assert np.isclose(np.sum(sigmoid_prime(z)) * width, 1, atol=1e-6)
    mean_slope = np.sum(sigmoid_prime(z) * bell) * width
    assert round(1 / (9.4 * 2.51), 3) == round(mean_slope, 3) == 0.042
    assert round(0.5 - mean_slope, 2) == 0.46


def test_the_spread_with_400_hidden_neurons(mini):
    x = mini.train.images[:200]
    squares = [
        np.mean(diagnosis.weighted_inputs(Network([784, 400, 10], rng=seed), x)[1] ** 2)
        for seed in range(20)
    ]
    measured = np.sqrt(np.mean(squares))
    assert abs(questions.spread_of_400.right_answer - np.sqrt(0.46 * 400 + 1)) < 0.01
    assert abs(measured / questions.spread_of_400.right_answer - 1) < 0.1
    weights = Network([400, 300], init="scaled", rng=0).weights[0]
    assert abs(weights.std() / questions.weights_of_400.right_answer - 1) < 0.02


def test_the_ward_offers_the_faults_in_their_order():
    assert [question.name for question in PATIENTS] == [f"09-patient-{n}" for n in range(2, 7)]
    for question in PATIENTS:
        assert tuple(question.options) == faults.FAULTS
    rights = [question.letters[question.right_answer] for question in PATIENTS]
    assert sorted([*rights, "shuffled labels"]) == sorted(faults.FAULTS)  # patient 1 is shown


@pytest.mark.parametrize("question", PATIENTS, ids=lambda question: question.name)
def test_no_message_or_hint_tells_the_diagnosis(question):
    truth = question.letters[question.right_answer]
    wrong = {fault: said for fault, said in question.options.items() if fault != truth}
    assert len(wrong) == 5
    for said in wrong.values():
        assert truth not in said.lower()
        assert not re.search(NAMES[truth], said, re.I), said
    assert re.search(NAMES[truth], question.solution().markdown, re.I)  # the words to look for
    for hint in question.hints:
        assert truth not in hint.lower()


def test_each_wrong_diagnosis_has_a_message_of_its_own():
    """No two of the 30 messages are alike but for the numbers or a few words."""
    told = [said for question in PATIENTS for said in question.options.values()]
    assert len(set(told)) == 30
    words = [re.sub(r"[\d.,;:]+", "", said.lower()).split() for said in told]
    for one, other in itertools.combinations(words, 2):
        alike = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
        assert alike < 0.6, (" ".join(one), " ".join(other))


def test_each_wrong_diagnosis_is_told_what_was_measured():
    """Every message names what an instrument shows: pixels, labels, gradient or scan."""
    instruments = r"pixel|image|gradient|backprop|scan|factor|times its rate"
    for question in PATIENTS:
        for said in question.options.values():
            assert re.search(instruments, said), said
            assert 10 <= len(said.split()) <= 50
            assert said[-1] in ".?"


def test_the_words_on_the_hardest_push():
    z = np.linspace(-10, 10, 200_001)
    hardest = z[((1 - sigmoid(z)) * sigmoid_prime(z)).argmax()]
    assert -1.5 < hardest < -0.3
    assert right(questions.hardest_push) == "a little below 0"


def test_how_many_images_of_its_own_digit_a_neuron_needs():
    counts = []
    for z in (-5.0, -10.0, -15.0):
        count = 0
        while z < 0:
            error = 1 - 1 / (1 + math.exp(-z))
            z, count = z + 0.3 * 47 * error**2 * (1 - error), count + 1
        counts.append(count)
    assert counts[0] == 14
    assert (
        right(questions.how_long) == f"about {round(counts[1], -2):,} and {round(counts[2], -4):,}"
    )
    for count in counts[1:]:
        assert f"{count:,}" in told(questions.how_long)


@pytest.mark.parametrize("name", ["full", "mini"])
def test_the_length_of_an_image(request, name):
    squares = (request.getfixturevalue(name).train.images.astype(float) ** 2).sum(axis=1)
    question = questions.length_of_an_image
    assert abs(squares.mean() - question.right_answer) < question.tolerance / 4
    assert f"{squares.mean():.0f} on the {'full' if name == 'full' else 'small'}" in told(question)


def test_spreads_by_drawing_weights():
    """Weights and biases are drawn for one neuron, many times; its inputs stay."""
    rng = np.random.default_rng(5)
    hidden = np.sqrt(0.46) * np.ones(100)
    z = rng.standard_normal((40_000, 100)) @ hidden + rng.standard_normal(40_000)
    question = questions.spread_of_100
    assert abs(z.std() - question.right_answer) < question.tolerance
    pixels = np.sqrt(88 / 784) * np.ones(784)
    weights = rng.standard_normal((10_000, 784)) / np.sqrt(784)
    z = weights @ pixels + rng.standard_normal(10_000)
    question = questions.spread_when_scaled
    assert abs(z.std() - question.right_answer) < question.tolerance


def test_one_step_of_a_neuron_that_is_told_no_nine_times():
    """z = 0, nine images say 0 and are told apart by their products alone."""
    moved = [-(3 / 10) * (0.5 * 0.25) * (35 + 1) for _ in range(9)]
    question = questions.one_step
    assert abs(sum(moved) - question.right_answer) < question.tolerance


def test_idle_neurons_are_those_of_the_gaussian_start(mini):
    """Of 20 seeds on the small set 14 had one, and none with the scaled start; here four seeds."""
    with_idle = {"gaussian": 0, "scaled": 0}
    for init, seed in itertools.product(with_idle, range(4, 8)):
        network = Network([784, 30, 10], init=init, rng=seed, dtype=np.float64)
        network.SGD(mini.train, 10, 10, 3.0, on_epoch=None)
        hidden = sigmoid(diagnosis.weighted_inputs(network, mini.validation.images)[0])
        with_idle[init] += (hidden.std(axis=1) < 0.05).any()
    assert with_idle["gaussian"] >= 2
    assert with_idle["scaled"] == 0


def test_the_idle_neurons_of_the_hunt(mini):
    network = Network([784, 30, 10], rng=7, dtype=np.float64)
    network.SGD(mini.train, 10, 10, 3.0, on_epoch=None)
    images = mini.validation.images
    before = diagnosis.predictions(network, images)
    hidden = sigmoid(diagnosis.weighted_inputs(network, images)[0])
    assert hidden[28].mean() < 0.01 < 0.99 < hidden[2].mean()
    assert "Neuron 28 stays near 0" in questions.idle_neurons.what_is_right()
    weights, found = network.weights[1].copy(), {}
    for neuron in (28, 2, 19):
        # at 0, and then in its bias what it says on average
        network.weights[1] = np.where(np.arange(30) == neuron, 0, weights)
        at_0 = np.sum(diagnosis.predictions(network, images) != before)
        network.biases[1] += weights[:, [neuron]] * hidden[neuron].mean()
        found[neuron] = at_0, np.sum(diagnosis.predictions(network, images) != before)
        network.biases[1] -= weights[:, [neuron]] * hidden[neuron].mean()
    assert found[28] == (0, 0)
    assert abs(found[2][0] - 14) <= 1 >= found[2][1]
    assert abs(found[19][0] - 25) <= 2 > found[19][1]


def test_what_more_hidden_neurons_cost_over_twenty_starts():
    text = told(questions.bigger_network)
    few, many = (30, "none", 4000, 10), (100, "none", 4000, 10)
    losers = [starts.counts("lost", *group) for group in (many, few)]
    medians = [map(round, starts.medians("accuracy", *group)) for group in (many, few)]
    assert f"Of {starts.seeds(*many)} seeds on each data set it was" in text
    words = "it was {} and {}; with 30 hidden neurons it was {} and {}."
    assert words.format(*sum(losers, [])) in text
    full, mini, full_30, mini_30 = (one for pair in medians for one in pair)
    assert f"was {full} % on the full set and {mini} % on the small one" in text
    assert f"with 30 hidden neurons it was {full_30} and {mini_30} %" in text
