"""Wrong arguments: refused at the door in words that name them, before anything changes."""

import inspect
import warnings

import numpy as np
import pytest

from nnlib import (
    circuits,
    descent,
    diagnosis,
    examples,
    gradients,
    handwriting,
    mnist,
    mnist_loader,
    neurons,
    storage,
)
from nnlib.network import Network
from tests.faults import calls
from tests.faults.told import faults_of, tree

# What is taken though it looks like nonsense, and is right: name of the call, argument -> keys of
# NONSENSE.  "numbers" are those that mathematics allows.
NUMBERS = ["True", "-1", "0", "1.5"]
TAKEN = {
    ("Network", "sizes"): ["bytes"],  # [97, 98, 99]
    ("update_mini_batch", "eta"): ["-1", "0", "1.5"],
    ("SGD", "epochs"): ["0"],
    ("SGD", "mini_batch_size"): ["10**400"],  # one batch
    ("SGD", "eta"): ["-1", "0", "1.5"],
    ("SGD", "test_data"): ["None"],
    ("save", "path"): ["'abc'"],
    ("load", "path"): ["'abc'"],
    ("load", "sizes"): ["None"],
    ("answers", "outputs"): ["ones (2, 3)", "NaN (3, 3)"],
    ("perceptron", "b"): NUMBERS,
    ("half_adder", "x1"): ["True", "0"],
    ("half_adder", "x2"): ["True", "0"],
    ("nand", "x1"): ["True", "0"],
    ("nand", "x2"): ["True", "0"],
    ("numerical_gradient", "h"): ["1.5"],
    ("gradient_check", "h"): ["1.5"],
    ("verdict", "difference"): [*NUMBERS, "10**400", "NaN", "infinity"],
    ("gradient_descent", "start"): NUMBERS,
    ("gradient_descent", "eta"): ["-1", "0", "1.5"],
    ("gradient_descent", "steps"): ["0"],
    ("walk", "start"): NUMBERS,
    ("walk", "eta"): ["-1", "0", "1.5"],
    ("walk", "gradients"): ["[]", "{}", "''", "no rows"],
    ("mnist.load", "which"): ["None"],
    ("load_data", "which"): ["None"],
    ("load_data_wrapper", "which"): ["None"],
    ("vectorized_result", "j"): ["0"],
    ("save_arrays", "path"): ["'abc'"],
    ("save_arrays", "arrays"): ["{}"],
    ("load_arrays", "path"): ["'abc'"],
    ("History", "then"): ["None"],
    ("SGD", "on_epoch"): ["None", "a class"],
    ("sweep.run", "settings"): ["[]", "''", "no rows"],
    ("sweep.run", "data"): ["None"],
    ("sweep.run", "path"): ["None", "'abc'"],
    ("sweep.run", "workers"): ["-1", "10**400"],
    ("sweep.run", "progress"): ["True"],
    ("faults.patient", "number"): ["0"],
    ("faults.patient", "data"): ["None"],
    ("Patient.train", "epochs"): ["0"],
    ("Patient.train", "speed"): ["1.5"],
    ("Patient.train", "on_epoch"): ["None"],
    ("HalfAdderLab", "x1"): ["True", "0"],
    ("HalfAdderLab", "x2"): ["True", "0"],
    ("PollLab", "network"): ["None"],
    ("LedgerLab", "row"): ["0"],
    ("ClinicLab", "digits"): ["None"],
}
FUNCTIONS = (
    "on_epoch",
    "then",
    "cost",
    "gradients",
    "progress",
)  # what they take is the caller's own fault
ENDLESS = {
    ("SGD", "epochs"),
    ("Patient.train", "epochs"),
    ("LiveCurve", "epochs"),
    ("gradient_descent", "steps"),
}  # so many take long, and may be meant
# Public names that take no argument, or hold results, or are tested as what they are for.
OTHERS = {
    "Examination", "Examples", "Function", "GradientCheck", "ImageError", "MNIST", "Path",
    "Reading", "SmallDataWarning", "Split", "Steps", "best_path", "bounding_box", "center",
    "center_of_mass", "crop", "data_folder", "ink", "mend", "one_hot", "print_epoch", "reader",
    "form", "given", "rows", "scale", "sha256", "steps",
    "as_path", "make_folder", "opened", "replacing", "writable",  # tests/faults/test_refusals.py
}  # fmt: skip
MODULES = (circuits, descent, diagnosis, examples, gradients, handwriting, mnist, mnist_loader,
           neurons, storage)  # fmt: skip


@pytest.fixture(autouse=True)
def somewhere(tmp_path, monkeypatch):
    """A folder with the files that the right calls name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NNLIB_PROGRESS", "off")
    monkeypatch.setenv("NNLIB_OFFLINE", "1")
    calls.small().save("net")
    (tmp_path / "t.csv").write_text("a\n1\n")


def in_turn(call):
    """(argument, name of the nonsense, arguments with it) for every argument of a call."""
    for argument in call.arguments:
        for what, value in calls.NONSENSE.items():
            yield argument, what, call.arguments | call.others | {argument: value}


def everything(call):
    """All numbers of a network that a call knows, as bytes."""
    networks = [getattr(call.function, "__self__", None), *call.arguments.values()]
    return [
        p.tobytes()
        for network in networks
        if isinstance(network, Network)
        for p in network.biases + network.weights
    ]


def outcome(call, arguments):
    """The error that a call with these arguments ends in, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", mnist.SmallDataWarning)
            call.function(**arguments)
    except Exception as error:
        return error
    return None


def left_out(name, argument, what):
    if argument == "data" and what == "None":  # loads the digits: a test of each lab
        return True
    if argument in FUNCTIONS and what in ("a function", "a class"):
        return True
    return what == "10**400" and (name, argument) in ENDLESS


def faults_of_call(name, call, folder):
    """What is wrong with how a call takes nonsense, in sentences."""
    files, found = tree(folder), []
    for argument, what, arguments in in_turn(call):
        if left_out(name, argument, what):
            continue
        before, error = everything(call), outcome(call, arguments)
        if error is None and not is_taken(name, argument, what):
            found.append(f"{argument}={what} is taken")
        if error is not None:
            fault = faults_of(error, argument, *call.also)
            found += [f"{argument}={what}: {fault}"] if fault else []
            assert everything(call) == before, f"{argument}={what} changed the network"
            assert tree(folder) == files or name in ("save", "save_arrays")
    return found


@pytest.mark.parametrize("name", calls.nnlib_calls())
def test_nonsense_is_refused_by_its_name_and_changes_nothing(name, tmp_path):
    assert faults_of_call(name, calls.nnlib_calls()[name], tmp_path) == []


@pytest.fixture(scope="module")
def course_calls():
    return calls.course_calls()


@pytest.mark.parametrize("name", calls.course_calls())
def test_so_it_is_in_lessons_and_measurements(name, tmp_path, course_calls):
    assert faults_of_call(name, course_calls[name], tmp_path) == []


def is_taken(name, argument, what):
    free = argument in ("rng", "seed") or name in ("sigmoid", "sigmoid_prime", "page", "normalise")
    free = free or name in ("read_digit", "read_number", "Split.first")
    return free or what in TAKEN.get((name, argument), [])


@pytest.mark.parametrize("name", calls.nnlib_calls())
def test_the_right_call_is_right(name):
    call = calls.nnlib_calls()[name]
    call.function(**call.arguments, **call.others)


def test_every_public_function_has_its_right_call():
    known = {name.split(".")[-1] for name in calls.nnlib_calls()} | OTHERS
    public = {
        name
        for module in MODULES
        for name, found in vars(module).items()
        if not name.startswith("_") and callable(found)
        and getattr(found, "__module__", "").startswith(module.__name__)
    }  # fmt: skip
    methods = {
        name
        for name, found in inspect.getmembers(Network, callable)
        if not name.startswith("_") and len(inspect.signature(found).parameters) > 1
    }
    # What SGD or backprop calls with arrays that it has made, and a subclass may replace.
    inner = {"activation", "activation_derivative", "cost_derivative", "output_error", "step"}
    assert public | methods - inner <= known


def test_a_history_that_does_not_fit_is_refused_before_the_network_learns():
    network = calls.small()
    before = [w.copy() for w in network.weights]
    for nothing in (None, 5, "abc", [], (calls.IMAGES,)):
        with pytest.raises(ValueError, match="split"):
            network.SGD(calls.SPLIT, 1, 2, 1.0, on_epoch=diagnosis.History(nothing))
    assert all((new == old).all() for new, old in zip(network.weights, before))


@pytest.mark.parametrize("argument", ["training_data", "test_data"])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_one_number_that_is_none_in_the_data_is_refused_before_the_network_learns(argument, value):
    images, network = calls.IMAGES.copy(), calls.small()
    images[3, 1] = value
    before = [p.tobytes() for p in network.biases + network.weights]
    with pytest.raises(ValueError, match=f"{argument} holds a value that is not a finite number"):
        network.SGD(**calls.TRAIN | {argument: (images, calls.LABELS)})
    assert [p.tobytes() for p in network.biases + network.weights] == before


def test_a_history_of_a_zip_reads_it_more_than_once():
    pairs = [(x.reshape(4, 1), y) for x, y in zip(*calls.SPLIT)]
    history, network = diagnosis.History(zip(*zip(*pairs))), calls.small()
    network.SGD(calls.SPLIT, 3, 2, 1.0, on_epoch=history)
    assert history.accuracies.shape == (3,)


@pytest.mark.parametrize("wrong", [np.ones((2, 3)), -np.eye(2), [[1, 2]], "ab", [[1, 2], [3]]])
def test_what_is_no_confusion_matrix_has_no_recall(wrong):
    for read in (diagnosis.recall, diagnosis.lost_digits):
        with pytest.raises(ValueError, match=r"confusion is .*: expected a square array of counts"):
            read(wrong)
