"""A lesson as slides: a heading begins a stack, a heading below it names the slides that follow."""

import itertools
import re
from dataclasses import dataclass, field

from course import ask
from course.site import lesson, markup
from course.teach.slides import asking, shown
from course.teach.slides import slide_pieces as pieces
from course.teach.slides.texts import blocks, unlinked

MOST_WORDS, FEW_WORDS = 55, 8  # on a slide; on one that only leads to a question
PLUMBING = re.compile(r"import |from ")  # a cell that begins so is in the notes alone
LEARN = "**You will learn"


@dataclass
class Slide:
    """One slide. title: Markdown.  kind: cover, text, question, answer, picture or lab.

    label: words above the title.  notes: HTML of all that the lesson says here.
    """

    title: str
    kind: str = "text"
    label: str = ""
    pieces: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def words(self):
        """How many words of running text it has."""
        return sum(piece.words for piece in self.pieces)

    @property
    def is_roomy(self):
        """Whether its text may be half as large again."""
        height = sum(piece.height for piece in self.pieces)
        return height * 1.7 <= pieces.HEIGHT and {one.kind for one in self.pieces} <= pieces.READ

    @property
    def only_leads(self):
        """Whether it says nothing but that something comes."""
        if self.kind != "text" or [one.kind for one in self.pieces] != ["text"]:
            return False
        return self.words <= FEW_WORDS or self.pieces[0].html.endswith(":</p>")

    def has_room(self, group):
        """Whether these pieces fit below those that are there."""
        if not self.pieces:
            return True
        height = sum(piece.height for piece in [*self.pieces, *group])
        words = sum(piece.words for piece in group)
        return height <= pieces.HEIGHT and (not words or self.words + words <= MOST_WORDS)


def stacks(notebook, number):
    """The slides of a lesson, as a list of lists: one for each of its sections.

    notebook: nbformat notebook with its outputs, as stored or with frozen labs.  number: such as
    "05".  Raises LookupError for a question that the lesson does not have.
    """
    outline = Outline(number)
    for cell in lesson.prepare(notebook, number, figures="gone").cells:
        outline.add(cell)
    return outline.finished()


class Outline:
    """The stacks of slides of a lesson, made cell by cell."""

    def __init__(self, number):
        self.stacks, self._number, self._picks = [], number, shown.Picks.read(number)
        self._title, self._waiting, self._open = "", [], None
        self._questions = {one.name: one for one in ask.load(f"course.lesson{number}")}

    def add(self, cell):
        """Make the slides of one prepared cell."""
        if cell.cell_type == "markdown":
            self._text(blocks(cell.source))
        elif "question" in cell.metadata:
            self._asked(self._questions[cell.metadata["question"]], cell.metadata["shows"])
        elif cell.metadata.get("shows") != "answer":
            self._code(cell)

    def finished(self):
        """All stacks, with the last notes on the last slide."""
        found = [stack for stack in self.stacks if stack]
        found[-1][-1].notes += self._waiting
        return found

    def _new(self, kind="text", label="", title=None):
        """A new slide, with the notes that wait for one."""
        slide = Slide(title or self._title, kind, label, notes=self._waiting)
        self._waiting = []
        self.stacks[-1].append(slide)
        self._open = slide if kind in ("text", "cover") else None
        return slide

    def _note(self, markdown):
        """Keep what the lesson says for the slide that is open, or for the next one."""
        (self._open.notes if self._open else self._waiting).append(markup.block(markdown))

    def _put(self, group, ahead=()):
        """Put pieces on the slide that is open if there is room, also for what they lead to."""
        for piece in group:
            if not (self._open and self._open.has_room([piece, *ahead])):
                self._new()
            self._open.pieces.append(piece)

    def _text(self, found):
        self._open = None
        if found[0].level == 1:
            found = self._cover(found)
        for is_heading, run in itertools.groupby(found, lambda block: block.kind == "heading"):
            for block in run if is_heading else ():
                self._heading(block)
            if not is_heading:
                self._below_heading(list(run))

    def _below_heading(self, found):
        """Put what is shown of these blocks on slides, and all of them into the notes."""
        made = shown.of(found, self._picks)
        for block, group, following, ahead in zip(found, made, [*found[1:], None], [*made[1:], []]):
            self._put(group, ahead[:1] if shown.leads(following) else [])
            self._note(unlinked(block.source))

    def _heading(self, block):
        self._title, self._open = block.source, None
        if block.level == 2:
            self.stacks.append([])

    def _cover(self, found):
        """The first slide, with the title and the first paragraph; the blocks that are left."""
        self.stacks.append([])
        title, aim, *rest = found
        cover = self._new("cover", f"Lesson {self._number}", re.sub(r"^\d\d ", "", title.source))
        cover.pieces.append(pieces.text(aim.source.strip("*")))
        self._note(aim.source)
        self._open, self._title = None, "You will learn"
        return [block for block in rest if not block.source.startswith(LEARN)]

    def _asked(self, one, shows):
        """The slide of a question, or of what came out; without an experiment both at once."""
        if shows != "outcome":
            self._drop_lead()
            slide = self._new("question", asking.label(one), one.title)
            slide.pieces += asking.asked(one, self._picks)
            slide.notes += asking.notes(one)
        if shows == "outcome" or asking.is_answered_at_once(one):
            slide = self._new("answer", asking.answer_label(one), one.title)
            slide.pieces += asking.answer(one)
            slide.notes.append(markup.block(one.what_is_right()))

    def _drop_lead(self):
        """Take back a slide that only leads to the question that follows; its notes wait."""
        if self.stacks[-1] and self.stacks[-1][-1].only_leads:
            self._waiting = self.stacks[-1].pop().notes + self._waiting

    def _code(self, cell):
        """Source and what it prints; a picture or a lab has a slide of its own."""
        drawn = next((made for made in map(pieces.drawn, cell.outputs) if made), None)
        if not (drawn and _is_short(cell)):
            self._source(cell)
        if drawn:
            slide = self._new("lab" if drawn.kind == "lab" else "picture")
            slide.pieces.append(drawn)

    def _source(self, cell):
        made = [pieces.code(cell.source), *_printed(cell)]
        if _is_plumbing(cell) or (not self._fits(made) and _only_prepares(cell)):
            self._note(f"```python\n{cell.source}\n```")
        elif self._fits(made):
            self._open.pieces += made
        else:
            self._new()
            self._put(made)

    def _fits(self, group):
        return self._open is not None and self._open.has_room(group)


def _is_plumbing(cell):
    """Whether a cell imports what a lesson needs, or shows only what the course tells a student."""
    said = [output.get("data", {}) for output in cell.outputs]
    spoken = bool(said) and all("text/markdown" in data for data in said)
    return spoken or PLUMBING.match(cell.source) is not None


def _only_prepares(cell):
    """Whether a few lines only make what a later cell needs."""
    defines = re.search(r"^(def|class) ", cell.source, re.MULTILINE)
    return not cell.outputs and not defines and "assert" not in cell.source


def _printed(cell):
    """What the outputs of a cell say in words or tables; not what the course tells a student."""
    for output in cell.outputs:
        data = output.get("data", {})
        if output.output_type == "stream" and output.name == "stdout":
            yield pieces.output(output.text)
        elif not data or "text/markdown" in data or pieces.drawn(output):
            continue
        elif "<table" in data.get("text/html", ""):
            yield from pieces.data(data["text/html"])
        else:
            yield pieces.output(data["text/plain"])


def _is_short(cell):
    """Whether a cell with a picture does nothing else that a class has to see."""
    return "figure" in cell.metadata.get("tags", []) or len(cell.source.splitlines()) <= 3
