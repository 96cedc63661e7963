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


def test_code_formulas_and_other_wording_are_no_claims(lesson):
    claims.write(lesson("The larger step falls faster."))
    path = lesson("A step that is larger falls faster: $1 - low$, `no_more(up)`.")
    assert not claims.changes(claims.listed(path), claims.of_notebook(path))
