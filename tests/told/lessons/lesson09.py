"""What the prose of lesson 09 tells, once more."""

import numpy as np

from course.ask import schedule
from course.lesson09 import fate_lab, faults, lab, ward, ward_lab
from course.measured import ledger
from nnlib import diagnosis
from nnlib.mnist._originals import counts
from nnlib.neurons import sigmoid_prime
from tests.told import starts
from tests.told.lessons.formulas09 import (
    BATCH,
    BELL,
    CODE,
    ETA,
    FIVE,
    FORMULAS,
    LARGER,
    LOSING,
    MEAN_SLOPE,
    MINI,
    PRESSED,
    RATE,
    RUNS,
    SIZES,
    SOURCES,
    TABLES,
)
from tests.told.truths import Evidence, Limit, Near, Output, Setting, Treats

__all__ = ["CODE", "FORMULAS", "NUMBERS", "SOURCES", "TABLES"]

MNIST, TEST = counts()
TRAIN = MNIST - 10_000  # mnist.load() keeps 10,000 for validation
HIDDEN, OUTPUTS = LARGER[1:]
EPOCHS = FIVE.epochs[0]
OF_A_DIGIT = TRAIN // OUTPUTS  # images of each digit, about
SQUARE = Setting("09", r"a_square_of_h - (0\.\d+)")
BRACKET = SQUARE.shown() * HIDDEN + 1
PART = Setting("09", r"part = data\.train\.first\((\d+)\)")
CHECK = Setting("09", r"check = data\.validation\.first\((\d+)\)")
FEW = Setting("09", r"few = part\.first\((\d+)\)")
DIGITS = {kind: np.finfo(kind).nmant * np.log10(2) for kind in (np.float32, np.float64)}
STEEPEST = sigmoid_prime(0.0)
SEEDS_OF_HALVES = Setting("09", r"found = \[\]\n    for seed in range\((\d+)\)")
SCALED = RUNS[(RUNS.init == "scaled") & (RUNS.habits == "")]
BOOK = ledger.ENTRIES[2].published[0][0]  # 96.59, Nielsen's chapter 3: the best of three runs
NOTES = ledger.ENTRIES[6].published[0][0]  # 75.83
PLAIN = ledger.runs(RUNS, ledger.ENTRIES[6])
PLAIN_SCALED = ledger.runs(RUNS, ledger.ENTRIES[12])
LOST = np.array([len(lost.split()) for lost in PLAIN.lost])
COSTS = (np.median(PLAIN_SCALED.final) - PLAIN.final) / LOST  # points for each lost digit
INK = MINI.train.images
POINTS = {"images": 1, "mean images": 1, "gradient check": 3, "learning rates": 4}
SQUARES = Output("09", r"is (\d+) on the full set, 89 on the small one")
HEIGHT = BELL.max()


# The most answers that holding an idle neuron changes, from either start.
HELD = np.max([starts.most("changed", 30, kind, PART.shown(), 10) for kind in ("none", "all")], 0)
SCALED_GROUPS = [(hidden, "all", PART.shown(), 10) for hidden in (30, 100)]
OF_SCALED = (
    sum(sum(starts.counts("lost", *group)) for group in SCALED_GROUPS),
    sum(2 * starts.seeds(*group) for group in SCALED_GROUPS),
)


def plain(eta):
    """(runs that lost a digit, runs) of [784, 10] from the scaled start on both sets."""
    group = 0, "all", 2000, 10, eta
    return sum(starts.counts("lost", *group)), 2 * starts.seeds(*group)


def lost_near(percent):
    """How many digits the run without a hidden layer lost that ends nearest to a percentage."""
    return LOST[np.abs(PLAIN.final - percent).argmin()]


NUMBERS = [
    ("# 09 Debugging a network *In this", 9),
    (
        "97 % or at 69 %, you cure it, and then you diagnose six",
        FIVE.final.max(),
        FIVE.final.min(),
        len(faults.FAULTS),
    ),
    ("[lesson 06](06_backpropagation.ipynb)", Treats("06", "gradient")),
    ("[lesson 07](07_training_mnist.ipynb) for training", Treats("07", "The **confusion matrix**")),
    ("48 minutes to read and try, about 36", 48, 36),
    ("and the exercises, 90 minutes in", 90),
    ("lessons.** Up to three questions that", schedule.MOST),
    (
        "Five people train the same network, [784, 100, 10], on all 50,000",
        len(FIVE),
        *LARGER,
        TRAIN,
    ),
    ("training images, for 30 epochs. They", EPOCHS),
    ("87.1 % | 75.5 % | 96.6 % | 68.8 % | 96.3", *FIVE.final),
    ("28 of 100 images, even after 30", FIVE.final.max() - FIVE.final.min(), 100, EPOCHS),
    ("it should answer 1. From lesson", 1),
    ("From lesson 06, with the quadratic", Treats("06", r"\delta^{(l)}_j = \frac{\partial C}")),
    ("100 hidden neurons the bracket is about 47", HIDDEN, BRACKET),
    ("until its activation is a half.", 0.5),
    ("1. Press *Play*: images of its", 1),
    ("digit come by, eight in a second.", 1000 / fate_lab.PLAY_EVERY),
    ("Watch the arrow. 2. Move **own", 2),
    ("**own images** back to 0 and **z at", 0),
    ("$-10$. Play again. 3. **own images**", 3),
    ("images** back to 0 once more, and", 0),
    ("10^{-7}$. Far below 0 we have $1", 0),
    ("$z$ is lower by 5, that is less", 5),
    (
        "5,000 images of each digit, so 30 epochs show 150,000.",
        fate_lab.EPOCH if fate_lab.EPOCH == OF_A_DIGIT else None,
        EPOCHS,
        EPOCHS * OF_A_DIGIT,
    ),
    ("ends. It takes half a minute to", 0.5),
    ("cancels; see lesson 11.) And it", Treats("11", "cross-entropy")),
    ("07 you trained a network with 30", Treats("07", "30 hidden neurons"), SIZES[1]),
    ("Now we take 100. `part` holds", Setting("09", r"larger = Network\(\[784, (\d+), 10\]")),
    ("`part` holds 4,000 training images,", PART),
    ("first 1,000 validation images (500", CHECK, len(MINI.validation.labels)),
    ("takes about four seconds. (`dtype=np.float64`", 4),
    (
        "with 16 digits in place of 7. So",
        Near(DIGITS[np.float64], 0.5),
        Near(DIGITS[np.float32], 0.2),
    ),
    ("here are three symptoms. Learn", 3),
    ("to see them: 1. the **accuracy**", 1),
    ("other runs reach, 2. the **recall**", 2),
    ("0, or nearly so, while most others look healthy, 3.", 0, 3),
    ("*lost*: fewer than 1 in 20 of its", 1, 1 / diagnosis.LOST_BELOW),
    ("recall of a third or a half. We come", 1 / 3, 0.5),
    ("as in lesson 07: `SGD` calls it", Treats("07", "The curve grows while you watch")),
    ("it reads three instruments, for", 3),
    (r"$\sigma'(z)$ is below 0.01. The largest", diagnosis.SATURATED_BELOW),
    (
        "0.25, so a saturated neuron has less than 4",
        STEEPEST,
        100 * diagnosis.SATURATED_BELOW / STEEPEST,
    ),
    ("two by hand, for the output layer: An output neuron should say 1", 2, 1),
    ("digit and 0 on the nine others.", 0, OUTPUTS - 1),
    ("a 5 the neuron number 5. **Predict.**", 5, 5),
    ("$e^{-16}$, which is 0.0000001. It should", np.exp(-16)),
    ("It should be 1. And you know how", 1),
    ("mean 0 and standard deviation 1.", 0, 1),
    ("$x$, of shape (784,), a neuron", SIZES[0]),
    ("mean of $z$ is 0.) A sigmoid has", 0),
    (
        "6 of 10 output neurons of [784, 10]",
        Output("09", r"saturated at the start: (\d+) %", scale=0.1),
        10,
        784,
        OUTPUTS,
    ),
    ("half of them at 0 and half at 1, the mean of $a_k^2$ would be 1/2.", 0.5, 0, 0.5, 1, 1, 2),
    ("mean is 0.46 (*Deeper* derives", SQUARE),
    ("bracket of 47. **Predict.** Compute", RATE / (ETA / BATCH)),
    ("is far above 0 for some output", 0),
    ('nine of ten images tell a neuron "say 0".', OUTPUTS - 1, OUTPUTS, 0),
    ("first steps go? 200 images were", Setting("09", r"range\(0, (\d+), 10\)")),
    ("output neurons of 20 such networks", starts.seeds(*LOSING)),
    (
        "two kinds overlap: the median $z$ was 0.1 on the full set and 0.7",
        2,
        *starts.medians("kept_0", *LOSING),
    ),
    ("lost. After 20 mini-batches it", Output("09", r"after (\d+) mini-batches\n")),
    ("That is only 3 lower, and takes", -9 - -12),
    ("the other nine (orange, dashed);", OUTPUTS - 1),
    ("bar, below 0.01, is saturated.", diagnosis.SATURATED_BELOW),
    ("the wrong side. 1. Move **epoch**", 1),
    ("Move **epoch** to 0. How many are", 0),
    ("blue hill. 2. Change **start**", 2),
    ("as in lesson 07), and step through", Treats("07", "each weight then begins smaller")),
    ("the epochs again. 3. Back to *gaussian*.", 3),
    ("size** to 30 and to 0, then the", SIZES[1], 0),
    ("and how many? 4. With *scaled*:", 4),
    ("to 0 and eta to 3, then to 1. Which", 0, ETA, 1),
    ("for ten epochs on 2,000 images,", lab.EPOCHS, lab.TRAIN),
    ("spread by about 1, whatever the", 1),
    (
        "0 and 1 is between 0 and 1, so $z$ spreads by 1 to 1.4, for 10",
        *(0, 1, 0, 1),
        np.sqrt(0 + 1),
        np.sqrt(1 + 1),
        10,
    ),
    ("for a million. **Predict.** How", 1_000_000),
    ("we can put the two runs side by", 2),
    ("epoch 0: there the two differ,", 0, 2),
    ("recall tell the two apart. ###", 2),
    ("output layer, with eight seeds each.", SEEDS_OF_HALVES),
    ("each. Eight runs have 80 digits,", SEEDS_OF_HALVES, OUTPUTS * SEEDS_OF_HALVES.shown()),
    ("takes about four seconds. **Predict.**", 4),
    ("Which of the two halves cures? So", 2, 0.5),
    ("the first 20 mini-batches, and", Output("09", r"after (\d+) mini-batches\n")),
    ("in the middle of 32 seeds on each", starts.seeds(100, "none", 2000, 5)),
    ("sets, after five epochs on 2,000", Setting("09", r"net\.SGD\(few, (\d+),"), FEW),
    (
        "ten | |---|---|---|---| | neither layer | $-10$ | 62 % | 3.5",
        OUTPUTS,
        *PRESSED["neither layer"][1:],
    ),
    (
        "22 % | 6.8 | | output layer only | $-7$ to $-8$ | 61 % | 2.9",
        *PRESSED["hidden layer only"][1:],
        *PRESSED["output layer only"][1:],
    ),
    ("both | $-7$ | 0 % | 0.1 | With the", *PRESSED["both"][1:]),
    ("scaled alone, six of ten hidden", PRESSED["output layer only"][1] // 10, 10),
    ("one cause of two. When somebody,", 2),
    ("it. As in lesson 07 we call it", Treats("07", "We call a neuron *idle* if")),
    ("images is below 0.05. Here are", Setting("09", r'deviations\["gaussian"\] < (0\.\d+)')),
    ("are two networks [784, 30, 10]", 2, *SIZES),
    ("takes about three seconds. **Predict.**", 3),
    ("How many of the 30 could you do", SIZES[1]),
    ("switch it off. 1. Which columns", 1),
    ("many answers change? 2. Two of", 2, 2),
    (
        "cost hundreds of answers, or a dozen",
        100,
        Evidence("09", '9 <= changed("gaussian", "at 0", 2) < 20'),
    ),
    ("the two worth now, and why? 3. *All on*,", 2, 3),
    (
        "digit, but two of 30 neurons. Seed",
        len([2, 28]),  # flatnonzero(deviations["gaussian"] < 0.05)
        SIZES[1],
    ),
    ("neurons. Seed 7 was chosen because", Setting("09", r"init=init, rng=(\d+), dtype")),
    (
        "20 seeds on each data set, 16 on the full and 14",
        starts.seeds(30, "none", PART.shown(), 10),
        *starts.counts("idle", 30, "none", PART.shown(), 10),
    ),
    ("had one to three idle neurons with", max(starts.most("idle", 30, "none", PART.shown(), 10))),
    ("start it was 2 and 0. Held at its", *starts.counts("idle", 30, "all", PART.shown(), 10)),
    (
        "none of these changed more than 5 of 10,000 answers (2 of 500).",
        *(0, HELD[0], MNIST - TRAIN, HELD[1], len(MINI.validation.labels)),
    ),
    (
        "19: it was picked for this lesson because it loses the same two",
        Setting("09", r"larger = Network\(\[784, 100, 10\], rng=(\d+)"),
        Evidence("09", "len(lost) == 2"),
    ),
    (
        "two hours or less) holds full runs on the full set: 50,000",
        Near(RUNS.seconds.sum() / 3600, 0.6),
        TRAIN,
    ),
    ("30 epochs, counted on the 10,000", SCALED.epochs.max(), TEST),
    (
        "Three networks have the scaled start, with 20",
        len(set(SCALED.sizes)),
        len(SCALED) / len(set(SCALED.sizes)),
    ),
    ("lost digit in 60 of 60 runs with", (SCALED.lost == "").sum(), len(SCALED)),
    (
        "96.59 % for [784, 100, 10] with the gaussian start, the best of three",
        BOOK,
        *LARGER,
        int(ledger.ENTRIES[2].published[0][1].split()[-1]),
    ),
    ("|---|---|---|---| | 1 | **data**", 1),
    (
        "0 to 1, mean 0.13; ten different, readable mean images | | 2",
        INK.min(),
        INK.max(),
        INK.mean(),
        OUTPUTS,
        2,
    ),
    ("(784, m) into `feedforward`, (10, m) out | | 3", SIZES[0], OUTPUTS, 3),
    ("4 | **learning rate** | short runs, factors of 10 to 30", 4, 10, 30),
    ("5 | **ten examples** | train on ten images only | 10 of 10,", 5, *[ward.BY_HEART] * 4),
    ("quickly | | 6 | **saturation**", 6),
    ("0.01, at the start and during training | spread near 1", diagnosis.SATURATED_BELOW, 1),
    ("recall near 0 | Point 5 tells whether", 0, 5),
    ("learn *anything*. Ten images can", ward.BY_HEART),
    ("cannot do that in 50 steps, do not", ward.STEPS),
    ("six patients Six networks [784, 30, 10]", *[len(faults.FAULTS)] * 2, *faults.SIZES),
    ("is trained on 2,000 images, and", faults.TRAIN),
    ("paper is 1 and ink is 0, in training", 1, 0),
    ("pixels from 0 to 255. Patient", 0, 255),
    ("Patient 0 is healthy, for comparison.", 0),
    ("first four are points 1, 3 and 4", len(POINTS), *sorted(set(POINTS.values()))),
    (
        "*ten examples* is point 5, the other four are point 6.",
        ward.BY_HEART,
        5,
        len(ward.INSTRUMENTS) - len(POINTS) - 1,
        6,
    ),
    (
        "of all seven: five curves crawl",
        len(ward_lab.PATIENTS),
        len(ward_lab.PATIENTS) - len([0, 4]),  # an evidence cell has their accuracies
    ),
    ("bottom. One, patient 4, learns, and", 4),
    ("### Patient 1, together *images*:", 1),
    (
        "ten times the same gray blob, and fewer than 20",
        OUTPUTS,
        Limit(
            "09",
            "faults.label_fit(*first.training) < 0.2 < 0.7 < faults.label_fit(*healthy.training)",
            scale=100,
        ),
    ),
    ("*shuffled labels*. (*ten examples*", ward.BY_HEART),
    ("heart.) ### Patients 2 to 6, on your", 2, len(faults.FAULTS)),
    ("### Where the 0.46 comes from How", 1 / 2 - MEAN_SLOPE),
    ("of $a$ is 1/2, because $z$ and", 1, 2),
    (r"$\overline{\sigma'}$ follows from two areas: -", 2),
    ("standard deviation 9.4. Its height", np.sqrt(SQUARES.shown() + 1)),
    ("strip of width 1 there lie 4.2 % of", 1, 100 * HEIGHT),
    (r"$\sigma'$ is nearly 0 elsewhere, and", 0),
    ("right: from 0 to 1, so it is 1. The", 0, 1, 1),
    ("of shape (10, 100). Compare the", OUTPUTS, HIDDEN),
    ("runs here The eight seeds of *Which", SEEDS_OF_HALVES),
    ("scaling; five epochs on 2,000 images.", Setting("09", r"net\.SGD\(few, (\d+),"), FEW),
    ("takes about three seconds. All", 3),
    ("one kind, and none or hardly any", 0),
    (
        '"none": with 32 seeds, 1 scaled run on the full set and 5',
        *(0, starts.seeds(100, "all", 2000, 5), *starts.counts("lost", 100, "all", 2000, 5)),
    ),
    ("digit after these five epochs. Most", Setting("09", r"net\.SGD\(few, (\d+),")),
    (
        "ten epochs on the same images it was 0 and 1 of 32, and after ten",
        *(10, *starts.counts("lost", 100, "all", 2000, 10), starts.seeds(100, "all", 2000, 10), 10),
    ),
    (
        "epochs on 4,000 images none of 20 on",
        *(PART, sum(starts.counts("lost", 100, "all", 4000, 10)), 20),
    ),
    ("30 hidden neurons, scaling the output layer alone kept all ten", SIZES[1], OUTPUTS),
    (
        "64 runs, but the median accuracy was 79.5 % on the full set and 85.1",
        2 * starts.seeds(30, "output", 2000, 5),
        *starts.medians("accuracy", 30, "output", 2000, 5),
    ),
    ("place of 88.3 and 91.2 % with both", *starts.medians("accuracy", 30, "all", 2000, 5)),
    ("### The published 75.83 %", NOTES),
    ("notes of which [lesson 07](07_training_mnist.ipynb) tells, for", Treats("07", "75.83 %")),
    ("run of [784, 10]. Here are", 784, OUTPUTS),
    ("gaussian runs of [784, 10] in the", 784, OUTPUTS),
    ("costs eight to ten of 100 images.", Near(COSTS.min(), 0.5), Near(COSTS.max(), 0.5), 100),
    ("published 75.83 % fits two lost", NOTES, lost_near(NOTES)),
    ("start all 20 runs are near 92 %.", len(PLAIN_SCALED), np.median(PLAIN_SCALED.final)),
    ("layer, at eta 3. The start was", ETA),
    ("the start is half of the cure,", 0.5),
    ("is the other half. With a hidden", 0.5),
    (r"ten epochs on 4,000 images, at $\eta = 3$, none of 80", 10, PART, *OF_SCALED),
    ("scaled runs with 30 or 100 of them", SIZES[1], HIDDEN),
    ("ten epochs on 2,000 images, it was 51 of 64", lab.EPOCHS, lab.TRAIN, *plain(3.0)),
    (r"= 3$ and none of 64 at $\eta =", *plain(1.0)),
    (r"at $\eta = 1$. (Half of the runs", 0.5),
    ("### Is patient 4 ill, or unlucky?", 4),
    (
        "Five seeds each, five epochs; the cell takes about three",
        Setting("09", r"share_read\(4, seed\) for seed in range\((\d+)\)"),
        Setting("09", r"patient\.train\((\d+)\)"),
        3,
    ),
    ("a sentence.) All seven take a few", Output("09", r"different diagnoses: (\d+)")),
    ("4 is found with the function of lesson 06,", 4, Treats("06", "`gradients.gradient_check`")),
    (
        "15 and 16 of [lesson 08](08_exercises.ipynb)",
        15,
        16,
        Treats("08", "### Exercise 16, in three parts"),
    ),
    ("If one of the two lost a digit,", 2),
    ('**"100 hidden neurons are worse than 30."**', HIDDEN, SIZES[1]),
    ("84 % may be a mediocre network, or a good one that never says 5.", 84, 5),
    ('right."** Patient 4 learned. -', 4),
    ("$e^{|z|}$. ## Summary 1. With standard", 1),
    ("digits are lost. 2. Dividing weights", 2),
    ("1: in the ledger no digit was lost in 60", 1, len(SCALED)),
    ("runs. 3. When a network does not", 3),
    ("learning rate, ten examples, saturation,", ward.BY_HEART),
    ("order. **Next**: [10 Reading handwriting](10_reading_handwriting.ipynb)", 10),
]
