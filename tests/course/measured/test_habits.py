"""The habits: each does what it says, alone and together, and its gradient is right."""

import inspect
import itertools

import numpy as np
import pytest

from course.measured import habits
from nnlib import gradients, mnist
from nnlib.examples import Examples
from nnlib.network import Network
from nnlib.neurons import sigmoid

SETS = [
    " ".join(some)
    for n in range(len(habits.HABITS) + 1)
    for some in itertools.combinations(habits.HABITS, n)
]
NO_SHIFTS = [names for names in SETS if "shifts" not in names]


def batch(n_in=784, m=4, seed=0, n_out=10):
    rng = np.random.default_rng(seed)
    return rng.random((n_in, m)), np.eye(n_out)[:, rng.integers(n_out, size=m)]


def network(names, sizes=(6, 5, 4, 3), dtype=np.float64):
    if "convolution" in names:
        sizes = (784, 288, 6, 10)
    made = habits.network_class(names)(sizes, init="scaled", rng=1, dtype=dtype)
    rng = np.random.default_rng(2)  # no bias is 0: at z = 0 a rectified unit has no slope
    made.biases = [rng.normal(0, 0.3, b.shape).astype(dtype) for b in made.biases]
    return made


def cost(names):
    return habits.cross_entropy if "cross-entropy" in names else gradients.quadratic_cost


@pytest.mark.parametrize("names", [names for names in NO_SHIFTS if "convolution" not in names])
def test_the_gradient_of_every_variant(names):
    x, y = batch(6, n_out=3)
    assert gradients.gradient_check(network(names), x, y, cost=cost(names)).difference < 1e-7


@pytest.mark.parametrize("names", ["convolution", "convolution cross-entropy ReLU"])
def test_the_gradient_of_the_convolution(names):
    made = network(names, (784, 288, 6, 10))
    x, y = batch(m=2)
    some = np.random.default_rng(0).choice(288 * 6, 40, replace=False)
    _, fast = made.backprop(x, y)
    # the windows whole, of the large layer forty weights: each costs two forward passes
    for layer, places in ((0, range(made.weights[0].size)), (1, some), (2, range(60))):
        p, h = made.weights[layer].ravel(), 1e-5
        assert np.shares_memory(p, made.weights[layer])
        slow = []
        for place in places:
            kept = p[place]
            costs = []
            for p[place] in (kept + h, kept - h):
                costs.append(cost(names)(made, x, y))
            p[place] = kept
            slow.append((costs[0] - costs[1]) / (2 * h))
        found = fast[layer].ravel()[list(places)]
        assert gradients.relative_difference(found, np.array(slow)) < 1e-7


FAULTS = {
    "cross-entropy": {"output_error": lambda self, a, y: 2 * (a - y)},
    "cross-entropy, sign": {"output_error": lambda self, a, y: y - a},
    "ReLU, slope 1 everywhere": {"activation_derivative": lambda self, a: np.ones_like(a)},
    "ReLU, slope of the sigmoid": {"activation_derivative": lambda self, a: a * (1 - a)},
    "ReLU, other side": {"activation_derivative": lambda self, a: a <= 0},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_faults_are_found_by_the_gradient_check(fault):
    names = fault.split(",")[0]
    made = network(names)
    made.__class__ = type("Faulty", (type(made),), FAULTS[fault])
    x, y = batch(6, n_out=3)
    assert gradients.gradient_check(made, x, y, cost=cost(names)).verdict == "wrong"


def test_the_error_of_the_cross_entropy_is_its_slope_times_that_of_the_sigmoid():
    a, y = sigmoid(np.linspace(-3, 3, 7)), np.array([0, 1, 0, 1, 1, 0, 0.5])
    slope = -y / a + (1 - y) / (1 - a)
    found = habits.CrossEntropyNetwork([2, 1]).output_error(a, y)
    np.testing.assert_allclose(found, slope * a * (1 - a))


def test_cross_entropy_by_hand_and_where_an_output_is_certain():
    made = network("cross-entropy", (2, 1))
    x = np.array([[0.3, -1.0], [0.2, 4.0]])
    a = made.feedforward(x)
    y = np.array([[1.0, 0.0]])
    expected = -(np.log(a[0, 0]) + np.log(1 - a[0, 1])) / 2
    assert habits.cross_entropy(made, x, y) == pytest.approx(expected, rel=1e-12)
    made.weights = [np.array([[1e6, 1e6]])]
    assert habits.cross_entropy(made, np.abs(x), np.array([[1.0, 1.0]])) == 0


def test_a_rectified_unit_is_on_or_off():
    made = habits.ReLUNetwork([2, 3, 1])
    z = np.array([-2.0, 0.0, 3.0])
    assert made.activation(z).tolist() == [0, 0, 3]
    assert (1 * made.activation_derivative(made.activation(z))).tolist() == [0, 0, 1]


def test_momentum_by_hand():
    plain, fast = network(""), network("momentum")
    x, y = batch(6, n_out=3)
    velocities = [0] * 6
    for _ in range(3):
        nabla_b, nabla_w = plain.backprop(x, y)
        velocities = [0.9 * v + nabla for v, nabla in zip(velocities, nabla_b + nabla_w)]
        fast.update_mini_batch((x.T, y.T), 0.5)
        before, after = plain.biases + plain.weights, fast.biases + fast.weights
        for p, v, found in zip(before, velocities, after, strict=True):
            np.testing.assert_allclose(found, p - 0.5 * v, rtol=1e-10)
        plain.weights = [w.copy() for w in fast.weights]
        plain.biases = [b.copy() for b in fast.biases]


def test_momentum_leaves_arrays_that_others_hold():
    made = network("momentum")
    held = list(made.weights)
    copies = [w.copy() for w in held]
    x, y = batch(6, n_out=3)
    made.update_mini_batch((x.T, y.T), 0.5)
    made.SGD((x.T, y.T), 2, 2, 0.5, on_epoch=None)
    assert all((one == other).all() for one, other in zip(held, copies))
    assert (made.weights[0] != copies[0]).any()


def test_shifts_moves_all_images_of_a_mini_batch_alike_and_none_away():
    seen = []

    class Looking(habits.ShiftsNetwork):
        def backprop(self, x, y):
            seen.append((x.T.reshape(-1, 28, 28).copy(), y.T.copy()))
            return super().backprop(x, y)

    images = np.zeros((3, 28, 28))
    images[:, 10, 12], images[1, 5, 5] = 1, 0.5
    targets = np.eye(10)[[3, 1, 4]]
    made = Looking([784, 2, 10], rng=0, dtype=np.float64)
    for _ in range(60):
        made.update_mini_batch(Examples(images.reshape(3, 784), targets), 0.1)
    moves = set()
    for shown, answers in seen:
        (row, column) = np.argwhere(shown[0])[0]
        moves.add((row - 10, column - 12))
        back = np.roll(shown, (10 - row, 12 - column), axis=(1, 2))
        assert (back == images).all()
        assert (answers == targets).all()
    assert moves == set(itertools.product((-1, 0, 1), repeat=2))


@pytest.mark.parametrize("names", SETS)
def test_every_set_of_habits_makes_a_network_that_has_just_these(names):
    kind = habits.network_class(names)
    for name, habit in habits.HABITS.items():
        assert issubclass(kind, habit) == (name in names.split())
    assert habits.network_class(" ".join(reversed(names.split()))) is kind


@pytest.mark.parametrize("wrong", ["relu", "ReLU, momentum", None, 3])
def test_names_that_are_no_habits(wrong):
    with pytest.raises(ValueError, match="expected 'cross-entropy' or 'ReLU'"):
        habits.network_class(wrong)


@pytest.mark.parametrize("habit", habits.HABITS.values())
def test_each_class_is_short(habit):
    lines = [line for line in inspect.getsource(habit).splitlines() if line.strip()]
    own = [name for name, value in vars(habit).items() if inspect.isfunction(value)]
    if habit is not habits.ConvolutionNetwork:
        assert len(lines) <= 25
        assert len(own) == (2 if habit is habits.ReLUNetwork else 1)
    assert issubclass(habit, Network)


@pytest.mark.parametrize("names", [*SETS[:5], *SETS[-6:]])
def test_every_variant_learns(names):
    data = mnist.load("mini")
    sizes = [784, 288, 20, 10] if "convolution" in names else [784, 20, 10]
    made = habits.network_class(names)(sizes, init="scaled", rng=0)
    some = data.train.first(2000)
    eta = 0.5 / (10 if "ReLU" in names else 1) / (10 if "momentum" in names else 1)
    made.SGD(some, 10, 10, eta, on_epoch=None)
    assert made.evaluate(some) > 0.6 * 2000


def test_what_a_variant_saves_it_loads(tmp_path):
    for names in ("cross-entropy ReLU momentum", "convolution ReLU"):
        made = network(names, dtype=np.float32)
        made.save(tmp_path / "net.npz")
        again = type(made).load(tmp_path / "net.npz")
        x = np.random.default_rng(0).random((made.sizes[0], 3))
        assert (again.feedforward(x) == made.feedforward(x)).all()
