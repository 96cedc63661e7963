"""The pins fit every Python and system that README promises; one that does not is found."""

import sys

import pytest
from packaging.requirements import Requirement

from course.paths import ROOT
from tools import check_pins


def reached(question, *arguments):
    """The answer to a question to the package registry; skipped without a network or without uv."""
    try:
        return question(*arguments)
    except (ConnectionError, FileNotFoundError) as error:
        pytest.skip(str(error))


def test_every_pin_fits_everywhere(capsys):
    needed = check_pins.wanted(ROOT / "pyproject.toml")
    faults = reached(check_pins.check, needed, ROOT / "constraints.txt")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(check_pins.PYTHONS) * len(check_pins.SYSTEMS)
    assert faults == 0, "\n".join(lines)


@pytest.mark.parametrize(
    ("needed", "pins", "python", "system", "words"),
    [
        ("soupsieve", "soupsieve==2.8", "3.11.0", "Windows", ""),
        # As they once stood: the first needs Python 3.11.5, the second has no wheel there.
        ("soupsieve", "soupsieve==4.1.2", "3.11.0", "Linux x86-64", "soupsieve==4.1.2"),
        (
            "argon2-cffi-bindings",
            "argon2-cffi-bindings==26.2.0\ncffi==2.1.1\npycparser==3.12",
            "3.14.0",
            "Intel Mac",
            "argon2-cffi-bindings==26.2.0",
        ),
        ("tqdm", "tqdm==4.67.1", "3.12.0", "Windows", "colorama has no pin"),
        ("toolz>=1", "toolz==0.1", "3.12.0", "ARM Mac", "toolz==0.1"),
    ],
)
def test_a_pin_that_does_not_fit_is_named(tmp_path, needed, pins, python, system, words):
    constraints = tmp_path / "constraints.txt"
    constraints.write_text(pins)
    found = reached(check_pins.fault, needed, constraints, python, system)
    assert words in found
    assert bool(found) == bool(words)


def test_a_registry_out_of_reach_is_no_fault_of_a_pin(tmp_path, monkeypatch):
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("UV_DEFAULT_INDEX", "http://127.0.0.1:9/")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    (tmp_path / "constraints.txt").write_text("toolz==1.2.0")
    reached(check_pins.uv)
    with pytest.raises(ConnectionError, match="cannot be reached"):
        check_pins.fault("toolz", tmp_path / "constraints.txt", "3.12.0", "Windows")


def test_without_uv_the_command_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "uv", None)
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr("sys.argv", ["check_pins"])
    with pytest.raises(SystemExit, match="uv is not installed"):
        check_pins.main()


def test_what_is_wanted_are_all_requirements_of_every_extra_and_group(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        """[project]
dependencies = ["numpy>=2"]
[project.optional-dependencies]
cluster = ["distributed"]
[dependency-groups]
test = ["pytest>=8", "numpy>=2"]
ci = ["ruff", {include-group = "test"}]
"""
    )
    found = check_pins.wanted(tmp_path / "pyproject.toml")
    assert found.splitlines() == ["numpy>=2", "distributed", "pytest>=8", "ruff"]


def test_the_command_ends_with_the_number_of_its_outcome(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["check_pins"])

    def unreachable(needed, constraints):
        raise ConnectionError("no network")

    for check, code in ((lambda *_: 0, 0), (lambda *_: 2, 1), (unreachable, 3)):
        monkeypatch.setattr(check_pins, "check", check)
        with pytest.raises(SystemExit) as stopped:
            check_pins.main()
        assert stopped.value.code == code
    assert capsys.readouterr().out == "no network\n"


def test_constraints_hold_nothing_but_exact_versions():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    assert all([one.operator for one in pin.specifier] == ["=="] for pin in pins)
