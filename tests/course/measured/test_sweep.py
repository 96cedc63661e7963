"""Sweeps: the numbers, the file, interruptions, failing runs, and a cluster that loses a worker."""

import json
import os
import signal
import statistics
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

from course.live import progress
from course.live.progress import LiveBar
from course.measured import sweep
from nnlib import diagnosis, mnist, threads
from nnlib.network import Network

pytestmark = pytest.mark.trains

QUICK = {"sizes": [784, 10], "epochs": 1, "training_images": 500}
NUMBERS = ["final", "best", *sweep.RECALLS, "lost", "error"]  # what must not depend on the machine


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


def same(one, two):
    """Whether two tables have the same columns and cells, NaN where the other has it."""
    columns = one.dtype.names
    return columns == two.dtype.names and all(
        np.array_equal(one[name], two[name], equal_nan=one[name].dtype.kind == "f")
        for name in columns
    )


def quiet(settings, data, **options):
    return sweep.run(settings, data, progress=False, **options)


def test_a_grid_has_all_combinations_and_the_first_name_changes_slowest():
    settings = sweep.grid(sizes=[784, 10], eta=[1, 3.0], seed=range(2))
    assert settings == [
        {"sizes": [784, 10], "eta": eta, "seed": seed} for eta in (1, 3.0) for seed in (0, 1)
    ]
    assert len(sweep.grid(sizes=[[784, 10], (784, 5, 10)], init="scaled")) == 2
    assert sweep.grid() == [{}]


def test_a_row_has_the_numbers_of_a_network_trained_by_hand(mini):
    setting = {"sizes": [784, 5, 10], "eta": 1, "epochs": 3, "seed": 7, "training_images": 600}
    (row,) = quiet([setting], mini, workers=1)

    network = Network([784, 5, 10], rng=7)
    part = (mini.train.images[:600], mini.train.labels[:600])
    counts = []
    for _ in range(3):
        network.SGD(part, 1, 10, 1, on_epoch=None)
        counts.append(network.evaluate(mini.test))
    answers = diagnosis.predictions(network, mini.test.images)
    assert row["final"] == pytest.approx(100 * (answers == mini.test.labels).mean())
    assert row["best"] == pytest.approx(100 * max(counts) / len(mini.test.labels))
    for digit in range(10):
        right = (answers == digit)[mini.test.labels == digit].mean()
        assert row[f"recall_{digit}"] == pytest.approx(100 * right, abs=0.006)
    lost = [str(digit) for digit in range(10) if row[f"recall_{digit}"] < 5]
    assert row["lost"] == " ".join(lost)
    assert (row["sizes"], row["init"], row["eta"]) == ("784-5-10", "gaussian", 1.0)
    assert (row["data"], row["scored_on"], row["error"]) == ("mini", "test", "")
    assert 0 < row["seconds"] < 60
    assert np.__version__ in row["versions"]


def test_the_numbers_and_their_order_do_not_depend_on_the_workers(mini):
    settings = [{**QUICK, "seed": seed, "eta": eta} for eta in (3, 0.5) for seed in (2, 0, 1)]
    one, two = (quiet(settings, mini, workers=workers) for workers in (1, 2))
    by_name = quiet(settings, "mini", workers=2)  # each worker loads the digits itself
    assert same(one[NUMBERS], two[NUMBERS])
    assert same(one[NUMBERS], by_name[NUMBERS])
    assert one.seed.tolist() == [2, 0, 1, 2, 0, 1]


def test_validation_images_are_scored_when_asked_for(mini):
    table = quiet([QUICK], mini, score="validation", workers=1)
    network = Network([784, 10], rng=0)
    part = (mini.train.images[:500], mini.train.labels[:500])
    network.SGD(part, 1, 10, 3.0, on_epoch=None)
    right = network.evaluate(mini.validation)
    assert table.final[0] == pytest.approx(100 * right / len(mini.validation.labels))


@pytest.mark.parametrize("score", ["validation", "test"])
def test_by_name_the_same_images_are_scored_as_by_data(mini, score):
    by_name, by_data = (quiet([QUICK], data, score=score, workers=1) for data in ("mini", mini))
    assert same(by_name[NUMBERS], by_data[NUMBERS])


def test_a_run_takes_one_blas_thread_to_its_end(mini, monkeypatch):
    depths, look = [], diagnosis.predictions
    monkeypatch.setattr(
        diagnosis, "predictions", lambda *both: depths.append(threads._depth) or look(*both)
    )
    quiet([QUICK], mini, workers=1)
    assert depths == [1]


def test_a_run_that_fails_is_one_row_and_the_others_finish(mini):
    settings = [
        {**QUICK, "eta": eta, "sizes": sizes}
        for eta, sizes in [(3, [784, 10]), (float("nan"), [784, 10]), (3, [784, -1, 10]), (3, 5)]
    ]
    table = quiet(settings, mini, workers=2)
    assert np.isnan(table.final).tolist() == [False, True, True, True]
    assert table.error[0] == ""
    assert table.error[1].startswith("ValueError: eta is nan")
    assert all(table.error[2:])


def test_what_cannot_be_meant_is_refused_before_anything_runs(mini, tmp_path):
    with pytest.raises(ValueError, match="'lr' is no setting: expected one of sizes, init, eta"):
        sweep.run([{"lr": 3}], mini)
    with pytest.raises(ValueError, match="score is 'train'"):
        sweep.run([{}], mini, score="train")
    with pytest.raises(ValueError, match="data is 'MNIST'"):
        sweep.run([{}], "MNIST")
    for nothing in (None, "bar", 1):
        with pytest.raises(ValueError, match="expected True, False or a function of two numbers"):
            sweep.run([{}], mini, progress=nothing)
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="columns sizes, init, eta.* it has the line 'a,b'"):
        sweep.run([{}], mini, path=other)
    assert other.read_text() == "a,b\n1,2\n"
    with pytest.raises(FileNotFoundError, match="There is no file"):
        sweep.read(tmp_path / "none.csv")


def test_finished_runs_are_not_repeated_and_failed_ones_are(mini, tmp_path, monkeypatch):
    path = tmp_path / "runs.csv"
    settings = [{**QUICK, "seed": seed} for seed in (0, 1)] + [{**QUICK, "eta": float("nan")}]
    first = quiet(settings, mini, path=path, workers=1)
    lines = path.read_text().splitlines()
    trained = []
    train = sweep.train
    monkeypatch.setattr(sweep, "train", lambda s, *d: trained.append(s["eta"]) or train(s, *d))
    again = quiet([*settings, {**QUICK, "seed": 2}], mini, path=path, workers=1)
    assert len(trained) == 2  # the failed one and the new one
    undated = [name for name in sweep.COLUMNS if name != "date"]
    assert same(again[:3][undated], first[undated])
    assert same(sweep.read(path), again)
    assert path.read_text().splitlines()[:3] == lines[:3]  # heading and both runs, to the byte


def test_words_stay_words_and_numbers_are_numbers(mini, untrained):
    table = quiet([{"training_images": n, "seed": 5} for n in (100, None)], mini, workers=1)
    kinds = {name: table[name].dtype.kind for name in sweep.COLUMNS}
    assert {name for name, kind in kinds.items() if kind == "U"} == sweep.WORDS
    assert {kinds[name] for name in ("seed", "epochs", "mini_batch_size")} == {"i"}
    np.testing.assert_array_equal(table.training_images, [100, np.nan])
    nothing = quiet([], mini)
    assert len(nothing) == 0
    assert nothing.dtype.names == tuple(sweep.COLUMNS)
    assert (nothing.lost == "").tolist() == []


def test_a_summary_has_a_row_for_each_value_of_a_column():
    table = sweep.read(mnist.data_folder() / "etas.csv")
    summary = sweep.summary(table, "eta")
    assert summary.eta.tolist() == [0.3, 1, 3, 10, 30]
    for row in summary:
        runs = [run for run in table if run.eta == row.eta]
        finals = [run.final for run in runs]
        assert row.runs == len(runs) == 20
        assert row.median == pytest.approx(statistics.median(finals), abs=0.0051)
        assert (row["min"], row["max"]) == (min(finals), max(finals))
        assert row.losers == sum(run.lost != "" for run in runs)
    assert sweep.summary(table, "sizes").sizes.tolist() == ["784-30-10"]


def test_a_summary_of_nothing_is_refused_in_words():
    table = sweep.read(mnist.data_folder() / "etas.csv")
    with pytest.raises(ValueError, match="by is 'lr'.* expected one of sizes, init, eta"):
        sweep.summary(table, "lr")
    with pytest.raises(ValueError, match="The table has no rows"):
        sweep.summary(table[table.eta == 7], "eta")


@pytest.fixture
def untrained(monkeypatch):
    """Runs that take no time and find nothing."""
    monkeypatch.setattr(sweep, "train", lambda setting, train_split, scored_split: {"final": 0.0})


def test_progress_hears_of_each_run_when_it_is_in_the_file(mini, tmp_path, untrained):
    path = tmp_path / "runs.csv"
    heard = []

    def listen(done, total):
        heard.append((done, total, len(sweep.read(path)) if path.exists() else 0))

    settings = [{"seed": seed} for seed in (0, 1, 2)]
    sweep.run(settings[:1], mini, path=path, workers=1, progress=listen)
    assert heard == [(0, 1, 0), (1, 1, 1)]
    heard.clear()
    sweep.run(settings, mini, path=path, workers=1, progress=listen)
    assert heard == [(0, 2, 1), (1, 2, 2), (2, 2, 3)]  # of the two that were missing
    heard.clear()
    sweep.run(settings, mini, path=path, workers=1, progress=listen)
    assert heard == [(0, 0, 3)]


def test_a_finished_run_is_kept_even_if_progress_fails(mini, tmp_path, untrained):
    def stop(done, total):
        if done:
            raise KeyboardInterrupt

    path = tmp_path / "runs.csv"
    with pytest.raises(KeyboardInterrupt):
        sweep.run([{}, {"seed": 1}], mini, path=path, workers=1, progress=stop)
    assert sweep.read(path).seed.tolist() == [0]


def test_progress_true_is_a_bar_and_false_is_silence(mini, untrained, capsys):
    sweep.run([{}, {"seed": 1}], mini, workers=1)
    assert "2/2" in capsys.readouterr().err
    quiet([{}, {"seed": 1}], mini, workers=1)
    assert capsys.readouterr() == ("", "")


def test_live_bar(mini, untrained, monkeypatch):
    shown, labels = [], []
    monkeypatch.setattr(progress, "display", lambda view, raw: shown.append((view, raw)))
    bar = LiveBar()
    bar.observe(lambda change: labels.append(change.new), names="description")
    for _ in range(2):  # a bar may be used again
        bar(0, 3)
        assert (bar.value, bar.max, bar.layout.display) == (0, 3, None)
        bar(2, 3)
        assert (bar.value, bar.max, bar.layout.display) == (2, 3, None)
        bar(3, 3)
        assert bar.layout.display == "none"
    assert labels == 2 * ["0 of 3 runs", "2 of 3 runs", "3 of 3 runs"]
    ((view, raw), again) = shown
    assert (view, raw) == again
    (kind,) = view  # nothing else, or it would stay in the notebook
    assert kind == "application/vnd.jupyter.widget-view+json"
    assert view[kind]["model_id"] == bar.model_id
    assert raw
    labels.clear()
    sweep.run([{}, {"seed": 1}], mini, workers=1, progress=bar)
    assert labels == ["0 of 2 runs", "1 of 2 runs", "2 of 2 runs"]


def test_a_live_bar_without_runs_is_not_shown(monkeypatch):
    shown = []
    monkeypatch.setattr(progress, "display", lambda view, raw: shown.append(view))
    bar = LiveBar()
    bar(0, 0)
    assert not shown
    assert bar.layout.display == "none"


SEEDS = range(8)
LONG = [{"sizes": [784, 10], "epochs": 4, "seed": seed} for seed in SEEDS]
SCRIPT = """
from course.measured import sweep
sweep.run({settings}, "mini", path={path!r}, workers=2, progress=False)
"""


@pytest.fixture(scope="module")
def undisturbed():
    """The table of LONG when nothing goes wrong."""
    return quiet(LONG, "mini", workers=1)


def test_killed_and_resumed_gives_the_same_table(tmp_path, monkeypatch, undisturbed):
    path = tmp_path / "runs.csv"
    script = SCRIPT.format(settings=LONG, path=str(path))
    killed = subprocess.Popen([sys.executable, "-c", script])
    wait_for(lambda: path.exists() and len(sweep.read(path)) >= 2)
    killed.kill()
    killed.wait()
    before = sweep.read(path)
    assert 2 <= len(before) < len(LONG)
    trained = []
    train = sweep.train
    monkeypatch.setattr(sweep, "train", lambda s, *d: trained.append(s["seed"]) or train(s, *d))
    resumed = quiet(LONG, "mini", path=path, workers=1)
    assert sorted([*trained, *before.seed]) == list(SEEDS)  # none lost, none twice
    assert same(resumed[NUMBERS], undisturbed[NUMBERS])
    assert same(sweep.read(path), resumed)


def wait_for(condition, seconds=90):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


@pytest.fixture
def cluster(tmp_path):
    """The address of a Dask scheduler on the loopback address, and its two worker processes."""
    pytest.importorskip("distributed", reason="Dask is not installed: pip install -e .[cluster]")
    file = tmp_path / "scheduler.json"
    where = ["--scheduler-file", str(file), "--no-dashboard"]

    def start(*words):
        command = [sys.executable, "-m", "dask", *words, *where]
        with open(tmp_path / "dask.log", "a") as log:
            return subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)

    processes = [start("scheduler", "--host", "127.0.0.1", "--port", "0")]
    try:
        wait_for(lambda: file.exists() and file.read_text().rstrip().endswith("}"))
        one = ["worker", "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny"]
        processes += [start(*one), start(*one)]
        yield json.loads(file.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def test_a_cluster_that_loses_a_worker_loses_and_doubles_nothing(cluster, tmp_path, undisturbed):
    import joblib
    from distributed import Client

    address, workers = cluster
    path = tmp_path / "runs.csv"
    result = []

    def on_the_cluster():
        with joblib.parallel_config("dask"):
            result.append(quiet(LONG, "mini", path=path))

    with Client(address) as client:
        client.wait_for_workers(2, timeout=60)
        sweeping = threading.Thread(target=on_the_cluster)
        sweeping.start()
        wait_for(lambda: path.exists() and len(sweep.read(path)) >= 2)
        os.kill(workers[0].pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        rows_at_the_kill = len(sweep.read(path))
        sweeping.join(90)
        assert not sweeping.is_alive()
        assert len(client.scheduler_info(n_workers=-1)["workers"]) == 1
    assert rows_at_the_kill < len(LONG)
    (table,) = result
    assert table.seed.tolist() == sorted(sweep.read(path).seed) == list(SEEDS)
    assert same(table[NUMBERS], undisturbed[NUMBERS])
