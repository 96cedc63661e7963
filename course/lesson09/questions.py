"""Lesson 09: lost digits, inverted images, how far z spreads, and the patients of the ward."""

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong
from course.lesson07.questions import part_by_part


def lost_and_ceiling(confusion):
    """Digits with a recall below 1/20, and the percent of all images that are of other digits.

    confusion: (10, 10), row = true digit, column = answer, with at least one image. A digit without
    images has no recall and is not lost.
    """
    confusion = np.asarray(confusion)
    images = confusion.sum(axis=1)
    lost = [d for d in range(10) if 20 * confusion[d, d] < images[d]]
    return lost, 100 * (1 - images[lost].sum() / images.sum())


def _ceiling(confusion, lost):
    images = np.sum(confusion, axis=1)
    return 100 * (1 - images[lost].sum() / images.sum())


def _judging_by(rule):
    """The same function with another rule for lost digits: rule(confusion, digit) -> bool."""

    def mistaken(confusion):
        confusion = np.asarray(confusion)
        lost = [d for d in range(10) if rule(confusion, d)]
        return lost, _ceiling(confusion, lost)

    return mistaken


def _accuracy_now(confusion):
    return lost_and_ceiling(confusion)[0], 100 * np.trace(confusion) / np.sum(confusion)


def _ten_points_each(confusion):
    lost = lost_and_ceiling(confusion)[0]
    return lost, 100 - 10 * len(lost)


def _matrix(images, moved=()):
    """A confusion matrix of a network that is right, but for some images of the digits.

    images: how many of each digit, (10,).  moved: triples (digit, answer, count of its images).
    """
    confusion = np.diag(images)
    for digit, answer, count in moved:
        confusion[digit, digit] -= count
        confusion[digit, answer] += count
    return confusion


FEW_FIVES = [50, 50, 50, 50, 50, 5, 50, 50, 50, 50]
UNEVEN = [97, 116, 99, 103, 98, 86, 98, 106, 101, 96]
MISTAKES = [(2, 7, 4), (3, 8, 6), (4, 9, 9), (8, 5, 3), (9, 4, 5)]
CONFUSIONS = {
    "a network without a lost digit": (_matrix(UNEVEN, MISTAKES),),
    "a network that never answers 5": (
        _matrix(UNEVEN, [*MISTAKES[:3], (5, 3, 61), (5, 8, 25), (9, 4, 5)]),
    ),
    "a network that has lost two digits": (
        _matrix(UNEVEN, [(2, 1, 70), (2, 3, 29), (8, 3, 80), (8, 5, 21), (4, 9, 7), (6, 8, 1)]),
    ),
    "a few images of 5, and too many answers 5": (
        _matrix(FEW_FIVES, [(3, 5, 45), (8, 5, 44), (0, 5, 30), (2, 5, 30)]),
    ),
    "a recall of exactly 1 in 20": (_matrix([100] * 10, [(7, 1, 95), (4, 9, 96)]),),
    "images without a single 6": (_matrix([50, 50, 50, 50, 50, 50, 0, 50, 50, 50], [(1, 7, 50)]),),
    "a network that always answers 1": (
        _matrix(UNEVEN, [(d, 1, UNEVEN[d]) for d in range(10) if d != 1]),
    ),
    "images of 0 only, none of them recognized": (_matrix([20] + [0] * 9, [(0, 6, 20)]),),
}


def _same_diagnosis(given, expected, name):
    """None if (lost digits in any order, ceiling) is the expected pair, otherwise a message."""
    if not isinstance(given, (tuple, list)) or len(given) != 2 or given[0] is None:
        return part_by_part("lost", "ceiling")(given, expected, name)
    return _same_digits(given[0], expected[0], name) or compare.arrays(
        given[1],
        expected[1],
        f"`ceiling` in {name}",
        factors={0.01: "It is asked for in percent, from 0 to 100."},
    )


def _same_digits(given, expected, name):
    try:
        digits = compare.numbers(given, None, f"`lost` in {name}")
    except Wrong as wrong:
        return str(wrong)
    if digits.ndim != 1:
        return f"`lost` in {name} is not a list of digits. It is a list also for one digit or none."
    extra, missing = (sorted(a) for a in (set(digits) - set(expected), set(expected) - set(digits)))
    if extra:
        return (
            f"`lost` in {name} names {extra[0]:g}, which is not lost. How many images of this "
            "digit are there, and how many of these are recognized?"
        )
    if missing:
        return f"`lost` in {name} leaves out a digit: its recall is below 1/20."
    return None if len(digits) == len(expected) else f"`lost` in {name} names a digit twice."


def check_lost_digits(f):
    """Compare a diagnosis on matrices with traps: no images, a favored answer, exactly 1 in 20."""
    return compare.function(
        f,
        CONFUSIONS,
        lost_and_ceiling,
        same=_same_diagnosis,
        misconceptions=[
            (
                _judging_by(lambda c, d: c[:, d].sum() == 0),
                "This calls a digit lost if its column is empty. That is the symptom to look for "
                "first, but a digit that is answered once or twice is lost as well, and of a digit "
                "without images nothing is known. Use the recall.",
            ),
            (
                _judging_by(lambda c, d: c[d, d] < 0.05 * c[:, d].sum() or not c[:, d].any()),
                "This divides by the sum of the column: it asks how often the answer is right. "
                "Recall asks how many of the digit's images are recognized.",
            ),
            (
                _judging_by(lambda c, d: c[d, d] == 0),
                "This calls a digit lost if none of its images is recognized. Fewer than 1 in 20 "
                "is enough; and a digit without images is not lost.",
            ),
            (
                _judging_by(lambda c, d: c[d].sum() > 0 and c[d, d] == 0),
                "This calls a digit lost if none of its images is recognized. Fewer than 1 in 20 "
                "is enough.",
            ),
            (
                _judging_by(lambda c, d: c[d].sum() > 0 and c[d, d] <= 0.05 * c[d].sum()),
                "Exactly 1 in 20 is not *fewer than* 1 in 20.",
            ),
            (
                _judging_by(lambda c, d: c[d, d] < 0.05 * max(c[d].sum(), 1)),
                "A digit without images has no recall: whether it is lost cannot be known, so it "
                "does not belong into the list.",
            ),
            (
                _accuracy_now,
                "The digits are right. But `ceiling` is the accuracy that the network has now. How "
                "high could it rise if it made no mistake with the other digits?",
            ),
            (
                _ten_points_each,
                "The digits are right. But not every digit has exactly a tenth of the images: "
                "count them in the rows.",
            ),
        ],
    )


which_digit = Exercise(
    "09-which-digit",
    "Which digit was lost, and what does it cost?",
    minutes=15,
    difficulty=2,
    question="""
The accuracy of a network stands still, epoch after epoch. The confusion matrix says why. Write
`diagnose(confusion)` for such a matrix: an array of counts of shape (10, 10), where row i holds the
images of digit i and column j the answers j. It counts at least one image. Return the pair
`(lost, ceiling)`:

- `lost` is a list of the digits of which **fewer than 1 in 20** images are recognized, the empty
  list if there is none. A digit without a single image in the matrix is not lost: nothing is known
  about it.
- `ceiling` is the accuracy in percent that this network can reach, at best, as long as these digits
  stay lost: it recognizes none of their images, and all of the others.

If the accuracy curve stands still just below the ceiling, lost digits explain it.
""",
    variable="diagnose",
    starter="def diagnose(confusion):\n    ...",
    check=check_lost_digits,
    right="Rows say what was written, columns what was answered; the price of a digit is its row.",
    hints=[
        "The recall of digit i is the count on the diagonal divided by the sum of row i. For which "
        "rows can you not divide?",
        "Without a division: digit i is lost if its row is not empty and 20 times the count on the "
        "diagonal is less than the sum of the row.",
        "The rows of the lost digits hold the images that the network cannot get right. All other "
        "images, divided by all images, are the ceiling.",
    ],
    solution="""
The recall of a digit is its count on the diagonal, divided by the number of its images, which is
the sum of its **row**. The column is what you look at first, because it strikes the eye: the
network never gives this answer, so the column is empty. But the column alone can mislead. A lost
digit may be answered once by chance. And a digit that is not among the images at all may have an
empty column in a healthy network. Compare 20 times the count with the sum, and nothing is divided
by 0.

The ceiling is what is left when the images of the lost digits are all wrong and the others all
right. Each lost digit lowers it by its share of the images, about a tenth.

```python
import numpy as np


def diagnose(confusion):
    images = confusion.sum(axis=1)  # (10,), how many of each digit
    right = np.diag(confusion)  # (10,), how many of these are recognized
    lost = [d for d in range(10) if images[d] > 0 and 20 * right[d] < images[d]]
    ceiling = 100 * (images.sum() - images[lost].sum()) / images.sum()
    return lost, ceiling
```

`20 * right[d] < images[d]` is false for exactly 1 in 20, and false for an empty row as well, since
0 < 0 is false; the condition `images[d] > 0` only says it aloud.
""",
)


how_many_lost = Choice(
    "09-how-many-lost",
    "From the curve alone",
    question="""
The network [784, 10] reaches 92.0 % of the test images if all goes well. In your run the accuracy
has stood still at 74.4 % for twenty epochs. How many digits has this run lost, most likely?
""",
    options={
        "none: its learning rate is too small": "Then the accuracy would still be rising, if "
        "only slowly. It stands still.",
        "one": "One digit is about a tenth of the images. What is missing here is more than that.",
        "two": "Each lost digit costs about a tenth of the images, less those of them that the "
        "healthy network gets wrong, too.",
        "seven": "Then hardly more than three digits could be right. How much of 100 % would that "
        "be, at most?",
    },
    right="two",
    minutes=2,
    hints=[
        "How many points are missing, compared with a run in which all goes well?",
        "About which share of all images shows one single digit?",
    ],
    solution="92.0 − 74.4 = 17.6 points are missing. A lost digit costs the share of its images "
    "that a healthy network recognizes, which is 8 to 10 points. So two are lost. Which two, the "
    "curve cannot say; the confusion matrix can.",
)


def invert(weights, biases):
    """First layer (w, b) for the images 1 - x with the same z as (weights, biases) for x."""
    return -weights, biases + weights.sum(axis=1, keepdims=True)


def _first_layer(n_out, n_in, seed, dtype=float):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n_out, n_in)).astype(dtype), rng.standard_normal((n_out, 1))


def check_invert(f):
    """Compare a first layer for inverted images with the true one, which is unique."""
    return compare.function(
        f,
        {
            "3 neurons with 5 inputs": _first_layer(3, 5, seed=1),
            "one neuron with one input": (np.array([[2.0]]), np.array([[0.5]])),
            "4 neurons with 4 inputs": _first_layer(4, 4, seed=2),
            "weights that are all 0": (np.zeros((2, 3)), np.array([[1.0], [-1.0]])),
            "weights that add up to 0": (np.array([[1.5, -1.5], [2.0, -2.0]]), np.ones((2, 1))),
            "30 neurons with 784 inputs in float32": _first_layer(30, 784, 3, np.float32),
        },
        invert,
        same=part_by_part("weights", "biases"),
        misconceptions=[
            (
                lambda w, b: (-w, b),
                "The weights are right. But look at the constant part of w·(1 − x): is it 0?",
            ),
            (
                lambda w, b: (-w, -b),
                "This gives −z in place of z: the whole sum has changed its sign, and with it the "
                "answer of every neuron. Write w·(1 − x) + b out before you choose.",
            ),
            (
                lambda w, b: (-w, b - w.sum(axis=1, keepdims=True)),
                "The weights are right, and the biases differ by the right amount, but in the "
                "wrong direction.",
            ),
            (
                lambda w, b: (w, b - w.sum(axis=1, keepdims=True)),
                "With these biases, and weights of the old sign, a black pixel still pushes where "
                "it did. After the inversion it is the paper that has the large numbers.",
            ),
            (
                lambda w, b: (w, b),
                "This is the old layer. Its weighted inputs change when the image is inverted.",
            ),
            (
                lambda w, b: (1 - w, b),
                "The images are inverted by 1 − x, not the weights by 1 − w.",
            ),
            (
                lambda w, b: (-w, b + w.sum()),
                "The weights are right. But the biases get one and the same sum. Each neuron has "
                "weights of its own.",
            ),
            (
                lambda w, b: (-w, b + w.mean(axis=1, keepdims=True)),
                "The weights are right. But z is a sum over the inputs, not a mean.",
            ),
        ],
    )


inverted_images = Exercise(
    "09-inverted-images",
    "Every image inverted",
    minutes=25,
    difficulty=3,
    question="""
Somebody inverts every image: each pixel x becomes 1 − x, so ink is 0 and paper is 1. Can a network
[784, 30, 10] for inverted images do everything that one for the usual images can?

Prove that it can, by a construction. Write `invert(weights, biases)`: given the first layer of a
trained network, `weights` of shape (n_out, n_in) and `biases` of shape (n_out, 1), return the pair
`(new_weights, new_biases)` of a first layer that computes, from the inverted image 1 − x, the very
same weighted inputs z that the old one computes from x. For **every** x. All later layers stay as
they are. What you are given must not change.
""",
    variable="invert",
    starter="def invert(weights, biases):\n    ...",
    check=check_invert,
    right="The two networks give the same outputs for all images. Now read in the solution why "
    "training still does not.",
    hints=[
        "Take one neuron with one input: z = w x + b. Call the inverted pixel u = 1 − x, so "
        "x = 1 − u. Put that into z.",
        "w (1 − u) + b = −w u + (w + b). Which number multiplies u, and which stands alone?",
        "With many inputs each of them leaves its weight behind. How do you add up the weights of "
        "each neuron, and keep the shape (n_out, 1)?",
    ],
    solution="""
**The proof.** Let $u = 1 - x$ be the inverted image, so $x = 1 - u$, pixel by pixel. For neuron j

$$z_j = \\sum_k w_{jk} x_k + b_j = \\sum_k w_{jk} (1 - u_k) + b_j
 = \\sum_k (-w_{jk})\\, u_k + \\Big(b_j + \\sum_k w_{jk}\\Big) .$$

So the layer with weights $-w$ and biases $b + \\sum_k w_{jk}$ gets from u the z that the old one
gets from x. This holds for every x. The later layers see the same activations and give the same
outputs. The step can be undone, by doing it once more. So the functions that the two kinds of
network can express are the same, and the best inverted network is exactly as good as the best usual
one.

```python
def invert(weights, biases):
    return -weights, biases + weights.sum(axis=1, keepdims=True)
```

There is no other such layer: two layers that give the same z at u = 0 have the same biases, and if
they also do at every u with a single 1 in it, they have the same weights.

**What training makes of it.** What a network *can* express and what it *learns* are two things.

*Inverted at test time only.* The network has learned w, and is shown u. Then
z = w·u + b = −w·x + (b + Σw): each image now pushes every neuron to the opposite side. Twenty
runs of ours that read 95 to 96 % of the usual validation images read 0.1 to 6.2 % of the inverted
ones.
That is fewer than by guessing: the network is not merely lost, it is misled.

*Inverted in training and test.* The network could express the same, but it is trained from another
start, by other gradients.

- The random start is not the inverted start. With the gaussian start z begins with a spread of
  $\\sqrt{668}$, about 26, in place of 9.4, because most pixels of an image are 1 now. Of the hidden
  activations 81 to 90 % start saturated, in place of about 60 %.
- The gradient is $\\delta\\,u^T$. To stay the inverse of a usual network in training, it would have
  to be $-\\delta\\,x^T$.
- After one step on an image u, the z of a neuron of the first layer for another image u′ has
  changed by $-\\eta\\,\\delta\\,(u \\cdot u' + 1)$. For two usual images the product is 35 on
  average; for two inverted ones it is 614, because they have the white paper in common. So the same
  eta makes steps in z that are 17 times as long, and in the same direction for all images.

Measured on the full set with [784, 30, 10], 10 epochs, mini-batches of 10 and ten runs for each
setting, two from each of five seeds: validation accuracy in percent, lowest to highest. (Two runs
from one seed differ if their sums are added in another order.)

| images | start | eta 3 | eta 0.3 |
|---|---|---|---|
| usual | gaussian | 94.5 to 95.1 | 91.5 to 92.0 |
| usual | scaled | 95.6 to 96.3 | 95.3 to 95.8 |
| inverted | gaussian | 19 to 80 | 79 to 90 |
| inverted | scaled | 20 to 76 | 93 to 94.5 |

The two kinds of network can do the same, and what is learned differs by far. An eta ten times
smaller and the scaled start bring most of it back, but not all.""",
)


inverted_at_test = Choice(
    "09-inverted-at-test",
    "Inverted at test time only",
    question="""
A network [784, 30, 10] has been trained on the usual images and reads 95 % of new ones. Now it is
shown the new ones inverted: 1 − x in place of x. How many of 100 does it read correctly?
""",
    options={
        "about 95": "You can still read them. But the network has never seen white strokes on "
        "black, and what it knows are its weights for single pixels.",
        "about 50": "That would mean that the shape still counts for something. Look at one "
        "neuron: what happens to w·x when each x becomes 1 − x?",
        "about 10, as by guessing": "That would mean answers that have nothing to do with the "
        "digit. Is there really no connection left between the old z and the new one?",
        "clearly fewer than 10": "Every neuron is pushed to the opposite side. What speaks for "
        "a digit now speaks against it, so the answers are worse than guessed.",
    },
    right="clearly fewer than 10",
    minutes=2,
    hints=[
        "Take one neuron, and write w·(1 − x) out. What is the sign of the part with x in it?",
        "By guessing it would be about 10. Does a neuron that is pushed the other way guess?",
    ],
    solution="z = w·(1 − x) + b = −w·x + (b + Σw): what pushed a neuron up now pushes it down. "
    "Twenty runs of ours read 0.1 to 6.2 % of the inverted validation images of the full set, "
    "clearly fewer than by guessing.",
)

inverted_in_both = Choice(
    "09-inverted-in-both",
    "Inverted in training and test",
    question="""
Now the network is trained from the start on inverted images, with the same settings (scaled start,
eta 3, mini-batches of 10), and tried on inverted ones. What happens?
""",
    options={
        "it learns as well as before: the images carry the same information": "They do, and the "
        "network can express the same functions. But does gradient descent take the same way? "
        "Compare the product x·x′ of two images before and after.",
        "it cannot learn, whatever eta is: paper carries no information": "Nothing is lost by "
        "1 − x, since it can be undone. Something else must be in the way.",
        "it learns badly, and with a smaller eta much better": "The steps in z have become about "
        "17 times as long, in the same direction for all images.",
        "it learns better: more pixels are above 0": "More pixels above 0 make larger sums. Is "
        "that good for a sigmoid?",
    },
    right="it learns badly, and with a smaller eta much better",
    minutes=2,
    hints=[
        "A step on an image u changes z for another image u′ by a multiple of u·u′ + 1. Is this "
        "larger or smaller for inverted images?",
        "Most pixels of every inverted image are 1. What does this do to the length of a step?",
    ],
    solution="Inverted images have the paper in common, so the same eta makes steps that are about "
    "17 times as long. Ten runs on the full set, 10 epochs each: 20 to 76 % of the validation "
    "images with eta 3, and 93 to 94.5 % with eta 0.3. Usual images give about 96 % at best.",
)

bigger_network = Choice(
    "09-bigger-network",
    "More hidden neurons",
    question="""
On these 4,000 images most networks with 30 hidden neurons reach 85 to 91 %. With the same settings
and the gaussian start, what will one with 100 hidden neurons most likely reach?
""",
    options={
        "more: it can express more": "It can. Whether it learns what it can express is another "
        "question, and the start has a say in it.",
        "about the same": "That would be so if the number of hidden neurons hardly mattered. It "
        "does, at the start above all: z of an output neuron is a sum over all of them.",
        "clearly less": "More terms in the sum put z farther from 0 at the start, where a sigmoid "
        "hardly has a slope.",
    },
    right="clearly less",
    hints=[
        "In the training laboratory of lesson 07 you moved the hidden size, with the gaussian "
        "start. What did the bars of the recall do?",
        "Each output neuron adds up all hidden activations with random weights. Does z stay as "
        "near to 0 at the start if there are more of them?",
    ],
    solution="With 100 hidden neurons z of the output neurons spreads more at the start. More of "
    "them are saturated, and most runs lose digits. Of 20 seeds on each data set it was 18 and 18; "
    "with 30 hidden neurons it was 3 and 1. The median accuracy was 70 % on the full set and 65 % "
    "on the small one; with 30 hidden neurons it was 86 and 90 %.",
)

hardest_push = Choice(
    "09-hardest-push",
    "Where is it pushed hardest?",
    question="""
A neuron should answer 1. Its error is $\\delta = (a - 1)\\,\\sigma'(z)$ with $a = \\sigma(z)$. At
which z is it pushed hardest, that is, where is $|\\delta|$ largest?
""",
    options={
        "far below 0, where it is most wrong": "There the first factor is largest. How large is "
        "the second?",
        "exactly at 0, where the slope is largest": "There the second factor is largest. But a "
        "little to the left the first one is larger, and the slope hardly smaller.",
        "a little below 0": "A compromise: still clearly wrong, and still with a slope.",
        "far above 0": "There it is right already: both factors are nearly 0.",
    },
    right="a little below 0",
    minutes=2,
    hints=[
        "Both factors matter. Try z = −15, z = 0 and z = −1 with `sigmoid` and `sigmoid_prime`."
    ],
    solution="$|\\delta| = (1 - a)\\,a\\,(1 - a)$. Its derivative with respect to a is "
    "$(1 - a)(1 - 3a)$, so it is largest at a = 1/3, that is at z = −ln 2, about −0.7. Far below 0 "
    "the neuron is most wrong and hardly pushed at all.",
)

IN_ORDER = (
    "Follow the order of the checklist, and stop at the first point that is out of order. Bad data "
    "also change which learning rate does best, so do not begin with the scan."
)


def _patient(number, right, *, options, hints, solution):
    """A patient of the ward; the options are `faults.FAULTS`, in the same order."""
    return Choice(
        f"09-patient-{number}",
        f"Patient {number} of the ward",
        question=f"Which fault does patient {number} have? First use the four instruments on "
        f"`faults.patient({number}, data)`.",
        options=options,
        right=right,
        minutes=4,
        difficulty=2,
        hints=[IN_ORDER, *hints],
        solution=f"*{right.capitalize()}.* {solution}",
    )


patient_2 = _patient(
    2,
    "eta too large",
    options={
        "inverted images": "The line printed with the first ten images says that the mean pixel is "
        "13 % of the largest. If paper were 1, the mean would be above 80 %.",
        "shuffled labels": "More than 80 % of the images are closest to the mean image of their "
        "own label. For patient 1 it was fewer than 20 %.",
        "eta too large": "Data and gradient show nothing unusual. Two epochs at its own rate end "
        "near 10 %, as by guessing; at 0.03 times that rate they end above 80 %.",
        "eta too small": "Then a larger factor would help. At 30 and at 1,000 times its rate the "
        "scan shows about 10 %, as by guessing.",
        "wrong gradient": "The gradient check prints `below 1e-07` and `good`: backprop agrees "
        "with the numerical gradient.",
        "unscaled inputs": "The largest pixel is 1, so the pixels have been divided by 255.",
    },
    hints=[
        "Data and gradient are fine. Which faults are left on the list?",
        "In the scan one factor brings the accuracy above 80 %. Is it above or below 1?",
    ],
    solution="Pixels, mean images and gradient check are those of a healthy patient, so the "
    "learning rate is next. With 0.03 times its rate the patient is healthy: above 80 % after two "
    "epochs. At its own rate all outputs are saturated after one epoch, and it gives nearly every "
    "image the same answer. Its eta is 100; the healthy one is 3.",
)

patient_3 = _patient(
    3,
    "unscaled inputs",
    options={
        "inverted images": "Paper would then have the large numbers and ink the small ones. But "
        "the mean pixel is only 13 % of the largest, so most of each image has small numbers.",
        "shuffled labels": "The mean image of each label is a digit that you can read. With labels "
        "in another order you would see ten times the same gray blob, as for patient 1.",
        "eta too large": "A smaller rate should then cure it. The scan goes down to a thousandth "
        "of its rate, and no factor reaches 60 %. Is there anything out of order that comes "
        "earlier on the checklist?",
        "eta too small": "Longer steps do not help: the factors 30 and 1,000 of the scan end near "
        "10 %. And the learning rate is only point 4 of the checklist.",
        "wrong gradient": "The gradient check passes. It runs the patient's code on random inputs "
        "from 0 to 1. Now look at what the patient gets in training.",
        "unscaled inputs": "The largest pixel is 255, and for patient 0 it is 1. The mean is 13 % "
        "of it and the labels fit, as they should. No factor of the scan reaches 60 %.",
    },
    hints=[
        "One line is printed with the first ten images: the largest pixel, and the mean.",
        "Run the same cell for patient 0. In which of the two numbers do they differ?",
    ],
    solution="The largest pixel is 255: nobody has divided by 255. The mean is 13 % of it, as it "
    "should be, so paper and ink have not changed places. The inputs are 255 times as large, so "
    "$z$ of the hidden layer spreads by about 80 even with the scaled start: 95 % of the hidden "
    "activations are saturated before training. No learning rate of the scan cures that. Dividing "
    "the images by 255 does.",
)

patient_4 = _patient(
    4,
    "wrong gradient",
    options={
        "inverted images": "The first ten images are dark ink on light paper, and the mean pixel "
        "is 13 % of the largest, the same as for patient 0.",
        "shuffled labels": "It reads more than three of four validation images after two epochs. "
        "That cannot be learned from labels that do not belong to the images: patient 1 stays "
        "below 30 %.",
        "eta too large": "Then a smaller factor of the scan would do better. But 0.03 times its "
        "rate is clearly worse than its own, and with 0.001 times it guesses.",
        "eta too small": "At 30 and at 1,000 times its rate it reads far fewer images than at its "
        "own. Of the five factors, 1 is the best.",
        "wrong gradient": "The relative difference is 0.18; a right gradient stays below 1e-07. "
        "The data are in order, and of the five factors of the scan 1 is the best.",
        "unscaled inputs": "Then the largest pixel would be 255. The line printed with the first "
        "ten images says 1.",
    },
    hints=[
        "It learns, to some points below the healthy one, so the accuracy will not tell you. "
        "Use all four instruments, even if you see nothing unusual at first.",
        "Which of the four instruments tests the code, and not the data?",
    ],
    solution="Its backward pass uses $\\sigma'(a)$ in place of $\\sigma'(z)$. The shapes fit, "
    "there is no error message, and the network learns, only a little worse. Many people would "
    "have stopped looking. Of the four instruments only the gradient check shows the fault: the "
    "relative difference is 0.18 in place of less than 1e-07.",
)

patient_5 = _patient(
    5,
    "inverted images",
    options={
        "inverted images": "The mean pixel is 87 % of the largest, and for patient 0 it is 13 %: "
        "most pixels are paper, and paper is 1. The labels fit, and the gradient is right.",
        "shuffled labels": "The share of images that are closest to the mean image of their own "
        "label is the same as for patient 0, above 80 %. So the labels belong to the images.",
        "eta too large": "A smaller rate is not enough: the best of the five factors stays below "
        "50 %, and patient 0 is above 80 % after the same two epochs. Which points of the "
        "checklist come before the learning rate?",
        "eta too small": "At 30 and at 1,000 times its rate the scan is no better than guessing. "
        "Before you judge a learning rate, the data must be in order. Are they?",
        "wrong gradient": "Patient 0 and this one get the same verdict from the gradient check, "
        "`good`. So what makes them differ is not the backward pass.",
        "unscaled inputs": "The largest pixel is 1, as it should be. But the line that says so has "
        "a second number.",
    },
    hints=[
        "One line is printed with the first ten images: the largest pixel, and the mean.",
        "Put the first ten images of patient 0 beside these ten. What is dark, and what is light?",
    ],
    solution="The mean pixel is 87 % of the largest, where it should be 13 %. The labels fit as "
    "well as before, so nothing is lost: `1 - images` mends it.\n\nWhy it did harm: "
    "$\\|x\\|^2$ is now 667 in place of 88, on average, and most of it is white paper that all "
    "images have in common. The start is healthy, but the first steps at this learning rate move "
    "$z$ so far that after one epoch most hidden activations are saturated, nearly nine of ten in "
    "the median run. A smaller rate helps, but it does not remove the cause: with a tenth of the "
    "rate, eight seeds on each set ended at 62 to 81 % after five epochs, with about 70 % in the "
    "middle, and patient 0 at 88 to 92 %.",
)

patient_6 = _patient(
    6,
    "eta too small",
    options={
        "inverted images": "Its first ten images look like those of patient 0, and so does the "
        "mean pixel: 13 % of the largest.",
        "shuffled labels": "The accuracy curve would fit. But the ten mean images are ten "
        "different digits, and more than 80 % of the images are closest to that of their label.",
        "eta too large": "At 0.03 and at 0.001 times its rate the scan shows about 10 %, no more "
        "than at its own. Shorter steps do not help.",
        "eta too small": "1,000 times its rate cures it: after two epochs it is above 80 %, and "
        "near 10 % at its own rate. Pixels, labels and gradient are in order.",
        "wrong gradient": "If it were wrong, the gradient check on the small network would show a "
        "difference above 0.01. It is below 1e-07.",
        "unscaled inputs": "Largest pixel 1, mean 13 % of it: these are the numbers of patient 0, "
        "whose inputs are scaled.",
    },
    hints=[
        "Images, labels and gradient are in order. What does the scan say?",
        "One factor of the scan brings the accuracy above 80 %. Is it above or below 1?",
    ],
    solution="Data and gradient are those of a healthy patient. With 1,000 times its rate it is "
    "healthy: above 80 % after two epochs. At its own rate hardly any activation is saturated, "
    "either before training or after an epoch. It learns, but too slowly. Its eta is 0.003; the "
    "healthy one is 3.",
)

spread_of_400 = Number(
    "09-spread-of-400",
    "The spread with 400 hidden neurons",
    question="""
How large is the spread (standard deviation) of z in the **output** layer of [784, 400, 10], at the
gaussian start? The mean of $a_k^2$ over the hidden neurons is 0.46.
""",
    answer=13.6,
    tolerance=0.15,
    minutes=3,
    mistakes={
        185: "That is the variance. The spread is its square root.",
        184: "That is nearly the variance, without the part of the bias. And the spread is a root.",
        9.4: "That is the spread in the hidden layer, which sees the pixels.",
        14.18: "This takes 1/2 for the mean of the squares. Not all hidden neurons are saturated.",
        14.14: "This takes 1/2 for the mean of the squares. Not all hidden neurons are saturated.",
        20: "That would be so if every hidden neuron had the activation 1.",
        20.02: "That would be so if every hidden neuron had the activation 1.",
    },
    low="How many terms does the sum have, and how large is each of them on average?",
    high="Variances add up, not spreads. Did you take the root?",
    hints=[
        "Each term w·a of the sum has the variance a², and the bias has the variance 1.",
        "The variance of z is a sum of 400 terms of mean size 0.46, and 1 for the bias.",
    ],
    right="A sigmoid has a slope above 0.01 only between about −4.6 and 4.6, so most outputs start "
    "saturated.",
    solution="$\\sqrt{0.46 \\cdot 400 + 1} = \\sqrt{185} = 13.6$. A sigmoid has a slope above 0.01 "
    "only between −4.6 and 4.6, so most of the outputs start saturated.",
)

weights_of_400 = Number(
    "09-weights-of-400",
    "The size of scaled weights",
    question="""
A layer has 400 inputs. What is the standard deviation of its weights with the scaled start?
""",
    answer=0.05,
    tolerance=0.0005,
    minutes=1,
    mistakes={
        0.0025: "That is the variance, 1/400. The standard deviation is its root.",
        20: "Multiplied by the root of 400 the weights would be huge. It is divided by it.",
        1: "That is the gaussian start.",
        400: "That is the number of inputs.",
    },
    low="Too low. Each weight is drawn with standard deviation 1, and then divided. By what?",
    high="Too high. Each weight is drawn with standard deviation 1, and then divided. By what?",
    hints=["We want 400 variances to add up to about 1. How large is each, and what is its root?"],
    right="400 variances of 1/400 add up to 1, and the root of 1/400 is 1/20.",
    solution="The variance is 1/400, so that a sum over 400 inputs between 0 and 1 has a variance "
    "of at most 1. The standard deviation is its root, 1/20 = 0.05.",
)
