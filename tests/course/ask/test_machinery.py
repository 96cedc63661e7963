"""The machinery of the exercises: outcomes, comparisons, limits, and hostile answers."""

import functools
import itertools
import os
import re
import signal
import sys
import threading
import time
import types
from collections import deque, namedtuple
from decimal import Decimal
from fractions import Fraction

import hypothesis
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from course import exercises
from course.ask import Exercise, NotAttempted, Wrong, compare, running
from course.ask.blank import is_blank, snapshot
from course.ask.feedback import OUTCOMES, Feedback, Text, code_block, type_name
from course.ask.reading import Questions
from tests.course.ask.examples import GUESS, PICK


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")


@pytest.fixture(autouse=True)
def no_thread_is_left():
    """An answer that goes on for ever would slow down every test after it."""
    before, stop_at = set(sys._current_frames()), time.monotonic() + 60
    yield
    while (left := set(sys._current_frames()) - before) and time.monotonic() < stop_at:
        time.sleep(0.02)
    assert not left


@pytest.fixture
def interruptible():
    """A process that a shell has started in the background begins with SIGINT ignored."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, previous)


def make(check, **options):
    options = {
        "question": "What is it?",
        "hints": ["Think.", "Think again."],
        "solution": "It is 1.\n\n```python\nanswer = 1\n```",
        "minutes": 5,
        "difficulty": 2,
        "seconds": 0.3,
    } | options
    return Exercise(options.pop("name", "99-test"), "A test", check=check, **options)


# Outcomes


def test_none_is_right_and_text_is_wrong():
    exercise = make(lambda answer: None if answer == 1 else "Not one.", right="One it is.")
    assert exercise.check(1) == Feedback("right", "One it is.")
    assert exercise.check(2) == Feedback("wrong", "Not one.")


@pytest.mark.parametrize(
    ("error", "outcome"), [(Wrong, "wrong"), (NotAttempted, "not attempted"), (KeyError, "error")]
)
def test_what_a_checking_function_raises(error, outcome):
    def check(answer):
        raise error("because")

    feedback = make(check).check(1)
    assert feedback.outcome == outcome
    assert "because" in feedback.message


def test_a_check_that_returns_something_else_is_an_error():
    assert make(lambda answer: 5).check(1).outcome == "error"


def test_feedback_reads_as_text_and_markdown():
    feedback = Feedback("wrong", "Too small.", "A note.")
    assert repr(feedback) == "Not yet. Too small.\n(A note.)"
    assert feedback._repr_markdown_() == "**Not yet.** Too small.\n\n*A note.*"
    assert repr(Feedback("right")) == "Right."
    with pytest.raises(ValueError, match="expected one of"):
        Feedback("great")


def test_representations():
    exercise = make(None)
    assert repr(exercise) == "Exercise 99-test: A test (5 minutes, difficulty 2)"
    data = exercise._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == repr(exercise) + "\n\nWhat is it?"
    assert data["text/markdown"].startswith("**Exercise 99-test: A test** (5 minutes, difficulty 2")
    assert "(1 minute, difficulty 1)" in repr(PICK)


@pytest.mark.parametrize(
    "wrong",
    [
        {"difficulty": 4},
        {"solution": "Nothing to run."},
        {"solution": "```python\n1\n```" * 2},
        {"starter": ""},
        {"starter": "1 +"},
        {"starter": "1 + 1"},
        {"starter": "a.b = 1"},
    ],
)
def test_a_badly_made_exercise_is_refused(wrong):
    with pytest.raises(ValueError, match="expected"):
        make(None, **wrong)


@pytest.mark.parametrize(
    ("starter", "variable"),
    [("answer = ...", "answer"), ("a = 1\nb = a", "b"), ("def f(x):\n    ...", "f"),
     ("import math\n\n\nclass Net(object):\n    pass\n", "Net"), ("x: int = 1", None)],
)  # fmt: skip
def test_the_answer_is_the_last_name_of_the_starter(starter, variable):
    if variable:
        assert make(None, starter=starter).variable == variable
    else:
        with pytest.raises(ValueError, match="last line"):
            make(None, starter=starter)


def test_a_bad_name_is_refused():
    with pytest.raises(ValueError, match="03-bits"):
        Exercise(
            "bits", "", question="", check=None, hints=[], solution="", minutes=1, difficulty=1
        )


def test_hints_come_one_by_one_and_start_again():
    exercise = make(None)
    texts = [repr(exercise.hint()) for _ in range(4)]
    assert texts[:2] == ["**Hint 1 of 2.** Think.", "**Hint 2 of 2.** Think again."]
    assert "no more hints" in texts[2]
    assert texts[3] == texts[0]
    assert "no hints" in repr(make(None, hints=[]).hint())
    for said in (texts[2], repr(make(None, hints=[]).hint())):
        assert said.endswith("`questions.test.solution()` shows the solution.")


def test_what_a_message_tells_to_type_can_be_typed():
    """`hint()` alone would be a NameError."""
    exercise = make(None)
    assert exercise.check(...).message.endswith(" `questions.test.hint()` helps.")
    names = {"questions": Questions([exercise, PICK, GUESS])}
    for one in names["questions"]:
        said = [
            one.check(...).message,
            one.hint().markdown,
            one.hint().markdown,
            one.check({}).message,
        ]
        for code in re.findall(r"`(\w+(?:\.\w+)*\(.*?\))`", " ".join(said)):
            assert eval(code, names) is not None
    assert "`questions.pick.check('a')`" in PICK.check(...).message
    assert "`questions.not_.hint()`" in make(None, name="01-not").check(...).message


def test_the_solution_is_shown_with_its_code():
    shown = make(None).solution()
    assert isinstance(shown, Text)
    assert shown._repr_markdown_() == repr(shown)
    assert code_block(repr(shown)) == "answer = 1\n"


# Not attempted


def empty():
    pass


def dots(x):
    ...  # noqa: PIE790
    return ...


def documented(x):
    """Something."""


def closure():
    x = 1

    def inner():
        return x

    return inner


@pytest.mark.parametrize(
    "answer",
    [None, ..., (..., ...), [None, ...], empty, dots, documented, lambda: None, lambda x: ...,
     functools.partial(dots, 1), types.MethodType(dots, 1)],
)  # fmt: skip
def test_blank(answer):
    assert is_blank(answer)
    assert make(lambda answer: None).check(answer).outcome == "not attempted"


@pytest.mark.parametrize(
    "answer",
    [0, "", [], (), (..., 1), False, len, int, print, closure(), lambda: 0, lambda x: x,
     functools.partial(print), (yielded := (x for x in ())), np.zeros(0), "...", [...] * 200],
)  # fmt: skip
def test_not_blank(answer):
    assert not is_blank(answer)


# Errors, time and interrupts


def test_an_error_names_the_line():
    def third(x):
        y = x
        return [][y]

    feedback = make(lambda f: compare.function(f, [(3,)], lambda x: x)).check(third)
    assert feedback.outcome == "error"
    line = third.__code__.co_firstlineno + 2
    assert feedback.message == (
        "For `x = 3`, your function raised `IndexError: list index out of range`. "
        f"This was in line {line} of `third`: `return [][y]`"
    )


def endless(x=None):
    while True:
        pass


def stubborn(x=None):
    stop_at = time.monotonic() + 20
    while time.monotonic() < stop_at:
        try:
            time.sleep(0.001)
        except BaseException:
            continue


def generator():
    while True:
        yield 1


def sleepy():
    """Only a signal ends it, and Windows has none: there the thread is left to sleep."""
    time.sleep(60)


needs_signals = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer signals")


@pytest.mark.parametrize(
    "answer", [endless, lambda: list(generator()), pytest.param(sleepy, marks=needs_signals)]
)
def test_an_endless_answer_is_stopped(answer):
    began = time.monotonic()
    feedback = make(lambda f: f()).check(answer)
    assert feedback.outcome == "error"
    assert "still running after 0.3 seconds, so it was stopped" in feedback.message
    assert time.monotonic() - began < 5


def on_a_thread(work):
    box = []
    thread = threading.Thread(target=lambda: box.append(work()))
    thread.start()
    thread.join(30)
    return box[0]


def test_an_endless_answer_is_stopped_on_another_thread_too():
    feedback = on_a_thread(lambda: make(lambda f: f()).check(endless))
    assert "so it was stopped" in feedback.message
    assert on_a_thread(lambda: make(lambda answer: None).check(1)).outcome == "right"
    assert on_a_thread(lambda: make(lambda f: f()).check(sys.exit)).outcome == "error"


def test_what_cannot_be_stopped_is_said(monkeypatch):
    monkeypatch.setattr(running, "GRACE", 0.1)  # it sleeps six times as long as it is waited for
    feedback = on_a_thread(lambda: make(lambda f: f()).check(lambda: time.sleep(2.5)))
    assert "could not be stopped" in feedback.message
    assert "restart the kernel" in feedback.message


def test_without_alarm_the_main_thread_uses_a_second_one(monkeypatch, interruptible):
    monkeypatch.delattr(signal, "setitimer", raising=False)
    assert "so it was stopped" in make(lambda f: f()).check(endless).message
    threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        make(lambda f: f(), seconds=3).check(endless)


@pytest.mark.parametrize("has_begun", [True, False])
def test_an_interrupt_while_the_second_thread_starts_leaves_nothing_running(monkeypatch, has_begun):
    start, ran = threading.Thread.start, []

    def interrupted(thread):
        start(thread if has_begun else threading.Timer(0.2, start, [thread]))
        raise KeyboardInterrupt

    def answer():
        ran.append(1)
        endless()

    monkeypatch.delattr(signal, "setitimer", raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", interrupted)
        assert make(lambda f: f()).check(answer).outcome == "error"
    time.sleep(0.5)
    assert len(ran) == has_begun


def test_without_threads_there_is_no_limit_but_an_answer(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert make(lambda answer: None).check(1).outcome == "right"
    assert make(lambda f: f()).check(sys.exit).outcome == "error"


def test_the_students_own_interrupt_gets_through(interruptible):
    handler = signal.getsignal(signal.SIGINT)
    threading.Timer(0.1, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        make(lambda f: f(), seconds=3).check(endless)
    assert signal.getsignal(signal.SIGINT) is handler


def test_an_interrupt_that_the_answer_raises_is_an_error():
    def pretends():
        raise KeyboardInterrupt

    assert make(lambda f: f()).check(pretends).outcome == "error"


@needs_signals
def test_the_alarm_of_others_is_kept():
    rang = []
    previous = signal.signal(signal.SIGALRM, lambda *_: rang.append(1))
    earlier = signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        assert make(lambda f: f(), seconds=0.1).check(endless).outcome == "error"
        time.sleep(0.8)
    finally:
        signal.setitimer(signal.ITIMER_REAL, *earlier)
        signal.signal(signal.SIGALRM, previous)
    assert rang == [1]


def test_a_printing_answer_is_cut_short(capsys):
    def chatty():
        while True:
            print("x" * 100)

    make(lambda f: f()).check(chatty)
    printed = capsys.readouterr().out
    assert 1000 < len(printed) < 2500
    assert "output cut here" in printed


def test_a_short_print_is_shown(capsys):
    make(lambda f: f()).check(lambda: print("here"))
    assert capsys.readouterr().out == "here\n"


# Comparing arrays

TRUTH = np.array([[1.0, -2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    "given",
    [TRUTH, TRUTH.tolist(), tuple(map(tuple, TRUTH)), TRUTH.astype(np.float32),
     [[1, Fraction(-2)], [Decimal(3), 4]], np.asfortranarray(TRUTH), TRUTH.view(np.matrix),
     TRUTH * (1 + 1e-6), [np.array([1, -2]), [3, 4]], TRUTH.astype(object)],
)  # fmt: skip
def test_equal_arrays(given):
    assert compare.arrays(given, TRUTH) is None


@pytest.mark.parametrize(
    ("given", "phrase"),
    [
        (TRUTH[0], "has shape (2,): expected (2, 2)"),
        (5, "is a single number: expected an array of shape (2, 2)"),
        (-TRUTH, "has the wrong sign everywhere"),
        (abs(TRUTH), "right in size, but has the wrong sign in row 0, column 1"),
        (2 * TRUTH, "is exactly twice"),
        (TRUTH / 2, "is exactly half"),
        (7 * TRUTH, "7 times what it should be. Divide by m."),
        (3 * TRUTH, "every entry is 3 times what it should be"),
        (-3 * TRUTH, "3 times what it should be, and the wrong sign"),
        (0 * TRUTH, "is 0 everywhere"),
        (TRUTH.T, "the transpose"),
        (TRUTH + 1, "forgot to subtract 1"),
        (TRUTH * 1.005, "close, but not exact enough"),
        ([[1, -2], [3, 9]], "is 9 in row 1, column 1 (counted from 0): too large"),
        ([[0, -2], [3, 9]], "too small. 2 of 4 entries are wrong."),
        ([[1, np.nan], [3, 4]], "is NaN (not a number) in row 0, column 1"),
        ([[1, -np.inf], [3, 4]], "is infinite in row 0, column 1"),
        ([[1, 2], [3]], "differ in length"),
        ([[1j, 2], [3, 4]], "complex"),
        ([["1", "2"], ["3", "4"]], "holds text (str)"),
        ([[10**400, 2], [3, 4]], "far too large"),
        ("text", "is text (str)"),
        ({1, 2}, "an object of type set: expected numbers; use list(...)"),
        (zip([1], [2]), "an object of type zip"),
        (np.broadcast_to(1.0, (10**9, 10**9)), "more than 10,000,000 entries"),
        ([range(10**6)] * 100, "more than 10,000,000 entries"),
        (len, "is a function: expected numbers"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "expected numbers only"),
    ],
)
def test_different_arrays(given, phrase):
    message = compare.arrays(
        given,
        TRUTH,
        factors={7: "Divide by m."},
        misconceptions=[(TRUTH + 1, "You forgot to subtract 1.")],
    )
    assert phrase in message
    assert message[-1] in ".?"


def test_hints_on_shapes():
    column = np.ones((3, 1))
    assert "Use .reshape(3, 1)" in compare.arrays([1, 1, 1], column)
    assert "have changed places" in compare.arrays([[1, 1, 1]], column)
    assert "spreads out into (n, n)" in compare.arrays(np.ones((3, 3)), column)
    assert "expected a single number" in compare.arrays([1, 2], 5)


@pytest.mark.parametrize("given", [np.ones((3, 1)), np.ones((1, 3)), [[1], [1], [1]]])
def test_a_column_where_a_row_of_numbers_belongs_is_told_the_way(given):
    assert compare.arrays(given, np.ones(3)).endswith(
        "Use .ravel() to make one row of numbers of it."
    )
    assert "ravel" not in compare.arrays(np.ones((2, 3)), np.ones(3))


@pytest.mark.parametrize(
    ("given", "truth"),
    [
        (91.4, 91.65),
        (92.5, 92),
        (90.4, 90),
        (91.9, 92),
        ([1.5, 2.51, 3.5], [1.5, 2.5, 3.5]),
        (7, 7.05),
    ],
)
def test_another_number_nearby_is_not_called_inexact(given, truth):
    assert "close" not in compare.arrays(given, truth) or "rounded" in compare.arrays(given, truth)


@pytest.mark.parametrize(
    ("given", "truth"),
    [(0.33, 1 / 3), (1.415, 2**0.5), (91.95, 92), ([0.1003, 0.2006], [0.1, 0.2]), (92, 91.75)],
)
def test_noise_and_rounding_are_called_inexact(given, truth):
    assert "close, but not exact enough" in compare.arrays(given, truth)


def test_whole_numbers_are_shown_with_all_digits():
    assert "is 1806337: too small" in compare.arrays(1806337, 1808640)
    assert "is 0.333333: too" in compare.arrays(1 / 3, 5.0)


def test_a_number_where_there_is_none():
    assert compare.arrays(-1, np.nan).endswith("is -1: expected NaN, for there is no such number.")


def test_single_numbers():
    for given in (5, 5.0, np.float32(5), [5], np.array([[5]]), Fraction(5)):
        assert compare.arrays(given, 5) is None
    assert compare.arrays(6, 5).endswith("is 6: too large.")
    assert compare.arrays(-5, 5).endswith("has the wrong sign.")
    assert compare.arrays(10, 5).endswith("is exactly twice what it should be.")
    assert "times" not in compare.arrays(15, 5), "the factor would give the answer away"
    assert compare.arrays(True, 1) is None


def test_nan_where_it_belongs_and_zeros():
    assert compare.arrays([np.nan, 1], [np.nan, 1]) is None
    assert "at index [1]" in compare.arrays([np.nan, 2], [np.nan, 5])
    assert compare.arrays([0, 0], [0, 0]) is None
    assert "too large" in compare.arrays([0, 1], [0, 0])
    assert compare.arrays(np.zeros((0, 2)), np.zeros((0, 2))) is None


def test_rounding_noise_is_no_wrong_sign():
    message = compare.arrays([1e-12, -3.0], [-1e-12, 3.0])
    assert "index [1]" in message or "everywhere" in message


def test_blank_entries_are_no_attempt():
    for blank in ([[..., 1], [2, 3]], ..., None, [None, 1], [(1, 2), ...], [[1, 2], [3]] + [None]):
        with pytest.raises(NotAttempted):
            compare.numbers(blank)


def test_parts():
    expected = {"w": TRUTH, "b": np.ones(3)}
    assert compare.parts((TRUTH, [1, 1, 1]), expected) is None
    assert compare.parts([TRUTH, [2, 2, 2]], expected).startswith("`b` is exactly twice")
    assert "expected 2 things, (w, b)" in compare.parts((TRUTH,), expected)
    assert "expected 2 things" in compare.parts({"w": 1}, expected)
    with pytest.raises(NotAttempted, match="`b`"):
        compare.parts((TRUTH, ...), expected)


def test_an_array_may_hold_the_parts():
    assert compare.unpack(np.array([1, 2]), "w", "b") == [1, 2]
    assert compare.parts(np.array([[1, 2], [3, 4]]), {"w": [1, 2], "b": [3, 4]}) is None
    for other in (np.array(5), np.array([1, 2, 3]), {"w": 1, "b": 2}):
        with pytest.raises(Wrong, match=r"expected 2 things, \(w, b\)"):
            compare.unpack(other, "w", "b")


@pytest.mark.parametrize("single", [5, [5], (5,), [[5]], np.array(5), np.array([[5]])])
def test_a_single_number_may_stand_in_a_list(single):
    assert compare.numbers(single, ()).shape == ()
    assert compare.numbers(single, [(), (3,)]).item() == 5


def test_numbers_are_a_copy():
    given = np.ones(3)
    compare.numbers(given)[0] = 5
    assert given[0] == 1


# Comparing functions

CASES = {"a positive number": (2.0, [1]), "zero": (0.0, [1, 2])}


def scaled(x, numbers):
    return [x * number for number in numbers]


def test_functions():
    assert compare.function(lambda x, n: x * np.array(n), CASES, scaled) is None
    assert compare.function(functools.partial(scaled), list(CASES.values()), scaled) is None

    message = compare.function(lambda x, n: np.array(n) * x + (x == 0), CASES, scaled)
    assert message.startswith("The result for zero is 1 at index [0]: too large")
    assert "returns None for" not in message
    assert "returns None" in compare.function(lambda x, n: [].append(x), CASES, scaled)
    assert "is text" in compare.function(lambda x, n: "2", CASES, scaled)
    assert "expected a function" in compare.function(3, CASES, scaled)


def test_a_known_mistake_of_a_function():
    options = {"misconceptions": [(lambda x, n: n, "You left x out.")]}
    assert compare.function(lambda x, n: n, CASES, scaled, **options) == "You left x out."
    other = compare.function(lambda x, n: [9] * len(n), CASES, scaled, **options)
    assert other.startswith("The result for a positive number is 9")


def test_a_function_that_changes_its_input():
    def clears(x, numbers):
        result = scaled(x, numbers)
        numbers.clear()
        return result

    def adds(x, a):
        a += 1
        return x * (a - 1)

    before = np.ones(2)
    assert "changes what it is given" in compare.function(clears, CASES, scaled)
    assert compare.function(clears, CASES, scaled, keeps_inputs=False) is None
    assert "changes" in compare.function(adds, [(2.0, before)], lambda x, a: x * a)
    assert before.tolist() == [1, 1]


def test_results_in_reverse_order_are_told():
    same = compare.part_by_part("first", "second")
    assert same((1, 2), (1, 2), "it") is None
    assert same([2, 1], (1, 2), "it") == (
        "The parts of it stand in reverse order: expected 2 things, (first, second)."
    )
    assert same((1, 5), (1, 2), "it") == "`second` in it is 5: too large."


def test_a_class_is_no_function():
    class Scaled:
        def __call__(self, x, numbers):
            return scaled(x, numbers)

        def method(self, x, numbers):
            return tuple(scaled(x, numbers))

    assert compare.function(Scaled(), CASES, scaled) is None
    assert compare.function(Scaled().method, CASES, scaled) is None
    assert "Make an object that can be called" in compare.function(Scaled, CASES, scaled)


def test_arguments_in_words():
    cases = [(2.0, np.arange(3)), (2.0, np.zeros((5, 5)))]
    message = compare.function(lambda x, a: a * 0 + 9, cases, lambda x, a: x * a + 1)
    assert "for `x = 2.0` and `a = [0, 1, 2]`" in message
    assert compare._words(lambda a: 0, cases[1][1:]) == "`a = an array of shape (5, 5)`"


# Copies


def test_snapshot_copies_what_a_check_might_change():
    answer = ([1, [2]], {"a": np.ones(2)})
    copied = snapshot(answer)
    copied[0][1].append(3)
    copied[1]["a"][0] = 5
    assert answer[0] == [1, [2]]
    assert answer[1]["a"][0] == 1


def test_snapshot_of_a_list_in_itself():
    answer = [1]
    answer.extend([answer] * 10)
    assert len(snapshot(answer)) == 11


def test_a_huge_answer_is_refused_before_the_check_sees_it():
    huge = np.broadcast_to(1.0, (10**8, 10**8))
    for answer in (huge, [huge], ([huge, 1], 2)):
        assert "10,000,000 entries" in make(list).check(answer).message
        message = compare.function(lambda x, n, a=answer: a, CASES, scaled, same=list)
        assert "10,000,000 entries" in message


def test_a_careless_check_does_not_change_the_answer():
    def check(answer):
        answer[0] = 5

    answer = [1, 2]
    assert make(check).check(answer).outcome == "right"
    assert answer == [1, 2]


# Any object at all


class ExplosiveError(Exception):
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


def hostile(name, error):
    """An object whose method `name` raises `error`."""

    def explode(self, *args, **kwargs):
        raise error

    return type("Hostile", (), {name: explode})()


class LiesAboutItsClass:
    @property
    def __class__(self):
        raise RuntimeError("no class")


class Liar(list):
    def __len__(self):
        return 10**12

    def __getitem__(self, key):
        return self


class Endless:
    def __len__(self):
        return 4

    def __iter__(self):
        return itertools.count()

    def __getitem__(self, key):
        return self

    def __array__(self, dtype=None, copy=None):
        while True:
            pass


class NoName(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")

    def __getattribute__(cls, name):
        raise RuntimeError("nothing")


class Nameless(metaclass=NoName):
    pass


class Anything:
    """Answers every question with itself."""

    def __getattr__(self, name):
        return self

    def __call__(self, *args, **kwargs):
        return self


METHODS = [
    "__eq__", "__array__", "__repr__", "__str__", "__len__", "__iter__", "__getitem__", "__float__",
    "__bool__", "__hash__", "__getattribute__", "__call__", "__deepcopy__", "__index__", "__int__",
    "__array_ufunc__", "__format__", "__next__", "__array_interface__", "__abs__", "__add__",
]  # fmt: skip
ERRORS = [
    ValueError("no"), SystemExit(3), RecursionError("deep"), MemoryError(), KeyboardInterrupt(),
    GeneratorExit(), ExplosiveError(), StopIteration(), NotImplementedError(), OSError(5, "disk"),
    UnicodeDecodeError("utf-8", b"x", 0, 1, "bad"), BaseExceptionGroup("all", [SystemExit()]),
    Wrong("mine"), Exception("`" * 5000),
]  # fmt: skip


def recursive(*args):
    return recursive(*args)


def raises(error):
    def answer(*args):
        raise error

    return answer


def inside_itself():
    answer = [1]
    answer.append(answer)
    return answer


def made(make):
    return st.integers(0, 0).map(lambda _: make())


Pair = namedtuple("Pair", "w b")
PARTS = st.one_of(
    st.none() | st.booleans() | st.integers() | st.floats() | st.complex_numbers(),
    st.text(max_size=5) | st.binary(max_size=5) | st.fractions() | st.decimals(),
    st.just(...) | made(object) | made(Anything) | made(Nameless) | made(LiesAboutItsClass),
    made(Liar) | st.builds(hostile, st.sampled_from(METHODS), st.sampled_from(ERRORS)),
    st.sampled_from([
        np.zeros((4, 10)), np.zeros(4), np.full((4, 10), np.nan), np.zeros((0, 4)), np.array("x"),
        np.array([None, 1]), np.ma.masked, np.zeros(3, [("a", float)]), np.float16(3),
        np.datetime64("NaT", "D"), np.broadcast_to(0.0, (10**8, 10**8)), [[1] * 10] * 4, 10**5000,
    ]),
)  # fmt: skip
FUNCTIONS = st.one_of(
    st.sampled_from([recursive, len, print, int, sys.exit, os.getcwd, np.sum, type, exec, iter,
                     property(), staticmethod(len), ExplosiveError, generator, exercises]),
    st.builds(raises, st.sampled_from(ERRORS)),
    PARTS.map(lambda value: lambda *args: value),
    st.sampled_from(ERRORS),
)  # fmt: skip
ANSWERS = st.one_of(
    PARTS,
    FUNCTIONS,
    st.lists(PARTS | FUNCTIONS, max_size=4),
    st.tuples(PARTS | FUNCTIONS, PARTS),
    st.builds(Pair, PARTS, PARTS),
    st.dictionaries(st.text(max_size=3), PARTS, max_size=3),
    st.lists(st.lists(PARTS, max_size=4), max_size=4),
    made(generator) | made(inside_itself) | st.builds(lambda a: deque([a]), PARTS),
)


# Without making a failing example smaller: with so many checks that would take hours.
@settings(
    max_examples=30,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@hypothesis.given(ANSWERS)
def test_no_object_makes_a_check_raise(answer):
    for exercise in [*exercises.all(), PICK, GUESS]:
        feedback = exercise.judge(answer)
        if getattr(exercise, "prediction", False):
            assert repr(exercise.guess(answer))
        assert feedback.outcome in OUTCOMES
        assert isinstance(feedback.message, str)
        assert repr(feedback)
        assert feedback._repr_markdown_()


@pytest.mark.parametrize("answer", [Endless(), itertools.count(), (Endless(), Endless()), endless])
def test_no_endless_object_hangs_a_check(answer, monkeypatch):
    for exercise in [*exercises.all(), PICK, GUESS]:
        monkeypatch.setattr(exercise, "seconds", 0.05)
        assert exercise.judge(answer).outcome in ("wrong", "error")


def test_a_stubborn_answer_can_be_interrupted_or_ends():
    began = time.monotonic()
    assert make(lambda f: f(), seconds=0.1).check(stubborn).outcome == "error"
    assert time.monotonic() - began < 15


def test_the_name_of_a_type_that_hides_it():
    assert type_name(Nameless()) == "Nameless"
