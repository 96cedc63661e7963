"""The truths behind the questions of lesson 03, each computed in another way."""

import numpy as np
import pytest

from course.lesson03 import questions
from course.measured import codes
from nnlib.network import Network
from tests.course.truths import is_right, right, told

pytestmark = pytest.mark.trains


def test_numbers_of_lesson_03():
    def size(parts):
        return sum(part.size for part in parts)

    small, large = Network([6, 4, 3, 1]), Network([4096, 50, 1])
    assert questions.lines.right_answer == size(small.weights)
    assert questions.nine_or_not.right_answer == size(large.weights) + size(large.biases)
    assert questions.on_paper.right_answer == _size([784, 30, 10])
    more = _size([784, 30, 30, 10]) - _size([784, 30, 10])
    assert questions.second_layer.right_answer == more
    assert questions.one_more.right_answer == _size([4096, 100, 10]) - _size([4096, 99, 10])
    assert questions.inputs.right_answer == Network([28 * 28, 10]).weights[0].shape[1]


def _size(sizes):
    """The number of weights and biases, neuron by neuron."""
    count = 0
    for before, here in zip(sizes, sizes[1:]):
        for _ in range(here):
            count += before + 1
    return count


def test_shapes():
    network = Network([2, 3, 1])
    weights, biases = (
        " and ".join(str(part.shape) for part in parts)
        for parts in (network.weights, network.biases)
    )
    assert right(questions.four_shapes) == f"weights {weights}, biases {biases}"
    with pytest.raises(ValueError, match="matmul"):
        np.ones((2, 3)) @ np.ones((2, 1))
    assert right(questions.reading_order) == "An error"
    flat = np.ones((3, 2)) @ np.ones(2) + np.ones((3, 1))
    assert right(questions.flat_shape) == str(flat.shape)
    assert right(questions.five_at_once).endswith(str(network.feedforward(np.ones((2, 5))).shape))
    assert right(questions.five_at_once).startswith("None")


def test_layer_sizes_from_shapes():
    """Of all networks with four layers or fewer, one has these weights."""
    network = Network([8, 5, 4])
    assert [w.shape for w in network.weights] == [(5, 8), (4, 5)]
    answer = (network.sizes, [b.shape for b in network.biases])
    assert is_right(questions.from_shapes, answer)
    for sizes in ([4, 5, 8], [8, 5, 5, 4], [5, 8, 4], [8, 4]):
        wrong = Network(sizes)
        assert not is_right(questions.from_shapes, (sizes, [b.shape for b in wrong.biases]))


def test_the_largest_activation_names_the_digit():
    shown = "0.02, 0.01, 0.10, 0.71, 0.00, 0.64, 0.03, 0.02, 0.30 and 0.05"
    question = " ".join(questions.which_digit.question.split())
    assert shown in question
    activations = [float(a) for a in shown.replace(" and", ",").split(", ")]
    assert questions.which_digit.right_answer == activations.index(max(activations))


def test_the_last_entry_of_z():
    shown = [-0.45 * 0.20, -0.22 * 0.90, -0.87]
    assert abs(sum(shown) - questions.last_entry.right_answer) <= questions.last_entry.tolerance
    assert is_right(questions.last_entry, "−0.45·0.20 − 0.22·0.90 − 0.87")


def test_how_many_weights_and_biases_roughly():
    for outputs in range(1, 11):
        assert 20_000 < _size([784, 30, outputs]) < 100_000
    assert right(questions.how_many) == "Tens of thousands"


def test_a_network_that_says_yes_or_no():
    network = Network([64 * 64, 50, 1])
    inputs, outputs = network.weights[0].shape[1], len(network.weights[-1])
    assert right(questions.another_task).startswith(f"{inputs:,} inputs and {outputs} output:")


def test_another_layer_needs_no_other_lines():
    network = Network([2, 3, 3, 1])
    assert [w.shape for w in network.weights] == [(3, 2), (3, 3), (1, 3)]
    assert network.feedforward(np.ones((2, 1))).shape == (1, 1)
    assert right(questions.which_lines) == "None of them"


def _by_code(data, reading):
    """The 20 accuracies of every code, by its name."""
    table = codes.read()
    part = table[table["data"] == data]
    return {kind: part[part.code == kind][reading] for kind in codes.KINDS}


@pytest.mark.parametrize("data", ["full", "mini"])
def test_ten_outputs_four_bits_and_ten_random_bits(data):
    found = _by_code(data, "nearest")
    one, four, _, random = found.values()
    lead = one - four
    assert (lead > 0).all()
    assert 1 < np.median(lead) < 6
    assert right(questions.ten_or_four) == "Ten outputs win by 1 to 6 points"
    numbers = [f"{lead.min():.1f} to {lead.max():.1f} points", f"{np.median(lead):.1f}"]
    assert all(number in told(questions.ten_or_four) for number in numbers)
    between = [np.median(four) + 0.5, np.median(random), np.median(one) - 0.5]
    assert between == sorted(between)
    assert right(questions.random_codes).startswith("More than with four bits, fewer than with one")
    numbers = [f"{np.median(one):.1f} %", f"{np.median(four):.1f}", f"{np.median(random):.1f} %"]
    assert all(number in told(questions.random_codes) for number in numbers)


@pytest.mark.parametrize(
    ("data", "median", "words"), [("full", -0.08, "0.1 points"), ("mini", -1, "1 point ")]
)
def test_read_strictly_the_lead_is_gone(data, median, words):
    one, four, *_ = _by_code(data, "strictly").values()
    assert np.median(one - four) == pytest.approx(median, abs=0.01)
    assert words in told(questions.strictly)
    assert right(questions.strictly).startswith("Nothing")
