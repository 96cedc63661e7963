"""What the prose of lesson 07 tells, once more."""

import ast
import re

import numpy as np

from course.ask import schedule
from course.lesson07 import lab, watch_lab
from course.measured import baselines, ledger, sweep
from nnlib import diagnosis, mnist
from nnlib.network import Network
from tests.told import starts
from tests.told.lessons.formulas07 import (
    CLASS_COUNTS,
    CODE,
    FORMULAS,
    MINI,
    MNIST,
    RUNS,
    SIZES,
    SMALL,
    SOURCES,
    TABLES,
    TEST,
    TRAIN,
    VALIDATION,
    listed,
)
from tests.told.truths import Evidence, Limit, Near, Output, Setting, Treats, code_of, cost_of

__all__ = ["CODE", "FORMULAS", "NUMBERS", "SOURCES", "TABLES"]

OUTPUTS = SIZES[-1]
EPOCHS = Setting("07", r"net\.SGD\(data\.train, (\d+), 10, 3\.0")
BATCH = Setting("07", r"net\.SGD\(data\.train, 30, (\d+), 3\.0")
SIDE = round(np.sqrt(MINI.train.images.shape[1]))
SURE = watch_lab.SURE
ETAS = listed("etas")
PART = Setting("07", r"part = data\.train\.first\(([\d_]+)\)")
TWELVE = Setting("07", r"given = \[\]\nfor seed in range\((\d+)\)")

ENTRIES = [ledger.runs(RUNS, entry) for entry in ledger.ENTRIES]
THIRTY, BATCHES_OF_50, NO_HIDDEN, DEAD = (ENTRIES[row] for row in (0, 4, 6, 9))
SCALED = RUNS[(RUNS.init == "scaled") & (RUNS.habits == "")]
LOST = np.array([len(lost.split()) for lost in NO_HIDDEN.lost])
KEPT = BATCHES_OF_50.final[BATCHES_OF_50.lost == ""]
PUBLISHED = [[percent for percent, _ in entry.published] for entry in ledger.ENTRIES]
NOTES_NO_HIDDEN, NOTES_BATCHES = PUBLISHED[6][0], PUBLISHED[4][0]  # 75.83, 83.97
PAPER_DEAD, *BOOK_DEAD = PUBLISHED[9]  # 8.92, 10.09, 9.82
OTHER_NOTES = [PUBLISHED[row][-1] for row in (0, 1, 3, 5)]
SVM = {(row.setting, row.train_images): row.right for row in baselines.load() if row.on == "test"}
TODAY, TUNED = SVM["gamma=scale", 50_000], SVM[baselines.best_setting(baselines.load()), 50_000]
OURS = Output("07", r"([\d.]+) % of the test images are read").shown()
MANY = sweep.summary(sweep.read(mnist.data_folder() / "etas.csv"), "eta")
MEDIAN_3 = Output("07", r"([\d.]+) % for eta 3, [\d.]+ % for eta 10")
LOWEST_OF_10 = 81  # percent; the median of four runs with eta 10, measured on five processors
BLANK = [starts.column("blank", data, *starts.AFTER_07) for data in starts.SETS]
IDLE = [starts.column("idle", data, *starts.AFTER_07) for data in starts.SETS]
TWO_WEAK = sorted(MANY.eta[MANY.median > MANY.median.max() - 1])


def blanks(data):
    """What is told of the blank sheet on a set: lowest, highest, the limit, how many above, of."""
    found = BLANK[data]
    return found.min(), found.max(), SURE, np.sum(found > SURE), len(found)


def recalls():
    """The recall of each digit in each run of row 1, (10, runs)."""
    return np.array([THIRTY[name] for name in sweep.RECALLS])


def hardest(digit):
    """How many of the ten runs of row 1 read this digit worst."""
    return recalls().argmin(axis=0).tolist().count(digit)


def easiest(digit):
    """How many of them read it best."""
    return recalls().argmax(axis=0).tolist().count(digit)


def digits_lost_near(percent):
    """How many digits the runs without a hidden layer lost that lie around a percentage."""
    around = [n for n in set(LOST) if NO_HIDDEN.final[n == LOST].min() < percent]
    (found,) = [n for n in around if NO_HIDDEN.final[n == LOST].max() > percent]
    return found


def settings_between(one, other):
    """How many settings differ between two rows of the ledger."""
    first, second = (sweep.complete(ledger.ENTRIES[row].setting) for row in (one, other))
    return sum(first[name] != second[name] for name in first)


def row_of(**setting):
    """The number of a row of the ledger, counted from 1."""
    return 1 + [entry.setting for entry in ledger.ENTRIES].index(setting)


NUMBERS = [
    ("# 07 Training a network on MNIST", 7),
    ("[lesson 03](03_architecture.ipynb) for", Treats("03", "Every layer in between")),
    ("05](05_stochastic_gradient_descent.ipynb)", Treats("05", "A **mini-batch** is")),
    ("[lesson 06](06_backpropagation.ipynb)", Treats("06", "backpropagation")),
    ("50 minutes to read and try, about 20", 50, 20),
    ("90 minutes in class; the training lab begins the second half.", 90, 0.5),
    ("lessons.** Up to three questions that", schedule.MOST),
    ("A network of 30 hidden neurons", SIZES[1]),
    ("for less than half a minute. Then", 0.5),
    ("100 such digits does it read correctly? ## Three", watch_lab.MOST, len(SMALL)),
    ("60,000 images to learn from and 10,000", MNIST, TEST),
    ("test images. **The two come from", 2),
    ("We cut the 60,000 once more: |", MNIST),
    ("training | 50,000 | 4,000 | the", TRAIN, SMALL[0]),
    ("validation | 10,000 | 500 | to", VALIDATION, SMALL[1]),
    ("| test | 10,000 | 500 | to *report*,", TEST, SMALL[2]),
    ("If you try 20 learning rates and", 20),
    ("[lesson 00](00_start_here.ipynb)", Treats("00", "is **overfitted**")),
    ("without a download: 5,000 of these", sum(SMALL)),
    ("for about one digit in ten. This", OUTPUTS),
    ("This 10 % is what *knowing nothing*", 100 / OUTPUTS),
    ("784 inputs (one a pixel), 30 hidden neurons and 10", SIDE**2, *SIZES[1:]),
    ("30 epochs, with mini-batches of 10", EPOCHS, BATCH),
    ("one epoch is 5,000 steps of gradient", TRAIN / 10),
    ("the 30 epochs, and keep three numbers", EPOCHS, 3),
    ("cell takes 10 to 20 seconds on", 10, Near(np.median(THIRTY.seconds), 1)),
    ("not begin at 0. The curve does", 0),
    ("the gradient of ten images, not", BATCH),
    ("the first 100 validation images.", watch_lab.MOST),
    ("output is above 0.9; a red frame", SURE),
    ("bars are the ten outputs for the", OUTPUTS),
    ("add up to 1.) Press *Play* and", 1),
    ("an image whose 784 pixels are shuffled,", SIDE**2),
    ("lab has a hundred images of each", Setting("07", r"np\.linspace\(0, 1, (\d+)\)\[:")),
    ("0.9? Then look at the other two.", SURE, 2),
    ("0 of the gray sheets is blank, image 99", 0, watch_lab.MOST - 1),
    ("because one of ten outputs is always", OUTPUTS),
    ("answer above 0.9. **Confident nonsense,", SURE),
    ("there is an accident. With 20 seeds", len(BLANK[0])),
    ("anything from 0.06 to 1.00 on the full set, and above 0.9 in 14 of the 20", *blanks(0)),
    ("it was 0.00 to 0.96, and above 0.9 in 1 of 20.", *blanks(1)),
    ("That 98 of 100 sure answers are", Output("07", r"above 0\.9: (\d+) % right"), 100),
    ("digits alike. Two finer instruments:", 2),
    ("of shape (10, 10): $M_{ij}$ counts", *diagnosis.confusion_matrix([0], [0]).shape),
    ("full set, 9 was hardest for five of ten such", 9, hardest(9), len(THIRTY)),
    ("5 for four and 3 for one, and 6 was never", 5, hardest(5), 3 * hardest(3), 6 + easiest(6)),
    ("hidden neuron are 784 numbers, one", SIZES[0]),
    ("[lesson 03](03_architecture.ipynb) you", Treats("03", "strokes")),
    ("about the size 1, and what you", Near(Network(SIZES, rng=0).weights[0].std(), 0.01)),
    ("is 0 where the pixel $x_k$ is 0:", 0, 0),
    ("[lesson 09](09_debugging_a_network.ipynb)", Treats("09", "a hunt for idle neurons")),
    ("is trained on 2,000 images and", lab.QUICK_TRAIN),
    ("the *differences*. 1. Move **eta**", 1),
    ("**eta** to 0.001, then to 100. How", lab.ETAS[0], lab.ETAS[-1]),
    ("do the two runs differ? 2. Set", 2, 2),
    ("3 and move the **hidden size**: 0 (no hidden layer), 5, 30, 100.", 3, 0, 5, 30, 100),
    ("more always help? 3. Go back to", 3),
    ("Go back to 30 and switch **start**", SIZES[1]),
    ("standard deviation 1, to *scaled*:", Near(Network(SIZES, rng=0).weights[0].std(), 0.01)),
    ("Watch the bars. 4. Move the **seed**,", 4),
    ("when fewer than 1 in 20 of its", 1, 1 / diagnosis.LOST_BELOW),
    ("ten seconds; 30 epochs with mini-batches of 1", 10, 30, lab.BATCH_SIZES[0]),
    ("[Lesson 09](09_debugging_a_network.ipynb) finds", Treats("09", "nearly started there")),
    (
        "Four learning rates Look closer at the two runs of task 1, and put two",
        len(ast.literal_eval(re.search(r"for eta in (\[0\.001.*?\])", code_of("07"))[1])),
        2,
        1,
        2,
    ),
    (
        "five epochs on 10,000 images (4,000",
        Setting("07", r"network\.SGD\(part, (\d+),"),
        PART,
        SMALL[0],
    ),
    ("takes about five seconds. **Predict.**", 5),
    ("**Predict.** Put the four in order.", 4),
    ("the 10 % of guessing stand two", 100 / OUTPUTS, 2),
    ("cost of lesson 04, here averaged", Treats("04", "the quadratic cost")),
    ("This answers task 1 of the lab.", 1),
    (
        "lab. With eta 0.001 the cost falls",
        Setting("07", r"costs\[100\]\[-1\] < costs\[(0\.\d+)\]"),
    ),
    (
        "half on average, and nine of ten should be 0.",
        Near(Network(SIZES, rng=0).feedforward(MINI.train.images.T).mean(), 0.1),
        OUTPUTS - 1,
        OUTPUTS,
        0,
    ),
    (
        "100 the cost is lower, and it stands still at 0.5.",
        lab.ETAS[-1],
        Output("07", r"with eta 100 from 0\.5 to ([\d.]+)\."),
    ),
    ("ten outputs that are 0 for every image: the one that should be 1", OUTPUTS, 0, 1),
    (r"is wrong by 1, and $\frac{1}{2}", 1),
    (
        "1 for every image; then the cost stands near 0.9.)",
        1,
        Near(cost_of(np.eye(10)[:, [3] * 10], np.eye(10)), 0.01),
    ),
    (r"0 or 1 that $\sigma'(z) = a(1 - a)$ is nearly 0,", 0, 1, 0),
    (
        "more than ten thousand times shorter",
        Setting("07", r"gradient_length\(0\.001\) / ([\d_]+)", scale=1 / 1000),
        1000,
    ),
    (
        "ten networks trained with eta 100 for 30 epochs on all images, none",
        len(DEAD),
        DEAD.eta[0],
        DEAD.epochs[0],
        (DEAD.best >= 18).sum(),
    ),
    ("ever reached 18 %. Start afresh", Limit("07", "dead_runs.best.max() < 18")),
    ("smaller eta. The two networks look", 2),
    (
        "Twelve networks with eta 100, seeds 0 to 11,",
        TWELVE,
        Setting("07", r"dead\.SGD\(part, 1, 10, ([\d.]+),"),
        0,
        TWELVE.shown() - 1,
    ),
    ("That takes about three seconds. In", 3),
    ("ten digits, and most use three", OUTPUTS, Setting("07", r"used <= (\d)\) > 6")),
    ("fewer. A row with 100 % is a network", 100),
    ("these were 3 to 5 of the 12, and", 3, 5, TWELVE),  # measured on five processors
    ("*1* is a **class count**, a constant of the test set: | digit | 0 | 1", 1, 0, 1),
    ("| 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9", *range(2, 10)),
    (
        "10,000 test images | 980 | 1135 | 1032 | 1010 | 982 | 892 | 958 | 1028",
        TEST,
        *CLASS_COUNTS[:8],
    ),
    ("| 974 | 1009 | When an accuracy", *CLASS_COUNTS[8:]),
    (
        "3 apart; if you know nothing, factors of 10 to 30.",
        Near(np.median(np.divide(ETAS[1:], ETAS[:-1])), 0.4),
        10,
        30,
    ),
    (
        "five values of eta with four seeds each: twenty runs of 3",
        len(ETAS),
        Setting("07", r"grid\(eta=etas, seed=range\((\d+)\)"),
        Evidence("07", "len(scan) == 20"),
        Setting("07", r"epochs=(\d) if full"),
    ),
    (
        "10,000 images (5 epochs on the 4,000",
        Setting("07", r"range\(4\), training_images=([\d_]+), epochs=3 if"),
        Setting("07", r"epochs=3 if full else (\d)"),
        SMALL[0],
    ),
    ("On two cores they take about ten", 2, 10),
    ("A run of eta 10 that loses a digit", ETAS[3]),
    ("five kinds of processor the median of these four", 5, 4),
    (
        "81 to 89 % on the full set; that of eta 3 was 88.7 % on all five.",
        LOWEST_OF_10,
        Output("07", r"([\d.]+) % for eta 10,"),
        ETAS[2],
        MEDIAN_3,
        5,
    ),
    ("`data/etas.csv` holds 20 of each", MANY.runs.max()),
    ("two be clearly better? In runs as short as these two", 2, len(TWO_WEAK)),
    ("sound, 3 and 10, and three are", *TWO_WEAK, len(ETAS) - len(TWO_WEAK)),
    ("Four seeds could have told you that 10 is as good as 3,", 4, 10, 3),
    ("more than seven points, depending", MEDIAN_3.shown() // 1 - LOWEST_OF_10),
    ("two that are left we take eta = 3,", 2, Setting("07", r"train, 30, 10, (3\.0)")),
    ("(Its 30 hidden neurons and 30 epochs", SIZES[1], EPOCHS),
    ("95 of 100 on the full set, from thirty", OURS, 100, 30),
    ("Two networks that differ by 0.1 percentage points on 10,000", 2, 0.1, TEST),
    ("500 images you cannot tell 90 % from 91", SMALL[2], 90, 91),
    ("scikit-learn. Between two digits", 2),
    ("measures the first two on your", 2),
    ("from all 50,000 training images", TRAIN),
    ("`data/baselines.csv`, on the 10,000 test images", TEST),
    ("was chosen among four values on", len(baselines.TRIED)),
    ("C, was set to 10. You may read", int(re.match(r"C=(\d+) ", baselines.TRIED[0])[1])),
    ("2013 that was true: the book has 9,435", 2013, SVM["gamma=auto pixels=256", 50_000]),
    (
        "256 where ours are divided by 255.",
        256,
        1 / MINI.train.images[MINI.train.images > 0].min(),
    ),
    (
        "2 percentage points, the tuned one by about 3.5.",
        (TODAY / 100 - OURS) // 1,
        Near(TUNED / 100 - OURS, 0.1),
    ),
    # Wan and others, Regularization of neural networks using DropConnect, 2013: an error of 0.21 %
    ("of 2013, 9,979 of 10,000, belongs", 2013, (1 - 0.0021) * TEST, TEST),
    ("from at least ten fixed seeds,", min(map(len, ENTRIES))),
    (
        "75.83 % for [784, 10], and 83.97 % for [784, 30, 10] with eta 1,",
        NOTES_NO_HIDDEN,
        *ledger.ENTRIES[6].setting["sizes"],
        NOTES_BATCHES,
        *ledger.ENTRIES[4].setting["sizes"],
        ledger.ENTRIES[4].setting["eta"],
    ),
    (
        "mini-batches of 50 and 25 epochs.",
        ledger.ENTRIES[4].setting["mini_batch_size"],
        ledger.ENTRIES[4].setting["epochs"],
    ),
    ("networks have 91 to 96 %. What", min(OTHER_NOTES), max(OTHER_NOTES)),
    ("first that of 75.83 %, which is", PUBLISHED[int(Setting("07", r"row=(\d)").shown())][0]),
    ("right is its recall. 1. Show all", 1),
    ("Show all ten runs. Can you find", len(NO_HIDDEN)),
    ("find the culprit? 2. Choose the", 2),
    ("83.97 %: *[784, 30, 10], eta 1, m 50*.", NOTES_BATCHES, *SIZES, 1, 50),
    ("3. Choose", 3),
    ("Choose *[784, 10], eta 1, scaled*:", 784, 10, ledger.ENTRIES[12].setting["eta"]),
    (
        "75.83 % lies among the runs that lost two",
        NOTES_NO_HIDDEN,
        digits_lost_near(NOTES_NO_HIDDEN),
    ),
    ("digit is lost: about 92 %. With the", np.median(ENTRIES[12].final)),
    ("of 83.97 %, one of our ten runs", NOTES_BATCHES, len(BATCHES_OF_50)),
    ("almost there, at 83.78 %. The others", BATCHES_OF_50.final[BATCHES_OF_50.lost != ""].item()),
    ("stand at least 8 points higher.", (KEPT.min() - NOTES_BATCHES) // 1),
    ("with eta 3 **three settings changed", 3, settings_between(0, 4)),
    ("60 runs with the scaled start, over three", len(SCALED), len(set(SCALED.sizes))),
    (
        "[Lesson 09](09_debugging_a_network.ipynb) explains",
        Treats("09", "The cure: a scaled start"),
    ),
    (
        "in lessons 03 to 06 | `nnlib/network.py`",
        Treats("03", "`feedforward`"),
        Treats("06", "`backprop`"),
    ),
    ("those of lesson 05: shuffle, cut", Treats("05", "`update_mini_batch`")),
    ("that of lesson 06, with a whole", Treats("06", "`backprop`")),
    ("`cost_derivative` are the three formulas in", 3),
    ("of lesson 03. `evaluate` calls", Treats("03", "`feedforward`")),
    ("the others; two of four pull", 2, 4),
    ("it and counts. Five things are", 5),
    ("Check yourself Three digits, and", len(PUBLISHED[9])),
    ("**Using a `zip` twice.** A zip", 2),
    ("Half a percentage point can be luck, and a lost digit costs ten.", 0.5, 100 / OUTPUTS),
    (
        "[784, 30, 10] with eta 3 reads about 95",
        *SIZES,
        THIRTY.eta[0],
        Near(np.median(THIRTY.final), 0.1),
    ),
    ("30 epochs (87 to 91 % if it learns from 4,000", EPOCHS, 87, 91, SMALL[0]),  # ten seeds
    ("today reads about 98 %. - Choose", TODAY / 100),
    (
        "84 or 76 % can be lost digits, and a number such as 8.92",
        NOTES_BATCHES,
        NOTES_NO_HIDDEN,
        PAPER_DEAD,
    ),
    ("[lesson 08](08_exercises.ipynb),", Treats("08", "exercises")),
    ("contribute? We measure two things: the", 2),
    ("deviation is below 0.05. A neuron", Setting("07", r"flatnonzero\(deviation < (0\.\d+)\)")),
    (
        "20 seeds on the full set one to four neurons were idle; in 20",
        *(len(IDLE[0]), IDLE[0].max(), len(IDLE[1])),
    ),
    (
        "none to three.) Why does training not wake them? Before training none",
        *(IDLE[1].min(), IDLE[1].max(), 0),
    ),
    ("activation near 1, or near 0, on", 1, 0),
    ("- a)$ is nearly 0. It is a factor", 0),
    ("[Lesson 09](09_debugging_a_network.ipynb) meets", Treats("09", "lost digit never returns")),
    ("size Keep eta at 3, which is the", sweep.DEFAULTS["eta"]),
    ("are counted from 0. With the same", Output("07", r"(?m)^Epoch (\d):")),
    ("each, on 10,000 images (4,000 on", Setting("07", r"training_data\[:([\d_]+)\]"), SMALL[0]),
    ("it, which takes two hours or less.", Near(RUNS.seconds.sum() / 3600, 0.6)),
    (
        "10 and the start gaussian): ### What luck adds to the best of ten",
        sweep.DEFAULTS["mini_batch_size"],
        Setting("07", r"size=\(1000, (\d+)\)"),
    ),
    (
        "it: ten such networks, 1,000 times.",
        Setting("07", r"size=\(1000, (\d+)\)"),
        Setting("07", r"size=\((\d+), 10\)"),
    ),
    ('the best of ten. ### What "best"', Setting("07", r"size=\(1000, (\d+)\)")),
    ("run by more than half a point. It", Limit("07", "thirty.best.max() - median > 0.5")),
    (
        "100 stand exactly at a class count? The others still use two",
        DEAD.eta[0],
        2,
    ),
    ("published 8.92, 10.09 and 9.82", PAPER_DEAD, *BOOK_DEAD),
    ("0.001 a network hardly leaves its start: the width of these two", 0.001, 2),
    ("decides. In all three rows every", 3),
    (
        "same in rows 3 and 12 of the ledger;",
        row_of(sizes=[784, 100, 10], eta=3.0),
        row_of(sizes=[784, 100, 10], eta=3.0, init="scaled"),
    ),
]
