"""A step against the gradient, for arrays of every layout, and what it leaves alone afterwards."""

import numpy as np
import pytest

from nnlib import network as network_module
from nnlib.examples import Examples
from nnlib.network import Network

LAYOUTS = {
    "rows": np.ascontiguousarray,
    "columns": np.asfortranarray,
    "every second": lambda a: np.repeat(a, 2, axis=1)[:, ::2],
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_step_is_eta_times_the_gradient_downhill(dtype, layout):
    rng = np.random.default_rng(0)
    before, nabla = rng.normal(size=(2, 3, 4)).astype(dtype)
    p = LAYOUTS[layout](before.copy())
    network_module.descend(p, LAYOUTS[layout](nabla), dtype(0.3))
    np.testing.assert_allclose(p, before - 0.3 * nabla, rtol=1e-5)


def a_batch():
    rng = np.random.default_rng(1)
    return Examples(rng.random((6, 4), np.float32), np.eye(2, dtype=np.float32)[[0, 1, 1, 0, 1, 0]])


@pytest.mark.parametrize("ended", ["by itself", "by an error"])
def test_after_training_a_step_takes_new_arrays_again(ended):
    """Whoever holds the trained weights keeps them, whatever is done with the network then."""
    network, batch = Network([4, 3, 2], rng=2), a_batch()

    def fail(*words):
        raise KeyboardInterrupt

    if ended == "by itself":
        network.SGD((batch.images, batch.targets), 1, 2, 1.0, on_epoch=None)
    else:
        with pytest.raises(KeyboardInterrupt):
            network.SGD((batch.images, batch.targets), 1, 2, 1.0, on_epoch=fail)
    held = network.biases + network.weights
    values = [array.copy() for array in held]
    network.update_mini_batch(batch, 5.0)
    assert all(np.array_equal(one, other) for one, other in zip(held, values))
    assert not any(np.array_equal(one, two) for one, two in zip(network.weights, values[2:]))


def test_after_training_weights_set_by_hand_are_looked_at_again():
    network, batch = Network([4, 3, 2], rng=2), a_batch()
    network.SGD((batch.images, batch.targets), 1, 2, 1.0, on_epoch=None)
    network.weights[0] = np.zeros((2, 2), np.float32)
    with pytest.raises(ValueError, match=r"weights\[0\]"):
        network.feedforward(batch.images.T)
