"""The hand-ins of a class: whose each file is, as folders, zips and learning systems name them.

A student is a folder, a zip or a file in the folder of the class, or whoever the name that Moodle
or Canvas gave a file says. What cannot be read makes a warning; no name is left out without one.
"""

import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from course import paths
from course.teach import archives

MOODLE = re.compile(r"(?P<name>.+?)_(?P<number>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?")
CANVAS = re.compile(r"(?P<name>[^_]+?)(?:_LATE)?_(?P<number>\d+)_\d+_(?P<file>.+)", re.IGNORECASE)
COPY = re.compile(r"[\s_]*\((?P<number>\d+)\)$")
AGAIN = re.compile(r"(?P<rest>.*\D)-(?P<number>\d{1,2})$")  # Canvas: a file handed in once more
NOTEBOOK = re.compile(r"(?P<stem>.+?)\.ipynb(?:\.(?:txt|json))?", re.IGNORECASE)
PROGRESS = re.compile(r"my_progress[^.]*\.json(?:\.txt)?", re.IGNORECASE)


@dataclass(frozen=True)
class Document:
    """One file of a student: its path below the class, the number of the copy, and its bytes.

    Reading raises OSError or ValueError if it cannot be read, or is too large.
    """

    label: str
    copy: int
    read_bytes: Callable[[], bytes]

    def __str__(self):
        return self.label

    @property
    def order(self):
        """What is handed in later stands later: a higher number of the copy, then the path."""
        return self.copy, self.label


@dataclass
class Student:
    """A name, what the learning system calls it, and what was handed in."""

    name: str
    system: str = ""  # "Moodle", "Canvas" or nothing
    number: str = ""
    notebooks: list[Document] = field(default_factory=list)
    progress: list[Document] = field(default_factory=list)


def find(folder):
    """(the students in the order of their names, sentences about what could not be taken).

    folder: of the class, or a zip of it.  Raises ValueError if there is no such folder.
    """
    root = Path(folder)
    if not os.path.isdir(root) and not (archives.is_zip(root.name) and os.path.isfile(root)):
        if os.path.exists(root):
            raise ValueError(
                f"{plain(folder)} is a file: expected the folder of a class, or a zip."
            )
        raise ValueError(f"There is no folder {plain(folder)}. Check its name.")
    entries, warnings = archives.entries(root)
    students = {}
    for entry in entries:
        _sort_in(entry, plain(root.resolve().stem), students, warnings)
    found = sorted(students.values(), key=lambda one: (one.name.lower(), one.name, one.number))
    _part(found)
    for student in found:
        student.notebooks.sort(key=lambda document: document.order)
        student.progress.sort(key=lambda document: document.order)
    return found, sorted({plain(one) for one in warnings + _seeming_groups(found)})


def _part(students):
    """Put the number behind names that several have, as all "Participant" of a blind marking."""
    names = Counter(student.name for student in students)
    for student in students:
        if names[student.name] > 1 and student.number:
            student.name = f"{student.name} ({student.number})"


def plain(text):
    """Any name of a file as text that can be written: one form of each letter, no half ones."""
    safe = str(text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    safe = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in safe
    )
    return unicodedata.normalize("NFC", safe)


def say(text, file=None, end="\n"):
    """Print a text; letters that the terminal does not know are written by their numbers."""
    file = file or sys.stdout
    known = getattr(file, "encoding", None) or "utf-8"
    print(text.encode(known, "backslashreplace").decode(known), end=end, file=file, flush=True)


def _sort_in(entry, root, students, warnings):
    """Give an entry to its student, or warn that it is nobody's."""
    parts = [plain(part) for part in entry.parts]
    name, system, number = _whose(parts, root)
    kind = "" if entry.read is None else _kind(parts)
    if len(parts) == 1 and not kind and not system and entry.read is not None:
        warnings.append(f"{parts[0]}: left out, for it is neither a notebook nor a zip.")
        return
    key = (system, number) if number else ("", name)
    student = students.setdefault(key, Student(name, system, number))
    if kind:
        document = Document("/".join(parts), _copy(parts), entry.read)
        getattr(student, kind).append(document)


def _whose(parts, root):
    """(name, learning system, number) of the student to whom the parts of a path belong."""
    for system, form in (("Moodle", MOODLE), ("Canvas", CANVAS)):
        for part in parts:
            if found := form.fullmatch(part):
                return found["name"].strip(), system, found["number"]
    if len(parts) > 1 or not _kind(parts):
        return _without_copy(archives.stem(parts[0])) or parts[0], "", ""
    return _own_name(parts[0]) or root, "", ""


def _own_name(name):
    """What the name of a file says besides the lesson: ada_08_exercises.ipynb is ada's."""
    found = NOTEBOOK.fullmatch(name)
    rest = _without_copy(found["stem"] if found else re.sub(r"(?i)\.json(\.txt)?$", "", name))
    for lesson in [*(path.stem for path in paths.LESSONS.glob("*.ipynb")), "my_progress"]:
        rest = re.sub(rf"(?i)[\s_-]*{re.escape(lesson)}(-\d+)?[\s_-]*", "", rest)
    return rest


def _kind(parts):
    """What a file is by its name: "notebooks", "progress" or ""."""
    name = _file_name(parts[-1])
    if NOTEBOOK.fullmatch(name):
        return "notebooks"
    loose = len(parts) == 1 and re.search(r"(?i)\.json(\.txt)?$", name)
    return "progress" if PROGRESS.fullmatch(name) or loose else ""


def _file_name(part):
    """The name that a file had before a learning system put the student's in front."""
    found = MOODLE.fullmatch(part) or CANVAS.fullmatch(part)
    return (found["file"] or part) if found else part


def _without_copy(name):
    return COPY.sub("", name)


def _copy(parts):
    """The highest number of a copy in a path: "08 (2).ipynb" is 2, and Canvas' "08-1.ipynb" 1."""
    stems = [archives.stem(part) for part in parts]
    found = [int(copy["number"]) for copy in map(COPY.search, stems) if copy]
    again = AGAIN.fullmatch(stems[-1])
    return max([0, *found, *([int(again["number"])] if again else [])])


def _seeming_groups(students):
    """A warning for each folder that may be a group of students, and not one."""
    warnings = []
    for student in students:
        places = {}
        for document in student.notebooks:
            *folders, name = document.label.split("/")
            places.setdefault(_without_copy(archives.stem(name)), set()).add(tuple(folders[1:2]))
        most = max((len(folders) for folders in places.values()), default=0)
        if most > 2 and not student.system:
            warnings.append(
                f"{student.name}: one lesson lies in {most} of its folders, and it counts as one "
                "student. If these are students, give the name of this folder to the command."
            )
    return warnings
