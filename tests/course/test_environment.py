"""The environment check of lesson 00, against made-up computers."""

import platform
import re
import sys
from importlib import metadata

import numpy as np
import pytest
import scipy
from packaging.requirements import Requirement

import nnlib
from course import environment
from nnlib import commands

PROJECT = """[project]
requires-python = ">=3.11"
dependencies = [
    "numpy>=2.0,<3",
    "abacus>=1,<2; platform_machine in 'a-machine-that-nobody-has'",
    "scikit-learn>=1.5,<2; python_version >= '3'",
]
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    return tmp_path


def computer(**versions):
    """A function like metadata.version for a computer with these libraries."""

    def installed(name):
        if name not in versions:
            raise metadata.PackageNotFoundError(name)
        return versions[name]

    return installed


def test_a_good_environment_has_no_problems(root, capsys):
    installed = computer(**{"numpy": "2.1", "scikit-learn": "1.5.0"})
    assert environment.problems("3.11.2", installed, root) == []
    environment.check([])
    assert capsys.readouterr().out == "Everything that the lessons need is installed.\n"


@pytest.mark.parametrize("notebook", [True, False])
def test_missing_and_old_libraries_are_named_with_the_command(root, capsys, monkeypatch, notebook):
    monkeypatch.setattr(commands, "in_notebook", lambda: notebook)
    monkeypatch.setattr(environment, "_has_pip", lambda: True)
    found = environment.problems("3.12.0", computer(numpy="1.26.4"), root)
    sentences = [sentence for sentence, _ in found]
    assert re.fullmatch(r"numpy 1\.26\.4 is installed; the lessons need >=2\.0\.", sentences[0])
    assert sentences[1] == "scikit-learn is missing."
    environment.check(found)
    *_, place, command = capsys.readouterr().out.splitlines()
    assert ("in a cell" if notebook else "in a terminal") in place
    assert command.startswith("%pip install " if notebook else f"{sys.executable} -m pip install ")
    wanted = [Requirement(text) for text in re.findall(r'"(.*?)"', command)]
    assert wanted == [Requirement("numpy>=2.0,<3"), Requirement("scikit-learn>=1.5,<2")]


def test_an_environment_without_pip_is_mended_by_uv(root, capsys, monkeypatch):
    monkeypatch.setattr(environment, "_has_pip", lambda: False)
    environment.check(environment.problems("3.12.0", computer(numpy="1.26.4"), root))
    *_, place, command = capsys.readouterr().out.splitlines()
    assert f"in a terminal in the folder {environment.ROOT}" in place
    assert command == "uv sync --inexact"


def test_an_extra_is_added_by_the_command_that_works_here(monkeypatch):
    monkeypatch.setattr(commands, "in_notebook", lambda: True)
    monkeypatch.setattr(environment, "_has_pip", lambda: True)
    said = environment.how_to_add("baselines")
    assert re.search(r'in a cell.*: %pip install "scikit-learn>=[\d.]+,<2"$', said)
    with pytest.raises(KeyError):
        environment.how_to_add("no-such-extra")
    monkeypatch.setattr(environment, "_has_pip", lambda: False)
    said = environment.how_to_add("baselines")
    assert said.endswith(f"in the folder {environment.ROOT}: uv sync --inexact --extra baselines")


def test_a_library_newer_than_the_tested_range_is_no_problem(root):
    installed = computer(**{"numpy": "3.0", "scikit-learn": "1.9"})
    assert environment.problems("3.11.0", installed, root) == []


def test_an_old_python_is_named_and_pip_is_not_offered(root, capsys):
    installed = computer(**{"numpy": "2.1", "scikit-learn": "1.5"})
    found = environment.problems("3.10.9", installed, root)
    environment.check(found)
    out = capsys.readouterr().out
    assert out.startswith("Python 3.10.9 is running; the lessons need >=3.11.")
    assert "README.md" in out
    assert "pip" not in out


def test_prereleases_count(root):
    installed = computer(**{"numpy": "2.5.0rc1", "scikit-learn": "1.6.dev0"})
    assert environment.problems("3.15.0a1", installed, root) == []


def test_without_the_project_the_error_names_the_files(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"pyproject\.toml is missing"):
        environment.problems(root=tmp_path)


def test_this_project_states_a_range_for_everything_that_it_needs():
    _, libraries = environment.requirements()
    assert {"numpy", "jupyterlab"} <= {library.name for library in libraries}
    for library in libraries:
        assert {part.operator for part in library.specifier} == {">=", "<"}, library


def test_the_computer_that_runs_the_tests_is_fit(capsys):
    environment.check()
    assert capsys.readouterr().out.strip() == environment.FINE


def test_versions_are_those_that_run():
    python = platform.python_version()
    assert environment.versions() == f"Python {python}"
    assert environment.versions("NumPy", "nnlib") == (
        f"Python {python}, NumPy {np.__version__}, nnlib {nnlib.__version__}"
    )
    assert environment.versions("SciPy").endswith(f", SciPy {scipy.__version__}")
    with pytest.raises(metadata.PackageNotFoundError, match="abacus-that-nobody-has"):
        environment.versions("abacus-that-nobody-has")
