"""What a person or a service installs from: the files say the same, and work for everybody."""

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import metadata

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import nnlib
from course.paths import ROOT
from tools import check_pins

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXPORT = re.compile(r"^ +uv (export .+)$", re.MULTILINE)


def uv(words, *more):
    """What uv prints; skipped without uv, or where the registry would have to be asked and is not.

    words: a command as typed behind "uv".
    """
    try:
        command = [check_pins.uv(), *shlex.split(words), *more]
    except FileNotFoundError as error:
        pytest.skip(str(error))
    environment = os.environ | check_pins.ONE_TRY
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if "Failed to fetch" in run.stderr:
        pytest.skip("The package registry cannot be reached.")
    assert run.returncode == 0, run.stderr
    return run.stdout


def lines(name):
    """The lines of a file of the project that are neither empty nor comments."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_lock_fits_pyproject():
    uv("lock --check")


def test_the_lock_names_no_host_but_pypis_own():
    text = (ROOT / "uv.lock").read_text(encoding="utf-8")
    hosts = set(re.findall(r"\w+://[^/\"]*", text))
    assert hosts == {"https://pypi.org", "https://files.pythonhosted.org"}


def test_constraints_are_those_of_the_lock():
    (command,) = EXPORT.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    words, _, name = command.rpartition(" -o ")
    assert name == "constraints.txt"
    exported = uv(words, "--quiet").splitlines()
    assert [line for line in exported if not line.startswith("#")] == lines(name)


def test_requirements_are_the_project_and_its_group_of_tests():
    assert lines("requirements.txt") == ["-e .", *PROJECT["dependency-groups"]["test"]]


def installed_with(requirements):
    """The distributions that come with some requirements, and with what these require."""
    found, waiting = set(), [Requirement(line) for line in requirements]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += map(Requirement, metadata.requires(name) or [])
    return found


def imported_at_once(path):
    """Names of modules that a file imports when it is read; none behind `pytest.importorskip`."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    skips = (n for n, part in enumerate(body) if "importorskip" in ast.dump(part))
    for part in body[: next((n for n in skips if not is_function(body[n])), len(body))]:
        if isinstance(part, ast.Import):
            yield from (one.name.partition(".")[0] for one in part.names)
        elif isinstance(part, ast.ImportFrom):
            yield part.module.partition(".")[0]


def is_function(part):
    return isinstance(part, (ast.FunctionDef, ast.ClassDef))


def test_what_is_imported_is_installed_by_the_test_command_of_readme():
    groups = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]
    comes = installed_with(groups)
    ours = {path.name for path in ROOT.iterdir()}
    ours |= {path.stem for path in ROOT.glob("tests/*/kernel/*.py")}
    brought = metadata.packages_distributions()
    rooms = ("nnlib", "course", "benchmarks", "tools", "tests")
    files = [
        ROOT / "conftest.py",
        *(path for room in rooms for path in ROOT.glob(f"{room}/**/*.py")),
    ]
    of_the_site = ROOT / "course" / "site", ROOT / "course" / "teach" / "slides"  # ask for it first
    missing = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        if path.parent not in of_the_site
        for name in set(imported_at_once(path)) - ours - sys.stdlib_module_names
        if not comes & set(map(canonicalize_name, brought.get(name, [])))
    }
    assert missing == set()


def test_every_dependency_has_its_reason():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text.split("\n| library | MB |")[1].split("\n\n")[0]
    reasons = set(re.findall(r"^\| `([\w-]+)`", table, re.MULTILINE))
    needed = PROJECT["project"]["dependencies"]
    assert reasons == {re.match(r"[\w-]+", line)[0] for line in needed}


def test_readme_opens_and_tests_in_one_line_each_for_both_shells():
    bash = re.findall(r"```bash\n(.+)\n```", README)
    powershell = re.findall(r"```powershell\n(.+)\n```", README)
    pip = [line for line in bash if "pip install" in line]
    ends = ["-m course", "-m pytest"]
    assert [line.rpartition("python ")[2] for line in pip] == ends
    assert [line.rpartition("python ")[2].removesuffix(" }") for line in powershell] == ends
    marked = README.split("<!-- test command -->")[1].split("<!-- end -->")[0]
    assert re.findall(r"```bash\n(.+)\n```", marked) == [pip[1]]
    for start, test in (pip, powershell):
        assert "pip install --no-compile -e . -c constraints.txt" in start
        assert "pip install -r requirements.txt -c constraints.txt" in test


def test_services_install_what_the_tests_of_readme_need():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    assert "-r requirements.txt -c constraints.txt" in container["postCreateCommand"]
    assert lines("binder/requirements.txt") == ["-r ../requirements.txt", "-c ../constraints.txt"]
    runtime = lines("binder/runtime.txt")[0]
    assert runtime in {f"python-{version.rpartition('.')[0]}" for version in check_pins.PYTHONS}
    assert os.access(ROOT / "binder" / "postBuild", os.X_OK) or os.name == "nt"


@pytest.mark.parametrize("name", ["lesson", "check", "install"])
def test_forms_of_issues_have_what_a_form_must_have(name):
    path = ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.yml"
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= set(form)
    assert {part["type"] for part in form["body"]} <= {"input", "textarea", "dropdown"}
    names = [part["id"] for part in form["body"]]
    assert len(set(names)) == len(names)
    assert all(part["attributes"]["label"] for part in form["body"])


def test_the_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["version"] == nnlib.__version__


def test_the_changelog_begins_with_what_is_newest():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)", text, re.MULTILINE)
    versions = [tuple(map(int, re.findall(r"\d+", heading)[:3])) for heading in headings[1:]]
    assert headings[0] == "Unreleased"
    assert versions == sorted(versions, reverse=True)
