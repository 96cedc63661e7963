"""What of a lesson's text stands on its slides; all of it is in the notes.

Of each paragraph stands what has bold words, or else its first sentence, and of each item of a long
list its core; then their neighbours, as far as there is room. Where these rules choose badly, the
file picks/NN.md names sentences of the lesson by how they begin.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from course.teach.slides import slide_pieces as pieces
from course.teach.slides.texts import sentences, words

FEW = 42  # words of a list that stands whole
ROOM = 50  # words of the text below one heading, so that they stand on one slide
ASIDE = ("(", "**Predict.**", "**Change.**", "**Try.**", "**You need**", "**Time**")
OF_THE_PAGE = re.compile(  # a sentence that makes sense beside a notebook, not on a wall
    r"\b(next|two|three|last|first) cells?\b|\bcells? (below|above|after|behind)\b|this cell|"
    r"the cell\b|\bbelow the question\b|\bType `|\bRun (the|this)\b|\bnew cell\b|`questions\.|"
    r"^\*\*(Change|Predict|Try|Live)\b|\bpress \*?Check\b|\bbutton \*?Hint\b|\bHint\*? button\b|"
    r"\btakes? (about |less than )?(a|half a|two|three|four|ten) (seconds?|minutes?)\b"
)
NOT = "not: "


@dataclass(frozen=True)
class Picks:
    """How sentences begin that are shown, and blocks that are hidden, against the rules."""

    shown: tuple = ()
    hidden: tuple = ()

    @classmethod
    def read(cls, lesson):
        """Those of picks/NN.md, a list in Markdown; none if there is no such file."""
        path = Path(__file__).parent / "picks" / f"{lesson}.md"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return cls.of(line.removeprefix("- ") for line in lines if line.startswith("- "))

    @classmethod
    def of(cls, lines):
        """Those of lines, with "not: " before what is hidden."""
        lines = list(lines)
        hidden = [one.removeprefix(NOT) for one in lines if one.startswith(NOT)]
        return cls(tuple(one for one in lines if not one.startswith(NOT)), tuple(hidden))

    def name(self, sentence):
        """Whether a sentence is to be shown."""
        return sentence.startswith(self.shown)

    def hide(self, source):
        """Whether a block, or an item of a list, is for the notes alone."""
        return " ".join(source.split()).startswith(self.hidden)


def leads(following):
    """Whether the last sentence of a paragraph speaks of the block that follows it."""
    return following is not None and following.kind in ("formula", "list", "code", "table")


def of(found, picks):
    """For each block of a text below one heading the pieces that stand on slides."""
    paragraphs = [
        _Paragraph(block.source, picks, leads(following))
        for block, following in zip(found, [*found[1:], None])
        if block.kind == "paragraph"
    ]
    lists = [_items(block.items, picks) for block in found if block.kind == "list"]
    _fill(paragraphs, ROOM - sum(words(item) for items in lists for item in items))
    texts, lists = iter(paragraphs), iter(lists)
    return [_pieces(block, texts, lists, picks) for block in found]


def _pieces(block, texts, lists, picks):
    if block.kind == "paragraph":
        kept = next(texts).text
        return [pieces.text(kept)] if kept else []
    if block.kind == "list":
        return pieces.listed(next(lists), block.is_numbered)
    return [] if picks.hide(block.source) else pieces.whole(block)


class _Paragraph:
    """The sentences of a paragraph, and which of them are shown.

    grows: whether more of them may be.
    """

    def __init__(self, source, picks, leading):
        self.sentences = sentences(source)
        named = {n for n, one in enumerate(self.sentences) if picks.name(one)}
        aside = source.startswith(ASIDE) or picks.hide(source)
        self.grows = not named and not aside
        self.chosen = named or (set() if aside else self._first(leading))

    def _first(self, leading):
        """The sentences that the rules begin with."""
        fit = [n for n, one in enumerate(self.sentences) if not OF_THE_PAGE.search(one)]
        bold = [n for n in fit if "**" in self.sentences[n]]
        last = [len(self.sentences) - 1] if leading else []
        return set(bold[:2] or last or fit[:1])

    def neighbours(self):
        """Sentences beside those that are shown."""
        beside = {n + step for n in self.chosen for step in (1, -1)} - self.chosen
        inside = sorted(n for n in beside if 0 <= n < len(self.sentences))
        return [n for n in inside if not OF_THE_PAGE.search(self.sentences[n])]

    @property
    def text(self):
        return " ".join(self.sentences[n] for n in sorted(self.chosen))


def _fill(paragraphs, room):
    """Show more of the paragraphs, in order, as long as there is room for more words."""
    room -= sum(words(one.text) for one in paragraphs)
    for paragraph in filter(lambda one: one.grows, paragraphs):
        while fit := [n for n in paragraph.neighbours() if words(paragraph.sentences[n]) <= room]:
            paragraph.chosen.add(fit[0])
            room -= words(paragraph.sentences[fit[0]])


def _items(found, picks):
    """The items of a list as they are shown: whole if they are short, otherwise their cores."""
    kept = [item for item in found if not picks.hide(item)]
    if sum(map(words, kept)) <= FEW:
        return kept
    return [_core(item, picks) for item in kept]


def _core(item, picks):
    """What an item says first: what is named, the bold words that it begins with, a sentence."""
    found = sentences(item)
    if named := [one for one in found if picks.name(one)]:
        return " ".join(named)
    bold = re.match(r"\*\*[^*]+\*\*", item)
    return bold[0] if bold and words(bold[0]) > 3 else found[0]
