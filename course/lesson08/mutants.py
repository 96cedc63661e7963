"""Kill the mutants: a correct `backprop`, and twelve bugs that change one line of it.

A test is as good as the bugs that it catches. To plant one here is called to make a mutant, and a
test that catches it kills it (DeMillo, Lipton and Sayward, "Hints on Test Data Selection", 1978).
What is said about each bug stands in questions.md, under its name.
"""

import inspect
from dataclasses import dataclass

import numpy as np

from nnlib.neurons import sigmoid


def slope(a):
    """The slope of sigmoid neurons whose activations are a."""
    return a * (1 - a)


def backprop(weights, biases, x, y):
    """Gradient (nabla_b, nabla_w) of the cost, averaged over the m columns of x and y.

    weights, biases: lists of arrays (n_out, n_in) and (n_out, 1).  x: (n_in, m).  y: (n_out, m).
    """
    activations = [x]
    for w, b in zip(weights, biases):
        activations.append(sigmoid(w @ activations[-1] + b))  # (n_out, m)
    nabla_b = [np.zeros_like(b) for b in biases]
    nabla_w = [np.zeros_like(w) for w in weights]
    output, m = activations[-1], x.shape[1]
    delta = (output - y) * slope(output)  # (n_out, m), dC/dz of each example
    for layer in reversed(range(len(weights))):
        w, a = weights[layer], activations[layer]  # a goes into this layer
        nabla_b[layer] = delta.mean(axis=1, keepdims=True)
        nabla_w[layer] = delta @ a.T / m
        if layer > 0:
            delta = (w.T @ delta) * slope(a)
    return nabla_b, nabla_w


def one_by_one(weights, biases, x, y):
    """The same gradient, one example after the other: every number is rounded in another way.

    Some processors would round a few as `backprop` does, so the last digits are turned here.
    """
    m = x.shape[1]
    nabla_b = [np.zeros_like(b) for b in biases]
    nabla_w = [np.zeros_like(w) for w in weights]
    for i in range(m):
        parts_b, parts_w = _of_one(weights, biases, x[:, [i]], y[:, [i]])
        nabla_b = [total + part / m for total, part in zip(nabla_b, parts_b)]
        nabla_w = [total + part / m for total, part in zip(nabla_w, parts_w)]
    turned = 1 + 6e-14  # more than rounding can undo, and far less than a bug
    return [turned * nabla for nabla in nabla_b], [turned * nabla for nabla in nabla_w]


def _of_one(weights, biases, x, y):
    """(nabla_b, nabla_w) of one example: each layer asks the next for the error that it sends back.

    x: (n_in, 1).  y: (n_out, 1).
    """

    def below(layer, a_in):
        a = sigmoid(weights[layer] @ a_in + biases[layer])
        error = below(layer + 1, a) if layer + 1 < len(weights) else a - y
        delta = error * a * (1 - a)
        nabla_b.insert(0, delta)
        nabla_w.insert(0, np.outer(delta, a_in))
        return weights[layer].T @ delta

    nabla_b, nabla_w = [], []
    below(0, x)
    return nabla_b, nabla_w


@dataclass(frozen=True)
class Mutant:
    """A bug: `line` of the correct `backprop` and what it `becomes`, without the comments.

    name: the key of what is said about it.
    """

    name: str
    line: str
    becomes: str

    def backprop(self):
        """A new `backprop` function with this bug in it."""
        return copied(backprop, self.line, self.becomes)


def copied(function, line="", becomes=""):
    """A new function with the source of one of these, in which a `line` `becomes` another."""
    source = inspect.getsource(function).replace(line, becomes)
    names = dict(globals())
    exec(compile(source, __file__, "exec"), names)
    return names[function.__name__]


OUTPUT = "delta = (output - y) * slope(output)"
BIASES = "nabla_b[layer] = delta.mean(axis=1, keepdims=True)"
WEIGHTS = "nabla_w[layer] = delta @ a.T / m"
LAYERS = "for layer in reversed(range(len(weights))):"
BACK = "delta = (w.T @ delta) * slope(a)"

MUTANTS = [
    Mutant("wrong-sign", OUTPUT, "delta = (y - output) * slope(output)"),
    Mutant("twice", OUTPUT, "delta = 2 * (output - y) * slope(output)"),
    Mutant("no-output-slope", OUTPUT, "delta = output - y"),
    Mutant("sum-for-mean", WEIGHTS, "nabla_w[layer] = delta @ a.T"),
    Mutant("columns-left", BIASES, "nabla_b[layer] = delta"),
    Mutant("biases-forgotten", BIASES, "pass  # nabla_b[layer] stays 0"),
    Mutant("first-layer-forgotten", LAYERS, "for layer in reversed(range(1, len(weights))):"),
    Mutant("not-transposed", BACK, "delta = (w @ delta) * slope(a)"),
    Mutant("slope-of-rectified", BACK, "delta = (w.T @ delta) * (a > 0)"),
    Mutant("next-neuron", BACK, "delta = w.T @ (delta * slope(activations[layer + 1]))"),
    Mutant("same-layer", BACK, "delta = (w.T @ delta) * slope(activations[-2])"),
    Mutant("clipped", BACK, "delta = (w.T @ delta) * slope(a.clip(0.01, 0.99))"),
]
