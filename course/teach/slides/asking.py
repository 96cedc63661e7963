"""The slides of a question: what is asked, and what is right."""

from course.ask.exercise import Choice, Exercise
from course.site import markup
from course.teach.slides import shown
from course.teach.slides import slide_pieces as pieces
from course.teach.slides.texts import blocks, sentences, words

MOST_WORDS = 48  # of the reason on the slide with the answer


def label(one):
    """The words above the title of a question."""
    return "In the notebook" if type(one) is Exercise else one.kind


def answer_label(one):
    """The words above the title of an answer."""
    return "What came out" if one.prediction else "Answer"


def is_answered_at_once(one):
    """Whether no experiment has to come first, and the answer is not a program."""
    return type(one) is not Exercise and not one.prediction


def asked(one, picks):
    """What is asked, with the options of a Choice."""
    found = blocks(one.question)
    if type(one) is Exercise and words(one.question) > 70:
        made = [piece for group in shown.of(found, picks) for piece in group]
    else:
        made = [piece for block in found for piece in pieces.whole(block)]
    return [*made, pieces.options(one.letters.values())] if isinstance(one, Choice) else made


def answer(one):
    """The right answer and the first sentences of its reason."""
    made = [] if one.answered_by == "words" else [pieces.text(f"**{_right(one)}**", "right")]
    for block in blocks(one.reason):
        left = MOST_WORDS - sum(piece.words for piece in made)
        if block.kind == "paragraph":
            kept = _some(sentences(block.source), left)
            made += [pieces.text(kept)] if kept else []
        elif block.kind == "list":
            kept = [sentences(item)[0] for item in block.items]
            made += pieces.listed(_first(kept, left))
        else:
            made += pieces.whole(block)
    return made


def _right(one):
    """What is right, as it is read aloud."""
    if isinstance(one, Choice):
        return one.letters[one.right_answer]
    return one.what_is_right().partition("\n")[0]


def _some(found, most):
    """The first sentences of a list as a text; one at least if there is room for a short one."""
    return " ".join(_first(found, most) or (found[:1] if most > 20 else []))


def _first(found, most):
    """The first texts of a list that have together at most so many words."""
    return [one for n, one in enumerate(found) if words(" ".join(found[: n + 1])) <= most]


def notes(one):
    """HTML for the notes: the whole question, the hints, and what is right."""
    hints = [f"**Hint {n}.** {hint}" for n, hint in enumerate(one.hints, 1)]
    return [markup.block(text) for text in (one.question, *hints, one.what_is_right())]
