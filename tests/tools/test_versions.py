"""The lowest and the newest versions are those of pyproject.toml, and pytest runs with them."""

import json
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from course.paths import ROOT
from tools import check_pins, versions


def bounds():
    """The lowest version that pyproject.toml allows of each library, where it names one."""
    found = {}
    for line in check_pins.wanted(versions.PROJECT).splitlines():
        needed = Requirement(line)
        lowest = [one.version for one in needed.specifier if one.operator in (">=", "==")]
        found[canonicalize_name(needed.name)] = Version(lowest[0])
    return found


@pytest.fixture(scope="module")
def resolved(tmp_path_factory):
    """The direct dependencies at both ends: {"lowest": {name: version}, ...}."""
    found, folder = {}, tmp_path_factory.mktemp("versions")
    for end in versions.ENDS:
        path = folder / f"{end}.txt"
        try:
            versions.resolve(end, versions.lowest_python(), path)
        except FileNotFoundError as error:
            pytest.skip(str(error))
        except subprocess.CalledProcessError as error:
            if reached():
                raise error
            pytest.skip("The package registry cannot be reached.")
        lines = [line.split("==") for line in versions.direct(path)]
        found[end] = {canonicalize_name(name): Version(version) for name, version in lines}
    return found


def reached():
    try:
        check_pins.resolve("numpy", ROOT / "constraints.txt", "--python-version", "3.11.0")
    except ConnectionError:
        return False
    return True


def test_lowest_is_every_lower_bound(resolved):
    assert resolved["lowest"] == bounds()


def test_newest_is_no_older_than_what_is_locked(resolved):
    locked = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in locked if "==" in line and ";" not in line]
    pins = {canonicalize_name(name): Version(version) for name, version in pins}
    newest = resolved["newest"]
    assert newest.keys() == bounds().keys()
    assert all(newest[name] >= pins[name] for name in newest.keys() & pins)
    assert len(newest.keys() & pins) > len(newest) / 2


def test_the_lowest_python_is_that_of_the_project():
    project = tomllib.loads(versions.PROJECT.read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == f">={versions.lowest_python()}"


def test_the_newest_python_is_a_finished_one_that_is_here(monkeypatch):
    listed = [
        {"version": version, "implementation": name, "variant": variant}
        for version, name, variant in (
            ("3.9.18", "cpython", "default"),
            ("3.13.0", "cpython", "default"),
            ("3.14.1", "cpython", "freethreaded"),
            ("3.14.0", "pypy", "default"),
            ("3.15.0a2", "cpython", "default"),
            ("3.11.7", "cpython", "default"),
        )
    ]
    monkeypatch.setattr(versions, "said", lambda *_: json.dumps(listed))
    assert versions.newest_python() == "3.13"


def test_of_all_versions_the_direct_ones_are_said(tmp_path):
    (tmp_path / "all.txt").write_text('abc==1\nnumpy==2.0.0 ; python_version < "4"\nnbval==0.11\n')
    assert versions.direct(tmp_path / "all.txt") == ["numpy==2.0.0", "nbval==0.11"]


def test_what_follows_the_dashes_goes_to_pytest():
    options, arguments = versions.parsed(["newest", "--python", "3.12", "--", "-n", "1"])
    assert (options.end, options.python) == ("newest", "3.12")
    assert arguments == ["-n", "1"]
    assert versions.parsed(["lowest"])[1] == []
    with pytest.raises(SystemExit):
        versions.parsed(["oldest"])


def test_each_end_has_its_environment_and_pytest_its_exit_code(monkeypatch, tmp_path, capsys):
    steps = []

    def write(end, python, into):
        steps.append((end, python, into.name))
        into.write_text("numpy==2.0.0\n")

    def note(python, folder, path):
        steps.append((python, folder.name))
        return folder / "bin" / "python"

    monkeypatch.setattr(versions, "FOLDER", tmp_path)
    monkeypatch.setattr(versions, "resolve", write)
    monkeypatch.setattr(versions, "install", note)
    monkeypatch.setattr(versions, "find", lambda python: (f"python{python}", "3.11"))
    monkeypatch.setattr(versions, "run_tests", lambda own, words: steps.append((own, words)) or 5)
    monkeypatch.setattr(sys, "argv", ["versions", "lowest", "--", "-q"])
    with pytest.raises(SystemExit) as stopped:
        versions.main()
    assert stopped.value.code == 5
    assert capsys.readouterr().out == "lowest-3.11: numpy==2.0.0\n"
    own = tmp_path / "lowest-3.11" / "bin" / "python"
    assert steps == [
        ("lowest", "3.11", "lowest-3.11.txt"),
        ("python3.11", "lowest-3.11"),
        (own, ["-q"]),
    ]


def test_the_tests_run_in_that_environment(monkeypatch, tmp_path):
    asked = []

    def run(command, **options):
        asked.append((command, options))
        return SimpleNamespace(returncode=4)

    monkeypatch.setattr(versions.subprocess, "run", run)
    own = tmp_path / "env" / "bin" / "python"
    assert versions.run_tests(own, ["-q"]) == 4
    ((command, options),) = asked
    assert command == [own, "-m", "pytest", "-q"]
    assert options["env"]["VIRTUAL_ENV"] == str(tmp_path / "env")
    assert options["env"]["PATH"].startswith(f"{own.parent}")


def test_the_environment_has_pip_as_a_students_has(monkeypatch, tmp_path):
    done = []
    monkeypatch.setattr(versions, "output", lambda *words: done.append(words))
    monkeypatch.setattr(versions, "said", lambda *words: done.append(words))
    own = versions.install("python3.11", tmp_path / "env", tmp_path / "all.txt")
    assert own.parent.parent == tmp_path / "env"
    assert done[0] == ("python3.11", "-m", "venv", str(tmp_path / "env"))
    assert [words[:2] for words in done[1:]] == [("pip", "sync"), ("pip", "install")]
    assert all(str(own) in words for words in done[1:])


def test_a_python_says_which_it_is(monkeypatch):
    monkeypatch.setattr(versions, "said", lambda *words: words[-1])
    path, minor = versions.find(sys.executable)
    assert minor == ".".join(map(str, sys.version_info[:2]))
    assert path == sys.executable


def test_a_python_that_is_not_here_is_said(monkeypatch):
    def fail(*words):
        raise subprocess.CalledProcessError(2, ["uv"])

    monkeypatch.setattr(versions, "said", fail)
    monkeypatch.setattr(sys, "argv", ["versions", "newest", "--python", "3.99"])
    with pytest.raises(SystemExit, match="uv ended with 2"):
        versions.main()
