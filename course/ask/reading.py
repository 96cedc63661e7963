"""Read the questions of a lesson from its questions.md; course/README.md shows the form."""

import functools
import importlib
import importlib.util
import re
from pathlib import Path

from course.ask import tab
from course.ask.due import Due
from course.ask.exercise import Choice, Exercise, Guess, Number, last_name
from course.ask.feedback import code_block
from course.ask.fresh import Fresh
from course.ask.parts import Fault, Part, blocks

PARTS = {  # kind -> its parts
    "exercise": ("Start", "Right", "Mistakes", "Hints", "Solution"),
    "choice": ("Options", "Hints", "Solution"),
    "number": ("Answer", "Right", "Mistakes", "Hints", "Solution", "Fresh"),
    "guess": ("Outcome",),
}
OPTIONAL = ("Right", "Mistakes", "Hints", "Fresh")
COME_BACK = ("choice", "number")
TAKEN = ("due",)  # names that `questions.` has already
HEADING = re.compile(r"# (?P<name>\d\d(-[a-z0-9]+)+): (?P<title>\S.*)")
FACTS = re.compile(
    r"(?P<kind>\w+)(?P<prediction>, prediction)?, (?P<minutes>\d+) min"
    r", difficulty (?P<difficulty>[123])(?P<back>, comes back)?"
)
NUMBER = r"[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?"
ANSWER = re.compile(rf"(?P<answer>{NUMBER})(?: ± (?P<tolerance>{NUMBER}))?(?: (?P<unit>\S+))?")


class Questions:
    """The questions of a lesson, each under its name: `questions.bits` is the one named 03-bits.

    `questions.due` shows those of earlier lessons that are due today.
    earlier: function that returns the questions of the earlier lessons.
    """

    __slots__ = ("__dict__", "_earlier")

    def __init__(self, questions, earlier=list):
        self._earlier = earlier
        self.__dict__ |= {question.attribute: question for question in questions}

    @property
    def due(self):
        """Questions of earlier lessons that are due, three at most."""
        return Due(self._earlier())

    def __iter__(self):
        return iter(vars(self).values())

    def __dir__(self):
        return [*vars(self), *TAKEN]

    def __repr__(self):
        return "\n".join(repr(question) for question in self)


@functools.cache
def load(package):
    """The Questions of a lesson, such as "course.lesson03": always the same object.

    The lesson's `checks`, one function for each exercise, are imported when an answer is checked.
    Raises ValueError that names file and line of what cannot be read.
    """
    tab.show_faces_only()
    path = Path(importlib.util.find_spec(package).origin).with_name("questions.md")
    found = read(path, lambda: importlib.import_module(f"{package}.checks"))
    return Questions(found, functools.partial(_earlier, package))


def _earlier(package):
    """The questions of all lessons with a lower number, in the order of numbers and pages."""
    parent, _, own = package.rpartition(".")
    folder = Path(importlib.util.find_spec(package).origin).parents[1]
    names = sorted(path.parent.name for path in folder.glob("lesson*/questions.md"))
    found = [one for name in names if name < own for one in load(f"{parent}.{name}")]
    return [one for one in found if one.lesson < own[-2:]]  # lesson 08 asks about 09 too


def read(path, checks):
    """The questions in a file, in its order.  checks: a function that returns their checks."""
    found = {}
    try:
        for heading, *parts in blocks(Path(path).read_text(encoding="utf-8")):
            question = _question(heading, parts, checks)
            question.place = f"{path}, line {heading.line}"
            question.page = Path(path).parent.name[-2:]
            if question.attribute in TAKEN:
                words = f"questions.{question.attribute} is something else: take another name"
                raise Fault(heading.line, words)
            if question.attribute in found:
                first = found[question.attribute]
                raise Fault(heading.line, f"questions.{question.attribute} is {first.place} too")
            found[question.attribute] = question
    except Fault as fault:
        raise ValueError(f"{path}, line {fault.line}: {fault.words}") from None
    return list(found.values())


def _question(heading, parts, checks):
    """The Exercise, Choice, Number or Guess that stands under one heading."""
    found = HEADING.fullmatch(heading.heading.rstrip())
    if not found:
        raise Fault(heading.line, "expected '# 03-name: Title', as in '# 03-bits: Four bits'")
    kind, facts = _facts(heading)
    by_name = _by_name(kind, heading, parts)
    if "Hints" in by_name:
        facts["hints"] = by_name["Hints"].numbered()
    if "Solution" in by_name:
        facts["solution"] = by_name["Solution"].text
    if "Right" in by_name:
        facts["right"] = by_name["Right"].prose
    comes_back = facts.pop("comes_back")
    try:
        one = MAKERS[kind](by_name, checks, name=found["name"], title=found["title"], **facts)
    except ValueError as error:
        raise Fault(heading.line, str(error)) from None
    one.comes_back = comes_back
    if "Fresh" in by_name:
        one.fresh = Fresh(by_name["Fresh"])
    return one


def _facts(heading):
    """(kind, {minutes and so on, and the question}), from what stands under the heading."""
    (number, first), *others = heading.filled or [(heading.line, "")]
    found = FACTS.fullmatch(first.rstrip())
    if not found or found["kind"] not in PARTS:
        kinds = ", ".join(PARTS)
        words = f"expected 'choice, 1 min, difficulty 2' or the like ({kinds}), found {first!r}"
        raise Fault(number, words)
    if found["prediction"] and found["kind"] == "exercise":
        raise Fault(number, "an exercise is no prediction")
    if found["back"] and found["kind"] not in COME_BACK:
        raise Fault(number, f"only a {' or a '.join(COME_BACK)} comes back")
    if not others:
        raise Fault(number, "nothing is asked below this line")
    facts = {key: int(found[key]) for key in ("minutes", "difficulty")}
    facts["comes_back"] = bool(found["back"])
    if found["prediction"]:
        facts["prediction"] = True
    heading.lines = [line for line in heading.lines if line[0] > number]
    return found["kind"], facts | {"question": heading.text}


def _by_name(kind, heading, parts):
    """{"Hints": its Part...}: the parts that this kind has, each once, none of them empty."""
    by_name = {}
    for part in parts:
        if part.heading not in PARTS[kind]:
            known = ", ".join(PARTS[kind])
            raise Fault(part.line, f"a {kind} has no part {part.heading!r}, only {known}")
        if part.heading in by_name:
            raise Fault(part.line, f"a second part {part.heading!r}")
        if not part.text:
            raise Fault(part.line, f"the part {part.heading!r} is empty")
        by_name[part.heading] = part
    for name in PARTS[kind]:
        if name not in by_name and name not in OPTIONAL:
            raise Fault(heading.line, f"this {kind} has no part '## {name}'")
    return by_name


def _exercise(parts, checks, **facts):
    says = {key: words for key, (_, words) in parts.get("Mistakes", Part()).items().items()}

    def check(answer):
        function = getattr(checks(), exercise.attribute)
        return function(answer, says) if says else function(answer)

    starter = parts["Start"].text.removeprefix("```python\n").removesuffix("\n```")
    _tried(parts["Start"], last_name, starter)
    _tried(parts["Solution"], code_block, facts["solution"])
    exercise = Exercise(check=check, starter=starter, **facts)
    exercise.says = says
    return exercise


def _tried(part, function, text):
    """Call a function that raises ValueError if it cannot make anything of a part's text."""
    try:
        function(text)
    except ValueError as error:
        raise Fault(part.line, f"{part.heading}: {error}") from None


def _choice(parts, checks, **facts):
    items = parts["Options"].items()
    for text, (number, _) in items.items():
        if text[:4] not in ("[x] ", "[ ] "):
            raise Fault(number, f"expected '- [ ] text' or '- [x] text', found '- {text}'")
    right = [(number, text[4:]) for text, (number, _) in items.items() if text[:4] == "[x] "]
    if len(right) != 1 or len(items) < 2:
        number = right[1][0] if right[1:] else parts["Options"].line
        raise Fault(number, "expected '- [ ] text' for each option, and one '- [x] text'")
    options = {text[4:]: words for text, (_, words) in items.items()}
    if len(options) < len(items):
        raise Fault(parts["Options"].line, "two options have the same text")
    return Choice(options=options, right=right[0][1], **facts)


def _number(parts, checks, **facts):
    (number, text), *more = parts["Answer"].filled
    found = ANSWER.fullmatch(text.strip())
    if not found or more:
        raise Fault(number, "expected one number, as in '0.25 ± 0.01' or '90 ± 1 %'")
    facts["mistakes"], facts["factors"] = {}, {}
    for key, (number, words) in parts.get("Mistakes", Part()).items().items():
        value = re.fullmatch(rf"(× )?({NUMBER})", key)
        if key in ("too low", "too high"):
            facts[key.removeprefix("too ")] = words
        elif value:
            facts["factors" if value[1] else "mistakes"][_value(value[2])] = words
        else:
            raise Fault(number, f"{key!r} is no number, nor is it 'too low' or 'too high'")
    tolerance, unit = _value(found["tolerance"] or "0"), found["unit"] or ""
    return Number(answer=_value(found["answer"]), tolerance=tolerance, unit=unit, **facts)


def _guess(parts, checks, **facts):
    return Guess(outcome=parts["Outcome"].text, **facts)


MAKERS = {"exercise": _exercise, "choice": _choice, "number": _number, "guess": _guess}


def _value(text):
    """A whole number if it is written as one, otherwise a float."""
    return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)
