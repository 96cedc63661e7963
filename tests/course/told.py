"""What a question tells, listed a second time in told.txt of the tests of its lesson.

One line for each of its texts: what it is, how it begins, and behind a bar everything in it that
can be wrong by one sign: figures, formulas, code, and the words that turn a sentence around. So a
moved mark, two hints that have changed places or another figure stand against a second statement.
For an exercise on a function, one line for each case that its check tries.

    python -m tests.course.told 03      writes the list of lesson 03 anew; then read what changed
"""

import argparse
import re

from course.ask import Choice, Number
from course.ask.exercise import Prediction
from course.ask.reading import load
from course.paths import ROOT
from tests.course.tried import tried
from tests.told.turning import TURNING

LESSONS = sorted(path.parent.name for path in ROOT.glob("course/lesson*/questions.md"))
FIRST_WORDS = 4
BLOCK = re.compile(r"```.*?```", re.DOTALL)  # the solution's code is run and checked
SPAN = re.compile(r"`[^`]+`|\$[^$]+\$")
FORMULA = re.compile(r"[\d−+·×/=<>≤≥≠≈±²³√^%‖→½σδηλΣ()\[\]_]|^[B-HJ-Zb-z]$")


def told(question):
    """The lines of a question."""
    lines = [_line(what, text) for what, text in texts(question) if text]
    cases = [] if isinstance(question, Prediction) else tried(question)
    return [f"# {question.name}: {_facts(question)}", *lines, *(f"tries {one}" for one in cases)]


def listed(lesson):
    """{name of a question: its lines} in the list of a lesson, such as "lesson03"."""
    blocks = _path(lesson).read_text(encoding="utf-8").split("\n\n")
    lines = [block.strip().splitlines() for block in blocks]
    return {block[0][2:].partition(":")[0]: block for block in lines}


def write(lesson):
    """Write the list of a lesson anew."""
    blocks = ["\n".join(told(question)) for question in load(f"course.{lesson}")]
    _path(lesson).write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    print(f"{_path(lesson).relative_to(ROOT)}: {len(blocks)} questions are listed")


def _path(lesson):
    return ROOT / "tests" / "course" / lesson / "told.txt"


def _facts(question):
    """Its kind, what it takes, and for a number what is right."""
    facts = [type(question).__name__.lower(), f"{question.minutes} min, {question.difficulty}"]
    facts += ["prediction"] * getattr(question, "prediction", False)
    facts += ["comes back"] * question.comes_back
    if isinstance(question, Number):
        facts.append(f"{question.right_answer} ± {question.tolerance} {question.unit}".strip())
    return ", ".join(facts)


def texts(question):
    """(what it is, text) of everything that a question says."""
    yield "title", question.title
    yield "asks", question.question
    if not isinstance(question, Prediction):
        yield "start", question.starter
    yield from _answers(question)
    yield from ((f"hint {n}", hint) for n, hint in enumerate(question.hints, 1))
    if not isinstance(question, Choice):  # it says what stands under its right option
        yield "right", question.right
    yield "solution", reasoning(question)
    if question.fresh:
        yield "fresh", question.fresh.text
        yield from ((f"{name} in", str(values)) for name, values in question.fresh.values.items())
        yield "formula", f"{question.fresh.formula} ± {question.fresh.tolerance}"


def reasoning(question):
    """The solution without its heading and its code."""
    _, _, shown = question.solution().markdown.partition("\n\n")
    return BLOCK.sub(" ", question.reason if isinstance(question, Prediction) else shown)


def _answers(question):
    """(what it is, text) of the options or the mistakes, each with what is said to it."""
    if isinstance(question, Choice):
        for letter, text in question.letters.items():
            yield f"{letter} {'+' if letter == question.right_answer else '-'}", text
            yield f"{letter} says", question.options[text]
    if isinstance(question, Number):
        yield from ((f"at {wrong}", words) for wrong, words in question.mistakes.items())
        yield from ((f"at × {factor}", words) for factor, words in question.factors.items())
        yield from (("too low", question.low), ("too high", question.high))
    yield from question.says.items()


def _line(what, text):
    """One line of the list: what it is, its first words, and what can be wrong in it."""
    plain = BLOCK.sub(" ", text)
    return f"{what}: {' '.join(plain.split()[:FIRST_WORDS])} | {' '.join(turning(plain))}".strip()


def turning(text):
    """The figures, formulas, pieces of code and turning words of a text, in its order."""
    found, place = [], 0
    for span in [*SPAN.finditer(text), None]:
        stop = span.start() if span else len(text)
        found += [one for word in text[place:stop].split() if (one := _telling(word))]
        if span:
            found.append("".join(span[0].split()))
            place = span.end()
    return found


def _telling(word):
    """A word without the marks around it, if it is one on which a sentence turns."""
    plain = word.strip(".,;:?*\"'“”")
    return plain if FORMULA.search(plain) or plain.lower() in TURNING else ""


def main():
    """Write the lists of the lessons that are asked for."""
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("lessons", nargs="*", metavar="NN", help="their numbers (all)")
    numbers = parser.parse_args().lessons
    for name in [f"lesson{number}" for number in numbers] or LESSONS:
        write(name)


if __name__ == "__main__":
    main()
