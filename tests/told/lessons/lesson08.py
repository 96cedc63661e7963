"""What the prose of lesson 08 tells, once more."""

import inspect
import re

import numpy as np

from course import exercises
from course.ask import record, schedule
from course.ask.feedback import OUTCOMES
from course.lesson04.landscapes import PARABOLA
from course.lesson08 import mutants, questions
from course.lesson08.exercises_lab import EXERCISES
from course.measured import ledger
from course.paths import ROOT
from nnlib import circuits, diagnosis, gradients
from nnlib.mnist._originals import counts
from nnlib.network import Network
from nnlib.neurons import perceptron, sigmoid
from tests.told.truths import Setting, code_of, outputs

NUMBER = {name: number for number, names in EXERCISES.items() for name in names}
PARTS = {number: len(names) for number, names in EXERCISES.items()}
MINUTES = sum(exercises.get(name).minutes for name in NUMBER)
OF_LESSON_09 = sorted({NUMBER[name] for name in NUMBER if exercises.get(name).lesson == "09"})
WORDS = re.findall(r'- `"(\w+)"`: ', outputs("08"))  # of `fate`
NOTES = 75.83  # percent: class notes, one run of [784, 10] with eta 1
RUN_AGAIN = ledger.read()
RUN_AGAIN = RUN_AGAIN[RUN_AGAIN.sizes == "784-10"]
EPOCHS = {int(epochs) for epochs in RUN_AGAIN.epochs}
LEARNED_FROM = counts()[0] - 10_000  # mnist.load() keeps 10,000 for validation
SEEDS = Setting("08", r"eta=1\.0, seed=range\((\d+)\)")
QUICK_EPOCHS = Setting("08", r"epochs=(\d+), training_images")
QUICK_IMAGES = Setting("08", r"training_images=(\d+)")
STARTS = re.search(r'starts = \["(\w+)", "(\w+)"\]', code_of("08")).groups()
NANDS = inspect.getsource(circuits.half_adder).count("nand(")


def listed(pattern):
    """How many things, with commas between them, the code of the lesson lists at a pattern."""
    return len(re.search(pattern, code_of("08"))[1].split(","))


def headed(name):
    """(lesson, exercise) of the first exercise under a heading of a lesson."""
    return int(exercises.get(name).lesson), NUMBER[name]


def defined(*definitions):
    """Whether all names of a quoted call are defined in the lesson's cells."""
    return all(line in code_of("08") for line in definitions)


def is_file(path):
    """Whether there is such a file in the course."""
    return (ROOT / path).is_file()


def written_in(function, path):
    """Whether a name stands in the table beside the file that has it."""
    return ROOT / path == ROOT.joinpath(inspect.getsourcefile(function))


def changes(statement):
    """Whether a statement on w changes the array of whoever gave it."""
    given = np.ones(3)
    exec(statement, {"w": given})
    return bool((given == -1).all())


def row(names, library):
    """A row of the table of what is in nnlib, with the numbers of exercises by their names."""
    return [", ".join(str(NUMBER[name]) for name in names), library]


NUMBERS = [
    ("# 08 Exercises *In this lesson you", 8),
    ("lesson you solve sixteen exercises", len(EXERCISES)),
    ("$z = 0$, a gradient of zero, a tie", 0),
    ("[lesson 07](07_training_mnist.ipynb) and", 7),
    ("needs nothing later; 15 and 16 go well", *OF_LESSON_09),
    ("go well with [lesson 09](09_deb", 9),
    ("**Time**: 30 minutes to read and try, about 290", 30, MINUTES),
    ("for the exercises, 45 minutes in class", 45),
    ("a cell that checks. Run all three. |", 3),
    ("`check` knows four outcomes.", len(OUTCOMES)),
    ("Here are three of them,", listed(r"for attempt in \[(.*?)\]")),
    ("it is stopped after five seconds and", questions.parameters.seconds),
    ("half right gets a message about the half", 0.5, 0.5),
    ("## The map Sixteen exercises, numbered", len(EXERCISES)),
    ("Some have two or three parts,", *sorted(set(PARTS.values()) - {1})),
    ("One star: you can do it right after the lesson. Two: think", 2),
    ("before you type. Three: take paper", 3),
    ("a walk. *1 due* at the end", 1),
    ("asks up to three of those that", schedule.MOST),
    ("## Lesson 01: perceptrons ### Exercise 1 Remember", *headed("01-scaling")),
    ("that a perceptron gives 1 if its", perceptron([1], [1], 0)),
    ("Exactly at it, the output is 0. ###", perceptron([1], [1], -1)),
    ("### Exercise 2 ## Lesson", NUMBER["01-nand-xor"]),
    ("## Lesson 02: sigmoid neurons ### Exercise 3, in", *headed("02-steep")),
    ("Exercise 3, in two parts", NUMBER["02-differ"], PARTS[3]),
    ("**Predict.** Exercise 1 was about perceptrons", NUMBER["01-scaling"]),
    ("where a factor c > 0 changes", 0),
    ("in which the two kinds of network", 2),
    ("## Lesson 03: layers ### Exercise 4 ###", *headed("03-parameters")),
    ("### Exercise 5 ### Exercise", NUMBER["03-components"]),
    ("### Exercise 6 The outputs of", NUMBER["03-bits"]),
    ("a real network are never exactly 0 and 1.", 0, 1),
    ("## Lesson 04: gradient descent ### Exercise 7 ###", *headed("04-best-step")),
    ("### Exercise 8, in two parts Here", NUMBER["04-one-variable"], PARTS[8]),
    ("Here are three walks down", listed(r"etas = \{(.*?)\}")),
    ("start, with six steps each.", Setting("08", r"PARABOLA, -0\.8, eta, (\d)\)")),
    ("Which of the six words does", len(set(WORDS))),
    ("Move **eta** up to 1 and beyond", 2 / 2),
    ("with **steps** at 10, and compare", 10),
    ("## Lesson 05: stochastic gradient descent ### Exercise 9, in", *headed("05-updates")),
    ("9, in three parts Online", NUMBER["05-online"], PARTS[9]),
    ("## Lesson 06: backpropagation ### Exercise 10 ###", *headed("06-find-the-bug")),
    ("### Exercise 11 The heart", NUMBER["06-backprop"]),
    ("### Exercise 12 Lesson", NUMBER["06-kill-the-mutants"]),
    ("Lesson 06 had a gradient that was wrong", 6),
    ("**Predict.** Twelve times a correct", len(mutants.MUTANTS)),
    ("How many of the twelve does", len(mutants.MUTANTS)),
    ("## Lesson 07: training ### Exercise 13 First", *headed("07-no-hidden-layer")),
    ("without a hidden layer, eight seeds", SEEDS),
    ("each of the two starts,", len(STARTS)),
    ("starts, ten epochs on 2,000 images. On", QUICK_EPOCHS, QUICK_IMAGES),
    ("On two cores this takes about four seconds", 2, 4),
    ("In how many of the eight runs with", SEEDS),
    ("network keep all ten digits? Printed", Network([784, 10], rng=0).sizes[-1]),
    ("Printed are the first three runs of", Setting("08", r"runs\.seed < (\d)")),
    ("each start; all sixteen are in `runs`", 8 * len(STARTS)),
    ("reaches after ten epochs on 2,000 images. The ledger", QUICK_EPOCHS, QUICK_IMAGES),
    ("The ledger of lesson 07 has runs", 7),
    ("has runs of 30 epochs on", *EPOCHS),
    ("epochs on all 50,000. Take", LEARNED_FROM),
    ("Take these two as well, and", len(set(RUN_AGAIN.init))),
    ("compare with the 75.83 % of the notes", NOTES),
    ("### Exercise 14 The check used", NUMBER["07-choose-eta"]),
    ("Here are two functions that train", len(re.findall(r"return accuracy\(", code_of("08")))),
    ("## Lesson 09: debugging These two are", 9, len(OF_LESSON_09)),
    ("Lesson 07 is enough to solve them; lesson 09 goes", 7, 9),
    ("### Exercise 15, in two parts", NUMBER["09-which-digit"], PARTS[15]),
    ("network with 60 hidden", Setting("08", r"ill = Network\(\[784, (\d+), 10\]")),
    ("trained on 4,000 images. **Predict.**", Setting("08", r"few = data\.train\.first\((\d+)\)")),
    ("### Exercise 16, in three parts", NUMBER["09-inverted-images"], PARTS[16]),
    ("the other way round: 1 − x in place", Setting("08", r"Split\((\d) - split\.images")),
    ("The first and the third part ask for", 1 / 3),
    ("comes after the third. Keep both", 1 / 3),
    ("of the exercise: three seeds,", Setting("08", r"\nseeds = range\((\d)\)")),
    ("seeds, five epochs", Setting("08", r"net\.SGD\(train, (\d), 10, eta")),
    ("epochs on 2,000 images, scaled", Setting("08", r"\npart = data\.train\.first\((\d+)\)")),
    ("It takes about two seconds. The", 2),
    ("the bugs of exercise 12, in", NUMBER["06-kill-the-mutants"]),
    ("| 2 | `nnlib/circuits.py` |", NUMBER["01-nand-xor"]),
    ("| 5 | `Network.feedforward`", NUMBER["03-components"]),
    ("| 10, 12 | `gradient_check`", NUMBER["06-find-the-bug"], NUMBER["06-kill-the-mutants"]),
    ("| 11 | `Network.backprop`", NUMBER["06-backprop"]),
    ("| 15 | `lost_digits`", NUMBER["09-which-digit"]),
    ("sum bit of the half adder", 0.5),
    ("is an XOR of four NANDs; its", NANDS - 1),
    ("a function gives None, whatever", 0),
    ("**(n,) in place of (n, 1).** A row", np.ones((5, 1)).shape[1]),
    ("usual case.** Zero, a tie,", 0),
    ("with its eta, are two questions. **Next", 2),
    ("**Next**: [lesson 09](09_debugging", 9),
]

FORMULAS = [
    ("z = 0", lambda: sigmoid(100 * 0.0) == 0.5 != perceptron([1], [0], 0)),
    ("v^2", lambda: PARABOLA.cost(0.7) == 0.7**2),
    ("k = 2", lambda: np.isclose(PARABOLA.gradient(0.7), 2 * 0.7)),
]

TABLES = [
    [
        ["type", "and you get"],
        ["`questions.parameters.check(count_parameters)`", "*right*, or what is wrong"],
        [
            "`questions.parameters.hint()`",
            "a hint; each call gives the next one, which says more",
        ],
        ["`questions.parameters.solution()`", "the worked solution, with the reasoning"],
    ],
    [
        ["exercise", "in nnlib"],
        row(["01-nand-xor"], "`nnlib/circuits.py`"),
        row(["03-components"], "`Network.feedforward` in `nnlib/network.py`"),
        row(
            ["06-find-the-bug", "06-kill-the-mutants"],
            "`gradient_check` in `nnlib/gradients.py`",
        ),
        row(["06-backprop"], "`Network.backprop`"),
        row(["09-which-digit"], "`lost_digits` in `nnlib/diagnosis.py`"),
    ],
]

CODE = {
    "questions.parameters.solution()": lambda: callable(questions.parameters.solution),
    "my_progress.json": lambda: record.FILE_NAME == "my_progress.json",
    "exercises.start_over()": lambda: callable(exercises.start_over),
    "nnlib/network.py": lambda: written_in(Network, "nnlib/network.py"),
    "report(gaussian.final.tolist(), gaussian.lost.tolist())": lambda: defined(
        "def report(finals, lost):", "gaussian, scaled_start = (runs"
    ),
    "choose_and_report([0.1, 1, 10], [0, 1, 2], validate, test)": lambda: defined(
        "def choose_and_report(etas, seeds, validate, test):",
        "def validate(eta, seed):",
        "def test(eta):",
    ),
    "course/lesson08/questions.md": lambda: is_file("course/lesson08/questions.md"),
    "mutants.py": lambda: is_file("course/lesson08/mutants.py"),
    "nnlib/circuits.py": lambda: written_in(circuits.half_adder, "nnlib/circuits.py"),
    "nnlib/gradients.py": lambda: written_in(gradients.gradient_check, "nnlib/gradients.py"),
    "nnlib/diagnosis.py": lambda: written_in(diagnosis.lost_digits, "nnlib/diagnosis.py"),
    "circuits.py": lambda: circuits.half_adder(1, 0)["sum"] == 1,
    "check(report(finals, lost))": lambda: (
        questions.no_hidden_layer.judge((1.0, 1.0, 1.0, 0, 1.0)).outcome == "wrong"
    ),
    "w *= -1": lambda: changes("w *= -1"),
    "-w": lambda: not changes("-w"),
}
SOURCES = []
