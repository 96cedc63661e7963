"""The textbook algorithm, one example after the other: a yardstick for speed and for gradients.

It follows the four equations of backpropagation with nothing added: no mini-batch matrices, and
1 / (1 + e^-z) typed as it stands on the page. The tests use it as the oracle of `nnlib.network`.
"""

import numpy as np


def sigmoid(z):
    """1 / (1 + e^-z) as it stands on the page, for moderate z."""
    return 1.0 / (1.0 + np.exp(-z))


def example_gradient(weights, biases, x, y):
    """Gradient of 1/2 ||y - a||^2 for one example, x of shape (n_in, 1), y of shape (n_out, 1).

    Returns (nabla_b, nabla_w), lists shaped like biases and weights.
    """
    zs, activations = [], [x]
    for w, b in zip(weights, biases):
        zs.append(np.dot(w, activations[-1]) + b)
        activations.append(sigmoid(zs[-1]))
    nabla_b, nabla_w = [], []
    error = activations[-1] - y  # dC/da of the layer that the loop has reached
    for layer in reversed(range(len(weights))):
        slope = sigmoid(zs[layer]) * (1 - sigmoid(zs[layer]))
        delta = error * slope
        nabla_b.insert(0, delta)
        nabla_w.insert(0, np.dot(delta, activations[layer].T))
        error = np.dot(weights[layer].T, delta)
    return nabla_b, nabla_w


def mean_gradient(weights, biases, xs, ys):
    """Mean of the gradients of the examples in the columns of xs (n_in, m) and ys (n_out, m)."""
    m = xs.shape[1]
    total_b = [np.zeros_like(b) for b in biases]
    total_w = [np.zeros_like(w) for w in weights]
    for k in range(m):
        nabla_b, nabla_w = example_gradient(weights, biases, xs[:, k : k + 1], ys[:, k : k + 1])
        total_b = [total + new for total, new in zip(total_b, nabla_b)]
        total_w = [total + new for total, new in zip(total_w, nabla_w)]
    return [b / m for b in total_b], [w / m for w in total_w]


def train_epoch(weights, biases, images, targets, m, eta):
    """One epoch of mini-batch gradient descent in the order given; changes weights and biases."""
    for start in range(0, len(images), m):
        xs, ys = images[start : start + m].T, targets[start : start + m].T
        nabla_b, nabla_w = mean_gradient(weights, biases, xs, ys)
        for layer in range(len(weights)):
            weights[layer] = weights[layer] - eta * nabla_w[layer]
            biases[layer] = biases[layer] - eta * nabla_b[layer]
