"""Lesson 07: an honest report over seeds, choosing eta without a peek, and numbers that talk."""

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import kind_of

REPORT = ("median", "lowest", "highest", "losers", "kept")
CLASS_COUNTS = (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)  # test images of each digit


def part_by_part(*names):
    """A comparison of results that are tuples or lists of parts with these names.

    For `same` in `compare.function`.
    """

    def same(given, expected, name):
        given = list(given) if isinstance(given, np.ndarray) else given
        wanted = f"expected {len(names)} things, ({', '.join(names)})"
        if not isinstance(given, (tuple, list)):
            return f"Your function returns {kind_of(given)}: {wanted}."
        if len(given) != len(names):
            return f"Your function returns {len(given)} things: {wanted}."
        messages = (_part(*three, name) for three in zip(names, given, expected))
        return next((message for message in messages if message), None)

    return same


def _part(label, given, expected, name):
    if given is None:
        return f"`{label}` in {name} is None: expected numbers."
    return compare.arrays(given, expected, f"`{label}` in {name}")


def honest_report(finals, lost):
    """Median, lowest and highest accuracy of n runs, how many lost a digit, median of the others.

    finals: n >= 1 percents.  lost: n texts such as "" or "2 8".  The last number is NaN if every
    run lost a digit.
    """
    kept = [final for final, digits in zip(finals, lost) if digits == ""]
    middle = float(np.median(kept)) if kept else float("nan")
    losers = len(finals) - len(kept)
    return float(np.median(finals)), min(finals), max(finals), losers, middle


def _mean_report(finals, lost):
    _, low, high, losers, kept = honest_report(finals, lost)
    means = [final for final, digits in zip(finals, lost) if not digits]
    return np.mean(finals), low, high, losers, np.mean(means) if means else kept


def _without_losers(finals, lost):
    """All numbers from the runs that kept their digits, as if there were no others."""
    chosen = [final for final, digits in zip(finals, lost) if not digits] or [float("nan")]
    kept = float(np.median(chosen))
    return kept, min(chosen), max(chosen), sum(map(bool, lost)), kept


def _counting_digits(finals, lost):
    median, low, high, _, kept = honest_report(finals, lost)
    return median, low, high, sum(len(digits.split()) for digits in lost), kept


def _counting_keepers(finals, lost):
    median, low, high, losers, kept = honest_report(finals, lost)
    return median, low, high, len(finals) - losers, kept


def _upper_middle(finals, lost):
    _, low, high, losers, _ = honest_report(finals, lost)
    kept = sorted(final for final, digits in zip(finals, lost) if not digits)
    middle = kept[len(kept) // 2] if kept else float("nan")
    return sorted(finals)[len(finals) // 2], low, high, losers, middle


def _best_as_typical(finals, lost):
    _, low, high, losers, kept = honest_report(finals, lost)
    return high, low, high, losers, kept


def _kept_of_all(finals, lost):
    median, low, high, losers, _ = honest_report(finals, lost)
    return median, low, high, losers, median


def check_report(f):
    """Compare a report with the true one, among others if all runs, or none, lost a digit."""
    return compare.function(
        f,
        {
            "three runs that kept all digits": ([91.75, 88.5, 94.25], ["", "", ""]),
            "six runs, three of which lost digits": (
                [91.7, 75.9, 84.0, 92.1, 83.1, 91.6],
                ["", "8 9", "5", "", "0", ""],
            ),
            "one run": ([91.5], [""]),
            "four runs that all lost digits": (
                [74.9, 67.0, 84.1, 75.9],
                ["2 8", "6 8 9", "0", "8 9"],
            ),
            "five runs, one of which kept all digits": (
                [74.4, 91.9, 83.7, 66.8, 84.2],
                ["4 9", "", "0", "1 2 3", "8"],
            ),
        },
        honest_report,
        same=part_by_part(*REPORT),
        misconceptions=[
            (
                _mean_report,
                "These are means. One run that lost three digits pulls a mean down by several "
                "points, so it describes neither the healthy runs nor the others. What is the "
                "value in the middle, when the runs are put in order?",
            ),
            (
                _without_losers,
                "The first three numbers leave out the runs that lost digits. Whoever types the "
                "same lines with another seed gets one of those runs, too: they belong in.",
            ),
            (
                _counting_digits,
                "`losers` counts digits. One run can lose several: count the runs.",
            ),
            (
                _counting_keepers,
                "`losers` counts the runs that kept all digits. The others are asked for.",
            ),
            (
                _upper_middle,
                "With an even number of runs there are two in the middle. Take the mean of both.",
            ),
            (
                _best_as_typical,
                "The first number is the best run. That is what tables like to show; what would "
                "you expect from a new seed?",
            ),
            (_kept_of_all, "`kept` is the median of all runs: the losers are still in it."),
        ],
    )


no_hidden_layer = Exercise(
    "07-no-hidden-layer",
    "No hidden layer: an honest report",
    minutes=15,
    difficulty=2,
    question="""
The network [784, 10] has no hidden layer. Class notes report 75.83 % for it, and nothing else. What
can it really do? One number does not tell, because every seed gives another one. Write
`report(finals, lost)`, which sums up n runs (n is at least 1) that differ in their seed only:

- `finals` is a list of n accuracies in percent, one a run,
- `lost` is a list of n texts in the same order, the digits that this run lost: `""` if it kept all
  ten, otherwise for example `"5"` or `"2 8"`.

Return five numbers, in this order: the **median**, the **lowest** and the **highest** accuracy of
all n runs; how many runs are **losers**, that is, lost at least one digit; and the median of the
runs that **kept** all digits, which is NaN, `float("nan")`, if there is none.
""",
    variable="report",
    starter="def report(finals, lost):\n    ...",
    check=check_report,
    right="Now apply it to the runs of the ledger.",
    hints=[
        "The median is the value in the middle, when all are put in order; if there are two in the "
        "middle, the mean of these two. `np.median` does that.",
        'A run kept all digits if its text is empty. Mind the text `"0"`: this run lost the digit '
        "0, so the text is not empty.",
        "Make a list of the accuracies whose text is empty: `zip(finals, lost)` gives the pairs. "
        "If that list is empty, there is no median: return NaN in its place.",
    ],
    solution="""
An honest report answers three questions. *What will I get if I try it once?* The median of **all**
runs, with the lowest and the highest beside it. *How often does it go wrong?* The number of runs
that lost a digit. *What can this network do if nothing goes wrong?* The median of the runs that
kept all digits, with a clear "not known" if there is no such run.

The median is better than the mean here. Runs that lost a digit are about 9 points lower for each
lost digit, so the accuracies lie in clusters, and a mean falls between them, where no run is.

```python
import numpy as np


def report(finals, lost):
    kept = [final for final, digits in zip(finals, lost) if digits == ""]
    middle = np.median(kept) if kept else float("nan")
    losers = len(finals) - len(kept)
    return np.median(finals), min(finals), max(finals), losers, middle
```

Apply it to the full runs of [784, 10] in the ledger, and you see that the two starts answer two
different questions. With the gaussian start, that of the notes, the report is 75.42 (66.96 to
84.05), with 10 losers of 10 runs, and nothing is known about runs that kept all digits, because
there was none. So 75.83 % is an ordinary result of a network that lost two digits. With the scaled
start it is 92.03 (91.73 to 92.25), with no loser in 20 runs. That is what a network without a
hidden layer can do.
""",
)


def _median_choice(etas, seeds, validation, test):
    medians = [np.median([validation[eta, seed] for seed in seeds]) for eta in etas]
    best = etas[int(np.argmax(medians))]
    return best, test[best]


def _chosen_by(summary):
    """The same choice by another summary of the seeds than the median."""

    def choice(etas, seeds, validation, test):
        values = [summary([validation[eta, seed] for seed in seeds]) for eta in etas]
        best = etas[int(np.argmax(values))]
        return best, test[best]

    return choice


def _last_of_equals(etas, seeds, validation, test):
    return _median_choice(etas[::-1], seeds, validation, test)


def _reports_validation(etas, seeds, validation, test):
    best, _ = _median_choice(etas, seeds, validation, test)
    return best, np.median([validation[best, seed] for seed in seeds])


def _lowest(etas, seeds, validation, test):
    return _chosen_by(lambda values: -np.median(values))(etas, seeds, validation, test)


def _table(etas, columns, tests):
    """Arguments of a case: etas, seeds, validation accuracies (eta, seed) and test accuracies."""
    validation = {
        (eta, seed): value for eta, row in zip(etas, columns) for seed, value in enumerate(row)
    }
    return etas, list(range(len(columns[0]))), validation, dict(zip(etas, tests))


CHOICES = {
    "three etas and three seeds": _table(
        [0.1, 3.0, 30.0], [[70, 71, 72], [94, 95, 93], [60, 80, 10]], [71.5, 94.2, 40.0]
    ),
    "one lucky seed at a bad eta": _table(
        [0.3, 3.0, 10.0], [[85, 86, 84], [92, 93, 91], [74, 94.5, 82]], [85.5, 92.2, 80.0]
    ),
    "one unlucky seed at a good eta": _table(
        [1.0, 3.0], [[91, 90.5, 91.5], [93, 94, 66]], [90.8, 93.1]
    ),
    "an eta that is better on the test images": _table(
        [3.0, 1.0], [[94, 93.5, 91], [93, 92, 92.5]], [93.0, 93.9]
    ),
    "an even number of seeds": _table([0.5, 5.0], [[90, 60, 92, 93], [94, 93.5, 88, 70]], [89, 88]),
    "two etas with the same median": _table(
        [10.0, 2.0, 5.0], [[90, 91, 92], [93, 95, 94], [96, 80, 94]], [90.2, 93.5, 94.4]
    ),
    "one eta and one seed": _table([3.0], [[94.5]], [94.0]),
}


def _same_choice(given, expected, name):
    """None if a pair (eta, accuracy) is the expected one, otherwise a message about one of both."""
    message = part_by_part("eta", "accuracy")(given, expected, name)
    try:
        other_eta = not np.isclose(float(given[0]), expected[0], rtol=compare.RTOL)
    except Exception:  # no pair, or no number: the message says so
        return message
    return f"`eta` in {name} is not the one with the highest median." if other_eta else message


def _swapped(*table):
    return _median_choice(*table)[::-1]


def check_choice(f):
    """Let f choose on tables in the place of trained networks, and watch when it asks for a test.

    A peek at the test images is told before anything else.
    """
    if not callable(f):
        return compare.function(f, {}, _median_choice)
    peeks = []
    message = compare.function(
        lambda *table: _watched(f, *table, peeks),
        CHOICES,
        _median_choice,
        same=_same_choice,
        misconceptions=[
            (
                _chosen_by(max),
                "This chooses the eta with the best single run. One run may be lucky, and the same "
                "eta may lose digits with the next seed. Which number stands for all seeds?",
            ),
            (
                _chosen_by(np.mean),
                "This chooses by the mean over the seeds. One run that lost a digit decides then. "
                "The median was asked for.",
            ),
            (
                _chosen_by(lambda values: values[0]),
                "This looks at the first seed only. One seed can be good or bad luck.",
            ),
            (
                _chosen_by(min),
                "This chooses by the worst seed. That is careful, but the median was asked for.",
            ),
            (
                _last_of_equals,
                "If two medians are equal, the eta that comes first in `etas` is asked for.",
            ),
            (
                _chosen_by(lambda values: sorted(values)[len(values) // 2]),
                "With an even number of seeds there are two accuracies in the middle. The median "
                "is the mean of both.",
            ),
            (_lowest, "This chooses the eta with the lowest median. These are accuracies."),
            (
                _swapped,
                "The two parts have changed places: first the chosen eta, then the accuracy.",
            ),
            (
                _reports_validation,
                "The eta is right. But the accuracy is the one on the validation images, by which "
                "it was chosen: the best of several, so it flatters. What is the test set for?",
            ),
        ],
    )
    return peeks[0] if peeks else message


def _watched(f, etas, seeds, validation, test, peeks):
    """f's result, with functions in place of the tables; the first peek is noted in `peeks`."""
    asked, tested = set(), []

    def validate(eta, seed):
        known = _find((eta, seed), validation, "validate(eta, seed)")
        asked.add(known)
        return float(validation[known])

    def test_once(eta):
        known = _find(eta, test, "test(eta)")
        tested.append((known, asked == set(validation)))
        return float(test[known])

    result = f(list(etas), list(seeds), validate, test_once)
    if result is not None and result is not ...:
        peeks.extend(filter(None, [_peek(tested, len(etas))]))
    return result


def _find(key, table, call):
    """The key of the table that is meant: a float32 0.1 is not exactly 0.1."""
    for known in table:
        if np.allclose(known, key, rtol=1e-6):
            return known
    raise ValueError(f"{call} was called with {key}, which is not in etas and seeds")


def _peek(tested, etas):
    """What is wrong with the way in which the test images were used, or None.

    tested: pairs (eta, whether all validation runs were known by then).
    """
    if not tested:
        return (
            "`test` was never called. The accuracy that you report has to come from images that "
            "had no part in the choice."
        )
    different = {eta for eta, _ in tested}
    if len(different) > 1:
        return (
            f"A peek: `test` was called for {len(different)} of {etas} etas. Whatever you do with "
            "the results, you know them now. Choose first, with `validate` alone."
        )
    if len(tested) > 1:
        return (
            f"`test` was called {len(tested)} times with the same eta. Nothing was chosen by it, "
            "but each call trains again. Call it once and keep the result."
        )
    if not tested[0][1]:
        return (
            "`test` was called before `validate` had been called for every eta and every seed. "
            "The test comes last, when the choice is made."
        )
    return None


choose_eta = Exercise(
    "07-choose-eta",
    "Choose on validation images, report once",
    minutes=15,
    difficulty=2,
    question="""
Write `choose_and_report(etas, seeds, validate, test)`. You get

- `etas`, a list of learning rates, and `seeds`, a list of seeds, each with at least one entry,
- `validate(eta, seed)`, a function that trains a network with this learning rate from this seed and
  returns its accuracy on the **validation** images,
- `test(eta)`, a function that trains with this learning rate and returns the accuracy on the
  **test** images.

Choose the eta whose validation accuracies have the highest median over all seeds. If two are equal,
take the one that comes first in `etas`. Return the pair `(eta, accuracy)`: the chosen eta, and its
accuracy on the test images. The check gives you tables in place of networks, and it watches how you
use `test`.
""",
    variable="choose_and_report",
    starter="def choose_and_report(etas, seeds, validate, test):\n    ...",
    check=check_choice,
    right="You chose on the validation images, and looked at the test images once.",
    hints=[
        "Make a list with one number for each eta: the median over the seeds. Which function may "
        "you call for it, and which not yet?",
        "`np.median([validate(eta, seed) for seed in seeds])` is the number for one eta. "
        "`np.argmax` of a list gives the index of its first largest number.",
        "When the eta is chosen, call `test` for this eta, one time, and return both.",
    ],
    solution="""
Each accuracy is partly luck with the images on which it was counted. Take the best of ten, and you
take the luckiest, too. On the validation images this does no harm, because nobody reports that
number. The test images had no part in the choice, so luck with them favors no eta, and their number
may be reported. That holds for one look. Choose by `test`, or go back and choose again after
`test`, and the test images have become validation images.

The median over the seeds protects against the other kind of luck: one lucky seed at a bad eta, or
one lost digit at a good one.

```python
import numpy as np


def choose_and_report(etas, seeds, validate, test):
    medians = [np.median([validate(eta, seed) for seed in seeds]) for eta in etas]
    chosen = etas[int(np.argmax(medians))]  # the first, if several are largest
    return chosen, test(chosen)
```

`max(etas, key=...)` with a function that returns the median does the same: `max` also returns the
first of equals.
""",
)


how_many_right = Choice(
    "07-how-many-right",
    "How well will it read?",
    question="""
A network of 30 hidden neurons starts with random weights and trains for less than half a minute. Of
100 digits written by people who had no part in its training, about how many does it read correctly?
""",
    options={
        "about 50": "It has tens of thousands of images to learn from, and 10 of 100 would be "
        "right by guessing. Give it more credit.",
        "about 75": "That would be one mistake in every four digits. A postman could not use it. "
        "It does better.",
        "about 95": "You will see it below. That is one mistake in about twenty digits.",
        "about 99": "The best networks do that and more. This one is small, and knows nothing of "
        "neighboring pixels.",
    },
    right="about 95",
    hints=[
        "Guessing gives 10. A person reads nearly all.",
        "The best methods of today read more than 99 of 100. Would you expect the same of 30 "
        "hidden neurons?",
    ],
    solution="The ten seeds of the ledger gave 94.7 to 95.5 % on the test images of the full set. "
    "With only the 4,000 images of the small set to learn from, ten seeds gave 87 to 91 %.",
)

order_of_etas = Choice(
    "07-order-of-etas",
    "Four learning rates",
    question="The same network, the same seed, five epochs. Which order is best first?",
    options={
        "0.001, 0.1, 3, 100": "A small step is a careful one. But how far do you get in five "
        "epochs with steps so short?",
        "3, 0.1, and 0.001 and 100 far behind": "Both extremes stay near guessing, "
        "each for its own reason. The cost tells which.",
        "100, 3, 0.1, 0.001": "Larger steps get on faster, as long as they still go downhill. "
        "What does a step do that is far too long?",
        "all about the same": "After very many epochs several of them might meet. After five they "
        "are far apart.",
    },
    right="3, 0.1, and 0.001 and 100 far behind",
    hints=[
        "How far do the weights get in five epochs if eta is 0.001?",
        "What happened in lesson 04 to walks with a learning rate that was far too large?",
    ],
    solution="Eta 3 is best, 0.1 is on its way. Eta 0.001 takes steps that are too short: its cost "
    "falls, while its accuracy hardly moves yet. Eta 100 throws the network onto a plain without a "
    "slope, where the cost stands still. Both stay near 10 %, but for opposite reasons.",
)

two_low_rows = Choice(
    "07-two-low-rows",
    "A number that stands out",
    question="""
Notes report 75.83 % for [784, 10] with eta 1, one run. Their networks with a hidden layer have
91 to 96 %, but for one with 83.97 %. What would you do before you conclude anything?
""",
    options={
        "conclude that a hidden layer brings 15 to 20 points": "It may bring some. But one run "
        "of each network cannot tell an effect of the layer from an accident of the start.",
        "conclude that eta 1 was too small": "Then more epochs would still raise the accuracy. "
        "Nothing in the number says so, and one run cannot tell.",
        "train it longer": "That costs time and gives one more number from one start. If the "
        "start was the trouble, it still is.",
        "run it again with other seeds, and look at the recall of each digit": "That is what "
        "tells a property of the network from an accident of one start.",
    },
    right="run it again with other seeds, and look at the recall of each digit",
    hints=[
        "How many runs stand behind the number 75.83 %?",
        "Could two digits that are never recognized explain an accuracy near 75 %? What would show "
        "it?",
    ],
    solution="The ledger holds such runs. Those near 75.83 % hardly ever recognize two of the ten "
    "digits; with the scaled start the same network keeps all digits and has about 92 %.",
)

best_of_ten = Choice(
    "07-best-of-ten",
    "The best of ten",
    question="""
Ten networks are equally good: each reads 95 % of all handwriting. You test each on 10,000 images
and report the best of the ten results. By how many percentage points is your number too high,
about?
""",
    options={
        "0": "Ten results that are equally good on all handwriting are not equal on 10,000 "
        "images. You picked the largest.",
        "0.03": "How large is the standard error of one result? The best of ten is more than a "
        "small part of that above the middle.",
        "0.3": "That is about one and a half standard errors.",
        "3": "The standard error of one result is 0.2 points. The best of ten is not fifteen "
        "standard errors away.",
    },
    right="0.3",
    minutes=3,
    hints=[
        "The standard error of an accuracy p on n images is the root of p(1 − p)/n.",
        "For p = 0.95 and n = 10,000 it is 0.2 percentage points. The best of ten had more luck "
        "than one usually has.",
    ],
    solution="The standard error is $\\sqrt{0.95 \\cdot 0.05 / 10000} = 0.0022$, 0.2 points. The "
    "largest of ten normal numbers is on average 1.5 standard deviations above the mean, so about "
    "0.3 points. On fresh images this luck is gone. That is what happens to a friend who tries ten "
    "hidden sizes on the test images and reports the best one.",
)


def check_dead_digits(answer):
    """Compare three digits with the class counts of the test set."""
    digits = compare.numbers(answer, (3,), "`answer`")
    if np.array_equal(digits, [892, 1009, 982]):
        return "These are the counts. Which digit has so many test images?"
    wrong = [
        percent for percent, digit in zip((8.92, 10.09, 9.82), digits) if not _fits(percent, digit)
    ]
    if not wrong:
        return None
    if np.array_equal(digits + 1, [5, 9, 4]) or np.array_equal(digits - 1, [5, 9, 4]):
        return "All are off by one. The digits begin with 0, not with 1."
    return (
        f"{len(wrong)} of the three {'is' if len(wrong) == 1 else 'are'} not right, first the one "
        f"for {wrong[0]} %. Of 10,000 images, how many are that? Look for this count in the table."
    )


def _fits(percent, digit):
    return digit in range(10) and CLASS_COUNTS[int(digit)] == round(100 * percent)


dead_digits = Exercise(
    "07-dead-digits",
    "Three dead networks",
    minutes=3,
    difficulty=1,
    question="""
Broken runs were published with 8.92 %, 10.09 % and 9.82 % of the 10,000 test images. Each of these
networks gave the same answer to every image. Which digit was it? `answer` is a list of three
digits, in this order.
""",
    starter="answer = [..., ..., ...]  # for 8.92 %, 10.09 %, 9.82 %",
    check=check_dead_digits,
    right="Each accuracy is the number of test images of that digit.",
    hints=[
        "A network that always says 7 is right for every 7, and for nothing else.",
        "Times 100 the percents are counts of images. Look them up in the table of class counts.",
    ],
    solution="""
A network that gives one answer is right for all images of that digit and for no other, so its score
is the number of these images. Of 10,000 images, 8.92 % are 892, the number of fives; 10.09 % are
1,009, the number of nines; 9.82 % are 982, the number of fours.

```python
answer = [5, 9, 4]
```

The number 1,009 is not near enough to 1,010 to be a rounding slip: it tells nines from threes.
""",
)

without_five = Number(
    "07-without-five",
    "One digit missing",
    question="""
A network reads every digit with a recall of 100 %, except 5, which it never recognizes. What is its
accuracy on the 10,000 test images, of which 892 are fives? Give two decimals.
""",
    answer=91.08,
    tolerance=0.006,
    unit="%",
    minutes=2,
    mistakes={
        90: "That would be so if exactly one image in ten were a five.",
        8.92: "That is the share of the fives. Which images does the network get right?",
        100: "It gets no five right, and fives are among the images.",
        9108: "That is the number of images. What share of 10,000 is it, in percent?",
        91: "Nearly: do not round.",
        91.1: "Nearly: do not round, and give two decimals.",
    },
    factors={0.01: "That is a fraction. In percent it is a hundred times as much."},
    low="It reads all images of nine digits. Is it really so few?",
    high="Too high. How many images does it get wrong?",
    hints=["All images that are not fives are right. Count them."],
    right="An accuracy near 91 % may be a network that reads everything but one digit.",
    solution="All images but the 892 fives are right: (10,000 − 892) / 10,000 = 91.08 %. An "
    "accuracy near 91 % can be a network that has lost a digit entirely.",
)
