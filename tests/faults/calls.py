"""One right call of every public function, and nonsense for each of its arguments."""

import datetime
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np

from course.lesson00 import DigitLab, RuleLab
from course.lesson01 import HalfAdderLab, LearnLab
from course.lesson02 import TurnLab
from course.lesson03 import FeedforwardLab
from course.lesson04 import ReadingLab
from course.lesson05 import BatchLab, PollLab
from course.lesson06 import BlameLab
from course.lesson07 import LedgerLab, LiveCurve, TrainingLab, WatchLab
from course.lesson09 import IdleLab, SaturationLab, WardLab, faults
from course.lesson10 import ClinicLab
from course.lesson11 import DepthLab, HabitsLab, MapsLab, NeuronsLab
from course.measured import convolution, sweep
from nnlib import (
    circuits,
    descent,
    diagnosis,
    examples,
    gradients,
    handwriting,
    mnist,
    mnist_loader,
    network,
    neurons,
    storage,
)

NONSENSE = {
    "None": None,
    "True": True,
    "-1": -1,
    "0": 0,
    "1.5": 1.5,
    "10**400": 10**400,
    "NaN": float("nan"),
    "infinity": float("inf"),
    "1j": 1j,
    "''": "",
    "'abc'": "abc",
    "bytes": b"abc",
    "[]": [],
    "{}": {},
    "object()": object(),
    "a class": Exception,
    "a function": lambda: None,
    "a date": datetime.date(2026, 1, 1),
    "ones (2, 3)": np.ones((2, 3)),
    "NaN (3, 3)": np.full((3, 3), np.nan),
    "words": np.array(["x", "y"]),
    "mixed": [1, "x", None],
    "ragged": [[1, 2], [3]],
    "no rows": np.empty((0, 4)),
}


@dataclass
class Call:
    """A right call.  function: takes the arguments by name.  others: arguments by name that are
    not tried.  also: words that may stand in a message in place of the name of an argument."""

    function: object
    arguments: dict
    others: dict = field(default_factory=dict)
    also: tuple = ()


def small(dtype=np.float32):
    return network.Network([4, 3, 2], rng=0, dtype=dtype)


ETAS = mnist.data_folder() / "etas.csv"
IMAGES = np.random.default_rng(0).random((6, 4)).astype(np.float32)
LABELS = np.array([0, 1, 0, 1, 1, 0])
SPLIT = mnist.Split(IMAGES, LABELS)
X, Y = IMAGES[:2].T.astype(float), np.eye(2)
BOWL = descent.Function("bowl", lambda v: v**2, lambda v: 2 * v, ((-1.0, 1.0),))
TRAIN = {"training_data": SPLIT, "epochs": 1, "mini_batch_size": 2, "eta": 1.0, "test_data": SPLIT}


def history(split, then, network):
    found = diagnosis.History(split, then)
    network.SGD(SPLIT, 1, 2, 1.0, on_epoch=found)
    return found


def nnlib_calls():
    net = small()
    return {
        "Network": Call(
            network.Network,
            {"sizes": [4, 3, 2], "init": "scaled", "rng": 3, "dtype": np.float64},
        ),
        "feedforward": Call(net.feedforward, {"a": X}, also=("x",)),
        "evaluate": Call(net.evaluate, {"test_data": SPLIT}),
        "backprop": Call(net.backprop, {"x": X, "y": Y}),
        "update_mini_batch": Call(net.update_mini_batch, {"mini_batch": SPLIT, "eta": 1.0}),
        "SGD": Call(net.SGD, TRAIN | {"on_epoch": None}),
        "save": Call(net.save, {"path": "net"}),
        "load": Call(
            network.Network.load, {"path": "net", "sizes": [4, 3, 2], "rng": 1}, also=("file abc",)
        ),
        "answers": Call(network.answers, {"outputs": Y}),
        "perceptron": Call(neurons.perceptron, {"x": [0, 1], "w": [1, 2], "b": -1}),
        "sigmoid": Call(neurons.sigmoid, {"z": X}),
        "sigmoid_prime": Call(neurons.sigmoid_prime, {"z": X}),
        "half_adder": Call(circuits.half_adder, {"x1": 1, "x2": 0}),
        "nand": Call(circuits.nand, {"x1": 1, "x2": 0}, also=("perceptron", "x is", "x has")),
        "quadratic_cost": Call(gradients.quadratic_cost, {"network": net, "x": X, "y": Y}),
        "numerical_gradient": Call(
            gradients.numerical_gradient,
            {"network": small(float), "x": X, "y": Y, "h": 1e-5, "cost": gradients.quadratic_cost},
        ),
        "gradient_check": Call(
            gradients.gradient_check,
            {"network": small(float), "x": X, "y": Y, "h": 1e-5, "cost": gradients.quadratic_cost},
        ),
        "relative_difference": Call(
            gradients.relative_difference, {"first": [X], "second": [X]}, also=("gradients",)
        ),
        "verdict": Call(gradients.verdict, {"difference": 1e-9}),
        "gradient_descent": Call(
            descent.gradient_descent, {"function": BOWL, "start": 1.0, "eta": 0.1, "steps": 3}
        ),
        "walk": Call(
            descent.walk,
            {"function": BOWL, "start": 1.0, "eta": 0.1, "gradients": [BOWL.gradient]},
        ),
        "predictions": Call(diagnosis.predictions, {"network": net, "images": IMAGES}),
        "confusion_matrix": Call(
            diagnosis.confusion_matrix, {"answers": LABELS, "labels": LABELS, "classes": 2}
        ),
        "recall": Call(diagnosis.recall, {"confusion": np.eye(2, dtype=int)}),
        "lost_digits": Call(diagnosis.lost_digits, {"confusion": np.eye(2, dtype=int)}),
        "weighted_inputs": Call(diagnosis.weighted_inputs, {"network": net, "images": IMAGES}),
        "saturation": Call(
            diagnosis.saturation, {"network": net, "images": IMAGES, "threshold": 0.01}
        ),
        "gradient_norms": Call(
            diagnosis.gradient_norms,
            {"network": net, "images": IMAGES, "labels": LABELS},
            also=("the pair given", "images"),
        ),
        "examine": Call(diagnosis.examine, {"network": net, "split": SPLIT}),
        "History": Call(history, {"split": SPLIT, "then": None}, {"network": net}),
        "training": Call(
            examples.training,
            {"data": SPLIT},
            {"sizes": [4, 3, 2], "dtype": np.float32},
            also=("training_data",),
        ),
        "labeled": Call(
            examples.labeled,
            {"data": SPLIT},
            {"sizes": [4, 3, 2], "dtype": np.float32},
            also=("test_data",),
        ),
        "mnist.load": Call(mnist.load, {"which": "mini"}),
        "load_data": Call(mnist_loader.load_data, {"which": "mini"}),
        "load_data_wrapper": Call(mnist_loader.load_data_wrapper, {"which": "mini"}),
        "vectorized_result": Call(mnist_loader.vectorized_result, {"j": 3}),
        "Split.first": Call(SPLIT.first, {"n": 2}),
        "save_arrays": Call(storage.save_arrays, {"path": "x", "arrays": {"x": IMAGES}}),
        "load_arrays": Call(storage.load_arrays, {"path": "net"}, also=("file abc",)),
        "page": Call(handwriting.page, {"image": IMAGES}, also=("file", "pixels", "array", "rows")),
        "normalise": Call(
            handwriting.normalise, {"image": IMAGES}, also=("file", "pixels", "array", "rows")
        ),
        "read_digit": Call(
            handwriting.read_digit, {"image": IMAGES}, also=("file", "pixels", "array", "rows")
        ),
        "read_number": Call(
            handwriting.read_number, {"image": IMAGES}, also=("file", "pixels", "array", "rows")
        ),
    }


def course_calls():
    """Right calls of what lessons use and what measures."""
    mini = mnist.load("mini")
    table = sweep.read(ETAS)
    run = {"settings": [], "data": mini, "score": "test", "path": None, "workers": 1}
    measuring = {
        "sweep.run": Call(sweep.run, run | {"progress": False}, also=("There is no file",)),
        "sweep.read": Call(sweep.read, {"path": ETAS}, also=("file abc",)),
        "sweep.summary": Call(sweep.summary, {"table": table, "by": "eta"}),
        "sweep.statistics": Call(sweep.statistics, {"table": table}),
    }
    return measuring | labs(mini) | faults_of_lesson_09(mini)


def labs(mini):
    """Right calls of labs that take something."""
    net, test, images = network.Network([784, 30, 10], rng=0), mini.test, mini.test.images[:40]
    maps = convolution.ConvolutionNetwork([784, 144, 5, 10], rng=0)
    loads = (DigitLab, RuleLab, BatchLab, TrainingLab, SaturationLab, WardLab, HabitsLab, DepthLab)
    pair = {"images": images, "labels": test.labels[:40]}
    return {
        "HalfAdderLab": Call(HalfAdderLab, {"x1": 1, "x2": 1}),
        "LearnLab": Call(LearnLab, {"target": "OR"}),
        **{lab.__name__: Call(lab, {"data": mini}) for lab in loads},
        **{
            lab.__name__: Call(lab, {"network": net, "split": test})
            for lab in (TurnLab, FeedforwardLab, BlameLab)
        },
        "ReadingLab": Call(ReadingLab, {"outputs": np.ones((3, 10, 40))} | pair, also=("images",)),
        "PollLab": Call(PollLab, {"network": net, "data": SimpleNamespace(train=test.first(50))}),
        "WatchLab": Call(WatchLab, {"network": net, "piles": {"digits": test}}),
        "a pile": Call(lambda pile: WatchLab(net, {"one": pile}), {"pile": test}),
        "LedgerLab": Call(LedgerLab, {"row": 6}),
        "LiveCurve": Call(LiveCurve, {"epochs": 3}),
        "IdleLab": Call(IdleLab, {"networks": {"trained": net}, "split": test}),
        "one of some": Call(lambda network: IdleLab({"one": network}, test), {"network": net}),
        "ClinicLab": Call(ClinicLab, {"digits": test.first(8)}),
        "NeuronsLab": Call(NeuronsLab, {"network": net, "data": mini}),
        "MapsLab": Call(MapsLab, {"network": maps, "data": mini}),
        "test images": Call(
            lambda test: NeuronsLab(net, SimpleNamespace(test=test)), {"test": test}, also=("data",)
        ),
    }


def faults_of_lesson_09(mini):
    healthy = faults.patient(0, mini).with_first(200)
    chart = faults.Chart(1.0, 0.1, 0.9, 1e-9, {1: 0.9})
    pair = mini.test.first(100)._asdict()
    return {
        "faults.patient": Call(
            faults.patient, {"number": 1, "data": mini, "seed": 0}, also=("rng",)
        ),
        "Patient.train": Call(
            faults.patient(0, mini).with_first(20).train,
            {"epochs": 1, "speed": 1.0, "on_epoch": None},
        ),
        "faults.chart": Call(faults.chart, {"patient": healthy}),
        "faults.rate_scan": Call(faults.rate_scan, {"patient": healthy}),
        "small_gradient_check": Call(
            faults.small_gradient_check, {"patient": healthy, "seed": 0}, also=("rng",)
        ),
        "faults.diagnose": Call(faults.diagnose, {"chart": chart}),
        "faults.evidence": Call(faults.evidence, {"chart": chart}),
        "faults.label_fit": Call(faults.label_fit, pair),
        "faults.mean_images": Call(faults.mean_images, pair, also=("image",)),
    }
