"""Exercise, and the questions with a short answer: Choice, Number and Guess."""

import ast
import keyword
import re
import string

from course.ask import chosen, closing, record, running, typed
from course.ask.blank import LARGEST, is_blank, is_huge, snapshot
from course.ask.compare import numbers
from course.ask.feedback import (
    Feedback,
    NotAttempted,
    Text,
    Wrong,
    as_code,
    as_line,
    code_block,
    kind_of,
    of_error,
)

LONGEST_GUESS = 1000  # characters
MARKUP = set("*_$`<&[\\#|~")  # Markdown would not show these as typed


class OffTheTabKey(type):
    """A class whose dir() is short: IPython lists that of a class beside that of its objects."""

    def __dir__(cls):
        return ["hint"]


class Exercise(metaclass=OffTheTabKey):
    """A question with a check, hints and a solution.

    name: lesson's number and a word, "03-bits".  title, question: Markdown.  minutes: a guess.
    difficulty: 1, 2 or 3.  hints: list of Markdown, each saying more than the one before.
    solution: Markdown with the reasoning and one ```python block that defines `variable`.
    check: function of the answer; returns None if it is right, otherwise the message, and may
    raise Wrong or NotAttempted.  right: what to say when it is right.
    starter: what the answer cell holds at first; the last name that it defines is the answer.
    says: the words for the mistakes that the check knows, by the names of these.
    seconds: the time limit of a check.
    """

    kind, END, AT_THE_END = "Exercise", "solution()", "the solution"
    comes_back, fresh = False, None  # questions.md may say otherwise, with other numbers
    page = ""  # the number of the lesson that asks it, which may be a later one: "08"
    answered_by = None  # what a panel has to answer with: "option", "number", "words" or nothing

    def __init__(
        self,
        name,
        title,
        *,
        question,
        check,
        solution,
        minutes,
        difficulty,
        hints=(),
        right="",
        starter="answer = ...",
        seconds=5.0,
    ):
        if not re.fullmatch(r"\d\d-[a-z0-9]+(-[a-z0-9]+)*", name):
            raise ValueError(f"name is {name!r}: expected lesson and words, such as '03-bits'")
        if difficulty not in (1, 2, 3):
            raise ValueError(f"difficulty is {difficulty!r}: expected 1, 2 or 3")
        self.name, self.title, self.question = name, title, question.strip()
        self.minutes, self.difficulty, self.seconds = minutes, difficulty, seconds
        self.hints, self.right, self.says = list(hints), right, {}
        self.starter, self.variable = starter, last_name(starter)
        self._check, self._solution, self._hints_given = check, solution.strip(), 0
        self.solution_code = code_block(self._solution)

    def __dir__(self):
        return ["check", "hint", "solution"]  # what a student may find with the Tab key

    @property
    def attribute(self):
        """What it is called in code: "03-four-shapes" is `four_shapes`, "01-not" is `not_`."""
        words = self.name[3:].replace("-", "_")
        return f"{words}_" if keyword.iskeyword(words) else words

    def typed(self, call):
        """What a student has to type to call it, in backticks: `questions.bits.hint()`."""
        return f"`questions.{self.attribute}.{call}`"

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
        return self._guarded(lambda: self._judged(answer))

    def _guarded(self, work):
        """The Feedback that work() gives, or the one for what it raises."""
        feedback, error = running.guarded(work, self.seconds)
        if error is None:
            return feedback
        feedback, broken = running.guarded(lambda: of_error(error, self.seconds), self.seconds)
        if broken is None:
            return feedback
        return Feedback("error", "Your answer raised an error that cannot even be shown.")

    def _judged(self, answer):
        message = self._check(self._attempt(answer))
        if message is None:
            return Feedback("right", self.right)
        if not isinstance(message, str):
            raise TypeError(f"the check of {self.name} returned {kind_of(message)}, not a message")
        return Feedback("wrong", message)

    def _attempt(self, answer):
        """A copy of an answer, if there is one and it is of a size to work with."""
        if is_blank(answer):
            raise NotAttempted(self._how_to_start())
        if is_huge(answer):
            raise Wrong(f"The answer has more than {LARGEST:,} entries: expected far fewer.")
        return snapshot(answer)

    def _how_to_start(self):
        return (
            f"Replace `...` by your answer, run that cell, then run this one again.{self._help()}"
        )

    def _help(self):
        return f" {self.typed('hint()')} helps." if self.hints else ""

    def hint(self):
        """The next hint; after the last one it starts again from the first."""
        ending = self._ending()
        if not self.hints:
            return Text(f"There are no hints here. {ending}")
        count, number = len(self.hints), self._hints_given % (len(self.hints) + 1)
        self._hints_given += 1
        if number == count:
            return Text(f"There are no more hints: the next one is the first again. {ending}")
        return Text(f"**Hint {number + 1} of {count}.** {self.hints[number].strip()}")

    def _ending(self):
        """What a hint says at the end: what shows the solution, or when it opens."""
        closed = closing.words(self) if self.END == Exercise.END else None
        return closed or f"{self.typed(self.END)} shows {self.AT_THE_END}."

    def solution(self):
        """The worked solution, or when it opens if a teacher has closed it."""
        solution = f"**Solution of {self.name}: {self.title}**\n\n{self._solution}"
        return Text(closing.words(self) or solution)

    def what_is_right(self):
        """Markdown for the Solution button, if it is open."""
        return self.solution().markdown

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

    def _repr_mimebundle_(self, **options):
        from course.ask import view  # ipywidgets is loaded when a question is shown

        data = {"text/plain": f"{self!r}\n\n{self.body()}", "text/markdown": self._markdown()}
        return view.panel(self)._repr_mimebundle_(**options) | data


def last_name(starter):
    """The name that the last line of a starter, or its last function or class, defines.

    Raises ValueError if it defines none.
    """
    try:
        last = ast.parse(starter).body[-1]
        target = last.targets[0] if isinstance(last, ast.Assign) else last
        return target.id if isinstance(target, ast.Name) else target.name
    except (SyntaxError, IndexError, AttributeError):
        raise ValueError("expected code whose last line defines the answer") from None


class Prediction(Exercise):
    """What Choice, Number and Guess share: a short answer, typed or chosen in a widget.

    prediction: whether it is asked before an experiment. Then `guess` keeps an answer without a
    word on it, and `outcome`, after the experiment, shows it again beside what came out.
    """

    def __init__(
        self, name, title, *, solution, answer, prediction=False, minutes=1, difficulty=1, **options
    ):
        self.right_answer, self.prediction, self.kind = answer, prediction, "Question"
        if prediction:
            self.kind, self.END = "Prediction", "outcome()"
            self.AT_THE_END = "what came out, after the experiment"
        self.reason = solution.strip()
        super().__init__(
            name,
            title,
            solution=f"{self.reason}\n\n```python\nanswer = {answer!r}\n```",
            check=self._compare,
            minutes=minutes,
            difficulty=difficulty,
            **options,
        )

    def __dir__(self):
        return ["guess", "hint", "outcome"] if self.prediction else super().__dir__()

    def guess(self, answer):
        """Keep an answer, until `outcome` shows it again; says only whether it can be read."""
        feedback = self.read(answer)
        if feedback.outcome != "right":
            return feedback
        note = record.keep_guess(self.name, feedback.message)
        return Text(f"Your guess is kept: {self._quoted(feedback.message)}. {note}".strip())

    def read(self, answer):
        """The Feedback "right" with an answer as text if it can be read, otherwise why not."""
        return self._guarded(lambda: Feedback("right", self._kept(self._attempt(answer))))

    def outcome(self):
        """What was guessed, and what is right, with the reason."""
        kept = record.guess(self.name)
        if kept is None:
            return Text(f"You kept no guess.\n\n{self.what_is_right()}")
        knew = self.judge(kept).outcome == "right"
        note = record.note(self.name, "right", knew)  # to guess is all that is asked for
        first = f"**You guessed {self._quoted(kept)}.** {self._verdict(kept)}".strip()
        return Text("\n\n".join(filter(None, [first, self.what_is_right(), note])))

    def what_is_right(self):
        """The right answer and the reason, without code."""
        return f"{self._right_in_words()}\n\n{self.reason}"

    def _verdict(self, kept):
        feedback = self.judge(kept)
        if feedback.outcome == "right":
            return f"That is what came out. {feedback.message}".strip()
        return f"It came out otherwise. {feedback.message}"

    def _example(self, example):
        """How an answer is typed, in backticks."""
        return self.typed(f"{'guess' if self.prediction else 'check'}({example!r})")


class Choice(Prediction):
    """A multiple-choice question. An answer is the letter of an option, or its text.

    options: dictionary from the text of an option to what is said when it is chosen.
    right: the text of the right option.  solution: Markdown; the letter is added to it.
    minutes, difficulty, hints and prediction may be given as for a Prediction.
    """

    answered_by = "option"

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
        return f"Choose one of the options, for example with {self._example('a')}."

    def _compare(self, answer):
        text = self._kept(answer)
        return None if text == self.letters[self.right_answer] else self.options[text]

    def _kept(self, answer):
        """The text of the option that was meant, by its letter or by its text."""
        if not isinstance(answer, str):
            raise Wrong(
                f"The answer is {kind_of(answer)}: expected the letter of an option in quotes, "
                f"for example {self._example('a')}."
            )
        return chosen.option(answer, self.letters)

    def _verdict(self, kept):
        if kept not in self.options:  # a newer course may ask otherwise
            return "This option is not offered any more."
        return super()._verdict(kept)

    def _quoted(self, kept):
        return f"*{as_line(kept)}*"

    def _right_in_words(self):
        return f"What is right: *{self.letters[self.right_answer]}*."


class Number(Prediction):
    """A question whose answer is one number, which may also be typed ("7,850", "3/4", "75 %").

    answer: the right number.  tolerance: how far off an answer may be.  unit: shown and accepted.
    mistakes: dictionary from a known wrong number to what is said about it.
    factors: dictionary from a factor by which answers are known to be wrong to what is said.
    low, high: what is said about an answer that is too low or too high.
    minutes, difficulty, hints and prediction may be given as for a Prediction.
    """

    answered_by = "number"

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
        return f"Give a number, for example with {self._example(1700)}."

    def _compare(self, answer):
        values = self._readings(answer)
        messages = [self._message(value) for value in values]
        if None in messages:
            return None
        return messages[0] if len(set(messages)) == 1 else typed.which(answer, values)

    def _message(self, value):
        if self._close(value, self.right_answer, self.tolerance):
            return None
        wrong = min(self.mistakes, key=lambda wrong: abs(value - wrong), default=None)
        if wrong is not None and self._close(value, wrong, self.room(wrong)):
            return self.mistakes[wrong]
        for factor, words in self.factors.items():
            if self._close(value / factor, self.right_answer, self.tolerance):
                return words
        return self.low if value < self.right_answer else self.high

    def _close(self, value, truth, room):
        return abs(value - truth) <= room + 1e-9 * abs(truth)

    def room(self, wrong):
        """How far from a known wrong number its words still hold.

        As many percent as for the right one, or half of its own last digit, and never nearer to
        what is right than to itself.
        """
        share = abs(wrong / self.right_answer) if self.right_answer else 0
        last_digit = 10.0 ** -len(str(wrong).partition(".")[2])
        apart = abs(wrong - self.right_answer) - self.tolerance
        return min(self.tolerance, max(self.tolerance * share, last_digit / 2), apart / 4)

    def _readings(self, answer):
        """What the answer may mean, as finite floats; one unless its thousands are unclear."""
        if isinstance(answer, str):
            if not str.strip(answer):
                raise NotAttempted(self._how_to_start())
            return typed.readings(answer, self.unit)
        if isinstance(answer, bool):
            raise Wrong(f"The answer is {answer}: expected a number.")
        value = numbers(answer)
        if value.size != 1 or not abs(value.item()) < float("inf"):
            raise Wrong("Expected one number, and a finite one.")
        return [value.item()]

    def _kept(self, answer):
        """The answer as text, if it can mean one number only."""
        values = self._readings(answer)
        if len(values) > 1:
            raise Wrong(typed.which(answer, values))
        return as_line(answer) if isinstance(answer, str) else f"{values[0]:.15g}"

    def _quoted(self, kept):
        return kept if not self.unit or kept.endswith(self.unit) else f"{kept} {self.unit}"

    def _right_in_words(self):
        answer = self.right_answer
        words = f"{answer:,}" if isinstance(answer, int) else str(answer)  # 23,860, as on the page
        words = self._quoted(words.replace("-", "\N{MINUS SIGN}"))
        return f"It is {'about ' * bool(self.tolerance)}{words}."


class Guess(Prediction):
    """A prediction in the student's own words: kept, and shown again beside what came out.

    outcome: Markdown that is shown below the guess after the experiment.
    """

    answered_by = "words"

    def __init__(self, name, title, *, outcome, prediction=True, **more):
        super().__init__(
            name, title, solution=outcome, answer="my own words", prediction=prediction, **more
        )

    def _how_to_start(self):
        return f"Say it in your own words, for example with {self._example('the cost rises')}."

    def _compare(self, answer):
        self._kept(answer)

    def _kept(self, answer):
        if not isinstance(answer, str):
            raise Wrong(f"The answer is {kind_of(answer)}: expected words in quotes.")
        if not str.strip(answer):
            raise NotAttempted(self._how_to_start())
        return as_line(answer, LONGEST_GUESS)

    def _verdict(self, kept):
        return ""

    def _quoted(self, kept):
        return as_code(kept, len(kept)) if MARKUP & set(kept) else f"\u201c{kept}\u201d"

    def what_is_right(self):
        return self.reason
