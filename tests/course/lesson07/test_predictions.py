"""What lesson 07 tells below a guess and no cell of the notebook measures."""

import numpy as np
import pytest

from course.lesson07 import questions
from nnlib import diagnosis, mnist
from nnlib.network import Network
from tests.course.truths import right, told
from tests.told import starts

pytestmark = pytest.mark.trains


@pytest.fixture(params=["mini", "full"])
def data(request):
    return mnist.load("mini") if request.param == "mini" else request.getfixturevalue("full")


def shares_and_losers(sizes, data):
    """Accuracies of four seeds after three epochs on at most 10,000 images; who lost a digit."""
    found = []
    for seed in range(4):
        network = Network(sizes, rng=seed)
        network.SGD(data.train.first(10_000), 3, 10, 3.0, on_epoch=None)
        found.append(diagnosis.examine(network, data.validation))
    return [one.accuracy for one in found], [bool(one.lost) for one in found]


def test_three_sizes_with_few_epochs(data):
    """30 hidden neurons have the best median by far; all runs of the others lost digits."""
    best, _ = shares_and_losers([784, 30, 10], data)
    none, none_lost = shares_and_losers([784, 10], data)
    sixty, sixty_lost = shares_and_losers([784, 60, 10], data)
    assert np.median(best) > 0.8
    assert max(np.median(none), np.median(sixty)) < 0.72
    assert all(none_lost + sixty_lost)
    assert min(sixty) < 0.15 < min(none + best)
    assert np.ptp(sixty) > max(np.ptp(none), np.ptp(best)) + 0.1


def test_the_outcome_of_three_sizes_tells_the_ledger():
    told = " ".join(questions.three_sizes.outcome().markdown.split())
    assert "95.9 % against 95.0 %" in told


def test_what_networks_say_where_there_is_no_digit():
    """Ten or more of 100 shuffled images are answered above 0.9; a blank sheet anyhow."""
    data, shuffled, blank = mnist.load("mini"), [], []
    images = np.random.default_rng(0).permuted(data.validation.images[:100], axis=1)
    for seed in range(4):
        network = Network([784, 30, 10], rng=seed)
        network.SGD(data.train, 30, 10, 3.0, on_epoch=None)
        shuffled.append(np.mean(network.feedforward(images.T).max(axis=0) > 0.9))
        blank.append(network.feedforward(np.zeros((784, 1))).max())
    assert 0.06 < min(shuffled) < max(shuffled) < 0.6
    assert np.median(shuffled) > 0.15
    assert min(blank) < 0.1
    assert max(blank) > 0.4
    assert right(questions.shuffled_pixels) == "ten or more of 100"
    assert "11 to 37 on the small one" in " ".join(told(questions.shuffled_pixels).split())


def test_few_hidden_neurons_and_none_lose_digits_with_the_gaussian_start():
    none, five = ((hidden, "none", 2000, 10) for hidden in (0, 5))
    assert starts.seeds(*none) == starts.seeds(*five) == 16
    assert starts.counts("lost", *none) == [16, 16]
    assert min(starts.counts("lost", *five)) > 8
    text = " ".join(questions.four_moves.outcome().markdown.split())
    assert "hidden layer all of 16 seeds lost digits, with 5 hidden neurons most of them." in text


def test_the_sure_and_the_unsure_answers_of_twenty_starts():
    text = told(questions.sure_and_unsure)
    sure, unsure, how_many = (
        [starts.column(name, data, *starts.AFTER_07) for data in starts.SETS]
        for name in ("sure", "unsure", "unsure_answers")
    )
    assert f"With {len(sure[0])} seeds 98 of 100 sure answers" in text
    assert set(np.round(sure[0])) == {98}
    ends = [(round(one.min()), round(one.max())) for one in (sure[1], *unsure, how_many[1])]
    words = "and {} to {} on the small one", "{} to {} of 100 on the full set"
    words += "{} to {} of 100 were right", "only {} to {} answers"
    for sentence, (low, high) in zip(words, ends, strict=True):
        assert sentence.format(low, high) in text
