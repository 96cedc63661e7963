"""What runs an answer: shortcuts are seen, loops are counted, and late answers stay late."""

import functools
import os
import signal
import sys
import threading
import time
import weakref

import numpy as np
import pytest

from course.ask import Exercise, compare, running
from course.ask.running import Calls, StepCount
from nnlib.network import Network


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")


def make(check, seconds=0.3):
    return Exercise(
        "99-test",
        "A test",
        question="What?",
        check=check,
        solution="It is 1.\n\n```python\nanswer = 1\n```",
        minutes=1,
        difficulty=1,
        seconds=seconds,
    )


def square(x):
    return x * x


def by_helper(x):
    return square(x)


def swallows(x):
    try:
        return square(x)
    except Exception:
        return 0


@functools.wraps(square)
def wrapped(x):
    return square(x)


renamed = square


# Shortcuts


@pytest.mark.parametrize(
    "f",
    [square, renamed, by_helper, swallows, wrapped, functools.partial(square), lambda x: square(x)],
)
def test_a_shortcut_is_seen_under_any_name(f):
    with Calls(square) as calls:
        assert f(3) == 9
    assert calls.seen


def test_what_is_not_called_is_not_seen():
    with Calls(square) as calls:
        assert [x**2 for x in range(3)] == [0, 1, 4]
    assert not calls.seen
    square(2)
    assert not calls.seen, "outside of `with` nobody watches"


def test_a_method_that_a_class_inherits_is_seen():
    class Own(Network):
        """Nothing of its own."""

    x, y = np.ones((2, 1)), np.ones((1, 1))
    for run in (
        lambda: Own([2, 1], dtype=np.float64).backprop(x, y),
        lambda: Network.backprop(Network([2, 1], dtype=np.float64), x, y),
    ):
        with Calls(Network.backprop) as calls:
            run()
        assert calls.seen


def test_another_thread_is_not_watched():
    """A lab may train in the background while an answer is checked."""
    with Calls(square) as calls:
        thread = threading.Thread(target=square, args=(2,))
        thread.start()
        thread.join()
    assert not calls.seen


def test_the_profile_and_the_trace_of_others_come_back():
    def other(*_):
        return None

    for watch, get, put in (
        (Calls(square), sys.getprofile, sys.setprofile),
        (StepCount(), sys.gettrace, sys.settrace),
    ):
        before = get()
        put(other)
        try:
            with watch:
                square(2)
            after = get()
        finally:
            put(before)
        assert after is other


def test_a_function_with_a_shortcut_is_told_only_if_it_is_right():
    def judged(f):
        return compare.function(f, [(3,)], lambda x: x * x, shortcuts=(square,), instead="By hand.")

    assert judged(by_helper) == "By hand."
    assert judged(lambda x: x**2) is None
    assert judged(lambda x: square(x) + 1).endswith("too large.")


def test_a_shortcut_is_seen_where_answers_run_on_a_second_thread(monkeypatch):
    """As in Windows, which has no timer that interrupts."""
    monkeypatch.delattr(signal, "setitimer", raising=False)
    check = functools.partial(
        compare.function, cases=[(3,)], truth=square, shortcuts=(square,), instead="By hand."
    )
    assert make(check).check(by_helper).message == "By hand."
    assert make(check).check(lambda x: x**2).outcome == "right"


def test_an_endless_answer_is_stopped_while_it_is_watched():
    def endless(x):
        while True:
            square(x)

    exercise = make(lambda f: compare.function(f, [(3,)], square, shortcuts=(square,)))
    message = exercise.check(endless).message
    assert message.startswith("For `x = 3`, your function was still running after 0.3 seconds")
    assert sys.getprofile() is None


# Steps


def count(f, *args):
    with StepCount() as steps:
        f(*args)
    return steps.count


def by_loop(values):
    total = 0
    for value in values:
        total += value
    return total


@pytest.mark.parametrize(
    "f",
    [
        by_loop,
        lambda values: sum(value for value in values),
        lambda values: [2 * value for value in values],
        lambda values: {value: 2 * value for value in values},
        lambda values: sorted(values, key=lambda value: -value),
        lambda values: functools.reduce(lambda a, b: a + b, values),
        np.vectorize(lambda value: 2 * value),
    ],
)
def test_a_loop_makes_more_steps_for_more_values(f):
    few, many = np.arange(3.0), np.arange(30.0)
    assert count(f, few) < count(f, many)


@pytest.mark.parametrize("f", [np.sum, lambda values: (2 * values).sum(), np.cumsum, sorted])
def test_without_a_loop_the_steps_stay_the_same(f):
    assert count(f, np.arange(3.0)) == count(f, np.arange(30.0))


# Late


def catches_it_and_answers():
    try:
        while True:
            pass
    except BaseException:
        return 1


def test_an_answer_that_catches_its_end_is_late_all_the_same():
    began = time.monotonic()
    feedback = make(lambda f: None if f() == 1 else "No.").check(catches_it_and_answers)
    assert feedback.outcome == "error"
    assert "so it was stopped" in feedback.message
    assert time.monotonic() - began < 5


def test_an_answer_in_time_is_not_late():
    assert make(lambda f: None if f() == 1 else "No.").check(lambda: 1).outcome == "right"


@pytest.mark.parametrize("alarm", [True, False])  # without: as on Windows
def test_what_takes_too_long_is_told_with_its_case(monkeypatch, alarm):
    if not alarm:
        monkeypatch.delattr(signal, "setitimer", raising=False)

    def slow(x):
        while x:
            pass
        return 0

    exercise = make(lambda f: compare.function(f, {"zero": (0,), "one": (1,)}, lambda x: 0))
    assert exercise.check(slow).message.startswith("For one, your function was still running")


# What an answer leaves behind


def test_what_answers_print_on_is_held_for_long():
    outputs = []
    for _ in range(100):
        running.guarded(lambda: outputs.append(weakref.ref(sys.stdout)), 5)
    assert all(output() is not None for output in outputs)
    assert type(sys.stdout) is not running.ShortOutput


def go(folder):
    os.chdir(folder)
    return 1


@pytest.mark.parametrize("ends", [lambda: None, lambda: 1 / 0])
def test_an_answer_that_goes_to_another_folder_leaves_the_kernel_where_it_was(tmp_path, ends):
    before = os.getcwd()
    running.guarded(lambda: (go(tmp_path), ends()), 5)
    assert os.getcwd() == before


def test_in_a_folder_that_was_removed_answers_are_checked(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert running.guarded(lambda: 1, 5) == (1, None)
