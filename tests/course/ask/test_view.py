"""What panels show to right and wrong answers, question by question: color, words, the record."""

import re

import pytest

from course import exercises
from course.ask import Choice, Exercise, Number, due, record
from course.ask.feedback import OUTCOMES
from course.ask.view import COLORS, AskedAgain, ReturnPanel, panel
from tests.course.ask.examples import GUESS, PICK

QUESTIONS = [one for one in exercises.all() if isinstance(one, Choice | Number)]
CHECKED = [one for one in QUESTIONS if not one.prediction]
KEPT = [one for one in QUESTIONS if one.prediction]
BACK = [one for one in QUESTIONS if one.comes_back]


@pytest.fixture(autouse=True)
def path(tmp_path, monkeypatch):
    """The progress file, which is kept here."""
    path = tmp_path / "my_progress.json"
    monkeypatch.setenv("NNLIB_PROGRESS", str(path))
    return path


def every(questions):
    return pytest.mark.parametrize("question", questions, ids=lambda one: one.name)


def answers(question):
    """(what is put in, whether it is right, what is said) of each answer with words of its own."""
    if isinstance(question, Choice):
        for letter, text in question.letters.items():
            yield letter, letter == question.right_answer, question.options[text]
    else:
        yield str(question.right_answer), True, question.right
        yield from ((str(wrong), False, said) for wrong, said in question.mistakes.items())
        yield "-1e9", False, question.low
        yield "1e9", False, question.high


def click(shown, value):
    shown.field.value = value
    shown.check.click()


def told(shown):
    """(the color of the edge, the words without markup) of what a panel says; "" if it is drawn."""
    if shown.worked.outputs:
        assert shown.answer.value == ""
        return "", shown.worked.outputs[0]["data"]["text/markdown"].replace("**", "")
    assert shown.answer.value.startswith('<div role="status" style="border-left: 4px solid #')
    (color,) = re.findall(r"solid (#[0-9A-F]{6});", shown.answer.value)
    return color, plain(re.sub(r"<br>", " ", shown.answer.value))


def plain(text):
    """Words without tags, escapes, marks and formulas."""
    bare = re.sub(r"<[^>]*>|&\w+;|&#\w+;|[`*<>&\"']", "", text)
    return " ".join(bare.split())


def kind(color):
    """What the eye takes a color for."""
    red, green, blue = (int(color[k : k + 2], 16) for k in (1, 3, 5))
    if red == green == blue:
        return "gray"
    return "green" if green > 1.3 * max(red, blue) else "red" if red > 2 * green > blue else color


def test_right_is_green_wrong_is_red_and_no_answer_is_gray():
    assert COLORS.keys() == OUTCOMES.keys()
    assert {outcome: kind(color) for outcome, color in COLORS.items()} == {
        "right": "green",
        "wrong": "red",
        "error": "red",
        "not attempted": "gray",
    }


def test_each_outcome_has_words_of_its_own():
    assert OUTCOMES == {
        "right": "Right.",
        "wrong": "Not yet.",
        "error": "Error.",
        "not attempted": "Not attempted yet.",
    }


@every(CHECKED)
def test_an_answer_is_judged_in_color_in_words_and_in_the_file(question, path):
    rows = sorted(answers(question), key=lambda row: row[1])  # the wrong ones first
    for value, is_right, said in rows:
        shown = panel(question)
        click(shown, value)
        color, words = told(shown)
        assert not color or kind(color) == ("green" if is_right else "red")
        assert words.startswith("Right." if is_right else "Not yet.")
        assert plain(said) in plain(words)
        assert record.load(path)[question.name]["state"] == ("done" if is_right else "tried")
    assert record.load(path)[question.name]["tries"] == len(rows)
    assert record.load(path)[question.name]["box"] == 1, "the first answer was wrong"


@every(BACK)
def test_what_comes_back_is_judged_alike_and_noted_once(question):
    for value, is_right, said in answers(question):
        noted = []
        shown = AskedAgain(
            question, due.answered, lambda _, right, to=noted: to.append(right) or "", None, str
        )
        for _ in range(2):
            click(shown, value)
        color, words = told(shown)
        assert not color or kind(color) == ("green" if is_right else "red")
        assert words.startswith("Right." if is_right else "Not yet.")
        assert plain(said) in plain(words)
        assert noted == [is_right]
        assert shown.known is is_right


@every(KEPT)
def test_a_guess_is_kept_in_gray_and_judged_by_the_outcome_alone(question, path):
    value, _, said = next(row for row in answers(question) if not row[1])
    shown = panel(question)
    click(shown, value)
    color, words = told(shown)
    assert not color or kind(color) == "gray"
    assert words.startswith("Your guess is kept")
    assert plain(said) not in plain(words)
    assert "Right." not in words
    assert "Not yet." not in words
    assert question.name not in record.load(path)


@pytest.mark.parametrize("question", [PICK, GUESS], ids=["choice", "number"])
def test_nothing_given_is_gray_and_not_noted(question, path):
    shown = panel(question)
    shown.check.click()
    color, words = told(shown)
    assert kind(color) == "gray"
    assert words.startswith("Not attempted yet.")
    assert not path.exists()


def test_a_right_answer_is_green_after_a_wrong_one_and_stays_done(path):
    shown = panel(PICK)
    states = []
    for value in ("a", "b", "b", "c"):
        click(shown, value)
        states.append((kind(told(shown)[0]), record.load(path)[PICK.name]["state"]))
    assert states == [("red", "tried"), ("green", "done"), ("green", "done"), ("red", "done")]


def test_at_the_end_it_says_how_many_were_known():
    growing = exercises.get("02-growing-factor")  # asked on the page of lesson 08
    widget = ReturnPanel([growing, PICK, GUESS], "Due.", due.answered, lambda *_: "")
    assert widget.heading.value == "1 of 3, from lesson 02"
    for value in (growing.right_answer, PICK.right_answer, "50"):
        click(widget.place.children[0], value)
        widget.next.click()
    assert plain(widget.children[0].value) == "You knew 2 of 3."


def test_a_hint_is_gray_and_takes_the_place_of_a_verdict():
    exercise = Exercise(
        "99-test",
        "A test",
        question="What?",
        check=None,
        hints=["Think."],
        solution="So.\n\n```python\nanswer = 1\n```",
        minutes=1,
        difficulty=1,
    )
    shown = panel(exercise)
    shown.hint.click()
    assert (kind(told(shown)[0]), told(shown)[1]) == ("gray", "Hint 1 of 1. Think.")


def test_an_answer_that_cannot_be_read_is_red_and_no_right_one(path):
    shown = panel(GUESS)
    click(shown, "many")
    assert kind(told(shown)[0]) == "red"
    assert told(shown)[1].startswith("Not yet.")
    assert record.load(path)[GUESS.name]["state"] == "tried"
