"""A feedforward network of sigmoid neurons that learns by stochastic gradient descent.

The names are those of chapter 1 of Michael Nielsen's "Neural Networks and Deep Learning", and so
is the interface. One thing differs: a whole mini-batch is computed at once. Examples stand side by
side as the columns of a matrix, so the formulas of one example serve for m of them unchanged.
`SGD` calls `update_mini_batch`, which calls `backprop` and `step`; `evaluate` calls `feedforward`:
a subclass may replace any of them. np.dot(w, a) is w @ a, a little quicker for small matrices.
"""

import numpy as np
from scipy.linalg.blas import daxpy, saxpy

from nnlib import arguments, examples, storage, threads
from nnlib.examples import Examples
from nnlib.neurons import sigmoid, sigmoid_prime

__all__ = ["Network", "print_epoch", "sigmoid", "sigmoid_prime"]

AXPY = {np.dtype(np.float32): saxpy, np.dtype(np.float64): daxpy}


def print_epoch(network, epoch, correct, total):
    """Say how an epoch went, as the book does: `Epoch 0: 9041 / 10000`."""
    print(f"Epoch {epoch}: {correct} / {total}" if total else f"Epoch {epoch} complete")


class Network:
    """Layers of sigmoid neurons, each fully connected to the next.

    sizes: neurons per layer, input first, for example [784, 30, 10]; at least two layers.
    init: "gaussian" draws weights and biases from the standard normal distribution;
        "scaled" divides each weight by sqrt(n_in), the square root of its neuron's inputs.
    rng: a seed or a numpy.random.Generator, used for the start and for shuffling. np.random.seed
        has no effect here.
    dtype: np.float32 for training, np.float64 for checking gradients.

    weights[l] has shape (neurons of layer l + 1, neurons of layer l); biases[l] is a column. Both
    may be set by hand. One output neuron answers yes or no: 1 above 0.5, else 0.
    Raises ValueError for sizes, init or dtype that make no network.
    """

    parameter_shapes = staticmethod(arguments.parameter_shapes)

    def __init__(self, sizes, *, init="gaussian", rng=None, dtype=np.float32):
        self.sizes = arguments.layer_sizes(sizes)
        self.num_layers = len(self.sizes)
        self.dtype = arguments.float_type(dtype)
        self.rng = arguments.generator(rng)
        self._own = []  # the weights, as long as they are copies that SGD may change in place
        scaled = arguments.choice("init", init, ("gaussian", "scaled")) == "scaled"
        draw = self.rng.standard_normal
        shapes = self.parameter_shapes(self.sizes)
        self.biases = [draw(shape).astype(self.dtype) for shape in shapes["biases"]]
        self.weights = [
            (draw((n_out, n_in)) / (np.sqrt(n_in) if scaled else 1)).astype(self.dtype)
            for n_out, n_in in shapes["weights"]
        ]

    def __repr__(self):
        return f"Network({self.sizes})"

    def feedforward(self, a):
        """Activations of the output layer, (n_out, m), for inputs a of shape (n_in, m)."""
        a = arguments.finite(arguments.columns(a, self.sizes[0], self.dtype), "x")
        return self._activations(a)[-1]

    def evaluate(self, test_data):
        """How many examples are classified right: the most active output is the answer.

        test_data: a list of (x, label) pairs, or images (n, n_in) with labels (n,).
        """
        images, labels = examples.labeled(test_data, self.sizes, self.dtype)
        return int((answers(self.feedforward(images.T)) == labels).sum())

    def activation(self, z):
        """Activations of hidden neurons with the weighted inputs z, an array of any shape."""
        return sigmoid(z)

    def activation_derivative(self, a):
        """Slope of `activation` at the z whose activation is a; of the sigmoid it is a (1 - a)."""
        return a * (1 - a)

    def cost_derivative(self, output_activations, y):
        """dC/da of the quadratic cost C = 1/2 ||y - a||^2 of one example, for each column."""
        return output_activations - y

    def output_error(self, a, y):
        """dC/dz of the output neurons, which are always sigmoid neurons, for each column."""
        return self.cost_derivative(a, y) * (a * (1 - a))

    def backprop(self, x, y):
        """Gradient of the cost, averaged over the m columns of x (n_in, m) and y (n_out, m).

        Returns (nabla_b, nabla_w), two lists shaped like `biases` and `weights`.
        """
        x, y = arguments.mini_batch(x, y, self.sizes, self.dtype)
        activations = self._activations(x)
        delta = self.output_error(activations[-1], y)  # (n_out, m)
        deltas = [delta / x.shape[1]]  # dC/dz of each layer, shared out over the m columns
        for w, a in zip(self.weights[:0:-1], activations[-2:0:-1]):  # backward
            deltas.insert(0, np.dot(w.T, deltas[0]) * self.activation_derivative(a))
        nabla_b = [delta.sum(axis=1, keepdims=True) for delta in deltas]
        nabla_w = [np.dot(delta, a.T) for delta, a in zip(deltas, activations)]
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        """One step of gradient descent: w -> w - eta nabla_w and b -> b - eta nabla_b.

        mini_batch: examples in any form that SGD takes. SGD gives them as `Examples`, which it has
        checked; `for x, y in mini_batch` then gives the columns of one example after the other.
        """
        if self._own is not self.weights or not isinstance(mini_batch, Examples):  # not from SGD
            mini_batch = examples.training(mini_batch, self.sizes, self.dtype, "mini_batch")
            eta = arguments.learning_rate(eta, self.dtype)
            self._copy_parameters()
        gradient = self.backprop(mini_batch.images.T, mini_batch.targets.T)
        self.step(*arguments.gradient(gradient, self), eta)

    def step(self, nabla_b, nabla_w, eta):
        """Go down the gradient, in place: `update_mini_batch` has made the copies for it."""
        for p, nabla in zip(self.biases + self.weights, nabla_b + nabla_w):
            descend(p, nabla, eta)

    def SGD(
        self,
        training_data,
        epochs,
        mini_batch_size,
        eta,
        test_data=None,
        *,
        on_epoch=print_epoch,
    ):
        """Learn by mini-batch stochastic gradient descent.

        training_data: a list (or zip) of (x, y) columns, or images (n, n_in) with labels (n,).
        epochs: how often to go through the data.  mini_batch_size: examples per step; more than
        there are makes one batch.  eta: the learning rate.  test_data: see `evaluate`.
        on_epoch: called as on_epoch(network, epoch, correct, total) after each epoch, where
        correct and total are None without test_data; training ends early if it returns True.
        Raises ValueError for bad arguments before anything changes. Interrupting it keeps what
        has been learned. Arrays of weights and biases from before the call stay as they were.
        """
        data = examples.training(training_data, self.sizes, self.dtype)
        epochs = arguments.whole_number("epochs", epochs, at_least=0)
        m = arguments.whole_number("mini_batch_size", mini_batch_size, at_least=1)
        eta = arguments.learning_rate(eta, self.dtype)
        on_epoch = arguments.callback("on_epoch", on_epoch)
        correct = total = None
        if test_data is not None:
            test_data = images, labels = examples.labeled(test_data, self.sizes, self.dtype)
            arguments.finite(images, "test_data")
            total = len(labels)
        with threads.one_blas_thread():
            for epoch in range(epochs):
                self._run_epoch(data, m, eta)
                if total:
                    correct = self.evaluate(test_data)
                if on_epoch and on_epoch(self, epoch, correct, total):
                    break

    def save(self, path):
        """Write sizes, weights and biases to one .npz file at `path`, whole or not at all.

        Raises ValueError for weights or biases that `load` would refuse, such as NaN.
        """
        arguments.parameters(self)
        arrays = {"sizes": np.array(self.sizes)}
        for layer, (b, w) in enumerate(zip(self.biases, self.weights), start=1):
            arguments.finite(b, f"the network cannot be saved: biases[{layer - 1}]")
            arguments.finite(w, f"the network cannot be saved: weights[{layer - 1}]")
            arrays |= {f"biases_{layer}": b, f"weights_{layer}": w}
        storage.save_arrays(path, arrays)

    @arguments.made_by_the_class
    def load(cls, path, *, sizes=None, rng=None):  # noqa: N805 (a class method)
        """A new network from a file that `save` wrote: net = Network.load(path).

        No pickle is ever read.  sizes: if given, the layer sizes that the file must have.
        Raises FileNotFoundError, or ValueError that says what is wrong with the file.
        """
        arrays, shapes = storage.load_arrays(path), cls.parameter_shapes
        stored, *parameters = arguments.stored_network(arrays, path, sizes, shapes)
        network = cls(stored, rng=rng, dtype=parameters[1][0].dtype)
        network.biases, network.weights = parameters
        return network

    def _activations(self, a):
        """Activations of every layer, input included: one (n, m) array per layer."""
        if self._own is not self.weights:
            arguments.parameters(self)
        activations = [a]
        functions = [self.activation] * (self.num_layers - 2) + [sigmoid]
        for f, b, w in zip(functions, self.biases, self.weights):
            activations.append(f(np.dot(w, activations[-1]) + b))  # (n_out, m)
        return activations

    def _run_epoch(self, data, m, eta):
        """Go through the Examples once, in a random order, in mini-batches of m."""
        try:
            self._own = self._copy_parameters()
            order = self.rng.permutation(len(data))
            for start in range(0, len(order), m):
                self.update_mini_batch(data.take(order[start : start + m]), eta)
        finally:
            self._own = []  # from here on others may hold them

    def _copy_parameters(self):
        """Go on with copies of weights and biases, which may be changed in place; the weights."""
        arguments.parameters(self)
        self.biases = [b.copy() for b in self.biases]
        self.weights = [w.copy() for w in self.weights]
        return self.weights


def answers(outputs):
    """The answer of each column of outputs (n_out, m): its most active neuron, shape (m,).

    One output neuron answers 1 if its activation is above 0.5, otherwise 0.
    """
    if getattr(outputs, "ndim", 0) != 2 or not len(outputs):
        raise ValueError(f"outputs is {arguments.short(outputs)}: expected an array (n_out, m)")
    return outputs.argmax(axis=0) if len(outputs) > 1 else (outputs[0] > 0.5).astype(int)


def descend(p, nabla, eta):
    """p -= eta * nabla for the weights or biases p of one layer, in place.

    BLAS calls this axpy. It goes over the arrays once where NumPy's two operations go twice, and
    weights are the largest arrays of a step: a tenth of the time of an epoch.
    """
    if p.flags.c_contiguous:
        AXPY[p.dtype](nabla.ravel(), p.ravel(), a=-eta)
    else:  # ravel would make a copy, and p would stay as it is
        p -= eta * nabla
