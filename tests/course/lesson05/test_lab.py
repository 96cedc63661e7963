from types import SimpleNamespace

import numpy as np
import pytest

from course.lesson05 import figures
from course.lesson05 import lab as sgd
from course.lesson05.lab import ALL, BatchLab, run
from nnlib import mnist
from nnlib.network import Network
from tests.course.labs import as_at_first, computed
from tests.course.pictures import stored_picture

pytestmark = pytest.mark.trains

N = 250  # not a multiple of 100: the last mini-batch and the last point are special


@pytest.fixture(scope="module")
def train():
    whole = mnist.load("mini").train
    return whole.first(N)


@pytest.fixture(scope="module")
def shared(train):
    return BatchLab(SimpleNamespace(train=train))


@pytest.fixture
def lab(shared):
    return as_at_first(shared)


def cost_and_right(network, train):
    """The cost by its formula and the right answers, one example after the other."""
    total, right = 0.0, 0
    for image, label in zip(train.images, train.labels):
        a = network.feedforward(image.reshape(784, 1))[:, 0]
        total += np.sum((np.eye(10)[label] - a) ** 2) / 2
        right += int(a.argmax() == label)
    return total / len(train.labels), right


def by_epoch(train, m, eta, epochs, seed):
    """The same run by the library's own loop; costs and right answers after each epoch."""
    found = []
    network = Network([784, 30, 10], init="scaled", rng=seed)
    network.SGD(
        train, epochs, m, eta, on_epoch=lambda net, *_: found.append(cost_and_right(net, train))
    )
    return zip(*found)


@pytest.mark.parametrize("m", [1, 10, 100, ALL])
def test_curves_are_those_of_the_library(train, m):
    curve, seconds = run(train, m, eta=0.5, epochs=2, seed=3)
    ends = [curve["seen"].index(N), curve["seen"].index(2 * N)]
    costs, right = by_epoch(train, N if m == ALL else m, 0.5, 2, 3)
    assert [curve["cost"][end] for end in ends] == pytest.approx(costs, rel=1e-4)
    assert [curve["right"][end] for end in ends] == pytest.approx(right, abs=1)
    start = Network([784, 30, 10], init="scaled", rng=3)
    before = curve["cost"][0], curve["right"][0]
    assert before == pytest.approx(cost_and_right(start, train), rel=1e-5)
    assert len(seconds) == len(curve["seen"])
    assert (np.diff(seconds) > 0).all()


def test_points_stand_every_100_examples_and_at_the_end_of_an_epoch(train):
    for m in (1, 10, 100):
        assert run(train, m, 0.1, 2, 0)[0]["seen"] == [0, 100, 200, 250, 350, 450, 500]
    assert run(train, ALL, 0.1, 2, 0)[0]["seen"] == [0, 250, 500]


def test_a_point_within_an_epoch_is_the_state_after_these_examples(train):
    network = Network([784, 30, 10], init="scaled", rng=1)
    first = network.rng.permutation(N)[:100]
    network.update_mini_batch((train.images[first], train.labels[first]), 2.0)
    curve = run(train, 100, 2.0, 1, 1)[0]
    assert (curve["cost"][1], curve["right"][1]) == pytest.approx(
        cost_and_right(network, train), rel=1e-5
    )


def test_a_stopped_curve_ends_early(train):
    looks = iter([False, False, True])
    curve, seconds = run(train, 10, 0.5, 3, 0, stopped=lambda: next(looks))
    assert curve["seen"] == [0, 100, 200]
    assert {len(values) for values in (*curve.values(), seconds)} == {3}


def ends(lab):
    """Right answers at the end of each curve."""
    return {m: curve["right"][-1] for m, curve in lab.state["curves"].items()}


def set_to(lab, name, value):
    lab.controls[name].value = value
    lab.job.wait()


@pytest.mark.parametrize(
    ("name", "values"),
    [("eta", [0.01, 0.02, 20.0]), ("epochs", [1, 2, 3]), ("seed", [0, 1, 20])],
)
def test_every_control_at_both_ends_and_one_step(lab, train, name, values):
    pictures = []
    for value in values:
        set_to(lab, name, value)
        state, settings = lab.state, lab.settings
        assert (settings[name], state[name]) == (value, value)
        of_a_run = settings["eta"], settings["epochs"], settings["seed"]
        costs, right = map(list, by_epoch(train, 100, *of_a_run))
        assert state["curves"][100]["cost"][-1] == pytest.approx(costs[-1], rel=1e-3)
        assert ends(lab)[100] == pytest.approx(right[-1], abs=1)
        assert state["curves"][1]["seen"][-1] == N * settings["epochs"]
        for m, right_at_end in ends(lab).items():
            assert f"{right_at_end} with {'all' if m == ALL else f'm = {m}'}" in lab.sentence
            assert f"{state['curves'][m]['cost'][-1]:.2f}" in lab.sentence
        pictures.append(bytes(lab.picture.value))
    assert len(set(pictures)) == 3


def test_controls_have_the_ends_that_are_tested(lab):
    etas = [value for _, value in lab.controls["eta"].options]
    assert (etas[0], etas[1], etas[-1]) == (0.01, 0.02, 20.0)
    assert (lab.controls["epochs"].min, lab.controls["epochs"].max) == (1, 3)
    assert (lab.controls["seed"].min, lab.controls["seed"].max) == (0, 20)
    assert lab.controls["axis"].options == ("epochs", "seconds")
    sliders = [lab.controls[name] for name in ("eta", "epochs", "seed")]
    assert not any(slider.continuous_update for slider in sliders)


def test_the_lines_show_the_state(lab):
    for m, (race, cost) in lab._lines.items():
        curve = lab.state["curves"][m]
        assert np.array_equal(race.get_data(), (np.divide(curve["seen"], N), curve["right"]))
        assert np.array_equal(cost.get_data(), (np.divide(curve["seen"], N), curve["cost"]))
    assert [lines[0].get_label() for lines in lab._lines.values()] == [
        "m = 1: 500 steps",
        "m = 10: 50 steps",
        "m = 100: 6 steps",
        "all 250: 2 steps",
    ]


def test_seconds_are_another_axis_of_the_same_race(lab):
    curves, said, picture = lab.state["curves"], lab.sentence, bytes(lab.picture.value)
    lab.controls["axis"].value = "seconds"
    assert lab.state["axis"] == "seconds"
    assert lab.state["curves"] is curves
    assert lab.sentence == said  # clock times are not told
    for m, (race, _) in lab._lines.items():
        assert np.array_equal(race.get_data(), (lab.clock[m], curves[m]["right"]))
    longest = max(seconds[-1] for seconds in lab.clock.values())
    assert lab.picture.axes[0].get_xlim() == pytest.approx((0, 1.01 * longest))
    set_to(lab, "seed", 2)  # a new race keeps the axis
    assert lab.state["axis"] == "seconds"
    set_to(lab, "seed", 0)
    lab.controls["axis"].value = "epochs"
    assert bytes(lab.picture.value) == picture


def test_the_dashed_line_is_the_cost_of_one_tenth_at_every_output():
    targets = np.eye(10)
    assert np.mean(np.sum((targets - 0.1) ** 2, axis=1)) / 2 == pytest.approx(sgd.SAME_ANSWER)


def test_one_legend_stands_above_the_axes(lab):
    for epochs in (1, 3):
        set_to(lab, "epochs", epochs)
    (legend,) = lab.picture.figure.legends
    box = legend.get_window_extent()
    assert box.y0 >= max(ax.get_window_extent().y1 for ax in lab.picture.axes)
    assert lab.picture.figure.bbox.x1 >= box.x1
    assert "m = 1: 750 steps" in [text.get_text() for text in legend.get_texts()]


def test_every_cost_lies_on_its_axis():
    """The start of every seed, and ten outputs that are all wrong by 1."""
    train = mnist.load("mini").train.first(sgd.EXAMPLES)
    starts = [run(train, ALL, 0.1, 0, seed)[0]["cost"][0] for seed in range(21)]
    fig, axes = figures.figure(1, 2)
    figures.race_axes(*axes, 1000, sgd.SAME_ANSWER)
    low, high = axes[1].get_ylim()
    assert low < 0.02
    assert high > max(5, *starts)


def test_the_default_makes_the_point(lab):
    assert lab.settings == {"eta": 0.5, "epochs": 2, "seed": 0, "axis": "epochs"}
    assert ends(lab)[1] > max(ends(lab)[m] for m in (10, 100, ALL))
    assert "still training" not in lab._title.get_text()


def test_compute_gives_what_the_lab_shows(lab):
    assert computed(lab, **lab.settings) == lab.state


def test_quick_moves_end_at_the_last_setting(lab):
    for eta in (0.01, 20.0, 1.0, 20.0, 0.1):
        lab.controls["eta"].value = eta
    lab.job.wait()
    assert lab.state["eta"] == 0.1
    assert set(lab.state["curves"]) == {1, 10, 100, ALL}
    assert "eta 0.1," in lab.sentence


def test_while_it_trains_the_finished_curves_are_shown(lab):
    whole = lab.state
    lab.show(whole | {"curves": {ALL: whole["curves"][ALL]}})
    assert "still training" in lab._title.get_text()
    assert len(lab._lines[1][0].get_xdata()) == 0
    assert "? with m = 1, ? with m = 10, ? with m = 100, " in lab.sentence
    lab.show(whole)
    assert "still training" not in lab._title.get_text()


def test_stop_keeps_the_curves_that_are_done(lab, monkeypatch):
    real = sgd.run

    def stopped_in_the_third(*args, **options):
        if args[1] == 10:
            lab.stop.click()
        return real(*args, **options)

    monkeypatch.setattr(sgd, "run", stopped_in_the_third)
    set_to(lab, "seed", 5)
    assert set(lab.state["curves"]) == {ALL, 100}
    assert lab._title.get_text() == "eta 0.5, stopped"
    assert "? with m = 10" in lab.sentence
    monkeypatch.undo()
    set_to(lab, "seed", 6)
    assert lab._title.get_text() == "eta 0.5"


def test_bundle_has_a_picture_and_a_sentence(lab):
    data = lab._repr_mimebundle_()
    assert bytes(lab.picture.value).startswith(b"\x89PNG")
    assert data["text/plain"] == lab.sentence
    assert stored_picture(data)[1] == 940
