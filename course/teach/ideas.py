"""The wrong ideas of a class: which mistake a message is about, and how many made it.

A check that knows a mistake has a name for it, "columns-first". Other messages count as one idea
if they are the same but for their numbers.
"""

import re
from collections import Counter
from dataclasses import dataclass

CASE = re.compile(r"(?i)\b((?:`\S+` in )?the (?:result|step)) for .+? (is|has|says|names) ")
ASIDE = re.compile(r" \(counted from 0\)| \d+ of \d+ entries are wrong\.")
CALLED = re.compile(r"^For .+?,? your function")
NUMBER = re.compile(r"(?<![\w])[-+]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?(?![\w])")
SEQUENCE = re.compile(
    r"[\[(](?:…|nan|inf|True|False|None|[-+,.;\s])*…(?:…|nan|inf|[-+,.;\s])*[\])]"
)
LONGEST = 140  # characters of a sentence that stands for an idea


@dataclass(frozen=True)
class Idea:
    """A wrong idea in one exercise, who had it, and what the first of them was told."""

    exercise: str
    words: str
    students: tuple[str, ...]
    message: str

    @property
    def is_named(self):
        """Whether the words are a name, and not the message without its numbers."""
        return self.words[:1].islower()


def of(exercise, outcome, message):
    """The wrong ideas in the answer to which this was said, as a tuple of words."""
    if outcome in ("right", "not attempted"):
        return ()
    if outcome == "error":
        return (_of_error(message),)
    known = [name.replace("-", " ") for name, words in exercise.says.items() if words in message]
    return tuple(known) or (_without_numbers(message),)


def _of_error(message):
    """What kind of error a message is about, whatever the place."""
    if raised := re.search(r"raised `(\w+)", message):
        return f"an error, {raised[1]}"
    return "it did not end in time" if "still running" in message else _without_numbers(message)


def ranked(graded, names):
    """The Ideas of a class, those that most students had first; then in the order of the course."""
    found = {}
    for one in graded:
        for name, result in one.results.items():
            for words in result.ideas:
                students, _ = found.setdefault((name, words), ([], result.message))
                students.append(one.student.name)
    listed = [Idea(*key, tuple(who), message) for key, (who, message) in found.items()]
    order = {name: place for place, name in enumerate(names)}
    return sorted(listed, key=lambda idea: (-len(idea.students), order[idea.exercise], idea.words))


def counts(graded, names):
    """name of the exercise -> Counter of the outcomes in the class."""
    return {name: Counter(one.results[name].outcome for one in graded) for name in names}


def _without_numbers(message):
    """The first sentences of a message without the case, a sign in the place of each number."""
    text = re.split(r"\n|: expected ", message, maxsplit=1)[0]
    text = ASIDE.sub("", text)
    text = CALLED.sub("Your function", CASE.sub(r"\1 \2 ", text))
    text = SEQUENCE.sub("…", NUMBER.sub("…", text))
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} …"
