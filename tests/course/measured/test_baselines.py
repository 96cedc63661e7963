"""Baselines: known counts on the full set, ties, and a table that survives interruptions."""

import dataclasses
import sys

import numpy as np
import pytest

from course import environment
from course.measured import baselines
from course.measured.baselines import Row
from nnlib import mnist

pytestmark = pytest.mark.trains


@pytest.fixture(scope="module")
def mini():
    return mnist.load("mini")


@pytest.fixture(scope="module")
def sklearn():
    """scikit-learn, which a student does not have."""
    how = environment.how_to_add("baselines")
    return pytest.importorskip("sklearn", reason=f"scikit-learn is not installed: {how}")


@pytest.fixture(scope="module")
def tiny(mini):
    """Small enough for every measurement of the plan to take well under a second."""

    def part(split, n):
        return mnist.Split(split.images[:n], split.labels[:n])

    train, validation, test = part(mini.train, 200), part(mini.validation, 50), part(mini.test, 60)
    return dataclasses.replace(mini, train=train, validation=validation, test=test)


def images_of(*darkness):
    """One image of 784 equal pixels for each darkness."""
    return np.repeat(np.array(darkness, np.float32)[:, None], 784, axis=1)


# The answers


def test_darkness_is_right_2225_times(full):
    answers = baselines.darkness(full.train, full.test.images)
    assert np.sum(answers == full.test.labels) == 2225


def test_no_answer_by_darkness_hangs_on_rounding(full):
    dark = baselines.mean_darkness(full.train.images)
    means = [dark[full.train.labels == digit].mean() for digit in range(10)]
    pixels = np.rint(255 * full.train.images).astype(np.uint8)
    exact = [
        pixels[full.train.labels == digit].sum() / 255 / 784 / np.sum(full.train.labels == digit)
        for digit in range(10)
    ]
    np.testing.assert_allclose(means, exact, rtol=1e-7)
    distances = np.abs(baselines.mean_darkness(full.test.images)[:, None] - means)
    nearest, second = np.sort(distances, axis=1)[:, :2].T
    assert np.min(second - nearest) > 1e-6  # a hundred times the rounding of a pixel


def test_darkness_takes_the_nearest_mean_and_the_smaller_digit_in_a_tie():
    train = images_of(0.25, 0.75, 0.5, 0.0), np.array([7, 7, 2, 9])  # means 0.5, 0.5 and 0
    answers = baselines.darkness(train, images_of(0.4, 1.0, 0.25, 0.24))
    assert answers.tolist() == [2, 2, 2, 9]


def test_darkness_does_not_answer_a_digit_that_it_has_not_seen():
    train = images_of(0.1, 0.9), np.array([3, 8])
    assert baselines.darkness(train, images_of(0, 1)).tolist() == [3, 8]


def test_guessing_is_fixed_by_the_seed_and_right_one_time_in_ten():
    answers = baselines.guess(100_000, seed=3)
    assert np.array_equal(answers, baselines.guess(100_000, seed=3))
    assert not np.array_equal(answers, baselines.guess(100_000, seed=4))
    counts = np.bincount(answers, minlength=10)
    assert len(counts) == 10
    assert np.all(np.abs(counts - 10_000) < 500)  # five standard deviations


@pytest.mark.usefixtures("sklearn")
def test_support_vector_machine_on_a_few_images(mini):
    few = mini.train.images[:500], mini.train.labels[:500]
    right = np.sum(baselines.svm(few, mini.test.images) == mini.test.labels)
    old = np.sum(baselines.svm(few, mini.test.images, gamma="auto") == mini.test.labels)
    assert old + 10 < right > 0.8 * 500  # today's default is the better one


def test_without_scikit_learn_the_command_says_what_to_type(tiny, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "sklearn.svm", None)
    monkeypatch.setattr(baselines, "stored_file", lambda: tmp_path / "table.csv")
    monkeypatch.setattr(mnist, "load", lambda name: tiny)
    assert baselines.main() == 1
    said = capsys.readouterr().out
    assert said.endswith(f"not installed. To add it, {environment.how_to_add('baselines')}\n")
    assert [row.baseline for row in baselines.load()] == ["guessing", "darkness"]


def test_the_command_says_how_it_ended(tiny, monkeypatch, capsys):
    monkeypatch.setattr(mnist, "load", lambda name: tiny if name == "full" else None)
    monkeypatch.setattr(baselines, "run", lambda data: [data.name])
    assert baselines.main() == 0
    assert capsys.readouterr().out == f"All is in {baselines.stored_file()}.\n"

    def stop(data):
        raise KeyboardInterrupt

    monkeypatch.setattr(baselines, "run", stop)
    assert baselines.main() == 1
    assert capsys.readouterr().out.startswith("Stopped. To go on, run: ")


# The table


def test_options_are_read_from_the_setting():
    assert baselines._options("") == {}
    assert baselines._options("C=10 gamma=0.02") == {"C": 10, "gamma": 0.02}
    assert baselines._options("gamma=auto pixels=256") == {"gamma": "auto", "pixels": 256}


@pytest.mark.usefixtures("sklearn")
def test_the_whole_plan_on_few_images(tiny, tmp_path, capsys):
    path = tmp_path / "table.csv"
    rows = baselines.run(tiny, path)
    assert baselines.load(path) == rows
    assert baselines.plan(rows, 200) == []
    assert len(rows) == 4 + 4 + 1 + 1 == len({row.key for row in rows})
    assert path.read_text().startswith("# python -m course.measured.baselines\n")
    by_setting = {row.setting: row for row in rows if row.on == "test"}

    answers = baselines.darkness(tiny.train, tiny.test.images)
    assert by_setting[""].right == np.sum(answers == tiny.test.labels)
    train = tiny.train.images * 255 / 256, tiny.train.labels
    answers = baselines.svm(train, tiny.test.images * 255 / 256, gamma="auto")
    assert by_setting["gamma=auto pixels=256"].right == np.sum(answers == tiny.test.labels)
    assert {row.of for row in rows if row.on == "validation"} == {50}

    best = max(row.right for row in rows if row.on == "validation")
    chosen = baselines.best_setting(rows)
    assert chosen in by_setting
    assert [row.right for row in rows if row.setting == chosen and row.on == "validation"] == [best]
    assert "60 right" in capsys.readouterr().out


@pytest.mark.usefixtures("sklearn")
def test_interrupted_it_goes_on_where_it_was(tiny, tmp_path, monkeypatch):
    path, measured, measure = tmp_path / "table.csv", [], baselines.measure

    def counting(row, data):
        if len(measured) == 3:
            measured.append("stop")
            raise KeyboardInterrupt
        measured.append(row.key)
        return measure(row, data)

    monkeypatch.setattr(baselines, "measure", counting)
    with pytest.raises(KeyboardInterrupt):
        baselines.run(tiny, path)
    assert len(baselines.load(path)) == 3
    rows = baselines.run(tiny, path)
    assert len(rows) == 10 == len(set(measured) - {"stop"})


def tried(rights, on):
    """Rows of all gammas that were tried, with these right answers of 100."""
    pairs = zip(baselines.TRIED, rights)
    return [Row("svm", name, 5000, on, right, 100, 0.0, "", "") for name, right in pairs]


def test_the_setting_is_chosen_on_validation_images_alone():
    by_validation, by_test = tried((70, 90, 80, 60), "validation"), tried((95, 50, 60, 99), "test")
    for rows in (by_validation + by_test, by_test + by_validation):
        assert baselines.best_setting(rows) == "C=10 gamma=0.02"
    assert baselines.best_setting(by_validation[1:] + by_test) == ""


def test_the_plan_says_what_learns_from_what_and_answers_what():
    wanted = [(row.setting, row.train_images, row.on) for row in baselines.plan([])]
    few = [(f"C=10 gamma={gamma}", 5000, "validation") for gamma in (0.01, 0.02, 0.03, 0.05)]
    old = [("gamma=auto", 50_000, "test"), ("gamma=scale", 50_000, "test")]
    last = [("gamma=auto pixels=256", 50_000, "test"), ("gamma=scale", 2000, "test")]
    assert wanted == [("seed=0", 0, "test"), ("", 50_000, "test"), *old, *few, *last]
    (new,) = {row.key for row in baselines.plan(tried((1, 2, 3, 4), "validation"))} - {
        row.key for row in baselines.plan([])
    }
    assert new == ("svm", "C=10 gamma=0.05", 50_000, "test")


def test_a_missing_or_foreign_table_is_named(tmp_path):
    path = tmp_path / "table.csv"
    with pytest.raises(FileNotFoundError, match="run: .* -m course.measured.baselines"):
        baselines.load(path)
    header = ",".join(Row._fields)
    for text in ("", "a,b\n1,2\n", f"{header}\n1,2\n", f"{header}\na,b,x,test,1,2,3,d,v\n"):
        path.write_text(text)
        with pytest.raises(ValueError, match="is not a table of baselines. Delete it and run: "):
            baselines.load(path)


def test_the_stored_table_is_whole_and_has_the_known_counts():
    rows = baselines.load()
    assert baselines.plan(rows) == []
    right = {(row.setting, row.train_images): row.right for row in rows if row.on == "test"}
    assert abs(right["gamma=auto", 50_000] - 9434) <= 2
    assert abs(right["gamma=auto pixels=256", 50_000] - 9435) <= 2
    assert abs(right["gamma=scale", 50_000] - 9785) <= 2
    assert abs(right["gamma=scale", 2000] - 9302) <= 2
    assert right[baselines.best_setting(rows), 50_000] >= 9840


def test_the_stored_table_would_be_written_the_same_again(tmp_path):
    baselines.save(baselines.load(), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == baselines.stored_file().read_bytes()


def test_the_quick_rows_of_the_stored_table_come_out_again(full):
    for old in baselines.load()[:2]:
        new = baselines.measure(old, full)
        assert (old.baseline, old.right, old.of) == (new.baseline, new.right, new.of)
