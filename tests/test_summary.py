"""What .ci/run says at its end is what it has seen, and nothing of an earlier run."""

import json
import os

import pytest

from tests import summary

CASES = """<?xml version="1.0"?><testsuites><testsuite>
<testcase classname="notebooks.05_descent.ipynb" name="Cell 1" time="2.5">
  <properties><property name="cells" value="1"/><property name="pictures" value="2"/></properties>
</testcase>
<testcase classname="notebooks.05_descent.ipynb" name="Cell 2" time="3.0">
  <properties><property name="cells" value="1"/><property name="evidence" value="1"/></properties>
</testcase>
<testcase classname="tests.test_house" name="test_a" time="4.0"><failure>no</failure></testcase>
<testcase classname="tests.test_house" name="test_b" time="0.1"><skipped/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def build(tmp_path):
    for name in ("ci", "machines", "mutants"):
        (tmp_path / name).mkdir()
    (tmp_path / "ci" / "tests.xml").write_text(CASES)
    for subject, kernel, red in (("05_a", "Nehalem", {}), ("05_a", "Haswell", {"Cell 3": "no"})):
        result = {"subject": subject, "kernel": kernel, "red": red, "error": None}
        (tmp_path / "machines" / f"{subject}-{kernel}.json").write_text(json.dumps(result))
    (tmp_path / "mutants" / "report.txt").write_text("table\n\n5 of 6 planted faults caught\n")
    return tmp_path


def test_all_is_told(build):
    said = summary.lines(build / "ci", build)
    assert said[:5] == [
        "tests: 2 passed, 1 skipped, 1 failed",
        "notebooks: 1 run, 2 cells; compared: 2 cells, 2 pictures, 0 numbers, 1 evidence cells",
        "failed: tests.test_house::test_a",
        "slowest:",
        "       5.5 s  notebooks.05_descent.ipynb",
    ]
    assert said[-2:] == [
        "other processors: 2 runs of 1 notebooks (Haswell 1, Nehalem 1), 1 red",
        "mutants of the changed files: 5 of 6 planted faults caught",
    ]


def test_what_is_older_than_the_run_does_not_count(build):
    mark = build / "ci" / "started"
    mark.touch()
    for path in (*build.glob("machines/*"), build / "mutants" / "report.txt"):
        os.utime(path, (0, 0))
    assert summary.lines(build / "ci", build)[-2:] == ["other processors: none", "mutants: none"]


def test_without_a_result_it_says_so(build):
    (build / "ci" / "tests.xml").unlink()
    assert summary.lines(build / "ci", build)[0] == "tests: no result"
