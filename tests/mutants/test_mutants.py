"""The mutation check itself: which faults it plants, where, and what it says of them."""

import ast
import json

import nbformat
import pytest

from course.paths import ROOT
from tests.mutants import __main__ as command
from tests.mutants import choice, pages, plan, python_code, question_files, report, survivors, trees
from tests.mutants.mutant import Edit, Mutant, edited
from tests.mutants.report import Verdict

CODE = '''
def cost(a, y, names, axis=0):
    """Half of (y - a) * 2."""
    if a is None or not len(y):
        raise ValueError("a is 3: expected numbers")
    m = y.shape[1]
    total = ((y - a) ** 2).sum(axis=1) / m
    odd = m in (1, 2)
    rows = [names[i] for i in range(m) if total[i] > 0.5]
    ax.plot(a.T, y, color=BLUE, label="cost", lw=3)
    ax.set_title("of all")
    self.last = total
    choose(y, on="validation")
    return f"{total:.1f} after {m} images", cost(a, y), rows[1:]
'''
PLANTED = [  # kind, a line of the code, what it becomes
    ("sign", "(y - a) ** 2", "(y + a) ** 2"),
    ("factor", ".sum(axis=1) / m", ".sum(axis=1) * m"),
    ("factor", "total = ((y - a) ** 2).sum(axis=1) / m", "total = ((y - a) ** 2).sum(axis=1)"),
    ("dropped term", "((y - a) ** 2)", "((y) ** 2)"),
    ("off by one", "range(m)", "range(m + 1)"),
    ("off by one", "total[i] > 0.5", "total[i] >= 0.5"),
    ("off by one", "rows[1:]", "rows[1 + 1:]"),
    ("off by one", "y.shape[1]", "y.shape[2]"),
    ("transpose or axis", "a.T", "a"),
    ("transpose or axis", "axis=1", "axis=0"),
    ("constant", "0.5", "1.0"),
    ("negated condition", "total[i] > 0.5", "total[i] < 0.5"),
    ("negated condition", "a is None or not len(y)", "a is None and not len(y)"),
    ("swapped arguments", "cost(a, y)", "cost(y, a)"),
    ("stale value", "self.last = total", "pass"),
    ("dropped call", 'ax.plot(a.T, y, color=BLUE, label="cost", lw=3)', "pass"),
    ("wrong number told", "{total:.1f} after {m}", "{10 * total:.1f} after {m}"),
    ("wrong number told", "{total:.1f} after {m}", "{m:.1f} after {total}"),
    ("other function", ".sum(axis=1)", ".mean(axis=1)"),
    ("other argument", "if a is None", "if y is None"),
    (
        "swapped labels",
        'label="cost", lw=3)\n    ax.set_title("of all")',
        'label="of all", lw=3)\n    ax.set_title("cost")',
    ),
    ("other choice", 'on="validation"', 'on="test"'),
]


@pytest.mark.parametrize(("kind", "was", "now"), PLANTED)
def test_python(kind, was, now):
    made = {edited(CODE, edits) for found, edits in python_code.faults(CODE) if found == kind}
    assert CODE.count(was) >= 1
    ways = {
        CODE[:n] + now + CODE[n + len(was) :] for n in range(len(CODE)) if CODE.startswith(was, n)
    }
    assert ways & made


def test_what_makes_no_fault_is_left_alone():
    for _, edits in python_code.faults(CODE):
        after = edited(CODE, edits)
        assert '"""Half of (y - a) * 2."""' in after
        assert "a is 3: expected numbers" in after
        assert "lw=6" not in after
        assert "m in (2, 1)" not in after


QUESTION = """# 03-one: How many?

number, 2 min, difficulty 1

How many are in 3 rows?

## Answer

12 ± 0.5

## Mistakes

- 4
  > This is one row.
- 7
  > Are they added?

## Hints

1. How many are in one row?
2. There are 4 in each.

## Solution

3·4 = 12, more than $a_j + 1$.

# 03-two: Which?

choice, 1 min, difficulty 1

Which one?

## Options

- [x] This one
  > It is.
- [ ] That one
  > It is not.

## Hints

1. Look at both.

## Solution

This one.
"""
ASKED = [
    ("wrong option right", "- [ ] This one", "- [x] That one"),
    ("swapped options", "- [x] That one", "- [ ] This one"),
    ("swapped sayings", "- 4\n  > Are they added?", "- 7\n  > This is one row."),
    ("truth", "21 ± 0.5", "# 03-two"),
    ("tolerance", "12 ± 5", "# 03-two"),
    ("mistake's number", "- 40\n", "- 7\n"),
    ("hints out of order", "1. There are 4 in each.", "2. How many are in one row?"),
    ("hint of another question", "1. Look at both.\n2. There", "# 03-two"),
    ("number in a question", "3·4 = 21", "# 03-two"),
    ("formula in a question", "$a_k + 1$", "# 03-two"),
    ("formula in a question", "$a_j - 1$", "# 03-two"),
    ("contrary word in a question", "12, fewer than", "# 03-two"),
    ("minutes", "number, 4 min", "# 03-two"),
]


@pytest.mark.parametrize(("kind", "first", "second"), ASKED)
def test_questions(kind, first, second):
    found = question_files.faults(QUESTION)
    made = [edited(QUESTION, edits) for one, edits in found if one == kind]
    assert [text for text in made if first in text and second in text]


@pytest.fixture
def page(tmp_path):
    """The text of a notebook with one of each kind of cell."""
    new = nbformat.v4
    words = (
        "It takes 28 rows, see [lesson 04](04_gradient_descent.ipynb): $a + b$, `net.load(3)`.\n\n"
    )
    table = "| x | y |\n|---|---|\n| 0 | 1 |\n| 1 | 0 |\n\n(5 minutes)"
    html = '<img alt="Two of 10 bars." src="data:image/png;base64,AAAA">'
    picture = {"text/plain": "Two of 10 bars.", "text/html": html}
    other = {**picture, "text/html": html.replace("AAAA", "BBBB")}
    sentence = 'figures.Picture(fig, "Two of 10 bars.")'
    evidence = "assert 0.9 < x\nassert n == 5"
    cells = [
        new.new_markdown_cell(words + table),
        new.new_code_cell("x = 28 + 1", outputs=[new.new_output("stream", text="95.1 %\n")]),
        new.new_code_cell(sentence, outputs=[new.new_output("display_data", picture)]),
        new.new_code_cell(sentence, outputs=[new.new_output("display_data", other)]),
        new.new_code_cell(evidence, metadata={"tags": ["evidence"]}),
    ]
    return json.dumps(new.new_notebook(cells=cells), indent=1, ensure_ascii=False) + "\n"


ON_THE_PAGE = [
    ("number in prose", "takes 82 rows"),
    ("number in prose", "takes 280 rows"),
    ("formula in prose", "$a - b$"),
    ("number in a table", "| 00 | 1 |"),
    ("cells of a table swapped", "| 1 | 1 |\\n| 0 | 0 |"),
    ("contrary word in prose", "28 columns"),
    ("code in prose", "`net.load(6)`"),
    ("lesson named", "lesson 05]"),
    ("link", "(05_gradient_descent.ipynb)"),
    ("minutes", "(7 minutes)"),
    ("number stored", "59.1 %"),
    ("sentence of a picture", "Two of 100 bars."),
    ("alt text stored", 'alt=\\"Two of 100 bars.'),
    ("picture of another cell", "BBBB"),
    ("assertion weakened", "assert True"),
    ("assertion weakened", "assert 0.09 < x"),
    ("assertion weakened", "assert n >= 5"),
    ("code of a lesson", "x = 28 - 1"),
]


@pytest.mark.parametrize(("kind", "becomes"), ON_THE_PAGE)
def test_pages(page, kind, becomes):
    made = [
        Mutant("x", one, edits).planted(page) for one, edits in pages.faults(page) if one == kind
    ]
    assert [text for text in made if becomes in text and json.loads(text)]


def test_a_notebook_is_written_as_it_was(page):
    path = next((ROOT / "notebooks").glob("01_*.ipynb"))
    for text in (page, path.read_text(encoding="utf-8")):
        nothing = Mutant("x", "none", (Edit(0, 0, "", ("cells", 0, "source")),))
        assert nothing.planted(text) == text


def test_every_file_has_an_area_and_its_tests():
    areas = choice.files(ROOT)
    assert set(areas.values()) == set(choice.AREAS)
    for path in areas:
        stages = choice.stages(ROOT, Mutant(path, "code of a lesson", ()))
        words = [each for stage in stages for each in stage]
        found = [each for each in words if "/" in each]
        assert found
        assert len(found) == len(set(found))
        assert all((ROOT / each).exists() for each in found)


def test_the_nearest_tests_come_first():
    first, *_, last = choice.stages(ROOT, Mutant("nnlib/gradients.py", "sign", ()))
    assert first == ["tests/nnlib/test_gradients.py"]
    assert last[0].startswith("notebooks/")
    asked, beside, further, _ = choice.stages(
        ROOT, Mutant("course/lesson04/questions.md", "truth", ())
    )
    assert (asked[0], asked[-2]) == ("tests/course/test_told.py", "-k") == (asked[0], further[-2])
    assert not {*asked, *beside} & {each for each in further if "/" in each}
    *_, cells = choice.stages(ROOT, Mutant("notebooks/01_perceptron.ipynb", "link", ()))
    assert cells == []  # no cell is run for what is only read


def test_a_sample_is_fair_and_the_same_for_the_same_seed():
    paths = ["nnlib/neurons.py", "course/lesson04/questions.md", "course/lesson04/checks.py"]
    one, again, other = (plan.sample(ROOT, paths, 12, seed) for seed in (1, 1, 2))
    assert one == again != other
    assert {mutant.path for mutant in one} == set(paths)
    assert len({mutant.kind for mutant in one}) > 8
    assert all(choice.is_fault(ROOT, mutant) for mutant in one)


def test_a_survivor_is_shown_as_the_lines_that_differ(tmp_path):
    (tmp_path / "one.py").write_text("x = 1\ny = x + 2\n")
    mutant = Mutant("one.py", "sign", (Edit(12, 13, "-"),))
    assert report.shown(tmp_path, mutant) == "one.py  (sign)\n  2\n  - y = x + 2\n  + y = x - 2"


def test_what_was_caught_is_counted_by_area_and_kind():
    one = Mutant("nnlib/neurons.py", "sign", ())
    said = report.table(ROOT, [Verdict(one, "a test", 1.0), Verdict(one, None, 1.0)])
    assert [line.split() for line in said.splitlines()] == [
        ["area", "planted", "caught"], ["nnlib", "2", "1"], [],
        ["kind", "planted", "caught"], ["sign", "2", "1"],
    ]  # fmt: skip


def test_every_known_survivor_still_is_a_mutant_and_has_a_reason():
    for known in survivors.load(ROOT):
        assert known.mutant, f"nothing plants this any more: {known.path}: {known.now}"
        assert len(known.reason.split()) >= 3


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A project of three files, in a tree that runs its tests."""
    root = tmp_path_factory.mktemp("small")
    for folder in ("nnlib", "tests", "course", "tools"):
        (root / folder).mkdir()
    (root / "nnlib" / "one.py").write_text(
        "def one(n):\n    while n < 3:\n        n += 1\n    return n\n"
    )
    (root / "tests" / "test_one.py").write_text(
        "from nnlib.one import one\n\ndef test_red():\n    assert one(5) == 0\n\n"
        "def test_one():\n    assert one(1) == 3\n"
    )
    (root / "pytest.ini").write_text(
        "[pytest]\npythonpath = .\naddopts = --import-mode=importlib\n"
    )
    tree = trees.Tree(root, root.with_name("tree"), limit=5)
    yield root, tree
    tree.close()


@pytest.mark.parametrize(
    ("was", "now", "noticed"),
    [
        ("n < 3", "n < 4", "tests/test_one.py::test_one"),
        ("n < 3", "n <= 2", None),
        ("n += 1", "n += 0", trees.TIME),
        ("return n", "return (", "tests/test_one.py"),
    ],
)
def test_a_tree_tells_who_notices_and_is_clean_again(small, was, now, noticed, capsys):
    root, tree = small
    path = root / "nnlib" / "one.py"
    before = path.read_text()
    start = before.index(was)
    mutant = Mutant("nnlib/one.py", "any", (Edit(start, start + len(was), now),))
    assert tree.noticed(mutant, [[], ["tests/test_one.py"]]) == noticed
    assert path.read_text() == before == (tree.folder / "nnlib" / "one.py").read_text()


def test_the_options_choose_files_and_kinds():
    options = command.arguments(["--areas", "questions", "--kinds", "toler", "--sample", "3"])
    found = command.chosen(options, ROOT)
    assert [mutant.kind for mutant in found] == 3 * ["tolerance"]
    options = command.arguments(["--files", "nnlib/neurons.py", "--sample", "2"])
    assert {mutant.path for mutant in command.chosen(options, ROOT)} == {"nnlib/neurons.py"}


def test_python_mutants_are_other_programs():
    path = "nnlib/neurons.py"
    source = (ROOT / path).read_text(encoding="utf-8")
    for mutant in filter(lambda one: choice.is_fault(ROOT, one), choice.mutants(ROOT, path)):
        assert ast.dump(ast.parse(mutant.planted(source))) != ast.dump(ast.parse(source))
