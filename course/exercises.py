"""All exercises and questions of the course: by name, and which of them are done."""

import difflib
import pkgutil

import course
from course import ask
from course.ask import record, schedule


def all():
    """Every exercise of every lesson, in the order of their numbers and of the pages.

    Raises ValueError that names file and line if two have the same name.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(course.__path__))
    lessons = [f"course.{name}" for name in names if name.startswith("lesson")]
    found = {}
    for question in (question for lesson in lessons for question in ask.load(lesson)):
        if question.name in found:
            first = found[question.name].place
            raise ValueError(f"{question.place}: {question.name} is the name in {first} too")
        found[question.name] = question
    return sorted(found.values(), key=lambda question: question.lesson)


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

    path: the progress file; my_progress.json beside your lessons unless given.
    """
    return record.Table(all(), *record.read(path))


def due(path=None):
    """The questions of all lessons that are due today, those that wait longest first."""
    return schedule.due(all(), record.read(path)[0])


def start_over(path=None):
    """Forget all progress. The old file is kept under another name, which the answer says."""
    return record.start_over(path)
