"""A network whose first layer is a convolution; lesson 11 reads it.

Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
recognition", Proceedings of the IEEE 86, 1998.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nnlib import arguments
from nnlib.network import Network
from nnlib.neurons import sigmoid

SIDE, STEP = 5, 2  # pixels: of a window, and from one window to the next
PLACES = len(range(0, 28 - SIDE + 1, STEP))  # of a window in a row, and in a column


def patches(x):
    """What the windows see of images x (784, m): (25, 144 m), one column for each place and image.

    The windows have 5 x 5 pixels and are two pixels apart: 12 x 12 places, row by row.
    """
    pictures = np.ascontiguousarray(x).reshape(28, 28, -1)
    windows = sliding_window_view(pictures, (SIDE, SIDE), axis=(0, 1))[::STEP, ::STEP]
    return windows.transpose(3, 4, 0, 1, 2).reshape(SIDE * SIDE, -1)


class ConvolutionNetwork(Network):
    """Windows of 5 x 5 weights, the same at all places of the image, then two full layers.

    sizes: [784, 144 k, hidden, 10] for k windows: each makes a map of 12 x 12 neurons, one for each
    place. weights[0] has shape (k, 25), biases[0] (k, 1). The biases start at 0: one of size 1 in
    a window counts at 144 places. The rest is as in `Network`.
    """

    def __init__(self, sizes, **options):
        super().__init__(sizes, **options)
        self.biases = [np.zeros_like(b) for b in self.biases]

    @staticmethod
    def parameter_shapes(sizes):
        """The shapes of biases and weights; ValueError for sizes of another network."""
        if len(sizes) != 4 or sizes[0] != 784 or sizes[1] % PLACES**2:
            raise ValueError(
                f"sizes is {list(sizes)}: expected 784, {PLACES**2} for each window, a hidden "
                "layer and the outputs; type for example [784, 2304, 100, 10] for 16 windows"
            )
        shapes = arguments.parameter_shapes(sizes)
        shapes["biases"][0] = (sizes[1] // PLACES**2, 1)
        shapes["weights"][0] = (sizes[1] // PLACES**2, SIDE * SIDE)
        return shapes

    def layers(self, x):
        """What goes from layer to layer for images x (784, m), and out of the last one.

        The patches (25, 144 m), the maps (k, 144 m), the hidden layer and the outputs, (n, m).
        """
        (b1, b2, b3), (w1, w2, w3) = self.biases, self.weights
        seen = patches(x)
        maps = self.activation(np.dot(w1, seen) + b1)
        flat = maps.reshape(-1, x.shape[1])  # (144 k, m)
        hidden = self.activation(np.dot(w2, flat) + b2)
        return seen, maps, hidden, sigmoid(np.dot(w3, hidden) + b3)

    def feedforward(self, a):
        """Activations of the output layer, (n_out, m), for images a of shape (784, m)."""
        return self.layers(arguments.columns(a, 784, self.dtype))[-1]

    def backprop(self, x, y):
        """Gradient of the cost, as in `Network`: the places of a window add up, as examples do."""
        seen, maps, hidden, outputs = self.layers(x)
        _, w2, w3 = self.weights
        delta3 = self.output_error(outputs, y) / x.shape[1]
        delta2 = np.dot(w3.T, delta3) * self.activation_derivative(hidden)
        delta1 = np.dot(w2.T, delta2).reshape(maps.shape) * self.activation_derivative(maps)
        deltas, inputs = (delta1, delta2, delta3), (seen, maps.reshape(len(w2.T), -1), hidden)
        nabla_b = [delta.sum(axis=1, keepdims=True) for delta in deltas]
        return nabla_b, [np.dot(delta, a.T) for delta, a in zip(deltas, inputs)]
