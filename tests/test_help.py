"""Every module that can be run says how with --help, and refuses arguments it does not know."""

import runpy
import subprocess
import sys

import pytest

from tools.store_notebooks import ROOT

FOLDERS = "nnlib", "benchmarks", "tools"
RUN = 'if __name__ == "__main__":'


def modules():
    """The names behind `python -m` of all files that can be run."""
    paths = sorted(path for name in FOLDERS for path in (ROOT / name).rglob("*.py"))
    found = [path.relative_to(ROOT) for path in paths if RUN in path.read_text(encoding="utf-8")]
    return [".".join(path.with_suffix("").parts).removesuffix(".__main__") for path in found]


def run(module, argument):
    """The module run with one argument, to its end."""
    command = [sys.executable, "-m", module, argument]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_modules_are_found():
    assert {"nnlib", "nnlib.mnist", "nnlib.exercises", "tools.store_notebooks"} <= set(modules())


@pytest.mark.parametrize("module", modules())
def test_help_is_printed_and_nothing_begun(module):
    found = run(module, "--help")
    assert found.stdout.startswith("usage: ")
    assert module.rpartition(".")[2] in found.stdout
    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("module", [name for name in modules() if name != "nnlib"])
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_an_unknown_argument_is_an_error(module, monkeypatch, capsys):
    """In this process, which has imported what the modules need."""
    monkeypatch.setattr(sys, "argv", [module, "--no-such-argument"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__")
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert "error: " in said.err
    assert said.out == ""
