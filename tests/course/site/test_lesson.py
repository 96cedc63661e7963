"""Lessons prepared for pages and decks: what goes, what stays, what answers by itself."""

import base64
import json
import re

import nbformat
import pytest

pytest.importorskip("myst_nb", reason="the group `site` is not installed")

from course import ask
from course.site import lesson, markup
from tools.store_notebooks import lessons

PATHS = lessons()


def prepared(path, **options):
    return lesson.prepare(nbformat.read(path, as_version=4), path.name[:2], **options)


def code(notebook, *, shown):
    """The code cells that stand for a question, or those that do not."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kinds = ("question", "outcome", "exercise")
    return [cell for cell in cells if (cell.metadata.get("shows") in kinds) == shown]


def called(path, ending):
    """The names in the cells `questions.NAME` with this ending."""
    cells = nbformat.read(path, as_version=4).cells
    found = (re.fullmatch(rf"questions\.(\w+){ending}", cell.source.strip()) for cell in cells)
    return [one[1] for one in found if one and one[1] != "due"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_only_evidence_what_is_due_and_checks_go(path):
    before, after = nbformat.read(path, as_version=4), prepared(path)
    nbformat.validate(after)
    gone = [cell for cell in before.cells if cell.id not in {one.id for one in after.cells}]
    for cell in gone:
        assert (
            "evidence" in cell.metadata.get("tags", [])
            or cell.source == "questions.due"
            or re.fullmatch(r"questions\.\w+\.check\(\w+\)", cell.source)
            or cell.source.startswith("**Back from earlier lessons.**")
        ), cell.source
    assert not [cell for cell in after.cells if "Back from earlier" in cell.source]
    assert [cell.id for cell in after.cells] == [
        cell.id for cell in before.cells if cell not in gone
    ]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_what_a_lesson_computes_stays_as_it_is(path):
    before = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    for cell in code(prepared(path), shown=False):
        assert cell.source == before[cell.id].source
        for now, stored in zip(cell.outputs, before[cell.id].outputs, strict=True):
            drawn = {"text/html"} if "text/markdown" in stored.get("data", {}) else set()
            assert {key: now[key] for key in now if key != "data"} == {
                key: stored[key] for key in stored if key != "data"
            }
            kept = {key: text for key, text in now.get("data", {}).items() if key not in drawn}
            assert kept == stored.get("data", {})


def test_outputs_in_markdown_are_drawn_and_a_long_table_is_folded():
    outputs = [
        output.data["text/html"]
        for cell in code(prepared(PATHS[8]), shown=False)
        for output in cell.get("outputs", [])
        if "text/markdown" in output.get("data", {})
    ]
    assert any(one.startswith("<details><summary>Show all 2") for one in outputs)
    assert all("<table>" in one for one in outputs if "---|" in one)
    assert not any("|---" in one for one in outputs)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_question_and_every_outcome_is_shown_once(path):
    cells = code(prepared(path), shown=True)
    named = [(cell.metadata.shows, cell.metadata.question) for cell in cells]
    assert len(set(named)) == len(named)
    assert len(named) == len(called(path, "")) + len(called(path, r"\.outcome\(\)"))
    asked = {name for shows, name in named if shows != "outcome"}
    assert {name for shows, name in named if shows == "outcome"} <= asked


def drawn(path, one):
    """The HTML of a question on its page, and what it packs."""
    (cell,) = [
        cell
        for cell in code(prepared(path), shown=True)
        if (cell.metadata.shows, cell.metadata.question) == ("question", one.name)
    ]
    html = cell.outputs[0].data["text/html"]
    packed = re.search(r'data-question="([^"]+)"', html)[1]
    return html, json.loads(base64.b64decode(packed))


def test_a_question_packs_what_it_knows_and_its_source_tells_no_answer():
    ten = ask.load("course.lesson03").inputs
    html, known = drawn(PATHS[3], ten)
    assert "784" not in html
    assert ten.title in html
    assert (known["answer"], known["prediction"]) == (784, True)
    assert [row["value"] for row in known["mistakes"]] == list(ten.mistakes)
    assert "solution" not in known  # what came out is not told before the experiment


def test_a_question_packs_its_hints_in_their_order():
    patient = ask.load("course.lesson09").patient_3
    _, known = drawn(PATHS[9], patient)
    assert len(set(known["hints"])) > 2
    assert known["hints"] == [markup.inline(hint) for hint in patient.hints]


def test_an_exercise_has_its_hints_and_its_solution_folded():
    lesson_03 = prepared(PATHS[3])
    (cell,) = [cell for cell in code(lesson_03, shown=True) if cell.metadata.shows == "exercise"]
    html = cell.outputs[0].data["text/html"]
    one = ask.load("course.lesson03").from_shapes
    assert html.count("<details>") == len(one.hints) + 1
    assert "your own copy of the lessons" in html
    assert "bias_shapes" in re.sub(r"<[^>]+>", "", html)
    (answer,) = [cell for cell in lesson_03.cells if cell.metadata.get("shows") == "answer"]
    assert answer.source == one.starter


def test_the_sources_of_figures_are_folded_or_gone():
    for option, tag in (("folded", "hide-input"), ("gone", "remove-input")):
        cells = [
            cell
            for cell in prepared(PATHS[3], figures=option).cells
            if "figure" in cell.metadata.get("tags", [])
        ]
        assert cells
        assert all(tag in cell.metadata.tags for cell in cells)


def test_the_notebook_itself_is_not_changed():
    notebook = nbformat.read(PATHS[3], as_version=4)
    before = nbformat.writes(notebook)
    lesson.prepare(notebook, "03")
    assert nbformat.writes(notebook) == before


def test_a_question_that_is_not_there_is_named():
    cell = nbformat.v4.new_code_cell("questions.nobody")
    with pytest.raises(LookupError, match=r"questions\.nobody, which is not in questions\.md"):
        lesson.prepare(nbformat.v4.new_notebook(cells=[cell]), "03")


def test_markup_draws_formulas_tables_and_code():
    assert markup.inline("so $a < b$") == (
        r'so <span class="math notranslate nohighlight">\(a &lt; b\)</span>'
    )
    assert "<table>" in markup.block("| a | b |\n|---|---|\n| 1 | 2 |")
    code = markup.block("```python\nanswer = 5 < 6\n```")
    assert '<span class="n">answer</span>' in code
    assert "<script>" not in markup.block("<script>")
