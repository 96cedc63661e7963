"""The page and the proof: lesson cells are the student's, figures draw, evidence asserts."""

import ast
import builtins
import re

import nbformat
import pytest

from course import exercises
from course.ask import load
from course.teach.needed_code import statements
from tools.store_notebooks import lessons

KINDS = "figure", "evidence"
DRAWING = "figures.", "Picture(", "set_title", "set_xlabel", "set_ylabel", "legend", "imshow"
SHARE = 0.85  # of the visible lines of code belong to the lesson itself


def kind(cell):
    tags = cell.metadata.get("tags", [])
    return next((tag for tag in KINDS if tag in tags), "lesson")


def lines(cell):
    return [line for line in cell.source.splitlines() if line.strip()]


def names(source):
    """(names that a cell assigns, names that it uses), at its top level and inside."""
    tree = ast.parse(source)
    assigned, used = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else assigned).add(node.id)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            assigned.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            assigned |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
    return assigned, used - set(dir(builtins))


@pytest.fixture(params=lessons(), ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def page(path):
    return nbformat.read(path, as_version=4).cells


@pytest.fixture
def cells(page):
    return [cell for cell in page if cell.cell_type == "code"]


@pytest.fixture
def questions(path):
    return {question.attribute: question for question in load(f"course.lesson{path.name[:2]}")}


def test_the_source_of_a_figure_is_collapsed_and_ends_in_one_picture(cells):
    for cell in cells:
        hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        assert hidden == (kind(cell) == "figure"), cell.source
        if kind(cell) == "figure":
            pictures = [
                out for out in cell.outputs if "<img" in out.get("data", {}).get("text/html", "")
            ]
            assert len(cell.outputs) == len(pictures) == 1, cell.source
            assert "assert " not in cell.source


def test_evidence_asserts_and_shows_nothing(cells):
    for cell in cells:
        if kind(cell) == "evidence":
            assert "assert " in cell.source
            assert not cell.outputs, cell.source


def test_every_picture_of_a_lesson_cell_is_a_lab(cells):
    for cell in cells:
        assert kind(cell) == "figure" or "Picture(" not in cell.source, cell.source


@pytest.mark.parametrize("part", KINDS)
def test_no_cell_needs_what_a_figure_or_the_evidence_made(cells, part):
    """The student's copy has no evidence, and nobody reads a collapsed cell."""
    made = set()
    for cell in cells:
        assigned, used = names(cell.source)
        if kind(cell) == part:
            made |= assigned
        else:
            made -= assigned
            if kind(cell) != "evidence":
                assert not made & used, (sorted(made & used), cell.source)


def parts_to_choose(page):
    """(heading, cells) of the parts of a page that may be taken alone, the first all that is not.

    They are the exercises of lesson 08 and the parts of a *Deeper* that says so.
    """
    parts, may_choose = [("", [])], False
    for cell in page:
        if cell.cell_type == "code":
            parts[-1 if may_choose else 0][1].append(cell)
            continue
        for heading, words in re.findall(r"(?ms)^(###? [^\n]*)(.*?)(?=^###? |\Z)", cell.source):
            if heading.startswith("## "):
                deeper = heading == "## Deeper" and "not one another" in " ".join(words.split())
            may_choose = heading.startswith("### ") and (deeper or "Exercise" in heading)
            if may_choose:
                parts.append((heading, []))
    return parts


def test_parts_to_choose_need_none_of_the_others(page):
    (_, common), *parts = parts_to_choose(page)
    everywhere = {name for cell in common for one in statements(cell.source) for name in one.makes}
    made_by = {}
    for heading, cells in parts:
        own = [one for cell in cells if kind(cell) != "evidence" for one in statements(cell.source)]
        made = everywhere.union(*(one.makes for one in own))
        missing = frozenset().union(*(one.takes for one in own)) - made
        needs = {name: made_by[name] for name in missing & made_by.keys()}
        assert not needs, f"{heading} needs {needs}"
        made_by |= {name: heading for one in own for name in one.makes}


def test_which_parts_are_to_choose():
    counts = {
        path.name[:2]: len(parts_to_choose(nbformat.read(path, 4).cells)) for path in lessons()
    }
    assert {number: count - 1 for number, count in counts.items() if count > 1} == {
        "06": 6, "08": 16, "09": 8, "11": 9,
    }  # fmt: skip


def test_most_visible_code_is_the_lesson_s_own(cells):
    visible = [line for cell in cells if kind(cell) == "lesson" for line in lines(cell)]
    other = [line for line in visible if "assert " in line or any(f"{w}" in line for w in DRAWING)]
    assert 1 - len(other) / len(visible) >= SHARE, other


def test_numbers_are_asserted(cells):
    figures = sum(kind(cell) == "figure" for cell in cells)
    asserts = sum(cell.source.count("assert ") for cell in cells)
    assert asserts >= max(1, figures // 2)


# Predictions.


def test_every_prediction_has_a_place_before_and_its_outcome_after(page, questions):
    """The guess stands alone in its cell, and something between it and its outcome."""
    sources = [cell.source.strip() for cell in page]
    for name, question in questions.items():
        asked, shown = f"questions.{name}", f"questions.{name}.outcome()"
        assert sources.count(asked) == 1, f"{name} is asked {sources.count(asked)} times"
        if getattr(question, "prediction", False):
            assert sources.count(shown) == 1, name
            assert sources.index(shown) - sources.index(asked) >= 2, name
        else:
            assert shown not in sources, name


def test_every_exercise_has_its_answer_cell(cells, questions):
    """The student's copy keeps what is written there; the check follows it."""
    written = {name for name, one in questions.items() if type(one).__name__ == "Exercise"}
    tags = [cell.metadata.get("tags", []) for cell in cells]
    checked = {
        re.match(r"questions\.(\w+)\.check\(", after.source).group(1)
        for tag, after in zip(tags, cells[1:])
        if "answer" in tag
    }
    assert checked == written
    assert sum("answer" in tag for tag in tags) == len(written)


def test_no_predict_without_a_place(page):
    """Right below a "Predict" there is a question; at most one cell of code between them."""
    for number, cell in enumerate(page):
        if cell.cell_type == "markdown" and "**Predict" in cell.source:
            below = [cell.source.strip() for cell in page[number + 1 : number + 4]]
            assert any(source.startswith("questions.") for source in below), cell.source


def test_right_letters_are_spread():
    """No letter is right for more than half of a lesson's choices, nor for three in a row."""
    for number in {question.lesson for question in exercises.all()}:
        letters = [
            question.right_answer
            for question in exercises.all()
            if question.lesson == number and hasattr(question, "letters")
        ]
        assert not [one for one in zip(letters, letters[1:], letters[2:]) if len(set(one)) == 1]
        if len(letters) >= 4:
            assert max(map(letters.count, letters)) <= (len(letters) + 1) // 2, (number, letters)
