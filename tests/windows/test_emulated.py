"""What touches files, folders, locks, signals and the student's copy, run as on Windows."""

import subprocess
import sys

import pytest

from course.paths import ROOT

# Ten seconds of processor time: the only look at Windows from a computer that has none.
PLAYED = (
    "tests/windows/test_played.py",
    "tests/nnlib/test_storage.py",
    "tests/nnlib/test_locks.py",
    "tests/course/test_paths.py",
    "tests/course/test_launcher.py",
    "tests/course/test_student_copy.py",
)


@pytest.mark.skipif(sys.platform != "linux", reason="it is played on Linux")
def test_our_code_works_where_windows_is_played():
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "tests.windows.emulated"]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", "--tb=short", *PLAYED],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-1000:]
    assert int(run.stdout.split(" passed")[0].split()[-1]) >= 100
