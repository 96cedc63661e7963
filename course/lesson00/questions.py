"""Lesson 00: judging a rule, on new images too, zip, shapes and shuffling."""

import numpy as np

from course.ask import compare
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Wrong

new_images = Choice(
    "00-new-images",
    "The repaired rule on new images",
    question="""
On the images on which its limits were chosen, the repaired rule finds more of the nines than the
first rule, and more of what it calls a 9 are nines. On images that had no part in choosing them,
the repaired rule
""",
    options={
        "again finds more nines, and again more of its alarms are nines": "Keeping the zeros out "
        "does help with new images. But the other limit was taken because it was good for those "
        "images. Is it good for others?",
        "finds more nines, but fewer of its alarms are nines": "A center above row 13 keeps most "
        "zeros out, whoever wrote them. So which of the two numbers can you rely on more?",
        "finds fewer nines, but more of its alarms are nines": "One of the two gains came with it "
        "to the new images, the other stayed behind.",
        "does worse in both": "It does lose something. But zeros look alike everywhere: what does "
        "the limit 13 do to the false alarms?",
    },
    right="finds fewer nines, but more of its alarms are nines",
    hints=["For each of the two limits: is its effect one on all zeros, or on these images?"],
    solution="""
The limit 13 shuts out the zeros, and zeros look much the same in all images: this gain stays. The
limit also costs a few nines with a low loop. On the images on which both limits were chosen, 0.3
made up for them; on most others it does not, or not enough.
""",
)

never_looks = Choice(
    "00-never-looks",
    "The rule against a program that never looks",
    question="""
An answer of "not a 9" counts as right, too, if the image shows another digit. One program uses the
rule of above. The other one **always** says "not a 9". Which has more right?
""",
    options={
        "The rule, by more than 20 points": "A rule this much better would leave the other program "
        "below 80 %. Out of 100 images, how many are no nines?",
        "The rule, by less than 10 points": "The rule wins, but by little. Most images are not "
        "nines, and both programs are right about most of those.",
        "The program that never looks": "It is right surprisingly often. But it never finds a 9, "
        "and the rule finds most of them. How many of the others does the rule get wrong?",
        "They are equal": "For that, the rule would have to give up one right answer for each 9 "
        "that it finds. Compare the number of nines it finds with the number of false alarms.",
    },
    right="The rule, by less than 10 points",
    hints=["About one image in ten is a 9. What does that say about always answering no?"],
    solution="""
About one image in ten is a 9, so always saying no is right for about 90 % of the images. The rule
finds 70 to 74 % of the nines, which is about 7 images in 100, and pays with nearly 4 false alarms
in 100. So it is ahead by 3 to 4 images in 100.
""",
)

zip_twice = Choice(
    "00-zip-twice",
    "A zip, read twice",
    question="""
`pairs` is `zip([2, 3], [3, 4])`. What do two lines `print(list(pairs))`, one after the other,
print?
""",
    options={
        "[(2, 3), (3, 4)] both times": "This is what a list of pairs would do. A `zip` does not "
        "keep its pairs: it makes each one when somebody asks.",
        "[(2, 3), (3, 4)], then []": "A `zip` makes each pair once. After the first line it has "
        "none left, and it says nothing about it.",
        "[(2, 3), (3, 4)], then an error": "An error would be welcome here, since it would be "
        "noticed. What can `list` do with something that has nothing more to give?",
        "[(2, 3)], then [(3, 4)]": "`next(pairs)` would go on step by step like this. `list` takes "
        "everything that there is.",
    },
    right="[(2, 3), (3, 4)], then []",
    hints=[
        "A `zip` makes its pairs only when somebody asks. Does it keep those that it has given?"
    ],
    solution="""
The first `list` takes all pairs out of the `zip`. The second one finds nothing left and gives an
empty list, without an error.
""",
)

shuffle = Choice(
    "00-shuffle",
    "The wrong shuffle",
    question="""
`random.shuffle` of Python's own library is used on a NumPy array with the four rows `[0 1]`,
`[2 3]`, `[4 5]`, `[6 7]`. What will the array hold afterwards, nearly every time?
""",
    options={
        "All four rows, in another order": "With a list of four lists it would be so. A row of a "
        "NumPy array, `x[i]`, is not a thing of its own but a window on the array.",
        "All eight numbers, but the rows are torn apart": "It exchanges whole rows. What happens "
        "to the first row when the second one is written over it?",
        "Some rows twice, others not at all": "Rows are lost, and there is no error. The text "
        "below says how it comes about.",
        "Nothing new: it raises an error": "There is no error, which is the trap. Something "
        "comes out, and it looks shuffled.",
    },
    right="Some rows twice, others not at all",
    hints=["It exchanges with `x[i], x[j] = x[j], x[i]`. Which of the two rows is written first?"],
    solution="""
`x[i], x[j] = x[j], x[i]` first makes two windows on the rows, then writes the one row over the
other. Now both windows show the same numbers, and these are written into the second row as well. So
each exchange of two different rows loses one of them. Only if every row happens to be exchanged
with itself, once in 24 times with four rows, does the array stay as it was.
""",
)


def check_shapes(answer):
    """Compare two shapes of weights, each (next, previous)."""
    given = compare.numbers(answer)
    if given.shape != (2, 2):
        raise Wrong(
            "Expected two shapes, each of two numbers, as in `[(1, 2), (3, 4)]`. A network of "
            "three layers has two tables of weights."
        )
    if np.array_equal(given, [(30, 10), (784, 30)]):
        return (
            "Begin with the table next to the input. It joins the first two layers, and in its "
            "shape the next layer comes first."
        )
    return compare.arrays(
        answer,
        [(30, 784), (10, 30)],
        misconceptions=[
            (
                [(784, 30), (30, 10)],
                "In each shape the two numbers have changed places: the next layer comes first.",
            ),
            (
                [(10, 30), (30, 784)],
                "Both shapes are right, but their order is not: begin with the table next to the "
                "input.",
            ),
            (
                [(30, 1), (10, 1)],
                "These tables have one column. A neuron has one weight for each neuron of the "
                "layer before it.",
            ),
        ],
    )


shapes = Exercise(
    "00-shapes",
    "Shapes from layer sizes",
    minutes=3,
    difficulty=1,
    question="""
A network has `sizes = [784, 30, 10]`. Which two shapes do its tables of weights have? Give a list
of two pairs of numbers, the table next to the input first.
""",
    check=check_shapes,
    right="The next layer comes first in each of them.",
    hints=[
        "Write `sizes[:-1]` and `sizes[1:]` below each other. How many pairs do they make?",
        "Each pair is a layer and the one after it. In a shape, the one after it comes first.",
    ],
    solution="""
`sizes[:-1]` is `[784, 30]` and `sizes[1:]` is `[30, 10]`. The pairs are 784 with 30, and 30 with
10. In a shape the next layer comes first: 30 neurons with 784 weights each, then 10 neurons with 30
weights each.

```python
sizes = [784, 30, 10]
answer = [(m, n) for n, m in zip(sizes[:-1], sizes[1:])]
```
""",
)

next_pair = Number(
    "00-next-pair",
    "One pair taken out",
    question="""
`pairs = zip([1, 2, 3], [4, 5, 6])`, then `next(pairs)` is called once, which takes one pair out.
How many pairs does `list(pairs)` have after that?
""",
    answer=2,
    right="The pair that was taken out does not come back.",
    mistakes={
        3: "This would be so if `list` began from the start again. Can a `zip` go back?",
        0: "This would be so if the `zip` had been read to its end. How many did `next` take?",
        1: "`next` gives one pair. That is the one that was taken out: how many are left?",
    },
    low="Fewer than there are. How many pairs does the `zip` make in all?",
    high="More than the `zip` ever makes. How many pairs come out of two lists of this length?",
    hints=["A pair that has been taken out does not come back."],
    minutes=2,
    solution="Two lists of three make three pairs. `next` has taken the first, so two are left.",
)


def check_nothing(answer):
    """Check the two percentages of a program that never says yes."""
    right, found = compare.unpack(answer, "percent_right", "percent_found")
    percentage = {0.01: "Is it a percentage?"}
    return compare.arrays(
        right,
        92,
        "`percent_right`",
        factors=percentage,
        misconceptions=[
            (8, "This is the percentage of nines. The program is wrong about just these."),
            (0, "The program finds no 9, but it is right about each image that is not a 9."),
            (100, "This would mean that there is no 9 at all. About which images is it wrong?"),
        ],
    ) or compare.arrays(
        found,
        0,
        "`percent_found`",
        misconceptions=[
            (8, "8 is how many nines there are. To how many of them does it say yes?"),
            (92, "This is again the percentage of right answers. Look at the 8 nines only."),
            (100, "To find a 9 means to say that it is one. What does this program say?"),
        ],
    )


nothing = Exercise(
    "00-nothing",
    "What doing nothing gives",
    minutes=3,
    difficulty=1,
    question="""
Of 100 images, 8 are nines. A program says "not a 9" to every image. What percentage of its answers
is right, and what percentage of the nines does it find?
""",
    starter="percent_right = ...\npercent_found = ...\nanswer = (percent_right, percent_found)",
    check=check_nothing,
    right="One number alone does not tell you whether a program is any good.",
    hints=[
        'Count the images about which it is right: to which ones is "not a 9" a true answer?',
        "For the second number look at the nines only. How many of them are called a 9?",
    ],
    solution="""
It is right about each image that is not a nine: 100 − 8 = 92 of 100. It says "9" to none, so it
finds 0 of the 8 nines. One number alone does not tell you whether a program is any good.

```python
import numpy as np

is_nine = np.arange(100) < 8
said_nine = np.zeros(100, dtype=bool)
percent_right = 100 * (said_nine == is_nine).mean()
percent_found = 100 * said_nine[is_nine].mean()
answer = (percent_right, percent_found)
```
""",
)
