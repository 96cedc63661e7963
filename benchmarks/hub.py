"""A hub on this machine for a while, as `deploy/hub/trial_config.py` sets it up.

Its Python needs what deploy/hub/requirements.txt names; its proxy, configurable-http-proxy, is a
command of Node that has to be on the PATH.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

ROOT = Path(__file__).resolve().parent.parent
CONFIG = Path("deploy/hub/trial_config.py")
PROXY = "configurable-http-proxy"
NAMED = "NNLIB_HUB_PYTHON"


def missing(python):
    """What a hub with this Python lacks, as a sentence; None if nothing."""
    if not python or not Path(python).with_name("jupyterhub").exists():
        return f"no JupyterHub: set {NAMED} to a Python with deploy/hub/requirements.txt"
    if not shutil.which(PROXY):
        return f"no {PROXY} on the PATH: npm install -g {PROXY}"
    return None


@dataclass
class Hub:
    """A hub that runs.

    address: where it is, ending in "/".  folder: has homes/ and hub.log.
    """

    address: str
    folder: Path
    process: psutil.Process

    def server(self, name):
        """The psutil.Process of a student's server. Raises LookupError if there is none."""
        for process in self.process.children():
            try:
                if process.environ().get("JUPYTERHUB_USER") == name:
                    return process
            except psutil.Error:
                continue  # it has just ended
        raise LookupError(f"{name} has no server")

    def home(self, name):
        """A student's home folder."""
        return self.folder / "homes" / name


@contextmanager
def running(python, course=ROOT, **environment):
    """A Hub for the time of a `with`; every process that it started is ended after it.

    python: one for which `missing` finds nothing.  course: the folder that the students share.
    environment: variables for the hub, such as COURSE_ADDRESS.
    Raises RuntimeError with the hub's log if it does not answer within a minute.
    """
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    folder.chmod(0o755)  # students who are users of their own go through it to their homes
    process = None
    try:
        address, words = _command(python, course)
        process = _start(words, folder, environment)
        _wait(address, process, folder)
        yield Hub(address, folder, psutil.Process(process.pid))
    finally:
        if process:
            _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def _command(python, course):
    """(address, command line) of a hub on free ports."""
    public, internal, proxy = free_ports(3)
    address = f"http://127.0.0.1:{public}/"
    return address, [
        *[str(Path(python).with_name("jupyterhub")), "--config", str(Path(course) / CONFIG)],
        f"--JupyterHub.bind_url={address}",
        f"--JupyterHub.hub_port={internal}",
        f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{proxy}",
    ]


def free_ports(count):
    """Numbers of ports of this machine that nobody listens to."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _start(words, folder, environment):
    """The hub's process; what it says goes to hub.log."""
    given = {"TRIAL_FOLDER": str(folder), **environment}
    with (folder / "hub.log").open("w", encoding="utf-8") as log:
        return subprocess.Popen(
            words,
            cwd=folder,
            env=_plain(os.environ) | given,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _plain(environment):
    """The environment without what a test or a kernel set for itself."""
    own = ("NNLIB_", "JUPYTER", "PYTEST", "PYTHON", "COURSE", "MPL", "JPY_")
    kept = {name: value for name, value in environment.items() if not name.startswith(own)}
    return kept | {name: environment[name] for name in ("NNLIB_DATA",) if environment.get(name)}


def _wait(address, process, folder):
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        try:
            return requests.get(f"{address}hub/health", timeout=5).raise_for_status()
        except requests.RequestException:
            time.sleep(0.2)
    said = (folder / "hub.log").read_text(encoding="utf-8")
    raise RuntimeError(f"The hub did not start:\n{said}")


def _end(process):
    """End the hub and all that it started: servers, kernels, the proxy."""
    try:
        children = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        children = []
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
    for child in children:
        if child.is_running():
            child.kill()
    psutil.wait_procs(children, 5)
