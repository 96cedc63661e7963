"""Questions as widgets: the question, radio buttons or a field, buttons, and what is said."""

import html
import re
from dataclasses import replace

import ipywidgets as widgets

from course.ask import closing

COLORS = {  # Okabe and Ito; the outcome is said in words as well
    "right": "#009E73",
    "wrong": "#D55E00",
    "error": "#D55E00",
    "not attempted": "#767676",
}


def panel(question):
    """A new widget for a question or an exercise."""
    return AnswerPanel(question) if question.answered_by else Panel(question)


class Panel(widgets.VBox):
    """What a student sees of an exercise in JupyterLab: what is asked, Hint and Solution."""

    def __init__(self, question, rows=(), buttons=()):
        self.question = question
        self.hint = _button("Hint", self._on_hint)
        self.solution = _button("Solution", self._on_solution)
        self.answer, self.worked = widgets.HTML(), widgets.Output()
        line = widgets.HBox([*buttons, *self._helps()])
        super().__init__([_drawn(_asked(question)), *rows, line, self.answer, self.worked])
        self.layout.padding = "4px 0 8px"

    def _helps(self):
        """The buttons that help; what came out is not told before an experiment."""
        ending = [] if getattr(self.question, "prediction", False) else [self.solution]
        return [*([self.hint] if self.question.hints else []), *ending]

    def _on_hint(self, _):
        self._say(self.question.hint().markdown)

    def _on_solution(self, _):
        if closed := closing.words(self.question):
            self._say(closed)
        else:
            self._draw(self.question.what_is_right())

    def _say(self, markdown, color=COLORS["not attempted"]):
        """Show a text with a colored edge, which screen readers say; one with formulas, drawn."""
        if "$" in markdown:
            self._draw(markdown)
            return
        self.worked.outputs = ()
        self.answer.value = (
            f'<div role="status" style="border-left: 4px solid {color}; padding: 4px 10px; '
            f'max-width: 44em; line-height: 1.5">{_rich(markdown)}</div>'
        )

    def _draw(self, markdown):
        self.answer.value = ""
        self.worked.outputs = _drawn(markdown).outputs


class AnswerPanel(Panel):
    """What a student sees of a question: besides, a place to answer, and Check.

    `feedback` is the last answer given. Before an experiment it has a button that keeps the guess
    and says nothing on it.
    """

    def __init__(self, question):
        self.feedback, self.field = None, _field(question)
        words, on_click = self._asks(question)
        self.check = _button(words, on_click, "primary")
        if isinstance(self.field, widgets.Text):
            self.field.on_msg(lambda _, content, __: _is_enter(content) and on_click(None))
            super().__init__(question, buttons=[self.field, self.check])
        else:
            super().__init__(question, rows=[self.field], buttons=[self.check])

    def _asks(self, question):
        """What stands on the first button, and what it does."""
        if question.prediction:
            return "Keep my guess", self._on_guess
        return "Check", self._on_check

    def _on_check(self, _):
        self.feedback = self.question.check(self.field.value)
        said = self.feedback
        if not self.field.value:
            said = replace(said, message=self._how_to_begin())
        self._say(said._repr_markdown_(), COLORS[said.outcome])

    def _on_guess(self, _):
        self.feedback = self.question.guess(self.field.value or "")
        said = getattr(self.feedback, "markdown", None) or self.feedback.message
        self._say(said if self.field.value else self._how_to_begin())

    def _how_to_begin(self):
        """In the place of the message that speaks of typing `questions.bits.check(...)`."""
        chosen = self.question.answered_by == "option"
        return "Choose an option first." if chosen else "Type it first."


class AskedAgain(AnswerPanel):
    """A question of an earlier lesson that came back: Check and Solution.

    The first answer, or the first look at the solution, is noted. `known` is True or False then,
    before that None. answered, note: as in course.ask.due. on_skip: called for an "s" in the place
    of a number; on_noted: after the note.
    """

    def __init__(self, question, answered, note, on_skip, on_noted):
        super().__init__(question)
        self.known, self._answered, self._note = None, answered, note
        self._on_skip, self._on_noted = on_skip, on_noted
        if question.answered_by == "number":
            self.field.placeholder += ", or s to skip"

    def _helps(self):
        return [self.solution]

    def _asks(self, question):
        return "Check", self._on_check

    def _on_check(self, _):
        if str(self.field.value).strip().lower() == "s" and self.question.answered_by == "number":
            return self._on_skip()
        self.feedback, counts = self._answered(self.question, self.field.value)
        if not self.field.value:
            said = replace(self.feedback, message=self._how_to_begin())
        else:
            right = self.feedback.outcome == "right"
            said = self.feedback.with_note(self._noted(right) if counts else "")
        return self._say(said._repr_markdown_(), COLORS[said.outcome])

    def _on_solution(self, button):
        note = "" if closing.words(self.question) else self._noted(False)
        super()._on_solution(button)
        if note:
            self.answer.value = f'<div role="status"><em>{_rich(note)}</em></div>'

    def _noted(self, right):
        """Note the first answer; the sentence about it, or ""."""
        if self.known is not None:
            return ""
        self.known, note = right, self._note(self.question, right)
        self._on_noted()
        return note


class ReturnPanel(widgets.VBox):
    """Questions that came back, one after the other, each with Skip and then Next.

    The button stays the same, so that the focus stays on it.
    """

    def __init__(self, questions, told, answered, note):
        calls = answered, note, self._on_next, self._on_noted
        self.panels = [AskedAgain(one, *calls) for one in questions]
        self.at, self.heading, self.place = 0, widgets.HTML(), widgets.VBox()
        self.next = _button("Skip", lambda _: self._on_next())
        super().__init__([widgets.HTML(_rich(told)), self.heading, self.place, self.next])
        self._show()

    def _on_noted(self):
        self.next.description = "Next" if self.at + 1 < len(self.panels) else "Done"

    def _on_next(self):
        self.at = min(self.at + 1, len(self.panels))  # a second click may come after the last one
        self.next.description = "Skip"
        self._show()

    def _show(self):
        if self.at == len(self.panels):
            known = [panel.known for panel in self.panels]
            self.children = [_status(_closing(known.count(True), known.count(None), len(known)))]
            return
        panel = self.panels[self.at]
        words = f"{self.at + 1} of {len(self.panels)}, from lesson {panel.question.lesson}"
        self.heading.value = _rich(words)
        self.place.children = [panel]


def _closing(known, skipped, asked):
    """How it went, in a sentence."""
    told = f"You knew {known} of {asked}."
    return f"{told} What you skipped comes back next time." if skipped else told


def _status(words):
    return widgets.HTML(f'<div role="status">{_rich(words)}</div>')


def _button(words, on_click, style=""):
    button = widgets.Button(description=words, button_style=style)
    button.on_click(on_click)
    return button


def _is_enter(content):
    return content.get("event") == "submit"


def _field(question):
    """Radio buttons for a Choice, a text field for a Number, a larger one for a Guess."""
    if question.answered_by == "option":
        listed = _needs_markdown(question)
        options = [(key if listed else text, key) for key, text in question.letters.items()]
        layout = {"width": "auto", "max_width": "100%"}
        return widgets.RadioButtons(options=options, value=None, layout=layout)
    if question.answered_by == "words":
        return widgets.Textarea(
            placeholder="in a few words", rows=2, layout={"width": "min(560px, 100%)"}
        )
    return widgets.Text(
        placeholder=f"a number{f', in {question.unit}' if question.unit else ''}",
        layout={"width": "220px"},
    )


def _needs_markdown(question):
    """Whether an option holds a formula or code, which a radio button would show as typed."""
    return any(set("$`*") & set(text) for text in question.letters.values())


def _asked(question):
    """The question in Markdown; the options too, where the radio buttons show letters only."""
    listed = question.answered_by == "option" and _needs_markdown(question)
    return f"**{question.title}**\n\n{question.body() if listed else question.question}"


def _drawn(markdown):
    """Markdown that JupyterLab itself draws, formulas included."""
    data = {"text/markdown": markdown, "text/plain": markdown}
    return widgets.Output(outputs=({"output_type": "display_data", "data": data, "metadata": {}},))


def _rich(text):
    """Plain text with `code`, *emphasis*, **bold** and paragraphs as HTML."""
    safe = html.escape(text)
    safe = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", safe)
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
    safe = re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
    return safe.replace("\n\n", "<br>")
