"""The truths behind the exercises of all lessons, each computed in another way."""

import math
import statistics
from fractions import Fraction
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy.special import expit

from course.lesson08 import questions
from course.lesson08.checks import (
    best_steps,
    bug_and_backprop,
    honest_reports,
    lost_digits,
    nand_and_scaling,
    parameters_and_bits,
)
from course.lesson08.checks.online_learning import count_updates
from course.lesson08.checks.steep_networks import CASES, limit, run
from course.measured import ledger
from nnlib import diagnosis, mnist
from nnlib.network import Network
from nnlib.neurons import perceptron as fires
from tests.course.truths import is_right, right, told

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


def runs_without_hidden_layer(init):
    table = ledger.read()
    return table[(table.sizes == "784-10") & (table.init == init)]


@pytest.mark.parametrize("words", nand_and_scaling.NETWORKS)
@pytest.mark.parametrize("c", [0.25, 1, 3])
def test_a_scaled_network_is_what_the_exercise_says(words, c):
    weights, biases, x = nand_and_scaling.NETWORKS[words]
    before = nand_and_scaling.z_of_layers(weights, biases, x)
    scaled = [[c * np.array(part) for part in parts] for parts in (weights, biases)]
    after = nand_and_scaling.z_of_layers(*scaled, x)
    inputs, outputs = nand_and_scaling.scaled_network(before, c)
    for z, mine, a in zip(after, inputs, outputs, strict=True):
        assert np.array_equal(z, mine)
        assert np.array_equal(z > 0, a)


def test_the_boundary_is_among_the_networks():
    zeros = [(z == 0).any() for zs, _ in nand_and_scaling.SCALED_CASES.values() for z in zs]
    assert any(zeros)
    assert not all(zeros)


def test_xor_takes_four_gates():
    x1, x2 = zip(*nand_and_scaling.CORNERS)
    circuits = {(x1, x2)}
    for gates in range(1, nand_and_scaling.FEWEST + 1):
        circuits = {
            (*wires, tuple(fires(np.column_stack(pair), [-2, -2], 3).tolist()))
            for wires in circuits
            for pair in combinations_with_replacement(wires, 2)
        }
        found = any(wires[-1] == (0, 1, 1, 0) for wires in circuits)
        assert found == (gates == nand_and_scaling.FEWEST)


def test_gates_are_counted_once():
    a, b = nand_and_scaling.Signal(), nand_and_scaling.Signal()
    gate = nand_and_scaling.nand_gate

    def run(wire):
        return nand_and_scaling.run_circuit(wire, {a: (0, 0, 1, 1), b: (0, 1, 0, 1)})

    assert run(a) == (0, (0, 0, 1, 1))
    assert run(gate(gate(a, b), gate(b, a))) == (2, (0, 0, 0, 1))
    assert run(gate(gate(a, a), gate(b, b))) == (3, (0, 1, 1, 1))
    deep = a
    for _ in range(3000):
        deep = gate(deep, deep)
    assert run(deep) == (3000, (0, 0, 1, 1))


@pytest.mark.parametrize("words", CASES)
def test_the_limit_of_a_steep_network(words):
    weights, biases, x = CASES[words]
    a = x
    for w, b in zip(weights, biases):
        a = expit(1e6 * w @ a + 1e6 * b)
    assert np.allclose(a, limit(weights, biases, x), atol=1e-9)


def test_steep_and_perceptrons_differ_only_where_z_is_0():
    differs = {
        words: not np.array_equal(limit(*case), run(lambda z, _: z > 0, *case).astype(float))
        for words, case in CASES.items()
    }
    assert [words for words, yes in differs.items() if yes] == [
        words for words in CASES if "z is 0 in the" in words or "z becomes 0" in words
    ]


def test_chains_that_differ_against_both_networks():
    numbers = [-2, -1, 0, 0.5, 1]
    for w1, b1, w2, b2, x in product(numbers, numbers, numbers, numbers, [0, 1]):
        smooth = expit(1e6 * (w2 * expit(1e6 * (w1 * x + b1)) + b2))
        sharp = fires([fires([x], [w1], b1)], [w2], b2)
        differs = abs(smooth - sharp) > 0.9
        assert is_right(questions.differ, (w1, b1, w2, b2, x)) == differs


def test_components_against_nnlib():
    for w, a, b in [
        *parameters_and_bits.SQUARE_LAYERS.values(),
        *parameters_and_bits.LAYERS.values(),
    ]:
        network = Network([w.shape[1], w.shape[0]], dtype=np.float64)
        network.weights, network.biases = [w.astype(float)], [b.astype(float)]
        assert np.allclose(
            network.feedforward(a.astype(float)), parameters_and_bits.activations(w, a, b)
        )


@pytest.mark.parametrize(
    ("init", "losers", "count"), [("gaussian", 10, 10), ("scaled", 0, 20)], ids=["bell", "scaled"]
)
def test_the_report_of_the_ledger_stands_in_the_solution(init, losers, count):
    runs = runs_without_hidden_layer(init)
    report = honest_reports.honest_report(runs.final.tolist(), runs.lost.tolist())
    assert (report[3], len(runs)) == (losers, count)
    assert np.isnan(report[4]) == (losers == count)
    shown = told(questions.no_hidden_layer)
    assert f"{report[0]:.2f} ({report[1]:.2f} to {report[2]:.2f})" in shown


@pytest.mark.parametrize("init", ["gaussian", "scaled"])
def test_the_inverted_network_gives_the_same_outputs(init, mini):
    net, other = (Network([784, 30, 10], init=init, rng=1, dtype=np.float64) for _ in range(2))
    other.weights[0], other.biases[0] = lost_digits.invert(net.weights[0], net.biases[0])
    x = mini.test.images[:100].T.astype(float)
    assert np.allclose(net.feedforward(x), other.feedforward(1 - x))
    assert not np.allclose(net.feedforward(x), other.feedforward(x))
    twice = lost_digits.invert(other.weights[0], other.biases[0])
    assert all(map(np.allclose, twice, (net.weights[0], net.biases[0])))


def test_one_step_moves_z_by_the_product_of_the_images(mini):
    """The z of the first layer for u' changes by -eta delta (u . u' + 1)."""
    net, eta = Network([784, 30, 10], rng=0, dtype=np.float64), 0.5
    u, seen = 1 - mini.train.images[:2].astype(float)
    before = diagnosis.weighted_inputs(net, seen[None])[0]
    delta = net.backprop(u[:, None], np.eye(10)[:, [3]])[0][0]  # dC/db of the first layer
    net.update_mini_batch([(u[:, None], np.eye(10)[:, [3]])], eta)
    after = diagnosis.weighted_inputs(net, seen[None])[0]
    assert np.allclose(after - before, -eta * delta * (u @ seen + 1), atol=1e-9)


def test_products_and_spreads_of_inverted_images(mini):
    x = mini.train.images.astype(float)
    a, b = np.random.default_rng(0).integers(len(x), size=(2, 20_000))
    usual = np.mean(np.sum(x[a] * x[b], axis=1))
    inverted = np.mean(np.sum((1 - x[a]) * (1 - x[b]), axis=1))
    assert abs(usual - 35) < 1
    assert abs(inverted - 614) < 4
    assert 16.5 < inverted / usual < 17.9
    square = np.mean(np.sum((1 - x) ** 2, axis=1))
    assert abs(square - 668) < 5
    assert round(square**0.5) == 26
    shares = [
        [
            diagnosis.saturation(Network([784, 30, 10], rng=seed), images)[0]
            for images in (x[:500], 1 - x[:500])
        ]
        for seed in range(5)
    ]
    usual, inverted = np.transpose(shares)
    assert 0.55 < usual.min() < usual.max() < 0.67
    assert 0.78 < inverted.min() < inverted.max() < 0.93


def test_inverted_images_in_small_runs(mini):
    """Far below guessing at test time; badly learned with eta 3, better with 0.3."""

    def inverted(split):
        return mnist.Split(1 - split.images, split.labels)

    part = mini.train.first(2000)
    shares = {}
    for name, data, eta in [("usual", part, 3.0), ("3", inverted(part), 3.0), ("0.3", None, 0.3)]:
        net = Network([784, 30, 10], init="scaled", rng=0)
        net.SGD(data or inverted(part), 5, 10, eta, on_epoch=None)
        shares[name] = net.evaluate(inverted(mini.validation)) / 500
    assert shares["usual"] < 0.08
    assert shares["3"] < 0.5 < shares["0.3"]


# Lesson 03


def test_parameters_are_counted_one_by_one():
    rng = np.random.default_rng(0)
    for _ in range(50):
        sizes = rng.integers(1, 6, size=rng.integers(2, 6)).tolist()
        count = 0
        for before, here in zip(sizes, sizes[1:]):
            for _neuron in range(here):
                for _weight in range(before):
                    count += 1
                count += 1
        assert parameters_and_bits.count_parameters(sizes) == count
        network = Network(sizes)
        assert count == sum(part.size for part in (*network.weights, *network.biases))


def _bits_hold(w, b):
    """Whether all four bits come out right for each digit, in each corner that is allowed."""
    others = np.array(list(product([0.0, 0.01], repeat=9)))
    for digit in range(10):
        for right_one in (0.99, 1.0):
            outputs = np.insert(others, digit, right_one, axis=1).T  # (10, 512)
            z = w @ outputs + b
            wanted = np.array([int(bit) for bit in f"{digit:04b}"])[:, None]
            if ((z > 0) != wanted).any() or (z == 0).any():
                return False
    return True


def test_bits_against_every_corner():
    rng = np.random.default_rng(1)
    signs = np.array([[1 if f"{d:04b}"[row] == "1" else -1 for d in range(10)] for row in range(4)])
    judged = []
    for _ in range(300):
        w = signs * rng.uniform(0.1, 2, size=(4, 10)) + rng.normal(0, 0.2, size=(4, 10))
        b = rng.normal(0, 0.15, size=(4, 1))
        judged.append(_bits_hold(w, b))
        assert is_right(questions.bits, (w, b)) == judged[-1]
    assert 30 < sum(judged) < 270


# Lesson 04


def test_the_best_step_against_many_directions():
    rng = np.random.default_rng(2)
    for gradient_, epsilon in best_steps.STEPS.values():
        size = np.linalg.norm(np.asarray(gradient_, float))
        best = -epsilon * np.asarray(gradient_, float) / (size or 1)
        for _ in range(50):
            step = rng.standard_normal(len(gradient_))
            step *= epsilon / np.linalg.norm(step)
            assert gradient_ @ step >= gradient_ @ best - 1e-9 * size * epsilon

    def by_search(gradient_, epsilon):
        """In the direction in which the estimate falls most: one variable after the other."""
        step = np.array([epsilon * -1 * (g / max(abs(gradient_).max(), 1e-300)) for g in gradient_])
        return (
            epsilon
            * (step if step.any() else np.eye(len(step))[0])
            / max(np.sqrt(np.sum(step**2)), 1e-300 if step.any() else 1)
        )

    assert is_right(questions.best_step, by_search)


def _fate(k, eta, v):
    """What the walk does, watched over 40 exact best_steps."""
    k, eta, v = map(Fraction, (k, eta, v))
    points = [v]
    for _ in range(40):
        points.append(points[-1] - eta * k * points[-1])
    if points[1] == points[0]:
        return "stays"
    if points[1] == 0:
        return "lands"
    far = [abs(point) for point in points]
    if all(b > a for a, b in zip(far, far[1:])):
        return "diverges"
    same_side = points[0] * points[1] > 0
    if all(b == a for a, b in zip(far, far[1:])):
        return "swings"
    assert all(b < a for a, b in zip(far, far[1:]))
    return "walks" if same_side else "jumps"


def test_the_fate_of_a_walk_watched():
    values = [-2, -0.5, 0, 0.25, 1, 4]
    for k, eta, v in product(values, [0.25, 0.5, 1, 2, 4, 8], [-1, 0, 0.5, 3]):
        assert best_steps.fate(k, eta, v) == _fate(k, eta, v), (k, eta, v)
    assert is_right(questions.one_variable, _fate)


def test_the_limit_on_the_fourth_power():
    def gets_nearer(v):
        for _ in range(200):
            before, v = v, v - 4 * v**3 / 8
            if abs(v) >= abs(before) - 1e-15:
                return abs(v) < 1e-3 or abs(v) < 0.2
        return True

    low, high = 1.0, 3.0
    assert gets_nearer(low)
    assert not gets_nearer(high)
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if gets_nearer(middle) else (low, middle)
    assert abs(low - questions.fourth_power.right_answer) < 1e-6


# Lesson 05


def test_updates_are_counted_by_taking_images_away():
    for n, m, epochs in product(range(1, 14), range(1, 16), range(3)):
        count = 0
        for _ in range(epochs):
            left = list(range(n))
            while left:
                del left[:m]
                count += 1
        assert count_updates(n, m, epochs) == count


def test_slopes_against_every_possible_draw():
    """Of 19 equal slopes below 0 and 21 equal ones above: a draw is how many of them are below."""
    for above in [0.5, 1, 17.5, 18.5, 19, 19.5, 20, 100]:
        means = [(-k + (20 - k) * above) / 20 for k in range(20)]
        holds = min(means) > 0 and (-19 + 21 * above) > 0
        assert is_right(questions.slopes, [-1] * 19 + [above] * 21) == holds, above


def test_a_fair_word_on_online_learning():
    assert "more updates in an epoch; each is noisier" in right(questions.online)
    assert count_updates(50_000, 1, 1) == 20 * count_updates(50_000, 20, 1)


# Lesson 06


def _cost(weights, biases, x, y):
    """The cost, written out example by example and neuron by neuron."""
    total = 0.0
    for i in range(x.shape[1]):
        a = [float(value) for value in x[:, i]]
        for w, b in zip(weights, biases):
            a = [expit(sum(w[j, k] * a[k] for k in range(len(a))) + b[j, 0]) for j in range(len(w))]
        total += 0.5 * sum((y[j, i] - a[j]) ** 2 for j in range(len(a)))
    return total / x.shape[1]


@pytest.mark.parametrize(
    "words", [words for words in bug_and_backprop.BACKPROP_CASES if words != "100 examples"]
)
def test_backprop_against_measured_derivatives(words):
    weights, biases, x, y = bug_and_backprop.BACKPROP_CASES[words]
    weights, biases = ([np.array(part, float) for part in parts] for parts in (weights, biases))
    nabla_b, nabla_w = bug_and_backprop.gradient(weights, biases, x, y)
    for parts, found in ((weights, nabla_w), (biases, nabla_b)):
        for part, nabla in zip(parts, found):
            for index in np.ndindex(part.shape):
                kept, costs, h = part[index], [], 1e-5
                for nudge in (h, -h):
                    part[index] = kept + nudge
                    costs.append(_cost(weights, biases, x, y))
                part[index] = kept
                assert abs((costs[0] - costs[1]) / (2 * h) - nabla[index]) < 1e-8


def test_backprop_of_100_examples_is_the_mean_of_100():
    weights, biases, x, y = bug_and_backprop.BACKPROP_CASES["100 examples"]
    one_by_one = [
        bug_and_backprop.gradient(weights, biases, x[:, [i]], y[:, [i]]) for i in range(x.shape[1])
    ]
    for part, found in enumerate(bug_and_backprop.gradient(weights, biases, x, y)):
        for layer, nabla in enumerate(found):
            assert np.allclose(nabla, np.mean([one[part][layer] for one in one_by_one], axis=0))


def test_the_bug_is_the_line_in_which_the_solution_differs():
    """And the gradient check finds the array of this line wrong, and no other."""
    given, solved = (
        [line for line in text.splitlines() if "# line" in line]
        for text in (questions.find_the_bug.starter, questions.find_the_bug.solution_code)
    )
    if len(solved) == len(given):
        differ = [k for k, pair in enumerate(zip(given, solved), 1) if pair[0] != pair[1]]
        assert differ == [bug_and_backprop.BUG]
    names = {}
    exec(questions.find_the_bug.starter, names)
    rng = np.random.default_rng(0)
    network = names["Suspect"]([4, 3, 2], rng=0, dtype=np.float64)
    x, y = rng.random((4, 7)), np.eye(2)[:, rng.integers(2, size=7)]
    nabla_b, nabla_w = network.backprop(x, y)
    true_b, true_w = bug_and_backprop.gradient(network.weights, network.biases, x, y)
    assert [np.allclose(*pair) for pair in zip(nabla_b, true_b)] == [True, True]
    assert [np.allclose(*pair) for pair in zip(nabla_w, true_w)] == [False, True]
    assert "nabla_w2 = " in given[bug_and_backprop.BUG - 1]


# Lesson 07


def test_reports_against_the_statistics_of_python():
    rng = np.random.default_rng(3)
    for _ in range(100):
        n = int(rng.integers(1, 8))
        finals = rng.uniform(60, 96, n).round(2).tolist()
        lost = [" ".join(map(str, rng.choice(10, rng.integers(0, 3), False))) for _ in finals]
        kept = [final for final, digits in zip(finals, lost) if not digits]
        wanted = (
            statistics.median(finals),
            sorted(finals)[0],
            sorted(finals)[-1],
            len([digits for digits in lost if digits]),
            statistics.median(kept) if kept else math.nan,
        )
        assert np.allclose(honest_reports.honest_report(finals, lost), wanted, equal_nan=True)


def test_the_choice_of_eta_against_the_statistics_of_python():
    for etas, seeds, validation, test in honest_reports.CHOICES.values():
        medians = {eta: statistics.median(validation[eta, seed] for seed in seeds) for eta in etas}
        best = next(eta for eta in etas if medians[eta] == max(medians.values()))
        assert honest_reports._median_choice(etas, seeds, validation, test) == (best, test[best])


def test_the_gaussian_start_without_a_hidden_layer():
    runs = runs_without_hidden_layer("gaussian")
    assert questions.keeps_ten.right_answer == (runs.lost == "").sum()


# Lesson 09


def test_lost_digits_counted_image_by_image():
    rng = np.random.default_rng(4)
    for (matrix,) in [*lost_digits.CONFUSIONS.values(), *_random_matrices(rng)]:
        images = [(d, a) for d in range(10) for a in range(10) for _ in range(int(matrix[d, a]))]
        lost = []
        for digit in range(10):
            of_digit = [answer for true, answer in images if true == digit]
            if of_digit and Fraction(of_digit.count(digit), len(of_digit)) < Fraction(1, 20):
                lost.append(digit)
        possible = sum(true not in lost for true, _ in images)
        found, ceiling = lost_digits.lost_and_ceiling(matrix)
        assert found == lost
        assert ceiling == pytest.approx(100 * possible / len(images))


def _random_matrices(rng):
    for _ in range(20):
        matrix = rng.integers(0, 4, size=(10, 10))
        matrix[np.diag_indices(10)] = rng.choice([0, 1, 40], size=10)
        yield (matrix,)


def test_two_lost_digits_explain_the_curve():
    healthy = np.median(runs_without_hidden_layer("scaled").final)
    assert round(healthy, 1) == 92.0
    gaussian = runs_without_hidden_layer("gaussian")
    two = gaussian.final[[len(lost.split()) == 2 for lost in gaussian.lost]]
    assert two.min() < 74.4 < two.max()
    assert all(7 < (healthy - final) / 2 < 11 for final in two)
    assert two.min() < 75.83 < two.max()
    assert right(questions.how_many_lost) == "two"


def test_the_digits_lost_in_this_curve():
    """About thirty points are missing, and each digit is about a tenth of the images."""
    assert questions.this_curve.right_answer == round(30 / (100 / 10))


def test_a_growing_factor():
    for z in np.linspace(-3, 3, 25)[np.arange(25) != 12]:
        assert abs(expit(1e4 * z) - (z > 0)) < 1e-9
    assert right(questions.growing_factor).startswith("Each toward 0 or 1")
