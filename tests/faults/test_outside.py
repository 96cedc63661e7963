"""Kernels and commands write where they were told to, and know no other computer.

`conftest.py` lets every kernel of a test run start with `kernel/outside_watch.py`, which refuses
the rest: so each notebook is a test of this. Here it is seen to refuse, and commands run under it.
"""

import os
import subprocess
import sys

import pytest

from course.paths import ROOT
from tests.faults.told import tree
from tests.faults.writers import PROGRESS

REFUSED = {
    "a file elsewhere": "open({elsewhere!r} + '/x', 'w')",
    "more of a file": "open({elsewhere!r} + '/kept', 'a')",
    "a file by its flags": "import os; os.open({elsewhere!r} + '/x', os.O_CREAT | os.O_RDWR)",
    "by way of a link": "open('link', 'w')",
    "by way of ..": "open('../elsewhere/x', 'w')",
    "a folder": "import os; os.mkdir({elsewhere!r} + '/x')",
    "a file away": "import os; os.remove({elsewhere!r} + '/kept')",
    "another name": "import os; os.rename({elsewhere!r} + '/kept', 'x')",
    "a copy": "import shutil; shutil.copyfile('own', {elsewhere!r} + '/x')",
    "a lesson": "open({root!r} + '/notebooks/00_start_here.ipynb', 'r+')",
    "another computer": "import socket; socket.create_connection(('192.0.2.1', 80), 1)",
    "a name": "import socket; socket.getaddrinfo('example.org', 80)",
    "a page": "import http.client; http.client.HTTPConnection('192.0.2.1').connect()",
    "an open port": "import socket; socket.socket().bind(('0.0.0.0', 0))",
    "any port": "import socket; socket.socket().bind(('', 0))",
}
TAKEN = {
    "a file of its own": "open('own', 'w').close()",
    "a temporary file": "import tempfile; tempfile.TemporaryFile().close()",
    "reading": "open({elsewhere!r} + '/kept').close()",
    "this computer": "import socket; socket.socket().bind(('127.0.0.1', 0))",
    "a library": "import numpy, matplotlib.pyplot",
}


def watched(command, folder, allowed, **environment):
    """A process under the watch, in a folder, that may write to the places that are allowed."""
    places = os.pathsep.join(map(str, allowed))
    paths = os.pathsep.join([str(ROOT / "tests" / "faults" / "kernel"), str(ROOT)])
    environment = {"PYTHONPATH": paths, "WATCH_ALLOWED": places} | environment
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=100,
    )


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """(what each line did, what was elsewhere before, what is after)."""
    base = tmp_path_factory.mktemp("watch")
    for name in ("here", "elsewhere", "temporary"):
        (base / name).mkdir()
    (base / "elsewhere" / "kept").write_text("kept")
    (base / "here" / "link").symlink_to(base / "elsewhere" / "x")
    (base / "here" / "own").touch()
    before = tree(base / "elsewhere")
    script = "".join(
        f"try:\n    {line.format(elsewhere=str(base / 'elsewhere'), root=str(ROOT))}\n"
        f"    print({what!r}, 'taken', sep='|')\n"
        f"except PermissionError as error:\n    print({what!r}, 'refused', sep='|')\n"
        for what, line in (REFUSED | TAKEN).items()
    )
    run = watched(["-c", script], base / "here", [base / "here"], TMPDIR=str(base / "temporary"))
    said = dict(line.split("|") for line in run.stdout.splitlines())
    assert said.keys() == REFUSED.keys() | TAKEN.keys(), run.stderr
    return said, before, tree(base / "elsewhere")


def test_the_watch_refuses_what_is_outside_and_nothing_else(outcomes):
    said, before, after = outcomes
    assert [what for what, outcome in said.items() if outcome == "refused"] == list(REFUSED)
    assert before == after


def test_a_kernel_of_this_run_is_watched():
    from nbval.kernel import start_new_kernel

    manager, client = start_new_kernel(kernel_name="python3")
    try:
        line = "import os; os.mkdir(os.path.expanduser('~') + '/not_told')"
        client.allow_stdin = False
        reply = client.execute_interactive(line, timeout=60, output_hook=lambda message: None)
        assert reply["content"]["ename"] == "PermissionError"
        assert "where it was not told to" in reply["content"]["evalue"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


COMMANDS = (
    ["course", "update"],
    ["course", "cards", "told/cards.txt"],
    ["course", "report", "class", "--output", "told/report.csv"],
    ["course", "solve", "told/solved"],
    ["course", "clear", "told/cleared"],
    ["nnlib.mnist"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_writes_where_it_was_told_to_and_asks_no_other_computer(tmp_path, command):
    for name in ("told", "home", "class/Ada", "my_lessons"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "class" / "Ada" / "my_progress.json").write_bytes(PROGRESS)
    allowed = [tmp_path / "told", tmp_path / "my_lessons", ROOT / "data"]
    run = watched(
        ["-m", *command], tmp_path, allowed, HOME=str(tmp_path / "home"), TMPDIR="/dev/shm",
        NNLIB_MY_LESSONS=str(tmp_path / "my_lessons"), NNLIB_OFFLINE="1", NNLIB_PROGRESS="",
    )  # fmt: skip
    assert "PermissionError" not in run.stderr
    assert "where it was not told to" not in run.stdout + run.stderr
    assert "not this computer" not in run.stdout + run.stderr
    assert run.returncode == 0 or command == ["nnlib.mnist"]
    assert tree(tmp_path / "home") == {}
    assert set(tree(tmp_path / "class")) == {"Ada/my_progress.json"}
