from types import SimpleNamespace

import numpy as np
import pytest

from course.lesson05 import figures
from course.lesson05 import lab as sgd
from course.lesson05.lab import ALL, BatchLab, full_costs
from nnlib import mnist
from nnlib.network import Network
from tests.course.labs import as_at_first
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
    as_at_first(shared).job.wait()
    return shared


def cost(network, train):
    """The cost by its formula, one example after the other."""
    total = 0.0
    for image, label in zip(train.images, train.labels):
        a = network.feedforward(image.reshape(784, 1))[:, 0]
        total += np.sum((np.eye(10)[label] - a) ** 2) / 2
    return total / len(train.labels)


def costs_by_epoch(train, m, eta, epochs, seed):
    """The same run by the library's own loop; costs after each epoch."""
    costs = []
    network = Network([784, 30, 10], init="scaled", rng=seed)
    network.SGD(train, epochs, m, eta, on_epoch=lambda net, *_: costs.append(cost(net, train)))
    return costs


@pytest.mark.parametrize("m", [1, 10, 100, ALL])
def test_curves_are_those_of_the_library(train, m):
    seen, costs = full_costs(train, m, eta=0.5, epochs=2, seed=3)
    ends = [costs[seen.index(N)], costs[seen.index(2 * N)]]
    assert ends == pytest.approx(costs_by_epoch(train, N if m == ALL else m, 0.5, 2, 3), rel=1e-4)
    start = Network([784, 30, 10], init="scaled", rng=3)
    assert costs[0] == pytest.approx(cost(start, train), rel=1e-5)


def test_points_stand_every_100_examples_and_at_the_end_of_an_epoch(train):
    for m in (1, 10, 100):
        assert full_costs(train, m, 0.1, 2, 0)[0] == [0, 100, 200, 250, 350, 450, 500]
    assert full_costs(train, ALL, 0.1, 2, 0)[0] == [0, 250, 500]


def test_a_point_within_an_epoch_is_the_cost_after_these_examples(train):
    network = Network([784, 30, 10], init="scaled", rng=1)
    first = network.rng.permutation(N)[:100]
    network.update_mini_batch((train.images[first], train.labels[first]), 2.0)
    assert full_costs(train, 100, 2.0, 1, 1)[1][1] == pytest.approx(cost(network, train), rel=1e-5)


def test_a_stopped_curve_ends_early(train):
    looks = iter([False, False, True])
    seen, costs = full_costs(train, 10, 0.5, 3, 0, stopped=lambda: next(looks))
    assert seen == [0, 100, 200]
    assert len(costs) == 3


def ends(lab):
    return {m: costs[-1] for m, (_, costs) in lab.state["curves"].items()}


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
        expected = costs_by_epoch(train, 100, settings["eta"], settings["epochs"], settings["seed"])
        assert ends(lab)[100] == pytest.approx(expected[-1], rel=1e-3)
        assert state["curves"][1][0][-1] == N * settings["epochs"]
        for m, cost_at_end in ends(lab).items():
            assert f"{cost_at_end:.2f} with {'all' if m == ALL else f'm = {m}'}" in lab.sentence
        pictures.append(bytes(lab.picture.value))
    assert len(set(pictures)) == 3


def test_controls_have_the_ends_that_are_tested(lab):
    etas = [value for _, value in lab.controls["eta"].options]
    assert (etas[0], etas[1], etas[-1]) == (0.01, 0.02, 20.0)
    assert (lab.controls["epochs"].min, lab.controls["epochs"].max) == (1, 3)
    assert (lab.controls["seed"].min, lab.controls["seed"].max) == (0, 20)
    assert not any(control.continuous_update for control in lab.controls.values())


def test_the_lines_show_the_state(lab):
    for m, line in lab._lines.items():
        assert np.array_equal(line.get_data(), lab.state["curves"][m])
    assert [line.get_label() for line in lab._lines.values()] == [
        "m = 1: 500 steps",
        "m = 10: 50 steps",
        "m = 100: 6 steps",
        "all 250: 2 steps",
    ]


def test_legend_stands_above_the_curves_and_text_has_the_size_of_the_course(lab):
    set_to(lab, "epochs", 1)
    ax = lab.picture.axes
    assert ax.get_legend().get_window_extent().y0 >= ax.get_window_extent().y1
    texts = [*ax.get_legend().get_texts(), *ax.get_xticklabels(), ax.xaxis.label]
    assert {text.get_fontsize() for text in texts} == {figures.LOOK["font.size"]}


def test_every_start_lies_below_the_top_of_the_axis():
    whole = mnist.load("mini").train
    train = whole.first(sgd.EXAMPLES)
    starts = [full_costs(train, ALL, 0.1, 0, seed)[1][0] for seed in range(21)]
    assert max(starts) < sgd.HIGHEST


def test_the_default_makes_the_point(lab):
    assert lab.settings == {"eta": 0.5, "epochs": 2, "seed": 0}
    assert ends(lab)[1] < ends(lab)[10] < ends(lab)[100] < ends(lab)[ALL]
    assert "still training" not in lab._title.get_text()


def test_compute_gives_what_the_lab_shows(lab):
    assert lab.compute(**lab.settings) == lab.state


def test_quick_moves_end_at_the_last_setting(lab):
    for eta in (0.01, 20.0, 1.0, 20.0, 0.1):
        lab.controls["eta"].value = eta
    lab.job.wait()
    assert lab.state["eta"] == 0.1
    assert set(lab.state["curves"]) == {1, 10, 100, ALL}
    assert lab.sentence.startswith("eta 0.1,")


def test_while_it_trains_the_finished_curves_are_shown(lab):
    whole = lab.state
    lab.show(whole | {"curves": {ALL: whole["curves"][ALL]}})
    assert "still training" in lab._title.get_text()
    assert len(lab._lines[1].get_xdata()) == 0
    assert lab.sentence.endswith("with all.")
    lab.show(whole)
    assert "still training" not in lab._title.get_text()


def test_stop_keeps_the_curves_that_are_done(lab, monkeypatch):
    real = sgd.full_costs

    def stopped_in_the_third(*args, **options):
        if args[1] == 10:
            lab.stop.click()
        return real(*args, **options)

    monkeypatch.setattr(sgd, "full_costs", stopped_in_the_third)
    set_to(lab, "seed", 5)
    assert set(lab.state["curves"]) == {ALL, 100}
    assert lab._title.get_text() == "eta 0.5, stopped"
    assert " with all." in lab.sentence
    monkeypatch.undo()
    set_to(lab, "seed", 6)
    assert lab._title.get_text() == "eta 0.5"


def test_bundle_has_a_picture_and_a_sentence(lab):
    data = lab._repr_mimebundle_()
    assert bytes(lab.picture.value).startswith(b"\x89PNG")
    assert data["text/plain"] == lab.sentence
    assert stored_picture(data)[1] == 900
