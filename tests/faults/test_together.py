"""Two processes at the same files at once: no row, no answer is lost, and nothing is torn."""

import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from course import paths, student_copy
from course.ask import record
from course.lesson10 import collection
from course.measured import sweep
from course.paths import ROOT
from nnlib import locks, mnist
from nnlib.mnist import _originals as originals
from nnlib.network import Network
from tests.faults.told import left_over, tree
from tests.faults.writers import digit, guess, network, progress, runs
from tests.nnlib.mnist.data_server import DataServer
from tests.nnlib.mnist.worlds import assert_is_world, small_world

TIMES = 12
# What each of two processes does TIMES times, all in one pair, since their start takes longest.
LINES = """
import sys
from pathlib import Path
from course import student_copy
from tests.faults import writers
folder, number = Path(sys.argv[1]), int(sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(TIMES):
    writers.runs(folder / "runs.csv", [100 * number + turn])
    writers.network(folder / "net", number)
    writers.progress(folder / "my_progress.json", f"{number}-{turn}")
    writers.progress(folder / "my_progress.json", "both")
    writers.digit(folder / "my_digits.npz", number)
student_copy.update(folder / "mine")
"""


def begun(folder):
    """Two processes at the same files, which begin together."""
    script = LINES.replace("TIMES", str(TIMES))
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(folder), number], cwd=ROOT, **pipes)
        for number in "01"
    ]
    for process in both:
        assert process.stdout.readline() == b"ready\n", process.stderr.read().decode()
    for process in both:
        process.stdin.write(b"\n")
        process.stdin.flush()
    return both


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """(a folder that two processes have written to, first weights that were read meanwhile)."""
    folder = tmp_path_factory.mktemp("shared")
    network(folder / "net", 0)
    both, seen = begun(folder), []
    while any(process.poll() is None for process in both):
        seen.append(Network.load(folder / "net").weights[0].tolist())
        time.sleep(0.01)
    for process in both:
        _, said = process.communicate(timeout=100)
        assert (process.returncode, said.decode()) == (0, "")
    return folder, seen


def test_two_sweeps_into_one_file_lose_no_run(shared):
    table = sweep.read(shared[0] / "runs.csv")
    assert sorted(table.seed) == sorted([*range(TIMES), *range(100, 100 + TIMES)])


def test_two_that_save_and_one_that_reads_see_whole_networks_only(shared):
    wanted = [Network([4, 3, 2], rng=seed).weights[0].tolist() for seed in (0, 1)]
    assert len(shared[1]) > 1
    assert all(weights in wanted for weights in shared[1])


def test_two_kernels_that_check_answers_lose_none(shared):
    entries = record.load(shared[0] / "my_progress.json")
    assert len(entries) == 2 * TIMES + 1
    assert entries["both"]["tries"] == 2 * TIMES


def test_two_pads_lose_no_digit(shared):
    _, labels = collection.load(shared[0] / "my_digits.npz")
    assert np.bincount(labels).tolist() == [TIMES, TIMES]


def test_two_updates_of_a_student_s_copy_make_it_once(shared):
    lessons = sorted(path.name for path in paths.LESSONS.glob("*.ipynb"))
    assert sorted(path.name for path in (shared[0] / "mine").glob("*.ipynb")) == lessons
    assert student_copy.update(shared[0] / "mine") == []


def test_two_processes_leave_no_temporary_files(shared):
    assert not left_over(shared[0])


def test_a_sweep_keeps_the_runs_of_other_calls_failed_ones_too(tmp_path):
    path = tmp_path / "runs.csv"
    runs(path, [5, 6])
    runs(path, [7])
    assert sweep.read(path).seed.tolist() == [7, 5, 6]
    assert (sweep.read(path).error != "").all()


def test_a_run_that_another_call_finished_is_not_lost_to_one_that_failed(tmp_path, monkeypatch):
    path, setting = tmp_path / "runs.csv", {"seed": 3}

    def fails(row, *splits):
        monkeypatch.setattr(sweep, "train", lambda *_: {"final": 90.0})
        sweep.run([setting], "mini", path=path, workers=1, progress=False)  # meanwhile
        raise ValueError("out of luck")

    monkeypatch.setattr(sweep, "train", fails)
    sweep.run([setting], "mini", path=path, workers=1, progress=False)
    (row,) = sweep.read(path)
    assert (row.final, row.error) == (90, "")


def added_meanwhile(write, path, before, both):
    """Write while another holds the lock and puts `both` in place of `before`, text of the file."""
    path.write_text(before)
    with locks.locked(path):
        writing = threading.Thread(target=write)
        writing.start()
        writing.join(0.5)
        assert writing.is_alive()
        path.write_text(both)
    writing.join()


def test_a_sweep_waits_for_another_and_keeps_its_runs(tmp_path):
    path, texts = tmp_path / "runs.csv", []
    for seed in (1, 2):
        runs(path, [seed])
        texts.append(path.read_text())
    added_meanwhile(lambda: runs(path, [3]), path, *texts)
    assert sorted(sweep.read(path).seed) == [1, 2, 3]


@pytest.mark.parametrize("write", [progress, guess])
def test_progress_waits_for_another_kernel_and_keeps_its_answers(tmp_path, write):
    path, texts = tmp_path / "my_progress.json", []
    for name in ("00-a", "00-b"):
        progress(path, name)
        texts.append(path.read_text())
    added_meanwhile(lambda: write(path), path, *texts)
    assert {"00-a", "00-b"} <= record.load(path).keys()


def test_a_pad_waits_for_another_kernel(tmp_path):
    path = tmp_path / "my_digits.npz"
    with locks.locked(path):
        writing = threading.Thread(target=digit, args=(path,))
        writing.start()
        writing.join(0.5)
        assert writing.is_alive()
    writing.join()
    assert collection.load(path)[1].tolist() == [1]


def test_an_update_of_the_copy_waits_for_another(tmp_path):
    student_copy.update(tmp_path)
    with locks.locked(tmp_path / paths.MEMORY / "update"):
        updating = threading.Thread(target=student_copy.update, args=(tmp_path,))
        updating.start()
        updating.join(0.5)
        assert updating.is_alive()
    updating.join()


def test_two_downloads_into_one_folder(tmp_path, monkeypatch):
    world = small_world(tmp_path / "data", monkeypatch)
    errors = []

    def load():
        try:
            assert_is_world(mnist.load("full"), world)
        except BaseException as error:
            errors.append(error)

    with DataServer(world.packed) as server:
        monkeypatch.setattr(originals, "MIRRORS", (server.url,))
        both = [threading.Thread(target=load) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
    assert errors == []
    assert tree(world.folder) == world.packed


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_runs_of_this_call_come_first_and_each_stands_once(tmp_path, order):
    path = tmp_path / "runs.csv"
    runs(path, [0])
    runs(path, order)
    assert sweep.read(path).seed.tolist() == list(order)
