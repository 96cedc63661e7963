"""Choice, Number and Guess: answers, and what is guessed before an experiment."""

import os
import subprocess
import sys
import warnings

import numpy as np
import pytest

from course.ask import Choice, Exercise, Guess, Number, record
from course.ask.feedback import Feedback, Text
from course.ask.view import panel
from tests.course.ask.examples import GUESS, PICK


@pytest.fixture(autouse=True)
def no_file(monkeypatch):
    monkeypatch.setenv("NNLIB_PROGRESS", "off")


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "mine" / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def test_choice():
    assert PICK.check("b") == Feedback("right", "One for each pixel.")
    assert PICK.check("28") == Feedback("wrong", "28 is one row.")
    assert "not one of the options: expected a, b, c" in PICK.check("z").message
    assert "letter of an option in quotes" in PICK.check(2).message
    assert PICK.check(...).message == (
        "Choose one of the options, for example with `questions.pick.check('a')`."
    )
    assert "- **b**: 784" in PICK._repr_mimebundle_()["text/markdown"]
    with pytest.raises(ValueError, match="the options are"):
        Choice("99-x", "", question="", options={"a": ""}, right="b", solution="")


def test_number():
    for answer in (10, 10.5, "10", "10 %", "10%", " 9.5", np.float32(10), [10]):
        assert GUESS.check(answer).outcome == "right", answer
    assert GUESS.check("50").message == "There are ten digits, not two."
    assert GUESS.check(0.1).message == "Give it in per cent."
    assert GUESS.check(3).message == "Too low: count the digits."
    assert GUESS.check("1e3").message == "Too high: count the digits."
    assert GUESS.check("ten").outcome == "right"
    assert GUESS.check("many").message.startswith("`many` is not a number")
    assert GUESS.check("").outcome == "not attempted"
    for answer in ("7,850", "7 850", "7850"):
        one = Number("99-n", "n", question="?", answer=7850, solution="So.")
        assert one.check(answer).outcome == "right"


def test_the_widget_of_a_choice():
    shown = panel(PICK)
    shown.check.click()
    assert shown.feedback.outcome == "not attempted"
    assert "Choose an option first." in shown.answer.value
    shown.field.value = "a"
    shown.check.click()
    assert "28 is one row." in shown.answer.value
    assert 'role="status"' in shown.answer.value
    shown.field.value = "b"
    shown.check.click()
    assert shown.feedback.outcome == "right"


def test_the_widget_of_a_number_escapes_what_is_typed():
    shown = panel(GUESS)
    shown.field.value = "<b>"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown.field._handle_custom_msg({"event": "submit"}, [])
    assert "&lt;b&gt;" in shown.answer.value
    shown.field.value = "10 %"
    shown.check.click()
    assert shown.feedback.outcome == "right"


def test_formulas_in_options_are_listed_in_markdown():
    options = {"$z = 0$": "No.", "$z = 1$": "Yes."}
    one = Choice("99-z", "z", question="?", options=options, right="$z = 1$", solution="So.")
    shown = panel(one)
    assert [label for label, _ in shown.field.options] == ["a", "b"]
    assert "$z = 0$" in shown.children[0].outputs[0]["data"]["text/markdown"]


def test_the_text_stands_beside_the_widget():
    data = GUESS._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith("Question 99-guess: How many per cent? (1 minute,")
    assert "(A number, in %.)" in data["text/markdown"]


def test_a_number_that_may_be_two_is_right_if_one_is_and_asked_about_else():
    one = Number("99-n", "n", question="?", answer=7500, solution="So.")
    other = Number("99-m", "m", question="?", answer=7.5, tolerance=0.1, solution="So.")
    for text in ("7,500", "7.500"):
        assert one.check(text).outcome == other.check(text).outcome == "right"
    between = Number("99-k", "k", question="?", answer=100, solution="So.")
    message = between.check("7,500").message
    assert message.startswith("Is `7,500` ")
    assert "7.5" in message
    assert "7500" in message
    assert between.check("1,500,000").message == "Too high."
    assert between.check("-0,125").message == "Too low."


# Predictions: a guess before the experiment, and the outcome after it

TRAINS = Choice(
    "99-trains",
    "What will happen?",
    question="Will the cost rise?",
    options={"It rises": "A step down cannot.", "It falls": "Downhill.", "$C = 0$": "Not so soon."},
    right="It falls",
    solution="Each step goes downhill.",
    prediction=True,
)
SHARE = Number(
    "99-share",
    "How many?",
    question="How many are right?",
    answer=95,
    tolerance=2,
    unit="%",
    low="Fewer than came out.",
    solution="Thirty epochs are enough for this.",
    prediction=True,
)
WORDS = Guess("99-words", "What will you see?", question="What?", outcome="A loop in each 0.")
GUESSES = [  # question, a right guess, a wrong one, what the outcome says to it, no guess at all
    (TRAINS, "It falls", "It rises", "A step down cannot.", "sideways"),
    (SHARE, "94,5 %", "70 %", "Fewer than came out.", "many"),
    (WORDS, "loops", "a hat", "A loop in each 0.", 5),
]


def every_guess(*names):
    rows = [[dict(zip(("one", "right", "wrong", "words", "none"), row))[n] for n in names]
            for row in GUESSES]  # fmt: skip
    return pytest.mark.parametrize(names, rows, ids=["choice", "number", "words"])


@every_guess("one", "right", "wrong")
def test_a_guess_is_kept_without_a_verdict(path, one, right, wrong):
    said = [repr(one.guess(answer)) for answer in (right, wrong)]
    assert said[0].replace(right, "") == said[1].replace(wrong, "")
    for answer, words in zip((right, wrong), said):
        assert answer in words
        assert words.startswith("Your guess is kept: ")
    assert record.load(path) == {}


@every_guess("one")
def test_an_outcome_before_any_guess_says_so_and_marks_nothing(path, one):
    assert repr(one.outcome()).startswith("You kept no guess.")
    assert one.reason in repr(one.outcome())
    assert not path.exists()


@every_guess("one", "right")
def test_the_outcome_of_a_right_guess(path, one, right):
    one.guess(right)
    assert record.load(path) == {}
    shown = repr(one.outcome())
    assert right in shown.split("\n\n")[0]
    assert shown.endswith(one.reason)
    assert "otherwise" not in shown
    assert ("That is what came out." in shown) == (one is not WORDS)
    assert record.load(path)[one.name]["state"] == "done"


@every_guess("one", "wrong", "words")
def test_the_outcome_of_a_wrong_guess_holds_its_words(path, one, wrong, words):
    one.guess(wrong)
    shown = repr(one.outcome())
    assert wrong in shown.split("\n\n")[0]
    assert words in shown
    assert shown.endswith(one.reason)
    assert ("It came out otherwise." in shown) == (one is not WORDS)
    assert record.load(path)[one.name]["state"] == "done", "to have guessed is what counts"


@every_guess("one", "none")
def test_what_is_no_guess_is_told_and_not_kept(path, one, none):
    for answer in (none, ..., None, "", "  ", {}, [1, 2], float("nan"), np.zeros((10_000, 2000))):
        feedback = one.guess(answer)
        assert isinstance(feedback, Feedback), answer
        assert feedback.outcome in ("wrong", "not attempted", "error")
    assert repr(one.outcome()).startswith("You kept no guess.")
    assert "`questions." in one.guess(...).message
    assert "guess(" in one.guess(...).message


def test_a_number_that_may_be_two_is_asked_about_before_it_is_kept(path):
    for text in ("9,500", "95.000"):
        feedback = SHARE.guess(text)
        assert feedback.message.startswith(f"Is `{text}` ")
    assert record.guess(SHARE.name) is None


@pytest.mark.parametrize("answer", [94, 94.0, np.float32(94), [94], "94", "94 %", "188/2"])
def test_numbers_of_all_kinds_can_be_guessed(path, answer):
    assert isinstance(SHARE.guess(answer), Text)
    assert "That is what came out." in repr(SHARE.outcome())


def test_a_guess_is_the_option_and_not_its_letter(path):
    """A newer course may have its options in another order, or others."""
    TRAINS.guess("a")
    turned = dict(reversed(TRAINS.options.items()))
    options = {"question": "?", "right": "It falls", "solution": "Down.", "prediction": True}
    later = Choice(TRAINS.name, "Later", options=turned, **options)
    assert "You guessed *It rises*.** It came out otherwise. A step down" in repr(later.outcome())
    del turned["It rises"]
    later = Choice(TRAINS.name, "Later", options=turned, **options)
    shown = repr(later.outcome())
    assert "*It rises*" in shown
    assert "not offered any more" in shown
    assert "It falls" in shown


def test_the_last_guess_counts(path):
    TRAINS.guess("It rises")
    TRAINS.guess("It falls")
    assert "*It falls*.** That is what came out." in repr(TRAINS.outcome())


@pytest.mark.parametrize(
    "words",
    ["a * b * c", "$5 and $6", "z < w and more", "<b>fat</b>", "snake_case_name", "a|b", "# first",
     "`code`", "[link](x)", "~~gone~~", "back\\slash", "&amp;"],
)  # fmt: skip
def test_a_guess_is_shown_as_it_was_typed(path, words):
    """As code, where Markdown would make something else of it."""
    said = [repr(WORDS.guess(words)), repr(WORDS.outcome())]
    assert all(f"`{words.replace('`', chr(39))}`" in one for one in said)
    assert record.guess(WORDS.name) == words


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a hat", "a hat"), ("  a hat \n", "a hat"), ("one\ntwo", "one two"),
     ("ein Bär, ñ", "ein Bär, ñ"),
     ("数字", "数字"), ("b", "b"), ("46", "46"), ("50 %", "50 %"), ("No.", "No."), ("none", "none"),
     ("?", "?"), ("I don't know", "I don't know"), ("it's “big”", "it's “big”"),
     ("tab\tin", "tab in"),
     ("-1/2", "-1/2"), ("NaN", "NaN"), ("None", "None"), ("a" * 999, "a" * 999), ("🙂", "🙂"),
     ("'quoted'", "'quoted'"), ("x = 3; y", "x = 3; y"), ("(b)", "(b)"), ("1. first", "1. first")],
)  # fmt: skip
def test_a_guess_in_words_is_kept_as_it_is(path, typed, kept):
    WORDS.guess(typed)
    assert record.guess(WORDS.name) == kept
    assert f"\u201c{kept}\u201d" in repr(WORDS.outcome())


def test_a_long_guess_is_cut(path):
    WORDS.guess("many words " * 1000)
    assert len(record.guess(WORDS.name)) < 1100


GUESS_AGAIN = """
from course.ask import Guess
one = Guess("99-words", "What will you see?", question="What?", outcome="A loop.")
print(one.outcome())
"""


def test_a_guess_survives_a_new_process_in_another_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("NNLIB_PROGRESS")
    monkeypatch.setenv("NNLIB_MY_LESSONS", str(tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    WORDS.guess("mountains")
    (tmp_path / "other").mkdir()
    from course import paths

    found = subprocess.run(
        [sys.executable, "-c", GUESS_AGAIN],
        cwd=tmp_path / "other",
        env=os.environ | {"PYTHONPATH": str(paths.ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "mountains" in found.stdout
    assert os.listdir(tmp_path / "other") == []


@every_guess("one", "right")
def test_with_off_nothing_is_written(tmp_path, monkeypatch, one, right):
    monkeypatch.setenv("NNLIB_MY_LESSONS", str(tmp_path / "mine"))
    monkeypatch.chdir(tmp_path)
    one.guess(right)
    assert right in repr(one.outcome())
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_told_and_the_guess_is_not_lost(path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "could not be saved" in repr(WORDS.guess("clouds"))
    shown = repr(WORDS.outcome())
    assert "clouds" in shown
    assert "could not be saved" in shown


def test_hints_of_a_prediction_lead_to_its_outcome():
    assert repr(TRAINS.hint()) == (
        "There are no hints here. `questions.trains.outcome()` shows what came out, after the "
        "experiment."
    )


# Widgets


def buttons(shown):
    """The words on the buttons of a panel."""
    line = next(row for row in shown.children if type(row).__name__ == "HBox")
    return [child.description for child in line.children if hasattr(child, "button_style")]


def text_of(output):
    return "".join(one["data"]["text/markdown"] for one in output.outputs)


def test_the_panel_of_a_prediction_says_nothing_on_it(path):
    for one, right, wrong, *_ in GUESSES:
        shown = panel(one)
        assert buttons(shown) == ["Keep my guess"]
        shown.check.click()
        assert "Choose an option first." in shown.answer.value or "Type it" in shown.answer.value
        said = []
        for answer in (right, wrong):
            letters = {text: key for key, text in getattr(one, "letters", {}).items()}
            shown.field.value = letters.get(answer, answer)
            shown.check.click()
            said.append(shown.answer.value.replace(answer, ""))
        assert said[0] == said[1]
        assert "Your guess is kept" in said[0]
        assert record.load(path).get(one.name) is None
        assert record.guess(one.name) == wrong


def test_what_holds_a_formula_is_drawn_as_markdown(path):
    one = Choice(
        "99-formula",
        "A formula",
        question="?",
        options={"$C = 0$": "Not $C$.", "2": "It is."},
        right="2",
        hints=["Think of $C$."],
        solution="So.",
    )
    shown = panel(one)
    shown.field.value = "a"
    shown.check.click()
    assert text_of(shown.worked) == "**Not yet.** Not $C$."
    assert shown.answer.value == ""
    shown.field.value = "b"
    shown.check.click()
    assert text_of(shown.worked) == ""
    assert "It is." in shown.answer.value
    shown.hint.click()
    assert text_of(shown.worked) == "**Hint 1 of 1.** Think of $C$."
    kept = panel(TRAINS)
    kept.field.value = next(key for key, text in TRAINS.letters.items() if "$" in text)
    kept.check.click()
    assert text_of(kept.worked) == "Your guess is kept: *$C = 0$*."
    assert kept.answer.value == ""
    assert record.guess(TRAINS.name) == "$C = 0$"


def test_a_remark_on_the_file_stands_below_the_feedback(path):
    path.parent.mkdir()
    path.write_text("{")
    shown = panel(PICK)
    shown.field.value = "a"
    shown.check.click()
    assert "<strong>Not yet.</strong> 28 is one row.<br><em>my_progress.json" in shown.answer.value


def test_the_enter_key_keeps_a_guess(path):
    shown = panel(SHARE)
    shown.field.value = "94 %"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown.field._handle_custom_msg({"event": "submit"}, [])
        shown.field._handle_custom_msg({"event": "something else"}, [])
    assert record.guess(SHARE.name) == "94 %"


def test_an_exercise_has_hint_and_solution_below_its_question():
    exercise = Exercise(
        "99-test",
        "A test",
        question="What is $x$?",
        check=None,
        hints=["Think of `x` & y.", "Think again."],
        solution="It is $1$.\n\n```python\nanswer = 1\n```",
        minutes=5,
        difficulty=2,
    )
    shown = panel(exercise)
    assert buttons(shown) == ["Hint", "Solution"]
    assert "What is $x$?" in text_of(shown.children[0])
    shown.hint.click()
    assert "<strong>Hint 1 of 2.</strong> Think of <code>x</code> &amp; y." in shown.answer.value
    shown.hint.click()
    assert "Think again." in shown.answer.value
    shown.solution.click()
    assert text_of(shown.worked) == exercise.solution().markdown
    assert shown.answer.value == ""
    shown.hint.click()
    assert text_of(shown.worked) == ""
    assert "no more hints" in shown.answer.value
    data = exercise._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"].startswith(repr(exercise))


def test_a_question_shows_its_solution_in_words():
    shown = panel(GUESS)
    assert buttons(shown) == ["Check", "Solution"]
    shown.solution.click()
    assert "It is about 10 %." in text_of(shown.worked)
    assert GUESS.reason in text_of(shown.worked)
    assert "answer =" not in text_of(shown.worked)
    shown.field.value = "10"
    shown.check.click()
    assert text_of(shown.worked) == ""
    assert shown.feedback.outcome == "right"
