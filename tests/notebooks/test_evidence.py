"""No assertion of a lesson goes, widens or becomes empty without a word."""

import nbformat
import pytest

from tests.notebooks import evidence
from tools.store_notebooks import lessons


@pytest.fixture(params=lessons(), ids=lambda path: path.stem)
def path(request):
    return request.param


def test_the_evidence_is_what_the_list_says(path):
    listed, now = evidence.read(evidence.list_of(path)).lines, evidence.of_notebook(path)
    changed = evidence.changes(listed, now)
    command = f'python -m tests.notebooks.evidence {path.name[:2]} --because "..."'
    assert not changed, "\n".join([*changed, f"if this is meant: {command}"])
    assert evidence.one_quote(listed) == evidence.one_quote(now), "the order is another"


def test_quotes_that_another_python_chooses_are_no_change():
    """Python 3.11 and 3.13, of one and the same line."""
    listed, now = ["f\"{now['y']}\" == '1'"], ["f'{now['y']}' == '1'"]
    pairs = [[("c", line) for line in lines] for lines in (listed, now)]
    assert not evidence.changes(*pairs)
    assert len(evidence.changes(pairs[0], [("c", "f'{now['x']}' == '1'")])) == 2


def test_every_assertion_can_fail(path):
    asserted = evidence.assertions(evidence.of_notebook(path))
    assert len(asserted) >= 20
    assert not [source for source in asserted if evidence.is_empty(source)]


@pytest.mark.parametrize(
    "source",
    [
        "assert True",
        "assert (x > 1, 'words')",
        "assert x == x",
        "assert f(a)[0] <= f(a)[0]",
        "assert x > 1 or True",
        "assert all((x > 1 for x in ()))",
        "assert 0.9 < 1",
        "assert f'{x}'",
    ],
)
def test_an_assertion_that_cannot_fail_is_seen(source):
    assert evidence.is_empty(source)


@pytest.mark.parametrize(
    "source",
    ["assert x", "assert 0.9 < x < 0.95", "assert x != y or not full", "assert f(x, 1) == 1"],
)
def test_one_that_can_fail_is_not_called_empty(source):
    assert not evidence.is_empty(source)


def lesson(folder, *sources, tags=("evidence",)):
    new = nbformat.v4
    cells = [
        new.new_code_cell(source, id=f"c{n}", metadata={"tags": list(tags)})
        for n, source in enumerate(sources)
    ]
    nbformat.write(new.new_notebook(cells=cells), folder / "05_small.ipynb")
    return folder / "05_small.ipynb"


def test_what_went_needs_a_reason_that_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "LISTS", tmp_path)
    path = lesson(tmp_path, "x = f(2)\nassert 0.9 < x < 0.95\nassert ready", "assert y")
    evidence.renew(path, "New.")
    assert not evidence.read(tmp_path / "05.txt").reasons
    lesson(tmp_path, "x = f(2)\nassert 0.1 < x < 0.95", "assert y")
    before = evidence.read(tmp_path / "05.txt").lines
    assert evidence.changes(before, evidence.of_notebook(path)) == [
        "went  c0: assert 0.9 < x < 0.95",
        "went  c0: assert ready",
        "came  c0: assert 0.1 < x < 0.95",
    ]
    evidence.renew(path, "The small set is less regular.")
    kept = evidence.read(tmp_path / "05.txt")
    assert kept.lines == evidence.of_notebook(path)
    assert kept.reasons[:2] == [
        "c0: assert 0.9 < x < 0.95",
        "  The small set is less regular.",
    ]


def test_what_feeds_an_assertion_is_listed_too(tmp_path):
    loop = "for x in {}:\n    assert x > 1"
    full, empty = (evidence.of_notebook(lesson(tmp_path, loop.format(xs))) for xs in ("xs", "[]"))
    assert evidence.changes(full, empty) == ["went  c0: for x in xs:", "came  c0: for x in []:"]


def test_of_other_cells_what_leads_to_an_assertion(tmp_path):
    source = """
x = 1  # a comment
assert  x==1
for n in range(x, 12):
    y = f(n)
    if y:
        assert y > n
        print(y)
    else:
        y = 2
def f(n):
    return n
"""
    lines = [line for _, line in evidence.of_notebook(lesson(tmp_path, source, tags=()))]
    assert lines == [
        "assert x == 1",
        "for n in range(x, 12):",
        "    if y:",
        "        assert y > n",
    ]


def test_a_loop_that_never_begins_is_seen_in_any_cell(tmp_path):
    loop = "for x in range({}):\n    assert x > 1"
    before, now = (
        evidence.of_notebook(lesson(tmp_path, loop.format(places), tags=()))
        for places in ("2, 12", "12, 2")
    )
    assert len(evidence.changes(before, now)) == 2


def test_a_tag_that_is_lost_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence, "LISTS", tmp_path)
    evidence.renew(lesson(tmp_path, "assert x"), "New.")
    listed = evidence.read(tmp_path / "05.txt").lines
    without = evidence.of_notebook(lesson(tmp_path, "assert x", tags=()))
    assert evidence.changes(listed, without) == [
        "went  c0: assert x",
        "came  c0 of the lesson: assert x",
    ]
