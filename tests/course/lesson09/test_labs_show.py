"""What three labs of lesson 09 show at settings by chance, against what is computed anew."""

import math

import numpy as np
import pytest

from course.lesson09 import FateLab, IdleLab, SaturationLab
from nnlib.network import Network
from tests.course.live.reading_figures import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    RED,
    color_of,
    colors_of,
    controls_of,
    curves_of,
    is_drawn_whole,
    legend_of,
    look_of,
    named,
    pixels,
    recall_shown,
    scaled,
    set_by_chance,
    settle,
    texts_of,
    ticks_of,
    tint,
    titles_of,
)

STEEP = 0.3 * 47  # eta / m, and the squares of the inputs of the neuron


# one neuron


@pytest.fixture(scope="module")
def fate():
    return FateLab()


def sigma(z):
    return 1 / (1 + math.exp(-z))


def after(z, images):
    for _ in range(images):
        a = sigma(z)
        z += STEEP * a * (1 - a) ** 2
    return z


def needed(z):
    count = 0
    while z < 0:
        z, count = after(z, 1), count + 1
    return count


def check_neuron(ax, z):
    """The neuron on its curve; what the legend names is where and as long as it says."""
    a = sigma(z)
    slope = a * (1 - a)
    found = legend_of(ax)
    assert list(found) == ["wrong by $1 - a$", "slope", "push, their product"]
    (gap,), (tangent,), (arrow,) = found.values()
    assert [look_of(one)[:2] for one in (gap, tangent)] == [(RED, True), (BLACK, False)]
    np.testing.assert_allclose(gap.get_xydata(), [(z, a), (z, 1)], rtol=1e-6)
    np.testing.assert_allclose(tangent.get_xydata(), [(z - 1, a - slope), (z + 1, a + slope)], 1e-5)
    corners = arrow.get_xy()
    assert color_of(arrow) == BLUE
    assert corners[:, 0].min() == pytest.approx(z + 0.35)
    assert corners[:, 0].max() == pytest.approx(z + 0.35 + 20 * (1 - a) * slope)
    assert (corners[:, 1].min() + corners[:, 1].max()) / 2 == pytest.approx(a)
    (points,) = [points for color, mark, points in curves_of(ax) if mark == "o"]
    np.testing.assert_allclose(points, [(z, a)])
    title = f"{1 - a:.3f} × slope {slope:.7f} = push {(1 - a) * slope:.7f}"
    assert named(ax) == ([title], "weighted input $z$", "activation $a$")


def fate_sentence(z, more):
    a = sigma(z)
    slope = a * (1 - a)
    numbers = (
        f"Wrong by {1 - a:.3f}, times slope {slope:.7f}: a push of {(1 - a) * slope:.7f}; the "
        f"next image lifts z by {after(z, 1) - z:.6f}."
    )
    if not more:
        return f"z = {z:.2f}: the neuron answers. {numbers}"
    images = f"{more:,} more image{'s' * (more > 1)}"
    return (
        f"z = {z:.2f}: the neuron needs {images} of its own digit, {more / 5000:.2g} epochs of "
        f"the full training set. {numbers}"
    )


@pytest.mark.parametrize("seed", range(12))
def test_one_neuron_and_its_wait(fate, seed):
    settings = set_by_chance(fate, np.random.default_rng(seed))
    z = after(settings["z"], settings["images"])
    more = needed(z)
    left, right = fate.picture.axes
    check_neuron(left, z)
    places = [points.tolist() for _, mark, points in curves_of(right) if mark == "o"]
    assert places == ([[[pytest.approx(z), more]]] if more else [])
    assert titles_of(right) == [f"still needed: {more:,}" if more else "it answers"]
    assert fate.sentence == fate_sentence(z, more)
    assert is_drawn_whole(fate)


def test_the_curves_under_the_neuron_and_its_wait(fate):
    left, right = fate.picture.axes
    (curve,) = [points for color, _, points in curves_of(left) if color == GREY]
    np.testing.assert_allclose(curve[:, 1], [sigma(z) for z in curve[:, 0]])
    assert scaled(left) == ("linear", "linear", (-16, 6), (-0.12, 1.1))
    (waits,) = [points for color, _, points in curves_of(right) if color == GREY]
    assert waits[:, 0].tolist() == np.arange(-15, 0, 0.5).tolist()
    assert waits[6:, 1].tolist() == [needed(z) for z in waits[6:, 0]]
    (line,) = [line for line in right.lines if color_of(line) == ORANGE]
    assert line.get_ydata() == [150_000, 150_000]  # 5,000 own images in each of 30 epochs
    (_, height) = texts_of(right)["30 epochs"]
    assert 150_000 < height < 300_000
    assert named(right)[1:] == ("weighted input $z$", "own images needed")
    assert scaled(right) == ("linear", "log", (-15.5, 0.5), (0.8, 1e6))


def test_the_neuron_there_and_back_is_the_same_picture(fate):
    fresh = FateLab()
    for z, images in ((-1.0, 0), (-15.0, 60), (4.5, 60), (-5.0, 7)):
        settle(fate, z=z, images=images)
    settle(fresh, z=-5.0, images=7)
    np.testing.assert_array_equal(pixels(fate), pixels(fresh))


def test_the_controls_of_the_neuron(fate):
    assert controls_of(fate) == {
        "z": ("z at start", -15.0, 5.0),
        "images": ("own images", 0, 60),
    }


# idle neurons


@pytest.fixture(scope="module")
def networks():
    """Not trained: each answer hangs on many neurons."""
    return {init: Network([784, 30, 10], init=init, rng=1) for init in ("gaussian", "scaled")}


@pytest.fixture(scope="module")
def idle(networks, data):
    return IdleLab(networks, data.validation)


def answered(network, images, off, at_mean):
    """(activations (30, n), answers) where some hidden neurons stand at 0 or at their mean."""
    x = images.T.astype(float)
    hidden = 1 / (1 + np.exp(-(network.weights[0] @ x + network.biases[0])))
    hidden[off] = hidden[off].mean(axis=1, keepdims=True) if at_mean else 0
    return hidden, (network.weights[1] @ hidden + network.biases[1]).argmax(axis=0)


def check_share(word, count, total):
    """A share of a sentence is that of a count, up to one answer that rounding may change."""
    assert abs(float(word) * total / 100 - count) < 1.1


def check_means(ax, means, off):
    """A row for each digit, a red line through each neuron that is off."""
    np.testing.assert_allclose(tint(ax.images[0]), means, atol=0.01)
    (lines,) = ax.collections
    columns = np.flatnonzero(off).tolist()
    drawn = [one.tolist() for one in lines.get_segments()]
    assert drawn == [[[x, -0.5], [x, 9.5]] for x in columns]
    assert set(colors_of(lines)) == {RED}


def check_answers(ax, answers, before, labels):
    """The recall of each digit, and how many answers change; returns the number that is shown."""
    recall, _ = recall_shown(ax)
    for digit in range(10):
        own = labels == digit
        check_share(recall[digit], np.sum(answers[own] == digit), own.sum())
    (title,) = titles_of(ax)
    words, counted = title.removeprefix("changed: ").split(" of ")
    assert abs(int(words) - np.sum(answers != before)) <= 1
    assert counted == str(len(labels))
    return int(words)


@pytest.mark.parametrize("seed", range(12))
def test_neurons_that_are_off(idle, networks, data, seed):
    rng = np.random.default_rng(seed)
    off = rng.random(30) < rng.choice([0, 0.1, 0.5, 1])
    pressed = {str(number): bool(one) for number, one in enumerate(off)}
    settings = set_by_chance(idle, rng, **pressed)
    network, at_mean = networks[settings["network"]], settings["held"] == "at its mean"
    images, labels = data.validation
    hidden, answers = answered(network, images, off, at_mean)
    _, before = answered(network, images, off & False, at_mean)
    left, right = idle.picture.axes
    check_means(left, [hidden[:, labels == digit].mean(axis=1) for digit in range(10)], off)
    changed = check_answers(right, answers, before, labels)
    share, is_right = (
        idle.sentence.split(begin)[1].split(" %")[0] for begin in ("), ", "change, and ")
    )
    check_share(share, changed, 500)
    check_share(is_right, np.sum(answers == labels), 500)
    assert idle.sentence == (
        f"With {off.sum()} of the 30 hidden neurons off ({settings['held']}), {share} % of the "
        f"answers change, and {is_right} % are right. ({settings['network']} start)"
    )
    assert is_drawn_whole(idle)


def test_the_axes_and_controls_of_idle_neurons(idle):
    left, right, scale = idle.picture.figure.axes
    title = "mean activation on the images of each digit"
    assert named(left) == ([title], "hidden neuron", "digit")
    assert ticks_of(left.xaxis) == {float(n): str(n) for n in range(0, 30, 2)}
    assert ticks_of(left.yaxis) == {float(n): str(n) for n in range(10)}
    assert scaled(left)[2:] == ((-0.5, 29.5), (9.5, -0.5))
    assert list(ticks_of(scale.yaxis)) == [0, 1]
    assert ticks_of(right.xaxis) == {float(n): str(n) for n in range(10)}
    words = {name: one[0] for name, one in controls_of(idle).items()}
    numbers = {str(number): str(number) for number in range(30)}
    assert words == {"network": "start", "held": "off stands", **numbers}
    rows = [[part.description for part in row.children] for row in idle.panel]
    assert rows == [["start", "off stands", "All on"], *np.reshape(list(numbers), (3, 10)).tolist()]


# saturation


@pytest.fixture(scope="module")
def saturation(data):
    return SaturationLab(data)


def trained_z(data, settings):
    """Weighted inputs of the output neurons (10, n) after so many epochs."""
    hidden = [settings["hidden"]] if settings["hidden"] else []
    network = Network([784, *hidden, 10], init=settings["init"], rng=settings["seed"])
    for _ in range(settings["epoch"]):
        network.SGD(data.train.first(2000), 1, 10, settings["eta"], on_epoch=None)
    a = data.validation.images.T.astype(float)
    for w, b in zip(network.weights, network.biases):
        z = w @ a + b
        a = 1 / (1 + np.exp(-z))
    return z


def shares(values, low, width, bins):
    """Percent of values in bins of a width from `low`; those outside count in the end ones."""
    places = np.clip(np.floor((values - low) / width), 0, bins - 1).astype(int)
    return 100 * np.bincount(places.ravel(), minlength=bins) / values.size


def check_histograms(left, middle, own, others):
    """Both histograms: own digit blue and filled, others orange and dashed, as the legend says."""
    legend = legend_of(middle)
    looks = {"own digit": (BLUE, False), "other digits": (ORANGE, True)}
    for (words, (slopes,)), z in zip(legend.items(), (own, others), strict=True):
        assert look_of(slopes)[:2] == looks[words]
        slope = 1 / (2 + np.exp(z) + np.exp(-z))
        np.testing.assert_allclose(slopes.get_data().values, shares(slope, 0, 0.01, 25), atol=0.7)
        (steps,) = [one for one in left.patches if look_of(one) == look_of(slopes)]
        np.testing.assert_allclose(steps.get_data().values, shares(z, -30, 2, 30), atol=0.7)
        assert steps.get_data().edges.tolist() == list(range(-30, 31, 2))
        np.testing.assert_allclose(slopes.get_data().edges, np.arange(26) / 100, atol=1e-9)


def saturation_sentence(settings, numbers, lost):
    first = "Before training nothing is learned yet; "
    if settings["epoch"]:
        digits = ", ".join(map(str, lost)) or "none"
        first = (
            f"After epoch {settings['epoch']}: number of lost digits: {len(lost)}; lost digits: "
            f"{digits}; "
        )
    hidden = f"{settings['hidden']} hidden neurons" if settings["hidden"] else "no hidden layer"
    accuracy, saturated, stuck = numbers
    return (
        f"{first}accuracy {accuracy} %. {saturated} % of the output activations are saturated, "
        f"{stuck} % are stuck near 0 on their own digit. ({hidden}, {settings['init']} start, eta "
        f"{settings['eta']:g}, seed {settings['seed']}, 2,000 training images)"
    )


@pytest.mark.trains
@pytest.mark.parametrize("seed", range(6))
def test_saturation_by_epoch(saturation, data, seed):
    rng = np.random.default_rng(seed)
    fixed = {"hidden": [0, 30][seed % 2], "epoch": [0, 2, 5][seed % 3]}
    settings = set_by_chance(saturation, rng, **fixed)
    z, labels = trained_z(data, settings), data.validation.labels
    is_own = np.arange(10)[:, None] == labels
    flat = 1 / (2 + np.exp(z) + np.exp(-z)) < 0.01
    left, middle, right = saturation.picture.axes
    check_histograms(left, middle, z[is_own], z[~is_own])
    answers = z.argmax(axis=0)
    recall = [100 * np.mean(answers[labels == digit] == digit) for digit in range(10)]
    lost = [digit for digit in range(10) if recall[digit] < 5 and settings["epoch"]]
    shown, marks = recall_shown(right)
    assert shown == pytest.approx(dict(enumerate(recall)), abs=2.1)
    assert list(marks) == lost
    exact = np.mean(answers == labels), np.mean(flat), np.mean(flat[is_own] & (z[is_own] < 0))
    told = saturation.sentence.removesuffix(")").replace(". ", " ").replace(",", "").split(" %")
    numbers = [part.split()[-1] for part in told[:3]]
    np.testing.assert_allclose(np.array(numbers, float), 100 * np.array(exact), atol=0.3)
    assert saturation.sentence == saturation_sentence(settings, numbers, lost)
    assert titles_of(left)[0] == "stuck near 0"
    assert titles_of(middle)[0] == "saturated"
    assert titles_of(right) == [
        "number of lost digits", str(len(lost)) if settings["epoch"] else "none yet"
    ]  # fmt: skip
    for ax, number in ((left, numbers[2]), (middle, numbers[1])):
        assert abs(float(titles_of(ax)[1].removesuffix(" %")) - float(number)) < 0.56
    texts = texts_of(left)
    assert list(texts) == ["epoch", str(settings["epoch"])]
    assert is_drawn_whole(saturation)


def test_the_axes_and_controls_of_saturation(saturation):
    left, middle, right = saturation.picture.axes
    assert named(left)[1:] == ("weighted input $z$", "share (%)")
    assert named(middle)[1:] == (r"slope $\sigma'(z)$", "")
    assert scaled(left) == ("linear", "linear", (-31, 31), (0, 60))
    assert scaled(middle) == ("linear", "linear", (-0.005, 0.255), (0, 103))
    assert controls_of(saturation) == {
        "epoch": ("epoch", 0, 10), "init": ("start", "gaussian", "scaled"),
        "hidden": ("hidden size", 0, 100), "eta": ("eta", 0.1, 10.0), "seed": ("seed", 0, 20),
    }  # fmt: skip
