"""Every exercise against its table of answers, and its shown solution against its own check."""

import copy
import functools
import re

import numpy as np
import pytest

from course import exercises
from course.ask import Choice, Guess, Number, record
from course.ask.exercise import Prediction
from course.ask.feedback import Text, code_block
from tests.course.answers import all_cases

pytestmark = pytest.mark.trains

CASES = all_cases()
EVERY = {exercise.name: exercise for exercise in exercises.all()}
WRITTEN = {name: one for name, one in EVERY.items() if not isinstance(one, Prediction)}
PREDICTIONS = [one for one in EVERY.values() if getattr(one, "prediction", False)]
WITH_CASES = [one for name, one in WRITTEN.items() if name in CASES]
TOLD_ELSEWHERE = {"never-ends"}  # in lesson08/test_mutants.py: it takes all of the time limit


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")


def every(found):
    return pytest.mark.parametrize("exercise", found, ids=lambda one: one.name)


@functools.cache
def wrong_feedback(name):
    """What the wrong answers of one exercise are told; several tests look at it."""
    return [EVERY[name].check(answer) for answer, _ in CASES[name].wrong]


class Unreadable:
    def __float__(self):
        raise RuntimeError("no number in here")

    def __str__(self):
        raise RuntimeError("no text in here")

    __array__ = __repr__ = __len__ = __iter__ = __str__


def test_every_exercise_has_cases_and_every_table_its_exercise():
    assert CASES.keys() == WRITTEN.keys()


@every(WITH_CASES)
def test_the_table_is_complete(exercise):
    cases = CASES[exercise.name]
    assert len(cases.right) >= 2
    assert len(cases.wrong) >= 3
    assert cases.raises
    assert cases.blank


@every(WITH_CASES)
def test_right_answers(exercise):
    for answer in CASES[exercise.name].right:
        feedback = exercise.check(answer)
        assert feedback.outcome == "right", (answer, feedback)


@every(WITH_CASES)
def test_wrong_answers_get_their_message(exercise):
    table = CASES[exercise.name].wrong
    for (answer, phrase), feedback in zip(table, wrong_feedback(exercise.name)):
        assert feedback.outcome == "wrong", (answer, feedback)
        assert phrase in feedback.message, (answer, feedback)


@every(WITH_CASES)
def test_each_mistake_is_told_to_an_answer_of_the_table(exercise):
    messages = " ".join(feedback.message for feedback in wrong_feedback(exercise.name))
    untold = {name for name, words in exercise.says.items() if words not in messages}
    assert untold <= TOLD_ELSEWHERE


@every(WITH_CASES)
def test_the_phrase_in_the_table_belongs_to_one_mistake(exercise):
    for (_, phrase), feedback in zip(CASES[exercise.name].wrong, wrong_feedback(exercise.name)):
        told = {name for name, words in exercise.says.items() if words in feedback.message}
        fitting = {name for name, words in exercise.says.items() if phrase in words}
        assert not told or fitting <= told, phrase


@every(WITH_CASES)
def test_an_answer_that_raises(exercise):
    answer, phrase = CASES[exercise.name].raises
    feedback = exercise.check(answer)
    assert feedback.outcome == "error", feedback
    assert phrase in feedback.message
    assert "Traceback" not in feedback.message


@every(EVERY.values())
def test_not_attempted(exercise):
    table = CASES.get(exercise.name)
    for answer in [..., None, *(table.blank if table else [])]:
        assert exercise.check(answer).outcome == "not attempted", (answer, exercise.check(answer))


@every(EVERY.values())
def test_the_starter_is_not_attempted(exercise):
    names = {}
    exec(exercise.starter, names)
    assert exercise.check(names[exercise.variable]).outcome == "not attempted"


@every(EVERY.values())
def test_the_shown_solution_is_right(exercise):
    shown = exercise.solution()
    for text in (repr(shown), shown._repr_markdown_()):
        names = {}
        exec(code_block(text), names)
        assert exercise.check(names[exercise.variable]).outcome == "right"
    assert len(shown.markdown.replace(exercise.solution_code, "").split()) >= 15, "no reasoning"


@every(WITH_CASES)
def test_answers_are_not_changed(exercise):
    for answer in CASES[exercise.name].answers():
        if callable(answer):
            continue
        try:
            before = copy.deepcopy(answer)
        except Exception:
            continue
        exercise.check(answer)
        if isinstance(answer, (set, frozenset)):  # a copy may list its entries in another order
            assert before == answer
        else:
            assert str(before) == str(answer) or "object at" in str(answer)


@every(WITH_CASES)
def test_no_message_shows_the_solution(exercise):
    """No line of the solution's code stands in a message, unless the question gives it."""
    texts = [feedback.message for feedback in wrong_feedback(exercise.name)]
    lines = [line.strip() for line in exercise.solution_code.splitlines() if len(line) > 12]
    given = exercise.starter + exercise.question
    for text in texts:
        assert not [line for line in lines if line in text and line not in given]


@every(EVERY.values())
def test_words(exercise):
    texts = [exercise.question, exercise.right, *exercise.hints, exercise.solution().markdown]
    for text in texts:
        assert "!" not in re.sub(r"!=|!\[|`[^`]*`|```.*?```", "", text, flags=re.S)
    assert 1 <= exercise.minutes <= 60
    assert len(set(exercise.hints)) == len(exercise.hints)
    if not isinstance(exercise, Prediction):
        assert len(exercise.hints) >= 2
    elif not exercise.prediction:
        assert exercise.hints
    # a right guess is answered by the outcome alone
    assert exercise.right.endswith((".", "?")) or (exercise in PREDICTIONS and not exercise.right)
    for text in [exercise.right, *exercise.hints]:  # without $ LaTeX would stand as it was typed
        assert text.count("$") % 2 == 0
        assert "\\" not in re.sub(r"\$[^$]+\$", "", text)


@every(WITH_CASES)
def test_messages_end_as_sentences(exercise):
    for message in (feedback.message for feedback in wrong_feedback(exercise.name)):
        assert message[-1] in ".?", message
        assert re.match(r"[A-Z0-9`(]|[a-z]\b", message), message  # or a symbol such as z


@every([one for one in EVERY.values() if isinstance(one, Choice)])
def test_choices(exercise):
    assert len(set(exercise.options.values())) == len(exercise.options), "two equal messages"
    for letter, text in exercise.letters.items():
        right = letter == exercise.right_answer
        for answer in (letter, letter.upper(), f" {letter}) ", text):
            feedback = exercise.check(answer)
            assert feedback.outcome == ("right" if right else "wrong")
            assert feedback.message == exercise.options[text]
    for answer in (0, "zz", [letter], np.zeros(3)):
        assert exercise.check(answer).outcome == "wrong"


@every([one for one in EVERY.values() if isinstance(one, Number)])
def test_numbers(exercise):
    truth = exercise.right_answer
    for answer in (truth, float(truth), np.float64(truth), [truth], f"{truth} {exercise.unit}"):
        assert exercise.check(answer).outcome == "right", answer
    edge = exercise.tolerance
    assert exercise.check(truth + edge).outcome == exercise.check(truth - edge).outcome == "right"
    for wrong, words in exercise.mistakes.items():
        assert exercise.check(wrong).message == words
        assert not re.search(rf"(?<![\d.]){re.escape(str(truth))}(?!\d|\.\d)", words), words
    for factor, words in exercise.factors.items():
        assert exercise.check(factor * truth).message == words
    far = 1e6 * (abs(truth) + edge + 1)
    assert exercise.check(truth + far).message == exercise.high
    assert exercise.check(truth - far).message == exercise.low
    for answer in ("many", True, float("nan"), [1, 2, 3], {}):
        assert exercise.check(answer).outcome == "wrong", answer


@every([one for one in EVERY.values() if isinstance(one, Prediction)])
def test_predictions_survive_an_unreadable_answer(exercise):
    assert exercise.check(Unreadable()).outcome in ("wrong", "error")


# Predictions: guess, experiment, outcome


@pytest.fixture
def path(tmp_path, monkeypatch):
    """The progress file, which is kept here."""
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def guesses(question):
    """(a right guess, wrong ones with what is said to them) of a prediction."""
    if isinstance(question, Choice):
        right = question.letters[question.right_answer]
        return right, {text: said for text, said in question.options.items() if text != right}
    if isinstance(question, Number):
        return str(question.right_answer), {str(n): said for n, said in question.mistakes.items()}
    return "It will rise, and then fall.", {}


@every(PREDICTIONS)
def test_a_guess_is_kept_without_a_verdict(exercise, path):
    right, wrong = guesses(exercise)
    said = []
    for answer in [right, *wrong]:
        kept = exercise.guess(answer)
        assert isinstance(kept, Text), kept
        assert answer in kept.markdown
        said.append(kept.markdown.replace(answer, "..."))
    assert len(set(said)) == 1, "the words on a guess depend on it"
    for text in filter(None, [*wrong.values(), exercise.right, exercise.reason]):
        assert text not in said[0]
    assert exercise.name not in record.load(path), "a guess is no answer"


@every(PREDICTIONS)
def test_before_any_guess_the_outcome_says_so(exercise, path):
    shown = exercise.outcome().markdown
    assert shown.startswith("You kept no guess.")
    assert exercise.reason in shown
    assert not path.exists()


@every(PREDICTIONS)
def test_the_outcome_shows_the_guess_again_with_the_reason(exercise, path):
    right, wrong = guesses(exercise)
    for answer, said in [(right, ""), *wrong.items()]:
        exercise.guess(answer)
        shown = exercise.outcome().markdown
        assert shown.startswith("**You guessed ")
        assert answer in shown.split("**")[1]
        assert said in shown
        assert exercise.reason in shown
        if not isinstance(exercise, Guess):
            verdict = "It came out otherwise." if said else "That is what came out."
            assert verdict in shown.split("\n\n")[0]
    assert record.load(path)[exercise.name]["state"] == "done"


@every(PREDICTIONS)
def test_a_guess_survives_the_process(exercise, path, tmp_path, monkeypatch):
    """Nothing but the file is left, and the working directory is another one."""
    right, _ = guesses(exercise)
    exercise.guess(right)
    assert not [key for key in record.IN_MEMORY if key[0] == path]
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    again = copy.copy(exercise)
    assert right in again.outcome().markdown.split("**")[1]


@every(PREDICTIONS)
def test_with_off_nothing_is_written(exercise, tmp_path, monkeypatch):
    monkeypatch.setenv("NNLIB_MY_LESSONS", str(tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    right, _ = guesses(exercise)
    exercise.guess(right)
    assert right in exercise.outcome().markdown.split("**")[1]
    assert not list(tmp_path.iterdir())


@every(PREDICTIONS)
def test_what_is_no_guess_is_not_kept(exercise, path):
    for answer in (..., None, "", Unreadable(), [], np.zeros(3)):
        assert exercise.guess(answer).outcome in ("wrong", "error", "not attempted")
    assert "`questions." in exercise.guess(...).message
    assert exercise.outcome().markdown.startswith("You kept no guess.")
