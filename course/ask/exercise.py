"""Exercise, and the two kinds of prediction: Choice and Number."""

import re
import string

from course.ask import record, running
from course.ask.blank import LARGEST, is_blank, is_huge, snapshot
from course.ask.compare import numbers
from course.ask.feedback import (
    Feedback,
    NotAttempted,
    Text,
    Wrong,
    as_code,
    code_block,
    kind_of,
    of_error,
)


class Exercise:
    """A question with a check, hints and a solution.

    name: lesson's number and a word, "03-bits".  title, question: Markdown.  minutes: a guess.
    difficulty: 1, 2 or 3.  hints: list of Markdown, each saying more than the one before.
    solution: Markdown with the reasoning and one ```python block that defines `variable`.
    check: function of the answer; returns None if it is right, otherwise the message, and may
    raise Wrong or NotAttempted.  right: what to say when it is right.
    variable: the name that an answer defines.  starter: what the answer cell holds at first.
    seconds: the time limit of a check.
    """

    kind = "Exercise"

    def __init__(
        self,
        name,
        title,
        *,
        question,
        check,
        hints,
        solution,
        minutes,
        difficulty,
        right="",
        variable="answer",
        starter=None,
        seconds=5.0,
    ):
        if not re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*", name):
            raise ValueError(f"name is {name!r}: expected lesson and words, such as '03-bits'")
        if difficulty not in (1, 2, 3):
            raise ValueError(f"difficulty is {difficulty!r}: expected 1, 2 or 3")
        self.name, self.title, self.question = name, title, question.strip()
        self.minutes, self.difficulty, self.seconds = minutes, difficulty, seconds
        self.hints, self.right, self.variable = list(hints), right, variable
        self.starter = starter or f"{variable} = ..."
        self._check, self._solution, self._hints_given = check, solution.strip(), 0
        self.solution_code = code_block(self._solution)

    @property
    def lesson(self):
        """The lesson's number, two digits."""
        return self.name[:2]

    def check(self, answer):
        """The Feedback for an answer: any object. Nothing that it does raises an exception here.

        The result is noted in the progress file. The answer is not changed.
        """
        feedback = self.judge(answer)
        return feedback.with_note(record.note(self.name, feedback.outcome))

    def judge(self, answer):
        """The Feedback for an answer, without noting it."""
        feedback, error = running.guarded(lambda: self._judged(answer), self.seconds)
        if error is None:
            return feedback
        feedback, broken = running.guarded(lambda: of_error(error, self.seconds), self.seconds)
        if broken is None:
            return feedback
        return Feedback("error", "Your answer raised an error that cannot even be shown.")

    def _judged(self, answer):
        if is_blank(answer):
            raise NotAttempted(self._how_to_start())
        if is_huge(answer):
            raise Wrong(f"The answer has more than {LARGEST:,} entries: expected far fewer.")
        message = self._check(snapshot(answer))
        if message is None:
            return Feedback("right", self.right)
        if not isinstance(message, str):
            raise TypeError(f"the check of {self.name} returned {kind_of(message)}, not a message")
        return Feedback("wrong", message)

    def _how_to_start(self):
        return (
            f"Replace `...` by your answer, run that cell, then run this one again.{self._help()}"
        )

    def _help(self):
        return " `hint()` helps." if self.hints else ""

    def hint(self):
        """The next hint; after the last one it starts again from the first."""
        if not self.hints:
            return Text("There are no hints here. `solution()` shows the solution.")
        count, number = len(self.hints), self._hints_given % (len(self.hints) + 1)
        self._hints_given += 1
        if number == count:
            return Text(
                "There are no more hints. Calling `hint()` again starts from the first one; "
                "`solution()` shows the solution."
            )
        return Text(f"**Hint {number + 1} of {count}.** {self.hints[number].strip()}")

    def solution(self):
        """The worked solution."""
        return Text(f"**Solution of {self.name}: {self.title}**\n\n{self._solution}")

    @property
    def effort(self):
        """Minutes and difficulty in words."""
        minutes = "1 minute" if self.minutes == 1 else f"{self.minutes} minutes"
        return f"{minutes}, difficulty {self.difficulty}"

    def __repr__(self):
        return f"{self.kind} {self.name}: {self.title} ({self.effort})"

    def _markdown(self):
        return f"**{self.kind} {self.name}: {self.title}** ({self.effort} of 3)\n\n{self.body()}"

    def body(self):
        """What is asked, in Markdown; of a Choice with its options."""
        return self.question

    def _repr_mimebundle_(self, **_):
        return {"text/plain": f"{self!r}\n\n{self.body()}", "text/markdown": self._markdown()}


class Prediction(Exercise):
    """What Choice and Number share: a widget in JupyterLab, and a short answer."""

    kind = "Question"

    def __init__(self, name, title, *, solution, answer, minutes=1, difficulty=1, **options):
        self.right_answer = answer
        block = f"\n\n```python\nanswer = {answer!r}\n```"
        super().__init__(
            name,
            title,
            solution=solution.strip() + block,
            check=self._compare,
            hints=options.pop("hints", ()),
            minutes=minutes,
            difficulty=difficulty,
            **options,
        )

    def _repr_mimebundle_(self, **options):
        from course.ask import view  # ipywidgets is loaded when a question is shown

        data = super()._repr_mimebundle_()
        return view.panel(self)._repr_mimebundle_(**options) | data


class Choice(Prediction):
    """A multiple-choice question. An answer is the letter of an option, or its text.

    options: dictionary from the text of an option to what is said when it is chosen.
    right: the text of the right option.  solution: Markdown; the letter is added to it.
    minutes, difficulty and hints may be given as for an Exercise.
    """

    def __init__(self, name, title, *, question, options, right, solution, **more):
        if right not in options or not 2 <= len(options) <= 26:
            raise ValueError(f"{name}: right is {right!r}, but the options are {list(options)}")
        self.options, self.letters = dict(options), dict(zip(string.ascii_lowercase, options))
        letter = next(key for key, text in self.letters.items() if text == right)
        super().__init__(
            name,
            title,
            question=question,
            right=options[right],
            solution=solution,
            answer=letter,
            **more,
        )

    def body(self):
        options = "\n".join(f"- **{key}**: {text}" for key, text in self.letters.items())
        return f"{self.question}\n\n{options}"

    def _how_to_start(self):
        return f"Choose one of the options, for example with `check({self._example()!r})`."

    def _example(self):
        return next(iter(self.letters))

    def _compare(self, answer):
        if not isinstance(answer, str):
            raise Wrong(
                f"The answer is {kind_of(answer)}: expected the letter of an option in quotes, "
                f"for example `check({self._example()!r})`."
            )
        text = self._option(answer)
        if text is None:
            letters = ", ".join(self.letters)
            raise Wrong(f"{as_code(answer, 40)} is not one of the options: expected {letters}.")
        return None if text == self.letters[self.right_answer] else self.options[text]

    def _option(self, answer):
        """The text of the option that was meant, by its letter or by its text; or None."""
        wanted = str.strip(answer)
        letter = str.lower(str.strip(wanted, "().:"))
        return self.letters.get(letter) or (wanted if wanted in self.options else None)


class Number(Prediction):
    """A question whose answer is one number, which may also be given as text ("7,850", "75 %").

    answer: the right number.  tolerance: how far off an answer may be.  unit: shown and accepted.
    mistakes: dictionary from a known wrong number to what is said about it.
    factors: dictionary from a factor by which answers are known to be wrong to what is said.
    low, high: what is said about an answer that is too low or too high.
    minutes, difficulty and hints may be given as for an Exercise.
    """

    def __init__(
        self,
        name,
        title,
        *,
        answer,
        tolerance=0,
        unit="",
        mistakes=None,
        factors=None,
        low="Too low.",
        high="Too high.",
        **more,
    ):
        self.tolerance, self.unit, self.low, self.high = tolerance, unit, low, high
        self.mistakes, self.factors = dict(mistakes or {}), dict(factors or {})
        super().__init__(name, title, answer=answer, **more)

    def body(self):
        return f"{self.question}\n\n(A number, in {self.unit}.)" if self.unit else self.question

    def _how_to_start(self):
        return "Give a number, for example with `check(100)`."

    def _compare(self, answer):
        value = self._read(answer)
        if self._close(value, self.right_answer):
            return None
        for wrong, words in self.mistakes.items():
            if self._close(value, wrong):
                return words
        for factor, words in self.factors.items():
            if self._close(value / factor, self.right_answer):
                return words
        return self.low if value < self.right_answer else self.high

    def _close(self, value, truth):
        return abs(value - truth) <= self.tolerance + 1e-9 * abs(truth)

    def _read(self, answer):
        """The answer as a finite float."""
        if isinstance(answer, str):
            return self._parse(answer)
        if isinstance(answer, bool):
            raise Wrong(f"The answer is {answer}: expected a number.")
        value = numbers(answer)
        if value.size != 1 or not abs(value.item()) < float("inf"):
            raise Wrong("Expected one number, and a finite one.")
        return value.item()

    def _parse(self, text):
        """A number from what was typed: with separators of thousands, and with the unit or not."""
        typed = str.strip(text)
        if not typed:
            raise NotAttempted(self._how_to_start())
        bare = re.sub(rf"\s*{re.escape(self.unit)}$", "", typed) if self.unit else typed
        if re.fullmatch(r"[-+]?\d{1,3}([, _]\d{3})+(\.\d*)?", bare):
            bare = re.sub("[, _]", "", bare)
        if not re.fullmatch(
            r"[-+]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})(e[-+]?\d{1,2})?", bare, re.I
        ):
            raise Wrong(f"{as_code(typed, 40)} is not a number: type digits, such as 1200 or 0.25.")
        return float(bare)
