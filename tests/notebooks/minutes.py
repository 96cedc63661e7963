"""How long a lesson takes: 200 words a minute, 6 seconds a visible line of code, its questions.

Reading is told apart from what stops it, a control, a question or a picture to judge, so that a
stretch with nothing to do can be found.
"""

import re
from dataclasses import dataclass

WORDS_A_MINUTE = 200
LINES_A_MINUTE = 10
ASKED = re.compile(r"questions\.(\w+?)(\.(?:outcome|check)\(.*\))?")
AT_HOME = "Deeper", "Exercises", "Where to go"  # sections that are not part of one sitting


@dataclass(frozen=True)
class Step:
    """One cell as a reader meets it, in minutes, and whether it stops the reading."""

    section: str
    start: str  # how its source begins, to find it by
    reading: float = 0.0
    guessing: float = 0.0  # predictions
    exercise: float = 0.0  # questions that are checked
    stops: bool = False

    @property
    def at_home(self):
        return self.section.startswith(AT_HOME)


def words(markdown):
    """Number of words in Markdown; addresses of links and rules of tables are none."""
    return len(re.findall(r"\w[\w.,'’%-]*", re.sub(r"\]\([^)]*\)", "]", markdown)))


def told(cell):
    """The Markdown that a cell shows."""
    return " ".join(out.get("data", {}).get("text/markdown", "") for out in cell.outputs)


def shows_picture(cell):
    """A figure, or a lab, whose picture stands in for it."""
    return any("<img" in out.get("data", {}).get("text/html", "") for out in cell.outputs)


def times(cell, questions):
    """What a cell takes of a reader, as the keywords of a Step.

    questions: those of the lesson by attribute.
    """
    tags, source = cell.metadata.get("tags", []), cell.source.strip()
    if "evidence" in tags or "answer" in tags:
        return {}  # not on the student's page; in the minutes of its question
    if cell.cell_type == "markdown":
        return {"reading": words(source) / WORDS_A_MINUTE}
    asked = ASKED.fullmatch(source)
    if asked and asked[2] is None and asked[1] in questions:
        question = questions[asked[1]]
        takes = "guessing" if getattr(question, "prediction", False) else "exercise"
        return {takes: question.minutes, "stops": True}
    if asked:
        return {"reading": words(told(cell)) / WORDS_A_MINUTE}
    if "figure" in tags:
        return {"stops": True}
    lines = len([line for line in source.splitlines() if line.strip()])
    return {"reading": lines / LINES_A_MINUTE, "stops": shows_picture(cell)}


def steps(cells, questions):
    """The Steps of a lesson, cell by cell; a section starts at a heading of the second level."""
    section, found = "", []
    for cell in cells:
        headings = re.findall(r"^## (.*)", cell.source, re.MULTILINE)
        if cell.cell_type == "markdown" and headings:
            section = headings[-1]
        found.append(Step(section, cell.source[:60], **times(cell, questions)))
    return found


def stretches(steps):
    """The minutes of reading between two stops, each with the Step that ends it."""
    found, since = [], 0.0
    for step in steps:
        since += step.reading
        if step.stops:
            found.append((since, step))
            since = 0.0
    return [*found, (since, steps[-1])]
