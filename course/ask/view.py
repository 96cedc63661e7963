"""Questions as widgets: the question, radio buttons or a field, a button, and what is said."""

import html
import re

import ipywidgets as widgets

from course.ask.exercise import Choice, Guess

COLORS = {  # Okabe and Ito; the outcome is said in words as well
    "right": "#009E73",
    "wrong": "#D55E00",
    "error": "#D55E00",
    "not attempted": "#767676",
}


def panel(question):
    """A new widget for a Choice or a Number."""
    return Panel(question)


class Panel(widgets.VBox):
    """What a student sees of a question in JupyterLab; `feedback` is the last answer given.

    Before an experiment it has a button that keeps the guess and says nothing on it.
    """

    def __init__(self, question):
        self.question, self.feedback = question, None
        self.field = _field(question)
        words, on_click = ("Check", self._on_check)
        if question.prediction:
            words, on_click = ("Keep my guess", self._on_guess)
        self.check = widgets.Button(description=words, button_style="primary")
        self.hint = widgets.Button(description="Hint")
        self.answer = widgets.HTML()
        self.check.on_click(on_click)
        self._on_enter = on_click
        self.hint.on_click(self._on_hint)
        buttons = [self.check, self.hint] if question.hints else [self.check]
        if isinstance(self.field, widgets.Text):
            self.field.on_msg(self._on_message)
            buttons = [self.field, *buttons]
            rows = [widgets.HBox(buttons)]
        else:
            rows = [self.field, widgets.HBox(buttons)]
        super().__init__([_markdown(question), *rows, self.answer])
        self.layout.padding = "4px 0 8px"

    def _on_check(self, _):
        self.feedback = self.question.check(self.field.value)
        color, message = COLORS[self.feedback.outcome], self.feedback.message
        if not self.field.value:  # the message speaks of typing check(...)
            message = "Choose an option first." if _is_choice(self.question) else "Type it first."
        note = f"<br><em>{_rich(self.feedback.note)}</em>" if self.feedback.note else ""
        self._show(color, f"<strong>{self.feedback.heading}</strong> {_rich(message)}{note}")

    def _on_message(self, _, content, __):
        if content.get("event") == "submit":  # the Enter key
            self._on_enter(None)

    def _on_guess(self, _):
        self.feedback = self.question.guess(self.field.value or "")
        if not self.field.value:
            words = "Choose an option first." if _is_choice(self.question) else "Type it first."
        else:
            words = getattr(self.feedback, "markdown", None) or self.feedback.message
        self._show(COLORS["not attempted"], _rich(words))

    def _on_hint(self, _):
        self._show(COLORS["not attempted"], _rich(self.question.hint().markdown))

    def _show(self, color, text):
        self.answer.value = (
            f'<div role="status" style="border-left: 4px solid {color}; padding: 4px 10px; '
            f'max-width: 44em; line-height: 1.5">{text}</div>'
        )


def _is_choice(question):
    return isinstance(question, Choice)


def _field(question):
    """Radio buttons for a Choice, a text field for a Number."""
    if _is_choice(question):
        listed = _needs_markdown(question)
        options = [(key if listed else text, key) for key, text in question.letters.items()]
        layout = {"width": "auto", "max_width": "100%"}
        return widgets.RadioButtons(options=options, value=None, layout=layout)
    if isinstance(question, Guess):
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


def _markdown(question):
    """The question, drawn by JupyterLab itself, formulas included."""
    listed = _is_choice(question) and _needs_markdown(question)
    text = f"**{question.title}**\n\n{question.body() if listed else question.question}"
    data = {"text/markdown": text, "text/plain": text}
    return widgets.Output(outputs=({"output_type": "display_data", "data": data, "metadata": {}},))


def _rich(text):
    """Plain text with `code`, *emphasis* and **bold** as HTML."""
    safe = html.escape(text)
    safe = re.sub(r"(?<!\*)\*([^*]+)\*(?!\*)", r"<em>\1</em>", safe)
    safe = re.sub(r"`([^`]+)`", r"<code>\1</code>", safe)
    return re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", safe)
