"""Slides: what is chosen from a lesson's text, where it stands, and the command."""

import re

import nbformat
import pytest

pytest.importorskip("sphinx_revealjs", reason="the group `site` is not installed")

from course import __main__ as cli  # noqa: E402
from course import ask  # noqa: E402
from course.ask.exercise import Choice  # noqa: E402
from course.site import lesson, markup  # noqa: E402
from course.teach import slides  # noqa: E402
from course.teach.slides import outline, shown, slide_pieces, texts  # noqa: E402

LESSONS = slides.lessons()
ANSWERED = {"Prediction", "Question"}
OPTION = re.compile(r"<li><b>(\w)</b><span>(.*?)</span></li>", re.DOTALL)
RIGHT = re.compile(r'<p class="right">(.*?)</p>', re.DOTALL)


@pytest.fixture(scope="module")
def notebooks():
    return {number: nbformat.read(path, 4) for number, path in LESSONS.items()}


@pytest.fixture(scope="module")
def outlines(notebooks):
    """The stacks of slides of every lesson."""
    return {number: outline.stacks(notebook, number) for number, notebook in notebooks.items()}


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("About 2.5 of them, as in Fig. 3. Then $a.\\ B$ is.", 3),
        ("**It is so. Really.** And $x$ grows. $y$ too.", 3),
        ("Type `a. B`. Then (or not. Perhaps.) go on.", 2),
        ("No end", ["No end"]),
    ],
)
def test_sentences(paragraph, expected):
    found = texts.sentences(paragraph)
    assert " ".join(found) == paragraph
    assert found == expected or len(found) == expected


def test_blocks_and_their_items():
    found = texts.blocks("## Head\n\nText\nmore\n\n- one\n- two\n  lines\n\n$$x = 1$$\n\n3. three")
    assert [one.kind for one in found] == ["heading", "paragraph", "list", "formula", "list"]
    assert found[2].items == ("one", "two\n  lines")
    assert (found[0].level, found[0].source, found[4].items) == (2, "Head", ("three",))
    assert [one.is_numbered for one in found[2::2]] == [False, True]


def test_words_count_a_formula_once_and_a_link_by_its_words():
    assert texts.words("See [lesson 04](04.ipynb): $a + b \\cdot c$ is `x`") == 6


def chosen(markdown, *picks):
    made = shown.of(texts.blocks(markdown), shown.Picks.of(picks))
    return [re.sub(r"<[^>]+>", "", piece.html) for group in made for piece in group]


def test_short_text_is_shown_whole_and_long_text_by_its_bold_sentence():
    filler = " ".join(["word"] * 60)
    assert chosen("It is so. Therefore it is.") == ["It is so. Therefore it is."]
    assert chosen(f"A {filler}. B {filler}. **This** counts. C {filler}.") == ["This counts."]
    assert chosen(f"First of all. B {filler}.") == ["First of all."]
    assert chosen("**Predict.** What comes?\n\n(An aside.)") == []
    assert chosen("Run the next cell. It counts.") == ["It counts."]


def test_picks_name_what_is_shown_or_hidden():
    assert chosen("One. Two. Three.", "Two") == ["Two."]
    assert chosen("One. Two.\n\nThree.", "not: One") == ["Three."]


def test_the_core_of_long_items():
    filler = " ".join(["word"] * 60)
    found = chosen(f"- **All of it counts.** A {filler}.\n- First. A {filler}.")
    assert found == ["All of it counts.First."]


def test_each_piece_of_a_long_numbered_list_goes_on_counting():
    made = slide_pieces.listed([f"step {n}" for n in range(1, 15)], is_numbered=True)
    assert len(made) > 2
    for piece in made:
        assert re.match(r'<ol start="(\d+)"><li>step \1</li>', piece.html), piece.html


@pytest.mark.parametrize("number", LESSONS)
def test_every_pick_names_one_place_of_its_lesson(notebooks, number):
    picks = shown.Picks.read(number)
    found = [cell.source for cell in notebooks[number].cells if cell.cell_type == "markdown"]
    asked = [one.question for one in ask.load(f"course.lesson{number}")]
    blocks = [block for source in [*found, *asked] for block in texts.blocks(source)]
    parts = [part for block in blocks for part in (block.items or [block.source])]
    starts = [" ".join(one.source.split()) for one in blocks]
    starts += [" ".join(part.split()) for block in blocks for part in block.items]
    for pick in picks.shown:
        named = [one for part in parts for one in texts.sentences(part) if one.startswith(pick)]
        assert len(named) == 1, f"{pick!r} begins {len(named)} sentences of lesson {number}"
    for pick in picks.hidden:
        count = sum(one.startswith(pick) for one in starts)
        assert count in (1, 2), f"{pick!r} begins {count} blocks of lesson {number}"


@pytest.mark.parametrize("number", LESSONS)
def test_all_that_a_lesson_says_is_in_the_notes_in_order(notebooks, outlines, number):
    notes = "\n".join(note for stack in outlines[number] for one in stack for note in one.notes)
    at = 0
    for cell in lesson.prepare(notebooks[number], number).cells:
        for block in texts.blocks(cell.source) if cell.cell_type == "markdown" else ():
            if block.kind != "heading" and not block.source.startswith(outline.LEARN):
                at = notes.find(markup.block(texts.unlinked(block.source)), at)
                assert at >= 0, block.source


@pytest.mark.parametrize("number", LESSONS)
def test_slides_have_few_words_and_nothing_of_the_machinery(outlines, number):
    for one in (one for stack in outlines[number] for one in stack):
        text = re.sub(r"<[^>]+>", "", "".join(piece.html for piece in one.pieces))
        assert one.kind == "question" or one.words <= 60, one.title
        assert one.pieces, one.title
        assert "Back from earlier lessons" not in text
        assert not lesson.CALL.fullmatch(text.strip())


def html_of(slide):
    return "".join(piece.html for piece in slide.pieces)


@pytest.mark.parametrize("number", LESSONS)
def test_every_question_has_its_slide_and_its_answer_comes_later(outlines, number):
    found = [one for stack in outlines[number] for one in stack]
    asked = {one.title: n for n, one in enumerate(found) if one.kind == "question"}
    answers = {one.title: n for n, one in enumerate(found) if one.kind == "answer"}
    for one in ask.load(f"course.lesson{number}"):
        if one.title in asked and one.kind in ANSWERED:
            assert asked[one.title] < answers[one.title]
            letters = one.letters if isinstance(one, Choice) else {}
            drawn = [(letter, markup.inline(text)) for letter, text in letters.items()]
            assert OPTION.findall(html_of(found[asked[one.title]])) == drawn
            right = letters.get(one.right_answer) or one.what_is_right().partition("\n")[0]
            told = [] if one.answered_by == "words" else [texts.unlinked(f"**{right}**")]
            answered = RIGHT.findall(html_of(found[answers[one.title]]))
            assert answered == [markup.inline(words) for words in told]
    assert set(answers) <= set(asked)


def test_command_refuses_what_it_does_not_know_and_what_is_there(tmp_path, capsys):
    with pytest.raises(SystemExit, match=r"There is no lesson 12. Type one of 00, 01, "):
        cli.main(["slides", "12"])
    path = tmp_path / "deck.html"
    path.write_text("mine")
    with pytest.raises(SystemExit, match=r"deck.html exists. Give another name, or add --force"):
        cli.main(["slides", "00", str(path), "--no-labs"])
    assert path.read_text() == "mine"
    cli.main(["slides", "00", str(path), "--no-labs", "--force"])
    assert f"slides are in {path}." in capsys.readouterr().out
    made = path.read_text(encoding="utf-8")
    assert made.startswith("<!doctype html>")
    assert not re.search(
        r"""(?:src|href)=["'](?!data:|#)""", made.partition("<main>")[2].partition("<script>")[0]
    )


def test_all_lessons_go_into_one_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(slides, "FOLDER", tmp_path / "slides")
    monkeypatch.setattr(slides, "write", lambda number, path, labs: len(number))
    cli.main(["slides"])
    printed = capsys.readouterr().out
    assert all(f"{path.stem}.html" in printed for path in LESSONS.values())


def test_without_the_libraries_it_says_what_to_type(monkeypatch, tmp_path):
    monkeypatch.setattr(slides, "NEEDED", ["no_such_module"])
    with pytest.raises(SystemExit, match="pip install .*sphinx-revealjs"):
        cli.main(["slides", "00", str(tmp_path / "deck.html")])
