"""What the prose of lesson 05 tells, once more."""

import inspect
import itertools
import re

import numpy as np

from course.ask import schedule
from course.lesson05 import lab, many_bowls, poll_lab
from nnlib import mnist
from nnlib.gradients import numerical_gradient, quadratic_cost
from nnlib.mnist._originals import counts
from nnlib.network import Network
from tests.told.truths import Output, Setting, code_of, parameters

SIZES = [784, 30, 10]
PARAMETERS = parameters(SIZES)
MINI = mnist.load("mini")
MNIST, _ = counts()  # images to learn from
IMAGES = Setting("05", r'load_data_wrapper\("mini"\)\[0\]\[:(\d+)\]')
POLLED = Setting("05", r"def polls\(m, times=(\d+)\)")
OF_LENGTH = [  # percent of the full gradient's length that 1, 10 and 100 images miss it by
    Setting("05", rf"\[\[0, 3, 6\]\], \((?:[\d.]+, ){{{place}}}([\d.]+)[,)]", scale=100)
    for place in range(3)
]
LOWEST = min(np.linspace(0, 1, 101), key=lambda c: (1 - c) ** 2 + 9 * c**2)  # of ten like outputs
STEPS = len(MINI.train.first(1000).labels) // 10  # in an epoch, with mini-batches of ten
SEEDS = range(int(re.search(r"for seed in range\((\d+)\)\]", code_of("05"))[1]))
WITHIN = poll_lab.SIZES[7:9]  # `later[7] > 0.32 and 0.26 > later[8]` in an evidence cell
TERMS, V = np.array([0.0, 1.0, 5.0]), 3.0
THREE_SLOPES = V - TERMS

RNG = np.random.default_rng(5)
NET = Network([3, 4, 2], rng=5, dtype=np.float64)
X, Y = RNG.uniform(size=(3, 6)), RNG.uniform(size=(2, 6))
ANSWERS = np.array([1, 1, 1, 0, 0])  # of a population of five
BOWLS = many_bowls.noisy_sum()


def listed(pattern):
    """How many things, with commas between them, the code of the lesson lists at a pattern."""
    return len(re.search(pattern, code_of("05"))[1].split(","))


def flat(gradient):
    """All numbers of a gradient (nabla_b, nabla_w) in one row."""
    return np.concatenate([part.ravel() for part in gradient[0] + gradient[1]])


def single(j):
    """The gradient of the cost of one example alone, by centered differences."""
    return flat(numerical_gradient(NET, X[:, [j]], Y[:, [j]]))


def of_three(v):
    """The average of the three terms (v - x)^2 / 2."""
    return np.mean((v - TERMS) ** 2 / 2)


def averages():
    """Whether cost and gradient are averages of those of the examples."""
    costs = [np.sum((Y[:, j] - NET.feedforward(X)[:, j]) ** 2) / 2 for j in range(6)]
    mean = np.mean([single(j) for j in range(6)], axis=0)
    slopes = flat(numerical_gradient(NET, X, Y))
    return np.isclose(quadratic_cost(NET, X, Y), np.mean(costs)) and np.allclose(mean, slopes)


def moves_by(eta, m):
    """Whether a step of nnlib on m examples is minus eta / m times the sum of their gradients."""
    stepped = Network([3, 4, 2], rng=5, dtype=np.float64)
    stepped.update_mini_batch([(X[:, [j]], Y[:, [j]]) for j in range(m)], eta)
    change = flat((stepped.biases, stepped.weights)) - flat((NET.biases, NET.weights))
    return np.allclose(change, -eta / m * sum(single(j) for j in range(m)), atol=1e-7)


def spread(m, twice=True):
    """Standard deviation of the share of yes in all samples of m of ANSWERS."""
    samples = itertools.product if twice else itertools.combinations
    drawn = samples(ANSWERS, repeat=m) if twice else samples(ANSWERS, m)
    return np.std([np.mean(sample) for sample in drawn])


def poll_formula():
    """Whether the spread of polls is that of a single answer divided by the root of m."""
    one, p = np.std(ANSWERS), ANSWERS.mean()
    roots = [np.isclose(spread(m), one / np.sqrt(m)) for m in (1, 2, 4)]
    return np.isclose(one, np.sqrt(p * (1 - p))) and all(roots)


def none_twice():
    """Whether the correction for drawing without repeats holds for every m."""
    n, s = len(ANSWERS), np.std(ANSWERS)
    told = [s / np.sqrt(m) * np.sqrt((n - m) / (n - 1)) for m in range(1, n + 1)]
    return np.allclose(told, [spread(m, twice=False) for m in range(1, n + 1)])


def bowls_are_a_mean():
    """Whether the cost of the bowls is the mean square distance to their centers."""
    v = np.array([0.3, -0.1])
    return np.isclose(BOWLS.cost(v), np.mean([np.linalg.norm(v - p) ** 2 for p in BOWLS.centers]))


def changes_by(batch):
    """Whether a short step along an estimate h changes the full cost by -eta nabla C . h."""
    v, eta = np.array([0.3, -0.1]), 1e-5
    h = BOWLS.gradient(v, batch)
    change = BOWLS.cost(v - eta * h) - BOWLS.cost(v)
    return np.isclose(change, -eta * BOWLS.gradient(v) @ h, rtol=1e-3)


def on_one_term(eta):
    """The change of the full cost by a step on the term x = 5 alone."""
    return of_three(V - eta * (V - 5)) - of_three(V)


def takes(method, *names):
    """Whether the first arguments of a method of Network have these names."""
    return tuple(inspect.signature(method).parameters)[1 : len(names) + 1] == names


NUMBERS = [
    ("# 05 Stochastic gradient descent After", 5),
    ("[lesson 04](04_gradient_descent.ipynb):", 4),
    ("45 minutes to read and try, about 20", 45, 20),
    ("and the exercises, 45 minutes in", 45),
    ("network of lesson 03 has 23,860 weights", 3, PARAMETERS),
    ("MNIST has 60,000 images to learn", MNIST),
    ("for each of the 60,000 images, takes", MNIST),
    ("For ten steps it reads 600,000", 10, 10 * MNIST),
    ("read all 60,000 images to know", MNIST),
    ("with the first 1,000 images of", IMAGES),
    ("lessons.** Up to three questions that", schedule.MOST),
    ("more than 100 dark pixels?", Setting("05", r"sum\(axis=0\) > (\d+)  # \(n,\)")),
    ('pixels?" All 1,000 answers', IMAGES),
    ("a number between 0 and 1. A poll", 0, 1),
    ("hold 1,000 polls of each", POLLED),
    ("of each of three sizes", listed(r"polls\(m\) for m in \((.*?)\)")),
    ("asks four times as many", 40 / 10),
    ("yes-or-no answer. Two things follow.", 2),
    ("ten answers tell as much about 60,000 images", 10, MNIST),
    ("images as about 1,000. (This", IMAGES),
    ("may be drawn twice; the correction", 2),
    ("cost of lesson 04 is an average", 4),
    ("question takes 40 such polls", poll_lab.POLLS),
    ("They have 23,860 entries; the picture", PARAMETERS),
    ("is about all 23,860 entries: a single", PARAMETERS),
    ("gradient by about 90 % of its length,", OF_LENGTH[0]),
    ("ten images by about 28 %,", 10, OF_LENGTH[1]),
    ("a hundred by 9 %. Most", 100, OF_LENGTH[2]),
    ("arrows stand in two bundles. The", 2),
    ("one is the 3s and the", Setting("05", r"isin\(digits, \((\d), \d\)\)")),
    ("and the 7s, the lower", Setting("05", r"isin\(digits, \(\d, (\d)\)\)")),
    ("one variable $v$ and three terms", len(TERMS)),
    ("$v = 3$: the three slopes are", len(THREE_SLOPES)),
    ("Ask only one of the three terms. Two of them", len(TERMS), np.sum(THREE_SLOPES > 0)),
    ("(784, m) and `y` of shape (10,", SIZES[0], SIZES[-1]),
    ("`nabla_w`: two lists with all", len(NET.backprop(X, Y))),
    ("$m$ examples. Lesson 06 opens the box", 6),
    ("the staircase in lesson 04 did: its", 4),
    ("learns sooner. Lesson 09 shows why.", 9),
    ("groups of 10, and the average", Setting("05", r"range\(0, n, (\d+)\)\]")),
    ("average of the 100 estimates is", Setting("05", r"assert len\(parts\) == (\d+)")),
    ("gradient), over all 23,860 entries. The", PARAMETERS),
    ("this length over 100 estimates is", Setting("05", r"def estimates\(net, m, times=(\d+)\)")),
    ("A hundred times as many images", 100 / 1),
    ("image is drawn twice.) If the spread", 2),
    ("lesson: 100 steps with", STEPS),
    ("steps with 10 images each", Setting("05", r"trained\.SGD\(training, 1, (\d+), 3\.0")),
    ("At the start ten images miss", 10),
    ("full gradient by 28 % of", Output("05", r"m = 10 misses by (\d+) % of")),
    ("And after the 100 steps? The thin", STEPS),
    ("(It takes 40 estimates and", poll_lab.POLLS),
    ("and not 100, so its percents", Setting("05", r"def estimates\(net, m, times=(\d+)\)")),
    ("ask now to miss by 28 % again?", Output("05", r"m = 10 misses by (\d+) % of")),
    ("Between 200 and 500, of these 1,000.", *WITHIN, poll_lab.IMAGES),
    ("(No image is asked twice, so for", 2),
    ("So ten images are a good guide early", 10),
    ("a step reads 6,000 times fewer examples. (That", MNIST / 10),
    ("and eta 3.0, and let", Setting("05", r"training\[:10\], (3\.0)\)")),
    ("epoch, shuffle Three words, and", 3),
    ("show two epochs over", Setting("05", r"permutation\(12\) for epoch in range\((\d)\)")),
    ("over 12 images. Why", Setting("05", r"in training\[:(12)\]\]  # each")),
    ("60,000 images were sorted by digit,", MNIST),
    ("the first hundred mini-batches of 10 would", 100, 10),  # of 592 that hold zeros alone
    ("learns with it for three epochs.", Setting("05", r"SGD\(ours, training, (\d), 10, 3\.0\)")),
    ("it sees 500 digits that it has never", len(MINI.validation.labels)),
    ("image, and 300 steps of your own", 3 * STEPS),
    ("was made, the 300 steps took less", 3 * STEPS),
    ("A walk in 23,860 dimensions cannot", PARAMETERS),
    ("A walk in two can be watched", 2),
    ("above, as in lesson 04. The cost", 4),
    ("an average of 100 bowls, each with", len(BOWLS.centers)),
    ("Every panel shows three epochs from", Setting("05", r"0\.6\), 0\.1, (\d), m, rng=0\)")),
    ("0.1$, so all three have read the", listed(r"for m in \((100, 10, 1)\)\]")),
    ("point: 3 steps with all terms,", 3 * 100 / len(BOWLS.centers)),
    ("30 steps with 10 terms, or", 3 * len(BOWLS.centers) / 10, 10),
    ("terms, or 300 steps with one?", 3 * len(BOWLS.centers) / 1),
    ("lower the cost? Lesson 04 was careful", 4),
    ("if the gradient is not zero and", 0),
    ("Go back to the three terms $x", len(TERMS)),
    ("loop over five learning rates", listed(r"for eta in \((1e-6.*?)\)")),
    ("takes 200 steps and works", 2 * STEPS),
    ("each of them (one or two seconds)", 2),
    ("How many of the 200 steps make", 2 * STEPS),
    ("step can fail in two ways: it", 2),
    ("## A race of four sizes", len(lab.SIZES)),
    ("Two costs to know first.", 2),
    ("A network whose ten outputs are all 0, whatever", SIZES[-1], 0),
    ("has the cost 0.5, because", Output("05", r"always 0 +: cost (0\.\d+)")),
    ("Another number at all ten outputs does", SIZES[-1]),
    ("lets four networks race from", len(lab.SIZES)),
    ("and all 1,000 images per step", lab.EXAMPLES),
    ("that answers 0.1 to everything.", LOWEST),
    ("released, and the four train again", len(lab.SIZES)),
    ("behind a cost of 0.5? Keep", Output("05", r"always 0 +: cost (0\.\d+)")),
    ("Keep two guesses, then run", 2),
    ("live figure at eta 0.5, and move eta to 5 and to 10.", 0.5, 5, 10),
    ("Things to find: 1. At eta 0.5 the cost", 1, 0.5),
    ("answer? 2. Press *seconds*. When", 2),
    ("at eta 0.5 and at eta 5? 3. At eta 10 it", 0.5, 5, 3, 10),
    ("the seed from 0 to 9 and watch", 0, 9),
    ("ends. 4. While the steps", 4),
    ("at eta 0.5 with $m = 1$ at eta 0.05.", 0.5, 0.5 / 10),
    ("from ten starts, seeds 0", len(SEEDS), SEEDS[0]),
    ("to 9, at three of the", SEEDS[-1], listed(r"for eta in \((0\.5, 5, 10)\)")),
    ("many of the 1,000 images are answered", IMAGES),
    ("takes about five seconds, more", 5),
    ("- At eta 0.5 and at eta 5 all ten starts", 0.5, 5, len(SEEDS)),
    ("is best at 0.5, $m = 10$ at 5.", 0.5, 5),
    ("With $m = 100$ at eta 0.5 the cost", 0.5),
    ("ends near 0.45, the dashed", lab.SAME_ANSWER),
    ("all ten outputs are about 0.1,", SIZES[-1], LOWEST),
    ("- At eta 10 nothing can be", 10),
    ("stays below half from every start", Setting("05", r"max\(right\[10, 1\]\) < (\d+)", 0.01)),
    ("*All* has taken two steps only", Setting("05", r"network\.SGD\(training, (\d), m, eta")),
    ("at eta 10 most of its outputs are nearly 0.", 10, 0),
    ("and even at eta 0.5 its lead", 0.5),
    ("for the other two. ## Common mistakes", 2),
    ("on one of three terms that raises", len(TERMS)),
    ("as the third map showed", 1 / 3),
    ("or dividing twice: once in the box", 2),
    ("**A `zip` used twice.** A `zip`", 2),
    ("swaps rows of a 2-D array", np.eye(2).ndim),
    ("[lesson 06](06_backpropagation.ipynb)", 6),
    ("works out 23,860 partial derivatives", PARAMETERS),
    ("### Which 1/n, which 1/m? Books", 1, 1),
    ("gradient is twice as long.", 2),
    ("chosen at random, none twice, is", 0, 2),
    ('correction for "none twice". It', 0, 2),
    ("close to 1 while $m$ is much", 1),
    ("smaller than $n$, and 0 for", 0),
    ("from all 1,000 single gradients", IMAGES),
    ("does? In lesson 04 a small step", 4),
    ("of shape (23860,) like", PARAMETERS),
    ("average of ten gradients,", 10),
    ("is the average of ten numbers", 10),
    ("mini-batches of 100 epochs, while", Setting("05", r"100, 10\) for _ in range\((\d+)\)")),
    ("### One step, at 17 learning", Setting("05", r"np\.logspace\(-3, 1, (\d+)\)")),
    ("Take two of the 10,000 mini-batches", 2, 100 * STEPS),
    ("**Predict.** Three steps start from", listed(r"trials = (.*)\n")),
    ("On the left all three curves are", listed(r"trials = (.*)\n")),
    ("mini-batches of 10 point uphill?", 10),
    ("cell takes the 100 mini-batches of one", STEPS),
    ("At which of the two rates do more", listed(r"for eta in \((0\.001, 3)\)\]")),
    ("So there are two ways to fail", 2),
    ("long. At eta 3 about every second", 3),
    ("there are 20 times as many updates", 1000 / (1000 / 20)),
    ("box is called 20 times with one column,", 20 / 1),
    ("one call with 20 columns", 20),
    ("it was four to eight, from", 4, 8),  # measured where the page was made, stored nowhere
    ("and 6,000 times fewer examples per step", MNIST / 10),
    ("do not make the step 6,000 times as quick", MNIST / 10),
    ("to take mini-batches of 10 or more.", 10),
]

FORMULAS = [
    (r"-\eta \nabla C", lambda: moves_by(0.3, 6)),
    (
        r"\frac{\text{spread of a single answer}}{\sqrt{m}} = \frac{\sqrt{p\,(1-p)}}{\sqrt{m}}",
        poll_formula,
    ),
    (r"\sqrt{p(1-p)}", poll_formula),
    (
        r"C = \frac{1}{n} \sum_x C_x, \qquad C_x = \tfrac12 \|y - a\|^2, "
        r"\qquad \nabla C = \frac{1}{n} \sum_x \nabla C_x.",
        averages,
    ),
    (r"\nabla C_x", "the gradient of the cost of one example"),
    (r"x_1, \dots, x_m", "the names of the examples of a mini-batch", 2),
    (r"\frac{1}{m} \sum_{j=1}^{m} \nabla C_{x_j} \approx \nabla C.", averages),
    ("m = 1", "a size of mini-batch", 14),
    ("10", "a size of mini-batch", 2),
    ("100", "a size of mini-batch", 2),
    (r"C_x(v) = \frac12 (v - x)^2", lambda: of_three(V) == np.mean((9 / 2, 4 / 2, 4 / 2))),
    ("x = 0, 1, 5", lambda: "terms = np.array([0.0, 1.0, 5.0])" in code_of("05"), 2),
    (
        "v - x",
        lambda: np.isclose(((V + 1e-5 - 5) ** 2 - (V - 1e-5 - 5) ** 2) / 2 / 2e-5, V - 5),
    ),
    ("v = 3", lambda: "\nv = 3.0\n" in code_of("05"), 2),
    ("3", lambda: THREE_SLOPES[0] == 3),
    ("2", lambda: THREE_SLOPES[1] == 2),
    ("-2", lambda: THREE_SLOPES[2] == -2, 2),
    ("1", lambda: THREE_SLOPES.mean() == 1),
    ("x = 5", lambda: TERMS[THREE_SLOPES < 0] == 5, 4),
    (r"\partial C/\partial b", "the slopes of the biases"),
    (r"\partial C/\partial w", "the slopes of the weights"),
    (
        r"s \cdot m^k",
        lambda: np.isclose(np.polyfit(np.log((1, 4)), np.log((spread(1), spread(4))), 1)[0], -0.5),
    ),
    (r"s/\sqrt{m}", lambda: np.isclose(spread(4), spread(1) / np.sqrt(4))),
    ("n = 60{,}000", lambda: MNIST == 60_000),
    ("m = 10", "a size of mini-batch", 9),
    (
        r"w_k \to w_k - \frac{\eta}{m} \sum_{j=1}^{m} \frac{\partial C_{x_j}}{\partial w_k}, "
        r"\qquad b_l \to b_l - "
        r"\frac{\eta}{m} \sum_{j=1}^{m} \frac{\partial C_{x_j}}{\partial b_l}.",
        lambda: moves_by(0.3, 1) and moves_by(0.3, 4),
    ),
    (r"C(v) = \frac1n \sum_x \|v - p_x\|^2", bowls_are_a_mean),
    ("v = (v_1, v_2)", "the names of the two variables"),
    (r"\eta = 0.1", lambda: "(-0.8, 0.6), 0.1, 3, m, rng=0)" in code_of("05")),
    (r"v = 3 + 2\eta", lambda: np.isclose(V - 0.3 * THREE_SLOPES[2], 3 + 2 * 0.3)),
    (
        r"C(v) = \frac12 (v-2)^2 + \text{constant}",
        lambda: np.isclose(of_three(-1) - of_three(3), (3**2 - 1**2) / 2),
    ),
    (
        r"\tfrac12 (1 + 2\eta)^2 - \tfrac12 = 2\eta + 2\eta^2.",
        lambda: np.allclose([on_one_term(eta) for eta in (0.1, 2)], [0.2 + 0.02, 4 + 8]),
    ),
    (
        r"\tfrac12\|y - 0\|^2 = \tfrac12",
        lambda: np.sum((np.eye(10)[3] - 0) ** 2) / 2 == 1 / 2,
    ),
    ("m = 100", "a size of mini-batch", 2),
    (r"\eta > 0", lambda: all(on_one_term(eta) > 0 > on_one_term(-eta) for eta in (1e-6, 0.1))),
    ("1/m", lambda: moves_by(0.3, 5), 3),
    (r"1/\sqrt{m}", lambda: np.isclose(spread(4) / spread(1), 1 / np.sqrt(4))),
    (r"w \to w - \frac{\eta}{m}\sum \partial C_x/\partial w", lambda: moves_by(0.3, 3)),
    ("1/n", averages),
    (
        r"\eta/m",
        lambda: np.allclose(6 * flat(NET.backprop(X, Y)), sum(map(single, range(6)))),
    ),
    (
        r"\frac12\|y-a\|^2",
        lambda: np.isclose(
            quadratic_cost(NET, X[:, :1], Y[:, :1]),
            np.linalg.norm(Y[:, 0] - NET.feedforward(X)[:, 0]) ** 2 / 2,
        ),
    ),
    (
        r"\frac12",
        lambda: np.allclose(
            flat(numerical_gradient(NET, X, Y, cost=lambda *args: 2 * quadratic_cost(*args))),
            2 * flat(NET.backprop(X, Y)),
        ),
    ),
    (
        r"\frac{s}{\sqrt{m}} \sqrt{\frac{n-m}{n-1}}, \qquad s = \text{spread of a single image}.",
        none_twice,
    ),
    ("m = n", lambda: np.isclose(spread(len(ANSWERS), twice=False), 0)),
    (r"\Delta v", "a small step, as in lesson 04"),
    (r"\Delta C \approx \nabla C \cdot \Delta v", lambda: changes_by(slice(7))),
    (r"-\eta h", lambda: changes_by(slice(3, 9))),
    (r"\nabla C", "the full gradient, whose shape is told"),
    (r"-\eta\, \nabla C \cdot h", lambda: changes_by([4])),
    (r"\nabla C \cdot h", lambda: changes_by([7, 8]), 3),
    (
        r"\nabla C \cdot \nabla C_x",
        lambda: np.isclose(
            np.mean([BOWLS.gradient([1, 0], [x]) @ (2, 3) for x in range(10)]),
            BOWLS.gradient([1, 0], slice(10)) @ (2, 3),
        ),
    ),
    (r"-\nabla C \cdot h", lambda: changes_by(slice(20, 30))),
    (r"h = \nabla C", lambda: changes_by(slice(None))),
    (r"\eta = 3", lambda: "for eta in (0.001, 3)]" in code_of("05")),
    (r"m = 1{,}000", lambda: poll_lab.IMAGES == 1000),
    ("m = 20", lambda: "seconds(twenties, 20)" in code_of("05")),
    (r"\sqrt{20} \approx 4.5", lambda: 4.45 < np.sqrt(20) < 4.55),
]

TABLES = []

CODE = {
    "net.update_mini_batch(mini_batch, eta)": lambda: takes(
        Network.update_mini_batch, "mini_batch", "eta"
    ),
    "net.SGD(training_data, epochs, mini_batch_size, eta)": lambda: takes(
        Network.SGD, "training_data", "epochs", "mini_batch_size", "eta"
    ),
    "questions.count.solution()": "a call of a question, which shows its worked solution",
    "list(zip(...))": lambda: len([pairs := list(zip("ab", "cd")), *pairs, *pairs]) == 5,
    "print(ratio)": lambda: "\nratio = seconds(ones, 1) /" in code_of("05"),
}
SOURCES = []
