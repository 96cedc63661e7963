"""The formulas, tables and quoted code of lesson 09, once more."""

import numpy as np

from course.lesson09 import fate_lab, faults, figures
from course.measured import ledger
from nnlib import diagnosis, gradients, mnist
from nnlib.network import Network
from nnlib.neurons import sigmoid, sigmoid_prime
from tests.told import starts
from tests.told.truths import Output, Setting, is_module, is_path

SIZES = [784, 30, 10]
LARGER = [784, 100, 10]
MINI = mnist.load("mini")
RUNS = ledger.read()
FIVE = ledger.runs(RUNS, ledger.ENTRIES[2])[:5]  # gaussian runs of LARGER, seeds 0 to 4
ETA, BATCH = 3, 10  # of nearly all runs
RATE = fate_lab.RATE
SPREAD = Output("09", r"so z spreads by about (\d+)")
Z, STEP = np.linspace(-30, 30, 6001), 0.01
BELL = np.exp(-((Z / 9.4) ** 2) / 2) / (9.4 * np.sqrt(2 * np.pi))  # standard deviation 9.4
MEAN_SLOPE = np.sum(BELL * sigmoid_prime(Z)) * STEP
RNG = np.random.default_rng(9)


def pressed(scaled):
    """Where the outputs are pressed down to on the two sets, % of saturated activations, lost."""
    group = 100, scaled, 2000, 5
    downs = sorted({round(z) for z in starts.medians("pressed", *group)}, reverse=True)
    lost = np.mean([starts.column("lost", data, *group).mean() for data in starts.SETS])
    saturated = round(np.mean(starts.medians("saturated", *group)))
    return " to ".join(f"${down}$" for down in downs), saturated, round(lost, 1)


PRESSED = {
    "neither layer": pressed("none"),
    "hidden layer only": pressed("hidden"),
    "output layer only": pressed("output"),
    "both": pressed("all"),
}
LOSING = 100, "none", 4000, 10  # networks like the one that is followed


def one_neuron(w, b):
    """A network of a single neuron with these weights (n,) and this bias."""
    net = Network([len(w), 1], rng=0, dtype=np.float64)
    net.weights[0][:], net.biases[0][:] = w, b
    return net


def output_error(z, y=1.0):
    """Whether the error of an output neuron is (a - y) sigma'(z), as `nnlib` has it."""
    nabla_b, _ = one_neuron([0.0], z).backprop(np.ones((1, 1)), np.full((1, 1), y))
    return np.isclose(nabla_b[0].item(), (sigmoid(z) - y) * sigmoid_prime(z))


def moves():
    """What a mini-batch of two, one of which has no error, moves a neuron by, and is told to.

    Pairs (moved, told) for its weights, its bias and its z for the image with the error.
    """
    x, w, b, eta, m = RNG.uniform(size=(4, 2)), RNG.normal(size=4), 0.3, 0.7, 2
    net, targets = one_neuron(w, b), one_neuron(w, b).feedforward(x)
    a, z = x[:, 0], w @ x[:, 0] + b
    delta = (targets[0, 0] - 1) * sigmoid_prime(z)
    net.update_mini_batch((x.T, np.array([[1.0, targets[0, 1]]]).T), eta)
    after = net.weights[0][0] @ a + net.biases[0].item()
    yield net.weights[0][0] - w, -eta / m * delta * a
    yield net.biases[0].item() - b, -eta / m * delta
    yield after - z, -eta / m * delta * (np.sum(a**2) + 1)


def told_moves():
    return all(np.allclose(moved, told) for moved, told in moves())


def lifted(z):
    """How far one image lifts z, in units of 0.3 * 47 * e^z."""
    return (fate_lab.after_one_image(z) - z) / (0.3 * 47 * np.exp(z))


def waits_like_an_exponential():
    """Whether the wait from 5 further down is e^5 times as long, in the end."""
    longer = fate_lab.images_needed(-15.0) / fate_lab.images_needed(-10.0)
    return abs(longer / np.exp(5) - 1) < 0.02


def variance(x, init):
    """The variance of z over many neurons with random weights, for one image x."""
    net = Network([len(x), 40_000], init=init, rng=9, dtype=np.float64)
    return (net.weights[0] @ x + net.biases[0][:, 0]).var()


def spreads(squares, init):
    """Whether Var(z) is what is told, `squares` of an image and 1 of the bias."""
    x = RNG.uniform(size=6)
    return abs(variance(x, init) / (squares(x) + 1) - 1) < 0.05


def spread_of(hidden):
    """Whether the lesson prints sqrt(0.46 h + 1) for a number of hidden neurons."""
    printed = Output("09", rf"h = {hidden}: spread ([\d.]+)")
    return printed.agrees(np.sqrt(0.46 * hidden + 1), 0.05)


def scaled_by_root():
    """Whether scaled weights are those of the gaussian start divided by sqrt(n_in)."""
    gaussian, scaled = (Network(SIZES, init=init, rng=0).weights for init in ("gaussian", "scaled"))
    return all(np.allclose(g / np.sqrt(g.shape[1]), s) for g, s in zip(gaussian, scaled))


def small_gradients_are_good():
    return faults.small_gradient_check(faults.patient(0, MINI)).difference < 1e-7


FORMULAS = [
    (
        r"\delta = (a - y)\,\sigma'(z) ,\qquad a = \sigma(z),\quad y = 1 .",
        lambda: all(map(output_error, (-3.0, 0.4, 2.0))) and output_error(0.7, y=0.0),
    ),
    (
        "1 - a",
        lambda: fate_lab.FateLab().compute(z=0.5, images=0)["wrong_by"] == 1 - sigmoid(0.5),
        3,
    ),
    ("-15", lambda: fate_lab.LOWEST == -15, 4),
    ("5", lambda: fate_lab.HIGHEST == 5),
    (r"-\frac{\eta}{m}\delta\, a_k", told_moves),
    (r"-\frac{\eta}{m}\delta", told_moves),
    (r"\Delta z = -\frac{\eta}{m}\,\delta\,\Big(\sum_k a_k^2 + 1\Big) .", told_moves),
    (r"\eta/m = 3/10 = 0.3", lambda: ETA / BATCH == 3 / 10 == 0.3 and RATE == 0.3 * 47),
    ("-10", lambda: fate_lab.images_needed(-10.0) == 1569, 4),
    ("z = -15", "where the push is told"),
    (
        r"3 \cdot 10^{-7}",
        lambda: abs((1 - sigmoid(-15.0)) * sigmoid_prime(-15.0) - 3e-7) < 0.5e-7,
    ),
    (r"1 - a \approx 1", lambda: abs(1 - sigmoid(-10.0) - 1) < 1e-4),
    (r"a \approx e^z", lambda: abs(sigmoid(-10.0) / np.exp(-10.0) - 1) < 1e-4),
    (r"0.3 \cdot 47 \cdot e^z", lambda: abs(lifted(-10.0) - 1) < 1e-3),
    (r"e^5 \approx 148", lambda: round(np.exp(5)) == 148),
    ("e^{|z|}", waits_like_an_exponential, 2),
    ("-5", lambda: fate_lab.images_needed(-5.0) == 14),
    (r"\sigma'(z)", lambda: np.allclose(sigmoid_prime(Z), sigmoid(Z) * (1 - sigmoid(Z))), 2),
    ("|z| > 4.6", lambda: sigmoid_prime(4.6) < diagnosis.SATURATED_BELOW < sigmoid_prime(4.58)),
    ("-4.6", lambda: -figures.SATURATED_BEYOND == -4.6, 3),
    ("4.6", lambda: figures.SATURATED_BEYOND == 4.6, 3),
    ("z = -16", "around which the neurons of the lost digits are, by an evidence cell"),
    ("e^{-16}", lambda: abs(sigmoid(-16.0) / np.exp(-16) - 1) < 1e-6),
    (
        r"z = \sum_{k=1}^{784} w_k x_k + b .",
        lambda: np.allclose(one_neuron([2, 3], 1).feedforward([[5.0], [-6]]), sigmoid(10 - 18 + 1)),
    ),
    ("x_k^2", lambda: abs((RNG.normal(size=40_000) * 3).var() / 3**2 - 1) < 0.05),
    (
        r"\operatorname{Var}(z) = \sum_k x_k^2 \cdot 1 + 1 = \|x\|^2 + 1 .",
        lambda: spreads(lambda x: np.sum(x**2), "gaussian"),
    ),
    ("z^2", "its mean has the root that is called the spread there"),
    (
        r"\operatorname{Var}(z) = \sum_k a_k^2 + 1",
        lambda: spreads(lambda a: np.sum(a**2), "gaussian"),
    ),
    ("a_k^2", "the square of an activation", 2),
    (r"\sqrt{0.46\,h + 1}", lambda: spread_of(30) and spread_of(100)),
    ("h = 30", lambda: spread_of(30)),
    ("h = 100", lambda: spread_of(100)),
    ("-3.7", lambda: round(starts.medians("lost_0", *LOSING)[0], 1) == -3.7),
    ("-2.1", lambda: round(starts.medians("lost_0", *LOSING)[1], 1) == -2.1),
    ("-9", lambda: {round(z) for z in starts.medians("kept_20", *LOSING)} == {-9}),
    ("-12", lambda: {round(z) for z in starts.medians("lost_20", *LOSING)} == {-12}),
    (r"e^3 \approx 20", lambda: round(np.exp(3)) == 20),
    (r"\sqrt{n_\text{in}}", scaled_by_root, 3),
    (r"n_\text{in}", "the number of inputs of a neuron"),
    (
        r"1/n_\text{in}",
        lambda: abs(Network(SIZES, init="scaled", rng=0).weights[0].var() * 784 - 1) < 0.05,
    ),
    (
        r"\operatorname{Var}(z) = \frac{1}{n_\text{in}} \sum_{k=1}^{n_\text{in}} x_k^2 + 1 = "
        r"\overline{x^2} + 1 .",
        lambda: spreads(lambda x: np.mean(x**2), "scaled"),
    ),
    ("-14", "a cell of the measured table"),
    ("-13", lambda: max(starts.medians("pressed", 100, "hidden", 2000, 5)) < -12.5, 2),
    ("-8", "a cell of the measured table"),
    ("-7", "a cell of the measured table", 2),
    ("10^{-7}", lambda: gradients.GOOD_BELOW == 1e-7 and small_gradients_are_good()),
    (r"\sigma' = a(1 - a)", lambda: np.allclose(sigmoid_prime(Z), sigmoid(Z) * (1 - sigmoid(Z)))),
    (r"a^2 = a - \sigma'", lambda: np.allclose(sigmoid(Z) ** 2, sigmoid(Z) - sigmoid_prime(Z))),
    ("-z", lambda: np.allclose(BELL, BELL[::-1])),
    (r"\sigma(-z) = 1 - \sigma(z)", lambda: np.allclose(sigmoid(-Z), 1 - sigmoid(Z))),
    (
        r"\overline{a^2} = \tfrac12 - \overline{\sigma'} .",
        lambda: np.isclose(
            np.average(sigmoid(Z) ** 2, weights=BELL), 1 / 2 - MEAN_SLOPE, atol=1e-3
        ),
    ),
    (r"\overline{\sigma'}", lambda: abs(MEAN_SLOPE - 0.042) < 1e-3),
    ("z = 0", lambda: Z[BELL.argmax()] == 0),
    (
        r"1 / (9.4\,\sqrt{2\pi}) = 1 / (9.4 \cdot 2.51) = 0.042",
        lambda: (
            round(np.sqrt(2 * np.pi), 2) == 2.51
            and round(1 / (9.4 * 2.51), 3) == 0.042 == round(BELL.max(), 3)
        ),
    ),
    (r"\sigma'", "the slope of the sigmoid", 2),
    (r"0.042 \cdot 1", lambda: abs(MEAN_SLOPE - 0.042 * 1) < 1e-3),
    (
        r"\overline{a^2} = 0.5 - 0.042 \approx 0.46",
        lambda: round(0.5 - 0.042, 2) == 0.46 == round(1 / 2 - MEAN_SLOPE, 2),
    ),
    (r"\sqrt{h/2 + 1}", lambda: np.sqrt(0.46 * 100 + 1) < np.sqrt(100 / 2 + 1) < 7.2),
    (r"\partial C / \partial w", lambda: Network(LARGER, rng=0).weights[1].shape == (10, 100)),
    (r"\eta = 3", lambda: Setting("09", r"for eta in \[1\.0, ([\d.]+)\]").agrees(3, 0), 3),
    (r"\eta = 1", lambda: Setting("09", r"for eta in \[([\d.]+), 3\.0\]").agrees(1, 0), 2),
    (
        r"\sqrt{\|x\|^2 + 1}",
        lambda: SPREAD.agrees(np.sqrt(np.mean(np.sum(MINI.train.images**2, axis=1)) + 1), 0.5),
    ),
    (r"\sigma'(z) \approx 0", lambda: sigmoid_prime(-15.0) < 1e-6),
]

TABLES = [
    [[f"{final:.1f} %" for final in FIVE.final]],
    [
        ["scaled", "outputs pressed down to", "hidden layer saturated", "lost digits of ten"],
        *([name, down, f"{share} %", lost] for name, (down, share, lost) in PRESSED.items()),
    ],
    [
        ["", "check", "how", "a healthy network shows"],
        [
            1,
            "**data**",
            "look at images with their labels; largest and mean pixel; the mean image of each "
            "label",
            f"pixels from {MINI.train.images.min():.0f} to {MINI.train.images.max():.0f}, mean "
            f"{MINI.train.images.mean():.2f}; ten different, readable mean images",
        ],
        [
            2,
            "**shapes**",
            "print the shape of every array; columns or rows?",
            f"({SIZES[0]}, m) into `feedforward`, ({SIZES[-1]}, m) out",
        ],
        [
            3,
            "**gradient**",
            "`gradient_check` on a small network in float64",
            f"below $10^{{{np.log10(gradients.GOOD_BELOW):.0f}}}$",
        ],
        [
            4,
            "**learning rate**",
            "short runs, factors of 10 to 30 apart",
            "a best rate with worse ones on both sides",
        ],
        [5, "**ten examples**", "train on ten images only", "10 of 10, quickly"],
        [
            6,
            "**saturation**",
            f"recall per digit, spread of $z$, share of slopes below {diagnosis.SATURATED_BELOW}, "
            "at the start and during training",
            "spread near 1 at the start, no recall near 0",
        ],
    ],
    [
        ["what", "where"],
        ["the instruments, `History`, lost digits", "`nnlib/diagnosis.py`"],
        ["both starts", "`Network.__init__` in `nnlib/network.py`"],
        ["the gradient check", "`nnlib/gradients.py`"],
        [
            "the patients",
            "`course/lesson09/faults.py`: no peeking before you have made your diagnosis",
        ],
        ["the labs", "`course/lesson09/lab.py`, `fate_lab.py`, `idle_lab.py`, `ward_lab.py`"],
        ["the ledger", "`course/measured/ledger.py`, `data/ledger.csv`"],
    ],
]

CODE = {
    **{
        path: lambda path=path: is_path(path)
        for path in (
            "data/ledger.csv",
            "data/starts.csv",
            "nnlib/diagnosis.py",
            "nnlib/network.py",
            "nnlib/gradients.py",
            "course/lesson09/faults.py",
            "course/lesson09/lab.py",
            "course/measured/ledger.py",
        )
    },
    **{
        name: lambda name=name: is_path(f"course/lesson09/{name}")
        for name in ("fate_lab.py", "idle_lab.py", "ward_lab.py")
    },
    "%run -m course.measured.ledger": lambda: is_module("course.measured.ledger"),
    "questions.patient_2.solution()": "a call of a question, which shows its worked solution",
    "faults.evidence": lambda: callable(faults.evidence),
    "questions.spread_of_400.solution()": "a call of a question, which shows its solution",
}
SOURCES = []
