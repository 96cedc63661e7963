"""A word of a page that turns a sentence round does not change without a word."""

import nbformat
import pytest

from tests.told import claims


@pytest.mark.parametrize("path", claims.pages(), ids=claims.name_of)
def test_the_claims_are_those_of_the_list(path):
    changed = claims.changes(claims.listed(path), claims.of_page(path))
    command = f"python -m tests.told.claims {claims.name_of(path)} --write"
    assert not changed, "\n".join([*changed, f"read these sentences; if all are true: {command}"])


def test_every_list_is_of_a_page():
    assert {claims.list_of(path) for path in claims.pages()} == set(claims.LISTS.iterdir())
    names = [claims.name_of(path) for path in claims.pages(["05", "README", "nnlib/net"])]
    assert names == ["05_stochastic_gradient_descent.ipynb", "README.md", "nnlib/network.py"]


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
    claims.write(lesson("# Up", "The larger step falls faster."))
    changed = claims.changes(
        claims.listed(lesson("# Up", text)), claims.of_page(lesson("# Up", text))
    )
    assert len(changed) == 1
    assert set(found.split()) <= set(changed[0].split())


def test_other_wording_is_no_claim(lesson):
    claims.write(lesson("The larger step falls faster."))
    path = lesson("A step that is larger falls faster.")
    assert not claims.changes(claims.listed(path), claims.of_page(path))


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
    assert claims.of_page(path)["c9"] == [
        "with",
        "m",
        "100",
        "10",
        "end",
        "0.40",
        "0.02",
        "above",
        "row",
    ]


def test_the_comments_of_code_have_claims_too(lesson):
    path = lesson("# Up")
    notebook = nbformat.read(path, as_version=4)
    code = "points = descend(16)  # (16, 2)\n## no heading\ncolor = '#0072b2'"
    notebook.cells.append(nbformat.v4.new_code_cell(code, id="c9"))
    nbformat.write(notebook, path)
    assert claims.of_page(path)["c9"] == ["16", "2"]


DOCUMENT = """# Start

Type `course`, then see [lesson 05](05.md): 70 neurons more in two weeks.

```bash
# 3 words
python -m course  # opens it
```

## Key

1. **b**: 0.6 · 0.6.
"""
CODE = '''"""Numbers of neurons."""

HINT = "more than one epoch"

class Net:
    """A network of shape (n, m)."""

    def take(self, x):
        """One step, from the input."""
        if x is None:
            raise ValueError(f"x is {x!r}: give x the shape (n,) or (m, n)")

    def _part(self):
        """The smaller one."""

        def later():
            return "no second layer"

        return "the last layer"
'''
PARTS = {"page.md": DOCUMENT, "code.py": CODE}


@pytest.mark.parametrize(
    ("name", "text", "wrong", "part"),
    [
        ("page.md", "70 neurons", "100 neurons", "Start"),
        ("page.md", "two weeks", "two days", "Start"),
        ("page.md", "`course`", "`courses`", "Start"),
        ("page.md", "-m course", "-m nnlib", "Start"),
        ("page.md", "**b**", "**c**", "Key"),
        ("page.md", "0.6.", "0.4.", "Key"),
        ("page.md", "## Key", "## Keys", "Keys"),
        ("code.py", "neurons.", "layers.", "module"),
        ("code.py", "(n, m).", "(m, n).", "Net"),
        ("code.py", "from the input", "to the input", "Net.take"),
        ("code.py", "or (m, n)", "or (n, m)", "Net.take"),
        ("code.py", "last layer", "first layer", "Net._part"),
        ("code.py", "smaller", "larger", "Net._part"),
        ("code.py", "second layer", "third layer", "Net._part"),
        ("code.py", "one epoch", "two epochs", "module"),
    ],
)
def test_documents_and_what_code_says_have_claims_by_part(tmp_path, name, text, wrong, part):
    page = tmp_path / name
    page.write_text(PARTS[name], encoding="utf-8")
    before = claims.of_page(page)
    page.write_text(PARTS[name].replace(text, wrong), encoding="utf-8")
    assert PARTS[name].count(text) == 1
    changed = claims.changes(before, claims.of_page(page))
    assert part in [one.split()[0] for one in changed]


def test_a_heading_in_a_command_is_none(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(DOCUMENT, encoding="utf-8")
    assert list(claims.of_page(page)) == ["Start", "Key"]
