"""What the labs of lesson 05 show at settings by chance, against what is computed anew."""

from types import SimpleNamespace

import numpy as np
import pytest

from course.lesson05 import BatchLab, PollLab, lab
from nnlib import examples, mnist
from nnlib.network import Network
from tests.course.lesson05.races import race
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    RED,
    SKY,
    color_of,
    colors_of,
    curves_of,
    look_of,
    named,
    numbers_in,
    scaled,
    set_by_chance,
    settle,
    texts_of,
    ticks_of,
)

# the race


@pytest.fixture(scope="module")
def split():
    return mnist.load("mini").train.first(1000)


@pytest.fixture
def batch_lab(split, monkeypatch):
    monkeypatch.setattr(lab, "run", race)
    return BatchLab(SimpleNamespace(train=split))


LOOKS = {  # color, whether dashed or dotted, mark
    1: (ORANGE, False, "^"),
    10: (BLUE, False, "o"),
    100: (GREEN, True, "s"),
    "all": (BLACK, True, "D"),
}


def words_of(m, epochs):
    steps = epochs if m == "all" else epochs * 1000 // m
    return f"{'all 1,000' if m == 'all' else f'm = {m}'}: {steps:,} steps"


def check_race(batch_lab, split):
    settings = dict(batch_lab.settings)
    axis = settings.pop("axis")
    runs = {m: race(split, m, **settings) for m in LOOKS}
    race_ax, cost_ax = batch_lab.picture.axes
    check_legend(batch_lab.picture.figure.legends, settings["epochs"])
    for m, (curve, seconds) in runs.items():
        along = seconds if axis == "seconds" else np.array(curve["seen"]) / 1000
        for ax, name in ((race_ax, "right"), (cost_ax, "cost")):
            (line,) = [one for one in ax.lines if look_of(one) == LOOKS[m]]
            np.testing.assert_allclose(line.get_data(), (along, curve[name]))
    end = max(seconds[-1] for _, seconds in runs.values())
    end = 1.01 * (end if axis == "seconds" else settings["epochs"])
    words = {"epochs": "epochs", "seconds": "seconds on this computer"}[axis]
    assert named(race_ax) == ([f"eta {settings['eta']:g}"], words, "right answers of 1,000")
    assert named(cost_ax)[1:] == (words, "full cost $C$ (log)")
    assert scaled(race_ax) == ("linear", "linear", pytest.approx((0, end)), (0, 1020))
    assert scaled(cost_ax) == ("linear", "log", pytest.approx((0, end)), (0.015, 6))
    said = [1000, settings["epochs"], settings["eta"], settings["seed"]]
    said += [runs[1][0]["right"][-1], 1, runs[10][0]["right"][-1], 10]
    said += [runs[100][0]["right"][-1], 100, runs["all"][0]["right"][-1]]
    said += [runs[m][0]["cost"][-1] for m in LOOKS]
    assert numbers_in(batch_lab.sentence) == pytest.approx(said, abs=0.0051)
    assert batch_lab.sentence.split("; costs ")[0].endswith(" with all")


def check_legend(legends, epochs):
    (legend,) = legends
    keys = zip(legend.get_texts(), legend.legend_handles, strict=True)
    shown = {text.get_text(): look_of(key) for text, key in keys}
    assert shown == {words_of(m, epochs): look for m, look in LOOKS.items()}
    assert list(shown) == [words_of(m, epochs) for m in LOOKS]


def test_a_race_by_chance(batch_lab, split):
    rng = np.random.default_rng(0)
    for fixed in [{"axis": "epochs"}] * 3 + [{"axis": "seconds"}] * 2:
        for name, value in (fixed | {"seed": int(rng.integers(21))}).items():
            settle_one(batch_lab, name, value)
        settle_one(batch_lab, "eta", float(rng.choice([0.01, 0.2, 5.0, 20.0])))
        settle_one(batch_lab, "epochs", int(rng.integers(1, 4)))
        check_race(batch_lab, split)


def settle_one(batch_lab, name, value):
    """Move one control as a reader does, and wait for the curves."""
    batch_lab.controls[name].value = value
    assert batch_lab.job.wait(60)


def test_the_dashed_line_is_the_cost_of_one_answer_to_all(batch_lab):
    costs = batch_lab.picture.axes[1]
    (line,) = [one for one in costs.lines if color_of(one) == RED]
    same = (9 * 0.1**2 + 0.9**2) / 2
    assert line.get_ydata() == pytest.approx([same, same])
    assert named(costs)[0] == [f"dashed: {same:g}, 0.1 at every output"]
    assert list(ticks_of(costs.yaxis).values()) == ["0.02", "0.1", "0.5", "2"]
    assert all(float(word) == place for place, word in ticks_of(costs.yaxis).items())


def test_curves_that_are_missing_are_told(batch_lab, monkeypatch):
    """Before the last curve is there, title and sentence say so; after Stop they say that."""
    said = []
    show = batch_lab.show
    monkeypatch.setattr(batch_lab, "show", lambda state: (show(state), said.append(seen())))

    def seen():
        title = named(batch_lab.picture.axes[0])[0][0]
        lines = [one for one in batch_lab.picture.axes[0].lines if len(one.get_xdata())]
        return title, len(lines), batch_lab.sentence.count("?")

    settle_one(batch_lab, "eta", 0.2)
    waiting = "eta 0.2, still training"
    assert said == [(waiting, 1, 6), (waiting, 2, 4), (waiting, 3, 2), ("eta 0.2", 4, 0)]


def test_stop_keeps_the_curves_that_stand(batch_lab, monkeypatch):
    def stop_at_ten(split, m, **settings):
        if m == 10:
            batch_lab.stop.click()
        return race(split, m, **settings)

    monkeypatch.setattr(lab, "run", stop_at_ten)
    settle_one(batch_lab, "seed", 3)
    ax = batch_lab.picture.axes[0]
    assert named(ax)[0] == ["eta 0.5, stopped"]
    drawn = [look_of(one) for one in ax.lines if len(one.get_xdata())]
    assert drawn == [LOOKS[100], LOOKS["all"]]
    assert "? with m = 1, ? with m = 10," in batch_lab.sentence
    assert batch_lab.stop.disabled


# polls

N = 60


@pytest.fixture(scope="module")
def few(split):
    return split.first(N)


@pytest.fixture(scope="module")
def gradients(few):
    """The gradient of each image, one long row, in float64."""
    single = Network([784, 30, 10], init="scaled", rng=0)
    exact = Network([784, 30, 10], dtype=np.float64)
    exact.weights = [w.astype(float) for w in single.weights]
    exact.biases = [b.astype(float) for b in single.biases]
    rows = [exact.backprop(x, y) for x, y in examples.training(few, exact.sizes, exact.dtype)]
    return np.array([np.concatenate([part.ravel() for part in b + w]) for b, w in rows])


def estimates(gradients, m, asked):
    """The mean gradients of forty polls of m images, (40, numbers)."""
    rng = np.random.default_rng(asked)
    return np.array([gradients[rng.permutation(N)[:m]].mean(axis=0) for _ in range(40)])


def check_polls(poll_lab, gradients):
    m, asked = poll_lab.settings["m"], poll_lab.settings["asked"]
    plane, chart = poll_lab.picture.axes
    full = gradients.mean(axis=0)
    length = np.linalg.norm(full)
    polls = estimates(gradients, m, asked)
    ((_, _, tips),) = [one for one in curves_of(plane) if one[0] == BLUE]
    np.testing.assert_allclose(tips[:, 0], polls @ full / length**2, rtol=1e-3, atol=1e-3)
    (arrows,) = plane.collections
    assert colors_of(arrows) == [SKY]
    np.testing.assert_allclose([one[1] for one in arrows.get_segments()], tips)
    np.testing.assert_allclose([one[0] for one in arrows.get_segments()], np.zeros((40, 2)))
    (black,) = [text for text in plane.texts if getattr(text, "arrow_patch", None)]
    assert (black.xy, black.get_position()) == ((1, 0), (0, 0))
    assert color_of(black.arrow_patch) == BLACK
    assert named(plane) == (
        ["black: the full gradient; blue: 40 estimates"],
        "along the full gradient (1: its length)",
        "across it",
    )
    check_misses(chart, gradients, asked, m)
    percent = 100 * miss(gradients, m, asked)
    assert numbers_in(poll_lab.sentence) == [40, m, pytest.approx(percent, abs=0.6)]


def miss(gradients, m, asked):
    """Root mean square distance of the polls to the full gradient, in lengths of it."""
    full = gradients.mean(axis=0)
    off = np.linalg.norm(estimates(gradients, m, asked) - full, axis=1)
    return np.sqrt(np.mean(off**2)) / np.linalg.norm(full)


SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]


def check_misses(chart, gradients, asked, m):
    """A dot for each size up to m, on axes that both are logarithmic, beside 1 over the root."""
    dots, line = ([xy for color, _, xy in curves_of(chart) if color == c] for c in (BLUE, GREY))
    sizes = [size for size in SIZES if size <= m]
    assert dots[0][:, 0].tolist() == sizes
    misses = [100 * miss(gradients, size, asked) for size in sizes]
    np.testing.assert_allclose(dots[0][:, 1], misses, rtol=1e-3, atol=0.02)
    (m0, first), (m1, last) = line[0]
    assert (m0, m1) == (1, 1000)
    assert first == pytest.approx(100 * miss(gradients, 1, 0), rel=1e-3)
    assert first / last == pytest.approx(1000**0.5)
    assert scaled(chart)[:2] == ("log", "log")
    assert named(chart) == (["typical miss (% of the length)"], "m", "")
    assert list(texts_of(chart)) == [r"line: $1/\sqrt{m}$"]


def test_polls_by_chance(few, gradients):
    poll_lab, rng = PollLab(data=SimpleNamespace(train=few)), np.random.default_rng(1)
    for asked in (0, 0, 1, 4):
        set_by_chance(poll_lab, rng, asked=asked)
        check_polls(poll_lab, gradients)
    settle(poll_lab, m=1, asked=2)
    check_polls(poll_lab, gradients)
