"""One epoch of 50,000 images, mini-batch 10: nnlib beside its peers, interleaved in one run.

    python -m benchmarks.training [--rounds 5] [--hidden 30 100]

Every contender trains a network [784, hidden, 10] of sigmoid neurons in float32, with shuffled
mini-batches and, but for scikit-learn, on the quadratic cost. `floor` is what no NumPy program can
do without: the two large matrix products (first layer's weighted inputs, first layer's gradient)
and the update of the first layer's weights, on images that are in order already. It trains nothing.
scikit-learn's network has softmax outputs and cross-entropy; that is what it offers.
Each contender has one thread: more do not pay at this size, and the pools of several libraries
would get in each other's way. What nnlib does with as many threads as the machine sets by itself is
measured last, by `benchmarks.threads`, which can also be run alone. Absolute times depend on the
machine and its other work; the ratios of one round are compared.
"""

import argparse
import os
import statistics
import time
import warnings
from importlib import util

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

import numpy as np

from benchmarks import textbook, threads
from nnlib import mnist
from nnlib.examples import one_hot
from nnlib.network import Network

M, ETA = 10, 3.0


def nnlib_epoch(images, labels, hidden):
    """The package of this course."""
    Network([784, hidden, 10], rng=0).SGD((images, labels), 1, M, ETA, on_epoch=None)


def per_example_epoch(images, labels, hidden):
    """The textbook loop, one example at a time, on a tenth of the images; time is scaled up."""
    network = Network([784, hidden, 10], rng=0)
    part = np.random.default_rng(0).permutation(len(images))[: len(images) // 10]
    targets = one_hot(labels[part], 10, np.float32)
    with np.errstate(over="ignore"):  # e^-z as typed overflows where a neuron is saturated
        textbook.train_epoch(network.weights, network.biases, images[part], targets, M, ETA)


def sklearn_epoch(images, labels, hidden):
    """scikit-learn's MLPClassifier with the same layer sizes, mini-batch and plain SGD."""
    from sklearn.neural_network import MLPClassifier

    model = MLPClassifier(
        (hidden,), activation="logistic", solver="sgd", alpha=0, batch_size=M,
        learning_rate_init=0.1, momentum=0, nesterovs_momentum=False, random_state=0,
    )  # fmt: skip
    model.partial_fit(images, labels, classes=np.arange(10))


def torch_epoch(images, labels, hidden):
    """PyTorch on the CPU: the same network, cost, mini-batches and update."""
    import torch

    torch.manual_seed(0)
    layers = [torch.nn.Linear(784, hidden), torch.nn.Linear(hidden, 10)]
    model = torch.nn.Sequential(layers[0], torch.nn.Sigmoid(), layers[1], torch.nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=ETA)
    x = torch.from_numpy(images)
    y = torch.from_numpy(one_hot(labels, 10, np.float32))
    order = torch.randperm(len(x))
    for start in range(0, len(x), M):
        batch = order[start : start + M]
        optimizer.zero_grad()
        cost = 0.5 * ((model(x[batch]) - y[batch]) ** 2).sum() / M
        cost.backward()
        optimizer.step()


def floor_epoch(images, labels, hidden):
    """The two large products and the large update alone."""
    w = Network([784, hidden, 10], rng=0).weights[0]
    delta = np.zeros((hidden, M), np.float32)
    rate = np.array(ETA / M, np.float32)
    for start in range(0, len(images), M):
        x = images[start : start + M].T
        w @ x
        w -= rate * (delta @ x.T)


def contenders():
    """Of all that are installed: name, function, factor from its time to that of a whole epoch."""
    found = {
        "nnlib": (nnlib_epoch, 1),
        "per-example loop": (per_example_epoch, 10),
        "floor": (floor_epoch, 1),
    }
    peers = {"scikit-learn": ("sklearn", sklearn_epoch), "PyTorch": ("torch", torch_epoch)}
    for name, (module, epoch) in peers.items():
        if util.find_spec(module):
            found[name] = (epoch, 1)
        else:
            print(f"{name} is not installed: it is left out")
    return found


def measure(found, images, labels, hidden, rounds):
    """Seconds per epoch of each contender found, one list entry a round, interleaved."""
    seconds = {name: [] for name in found}
    for _ in range(rounds):
        for name, (epoch, factor) in found.items():
            start = time.perf_counter()
            epoch(images, labels, hidden)
            seconds[name].append(factor * (time.perf_counter() - start))
    return seconds


def report(seconds, hidden):
    """Print medians, and the median over the rounds of each ratio to nnlib."""
    print(f"\n[784, {hidden}, 10], one epoch of 50,000 images, mini-batch {M}, float32")
    print(f"{'':18}{'median s':>9}{'its time / nnlib':>18}{'nnlib / its time':>18}")
    for name, times in seconds.items():
        ratio = statistics.median(t / own for t, own in zip(times, seconds["nnlib"], strict=True))
        print(f"{name:18}{statistics.median(times):9.3f}{ratio:18.2f}{1 / ratio:18.2f}")


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--hidden", type=int, nargs="+", default=[30, 100])
    arguments = parser.parse_args()
    warnings.filterwarnings("ignore", category=UserWarning)  # scikit-learn's on stopping early
    train = mnist.load("full").train
    images, labels = train.images[:50_000], train.labels[:50_000]
    found = contenders()
    measure(found, images[:1000], labels[:1000], 30, 1)  # imports and first calls are not counted
    for hidden in arguments.hidden:
        report(measure(found, images, labels, hidden, arguments.rounds), hidden)
    print("\nnnlib with as many BLAS threads as the machine sets by itself")
    threads.compare(arguments.hidden, arguments.rounds)


if __name__ == "__main__":
    main()
