"""What the prose of lesson 10 tells, once more."""

import numpy as np

from course.ask import schedule
from course.lesson10 import clinic, clinic_lab, collection
from course.measured import other_writers
from course.measured import reader as measured
from nnlib import handwriting, mnist
from nnlib.handwriting import normalising, segmentation
from tests.told.truths import Output, Setting, Treats, is_path

SIDE, BOX = normalising.SIDE, normalising.BOX
SHEET = Setting("10", r"\npad = Pad\((\d+), 224,")
SQUEEZED = SHEET.shown() / SIDE
MIDDLE = SIDE // 2
READER = handwriting.reader()
OUTPUTS = READER.sizes[-1]
MINI = mnist.load("mini")
SMALL = MINI.test.images.reshape(-1, SIDE, SIDE)
OTHERS = other_writers.load().images
SHIFT = Setting("10", r"\{100 \* accuracy\(net, moved\(check\.images, 0, (\d)\)\)")
NONE = Setting("10", r"for _ in range\((\d{4})\)")
YES = Setting("10", r"max\(axis=0\) > (0\.\d)\)")
NUMBERS_READ = Setting("10", r"def numbers_read\(network, rng, n=(\d+)\)")
HALF = 0.5
READS = Output("10", r"(?m)^in the middle: (\d+) %$")  # percent, `net` of the test images
NUMBER = Setting("10", r'wide_pad\.strokes = written\.number\("(\d+)"')
AMOUNTS = {name: amounts for name, (amounts, _) in clinic_lab.AMOUNTS.items()}
MOVED = Output("10", r"Digits moved (\d+) pixels").shown()
STEPS = {(0, 1): -0.1, (1, 2): -3.0, (2, 3): -0.2, (0, 2): -0.9, (1, 3): -2.4, (0, 3): -2.0}
LAST = Setting("10", r"best_path\(steps, (\d)\)")
WRITERS = 13  # of the test set, as Alpaydin and Kaynak say, 1998; 30 others wrote the rest


def apart(digit):
    """How far box and center of mass of a digit are apart at most, in pixels."""
    boxes = map(handwriting.crop, SMALL[MINI.test.labels == digit])
    middles = [(handwriting.center_of_mass(box), (np.array(box.shape) - 1) / 2) for box in boxes]
    return max(np.abs(mass - middle).max() for mass, middle in middles)


def told_score(a):
    """log a_k and the sum of log(1 - a_j) over the others."""
    k = int(np.argmax(a))
    return np.log(a[k]) + sum(np.log(1 - a[j]) for j in range(10) if j != k)


def scores_as_told():
    """Whether `nnlib` scores outputs as the formula does."""
    outputs = np.random.default_rng(10).uniform(0.01, 0.99, size=(20, 10))
    return all(np.isclose(segmentation._fit(a), told_score(a)) for a in outputs)


def is_score(outputs, low, high):
    """Whether the score of outputs lies within limits."""
    return low < segmentation._fit(np.array(outputs)) < high


def reads_an_array():
    return handwriting.read_digit(np.ones((224, 224))).text == ""


def turns_gray_into_ink():
    return [1 - image / 255 for image in (0, 255)] == [1, 0]


def their_class(reader):
    """The lines with which a reader opens the digits of a class, as they stand on the page."""
    # fmt: off
    from course.lesson10.collection import together

    ours = together("digits")
    print(reader.evaluate((ours.images, ours.labels)), "of", len(ours.labels))
    # fmt: on


NUMBERS = [
    ("# 10 Reading handwriting *In this", 10),
    ('network to say "none of these",', 0),
    ("[lesson 07](07_training_mnist.ipynb)", Treats("07", "We train for 30 epochs")),
    ("09](09_debugging_a_network.ipynb)", Treats("09", "**Looking at the accuracy only.**")),
    ("50 minutes to read and try, about 20 for the exercises, 90", 50, 20, 90),
    ("lessons.** Up to three questions that", schedule.MOST),
    ("a network [784, 250, 10] that the", *READER.sizes),
    (
        "7 in a corner of a sheet of 224 × 224",
        Setting("10", r"sheet = small\((\d)\)"),
        SHEET,
        SHEET,
    ),
    ("28 × 28, so we squeeze: each new pixel is the mean of 8 × 8", *[SIDE] * 2, *[SQUEEZED] * 2),
    ("the 7? Here are all ten digits,", Setting("10", r"sheet = small\((\d)\)"), OUTPUTS),
    ("network says. Ten clear digits,", OUTPUTS),
    ("about a 7, it knows about a 7 in", 7, 7),
    ("numbered 0 to 27, and 14 counts", 0, SIDE - 1, MIDDLE),
    ("20 pixels, and put its **center** of mass into the middle of 28 × 28.", BOX, SIDE, SIDE),
    ("below. Now the three others. ###", len(clinic.STEPS) - 1),
    (
        "2 pixels of 5, each new pixel takes in two and a half old ones: two",
        Setting("10", r"print\(shares\(5, (\d)\)\)"),
        Setting("10", r"print\(shares\((\d), 2\)\)"),
        5 // 2,
        5 / 2 - 5 // 2,
        5 // 2,
    ),
    ("whole, and a half. Written as a", 5 / 2 - 5 // 2),
    ("Write the two rows for 5 and 2 on", 2, 5, 2),
    ("factor, so a 1 stays narrow. ###", 1),
    ("`handwriting.normalise` does all four steps, and", len(clinic.STEPS)),
    ("(dark), and the ten outputs. Then", OUTPUTS),
    ("as ink (0 is black, 1 is white);", 0, 1),
    ("than 28 pixels is brought to 28;", SIDE, SIDE),
    ("1 with a foot, a 4 that is open at the top, a 7", 1, 4, 7),
    (
        "30 hidden neurons, 10,000 images, five",
        Setting("10", r"network = Network\(\[784, (\d+), 10\]"),
        Setting("10", r"part = data\.train\.first\(([\d_]+)\)"),
        Setting("10", r"network\.SGD\(\(images, targets\), (\d+),"),
    ),
    ("the right by 3 pixels. (`np.roll`", SHIFT),
    ("with one of six faults. Choose", len(clinic.FAULTS)),
    ("accuracy on 1,000 test digits (500 of", clinic.DIGITS, len(SMALL)),
    ("step take away? 1. *off center*,", 1),
    ("*off center*, 3: tick *crop*,", AMOUNTS["off center"].index(MOVED)),
    ("accuracy back? 2. *too small*,", 2),
    ("3: which step do these digits", AMOUNTS["too small"].index(0.5)),
    ("as they are do not? 3. *light", 3),
    ("*light on dark*, 5, without *ink*:", AMOUNTS["light on dark"].index(100)),
    ("are not. Why? 4. *slanted*, *too", 4),
    (
        "three copies of each image, moved by up to 3",
        Setting("10", r"shifted_copies\(part\.images\) for _ in range\((\d)\)"),
        Setting("10", r"rng\.integers\(-(\d), 4,"),
    ),
    ("takes about five seconds. Inside", 5),
    ("that have it. ## None of these The", 0),
    ("two digits of a number there are half", 2, 0.5),
    (
        "Here are eight of 300, made of",
        Setting("10", r"scribbles\[:(\d)\]\)"),
        Setting("10", r"\.ravel\(\) for _ in range\((\d{3})\)\]"),
    ),
    ("an output above 0.5? A network", YES),
    ("of what is none. It answers *which", 0),
    ('ten outputs say "none of these"? The next cell gives the network 2,000', OUTPUTS, 0, NONE),
    ("takes about five seconds. That", 5),
    (
        "1, so they can all be 0 at once, and that was the target of the 2,000",
        1,
        0,
        Setting("10", r"np\.zeros\(\((\d+), 10\)\)"),
    ),
    ("504192, the number of lesson 00.", NUMBER, Treats("00", "six handwritten digits")),
    ("Where digits touch, two or more", 2),
    ("a 5 whose hat is apart is two.)", 5, 2),
    (
        "ways can you read 15 pieces in a",
        Setting("10", r"for _ in range\((\d+)\):  # one piece more"),
    ),
    ("network gives its ten outputs $a_0$", OUTPUTS),
    ("1 **and all the others are near 0**.", 1, 0),
    ("has the score 0; every doubt makes", np.log(1)),
    ('"none of these" pays: with all outputs near 0,', 0, 0),
    ("a_k$ is far below 0. A cut has", 0),
    ("its right: 0.25, and 0.5 more for", segmentation.EACH, segmentation.CUTTING),
    ("a row of places: 0 at the left", 0),
    ("small case: three pieces, six runs", LAST, len(STEPS)),
    ("2 comes over place 0 or place 1,", 2, *(start for start, stop in sorted(STEPS) if stop == 2)),
    ("write a number three times: with", 3),
    ("digits of 504192 together, step", NUMBER),
    ("are tried. Where two digits share", 2),
    ("measured it, on 400 numbers of", measured.NUMBERS),
    (
        '"none of these" is worth Numbers of five',
        0,
        Setting("10", r"len\(check\.labels\), size=(\d)\)"),
    ),
    ("reads about 91 of 100 single digits.", READS, 100),
    ("100 such numbers does it read whole? The next cell takes about ten", 100, 10),
    ("(There is luck in it: by [lesson 05]", Treats("05", "A poll's spread is")),
    ("share near a half has a spread", HALF),
    ("of 8 points.)", round(100 * np.sqrt(HALF * (1 - HALF) / NUMBERS_READ.shown()))),
    ("this and more: 250 hidden neurons,", READER.sizes[1]),
    ("of which lesson 11 tells. ## A", Treats("11", "The **cross-entropy** of one example")),
    ("make one of 504192, so that you", NUMBER),
    ("1,797 digits by 13 people in Turkey, 8 × 8", len(OTHERS), WRITERS, *OTHERS.shape[1:]),
    ("United States, a 1 is mostly one", 1),
    ("is not the 1 alone. Set `digit`", Setting("10", r"(?m)^digit = (\d)$")),
    ('1? (That the pixels are as coarse as 8 × 8 may add to it.) "91', 1, *OTHERS.shape[1:], READS),
    ("Write each digit three times; what", 3),
    ("0 is paper and 1 is ink; in a photo 0", 0, 1, 0),
    ("whole sheet to 28 × 28.** The digit", SIDE, SIDE),
    ("both sides to 20.** A 1 becomes a", BOX, 1),
    ("7 the two are up to 4 pixels apart, and you have seen what 3", 7, 2, apart(7), SHIFT),
    (
        'whole ways. - **"98 %" without',
        Output("10", r"([\d.]+) % of the test images are read").shown() // 1,
    ),
    ("images. ## Summary 1. Bring a digit", 1),
    ("crop, scale to 20 pixels, center", BOX),
    ("away, train on. 2. Sigmoid outputs", 2),
    ('"none of these", all ten near 0,', 0, OUTPUTS, 0),
    ("dynamic programming. 3. An accuracy", 3),
    ("11](11_toward_deep_learning.ipynb),", Treats("11", "more hidden layers")),
]

FORMULAS = [
    ("a_0", lambda: READER.feedforward(np.zeros((784, 1))).shape == (10, 1)),
    ("a_9", lambda: range(OUTPUTS)[-1] == 9),
    ("1 - a_j", lambda: is_score([0.9] + [0.5] + 8 * [0], np.log(0.9 * 0.49), np.log(0.9 * 0.51))),
    (r"\text{score} = \log a_k + \sum_{j \ne k} \log (1 - a_j) .", scores_as_told),
    (r"\log a_k", lambda: is_score(10 * [0.001], -8, -6)),
]

WHERE = {
    "finding the ink: light, shadow, ruled paper": ("nnlib/handwriting/ink.py",),
    "crop, scale, center, `normalise`": ("nnlib/handwriting/normalising.py",),
    "connected parts and trial cuts": ("nnlib/handwriting/pieces.py",),
    "scores and the best way": ("nnlib/handwriting/segmentation.py",),
    "`read_digit`, `read_number`, `reader`": ("nnlib/handwriting/__init__.py",),
    "how the reader was trained": ("course/measured/reader.py", "course/measured/composed.py"),
    "the labs": ("course/lesson10/",),
}
TABLES = [
    [
        ["what", "where"],
        *([what, ", ".join(f"`{path}`" for path in paths)] for what, paths in WHERE.items()),
    ]
]

CODE = {
    **{path: lambda path=path: is_path(path) for paths in WHERE.values() for path in paths},
    "handwriting.read_digit(pad)": reads_an_array,
    'handwriting.read_number("photo.jpg")': lambda: callable(handwriting.read_number),
    "my_digits.npz": lambda: collection.FILE_NAME == "my_digits.npz",
    "questions.why_20.solution()": "a call of a question, which shows its worked solution",
    "1 - image / 255": turns_gray_into_ink,
}
SOURCES = [their_class]
