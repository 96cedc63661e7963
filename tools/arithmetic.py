"""What lessons are computed with here: the digits, and a mark of how the processor adds.

    python -m tools.arithmetic

BLAS adds in an order of its own on each kind of processor, so training ends in other weights. Where
the mark is the same, a lesson comes out the same to the digit. Lessons are stored and tested with
the order of one kernel of OpenBLAS, which nearly every computer can play.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from functools import cache

import numpy as np
from threadpoolctl import threadpool_info

from course.paths import ROOT
from nnlib import mnist
from nnlib.network import Network

KERNEL = "OPENBLAS_CORETYPE", "Haswell"
PLAYED_BY = {"haswell", "zen", "skylakex", "cooperlake", "sapphirerapids"}
PRODUCT = "import numpy; numpy.ones((30, 784)) @ numpy.ones((784, 10))"
SECONDS = 300  # at most for training two networks
NETWORKS = [([784, 30, 10], 10), ([784, 100, 10], 100)]  # layer sizes and mini-batch, as in lessons
EXAMPLES = 10_000  # of them each network is trained on, once


def environment():
    """The environment of a kernel that lessons are computed in; what is set already counts."""
    kinds = {str(pool.get("architecture")).lower() for pool in threadpool_info()}
    if KERNEL[0] in os.environ or not kinds & PLAYED_BY or not _plays():
        return dict(os.environ)
    return os.environ | dict([KERNEL])


@cache
def _plays():
    """Whether NumPy multiplies with that kernel: since 2.5.2 it crashes where it only plays it."""
    command = [sys.executable, "-c", PRODUCT]
    settings = {"env": os.environ | dict([KERNEL]), "stderr": subprocess.DEVNULL}
    return subprocess.run(command, check=False, timeout=SECONDS, **settings).returncode == 0


def of_kernels():
    """What `computed_with` says in such an environment."""
    command = [sys.executable, "-W", "ignore", "-m", "tools.arithmetic"]
    settings = {"cwd": ROOT, "env": environment(), "check": True, "timeout": SECONDS}
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, **settings).stdout)


def computed_with():
    """{"digits": name of the data set, "arithmetic": 16 letters, others for another kernel}."""
    data = mnist.load()
    used = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    results = [np.array(used), *_networks(data)]
    mark = hashlib.sha256(b"".join(array.tobytes() for array in results))
    return {"digits": data.name, "arithmetic": mark.hexdigest()[:16]}


def _networks(data):
    """Weights after one epoch, and what the network then answers to the validation images."""
    for sizes, mini_batch_size in NETWORKS:
        net = Network(sizes, rng=0)
        net.SGD(data.train[:EXAMPLES], 1, mini_batch_size, 3.0, on_epoch=_silent)
        yield from (*net.weights, net.feedforward(data.validation.images.T))


def _silent(*_):
    """In place of the line that SGD prints after an epoch."""


def main():
    """Print it as one line of JSON."""
    form = argparse.RawDescriptionHelpFormatter
    argparse.ArgumentParser(description=__doc__, formatter_class=form).parse_args()
    os.environ.setdefault("NNLIB_OFFLINE", "1")
    print(json.dumps(computed_with()))


if __name__ == "__main__":
    main()
