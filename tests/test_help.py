"""Every module that can be run says how with --help, and refuses arguments it does not know."""

import runpy
import subprocess
import sys

import pytest

from course.paths import ROOT

pytestmark = pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
FOLDERS = "nnlib", "course", "benchmarks", "tools", "tests"
WITHIN = "tests.mutants.server"  # started by its package, and told what to do line by line
OPEN = "nnlib", "course"  # what they do not know is for JupyterLab
RUN = 'if __name__ == "__main__":'


def modules():
    """The names behind `python -m` of all files that can be run."""
    paths = sorted(path for name in FOLDERS for path in (ROOT / name).rglob("*.py"))
    found = [path.relative_to(ROOT) for path in paths if can_be_run(path)]
    names = [".".join(path.with_suffix("").parts).removesuffix(".__main__") for path in found]
    return [name for name in names if name != WITHIN]


def can_be_run(path):
    return f"\n{RUN}" in path.read_text(encoding="utf-8")


def ended(module, argument, monkeypatch):
    """The exit code of a module that is run with one argument in this process.

    A process of its own for each would say the same in ten times the time.
    """
    monkeypatch.setattr(sys, "argv", [module, argument])
    with pytest.raises(SystemExit) as found:
        runpy.run_module(module, run_name="__main__")
    return found.value.code


def test_modules_are_found():
    assert {"nnlib", "nnlib.mnist", "course", "tools.store_notebooks"} <= set(modules())


@pytest.mark.parametrize("module", modules())
def test_help_is_printed_and_nothing_begun(module, monkeypatch, capsys):
    code = ended(module, "--help", monkeypatch)
    said = capsys.readouterr()
    assert said.out.startswith("usage: ")
    assert (code, said.err) == (0, "")


@pytest.mark.parametrize("module", [name for name in modules() if name not in OPEN])
def test_an_unknown_argument_is_an_error(module, monkeypatch, capsys):
    code = ended(module, "--no-such-argument", monkeypatch)
    said = capsys.readouterr()
    assert code == 2
    assert "error: " in said.err
    assert said.out == ""


def test_help_in_a_process_of_its_own():
    command = [sys.executable, "-m", "nnlib.mnist", "--help"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert found.stdout.startswith("usage: python -m nnlib.mnist")
    assert (found.returncode, found.stderr) == (0, "")
