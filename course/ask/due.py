"""Questions of earlier lessons that are due today, as `questions.due` shows them."""

from course.ask import record, schedule

NOTHING = (
    "Nothing is due today. Questions of earlier lessons come back here: {} day after a wrong "
    "answer, and {}, {}, {} and {} days after one right answer after the other."
).format(*schedule.INTERVALS)


class Due:
    """Up to three questions that are due; in a notebook they are asked, one after the other.

    questions: those that may come back.  What is due is looked up when it is shown.
    """

    def __init__(self, questions):
        self._questions = questions

    def __dir__(self):
        return []

    def __repr__(self):
        return self._found()[1]

    def _found(self):
        """(the questions to ask now, them as text, a sentence on how many are due)."""
        entries, remark = record.read()
        due = schedule.due(self._questions, entries)
        asked = [_with_fresh_numbers(one, entries[one.name]) for one in due[: schedule.MOST]]
        sentence = f"{told(len(asked), len(due) - len(asked))} {remark}".strip()
        return asked, "\n\n".join([sentence, *map(_plain, asked)]), sentence

    def _repr_mimebundle_(self, **options):
        asked, text, sentence = self._found()
        data = {"text/plain": text, "text/markdown": text}
        if not asked:
            return data
        from course.ask import view  # ipywidgets is loaded when a question is shown

        panel = view.ReturnPanel(asked, sentence, answered, note)
        return panel._repr_mimebundle_(**options) | data


def told(asked, left):
    """How many questions are due, in a sentence."""
    if not asked:
        return NOTHING
    first = "One question is due." if asked == 1 else f"{asked + left} questions are due."
    more = f" Here are {asked}; run the cell again for more." if left else ""
    return first + more


def answered(question, answer):
    """(Feedback for an answer to a question that came back, whether it counts).

    What cannot be read as an answer does not count.
    """
    feedback = question.judge(answer)
    if feedback.outcome != "right" and question.read(answer).outcome != "right":
        return feedback, False
    return feedback, True


def note(question, right):
    """Enter whether it was known, and say in a sentence when it comes back."""
    remark = record.note_return(question.name, right)
    entry = record.read()[0].get(question.name)
    if remark or entry is None:
        return remark
    days = (schedule.place(entry)[1] - schedule.today()).days
    return "It comes back tomorrow." if days == 1 else f"It comes back in {days} days."


def _plain(question):
    return f"{question!r}\n\n{question.body()}"


def _with_fresh_numbers(question, entry):
    """The question with other numbers if it has any: the same ones all day."""
    if question.fresh is None:
        return question
    return question.fresh.question(question, f"{question.name} {schedule.place(entry)[1]}")
