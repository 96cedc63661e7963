"""The plugin: nbval compares by it, on this computer and on others, and what it did is counted."""

import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbval.plugin import IPyNbCell

from course.paths import ROOT
from tests.comparing import plugin
from tools import arithmetic

STORED = {"digits": "full", "arithmetic": "0123456789abcdef"}


def stream(text):
    return nbformat.v4.new_output("stream", text=text)


@pytest.fixture
def compared(monkeypatch):
    """Whether nbval with the plugin takes a text for a stored one, and the cell."""
    monkeypatch.setattr(plugin, "_of_nbval", lambda *_: True)

    def compare(stored, now, here):
        monkeypatch.setattr(plugin, "here", lambda: here)
        notebook = SimpleNamespace(nb=SimpleNamespace(metadata={"computed_with": STORED}))
        cell = SimpleNamespace(parent=notebook, path=ROOT / "00.ipynb", cell_num=3)
        cell.user_properties = []
        return plugin.compare_outputs(cell, [stream(now)], [stream(stored)]), cell

    return compare


@pytest.mark.parametrize(
    ("now", "here", "passes"),
    [
        ("95.1 %", STORED, True),
        ("94.8 %", STORED, False),
        ("94.8 %", STORED | {"arithmetic": "another"}, True),
        ("51.9 %", STORED | {"arithmetic": "another"}, False),
        ("87.0 %", {"digits": "mini", "arithmetic": "another"}, True),
    ],
)
def test_the_computer_decides_how_strictly_is_compared(compared, now, here, passes):
    well, cell = compared("95.1 %", now, here)
    assert well is passes
    assert bool(cell.comparison_traceback) is not passes
    assert dict(cell.user_properties) == {"cells": 1, "numbers": 1}


def test_a_notebook_that_does_not_say_has_to_come_out_the_same(monkeypatch):
    monkeypatch.setattr(plugin, "here", pytest.fail)
    assert plugin.other(None) is None


def test_counts_of_all_workers_are_added_up():
    def report(when, **counts):
        return SimpleNamespace(when=when, user_properties=list(counts.items()))

    one = report("call", cells=1, numbers=1200, pictures=1), report("call", evidence=1)
    stats = {"passed": [*one, report("teardown", cells=1)], "failed": [report("call", cells=1)]}
    lines = []
    plugin.pytest_terminal_summary(SimpleNamespace(stats=stats, write_line=lines.append))
    assert lines == [
        "2 cells compared, 1 pictures compared, 1,200 numbers compared, 1 evidence cells"
    ]


@pytest.fixture
def folder():
    """A folder inside the project, as pytest finds conftest.py by where a file is."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build") as name:
        yield Path(name)


def test_nbval_runs_it(folder):
    """From end to end, with a kernel: a percent that a pattern covers was stored wrong."""
    assert IPyNbCell.compare_outputs is plugin.compare_outputs
    new, path = nbformat.v4, folder / "small.ipynb"
    cells = [
        new.new_code_cell("print('73.8 %')", outputs=[stream(f"{said} %\n")], execution_count=1)
        for said in ("73.8", "37.8")
    ]
    nbformat.write(new.new_notebook(cells=cells), path)
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", str(path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout
    assert "1 failed, 1 passed" in said
    assert "stored '37.8 %', now '73.8 %'" in said
    assert "2 cells compared" in said


@pytest.mark.parametrize(
    ("kind", "played"), [("SkylakeX", True), ("Zen", True), ("Nehalem", False)]
)
def test_kernels_compute_as_haswell_where_they_can(monkeypatch, kind, played):
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    monkeypatch.setattr(arithmetic, "threadpool_info", lambda: [{"architecture": kind}])
    monkeypatch.setattr(arithmetic, "_plays", lambda: True)
    assert (arithmetic.environment().get("OPENBLAS_CORETYPE") == "Haswell") is played


@pytest.mark.parametrize(
    ("product", "plays"),
    [("import numpy", True), ("import sys; sys.exit(139)", False)],
)
def test_a_kernel_with_which_numpy_crashes_is_not_played(monkeypatch, product, plays):
    monkeypatch.delenv("OPENBLAS_CORETYPE", raising=False)
    monkeypatch.setattr(arithmetic, "threadpool_info", lambda: [{"architecture": "Zen"}])
    monkeypatch.setattr(arithmetic, "PRODUCT", product)
    monkeypatch.setattr(arithmetic, "_plays", arithmetic._plays.__wrapped__)
    assert ("OPENBLAS_CORETYPE" in arithmetic.environment()) is plays


@pytest.mark.parametrize("kind", ["SkylakeX", "Sandybridge"])
def test_a_kernel_that_was_asked_for_is_taken_and_no_other_tried(monkeypatch, kind):
    monkeypatch.setenv("OPENBLAS_CORETYPE", kind)
    monkeypatch.setattr(arithmetic, "threadpool_info", lambda: [{"architecture": kind}])
    monkeypatch.setattr(arithmetic, "_plays", lambda: pytest.fail("a process of another kernel"))
    assert arithmetic.environment()["OPENBLAS_CORETYPE"] == kind
