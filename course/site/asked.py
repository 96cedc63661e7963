"""Questions and exercises as HTML that answers without a kernel; questions.js does the answering.

What a question knows (its checks, messages, hints and solution) is packed as Base64, so that
nobody who looks at the source of a page reads an answer by accident. It is no secret.
"""

import base64
import html
import json

from course.ask.exercise import Choice, Number
from course.site import markup

HOW_TO_RUN = "Code is written and checked in your own copy of the lessons."


def question(one):
    """A form for a Choice, a Number or a Guess: the question, a place to answer, buttons."""
    first, called = _heading(one), f"question-{one.name}"
    buttons = "".join(_button(key, words) for key, words in _buttons(one))
    return (
        f'<form class="course-question" id="{called}" data-question="{_packed(known(one))}" '
        f'aria-labelledby="{called}-title" autocomplete="off">\n{first}\n'
        f"{markup.block(one.question)}\n{_place(one)}\n"
        f'<div class="course-buttons">{buttons}</div>\n'
        '<div class="course-said" role="status"></div>\n'
        "<noscript>To be answered on this page, a question needs JavaScript.</noscript>\n</form>"
    )


def outcome(one):
    """What came out, folded; questions.js adds the guess that was kept."""
    return (
        f'<details class="course-outcome" data-outcome="{one.name}">'
        f"<summary>See what came out: {markup.inline(one.title)}</summary>\n"
        f'<div class="course-kept"></div>\n{markup.block(one.what_is_right())}\n</details>'
    )


def exercise(one):
    """An exercise in code: where to run it, hints and solution folded."""
    hints = "".join(
        _folded(f"Hint {number} of {len(one.hints)}", text)
        for number, text in enumerate(one.hints, 1)
    )
    called = f"question-{one.name}"
    return (
        f'<section class="course-question" id="{called}" aria-labelledby="{called}-title">\n'
        f"{_heading(one)}\n{markup.block(one.question)}\n"
        f'<p class="course-where">{HOW_TO_RUN}</p>\n'
        f"{hints}{_folded('Solution', one.what_is_right())}\n</section>"
    )


def _folded(words, markdown):
    return f"<details><summary>{words}</summary>\n{markup.block(markdown)}\n</details>"


def _heading(one):
    return (
        f'<p class="course-title" id="question-{one.name}-title"><strong>{one.kind} {one.name}: '
        f"{markup.inline(one.title)}</strong> <small>({one.effort} of 3)</small></p>"
    )


def _place(one):
    """Radio buttons, a line for a number, or a field for words."""
    if one.answered_by == "option":
        return _options(one)
    if one.answered_by == "number":
        unit = f", in {html.escape(one.unit)}" if one.unit else ""
        field = '<input type="text" name="answer" inputmode="text" size="16" spellcheck="false">'
        return f'<p><label class="course-field">Your answer, a number{unit}: {field}</label></p>'
    field = '<textarea name="answer" rows="2"></textarea>'
    return f'<p><label class="course-field">Your guess, in a few words: {field}</label></p>'


def _options(one):
    rows = "\n".join(
        f'<label><input type="radio" name="answer" value="{letter}"> '
        f"<span>{markup.inline(text)}</span></label>"
        for letter, text in one.letters.items()
    )
    return f"<fieldset><legend>Options of {one.name}</legend>\n{rows}\n</fieldset>"


def _buttons(one):
    """Pairs (what it does, words); what came out is not told before an experiment."""
    yield ("guess", "Keep my guess") if one.prediction else ("check", "Check")
    if one.hints:
        yield "hint", "Hint"
    if not one.prediction:
        yield "solution", "Solution"
    yield "clear", "Clear"


def _button(key, words):
    kind = "submit" if key in ("guess", "check") else "button"
    return f'<button type="{kind}" data-does="{key}">{words}</button>'


def _packed(known):
    return base64.b64encode(json.dumps(known).encode()).decode()


def known(one):
    """What questions.js has to know of a question; texts are HTML."""
    told = {
        "name": one.name,
        "kind": one.answered_by,
        "prediction": one.prediction,
        "right": markup.inline(one.right),
        "hints": [markup.inline(hint) for hint in one.hints],
        "ending": _ending(one),
    }
    if not one.prediction:
        told["solution"] = markup.block(one.what_is_right())
    kinds = ((Choice, _of_choice), (Number, _of_number))
    return told | next((of(one) for kind, of in kinds if isinstance(one, kind)), {})


def _ending(one):
    """What is said after the last hint, or instead of one."""
    if one.prediction:
        return "What came out is shown after the experiment."
    return "The button Solution shows the solution."


def _of_choice(one):
    return {
        "answer": one.right_answer,
        "options": {letter: markup.inline(text) for letter, text in one.letters.items()},
        "says": {letter: markup.inline(one.options[text]) for letter, text in one.letters.items()},
    }


def _of_number(one):
    return {
        "answer": one.right_answer,
        "tolerance": one.tolerance,
        "unit": one.unit,
        "mistakes": [
            {"value": value, "room": one.room(value), "says": markup.inline(words)}
            for value, words in one.mistakes.items()
        ],
        "factors": [
            {"factor": factor, "says": markup.inline(words)}
            for factor, words in one.factors.items()
        ],
        "low": markup.inline(one.low),
        "high": markup.inline(one.high),
    }
