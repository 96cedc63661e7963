"""The machinery of the machine runs: what it records of an assertion, and what it concludes."""

import ast
import builtins
import copy
import sys
from dataclasses import asdict

import nbformat
import numpy as np
import pytest

from tests.machines import __main__ as command
from tests.machines import plan, report, running
from tests.machines.plan import KERNEL, Run
from tools import arithmetic
from tools.store_notebooks import lessons

A = np.array([1.0, 5.0, 3.0])


@pytest.fixture(scope="module", autouse=True)
def kernel():
    """The modules of the kernel's start-up, found as they are found there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(KERNEL))
        yield


@pytest.fixture
def watched(monkeypatch):
    """A function that runs a cell with names in it; it returns (what was recorded, the error)."""
    import machine_watch

    recorded = []
    watch = machine_watch.Watch(recorded.append)
    monkeypatch.setattr(builtins, machine_watch.NAME, watch, raising=False)

    def run(cell, **names):
        recorded.clear()
        tree = machine_watch.Rewriting(watch).visit(ast.parse(cell))
        try:
            exec(compile(tree, "cell", "exec"), {"np": np, **names})
        except Exception as error:
            return list(recorded), error
        return list(recorded), None

    return run


FORMS = {
    # an assertion: (op, left, right, distance) of each comparison that counts
    "assert x < 3": [("<", 2, 3, 1)],
    "assert 1 <= x < 5": [("<=", 1, 2, 1), ("<", 2, 5, 3)],
    "assert x > 0 and y > 2": [(">", 2, 0, 2), (">", 7, 2, 5)],
    "assert not x > 3": [("not >", 2, 3, 1)],
    "assert not (x > 3 or y < 6)": [("not >", 2, 3, 1), ("not <", 7, 6, 1)],
    "assert (a < 6).all()": [("<", 5, 6, 1)],
    "assert np.all(a > 0)": [(">", 1, 0, 1)],
    "assert (a > 2).any()": [(">", 5, 2, 3)],
    "assert not np.any(a > 7)": [("not >", 5, 7, 2)],
    "assert not (a < 4).all()": [("not <", 5, 4, 1)],
    "assert all(x < each < 9 for each in (3, 5))": [("<", 2, 3, 1), ("<", 5, 9, 4)],
    "assert any([each > 2 for each in (1, 4)])": [(">", 4, 2, 2)],
    "assert not any(each > 6 for each in (1, 4))": [("not >", 4, 6, 2)],
    "assert ((a > 0) & ~(a > 9)).all()": [(">", 1, 0, 1), ("not >", 5, 9, 4)],
    "assert np.allclose(a, a + 1, atol=3, rtol=0)": [("<=", 1, 3, 2)],
    "assert np.isclose(x, 2.5, 0, 1)": [("<=", 0.5, 1, 0.5)],
    "assert not np.allclose(a, a + a, atol=2, rtol=0)": [("not <=", 5, 2, 3)],
    "assert (x < 3) if y == 7 else (x > 3)": [("<", 2, 3, 1)],
    "assert np.mean(a > 2) > 0.5": [(">", 2 / 3, 0.5, 1 / 6)],
    "assert x == 2 != y": [("==", 2, 2, 0), ("!=", 2, 7, 5)],
    "assert words": [(">", 2, 0, 2)],
    "assert all(map(len, words))": [(">", 1, 0, 1)],
    "assert words[0] in 'abc'": [("in", "'a'", "'abc'", None)],
    "assert x < 1 or not full": [],
    "assert x < 3 or full": [("<", 2, 3, 1)],
    "assert x < 1 or y < 8": [("<", 2, 1, -1), ("<", 7, 8, 1)],
}


@pytest.mark.parametrize("assertion", FORMS)
def test_what_is_recorded(watched, assertion):
    recorded, error = watched(assertion, x=2, y=7, a=A, words=["a", "b"], full=False)
    assert error is None
    found = [(each["op"], each["left"], each["right"], each["distance"]) for each in recorded]
    assert [each[:1] for each in found] == [each[:1] for each in FORMS[assertion]]
    for mine, wanted in zip(found, FORMS[assertion]):
        if wanted[3] is None:
            assert mine == wanted
        else:
            assert mine[1:] == pytest.approx(wanted[1:])


@pytest.mark.parametrize(
    "assertion",
    ["assert x > 3", "assert 1 < x < 2, 'why'", "assert not words", "assert (a < 5).all(), 'why'"],
)
def test_a_failing_assertion_fails_as_before(watched, assertion):
    recorded, error = watched(assertion, x=2, a=A, words="ab")
    assert type(error) is AssertionError
    assert error.args == (("why",) if "why" in assertion else ())
    assert min(each["distance"] for each in recorded) <= 0


def test_other_errors_stay_what_they_are(watched):
    assert isinstance(watched("assert x < 3")[1], NameError)
    assert isinstance(watched("assert a < 3", a=A)[1], ValueError)


def test_everything_is_evaluated_once_and_in_order(watched):
    calls = []

    def f(value):
        calls.append(value)
        return value

    recorded, error = watched("assert f(1) < f(2) < f(3) and (f(5) < f(4) < f(6) or f(7))", f=f)
    assert error is None
    assert calls == [1, 2, 3, 5, 4, 7]
    assert len(recorded) == 4


def test_each_pass_of_a_loop_around_an_assertion_is_recorded(watched):
    cell = "def check(x):\n    assert x < 9\nfor x in (1, 2):\n    check(x)"
    assert [each["left"] for each in watched(cell)[0]] == [1, 2]


def test_a_shake_is_small_and_the_same_for_equal_networks():
    import machine_shake

    from nnlib.network import Network

    one, other = (Network([784, 10], rng=3) for _ in range(2))
    before = copy.deepcopy(one.weights[0])
    machine_shake.shake(one, 1)
    relative = one.weights[0] / before - 1
    assert 0.9e-6 < relative.std() < 1.1e-6
    machine_shake.shake(other, 1)
    assert np.array_equal(one.weights[0], other.weights[0])
    machine_shake.shake(other, 2)
    assert not np.array_equal(one.weights[0], other.weights[0])


def test_only_large_networks_are_shaken():
    import machine_shake

    from nnlib.network import Network

    for sizes, number, touched in [([784, 10], 1, True), ([784, 10], 0, False), ([9, 9], 1, False)]:
        plain, shaken = Network(sizes, rng=0), Network.__new__(Network)
        machine_shake.shaken(Network.__init__, number)(shaken, sizes, rng=0)
        assert np.array_equal(plain.weights[0], shaken.weights[0]) != touched


def result(values, *, shake=0, op="<", limit=1.0, kernel="Haswell", group=None):
    """A made-up result: one assertion, evaluated once for each value."""
    place = {"cell": 3, "line": 2, "assertion": "assert ...", "comparison": 0, "group": group}
    known = isinstance(limit, float)
    return asdict(Run("07_training", "full", kernel, 1, shake)) | {
        "machines": [[[kernel], [1]]],
        "comparisons": [
            place
            | {"text": f"x {op} {limit}", "op": op, "left": value, "right": limit}
            | {"distance": limit - value if known else None}
            for value in values
        ],
    }


def test_margins_by_hand():
    (row,) = report.rows([result([value], shake=n) for n, value in enumerate([0.7, 0.8, 0.9])])
    assert (row.n, row.value, row.limit) == (3, pytest.approx(0.8), 1.0)
    assert (row.deviation, row.margin) == (pytest.approx(0.1), pytest.approx(2))
    assert report.faults([row]) == [row]
    assert "UNDER 3" in report.table([row])


def test_a_safe_assertion_is_no_fault_and_one_that_never_varies_is_not_told():
    safe = report.rows([result([value], shake=n) for n, value in enumerate([0.69, 0.7, 0.71])])
    assert report.faults(safe) == []
    assert "UNDER" not in report.table(safe)
    assert report.rows([result([0.7], shake=n) for n in range(3)]) == []


def test_passes_have_rows_of_their_own_and_the_smallest_margin_stands_first():
    rows = report.rows([result([0.1 + n / 100, 0.9 + n / 100], shake=n) for n in range(3)])
    assert [row.place.endswith("pass 2") for row in rows] == [True, False]


def test_what_varies_with_the_clock_is_told_and_not_judged():
    same = [result([0.9]), result([0.8]), result([0.99], shake=1)]
    (row,) = report.rows(same)
    assert not row.judged
    assert report.faults([row]) == []
    assert "(clock)" in report.table([row])


def test_words_that_vary_are_a_fault_but_not_where_a_difference_would_be_red():
    words = [result([word], shake=n, op="in", limit="'ab'") for n, word in enumerate("ab")]
    (row,) = report.rows(words)
    assert report.faults([row]) == [row]
    assert report.rows([result([w], shake=n, op="==", limit=w) for n, w in enumerate("ab")]) == []


def test_of_two_alternatives_one_has_to_be_safe():
    results = []
    for n, (near, far) in enumerate([(0.9, 0.11), (0.95, 0.12), (1.2, 0.13)]):
        both = result([near], shake=n, group=1)
        both["comparisons"] += result([far], group=1)["comparisons"]
        both["comparisons"][1]["comparison"] = 1
        results.append(both)
    (row,) = report.rows(results)
    assert row.value == pytest.approx(0.12)


def test_another_machine_than_the_one_asked_for_is_an_error():
    run = Run("07_training", "full", "Nehalem", 2)
    right, other, one = [["Nehalem"], [2]], [["Haswell"], [2]], [["Nehalem"], [1]]
    assert running.wrong_machine(run, [right, right]) is None
    assert "Haswell" in running.wrong_machine(run, [right, other])
    assert "with [1]" in running.wrong_machine(run, [right, one])
    assert "no machine" in running.wrong_machine(run, [right])
    assert running.wrong_machine(Run("t", "full", "Zen", 2), [other, other]) is None


def test_the_plan_has_every_run_once():
    runs = plan.runs(["07", plan.TESTS], plan.ARCHITECTURES, (1, 2), plan.SETS, 20)
    assert len(runs) == len(set(runs)) == 2 * 6 * 2 * 2 + 2 * 20
    assert not any(run.shake for run in runs if run.subject == plan.TESTS)
    assert len({run.path for run in runs}) == len(runs)


def test_the_cut_and_the_suite_have_three_kernels_both_sets_and_the_long_lessons():
    runs, of_the_suite = plan.cut(plan.SETS), arithmetic.KERNEL[1]
    assert len({run.kernel for run in runs} | {of_the_suite}) >= 3
    assert {run.threads for run in runs} == {1, 2}
    assert any(run.shake for run in runs)
    assert {run.data for run in runs} == set(plan.SETS)
    assert {run.subject[:2] for run in runs} == set(plan.CUT_NOTEBOOKS)
    assert {run.data for run in plan.cut(["small"])} == {"small"}


def test_prose_does_not_make_a_result_stale(tmp_path):
    path = tmp_path / "one.py"
    path.write_text('"""Words."""\n\ndef f():\n    """More."""\n    return 1  # one\n')
    before = plan._without_words(path)
    path.write_text('"""Others."""\n\ndef f():\n    return 1\n')
    assert plan._without_words(path) == before
    path.write_text('"""Others."""\n\ndef f():\n    return 2\n')
    assert plan._without_words(path) != before


LUCK = """from nnlib.network import Network
net = Network([784, 10], rng=0)
luck = abs(1e7 * net.weights[0][0, 0].item()) % 10
assert luck < 10"""


def test_a_planted_assertion_that_rests_on_luck_is_reported(tmp_path, watched):
    path = tmp_path / "99_planted.ipynb"
    cells = [nbformat.v4.new_code_cell(source) for source in (LUCK, "assert luck > 10")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    run = Run(path.stem, "small", "Prescott", 1, 1)
    shaken = asdict(run) | running.run(run, path)
    assert shaken["error"] is None
    assert list(shaken["red"]) == ["Cell 1"]
    assert shaken["large"]
    plain = shaken | {"shake": 0, "comparisons": watched(LUCK)[0]}
    (row,) = report.rows([plain, shaken])
    assert row.place == "99 small cell 0 line 4"
    assert report.faults([row]) == [row]


OPTIONS = "--report --notebooks 01 --kernels Haswell --sets small --shakes 1 --no-tests"


@pytest.mark.parametrize(
    ("red", "values", "code"),
    [
        ({}, (0.1, 0.11, 0.12), 0),
        ({}, (0.1, 0.5, 0.9), 1),
        ({"Cell 1": "no"}, (0.1, 0.11, 0.12), 1),
        ({}, (0.1, 0.11), 1),
    ],
)
def test_exit_status(tmp_path, monkeypatch, capsys, red, values, code):
    """A red run, a margin under 3, or a run that was not made ends the command with 1."""
    monkeypatch.setattr(plan, "KEPT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["machines", *OPTIONS.split()])
    for each in ("available", "has"):
        monkeypatch.setattr(running, each, lambda name: True)
    (lesson,) = lessons(["01"])
    made = {"red": red, "error": None, "large": True, "seconds": 1}
    for run, value in zip(plan.runs([lesson.stem], ["Haswell"], (1, 2), ["small"], 1), values):
        run.keep(result([value]) | asdict(run) | made | command.fingerprint(run.subject))
    with pytest.raises(SystemExit) as stopped:
        command.main()
    assert stopped.value.code == code
    told = capsys.readouterr().out
    assert ("RED Cell 1" in told) == bool(red)
    assert ("UNDER 3" in told) == (0.9 in values)
