"""Lesson 00: what its prose tells, and what makes it true."""

import inspect
from functools import cache

import numpy as np

from course import exercises
from course.ask import record
from course.lesson00 import DigitLab, RuleLab, questions, rule
from course.measured import ledger
from nnlib import mnist
from nnlib.circuits import half_adder
from nnlib.mnist import _finding, _originals
from tests.told import prose, truths
from tests.told.truths import Limit, Near, Output, Setting, Treats, parameters

PAGE = prose.of_lesson(truths.lesson_path("00")).text
SMALL = mnist.load("mini")
PIXELS = SMALL.train.images[0].size
SIDE = round(PIXELS**0.5)
PAPER, INK = SMALL.train.images.min(), SMALL.train.images.max()
COUNTS = np.bincount(np.concatenate([part.labels for part in SMALL]))  # of each digit
DIGITS = len(COUNTS)
TO_CHOOSE_BY = Setting("00", r"train\.first\((\d+)\)")
INK_LIMIT = Setting("00", r"< ([\d.]+)\)\n    if count")
ROW_LIMIT = Setting("00", r"return bool\(row < (\d+)\)")
REPAIRED_INK = Setting("00", r"for limits in \[\(0\.5, 14\), \(([\d.]+), \d+\)\]")
REPAIRED_ROW = Setting("00", r"for limits in \[\(0\.5, 14\), \([\d.]+, (\d+)\)\]")
ALL_DIGITS = Output("00", r"Data: ([\d,]+) images")
ARCHIVES = 11_369_320  # bytes of MNIST's four files, packed
BLOCKS = 50_000 // 4000  # of the training images of the full set
FINDS_MORE = [1, 9, 10]  # the blocks after the first in which the repaired rule finds more nines
SHARES = len(rule.shares(np.array([True]), np.array([9])))
LIMITS = len(inspect.signature(RuleLab.compute).parameters) - len(["self", "network"])
MISSED = 1 - Output("00", r"Of the nines, the rule finds ([\d.]+) %").shown() / 100
FALSE = 1 - Output("00", r"Of what the rule calls a 9, ([\d.]+) % are nines").shown() / 100
RIGHT = Output("00", r"The rule is right in ([\d.]+) % of the images").shown()
BEST_LIMITS = 'max(min(rules.compute(*pair, network=0)["rule"][1]) for pair in limits) < 0.79'
TWO_LARGEST = "[*np.argsort(ink)[-2:]] == [8, 15]"  # rows
WIRED = len(half_adder(0, 0)) - 2  # perceptrons in the circuit of lesson 01
WARM_UPS = PAGE.count("## Warm-up")
DRAWN = np.random.default_rng(1).standard_normal(10_000)
SIZES = [Setting("00", rf"sizes = \[{before}(\d)") for before in ("", r"\d, ", r"\d, \d, ")]


@cache
def on_test_images():
    """The median accuracy of the network of lesson 07 with the full set, in %."""
    runs = ledger.read()
    of_07 = (runs.sizes == "784-30-10") & (runs.init == "gaussian") & (runs.eta == 3)
    return float(np.median(runs[of_07 & (runs.scored_on == "test")].final))


NUMBERS = [
    ("# 00 Start here: why a computer", 0),
    ("computer what a 9 is, you measure", 9),
    ("predict what three small pieces", WARM_UPS),
    ("40 minutes to read and try, about 8 for the exercises, 45", 40, 8, 45),
    ("without effort: six handwritten", 6),
    ("number. Run the three cells. The", 3),
    ("the images. The third draws. Code", 0.333333),
    ("is left, with three dots behind", 3),
    ("9?** Not the printed 9: every 9", 9, 9, 9),
    ("9 into the field below, in one or two sentences, and your two", 9, 2, 2),
    ("28 rows and 28 columns, so 784", SIDE, SIDE, PIXELS),
    ("0 is blank paper, 1 is full ink, 0.5", PAPER, INK, (PAPER + INK) / 2),
    ("halfway. The 784 numbers stand", PIXELS),
    ("grid. Here is the 9 from above, the", 9),
    ("Which rows of this 9 have the most", 9),
    ("row, and the 28 numbers of that", SIDE),
    ("how different can two nines be?", 2),
    ("its 28 numbers is 0. **Change.**", SIDE, Output("00", r"\n(0\.0)\n")),
    ("these are the two largest sums.", 2),
    ('9, tested A common first answer is: "A 9', 9, 9),
    ("can check it: 1. A loop encloses", 1),
    ("fall apart into two regions: the", 2),
    ("and one **hole**. 2. The center", 2),
    ("must lie above row 14, the first row of the lower half: the", ROW_LIMIT, 0.5),
    ("number of its row must be below 14.", ROW_LIMIT),
    ("where a pixel is below 0.5. SciPy", Setting("00", r"reshape\(28, 28\) < (0\.5)\)\n")),
    ("is region 1, a hole is region 2. The", 1, 2),
    ("rule works for this 9. Now for", 9),
    ("Now for 4,000 images. `labels`", TO_CHOOSE_BY),
    ("`True`. Now the two shares that", SHARES),
    ("quarter of the nines is missed, and about a third", Near(MISSED, 0.02), Near(FALSE, 0.02)),
    ("rule calls a 9, is false. Most", 9),
    (
        "open somewhere. About half of the",
        Near(Limit("00", "0.51 < alarms[0] / alarms.sum() < 0.52").number(), 0.02),
    ),
    ("the rows 13 and 14. The others", ROW_LIMIT.shown() - 1, ROW_LIMIT),
    ('total, when "not a 9" counts as an', 9),
    ('"not a 9"? **Predict.** Choose', 9),
    ("number such as 93 or 94 % means", np.floor(RIGHT), np.ceil(RIGHT)),
    (
        "thought in lesson 07. So we keep",
        Treats("07", "A network that always gives the same answer"),
    ),
    ("keep to the two shares: *found*,", SHARES),
    ("rule. It has two limits. The **ink", LIMITS),
    ("**ink limit**: from 0.5 on a pixel", INK_LIMIT),
    ("be above row 14. We tried other", ROW_LIMIT),
    (
        "4,000 images, which are our **images to choose by**, and 0.3 and 13",
        TO_CHOOSE_BY,
        REPAIRED_INK,
        REPAIRED_ROW,
    ),
    ("here the same 4,000 images, each", TO_CHOOSE_BY),
    ("down what a 9 is. **Predict.**", 9),
    ("easily taken for a 9. All of them", 9),
    ("the rule says 9 and yellow where", 9),
    ("the right stand the two shares.", SHARES),
    ("shares. 1. Note the", 1),
    ("Note the four percentages of the", 2 * SHARES),
    ("to 0.3 and *row limit* to 13. What", REPAIRED_INK, REPAIRED_ROW),
    ("noted for it. 2. Press *Train a", 2),
    ("other random numbers. 3. Now try", 3),
    ("images. So compare two rules on", 2),
    ("belonged to those 4,000 images, not", TO_CHOOSE_BY),
    ("has eleven more blocks of 4,000", BLOCKS - 1, TO_CHOOSE_BY),
    ("training images. In three of them", len(FINDS_MORE)),
    ("first one, in eight it finds fewer.)", BLOCKS - 1 - len(FINDS_MORE)),
    ("two sliders stand, at least one of the rule's two", LIMITS, SHARES),
    ("images is below 80 %. Networks", Near(100 * Limit("00", BEST_LIMITS).number(), 1)),
    (
        "20 random starts had both above 80",
        20,
        100 * Limit("00", 'min(before["trained"]) > 0.8').number(),
    ),
    ("23,860 numbers to choose where the rule has two,", parameters([784, 30, 10]), LIMITS),
    ("back in lesson 07. **Change.** Is", Treats("07", "the choice is *overfitted*")),
    ("near were your two guesses? You", SHARES),
    ("one digit out of ten. ## What you", DIGITS),
    ("|---|---| | [01](01_perceptron.ipynb) |", 1),
    ("five of them that adds | | [02](02_sigmoid_neuron.ipynb)", WIRED, 2),
    ("| [03](03_architecture.ipynb) |", 3),
    ("[04](04_gradient_descent.ipynb),", 4),
    ("[05](05_stochastic_gradient_descent.ipynb),", 5),
    ("[06](06_backpropagation.ipynb)", 6),
    (
        "[07](07_training_mnist.ipynb) | a network that reads digits: about 95",
        7,
        Near(on_test_images(), 0.5),
    ),
    ("100 new images right with the full set | | [08](08_exercises.ipynb)", 100, 8),
    ("[09](09_debugging_a_network.ipynb)", 9),
    ("[10](10_reading_handwriting.ipynb)", 10),
    ("[11](11_toward_deep_learning.ipynb)", 11),
    ("lessons follow chapter 1 of Michael", 1),
    ("from **MNIST**: 70,000 digits,", ALL_DIGITS),
    ("downloads them (11 MB). Without", ARCHIVES / 1e6),
    ("set: 5,000 of the same digits, 500", COUNTS.sum(), COUNTS[0]),
    ("70,000 means that you have the full set, 5,000", ALL_DIGITS, COUNTS.sum()),
    ("you have the four MNIST files already,", len(_originals.FILES)),
    ("or up to two folders down: their", _finding.DEPTH),
    ("digits come in three parts, and", len([*SMALL])),
    ("small set all ten equally often):", DIGITS),
    ("All Cells* | Three things that", 3),
    ("cell.** `d` pressed twice deletes the", 2),
    ("guess, run the two cells below", 2),
    ("more. ## Warm-up 1: random numbers", 1),
    ("random numbers; the 0 is its **seed**.", 0),
    ("mean 0 and standard deviation 1.", Near(DRAWN.mean(), 0.05), Near(DRAWN.std(), 0.05)),
    ("**Predict.** The three lines below", 3),
    ("**Predict.** Which of four networks begin", 4),
    ("2: slices and layer sizes A network with 2 inputs, then a layer of 3", 2, SIZES[0], SIZES[1]),
    ("neurons, then 4 outputs is written", SIZES[2]),
    ("4]`. **Predict.** Two pieces of", 2),
    ("3: one line for all shapes `zip` walks through two", 3, 2),
    ("layer first. Lesson 03 says why.", Treats("03", "the shape of $w$ is **(next, previous)**")),
    ("comprehension of warm-up 3 is how", WARM_UPS),
    ("`questions.shapes`. It has three methods. |", 3),
    ("if you check ten times. Below each", 10),
    ("all. ## Summary 1. A short rule", 1),
    (
        "9 misses more than a quarter of the nines, about a third",
        9,
        Near(MISSED, 0.02),
        Near(FALSE, 0.02),
    ),
    ("better in both. 2. An image is", 2),
    ("is 784 numbers between 0 and 1,", PIXELS, PAPER, INK),
    ("digits you have. 3. `zip` stops", 3),
    ("[lesson 01](01_perceptron.ipynb),", 1),
]

FORMULAS = []

TABLES = [
    [
        ["lesson", "what you do there"],
        [
            "[01](01_perceptron.ipynb)",
            "a neuron that decides yes or no, and a circuit of five of them that adds",
        ],
        [
            "[02](02_sigmoid_neuron.ipynb)",
            "a neuron whose answer changes smoothly, so that many of them can learn together",
        ],
        ["[03](03_architecture.ipynb)", "many neurons in layers: a network"],
        [
            "[04](04_gradient_descent.ipynb), [05](05_stochastic_gradient_descent.ipynb), "
            "[06](06_backpropagation.ipynb)",
            "how a network learns from its mistakes, and how it does so quickly",
        ],
        [
            "[07](07_training_mnist.ipynb)",
            f"a network that reads digits: about {on_test_images():.0f} of 100 new images right "
            "with the full set",
        ],
        [
            "[08](08_exercises.ipynb)",
            "exercises for all lessons, which you may take one lesson at a time",
        ],
        [
            "[09](09_debugging_a_network.ipynb)",
            "finding out why a network does not learn, and curing it",
        ],
        ["[10](10_reading_handwriting.ipynb)", "your own handwriting, read by a network"],
        [
            "[11](11_toward_deep_learning.ipynb)",
            "networks with more layers, and the habits of today",
        ],
    ],
    [
        ["you want to", "do this"],
        ["run a cell and go to the next", "Shift + Enter"],
        ["run all cells", "menu *Run*, *Run All Cells*"],
        [
            "stop a cell that takes too long",
            "menu *Kernel*, *Interrupt Kernel* (the square button)",
        ],
        ["begin anew", "menu *Kernel*, *Restart Kernel and Run All Cells*"],
    ],
    [
        ["type", "and you get"],
        ["`questions.shapes.check(answer)`", "*right*, or what is wrong"],
        ["`questions.shapes.hint()`", "a hint; the next call gives the next one"],
        ["`questions.shapes.solution()`", "the worked solution"],
    ],
]

CODE = {
    "ModuleNotFoundError: No module named 'course'": "what Python says without the course",
    ".venv/bin/python -m course": "a command, run by tests/test_commands.py",
    r".venv\Scripts\python -m course": "a command, run by tests/test_commands.py",
    ".venv": "a folder, made by the command of README",
    'questions.my_rule.guess("...")': lambda: callable(questions.my_rule.guess),
    'lab.controls["row"].value = 3': lambda: (
        "row" in inspect.signature(DigitLab.compute).parameters
    ),
    "lab.compute(...)": lambda: callable(DigitLab.compute),
    "row=8": lambda: TWO_LARGEST in truths.evidence("00"),
    "row=15": lambda: TWO_LARGEST in truths.evidence("00"),
    "[*]": "how JupyterLab marks a cell that runs or waits",
    "while True: pass": "a cell that never ends",
    "standard_normal(shape)": lambda: (
        np.random.default_rng(0).standard_normal((2, 3)).shape == (2, 3)
    ),
    "np.random.seed(0)": "older code; networks do not use what it seeds",
    "questions.shapes.solution()": lambda: callable(questions.shapes.solution),
    "my_progress.json": lambda: record.FILE_NAME == "my_progress.json",
    "from course import exercises": lambda: inspect.ismodule(exercises),
    "exercises.progress()": lambda: callable(exercises.progress),
    "questions.found.check(5)": lambda: callable(questions.found.check),
}

SOURCES = []
