"""Runs the answers of one student: `python -m course.teach.answer_runner`, started by the grader.

Reads a task as JSON from its input, and writes a line of JSON for each answer as soon as it is
known. Each answer runs in a process of its own, a copy of this one where the system can copy
processes: so what an answer does to Python, or to itself, touches no other one.
"""

import argparse
import importlib
import json
import linecache
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
from contextlib import suppress

import numpy as np

from course import exercises
from course.ask import running
from course.ask.feedback import Feedback, of_error
from course.teach import limits

COPIES = sys.platform != "win32"
NEEDS_SECONDS = 10.0  # for what the notebook makes before the answer
SPARE_SECONDS = 5.0 if COPIES else 30.0  # the other systems import all again for each answer
CELL = "your answer"  # the name of the file in messages
LONGEST = 2000  # characters of a message


def main():
    """Run the task on the input."""
    argparse.ArgumentParser(description=__doc__.splitlines()[0]).parse_args()
    task = json.loads(sys.stdin.buffer.read())
    _load(task["answers"])
    with os.fdopen(os.dup(1), "w", encoding="ascii") as results:
        _silence()
        for answer in task["answers"]:
            results.write(json.dumps(_in_own_process(answer, task["seconds"])) + "\n")
            results.flush()


def _load(answers):
    """Import all that checks need, once for all copies of this process."""
    for page in sorted({exercises.get(answer["exercise"]).page for answer in answers}):
        importlib.import_module(f"course.lesson{page}.checks")


def _silence():
    """What is printed from here on is lost, also what compiled code prints."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)


def _in_own_process(answer, seconds):
    """[outcome, message] of an answer; the process and what it started are ended."""
    context = multiprocessing.get_context("fork" if COPIES else "spawn")
    here, there = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = context.Process(target=_run, args=(answer, seconds, folder, there))
        process.start()
        there.close()
        try:
            before = NEEDS_SECONDS if answer["needs"] else 0
            return _received(here, before + 2 * seconds + SPARE_SECONDS)
        finally:
            _end(process)


def _received(pipe, seconds):
    """What the process of an answer sends, or what its silence means."""
    try:
        if pipe.poll(seconds):
            outcome, message = json.loads(pipe.recv_bytes(64 * LONGEST))
            return [Feedback(outcome).outcome, str(message)[:LONGEST]]
    except (EOFError, OSError):
        return ["error", "Your answer ended Python, or was ended by the system."]
    except (ValueError, TypeError):
        return ["error", "Your answer wrote over its own result."]
    return ["error", "Your answer did not end, and could not be stopped from within."]


def _end(process):
    """End a process, and all that belong to its group."""
    if COPIES:
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.join()


def _run(answer, seconds, folder, pipe):
    """Send [outcome, message] of an answer, and leave with all threads that it made."""
    try:
        if COPIES:
            os.setsid()
        _silence()
        os.chdir(folder)
        _same_chance()
        limits.limit(folder)
        feedback = _judged(answer, seconds)
    except BaseException as error:
        feedback = of_error(error, seconds)
    message = re.sub(r"\b0x[0-9a-fA-F]{6,}", "0x...", feedback.message)[:LONGEST]
    with suppress(BaseException):
        pipe.send_bytes(json.dumps([feedback.outcome, message]).encode())
    os._exit(0)


def _same_chance():
    """Let an answer that draws without a seed draw the same numbers every time."""
    random.seed(0)
    np.random.seed(0)  # noqa: NPY002 (an answer may use it)
    drawn = np.random.default_rng
    np.random.default_rng = lambda seed=None: drawn(0 if seed is None else seed)


def _judged(answer, seconds):
    """The Feedback for an answer: run what it needs, run it, check what it defines."""
    exercise = exercises.get(answer["exercise"])
    names = {"__name__": "__main__", "display": lambda *things, **options: None}
    running.guarded(lambda: _run_each(answer["needs"], names), NEEDS_SECONDS)
    _, error = running.guarded(lambda: _run_cell(answer["source"], CELL, names), seconds)
    value, missing = running.guarded(lambda: eval(answer["target"], names), seconds)
    if missing is None:
        return exercise.judge(value)
    if error is not None:
        return of_error(error, seconds)
    return Feedback("not attempted", f"The answer cell does not define `{exercise.variable}`.")


def _run_each(statements, names):
    """Run statements, and pass over those that fail: an answer may need only the others."""
    for number, statement in enumerate(statements):
        with suppress(Exception, SystemExit):
            _run_cell(statement, f"the notebook, {number}", names)


def _run_cell(source, place, names):
    lines = source.splitlines(keepends=True)
    linecache.cache[place] = (len(source), None, lines, place)
    exec(compile(source, place, "exec"), names)


if __name__ == "__main__":
    main()
