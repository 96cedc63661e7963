"""Examples in every form that people bring them in, and the words for what fits nowhere."""

import numpy as np
import pytest

from nnlib import examples, mnist, mnist_loader
from nnlib.network import Network

SIZES = [5, 4, 3]
RNG = np.random.default_rng(0)
IMAGES, LABELS = RNG.random((60, 5), dtype=np.float32), RNG.integers(0, 3, 60)
TARGETS = np.eye(3, dtype=np.float32)[LABELS]
COLUMNS = [x.reshape(5, 1) for x in IMAGES]
ALIKE = {
    "arrays": (IMAGES, LABELS),
    "arrays in a list": [IMAGES, LABELS],
    "small integers": (IMAGES, LABELS.astype(np.uint8)),
    "whole floats": (IMAGES, LABELS.astype(float)),
    "objects": (IMAGES, LABELS.astype(object)),
    "a list of labels": (IMAGES, LABELS.tolist()),
    "lists": (IMAGES.tolist(), LABELS.tolist()),
    "images of another type": (IMAGES.astype(np.float64), LABELS),
    "tables": lambda pandas: (pandas.DataFrame(IMAGES), pandas.Series(LABELS)),
    "a table of another order of index": lambda pandas: (
        IMAGES,
        pandas.Series(LABELS, index=range(60)[::-1]),
    ),
    "categories": lambda pandas: (IMAGES, pandas.Series(LABELS).astype("category")),
    "targets": (IMAGES, TARGETS),
    "targets as table": lambda pandas: (IMAGES, pandas.DataFrame(TARGETS)),
    "a Split": mnist.Split(IMAGES, LABELS),
    "columns and labels": list(zip(COLUMNS, LABELS.tolist())),
    "columns and columns": [(x, y.reshape(3, 1)) for x, y in zip(COLUMNS, TARGETS)],
    "columns and rows": list(zip(COLUMNS, TARGETS)),
    "pairs as lists": [[x, y.reshape(3, 1)] for x, y in zip(COLUMNS, TARGETS)],
    "a tuple of pairs": tuple(zip(COLUMNS, LABELS)),
    "a zip": None,  # made anew each time, see below
}


def made(data):
    """The data as they are; those that are a function of pandas are made with it, or skipped."""
    if callable(data):
        return data(pytest.importorskip("pandas", reason="pandas is not installed: see group ci"))
    return data


def given(name):
    return zip(COLUMNS, LABELS) if name == "a zip" else made(ALIKE[name])


@pytest.mark.parametrize("name", ALIKE)
def test_every_form_gives_the_same_examples(name):
    found = examples.training(given(name), SIZES, np.float32)
    assert (found.images.dtype, found.targets.dtype) == (np.float32, np.float32)
    np.testing.assert_array_equal(found.images, IMAGES)
    np.testing.assert_array_equal(found.targets, TARGETS)


@pytest.mark.parametrize("name", ALIKE)
def test_every_form_has_the_same_labels(name):
    images, labels = examples.labeled(given(name), SIZES, np.float32)
    np.testing.assert_array_equal(images, IMAGES)
    assert labels.tolist() == LABELS.tolist()


@pytest.mark.parametrize("n", [1, 2, 3, 4])
@pytest.mark.parametrize("kind", [tuple, list])
@pytest.mark.parametrize("n_in", [1, 5])
def test_few_examples_are_not_taken_for_something_else(n, kind, n_in):
    pairs = [kind((np.ones((n_in, 1)), np.ones((3, 1)))) for _ in range(n)]
    assert len(examples.training(pairs, [n_in, 3], np.float32)) == n
    assert len(examples.training([kind((x, 1)) for x, _ in pairs], [n_in, 3], np.float32)) == n
    assert len(examples.training((np.ones((n, n_in)), np.ones(n)), [n_in, 3], np.float32)) == n


def test_examples_are_the_columns_of_the_book():
    found = examples.training((IMAGES, LABELS), SIZES, np.float32)
    pairs = list(found)
    assert len(found) == len(pairs) == 60
    for (x, y), column, target in zip(pairs, COLUMNS, TARGETS):
        np.testing.assert_array_equal(x, column)
        np.testing.assert_array_equal(y, target.reshape(3, 1))
    few = found.take(np.array([3, 1]))
    np.testing.assert_array_equal(few.images, IMAGES[[3, 1]])
    np.testing.assert_array_equal(few.targets, TARGETS[[3, 1]])


def test_examples_of_another_network_are_refused():
    found = examples.training((IMAGES, LABELS), SIZES, np.float32)
    assert examples.training(found, SIZES, np.float32) is found
    with pytest.raises(
        ValueError, match=r"5 inputs and 3 outputs; this one has the sizes \[5, 2\]"
    ):
        examples.training(found, [5, 2], np.float32)
    with pytest.raises(ValueError, match="5 inputs"):
        examples.training(found, [4, 3], np.float32)


MINI = [[(np.ones((5, 1)), 1)] * 7] * 3
REFUSED = {
    "text": ((IMAGES, LABELS.astype(str)), r"the first is '\d'; type labels = np\.array\(labels\)"),
    "text in a table": (
        lambda pandas: (IMAGES, pandas.Series(LABELS.astype(str))),
        r"\.astype\(int\)",
    ),
    "dates": ((IMAGES, np.full(60, np.datetime64("2020-01-01"))), "no numbers"),
    "complex labels": ((IMAGES, LABELS.astype(complex)), "no numbers"),
    "complex images": ((IMAGES.astype(complex), LABELS), "found an array of complex"),
    "images of text": ((np.full((60, 5), "a"), LABELS), "expected an array of numbers"),
    "no labels": ((IMAGES, None), "the first is None"),
    "one label for all": ((IMAGES, 3), "no list of labels"),
    "ragged labels": ((IMAGES, [[1], [2, 3]] * 30), "differ in length"),
    "ragged x": ([([[1], [2, 3]], 1)], "rows differ in length"),
    "swapped": ((LABELS, IMAGES), "swapped"),
    "swapped tables": (
        lambda pandas: (pandas.Series(LABELS), pandas.DataFrame(IMAGES)),
        "swapped",
    ),
    "images alone": (IMAGES, r"type \(images, labels\), in parentheses"),
    "a table alone": (
        lambda pandas: pandas.DataFrame(IMAGES),
        r"type \(images, labels\), in parentheses",
    ),
    "three splits": (((IMAGES, LABELS),) * 3, "three parts.*training, validation, test ="),
    "three lists": (MINI, "three parts"),
    "one example": ((np.ones((5, 1)), np.ones((3, 1))), r"type \[\(x, y\)\]"),
    "y with two columns": ([(np.ones((5, 1)), np.ones((3, 2)))], r"a y of shape \(3, 2\)"),
    "y as a row": ([(np.ones((5, 1)), np.ones((1, 3)))], r"type y\.reshape\(3, 1\)"),
    "labels with two axes": ((IMAGES, np.ones((60, 2), int)), r"of shape \(60, 2\)"),
    "pixels too many": ((np.ones((60, 6)), LABELS), "its sizes begin with 6"),
    "a dictionary": ({"images": IMAGES, "labels": LABELS}, "dict, but not every element is a pair"),
}


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_what_fits_nowhere_is_refused_in_words(data, message):
    data = made(data)
    network = Network(SIZES, rng=0)
    before = [w.copy() for w in network.weights]
    for refusing in (lambda: network.SGD(data, 1, 10, 3.0), lambda: network.evaluate(data)):
        with pytest.raises(ValueError, match=message):
            refusing()
    assert all(np.array_equal(w, v) for w, v in zip(before, network.weights, strict=True))


def test_advice_for_labels_that_are_text_works_as_typed():
    labels = made(lambda pandas: pandas.Series(LABELS.astype(str)))
    labels = np.array(labels).astype(int)
    assert examples.labeled((IMAGES, labels), SIZES, np.float32)[1].tolist() == LABELS.tolist()


@pytest.mark.parametrize("loaded", ["load", "load_data", "load_data_wrapper"])
def test_all_splits_at_once_are_recognized(loaded):
    data = mnist.load("mini") if loaded == "load" else getattr(mnist_loader, loaded)("mini")
    with pytest.raises(ValueError, match="three parts"):
        Network([784, 10], rng=0).SGD(data, 1, 10, 3.0)


def test_empty_test_data_is_not_called_a_zip():
    with pytest.raises(ValueError, match="empty: expected.*leave it out") as caught:
        Network(SIZES, rng=0).SGD((IMAGES, LABELS), 1, 10, 3.0, test_data=[])
    assert "zip" not in str(caught.value)
    with pytest.raises(ValueError, match="zip can be read only once"):
        Network(SIZES, rng=0).SGD((IMAGES, LABELS), 1, 10, 3.0, test_data=zip([], []))


# One output neuron: yes or no

YES = IMAGES.sum(axis=1) > 2.5
YES_FORMS = {
    "truth values": (IMAGES, YES),
    "numbers": (IMAGES, YES.astype(int)),
    "floats": (IMAGES, YES.astype(float)),
    "a list": (IMAGES, YES.tolist()),
    "a column": (IMAGES, YES.reshape(60, 1)),
    "a table": lambda pandas: (pandas.DataFrame(IMAGES), pandas.Series(YES)),
    "pairs with truth values": list(zip(COLUMNS, YES)),
    "pairs with numbers": list(zip(COLUMNS, YES.astype(int).tolist())),
    "pairs with columns": [(x, np.array([[float(y)]])) for x, y in zip(COLUMNS, YES)],
}


@pytest.mark.parametrize("data", YES_FORMS.values(), ids=YES_FORMS)
def test_one_output_takes_yes_and_no_in_every_form(data):
    data = made(data)
    found = examples.training(data, [5, 1], np.float32)
    np.testing.assert_array_equal(found.targets, YES.reshape(60, 1))
    network = Network([5, 1], rng=0)
    outputs = network.feedforward(IMAGES.T)[0]
    assert network.evaluate(data) == int(((outputs > 0.5) == YES).sum())


def test_one_output_learns_to_say_yes_and_no():
    network = Network([5, 8, 1], rng=0)
    network.SGD((IMAGES, YES), 300, 10, 3.0, on_epoch=None)
    assert network.evaluate((IMAGES, YES)) >= 57
    assert network.evaluate((IMAGES, ~YES)) <= 3


@pytest.mark.parametrize("gate", [np.logical_and, np.logical_or, np.logical_xor])
def test_a_gate_is_learned(gate):
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    wanted = gate(*inputs.T)
    network = Network([2, 4, 1], rng=0)
    network.SGD((inputs, wanted), 3000, 4, 5.0, on_epoch=None)
    assert network.evaluate((inputs, wanted)) == 4


def test_one_output_may_be_taught_any_number_but_counts_only_yes_and_no():
    network = Network([5, 1], rng=0)
    network.SGD((IMAGES, np.full(60, 0.25)), 50, 10, 3.0, on_epoch=None)
    assert abs(network.feedforward(IMAGES.T).mean() - 0.25) < 0.02
    with pytest.raises(ValueError, match="label 0.25.*from 0 to 1"):
        network.evaluate((IMAGES, np.full(60, 0.25)))
    with pytest.raises(ValueError, match="label 2"):
        network.evaluate((IMAGES, LABELS))
