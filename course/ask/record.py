"""Progress: which exercises are done, what was guessed, what comes back when: a small JSON file.

The file is my_progress.json beside the student's own lessons, wherever the kernel was started. The
environment variable NNLIB_PROGRESS names another one, or is "off": then nothing is read or written,
as in the tests and in stored notebooks. Nothing is sent anywhere.
"""

import json
import os
import time
from pathlib import Path

from course import paths
from course.ask import schedule
from course.ask.feedback import Text
from nnlib import locks, storage

FILE_NAME = "my_progress.json"
ELSEWHERE = "Name a file in a folder of yours in the environment variable NNLIB_PROGRESS"
IN_MEMORY = {}  # (progress file or None, name) -> a guess that is not in the file
STATES = {"done": "done", "tried": "tried", None: "not yet"}


def location(path=None):
    """The progress file as a Path, or None if progress is not kept."""
    named = path or os.environ.get("NNLIB_PROGRESS") or paths.my_lessons() / FILE_NAME
    return None if str(named) == "off" else Path(named).absolute()


def note(name, outcome, knew=None, path=None):
    """Enter the outcome of a check; a sentence about the file if the student must know, or "".

    A blank answer is not entered, one that raised an error counts as tried. What was done once
    stays done. The first answer decides when the question comes back; knew: whether it was right,
    if the outcome does not say so.
    """
    right = outcome == "right"
    knew = right if knew is None else knew
    if outcome == "not attempted":
        return ""
    return _saved(location(path), lambda kept: _enter(kept["exercises"], name, right, knew))


def note_return(name, right, path=None):
    """Enter the answer to a question that came back: when it does so again; a sentence or ""."""

    def enter(kept):
        entries = kept["exercises"]
        if name in entries:
            entries[name].update(schedule.moved(entries[name], right, schedule.today()))
        else:  # started over meanwhile
            _enter(entries, name, right, right)

    return _saved(location(path), enter)


def keep_guess(name, guess, path=None):
    """Keep what was guessed; a sentence about the file if the student must know, or "".

    Where nothing is written, or nothing can be, it is kept until the kernel ends.
    """
    path = location(path)
    IN_MEMORY[path, name] = guess
    if path is None:
        return ""
    try:
        remark = _change(path, lambda kept: kept["guesses"].update({name: guess}))
    except OSError as error:
        return f"It could not be saved: {_words(error)}."
    del IN_MEMORY[path, name]
    return remark


def guess(name, path=None):
    """What was guessed, as text, or None."""
    path = location(path)
    if (path, name) in IN_MEMORY or path is None or not os.path.exists(path):
        return IN_MEMORY.get((path, name))
    try:
        return _load_all(path)["guesses"].get(name)
    except (OSError, ValueError):
        return None


def read(path=None):
    """The entries of the progress file, name -> {"state", "tries", "when"}, and a remark or "".

    A damaged file is kept under another name, which the remark says, and counts as empty.
    """
    path = location(path)
    if path is None or not os.path.exists(path):
        return {}, ""
    try:
        with locks.locked(path):
            kept, remark = _kept_or_rescue(path)
            return kept["exercises"], remark
    except OSError as error:
        return {}, f"Your progress could not be read: {_words(error)}."


def start_over(path=None):
    """Put the progress file aside under a new name, and say which."""
    path = location(path)
    if path is None or not os.path.exists(path):
        return Text("There is no progress to forget yet.")
    with locks.locked(path):
        kept = _put_aside(path, "backup")
    return Text(f"All exercises are open again. Your old progress is kept in {kept.name}.")


def load(path):
    """The entries of one progress file. Raises ValueError if it is damaged, OSError if unreadable.

    path: a Path, or another thing that has a name and read_bytes(), such as a file in a zip.
    An entry that does not say "done" or "tried" makes the file a damaged one.
    """
    return _load_all(path)["exercises"]


def _load_all(path):
    """All that a progress file keeps: "exercises" and "guesses", each by the question's name.

    What else is in it, a newer course may have written: it stays.
    """
    try:
        kept = json.loads(_bytes(path))
        entries, guesses = kept["exercises"], kept.get("guesses", {})
        for name, entry in entries.items():
            if entry["state"] not in ("done", "tried") or type(entry["tries"]) is not int:
                raise ValueError(f"the entry {name!r} is not one that the course wrote")
        if not all(type(guess) is str for guess in guesses.values()):
            raise ValueError("a guess is no text")
    except OSError:
        raise
    except Exception as error:
        raise ValueError(
            f"{path} is not a progress file, or is damaged ({error}). Get it again."
        ) from error
    return kept | {"exercises": entries, "guesses": guesses}


def _bytes(path):
    """What is in a file, be it one of the disk, which may be a pipe without an end, or of a zip."""
    if not isinstance(path, Path):
        return path.read_bytes()
    with storage.opened(path) as file:
        return file.read()


class Table:
    """What is done, what was tried and what is left, as text and as Markdown."""

    def __init__(self, exercises, entries, remark=""):
        self.remark = remark
        self.rows = [
            (one.lesson, one.name, one.title, one.minutes, STATES[_state(entries, one.name)])
            for one in exercises
        ]

    def count(self, state, lesson=None):
        """How many exercises are "done", "tried" or "not yet", in one lesson or in all."""
        return sum(row[4] == state and lesson in (None, row[0]) for row in self.rows)

    @property
    def summary(self):
        """One sentence, and the remark about the file if there is one."""
        left = sum(row[3] for row in self.rows if row[4] != "done")
        return (
            f"{self.count('done')} of {len(self.rows)} done, {self.count('tried')} tried; "
            f"about {left} minutes are left. {self.remark}"
        ).strip()

    def __repr__(self):
        widths = [max((len(str(row[i])) for row in self.rows), default=0) for i in range(5)]
        lines = []
        for lesson, rows in self._lessons():
            lines += [f"Lesson {lesson}: {self._of(lesson)}"]
            lines += [
                f"  {name:<{widths[1]}}  {state:<7}  {minutes:>{widths[3]}} min  {title}"
                for _, name, title, minutes, state in rows
            ]
        return "\n".join([*lines, self.summary])

    def _repr_markdown_(self):
        lines = ["| exercise | title | minutes | state |", "|---|---|---:|---|"]
        for lesson, rows in self._lessons():
            lines.append(f"| **Lesson {lesson}** | | | {self._of(lesson)} |")
            lines += [
                f"| {name} | {title} | {minutes} | {'**done**' if state == 'done' else state} |"
                for _, name, title, minutes, state in rows
            ]
        return "\n".join([*lines, "", self.summary])

    def _lessons(self):
        numbers = dict.fromkeys(row[0] for row in self.rows)
        return [(number, [row for row in self.rows if row[0] == number]) for number in numbers]

    def _of(self, lesson):
        total = sum(row[0] == lesson for row in self.rows)
        return f"{self.count('done', lesson)} of {total} done"


def _state(entries, name):
    return entries[name]["state"] if name in entries else None


def _saved(path, change):
    """Change the progress file if there is one to be; a sentence about it, or ""."""
    try:
        return "" if path is None else _change(path, change)
    except OSError as error:
        return f"Your progress could not be saved: {_words(error)}."


def _words(error):
    """What the system refused, and what to do, as a part of a sentence."""
    why = str(error).rstrip(".")
    return why if error.errno is None else f"{error.filename}: {error.strerror}. {ELSEWHERE}"


def _enter(entries, name, right, knew):
    """Note one more try of an exercise."""
    entry = entries.setdefault(name, {"state": "tried", "tries": 0})
    if "box" not in entry:
        entry.update(schedule.entered(knew, schedule.today()))
    entry["state"] = "done" if right or entry["state"] == "done" else "tried"
    entry["tries"] += 1
    entry["when"] = time.strftime("%Y-%m-%d %H:%M")


def _change(path, change):
    """Read the file, call change(kept) and write it, while nobody else does; a remark or ""."""
    storage.make_folder(path.parent)
    storage.writable(path)
    with locks.locked(path):
        kept, remark = _kept_or_rescue(path)
        change(kept)
        with storage.replacing(path) as file:
            file.write(json.dumps(kept | {"version": 2}, indent=1).encode())
    return remark


def _kept_or_rescue(path):
    """What the file keeps, and a sentence if it was damaged and had to be put aside."""
    if not path.exists():
        return {"exercises": {}, "guesses": {}}, ""
    try:
        return _load_all(path), ""
    except ValueError:
        kept = _put_aside(path, "damaged")
        words = f"{path.name} was damaged. It is kept as {kept.name}, and a new one was begun."
        return {"exercises": {}, "guesses": {}}, words


def _put_aside(path, word):
    """Rename a file to the first free name with this word and a number."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")).exists():
        number += 1
    return path.rename(kept)
