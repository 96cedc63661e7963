"""One run of a sweep, and what it hands to the network, which is a recorder here."""

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from course.measured import sweep
from nnlib import mnist
from nnlib.network import Network

COUNTS = (3, 7, 5)  # right answers after each epoch: the best one is neither first nor last
LABELS = np.array([4] * 6 + [2] * 3 + [9])
SPLITS = [mnist.Split(np.full((10, 784), gray, np.float32), LABELS) for gray in (0.1, 0.2, 0.3)]
DATA = mnist.MNIST(*SPLITS, name="mini", source="made up")


def blas_threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


class Recorder(Network):
    """It notes how it is trained, answers 4 to every image, and says COUNTS of its epochs."""

    made = []

    def __init__(self, *words, **named):
        super().__init__(*words, **named)
        self.calls, self.threads, self.counts = [], set(), iter(COUNTS)
        self.made.append((self, words, named))

    def SGD(self, training, epochs, mini_batch_size, eta, test_data=None, on_epoch=None):
        self.calls.append((training, epochs, mini_batch_size, eta, test_data))
        self.threads |= blas_threads()
        for epoch in range(epochs):
            on_epoch(self, epoch, next(self.counts), len(test_data.labels))

    def feedforward(self, a):
        self.threads |= blas_threads()
        return np.repeat(np.eye(10)[:, [4]], a.shape[1], axis=1)


@pytest.fixture
def recorder(monkeypatch):
    """The recorders that sweeps make, each with what it was made with."""
    asked = []
    monkeypatch.setattr(
        sweep.habits, "network_class", lambda habits: asked.append(habits) or Recorder
    )
    monkeypatch.setattr(Recorder, "made", [])
    return Recorder.made, asked


def run(*settings, score="test", **options):
    return sweep.run(settings, DATA, score=score, workers=1, progress=False, **options)


def test_final_is_of_the_last_epoch_and_best_of_the_best(recorder):
    (row,) = run({"epochs": 3})
    assert (row.final, row.best) == (60, 70)  # 6 of 10 are a 4; 7 were right after epoch 1
    assert (row.recall_4, row.recall_2, row.recall_9) == (100, 0, 0)
    assert np.isnan(row.recall_0)
    assert row.lost == "2 9"


@pytest.mark.parametrize(("score", "gray"), [("validation", 0.2), ("test", 0.3)])
def test_it_learns_from_training_images_and_is_scored_on_those_asked_for(recorder, score, gray):
    run({"epochs": 3}, score=score)
    ((network, _, _),) = recorder[0]
    ((training, _, _, _, scored),) = network.calls
    assert (training[0][0, 0], len(training[1])) == (np.float32(0.1), 10)
    assert scored.images[0, 0] == np.float32(gray)


def test_each_setting_reaches_the_network(recorder):
    made, asked = recorder
    setting = {"sizes": [784, 7, 10], "init": "scaled", "eta": 0.7, "mini_batch_size": 4}
    run({**setting, "epochs": 2, "seed": 11, "training_images": 6, "habits": "momentum"})
    ((network, (sizes,), named),) = made
    ((training, epochs, size, eta, _),) = network.calls
    assert (list(sizes), named, asked) == (
        [784, 7, 10],
        {"init": "scaled", "rng": 11},
        ["momentum"],
    )
    assert (epochs, size, eta, len(training[0]), len(training[1])) == (2, 4, 0.7, 6, 6)


def test_the_learning_rate_falls_by_the_same_factor_each_epoch(recorder):
    run({"epochs": 3, "eta": 8.0, "last_eta": 2.0})
    ((network, _, _),) = recorder[0]
    assert [call[1] for call in network.calls] == [1, 1, 1]
    assert [call[3] for call in network.calls] == pytest.approx([8, 4, 2])


def test_a_run_multiplies_with_one_thread_and_gives_the_others_back(recorder):
    with threadpool_limits(2, user_api="blas"):
        run({"epochs": 1})
        after = blas_threads()
    assert recorder[0][0][0].threads == {1}
    assert after == {2}


def test_runs_of_other_calls_stay_in_the_file_behind_those_of_this_one(recorder, tmp_path):
    path = tmp_path / "runs.csv"
    first = run({"epochs": 3, "seed": 1}, {"epochs": 3, "seed": 2}, path=path)
    second = run({"epochs": 3, "seed": 5}, {"epochs": 3, "seed": 2}, path=path)
    assert first.seed.tolist() == [1, 2]
    assert second.seed.tolist() == [5, 2]
    assert sweep.read(path).seed.tolist() == [5, 2, 1]
    assert len(recorder[0]) == 3  # seed 2 was known


def test_runs_that_another_call_wrote_meanwhile_stay_in_the_file(recorder, tmp_path):
    path = tmp_path / "runs.csv"

    def meanwhile(done, total):
        if done == 0:
            run({"epochs": 3, "seed": 9}, path=path)

    settings = [{"epochs": 3, "seed": 1}, {"epochs": 3, "seed": 2}]
    sweep.run(settings, DATA, path=path, workers=1, progress=meanwhile)
    assert sweep.read(path).seed.tolist() == [1, 2, 9]


def test_a_run_that_fails_here_and_was_done_elsewhere_meanwhile_is_done(monkeypatch, tmp_path):
    path, elsewhere = tmp_path / "runs.csv", []

    def train(setting, training, scored):
        if elsewhere:
            raise RuntimeError("no memory left")
        return {"final": 50.0}

    def meanwhile(done, total):
        if done == 0:
            run({}, path=path)
            elsewhere.append("done")

    monkeypatch.setattr(sweep, "train", train)
    table = sweep.run([{}], DATA, path=path, workers=1, progress=meanwhile)
    assert table.error[0] == "RuntimeError: no memory left"
    assert (sweep.read(path).final[0], sweep.read(path).error[0]) == (50, "")


def test_runs_on_other_images_or_with_another_setting_are_other_runs(recorder, tmp_path):
    path = tmp_path / "runs.csv"
    for change in ({}, {"eta": 1.0}, {"init": "scaled"}, {"epochs": 2}, {"mini_batch_size": 5}):
        run({"epochs": 3, **change}, path=path)
    run({"epochs": 3}, score="validation", path=path)
    table = sweep.read(path)
    assert len(table) == 6 == len(recorder[0])
    assert table.scored_on.tolist() == ["validation"] + 5 * ["test"]


def test_statistics_of_runs():
    rows = [{"final": final, "lost": lost} for final, lost in ((90, ""), (70, "3"), (83, "1 8"))]
    known = sweep.statistics(sweep.tables.from_rows(rows))
    assert known == {"runs": 3, "median": 83, "min": 70, "max": 90, "losers": 2}


@pytest.mark.parametrize("score", ["validation", "test"])
def test_by_name_each_worker_loads_the_images_that_are_asked_for(score):
    """The kept splits of the small set are of one size, so the images themselves are compared."""
    training, scored = sweep._splits(sweep._source("mini", score)[0])
    data = mnist.load("mini")
    assert len(training.labels) == 4000
    np.testing.assert_array_equal(scored.images, getattr(data, score).images)
