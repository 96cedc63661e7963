"""In every process of a machine run: what processor it plays, and networks that start shaken.

A shake multiplies each weight and bias of a new network by 1 + 10^-6 u, with u standard normal.
Its number is the seed, the same for every network, so that networks that are equal by construction
stay equal. Small networks are left alone: the lessons set their parameters by hand and print what
comes out to the digit, and none of them is trained long enough to be chaotic. nnlib knows nothing
of this; the environment variables below are read here only.
"""

import functools
import json
import os

import numpy as np
from threadpoolctl import threadpool_info

from nnlib.network import Network

SIZE = 1e-6  # relative; eight times the rounding of float32
LARGE = 1000  # parameters; [784, 10] has 7,850, the networks that are set by hand a few dozen
RECORD, SHAKE = "MACHINES_RECORD", "MACHINES_SHAKE"  # a file of JSON lines; a number, 0 for none


def note(kind, **facts):
    """Append a line to the record of the run; nothing is kept without one."""
    if path := os.environ.get(RECORD):
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps({"kind": kind, **facts}) + "\n")


def machine():
    """(architectures, numbers of threads) of the BLAS libraries of this process, as lists."""
    found = [pool for pool in threadpool_info() if pool["user_api"] == "blas"]
    return [sorted({pool.get(key) for pool in found}) for key in ("architecture", "num_threads")]


def parameters(network):
    """Number of weights and biases."""
    return sum(array.size for array in (*network.weights, *network.biases))


def shake(network, number):
    """Multiply every weight and bias by 1 + 10^-6 u, in place; `number` is the seed of u."""
    rng = np.random.default_rng(number)
    for array in (*network.weights, *network.biases):
        array *= 1 + SIZE * rng.standard_normal(array.shape)


def shaken(start, number):
    """The method `start` of Network, followed by a shake if the network is large."""
    noted = []

    @functools.wraps(start)
    def started(self, *args, **kwargs):
        start(self, *args, **kwargs)
        if parameters(self) <= LARGE:
            return
        if not noted:
            noted.append(note("large network"))
        if number:
            shake(self, number)

    return started


def start():
    """Note the machine, and shake the networks that this process will make."""
    architectures, threads = machine()
    note("machine", architectures=architectures, threads=threads)
    Network.__init__ = shaken(Network.__init__, int(os.environ.get(SHAKE, "0")))
