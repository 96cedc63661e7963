"""Lesson 05: updates and noise of online learning, and the lesson's questions."""

import math
from fractions import Fraction

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong

# Predictions of the lesson

poll = Choice(
    "05-poll",
    "Polls of 10, 40 and 160",
    question="Polls of 10, of 40 and of 160 images: each asks four times as many as the one "
    "before. What happens to their spread, from one size to the next?",
    options={
        "It falls to a quarter": "Then a poll of 1,000 would hardly ever be off at all. Chance "
        "errors cancel only in part, so the spread falls more slowly than the size grows.",
        "It falls to a half": "The spread falls like one over the square root of the size.",
        "It hardly falls": "Think of polls of 1 and of 100: the first always says 0 % or 100 %. "
        "Asking more clearly helps.",
        "It grows": "The more images are asked, the more likely the poll is near the share among "
        "all of them.",
    },
    right="It falls to a half",
    hints=[
        "The spread of a mean of m answers is the spread of a single one, divided by √m.",
        "What is √(4m) in terms of √m?",
    ],
    solution="""
The spread of a poll is the spread of a single answer divided by √m. Four times as many images make
√m twice as large, so the spread is divided by 2. The next cell measures it.
""",
)

steps_of_twelve = Number(
    "05-steps",
    "Steps in an epoch",
    question="12 images, mini-batches of $m = 5$: how many steps make an epoch?",
    answer=3,
    mistakes={
        2: "Those use ten of the images. An epoch uses each image once.",
        2.4: "A step is a whole one, even if its mini-batch is smaller than the others.",
        12: "This is one step for each image. A step uses a whole mini-batch.",
        5: "This is the number of images in a mini-batch. How many mini-batches are there?",
        60: "Each image is used once in an epoch, not once for every place in a mini-batch.",
    },
    low="Too low. In an epoch each image is used once.",
    high="Too high. How many mini-batches do the images fill?",
    hints=[
        "Draw 12 dots and take away five at a time. How often do you take some?",
    ],
    right="The last mini-batch has two images only. In general: n/m, rounded up.",
    solution="""
Two mini-batches of 5 use ten images. The two images that are left form a third, smaller one. In
general it is n/m, rounded up.
""",
)

any_eta = Choice(
    "05-any-eta",
    "A rate small enough?",
    question="The step on the term $x = 5$ alone leads from $v = 3$ to $v = 3 + 2\\eta$, and the "
    "full cost changes by $2\\eta + 2\\eta^2$. Which learning rates make it lower the full cost?",
    options={
        "All that are small enough": "Put a very small eta, say 0.001, into the formula. What "
        "is the sign of the change?",
        "None above 0": "The step goes the wrong way from its first inch, and a shorter step only "
        "does less harm.",
        "Only large ones": "Put eta = 10 into the formula. What is the sign of the change?",
        "Only eta = 1": "Put 1 into the formula: is the change below 0?",
    },
    right="None above 0",
    hints=[
        "The cost is lowered if its change is below 0. Put η = 1 into the formula, and then "
        "η = 0.001.",
        "What is the sign of each of the two terms?",
    ],
    solution="""
For every eta above 0, both 2η and 2η² are above 0, so the cost rises. The slope of this one term
points the other way than the slope of the average.
""",
)

# Check yourself

count = Number(
    "05-count",
    "Updates in three epochs",
    question="50,000 examples, $m = 20$, 3 epochs. How many updates are made?",
    minutes=2,
    answer=3 * math.ceil(50_000 / 20),
    mistakes={
        2_500: "This is one epoch.",
        150_000: "This is one update for each example. How many examples share an update?",
        50_000: "This is one epoch with one update for each example.",
        3: "This is one update per epoch: gradient descent with all examples.",
        3_000_000: "You have multiplied by the size of a mini-batch. A larger mini-batch means "
        "fewer updates.",
        60: "Where is the number of examples? How many mini-batches are in an epoch?",
    },
    low="Too low. How many mini-batches does one epoch have?",
    high="Too high. How many mini-batches does one epoch have?",
    hints=["How many mini-batches does one epoch have? Each of them makes one update."],
    right="2,500 mini-batches in each of three epochs, and one update each.",
    solution="""
One epoch has 50,000 / 20 = 2,500 mini-batches, and each makes one update. Three epochs make
3·2,500 = 7,500 updates.
""",
)

one_fifth = Number(
    "05-one-fifth",
    "One fifth of the spread",
    question="""
You want an estimate with one fifth of the spread that $m = 10$ has, out of a very large training
set. Which $m$?
""",
    minutes=2,
    answer=10 * 5**2,
    tolerance=0.5,
    mistakes={
        50: "Five times as many images divide the spread by √5 only, which is about 2.2.",
        2: "Fewer images make the spread larger.",
        0.4: "Fewer images make the spread larger, and there is no such number of images.",
        22.4: "You have multiplied by √5. Which number has 5 as its square root?",
        100: "This is 10 squared. By what must m be multiplied to make √m 5 times as large?",
        25: "By this m has to be multiplied. It was 10.",
    },
    low="Too low. The spread falls like 1/√m.",
    high="Too high: the spread would be less than one fifth.",
    hints=["The spread falls like 1/√m. What must happen to m for √m to be 5 times as large?"],
    right="Five times as exact takes 25 times as many examples.",
    solution="""
The spread falls like 1/√m. For √m to be 5 times as large, m must be 25 times as large, so 250.
Exactness gets expensive, and this is why small mini-batches are so attractive.
""",
)

the_sum = Number(
    "05-sum",
    "The sum and not the mean",
    question="""
A friend's program adds up the gradients of the mini-batch and forgets to divide by $m = 10$. With
which learning rate does it take the same steps as yours with $\\eta = 3$?
""",
    minutes=2,
    answer=0.3,
    tolerance=0.001,
    mistakes={
        30: "The wrong way round: is the sum longer than the mean, or shorter?",
        3: "With this your friend's steps are longer than yours. How many times as long?",
        10: "This is m. How do m and your learning rate go together?",
        0.1: "This would fit if your learning rate were 1.",
    },
    low="Too low: your friend's steps would be shorter than yours.",
    high="Too high: your friend's steps would be longer than yours.",
    hints=[
        "Your friend's gradient is ten times as long as yours. The step is learning rate times "
        "gradient."
    ],
    right="The sum is ten times the mean, so a tenth of the learning rate takes the same step.",
    solution="""
Your friend's gradient is 10 times as long as yours, so a learning rate of a tenth of yours gives
the same step: 0.3. The last mini-batch of an epoch can be smaller than m; there the two programs
would differ.
""",
)

# Exercise 6: online learning against mini-batches of 20


def count_updates(n, m, epochs):
    """Updates that training makes on n examples in mini-batches of m; the last may be smaller."""
    return epochs * math.ceil(n / m)


def check_updates(f):
    """Compare a function of n, m and epochs, with and without a smaller last mini-batch."""
    return compare.function(
        f,
        [
            (1000, 20, 1),
            (1000, 1, 1),
            (50_000, 20, 2),
            (12, 5, 2),
            (999, 20, 4),
            (7, 20, 3),
            (1, 1, 1),
            (100, 1, 0),
        ],
        count_updates,
        misconceptions=[
            (
                lambda n, m, epochs: epochs * (n // m),
                "This leaves out the examples that do not fill a mini-batch. They make a smaller "
                "one.",
            ),
            (
                lambda n, m, epochs: epochs * n / m,
                "This is not always a whole number. What happens if m does not divide n?",
            ),
            (
                lambda n, m, epochs: math.ceil(epochs * n / m),
                "This joins the examples left over in one epoch with those of the next. Each "
                "epoch is cut by itself.",
            ),
            (
                lambda n, m, epochs: epochs * (n // m + 1),
                "This always counts one smaller mini-batch at the end. There is none if m "
                "divides n.",
            ),
            (lambda n, m, epochs: epochs * n, "This is right for m = 1 only."),
            (lambda n, m, epochs: math.ceil(n / m), "This is one epoch. How many are there?"),
        ],
    )


updates = Exercise(
    "05-updates",
    "Online learning: how many updates?",
    minutes=8,
    difficulty=1,
    question="""
**An advantage of online learning**, made countable. Write `count_updates(n, m, epochs)`: how many
times are the weights changed in training on `n` examples with mini-batches of `m`? All are whole
numbers, `n` and `m` from 1 up, `epochs` from 0 up. If `m` does not divide `n`, the last mini-batch
of each epoch is smaller; `m` may also be larger than `n`.

Then compare m = 1 with m = 20 for 50,000 examples.
""",
    variable="count_updates",
    starter="def count_updates(n, m, epochs):\n    ...",
    check=check_updates,
    right="With m = 1 there are 20 times as many updates for the same reading, if 20 divides n.",
    hints=[
        "Start with one epoch and 12 examples in mini-batches of 5. Draw them as a row and cut it.",
        "n/m, rounded up. `range(0, n, m)` has one start for each mini-batch; `math.ceil` rounds "
        "up.",
        "Every epoch is cut in the same way. So count one of them first.",
    ],
    solution="""
One epoch cuts n examples into mini-batches of m: as many whole ones as fit, and one more if some
examples are left over. That is n/m, rounded up. Each mini-batch makes one update, and each epoch
cuts anew, so the number is multiplied by the epochs.

For 50,000 examples: m = 20 makes 2,500 updates an epoch, m = 1 makes 50,000, **20 times as many**.
That is the advantage: after reading one single image the network has already learned something
from it, and images that keep coming in can be used at once. It counts examples, not seconds: one
update with 20 columns takes far less time than 20 updates with one column each.

```python
def count_updates(n, m, epochs):
    in_one_epoch = len(range(0, n, m))
    return epochs * in_one_epoch
```
""",
)


def check_slopes(answer):
    """40 slopes, 19 of them negative, such that any 20 of them have a mean above 0."""
    slopes = compare.numbers(answer, None, "`slopes`")
    if slopes.ndim != 1:
        raise Wrong(f"`slopes` has shape {slopes.shape}: expected a plain list of 40 numbers.")
    if len(slopes) != 40:
        raise Wrong(f"`slopes` has {len(slopes)} numbers: expected 40.")
    if not all(map(math.isfinite, slopes)):
        raise Wrong("All slopes have to be finite numbers.")
    slopes = sorted(map(Fraction, slopes.tolist()))  # exact, and cannot overflow
    negative = sum(slope < 0 for slope in slopes)
    if negative != 19:
        return f"{negative} of the slopes are below 0: expected 19." + _on_sign(negative)
    full, worst = _total(slopes), _total(slopes[:20])
    if full <= 0:
        return (
            "The mean of all 40 is not above 0, so the full cost does not rise to the right. The "
            "21 others have to outweigh the 19."
        )
    if worst <= 0:
        which = "has the mean 0, and takes no step" if worst == 0 else "has a mean below 0"
        return (
            "The mean of all 40 is above 0. But somebody might draw an unlucky mini-batch of 20: "
            f"the worst one {which}. Which 20 are in it?"
        )
    return None


def _total(slopes):
    """The sum, or 0 if it is 0 but for the rounding of decimals such as 0.1."""
    total, largest = sum(slopes), max(map(abs, slopes))
    return total if abs(total) > largest / 10**12 else 0


def _on_sign(negative):
    if negative == 21:
        return " Did you mean the opposite signs?"
    return " A slope of exactly 0 is not below 0." if negative < 19 else ""


slopes = Exercise(
    "05-slopes",
    "Online learning: how noisy?",
    minutes=12,
    difficulty=2,
    question="""
**A drawback of online learning**, as a construction. A cost with one variable is the mean of 40
terms. At the place where we stand, each term has a slope. Find 40 slopes so that

- exactly 19 of them are below 0: nearly half of all online steps go the wrong way;
- the mean of **any** 20 of them is above 0, whichever 20 are drawn: no mini-batch of 20 ever goes
  the wrong way, and neither do all 40.

`slopes` is a list or array of 40 finite numbers.
""",
    variable="slopes",
    check=check_slopes,
    right="19 of 40 online steps go uphill, and no step of 20 does, however unlucky the draw.",
    hints=[
        "Take only two different values: −1 for the 19, and one other value for the 21. How large "
        "must it be?",
        "Which 20 of the 40 have the lowest mean? If their mean is above 0, so is that of any "
        "other 20.",
        "The worst mini-batch holds all 19 negative slopes and only one other.",
        "Could there be 20 negative slopes? Then they could be a mini-batch by themselves.",
    ],
    solution="""
Let the 19 slopes be −1 and the 21 others be some s above 0. The mini-batch with the lowest mean
takes all 19 negative ones and only one of the others. Its sum is s − 19, which is above 0 as soon
as s is above 19. Take 20: the worst sum is 1. Any other choice of 20 replaces some −1 by a 20, so
its sum is larger. And the mean of all 40 is (21·20 − 19)/40 = 10.025, well above 0.

So online learning takes 19 of 40 steps uphill here, at however small an eta, while every step with
20 of the terms goes down if eta is small enough. Its estimate is **noisier**: the spread is √20,
about 4.5, times as large, if the terms are drawn independently. More negative slopes than 19 are
not possible: 20 of them could form a mini-batch.

```python
slopes = [-1] * 19 + [20] * 21
```
""",
)

online = Choice(
    "05-online",
    "Online learning or mini-batches of 20?",
    minutes=3,
    difficulty=2,
    question="""
The same network, the same images. Which sentence compares online learning (m = 1) fairly with
mini-batches of 20?
""",
    options={
        "It reads fewer images in an epoch, but its gradients are less exact": "The second half "
        "is true. But an epoch is one pass through all examples, whatever m is.",
        "It makes more updates in an epoch; each is noisier, and 20 of them take longer than one": (
            "20 times as many updates if 20 divides n, √20 times the spread, and each product "
            "with one column only, where one with 20 columns would do."
        ),
        "It finishes an epoch sooner, because each step is 20 times as fast": "Take the times, as "
        "in lesson 05: one product with 20 columns takes far less time than 20 single ones.",
        "It finds the minimum, because the noise carries it out of every bad valley": "Noise may "
        "carry it out of a valley, a good one as well. And with a constant eta it need not come "
        "to rest.",
        "It needs no second derivatives, which mini-batches of 20 do": "Neither of them uses any "
        "second derivative.",
        "It can use the same learning rate, since each step divides by m": "In the live figure of "
        "lesson 05, at eta 5, m = 10 did well from every start that was tried, and m = 1 from "
        "none.",
    },
    right="It makes more updates in an epoch; each is noisier, and 20 of them take longer than one",
    hints=["Ask of each half of a sentence by itself: is it true?"],
    solution="""
An epoch is one pass through all n examples for every m, so the reading is the same. With m = 1
there is one update for each example, 20 times as many as with m = 20 (if 20 divides n): the
advantage, above all when data keep coming in. Each update follows the gradient of one example,
whose spread around the full gradient is √20 ≈ 4.5 times as large: a drawback, as is the time,
because 20 single products take longer than one product with 20 columns.
""",
)
