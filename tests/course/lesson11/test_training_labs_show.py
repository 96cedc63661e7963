"""What the labs of lesson 11 that train show of a run: numbers made up, and of runs by chance."""

import numpy as np
import pytest

from course.lesson11 import DepthLab, HabitsLab, depth_lab, habits_lab
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREY,
    RED,
    color_of,
    controls_of,
    curves_of,
    is_drawn_whole,
    legend_of,
    look_of,
    named,
    recall_shown,
    scaled,
    set_by_chance,
    ticks_of,
)

pytestmark = pytest.mark.trains
BETWEEN = "#b5b5b5"
HABITS = {
    "scaled": "scaled start", "cross-entropy": "cross-entropy", "ReLU": "ReLU",
    "momentum": "momentum", "shifts": "shifts",
}  # fmt: skip


# depth


@pytest.fixture(scope="module")
def depth(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(depth_lab, "LAST", 200)
        yield DepthLab(data)


def made_up(rng):
    """A state of the lab as a long run might have it."""
    layers, done = int(rng.integers(1, 6)), np.arange(0, 3001, 500)
    speeds = 10 ** rng.uniform(-5, 0.3, (len(done), layers + 1))
    return {
        "layers": layers, "neurons": str(rng.choice(["sigmoid", "ReLU"])),
        "init": str(rng.choice(["gaussian", "scaled"])), "eta": float(rng.choice([0.1, 3.0])),
        "seed": int(rng.integers(21)), "done": done, "speeds": speeds,
        "accuracy": rng.uniform(0.05, rng.choice([0.45, 0.95]), len(done)),
        "ratio": speeds[:, -1] / speeds[:, 0],
    }  # fmt: skip


def short(ratio):
    """Two digits, or all before the point."""
    if ratio >= 9.95:
        return f"{ratio:,.0f}"
    places = 1 - int(np.floor(np.log10(float(f"{ratio:.1e}"))))
    return f"{ratio:.{places}f}" if ratio >= 1e-4 else f"{ratio:#.2g}"


def depth_sentence(state):
    done, accuracy, layers = state["done"], state["accuracy"], state["layers"]
    half = [moment for moment, share in zip(done, accuracy) if share > 0.5]
    first = f"the first of {layers} hidden layers" if layers > 1 else "the hidden layer"
    when = f"read right after {half[0]:,} mini-batches" if half else "never read right"
    speeds = state["speeds"]
    begin, end = (speeds[n, -1] / speeds[n, 0] for n in (0, -1))
    return (
        f"Before training the output layer learns {short(begin)} times as fast as {first}, after "
        f"{done[-1]:,} mini-batches {short(end)} times as fast; half of the digits are {when}, "
        f"{100 * accuracy[-1]:.1f} % at the end. Layers of 30 {state['neurons']} neurons, "
        f"{state['init']} start, eta {state['eta']:g}, seed {state['seed']}."
    )


def check_depth(lab, state):
    """Red the first hidden layer, dashed blue the output layer, gray those between, in order."""
    left, right = lab.picture.axes
    done, speeds, layers = state["done"], np.maximum(state["speeds"], 1e-6), state["layers"]
    legend = legend_of(left)
    assert list(legend) == ["output", "between", "first hidden"]
    colors = [color_of(lines[0]) for lines in legend.values()]
    assert colors == [BLUE, BETWEEN, RED]
    assert [look_of(lines[0])[1] for lines in legend.values()] == [True, False, False]
    shown = [
        [one.get_xydata() for one in lines if len(one.get_xdata())] for lines in legend.values()
    ]
    wanted = [[layers], range(1, layers), [0]]
    for drawn, places in zip(shown, wanted, strict=True):
        for points, place in zip(drawn, places, strict=True):
            np.testing.assert_allclose(points, np.transpose([done, speeds[:, place]]))
    ((_, _, points),) = [one for one in curves_of(right) if one[0] == BLACK]
    np.testing.assert_allclose(points, np.transpose([done, 100 * state["accuracy"]]))
    begin, end = (short(state["speeds"][n, -1] / state["speeds"][n, 0]) for n in (0, -1))
    words = left.get_title("left"), left.get_title("right")
    assert words == ("speed of each layer", f"output : first   {begin} → {end}")
    words = right.get_title("left"), right.get_title("right")
    assert words == ("accuracy (%)", f"{100 * state['accuracy'][-1]:.0f}")
    assert lab.sentence == depth_sentence(state)


@pytest.mark.parametrize("seed", range(8))
def test_speeds_of_layers_made_up(depth, seed):
    state = made_up(np.random.default_rng(seed))
    depth.show(state)
    check_depth(depth, state)
    assert is_drawn_whole(depth)


def test_a_run_by_chance_is_that_of_its_settings(depth):
    settings = set_by_chance(depth, np.random.default_rng(0))
    assert settings.items() <= depth.state.items()
    assert depth.state["speeds"].shape == (3, settings["layers"] + 1)
    check_depth(depth, depth.state)


def test_the_axes_and_controls_of_depth(depth):
    left, right = depth.picture.axes
    assert left.get_ylabel() == r"length of $\partial C/\partial b$"
    assert [ax.get_xlabel() for ax in (left, right)] == ["mini-batches"] * 2
    assert scaled(left)[:2] == ("linear", "log")
    assert scaled(left)[3] == (1e-6, 4)
    assert scaled(right)[1::2] == ("linear", (0, 100))
    (guess,) = [points for color, _, points in curves_of(right) if color == GREY]
    assert guess[:, 1].tolist() == [10, 10]
    (word,) = [text for text in right.texts if text.get_text()]
    assert (word.get_text(), word.get_position()[1] < 10) == ("guessing", True)
    assert controls_of(depth) == {
        "layers": ("hidden layers", 1, 5), "neurons": ("neurons", "sigmoid", "ReLU"),
        "init": ("start", "gaussian", "scaled"), "eta": ("eta", 0.1, 10.0), "seed": ("seed", 0, 20),
    }  # fmt: skip


# habits


@pytest.fixture(scope="module")
def habits(data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(habits_lab, "EPOCHS", 2)
        yield HabitsLab(data)


def habits_made_up(rng):
    recall = rng.random(10)
    lost = np.flatnonzero(recall < 0.1).tolist()
    return {
        "names": [word for word in HABITS.values() if rng.random() < 0.5],
        "hidden": int(rng.integers(1, 101)), "eta": float(rng.choice([0.003, 0.3, 10])),
        "seed": int(rng.integers(21)), "train_images": 4000, "validation_images": 500,
        "plain": rng.random(10).tolist(), "accuracies": rng.random(rng.integers(1, 11)).tolist(),
        "recall": recall, "lost": lost,
    }  # fmt: skip


def check_habits(lab, state):
    """Blue with what is ticked, gray and dashed without; titles, recall and sentence."""
    left, right = lab.picture.axes
    legend = legend_of(left)
    assert list(legend) == ["with what is ticked", "without any habit"]
    looks = (BLUE, False, "o"), (GREY, True, "s")
    runs = state["accuracies"], state["plain"]
    for (line,), look, run in zip(legend.values(), looks, runs, strict=True):
        assert look_of(line) == look
        points = [(n + 1, 100 * share) for n, share in enumerate(run)]
        np.testing.assert_allclose(line.get_xydata(), points)
    now, plain = 100 * state["accuracies"][-1], 100 * state["plain"][-1]
    title = f"{now:.1f} % with, {plain:.1f} % without"
    assert named(left) == ([title], "epoch", "accuracy (%)")
    shown, marks = recall_shown(right)
    assert shown == pytest.approx(dict(enumerate(100 * np.nan_to_num(state["recall"]))))
    assert list(marks) == state["lost"]
    title = f"number of lost digits: {len(state['lost'])}"
    assert named(right) == ([title], "digit", "recall (%)")
    assert lab.sentence == (
        f"With {', '.join(state['names']) or 'no habit'}: {now:.1f} % of 500 validation images "
        f"after epoch {len(state['accuracies'])}; without any habit and with eta 3: {plain:.1f} "
        f"%. [784, {state['hidden']}, 10], eta {state['eta']:g}, seed {state['seed']}, 4,000 "
        f"training images; number of lost digits: {len(state['lost'])}; lost digits: "
        f"{', '.join(map(str, state['lost'])) or 'none'}."
    )


@pytest.mark.parametrize("seed", range(8))
def test_habits_made_up(habits, seed):
    state = habits_made_up(np.random.default_rng(seed))
    habits.show(state)
    check_habits(habits, state)
    assert is_drawn_whole(habits)


def test_habits_by_chance_are_those_that_are_ticked(habits):
    rng = np.random.default_rng(3)
    settings = set_by_chance(habits, rng, hidden=int(rng.integers(5, 30)))
    assert habits.state["names"] == [words for name, words in HABITS.items() if settings[name]]
    assert len(habits.state["names"]) in range(1, 5)
    for name in ("eta", "hidden", "seed"):
        assert habits.state[name] == settings[name]
    check_habits(habits, habits.state)


def test_the_axes_and_controls_of_habits(habits):
    left, right = habits.picture.axes
    assert scaled(left) == ("linear", "linear", (0.5, 2.5), (0, 100))
    assert ticks_of(right.xaxis) == {float(digit): str(digit) for digit in range(10)}
    assert controls_of(habits) == {
        **{name: (words, False, True) for name, words in HABITS.items()},
        "eta": ("eta", 0.003, 10.0), "hidden": ("hidden size", 1, 100), "seed": ("seed", 0, 20),
    }  # fmt: skip
