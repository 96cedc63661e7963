"""What the labs of lesson 07 show at settings by chance, against what is computed anew."""

import csv

import numpy as np
import pytest

from course.lesson07 import LedgerLab, TrainingLab, WatchLab
from course.measured import ledger
from nnlib.network import Network
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREY,
    PALE,
    RED,
    bars_of,
    color_of,
    colors_of,
    controls_of,
    curves_of,
    ink,
    is_drawn_whole,
    look_of,
    named,
    pixels,
    recall_shown,
    scaled,
    set_by_chance,
    settle,
    texts_of,
    ticks_of,
    titles_of,
)


def share_right(answers, labels):
    """(recall of each digit, digits of which less than a twentieth is recognized)."""
    recall = [np.mean(answers[labels == digit] == digit) for digit in range(10)]
    return recall, [digit for digit in range(10) if recall[digit] < 0.05]


def check_recall(ax, recall, lost):
    shown, marks = recall_shown(ax)
    assert shown == pytest.approx({d: 100 * share for d, share in enumerate(recall)}, abs=1e-4)
    assert marks == pytest.approx({digit: 100 * recall[digit] + 2 for digit in lost}, abs=1e-4)
    assert ticks_of(ax.xaxis) == {float(digit): str(digit) for digit in range(10)}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("digit", "recall (%)")


# training


def train(data, settings):
    """(network, share recognized after each epoch) of a run of the lab."""
    hidden = [settings["hidden"]] if settings["hidden"] else []
    network = Network([784, *hidden, 10], init=settings["init"], rng=settings["seed"])
    images, labels = data.validation
    shares = []

    def look(net, *_):
        shares.append(np.mean(net.feedforward(images.T).argmax(axis=0) == labels))

    each = settings["epochs"], settings["mini_batch"], settings["eta"]
    network.SGD(data.train.first(2000), *each, on_epoch=look)
    return network, shares


def check_run(lab, data, network, shares, before):
    """The run in blue, those before in gray, the last of these dashed; both titles; recall."""
    left, right = lab.picture.axes
    images, labels = data.validation
    recall, lost = share_right(network.feedforward(images.T).argmax(axis=0), labels)
    runs = [*before[:-7:-1], shares]
    assert [color for color, _, _ in curves_of(left)] == [GREY] * (len(runs) - 1) + [BLUE]
    for (_, _, points), run in zip(curves_of(left), runs, strict=True):
        np.testing.assert_allclose(points, [(n + 1, 100 * one) for n, one in enumerate(run)])
    drawn = [look_of(line)[1] for line in left.lines if len(line.get_xdata())]
    assert drawn == [True] * bool(before) + [False] * len(runs[1:])
    longest = max(map(len, runs))
    words = "epoch (gray: earlier runs, dashed: the one before)"
    title = f"{network.sizes}, eta {lab.settings['eta']:g}"
    assert named(left) == ([title], words, "accuracy (%)")
    assert scaled(left) == ("linear", "linear", (0.5, longest + 0.5), (0, 100))
    check_recall(right, recall, lost)
    assert titles_of(right) == [f"number of lost digits: {len(lost)}"]
    return lost


def training_sentence(settings, network, shares, lost, before):
    epochs = len(shares)
    last = f" The run before ended at {100 * before[-1][-1]:.1f} %." if before else ""
    return (
        f"Network {network.sizes}, {settings['init']} start, eta {settings['eta']:g}, mini-batch "
        f"{settings['mini_batch']}, seed {settings['seed']}: accuracy {100 * shares[-1]:.1f} % "
        f"on 500 validation images after {epochs} epoch{'s' * (epochs > 1)} on 2,000; number of "
        f"lost digits: {len(lost)}; lost digits: {', '.join(map(str, lost)) or 'none'}.{last}"
    )


@pytest.mark.trains
def test_training_shows_its_run_and_those_before(data):
    lab = TrainingLab(data)
    before = [train(data, lab.settings)[1]]
    rng = np.random.default_rng(0)
    for epochs in (2, 1, 3, 2, 1, 2, 1, 2):
        few = {"epochs": epochs, "mini_batch": int(rng.choice([10, 20, 50]))}
        hidden = int(rng.choice([0, 5, 30]))
        settings = set_by_chance(lab, rng, **few, hidden=hidden)
        network, shares = train(data, settings)
        lost = check_run(lab, data, network, shares, before)
        assert lab.sentence == training_sentence(settings, network, shares, lost, before)
        assert is_drawn_whole(lab)
        before.append(shares)


def test_training_says_what_each_control_moves(data):
    assert controls_of(TrainingLab(data)) == {
        "eta": ("eta", 0.001, 100.0), "hidden": ("hidden size", 0, 100),
        "mini_batch": ("mini-batch", 1, 100), "epochs": ("epochs", 1, 30),
        "seed": ("seed", 0, 20), "init": ("start", "gaussian", "scaled"),
    }  # fmt: skip


# the ledger


@pytest.fixture(scope="module")
def rows():
    """The stored runs of each row of the ledger, by seed."""
    with open(ledger.PATH, encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(line for line in file if not line.startswith("#")))
    settings = [entry.setting for entry in ledger.ENTRIES]
    usual = {"eta": 3.0, "mini_batch_size": 10, "epochs": 30, "init": "gaussian"}
    return found, [usual | setting for setting in settings]


def runs_of(rows, number):
    """The rows of the file that belong to a row of the ledger, in the order of their seeds."""
    found, settings = rows
    wanted = {name: str(value) for name, value in settings[number].items()}
    wanted |= {"sizes": "-".join(map(str, settings[number]["sizes"]))}
    wanted |= {"training_images": "", "habits": "", "last_eta": "", "data": "full"}
    chosen = [run for run in found if wanted.items() <= run.items()]
    return sorted(chosen, key=lambda run: int(run["seed"]))


@pytest.fixture(scope="module")
def ledger_lab():
    return LedgerLab()


def ledger_sentence(name, published, finals, lost):
    values = ", ".join(f"{value} %" for value in published) or "nothing"
    if not finals:
        return f"{name}; published: {values}. No run yet: press Next seed."
    return (
        f"{name}; published: {values}. Seed {len(finals) - 1}: {finals[-1]:.2f} %, lost digits: "
        f"{', '.join(lost[-1]) or 'none'}. Of the runs so far, {sum(map(bool, lost))} of "
        f"{len(finals)} lost a digit."
    )


def check_runs(ax, finals, lost, published):
    """A circle for a run that kept its digits, a cross and digits for others, lines for books."""
    marks = {False: [], True: []}
    for seed, (percent, digits) in enumerate(zip(finals, lost)):
        marks[bool(digits)].append((percent, seed))
    shown = {mark: (color, points.tolist()) for color, mark, points in curves_of(ax)}
    wanted = {"o": (BLUE, marks[False]), "x": (RED, marks[True])}
    assert shown == {
        mark: (color, [list(pair) for pair in pairs]) for mark, (color, pairs) in wanted.items()
        if pairs
    }  # fmt: skip
    (lines,) = ax.collections
    assert [one.tolist() for one in lines.get_segments()] == [
        [[x, -0.5], [x, 9.5]] for x in published
    ]
    assert not published or set(colors_of(lines)) == {BLACK}
    words = [
        (" ".join(digits), (percent + (2 if percent < 50 else -2), seed))
        for seed, (percent, digits) in enumerate(zip(finals, lost))
        if digits
    ]
    placed = [(text.get_text(), text.get_position()) for text in ax.texts if text.get_text()]
    assert placed == words


@pytest.mark.parametrize("seed", range(16))
def test_the_ledger_shows_the_runs_of_its_file(ledger_lab, rows, seed):
    fixed = {"row": seed} if seed < 13 else {}
    settings = set_by_chance(ledger_lab, np.random.default_rng(seed), **fixed)
    runs = runs_of(rows, settings["row"])[: settings["runs"]]
    finals, lost = [float(run["final"]) for run in runs], [run["lost"].split() for run in runs]
    published = [value for value, _ in ledger.ENTRIES[settings["row"]].published]
    left, right = ledger_lab.picture.axes
    check_runs(left, finals, lost, published)
    recall = [float(runs[-1][f"recall_{d}"]) / 100 if runs else 0 for d in range(10)]
    check_recall(right, recall, [int(digit) for digit in lost[-1]] if runs else [])
    assert titles_of(right) == [f"seed {len(runs) - 1}" if runs else "no run yet"]
    name = {number: words for words, number in ledger_lab.controls["row"].options}
    told = ledger_sentence(name[settings["row"]], published, finals, lost)
    assert ledger_lab.sentence == told
    assert is_drawn_whole(ledger_lab)


def test_the_axes_of_the_ledger(ledger_lab):
    left, _ = ledger_lab.picture.axes
    title = "line: published; x: a run that lost these digits"
    assert named(left) == ([title], "accuracy on the test images (%)", "seed")
    assert scaled(left) == ("linear", "linear", (0, 101), (9.5, -0.5))
    assert controls_of(ledger_lab) == {"row": ("row", 0, 12), "runs": ("runs", 0, 10)}


def test_the_names_of_the_rows_are_their_settings(ledger_lab, rows):
    for words, number in ledger_lab.controls["row"].options:
        one = rows[1][number]
        m = f", m {one['mini_batch_size']}" if one["mini_batch_size"] != 10 else ""
        start = ", scaled" if one["init"] == "scaled" else ""
        assert words == f"{list(one['sizes'])}, eta {one['eta']:g}{m}{start}"


# a hundred images


@pytest.fixture(scope="module")
def network(data):
    """Not trained: many answers are wrong, and few are sure."""
    network = Network([784, 30, 10], init="gaussian", rng=0)
    network.weights[1] *= 2
    return network


@pytest.fixture(scope="module")
def watch(network, data):
    noise = np.random.default_rng(0).random((30, 784))
    return WatchLab(network, {"digits": data.validation, "noise": noise})


def check_tiles(lab, images, labels, outputs, number):
    """Each image dark on light, its answer under it, red around what is wrong, black if chosen."""
    answers, sure = outputs.argmax(axis=0), outputs.max(axis=0) > 0.9
    for n, tile in enumerate(lab._grid.tiles):
        there = n < len(images)
        shown = images[n].reshape(28, 28) if there else np.zeros((28, 28))
        np.testing.assert_allclose(ink(tile._image), shown, atol=0.005)
        assert tile._word.get_text() == (str(answers[n]) if there else "")
        assert not there or tile._word.get_color().lower() == (BLACK if sure[n] else GREY)
        wrong = there and labels is not None and answers[n] != labels[n]
        assert color_of(tile._frame) == (RED if wrong else PALE)
        assert tile._mark.get_visible() == (n == number)
        left, right, bottom, top = tile._image.get_extent()
        assert (left // 34, right // 34, top // 43, bottom // 43) == (
            n % 20,
            n % 20,
            n // 20,
            n // 20,
        )
        assert left < tile._word.get_position()[0] < right
        assert bottom < tile._word.get_position()[1] < 43 * (n // 20 + 1)


def watch_sentence(number, labels, outputs):
    second, best = np.argsort(outputs[:, number])[-2:]
    answers = outputs.argmax(axis=0)
    written = "" if labels is None else f", a {labels[number]},"
    right = "" if labels is None else f"{100 * np.mean(answers == labels):.0f} % are read right, "
    return (
        f"Image {number}{written} is read as {best} with {outputs[best, number]:.2f}, next comes "
        f"{second} with {outputs[second, number]:.2f}. Of {len(answers)} images {right}"
        f"{100 * np.mean(outputs.max(axis=0) > 0.9):.0f} % get an answer above 0.9."
    )


def check_bars(ax, outputs, label):
    answer = outputs.argmax()
    color = BLUE if label is None or label == answer else RED
    colors = [color if digit == answer else PALE for digit in range(10)]
    shown = bars_of(ax.patches)
    assert [(round(x, 9), c) for x, _, c in shown] == list(enumerate(colors))
    np.testing.assert_allclose([height for _, height, _ in shown], outputs, rtol=1e-5)
    written = "" if label is None else f", written: {label}"
    assert titles_of(ax) == [f"the ten outputs; read as {answer}{written}"]
    texts = texts_of(ax)
    assert texts.pop("0.9") == (9.7, 0.9)
    assert texts == {f"{outputs[answer]:.2f}": (answer, pytest.approx(outputs[answer] + 0.02))}
    assert [line.get_ydata() for line in ax.lines] == [[0.9, 0.9]]


@pytest.mark.parametrize("seed", range(10))
def test_images_answers_frames_and_bars(watch, network, data, seed):
    rng = np.random.default_rng(seed)
    pile = ["digits", "noise"][seed % 2]
    settings = set_by_chance(
        watch, rng, pile=pile, number=int(rng.integers(30 + 70 * (pile == "digits")))
    )
    number = settings["number"]
    images = watch.state["images"] if pile == "noise" else data.validation.images[:100]
    labels = None if pile == "noise" else data.validation.labels[:100]
    outputs = network.feedforward(images.T)
    check_tiles(watch, images, labels, outputs, number)
    _, left, right = watch.picture.figure.axes
    check_bars(right, outputs[:, number], None if labels is None else labels[number])
    np.testing.assert_allclose(ink(left.images[0]), images[number].reshape(28, 28), atol=0.005)
    assert titles_of(left) == [f"image {number}"]
    assert watch.sentence == watch_sentence(number, labels, outputs)
    assert is_drawn_whole(watch)


def test_the_key_and_the_controls(watch):
    (key,) = watch.picture.figure.texts
    words = ["red frame: read wrong", "gray answer: not above 0.9", "black frame: shown below"]
    assert key.get_text().split("\n") == words
    settle(watch, pile="digits")
    assert controls_of(watch) == {
        "pile": ("images", "digits", "noise"),
        "number": ("look at", 0, 99),
    }


def test_there_and_back_is_the_same_picture(network, data):
    lab, fresh = (WatchLab(network, {"digits": data.validation}) for _ in range(2))
    for number in (17, 60, 17):
        settle(lab, number=number)
    settle(fresh, number=17)
    np.testing.assert_array_equal(pixels(lab), pixels(fresh))
