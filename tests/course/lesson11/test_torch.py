"""The networks of the course and the same ones in PyTorch: equal outputs, equal steps."""

import numpy as np
import pytest

from course.measured.habits import CrossEntropyNetwork, MomentumNetwork, ReLUNetwork
from nnlib.network import Network

torch = pytest.importorskip("torch", reason="PyTorch is not installed: pip install torch")
pytestmark = pytest.mark.trains

SIZES = [784, 30, 10], [784, 30, 30, 10]
ETA = {Network: 3.0, CrossEntropyNetwork: 0.5, ReLUNetwork: 0.5, MomentumNetwork: 0.3}
OUTPUTS_APART = {np.float32: 1e-6, np.float64: 1e-13}
STEPS_APART = {np.float32: 1e-5, np.float64: 1e-13}


@pytest.fixture(params=SIZES, ids=str)
def sizes(request):
    return request.param


@pytest.fixture(params=STEPS_APART, ids=lambda dtype: dtype.__name__)
def dtype(request):
    return request.param


@pytest.fixture(params=ETA, ids=lambda kind: kind.__name__)
def network(request, sizes, dtype, data):
    """A network that has learned a little."""
    network = request.param(sizes, init="scaled", rng=0, dtype=dtype)
    part = data.train.first(1000)
    network.SGD((part.images, part.labels), 1, 10, ETA[request.param], on_epoch=None)
    return network


def in_torch(network):
    hidden = torch.nn.ReLU if isinstance(network, ReLUNetwork) else torch.nn.Sigmoid
    layers = []
    for w, b in zip(network.weights, network.biases):
        layer = torch.nn.Linear(*w.shape[::-1])
        layer.weight = torch.nn.Parameter(torch.tensor(w))
        layer.bias = torch.nn.Parameter(torch.tensor(b[:, 0]))
        layers += [layer, hidden()]
    return torch.nn.Sequential(*layers[:-1], torch.nn.Sigmoid())


def cost(network, model, x, y):
    """The cost that the network learns by, in PyTorch's words."""
    if isinstance(network, CrossEntropyNetwork):
        return torch.nn.BCEWithLogitsLoss(reduction="sum")(model[:-1](x), y) / len(x)
    return torch.nn.MSELoss(reduction="sum")(model(x), y) / 2 / len(x)


def parameters_apart(network, model):
    """The largest difference of a weight or bias."""
    theirs = [p.detach().numpy() for p in model.parameters()]
    ours = [p for w, b in zip(network.weights, network.biases) for p in (w, b[:, 0])]
    return max(np.abs(a - b).max() for a, b in zip(ours, theirs, strict=True))


def test_outputs_are_equal(network, dtype, data):
    model = in_torch(network)
    outputs = model(torch.tensor(data.test.images.astype(dtype))).detach().numpy().T
    ours = network.feedforward(data.test.images.T)
    assert np.abs(outputs - ours).max() < OUTPUTS_APART[dtype]


def test_steps_are_equal(network, dtype, data):
    """One step, and two more, where momentum goes on."""
    model, eta = in_torch(network), ETA[type(network)]
    network.velocity = None  # it has learned before, the optimizer begins
    optimizer = torch.optim.SGD(model.parameters(), eta, getattr(network, "momentum", 0))
    before = [w.copy() for w in network.weights]
    for start in (0, 10, 20):
        images = data.test.images[start : start + 10].astype(dtype)
        targets = np.eye(10, dtype=dtype)[data.test.labels[start : start + 10]]
        optimizer.zero_grad()
        cost(network, model, torch.tensor(images), torch.tensor(targets)).backward()
        optimizer.step()
        network.update_mini_batch((images, targets), eta)
        assert parameters_apart(network, model) < STEPS_APART[dtype]
    assert max(np.abs(a - b).max() for a, b in zip(before, network.weights)) > 1e-3


def test_mse_loss_makes_steps_that_are_five_times_shorter(sizes, data):
    network = Network(sizes, rng=0, dtype=np.float64)
    x = torch.tensor(data.test.images[:10].astype(float))
    y = torch.tensor(np.eye(10)[data.test.labels[:10]])
    ours, theirs = in_torch(network), in_torch(network)
    cost(network, ours, x, y).backward()
    torch.nn.MSELoss()(theirs(x), y).backward()
    for mine, other in zip(ours.parameters(), theirs.parameters()):
        assert torch.allclose(mine.grad, 5 * other.grad, rtol=1e-9, atol=1e-15)


def test_the_error_of_the_cross_entropy_is_what_pytorch_finds(sizes, data):
    network = CrossEntropyNetwork(sizes, rng=0, dtype=np.float64)
    x, y = data.test.images[:10].T, np.eye(10)[:, data.test.labels[:10]]
    z = in_torch(network)[:-1](torch.tensor(x.T.astype(float))).detach().requires_grad_()
    torch.nn.BCEWithLogitsLoss(reduction="sum")(z, torch.tensor(y.T)).backward()
    error = network.output_error(network.feedforward(x), y)
    assert np.abs(z.grad.numpy().T - error).max() < 1e-12
