"""`python -m course` opens the student's lessons in JupyterLab, which answers interrupts itself."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from course import launcher, paths
from course.paths import ROOT


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_command(monkeypatch, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    command = launcher.command(ROOT / "my_lessons", ["--no-browser"])
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert ("--allow-root" in command) == allowed
    assert f"--ServerApp.root_dir={ROOT}" in command
    assert "--LabApp.default_url=/lab/tree/my_lessons/00_start_here.ipynb" in command
    assert command[-1] == "--no-browser"


def test_outside_the_course_the_lessons_alone_are_shown(tmp_path):
    command = launcher.command(tmp_path, [])
    assert f"--ServerApp.root_dir={tmp_path}" in command
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in command


def test_the_first_lesson_is_there():
    assert (paths.LESSONS / launcher.FIRST_LESSON).is_file()


needs_terminal = pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminal")


@pytest.fixture
def jupyterlab(tmp_path, request):
    """`python -m course` (or another) in a terminal: terminal, processes of a kernel, address."""
    import pexpect

    folders = {f"JUPYTER_{name}_DIR": str(tmp_path) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders[paths.NAMED] = str(tmp_path / "my lessons")
    arguments = [
        "-m",
        getattr(request, "param", "course"),
        "--no-browser",
        "--IdentityProvider.token=open",
    ]
    terminal = pexpect.spawn(sys.executable, arguments, timeout=60, env=os.environ | folders)
    try:
        terminal.expect(r"is running at:.*?(http://[^/]+)/")
        address = terminal.match[1].decode()
        ask("POST", f"{address}/api/kernels")
        processes = psutil.Process(terminal.pid).children(recursive=True)
        kernels = [process for process in processes if "ipykernel_launcher" in words(process)]
        assert kernels
        yield terminal, kernels, address
    finally:
        terminal.close(force=True)


def words(process):
    """The command line of a process; of one that has just ended, none."""
    try:
        return process.cmdline()
    except psutil.Error:
        return []


def ask(method, address):
    """What JupyterLab answers; it writes its address a moment before it listens there."""
    retries = Retry(connect=20, backoff_factor=0.1, backoff_max=1)
    with requests.Session() as session:
        session.mount("http://", HTTPAdapter(max_retries=retries))
        headers = {"Authorization": "token open"}
        answer = session.request(method, address, headers=headers, timeout=60)
        answer.raise_for_status()
        return answer.json()


def assert_ended(terminal, kernels):
    import pexpect

    terminal.expect(pexpect.EOF)
    assert psutil.wait_procs(kernels, timeout=30)[1] == []
    terminal.close()


@needs_terminal
def test_the_first_start_asks_nothing_and_an_interrupt_asks(jupyterlab):
    terminal, kernels, address = jupyterlab
    settings = "/lab/api/settings/@jupyterlab/apputils-extension:notification"
    choices = ask("GET", address + settings)["schema"]["properties"]
    page = requests.get(f"{address}/lab?token=open", timeout=60).text
    assert '"buildCheck": false' in page  # no word on start about extensions to be built
    shown = [one["name"] for one in ask("GET", f"{address}/api/contents")["content"]]
    assert launcher.FIRST_LESSON in shown
    assert all(not name.startswith(".") for name in shown)
    assert choices["fetchNews"]["default"] == "false"  # "none" would ask
    assert choices["checkForUpdates"]["default"] is False
    terminal.sendintr()
    terminal.expect(r"Shut down this Jupyter server \(y/\[n\]\)\?")
    terminal.sendline("n")
    terminal.expect("resuming operation")
    time.sleep(1)  # JupyterLab says so a moment before it would ask again
    assert len(ask("GET", f"{address}/api/kernels")) == 1
    assert all(kernel.is_running() for kernel in kernels)
    terminal.sendintr()
    terminal.expect(r"Shut down this Jupyter server \(y/\[n\]\)\?")
    terminal.sendline("y")
    assert_ended(terminal, kernels)
    assert terminal.exitstatus == 0


@needs_terminal
def test_a_second_interrupt_ends_it(jupyterlab):
    terminal, kernels, _ = jupyterlab
    terminal.sendintr()
    terminal.expect(r"\(y/\[n\]\)\?")
    terminal.sendintr()
    assert_ended(terminal, kernels)


@needs_terminal
@pytest.mark.parametrize("jupyterlab", ["nnlib"], indirect=True)
def test_an_order_to_end_takes_the_kernels_along(jupyterlab):
    terminal, kernels, _ = jupyterlab
    terminal.kill(signal.SIGTERM)
    assert_ended(terminal, kernels)


def test_where_a_process_cannot_be_replaced_only_jupyterlab_hears_an_interrupt(monkeypatch):
    calls = []
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "of-the-user")
    monkeypatch.setenv(paths.NAMED, "relative")  # kernels start in other folders
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(signal, "signal", lambda *pair: calls.append(pair))
    monkeypatch.setattr(os, "chdir", calls.append)
    monkeypatch.setattr(subprocess, "call", lambda words: calls.append(words) or 7)
    with pytest.raises(SystemExit) as stopped:
        launcher.become(["python"], ROOT / "my_lessons")
    assert stopped.value.code == 7
    assert os.environ["JUPYTER_CONFIG_PATH"] == f"{ROOT / 'course'}{os.pathsep}of-the-user"
    assert os.environ[paths.NAMED] == str(ROOT / "my_lessons")
    assert calls == [ROOT, (signal.SIGINT, signal.SIG_IGN), ["python"]]
