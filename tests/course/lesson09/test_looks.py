"""What lesson 09 looks like, against what is stored: words, colors, places, sentences."""

import dataclasses
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from course.lesson09 import FateLab, IdleLab, SaturationLab, WardLab, faults, figures
from nnlib import mnist
from nnlib.network import Network
from tests.course.live.looks import differences, look_of, look_of_lab, stored, story

STORED = Path(__file__).with_name("looks.txt")
Z = np.linspace(-40, 40, 300).reshape(10, 30)
FOUND = {  # made up: what a network learns differs between processors
    "images": {"images": np.linspace(0, 200, 7840).reshape(10, 784), "labels": range(9, -1, -1)}
    | {"largest": 200.0, "mean": 30.0},
    "mean images": {"images": np.linspace(0, 1, 7840).reshape(10, 784), "labels": range(10)}
    | {"largest": 1.0, "fit": 0.4},
    "gradient check": {"differences": {"whole gradient": 0.02, "w1": 1e-9, "b1": 1e-6}},
    "learning rates": {"rates": dict(zip(faults.SPEEDS, (0.1, 0.35, 0.9, 0.8, 0.2)))},
    "ten examples": {"counts": [1, 3, 2, 7]},
    "recall": {"recall": np.linspace(0.01, 1, 10), "lost": [0], "accuracies": [0.3, 0.5]},
    "z": {"before": [Z, Z / 2], "after": [Z + 9, Z / 9], "epoch": 3},
    "slopes": {"before": [Z, Z / 2], "after": [Z + 9, Z / 9], "epoch": 3},
    "gradient norms": {"norms": np.array([[1e-3, 0.2], [2e-4, 0.02], [5e-3, 0.4]])},
}


@cache
def small():
    """Few digits: the labs train at their beginning."""
    data = mnist.load("mini")
    parts = {"train": data.train.first(100), "validation": data.validation.first(100)}
    return dataclasses.replace(data, **parts)


def shown(lab, state):
    """The look of a lab that shows a state, as lines."""
    lab.show(state)
    return [f"{place}: {words}" for place, words in look_of_lab(lab).items()]


def saturation(epoch):
    state = {"own": Z[0], "others": Z[1:], "spread": 3.0, "saturated": 0.62, "stuck": 0.31}
    state |= {"accuracy": 0.456, "recall": np.linspace(0.01, 1, 10), "lost": [0] if epoch else []}
    network = {"hidden": 0, "init": "scaled", "eta": 0.5, "seed": 4, "train_images": 2000}
    return shown(SaturationLab(small()), state | network | {"epoch": epoch})


def idle_lab():
    inits = ("gaussian", "scaled")
    networks = {init: Network([784, 30, 10], init=init, rng=1) for init in inits}
    return IdleLab(networks, mnist.load("mini").validation)


def draw_curves(axes):
    readings = [[[1, 4], [2, 5]], [[0.1, 0.5], [0.2, 0.75]], [[0.3, 0.01], [0.4, 0.02]]]
    figures.instrument_curves(axes, readings)
    figures.instrument_curves(axes, readings, layer=0, color=figures.RED)


def draw_shares(axes):
    figures.share_histogram(figures.z_axes(axes[0]), Z, figures.Z_EDGES)
    slopes = figures.share_histogram(figures.slope_axes(axes[1]), [], figures.SLOPE_EDGES)
    figures.update_share_histogram(slopes, np.abs(Z) / 160)


LOOKS = {
    "FateLab": lambda: story(
        FateLab(), [{"z": -15.0}, {"z": -5.0, "images": 7}, {"z": -0.5, "images": 60}]
    ),
    "IdleLab": lambda: story(
        idle_lab(),
        [{"3": True}, {"network": "scaled", "held": "at its mean", "0": True, "29": True}],
    ),
    "SaturationLab": lambda: saturation(3),
    "SaturationLab before": lambda: saturation(0),
    **{
        f"WardLab {name}": lambda name=name, found=found: shown(
            WardLab(small()), {"patient": 4, "instrument": name, **found}
        )
        for name, found in FOUND.items()
    },
    "instrument_curves": lambda: look_of(draw_curves, 1, 3),
    "share_histogram": lambda: look_of(draw_shares, 1, 2),
}


@pytest.mark.parametrize("name", LOOKS)
def test_looks_are_as_stored(name):
    assert not differences(stored(STORED)[name], LOOKS[name]())
