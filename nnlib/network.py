"""A feedforward network of sigmoid neurons that learns by stochastic gradient descent.

The names are those of chapter 1 of Michael Nielsen's "Neural Networks and Deep Learning", and so
is the interface. One thing differs: a whole mini-batch is computed at once. Examples stand side by
side as the columns of a matrix, so the formulas of one example serve for m of them unchanged.
Methods whose name starts with an underscore trust their arguments; the others check them. These
write np.dot(w, a) for w @ a, which is the same and a little quicker for small matrices.
"""

import numpy as np

from nnlib import checks, storage
from nnlib.neurons import sigmoid


def print_epoch(network, epoch, correct, total):
    """Say how an epoch went, as the book does: `Epoch 0: 9041 / 10000`."""
    print(f"Epoch {epoch}: {correct} / {total}" if total else f"Epoch {epoch} complete")


class Network:
    """Layers of sigmoid neurons, each fully connected to the next.

    sizes: neurons per layer, input first, for example [784, 30, 10]; at least two layers.
    init: "gaussian" draws weights and biases from the standard normal distribution;
        "scaled" divides each weight by sqrt(n_in), the square root of its neuron's inputs.
    rng: a seed or a numpy.random.Generator, used for the start and for shuffling.
    dtype: np.float32 for training, np.float64 for checking gradients.

    weights[l] has shape (neurons of layer l + 1, neurons of layer l); biases[l] is a column.
    Raises ValueError for sizes, init or dtype that make no network.
    """

    def __init__(self, sizes, *, init="gaussian", rng=None, dtype=np.float32):
        self.sizes = checks.layer_sizes(sizes)
        self.num_layers = len(self.sizes)
        self.dtype = checks.float_type(dtype)
        self.rng = np.random.default_rng(rng)
        scaled = checks.choice("init", init, ("gaussian", "scaled")) == "scaled"
        draw = self.rng.standard_normal
        pairs = list(zip(self.sizes[:-1], self.sizes[1:]))
        self.biases = [draw((n_out, 1)).astype(self.dtype) for _, n_out in pairs]
        self.weights = [
            (draw((n_out, n_in)) / (np.sqrt(n_in) if scaled else 1)).astype(self.dtype)
            for n_in, n_out in pairs
        ]

    def feedforward(self, a):
        """Activations of the output layer, (n_out, m), for inputs a of shape (n_in, m)."""
        return self._activations(checks.columns(a, self.sizes[0], self.dtype))[-1]

    def evaluate(self, test_data):
        """How many examples are classified right: the most active output is the answer.

        test_data: a list of (x, label) pairs, or images (n, n_in) with labels (n,).
        """
        images, labels = checks.labeled_examples(test_data, self.sizes, self.dtype)
        return self._count_correct(images, labels)

    def cost_derivative(self, output_activations, y):
        """dC/da of the quadratic cost C = 1/2 ||y - a||^2 of one example, for each column."""
        return output_activations - y

    def backprop(self, x, y):
        """Gradient of the cost, averaged over the m columns of x (n_in, m) and y (n_out, m).

        Returns (nabla_b, nabla_w), two lists shaped like `biases` and `weights`.
        """
        x = checks.columns(x, self.sizes[0], self.dtype)
        y = checks.columns(y, self.sizes[-1], self.dtype, m=x.shape[1], name="y")
        activations, deltas = self._errors(x, y)
        nabla_b = [delta.mean(axis=1, keepdims=True) for delta in deltas]
        nabla_w = [delta @ a.T / x.shape[1] for delta, a in zip(deltas, activations)]
        return nabla_b, nabla_w

    def update_mini_batch(self, mini_batch, eta):
        """One step of gradient descent on a mini-batch, given in any form that SGD takes."""
        images, targets = checks.training_examples(mini_batch, self.sizes, self.dtype)
        self._step(images.T, targets.T, checks.learning_rate(eta, self.dtype))

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
        has been learned.
        """
        images, targets = checks.training_examples(training_data, self.sizes, self.dtype)
        epochs = checks.whole_number("epochs", epochs, at_least=0)
        m = checks.whole_number("mini_batch_size", mini_batch_size, at_least=1)
        eta = checks.learning_rate(eta, self.dtype)
        correct = total = None
        if test_data is not None:
            test_images, labels = checks.labeled_examples(
                test_data, self.sizes, self.dtype, name="test_data"
            )
            total = len(labels)
        for epoch in range(epochs):
            order = self.rng.permutation(len(images))
            for start in range(0, len(order), m):
                batch = order[start : start + m]
                self._step(images.take(batch, axis=0).T, targets.take(batch, axis=0).T, eta)
            if total:
                correct = self._count_correct(test_images, labels)
            if on_epoch and on_epoch(self, epoch, correct, total):
                break

    def save(self, path):
        """Write sizes, weights and biases to one .npz file at `path`, whole or not at all."""
        arrays = {"sizes": np.array(self.sizes)}
        for layer, (b, w) in enumerate(zip(self.biases, self.weights), start=1):
            arrays |= {f"biases_{layer}": b, f"weights_{layer}": w}
        storage.save_arrays(path, arrays)

    @classmethod
    def load(cls, path, *, sizes=None, rng=None):
        """A network from a file that `save` wrote; no pickle is ever read.

        sizes: if given, the layer sizes that the file must have.
        Raises FileNotFoundError, or ValueError that says what is wrong with the file.
        """
        stored, biases, weights = checks.stored_network(storage.load_arrays(path), path, sizes)
        network = cls(stored, rng=rng, dtype=weights[0].dtype)
        network.biases, network.weights = biases, weights
        return network

    def _activations(self, a):
        """Activations of every layer, input included: one (n, m) array per layer."""
        activations = [a]
        for b, w in zip(self.biases, self.weights):
            activations.append(sigmoid(np.dot(w, activations[-1]) + b))  # (n_out, m)
        return activations

    def _errors(self, x, y):
        """Activations of every layer, and delta = dC/dz, (n, m), of every layer but the input.

        sigma'(z) is written a (1 - a), because a = sigma(z).
        """
        activations = self._activations(x)
        a = activations[-1]
        deltas = [self.cost_derivative(a, y) * a * (1 - a)]
        for w, a in zip(self.weights[:0:-1], activations[-2:0:-1]):  # backward
            deltas.append(np.dot(w.T, deltas[-1]) * a * (1 - a))
        return activations, deltas[::-1]

    def _step(self, x, y, eta):
        """w -> w - eta/m sum(delta a^T) and b -> b - eta/m sum(delta), in place."""
        activations, deltas = self._errors(x, y)
        m = x.shape[1]
        rate, ones = np.array(eta / m), np.ones((m, 1), self.dtype)
        for b, w, delta, a in zip(self.biases, self.weights, deltas, activations):
            step = rate * delta
            b -= np.dot(step, ones)  # the sum of the columns
            w -= np.dot(step, a.T)

    def _count_correct(self, images, labels):
        """Images (n, n_in) whose most active output neuron is the one of the label."""
        return int((self._activations(images.T)[-1].argmax(axis=0) == labels).sum())
