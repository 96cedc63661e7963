"""What the prose of lesson 04 tells, once more."""

import numpy as np

from course.ask import schedule
from course.lesson04 import hikes, landscapes, walks
from nnlib import descent, examples, mnist, mnist_loader
from nnlib.network import Network
from tests.told.truths import Output, Setting, cost_of, parameters

SIZES = [784, 30, 10]
PARAMETERS = parameters(SIZES)
PIXELS = mnist.load("mini").train.images  # (n, 784)
SIDE = round(np.sqrt(PIXELS.shape[1]))
IMAGES = Setting("04", r"small\.images\[:(\d+)\]")
SEVEN = mnist_loader.vectorized_result(7)  # (10, 1)
HALF_A_TRILLION = 1_000_000 * 1_000_001 / 2 / 1e12
RIDGE = next(n for n, hike in enumerate(hikes.HIKES.values(), 1) if "behind" in hike.lesson)
SHORTEST = [hikes.walk(hike, hike.shortest).steps for hike in hikes.HIKES.values()]
ONE_ETA = [hikes.best(name).steps for name in hikes.HIKES]
BOWL, VALLEY, MINIMA = landscapes.BOWL, landscapes.VALLEY, landscapes.TWO_MINIMA
PLACE = np.array([-0.8, 0.6])

RNG = np.random.default_rng(4)
A, Y = RNG.uniform(size=(10, 6)), np.eye(10)[:, RNG.integers(10, size=6)]
MANY = RNG.uniform(-1, 1, (2, 200))
TINY = 1e-4
ESTIMATE = Output("04", r"eta 1.1: estimate (-[\d.]+)")


def quadratic(k):
    """C(v) = k/2 v^2, and its slope."""
    return descent.Function("k", lambda v: k / 2 * v**2, lambda v: k * v, ((-1, 1),))


def step(function, v, eta, steps=1):
    """Where so many steps of gradient descent lead from v."""
    return descent.gradient_descent(function, v, eta, steps).points[-1]


def factor(function, eta, variable=0):
    """What a step multiplies a variable by."""
    return (step(function, PLACE, eta) / PLACE)[variable]


def slope(function, v, variable=None):
    """Centered difference of the cost, by one of two variables if there are two."""
    side = TINY if variable is None else TINY * np.eye(2)[variable]
    return (function.cost(v + side) - function.cost(v - side)) / (2 * TINY)


def factors(low, high, k=4.0):
    """The range of 1 - eta k while eta goes from `low` to `high`, as the table tells it."""
    ends = [round(step(quadratic(k), 1.0, eta), 9) + 0.0 for eta in (low, high)]
    return f"between {min(ends):g} and {max(ends):g}"


def at(eta, k=4.0):
    """The factor at one eta."""
    return f"{round(step(quadratic(k), 1.0, eta), 9) + 0.0:g}"


def slopes_agree(function):
    """The gradient of a function of two variables is that of centered differences."""
    measured = [slope(function, PLACE, variable) for variable in (0, 1)]
    return np.allclose(function.gradient(PLACE), measured, atol=1e-6)


def is_bowl(first, second, function):
    """Whether a function is `first` times v1^2 plus `second` times v2^2."""
    return np.allclose(function.cost(MANY), first * MANY[0] ** 2 + second * MANY[1] ** 2)


def estimate_nears(change):
    """Whether nabla C . change is C(v + change) - C(v) up to what is small of second order."""
    short = TINY * np.asarray(change)
    actual = MINIMA.cost(PLACE + short) - MINIMA.cost(PLACE)
    return np.isclose(MINIMA.gradient(PLACE) @ short, actual, rtol=1e-2, atol=0)


def promised(eta, bound):
    """Whether every step on the two minima lowers the cost as much as the inequality says."""
    gradients = MINIMA.gradient(MANY)
    most = eta * (1 - eta * bound / 2) * np.sum(gradients**2, axis=0)
    return bool((MINIMA.cost(MANY - eta * gradients) <= MINIMA.cost(MANY) - most + 1e-12).all())


def turns_at_most(function, bound):
    """Whether `bound` is the most that the gradient changes per way walked in the window."""
    line = np.array([np.linspace(-1, 1, 401), np.full(401, 0.3)])
    changes = np.linalg.norm(np.diff(function.gradient(line)), axis=0) / np.diff(line[0])
    return 0.95 * bound < changes.max() <= bound + 1e-9


def best_short_step():
    """Of all steps of one length, that against the gradient lowers the estimate most."""
    gradient, around = MINIMA.gradient(PLACE), np.radians(np.arange(0, 360, 0.5))
    steps = TINY * np.array([np.cos(around), np.sin(around)])  # (2, 720)
    length, against = np.linalg.norm(gradient), -TINY * gradient / np.linalg.norm(gradient)
    best = steps[:, (gradient @ steps).argmin()]
    reached = np.isclose(gradient @ against, -TINY * length)
    limit = (np.abs(gradient @ steps) <= TINY * length + 1e-15).all()
    return bool(np.allclose(best, against, atol=0.02 * TINY) and reached and limit)


def leads(v, eta):
    """Whether a step on the bowl leads to v - eta nabla C, and downhill."""
    there = step(BOWL, v, eta)
    return np.allclose(there, v - eta * BOWL.gradient(v)) and BOWL.cost(there) < BOWL.cost(v)


def multiplied():
    """Whether v - eta k v is (1 - eta k) v for a few k and eta."""
    pairs = [(k, eta) for k in (0.5, 2, 10) for eta in (0.05, 0.3, 0.7)]
    return all(np.isclose(step(quadratic(k), 0.7, eta), (1 - eta * k) * 0.7) for k, eta in pairs)


NUMBERS = [
    ("# 04 Gradient descent After this", 4),
    ("run it in one variable, in two, and in 23,860, -", 2, PARAMETERS),
    ("[lesson 02](02_sigmoid_neuron.ipynb)", 2),
    ("[lesson 03](03_architecture.ipynb)", 3),
    ("45 minutes to read and try, about 16", 45, 16),
    ("and the exercises, 45 minutes in", 45),
    ("sizes [784, 30, 10], has 23,860", *SIZES, PARAMETERS),
    ("each of the 23,860 numbers be changed,", PARAMETERS),
    ("lessons.** Up to three questions that", schedule.MOST),
    ("are the first ten. A computer sees", Setting("04", r"train\.images\[:(\d+)\]")),
    ("28 rows of 28 pixels, so 784 numbers", SIDE, SIDE, PIXELS.shape[1]),
    ("from 0 (paper) to 1 (ink)", PIXELS.min(), PIXELS.max()),
    ("**Predict.** Are all ten digits equally", len(np.unique(mnist.load("mini").train.labels))),
    ('says "1" to everything is right more often', Setting("04", r"argmin\(\)\) == \((\d), \d\)")),
    ('than one that says "5"', Setting("04", r"argmin\(\)\) == \(\d, (\d)\)")),
    ("lesson we use 500 images of the", IMAGES),
    ("network has ten output neurons.", SIZES[-1]),
    ("For a 7 we want the output neuron 7 to give 1", 7, SEVEN.argmax(), SEVEN.max()),
    ("and all others to give 0.", np.delete(SEVEN, 7).max()),
    ("column of shape (10, 1). Because a", *SEVEN.shape),
    ("single entry is 1, this form is", SEVEN.max()),
    ("an image, shape (10, 1), and $y$", *SEVEN.shape),
    ("many there are, 500 here. The factor", IMAGES),
    ("1/2 is a convention: it cancels the 2", 1, 2, 2),
    ("their gradients are twice as large.", 2),
    ("side by side. Two things can be", 2),
    ("each square is zero: all outputs", 0),
    ("A network that gave 0 for every output, whatever the image,", 0),
    ("would have only 0.5:", cost_of(np.zeros_like(Y), Y)),
    ("learned from these 500 images. As", IMAGES),
    ("As in lesson 03, `SGD` is only", 3),
    ("to output neuron 5 from", Setting("04", r"sweep\((\d), \d, w\)")),
    ("hidden neuron 5, from", Setting("04", r"sweep\(\d, (\d), w\)")),
    ("from -6 to 6, and watch", Setting("04", r"w = np\.linspace\((-\d)"), 6),
    ("the derivative is 0: it does not", 0),
    ("choice? Try all 300 weights of", SIZES[1] * SIZES[2]),
    ("Same curve, same start at -1. Eta", -1),
    ("Eta 0.1 you have just seen. What", Setting("04", r"-1\.0, (0\.\d), 5\)\.round")),
    ("What do eta 0.9 and 1.1 do? Sketch five", 0.9, 1.1, Setting("04", r"eta, (\d)\) for eta")),
    ("Then choose for 0.9. White circle:", 0.9),
    ("learning rate | factor | what happens | |---|---|---| | above 0, below $1/k$ |", 0),
    ("| between 0 and 1 |", 0, 1),
    ("| $1/k$ | 0 | lands", 0),
    ("| between -1 and 0 |", -1, 0),
    ("| $2/k$ | -1 | jumps", -1),
    ("| below -1 | *diverges*:", -1),
    ("arrow keys on *steps*. 1. Parabola", 1),
    ("with the table? 2. Two valleys, eta 0.1, 50 steps:", 2, 2, 0.1, 50),
    ("start at 0.05, then at -0.05, then at 0. What", 0.05, -0.05, 0),
    ("What happens at 0? 3. Cubic, eta 0.3, 50 steps:", 0, 3, 0.3, 50),
    ("50 steps: start at 0, then at 1.00. The", 50, 0, landscapes.CUBIC.start),
    ("is no larger than 0.001 and stays so", walks.AT_REST),
    ("stops **where the slope is 0**.", landscapes.TWO_VALLEYS.gradient(0.0)),
    ("top of a hill (two valleys, start at 0)", 2, 0),
    ("a flat place on a slope (cubic, start at 0)", 0),
    ("the walk from 1.00 gets slower", landscapes.CUBIC.start),
    ('it nears the flat place at 0; "rest"', landscapes.CUBIC.gradient(0.0)),
    ("## Two variables: the gradient", 2),
    ("depends on two variables, $v", 2),
    ("an array of shape (2,). There are two slopes", *BOWL.gradient(PLACE).shape, 2),
    ("an array of shape (2,) as well.", *BOWL.gradient(PLACE).shape),
    ("check four functions with it:", len(landscapes.TWO_VARIABLES)),
    ("the bowl, and three that you will meet", len(landscapes.TWO_VARIABLES) - 1),
    ("for the three curves of the first live", len(landscapes.ONE_VARIABLE)),
    ("after 1, 2, 3 steps with eta 0.5? With eta 1? With eta 1.1?", 1, 2, 3, 0.5, 1, 1.1),
    ("in each of the two variables the bowl is", 2),
    ("With eta 0.5 the factor is 0,", 0.5, factor(BOWL, 0.5)),
    ("With eta 1 it is -1: the point", 1, factor(BOWL, 1)),
    ("the cost stays at 1 forever", BOWL.cost(step(BOWL, PLACE, 1.0, 7))),
    ("With eta 1.1 it is -1.2, and", 1.1, factor(BOWL, 1.1)),
    ("it rolls. 1. **Bowl**: check the three etas", 1, 3),
    ("2. **Stretched valley**: eta 0.1, then 0.5, 0.9, 1.1.", 2, 0.1, 0.5, 0.9, 1.1),
    ("why does it zigzag with the third?", 1 / 3),
    ("3. **Saddle**, eta 0.1, 50 steps:", 3, 0.1, 50),
    ("start at (-0.80, 0.00), then at (-0.80, 0.05).", -0.8, 0, *landscapes.SADDLE.start),
    ("4. **Two minima**, eta 0.1, 50 steps:", 4, 2, 0.1, 50),
    ("start at (0.20, 0.80), then at (0.00, 0.80).", *MINIMA.start, 0, 0.8),
    ("eta 0.1 multiplies $v_1$ by 0.98 per step,", 0.1, factor(VALLEY, 0.1)),
    ("even eta 0.9 only by 0.82.", 0.9, factor(VALLEY, 0.9)),
    ("so eta must stay below 1,", 2 / VALLEY.gradient(np.array([0.0, 1.0]))[1]),
    ("and eta 0.9 multiplies $v_2$ by -0.8:", 0.9, factor(VALLEY, 0.9, 1)),
    ("From 0.05 it first comes near", landscapes.SADDLE.start[1]),
    ("- **Two minima**. From two starts close", 2, 2),
    (r"small $\Delta v$, shape (2,).", *PLACE.shape),
    ("which is below 0 as soon as the gradient is not zero,", 0, 0),
    ("needs *two* variables: with 23,860 it", 2, PARAMETERS),
    ("At eta 1.1 the estimate promises", Setting("04", r"for eta in \(([\d.]+), 0\.1, 0\.01")),
    ("If the gradient is not zero **and** eta", 0),
    ("seen it stay, with eta 1, and rise, with eta 1.1.", 1, 1.1),
    ("Four landscapes lie in fog", len(hikes.HIKES)),
    ("the slope is 0.05 or less, off the map, or after 30", hikes.FLAT, hikes.MOST_STEPS),
    ("by these two signs you will", 2),
    ("2 to 4 steps are enough", min(SHORTEST), max(SHORTEST)),
    ("up to 21 are needed", max(ONE_ETA)),
    ("And hike 4 shows what no", RIDGE),
    ("the network: ten numbers, then all", SIZES[-1]),
    ("take only the ten biases of the output", SIZES[-1]),
    ("array $b$ of shape (10,), and", SIZES[-1]),
    ("each step costs 20 evaluations of", 2 * SIZES[-1]),
    ("Can ten biases alone bring the cost below 1?", SIZES[-1], 1),
    ("in each of the 40 steps, to", Output("04", r"ten biases go down: .* in (\d+) steps")),
    ("steps, to 0.78. Does", Output("04", r"ten biases go down: from [\d.]+ to (\d\.\d+) ")),
    ("What the ten biases learned", SIZES[-1]),
    ("### All 23,860 numbers Centered", PARAMETERS),
    ("them need 47,720 evaluations", 2 * PARAMETERS),
    ("[lesson 06](06_backpropagation.ipynb)", 6),
    ("takes 100 steps with eta", Setting("04", r"descend_all\(reader, eta=[\d.]+, steps=(\d+)\)")),
    ("with eta 3. What", Setting("04", r"descend_all\(reader, eta=([\d.]+), steps")),
    ("wrote down what a 4 looks like. One", 4),
    ("taken 100 times by all", Setting("04", r"descend_all\(reader, eta=3\.0, steps=(\d+)\)")),
    (
        "reads 457 of these",
        Setting("04", r"right\[\[0, 1, -1\]\]\.tolist\(\) == \[51, 51, (\d+)\]"),
    ),
    ("of these 500. The network of the", IMAGES),
    ("with 200 steps. That", Setting("04", r"learned\.SGD\(\(x\.T, labels\), (\d+), 500")),
    ("be seen, in lesson 07. Now", 7),
    ("for 500 that is nothing, for 50,000 it", IMAGES, 50_000),
    ("thanks to the 1/2. ## Deeper", 1, 2),
    ("the exercises need none of it.", 0),
    ("every eta between 0 and $2/L$ is", 0),
    ("so every eta below 1 works: just", 2 / 2),
    ("For the two minima, inside the window,", 2),
    ("We try the two minima at 1,000 random", 2, Output("04", r"fell at \d+ of the (\d+) points")),
    ("be 23,860 equations with 23,860 unknowns", PARAMETERS, PARAMETERS),
    ("descent needs **none** of them,", 0),
    ("For a million variables that is half a trillion", 1_000_000, HALF_A_TRILLION),
    ("says: the product of two vectors", 2),
    ("If the gradient is zero, the slope", 0),
    ("Swap two hidden neurons", 2),
    ("unless the two were alike", 2),
    ("Whether the two lie in", 2),
    ("the other two. ## Common mistakes", 2),
    ('enough and the gradient is not zero. - **"Gradient descent finds', 0),
    ("tops and saddles have gradient zero as well", 0),
    ("climbs where the gradient is not zero.", 0),
    ("eta 0.9 converges on the bowl", Setting("04", r"gradient_descent\(two, v, (0\.\d), 100\)")),
    ("and diverges on the two minima. ## Summary", 2),
    ("the cost falls where the gradient is not zero; too", 0),
    ("[lesson 05](05_stochastic_gradient_descent.ipynb)", 5),
]

FORMULAS = [
    ("y - a", "how far each output is off"),
    (r"\|y - a\|", lambda: np.isclose(np.linalg.norm(Y - A), np.sqrt(np.sum((Y - A) ** 2)))),
    (
        r"C = \frac{1}{2n} \sum_x \|y - a\|^2 .",
        lambda: np.isclose(cost_of(A, Y), sum(np.linalg.norm(d) ** 2 for d in (Y - A).T) / 12),
    ),
    (r"C \geq 0", lambda: cost_of(A, Y) >= 0),
    ("C = 0", lambda: cost_of(Y, Y) == 0 < cost_of(A, Y)),
    ("C(v)", "a function of one variable"),
    ("C'(v)", "the derivative, so the slope"),
    (
        r"v \;\to\; v - \eta \, C'(v).",
        lambda: np.isclose(step(landscapes.CUBIC, 0.4, 0.1), 0.4 - 0.1 * 3 * 0.4**2),
    ),
    ("C(v) = v^2", lambda: landscapes.PARABOLA.cost(0.7) == 0.7**2),
    ("C'(v) = 2v", lambda: np.isclose(slope(landscapes.PARABOLA, 0.7), 2 * 0.7)),
    (r"C(v) = \frac{k}{2} v^2", "the family of parabolas whose steps are calculated"),
    ("k > 0", lambda: step(quadratic(3.0), 1.0, 0.1) < 1 < step(quadratic(-3.0), 1.0, 0.1)),
    ("k = 2", lambda: np.isclose(quadratic(2).cost(0.7), landscapes.PARABOLA.cost(0.7)), 3),
    ("C'(v) = k v", lambda: np.isclose(slope(quadratic(3.0), 0.7), 3.0 * 0.7)),
    (r"v - \eta k v = (1 - \eta k)\, v .", multiplied),
    (r"1 - \eta k", multiplied),
    ("v = 0", lambda: step(quadratic(3.0), 0.0, 0.2) == 0),
    ("1/k", lambda: np.isclose(step(quadratic(4.0), 0.7, 1 / 4), 0), 3),
    ("2/k", lambda: np.isclose(step(quadratic(4.0), 0.7, 2 / 4), -0.7), 3),
    ("v = (v_1, v_2)", "the names of the two variables"),
    (r"\partial C / \partial v_1", "the slope if only the first variable changes"),
    ("v_1", "the first variable", 2),
    ("v_2", "the second variable", 3),
    (r"\partial C / \partial v_2", "the slope if only the second variable changes"),
    (
        r"\nabla C = "
        r"\left( \frac{\partial C}{\partial v_1}, \frac{\partial C}{\partial v_2} \right),",
        lambda: slopes_agree(MINIMA) and slopes_agree(landscapes.SADDLE),
    ),
    ("C = v_1^2 + v_2^2", lambda: is_bowl(1, 1, BOWL)),
    (r"\nabla C = (2 v_1, 2 v_2)", lambda: slopes_agree(BOWL) and leads(2 * PLACE, 0.1)),
    (
        r"\frac{\partial C}{\partial v_1} \approx \frac{C(v_1 + h, v_2) - C(v_1 - h, v_2)}{2h}.",
        lambda: np.isclose(MINIMA.gradient(PLACE)[0], slope(MINIMA, PLACE, 0)),
    ),
    (r"\frac{k}{2} v^2", lambda: np.isclose(slope(quadratic(5.0), 0.4), 5.0 * 0.4)),
    (r"v \;\to\; v - \eta \, \nabla C(v).", lambda: leads(PLACE, 0.1)),
    ("(-0.8, 0.6)", lambda: BOWL.start == VALLEY.start == tuple(PLACE), 3),
    ("C = 1", lambda: np.isclose(BOWL.cost(PLACE), 1)),
    (r"C = \frac{1}{10} v_1^2 + v_2^2", lambda: is_bowl(1 / 10, 1, VALLEY)),
    ("k = 0.2", lambda: np.isclose(VALLEY.cost(np.array([0.7, 0])), quadratic(0.2).cost(0.7))),
    ("v_2 = 0", lambda: np.allclose(step(landscapes.SADDLE, (-0.8, 0.0), 0.1, 200), 0)),
    (
        r"v_1 \approx 0.05",
        lambda: step(MINIMA, (0.045, 0.8), 0.1, 300)[0] < 0 < step(MINIMA, (0.055, 0), 0.1, 300)[0],
    ),
    (r"\Delta v", "the change of the variables, which we choose", 2),
    (
        r"\Delta C \approx \frac{\partial C}{\partial v_1} \Delta v_1 + "
        r"\frac{\partial C}{\partial v_2} \Delta v_2 = \nabla C \cdot \Delta v .",
        lambda: all(map(estimate_nears, ((1, 0), (0, 1), (0.6, -0.9)))),
    ),
    (r"\Delta C", "the change of the cost"),
    (r"\Delta v = -\eta \nabla C", lambda: estimate_nears(-0.5 * MINIMA.gradient(PLACE))),
    (
        r"\Delta C \approx -\eta \, \nabla C \cdot \nabla C = -\eta \, \|\nabla C\|^2 ,",
        lambda: np.isclose(
            MINIMA.cost(step(MINIMA, PLACE, TINY)) - MINIMA.cost(PLACE),
            -TINY * np.linalg.norm(MINIMA.gradient(PLACE)) ** 2,
            rtol=1e-2,
        ),
    ),
    (r"-\eta \|\nabla C\|^2", lambda: ESTIMATE.agrees(-1.1 * (1.6**2 + 1.2**2), 5e-5)),
    (r"v \to v - \eta \nabla C", lambda: leads(PLACE, 0.1)),
    (
        "a - y",
        lambda: np.allclose(Network(SIZES, rng=0).cost_derivative(A, Y), A - Y, atol=1e-6),
    ),
    ("2/L", lambda: promised(2 / 10 - 0.01, 10) and step(BOWL, 1 * PLACE, 1.01) @ PLACE < -1),
    (
        r"C(v - \eta \nabla C) \;\leq\; "
        r"C(v) - \eta \left( 1 - \frac{\eta L}{2} \right) \|\nabla C\|^2 ,",
        lambda: promised(0.19, 10) and promised(0.1, 10) and not promised(0.1, 2),
    ),
    ("L = 2", lambda: turns_at_most(BOWL, 2)),
    ("L = 10", lambda: turns_at_most(MINIMA, 10)),
    ("2/L = 0.2", lambda: 2 / 10 == 0.2),
    ("C'(v) = 0", "the equation that school solves for low points"),
    (
        "N(N+1)/2",
        lambda: all(len(np.triu_indices(N)[0]) == N * (N + 1) // 2 for N in (1, 2, 7, 50)),
    ),
    (
        r"|\nabla C \cdot \Delta v| \;\leq\; \|\nabla C\| \, \|\Delta v\| = "
        r"\varepsilon \, \|\nabla C\| .",
        best_short_step,
    ),
    (r"\nabla C \cdot \Delta v", lambda: estimate_nears((0.3, -0.9))),
    (r"-\varepsilon \|\nabla C\|", best_short_step),
    (r"\Delta v = -\varepsilon \, \nabla C / \|\nabla C\|", best_short_step),
    (
        r"v + \eta \nabla C",
        lambda: BOWL.cost(PLACE + 0.05 * BOWL.gradient(PLACE)) > BOWL.cost(PLACE),
    ),
    (
        r"C = \frac{1}{2n} \sum_x \|y - a\|^2",
        lambda: np.isclose(cost_of(A, Y), np.sum((Y - A) ** 2) / 12),
    ),
    (r"v - \eta \nabla C", lambda: leads(PLACE, 0.1)),
]

TABLES = [
    [
        ["learning rate", "factor", "what happens"],
        ["above 0, below $1/k$", factors(0, 1 / 4), "walks down on its own side"],
        ["$1/k$", at(1 / 4), "lands at the bottom in one step"],
        ["between $1/k$ and $2/k$", factors(1 / 4, 2 / 4), "jumps across, but gets nearer"],
        ["$2/k$", at(2 / 4), "jumps across and back, forever at the same height"],
        [
            "above $2/k$",
            f"below {at(2 / 4)}",
            "*diverges*: each jump is longer than the one before",
        ],
    ]
]

CODE = {
    "mnist_loader.vectorized_result(label)": lambda: np.allclose(
        mnist_loader.vectorized_result(7).T, examples.one_hot([7], 10, np.float64)
    ),
    "questions.parabola.solution()": "a call of an exercise, which shows its worked solution",
}
SOURCES = []
