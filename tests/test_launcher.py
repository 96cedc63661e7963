"""`python -m nnlib` starts JupyterLab on the first lesson, as root too."""

import os
import sys

import pytest

from nnlib import __main__ as launcher
from tools.store_notebooks import ROOT


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_command(monkeypatch, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    command = launcher.command(["--no-browser"])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert ("--allow-root" in command) == allowed
    assert launcher.ROOT == ROOT
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb" in command
    assert command[-1] == "--no-browser"


def test_without_the_lessons(monkeypatch, tmp_path):
    monkeypatch.setattr(launcher, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match="00_start_here.ipynb is missing"):
        launcher.command([])
