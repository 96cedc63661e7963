"""Read the questions of a lesson from its questions.md; course/README.md shows the form."""

import functools
import importlib
import importlib.util
import keyword
import re
from pathlib import Path

from course.ask.exercise import Choice, Exercise, Guess, Number

PARTS = {
    "exercise": ("Start", "Right", "Mistakes", "Hints", "Solution"),
    "choice": ("Options", "Hints", "Solution"),
    "number": ("Answer", "Right", "Mistakes", "Hints", "Solution"),
    "guess": ("Outcome",),
}
OPTIONAL = ("Right", "Mistakes", "Hints")
ANSWER = re.compile(r"(?P<answer>[-+.\de]+)(?: ± (?P<tolerance>[-+.\de]+))?(?: (?P<unit>\S+))?")


class Questions:
    """The questions of a lesson, each under its name: `questions.bits` is the one named 03-bits."""

    def __init__(self, questions):
        self.__dict__ |= {attribute(question.name): question for question in questions}

    def __iter__(self):
        return iter(vars(self).values())

    def __dir__(self):
        return list(vars(self))

    def __repr__(self):
        return "\n".join(repr(question) for question in self)


def attribute(name):
    """What a question is called in code: "03-four-shapes" is `four_shapes`, "01-not" is `not_`."""
    words = name[3:].replace("-", "_")
    return f"{words}_" if keyword.iskeyword(words) else words


@functools.cache
def load(package):
    """The Questions of a lesson, such as "course.lesson03": always the same object.

    The lesson's `checks`, one function for each exercise, are imported when an answer is checked.
    Raises ValueError that names file and line of what cannot be read.
    """
    path = Path(importlib.util.find_spec(package).origin).with_name("questions.md")
    return Questions(read(path, lambda: importlib.import_module(f"{package}.checks")))


def read(path, checks):
    """The questions in a file, in its order.  checks: a function that returns their checks."""
    lines = ["", *Path(path).read_text(encoding="utf-8").splitlines()]
    starts = [n for n, line, in_code in _scan(lines) if not in_code and line.startswith("# ")]
    if not starts:
        raise ValueError(
            f"{path}, line 1: expected '# 03-name: Title', a heading for each question"
        )
    ends = [*starts[1:], len(lines)]
    return [_Block(path, lines, *both).question(checks) for both in zip(starts, ends)]


def _scan(lines):
    """(number, line, whether it stands in a block of code) for each line."""
    in_code = False
    for number, line in enumerate(lines):
        fence = line.startswith("```")
        yield number, line, in_code or fence
        in_code ^= fence


class _Block:
    """The lines of a file from one heading of a question to the next."""

    def __init__(self, path, lines, start, end):
        self.path, self.lines, self.start = path, lines, start
        self.parts, self.at, part = {"": []}, {"": start}, ""
        for number, line, in_code in _scan(lines[:end]):
            if number <= start:
                continue
            if line.startswith("## ") and not in_code:
                part = line[3:].strip()
                if part in self.parts:
                    self.refuse(number, f"a second part {part!r}")
                self.parts[part], self.at[part] = [], number
            else:
                self.parts[part].append(line)

    def refuse(self, number, words):
        raise ValueError(f"{self.path}, line {number}: {words}")

    def question(self, checks):
        heading = re.fullmatch(r"# (\d\d-[a-z0-9-]+): (.+)", self.lines[self.start])
        if not heading:
            self.refuse(self.start, "expected '# 03-name: Title', as in '# 03-bits: Four bits'")
        name, title = heading.groups()
        kind, facts, text = self._facts()
        for part in self.parts.keys() - {"", *PARTS[kind]}:
            self.refuse(self.at[part], f"a {kind} has no part {part!r}, only {PARTS[kind]}")
        for part in PARTS[kind]:
            if part not in self.parts and part not in OPTIONAL:
                self.refuse(self.start, f"the {kind} {name} has no part '## {part}'")
        try:
            return getattr(self, f"_{kind}")(name, title, question=text, checks=checks, **facts)
        except ValueError as error:
            if str(error).startswith(str(self.path)):
                raise
            self.refuse(self.start, str(error))

    def _facts(self):
        """(kind, minutes and so on, the question), from what stands under the heading."""
        rows = [n for n in range(len(self.parts[""])) if self.parts[""][n].strip()]
        first = self.parts[""][rows[0]] if rows else ""
        found = re.fullmatch(
            r"(?P<kind>\w+)(?P<prediction>, prediction)?, (?P<minutes>\d+) min"
            r", difficulty (?P<difficulty>[123])",
            first,
        )
        if not found or found["kind"] not in PARTS:
            place = self.start + 1 + (rows[0] if rows else 0)
            self.refuse(
                place, f"expected 'choice, 1 min, difficulty 2' or the like, found {first!r}"
            )
        facts = {"minutes": int(found["minutes"]), "difficulty": int(found["difficulty"])}
        if found["prediction"]:
            facts["prediction"] = True
        return found["kind"], facts, "\n".join(self.parts[""][rows[0] + 1 :]).strip()

    def _exercise(self, name, title, *, checks, **facts):
        says = dict(self._items("Mistakes"))

        def check(answer):
            function = getattr(checks(), attribute(name))
            return function(answer, says) if says else function(answer)

        starter = self._text("Start").removeprefix("```python\n").removesuffix("\n```")
        words = {"hints": self._hints(), "solution": self._text("Solution")}
        return Exercise(
            name, title, check=check, starter=starter, right=self._prose("Right"), **words, **facts
        )

    def _choice(self, name, title, *, checks, **facts):
        items = self._items("Options")
        marks = [text[:4] for text, _ in items]
        if marks.count("[x] ") != 1 or set(marks) - {"[x] ", "[ ] "}:
            self.refuse(
                self.at["Options"], "expected '- [ ] text' for each option, and one '- [x]'"
            )
        right = items[marks.index("[x] ")][0][4:]
        options = {text[4:]: words for text, words in items}
        words = {"hints": self._hints(), "solution": self._text("Solution")}
        return Choice(name, title, options=options, right=right, **words, **facts)

    def _number(self, name, title, *, checks, **facts):
        found = ANSWER.fullmatch(self._text("Answer"))
        if not found:
            self.refuse(self.at["Answer"], "expected a number, as in '0.25 ± 0.01' or '90 ± 1 %'")
        says = dict(self._items("Mistakes"))
        words = {"low": says.pop("too low", None), "high": says.pop("too high", None)}
        try:
            factors = {_value(key[2:]): says[key] for key in says if key.startswith("× ")}
            mistakes = {_value(key): says[key] for key in says if not key.startswith("× ")}
            numbers = {"answer": _value(found["answer"]), "mistakes": mistakes, "factors": factors}
        except ValueError as error:
            self.refuse(self.at["Mistakes"], f"{error}, nor is it 'too low' or 'too high'")
        words = {key: text for key, text in words.items() if text}
        words |= {"hints": self._hints(), "solution": self._text("Solution")}
        numbers |= {"tolerance": _value(found["tolerance"] or "0"), "unit": found["unit"] or ""}
        return Number(name, title, right=self._prose("Right"), **numbers, **words, **facts)

    def _guess(self, name, title, *, checks, **facts):
        return Guess(name, title, outcome=self._text("Outcome"), **facts)

    def _text(self, part):
        return "\n".join(self.parts.get(part, [])).strip()

    def _prose(self, part):
        """The lines of a part as one."""
        return " ".join(self._text(part).split())

    def _items(self, part):
        """[(text, words)] for '- text' and, under it, '  > words' on one line or more."""
        items = []
        for number, line in enumerate(self.parts.get(part, []), self.at.get(part, 0) + 1):
            if line.startswith("- "):
                items.append([line[2:].strip(), []])
            elif line.startswith("  > ") and items:
                items[-1][1].append(line[4:].strip())
            elif line.strip():
                self.refuse(number, f"expected '- text' or, under it, '  > words': found {line!r}")
        texts = [text for text, _ in items]
        for text, words in items:
            if not words or texts.count(text) > 1:
                self.refuse(self.at[part], f"{text!r} needs words of its own under it, '  > ...'")
        return [(text, " ".join(words)) for text, words in items]

    def _hints(self):
        """The texts of a numbered list."""
        hints = []
        for number, line in enumerate(self.parts.get("Hints", []), self.at.get("Hints", 0) + 1):
            start = re.match(r"(\d+)\. ", line)
            if start and int(start[1]) == len(hints) + 1:
                hints.append(line[start.end() :].strip())
            elif line.startswith("   ") and hints:
                hints[-1] += " " + line.strip()
            elif line.strip():
                self.refuse(number, f"expected '{len(hints) + 1}. hint', found {line!r}")
        return hints


def _value(text):
    """A whole number if it is written as one, otherwise a float."""
    try:
        return int(text) if re.fullmatch(r"[-+]?\d+", text) else float(text)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None
