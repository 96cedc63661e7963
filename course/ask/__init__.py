'''Exercises and predictions that answer: a check, graded hints, a worked solution.

For students
------------
    from course.lesson03 import questions as architecture
    architecture.bits                    # as the last line of a cell: the question
    architecture.bits.check(answer)      # right, wrong, error or not attempted, with a message
    architecture.bits.hint()             # each call gives the next hint
    architecture.bits.solution()         # worked, with the reasoning

    from course import ask as exercises
    exercises.progress()                 # what is done, and what is left
    exercises.get("03-bits")             # the same exercise by its name
    exercises.start_over()               # keeps a backup

How to write an exercise
------------------------
Each lesson has one file in this folder (architecture.py for lesson 03); the files that are not
lessons are listed in MACHINERY below. Every `Exercise`, `Choice` or `Number` that is a global name
of a lesson's file is found by itself; its name starts with the lesson's number.

    from course.ask import Exercise, compare

    def mean_of_rows(a):                               # the truth: never shown
        return a.mean(axis=1, keepdims=True)

    def check_mean(f):                                 # None if right, otherwise a message
        return compare.function(
            f,
            {"one column": (COLUMN,), "three columns": (TABLE,)},      # words: arguments
            mean_of_rows,
            misconceptions=[(lambda a: a.mean(axis=0), "This is the mean of each column.")],
        )

    row_means = Exercise(
        "06-row-means", "The mean of each row", minutes=5, difficulty=1,
        question="Write `row_means(a)`, the mean of each row of `a`, shape (n, 1).",
        variable="row_means",                          # the name that an answer defines
        starter="def row_means(a):\n    ...",          # what the answer cell holds at first
        check=check_mean,
        hints=["Which axis counts the columns?", "`keepdims=True` keeps the shape (n, 1)."],
        solution="""The sum over the columns runs along axis 1.

    ```python
    def row_means(a):
        return a.mean(axis=1, keepdims=True)
    ```
    """,
    )

`compare.arrays`, `compare.parts` and `compare.function` return None or the most specific message:
shape, then sign, then factor, then transposed, then the misconceptions you list, then where it
first differs. `compare.unpack` and `compare.numbers` read an answer and raise `Wrong(message)` if
they cannot; a checking function may raise `Wrong` too. It gets a copy of the answer, so it may do
with it what it likes. It runs under a time limit (`seconds`, 5 unless said), and whatever the
answer raises becomes a message.

A prediction is a `Choice` or a `Number`. JupyterLab shows radio buttons or a field, with Check
and Hint; everywhere else its text. It is answered with check("b") or check(0.5) as well.

    inputs = Choice(
        "03-inputs", "How many inputs?",
        question="How many inputs has a network for images of 28 × 28 pixels?",
        options={                                      # what is said when it is chosen
            "28": "28 is one row of pixels.",
            "784": "One input for each pixel.",
            "785": "A bias belongs to a neuron; it is no input.",
        },
        right="784",
        solution="Each pixel is one number, and 28 rows of 28 pixels are 28·28 = 784 numbers.",
    )
    guessing = Number(
        "07-guessing", "How good is guessing?",
        question="What accuracy does a network reach that guesses?",
        answer=10, tolerance=1, unit="%",
        mistakes={50: "There are ten digits, not two."}, factors={0.01: "Give it in percent."},
        low="Too low: even a guess is right now and then.", high="Too high: count the digits.",
        solution="There are ten digits, about equally many of each, so one guess in ten is right.",
    )

In a notebook, the answer cell has the tag "answer" and the metadata {"exercise": "03-bits"} and
holds the starter; the next cell is `architecture.bits.check(answer)`. Each exercise also needs its
cases in tests/exercise_cases/, which says how.

What stops an endless answer: on the main thread of Linux and macOS an alarm; elsewhere (Windows, or
the Check button) the answer runs in a second thread into which an exception is sent. Neither can
stop a single call of compiled code that never returns, such as sum(itertools.count()); then only
restarting the kernel helps. Where there are no threads (Python in the browser) there is no limit.
'''

import difflib
import importlib
import pkgutil

from course.ask import record
from course.ask.exercise import Choice, Exercise, Number
from course.ask.feedback import Feedback, NotAttempted, Wrong

__all__ = [
    "Choice",
    "Exercise",
    "Feedback",
    "NotAttempted",
    "Number",
    "Wrong",
    "all",
    "get",
    "progress",
    "start_over",
]

MACHINERY = (
    *("__main__", "blank", "compare", "exercise", "feedback", "notebooks", "record", "report"),
    *("running", "view"),
)


def all():
    """Every exercise of every lesson, in the order of the lessons and of their files."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
        if module.name not in MACHINERY
    ]
    found = {
        exercise.name: exercise
        for module in modules
        for exercise in vars(module).values()
        if isinstance(exercise, Exercise)
    }
    return sorted(found.values(), key=lambda exercise: exercise.lesson)


def get(name):
    """The exercise of this name, such as "03-bits"; LookupError names the closest ones."""
    found = {exercise.name: exercise for exercise in all()}
    if isinstance(name, str) and name in found:
        return found[name]
    close = difflib.get_close_matches(str(name).lower(), found, n=3, cutoff=0.4)
    words = " or ".join(repr(one) for one in close or list(found)[:3])
    raise LookupError(
        f"There is no exercise named {name!r}. Try {words}; exercises.progress() lists them all."
    )


def progress(path=None):
    """A table of all exercises: done, tried or not yet.

    path: the progress file; my_progress.json in the current folder unless given.
    """
    return record.Table(all(), *record.read(path))


def start_over(path=None):
    """Forget all progress. The old file is kept under another name, which the answer says."""
    return record.start_over(path)
