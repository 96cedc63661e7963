"""Today's habits, each one method of `Network` that is replaced: lesson 11 reads them.

Their source is chapter 3 of Michael Nielsen's "Neural Networks and Deep Learning" (cross-entropy,
momentum, more training images) and chapter 6 of Goodfellow, Bengio and Courville, "Deep Learning"
(rectified linear neurons).
"""

from functools import cache

import numpy as np
from scipy.special import xlogy

from course.measured.convolution import ConvolutionNetwork
from nnlib import arguments, examples
from nnlib.examples import Examples
from nnlib.network import Network


class CrossEntropyNetwork(Network):
    """Learns by the cross-entropy, C = -sum of y ln a + (1 - y) ln(1 - a) over the output neurons.

    In dC/dz its slope cancels the sigmoid's, so a neuron that is saturated and wrong learns fast.
    """

    def output_error(self, a, y):
        """dC/dz of the output neurons, for each column of a and y, (n_out, m)."""
        return a - y


class ReLUNetwork(Network):
    """Hidden neurons are rectified linear units: they answer z if it is above 0, otherwise 0."""

    def activation(self, z):
        """Activations of hidden neurons with the weighted inputs z, an array of any shape."""
        return np.maximum(z, 0)

    def activation_derivative(self, a):
        """Slope at the z whose activation is a: 1 where the neuron is on, 0 where it is off."""
        return a > 0


class MomentumNetwork(Network):
    """Each step goes on with nine tenths of the step before: the gradient changes a velocity."""

    momentum = 0.9
    velocity = None  # one array for each of biases and weights, from the first step on

    def step(self, nabla_b, nabla_w, eta):
        """v -> momentum v + nabla, and w -> w - eta v, for all weights and biases."""
        if self.velocity is None:
            self.velocity = [np.zeros_like(p) for p in self.biases + self.weights]
        for v, nabla in zip(self.velocity, nabla_b + nabla_w):
            v *= self.momentum
            v += nabla
        layers = len(self.biases)
        super().step(self.velocity[:layers], self.velocity[layers:], eta)


class ShiftsNetwork(Network):
    """Sees no image twice in the same place: each mini-batch is moved by up to a pixel a way."""

    def update_mini_batch(self, mini_batch, eta):
        """One step on images of 28 x 28, all moved by the same random number of pixels.

        What leaves the picture on one side comes in on the other; the digits have a margin of 4.
        """
        data = examples.training(mini_batch, self.sizes, self.dtype, "mini_batch")
        pictures = data.images.reshape(-1, 28, 28)
        moved = np.roll(pictures, self.rng.integers(-1, 2, size=2), axis=(1, 2))
        super().update_mini_batch(Examples(moved.reshape(len(moved), 784), data.targets), eta)


HABITS = {
    "cross-entropy": CrossEntropyNetwork,
    "ReLU": ReLUNetwork,
    "momentum": MomentumNetwork,
    "shifts": ShiftsNetwork,
    "convolution": ConvolutionNetwork,
}


def in_order(habits):
    """Names of habits, with spaces between them, in the order of `HABITS` and none twice.

    Raises ValueError for a name that is not there.
    """
    names = habits.split() if isinstance(habits, str) else [habits]
    chosen = {arguments.choice("habits", name, tuple(HABITS)) for name in names}
    return " ".join(name for name in HABITS if name in chosen)


def network_class(habits=""):
    """The class of a network with these habits, names out of `HABITS` with spaces between them.

    "" is `Network` itself.  Raises ValueError for a name that is not there.
    """
    return _class(in_order(habits))


@cache
def _class(habits):
    return type("Network", (*(HABITS[name] for name in habits.split()), Network), {})


def cross_entropy(network, x, y):
    """Cost of a `CrossEntropyNetwork`, averaged over the columns of x (n_in, m), y (n_out, m)."""
    a = network.feedforward(x)
    return float(-np.sum(xlogy(y, a) + xlogy(1 - y, 1 - a)) / a.shape[1])
