"""Grade the hand-ins of a class by running them again; a progress file is no grade."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from course import exercises, paths
from course.ask import record, variants
from course.ask.exercise import Prediction
from course.teach import handed_answers, ideas
from course.teach.hand_ins import Student

SECONDS = 5.0  # for running an answer, and for checking it
AT_ONCE = 10  # students whose answers one process starts, each in a process of its own
PER_ANSWER = 30.0  # seconds after which the process of all answers is given up, for each
START = 120.0


@dataclass(frozen=True)
class Result:
    """What became of one answer: an outcome of `Feedback`, what is said, the wrong ideas in it."""

    outcome: str
    message: str = ""
    ideas: tuple[str, ...] = ()


NOTHING = Result("not attempted", "There is no answer in the hand-in.")
BLANK = Result("not attempted", "The answer is what the course gave.")


@dataclass
class Graded:
    """A student, name of the exercise -> Result, warnings, and what the progress file says."""

    student: Student
    results: dict[str, Result] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    said: int | None = None  # questions with a short answer that are done, if the file is right

    @property
    def right(self):
        """How many answers are right."""
        return sum(result.outcome == "right" for result in self.results.values())


def grade(students, only=None, seed=1, jobs=None, seconds=SECONDS, progress=lambda group: None):
    """(names of the graded exercises in the order of the course, a Graded for each student).

    only: names of exercises; unless given, all that stand in a notebook of any student.
    jobs: how many students at once.  seed: of the cases that are tried besides those of the page.
    seconds: for each answer.  progress: called with each group of students that is done.
    """
    collected = [_collected(student) for student in students]
    found = {name for _, answers in collected for name in answers}
    names = [name for name in handed_answers.graded() if name in (found if only is None else only)]
    for graded, _ in collected:
        graded.results = dict.fromkeys(names, NOTHING)
    jobs = jobs or os.cpu_count() or 1
    size = max(1, min(AT_ONCE, len(collected) // jobs))
    groups = [collected[start : start + size] for start in range(0, len(collected), size)]
    with ThreadPoolExecutor(jobs) as pool:
        for group in pool.map(lambda group: _finished(group, names, seed, seconds), groups):
            progress(group)
    return names, [graded for graded, _ in collected]


def _collected(student):
    """(a Graded without results, the student's answers)."""
    answers, warnings = handed_answers.collect(student.notebooks)
    if not student.notebooks:
        warnings = ["no notebook in the hand-in"]
    graded = Graded(student, {}, [_of(student, words) for words in warnings])
    graded.said = _said(student, graded.warnings)
    return graded, answers


def _of(student, words):
    """A warning that names the student, if it does not begin with a path that does."""
    return words if words.startswith(student.name) else f"{student.name}: {words}"


def said(student):
    """(the entries of the last progress file that can be read, or None; sentences about others)."""
    warnings = []
    for document in reversed(student.progress):
        try:
            entries = record.load(document)
        except (OSError, ValueError) as error:
            warnings.append(str(error))
            continue
        if len(student.progress) > 1:
            warnings.append(f"{len(student.progress)} progress files. Taken: {document.label}.")
        return entries, warnings
    return None, warnings


def _said(student, warnings):
    """How many questions are done by the student's own file; None if there is none."""
    entries, remarks = said(student)
    warnings += [_of(student, words) for words in remarks]
    if entries is None:
        return None
    return sum(entries.get(name, {}).get("state") == "done" for name in questions())


def questions():
    """The names of all questions that are answered without code."""
    return [one.name for one in exercises.all() if isinstance(one, Prediction)]


def _finished(group, names, seed, seconds):
    """The pairs (Graded, answers) of a group, with the results filled in.

    If the process of all of them ends early, its first answer without a result did that; the
    others go on in a new process.
    """
    pairs = [(one, answers[name]) for one, answers in group for name in names if name in answers]
    for one, answer in pairs:
        one.results[answer.exercise] = BLANK
    waiting = [(one, answer) for one, answer in pairs if not answer.is_blank]
    while waiting:
        outcomes = _outcomes([answer for _, answer in waiting], seed, seconds)
        if len(outcomes) < len(waiting):
            outcomes.append(["error", "Your answer ended the process that graded it."])
        for (one, answer), outcome in zip(waiting, outcomes):
            one.results[answer.exercise] = _result(answer, *outcome)
        waiting = waiting[len(outcomes) :]
    return group


def _result(answer, outcome, message):
    exercise = handed_answers.graded()[answer.exercise]
    return Result(outcome, message, ideas.of(exercise, outcome, message))


def _outcomes(answers, seed, seconds):
    """[outcome, message] for each answer, or for the first of them, from a process of its own."""
    task = {"seconds": seconds, "answers": [_task(answer) for answer in answers]}
    longest = START + len(answers) * (PER_ANSWER + 3 * seconds)
    with tempfile.TemporaryFile() as results:
        process = subprocess.Popen(
            [sys.executable, "-m", "course.teach.answer_runner"],
            stdin=subprocess.PIPE,
            stdout=results,
            stderr=subprocess.DEVNULL,
            cwd=paths.ROOT,
            env=_environment(seed),
            start_new_session=True,
        )
        try:
            process.communicate(json.dumps(task).encode(), longest)
        except (subprocess.TimeoutExpired, BrokenPipeError):
            pass
        finally:
            _end(process)
        results.seek(0)
        return _read(results.read(), len(answers))


def _task(answer):
    return {
        "exercise": answer.exercise,
        "source": answer.source,
        "needs": answer.needs,
        "target": answer.target,
    }


def _read(data, most):
    """The results that were written whole."""
    lines = data.decode("ascii", "replace").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")][:most]


def _environment(seed):
    """The environment of the process: one thread, the same order of sets, no progress file."""
    return os.environ | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        "PYTHONHASHSEED": "0",
        "NNLIB_PROGRESS": "off",
        variants.NAMED: str(seed),
    }


def _end(process):
    """End a process and its group."""
    if hasattr(os, "killpg"):
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
