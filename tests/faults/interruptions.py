"""Work that is interrupted anywhere: what is done, how it is stopped, and what must be whole.

A `Job` makes its files in a folder, works on them, and looks whether they are whole. It is stopped
in two ways: by Ctrl-C before a certain line of our code, counted from the start, and by SIGKILL to
a process of its own after a certain time.
"""

import contextlib
import gc
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np

from course import exercises, paths, student_copy
from course.ask import record
from course.measured import sweep
from course.paths import ROOT
from nnlib import mnist, storage
from nnlib.mnist import _originals as originals
from nnlib.network import Network
from tests.course.answers import all_cases
from tests.faults.told import left_over, tree
from tests.nnlib.mnist.data_server import DataServer
from tests.nnlib.mnist.worlds import World

OURS = (str(ROOT / "nnlib"), str(ROOT / "course"))
WRITING = tuple(
    str(ROOT / name)
    for name in (
        "nnlib/storage.py", "nnlib/locks.py", "nnlib/network.py", "nnlib/mnist/_originals.py",
        "course/ask/record.py", "course/measured/tables.py", "course/student_copy.py",
    )
)  # fmt: skip
IMAGES = np.random.default_rng(0).random((200, 20)).astype(np.float32)
LABELS = np.arange(200) % 3
TOO_LONG = 100_000  # lines; a job has fewer


class Train:
    """A network learns; it stays a network of finite numbers that goes on learning."""

    name = "training"

    def begin(self, folder):
        self.network = Network([20, 10, 3], rng=0)
        self.held = [w.copy() for w in self.network.weights]
        self.before = self.network.weights

    def work(self, folder):
        self.network.SGD((IMAGES, LABELS), 2, 10, 1.0, (IMAGES, LABELS), on_epoch=None)

    def check(self, folder):
        for p, shape in zip(self.network.weights, [(10, 20), (3, 10)]):
            assert p.shape == shape
            assert np.isfinite(p).all()
        assert all((now == then).all() for now, then in zip(self.before, self.held))
        self.network.SGD((IMAGES, LABELS), 1, 10, 1.0, on_epoch=None)
        self.network.save(folder / "net")
        assert Network.load(folder / "net").sizes == [20, 10, 3]


class Save:
    """A network is saved where another one stands: the file is one of the two."""

    name = "saving"

    def begin(self, folder):
        Network([4, 3, 2], rng=0).save(folder / "net")
        self.new = Network([4, 3, 2], rng=1)

    def work(self, folder):
        for _ in range(2):
            self.new.save(folder / "net")

    def check(self, folder):
        found = Network.load(folder / "net").weights[0].tolist()
        assert found in [Network([4, 3, 2], rng=seed).weights[0].tolist() for seed in (0, 1)]


class Download:
    """Four files come from a server: those that are there are whole, and the rest can follow."""

    name = "downloading"

    def begin(self, folder):
        self.world = World(folder / "data")

    @contextlib.contextmanager
    def served(self):
        with (
            DataServer(self.world.packed) as server,
            mock.patch.object(originals, "FILES", self.world.files),
            mock.patch.object(originals, "MIRRORS", (server.url,)),
            mock.patch.object(mnist, "data_folder", return_value=self.world.folder),
            mock.patch.dict(os.environ, {"NNLIB_DATA": "", "NNLIB_OFFLINE": ""}),
        ):
            yield

    def work(self, folder):
        with self.served():
            mnist.load("full")

    def check(self, folder):
        found = tree(self.world.folder)
        assert found.items() <= self.world.packed.items()
        self.work(folder)
        assert tree(self.world.folder) == self.world.packed


class Sweep:
    """Runs go into a table: what is in it is whole, and the next call does the rest."""

    name = "sweeping"
    settings = [{"sizes": [784, -1, 10], "seed": seed} for seed in range(4)]

    def begin(self, folder):
        sweep.run([{"sizes": [784, 0, 10]}], "mini", path=folder / "t", workers=1, progress=False)

    def work(self, folder):
        sweep.run(self.settings, "mini", path=folder / "t", workers=1, progress=False)

    def check(self, folder):
        table = sweep.read(folder / "t")
        assert "784-0-10" in table.sizes
        assert set(table.seed) <= set(range(4))
        self.work(folder)
        assert len(sweep.read(folder / "t")) == 5


class Check:
    """An answer is checked: the progress file has it or not, and the kernel is as it was."""

    name = "checking"

    def begin(self, folder):
        self.path = folder / "my_progress.json"
        record.note("03-lines", "right", path=self.path)
        self.answer = all_cases()["03-parameters"].right[0]
        self.was = self.state()

    def state(self):
        """What the kernel had before; of a timer only whether it runs, as a test runner's may."""
        alarm = getattr(signal, "SIGALRM", None)
        timer = alarm and (signal.getsignal(alarm), signal.getitimer(signal.ITIMER_REAL)[0] > 0)
        return sys.stdout, os.getcwd(), timer

    def work(self, folder):
        with mock.patch.dict(os.environ, {"NNLIB_PROGRESS": str(self.path)}):
            exercises.get("03-parameters").check(self.answer)

    def check(self, folder):
        assert self.state() == self.was
        kept = json.loads(self.path.read_bytes())["exercises"]
        assert kept["03-lines"]["state"] == "done"
        assert kept.keys() <= {"03-lines", "03-parameters"}
        self.work(folder)
        assert record.load(self.path)["03-parameters"]["state"] == "done"


class Update:
    """A newer course comes into a student's copy, in which there is an answer."""

    name = "updating"

    def begin(self, folder):
        self.course = folder / "course" / "notebooks"
        self.course.mkdir(parents=True)
        self.give("old")
        with self.here():
            student_copy.update(folder / "mine")
        path = folder / "mine" / "00_a.ipynb"
        path.write_text(path.read_text().replace("answer = ...", "answer = 42"))
        self.give("new")

    def give(self, word):
        cells = [
            {"cell_type": "markdown", "id": "text", "metadata": {}, "source": f"It is {word}."},
            {
                "cell_type": "code", "id": "mine", "source": "answer = ...", "outputs": [],
                "execution_count": None, "metadata": {"tags": ["answer"], "exercise": "00-x"},
            },
        ]  # fmt: skip
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        for name in ("00_a.ipynb", "01_b.ipynb"):
            (self.course / name).write_text(json.dumps(notebook))

    @contextlib.contextmanager
    def here(self):
        with (
            mock.patch.object(paths, "LESSONS", self.course),
            mock.patch.object(paths, "ROOT", self.course.parent),
        ):
            yield

    def work(self, folder):
        with self.here():
            student_copy.update(folder / "mine")

    def check(self, folder):
        self.whole(folder, ("old", "new"))
        self.work(folder)
        self.whole(folder, ("new",))

    def whole(self, folder, words):
        for name, answer in (("00_a.ipynb", "answer = 42"), ("01_b.ipynb", "answer = ...")):
            text, mine = json.loads((folder / "mine" / name).read_bytes())["cells"]
            assert "".join(text["source"]) in [f"It is {word}." for word in words]
            assert "".join(mine["source"]) == answer


JOBS = {job.name: job for job in (Train, Save, Download, Sweep, Check, Update)}


@dataclass(frozen=True)
class Interruption:
    """One interruption: of which job, how, and where, a share from 0 to 1.

    how: "line" is Ctrl-C before any line of ours, "write" before one of the modules that write,
    "kill" is SIGKILL.
    """

    job: str
    how: str
    where: float


def plan(number, seed=0):
    """So many interruptions; one in eight is a kill."""
    rng, jobs = random.Random(seed), itertools.cycle(JOBS)
    kinds = itertools.cycle(["line", "write"] * 3 + ["line", "kill"])
    kills = hasattr(os, "fork")
    return [
        Interruption(job, how if kills else "line", rng.random())
        for job, how, _ in zip(jobs, kinds, range(number))
    ]


def interrupt(one):
    """Do it, and raise an AssertionError if something is not whole afterwards."""
    with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(sys.stderr):
        job, folder, threads = JOBS[one.job](), Path(name), threading.enumerate()
        job.begin(folder)
        if one.how == "kill":
            _kill(job, folder, 0.3 * one.where)
        else:
            line = 1 + int(one.where * lines_of(one.job, one.how))
            _stop_at_line(job, folder, line, one.how)
            gc.collect()
            assert left_over(folder) == [], "a temporary file is left"
            assert left_threads(threads) == [], "a thread is left"
        job.check(folder)
        _age(folder)
        job.work(folder)
        storage.save_arrays(folder / "next", {"x": np.zeros(1)})
        assert [one for one in left_over(folder) if "/" not in one] == []


def left_threads(before, seconds=15):
    """The threads that are new and do not end in that time; tqdm has one for the whole process."""
    until = time.monotonic() + seconds
    while True:
        new = [one for one in threading.enumerate() if one not in before]
        new = [one for one in new if type(one).__name__ != "TMonitor"]
        if not new or time.monotonic() > until:
            return new
        time.sleep(0.01)


def _age(folder):
    """Let temporary files be as old as they are when a person comes back."""
    for path in folder.rglob(".*.part"):
        os.utime(path, (0, time.time() - 60))


class Countdown:
    """Raises KeyboardInterrupt before a line of these files; counts the lines that were run."""

    def __init__(self, line, files):
        self.line, self.files, self.count = line, files, 0

    def __call__(self, frame, event, _):
        return self.step if frame.f_code.co_filename.startswith(self.files) else None

    def step(self, frame, event, _):
        if event == "line":
            self.count += 1
            if self.count == self.line:
                sys.settrace(None)
                raise KeyboardInterrupt
        return self.step


def _stop_at_line(job, folder, line, how):
    """Work until that line; the number of lines, if it comes to its end before."""
    counted, before = Countdown(line, {"line": OURS, "write": WRITING}[how]), sys.gettrace()
    sys.settrace(counted)
    try:
        job.work(folder)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
    return counted.count


_lines = {}


def lines_of(name, how):
    """How many lines of our code, or of what writes, a job runs; counted once."""
    if (name, how) not in _lines:
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(sys.stderr):
            job = JOBS[name]()
            job.begin(Path(folder))
            _lines[name, how] = _stop_at_line(job, Path(folder), TOO_LONG, how)
    return _lines[name, how]


def _kill(job, folder, seconds):
    """Kill a process that works in the folder, so many seconds after it began."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork beside threads: it only works
        process = os.fork()
    if not process:
        try:
            while True:
                job.work(folder)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    assert os.WIFSIGNALED(status), "it ended by itself"
