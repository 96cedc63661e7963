"""The workflows for hosted runners: README's commands, every system, no secret, few permissions."""

import re

import pytest
import yaml

from course.paths import ROOT
from tests.told_commands import Told, told
from tools import check_pins, versions

FOLDER = ROOT / ".github" / "workflows"
TESTS = yaml.safe_load((FOLDER / "tests.yml").read_text(encoding="utf-8"))
JOBS = TESTS["jobs"]
NAMES = sorted(path.name for path in FOLDER.glob("*.yml"))


def lines(job):
    return [line for step in job["steps"] for line in step.get("run", "").splitlines()]


def plain(typed):
    return Told("", 0, typed).plain


def newest():
    return check_pins.PYTHONS[-1].rpartition(".")[0]


def test_it_does_what_readme_tells_for_the_tests():
    readme = [one.plain for one in told("README.md")]
    typed = [plain(line) for line in lines(JOBS["systems"])]
    assert typed == ["pip install -r requirements.txt -c constraints.txt", "python -m pytest"]
    assert set(typed) <= set(readme)


def test_every_system_meets_the_first_python_and_the_newest():
    matrix = JOBS["systems"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["system"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == [versions.lowest_python(), newest()]
    assert JOBS["systems"]["runs-on"] == "${{ matrix.system }}"
    assert JOBS["systems"]["strategy"]["fail-fast"] is False


def test_both_ends_of_the_versions_are_tried():
    pairs = JOBS["versions"]["strategy"]["matrix"]["include"]
    assert [pair["end"] for pair in pairs] == list(versions.ENDS)
    assert [pair["python"] for pair in pairs] == [versions.lowest_python(), newest()]
    for pair in pairs:
        line = lines(JOBS["versions"])[-1]
        for name, value in pair.items():
            line = line.replace(f"${{{{ matrix.{name} }}}}", value)
        words = line.removeprefix("python -m tools.versions ").split()
        options, arguments = versions.parsed(words)
        assert (options.end, options.python, arguments) == (pair["end"], pair["python"], [])


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS)
def test_a_job_takes_the_python_of_its_matrix_and_keeps_what_pip_loads(job):
    (python,) = [step["with"] for step in job["steps"] if "setup-python" in step.get("uses", "")]
    assert python["python-version"] == "${{ matrix.python }}"
    assert python["cache"] == "pip"
    assert (ROOT / python["cache-dependency-path"]).is_file()


def test_it_runs_on_each_change_and_with_the_small_set():
    when = TESTS[True]  # YAML reads the key `on` as true
    assert {"push", "pull_request"} <= set(when)
    assert TESTS["env"] == {"NNLIB_DATA": ""}


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_and_no_more_permissions_than_it_needs(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    allowed = {"contents": "read"}
    if name == "pages.yml":
        allowed |= {"pages": "write", "id-token": "write"}
    found = yaml.safe_load(text)
    assert found["permissions"] == allowed
    assert not re.search(r"secrets\.|pull_request_target|github\.token", text)
    assert not [job for job in found["jobs"].values() if "permissions" in job]


@pytest.mark.parametrize("name", NAMES)
def test_every_job_ends_and_uses_a_fixed_version_of_each_action(name):
    jobs = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))["jobs"]
    for job in jobs.values():
        assert job.get("timeout-minutes", 0) > 0, f"{name}: a job without a limit"
        uses = [step["uses"] for step in job["steps"] if "uses" in step]
        assert all(re.fullmatch(r"actions/[\w-]+@v\d+", one) for one in uses)
