"""A word of the prose that turns a sentence round does not change without a word."""

import nbformat
import pytest

from tests.told import claims
from tools.store_notebooks import lessons


@pytest.mark.parametrize("path", lessons(), ids=lambda path: path.stem)
def test_the_claims_are_those_of_the_list(path):
    changed = claims.changes(claims.listed(path), claims.of_notebook(path))
    command = f"python -m tests.told.claims {path.name[:2]} --write"
    assert not changed, "\n".join([*changed, f"read these sentences; if all are true: {command}"])


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.setattr(claims, "LISTS", tmp_path)

    def write(*sources):
        cells = [nbformat.v4.new_markdown_cell(text, id=f"c{n}") for n, text in enumerate(sources)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "05_small.ipynb")
        return tmp_path / "05_small.ipynb"

    return write


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The smaller step falls faster.", "c1 -larger +smaller"),
        ("The larger step rises faster.", "c1 -falls +rises"),
        ("The larger step never falls faster.", "c1 +never"),
        ("The step falls faster.", "c1 -larger"),
        ("The faster step falls larger.", "c1 +faster -faster"),
    ],
)
def test_a_turned_sentence_is_seen(lesson, text, found):
    claims.write(lesson("# Steps", "The larger step falls faster."))
    changed = claims.changes(
        claims.listed(lesson("# Steps", text)), claims.of_notebook(lesson("# Steps", text))
    )
    assert len(changed) == 1
    assert set(found.split()) <= set(changed[0].split())


def test_other_wording_is_no_claim(lesson):
    claims.write(lesson("The larger step falls faster."))
    path = lesson("A step that is larger falls faster.")
    assert not claims.changes(claims.listed(path), claims.of_notebook(path))


QUOTED = (
    "From $v_1$ to $v - 1$ by `up`, see [lesson 05](05_x.ipynb) and *start v1*, the OR of zeros. "
    "The shape is (n_out, 1), nearly 5², and dC/dz = a − y."
)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("$v_1$ to $v - 1$", "$v - 1$ to $v_1$"),
        ("`up`", "`low`"),
        ("(05_x", "(06_x"),
        ("*start v1*", "*start v2*"),
        ("OR of zeros", "AND of zeros"),
        ("OR of zeros", "OR of eights"),
        ("n_out", "n_in"),
        ("5²", "5³"),
        ("a − y", "a + y"),
        ("a − y", "y − a"),
    ],
)
def test_what_is_quoted_is_a_claim(text, wrong):
    assert claims.of_text(QUOTED.replace(text, wrong)) != claims.of_text(QUOTED)


def test_the_sentence_of_a_figure_has_claims_too(lesson):
    path = lesson("# Steps")
    notebook = nbformat.read(path, as_version=4)
    data = {"text/plain": "Paths with m = 100 and 10 end 0.40 and 0.02 above the row."}
    output = nbformat.v4.new_output("display_data", data)
    figure = nbformat.v4.new_code_cell(
        "draw()", outputs=[output], id="c9", metadata={"tags": ["figure"]}
    )
    notebook.cells.append(figure)
    nbformat.write(notebook, path)
    assert claims.of_notebook(path)["c9"] == [
        "with",
        "100",
        "10",
        "end",
        "0.40",
        "0.02",
        "above",
        "row",
    ]
